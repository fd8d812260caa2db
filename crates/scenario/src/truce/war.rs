//! A war in headlines: each side's best duty on all goods of the other, against the other's.

use diagnostic::Faults;

use super::breach::golden_section;
use crate::months::{Month, Months};
use crate::packages::Policy;

/// The highest headline tried, in points.
const MOST_PP: f64 = 250.0;
/// How closely a best reply is found, in points.
const WITHIN_PP: f64 = 0.05;
/// No side's best reply moves by more than this where play has come to rest.
const REST_PP: f64 = 0.2;

/// Where both sides' best replies meet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct War {
    /// Both headlines.
    pub policies: [Policy; 2],
    /// A month of it.
    pub month: Month,
    /// Whether no side's best reply moved by more than a fifth of a point.
    pub at_rest: bool,
}

/// Best replies in turn from `held`, until neither moves.
pub(crate) fn war_of_headlines(months: &mut Months<'_, '_>, held: [&Policy; 2]) -> Result<War, Faults> {
    let today = held.map(Policy::headline_pp);
    let mut now = today;
    let at = |side: usize, headline: f64| held[side].raised_by(headline - today[side], "war");
    let mut at_rest = false;
    for _ in 0..12 {
        let mut moved = 0.0_f64;
        for side in 0..2 {
            let other = at(1 - side, now[1 - side]);
            let mut worth = |headline: f64| {
                let own = at(side, headline);
                let pair = if side == 0 { [&own, &other] } else { [&other, &own] };
                Ok::<f64, Faults>(months.worth(pair)?[side])
            };
            let (best, _) = golden_section((0.0, MOST_PP), WITHIN_PP, &mut worth)?;
            moved = moved.max((best - now[side]).abs());
            now[side] = best;
        }
        if moved <= REST_PP {
            at_rest = true;
            break;
        }
    }
    let policies = [at(0, now[0]), at(1, now[1])];
    let month = months.month([&policies[0], &policies[1]])?;
    Ok(War { policies, month, at_rest })
}
