//! Eora26, the simplified Eora tables of one year.
//!
//! # Layout
//! A folder of tab-separated texts without headers: `Eora26_YEAR_bp_T.txt` (flows between nodes, sellers by
//! row), `Eora26_YEAR_bp_FD.txt` (final buyers by column), `Eora26_YEAR_bp_VA.txt` (value added), and labels:
//! `labels_T.txt` (country name, code, kind, sector), `labels_FD.txt` (country name, code, kind, category).
//! The node of statistical discrepancies (`ROW`, `TOTAL`) is left out.
//!
//! Eora states no output and does not balance: output here is what is sold, value added what inputs leave of
//! it, and the recorded value added is not used. All sectors before electricity are goods; codes are `s1`, …
//! # Units
//! Thousand US dollars, basic prices.
//! # Source
//! Lenzen, Moran, Kanemoto and Geschke (2013), *Economic Systems Research* 25(1); Eora's terms.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults};
use terms::{Archive, CountryId, SectorId};

use super::intercountry::{Codes, Intercountry, Node};
use super::numbers::{cells, lines, no_number, number, word};
use super::{Imported, Naming, before_electricity, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::table::join;
use crate::{CountryEntry, Draft, Meta, SectorEntry, Unit};

const SOURCE: &str = "Eora26";

/// Reads the folder at `path`.
///
/// # Errors
/// All faults of the folder together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let draft = folder(archive, path, naming, &mut findings);
    finish(draft, findings)
}

fn folder(archive: &dyn Archive, path: &str, naming: &Naming, findings: &mut Findings) -> Option<Draft> {
    let table_path = match archive.list(path) {
        Ok(files) => files.into_iter().find(|file| file.ends_with("_bp_T.txt")),
        Err(error) => {
            findings.push(Diagnostic::error("unreadable-file", error.to_string()));
            return None;
        }
    };
    let Some(t_path) = table_path else {
        findings.push(wrong_layout(path, SOURCE, "no file there ends in `_bp_T.txt`"));
        return None;
    };
    let year = naming.year_of(&t_path, findings);
    let fd_path = t_path.replace("_bp_T.txt", "_bp_FD.txt");
    let mut labels = |name: &str| -> Option<Vec<Vec<String>>> {
        let bytes = file(archive, &join(path, name), findings)?;
        Some(lines(&bytes).map(|(_, line)| cells(line, b'\t').map(word).collect()).collect())
    };
    let (nodes, finals) = (labels("labels_T.txt")?, labels("labels_FD.txt")?);
    let mut lists = (Codes::default(), Codes::default());
    let mut names: HashMap<String, String> = HashMap::new();
    let mut placed: Vec<Option<Node>> = Vec::with_capacity(nodes.len());
    for label in &nodes {
        let [name, code, _, sector, ..] = label.as_slice() else {
            findings.push(wrong_layout(path, SOURCE, "a label of `labels_T.txt` has fewer than four cells"));
            return None;
        };
        if sector == "TOTAL" {
            findings.push(
                Diagnostic::warning("left-out", format!("the node `{code}`, `{sector}` was left out"))
                    .note("it holds statistical discrepancies; gaps show them"),
            );
            placed.push(None);
            continue;
        }
        names.insert(code.clone(), name.clone());
        placed.push(Some((CountryId::new(lists.0.place(code)), SectorId::new(lists.1.place(sector)))));
    }
    let buyers: Vec<Option<CountryId>> = finals
        .iter()
        .map(|label| label.get(1).and_then(|code| lists.0.get(code)).map(CountryId::new))
        .collect();
    let goods = before_electricity(lists.1.iter()).unwrap_or(lists.1.0.len());
    let sector = |(at, name): (usize, &str)| SectorEntry::new(format!("s{}", at + 1), name, at < goods);
    let entries =
        lists.0.iter().map(|code| CountryEntry::new(code, names.get(code).map_or(code, String::as_str)));
    let mut table = Intercountry::new(entries.collect(), lists.1.iter().enumerate().map(sector).collect());

    let t = file(archive, &t_path, findings)?;
    rows(&t_path, &t, nodes.len(), nodes.len(), findings, |row, column, value| {
        if let (Some(seller), Some(buyer)) = (placed[row], placed[column]) {
            table.input(seller, buyer, value);
        }
    })?;
    let fd = file(archive, &fd_path, findings)?;
    rows(&fd_path, &fd, nodes.len(), finals.len(), findings, |row, column, value| {
        if let (Some(seller), Some(buyer)) = (placed[row], buyers[column]) {
            table.purchase(seller, buyer, value);
        }
    })?;
    Some(table.draft(Meta {
        title: format!("Eora26, {year}"),
        unit: Unit::Thousand,
        source: "Lenzen, Moran, Kanemoto and Geschke (2013), Eora".into(),
        licence: "Eora's terms".into(),
        ..Meta::new(&naming.name, year)
    }))
}

/// Hands on every number of a text of `height` rows and `width` columns.
fn rows(
    path: &str,
    bytes: &[u8],
    height: usize,
    width: usize,
    findings: &mut Findings,
    mut take: impl FnMut(usize, usize, f64),
) -> Option<()> {
    let mut count = 0;
    for (line, row) in lines(bytes) {
        let mut cells_here = 0;
        for (at, cell) in cells(row, b'\t').enumerate() {
            // Lines may end in a tab.
            if at == width && cell.is_empty() {
                continue;
            }
            cells_here += 1;
            match number(cell) {
                Some(value) if at < width && count < height => take(count, at, value),
                Some(_) => {}
                None => findings.push(no_number(path, SOURCE, line, at, cell)),
            }
        }
        if cells_here != width {
            let why = format!("line {} has {cells_here} cells; the labels have {width}", line + 1);
            findings.push(wrong_layout(path, SOURCE, why));
            return None;
        }
        count += 1;
    }
    if count != height {
        findings.push(wrong_layout(path, SOURCE, format!("it has {count} rows; the labels have {height}")));
        return None;
    }
    Some(())
}
