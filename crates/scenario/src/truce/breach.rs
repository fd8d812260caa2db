//! What breaking the truce could gain: the best higher duty on all goods of the other side while it holds.

use diagnostic::Faults;
use strategy::ObjectiveParts;

use crate::months::Months;
use crate::packages::Policy;

/// Points above today's at which a breach is tried first.
const TRIED: [f64; 8] = [1.0, 2.5, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0];
/// Where the best of them gains, it is sharpened to this many points.
const SHARP_PP: f64 = 0.1;

/// The best breach found, and where it was sought.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Breach {
    /// The side's headline under it.
    pub headline_pp: f64,
    /// What a month of it is worth to the side while the other holds, %.
    pub worth: f64,
    /// The headlines tried.
    pub sought_pp: Vec<f64>,
    /// What the side's objective is made of at each of them.
    pub parts: Vec<ObjectiveParts>,
}

/// The best headline of `side` above the one it has in `held`, while the other keeps `held`.
///
/// A breach raises: a side that lowers its own duties breaks no truce. Levels are tried from one point above today's
/// up to 160, and at the headlines of `packages` above it; where the best of them beats the truce, a golden section
/// between its neighbours follows.
pub(crate) fn best_breach(
    months: &mut Months<'_, '_>,
    side: usize,
    held: [&Policy; 2],
    packages: &[Policy],
    truce: f64,
) -> Result<Breach, Faults> {
    let today = held[side].headline_pp();
    let mut month_at = |headline: f64| {
        let raised = held[side].raised_by(headline - today, "breach");
        let mut pair = held;
        pair[side] = &raised;
        months.month(pair)
    };
    let mut sought: Vec<f64> = TRIED.iter().map(|more| today + more).collect();
    sought.extend(packages.iter().map(Policy::headline_pp).filter(|headline| *headline > today));
    sought.sort_by(f64::total_cmp);
    sought.dedup_by(|a, b| (*a - *b).abs() < 1e-9);
    let (mut worths, mut parts) = (Vec::with_capacity(sought.len()), Vec::with_capacity(sought.len()));
    for headline in &sought {
        let month = month_at(*headline)?;
        worths.push(month.worth[side]);
        parts.push(month.parts[side]);
    }
    let best = (0..sought.len()).max_by(|a, b| worths[*a].total_cmp(&worths[*b])).unwrap_or(0);
    let mut found = (sought[best], worths[best]);
    if found.1 > truce {
        let low = if best == 0 { today } else { sought[best - 1] };
        let high = sought.get(best + 1).copied().unwrap_or(sought[best]);
        let mut worth_at = |headline: f64| Ok::<f64, Faults>(month_at(headline)?.worth[side]);
        let sharper = golden_section((low, high), SHARP_PP, &mut worth_at)?;
        if sharper.1 > found.1 {
            found = sharper;
        }
    }
    Ok(Breach { headline_pp: found.0, worth: found.1, sought_pp: sought, parts })
}

/// The top of a function with one peak between `low` and `high`, to `within`.
pub(crate) fn golden_section(
    (mut low, mut high): (f64, f64),
    within: f64,
    worth: &mut impl FnMut(f64) -> Result<f64, Faults>,
) -> Result<(f64, f64), Faults> {
    let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
    let inner = |low: f64, high: f64| [high - golden * (high - low), low + golden * (high - low)];
    let [mut a, mut b] = inner(low, high);
    let (mut at_a, mut at_b) = (worth(a)?, worth(b)?);
    while high - low > within {
        if at_a > at_b {
            (high, b, at_b) = (b, a, at_a);
            a = inner(low, high)[0];
            at_a = worth(a)?;
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = inner(low, high)[1];
            at_b = worth(b)?;
        }
    }
    Ok(if at_a > at_b { (a, at_a) } else { (b, at_b) })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]
    use super::*;

    #[test]
    fn the_top_of_a_parabola_is_found_to_the_width_asked_for() {
        let mut evaluations = 0;
        let mut worth = |x: f64| {
            evaluations += 1;
            Ok::<f64, Faults>(-(x - 7.0).powi(2))
        };
        let (at, top) = golden_section((0.0, 100.0), 0.1, &mut worth).unwrap();
        assert!((at - 7.0).abs() < 0.1 && top > -0.01, "{at}");
        assert_eq!(evaluations, 17);
    }
}
