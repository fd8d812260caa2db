//! A plain table of flows: who buys what from whom, a row each.
//!
//! # Layout
//! CSV or Parquet with columns for importer, exporter, sector and value, in any order, under one of the names
//! below; optional are a rate of duty, a year and a name of the sector. Rows about the same cell are added up,
//! their rates averaged with flows as weights. Where there is a column of years, one of them is taken.
//!
//! | column | names |
//! |---|---|
//! | importer | `importer`, `importer_iso3`, `iso_d`, `destination`, `reporter` |
//! | exporter | `exporter`, `exporter_iso3`, `iso_o`, `origin`, `partner` |
//! | sector | `sector`, `industry`, `industry_id`, `product`, `commodity` |
//! | value | `value`, `trade`, `trade_value`, `flow`, and `flow_kusd` for thousands |
//! | rate | `rate`, `tariff` (shares of value before duty) |
//! | year | `year` |
//! | kind, name | `broad_sector` (`Services` are services), `sector_name`, `industry_descr` |
//!
//! Sectors whose code begins with `SERV` or `SVC` are services, all others goods.
//! # Units
//! Millions of US dollars before duty, unless the name of the column says thousands.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults, Source};
use terms::{Archive, CountryId, Cube, Rate, SectorId};

use super::intercountry::Codes;
use super::{Imported, Naming, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::table::{Columns, Table, TextTable};
use crate::{CountryEntry, Draft, Meta, SectorEntry, Unit};

const SOURCE: &str = "a table of flows";

/// Reads the table at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let draft = flows(archive, path, naming, &PLAIN, &Recoding::default(), &mut findings);
    finish(draft, findings)
}

/// Which names the columns of a source have, the first that is there counting.
pub(super) struct Names {
    pub importer: &'static [&'static str],
    pub exporter: &'static [&'static str],
    pub sector: &'static [&'static str],
    pub value: &'static [&'static str],
    pub rate: &'static [&'static str],
    pub sector_name: &'static [&'static str],
    pub kind: &'static [&'static str],
    pub year: &'static [&'static str],
    pub about: &'static str,
    pub licence: &'static str,
}

const PLAIN: Names = Names {
    importer: &["importer", "importer_iso3", "iso_d", "destination", "reporter"],
    exporter: &["exporter", "exporter_iso3", "iso_o", "origin", "partner"],
    sector: &["sector", "industry", "industry_id", "product", "commodity"],
    value: &["value", "trade", "trade_value", "flow", "flow_kusd"],
    rate: &["rate", "tariff"],
    sector_name: &["sector_name", "industry_descr"],
    kind: &["broad_sector"],
    year: &["year"],
    about: "",
    licence: "",
};

/// What a product or industry of a source belongs to.
pub(super) type SectorOf = Box<dyn Fn(&str) -> String>;

/// What the codes of a source become; a code without an entry stays what it is.
#[derive(Default)]
pub(super) struct Recoding {
    /// Country codes of the source, with the code and the name to use.
    pub countries: HashMap<String, (String, String)>,
    /// What a sector of the source belongs to.
    pub sector: Option<SectorOf>,
}

