//! Every rate by its name, and why any two of them differ.
//!
//! "145", "112" and "126" have all been called the tariff on China, and all were right: they are different
//! quantities. A [`RateCard`] holds each with its definition; a [`Bridge`] walks from one to another.

use std::fmt;

use serde::Serialize;
use terms::{Country, Points};

/// What a rate measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Definition {
    /// The sum of the duties on all goods, as the press states it.
    HeadlineAddOn,
    /// The duty the law sets on goods, weighted by the trade of the base year: base and all additions.
    TradeWeighted,
    /// The same, each goods sector counting once.
    SimpleMean,
    /// The additions alone, weighted by the trade of the base year.
    StatutoryAddOn,
    /// The duty of the base year, weighted by its trade.
    Base,
    /// The duty weighted by what is bought once buyers have turned away from it.
    EffectiveAfterSubstitution,
    /// Duty revenue over imports, as the treasury counts it.
    Collected,
    /// The share of imports that the duties on all goods reach.
    Coverage,
}

impl Definition {
    /// One sentence for a reader.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::HeadlineAddOn => "the sum of the duties on all goods, on goods that pay them in full",
            Self::TradeWeighted => {
                "base duty and additions, each good weighted by its trade in the base year"
            }
            Self::SimpleMean => "base duty and additions, each goods sector counted once",
            Self::StatutoryAddOn => "the additions alone, weighted by trade in the base year",
            Self::Base => "what was charged in the base year, weighted by trade in the base year",
            Self::EffectiveAfterSubstitution => {
                "base duty and additions, weighted by what is still bought under them"
            }
            Self::Collected => "duty revenue divided by the value of imports",
            Self::Coverage => "the share of imports, by value, that the duties on all goods reach",
        }
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::HeadlineAddOn => "headline add-on",
            Self::TradeWeighted => "trade-weighted",
            Self::SimpleMean => "simple mean",
            Self::StatutoryAddOn => "statutory add-on",
            Self::Base => "base",
            Self::EffectiveAfterSubstitution => "effective after substitution",
            Self::Collected => "collected",
            Self::Coverage => "coverage",
        })
    }
}

/// A number with the name of what it measures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NamedRate {
    /// What it measures.
    pub definition: Definition,
    /// The same in a sentence.
    pub meaning: &'static str,
    /// Per cent of customs value; per cent of trade for coverage.
    pub value_pct: f64,
    /// Whose weights of which year, where the number is an average.
    pub weights: Option<String>,
}

/// All rates of one importer on one exporter's goods.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateCard {
    /// Who charges.
    pub importer: Country,
    /// Whose goods.
    pub exporter: Country,
    /// The rates, in the order of [`Definition`].
    pub rates: Vec<NamedRate>,
}

impl RateCard {
    /// The card of one pair from its sectors.
    ///
    /// # Shapes
    /// Slices run over goods sectors: `base` and `tariff` are rates of the base year and of the day as
    /// shares; `trade` and `trade_new` are values before duty in the base year and under the day's duties.
    /// `weights` names the first ("2022 trade of the default economy").
    pub fn of(
        (importer, exporter): (&Country, &Country),
        headline: Points,
        (base, tariff): (&[f64], &[f64]),
        trade: &[f64],
        trade_new: Option<&[f64]>,
        weights: &str,
    ) -> Self {
        let mean = |rate: &dyn Fn(usize) -> f64, weight: &[f64]| {
            let total: f64 = weight.iter().sum();
            let sum: f64 = weight.iter().enumerate().map(|(s, w)| w * rate(s)).sum();
            if total > 0.0 { 100.0 * sum / total } else { 0.0 }
        };
        let once = vec![1.0; base.len()];
        let added = |s: usize| tariff[s] - base[s];
        let statutory = mean(&added, trade);
        let mut rates = Vec::new();
        let mut add = |definition: Definition, value_pct: f64, weights: Option<&str>| {
            let weights = weights.map(str::to_string);
            rates.push(NamedRate { definition, meaning: definition.sentence(), value_pct, weights });
        };
        add(Definition::HeadlineAddOn, headline.as_f64(), None);
        add(Definition::TradeWeighted, mean(&|s| tariff[s], trade), Some(weights));
        add(Definition::SimpleMean, mean(&|s| tariff[s], &once), Some("each goods sector once"));
        add(Definition::StatutoryAddOn, statutory, Some(weights));
        add(Definition::Base, mean(&|s| base[s], trade), Some(weights));
        if let Some(trade_new) = trade_new {
            let name = Some("trade after substitution");
            add(Definition::EffectiveAfterSubstitution, mean(&|s| tariff[s], trade_new), name);
        }
        if !headline.is_zero() {
            add(Definition::Coverage, 100.0 * statutory / headline.as_f64(), Some(weights));
        }
        Self { importer: importer.clone(), exporter: exporter.clone(), rates }
    }

