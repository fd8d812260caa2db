//! A table as a Stata file, release 118 (Stata 14 and later).
//!
//! # Layout
//! Sections between tags: a header with the numbers of variables and observations, a map of the places of all
//! sections, types, names, sort order, formats, labels, then the observations row by row (little-endian), and
//! empty sections for long strings and value labels.
//! # Source
//! Stata's own description of the file format, `help dta##118`: types 1–2045 are fixed strings of that many
//! bytes, 65526 is a double; names are 129 bytes, formats 57, labels 321, all ended by zero bytes.

use diagnostic::Diagnostic;

use super::{Column, Sheet};

/// The type number of a double.
const DOUBLE: u16 = 65_526;
/// The longest fixed string, in bytes.
const LONGEST: usize = 2045;
/// The system missing value `.` of doubles.
const MISSING: u64 = 0x7fe0_0000_0000_0000;
/// How many sections the map points at.
const SECTIONS: usize = 14;

impl Sheet {
    /// The table as a `.dta` file of release 118, without a time stamp, so equal tables give equal bytes.
    ///
    /// Names of variables keep letters, digits and underscores, at most 32 characters; what was dropped stays
    /// in the variable's label.
    ///
    /// # Errors
    /// `unwritable-dta` when a text is longer than 2,045 bytes or there are more than 32,767 columns.
    pub fn to_dta(&self) -> Result<Vec<u8>, Diagnostic> {
        let columns = u16::try_from(self.columns.len()).ok().filter(|columns| *columns < 32_768);
        let Some(columns) = columns else {
            return Err(refused(self, "it has more than 32,767 columns"));
        };
        let mut types = Vec::with_capacity(self.columns.len());
        for (name, column) in &self.columns {
            types.push(match column {
                Column::Words { words, .. } => {
                    let longest = words.iter().map(String::len).max().unwrap_or(0).max(1);
                    if longest > LONGEST {
                        return Err(refused(self, &format!("a text in `{name}` has {longest} bytes")));
                    }
                    longest as u16
                }
                Column::Numbers(_) => DOUBLE,
            });
        }
        Ok(self.dta(columns, &types))
    }

