//! The brief's game in headlines: best replies and the path charged, talks, and rules month by month.

use scenario::{Brief, HeadlineGame, HeadlinePoint};

use super::games::rule;
use super::in_plane::{InPlane, month_steps, reaction_curves, reaction_rows};
use super::{Datum, Exhibit};
use crate::rounding::{fixed, short, signed};
use crate::sentence;
use crate::svg::plane::{Curve, Spot, Tone};

/// Best replies of both sides, the headlines that were charged, and where the replies meet.
pub fn headline_replies(brief: &Brief) -> Option<Exhibit> {
    let game = brief.headlines.as_ref()?;
    let names = names(brief);
    let pairs = |side: usize| -> Vec<(f64, f64)> {
        game.best_replies_pp[side].iter().map(|pair| (*pair).into()).collect()
    };
    let (first, second) = (pairs(0), pairs(1));
    let path: Vec<(f64, f64)> = game.charged.iter().map(|step| step.headlines_pp.into()).collect();
    let spot = |label: &str, tone, open, at: (f64, f64)| Spot {
        label: label.into(),
        words: format!("{label}: {} {} %, {} {} %.", names[0], short(at.0), names[1], short(at.1)),
        tone,
        open,
        at,
    };
    let mut spots: Vec<Spot> = Vec::new();
    spots.extend(path.last().map(|at| spot("today", Tone::Neutral, false, *at)));
    let peak = path.iter().copied().max_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)));
    spots.extend(
        peak.filter(|peak| path.last() != Some(peak)).map(|at| spot("peak", Tone::Neutral, false, at)),
    );
    let meet =
        |point: &HeadlinePoint| spot("best replies meet", Tone::Neutral, true, point.headlines_pp.into());
    spots.extend(game.mutual.iter().map(meet));
    let figure = InPlane {
        id: "replies",
        title: "Best replies by real income, and what was charged".into(),
        note: format!(
            "One rate on all goods of the other, in points of its value. Best replies in whole points; real income between \
             {} solved pairs of headlines is off by at most {} points where it was checked.",
            game.solved,
            fixed(game.interpolation_error_pct, 4)
        ),
        description: sentence::headline_replies(&brief.account, game).join(" "),
        axes: names.each_ref().map(|name| format!("duty of {name} on the other, points")),
        curves: reaction_curves(
            names.each_ref().map(String::as_str),
            [&first, &second],
            ("what was charged, step by step", &path),
        ),
        head: vec!["kind", "first_pp", "second_pp"],
        rows: reaction_rows([&first, &second], &path),
        spots,
    };
    Some(figure.exhibit())
}

/// What pairs of headlines no other pair betters, where talks could fail to, and what each rule of sharing picks.
pub fn headline_talks(brief: &Brief) -> Option<Exhibit> {
    let game = brief.headlines.as_ref().filter(|game| !game.frontier.is_empty())?;
    let names = names(brief);
    let income = |point: &HeadlinePoint| -> (f64, f64) { point.real_income_pct.into() };
    let spot = |label: String, point: &HeadlinePoint, tone, open| {
        let ((x, y), [a, b]) = (income(point), point.headlines_pp);
        let words = format!(
            "{label} ({} and {} %): {} {} %, {} {} %.",
            short(a),
            short(b),
            names[0],
            signed(x, 3),
            names[1],
            signed(y, 3)
        );
        Spot { label, words, tone, open, at: (x, y) }
    };
    let mut spots: Vec<Spot> =
        agreed(game).into_iter().map(|(label, point)| spot(label, point, Tone::First, false)).collect();
    for place in &game.places {
        let is_threat = place.key == game.threat;
        let label = if is_threat { format!("threat: {}", place.name) } else { place.name.clone() };
        spots.push(spot(label, &place.point, if is_threat { Tone::Second } else { Tone::Neutral }, true));
    }
    let curve = |name: &str, broken, points: &[HeadlinePoint]| Curve {
        name: name.into(),
        tone: Tone::Neutral,
        broken,
        points: points.iter().map(income).collect(),
    };
    let row = |kind: &str, name: &str, point: &HeadlinePoint| {
        let ([a, b], [x, y]) = (point.headlines_pp, point.real_income_pct);
        let words = [kind, name].map(|word| Datum::Text(word.into()));
        let numbers = [(a, 1), (b, 1), (x, 4), (y, 4)].map(|(value, places)| Datum::Number(value, places));
        words.into_iter().chain(numbers).collect::<Vec<Datum>>()
    };
    let rows = game
        .frontier
        .iter()
        .map(|point| row("frontier", "", point))
        .chain(game.deals.iter().map(|deal| row("solution", rule(deal.solution), &deal.point)))
        .chain(game.places.iter().map(|place| row("point", &place.key, &place.point)))
        .chain(game.outline.iter().map(|point| row("outline", "", point)));
    let figure = InPlane {
        id: "talks",
        title: "What talks over headlines could bring".into(),
        note: "Real income of both, per cent, against no duties of the conflict. The frontier: pairs of headlines, one rate \
               on all goods each, that no other pair betters for one side without hurting the other. Filled: what each rule \
               of sharing picks. Rings: where both follow a package."
            .into(),
        description: spots.iter().map(|spot| spot.words.clone()).collect::<Vec<_>>().join(" "),
        axes: names.each_ref().map(|name| format!("real income of {name}, %")),
        curves: vec![
            curve("frontier", false, &game.frontier),
            curve("one headline at none or at its highest", true, &game.outline),
        ],
        head: vec!["kind", "name", "first_pp", "second_pp", "first_pct", "second_pct"],
        rows: rows.collect(),
        spots,
    };
    Some(figure.exhibit())
}

/// The deals, those of rules that pick the same pair together.
fn agreed(game: &HeadlineGame) -> Vec<(String, &HeadlinePoint)> {
    let mut found: Vec<(String, &HeadlinePoint)> = Vec::new();
    for deal in &game.deals {
        match found.iter_mut().find(|(_, point)| **point == deal.point) {
            Some((label, _)) => label.push_str(&format!(", {}", rule(deal.solution))),
            None => found.push((rule(deal.solution).into(), &deal.point)),
        }
    }
    found
}

/// One match of rules over both sides' packages.
pub fn months_played(brief: &Brief) -> Option<Exhibit> {
    let played = brief.months.as_ref().filter(|played| !played.path_pp.is_empty())?;
    let names = names(brief);
    let rows = played.path_pp.iter().enumerate().map(|(t, level)| {
        vec![Datum::Number(t as f64 + 1.0, 0), Datum::Number(level[0], 1), Datum::Number(level[1], 1)]
    });
    let figure = InPlane {
        id: "months",
        title: format!("If each plays {}: what a slip starts", played.rule),
        note: format!(
            "Headlines of both sides' packages, in points. One draw of chance (seed {}), not a forecast: {} in a hundred \
             decisions go otherwise than meant, and a side sees the other's after {}.",
            played.seed,
            short(100.0 * played.noise),
            match played.lag_months {
                1 => "one month".to_owned(),
                months => format!("{months} months"),
            }
        ),
        description: sentence::months_played(&brief.account, played),
        axes: ["month".into(), "duty on all goods of the other, points".into()],
        curves: month_steps(
            names.each_ref().map(String::as_str),
            &[played.rule.clone(), played.rule.clone()],
            (0, &played.path_pp),
        ),
        spots: Vec::new(),
        head: vec!["month", "first_pp", "second_pp"],
        rows: rows.collect(),
    };
    Some(figure.exhibit())
}

fn names(brief: &Brief) -> [String; 2] {
    brief.account.parties.each_ref().map(|party| party.code.to_string())
}
