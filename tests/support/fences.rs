//! Pages of rulings: their headings, and the fenced blocks below.

/// A fenced block, with what follows its fence, or a heading.
pub struct Block {
    /// What follows the fence; `heading` for a heading.
    pub info: String,
    pub text: String,
    /// The line it begins on, counted from one.
    pub line: usize,
}

/// The headings and fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        if open.is_none() && line.starts_with("## ") {
            blocks.push(Block { info: "heading".into(), text: line.into(), line: at + 1 });
        }
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                open = Some(Block { info: info.trim().into(), text: String::new(), line: at + 1 });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.text.extend([line, "\n"]),
            (None, None) => {}
        }
    }
    blocks
}
