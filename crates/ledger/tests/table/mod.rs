//! Tables of facts in `../shared/data`, for tests.
#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::print_stdout, clippy::panic, reason = "a test that skips says so; a panic is the message")]

/// A row by the names of its columns.
pub struct Row(Vec<(String, String)>);

impl Row {
    /// The cell under a column.
    pub fn at(&self, column: &str) -> &str {
        let cell = self.0.iter().find(|(name, _)| name == column);
        cell.map_or_else(|| panic!("no column {column}"), |(_, cell)| cell)
    }
}

/// The rows of a table; none, with a line printed, where the tables are not beside the repository.
pub fn rows(name: &str) -> Option<Vec<Row>> {
    rows_in("us-china", name)
}

/// The same from another folder of tables.
pub fn rows_in(folder: &str, name: &str) -> Option<Vec<Row>> {
    let file = super::disk::root().join("../shared/data").join(folder).join(name);
    let Ok(text) = std::fs::read_to_string(&file) else {
        println!("skipped: ../shared/data/{folder}/{name} is not beside the repository");
        return None;
    };
    let mut lines = text.lines().map(cells);
    let head = lines.next()?;
    Some(lines.map(|line| Row(head.iter().cloned().zip(line).collect())).collect())
}

/// The cells of a line; a cell in quotes may hold commas, and a doubled quote is one.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cells.last_mut().map(|cell| cell.push('"')).unwrap_or_default();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().map(|cell| cell.push(other)).unwrap_or_default(),
        }
    }
    cells
}
