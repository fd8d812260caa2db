//! The figures of games: the frontier of talks with what they could fail to, and where each rule would end.

use scenario::{BargainAnswer, Fitted, Played, Threat};
use strategy::Solution;

use super::in_plane::{InPlane, month_steps, reaction_curves, reaction_rows};
use super::{Datum, Exhibit};
use crate::rounding::signed;
use crate::svg::plane::{Curve, Spot, Tone};

/// The frontier between two, the points talks could fail to, and the deal by every rule; none for more than two.
pub fn frontier(found: &BargainAnswer) -> Option<Exhibit> {
    let [a, b] = &found.players[..] else { return None };
    let points: Vec<(f64, f64)> = found.frontier.iter().map(|point| point.gain_pct.into()).collect();
    if points.is_empty() {
        return None;
    }
    let names = [a.country.as_str(), b.country.as_str()];
    let curves = vec![Curve { name: "frontier".into(), tone: Tone::Neutral, broken: false, points }];
    let mut spots: Vec<Spot> = Vec::new();
    let settled = || found.solutions.iter().filter(|share| share.settled);
    for share in settled() {
        let [x, y] = share.gain_pct[..] else { continue };
        let label = rule(share.solution);
        spots.push(spot(label, names, (x, y), Tone::First, false));
    }
    for named in &found.points {
        let [x, y] = named.gain_pct;
        let is_threat = named.point == found.threat;
        let name = place(named.point, found.on.is_some());
        let label = if is_threat { format!("threat: {name}") } else { name.into() };
        spots.push(spot(&label, names, (x, y), if is_threat { Tone::Second } else { Tone::Neutral }, true));
    }
    let title = format!("What talks between {} and {} could bring", names[0], names[1]);
    let axes = names.map(|name| format!("{name}, gain over the threat point, %"));
    let described: Vec<String> = spots.iter().map(|spot| spot.words.clone()).collect();
    let description = described.join(" ");
    let row = |kind: &str, name: &str, (x, y): (f64, f64)| {
        vec![Datum::Text(kind.into()), Datum::Text(name.into()), Datum::Number(x, 4), Datum::Number(y, 4)]
    };
    let mut rows: Vec<Vec<Datum>> =
        found.frontier.iter().map(|p| row("frontier", &p.weight.to_string(), p.gain_pct.into())).collect();
    rows.extend(settled().filter_map(|share| match share.gain_pct[..] {
        [x, y] => Some(row("solution", rule(share.solution), (x, y))),
        _ => None,
    }));
    rows.extend(
        found
            .points
            .iter()
            .map(|named| row("point", place(named.point, found.on.is_some()), named.gain_pct.into())),
    );
    let figure = InPlane {
        id: "frontier",
        title,
        note: "Gains of both governments over the threat point, per cent. Filled: where each rule of sharing would end. \
               Rings: where talks could fail to."
            .into(),
        description,
        axes,
        curves,
        spots,
        head: vec!["kind", "name", "first_gain_pct", "second_gain_pct"],
        rows,
    };
    Some(figure.exhibit())
}

/// Months of a match that are drawn: more would run together where rules answer each other month by month.
const DRAWN: usize = 36;

/// The months that are drawn, and how many there are before them: from half a year before a side first moves.
fn told(all: &[[f64; 2]]) -> (usize, &[[f64; 2]]) {
    if all.len() <= DRAWN {
        return (0, all);
    }
    let first = all.windows(2).position(|pair| pair[0] != pair[1]).unwrap_or(0);
    let after = first.saturating_sub(6).min(all.len() - DRAWN);
    (after, &all[after..after + DRAWN])
}

