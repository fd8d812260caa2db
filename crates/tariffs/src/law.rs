//! The law of a day on one pair of governments, layer by layer, in averages over what is traded.

use std::collections::BTreeMap;

use ledger::Duty;
use serde::Serialize;
use terms::{Country, Day, Sector};

use crate::coverage::ORDINARY;
use crate::{AllGoods, Bought, Coverage, Duties, Share};

/// What one programme charges, averaged in several ways.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Layer {
    /// The programme; `ordinary` for ordinary duties.
    pub programme: String,
    /// The same in words.
    pub name: String,
    /// What the press counts, in points: none for duties on listed goods and ordinary duties.
    pub headline_pp: Option<f64>,
    /// The share of value it is charged on.
    pub share: f64,
    /// Points of value, each line by its imports of the year of the weights; where these are not at hand, each sector
    /// by the trade of the economy.
    pub by_imports: f64,
    /// Points of value, each line that was bought counted once.
    pub by_line: Option<f64>,
    /// Points of value, each sector by the trade of the economy.
    pub by_economy: f64,
}

/// Every layer of one importer's duties on one exporter's goods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Law {
    /// Ordinary duties (where a schedule is at hand), duties on all goods, then duties on listed goods.
    pub layers: Vec<Layer>,
    /// Which weights `by_imports` has.
    pub weights: String,
    /// Duty collected over imports in the year of the weights, per cent.
    pub collected_pct: Option<f64>,
}

/// One pair's sectors, with what weighs them.
#[derive(Debug, Clone, Copy)]
pub struct Trade<'t> {
    /// The goods sectors of the economy, in the codes of the tables. Several may stand for one of the tables.
    pub sectors: &'t [Sector],
    /// What the importer buys of each from the exporter, by the economy.
    pub economy: &'t [f64],
    /// Which trade that is.
    pub economy_name: &'t str,
    /// What was bought line by line, where it is known, and in which year.
    pub bought: Option<(&'t BTreeMap<Sector, Bought>, i64)>,
}

impl Law {
    /// The law of `days.0` as known on `days.1`. `duties` are those of this pair alone.
    pub fn of(
        (importer, origin): (&Country, (&Country, &[Country])),
        duties: &Duties,
        coverage: &Coverage,
        trade: Trade<'_>,
        days: (Day, Day),
    ) -> Self {
        let table =
            |programme: &str, sector: &Sector| coverage.reached(importer, programme, origin, sector, days);
        let mut layers = Vec::new();
        let ordinary = trade.each(|sector| table(ORDINARY, sector).unwrap_or_default());
        if ordinary.iter().any(|found| found.share > 0.0) {
            layers.push(trade.layer(ORDINARY, None, &ordinary));
        }
        for duty in &duties.all_goods {
            let found = trade.each(|sector| {
                let base = table(ORDINARY, sector).unwrap_or_default().points;
                on_all(duty, table(&duty.programme, sector), base)
            });
            layers.push(trade.layer(&duty.programme, Some(duty.headline().as_f64()), &found));
        }
        for listed in duties.listed.iter().filter(|listed| !listed.points.is_empty()) {
            let found = trade.each(|sector| match listed.points.get(sector) {
                Some(_) => table(&listed.programme, sector).unwrap_or_default(),
                None => Share::default(),
            });
            layers.push(trade.layer(&listed.programme, None, &found));
        }
        let weights = match trade.bought {
            Some((_, year)) => format!("imports of {year}, line by line"),
            None => format!("{}, each subheading of a sector once", trade.economy_name),
        };
        let collected_pct = trade.bought.map(|(bought, _)| {
            let sum = |of: fn(&Bought) -> f64| bought.values().map(of).sum::<f64>();
            100.0 * sum(|b| b.duty) / sum(|b| b.imports)
        });
        Self { layers, weights, collected_pct }
    }

    /// Whether ordinary duties are among the layers.
    pub fn has_ordinary(&self) -> bool {
        self.layers.iter().any(Layer::is_ordinary)
    }

    /// Every layer but ordinary duties, in points.
    pub fn additions(&self) -> f64 {
        self.layers.iter().filter(|layer| !layer.is_ordinary()).map(|layer| layer.by_imports).sum()
    }

    /// Every layer, each line that was bought counted once; none where lines are not at hand.
    pub fn by_line(&self) -> Option<f64> {
        self.layers.iter().map(|layer| layer.by_line).sum()
    }

    /// The share of imports that duties on all goods reach, weighted by their headlines, per cent.
    pub fn reach_pct(&self) -> Option<f64> {
        let on_all = || self.layers.iter().filter_map(|layer| Some((layer.headline_pp?, layer.share)));
        let headline: f64 = on_all().map(|(points, _)| points).sum();
        let reached: f64 = on_all().map(|(points, share)| points * share).sum();
        (headline != 0.0).then(|| 100.0 * reached / headline)
    }
}

impl Layer {
    /// Whether it stands for ordinary duties.
    pub fn is_ordinary(&self) -> bool {
        self.programme == ORDINARY
    }
}

