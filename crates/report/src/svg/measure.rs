//! How wide a text will be, without a font at hand.
//!
//! The figures ask for a face with the widths of Helvetica (Helvetica, Arial, Liberation Sans and Nimbus
//! Sans share them; Roboto is narrower), so a table of those widths tells where labels end.

/// The size of a text in the units of the drawing, and whether it is bold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    /// Font size.
    pub size: f64,
    /// Bold face.
    pub bold: bool,
}

impl Ink {
    /// Regular weight.
    pub const fn regular(size: f64) -> Self {
        Self { size, bold: false }
    }

    /// Bold weight.
    pub const fn bold(size: f64) -> Self {
        Self { size, bold: true }
    }
}

/// Advance widths of Helvetica in thousandths of the size, from space to `~`.
/// Source: the font's public metrics file (Adobe Font Metrics, Helvetica).
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];

/// Room left for faces a little wider than the table.
const SAFETY: f64 = 1.04;

/// Bold letters are about a twentieth wider.
const BOLD: f64 = 1.06;

/// The width `text` needs, slightly generous.
///
/// ```
/// # use report::svg::{Ink, text_width};
/// assert!(text_width("145 %", Ink::regular(10.0)) > text_width("10 %", Ink::regular(10.0)));
/// ```
pub fn text_width(text: &str, ink: Ink) -> f64 {
    let thousandths: u32 = text.chars().map(|c| u32::from(advance(c))).sum();
    let weight = if ink.bold { BOLD } else { 1.0 };
    f64::from(thousandths) / 1000.0 * ink.size * SAFETY * weight
}

fn advance(character: char) -> u16 {
    match character {
        ' '..='~' => HELVETICA[character as usize - ' ' as usize],
        '\u{a0}' | '·' => 278,
        '\u{2009}' | '\u{202f}' => 200,
        '–' | '−' | '×' | '≈' | '≤' | '≥' => 584,
        '—' | '…' | '→' | '←' | '↑' | '↓' => 1000,
        'À'..='Ý' => 722,
        'à'..='ÿ' => 556,
        c if (c as u32) >= 0x1100 => 1000,
        _ => 620,
    }
}

/// `text` if it fits into `width`, else its beginning with an ellipsis, broken at a word where one can.
pub fn shorten(text: &str, width: f64, ink: Ink) -> String {
    if text_width(text, ink) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for character in text.chars() {
        kept.push(character);
        if text_width(&format!("{kept}…"), ink) > width {
            kept.pop();
            break;
        }
    }
    if let Some(space) = kept.rfind(' ')
        && space * 2 > kept.len()
    {
        kept.truncate(space);
    }
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':']))
}

/// `text` in lines no wider than `width`; a single longer word keeps its own line.
pub fn wrap(text: &str, width: f64, ink: Ink) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if text_width(&format!("{line} {word}"), ink) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const INK: Ink = Ink::regular(12.0);

    #[test]
    fn a_shortened_text_fits() {
        let long = "Suspension of 24 points prolonged to 10 November";
        for width in [30.0, 60.0, 90.0, 150.0, 400.0] {
            let short = shorten(long, width, INK);
            assert!(text_width(&short, INK) <= width, "{short}");
        }
        assert_eq!(shorten("short", 100.0, INK), "short");
        assert_eq!(shorten(long, 120.0, INK), "Suspension of 24…");
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_word() {
        let text = "each side keeps ten points and suspends twenty-four for ninety days";
        let lines = wrap(text, 110.0, INK);
        assert!(lines.iter().all(|line| text_width(line, INK) <= 110.0));
        assert_eq!(lines.join(" "), text);
        assert!(wrap("", 10.0, INK).is_empty());
    }
}
