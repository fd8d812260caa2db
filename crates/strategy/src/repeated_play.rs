//! Two rules against each other, month after month, with lags, mistakes and claims that may be false.

use serde::Serialize;

use crate::random::Stream;
use crate::stage_payoffs::StagePayoffs;
use crate::strategies::{Memory, Strategy, View};

/// The world in which a game is repeated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conditions {
    /// Months played.
    pub months: usize,
    /// Months until a side sees what the other did: at least one, since both choose at once.
    pub lag: usize,
    /// The odds that what was decided is not what is carried out: another level, at random.
    pub noise: f64,
    /// The odds that a kept month is reported as broken: a claim that is false.
    pub false_claim: f64,
    /// The odds that a broken month goes unseen.
    pub missed: f64,
    /// Each side's level of the truce.
    pub truce: [usize; 2],
    /// Each side's level of war.
    pub war: [usize; 2],
    /// The seed of all chance.
    pub seed: u64,
}

impl Conditions {
    /// A truce at the lowest levels, one month of lag, no noise. War is the table's own equilibrium where that lies
    /// above the truce on both sides; else the highest levels of both, for a war in which a side charges no more than
    /// in the truce would leave its rules nothing to answer with.
    pub fn plain(stage: &StagePayoffs, months: usize) -> Self {
        let above = |pair: &[usize; 2]| pair.iter().all(|level| *level > 0);
        let highest = [0, 1].map(|side| stage.levels[side].len() - 1);
        let war = stage.equilibria().into_iter().rev().find(above).unwrap_or(highest);
        Self { months, lag: 1, noise: 0.0, false_claim: 0.0, missed: 0.0, truce: [0, 0], war, seed: 0 }
    }
}

/// What came of a match.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// The rules, by side.
    pub rules: [String; 2],
    /// Mean payoff a month, by side, in the unit of the stage.
    pub mean_payoff: [f64; 2],
    /// Mean duty, by side, as a share.
    pub mean_rate: [f64; 2],
    /// Share of months in which both kept the truce.
    pub kept: f64,
    /// Levels month by month, where asked for.
    pub path: Vec<[u8; 2]>,
}

