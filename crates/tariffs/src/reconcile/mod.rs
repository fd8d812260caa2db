//! Why another tracker's number differs from ours: the date, the layers it counts, the base, the weights, and what
//! stays unexplained.
//!
//! A series is printed by somebody who counts the same duties by the same weights every day, so one [`Reading`] is
//! sought for all its days; only the date of a step may differ from day to day. A reason is given only where it brings
//! the number nearer by more than the tolerance.

mod reading;
mod series;

pub use reading::{Counted, Reading, Weighed};
pub use series::{Printed, read as read_series};

use serde::Serialize;
use terms::Day;

use crate::Law;

/// A series beside ours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reconciled {
    /// How the series reads best.
    pub reading: Reading,
    /// Each of its numbers.
    pub points: Vec<Point>,
    /// The mean of what stays unexplained, its sign left aside, in points.
    pub mean_unexplained_pp: f64,
}

/// One number of a series, beside ours.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The day it is printed for.
    pub day: Day,
    /// What the series prints, per cent.
    pub theirs_pct: f64,
    /// The law of that day by imports, ordinary duty included, per cent.
    pub ours_pct: f64,
    /// Theirs less ours.
    pub gap_pp: f64,
    /// What explains the gap, in order: date, layer, base, weights. Their points and what stays sum to the gap.
    pub reasons: Vec<Reason>,
    /// What stays.
    pub unexplained_pp: f64,
}

/// One reason for a gap.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// `date`, `layer`, `base` or `weights`.
    pub kind: &'static str,
    /// The reason in words.
    pub text: String,
    /// Its size, in points.
    pub points: f64,
}

/// A day whose law a number may stand for: as asked, or that of a step nearby, as known at last or on the day itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The day.
    pub day: Day,
    /// Whether only what was known on that day counts.
    pub as_known_then: bool,
    /// The law.
    pub law: Law,
}

/// A number with the days it may stand for, the day it is printed for first.
pub type Asked = (Printed, Vec<Dated>);

/// Sets a series of one pair beside ours. `before` is the law at the end of the base year.
///
/// Readings are compared by the distance that is left, and a tolerance is added for every choice that departs from
/// the plain reading: the law by imports, ordinary duty included, on the day itself.
pub fn reconcile(asked: &[Asked], before: &Law, tolerance_pp: f64) -> Option<Reconciled> {
    let stated = asked.iter().find_map(|(printed, _)| printed.reading.clone());
    let laws = asked.iter().flat_map(|(_, dated)| dated.iter().map(|dated| &dated.law));
    let readings = stated.map_or_else(|| Reading::all(laws), |reading| vec![reading]);
    let of = |reading: &Reading| -> Option<f64> {
        let left = asked.iter().map(|(printed, dated)| {
            let at = nearest(reading, printed, dated, before, tolerance_pp)?;
            cost(reading, printed, &dated[at], before, at, tolerance_pp)
        });
        let left = left.sum::<Option<f64>>()?;
        Some(left + tolerance_pp * (reading.departures() * asked.len()) as f64)
    };
    let best = readings.into_iter().filter_map(|reading| Some((of(&reading)?, reading)));
    let (_, reading) = best.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let points: Vec<Point> = asked
        .iter()
        .filter_map(|(printed, dated)| point(&reading, printed, dated, before, tolerance_pp))
        .collect();
    let left: f64 = points.iter().map(|point| point.unexplained_pp.abs()).sum();
    let mean_unexplained_pp = left / points.len().max(1) as f64;
    Some(Reconciled { reading, points, mean_unexplained_pp })
}

