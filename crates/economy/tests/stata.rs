//! Stata files read back section by section as `help dta##118` lays them out, by a reader that shares nothing with
//! the writer.
#![allow(missing_docs, clippy::panic, clippy::unwrap_used)]

mod common;

use common::north_and_south;
use economy::Draft;
use economy::sheet::{Column, Sheet};

#[derive(Debug, Clone, PartialEq)]
enum Cell {
    Word(String),
    Number(f64),
    Missing,
}

/// What is left of a file, and how much of it was read.
struct File<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> File<'a> {
    fn take(&mut self, size: usize) -> &'a [u8] {
        let taken = &self.bytes[self.at..self.at + size];
        self.at += size;
        taken
    }

    #[track_caller]
    fn tag(&mut self, tag: &str) {
        let found = String::from_utf8_lossy(self.take(tag.len()));
        assert_eq!(found, tag, "before byte {}", self.at);
    }

    fn short(&mut self) -> usize {
        usize::from(u16::from_le_bytes(self.take(2).try_into().unwrap()))
    }

    fn long(&mut self) -> usize {
        usize::try_from(u64::from_le_bytes(self.take(8).try_into().unwrap())).unwrap()
    }

    /// A text in a field of `width` bytes, filled up with zero bytes.
    fn text(&mut self, width: usize) -> String {
        let field = self.take(width);
        let end = field.iter().position(|byte| *byte == 0).unwrap_or(width);
        assert!(field[end..].iter().all(|byte| *byte == 0), "nothing stands behind the end of a text");
        String::from_utf8(field[..end].to_vec()).unwrap()
    }

    fn cell(&mut self, kind: usize) -> Cell {
        match kind {
            // Doubles above 8.9884656743e307 are missing values; the first of them is `.`.
            65_526 => match f64::from_le_bytes(self.take(8).try_into().unwrap()) {
                number if number >= f64::from_bits(0x7fe0_0000_0000_0000) => Cell::Missing,
                number => Cell::Number(number),
            },
            1..=2045 => Cell::Word(self.text(kind)),
            _ => panic!("{kind} is no type that is written"),
        }
    }
}

/// The dataset's label, and its variables with their observations.
fn read(bytes: &[u8]) -> (String, Vec<(String, Vec<Cell>)>) {
    let mut file = File { bytes, at: 0 };
    file.tag("<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>");
    let variables = file.short();
    file.tag("</K><N>");
    let observations = file.long();
    file.tag("</N><label>");
    let length = file.short();
    let label = file.text(length);
    file.tag("</label><timestamp>");
    assert_eq!(file.take(1), [0], "no time stamp");
    file.tag("</timestamp></header>");
    let mut places = vec![0, file.at];
    file.tag("<map>");
    let map: Vec<usize> = (0..14).map(|_| file.long()).collect();
    file.tag("</map>");

    let mut section = |file: &mut File<'_>, tag: &str, content: &mut dyn FnMut(&mut File<'_>)| {
        places.push(file.at);
        file.tag(&format!("<{tag}>"));
        content(file);
        file.tag(&format!("</{tag}>"));
    };
    let (mut kinds, mut names) = (Vec::new(), Vec::new());
    section(&mut file, "variable_types", &mut |file| kinds = (0..variables).map(|_| file.short()).collect());
    section(&mut file, "varnames", &mut |file| names = (0..variables).map(|_| file.text(129)).collect());
    section(&mut file, "sortlist", &mut |file| {
        assert!(file.take(2 * (variables + 1)).iter().all(|b| *b == 0))
    });
    section(&mut file, "formats", &mut |file| {
        assert!((0..variables).all(|_| file.text(57).starts_with('%')));
    });
    section(&mut file, "value_label_names", &mut |file| {
        assert!((0..variables).all(|_| file.text(129).is_empty()));
    });
    section(&mut file, "variable_labels", &mut |file| {
        let labels: Vec<String> = (0..variables).map(|_| file.text(321)).collect();
        assert_eq!(labels.len(), variables);
    });
    section(&mut file, "characteristics", &mut |_| ());
    let mut columns: Vec<Vec<Cell>> = vec![Vec::new(); variables];
    section(&mut file, "data", &mut |file| {
        for _ in 0..observations {
            columns.iter_mut().zip(&kinds).for_each(|(column, kind)| column.push(file.cell(*kind)));
        }
    });
    section(&mut file, "strls", &mut |_| ());
    section(&mut file, "value_labels", &mut |_| ());
    places.push(file.at);
    file.tag("</stata_dta>");
    places.push(file.at);
    assert_eq!(map, places, "the map points at every section");
    assert_eq!(file.at, bytes.len(), "nothing stands behind the end");
    (label, names.into_iter().zip(columns).collect())
}

fn cells(column: &Column) -> Vec<Cell> {
    match column {
        Column::Words { words, rows } => {
            rows.iter().map(|row| Cell::Word(words[*row as usize].clone())).collect()
        }
        Column::Numbers(numbers) => {
            numbers.iter().map(|n| if n.is_nan() { Cell::Missing } else { Cell::Number(*n) }).collect()
        }
    }
}

#[test]
fn every_table_of_an_economy_reads_back_cell_by_cell() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let sheets = draft.sheets();
    assert_eq!(sheets.len(), 8);
    for sheet in sheets {
        let (label, variables) = read(&sheet.to_dta().unwrap());
        let expected: Vec<(String, Vec<Cell>)> =
            sheet.columns().iter().map(|(name, column)| (name.clone(), cells(column))).collect();
        assert_eq!((label.as_str(), variables), (sheet.name(), expected));
    }
}

#[test]
fn letters_of_two_bytes_and_numbers_at_the_edge_survive() {
    let sheet = Sheet::new("edges")
        .with("name", Column::words(["Türkiye", "", "Côte d'Ivoire"]))
        .with("real income %", Column::Numbers(vec![-1.0 / 3.0, f64::NAN, 8.9e307]));
    let (_, variables) = read(&sheet.to_dta().unwrap());
    let words = ["Türkiye", "", "Côte d'Ivoire"].map(|word| Cell::Word(word.into())).to_vec();
    assert_eq!(variables[0], ("name".into(), words));
    let numbers = vec![Cell::Number(-1.0 / 3.0), Cell::Missing, Cell::Number(8.9e307)];
    assert_eq!(variables[1], ("real_income__".into(), numbers), "names keep letters, digits and underscores");
}
