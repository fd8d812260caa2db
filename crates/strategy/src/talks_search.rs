//! The search for a deal: the planner's problem may have several rests, and which is met must not be luck.
//!
//! The planner's best Σω·g, g = ln u − ln d, bounds every deal (weak duality): what all at the table could reach lies below
//! the line through it with normal ω. So a deal at which the rule holds is the rule's best when the planner's problem, at the
//! deal's own weights, has no better point; and a rest that is worth less there belongs to no better deal. The search
//! therefore looks for better rests at the deal's weights only, shares anew from each, and ends when none is found.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;
use terms::CountryId;

use crate::bargain::planner;
use crate::broyden::Broyden;
use crate::instruments::{Instruments, Levers, Shape};
use crate::play::{PlaySettings, PlayStatus, Rest};
use crate::player::Player;
use crate::sharing::Rule;
use crate::tariff_game::{StrategyError, TariffGame};

/// Where the search for the planner's duties begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Starts {
    /// Wedges and what they are called; talks begin at the first.
    pub places: Vec<(String, Vec<f64>)>,
    /// Whether every sector's other side (a low duty against a prohibitive one) is tried as well: needed where political
    /// weights give a sector two peaks.
    pub switches: bool,
}

impl Starts {
    /// One start, and no sector's other side.
    pub fn at(log_wedges: &[f64]) -> Self {
        Self { places: vec![("the start".into(), log_wedges.to_vec())], switches: false }
    }

    /// One more.
    #[must_use]
    pub fn and(mut self, name: &str, log_wedges: Vec<f64>) -> Self {
        self.places.push((name.into(), log_wedges));
        self
    }

    /// The same with every sector's other side.
    #[must_use]
    pub fn with_switches(mut self) -> Self {
        self.switches = true;
        self
    }
}

/// What the search for a deal met.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TalksSearch {
    /// Where the planner's search was begun, by name.
    pub begun_at: Vec<String>,
    /// How many sectors' other sides were tried at the deal's weights.
    pub switches_tried: usize,
    /// Rests of the planner's problem met at the deal's weights, told apart by worth: Σω·ln(u/d) as a change, %; best first.
    pub rests_worth_pct: Vec<f64>,
    /// How much more the best of these rests is worth than the deal, %: zero when the deal is the best. Where it is zero, and
    /// no better rest was missed, no deal is better by the rule.
    pub headroom_pct: f64,
    /// Everyone's gain, %, at every deal met at which the rule holds, the best by the rule's measure first.
    pub deals_gain_pct: Vec<Vec<f64>>,
    /// Rests from which no deal was reached: the rule's condition was not met.
    pub unsettled: usize,
}

/// Talks with everything but the rule.
pub(crate) struct Talks<'a, G: TariffGame> {
    pub(crate) game: &'a G,
    pub(crate) table: &'a [CountryId],
    pub(crate) threat: &'a [f64],
    pub(crate) instruments: &'a Instruments,
    starts: &'a Starts,
    pub(crate) settings: &'a PlaySettings,
    /// Whether money may change hands.
    paying: bool,
    /// Planner's problems solved so far.
    pub(crate) solves: usize,
}

/// Where one search for weights ended.
pub(crate) struct Met<S> {
    pub(crate) rest: Rest<S>,
    pub(crate) weights: Vec<f64>,
    /// Log gains.
    pub(crate) gains: Vec<f64>,
    pub(crate) gap: f64,
    /// By seat, where money may change hands; else empty.
    pub(crate) received: Vec<f64>,
    /// How far money is from being worth the same wherever it goes.
    pub(crate) money_gap: f64,
}

/// A rest of the planner's problem at given weights.
struct Place {
    /// Σω·g.
    worth: f64,
    log_wedges: Vec<f64>,
}

/// Whether export taxes, whose, and on which sector.
type Side = (bool, CountryId, Option<usize>);

/// The largest gap in the sharing condition at which the search for weights ends.
const SETTLED: f64 = 1e-9;
/// The largest at which the rule counts as holding.
pub(crate) const HOLDS: f64 = 1e-6;
/// The largest change of a log weight in one step; the planner's answer bends quickly beyond it.
const WEIGHT_STEP: f64 = 0.5;
/// Worths and measures closer than this, in logs, are taken for one.
const SAME: f64 = 1e-9;
/// How sharply markets clear where a jump is judged.
const LOOSE: f64 = 1e-6;
/// The duty from which a sector that is shut is tried open.
const OPENED: f64 = 0.1;

