//! A table as comma-separated text.

use super::{Column, Sheet};

impl Sheet {
    /// The table as CSV: UTF-8, commas, a header row, `\n` at line ends. Numbers are the shortest texts that
    /// read back as the same number.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut text = Vec::new();
        let header: Vec<String> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        text.extend_from_slice(header.join(",").as_bytes());
        text.push(b'\n');
        // Words repeat down a column, so each is quoted once.
        let columns: Vec<(Vec<String>, &Column)> = self
            .columns
            .iter()
            .map(|(_, column)| match column {
                Column::Words { words, .. } => (words.iter().map(|word| quoted(word)).collect(), column),
                Column::Numbers(_) => (Vec::new(), column),
            })
            .collect();
        for row in 0..self.rows() {
            for (at, (words, column)) in columns.iter().enumerate() {
                if at > 0 {
                    text.push(b',');
                }
                match column {
                    Column::Words { rows, .. } => {
                        text.extend_from_slice(words[rows[row] as usize].as_bytes())
                    }
                    Column::Numbers(_) => text.extend_from_slice(column.cell(row).as_bytes()),
                }
            }
            text.push(b'\n');
        }
        text
    }
}

fn quoted(cell: &str) -> String {
    let plain = !cell.contains([',', '"', '\n', '\r']) && cell.trim() == cell;
    if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}