/// How far a reading of a day is from a number: a distance beyond ten tolerances counts as no more, so that one number
/// that nothing explains does not choose the reading of the rest. A tolerance is added for another day, and one
/// for what was known then.
fn cost(
    reading: &Reading,
    printed: &Printed,
    dated: &Dated,
    before: &Law,
    at: usize,
    tolerance_pp: f64,
) -> Option<f64> {
    let away = (printed.rate_pct - reading.rate(&dated.law, before)?).abs();
    let elsewhere = f64::from(u8::from(at > 0)) + f64::from(u8::from(dated.as_known_then));
    Some(away.min(10.0 * tolerance_pp) + tolerance_pp * elsewhere)
}

/// The place of the day that a number stands for.
///
/// A step of the next two days may be meant, dated by its announcement, and the day as it was known then. Any other
/// day is meant only where it leaves a quarter or less of the distance: near it something fits by chance.
fn nearest(
    reading: &Reading,
    printed: &Printed,
    dated: &[Dated],
    before: &Law,
    tolerance_pp: f64,
) -> Option<usize> {
    let away = |day: &Dated| Some((printed.rate_pct - reading.rate(&day.law, before)?).abs());
    let own = away(dated.first()?)?;
    let costs = dated.iter().enumerate().filter_map(|(at, day)| {
        let left = away(day)?;
        let days = (day.day - printed.day).get_days();
        let meant = (0..=2).contains(&days) || left <= own / 4.0;
        let choices = f64::from(u8::from(at > 0)) + f64::from(u8::from(day.as_known_then));
        meant.then_some((left + tolerance_pp * choices, at))
    });
    costs.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
}

