//! What an importer buys by tariff line: from the table that ships with the product, or from one that is given.

use std::collections::BTreeMap;
use std::path::Path;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use economy::sheet::Sheet;
use terms::{Archive, CountryId, Cube, Line, SectorId};

use crate::archive::{Disk, Embedded};
use crate::manifest::hash;

/// Where such tables lie: `USA-CHN-2024.csv` is what the United States bought of China's goods.
const SHIPPED: &str = "data/lines";
/// A legal tariff line: what a list names.
const DIGITS: usize = 8;

/// Imports by line.
#[derive(Debug)]
pub(super) struct LineTrade {
    /// Where they are from, in words.
    pub source: String,
    /// The lines whose goods belong to a sector of the economy, in their order.
    pub lines: Vec<LineImports>,
    /// The table's name and hash.
    pub input: (String, String),
}

/// One line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LineImports {
    pub line: Line,
    pub sector: SectorId,
    /// From the other, million dollars.
    pub value: f64,
    /// From everyone, million dollars.
    pub all: f64,
    /// From the other as the statistics have it, whatever duties have done since.
    pub recorded: f64,
    /// 1 + t: what the line pays where the answer begins; none: what its sector pays in the base year.
    pub wedge: Option<f64>,
    /// Whether its ordinary duty is no share of value, and is left out of that.
    pub not_ad_valorem: bool,
}

impl LineImports {
    fn of(line: Line, sector: SectorId, value: f64, all: f64) -> Self {
        Self { line, sector, value, all, recorded: value, wedge: None, not_ad_valorem: false }
    }
}

impl LineTrade {
    /// Of every flow of `economy` the part that the `listed` lines are: of what the importer buys, as many dollars as the
    /// statistics name, from the other and from everyone else; its own sales, and what all others buy, are cut like its
    /// imports from everyone.
    pub fn part(
        &self,
        economy: &Economy,
        (n, i): (CountryId, CountryId),
        listed: impl Fn(usize) -> bool,
    ) -> Cube<f64> {
        let (countries, sectors) = (economy.countries().len(), economy.sectors().len());
        let mut on_list = vec![(0.0, 0.0); sectors];
        for (_, line) in self.lines.iter().enumerate().filter(|(at, _)| listed(*at)) {
            let (value, all) = &mut on_list[line.sector.at()];
            *value += line.value;
            *all += line.all;
        }
        let million = economy.meta().unit.in_millions();
        let share = |listed: f64, bought: f64| if listed > 0.0 { (listed / bought).min(1.0) } else { 0.0 };
        let shares: Vec<[f64; 3]> = SectorId::all(sectors)
            .map(|s| {
                let (value, all) = on_list[s.at()];
                let bought = |j| economy.trade()[(n, j, s)] * million;
                let imports: f64 = economy.country_ids().filter(|j| *j != n).map(bought).sum();
                [share(value, bought(i)), share(all - value, imports - bought(i)), share(all, imports)]
            })
            .collect();
        Cube::from_fn(countries, sectors, |m, j, s| {
            let [other, rest, everyone] = shares[s.at()];
            match (m == n, j == i) {
                (true, true) => other,
                (true, false) if j != n => rest,
                _ => everyone,
            }
        })
    }

    /// The table that ships for this pair, if there is one.
    ///
    /// # Errors
    /// Faults of the table.
    pub fn shipped(economy: &Economy, importer: &str, exporter: &str) -> Result<Option<Self>, Faults> {
        let stem = format!("{SHIPPED}/{importer}-{exporter}-");
        let paths = Embedded.list(SHIPPED).unwrap_or_default();
        let Some(path) = paths.into_iter().find(|path| path.starts_with(&stem)) else { return Ok(None) };
        let table =
            Sheet::read(&Embedded, &path, &["line", "industry"], &["imports_usd_th", "all_origins_usd_th"])?;
        let sectors = of_industries(economy);
        let line = |row: usize| {
            let sector = *sectors.get(table.word(1, row))?;
            let [value, all] = [2, 3].map(|column| table.number(column, row) / 1e3);
            Some(LineImports::of(table.word(0, row).parse().ok()?, sector, value, all))
        };
        let year = path.trim_end_matches(".csv").rsplit('-').next().unwrap_or_default();
        Ok(Some(Self {
            source: format!("imports of {importer} by line in {year} ({path})"),
            lines: (0..table.rows()).filter_map(line).collect(),
            input: (format!("lines {path}"), hash(&Embedded.read(&path).ok().flatten().unwrap_or_default())),
        }))
    }

    /// A table with the columns `partner`, `hts10` (eight digits or more), `sector` (an industry of the economy, or a
    /// member of one) and `imports_usd`, which holds what `importer` buys from all its partners.
    ///
    /// # Errors
    /// Faults of the table; `no-line-trade` where it holds no goods of `exporter`, or is another importer's.
    pub fn read(economy: &Economy, path: &Path, importer: &str, exporter: &str) -> Result<Self, Faults> {
        let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let disk = Disk::at(folder);
        let table = Sheet::read(&disk, &file, &["partner", "hts10", "sector"], &["imports_usd"])?;
        let sectors = of_industries(economy);
        let mut found: BTreeMap<(Line, SectorId), LineImports> = BTreeMap::new();
        let mut partners: BTreeMap<&str, f64> = BTreeMap::new();
        for row in 0..table.rows() {
            let (partner, million) = (table.word(0, row), table.number(3, row) / 1e6);
            *partners.entry(partner).or_default() += million;
            let (Ok(line), Some(sector)) =
                (table.word(1, row).parse::<Line>(), sectors.get(table.word(2, row)))
            else {
                continue;
            };
            let line = line.prefix(DIGITS);
            let sum =
                found.entry((line, *sector)).or_insert_with(|| LineImports::of(line, *sector, 0.0, 0.0));
            sum.all += million;
            sum.value += if partner == exporter { million } else { 0.0 };
            sum.recorded = sum.value;
        }
        let path = path.display();
        if partners.contains_key(importer) {
            return Err(Diagnostic::error("no-line-trade", format!("`{path}` is not what {importer} buys"))
                .note(format!("{importer} is among the partners, who sell"))
                .help("give the importer's own table")
                .into());
        }
        if !found.values().any(|line| line.value > 0.0) {
            let known: Vec<&str> = partners.keys().copied().collect();
            return Err(Diagnostic::error("no-line-trade", format!("`{path}` holds no goods of {exporter}"))
                .note(format!("its partners are {}", known.join(", ")))
                .help("name one of these, or leave `--lines` out: the list is then by sector")
                .into());
        }
        let bytes = disk.read(&file).ok().flatten().unwrap_or_default();
        Ok(Self {
            source: format!("imports of {importer} by line ({path})"),
            lines: found.into_values().collect(),
            input: ("lines".into(), hash(&bytes)),
        })
    }
}

/// The sector of goods that an industry's code means: its own, or one of its members'.
fn of_industries(economy: &Economy) -> BTreeMap<&str, SectorId> {
    let mut sectors = BTreeMap::new();
    for s in economy.goods() {
        let entry = economy.sector(s);
        sectors.extend(entry.list("members").map(|member| (member, s)));
        sectors.insert(entry.code.as_str(), s);
    }
    sectors
}
