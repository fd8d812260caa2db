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
    /// Draws of chance over which every number is a mean.
    pub draws: usize,
    /// `mean_payoff[a][b]`: both sides' mean payoff a month when the first plays rule `a`, the second `b`.
    pub mean_payoff: Vec<Vec<[f64; 2]>>,
    /// `kept[a][b]`: share of months in which both kept the truce.
    pub kept: Vec<Vec<f64>>,
    /// Each rule's mean payoff over all opponents, itself included, in the first chair and in the second.
    pub score: Vec<[f64; 2]>,
    /// The standard error of each score over the draws; none where there was one draw.
    pub score_error: Option<Vec<[f64; 2]>>,
    /// The conditions, the seed among them.
    pub conditions: Conditions,
}

/// Plays all pairs `draws` times: `rules[0]` in the first chair against `rules[1]` in the second, the same rules by the
/// same names. Every match has its own stream of chance, so the result depends on the seed alone, not on the order or
/// the number of threads; `run` may spread the matches over them. The first draw's matches are those of one draw.
///
/// `run` is given the number of matches and a function from a match's number to its result, and gives the results in
/// that order: `|count, game| (0..count).map(game).collect()` on one thread.
pub fn tournament(
    stage: &StagePayoffs,
    rules: [&[Strategy]; 2],
    conditions: &Conditions,
    draws: usize,
    run: impl FnOnce(usize, &(dyn Fn(usize) -> Match + Sync)) -> Vec<Match>,
) -> Tournament {
    let count = rules[0].len().min(rules[1].len());
    let (pairs, draws) = (count * count, draws.max(1));
    let game = |k: usize| {
        let (draw, a, b) = (k / pairs, k % pairs / count, k % count);
        let stream = ((draw * count + a) as u64, b as u64);
        play_match(stage, [&rules[0][a], &rules[1][b]], conditions, stream, false)
    };
    let matches = run(draws * pairs, &game);
    let of = |draw: usize, a: usize, b: usize| &matches[draw * pairs + a * count + b];
    let mean = |n: usize, of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n.max(1) as f64;
    let each = |a: usize, b: usize, of_match: &dyn Fn(&Match) -> f64| mean(draws, &|k| of_match(of(k, a, b)));
    let payoff = |a: usize, b: usize| [0, 1].map(|side| each(a, b, &|game: &Match| game.mean_payoff[side]));
    let mean_payoff = (0..count).map(|a| (0..count).map(|b| payoff(a, b)).collect()).collect();
    let kept = (0..count).map(|a| (0..count).map(|b| each(a, b, &|game| game.kept)).collect()).collect();
    // A draw's score of a rule, from the first chair over all seconds and from the second over all firsts.
    let drawn = |rule: usize, side: usize, draw: usize| match side {
        0 => mean(count, &|b| of(draw, rule, b).mean_payoff[0]),
        _ => mean(count, &|a| of(draw, a, rule).mean_payoff[1]),
    };
    let score_of = |rule: usize, side: usize| mean(draws, &|draw| drawn(rule, side, draw));
    let score: Vec<[f64; 2]> = (0..count).map(|rule| [0, 1].map(|side| score_of(rule, side))).collect();
    let error = |rule: usize, side: usize| {
        let squares = mean(draws, &|draw| (drawn(rule, side, draw) - score[rule][side]).powi(2));
        (squares / (draws - 1) as f64).sqrt()
    };
    let score_error =
        (draws > 1).then(|| (0..count).map(|rule| [0, 1].map(|side| error(rule, side))).collect());
    Tournament {
        rules: rules[0].iter().map(Strategy::name).collect(),
        draws,
        mean_payoff,
        kept,
        score,
        score_error,
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

    /// The rules whose score in one chair chance does not tell from the best: those within two standard errors of the
    /// difference, and exact ties. The best is not among them.
    pub fn level_with_best(&self, side: usize) -> Vec<usize> {
        let order = self.ranking(side);
        let Some((best, others)) = order.split_first() else { return Vec::new() };
        let error = |rule: usize| self.score_error.as_ref().map_or(0.0, |errors| errors[rule][side]);
        let near = |rule: &usize| {
            let room = 2.0 * error(*rule).hypot(error(*best));
            self.score[*best][side] - self.score[*rule][side] <= room.max(TIE)
        };
        others.iter().copied().filter(near).collect()
    }
}

/// Scores that differ by no more than rounding are the same.
const TIE: f64 = 1e-12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage_payoffs::tests::dilemma;

    #[test]
    fn threads_and_order_change_nothing() {
        let mut conditions = Conditions::plain(&dilemma(4), 300);
        (conditions.noise, conditions.seed) = (0.05, 11);
        let rules = Strategy::all();
        let forwards =
            tournament(&dilemma(4), [&rules; 2], &conditions, 3, |n, game| (0..n).map(game).collect());
        let backwards = tournament(&dilemma(4), [&rules; 2], &conditions, 3, |n, game| {
            let mut games: Vec<Match> = (0..n).rev().map(game).collect();
            games.reverse();
            games
        });
        let threaded = tournament(&dilemma(4), [&rules; 2], &conditions, 3, |n, game| {
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
        let table =
            tournament(&dilemma(4), [&rules; 2], &conditions, 1, |n, game| (0..n).map(game).collect());
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

    #[test]
    fn chance_is_told_by_its_standard_error_and_rules_that_are_one_rule_are_level() {
        let stage = dilemma(4);
        let mut conditions = Conditions::plain(&stage, 100);
        let rules = [Strategy::Always, Strategy::TitForTat, Strategy::TitForTat, Strategy::Never];
        let run = |conditions: &Conditions, draws| {
            tournament(&stage, [&rules; 2], conditions, draws, |n, game| (0..n).map(game).collect())
        };
        let sure = run(&conditions, 5);
        assert!(sure.score_error.as_ref().unwrap().iter().flatten().all(|error| *error < 1e-15));
        let once = run(&conditions, 1);
        assert_eq!(once.score_error, None);
        for (many, one) in sure.score.iter().flatten().zip(once.score.iter().flatten()) {
            assert!((many - one).abs() < 1e-15);
        }
        assert_eq!((sure.ranking(0)[0], sure.level_with_best(0)), (1, vec![2]));
        (conditions.noise, conditions.seed) = (0.05, 4);
        let drawn = run(&conditions, 40);
        assert!(drawn.score_error.as_ref().unwrap().iter().flatten().all(|error| *error > 1e-4));
        // One of the two names of one rule scores best; the other is not told from it, unanswering truce is.
        let (best, level) = (drawn.ranking(0)[0], drawn.level_with_best(0));
        assert!([1, 2].contains(&best) && level.contains(&(3 - best)) && !level.contains(&0), "{drawn:?}");
        // Forty draws in two halves agree to the error that they state.
        conditions.seed = 5;
        let other = run(&conditions, 40);
        let errors = [&drawn, &other].map(|game| game.score_error.as_ref().unwrap()[1][0]);
        assert!((drawn.score[1][0] - other.score[1][0]).abs() < 4.0 * errors[0].hypot(errors[1]));
    }
}
