//! How the answers of followers move, and what that is worth: the linear system behind a leader's derivative.
//!
//! With F_a = ∂u_j/∂y_a for player j's lever a, and all F = 0 where the followers rest,
//!
//! ```text
//! dV/dx = ∂u/∂x − Σ_a λ_a ∂F_a/∂x,        Σ_a λ_a ∂F_a/∂y = ∂u/∂y
//! ```
//! Because F holds first derivatives, Σ_a λ_a ∂F_a/∂z over one player's levers is the change of its slopes ∂u_j/∂z, by
//! every rate z of the world at once, when its own levers move along λ: one second derivative along a direction for each
//! player, however many rates the leader has. A game that has second derivatives gives them exactly; of others they are
//! central differences of first ones, two clearings and two sets of multipliers each.

use equilibrium::in_order;
use nalgebra::{DMatrix, DVector};
use terms::CountryId;

use crate::anderson::Anderson;
use crate::instruments::{Border, Instruments, Levers};
use crate::play::Rest;
use crate::player::Player;
use crate::tariff_game::{StrategyError, TariffGame, Wish};

/// How far levers are moved for a difference, in logs: its square is the relative error.
const NUDGE: f64 = 1e-3;
/// What is small beside any λ that matters.
const SMALL: f64 = 1e-6;
/// Applications of the system allowed where it is not formed.
const MOST_APPLICATIONS: usize = 60;
/// The system is formed whole where followers have no more levers than this on average: each lever then costs one second
/// derivative, as each follower does in every application.
const FORMED: usize = 8;

/// The followers of a leader, at the points where they rest.
pub(crate) struct Reaction<'a, G: TariffGame> {
    pub(crate) game: &'a G,
    pub(crate) followers: &'a [(Player, Instruments)],
    pub(crate) levers: Vec<Levers>,
    pub(crate) income: Vec<f64>,
    /// Moves Anderson's method combines.
    pub(crate) depth: usize,
}

/// What is known of a system from points before.
#[derive(Debug, Default)]
pub(crate) struct Known {
    λ: Vec<f64>,
    rows: Option<Rows>,
}

/// The system formed whole: for each free lever a, ∂F_a/∂y by the followers' levers and ∂F_a/∂x by the leader's.
#[derive(Debug)]
struct Rows {
    /// The leader's settings where it was formed.
    at: Vec<f64>,
    free: Vec<usize>,
    by_followers: Vec<Vec<f64>>,
    by_leader: Vec<Vec<f64>>,
}

impl Known {
    /// How far the leader's settings `x` are from where the system was formed; zero where it is not.
    pub(crate) fn distance(&self, x: &[f64]) -> f64 {
        let at = self.rows.as_ref().map_or(&[][..], |rows| &rows.at);
        at.iter().zip(x).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()))
    }
}

impl Rows {
    /// Σ_a λ_a ∂F_a/∂x where Σ_a λ_a ∂F_a/∂y is what is wanted.
    fn through(&self, wanted: &[f64], scales: &[f64]) -> Result<Vec<f64>, StrategyError> {
        let free = &self.free;
        // Row b of the transpose, what every λ does to the slope by lever b, over the lever's own scale.
        let entry = |b: usize, a: usize| self.by_followers[a][free[b]] / scales[free[b]];
        let matrix = DMatrix::from_fn(free.len(), free.len(), entry);
        let right = DVector::from_iterator(free.len(), free.iter().map(|b| wanted[*b] / scales[*b]));
        let λ = matrix.lu().solve(&right).ok_or_else(uncomputed)?;
        let mut through = vec![0.0; self.by_leader.first().map_or(0, Vec::len)];
        for (λ, row) in λ.iter().zip(&self.by_leader) {
            through.iter_mut().zip(row).for_each(|(sum, by)| *sum += λ * by);
        }
        Ok(through)
    }
}

/// One objective's derivative by every rate of the world, by place in an array of wedges, and its own curvature in the
/// closed form, `Σ w (|gain| + (1+τ)|loss|) / 2`.
pub(crate) struct Slopes {
    pub(crate) slope: Vec<f64>,
    pub(crate) scale: Vec<f64>,
}

impl<'a, G: TariffGame> Reaction<'a, G> {
    pub(crate) fn of(
        game: &'a G,
        followers: &'a [(Player, Instruments)],
        depth: usize,
    ) -> Result<Self, StrategyError> {
        let levers = followers.iter().map(|(player, own)| Levers::of(game, player, own));
        let levers = levers.collect::<Result<_, _>>()?;
        Ok(Self { game, followers, levers, income: game.base_income(), depth })
    }

