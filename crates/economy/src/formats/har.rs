//! Header array files of GEMPACK: read and written.
//!
//! # Layout
//! A sequence of records, each between two copies of its length (32 bits, little-endian). An array is a record
//! of its name (four letters), a record of kind, storage, long name and sizes, then records of content:
//!
//! | kind | content |
//! |---|---|
//! | `1C` | texts of one width |
//! | `2I`, `2R` | whole or real numbers by block, columns first |
//! | `RE` | up to seven dimensions with sets: one record of set names, one of elements for each distinct set, then reals in full (`FULL`) or those that are not zero with their places (`SPSE`) |
//! | `RL` | the same without sets |
//!
//! Every record of content begins with four spaces and counts down to one. Reals are single precision, and
//! arrays run over their first dimension fastest.
//! # Source
//! Layout as in the files that GEMPACK's ViewHAR writes; Harrison and Pearson (1996), *Computational Economics*
//! 9, for the program.

use diagnostic::Diagnostic;

use super::wrong_layout;

const SOURCE: &str = "a header array file";
/// Numbers of a full array in one record, and of a sparse one, as GEMPACK writes them.
const FULL: usize = 7996;
/// The widest element of a set.
const ELEMENT: usize = 12;

/// One array of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name: up to four letters.
    pub name: String,
    /// Its long name.
    pub long_name: String,
    /// What it holds.
    pub content: Content,
}

/// What an array holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Texts.
    Texts(Vec<String>),
    /// Whole numbers, `rows × columns`, first dimension fastest.
    Whole {
        /// The two sizes.
        shape: [usize; 2],
        /// The numbers.
        values: Vec<i32>,
    },
    /// Real numbers, first dimension fastest.
    Real {
        /// The name of the coefficient, where the file has one.
        coefficient: String,
        /// The dimensions, first the fastest.
        dimensions: Vec<Dimension>,
        /// The numbers.
        values: Vec<f64>,
    },
}

/// One dimension of an array.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dimension {
    /// The name of its set; empty where there is none.
    pub set: String,
    /// How many elements.
    pub size: usize,
    /// The elements of the set, where the file lists them.
    pub elements: Vec<String>,
}

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

/// Writes arrays as the bytes of a file. Reals become single precision, as the format has them; those of more
/// than seven dimensions and names of more than four letters are cut.
pub fn write(headers: &[Header]) -> Vec<u8> {
    let mut file = Vec::new();
    for header in headers {
        record(&mut file, padded(&header.name, 4));
        match &header.content {
            Content::Texts(list) => {
                let width = list.iter().map(String::len).max().unwrap_or(0).max(1);
                head(&mut file, header, *b"1C", &[list.len(), width]);
                text_records(&mut file, list, width);
            }
            Content::Whole { shape, values } => {
                head(&mut file, header, *b"2I", shape);
                let ranges = [1, shape[0], 1, shape[1]];
                let cells = values.iter().flat_map(|value| value.to_le_bytes());
                let counts = [1, shape[0], shape[1]].into_iter().chain(ranges);
                record(&mut file, spaced(counts).into_iter().chain(cells).collect());
            }
            Content::Real { coefficient, dimensions, values } => {
                let mut sizes: Vec<usize> =
                    dimensions.iter().map(|dimension| dimension.size).take(7).collect();
                sizes.resize(7, 1);
                head(&mut file, header, *b"RE", &sizes);
                set_records(&mut file, coefficient, dimensions);
                full_records(&mut file, &sizes, values);
            }
        }
    }
    file
}

fn record(file: &mut Vec<u8>, content: Vec<u8>) {
    let length = (content.len() as i32).to_le_bytes();
    file.extend_from_slice(&length);
    file.extend(content);
    file.extend_from_slice(&length);
}

/// Four spaces, then whole numbers.
fn spaced(numbers: impl IntoIterator<Item = usize>) -> Vec<u8> {
    let numbers = numbers.into_iter().flat_map(|number| (number as i32).to_le_bytes());
    b"    ".iter().copied().chain(numbers).collect()
}