impl<'a, G: TariffGame> Talks<'a, G> {
    /// Talks from the threat point `threat`, log payoffs over the base.
    pub(crate) fn of(
        game: &'a G,
        table: &'a [CountryId],
        threat: &'a [f64],
        instruments: &'a Instruments,
        starts: &'a Starts,
        settings: &'a PlaySettings,
    ) -> Result<Self, StrategyError> {
        if threat.len() != table.len() || table.len() < 2 {
            let what = "payoffs of the threat point, at least two";
            return Err(StrategyError::Shape { what, expected: table.len().max(2), found: threat.len() });
        }
        Ok(Self { game, table, threat, instruments, starts, settings, paying: false, solves: 0 })
    }

    /// The same where money may change hands.
    pub(crate) fn paying(mut self) -> Self {
        self.paying = true;
        self
    }

    /// The best deal found by the rule, and what was met on the way.
    pub(crate) fn best(&mut self, rule: &Rule) -> Result<(Met<G::State>, TalksSearch), StrategyError> {
        let even = DVector::zeros(self.table.len() - 1);
        let mut met: Vec<(f64, Vec<f64>)> = Vec::new();
        let mut unsettled = 0;
        let mut best: Option<Met<G::State>> = None;
        for (_, place) in &self.starts.places {
            let found = self.share(rule, &even, place)?;
            note(&found, rule, &mut met, &mut unsettled);
            if best.as_ref().is_none_or(|best| found.betters(best, rule)) {
                best = Some(found);
            }
            if best.as_ref().is_some_and(Met::holds) {
                break;
            }
        }
        let Some(mut best) = best else {
            return Err(StrategyError::Setting("talks need at least one start".into()));
        };
        loop {
            let worth = best.worth();
            let (rests, switches_tried) = self.rests(&best)?;
            let ω = DVector::from_iterator(
                self.table.len() - 1,
                best.weights[1..].iter().map(|ω| (ω / best.weights[0]).ln()),
            );
            let mut better = None;
            for rest in rests.iter().filter(|rest| best.holds() && rest.worth > worth + SAME) {
                let found = self.share(rule, &ω, &rest.log_wedges)?;
                note(&found, rule, &mut met, &mut unsettled);
                if found.betters(&best, rule) {
                    better = Some(found);
                    break;
                }
            }
            if let Some(found) = better {
                best = found;
                continue;
            }
            met.sort_by(|a, b| b.0.total_cmp(&a.0));
            let most = rests.iter().map(|rest| rest.worth).fold(worth, f64::max);
            let search = TalksSearch {
                begun_at: self.starts.places.iter().map(|(name, _)| name.clone()).collect(),
                switches_tried,
                rests_worth_pct: rests.iter().map(|rest| percent(rest.worth)).collect(),
                headroom_pct: if most > worth + SAME { percent(most - worth) } else { 0.0 },
                deals_gain_pct: met.into_iter().map(|(_, gains)| gains).collect(),
                unsettled,
            };
            return Ok((best, search));
        }
    }

    /// The rests of the planner's problem at the weights of a deal, best first: from every start and, where asked for, with
    /// every sector of everyone at the table on its other side.
    fn rests(&mut self, deal: &Met<G::State>) -> Result<(Vec<Place>, usize), StrategyError> {
        let with_payments =
            (!deal.received.is_empty()).then(|| self.game.paying(&self.by_country(&deal.received)));
        let game = with_payments.as_ref().unwrap_or(self.game);
        let mut rests = vec![Place { worth: deal.worth(), log_wedges: deal.rest.log_wedges.clone() }];
        for (_, place) in &self.starts.places {
            self.visit(game, deal, place, &mut rests)?;
        }
        let player = Player::table(self.table.iter().map(|n| (*n, 1.0)).collect());
        let levers = Levers::of(self.game, &player, self.instruments)?;
        let (_, highest) = levers.bounds();
        let mut tried = 0;
        for side in self.sides() {
            let own = |place: usize| self.holds(side, place);
            let mut switched = best_of(&rests).log_wedges.clone();
            levers.make_room(&mut switched);
            let Some(mean) = levers.mean_where(own, &switched) else { continue };
            let shut = mean > 0.5 * highest;
            let to = if shut { OPENED.ln_1p().min(highest) } else { highest };
            levers.write_where(own, to, &mut switched);
            tried += 1;
            if shut || self.stays(game, deal, &levers, own, &switched)? {
                self.visit(game, deal, &switched, &mut rests)?;
            }
        }
        rests.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        Ok((rests, tried))
    }

