//! What the game in headlines says: best replies, where they meet, what talks could bring, what a slip starts.

use scenario::{Account, HeadlineGame, HeadlinePoint, MonthsPlayed};
use strategy::Solution;

use super::{in_sentence, list};
use crate::rounding::{fixed, short, signed};

/// What each side would charge by its own real income, and where that ends.
pub fn headline_replies(account: &Account, game: &HeadlineGame) -> Vec<String> {
    let name = |side: usize| in_sentence(&account.parties[side].name);
    let replies: Vec<String> = (0..2)
        .map(|side| {
            let own = || game.best_replies_pp[side].iter().map(|pair| pair[side]);
            let (low, high) = (own().fold(f64::INFINITY, f64::min), own().fold(0.0, f64::max));
            let from_to = |low: f64, high: f64| match low == high {
                true => format!("{} %", short(low)),
                false => format!("{} to {} %", short(low), short(high)),
            };
            let [least, most] = game.replies_within_error_pp[side];
            let range = match (least, most) == (low, high) {
                true => from_to(low, high),
                false => format!(
                    "{} ({} within the error of the numbers)",
                    from_to(low, high),
                    from_to(least, most)
                ),
            };
            format!(
                "{} does best with {range} whatever {} charges up to {} %",
                name(side),
                name(1 - side),
                short(game.highest_pp[1 - side])
            )
        })
        .collect();
    let mut said = vec![format!(
        "Judged by real income, with one rate each and nothing below zero, {}.",
        list(&replies)
    )];
    if let [meet] = &game.mutual[..] {
        let [a, b] = meet.headlines_pp;
        said.push(format!("They meet at {} and {} %.", short(a), short(b)));
    }
    said
}

/// What each rule of sharing picks, and what that is worth beside the point that talks could fail to.
pub fn headline_talks(account: &Account, game: &HeadlineGame) -> Vec<String> {
    let Some(threat) = game.places.iter().find(|place| place.key == game.threat) else { return Vec::new() };
    let mut said = Vec::new();
    let mut told: Vec<&HeadlinePoint> = Vec::new();
    for deal in &game.deals {
        if told.contains(&&deal.point) {
            continue;
        }
        told.push(&deal.point);
        let rules: Vec<String> = game
            .deals
            .iter()
            .filter(|other| other.point == deal.point)
            .map(|other| named(other.solution).to_owned())
            .collect();
        let [a, b] = deal.point.headlines_pp;
        let gains: Vec<String> = (0..2)
            .map(|side| {
                let gain = deal.point.real_income_pct[side] - threat.point.real_income_pct[side];
                format!("{} % for {}", signed(gain, 3), in_sentence(&account.parties[side].name))
            })
            .collect();
        said.push(format!(
            "By {}, headlines of {} and {} %: real income {} beside {}.",
            list(&rules),
            short(a),
            short(b),
            list(&gains),
            match threat.key.as_str() {
                "lapse" => "a lapse".to_owned(),
                _ => threat.name.to_lowercase(),
            }
        ));
    }
    said
}

const fn named(rule: Solution) -> &'static str {
    match rule {
        Solution::EqualGains => "equal gains",
        Solution::Nash => "Nash's product of gains",
        Solution::KalaiSmorodinsky => "Kalai and Smorodinsky's shares of what each could gain",
    }
}

/// What the match shows, and which rules do best against all.
pub fn months_played(account: &Account, played: &MonthsPlayed) -> String {
    let first = |side: usize| played.ranking[side].first().map_or("none", String::as_str);
    let best = match first(0) == first(1) {
        true => format!("{} scores best for both", first(0)),
        false => format!(
            "{} scores best for {} and {} for {}",
            first(0),
            in_sentence(&account.parties[0].name),
            first(1),
            in_sentence(&account.parties[1].name)
        ),
    };
    format!(
        "Both play {} over their packages; a slip is another package at random, with odds {} a month. Of {} rules, each against \
         all under the same odds, {best} by real income, a mean of {} draws of chance; {}.",
        played.rule,
        fixed(played.noise, 2),
        played.ranking[0].len(),
        played.draws,
        level(account, played),
    )
}

/// The rules that chance does not tell from the best.
fn level(account: &Account, played: &MonthsPlayed) -> String {
    let sides: Vec<String> = (0..2)
        .filter(|side| !played.level_with_best[*side].is_empty())
        .map(|side| {
            let who = in_sentence(&account.parties[side].name);
            format!("{} for {who}", list(&played.level_with_best[side]))
        })
        .collect();
    match sides.is_empty() {
        true => "no other comes within two standard errors of that".into(),
        false => format!("within two standard errors of that come {}", sides.join(", and ")),
    }
}
