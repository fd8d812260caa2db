//! A series of rates that somebody else prints, beside ours: what explains each gap.

use std::collections::BTreeMap;

use diagnostic::{Diagnostic, Faults, Source};
use ledger::{Ledger, Timetable, View};
use serde::Serialize;
use tariffs::reconcile::{Asked, Dated, Printed, Reconciled, read_series, reconcile as reconciled};
use tariffs::{
    AllGoods, BASE_DAY, Coverage, Duties, Law, Layer, ListedOn, ORDINARY, Trade, Weights, name_of,
};
use terms::{Country, Day, Sector};

use crate::account::known_party;
use crate::clock::Days;
use crate::duty_tables::bought;
use crate::economies::{self, Opened};
use crate::records::Record;
use crate::sized::sizing;

/// One pair's series beside ours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Beside {
    /// Who charges.
    pub importer: Country,
    /// Whose goods.
    pub exporter: Country,
    /// The name of the series.
    pub series: String,
    /// A reason must bring the series nearer by more than this, in points.
    pub tolerance_pp: f64,
    /// The last day of publication that counts; none: all.
    pub known_on: Option<Day>,
    /// The reading, and every number.
    #[serde(flatten)]
    pub found: Reconciled,
}

/// How far from its day a number may be dated, in days, and how many steps either way are tried.
const NEAR: (i64, usize) = (45, 2);

/// Answers: each pair of the series, in the order met. `parties` stand where a row names none.
///
/// # Errors
/// All faults of the series; `unknown-country` for a government the record does not know.
pub fn reconcile(
    record: &Record,
    series: &Source,
    parties: [&Country; 2],
    known_on: Option<Day>,
    tolerance_pp: f64,
) -> Result<Vec<Beside>, Faults> {
    if !(tolerance_pp > 0.0 && tolerance_pp.is_finite()) {
        let fault =
            Diagnostic::error("bad-tolerance", format!("a tolerance of {tolerance_pp} points says nothing"));
        return Err(fault.help("write a positive number of points, such as `--tolerance 0.5`").into());
    }
    let printed = read_series(series, parties)?;
    let mut pairs: Vec<(Country, Country)> = Vec::new();
    let mut faults = Faults::new();
    for row in &printed {
        let pair = (row.importer.clone(), row.exporter.clone());
        if !pairs.contains(&pair) {
            for code in [&pair.0, &pair.1] {
                known_party(&record.ledger, code).unwrap_or_else(|fault| faults.push(fault));
            }
            pairs.push(pair);
        }
    }
    faults.or(())?;
    let days: Vec<Day> = printed.iter().map(|row| row.day).collect();
    let parties: Vec<Country> = pairs.iter().flat_map(|(a, b)| [a.clone(), b.clone()]).collect();
    let mut laws = Laws::open(record, (&parties, &days), known_on)?;
    let mut found = Vec::new();
    for (importer, exporter) in pairs {
        let own = printed.iter().filter(|row| row.importer == importer && row.exporter == exporter);
        let mut asked: Vec<Asked> = Vec::new();
        for row in own {
            asked.push((row.clone(), laws.candidates(row)?));
        }
        let before = laws.law((&importer, &exporter), BASE_DAY, None)?;
        if let Some(reading) = reconciled(&asked, &before, tolerance_pp) {
            let series = series.name().to_string();
            found.push(Beside { importer, exporter, series, tolerance_pp, known_on, found: reading });
        }
    }
    Ok(found)
}

/// Laws of many days, as known on many.
pub(crate) struct Laws<'l> {
    ledger: &'l Ledger,
    known_on: Option<Day>,
    coverage: Coverage,
    weights: Weights,
    opened: Opened,
    timetables: BTreeMap<Option<Day>, Timetable>,
}

impl<'l> Laws<'l> {
    /// Over the goods of the embedded economy, as known by a day.
    ///
    /// # Errors
    /// Faults of the tables.
    pub(crate) fn open(
        record: &'l Record,
        (parties, days): (&[Country], &[Day]),
        known_on: Option<Day>,
    ) -> Result<Self, Faults> {
        let (ledger, (weights, _)) = (&record.ledger, bought()?);
        let coverage = sizing(record, parties, days, known_on)?.coverage;
        let opened = economies::open("default")?;
        Ok(Self { ledger, known_on, coverage, weights, opened, timetables: BTreeMap::new() })
    }