fn padded(text: &str, width: usize) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(width, b' ');
    bytes
}

fn head(file: &mut Vec<u8>, header: &Header, kind: [u8; 2], sizes: &[usize]) {
    let mut content = b"    ".to_vec();
    content.extend_from_slice(&kind);
    content.extend_from_slice(b"FULL");
    content.extend(padded(&header.long_name, 70));
    for number in std::iter::once(&sizes.len()).chain(sizes) {
        content.extend_from_slice(&(*number as i32).to_le_bytes());
    }
    record(file, content);
}

fn text_records(file: &mut Vec<u8>, list: &[String], width: usize) {
    // One record holds all: readers take any number of texts in one.
    let mut content = spaced([1, list.len(), list.len()]);
    list.iter().for_each(|text| content.extend(padded(text, width)));
    record(file, content);
}

fn set_records(file: &mut Vec<u8>, coefficient: &str, dimensions: &[Dimension]) {
    let mut distinct: Vec<&Dimension> = Vec::new();
    for dimension in dimensions {
        if !dimension.elements.is_empty() && !distinct.iter().any(|known| known.set == dimension.set) {
            distinct.push(dimension);
        }
    }
    let mut content = spaced([distinct.len()]);
    content.extend_from_slice(&(-1_i32).to_le_bytes());
    content.extend_from_slice(&(dimensions.len() as i32).to_le_bytes());
    content.extend(padded(coefficient, ELEMENT));
    content.extend_from_slice(&(-1_i32).to_le_bytes());
    dimensions.iter().for_each(|dimension| content.extend(padded(&dimension.set, ELEMENT)));
    let status = |dimension: &Dimension| if dimension.elements.is_empty() { b'u' } else { b'k' };
    content.extend(dimensions.iter().map(status));
    content.extend(std::iter::repeat_n(0, dimensions.len() * 4 + 4));
    record(file, content);
    distinct.iter().for_each(|dimension| text_records(file, &dimension.elements, ELEMENT));
}

fn full_records(file: &mut Vec<u8>, sizes: &[usize], values: &[f64]) {
    // Whole runs of the leading dimensions make a record, so that each covers a box of the array.
    let mut run = 1;
    let mut cut = 0;
    while cut < sizes.len() && run * sizes[cut] <= FULL {
        run *= sizes[cut];
        cut += 1;
    }
    let step = if cut < sizes.len() { (FULL / run.max(1)).max(1) } else { 1 };
    let mut boxes: Vec<(Vec<[usize; 2]>, std::ops::Range<usize>)> = Vec::new();
    let outer: usize = sizes.iter().skip(cut + 1).product();
    let across = sizes.get(cut).copied().unwrap_or(1);
    for block in 0..outer {
        let mut from = 0;
        while from < across {
            let to = (from + step).min(across);
            let mut ranges: Vec<[usize; 2]> = sizes.iter().take(cut).map(|size| [1, *size]).collect();
            if cut < sizes.len() {
                ranges.push([from + 1, to]);
            }
            let mut rest = block;
            for size in sizes.iter().skip(cut + 1) {
                ranges.push([rest % size + 1, rest % size + 1]);
                rest /= size;
            }
            let start = (block * across + from) * run;
            boxes.push((ranges, start..start + (to - from) * run));
            from = to;
        }
    }
    let mut left = boxes.len() * 2 + 1;
    record(file, spaced([left, sizes.len()].into_iter().chain(sizes.iter().copied())));
    for (ranges, places) in boxes {
        left -= 1;
        record(file, spaced(std::iter::once(left).chain(ranges.into_iter().flatten())));
        left -= 1;
        let mut content = spaced([left]);
        let numbers = places.map(|at| values.get(at).copied().unwrap_or(0.0) as f32);
        content.extend(numbers.flat_map(f32::to_le_bytes));
        record(file, content);
    }
}
