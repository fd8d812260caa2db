//! Economies as accounts: what is there, what it holds, how two differ, and how one becomes another.

mod export;
mod rates;

use std::path::Path;

use diagnostic::{Diagnostic, Faults, Source};
use economy::formats::{Format, Naming};
use economy::{Difference, Draft, Form, Mapping, Repair};
use serde::Serialize;
use terms::{Country, CountryId, Sector};

use crate::archive::Disk;
use crate::economies;

pub use export::{ExportForm, Exported, export, parquet, workbook};
pub use rates::{RatesFrom, with_rates};

/// An economy in a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// How to ask for it.
    pub name: String,
    /// One line of description.
    pub title: String,
    /// The base year.
    pub year: i32,
    /// How many countries.
    pub countries: usize,
    /// How many sectors.
    pub sectors: usize,
    /// Whether industries buy inputs from each other.
    pub links: bool,
    /// The elasticity sets it carries.
    pub elasticities: Vec<String>,
}

/// What an economy holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// The economy in a line.
    #[serde(flatten)]
    pub listed: Listed,
    /// The unit of money below.
    pub unit: String,
    /// The market structure it was made for.
    pub market: String,
    /// Where the numbers come from.
    pub source: String,
    /// Under which terms.
    pub licence: String,
    /// Whether it carries political weights.
    pub weights: bool,
    /// Countries with what they make, buy abroad and collect.
    pub by_country: Vec<CountryTotals>,
    /// Sectors with what is made and traded.
    pub by_sector: Vec<SectorTotals>,
}

/// A country's totals, in the unit of the economy, before duty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryTotals {
    /// Code.
    pub country: Country,
    /// Its name.
    pub name: String,
    /// Output.
    pub output: f64,
    /// Purchases abroad.
    pub imports: f64,
    /// Sales abroad.
    pub exports: f64,
    /// Duties collected.
    pub duties: f64,
}

/// A sector's totals, in the unit of the economy, before duty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectorTotals {
    /// Code.
    pub sector: Sector,
    /// Its name.
    pub name: String,
    /// Whether duties reach it.
    pub good: bool,
    /// Output.
    pub output: f64,
    /// Trade between countries.
    pub traded: f64,
}

/// How two economies differ.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Differs {
    /// Countries only in the first, and only in the second.
    pub countries: [Vec<String>; 2],
    /// Sectors only in the first, and only in the second.
    pub sectors: [Vec<String>; 2],
    /// Each table that differs.
    pub tables: Vec<TableDiffers>,
}

/// A table that differs in some cells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableDiffers {
    /// The table.
    pub table: String,
    /// How many cells differ.
    pub cells: usize,
    /// The sum of absolute differences.
    pub moved: f64,
    /// The largest, as many as were asked for.
    pub largest: Vec<CellDiffers>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellDiffers {
    /// Its codes.
    pub cell: Vec<String>,
    /// In the first.
    pub before: f64,
    /// In the second.
    pub after: f64,
}

/// An economy that was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Written {
    /// The economy in a line.
    pub economy: Listed,
    /// Its folder.
    pub folder: String,
    /// What a repair changed, where one was asked for.
    pub repaired: Option<Differs>,
}

/// Where and how an economy is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target<'a> {
    /// The folder to make.
    pub folder: &'a Path,
    /// Parquet for the large tables, instead of CSV.
    pub parquet: bool,
    /// How gaps are closed before; none leaves them, and unbalanced accounts are then a fault.
    pub repair: Option<Repair>,
}

/// Another reading of a source's flows, for economies without input links.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Reading {
    /// Flows are spending, duty included: each is divided by one plus its rate.
    pub duty_paid: bool,
    /// So much more of every country's purchases from itself, in every sector, in the unit of the source.
    pub more_at_home: f64,
}

impl Reading {
    /// The accounts so read.
    fn of(self, draft: Draft) -> Result<Draft, Diagnostic> {
        if self == Self::default() {
            return Ok(draft);
        }
        if draft.inputs.is_some() {
            return Err(Diagnostic::error("reading-with-links", "another reading of flows is asked for, and the source has input links")
                .note("with inputs, output and use fix what flows are: before duty")
                .help("leave `--duty-paid` and `--more-at-home` out; `economy.toml` can state `valuation = \"duty-paid\"`"));
        }
        let draft = if self.more_at_home == 0.0 { draft } else { draft.with_more_at_home(self.more_at_home) };
        Ok(if self.duty_paid { draft.read_as_duty_paid() } else { draft })
    }
}

/// Every economy of the product, and of `folder` where one is given.
///
/// # Errors
/// All faults of an economy that cannot be read.
pub fn list(folder: Option<&Path>) -> Result<Vec<Listed>, Faults> {
    let mut names = economies::embedded_names();
    if let Some(folder) = folder {
        let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        found.sort();
        let whole = found.into_iter().filter(|path| path.join("economy.toml").is_file());
        names.extend(whole.map(|path| path.to_string_lossy().into_owned()));
    }
    names.iter().map(|name| Ok(listed(name, &economies::draft(name)?))).collect()
}

