//! What each tariff line pays on a day, and what is bought of it under these duties.

use diagnostic::Faults;
use economy::Economy;
use ledger::{Ledger, View};
use tariffs::{BASE_DAY, Border, Schedules};
use terms::{Country, CountryId, Instant, SectorId};

use super::line_trade::LineTrade;
use crate::clock::Days;

/// The duties of a day by line.
pub(super) struct DayLines<'d> {
    /// The record and its ordinary duties.
    pub ledger: &'d Ledger,
    pub schedules: &'d Schedules,
    /// The day.
    pub days: Days,
    /// Who charges, and on whose goods.
    pub pair: (CountryId, CountryId),
    /// The base year, which the statistics of lines are near.
    pub base: &'d Economy,
    /// The world of the day.
    pub world: &'d Economy,
    /// θ by sector.
    pub theta: &'d [f64],
}

/// One line's duty on the day, over that at the end of the year of the statistics.
#[derive(Debug, Clone, Copy)]
struct Charged {
    /// 1 + t on the day.
    wedge: f64,
    /// (1 + t) over the wedge of that year.
    hat: f64,
}

impl DayLines<'_> {
    /// Puts on every line its own duty of the day, and moves what is bought of it from the year of the statistics to the
    /// world of the day.
    ///
    /// Within a sector lines move as (S13) says, with τ̂ the line's own wedge over that at the end of 2024 for the exporter, and
    /// of all other exporters the sector's:
    ///
    /// ```text
    /// (S17)  v′ ∝ v τ̂^−θ / τ̂ / (c τ̂^−θ + m τ̂ₒ^−θ + 1 − c − m)      the sector's sum as the equilibrium has it
    /// ```
    ///
    /// # Errors
    /// `bad-date`; `clash` where the record does not settle a duty.
    pub fn lay(&self, trade: &mut LineTrade) -> Result<(), Faults> {
        let charged = self.charged(trade)?;
        let (n, i) = self.pair;
        for s in self.base.goods() {
            let θ = self.theta[s.at()];
            let [ours, home] = [i, n].map(|j| self.paid_share(j, s));
            let others_hat = self.others_hat(s);
            let inside: Vec<usize> =
                (0..trade.lines.len()).filter(|at| trade.lines[*at].sector == s).collect();
            let (mut before, mut after) = ([0.0; 2], [0.0; 2]);
            for at in &inside {
                let line = &mut trade.lines[*at];
                let Charged { wedge, hat } = charged[*at];
                let rest = line.all - line.value;
                let c = if line.all > 0.0 { (1.0 - home) * line.value / line.all } else { ours };
                let m = 1.0 - home - c;
                let spent = c * hat.powf(-θ) + m * others_hat.powf(-θ) + home;
                let moved = [(line.value, hat), (rest, others_hat)]
                    .map(|(value, hat)| value * hat.powf(-θ) / hat / spent);
                before = [before[0] + line.value, before[1] + rest];
                after = [after[0] + moved[0], after[1] + moved[1]];
                (line.wedge, line.value, line.all) = (Some(wedge), moved[0], moved[1]);
            }
            let scale = [self.bought_hat(i, s), self.others_bought_hat(s)];
            let factor = |k: usize| if after[k] > 0.0 { scale[k] * before[k] / after[k] } else { 1.0 };
            for at in inside {
                let line = &mut trade.lines[at];
                line.value *= factor(0);
                line.all = line.value + line.all * factor(1);
            }
        }
        Ok(())
    }

    /// The duty of every line; of an importer whose ordinary duties are not at hand the sector's of the base year.
    fn charged(&self, trade: &mut LineTrade) -> Result<Vec<Charged>, Faults> {
        let [importer, origin] = [self.pair.0, self.pair.1].map(|of| self.base.country(of).code.clone());
        let now = self.days.at(self.ledger, importer.as_str())?;
        let clock = self.ledger.clock(importer.as_str());
        let then = clock.zone.start_of(BASE_DAY).map_err(crate::clock::bad_date)?;
        let border = Border::new(self.ledger, self.schedules);
        let charges = self.ledger.border(importer.as_str(), now.on).map(|government| government.code.clone());
        let charges: Country = charges.unwrap_or(importer);
        let known = border.as_known(now.known, View::Collected);
        let whole = (now.known != Instant::MAX).then(|| border.as_known(Instant::MAX, View::Collected));
        let scheduled = self.schedules.contains_key(&charges);
        let mut found = Vec::with_capacity(trade.lines.len());
        for line in &mut trade.lines {
            let none = line.value <= 0.0;
            if none {
                found.push(Charged { wedge: 1.0, hat: 1.0 });
                continue;
            }
            let today = known.line_rate(&charges, &origin, line.line, now.on)?;
            let book = whole.as_ref().unwrap_or(&known);
            let before = book.line_rate(&charges, &origin, line.line, then)?;
            let base = self.base.tariffs()[(self.pair.0, self.pair.1, line.sector)].as_share();
            let ordinary = |rate: tariffs::LineRate| match scheduled {
                true => rate.ordinary.unwrap_or(0.0),
                false => base,
            };
            line.not_ad_valorem = scheduled && today.ordinary.is_none();
            let wedge = 1.0 + ordinary(today) + today.additional;
            found.push(Charged { wedge, hat: wedge / (1.0 + ordinary(before) + before.additional) });
        }
        Ok(found)
    }

    /// What goes to an exporter of what the importer spends on a sector, in the base year.
    fn paid_share(&self, j: CountryId, s: SectorId) -> f64 {
        let n = self.pair.0;
        let paid = |j| self.base.trade()[(n, j, s)] * self.base.tariffs()[(n, j, s)].wedge();
        let spent: f64 = self.base.country_ids().map(paid).sum();
        if spent > 0.0 { paid(j) / spent } else { 0.0 }
    }

    /// τ̂ of all other exporters together: (Σ π τ̂^−θ / Σ π)^(−1/θ).
    fn others_hat(&self, s: SectorId) -> f64 {
        let (n, i) = self.pair;
        let θ = self.theta[s.at()];
        let others = self.base.country_ids().filter(|j| *j != n && *j != i);
        let (sum, whole) = others.fold((0.0, 0.0), |(sum, whole), j| {
            let hat = self.world.tariffs()[(n, j, s)].wedge() / self.base.tariffs()[(n, j, s)].wedge();
            let π = self.paid_share(j, s);
            (sum + π * hat.powf(-θ), whole + π)
        });
        if whole > 0.0 { (sum / whole).powf(-1.0 / θ) } else { 1.0 }
    }

    /// What is bought from an exporter in the world of the day over what was in the base year.
    fn bought_hat(&self, j: CountryId, s: SectorId) -> f64 {
        let cell = (self.pair.0, j, s);
        let before = self.base.trade()[cell];
        if before > 0.0 { self.world.trade()[cell] / before } else { 1.0 }
    }

    /// The same of all other exporters together.
    fn others_bought_hat(&self, s: SectorId) -> f64 {
        let (n, i) = self.pair;
        let bought = |of: &Economy| -> f64 {
            let others = of.country_ids().filter(|j| *j != n && *j != i);
            others.map(|j| of.trade()[(n, j, s)]).sum()
        };
        let before = bought(self.base);
        if before > 0.0 { bought(self.world) / before } else { 1.0 }
    }
}
