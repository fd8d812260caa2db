//! From bytes to arrays.

use diagnostic::Diagnostic;

use super::super::wrong_layout;
use super::{Content, Dimension, ELEMENT, Header};

const SOURCE: &str = "a header array file";

/// Reads all arrays of a file.
///
/// # Errors
/// `wrong-layout`, with the array and what was met.
pub fn read(path: &str, bytes: &[u8]) -> Result<Vec<Header>, Diagnostic> {
    let refuse = |why: String| wrong_layout(path, SOURCE, why);
    let mut records = Records { bytes, at: 0 };
    let mut headers = Vec::new();
    while let Some(record) = records.next().map_err(&refuse)? {
        // A name in four blanks ends the file, or pads it.
        if record.trim_ascii().is_empty() || record.len() != 4 {
            continue;
        }
        let name = String::from_utf8_lossy(record).trim_end().to_owned();
        let header = array(&name, &mut records).map_err(|why| refuse(format!("array `{name}`: {why}")))?;
        headers.push(header);
    }
    Ok(headers)
}

struct Records<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    fn next(&mut self) -> Result<Option<&'a [u8]>, String> {
        let Some(length) = word(self.bytes, self.at) else {
            return if self.at == self.bytes.len() {
                Ok(None)
            } else {
                Err("the file ends in a record".into())
            };
        };
        let length = usize::try_from(length).map_err(|_| format!("a record of length {length}"))?;
        let from = self.at + 4;
        let record = self.bytes.get(from..from + length).ok_or("the file ends in a record")?;
        if word(self.bytes, from + length) != Some(length as i32) {
            return Err(format!("the two lengths of the record at byte {} differ", self.at));
        }
        self.at = from + length + 4;
        Ok(Some(record))
    }

    /// The next record, which must be there and begin with four spaces; without these.
    fn content(&mut self) -> Result<&'a [u8], String> {
        let record = self.next()?.ok_or("the file ends too early")?;
        record.strip_prefix(b"    ").ok_or_else(|| "a record does not begin with four spaces".into())
    }
}

fn word(bytes: &[u8], at: usize) -> Option<i32> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(i32::from_le_bytes(four))
}

/// The whole number `at` words into a record, not negative.
fn count(record: &[u8], at: usize) -> Result<usize, String> {
    let number = word(record, at * 4).ok_or("a record is too short")?;
    usize::try_from(number).map_err(|_| format!("a count of {number}"))
}

fn array(name: &str, records: &mut Records<'_>) -> Result<Header, String> {
    let head = records.content()?;
    let part = |from: usize, to: usize| {
        let bytes = head.get(from..to).ok_or("its second record is too short")?;
        Ok::<_, String>(String::from_utf8_lossy(bytes).into_owned())
    };
    let (kind, storage, long_name) = (part(0, 2)?, part(2, 6)?, part(6, 76)?.trim_end().to_owned());
    let rank = count(&head[76..], 0)?;
    if rank > 14 || head.len() < 80 + 4 * rank {
        return Err(format!("{rank} dimensions"));
    }
    let sizes: Vec<usize> = (0..rank).map(|at| count(&head[80..], at)).collect::<Result<_, _>>()?;
    let total = sizes.iter().try_fold(1_usize, |total, size| total.checked_mul(*size)).unwrap_or(usize::MAX);
    // No array is larger than its file, but for zeros of a sparse one.
    if total > records.bytes.len().saturating_mul(1000).saturating_add(1_000_000) {
        return Err(format!("{total} numbers"));
    }
    let content = match (kind.as_str(), storage.as_str()) {
        ("1C", _) => {
            let [texts, width] = sizes.as_slice() else { return Err("texts have two sizes".into()) };
            Content::Texts(self::texts(*texts, *width, records)?)
        }
        ("2I" | "2R", "FULL") => {
            let [rows, columns] = sizes.as_slice() else { return Err("a table has two sizes".into()) };
            let cells = blocks(*rows, *columns, records)?;
            if kind == "2I" {
                Content::Whole {
                    shape: [*rows, *columns],
                    values: cells.iter().map(|cell| i32::from_le_bytes(*cell)).collect(),
                }
            } else {
                let dimension = |size: usize| Dimension { set: String::new(), size, elements: Vec::new() };
                Content::Real {
                    coefficient: String::new(),
                    dimensions: vec![dimension(*rows), dimension(*columns)],
                    values: cells.iter().map(|cell| f32::from_le_bytes(*cell).into()).collect(),
                }
            }
        }
        ("RE", "FULL" | "SPSE") => {
            let (coefficient, dimensions) = sets(&sizes, records)?;
            let values = if storage == "FULL" { full(total, records)? } else { sparse(total, records)? };
            Content::Real { coefficient, dimensions, values }
        }
        ("RL", "FULL" | "SPSE") => {
            let dimension =
                |size: &usize| Dimension { set: String::new(), size: *size, elements: Vec::new() };
            let dimensions = sizes.iter().map(dimension).collect();
            let values = if storage == "FULL" { full(total, records)? } else { sparse(total, records)? };
            Content::Real { coefficient: String::new(), dimensions, values }
        }
        _ => return Err(format!("kind `{kind}`, storage `{storage}`, which are not known here")),
    };
    Ok(Header { name: name.to_owned(), long_name, content })
}