    /// The number of λ: one for each lever of each follower.
    pub(crate) fn len(&self) -> usize {
        self.levers.iter().map(Levers::len).sum()
    }

    /// Whether the system is formed whole. Where duties and export taxes do the same twice over (Lerner 1936) it is singular, and
    /// never formed.
    pub(crate) fn is_formed(&self) -> bool {
        let twice = self.followers.iter().any(|(_, own)| own.border == Border::Both);
        !twice && self.len() <= FORMED * self.followers.len()
    }

    /// Σ_a λ_a ∂F_a/∂x by the leader's levers, where λ answers `slope`, the leader's ∂u/∂z by place.
    ///
    /// `known` is where the search for λ begins, and ends, to `within` of its largest entry or better; a system formed whole is
    /// solved to rounding, with the second derivatives of a point before where `stale` allows it and there is one. A rate at a
    /// bound is taken to stay there; one on no trade answers nothing.
    pub(crate) fn through(
        &self,
        here: &Rest<G::State>,
        slope: &[f64],
        leader: &Levers,
        (within, stale): (f64, bool),
        known: &mut Known,
    ) -> Result<Vec<f64>, StrategyError> {
        let wanted: Vec<f64> = self.levers.iter().flat_map(|own| own.sums_by_place(slope)).collect();
        let scales = self.scales(here)?;
        if self.is_formed() {
            let free: Vec<usize> = (0..scales.len()).filter(|a| scales[*a].is_finite()).collect();
            if !stale || known.rows.as_ref().is_none_or(|rows| rows.free != free) {
                known.rows = Some(self.rows(here, leader, free)?);
            }
            return known
                .rows
                .as_ref()
                .map_or_else(|| Err(uncomputed()), |rows| rows.through(&wanted, &scales));
        }
        let λ = &mut known.λ;
        λ.resize(self.len(), 0.0);
        let mut anderson = Anderson::new(self.depth);
        let mut moved = vec![0.0; here.log_wedges.len()];
        for application in 0.. {
            if λ.iter().any(|λ| *λ != 0.0) {
                moved = self.along(here, λ)?;
            }
            let by_lever = self.levers.iter().flat_map(|own| own.sums_by_place(&moved));
            let step: Vec<f64> =
                by_lever.zip(&wanted).zip(&scales).map(|((moved, wanted), d)| (moved - wanted) / d).collect();
            let most = |of: &[f64]| of.iter().fold(0.0, |most: f64, of| most.max(of.abs()));
            if most(&step) <= within * most(λ).max(SMALL) {
                break;
            }
            if application == MOST_APPLICATIONS {
                return Err(uncomputed());
            }
            *λ = anderson.next(λ, &step);
        }
        Ok(leader.sums_by_place(&moved))
    }

    /// The whole system at this point: one second derivative along each lever that is free.
    fn rows(&self, here: &Rest<G::State>, leader: &Levers, free: Vec<usize>) -> Result<Rows, StrategyError> {
        let mut units = Vec::with_capacity(self.len());
        for (j, levers) in self.levers.iter().enumerate() {
            for at in 0..levers.len() {
                let mut own = vec![0.0; levers.len()];
                own[at] = 1.0;
                units.push((j, own));
            }
        }
        let units: Vec<_> = free.iter().map(|lever| units[*lever].clone()).collect();
        let by_lever = |bent: &[f64]| {
            let followers: Vec<f64> = self.levers.iter().flat_map(|own| own.sums_by_place(bent)).collect();
            (followers, leader.sums_by_place(bent))
        };
        let (by_followers, by_leader) = self.bent(here, &units, by_lever)?.into_iter().unzip();
        Ok(Rows { at: leader.read(&here.log_wedges), free, by_followers, by_leader })
    }

    /// Every lever's own curvature in the closed form; infinite where it stands at a bound or on no trade.
    fn scales(&self, here: &Rest<G::State>) -> Result<Vec<f64>, StrategyError> {
        let payoffs = self.game.payoffs(&here.state);
        let own = self.followers.iter().zip(&self.levers);
        let wishes: Vec<Wish> =
            own.map(|((player, _), levers)| levers.wish(player.weights(&payoffs, &self.income))).collect();
        let pulls = self.game.pulls(&here.state, &wishes, 0.0)?;
        let mut all = Vec::with_capacity(self.len());
        for (levers, pulls) in self.levers.iter().zip(&pulls) {
            let settings = levers.read(&here.log_wedges);
            let free = |d: f64, y: f64| if levers.is_free(y) && d > 0.0 { d } else { f64::INFINITY };
            all.extend(levers.scales(&settings, pulls).into_iter().zip(settings).map(|(d, y)| free(d, y)));
        }
        Ok(all)
    }

