//! Talks by every rule: the deal, how it is shared, and points of the frontier.

use strategy::{
    Agreement, Deal, Issue, PlaySettings, PlayStatus, Rest, Solution, Starts, StrategyError, TariffGame,
    planner, talks_on_issues, talks_with_transfers,
};
use terms::CountryId;

use super::{FrontierPoint, Share};
use crate::game::Table;

/// The gap up to which a sharing condition counts as held, in log payoffs.
const SETTLED: f64 = 1e-6;
/// Weights on the first of two countries at which the frontier is drawn.
const WEIGHTS: [f64; 11] = [0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9];

/// Talks with everything but the rule given.
pub(super) struct Talks<'a, G: TariffGame> {
    pub table: &'a Table<G>,
    pub seats: &'a [CountryId],
    pub threat: &'a [f64],
    pub starts: Starts,
    pub issues: Vec<Issue>,
    /// Whether money may change hands.
    pub transfers: bool,
    pub settings: PlaySettings,
}

/// The weights behind a deal and the work it took.
pub(super) struct Weights {
    pub weights: Vec<f64>,
    pub planner_solves: usize,
}

/// A deal: the rates, what clears under them with payments made, the game with these, how it is shared, what is behind it.
pub(super) struct Struck<G: TariffGame> {
    pub rest: Rest<G::State>,
    pub game: G,
    pub share: Share,
    pub weights: Weights,
}

