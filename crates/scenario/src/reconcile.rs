//! A series of rates that somebody else prints, beside ours: what explains each gap.

use diagnostic::{Diagnostic, Faults, Source};
use serde::Serialize;
use tariffs::BASE_DAY;
use tariffs::reconcile::{Asked, Dated, Printed, Reconciled, read_series, reconcile as reconciled};
use terms::{Country, Day};

use crate::account::known_party;
use crate::laws::Laws;
use crate::records::Record;

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

/// Answers: each pair of the series, in the order met, with how each act of an overlay was sized. `parties` stand where a row
/// names none.
///
/// # Errors
/// All faults of the series; `unknown-country` for a government the record does not know.
pub fn reconcile(
    record: &Record,
    series: &Source,
    parties: [&Country; 2],
    known_on: Option<Day>,
    tolerance_pp: f64,
) -> Result<(Vec<Beside>, Faults), Faults> {
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
            asked.push((row.clone(), candidates(&mut laws, row)?));
        }
        let before = laws.law((&importer, &exporter), BASE_DAY, None)?;
        if let Some(reading) = reconciled(&asked, &before, tolerance_pp) {
            let series = series.name().to_string();
            found.push(Beside { importer, exporter, series, tolerance_pp, known_on, found: reading });
        }
    }
    Ok((found, laws.sized_acts()))
}

/// The law of a number's day, then of the steps near it, each as known at last and on the day.
fn candidates(laws: &mut Laws<'_>, printed: &Printed) -> Result<Vec<Dated>, Faults> {
    let pair = (&printed.importer, &printed.exporter);
    let steps = laws.days_of_change(pair, printed.day)?;
    let near = |day: &&Day| (**day - printed.day).get_days().abs() <= NEAR.0 as i32;
    let mut days = vec![printed.day];
    // Before a step the law of its eve held.
    let before = steps.range(..=printed.day).rev().filter(near).take(NEAR.1);
    days.extend(before.filter_map(|step| step.yesterday().ok()));
    days.extend(steps.range(printed.day..).skip_while(|day| **day == printed.day).filter(near).take(NEAR.1));
    let mut dated = Vec::new();
    for day in days {
        for known in [laws.known_on, Some(day)] {
            let as_known_then = known != laws.known_on;
            if as_known_then && laws.known_on.is_some_and(|last| last < day) {
                continue;
            }
            dated.push(Dated { day, as_known_then, law: laws.law(pair, day, known)? });
        }
    }
    Ok(dated)
}
