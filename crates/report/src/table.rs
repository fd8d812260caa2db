//! Small tables of plain text, for eighty columns.

/// How a column lines up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table under construction: a head, rows, and one column that gives way when the line is too long.
#[derive(Debug, Clone)]
pub struct Table {
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
    ruled: bool,
}

/// Columns of a line of text.
pub const PAGE: usize = 80;

const GAP: usize = 2;

impl Table {
    /// A table whose first row names its columns.
    pub fn headed<const N: usize>(columns: [(&str, Align); N]) -> Self {
        Self::headed_by(&columns)
    }

    /// A table whose columns are known only when it is made.
    pub fn headed_by(columns: &[(&str, Align)]) -> Self {
        let head = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        Self { aligns: columns.iter().map(|(_, align)| *align).collect(), rows: vec![head], ruled: true }
    }

    /// A table without a head.
    pub fn bare<const N: usize>(aligns: [Align; N]) -> Self {
        Self { aligns: aligns.to_vec(), rows: Vec::new(), ruled: false }
    }

    /// Adds a row; cells beyond the columns are dropped, missing ones are empty.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.row_of(cells.into());
    }

    /// Adds a row of as many cells as there are columns.
    pub fn row_of(&mut self, mut cells: Vec<String>) {
        cells.resize(self.aligns.len(), String::new());
        self.rows.push(cells);
    }

    /// Whether it holds no row besides its head.
    pub fn is_empty(&self) -> bool {
        self.rows.len() <= usize::from(self.ruled)
    }

    /// The table as text, every line indented by `indent` and at most [`PAGE`] columns wide: the last column of
    /// words wraps onto lines of its own.
    pub fn print(&self, indent: usize) -> String {
        let mut widths: Vec<usize> = (0..self.aligns.len())
            .map(|c| self.rows.iter().map(|row| width(&row[c])).max().unwrap_or(0))
            .collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        let room = PAGE.saturating_sub(indent + gaps);
        let flexible = self.aligns.iter().rposition(|align| *align == Align::Left);
        if let Some(c) = flexible {
            let others: usize = widths.iter().enumerate().filter(|(k, _)| *k != c).map(|(_, w)| w).sum();
            widths[c] = widths[c].min(room.saturating_sub(others).max(8));
        }
        let mut out = String::new();
        for (r, row) in self.rows.iter().enumerate() {
            let cells: Vec<Vec<String>> = row
                .iter()
                .enumerate()
                .map(|(c, cell)| if Some(c) == flexible { wrap(cell, widths[c]) } else { vec![cell.clone()] })
                .collect();
            let lines = cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
            for l in 0..lines {
                let mut line = " ".repeat(indent);
                for (c, cell) in cells.iter().enumerate() {
                    let text = cell.get(l).map_or("", String::as_str);
                    let pad = " ".repeat(widths[c].saturating_sub(width(text)));
                    if c > 0 {
                        line.push_str(&" ".repeat(GAP));
                    }
                    match self.aligns[c] {
                        Align::Left => line.extend([text, &pad]),
                        Align::Right => line.extend([&pad, text]),
                    }
                }
                out.push_str(line.trim_end());
                out.push('\n');
            }
            if self.ruled && r == 0 {
                let total = widths.iter().sum::<usize>() + gaps;
                out.push_str(&format!("{}{}\n", " ".repeat(indent), "─".repeat(total)));
            }
        }
        out
    }
}

/// Columns a text takes on a terminal: one a letter, two for the wide scripts of East Asia, none for marks.
pub fn width(text: &str) -> usize {
    text.chars()
        .map(|c| match c as u32 {
            0x300..=0x36f | 0x200b..=0x200f => 0,
            0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 => 2,
            _ => 1,
        })
        .sum()
}

/// `text` in lines of at most `columns`; a longer word keeps its own line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match words.last_mut() {
            // A number keeps its unit beside it.
            Some(number) if word.starts_with('%') => number.extend([" ", word]),
            _ => words.push(word.to_owned()),
        }
    }
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        let word = word.as_str();
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= columns => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A paragraph of sentences, wrapped to [`PAGE`] and indented.
pub fn paragraph(sentences: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    wrap(&sentences.join(" "), PAGE - indent).into_iter().map(|line| format!("{margin}{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Table {
        let mut table = Table::headed([("pp", Align::Right), ("duty", Align::Left), ("since", Align::Left)]);
        table.row(["20".into(), "opioid duty".into(), "4 Mar 2025".into()]);
        table.row(["7.5".into(), "list 4A".into(), "14 Feb 2020".into()]);
        table
    }

    #[test]
    fn numbers_line_up_on_the_right_and_words_on_the_left() {
        assert_eq!(
            ledger().print(2),
            "   pp  duty         since\n  ─────────────────────────────\n   20  opioid duty  4 Mar 2025\n  7.5  list 4A      14 Feb 2020\n"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut table = ledger();
        table.row(["34".into(), "reciprocal duty".into(), "a note that goes on and on ".repeat(6)]);
        assert!(table.print(2).lines().all(|line| width(line) <= PAGE));
        let text = paragraph(&["A sentence about duties and days.".repeat(9).replace('.', ". ")], 4);
        assert!(text.lines().all(|line| width(line) <= PAGE && line.starts_with("    ")));
    }

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(wrap("real income falls by 0.14 % there", 25), ["real income falls by", "0.14 % there"]);
    }

    #[test]
    fn wide_letters_count_twice() {
        assert_eq!((width("商务部"), width("Türkiye"), width("Tu\u{308}rkiye")), (6, 7, 7));
    }
}
