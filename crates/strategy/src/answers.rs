//! What stands beside a leader's choice: other choices with their answers, and the same choice answered from elsewhere.

use serde::Serialize;

use crate::best_response::{Start, best_response};
use crate::climb::Led;
use crate::deviations::{Probe, deviation_gains};
use crate::play::{Near, PlayStatus, Rest, play_to_rest};
use crate::tariff_game::{StrategyError, TariffGame};

/// A choice of a leader.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// Where a search began.
    Start(Start),
    /// Its best reply to the duties it began from, were these held.
    Unanswered,
    /// Its best reply to the answers found, were these held.
    AnswersHeld,
    /// Its rates in a war of all.
    War,
}

/// A choice that was looked at: the others' war was played to rest at it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answered {
    /// Which.
    pub choice: Choice,
    /// The leader's objective there, % over the base; none where the others, or a war of all, did not come to rest.
    pub payoff_pct: Option<f64>,
}

/// Where the others' rates began.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswersFrom {
    /// The duties held before.
    Held,
    /// All at one rate, as a share.
    At(f64),
    /// Where their war rests against the rates that the leader held before.
    WarAgainstHeld,
}

/// The others' war at the leader's choice, begun elsewhere than where the search came from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerBranch {
    /// Whence.
    pub from: AnswersFrom,
    /// How it ended.
    pub status: PlayStatus,
    /// The leader's objective there, % over the base.
    pub payoff_pct: f64,
    /// The largest difference of any rate from the answers followed, percentage points.
    pub largest_difference_pp: f64,
    /// Where it differs and is at rest: the most that any follower would gain by moving alone from it, as a probe searched, %
    /// of its objective, and the follower's place.
    pub gain_pct: Option<(f64, usize)>,
}

/// Answers whose rates differ by less, in percentage points, are the same.
const SAME_ANSWERS: f64 = 1e-4;

/// A choice, and the wedges at which to look; none where there is no such choice.
pub(crate) type FarChoice = (Choice, Option<Vec<f64>>);

impl<G: TariffGame> Led<'_, G> {
    /// Choices other than those where the search began, with the wedges at which to look, `held` being the duties before
    /// and `best` the choice found; none where a war of all finds no rest.
    pub(crate) fn far_choices(
        &self,
        held: &[f64],
        best: &Rest<G::State>,
    ) -> Result<Vec<FarChoice>, StrategyError> {
        let (player, instruments) = (self.player, self.instruments);
        let starts = [Start::Here, Start::At(0.0)];
        let reply = |to: &[f64]| best_response(self.game, player, instruments, to, &starts, self.settings);
        let unanswered = reply(held)?.rest.log_wedges;
        let held_answers = reply(&best.log_wedges)?.rest.log_wedges;
        let mut all = self.reaction.followers.to_vec();
        all.push((player.clone(), instruments.clone()));
        let war = play_to_rest(self.game, &all, held, Near::Nothing, self.settings)?;
        let war = (war.status == PlayStatus::AtRest).then_some(war.log_wedges);
        Ok(vec![
            (Choice::Unanswered, Some(unanswered)),
            (Choice::AnswersHeld, Some(held_answers)),
            (Choice::War, war),
        ])
    }

    /// The answers to the choice at `best`, begun from several places.
    pub(crate) fn branches(
        &self,
        held: &[f64],
        best: &Rest<G::State>,
        probe: &Probe,
    ) -> Result<Vec<AnswerBranch>, StrategyError> {
        let x = self.levers.read(&best.log_wedges);
        let mut branches = Vec::new();
        for from in
            [AnswersFrom::Held, AnswersFrom::At(0.0), AnswersFrom::At(1.0), AnswersFrom::WarAgainstHeld]
        {
            let mut start = held.to_vec();
            match from {
                AnswersFrom::Held => {}
                AnswersFrom::At(rate) => {
                    for own in &self.reaction.levers {
                        start = Start::At(rate).of(self.game, own, &start);
                    }
                }
                AnswersFrom::WarAgainstHeld => {
                    let before =
                        play_to_rest(self.game, self.reaction.followers, held, Near::Nothing, self.settings)?;
                    start.clone_from(&before.log_wedges);
                }
            }
            self.levers.write(&x, &mut start);
            let rest =
                play_to_rest(self.game, self.reaction.followers, &start, Near::Nothing, self.settings)?;
            let gap = |(a, b): (&f64, &f64)| 100.0 * (a.exp() - b.exp()).abs();
            let far = rest.log_wedges.iter().zip(&best.log_wedges).map(gap).fold(0.0, f64::max);
            let mut gain_pct = None;
            if far >= SAME_ANSWERS && rest.status == PlayStatus::AtRest {
                let (followers, settings) = (self.reaction.followers, self.settings);
                let gains = deviation_gains(self.game, followers, &rest, probe, settings)?;
                let each = gains.into_iter().enumerate().map(|(at, gain)| (gain, at));
                gain_pct = each.max_by(|a, b| a.0.total_cmp(&b.0));
            }
            branches.push(AnswerBranch {
                from,
                status: rest.status,
                payoff_pct: 100.0 * self.payoff(&rest.state).exp_m1(),
                largest_difference_pp: far,
                gain_pct,
            });
        }
        Ok(branches)
    }
}
