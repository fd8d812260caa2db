//! Effective rates: what a day's duties come to over the goods that are traded.
//!
//! Line by line, each flow is charged as an entry; flows are then summed by partner and sector. What importers do
//! (which preference they claim, how much metal is inside) is no law: it enters as a [`Behaviour`] with its own
//! source, and is off unless handed over.

use std::collections::BTreeMap;

use ledger::{Duty, MeasureKind};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use terms::{Country, Instant, Line, Points, Sector};

use crate::schedule::Base;
use crate::stacking::{Charge, Entry};
use crate::{Book, Clash, Facts};

/// What was bought of one line from one partner in the year of the weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// From whom: a country, or a group such as `EU27`.
    pub partner: Country,
    /// The line, in the edition of its year.
    pub line: Line,
    /// The sector the line belongs to.
    pub sector: Sector,
    /// Its value before duty, in any one money.
    pub value: f64,
    /// The duty that was paid on it, in the same money.
    pub duty: f64,
}

/// What importers do, laid on top of the law. Empty: nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Behaviour {
    /// Shares of value by material, for lines whose duty falls on a content.
    pub content: BTreeMap<Line, BTreeMap<String, f64>>,
    /// The share of a partner's goods, by sector, that claims a preference, and which.
    pub preference: BTreeMap<(Country, Sector), (String, f64)>,
    /// Where these come from.
    pub source: String,
}

/// The duties on one partner's goods of one sector.
#[derive(Debug, Clone, PartialEq)]
pub struct Effective {
    /// From whom.
    pub partner: Country,
    /// Which sector.
    pub sector: Sector,
    /// The value that carries the weights.
    pub value: f64,
    /// The part of it whose ordinary duty is ad valorem.
    pub ad_valorem: f64,
    /// Ordinary duty on that part, as a share of it.
    pub base: f64,
    /// What is charged on top, as a share of the whole value.
    pub additional: f64,
    /// What each programme charges and reaches.
    pub programmes: BTreeMap<String, Reached>,
}

/// What one programme charges on a sector's goods, and how much of them it reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reached {
    /// Charged, as a share of the sector's value.
    pub charged: f64,
    /// The share of the sector's value it is charged on.
    pub share: f64,
}

impl Book<'_> {
    /// The duties of `importer` at `on`, weighted by `flows`, by partner and sector in the order of their codes.
    ///
    /// Lines that the edition of the day does not have are charged by the lists that name the codes above
    /// them, and count as not ad valorem.
    ///
    /// # Errors
    /// [`Clash`] where the record does not settle the duty on a line.
    pub fn effective(
        &self,
        importer: &Country,
        on: Instant,
        flows: &[Flow],
        behaviour: &Behaviour,
    ) -> Result<Vec<Effective>, Clash> {
        let mut cells: BTreeMap<(Country, Sector), Effective> = BTreeMap::new();
        let mut origins: BTreeMap<&Country, Country> = BTreeMap::new();
        for flow in flows {
            let origin =
                origins.entry(&flow.partner).or_insert_with(|| self.border.one_of(&flow.partner, on));
            let key = (flow.partner.clone(), flow.sector.clone());
            let claimed = behaviour.preference.get(&key).filter(|(_, share)| *share > 0.0);
            let cell = cells.entry(key.clone()).or_insert_with(|| Effective {
                partner: flow.partner.clone(),
                sector: flow.sector.clone(),
                value: 0.0,
                ad_valorem: 0.0,
                base: 0.0,
                additional: 0.0,
                programmes: BTreeMap::new(),
            });
            let mut facts = Facts { content: contents(behaviour, flow.line), ..Facts::default() };
            let claims = claimed.map_or(0.0, |(_, share)| *share);
            self.add(cell, (importer, origin), on, flow, &facts, 1.0 - claims)?;
            if let Some((preference, share)) = claimed {
                facts.preference = Some(preference.clone());
                self.add(cell, (importer, origin), on, flow, &facts, *share)?;
            }
        }
        let averaged = |mut cell: Effective| {
            cell.base /= if cell.ad_valorem > 0.0 { cell.ad_valorem } else { 1.0 };
            cell.additional /= cell.value;
            for reached in cell.programmes.values_mut() {
                reached.charged /= cell.value;
                reached.share /= cell.value;
            }
            cell
        };
        Ok(cells.into_values().filter(|cell| cell.value > 0.0).map(averaged).collect())
    }

    /// Charges a part of one flow and adds it, in money.
    fn add(
        &self,
        cell: &mut Effective,
        (importer, origin): (&Country, &Country),
        on: Instant,
        flow: &Flow,
        facts: &Facts,
        part: f64,
    ) -> Result<(), Clash> {
        let value = flow.value * part;
        let base = self.ordinary(importer, origin, flow.line, on, facts);
        let card = self.border.scopes.card(flow.line);
        let stack = self.stack(&Entry { importer, origin, card: &card, on, base, facts }, &mut |_| {})?;
        cell.value += value;
        if let Some(base) = base {
            cell.ad_valorem += value;
            cell.base += value * base.rate().as_share();
        }
        cell.additional += value * stack.additional().rate().as_share();
        let duties = stack.charges.iter().filter(|charge| charge.measure.kind == MeasureKind::Duty);
        for charge in duties.filter(|charge| charge.is_charged()) {
            let reached = cell.programmes.entry(charge.measure.programme.clone()).or_default();
            reached.charged += value * charge.points.rate().as_share();
            reached.share += value * reach(charge);
        }
        Ok(())
    }

    /// The ordinary duty on a line, where the day's edition has it and it is ad valorem.
    fn ordinary(
        &self,
        importer: &Country,
        origin: &Country,
        line: Line,
        on: Instant,
        facts: &Facts,
    ) -> Option<Points> {
        let schedule = self.border.schedules.get(importer)?;
        let day = self.border.ledger.day(importer.as_str(), on);
        let row = schedule.row(line, day)?;
        let pays_column_2 = self.border.pays_column_2(schedule, origin, on);
        Base::of(schedule, row, origin, pays_column_2, facts.preference.as_deref()).points
    }
}

/// The share of the value a duty reaches; a lower rate for some goods counts in proportion to the full one.
pub(crate) fn reach(charge: &Charge<'_>) -> f64 {
    let share = charge.share.to_f64().unwrap_or(0.0);
    let stated = charge.version.charged();
    match (&charge.duty, &stated) {
        (Duty::Add(points), Duty::Add(full)) if points != full && !full.is_zero() => {
            share * points.as_f64() / full.as_f64()
        }
        _ => share,
    }
}

pub(crate) fn contents(behaviour: &Behaviour, line: Line) -> BTreeMap<String, Decimal> {
    let known = behaviour.content.get(&line).into_iter().flatten();
    known.filter_map(|(material, share)| Some((material.clone(), Decimal::from_f64(*share)?))).collect()
}