    /// What is switched together: a member's duties, or its export taxes, on one sector; on all at once where rates are the
    /// same in all.
    fn sides(&self) -> Vec<Side> {
        if !self.starts.switches {
            return Vec::new();
        }
        let border = self.instruments.border;
        let sectors: Vec<Option<usize>> = match self.instruments.shape {
            Shape::Uniform | Shape::PerPartner => vec![None],
            Shape::PerSector | Shape::PerCell => (0..self.game.sectors()).map(Some).collect(),
        };
        let borders = [(false, border.imports()), (true, border.exports())];
        let borders = borders.into_iter().filter_map(|(taxes, set)| set.then_some(taxes));
        borders
            .flat_map(|taxes| self.table.iter().map(move |member| (taxes, *member)))
            .flat_map(|(taxes, member)| sectors.iter().map(move |sector| (taxes, member, *sector)))
            .collect()
    }

    /// Whether the rate at a place in an array of wedges belongs to this side.
    fn holds(&self, (taxes, member, sector): Side, place: usize) -> bool {
        let (n, i, s) = self.game.place(place);
        (if taxes { i } else { n }) == member
            && (place >= self.game.cells()) == taxes
            && sector.is_none_or(|sector| s.at() == sector)
    }

    /// Whether duties that jumped so far high stay there to first order, other sectors' held: what cannot be a rest needs no
    /// search.
    fn stays(
        &self,
        game: &G,
        deal: &Met<G::State>,
        levers: &Levers,
        own: impl Fn(usize) -> bool,
        log_wedges: &[f64],
    ) -> Result<bool, StrategyError> {
        let state = game.clear_within(log_wedges, Some(&deal.rest.state), LOOSE)?;
        let weights = self.table.iter().copied().zip(deal.weights.iter().copied()).collect();
        let pulls = game.pulls(&state, &[levers.wish(weights)], LOOSE)?;
        let mut wanted = log_wedges.to_vec();
        for pulls in &pulls {
            levers.write(&levers.targets(&levers.read(log_wedges), pulls), &mut wanted);
        }
        Ok(levers.mean_where(own, &wanted).is_some_and(|mean| mean > 0.5 * levers.bounds().1))
    }

    /// The rest that the planner's search reaches from here at the deal's weights, if it is not known yet.
    fn visit(
        &mut self,
        game: &G,
        deal: &Met<G::State>,
        log_wedges: &[f64],
        rests: &mut Vec<Place>,
    ) -> Result<(), StrategyError> {
        let found = planner(game, self.table, &deal.weights, self.instruments, log_wedges, self.settings)?;
        self.solves += 1;
        if found.status != PlayStatus::AtRest {
            return Ok(());
        }
        let g = self.gains(game, &found.state);
        let worth = deal.weights.iter().zip(&g).map(|(ω, g)| ω * g).sum::<f64>();
        if rests.iter().all(|known| (known.worth - worth).abs() > SAME) {
            rests.push(Place { worth, log_wedges: found.log_wedges });
        }
        Ok(())
    }

    /// Broyden's method on the log weights (the first country's is fixed), from the weights `z` and the duties `from`.
    fn share(&mut self, rule: &Rule, z: &DVector<f64>, from: &[f64]) -> Result<Met<G::State>, StrategyError> {
        if self.paying {
            return self.share_paying(rule, from);
        }
        let mut from = from.to_vec();
        let mut at = |z: &DVector<f64>| {
            let raw: Vec<f64> = std::iter::once(1.0).chain(z.iter().map(|z| z.exp())).collect();
            let total: f64 = raw.iter().sum();
            let weights: Vec<f64> = raw.iter().map(|ω| ω / total).collect();
            let rest = planner(self.game, self.table, &weights, self.instruments, &from, self.settings)?;
            self.solves += 1;
            if rest.status == PlayStatus::AtRest {
                from.clone_from(&rest.log_wedges);
            }
            let gains = self.gains(self.game, &rest.state);
            let gap = DVector::from_vec(rule.gaps(&weights, &gains));
            Ok::<_, StrategyError>(((rest, weights, gains), gap))
        };
        let (first, gap) = at(z)?;
        let slope = slopes(z, &gap, &mut at)?;
        let method = Broyden { settled: SETTLED, longest: WEIGHT_STEP, steps: 80 };
        let (mut found, mut gap) = method.search((z.clone(), first, gap), slope, &mut at)?;
        if gap.amax() > HOLDS && z.len() == 1 {
            (found, gap) = halved((found, gap), &mut at)?;
        }
        let (rest, weights, gains) = found;
        Ok(Met { rest, weights, gains, gap: gap.amax(), received: Vec::new(), money_gap: 0.0 })
    }

