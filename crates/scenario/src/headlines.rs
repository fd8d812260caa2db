//! The game in headlines, from a few pairs solved: what a brief draws of best replies, talks and play.

use diagnostic::Faults;
use strategy::{Conditions, PayoffSurface, Solution, StagePayoffs, Strategy, play_match, tournament};
use terms::{Country, Day, Rate};

use crate::brief::{
    Charged, Direction, HeadlineDeal, HeadlineGame, HeadlinePoint, MonthsPlayed, Payoffs, Place,
};
use crate::months::Months;
use crate::packages::Policy;

/// Headlines of each side that are solved.
const NODES: usize = 5;
/// Shares of both sides' highest headlines at which the surface is checked against a solve.
const CHECKED: [[f64; 2]; 3] = [[0.1, 0.1], [0.5, 0.5], [0.15, 0.7]];
/// The unit of payoffs.
const UNIT: &str = "real income, % of a world without either side's duties of the conflict";
/// Months of a match that are drawn, and those by which rules are ranked.
const DRAWN: usize = 48;
const RANKED: usize = 240;
/// Draws of chance over which rules are ranked.
const DRAWS: usize = 20;
/// The rule whose match against itself is drawn: the plainest that answers.
const DRAWN_RULE: &str = "tit for tat";
/// The draw of chance.
const SEED: u64 = 2;
/// The odds that a decision is not what is carried out.
const NOISE: f64 = 0.05;

/// Best replies, talks and the path that was charged; none where a side charges no duty on all goods, so that there is no
/// headline to move.
///
/// # Errors
/// `stalled`.
pub(crate) fn headlines(
    months: &mut Months<'_, '_>,
    policies: &[Vec<Policy>; 2],
    directions: &[Direction; 2],
    payoffs: &Payoffs,
    (parties, on): (&[Country; 2], Day),
) -> Result<Option<HeadlineGame>, Faults> {
    let Some(today) = policies[0].iter().position(|policy| policy.key == "today") else { return Ok(None) };
    let held = [&policies[0][today], &policies[1][today]];
    if held.iter().any(|policy| policy.duties.is_empty()) {
        return Ok(None);
    }
    let packages = |side: usize| policies[side].iter().map(Policy::headline_pp);
    let highest = [0, 1].map(|side| packages(side).fold(0.0, f64::max).ceil());
    if highest.contains(&0.0) {
        return Ok(None);
    }
    let mut worth = |rates: [Rate; 2]| {
        let at = |side: usize| {
            let points = rates[side].as_percent() - held[side].headline_pp();
            held[side].raised_by(points, "headline")
        };
        months.worth([&at(0), &at(1)])
    };
    let surface = PayoffSurface::solved(highest.map(Rate::percent), NODES, &mut worth)?;
    let mut error = 0.0_f64;
    for shares in CHECKED {
        let pair: [Rate; 2] = std::array::from_fn(|side| Rate::percent(shares[side] * highest[side]));
        let (exact, near) = (worth(pair)?, surface.at(pair));
        error = (0..2).map(|side| (exact[side] - near[side]).abs()).fold(error, f64::max);
    }
    let levels = highest.map(|top| (0..=top as usize).map(|pp| Rate::percent(pp as f64)).collect::<Vec<_>>());
    let stage = surface.stage(parties.clone(), levels, UNIT, Some(error));
    let point = |[a, b]: [usize; 2]| HeadlinePoint {
        headlines_pp: [a as f64, b as f64],
        real_income_pct: stage.payoffs[a][b],
    };
    let efficient = stage.efficient();
    let places = places(payoffs);
    let threat = places.iter().find(|place| place.key == "lapse").or(places.first());
    let deals = threat.map(|threat| {
        let rules = [Solution::EqualGains, Solution::Nash, Solution::KalaiSmorodinsky];
        let deal = |rule| {
            let pair = stage.deal(&efficient, threat.point.real_income_pct, rule)?;
            Some(HeadlineDeal { solution: rule, point: point(pair) })
        };
        rules.into_iter().filter_map(deal).collect()
    });
    Ok(Some(HeadlineGame {
        highest_pp: highest,
        solved: NODES * NODES,
        interpolation_error_pct: error,
        best_replies_pp: [0, 1].map(|side| replies(&stage, side)),
        replies_within_error_pp: [0, 1].map(|side| within_error(&stage, side, error)),
        mutual: mutual(&stage).into_iter().map(point).collect(),
        charged: charged(directions, on),
        frontier: efficient.iter().map(|pair| point(*pair)).collect(),
        outline: outline(&stage).into_iter().map(point).collect(),
        threat: threat.map_or_else(String::new, |place| place.key.clone()),
        places,
        deals: deals.unwrap_or_default(),
    }))
}

/// One side's best reply to each headline of the other, as pairs (first side's, second side's).
fn replies(stage: &StagePayoffs, side: usize) -> Vec<[f64; 2]> {
    let others = 0..stage.levels[1 - side].len();
    let pair = |other: usize| {
        let best = stage.best_reply(side, other) as f64;
        if side == 0 { [best, other as f64] } else { [other as f64, best] }
    };
    others.map(pair).collect()
}