    /// The law of a number's day, then of the steps near it, each as known at last and on the day.
    fn candidates(&mut self, printed: &Printed) -> Result<Vec<Dated>, Faults> {
        let pair = (&printed.importer, &printed.exporter);
        let groups = self.groups(pair.1, printed.day)?;
        let steps = self.coverage.days_of_change(pair.0, (pair.1, &groups));
        let near = |day: &&Day| (**day - printed.day).get_days().abs() <= NEAR.0 as i32;
        let mut days = vec![printed.day];
        // Before a step the law of its eve held.
        let before = steps.range(..=printed.day).rev().filter(near).take(NEAR.1);
        days.extend(before.filter_map(|step| step.yesterday().ok()));
        days.extend(
            steps.range(printed.day..).skip_while(|day| **day == printed.day).filter(near).take(NEAR.1),
        );
        let mut dated = Vec::new();
        for day in days {
            for known in [self.known_on, Some(day)] {
                let as_known_then = known != self.known_on;
                if as_known_then && self.known_on.is_some_and(|last| last < day) {
                    continue;
                }
                dated.push(Dated { day, as_known_then, law: self.law(pair, day, known)? });
            }
        }
        Ok(dated)
    }

    fn groups(&self, country: &Country, day: Day) -> Result<Vec<Country>, Faults> {
        let at = Days { on: day, known_on: None }.at(self.ledger, country.as_str())?;
        Ok(tariffs::groups(self.ledger.areas(), country, at.on))
    }

    /// The law of one pair on a day, as known by a day.
    pub(crate) fn law(
        &mut self,
        pair: (&Country, &Country),
        day: Day,
        known: Option<Day>,
    ) -> Result<Law, Faults> {
        let days = Days { on: day, known_on: known };
        let at = days.at(self.ledger, pair.0.as_str())?;
        let groups = self.groups(pair.1, day)?;
        let timetable =
            self.timetables.entry(known).or_insert_with(|| self.ledger.timetable(at.known, View::Collected));
        let economy = &self.opened.economy;
        let goods: Vec<_> = economy.goods().collect();
        let sectors: Vec<Sector> = goods.iter().map(|s| economy.sector(*s).code.clone()).collect();
        let ids = economy.country_id(pair.0.as_str()).zip(economy.country_id(pair.1.as_str()));
        let cells = |of: &dyn Fn((terms::CountryId, terms::CountryId, terms::SectorId)) -> f64| -> Vec<f64> {
            goods.iter().map(|s| ids.map_or(0.0, |(n, i)| of((n, i, *s)))).collect()
        };
        let trade = cells(&|cell| economy.trade()[cell]);
        let base = cells(&|cell| economy.tariffs()[cell].as_percent());
        let asked = ListedOn {
            ledger: self.ledger,
            timetable,
            coverage: &self.coverage,
            on: at.on,
            days: (day, known.unwrap_or(Day::MAX)),
        };
        let duties = Duties {
            all_goods: AllGoods::between(self.ledger, timetable, at.on, pair.0, pair.1),
            listed: asked.between(pair.0, pair.1, &sectors),
        };
        let bought = self.weights.between(pair.0, pair.1, &groups).map(|bought| (bought, self.weights.year));
        let name = format!("{} trade of the economy `{}`", economy.meta().year, economy.name());
        let on = Trade { sectors: &sectors, economy: &trade, economy_name: &name, bought };
        let mut law = Law::of((pair.0, (pair.1, &groups)), &duties, &self.coverage, on, asked.days);
        if !law.has_ordinary() {
            law.layers.insert(0, base_year(&on, &base));
        }
        Ok(law)
    }
}

/// What the economy's base year charged, where no schedule of ordinary duties is at hand.
fn base_year(trade: &Trade<'_>, base: &[f64]) -> Layer {
    let by_imports = trade.by_imports(base);
    Layer {
        programme: ORDINARY.into(),
        name: name_of(ORDINARY),
        headline_pp: None,
        share: 1.0,
        by_imports,
        by_line: None,
        by_economy: by_imports,
    }
}