/// Reads a table of flows by the names of its columns.
pub(super) fn flows(
    archive: &dyn Archive,
    path: &str,
    naming: &Naming,
    names: &Names,
    recoding: &Recoding,
    findings: &mut Findings,
) -> Option<Draft> {
    let bytes = file(archive, path, findings)?;
    let header = header(path, &bytes, findings)?;
    let find = |names: &[&'static str]| {
        names.iter().copied().find(|name| header.iter().any(|column| column == name))
    };
    let mut need = |what: &str, names: &[&'static str]| {
        let found = find(names);
        if found.is_none() {
            let message = format!("`{path}` has no column for the {what}");
            let fault = Diagnostic::error("missing-column", message);
            findings.push(
                fault.note(format!("it has {}", header.join(", "))).help(format!("call it `{}`", names[0])),
            );
        }
        found
    };
    let (importer, exporter, sector, value) = (
        need("importer", names.importer),
        need("exporter", names.exporter),
        need("sector", names.sector),
        need("value", names.value),
    );
    let (importer, exporter, sector, value) = (importer?, exporter?, sector?, value?);
    let mut codes = vec![importer, exporter, sector];
    let mut extra = |name: Option<&'static str>| {
        name.map(|name| {
            codes.push(name);
            codes.len() - 1
        })
    };
    let year_at = extra(find(names.year));
    let name_at = extra(find(names.sector_name));
    let kind_at = extra(find(names.kind));
    let rate: Vec<&str> = find(names.rate).into_iter().collect();
    let columns = Columns { codes: &codes, numbers: &[value], spare: &rate };
    let table = match path.ends_with(".parquet") {
        true => Table::from_parquet(path, bytes, columns, findings)?,
        false => Table::from_csv(&Source::new(path, String::from_utf8_lossy(&bytes)), columns, findings)?,
    };
    let (year, only) = match year_at {
        None => (naming.year_of(path, findings), None),
        Some(at) => {
            let (year, place) = one_year(path, naming, &table.codes[at].words, findings)?;
            (year, Some((at, place)))
        }
    };
    let row_counts = |row: usize| only.is_none_or(|(at, place)| table.codes[at].rows[row] == place);
    let country =
        |word: &String| recoding.countries.get(word).map_or_else(|| word.clone(), |(code, _)| code.clone());
    let sector = |word: &String| recoding.sector.as_ref().map_or_else(|| word.clone(), |sector| sector(word));
    let coded: [Vec<String>; 3] = [
        table.codes[0].words.iter().map(country).collect(),
        table.codes[1].words.iter().map(country).collect(),
        table.codes[2].words.iter().map(sector).collect(),
    ];
    let word = |at: usize, row: usize| coded[at][table.codes[at].rows[row] as usize].as_str();
    let mut lists = (Codes::default(), Codes::default());
    let mut sector_rows: Vec<usize> = Vec::new();
    for row in (0..table.rows).filter(|row| row_counts(*row)) {
        lists.0.place(word(0, row));
        lists.0.place(word(1, row));
        if lists.1.place(word(2, row)) == sector_rows.len() {
            sector_rows.push(row);
        }
    }
    // Countries in the order of their codes: rows come in any.
    lists.0.0.sort_keys();
    lists.0.0.values_mut().enumerate().for_each(|(at, place)| *place = at);
    let (n, s) = (lists.0.0.len(), lists.1.0.len());
    if n == 0 {
        findings.push(wrong_layout(path, SOURCE, "it has no rows"));
        return None;
    }
    let (mut trade, mut duty) = (Cube::filled(n, s, 0.0), Cube::filled(n, s, 0.0));
    let mut plain = Cube::filled(n, s, 0.0);
    for row in (0..table.rows).filter(|row| row_counts(*row)) {
        let cell = (
            CountryId::new(lists.0.get(word(0, row))?),
            CountryId::new(lists.0.get(word(1, row))?),
            SectorId::new(lists.1.get(word(2, row))?),
        );
        let flow = table.numbers[0][row];
        trade[cell] += flow;
        if let Some(rate) = table.spare.first().and_then(Option::as_ref) {
            duty[cell] += flow * rate[row];
            plain[cell] = rate[row];
        }
    }
    let tariffs = Cube::from_fn(n, s, |n, i, s| {
        let cell = (n, i, s);
        Rate::share(if trade[cell] > 0.0 { duty[cell] / trade[cell] } else { plain[cell] })
    });
    let of = |at: Option<usize>, row: usize| {
        at.map(|at| table.codes[at].words[table.codes[at].rows[row] as usize].as_str())
    };
    let entry = |(code, row): (&str, &usize)| {
        let service = code.starts_with("SERV") || code.starts_with("SVC");
        let good = of(kind_at, *row).map_or(!service, |kind| !kind.eq_ignore_ascii_case("services"));
        SectorEntry::new(code, of(name_at, *row).unwrap_or(code), good)
    };
    let sectors = lists.1.iter().zip(&sector_rows).map(entry).collect();
    let names_of: HashMap<&str, &str> =
        recoding.countries.values().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    let named = |code| CountryEntry::new(code, *names_of.get(code).unwrap_or(&code));
    let countries = lists.0.iter().map(named).collect();
    if CountryId::all(n).all(|n| trade.sectors_of(n, n).iter().all(|flow| *flow == 0.0)) {
        findings.push(
            Diagnostic::warning("no-home-sales", format!("`{path}` has no sales at home"))
                .note("shares of spending are then shares of imports, and a duty moves nothing to home goods")
                .help("add what each country buys from itself: output less exports"),
        );
    }
    let thousand = value.ends_with("kusd") || value == "v";
    let meta = Meta {
        title: format!("{n} countries, {s} sectors, {year}"),
        unit: if thousand { Unit::Thousand } else { Unit::Million },
        source: names.about.into(),
        licence: names.licence.into(),
        ..Meta::new(&naming.name, year)
    };
    Some(Draft::of_flows(meta, countries, sectors, trade, tariffs))
}

/// The names of the columns.
fn header(path: &str, bytes: &[u8], findings: &mut Findings) -> Option<Vec<String>> {
    #[cfg(feature = "parquet")]
    if path.ends_with(".parquet") {
        return Some(
            crate::table::parquet::ParquetFile::open(path, bytes.to_vec(), findings)?.names().to_vec(),
        );
    }
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = Source::new(path, String::from_utf8_lossy(first));
    Some(TextTable::from_csv(&text, &[], findings)?.header)
}

/// The year that counts, with its place among the words.
fn one_year(path: &str, naming: &Naming, words: &[String], findings: &mut Findings) -> Option<(i32, u32)> {
    let wanted = naming.year.map(|year| year.to_string());
    let found = match &wanted {
        Some(wanted) => words.iter().position(|word| word == wanted),
        None if words.len() == 1 => Some(0),
        None => None,
    };
    let year = found.and_then(|at| Some((words[at].parse().ok()?, at as u32)));
    if year.is_none() {
        let fault = Diagnostic::error("missing-key", format!("`{path}` does not tell which year to take"));
        findings.push(fault.note(format!("its years are {}", words.join(", "))).help("state one of them"));
    }
    year
}