/// A duty on all goods over one sector: the table's reach, with the points the record gives the duty today.
fn on_all(duty: &AllGoods, table: Option<Share>, ordinary: f64) -> Share {
    let headline = duty.headline().as_f64();
    let full = match duty.duty {
        Duty::Total(_) => (headline - ordinary).max(0.0),
        Duty::Cap(_) => (headline - ordinary).min(0.0),
        _ => headline,
    };
    let Some(found) = table else { return Share { share: 1.0, points: full, once: full } };
    let points = full * found.share;
    let once = if found.points == 0.0 { points } else { found.once * points / found.points };
    Share { share: found.share, points, once }
}

impl Trade<'_> {
    /// The average of one number for each sector, by the imports that weigh the law.
    pub fn by_imports(&self, each: &[f64]) -> f64 {
        let imports = self.bought(|bought| bought.imports);
        mean(imports.as_deref().unwrap_or(self.economy), each.iter().copied())
    }

    /// What was bought of each sector. Where several stand for one of the table, they share what was bought of it by
    /// the economy's trade.
    fn bought(&self, of: fn(&Bought) -> f64) -> Option<Vec<f64>> {
        let (bought, _) = self.bought?;
        let mut held: BTreeMap<&Sector, (f64, f64)> = BTreeMap::new();
        for (sector, trade) in self.sectors.iter().zip(self.economy) {
            let (count, sum) = held.entry(sector).or_default();
            *count += 1.0;
            *sum += trade;
        }
        let part = |(sector, trade): (&Sector, &f64)| {
            let (count, sum) = held.get(sector).copied().unwrap_or((1.0, 0.0));
            let share = if sum > 0.0 { trade / sum } else { 1.0 / count };
            share * bought.get(sector).map_or(0.0, of)
        };
        Some(self.sectors.iter().zip(self.economy).map(part).collect())
    }

    fn each(&self, of: impl Fn(&Sector) -> Share) -> Vec<Share> {
        self.sectors.iter().map(of).collect()
    }

    fn layer(&self, programme: &str, headline_pp: Option<f64>, found: &[Share]) -> Layer {
        let (imports, lines) = (self.bought(|b| b.imports), self.bought(|b| b.lines));
        let imports = imports.as_deref().unwrap_or(self.economy);
        Layer {
            programme: programme.to_string(),
            name: name_of(programme),
            headline_pp,
            share: mean(imports, found.iter().map(|f| f.share)),
            by_imports: mean(imports, found.iter().map(|f| f.points)),
            by_line: lines.map(|lines| mean(&lines, found.iter().map(|f| f.once))),
            by_economy: mean(self.economy, found.iter().map(|f| f.points)),
        }
    }
}

/// `Σ w x / Σ w`; 0 where nothing weighs.
pub(crate) fn mean(weights: &[f64], of: impl Iterator<Item = f64>) -> f64 {
    let total: f64 = weights.iter().sum();
    let sum: f64 = weights.iter().zip(of).map(|(w, x)| w * x).sum();
    if total > 0.0 { sum / total } else { 0.0 }
}

/// A programme in words: `Section 232 on steel`.
pub fn name_of(programme: &str) -> String {
    match programme {
        ORDINARY => "ordinary duty".into(),
        "section-122" => "Section 122 surcharge".into(),
        "301-technology" => "Section 301 on goods of China".into(),
        "232-metals-2026" => "Section 232 on metals by annex".into(),
        "opioids-china" => "opioid duty".into(),
        "reciprocal" => "reciprocal duty".into(),
        "answer-reciprocal" => "answer to the reciprocal duty".into(),
        _ => match programme.split_once('-') {
            Some((section @ ("201" | "232" | "301" | "338"), on)) => {
                format!("Section {section} on {}", on.replace('-', " "))
            }
            _ => programme.replace('-', " "),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn industries_of_one_sector_share_what_was_bought_of_it_by_their_trade() {
        let sectors = ["ELE", "ELE", "FOO", "FOO"].map(Sector::new);
        let bought = |imports, lines| Bought { imports, duty: 0.0, lines };
        let table = BTreeMap::from([
            (sectors[0].clone(), bought(100.0, 8.0)),
            (sectors[2].clone(), bought(60.0, 2.0)),
        ]);
        let economy = [1.0, 3.0, 0.0, 0.0];
        let trade = Trade {
            sectors: &sectors,
            economy: &economy,
            economy_name: "made up",
            bought: Some((&table, 2024)),
        };
        assert_eq!(trade.bought(|b| b.imports), Some(vec![25.0, 75.0, 30.0, 30.0]));
        assert_eq!(trade.bought(|b| b.lines), Some(vec![2.0, 6.0, 1.0, 1.0]));
        assert_eq!(trade.by_imports(&[0.0, 4.0, 1.0, 3.0]), (75.0 * 4.0 + 30.0 + 90.0) / 160.0);
    }
}
