//! A mover whose move all others answer, each with its own best reply to it and to each other: the leader of von
//! Stackelberg (1934).
//!
//! The leader's payoff is V(x) = u(x, y(x)), y the others' rates at which their own first-order conditions hold; what its
//! derivative takes stands in `reaction.rs`.

use crate::answers::{AnswerBranch, Answered, Choice};
use crate::best_response::{BestResponse, Peak, SAME_PEAK, Start};
use crate::climb::{BLURRED, Led};
use crate::deviations::{Probe, deviation_gains};
use crate::instruments::{Instruments, Levers};
use crate::play::{PlaySettings, Rest};
use crate::player::Player;
use crate::reaction::{Known, Reaction};
use crate::tariff_game::{StrategyError, TariffGame};

/// A log payoff more than this above the best is worth a climb of its own: ten times what is told apart.
const WORTH_CLIMBING: f64 = 10.0 * BLURRED;
/// How often a choice looked at is climbed from.
const MOST_LOOKS: usize = 3;

/// A leader's choice, and what was looked at beside it.
#[derive(Debug, Clone)]
pub struct Lead<S> {
    /// The choice, and where the climbs from each start ended.
    pub best: BestResponse<S>,
    /// Choices at which the others' answers were worked out: the starts of the climbs, and some far from there.
    pub looked_at: Vec<Answered>,
    /// The most that any of them gives over the choice shown, % of the objective; zero where none gives more.
    pub deviation_gain_pct: f64,
    /// The answers to the choice shown, begun from several places.
    pub branches: Vec<AnswerBranch>,
    /// What each follower would gain by moving alone from the answers shown, as a probe searched, % of its objective.
    pub answers_gain_pct: Vec<f64>,
}