/// One match of the tournament: what each side charged, month by month.
pub fn play_path(found: &Played) -> Exhibit {
    let names = found.stage.sides.each_ref().map(|side| side.as_str());
    let rules = &found.path.rules;
    let all = &found.path.levels_pp;
    let (after, months) = told(all);
    let curves = month_steps(names, rules, (after, months));
    let part = match months.len() == all.len() {
        true => String::new(),
        false => format!(
            " Drawn: months {} to {} of {}, from where a side first leaves where both began.",
            after + 1,
            after + months.len(),
            all.len()
        ),
    };
    let title = crate::sentence::capital(&format!("{} against {}, month by month", rules[0], rules[1]));
    let world = &found.tournament.conditions;
    let chance = world.noise_odds + world.false_claim_odds + world.missed_odds > 0.0;
    let drawn = match chance {
        true => format!(" One draw of chance (seed {}), not a forecast.", world.seed),
        false => String::new(),
    };
    let description = format!(
        "{} plays {}, {} plays {}: duties on all goods of the other.{drawn}{part}",
        names[0], rules[0], names[1], rules[1]
    );
    let axes = ["month", "duty on all goods of the other, points"].map(String::from);
    let rows = all.iter().enumerate().map(|(t, level)| {
        vec![Datum::Number(t as f64 + 1.0, 0), Datum::Number(level[0], 1), Datum::Number(level[1], 1)]
    });
    let figure = InPlane {
        id: "play-path",
        note: description.clone(),
        rows: rows.collect(),
        spots: Vec::new(),
        head: vec!["month", "first_pp", "second_pp"],
        title,
        description,
        axes,
        curves,
    };
    figure.exhibit()
}

/// Both sides' best replies, and the path that was in fact played.
pub fn reactions(found: &Fitted) -> Exhibit {
    let stage = &found.stage;
    let names = stage.sides.each_ref().map(|side| side.as_str());
    let [first, second] = found
        .best_replies_pp
        .each_ref()
        .map(|pairs| pairs.iter().map(|pair| (*pair).into()).collect::<Vec<(f64, f64)>>());
    let path: Vec<(f64, f64)> = found.history_pp.iter().map(|month| (month[0], month[1])).collect();
    let curves = reaction_curves(names, [&first, &second], ("what was charged, month by month", &path));
    let highest = path.iter().copied().fold(
        (0.0, 0.0),
        |top: (f64, f64), at| {
            if at.0 + at.1 > top.0 + top.1 { at } else { top }
        },
    );
    let place = |label: &str, at: (f64, f64)| Spot {
        label: label.into(),
        words: format!("{label}: {} {} %, {} {} %.", names[0], at.0, names[1], at.1),
        tone: Tone::Neutral,
        open: false,
        at,
    };
    let mut spots: Vec<Spot> = path.last().map(|at| place("last month", *at)).into_iter().collect();
    spots.push(place("peak", highest));
    let title = format!("Best replies of {} and {}, and what they charged", names[0], names[1]);
    let axes = names.map(|name| format!("duty of {name} on all goods of the other, points"));
    let description = format!(
        "Best replies by {} among the levels that occurred, and the headlines of {} months.",
        found.judged_by,
        path.len()
    );
    let figure = InPlane {
        id: "reactions",
        note: description.clone(),
        rows: reaction_rows([&first, &second], &path),
        head: vec!["kind", "first_pp", "second_pp"],
        title,
        description,
        axes,
        curves,
        spots,
    };
    figure.exhibit()
}

fn spot(label: &str, names: [&str; 2], at: (f64, f64), tone: Tone, open: bool) -> Spot {
    let words = format!("{label}: {} {} %, {} {} %.", names[0], signed(at.0, 4), names[1], signed(at.1, 4));
    Spot { label: label.into(), words, tone, open, at }
}

pub(super) const fn rule(solution: Solution) -> &'static str {
    match solution {
        Solution::EqualGains => "equal gains",
        Solution::Nash => "Nash",
        Solution::KalaiSmorodinsky => "Kalai-Smorodinsky",
    }
}

const fn place(threat: Threat, of_a_day: bool) -> &'static str {
    match threat {
        Threat::Today if of_a_day => "duties of the day",
        Threat::Today => "duties of the base year",
        Threat::Lapse => "lapse",
        Threat::War => "war",
        Threat::FreeTrade => "free trade",
    }
}