    /// The card with what the treasury collected over what was imported.
    #[must_use]
    pub fn with_collected(mut self, value_pct: f64, period_and_source: &str) -> Self {
        let definition = Definition::Collected;
        let weights = Some(period_and_source.to_string());
        self.rates.push(NamedRate { definition, meaning: definition.sentence(), value_pct, weights });
        self.rates.sort_by_key(|rate| rate.definition);
        self
    }

    /// One rate, if the card has it.
    pub fn rate(&self, definition: Definition) -> Option<f64> {
        self.rates.iter().find(|rate| rate.definition == definition).map(|rate| rate.value_pct)
    }

    /// Why two rates of this card differ: steps that sum to the difference exactly.
    ///
    /// Every definition but coverage is reached from the headline by the same walk: less what is not
    /// reached, plus the base, plus the change of weights. The bridge goes back along one walk and out
    /// along the other; steps they share drop out.
    ///
    /// None for coverage, which is no rate of duty, and for rates the card does not hold.
    pub fn bridge(&self, from: Definition, to: Definition) -> Option<Bridge> {
        let (start, end) = (self.walk(from)?, self.walk(to)?);
        let shared = start.iter().zip(&end).take_while(|(a, b)| a == b).count();
        let back = start[shared..]
            .iter()
            .rev()
            .map(|step| BridgeStep { reason: format!("undo: {}", step.reason), points: -step.points });
        let steps: Vec<_> = back.chain(end[shared..].iter().cloned()).collect();
        Some(Bridge { from, to, from_pct: self.rate(from)?, to_pct: self.rate(to)?, steps })
    }

    /// The steps from the headline to one rate.
    fn walk(&self, to: Definition) -> Option<Vec<BridgeStep>> {
        let rate = |definition| self.rate(definition);
        let step = |reason: &str, points: f64| BridgeStep { reason: reason.into(), points };
        let headline = rate(Definition::HeadlineAddOn)?;
        let statutory = rate(Definition::StatutoryAddOn)?;
        let not_reached = step(
            "goods that exemptions and other duties keep outside, and duties on single sectors",
            statutory - headline,
        );
        let base = step("what was charged before these duties", rate(Definition::Base)?);
        let weighted = rate(Definition::TradeWeighted)?;
        Some(match to {
            Definition::HeadlineAddOn => vec![],
            Definition::StatutoryAddOn => vec![not_reached],
            Definition::TradeWeighted => vec![not_reached, base],
            Definition::Base => {
                vec![not_reached, base, step("the additions", rate(Definition::Base)? - weighted)]
            }
            Definition::SimpleMean => vec![
                not_reached,
                base,
                step("each sector counted once, not by its trade", rate(to)? - weighted),
            ],
            Definition::EffectiveAfterSubstitution => {
                vec![not_reached, base, step("buyers turn away from what pays most", rate(to)? - weighted)]
            }
            Definition::Collected => vec![
                not_reached,
                base,
                step(
                    "what buyers, transit windows, preferences and lags leave of it at the border",
                    rate(to)? - weighted,
                ),
            ],
            Definition::Coverage => return None,
        })
    }
}

/// The way from one rate to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bridge {
    /// Where it starts.
    pub from: Definition,
    /// Where it ends.
    pub to: Definition,
    /// The first rate, in per cent.
    pub from_pct: f64,
    /// The second rate, in per cent.
    pub to_pct: f64,
    /// The steps between, whose points sum to the difference.
    pub steps: Vec<BridgeStep>,
}

/// One reason for a difference and its size.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BridgeStep {
    /// The reason.
    pub reason: String,
    /// Its size, in points.
    pub points: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> RateCard {
        RateCard::of(
            (&Country::new("USA"), &Country::new("CHN")),
            Points::whole(30),
            (&[0.10, 0.00], &[0.40, 0.10]),
            &[300.0, 100.0],
            Some(&[60.0, 90.0]),
            "made-up trade",
        )
        .with_collected(21.0, "a made-up month")
    }

    #[test]
    fn each_name_has_its_own_number() {
        let card = card();
        let rounded = |d| (card.rate(d).unwrap() * 1e6).round() / 1e6;
        assert_eq!(rounded(Definition::HeadlineAddOn), 30.0);
        assert_eq!(rounded(Definition::TradeWeighted), 32.5);
        assert_eq!(rounded(Definition::SimpleMean), 25.0);
        assert_eq!(rounded(Definition::StatutoryAddOn), 25.0);
        assert_eq!(rounded(Definition::Base), 7.5);
        assert_eq!(rounded(Definition::EffectiveAfterSubstitution), 22.0);
        assert_eq!(rounded(Definition::Coverage), 83.333333);
    }

    #[test]
    fn every_bridge_carries_the_whole_difference() {
        let card = card();
        for from in card.rates.iter().map(|rate| rate.definition) {
            for to in card.rates.iter().map(|rate| rate.definition) {
                let Some(bridge) = card.bridge(from, to) else {
                    assert!(from == Definition::Coverage || to == Definition::Coverage);
                    continue;
                };
                let walked: f64 = bridge.steps.iter().map(|step| step.points).sum();
                assert!((bridge.from_pct + walked - bridge.to_pct).abs() < 1e-9, "{from} to {to}");
            }
        }
    }
}
