//! Which duties and export taxes a government may set, and which must move together.

use std::collections::BTreeMap;

use serde::Serialize;
use terms::{CountryId, Cube, Rate, SectorId};

use crate::player::{Aim, Player};
use crate::tariff_game::{Pull, StrategyError, TariffGame, Wish};

/// Which rates are one decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One rate on everything from everyone.
    Uniform,
    /// One rate for each partner, on all its goods.
    PerPartner,
    /// One rate for each sector, for all partners alike: most favoured nation.
    PerSector,
    /// A rate for each partner and sector.
    PerCell,
}

/// The border at which a government acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Border {
    /// Duties on what it buys.
    Imports,
    /// Taxes on what it sells abroad.
    Exports,
    /// Duties and export taxes. Where every good is reached they do the same twice over (Lerner 1936): a rise of all
    /// 1+τ by a factor undoes a fall of all 1+e by it, so only their products are determined.
    Both,
}

/// The duties and export taxes a government may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Instruments {
    /// Which rates move together. Duties and export taxes are always apart.
    pub shape: Shape,
    /// Duties, export taxes, or both.
    pub border: Border,
    /// The lowest rate. Below zero it is a subsidy.
    pub floor: Rate,
    /// The highest rate.
    pub cap: Rate,
    /// Which sectors rates reach; `None` for all.
    pub sectors: Option<Vec<bool>>,
    /// Flows whose rates stay as they are.
    pub exempt: Option<Cube<bool>>,
    /// Whether each partner charges the player what the player charges it: a duty for a duty and an export tax for an
    /// export tax, flow by flow. A lever then carries the cells on both sides of the border.
    pub mirrored: bool,
}

impl Border {
    /// Whether duties are set.
    pub fn imports(self) -> bool {
        self != Self::Exports
    }

    /// Whether export taxes are set.
    pub fn exports(self) -> bool {
        self != Self::Imports
    }
}

impl Instruments {
    /// Any duty from free entry to 1000 %, on all sectors. Ossa (2014) uses the same bounds.
    pub fn duties(shape: Shape) -> Self {
        Self {
            shape,
            border: Border::Imports,
            floor: Rate::FREE,
            cap: Rate::share(10.0),
            sectors: None,
            exempt: None,
            mirrored: false,
        }
    }

    /// Duties and import subsidies: rates from −90 % to 1000 %. The lower bound keeps prices positive.
    pub fn with_subsidies(shape: Shape) -> Self {
        Self { floor: Rate::share(-0.9), ..Self::duties(shape) }
    }

    /// The same at another border.
    #[must_use]
    pub fn at(mut self, border: Border) -> Self {
        self.border = border;
        self
    }

    /// The same where each partner charges the player what it is charged.
    #[must_use]
    pub fn mirrored(mut self) -> Self {
        self.mirrored = true;
        self
    }

    /// The same on some sectors only, `true` where duties reach.
    #[must_use]
    pub fn on(mut self, sectors: Vec<bool>) -> Self {
        self.sectors = Some(sectors);
        self
    }

    /// The same between other bounds.
    #[must_use]
    pub fn between(mut self, floor: Rate, cap: Rate) -> Self {
        (self.floor, self.cap) = (floor, cap);
        self
    }

    /// The same, with these flows left alone as well.
    #[must_use]
    pub fn sparing(mut self, exempt: Cube<bool>) -> Self {
        self.exempt = Some(match self.exempt {
            None => exempt,
            Some(before) => Cube::from_fn(exempt.countries(), exempt.sectors(), |n, i, s| {
                before[(n, i, s)] || exempt[(n, i, s)]
            }),
        });
        self
    }

    /// Whether a flow's rates may be chosen: its sector is reached, and it is not exempt.
    pub fn reaches(&self, n: CountryId, i: CountryId, s: SectorId) -> bool {
        self.sectors.as_ref().is_none_or(|reached| reached[s.at()])
            && self.exempt.as_ref().is_none_or(|exempt| !exempt[(n, i, s)])
    }
}

/// A log wedge nearer to a bound than this is at it: play rests where moves are a tenth of it.
const AT_BOUND: f64 = 1e-8;

/// Which cells move together: whose, whether export taxes, of which partner, on which sector.
type Name = (usize, bool, usize, usize);

/// One player's decisions: each lever holds the cells that carry its rate.
#[derive(Debug, Clone)]
pub(crate) struct Levers {
    /// Where each lever's cells start in `cells`.
    starts: Vec<usize>,
    /// Place among the player's own pulls, and place in an array of wedges.
    cells: Vec<(usize, usize)>,
    low: f64,
    high: f64,
    /// Whose duties and whose export taxes the pulls are asked for, in their order.
    importers: Vec<CountryId>,
    exporters: Vec<CountryId>,
    /// How long an array of wedges must be.
    room: usize,
    mirrored: bool,
}

