//! From a folder of tables to accounts.

mod cells;
mod elasticities;
mod lists;

pub(crate) use cells::Cells;
pub(crate) use lists::{read_countries, read_sectors};

use diagnostic::{Diagnostic, Faults, Place};
use terms::Archive;

use crate::findings::Findings;
use crate::sums::{earned, sold, unused};
use crate::table::{Columns, Table, join, text};
use crate::{Draft, Gap, Identity, Meta, Valuation, meta};
use elasticities::read_elasticities;

impl Draft {
    /// Reads the economy in a folder of an archive, without asking whether its identities hold.
    ///
    /// `trade` and `tariffs` suffice. What further tables do not state follows from the identities: output is
    /// what is sold, final demand what is bought and not used as input, value added what inputs do not cost.
    /// Where the folder says `duty-paid`, each flow is divided by one plus its rate.
    ///
    /// # Errors
    /// All faults of the folder together, each with file and line.
    pub fn read(archive: &dyn Archive, folder: &str) -> Result<Self, Faults> {
        let mut findings = Findings::default();
        let draft = read(archive, folder, &mut findings);
        let faults = findings.finish();
        match draft {
            Some(draft) if !faults.has_errors() => Ok(draft),
            _ => Err(faults),
        }
    }
}

fn read(archive: &dyn Archive, folder: &str, findings: &mut Findings) -> Option<Draft> {
    let meta = read_meta(archive, folder, findings);
    let countries = read_countries(archive, folder, findings);
    let sectors = read_sectors(archive, folder, findings);
    let (mut meta, countries, sectors) = (meta?, countries?, sectors?);
    let mut reader = Cells::new(archive, folder, &countries, &sectors, findings);
    let trade = reader.trade();
    let tariffs = reader.tariffs();
    let inputs = reader.inputs();
    let final_demand = reader.grid("final", "value");
    let output = reader.grid("output", "output");
    let value_added = reader.signed_grid("output", "value_added");
    let weights = reader.weights();
    let elasticities = read_elasticities(archive, folder, &sectors, &mut meta, findings);
    let (mut trade, tariffs) = (trade?, tariffs?);
    if meta.valuation == Valuation::DutyPaid {
        for (flow, rate) in trade.as_mut_slice().iter_mut().zip(tariffs.as_slice()) {
            *flow /= rate.wedge();
        }
    }
    let output = output.unwrap_or_else(|| sold(&trade));
    let final_demand = final_demand.unwrap_or_else(|| unused(&trade, inputs.as_ref()));
    let value_added = value_added.unwrap_or_else(|| earned(&output, inputs.as_ref()));
    Some(Draft {
        meta,
        countries,
        sectors,
        trade,
        tariffs,
        inputs,
        final_demand,
        output,
        value_added,
        elasticities,
        weights,
    })
}

/// Where the cell of a gap lies: in the table that states one side of the identity by itself. The table is read
/// again, which only a folder with gaps pays for.
pub(crate) fn locate(archive: &dyn Archive, folder: &str, draft: &Draft, gap: &Gap) -> Option<Place> {
    let (stem, column) = match gap.identity {
        Identity::Sales => ("output", "output"),
        Identity::Uses => ("final", "value"),
        Identity::Costs => ("output", "value_added"),
    };
    let columns = Columns { codes: &["country", "sector"], numbers: &[column], spare: &[] };
    let table = Table::read(archive, folder, stem, columns, false, &mut Findings::default())?;
    let country = draft.countries[gap.country.at()].code.as_str();
    let sector = draft.sectors[gap.sector.at()].code.as_str();
    let word = |at: usize, row: usize| table.codes[at].words[table.codes[at].rows[row] as usize].as_str();
    let row = (0..table.rows).find(|row| word(0, *row) == country && word(1, *row) == sector)?;
    Some(table.place(row, column))
}

fn read_meta(archive: &dyn Archive, folder: &str, findings: &mut Findings) -> Option<Meta> {
    let path = join(folder, "economy.toml");
    match text(archive, &path, findings)? {
        Some(source) => meta::read(&source, findings),
        None => {
            let place = if folder.is_empty() { "this folder" } else { folder };
            let fault = Diagnostic::error("missing-file", format!("`{place}` is not an economy"));
            findings.push(fault.note("it has no `economy.toml`").help(
                "write `name`, `year`, `currency`, `unit` and `valuation` there, and add `countries.csv`, \
                 `sectors.csv`, `trade.csv` and `tariffs.csv`",
            ));
            None
        }
    }
}