/// What one economy holds.
///
/// # Errors
/// All faults of the economy.
pub fn show(name: &str) -> Result<(Shown, Faults), Faults> {
    let opened = economies::open(name)?;
    let economy = &opened.economy;
    let (trade, tariffs, meta) = (economy.trade(), economy.tariffs(), economy.meta());
    let abroad = || trade.cells().filter(|((n, i, _), _)| n != i);
    let of = |n: CountryId, buyer: bool| {
        abroad().filter(|((m, i, _), _)| if buyer { *m == n } else { *i == n }).map(|(_, flow)| flow).sum()
    };
    let by_country = economy.country_ids().map(|n| CountryTotals {
        country: economy.country(n).code.clone(),
        name: economy.country(n).name.clone(),
        output: economy.output().row(n).iter().sum(),
        imports: of(n, true),
        exports: of(n, false),
        duties: abroad()
            .filter(|((m, _, _), _)| *m == n)
            .map(|(cell, flow)| tariffs[cell].as_share() * flow)
            .sum(),
    });
    let by_sector = economy.sector_ids().map(|s| SectorTotals {
        sector: economy.sector(s).code.clone(),
        name: economy.sector(s).name.clone(),
        good: economy.sector(s).good,
        output: economy.country_ids().map(|n| economy.output()[(n, s)]).sum(),
        traded: abroad().filter(|((_, _, k), _)| *k == s).map(|(_, flow)| flow).sum(),
    });
    let shown = Shown {
        listed: listed(name, economy.accounts()),
        unit: format!("{} {}", meta.unit, meta.currency),
        market: meta.market.to_string(),
        source: meta.source.clone(),
        licence: meta.licence.clone(),
        weights: economy.weights().is_some(),
        by_country: by_country.collect(),
        by_sector: by_sector.collect(),
    };
    Ok((shown, economy.warnings().clone()))
}

/// How the second differs from the first, the `top` largest cells of each table listed.
///
/// # Errors
/// All faults of either.
pub fn differs(first: &str, second: &str, top: usize) -> Result<Differs, Faults> {
    Ok(told(&economies::draft(first)?.difference(&economies::draft(second)?), top))
}

/// Groups of countries and sectors made one each, by the text of a mapping.
///
/// # Errors
/// All faults of the economy and of the mapping; `folder-taken`.
pub fn aggregate(name: &str, mapping: &Source, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    let fine = economies::draft(name)?;
    let mapping = Mapping::read(mapping, &fine)?;
    write(fine.aggregate(&mapping), Faults::new(), to)
}

/// A copy of an economy, repaired or in another form.
///
/// # Errors
/// All faults of the economy; `no-repair`, `folder-taken`.
pub fn copy(name: &str, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    write(economies::draft(name)?, Faults::new(), to)
}

/// An economy from a public source.
///
/// # Errors
/// `unknown-format`; all faults of the source; `reading-with-links`; `unbalanced-cell` where no repair was asked for.
pub fn import(
    format: &str,
    path: &Path,
    naming: &Naming,
    reading: Reading,
    to: &Target<'_>,
) -> Result<(Written, Faults), Faults> {
    let format = Format::named(format)?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let imported = format.read(&Disk::at(folder), &file, naming)?;
    write(reading.of(imported.draft)?, imported.notes, to)
}

/// The formats that can be imported: the name, and what the path points at.
pub fn formats() -> Vec<(&'static str, &'static str)> {
    Format::ALL.iter().map(|format| (format.name, format.about)).collect()
}

fn write(draft: Draft, mut notes: Faults, to: &Target<'_>) -> Result<(Written, Faults), Faults> {
    let mut repaired = None;
    let draft = match to.repair {
        None => draft,
        Some(how) => {
            let made = draft.repaired(how)?;
            repaired = Some(told(&made.report, 5));
            made.draft
        }
    };
    let economy = draft.checked()?;
    notes.append(economy.warnings().clone());
    let files = economy.accounts().folder(form(to.parquet)?)?;
    let folder = to.folder;
    if folder.join("economy.toml").exists() {
        return Err(Diagnostic::error(
            "folder-taken",
            format!("`{}` already holds an economy", folder.display()),
        )
        .help("give the path of a folder that is not there yet")
        .into());
    }
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|error| unwritable(&path, &error))?;
    }
    let name = folder.to_string_lossy().into_owned();
    Ok((Written { economy: listed(&name, economy.accounts()), folder: name, repaired }, notes))
}

#[cfg(feature = "parquet")]
fn form(parquet: bool) -> Result<Form, Diagnostic> {
    Ok(if parquet { Form::Parquet } else { Form::Csv })
}

#[cfg(not(feature = "parquet"))]
fn form(parquet: bool) -> Result<Form, Diagnostic> {
    if parquet {
        return Err(Diagnostic::error("parquet-left-out", "this build does not write Parquet")
            .help("build with the feature `parquet`, or write CSV"));
    }
    Ok(Form::Csv)
}

fn listed(name: &str, draft: &Draft) -> Listed {
    Listed {
        name: name.to_string(),
        title: draft.meta.title.clone(),
        year: draft.meta.year,
        countries: draft.countries.len(),
        sectors: draft.sectors.len(),
        links: draft.inputs.is_some(),
        elasticities: draft.elasticities.sets().map(str::to_string).collect(),
    }
}

fn told(difference: &Difference, top: usize) -> Differs {
    let pair = |(a, b): &(Vec<String>, Vec<String>)| [a.clone(), b.clone()];
    let table = |(table, moved): (&'static str, f64)| {
        let cells = || difference.changes.iter().filter(move |change| change.table == table);
        let largest = cells().take(top).map(|change| CellDiffers {
            cell: change.cell.clone(),
            before: change.before,
            after: change.after,
        });
        TableDiffers { table: table.to_string(), cells: cells().count(), moved, largest: largest.collect() }
    };
    Differs {
        countries: pair(&difference.countries),
        sectors: pair(&difference.sectors),
        tables: difference.moved().into_iter().map(table).collect(),
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Faults {
    Diagnostic::error("unreadable-file", format!("`{}` cannot be read: {error}", path.display()))
        .help("give the path of a folder that exists")
        .into()
}

fn unwritable(path: &Path, error: &std::io::Error) -> Faults {
    Diagnostic::error("unwritable-file", format!("`{}` cannot be written: {error}", path.display()))
        .help("give a path where files may be made")
        .into()
}
