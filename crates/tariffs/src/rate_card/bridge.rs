//! Why two rates of a card differ, step by step.

use serde::Serialize;

use crate::rate_card::{Definition, RateCard};

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

impl RateCard {
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

    /// The bridge to each rate from the nearest one before it: together they reach every rate from the headline.
    pub fn ladder(&self) -> Vec<Bridge> {
        let to = self.rates.iter().map(|rate| rate.definition);
        to.filter_map(|to| {
            let from = to.told_from().iter().find(|from| self.rate(**from).is_some())?;
            self.bridge(*from, to)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_card::tests::card;
    use crate::{Law, Layer};

    fn layer(programme: &str, headline_pp: Option<f64>, by_imports: f64) -> Layer {
        let (programme, name) = (programme.to_string(), crate::name_of(programme));
        Layer {
            programme,
            name,
            headline_pp,
            share: 0.8,
            by_imports,
            by_line: Some(by_imports),
            by_economy: 0.0,
        }
    }

    #[test]
    fn with_the_law_each_layer_is_a_step() {
        let law = Law {
            layers: vec![
                layer("ordinary", None, 3.0),
                layer("reciprocal", Some(30.0), 24.0),
                layer("232-steel", None, 2.0),
            ],
            weights: "made-up imports".into(),
            collected_pct: Some(9.0),
        };
        let card = card().with_law(law, 27.0);
        assert_eq!(card.rate(Definition::Statutory), Some(29.0));
        assert_eq!(card.rate(Definition::Coverage), Some(80.0));
        let bridge = card.bridge(Definition::HeadlineAddOn, Definition::TradeWeighted).unwrap();
        let points: Vec<f64> = bridge.steps.iter().map(|step| step.points).collect();
        assert_eq!(points, [-6.0, 2.0, 3.0, -2.0, 5.5]);
        assert_eq!(bridge.steps[1].reason, "Section 232 on steel, on listed goods");
        let ladder = card.ladder();
        assert_eq!(ladder.len(), card.rates.len() - 2, "each rate but the headline and coverage");
        assert_eq!(ladder[3].steps.len(), 2, "from the law to the model: its base, its weights");
        every_bridge_is_whole(&card);
    }

    #[test]
    fn every_bridge_carries_the_whole_difference() {
        every_bridge_is_whole(&card());
    }

    fn every_bridge_is_whole(card: &RateCard) {
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
