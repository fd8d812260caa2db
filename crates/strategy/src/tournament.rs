//! Every rule against every rule, from both chairs.

use serde::Serialize;

use crate::repeated_play::{Conditions, Match, play_match};
use crate::stage_payoffs::StagePayoffs;
use crate::strategies::Strategy;

/// How the rules did.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tournament {
    /// The rules.
    pub rules: Vec<String>,
    /// `mean_payoff[a][b]`: both sides' mean payoff a month when the first plays rule `a`, the second `b`.
    pub mean_payoff: Vec<Vec<[f64; 2]>>,
    /// `kept[a][b]`: share of months in which both kept the truce.
    pub kept: Vec<Vec<f64>>,
    /// Each rule's mean payoff over all opponents, itself included, in the first chair and in the second.
    pub score: Vec<[f64; 2]>,
    /// The conditions, the seed among them.
    pub conditions: Conditions,
}

/// Plays all pairs. Every match has its own stream of chance, so the result depends on the seed alone, not on the
/// order or the number of threads; `run` may spread the matches over them.
///
/// `run` is given the number of matches and a function from a match's number to its result, and gives the results in
/// that order: `|count, game| (0..count).map(game).collect()` on one thread.
pub fn tournament(
    stage: &StagePayoffs,
    rules: &[Strategy],
    conditions: &Conditions,
    run: impl FnOnce(usize, &(dyn Fn(usize) -> Match + Sync)) -> Vec<Match>,
) -> Tournament {
    let count = rules.len();
    let game = |k: usize| {
        let (a, b) = (k / count, k % count);
        play_match(stage, [&rules[a], &rules[b]], conditions, (a as u64, b as u64), false)
    };
    let matches = run(count * count, &game);
    let line = |a: usize| matches[a * count..(a + 1) * count].iter();
    let mean_payoff: Vec<Vec<[f64; 2]>> =
        (0..count).map(|a| line(a).map(|game| game.mean_payoff).collect()).collect();
    let kept = (0..count).map(|a| line(a).map(|game| game.kept).collect()).collect();
    let mean = |of: &dyn Fn(usize) -> f64| (0..count).map(of).sum::<f64>() / count.max(1) as f64;
    let score = (0..count)
        .map(|rule| [mean(&|b| mean_payoff[rule][b][0]), mean(&|a| mean_payoff[a][rule][1])])
        .collect();
    Tournament {
        rules: rules.iter().map(Strategy::name).collect(),
        mean_payoff,
        kept,
        score,
        conditions: conditions.clone(),
    }
}

impl Tournament {
    /// The rules by score in one chair, best first.
    pub fn ranking(&self, side: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.rules.len()).collect();
        order.sort_by(|a, b| self.score[*b][side].total_cmp(&self.score[*a][side]).then(a.cmp(b)));
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage_payoffs::tests::dilemma;

    #[test]
    fn threads_and_order_change_nothing() {
        let mut conditions = Conditions::plain(&dilemma(4), 300);
        (conditions.noise, conditions.seed) = (0.05, 11);
        let rules = Strategy::all();
        let forwards = tournament(&dilemma(4), &rules, &conditions, |n, game| (0..n).map(game).collect());
        let backwards = tournament(&dilemma(4), &rules, &conditions, |n, game| {
            let mut games: Vec<Match> = (0..n).rev().map(game).collect();
            games.reverse();
            games
        });
        let threaded = tournament(&dilemma(4), &rules, &conditions, |n, game| {
            std::thread::scope(|scope| {
                let half = scope.spawn(|| (0..n / 2).map(game).collect::<Vec<_>>());
                let rest: Vec<Match> = (n / 2..n).map(game).collect();
                half.join().unwrap().into_iter().chain(rest).collect()
            })
        });
        assert_eq!(forwards, backwards);
        assert_eq!(forwards, threaded);
    }

    #[test]
    fn without_noise_all_kind_rules_keep_the_truce_among_themselves() {
        let conditions = Conditions::plain(&dilemma(4), 200);
        let rules = Strategy::all();
        let table = tournament(&dilemma(4), &rules, &conditions, |n, game| (0..n).map(game).collect());
        for (a, first) in rules.iter().enumerate() {
            for (b, second) in rules.iter().enumerate() {
                let kind = *first != Strategy::Never && *second != Strategy::Never;
                assert_eq!(table.kept[a][b] == 1.0, kind, "{first:?} {second:?}");
            }
        }
        // War never beats its victim by more than the truce is worth, and never wins against those who answer.
        let never = rules.iter().position(|rule| *rule == Strategy::Never).unwrap();
        assert_ne!(table.ranking(0)[0], never);
    }
}
