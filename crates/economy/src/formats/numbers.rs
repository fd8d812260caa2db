//! Numbers and cells of large plain texts.

use diagnostic::Diagnostic;

use super::wrong_layout;

/// The lines of a text of separated numbers, each with its place, empty ones left out.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    lines.enumerate().filter(|(_, line)| !line.is_empty())
}

/// The cells of a line, white space and double quotes around them taken off. A separator inside quotes does
/// not separate.
pub(super) fn cells(line: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut quoted = false;
    line.split(move |byte| {
        quoted ^= *byte == b'"';
        *byte == separator && !quoted
    })
    .map(|cell| {
        let cell = cell.trim_ascii();
        cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell)
    })
}

/// A cell as text.
pub(super) fn word(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_owned()
}

/// A cell as a finite number; an empty one is zero.
pub(super) fn number(cell: &[u8]) -> Option<f64> {
    if cell.is_empty() {
        return Some(0.0);
    }
    std::str::from_utf8(cell).ok()?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// The message about a cell that should have been a number. `line` and `cell` count from zero.
pub(super) fn no_number(path: &str, source: &str, line: usize, cell: usize, found: &[u8]) -> Diagnostic {
    let found = String::from_utf8_lossy(&found[..found.len().min(40)]).into_owned();
    wrong_layout(path, source, format!("line {}, cell {}: `{found}` is not a number", line + 1, cell + 1))
}