/// The best choice of `leader` when `followers` answer, from several starts of its levers, others beginning at `held`.
///
/// Every point is a war of the followers at rest, the leader's rates given. The leader climbs along dV/dx; where a step
/// does not climb, or the followers do not come to rest there, it is halved. A start without an answer is left out and told.
/// A rest is a point where dV/dx vanishes on every rate that no bound holds; which is best is decided by payoffs, and all
/// are listed. Then choices far away are looked at, each with its answers; one that gives more is climbed from.
///
/// The gain is over the payoff under `held`, with its sign: what the others do under `held` need not be their answer to it.
/// A follower's rate at a bound is taken to stay there. What followers would gain by moving alone from the answers to the
/// choice shown is searched as `probe` says.
///
/// # Errors
/// [`StrategyError`] when nothing clears, the followers do not come to rest, or a player has no lever.
pub fn lead<G: TariffGame>(
    game: &G,
    leader: (&Player, &Instruments),
    followers: &[(Player, Instruments)],
    held: &[f64],
    starts: &[Start],
    probe: &Probe,
    settings: &PlaySettings,
) -> Result<Lead<G::State>, StrategyError> {
    let (player, instruments) = leader;
    let levers = Levers::of(game, player, instruments)?;
    let reaction = Reaction::of(game, followers, settings.depth)?;
    let led = Led { game, player, instruments, levers, reaction, settings };
    let mut held = held.to_vec();
    led.levers.make_room(&mut held);
    led.reaction.levers.iter().for_each(|own| own.make_room(&mut held));
    let before = led.payoff(&game.clear(&held, None)?);
    let mut search = Search { best: None, peaks: Vec::new(), looked_at: Vec::new() };
    let mut unanswered = Vec::new();
    let mut restless = StrategyError::Setting("a leader's choice needs at least one start".into());
    let mut known = Known::default();
    for start in starts {
        match led.climb(start.of(game, &led.levers, &held), None, &mut known) {
            Err(error @ StrategyError::NoRest { .. }) => {
                unanswered.push(start.clone());
                restless = error;
            }
            climbed => search.take(&led, start, climbed?),
        }
    }
    let mut looks = 0;
    let (most, rest) = loop {
        let Some((most, rest)) = search.best.take() else { return Err(restless) };
        looks += 1;
        let mut better: Option<(f64, Vec<f64>)> = None;
        search.looked_at.retain(|known| matches!(known.choice, Choice::Start(_)));
        for (choice, wedges) in led.far_choices(&held, &rest)? {
            let there = wedges
                .as_ref()
                .map(|wedges| led.answered(&led.levers.read(wedges), &rest.log_wedges, Some(&rest.state)));
            let payoff = match there {
                None | Some(Err(StrategyError::NoRest { .. })) => None,
                Some(there) => Some(led.payoff(&there?.state)),
            };
            search
                .looked_at
                .push(Answered { choice, payoff_pct: payoff.map(|payoff| 100.0 * payoff.exp_m1()) });
            if let (Some(payoff), Some(wedges)) = (payoff, wedges)
                && payoff > better.as_ref().map_or(most + WORTH_CLIMBING, |(better, _)| *better)
            {
                better = Some((payoff, wedges));
            }
        }
        match better {
            Some((_, wedges)) if looks <= MOST_LOOKS => {
                let mut from = rest.log_wedges.clone();
                led.levers.write(&led.levers.read(&wedges), &mut from);
                let (_, climbed) = led.climb(from, Some(&rest.state), &mut known)?;
                search.best = Some((most, rest));
                search.peak(&led, &Start::LookedAt, &climbed);
                search.better(&led, climbed);
            }
            _ => break (most, rest),
        }
    };
    let payoff_pct = 100.0 * most.exp_m1();
    let found = search.looked_at.iter().filter_map(|at| at.payoff_pct).fold(payoff_pct, f64::max);
    search.peaks.sort_by(|a, b| b.payoff_pct.total_cmp(&a.payoff_pct));
    let branches = led.branches(&held, &rest, probe)?;
    // The leader's own stands first in a rest of its climb.
    let answers = Rest { left_pct: rest.left_pct[1..].to_vec(), ..rest.clone() };
    let answers_gain_pct = deviation_gains(game, followers, &answers, probe, settings)?;
    let best = BestResponse {
        player: player.clone(),
        rest,
        payoff_before_pct: 100.0 * before.exp_m1(),
        payoff_pct,
        gain_pct: 100.0 * (most - before).exp_m1(),
        peaks: search.peaks,
        unanswered,
    };
    let deviation_gain_pct = 100.0 * ((1.0 + found / 100.0) / (1.0 + payoff_pct / 100.0) - 1.0);
    Ok(Lead { best, looked_at: search.looked_at, deviation_gain_pct, branches, answers_gain_pct })
}

/// What climbs have found.
struct Search<S> {
    best: Option<(f64, Rest<S>)>,
    peaks: Vec<Peak>,
    looked_at: Vec<Answered>,
}

impl<S: Clone> Search<S> {
    /// A climb from `start`: what it began with, and where it ended.
    fn take<G: TariffGame<State = S>>(
        &mut self,
        led: &Led<'_, G>,
        start: &Start,
        (begun, rest): (f64, Rest<S>),
    ) {
        let choice = Choice::Start(start.clone());
        self.looked_at.push(Answered { choice, payoff_pct: Some(100.0 * begun.exp_m1()) });
        self.peak(led, start, &rest);
        self.better(led, rest);
    }

    /// Lists where a climb ended, unless its payoff is listed.
    fn peak<G: TariffGame<State = S>>(&mut self, led: &Led<'_, G>, start: &Start, rest: &Rest<S>) {
        let payoff_pct = 100.0 * led.payoff(&rest.state).exp_m1();
        if self.peaks.iter().all(|known| (known.payoff_pct - payoff_pct).abs() > SAME_PEAK) {
            let start = start.clone();
            self.peaks.push(Peak { start, payoff_pct, slope: rest.slopes[0], status: rest.status });
        }
    }

    fn better<G: TariffGame<State = S>>(&mut self, led: &Led<'_, G>, rest: Rest<S>) {
        let found = led.payoff(&rest.state);
        if self.best.as_ref().is_none_or(|(most, _)| found > *most) {
            self.best = Some((found, rest));
        }
    }
}
