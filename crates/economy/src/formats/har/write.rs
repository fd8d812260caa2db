//! From arrays to bytes.

use super::{Content, Dimension, ELEMENT, Header};

/// How many numbers of a full array stand in one record, as GEMPACK writes them.
const FULL: usize = 7996;

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
