//! Trade of several years, on the countries and sectors of the base year.

use std::path::Path;

use diagnostic::{Diagnostic, Faults};
use economy::formats::{Format, Naming};
use economy::{Draft, Economy, Elasticities};
use terms::{Archive, CountryId, Cube, SectorId};

use crate::archive::Disk;
use crate::economies;
use crate::manifest::hash;

/// The name of the elasticities that the base year gets.
pub(super) const SET: &str = "mapped";

/// θ of a sector that the embedded economy does not know: services together.
const SERVICES: f64 = 4.0;

/// The base year, and trade of the others in its order.
pub(super) struct Years {
    /// The base year's accounts.
    pub base: Draft,
    /// Trade before duty of the year in which the trend begins.
    pub before: Cube<f64>,
    /// Trade of the year foretold.
    pub after: Cube<f64>,
    /// Each table and its hash.
    pub inputs: Vec<(String, String)>,
}

impl Years {
    /// Reads `[trend, base, foretold]`.
    ///
    /// # Errors
    /// `no-year`, naming the years that are there; all faults of a table.
    pub fn read(folder: &Path, years: [i32; 3]) -> Result<Self, Faults> {
        let disk = Disk::at(folder);
        let there = disk.list("").unwrap_or_default();
        let mut faults = Faults::new();
        let mut inputs = Vec::new();
        let mut drafts = Vec::new();
        for year in years {
            match table(&disk, folder, &there, year) {
                Ok((draft, input)) => {
                    drafts.push(draft);
                    inputs.push(input);
                }
                Err(found) => faults.append(found),
            }
        }
        faults.or(())?;
        let [before, base, after] = <[Draft; 3]>::try_from(drafts)
            .map_err(|_| Diagnostic::error("no-year", "three years are needed"))?;
        let [before, after] = [before, after].map(|year| in_order_of(&base, &year));
        Ok(Self { base, before, after, inputs })
    }
}

fn table(
    disk: &Disk,
    folder: &Path,
    there: &[String],
    year: i32,
) -> Result<(Draft, (String, String)), Faults> {
    let stem = format!("trade{year}");
    let named =
        |path: &&String| path.strip_prefix(&stem).is_some_and(|rest| [".parquet", ".csv"].contains(&rest));
    let Some(path) = there.iter().find(named) else {
        let years = there.iter().filter_map(|path| path.strip_prefix("trade")?.split('.').next());
        let years: Vec<&str> = years.collect();
        let known = match years.is_empty() {
            true => format!("`{}` holds no table of a year", folder.display()),
            false => format!("`{}` holds {}", folder.display(), years.join(", ")),
        };
        return Err(Diagnostic::error("no-year", format!("there is no trade of {year}"))
            .note(known)
            .help("give a folder with `tradeYYYY.parquet` or `.csv` for the base year, the year foretold, and the year as far before the base")
            .into());
    };
    let naming = Naming::new(format!("trade-{year}")).in_year(year);
    let imported = Format::named("flow-table")?.read(disk, path, &naming)?;
    let bytes = disk.read(path).ok().flatten().unwrap_or_default();
    Ok((imported.draft, (format!("trade {year}"), hash(&bytes))))
}

/// The trade of `year` in the countries and sectors of `base`; what the other year lacks is zero.
fn in_order_of(base: &Draft, year: &Draft) -> Cube<f64> {
    let country = |n: CountryId| {
        let code = &base.countries[n.at()].code;
        year.countries.iter().position(|entry| entry.code == *code).map(CountryId::new)
    };
    let sector = |s: SectorId| {
        let code = &base.sectors[s.at()].code;
        year.sectors.iter().position(|entry| entry.code == *code).map(SectorId::new)
    };
    let countries: Vec<_> = CountryId::all(base.countries.len()).map(country).collect();
    let sectors: Vec<_> = SectorId::all(base.sectors.len()).map(sector).collect();
    Cube::from_fn(countries.len(), sectors.len(), |n, i, s| {
        match (countries[n.at()], countries[i.at()], sectors[s.at()]) {
            (Some(n), Some(i), Some(s)) => year.trade[(n, i, s)],
            _ => 0.0,
        }
    })
}

/// The base year as an economy, with the embedded economy's elasticities by the members of its sectors.
///
/// # Errors
/// `unknown-elasticity`; the faults of the accounts.
pub(super) fn economy(years: &Years, set: Option<&str>) -> Result<Economy, Faults> {
    let own = economies::open("default")?.economy;
    let filled = own.meta().elasticity.clone().unwrap_or_else(|| "default".into());
    let (theta, _) = own.theta_filled(set.unwrap_or(&filled), &filled)?;
    let of = |code: &str| {
        own.sectors()
            .iter()
            .zip(&theta)
            .find(|(entry, _)| {
                let members = entry.extra.get("members").map_or("", String::as_str);
                entry.code.as_str() == code || members.split(';').any(|member| member == code)
            })
            .map_or(SERVICES, |(_, θ)| *θ)
    };
    let mut draft = years.base.clone();
    let column = draft.sectors.iter().map(|entry| Some(of(entry.code.as_str()))).collect();
    draft.elasticities = Elasticities::none().with(SET, column);
    draft.meta.elasticity = Some(SET.into());
    draft.checked()
}