    /// Everyone's log gain over the threat point.
    pub(crate) fn gains(&self, game: &G, state: &G::State) -> Vec<f64> {
        let payoffs = game.payoffs(state);
        self.table.iter().zip(self.threat).map(|(n, d)| payoffs[n.at()] - d).collect()
    }
}

impl<S> Met<S> {
    /// Whether play is at rest and the rule holds.
    fn holds(&self) -> bool {
        self.rest.status == PlayStatus::AtRest && self.gap <= HOLDS
    }

    /// Σω·g.
    fn worth(&self) -> f64 {
        self.weights.iter().zip(&self.gains).map(|(ω, g)| ω * g).sum()
    }

    /// Whether this is to be preferred: the rule holds where it did not, or its measure is larger.
    fn betters(&self, other: &Self, rule: &Rule) -> bool {
        match (self.holds(), other.holds()) {
            (true, true) => rule.measure(&self.gains) > rule.measure(&other.gains) + SAME,
            (true, false) => true,
            (false, true) => false,
            (false, false) => self.gap < other.gap,
        }
    }
}

/// The first picture of how the gaps move with the log weights, one planner each.
fn slopes<T>(
    z: &DVector<f64>,
    gap: &DVector<f64>,
    at: &mut impl FnMut(&DVector<f64>) -> Result<(T, DVector<f64>), StrategyError>,
) -> Result<DMatrix<f64>, StrategyError> {
    const NUDGE: f64 = 0.05;
    let mut slope = DMatrix::zeros(gap.len(), z.len());
    for k in 0..z.len() {
        let mut nudged = z.clone();
        nudged[k] += NUDGE;
        let (_, moved) = at(&nudged)?;
        slope.set_column(k, &((moved - gap) / NUDGE));
    }
    Ok(slope)
}

/// Between two the gap crosses zero once as weight goes from one to the other, unless bounds keep it from it. Where rates at
/// their bounds leave it flat at even weights no slope leads there, and halving does. `known` is kept where nothing is nearer.
fn halved<T>(
    known: (T, DVector<f64>),
    at: &mut impl FnMut(&DVector<f64>) -> Result<(T, DVector<f64>), StrategyError>,
) -> Result<(T, DVector<f64>), StrategyError> {
    /// Weights of one in three million: no weight at all.
    const FAR: f64 = 15.0;
    let mut nearest = known;
    let mut keep = |found: (T, DVector<f64>)| {
        let gap = found.1[0];
        if gap.abs() < nearest.1[0].abs() {
            nearest = found;
        }
        gap
    };
    let mut try_at = |z: f64| Ok::<_, StrategyError>(keep(at(&DVector::from_element(1, z))?));
    let (mut low, mut high) = (-FAR, FAR);
    let (below, above) = (try_at(low)?, try_at(high)?);
    if below * above < 0.0 {
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            let gap = try_at(middle)?;
            if gap.abs() <= SETTLED {
                break;
            }
            if gap * below > 0.0 { low = middle } else { high = middle }
        }
    }
    Ok(nearest)
}

/// Keeps a deal that is not known yet, or counts what is none.
fn note<S>(found: &Met<S>, rule: &Rule, met: &mut Vec<(f64, Vec<f64>)>, unsettled: &mut usize) {
    let measure = rule.measure(&found.gains);
    if !found.holds() {
        *unsettled += 1;
    } else if met.iter().all(|(known, _)| (known - measure).abs() > SAME) {
        met.push((measure, found.gains.iter().map(|g| percent(*g)).collect()));
    }
}

fn best_of(rests: &[Place]) -> &Place {
    rests.iter().fold(&rests[0], |best, rest| if rest.worth > best.worth { rest } else { best })
}

fn percent(log: f64) -> f64 {
    100.0 * log.exp_m1()
}