    /// Σ_a λ_a ∂F_a/∂z over all followers' levers, by every place z.
    fn along(&self, here: &Rest<G::State>, λ: &[f64]) -> Result<Vec<f64>, StrategyError> {
        let mut moves = Vec::new();
        let mut from = 0;
        for (j, levers) in self.levers.iter().enumerate() {
            let own = &λ[from..from + levers.len()];
            from += levers.len();
            if own.iter().any(|λ| *λ != 0.0) {
                moves.push((j, own.to_vec()));
            }
        }
        let mut sum = vec![0.0; here.log_wedges.len()];
        for bent in self.bent(here, &moves, |bent| bent.to_vec())? {
            sum.iter_mut().zip(bent).for_each(|(sum, bent)| *sum += bent);
        }
        Ok(sum)
    }

    /// How a follower's slopes move, by every place, when its own levers move so; for each of `moves`, as `told` takes it.
    fn bent<R: Send>(
        &self,
        here: &Rest<G::State>,
        moves: &[(usize, Vec<f64>)],
        told: impl Fn(&[f64]) -> R + Sync,
    ) -> Result<Vec<R>, StrategyError> {
        let one = |(j, own): &(usize, Vec<f64>)| {
            let (player, levers) = (&self.followers[*j].0, &self.levers[*j]);
            let mut direction = vec![0.0; here.log_wedges.len()];
            levers.write(own, &mut direction);
            let bent = match self.game.bent(&here.state, player, &direction)? {
                Some(bent) => bent,
                None => self.differences(here, player, levers, own)?,
            };
            Ok(told(&bent))
        };
        in_order(self.game.threads(), moves, one).into_iter().collect()
    }

    fn differences(
        &self,
        here: &Rest<G::State>,
        player: &Player,
        levers: &Levers,
        own: &[f64],
    ) -> Result<Vec<f64>, StrategyError> {
        let longest = own.iter().fold(0.0, |most: f64, λ| most.max(λ.abs()));
        let h = NUDGE / longest;
        let settings = levers.read(&here.log_wedges);
        let mut bent = vec![0.0; here.log_wedges.len()];
        for sign in [1.0, -1.0] {
            let mut wedges = here.log_wedges.clone();
            let moved: Vec<f64> = settings.iter().zip(own).map(|(y, λ)| y + sign * h * λ).collect();
            levers.write(&moved, &mut wedges);
            let state = self.game.clear(&wedges, Some(&here.state))?;
            let at = self.slopes(&wedges, &state, player)?;
            bent.iter_mut().zip(at.slope).for_each(|(sum, slope)| *sum += sign * slope / (2.0 * h));
        }
        Ok(bent)
    }

    /// The derivatives of one player's log payoff by every rate of the world.
    pub(crate) fn slopes(
        &self,
        log_wedges: &[f64],
        state: &G::State,
        player: &Player,
    ) -> Result<Slopes, StrategyError> {
        let game = self.game;
        let everyone: Vec<CountryId> = CountryId::all(game.countries()).collect();
        let taxed = log_wedges.len() > game.cells();
        let weights = player.weights(&game.payoffs(state), &self.income);
        let exporters = if taxed { everyone.clone() } else { Vec::new() };
        let wish = Wish { weights, importers: everyone, exporters };
        let pulls = game.pulls(state, &[wish], 0.0)?;
        let mut found = Slopes { slope: vec![0.0; log_wedges.len()], scale: vec![0.0; log_wedges.len()] };
        let (sectors, block) = (game.sectors(), game.countries() * game.sectors());
        for (at, pull) in pulls.iter().flatten().enumerate() {
            let place = match at.checked_sub(game.cells()) {
                None => at,
                Some(tax) => {
                    let (exporter, importer) = (tax / block, tax % block / sectors);
                    let sector = terms::SectorId::new(tax % sectors);
                    game.cells() + game.cell(CountryId::new(importer), CountryId::new(exporter), sector)
                }
            };
            let wedge = log_wedges[place].exp();
            found.slope[place] = pull.slope(wedge);
            found.scale[place] = pull.scale(wedge);
        }
        Ok(found)
    }
}

fn uncomputed() -> StrategyError {
    StrategyError::NotCleared("the answer of all others to a small move could not be computed".into())
}