    fn dta(&self, columns: u16, types: &[u16]) -> Vec<u8> {
        let rows = self.rows();
        let names = variable_names(self.columns.iter().map(|(name, _)| name.as_str()));
        let mut file = Vec::new();
        let mut places = [0_u64; SECTIONS];
        file.extend_from_slice(b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>");
        file.extend_from_slice(&columns.to_le_bytes());
        file.extend_from_slice(b"</K><N>");
        file.extend_from_slice(&(rows as u64).to_le_bytes());
        file.extend_from_slice(b"</N><label>");
        let label: String = self.name.chars().take(80).collect();
        file.extend_from_slice(&(label.len() as u16).to_le_bytes());
        file.extend_from_slice(label.as_bytes());
        file.extend_from_slice(b"</label><timestamp>\0</timestamp></header>");

        places[1] = file.len() as u64;
        file.extend_from_slice(b"<map>");
        let map = file.len();
        file.extend_from_slice(&[0; SECTIONS * 8]);
        file.extend_from_slice(b"</map>");

        let mut section = |place: usize, tag: &str, content: &[u8]| {
            places[place] = file.len() as u64;
            file.extend_from_slice(format!("<{tag}>").as_bytes());
            file.extend_from_slice(content);
            file.extend_from_slice(format!("</{tag}>").as_bytes());
        };
        let bytes = |types: &[u16]| types.iter().flat_map(|kind| kind.to_le_bytes()).collect::<Vec<u8>>();
        section(2, "variable_types", &bytes(types));
        section(3, "varnames", &names.iter().flat_map(|name| padded(name, 129)).collect::<Vec<u8>>());
        section(4, "sortlist", &vec![0; (types.len() + 1) * 2]);
        let formats = types.iter().flat_map(|kind| match *kind {
            DOUBLE => padded("%10.0g", 57),
            width => padded(&format!("%{width}s"), 57),
        });
        section(5, "formats", &formats.collect::<Vec<u8>>());
        section(6, "value_label_names", &vec![0; types.len() * 129]);
        let labels =
            self.columns.iter().flat_map(|(name, _)| padded(&name.chars().take(80).collect::<String>(), 321));
        section(7, "variable_labels", &labels.collect::<Vec<u8>>());
        section(8, "characteristics", b"");
        section(9, "data", &self.observations(types));
        section(10, "strls", b"");
        section(11, "value_labels", b"");

        places[12] = file.len() as u64;
        file.extend_from_slice(b"</stata_dta>");
        places[13] = file.len() as u64;
        for (at, place) in places.iter().enumerate() {
            file[map + at * 8..map + at * 8 + 8].copy_from_slice(&place.to_le_bytes());
        }
        file
    }

    fn observations(&self, types: &[u16]) -> Vec<u8> {
        let width: usize = types.iter().map(|kind| if *kind == DOUBLE { 8 } else { *kind as usize }).sum();
        let mut data = Vec::with_capacity(width * self.rows());
        for row in 0..self.rows() {
            for ((_, column), kind) in self.columns.iter().zip(types) {
                match column {
                    Column::Words { words, rows } => {
                        data.extend(padded(&words[rows[row] as usize], *kind as usize));
                    }
                    Column::Numbers(numbers) => {
                        let number = numbers[row];
                        let bits = if number.is_finite() { number.to_bits() } else { MISSING };
                        data.extend_from_slice(&bits.to_le_bytes());
                    }
                }
            }
        }
        data
    }
}

fn refused(sheet: &Sheet, why: &str) -> Diagnostic {
    Diagnostic::error(
        "unwritable-dta",
        format!("the table `{}` cannot be written as .dta: {why}", sheet.name),
    )
    .help("write it as CSV or Parquet")
}

fn padded(text: &str, width: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(width, 0);
    bytes
}

/// Names that Stata takes, each once.
fn variable_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for name in names {
        let clean = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '_' };
        let mut short: String = name.chars().map(clean).take(32).collect();
        if short.is_empty() || short.starts_with(|first: char| first.is_ascii_digit()) {
            short = format!("_{}", short.chars().take(31).collect::<String>());
        }
        let mut tried = short.clone();
        let mut count = 2;
        while taken.contains(&tried) {
            let ending = format!("_{count}");
            tried = short.chars().take(32 - ending.len()).collect::<String>() + &ending;
            count += 1;
        }
        taken.push(tried);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_fit_and_stay_apart() {
        let names = variable_names(["real income %", "real_income_%", "2022", "value"].into_iter());
        assert_eq!(names, ["real_income__", "real_income___2", "_2022", "value"]);
    }

    #[test]
    fn the_map_points_at_every_section() {
        let sheet = Sheet::new("flows")
            .with("importer", Column::words(["USA", "Nippon"]))
            .with("value", Column::Numbers(vec![1.5, f64::NAN]));
        let file = sheet.to_dta().unwrap();
        let map = file.windows(5).position(|bytes| bytes == b"<map>").unwrap() + 5;
        let place = |at: usize| {
            let bytes: [u8; 8] = file[map + at * 8..map + at * 8 + 8].try_into().unwrap();
            u64::from_le_bytes(bytes) as usize
        };
        let tags = [
            "<stata_dta>",
            "<map>",
            "<variable_types>",
            "<varnames>",
            "<sortlist>",
            "<formats>",
            "<value_label_names>",
            "<variable_labels>",
            "<characteristics>",
            "<data>",
            "<strls>",
            "<value_labels>",
            "</stata_dta>",
        ];
        for (at, tag) in tags.iter().enumerate() {
            assert!(file[place(at)..].starts_with(tag.as_bytes()), "{tag}");
        }
        assert_eq!(place(13), file.len());
        let data = place(9) + "<data>".len();
        assert_eq!(&file[data..data + 6], b"USA\0\0\0", "the longest word sets the width");
        assert_eq!(&file[data + 6..data + 14], 1.5_f64.to_le_bytes());
        assert_eq!(&file[data + 20..data + 28], MISSING.to_le_bytes(), "empty is Stata's missing value");
    }

    #[test]
    fn a_text_too_long_is_refused() {
        let sheet = Sheet::new("long").with("text", Column::words(["x".repeat(2046)]));
        assert_eq!(sheet.to_dta().unwrap_err().code(), "unwritable-dta");
    }
}