fn point(
    reading: &Reading,
    printed: &Printed,
    dated: &[Dated],
    before: &Law,
    tolerance_pp: f64,
) -> Option<Point> {
    let at = nearest(reading, printed, dated, before, tolerance_pp)?;
    let (own, meant) = (dated.first()?, dated.get(at)?);
    let plain = |law: &Law| Reading::PLAIN.rate(law, before);
    let ours_pct = plain(&own.law)?;
    let on_their_day = plain(&meant.law)?;
    let mut reasons = Vec::new();
    let mut because = |kind: &'static str, text: String, points: f64| {
        if points.abs() >= 0.005 {
            reasons.push(Reason { kind, text, points });
        }
    };
    let then = if meant.as_known_then { ", as known on that day" } else { "" };
    because("date", format!("it is the law of {}{then}", meant.day), on_their_day - ours_pct);
    // Layers first, by imports; then the ordinary duty, where the reading leaves it out; then weights.
    let unweighed = Reading { weighed: Weighed::ByImports, ..reading.clone() };
    let counted = unweighed.rate(&meant.law, before)?;
    let base: f64 = meant.law.layers.iter().filter(|layer| layer.is_ordinary()).map(|l| l.by_imports).sum();
    let without_base = match reading.counted {
        Counted::Everything | Counted::Without(_) => 0.0,
        _ => -base,
    };
    because("layer", format!("it counts {}", reading.counted), counted - on_their_day - without_base);
    because("base", "it leaves the ordinary duty out".into(), without_base);
    let read = reading.rate(&meant.law, before)?;
    because("weights", format!("it weighs by {}", reading.weighed), read - counted);
    Some(Point {
        day: printed.day,
        theirs_pct: printed.rate_pct,
        ours_pct,
        gap_pp: printed.rate_pct - ours_pct,
        reasons,
        unexplained_pp: printed.rate_pct - read,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Layer, name_of};
    use diagnostic::Source;
    use terms::Country;

    fn layer(programme: &str, headline_pp: Option<f64>, by_imports: f64, by_line: f64) -> Layer {
        Layer {
            programme: programme.into(),
            name: name_of(programme),
            headline_pp,
            share: 1.0,
            by_imports,
            by_line: Some(by_line),
            by_economy: by_imports,
        }
    }

    /// Ordinary duty 3, Section 301 10 (18 by lines), a duty on all goods at `points`, of which four fifths are reached.
    fn law(points: f64) -> Law {
        let mut layers = vec![layer("ordinary", None, 3.0, 4.0), layer("301-technology", None, 10.0, 18.0)];
        if points > 0.0 {
            layers.push(layer("reciprocal", Some(points), 0.8 * points, 0.9 * points));
        }
        Law { layers, weights: "made-up".into(), collected_pct: None }
    }

    fn asked(series: &str) -> Vec<Asked> {
        let (us, china) = (Country::new("USA"), Country::new("CHN"));
        let printed = read_series(&Source::new("s.csv", series), [&us, &china]).unwrap();
        let dated =
            |day: &str, points| Dated { day: day.parse().unwrap(), as_known_then: false, law: law(points) };
        printed
            .into_iter()
            .map(|printed| {
                let may = printed.day.month() == 5;
                let (own, other) = if may { (30.0, 145.0) } else { (145.0, 30.0) };
                let day = printed.day.to_string();
                (printed, vec![dated(&day, own), dated("2025-05-14", other)])
            })
            .collect()
    }

    fn reconciled(series: &str) -> Reconciled {
        reconcile(&asked(series), &law(0.0), 0.5).unwrap()
    }

    #[test]
    fn our_own_series_needs_no_reason() {
        let same = reconciled("date,rate\n2025-04-20,129\n2025-05-20,37\n");
        assert_eq!(same.reading, Reading::PLAIN);
        assert!(same.points.iter().all(|point| point.reasons.is_empty() && point.gap_pp.abs() < 1e-9));
    }

    #[test]
    fn one_reading_is_sought_for_all_days_and_the_parts_sum_to_the_gap() {
        let by_line = reconciled("date,rate\n2025-04-20,152.5\n2025-05-20,49.0\n");
        assert_eq!(by_line.reading.weighed, Weighed::ByLine);
        let since = reconciled("rate,date\n116.3 %,2025-04-20\n24.1,2025-05-20\n");
        assert_eq!(since.reading.counted, Counted::SinceBaseYear);
        for point in by_line.points.iter().chain(&since.points) {
            let parts: f64 = point.reasons.iter().map(|reason| reason.points).sum();
            assert!((parts + point.unexplained_pp - point.gap_pp).abs() < 1e-9, "{point:?}");
            assert!(point.unexplained_pp.abs() < 0.5);
        }
        let kinds: Vec<&str> = since.points[0].reasons.iter().map(|reason| reason.kind).collect();
        assert_eq!(kinds, ["layer", "base"]);
    }

    #[test]
    fn a_step_dated_otherwise_is_a_date_and_what_fits_nothing_stays() {
        let late = reconciled("date,rate\n2025-04-20,37\n2025-05-20,37\n2025-05-21,37\n");
        assert_eq!(late.points[0].reasons[0].kind, "date");
        assert!((late.points[0].reasons[0].points + 92.0).abs() < 1e-9);
        let odd = reconciled("date,rate,definition\n2025-05-20,90,statutory\n");
        assert_eq!(odd.reading, Reading::PLAIN);
        assert!((odd.points[0].unexplained_pp - 53.0).abs() < 1e-9);
    }

    #[test]
    fn every_fault_of_a_series_is_told_with_its_line() {
        let (us, china) = (Country::new("USA"), Country::new("CHN"));
        let text = "date,rate,definition\n2025-13-01,5\n2025-05-01,much\n2025-05-02,7,average\n2025-05-03,\n";
        let faults = read_series(&Source::new("s.csv", text), [&us, &china]).unwrap_err();
        assert_eq!(faults.len(), 3);
        assert!(faults.to_string().contains("s.csv:3:1"), "{faults}");
        let faults = read_series(&Source::new("s.csv", "day,tariff\n"), [&us, &china]).unwrap_err();
        assert!(faults.iter().all(|fault| fault.code() == "series-column") && faults.len() == 2);
        let faults = read_series(&Source::new("s.csv", "date,rate\n"), [&us, &china]).unwrap_err();
        assert_eq!(faults.iter().next().unwrap().code(), "empty-series");
    }
}