impl Levers {
    pub(crate) fn of<G: TariffGame>(
        game: &G,
        player: &Player,
        instruments: &Instruments,
    ) -> Result<Self, StrategyError> {
        let (floor, cap) = (instruments.floor.as_share(), instruments.cap.as_share());
        if !(floor > -1.0 && floor <= cap && cap.is_finite()) {
            let text =
                format!("rates between {floor} and {cap} are no choice: floor above −1, cap not below it");
            return Err(StrategyError::Setting(text));
        }
        if let Some(found) = instruments.sectors.as_ref().map(Vec::len).filter(|len| *len != game.sectors()) {
            let what = "sectors of the instruments";
            return Err(StrategyError::Shape { what, expected: game.sectors(), found });
        }
        let border = instruments.border;
        let everyone = || CountryId::all(game.countries());
        // Partners that mirror are asked for their pulls too, after the player's own.
        let asked: Vec<CountryId> = match instruments.mirrored {
            false => player.members.clone(),
            true => player.members.iter().copied().chain(everyone().filter(|n| !player.holds(*n))).collect(),
        };
        let exporters = if border.exports() { asked.clone() } else { Vec::new() };
        let block = game.countries() * game.sectors();
        let at = |country: CountryId| asked.iter().position(|n| *n == country).unwrap_or(0);
        let duty = |n: CountryId, i: CountryId, s: SectorId| {
            let cell = game.cell(n, i, s);
            (at(n) * block + cell - n.at() * block, cell)
        };
        let tax = |n: CountryId, i: CountryId, s: SectorId| {
            let own = (asked.len() + at(i)) * block + n.at() * game.sectors() + s.at();
            (own, game.cells() + game.cell(n, i, s))
        };
        let table = matches!(player.aim, Aim::Weighted(_));
        let mut levers: BTreeMap<Name, Vec<(usize, usize)>> = BTreeMap::new();
        for &member in &player.members {
            for partner in everyone().filter(|i| if table { *i != member } else { !player.holds(*i) }) {
                for s in SectorId::all(game.sectors()) {
                    // A bloc has one external tariff; at a table everyone keeps a schedule of its own.
                    let whose = if table { member.at() } else { 0 };
                    let lever = |taxes: bool| match instruments.shape {
                        Shape::Uniform => (whose, taxes, 0, 0),
                        Shape::PerPartner => (whose, taxes, partner.at(), 0),
                        Shape::PerSector => (whose, taxes, 0, s.at()),
                        Shape::PerCell => (whose, taxes, partner.at(), s.at()),
                    };
                    if border.imports() && instruments.reaches(member, partner, s) {
                        let cells = levers.entry(lever(false)).or_default();
                        cells.push(duty(member, partner, s));
                        cells.extend(instruments.mirrored.then(|| duty(partner, member, s)));
                    }
                    if border.exports() && instruments.reaches(partner, member, s) {
                        let cells = levers.entry(lever(true)).or_default();
                        cells.push(tax(partner, member, s));
                        cells.extend(instruments.mirrored.then(|| tax(member, partner, s)));
                    }
                }
            }
        }
        if levers.is_empty() {
            return Err(StrategyError::NoLever(player.name.clone()));
        }
        let mut starts = vec![0];
        let mut cells = Vec::new();
        for lever in levers.into_values() {
            cells.extend(lever);
            starts.push(cells.len());
        }
        Ok(Self {
            starts,
            cells,
            low: floor.ln_1p(),
            high: cap.ln_1p(),
            importers: asked,
            exporters,
            room: if border.exports() { 2 * game.cells() } else { game.cells() },
            mirrored: instruments.mirrored,
        })
    }

    /// Makes an array of wedges long enough for these levers: taxes that were not there are zero.
    pub(crate) fn make_room(&self, log_wedges: &mut Vec<f64>) {
        log_wedges.resize(log_wedges.len().max(self.room), 0.0);
    }

