//! Which duties a government may set, and which must move together.

use std::collections::BTreeMap;

use terms::{CountryId, Cube, Rate, SectorId};

use crate::player::{Aim, Player};
use crate::tariff_game::{Pull, StrategyError, TariffGame};

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

/// The duties a government may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Instruments {
    /// Which rates move together.
    pub shape: Shape,
    /// The lowest rate. Below zero it is an import subsidy.
    pub floor: Rate,
    /// The highest rate.
    pub cap: Rate,
    /// Which sectors duties reach; `None` for all.
    pub sectors: Option<Vec<bool>>,
    /// Cells that stay as they are.
    pub exempt: Option<Cube<bool>>,
}

impl Instruments {
    /// Any duty from free entry to 1000 %, on all sectors. Ossa (2014) uses the same bounds.
    pub fn duties(shape: Shape) -> Self {
        Self { shape, floor: Rate::FREE, cap: Rate::share(10.0), sectors: None, exempt: None }
    }

    /// Duties and import subsidies: rates from −90 % to 1000 %. The lower bound keeps prices positive.
    pub fn with_subsidies(shape: Shape) -> Self {
        Self { floor: Rate::share(-0.9), ..Self::duties(shape) }
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

    /// The same, with these cells left alone.
    #[must_use]
    pub fn sparing(mut self, exempt: Cube<bool>) -> Self {
        self.exempt = Some(exempt);
        self
    }

    /// Whether a cell's duty may be chosen: its sector is reached, and it is not exempt.
    pub fn reaches(&self, n: CountryId, i: CountryId, s: SectorId) -> bool {
        self.sectors.as_ref().is_none_or(|reached| reached[s.at()])
            && self.exempt.as_ref().is_none_or(|exempt| !exempt[(n, i, s)])
    }
}

/// One player's decisions: each lever holds the cells that carry its rate.
#[derive(Debug, Clone)]
pub(crate) struct Levers {
    /// Where each lever's cells start in `cells`.
    starts: Vec<usize>,
    /// Place among the player's own pulls, and place in the game's arrays.
    cells: Vec<(usize, usize)>,
    low: f64,
    high: f64,
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
        let block = game.countries() * game.sectors();
        let table = matches!(player.aim, Aim::Weighted(_));
        let mut levers: BTreeMap<(usize, usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
        for (at, member) in player.members.iter().enumerate() {
            for own in 0..block {
                let cell = member.at() * block + own;
                let (n, i, s) = game.place(cell);
                let inside = if table { n == i } else { player.holds(i) };
                if inside || !instruments.reaches(n, i, s) {
                    continue;
                }
                // A bloc has one external tariff; at a table everyone keeps a schedule of its own.
                let whose = if table { n.at() } else { 0 };
                let lever = match instruments.shape {
                    Shape::Uniform => (whose, 0, 0),
                    Shape::PerPartner => (whose, i.at(), 0),
                    Shape::PerSector => (whose, 0, s.at()),
                    Shape::PerCell => (whose, i.at(), s.at()),
                };
                levers.entry(lever).or_default().push((at * block + own, cell));
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
        Ok(Self { starts, cells, low: floor.ln_1p(), high: cap.ln_1p() })
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
    /// `1+τ = Σ w·gain / Σ w·loss`.
    pub(crate) fn targets(&self, pulls: &[Pull]) -> Vec<f64> {
        (0..self.len())
            .map(|at| {
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

    /// The derivative of the objective by each lever's log wedge at these settings; zero where a bound holds it.
    pub(crate) fn slopes(&self, settings: &[f64], pulls: &[Pull]) -> Vec<f64> {
        let slope = |(at, setting): (usize, &f64)| {
            let slope: f64 = self.lever(at).iter().map(|(own, _)| pulls[*own].slope(setting.exp())).sum();
            let held = (*setting >= self.high && slope > 0.0) || (*setting <= self.low && slope < 0.0);
            if held { 0.0 } else { slope }
        };
        settings.iter().enumerate().map(slope).collect()
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
