//! Every rate by its name, and why any two of them differ.
//!
//! "145", "112" and "126" have all been called the tariff on China, and all were right: they are different
//! quantities. A [`RateCard`] holds each with its definition; a [`Bridge`] walks from one to another.

mod bridge;
mod definition;
mod walk;

use serde::Serialize;
use terms::{Country, Points};

use crate::Law;

pub use bridge::{Bridge, BridgeStep};
pub use definition::Definition;

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
    /// The layers of the law, where they are known one by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub law: Option<Law>,
    /// Base and additions since, weighted as the law is.
    #[serde(skip)]
    model_by_imports: Option<f64>,
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
        let (importer, exporter) = (importer.clone(), exporter.clone());
        Self { importer, exporter, rates, law: None, model_by_imports: None }
    }

    /// The card with the law layer by layer, which takes the place of what was told from sectors alone.
    ///
    /// `model_by_imports` is the model's tariff (base and additions since) weighted by the law's imports, per cent.
    #[must_use]
    pub fn with_law(mut self, law: Law, model_by_imports: f64) -> Self {
        let mut put = |definition: Definition, value_pct: f64, weights: &str| {
            self.rates.retain(|rate| rate.definition != definition);
            let weights = Some(weights.to_string());
            self.rates.push(NamedRate { definition, meaning: definition.sentence(), value_pct, weights });
        };
        put(Definition::StatutoryAddOn, law.additions(), &law.weights);
        if law.has_ordinary() {
            put(Definition::Statutory, law.layers.iter().map(|layer| layer.by_imports).sum(), &law.weights);
            if let Some(mean) = law.by_line() {
                put(Definition::SimpleMean, mean, "each line that was bought once");
            }
        }
        if let Some(reach) = law.reach_pct() {
            put(Definition::Coverage, reach, &law.weights);
        }
        if let Some(collected) = law.collected_pct {
            put(Definition::Collected, collected, &law.weights);
        }
        self.rates.sort_by_key(|rate| rate.definition);
        self.law = Some(law);
        self.model_by_imports = Some(model_by_imports);
        self
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
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card told from two sectors alone.
    pub(super) fn card() -> RateCard {
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
}