/// The lowest and highest headline of one side that, against some headline of the other, gives as much as its best within
/// twice the error of the numbers.
fn within_error(stage: &StagePayoffs, side: usize, error: f64) -> [f64; 2] {
    let payoff = |own: usize, other: usize| match side {
        0 => stage.payoffs[own][other][0],
        _ => stage.payoffs[other][own][1],
    };
    let mut range = [f64::INFINITY, 0.0_f64];
    for other in 0..stage.levels[1 - side].len() {
        let best = payoff(stage.best_reply(side, other), other);
        let near = (0..stage.levels[side].len()).filter(|own| payoff(*own, other) >= best - 2.0 * error);
        for own in near {
            range = [range[0].min(own as f64), range[1].max(own as f64)];
        }
    }
    range
}

/// Pairs that are best replies to each other.
fn mutual(stage: &StagePayoffs) -> Vec<[usize; 2]> {
    let replies: Vec<usize> = (0..stage.levels[0].len()).map(|first| stage.best_reply(1, first)).collect();
    (0..replies.len()).filter(|a| stage.best_reply(0, replies[*a]) == *a).map(|a| [a, replies[a]]).collect()
}

/// Around the rectangle of headlines: from none on either side up the first's, up the second's, and back.
fn outline(stage: &StagePayoffs) -> Vec<[usize; 2]> {
    let [a, b] = [0, 1].map(|side| stage.levels[side].len() - 1);
    let along = |top: usize| (0..=top).filter(move |pp| pp % 5 == 0 || *pp == top);
    let up = along(a).map(|pp| [pp, 0]).chain(along(b).map(|pp| [a, pp]));
    let mut back: Vec<[usize; 2]> = along(b).map(|pp| [0, pp]).chain(along(a).map(|pp| [pp, b])).collect();
    back.reverse();
    up.chain(back).collect()
}

/// The packages that both sides follow at once, as the game of packages solved them.
fn places(payoffs: &Payoffs) -> Vec<Place> {
    let pairs = payoffs.rows.iter().zip(&payoffs.columns).enumerate().skip(1);
    pairs
        .map(|(k, (row, column))| Place {
            key: row.key.clone(),
            name: row.name.clone(),
            point: HeadlinePoint {
                headlines_pp: [row.headline_pp, column.headline_pp],
                real_income_pct: payoffs.cells[k][k].real_income_pct,
            },
        })
        .collect()
}

/// Both headlines from every day on which one of them changed, up to the day asked about; before the first, none.
fn charged(directions: &[Direction; 2], on: Day) -> Vec<Charged> {
    let steps = directions.iter().flat_map(|of| &of.steps).filter(|step| !step.scheduled && step.from <= on);
    let mut days: Vec<Day> = steps.map(|step| step.from).collect();
    days.sort();
    days.dedup();
    let at =
        |from: Day| Charged { from, headlines_pp: directions.each_ref().map(|of| of.headline_pp_on(from)) };
    let mut path: Vec<Charged> = days.into_iter().map(at).collect();
    path.dedup_by(|later, earlier| later.headlines_pp == earlier.headlines_pp);
    path
}

/// All rules against all over the packages of both sides, and tit for tat against itself month by month; none where today's
/// terms are no level below another.
pub(crate) fn months_played(
    payoffs: &Payoffs,
    parties: &[Country; 2],
    lag_months: f64,
) -> Option<MonthsPlayed> {
    let (today, _) = payoffs.today?;
    let levels = [&payoffs.rows, &payoffs.columns]
        .map(|side| side.iter().map(|of| Rate::percent(of.headline_pp.max(0.0))).collect::<Vec<Rate>>());
    let rise = levels.iter().all(|side| side.windows(2).all(|pair| pair[0] < pair[1]));
    let last = levels[0].len().checked_sub(1)?;
    if !rise || today == 0 || today == last {
        return None;
    }
    let stage = StagePayoffs {
        sides: parties.clone(),
        levels,
        payoffs: payoffs
            .cells
            .iter()
            .map(|row| row.iter().map(|cell| cell.real_income_pct).collect())
            .collect(),
        unit: UNIT.into(),
        interpolation_error: None,
    };
    let conditions = Conditions {
        months: RANKED,
        lag: (lag_months.ceil() as usize).max(1),
        noise: NOISE,
        false_claim: 0.0,
        missed: 0.0,
        truce: [today; 2],
        war: [last; 2],
        seed: SEED,
    };
    let rules = Strategy::all();
    let played =
        tournament(&stage, [&rules; 2], &conditions, DRAWS, |count, game| (0..count).map(game).collect());
    let drawn_rule = played.rules.iter().position(|rule| rule == DRAWN_RULE)?;
    let short = Conditions { months: DRAWN, ..conditions.clone() };
    let stream = (drawn_rule as u64, drawn_rule as u64);
    let drawn = play_match(&stage, [&rules[drawn_rule]; 2], &short, stream, true);
    let best_first = |side: usize| -> Vec<String> {
        played.ranking(side).into_iter().map(|rule| played.rules[rule].clone()).collect()
    };
    let level = |side: usize| -> Vec<String> {
        played.level_with_best(side).into_iter().map(|rule| played.rules[rule].clone()).collect()
    };
    let points = |side: usize, level: usize| stage.levels[side][level].as_percent();
    Some(MonthsPlayed {
        levels_pp: [0, 1].map(|side| stage.levels[side].iter().map(|rate| rate.as_percent()).collect()),
        rule: DRAWN_RULE.into(),
        ranking: [best_first(0), best_first(1)],
        level_with_best: [level(0), level(1)],
        draws: DRAWS,
        lag_months: conditions.lag,
        noise: conditions.noise,
        seed: conditions.seed,
        path_pp: drawn
            .path
            .iter()
            .map(|month| [0, 1].map(|side| points(side, usize::from(month[side]))))
            .collect(),
    })
}