/// Plays one match. `stream` names it among the matches of a seed; `keep_path` stores every month.
pub fn play_match(
    stage: &StagePayoffs,
    rules: [&Strategy; 2],
    conditions: &Conditions,
    stream: (u64, u64),
    keep_path: bool,
) -> Match {
    let months = conditions.months;
    let mut chance = Stream::new(conditions.seed, stream.0, stream.1);
    let caps: [u8; 2] = std::array::from_fn(|side| (stage.levels[side].len() - 1).min(255) as u8);
    let level = |level: usize, side: usize| (level.min(255) as u8).min(caps[side]);
    let truce: [u8; 2] = std::array::from_fn(|side| level(conditions.truce[side], side));
    let war: [u8; 2] = std::array::from_fn(|side| level(conditions.war[side], side));
    let kept_payoff = stage.payoffs[usize::from(truce[0])][usize::from(truce[1])];
    let lag = conditions.lag.max(1);
    let mut memories = [Memory::default(), Memory::default()];
    let mut done: [Vec<u8>; 2] = [Vec::with_capacity(months), Vec::with_capacity(months)];
    let mut seen: [Vec<u8>; 2] = [Vec::with_capacity(months), Vec::with_capacity(months)];
    let mut got: [Vec<f64>; 2] = [Vec::with_capacity(months), Vec::with_capacity(months)];
    let (mut payoff, mut rate, mut kept) = ([0.0; 2], [0.0; 2], 0_usize);
    for month in 0..months {
        let known = month.saturating_sub(lag - 1);
        let mut chosen = [0_u8; 2];
        for side in 0..2 {
            let view = View {
                own: &done[side],
                seen: &seen[side][..known],
                got: &got[side][..known],
                truce: [truce[side], truce[1 - side]],
                war: [war[side], war[1 - side]],
                cap: caps[side],
                truce_payoff: kept_payoff[side],
            };
            chosen[side] = rules[side].choose(&mut memories[side], view, &mut chance).min(caps[side]);
        }
        for side in 0..2 {
            if chance.happens(conditions.noise) {
                chosen[side] = chance.below(usize::from(caps[side]) + 1) as u8;
            }
            done[side].push(chosen[side]);
        }
        for side in 0..2 {
            let other = 1 - side;
            let broken = chosen[other] > truce[other];
            let report = if broken && chance.happens(conditions.missed) {
                truce[other]
            } else if !broken && chance.happens(conditions.false_claim) {
                war[other]
            } else {
                chosen[other]
            };
            seen[side].push(report);
            // A side judges its own gains by what it believes the other did.
            let believed = if side == 0 { [chosen[0], report] } else { [report, chosen[1]] };
            got[side].push(stage.payoffs[usize::from(believed[0])][usize::from(believed[1])][side]);
        }
        let true_payoff = stage.payoffs[usize::from(chosen[0])][usize::from(chosen[1])];
        for side in 0..2 {
            payoff[side] += true_payoff[side];
            rate[side] += stage.levels[side][usize::from(chosen[side])].as_share();
        }
        kept += usize::from(chosen[0] <= truce[0] && chosen[1] <= truce[1]);
    }
    let per_month = 1.0 / months.max(1) as f64;
    let path =
        if keep_path { done[0].iter().zip(&done[1]).map(|(a, b)| [*a, *b]).collect() } else { Vec::new() };
    Match {
        rules: rules.map(Strategy::name),
        mean_payoff: payoff.map(|sum| sum * per_month),
        mean_rate: rate.map(|sum| sum * per_month),
        kept: kept as f64 * per_month,
        path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage_payoffs::tests::dilemma;

    fn path(a: Strategy, b: Strategy, conditions: &Conditions) -> Vec<[u8; 2]> {
        play_match(&dilemma(5), [&a, &b], conditions, (0, 0), true).path
    }

    fn observed(levels: &[u8]) -> Strategy {
        Strategy::Observed(levels.to_vec())
    }

    fn replies(rule: Strategy, to: &[u8]) -> Vec<u8> {
        let conditions = Conditions::plain(&dilemma(5), to.len());
        path(rule, observed(to), &conditions).into_iter().map(|[own, _]| own).collect()
    }

    #[test]
    fn war_is_the_equilibrium_of_the_stage() {
        assert_eq!(Conditions::plain(&dilemma(5), 1).war, [4, 4]);
    }

    #[test]
    fn a_rest_that_answers_nothing_is_no_war() {
        // The first side's own duties hurt it, so the stage rests at 0 and 40 points: a war in which it could not answer.
        let mut stage = dilemma(5);
        for (a, line) in stage.payoffs.iter_mut().enumerate() {
            line.iter_mut().for_each(|[first, _]| *first = -(a as f64));
        }
        assert_eq!(stage.equilibria(), [[0, 4]]);
        let conditions = Conditions::plain(&stage, 3);
        assert_eq!(conditions.war, [4, 4]);
        let answered = play_match(&stage, [&Strategy::Grim, &observed(&[4])], &conditions, (0, 0), true);
        assert_eq!(answered.path, [[0, 4], [4, 4], [4, 4]]);
    }

    #[test]
    fn each_rule_answers_as_its_name_says() {
        let breach = [0, 4, 0, 0, 0, 2, 0, 0];
        assert_eq!(replies(Strategy::TitForTat, &breach), [0, 0, 4, 0, 0, 0, 2, 0]);
        assert_eq!(replies(Strategy::Proportional, &breach), [0, 0, 2, 0, 0, 0, 1, 0]);
        assert_eq!(replies(Strategy::Escalating, &[0, 2, 2, 0, 0]), [0, 0, 3, 3, 0]);
        assert_eq!(replies(Strategy::Grim, &breach), [0, 0, 4, 4, 4, 4, 4, 4]);
        assert_eq!(replies(Strategy::Limited(2), &breach), [0, 0, 4, 4, 0, 0, 4, 4]);
        assert_eq!(replies(Strategy::TitForTwoTats, &[0, 4, 4, 0, 4, 0]), [0, 0, 0, 4, 0, 0]);
        // The first breach costs one month, the second two, each with two months of calm.
        assert_eq!(replies(Strategy::Gradual, &[4, 0, 0, 0, 4, 0, 0, 0, 0]), [0, 4, 0, 0, 0, 4, 4, 0, 0]);
        assert_eq!(replies(Strategy::Always, &breach), [0; 8]);
        assert_eq!(replies(Strategy::Never, &breach), [4; 8]);
    }

    #[test]
    fn win_stay_changes_when_it_gets_less_than_the_truce_gives() {
        // Betrayed, it fights; both fighting is worse than the truce, so it comes back.
        assert_eq!(replies(Strategy::WinStay, &[0, 4, 4, 4, 0]), [0, 0, 4, 0, 4]);
    }

    #[test]
    fn contrition_ends_the_echo_that_tit_for_tat_keeps() {
        // One slip in the second month by the first side.
        let slip = |rule: Strategy| {
            let mut conditions = Conditions::plain(&dilemma(5), 12);
            conditions.noise = 0.0;
            let mut first = vec![0, 4];
            // The slip is played as history, then the rule goes on from what it sees.
            let stage = dilemma(5);
            for _ in 2..12 {
                let so_far = observed(&first);
                let game = play_match(&stage, [&so_far, &rule], &conditions, (0, 0), true).path;
                let seen: Vec<u8> = game[..first.len()].iter().map(|[_, b]| *b).collect();
                let view = View {
                    own: &first,
                    seen: &seen,
                    got: &[],
                    truce: [0, 0],
                    war: [4, 4],
                    cap: 4,
                    truce_payoff: 0.0,
                };
                let mut chance = Stream::new(0, 0, 0);
                let next = rule.choose(&mut Memory::default(), view, &mut chance);
                first.push(next);
            }
            first
        };
        assert!(slip(Strategy::TitForTat)[3..].contains(&4), "the echo goes on");
        assert!(slip(Strategy::Contrite)[3..].iter().all(|level| *level == 0), "the answer is taken");
    }

    #[test]
    fn a_false_claim_breaks_grim_peace_for_ever_and_generous_peace_for_a_while() {
        let mut conditions = Conditions::plain(&dilemma(5), 5000);
        conditions.false_claim = 0.01;
        conditions.seed = 7;
        let kept = |rule: &Strategy| play_match(&dilemma(5), [rule, rule], &conditions, (1, 1), false).kept;
        assert!(kept(&Strategy::Grim) < 0.1);
        assert!(kept(&Strategy::Generous(0.3)) > 0.8);
        assert!(kept(&Strategy::Always) == 1.0);
    }

    #[test]
    fn a_lag_of_three_months_answers_three_months_later() {
        let mut conditions = Conditions::plain(&dilemma(5), 8);
        conditions.lag = 3;
        let own: Vec<u8> = path(Strategy::TitForTat, observed(&[0, 4, 0, 0, 0, 0, 0, 0]), &conditions)
            .iter()
            .map(|m| m[0])
            .collect();
        assert_eq!(own, [0, 0, 0, 0, 4, 0, 0, 0]);
    }

    #[test]
    fn the_same_seed_gives_the_same_match() {
        let mut conditions = Conditions::plain(&dilemma(5), 500);
        (conditions.noise, conditions.false_claim, conditions.missed) = (0.02, 0.02, 0.02);
        let run = || path(Strategy::Generous(0.2), Strategy::Gradual, &conditions);
        assert_eq!(run(), run());
    }
}