impl<G: TariffGame> Talks<'_, G> {
    /// The deal by one rule.
    pub fn by(&self, solution: Solution) -> Result<Struck<G>, StrategyError> {
        if self.transfers { self.with_transfers(solution) } else { self.without(solution) }
    }

    /// Points of the frontier between two, the issues of the deal counted.
    pub fn frontier(&self, struck: &Struck<G>) -> Result<Vec<FrontierPoint>, StrategyError> {
        let worth = self.worth_of(&struck.share.issues);
        match self.transfers {
            true => self.line(&struck.rest, &worth),
            false => self.draw(&struck.rest.log_wedges, &worth),
        }
    }

    fn without(&self, solution: Solution) -> Result<Struck<G>, StrategyError> {
        let Agreement { deal, contains } = talks_on_issues(
            &self.table.game,
            self.seats,
            self.threat,
            &self.issues,
            solution,
            &self.table.instruments,
            &self.starts,
            &self.settings,
        )?;
        let names = self.issues.iter().zip(contains).filter(|(_, inside)| *inside);
        let share = Share { issues: names.map(|(issue, _)| issue.name.clone()).collect(), ..share(&deal) };
        let weights = Weights { weights: deal.weights, planner_solves: deal.planner_solves };
        Ok(Struck { rest: deal.rest, game: self.table.game.paying(&[]), share, weights })
    }

    /// With transfers an issue is in the deal when it adds to the sum of incomes.
    fn with_transfers(&self, solution: Solution) -> Result<Struck<G>, StrategyError> {
        let income = self.table.game.base_income();
        let adds = |issue: &&Issue| {
            let worth = self.seats.iter().zip(&issue.log_worth);
            worth.map(|(n, worth)| income[n.at()] * worth.exp_m1()).sum::<f64>() > 0.0
        };
        let inside: Vec<String> = self.issues.iter().filter(adds).map(|issue| issue.name.clone()).collect();
        let lowered: Vec<f64> =
            self.threat.iter().zip(self.worth_of(&inside)).map(|(d, worth)| d - worth).collect();
        let found = talks_with_transfers(
            &self.table.game,
            self.seats,
            &lowered,
            solution,
            &self.table.instruments,
            &self.starts,
            &self.settings,
        )?;
        let million = self.table.economy().meta().unit.in_millions();
        let share = Share {
            solution,
            gain_pct: found.gain_pct,
            weights: found.weights.clone(),
            sharing_gap: found.sharing_gap,
            money_gap: Some(found.money_gap),
            settled: found.rest.status == PlayStatus::AtRest
                && found.sharing_gap < SETTLED
                && found.money_gap < SETTLED,
            received_usd_mn: Some(found.received.iter().map(|money| money * million).collect()),
            received_at_fixed_prices_usd_mn: Some(
                found.received_at_fixed_prices.iter().map(|money| money * million).collect(),
            ),
            issues: inside,
            search: Some(found.search),
        };
        let mut everyone = vec![0.0; self.table.game.countries()];
        self.seats.iter().zip(&found.received).for_each(|(n, money)| everyone[n.at()] = *money);
        let weights = Weights { weights: found.weights, planner_solves: found.planner_solves };
        Ok(Struck { rest: found.rest, game: self.table.game.paying(&everyone), share, weights })
    }

    /// What the issues named add to each payoff, in logs.
    fn worth_of(&self, names: &[String]) -> Vec<f64> {
        let inside = || self.issues.iter().filter(|issue| names.contains(&issue.name));
        (0..self.seats.len()).map(|seat| inside().map(|issue| issue.log_worth[seat]).sum()).collect()
    }

    /// Points of the frontier between two; those where the planner's search does not come to rest are left out.
    fn draw(&self, start: &[f64], worth: &[f64]) -> Result<Vec<FrontierPoint>, StrategyError> {
        let mut points = Vec::new();
        for weight in WEIGHTS {
            let weights = [weight, 1.0 - weight];
            let game = &self.table.game;
            let rest = planner(game, self.seats, &weights, &self.table.instruments, start, &self.settings)?;
            if rest.status != PlayStatus::AtRest {
                continue;
            }
            let payoffs = game.payoffs(&rest.state);
            let gain =
                |at: usize| 100.0 * (payoffs[self.seats[at].at()] + worth[at] - self.threat[at]).exp_m1();
            points.push(FrontierPoint {
                weight,
                gain_pct: [gain(0), gain(1)],
                largest_slope: rest.slopes.iter().copied().fold(0.0, f64::max),
            });
        }
        Ok(points)
    }

    /// With transfers: the rates of the deal and, in tenths of the surplus that they make before payments, what each pays the
    /// other; gains where markets clear with the payment. If payments moved no price it would be a line in money. Away from
    /// the deal rates chosen anew would gain a little more.
    fn line(&self, chosen: &Rest<G::State>, worth: &[f64]) -> Result<Vec<FrontierPoint>, StrategyError> {
        let game = &self.table.game;
        let income = game.base_income();
        let payoffs = game.payoffs(&game.clear(&chosen.log_wedges, Some(&chosen.state))?);
        let money = |seat: usize, log: f64| income[self.seats[seat].at()] * log.exp();
        let failed = [0, 1].map(|seat| money(seat, self.threat[seat]));
        let reached = [0, 1].map(|seat| money(seat, payoffs[self.seats[seat].at()] + worth[seat]));
        let surplus = reached[0] + reached[1] - failed[0] - failed[1];
        let point = |tenths: i32| {
            let part = f64::from(tenths) / 10.0;
            let mut received = vec![0.0; game.countries()];
            let first = failed[0] + part * surplus - reached[0];
            (received[self.seats[0].at()], received[self.seats[1].at()]) = (first, -first);
            let game = game.paying(&received);
            let payoffs = game.payoffs(&game.clear(&chosen.log_wedges, Some(&chosen.state))?);
            let gained = |seat: usize| payoffs[self.seats[seat].at()] + worth[seat] - self.threat[seat];
            Ok(FrontierPoint {
                weight: part,
                gain_pct: [0, 1].map(|seat| 100.0 * gained(seat).exp_m1()),
                largest_slope: chosen.slopes.iter().copied().fold(0.0, f64::max),
            })
        };
        (0..=10).map(point).collect()
    }
}

fn share<S>(deal: &Deal<S>) -> Share {
    Share {
        solution: deal.solution,
        gain_pct: deal.gain_pct.clone(),
        weights: deal.weights.clone(),
        sharing_gap: deal.sharing_gap,
        money_gap: None,
        settled: deal.rest.status == PlayStatus::AtRest && deal.sharing_gap <= SETTLED,
        received_usd_mn: None,
        received_at_fixed_prices_usd_mn: None,
        issues: Vec::new(),
        search: Some(deal.search.clone()),
    }
}