fn texts(total: usize, width: usize, records: &mut Records<'_>) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    loop {
        let record = records.content()?;
        let (left, here) = (count(record, 0)?, count(record, 2)?);
        let bytes = record.get(12..12 + here * width).ok_or("texts are cut off")?;
        if width > 0 {
            texts.extend(bytes.chunks(width).map(|text| String::from_utf8_lossy(text).trim().to_owned()));
        }
        if left <= 1 || here == 0 {
            break;
        }
    }
    if texts.len() != total {
        return Err(format!("{} texts instead of {total}", texts.len()));
    }
    Ok(texts)
}

/// A table by blocks: each record names the rows and columns it covers.
fn blocks(rows: usize, columns: usize, records: &mut Records<'_>) -> Result<Vec<[u8; 4]>, String> {
    let mut cells = vec![[0; 4]; rows * columns];
    let mut read = 0;
    while read < cells.len() {
        let record = records.content()?;
        let (r1, r2, c1, c2) = (count(record, 3)?, count(record, 4)?, count(record, 5)?, count(record, 6)?);
        if r1 < 1 || c1 < 1 || r2 < r1 || c2 < c1 || r2 > rows || c2 > columns {
            return Err(format!("a block of rows {r1}–{r2} and columns {c1}–{c2}"));
        }
        let mut at = 28;
        for column in c1 - 1..c2 {
            for row in r1 - 1..r2 {
                let cell = record.get(at..at + 4).and_then(|cell| cell.try_into().ok());
                cells[column * rows + row] = cell.ok_or("a block is cut off")?;
                at += 4;
                read += 1;
            }
        }
    }
    Ok(cells)
}

/// The names of sets, then the elements of each distinct one.
fn sets(sizes: &[usize], records: &mut Records<'_>) -> Result<(String, Vec<Dimension>), String> {
    let record = records.content()?;
    let sets = count(record, 2)?;
    if sets > sizes.len() {
        return Err(format!("{sets} sets for {} dimensions", sizes.len()));
    }
    let text = |from: usize, width: usize| {
        let bytes = record.get(from..from + width).ok_or("the record of sets is too short")?;
        Ok::<_, String>(String::from_utf8_lossy(bytes).trim().to_owned())
    };
    let coefficient = text(12, ELEMENT)?;
    let mut dimensions: Vec<Dimension> = Vec::with_capacity(sets);
    for (at, size) in sizes.iter().enumerate().take(sets) {
        let set = text(28 + at * ELEMENT, ELEMENT)?;
        let status = *record.get(28 + sets * ELEMENT + at).ok_or("the record of sets is too short")?;
        // `k`: the elements follow, once for each distinct set; others have none here.
        let known = dimensions.iter().find(|known| known.set == set && !known.elements.is_empty());
        let elements = match (status, known) {
            (b'k', Some(known)) => known.elements.clone(),
            (b'k', None) => texts(*size, ELEMENT, records)?,
            _ => Vec::new(),
        };
        dimensions.push(Dimension { set, size: *size, elements });
    }
    Ok((coefficient, dimensions))
}

fn full(total: usize, records: &mut Records<'_>) -> Result<Vec<f64>, String> {
    records.content()?;
    let mut values = Vec::with_capacity(total);
    while values.len() < total {
        // Which part of the array follows; it follows in order.
        records.content()?;
        let record = records.content()?;
        let numbers = record.get(4..).ok_or("numbers are cut off")?;
        values.extend(reals(numbers));
        if numbers.is_empty() {
            return Err("an empty record of numbers".into());
        }
    }
    values.truncate(total);
    Ok(values)
}

fn sparse(total: usize, records: &mut Records<'_>) -> Result<Vec<f64>, String> {
    let filled = count(records.content()?, 0)?;
    let mut values = vec![0.0; total];
    let mut read = 0;
    loop {
        let record = records.content()?;
        let (left, here) = (count(record, 0)?, count(record, 2)?);
        let numbers = record.get(12 + here * 4..12 + here * 8).ok_or("numbers are cut off")?;
        for (at, value) in reals(numbers).enumerate() {
            let place = count(record, 3 + at)?;
            *values.get_mut(place.wrapping_sub(1)).ok_or(format!("a number at place {place}"))? = value;
        }
        read += here;
        if left <= 1 {
            break;
        }
    }
    if read != filled {
        return Err(format!("{read} numbers instead of {filled}"));
    }
    Ok(values)
}

fn reals(bytes: &[u8]) -> impl Iterator<Item = f64> + '_ {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]).into())
}