    /// The derivatives these levers need, of Σ ω·ln payoff.
    pub(crate) fn wish(&self, weights: Vec<(CountryId, f64)>) -> Wish {
        Wish { weights, importers: self.importers.clone(), exporters: self.exporters.clone() }
    }

    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(crate) fn bounds(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn lever(&self, at: usize) -> &[(usize, usize)] {
        &self.cells[self.starts[at]..self.starts[at + 1]]
    }

    /// The levers' settings in an array of wedges: where cells of one lever differ, their mean.
    pub(crate) fn read(&self, log_wedges: &[f64]) -> Vec<f64> {
        let mean = |cells: &[(usize, usize)]| {
            cells.iter().map(|(_, cell)| log_wedges[*cell]).sum::<f64>() / cells.len() as f64
        };
        (0..self.len()).map(|at| mean(self.lever(at)).clamp(self.low, self.high)).collect()
    }

    /// Writes the settings into an array of wedges.
    pub(crate) fn write(&self, settings: &[f64], log_wedges: &mut [f64]) {
        for (at, setting) in settings.iter().enumerate() {
            for (_, cell) in self.lever(at) {
                log_wedges[*cell] = *setting;
            }
        }
    }

    /// Writes one setting into the cells of these levers that `chosen` picks.
    pub(crate) fn write_where(&self, chosen: impl Fn(usize) -> bool, setting: f64, log_wedges: &mut [f64]) {
        for (_, cell) in self.cells.iter().filter(|(_, cell)| chosen(*cell)) {
            log_wedges[*cell] = setting;
        }
    }

    /// The mean setting over the cells that `chosen` picks; none when it picks none.
    pub(crate) fn mean_where(&self, chosen: impl Fn(usize) -> bool, log_wedges: &[f64]) -> Option<f64> {
        let picked = self.cells.iter().filter(|(_, cell)| chosen(*cell));
        let (sum, count) =
            picked.fold((0.0, 0), |(sum, count), (_, cell)| (sum + log_wedges[*cell], count + 1));
        (count > 0).then(|| sum / f64::from(count))
    }

    /// The settings at which each lever's own derivative vanishes, other things equal, within bounds:
    /// `1+τ = Σ w·gain / Σ w·loss`. A mirrored lever's terms have either sign, and no such form says which way is up:
    /// there the step is the slope over `Σ w (|gain| + (1+τ)|loss|) / 2`, the same near a peak.
    pub(crate) fn targets(&self, settings: &[f64], pulls: &[Pull]) -> Vec<f64> {
        (0..self.len())
            .map(|at| {
                if self.mirrored {
                    return self.uphill(at, settings[at], pulls);
                }
                let (gain, loss) = self.sums(at, pulls);
                if loss <= 0.0 || gain <= 0.0 {
                    // A duty that always helps goes to the cap, one that always hurts to the floor.
                    if gain > loss { self.high } else { self.low }
                } else {
                    (gain / loss).ln().clamp(self.low, self.high)
                }
            })
            .collect()
    }

    /// Whether a setting stands between the bounds, and at neither.
    pub(crate) fn is_free(&self, setting: f64) -> bool {
        setting > self.low + AT_BOUND && setting < self.high - AT_BOUND
    }

    /// The derivative of the objective by each lever's log wedge at these settings; zero where a bound holds it.
    pub(crate) fn slopes(&self, settings: &[f64], pulls: &[Pull]) -> Vec<f64> {
        let slope = |(at, setting): (usize, &f64)| {
            let slope: f64 = self.lever(at).iter().map(|(own, _)| pulls[*own].slope(setting.exp())).sum();
            let held = (*setting >= self.high - AT_BOUND && slope > 0.0)
                || (*setting <= self.low + AT_BOUND && slope < 0.0);
            if held { 0.0 } else { slope }
        };
        settings.iter().enumerate().map(slope).collect()
    }

    /// Each lever's own curvature in the closed form at these settings.
    pub(crate) fn scales(&self, settings: &[f64], pulls: &[Pull]) -> Vec<f64> {
        let own =
            |at: usize, wedge: f64| self.lever(at).iter().map(|(own, _)| pulls[*own].scale(wedge)).sum();
        settings.iter().enumerate().map(|(at, setting)| own(at, setting.exp())).collect()
    }

    /// What stands at the places of each lever's cells, summed.
    pub(crate) fn sums_by_place(&self, by_place: &[f64]) -> Vec<f64> {
        (0..self.len()).map(|at| self.lever(at).iter().map(|(_, place)| by_place[*place]).sum()).collect()
    }

    /// A setting further up from `setting`, within bounds.
    fn uphill(&self, at: usize, setting: f64, pulls: &[Pull]) -> f64 {
        let wedge = setting.exp();
        let (mut slope, mut scale) = (0.0, f64::MIN_POSITIVE);
        for (own, _) in self.lever(at) {
            let pull = &pulls[*own];
            slope += pull.slope(wedge);
            scale += pull.scale(wedge);
        }
        (setting + slope / scale).clamp(self.low, self.high)
    }

    fn sums(&self, at: usize, pulls: &[Pull]) -> (f64, f64) {
        let cells = self.lever(at);
        let mut sums = (0.0, 0.0);
        for (own, _) in cells {
            let pull = &pulls[*own];
            sums.0 += pull.weight * pull.gain;
            sums.1 += pull.weight * pull.loss;
        }
        // A lever on no trade moves nothing; its cells' own terms still say where it would like to stand.
        if sums.0 == 0.0 && sums.1 == 0.0 {
            for (own, _) in cells {
                sums.0 += pulls[*own].gain;
                sums.1 += pulls[*own].loss;
            }
        }
        sums
    }
}
