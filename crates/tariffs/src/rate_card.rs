//! Every rate by its name, and why any two of them differ.
//!
//! "145", "112" and "126" have all been called the tariff on China, and all were right: they are different
//! quantities. A [`RateCard`] holds each with its definition; a [`Bridge`] walks from one to another.

use std::fmt;

use serde::Serialize;
use terms::{Country, Points};

use crate::Law;

/// What a rate measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Definition {
    /// The sum of the duties on all goods, as the press states it.
    HeadlineAddOn,
    /// Every addition to the ordinary duty, weighted by imports.
    StatutoryAddOn,
    /// What the law sets, line by line, weighted by imports: ordinary duty and every addition.
    Statutory,
    /// The law, each line (or, where lines are not at hand, each goods sector) counting once.
    SimpleMean,
    /// The tariff of the model: base and all additions since, weighted by the trade of the base year.
    TradeWeighted,
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
    /// Every definition, in the order of a card.
    pub const ALL: [Self; 9] = [
        Self::HeadlineAddOn,
        Self::StatutoryAddOn,
        Self::Statutory,
        Self::SimpleMean,
        Self::TradeWeighted,
        Self::Base,
        Self::EffectiveAfterSubstitution,
        Self::Collected,
        Self::Coverage,
    ];

    /// The definition of a name, written with spaces or hyphens.
    pub fn named(name: &str) -> Option<Self> {
        let plain = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
        Self::ALL.into_iter().find(|definition| plain(&definition.to_string()) == plain(name))
    }

    /// The rates it may be told from with the fewest steps, the nearest first.
    const fn told_from(self) -> &'static [Self] {
        match self {
            Self::HeadlineAddOn | Self::Coverage => &[],
            Self::StatutoryAddOn => &[Self::HeadlineAddOn],
            Self::Statutory => &[Self::StatutoryAddOn],
            Self::SimpleMean => &[Self::Statutory, Self::TradeWeighted],
            Self::TradeWeighted => &[Self::Statutory, Self::StatutoryAddOn],
            Self::Base | Self::EffectiveAfterSubstitution => &[Self::TradeWeighted],
            Self::Collected => &[Self::Base],
        }
    }

    /// One sentence for a reader.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::HeadlineAddOn => "the sum of the duties on all goods, on goods that pay them in full",
            Self::Statutory => "what the law sets line by line: ordinary duty and every addition",
            Self::TradeWeighted => {
                "what was charged in the base year and additions since, by trade in the base year"
            }
            Self::SimpleMean => "ordinary duty and additions, each line or sector counted once",
            Self::StatutoryAddOn => "every addition to the ordinary duty",
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
            Self::Statutory => "statutory",
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

    /// The steps from the headline to one rate.
    fn walk(&self, to: Definition) -> Option<Vec<BridgeStep>> {
        if let Some(law) = &self.law {
            return self.walk_the_law(law, to);
        }
        let rate = |definition| self.rate(definition);
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
            Definition::Statutory | Definition::Coverage => return None,
        })
    }

    /// The same where the layers of the law are known: each layer is a step.
    fn walk_the_law(&self, law: &Law, to: Definition) -> Option<Vec<BridgeStep>> {
        let rate = |definition| self.rate(definition);
        let weighted = rate(Definition::TradeWeighted)?;
        let mut steps = Vec::new();
        let add = |steps: &mut Vec<BridgeStep>, reason: String, points: f64| {
            if points.abs() > 1e-9 {
                steps.push(BridgeStep { reason, points });
            }
        };
        for layer in law.layers.iter().filter(|layer| !layer.is_ordinary()) {
            match layer.headline_pp {
                Some(full) => {
                    add(&mut steps, format!("goods outside the {}", layer.name), layer.by_imports - full);
                }
                None => add(&mut steps, format!("{}, on listed goods", layer.name), layer.by_imports),
            }
        }
        let with = |more: &[(&str, f64)]| {
            let mut all = steps.clone();
            more.iter().for_each(|(reason, points)| add(&mut all, (*reason).to_string(), *points));
            all
        };
        let statutory = rate(Definition::Statutory);
        let (add_on, base) = (rate(Definition::StatutoryAddOn)?, rate(Definition::Base)?);
        let ordinary = ("ordinary duty", statutory.unwrap_or(add_on) - add_on);
        let by_imports = self.model_by_imports?;
        let to_model = match statutory {
            Some(statutory) => [
                ordinary,
                (
                    "what was collected in the base year in place of the law of that year: exclusions, quotas, \
                     preferences",
                    by_imports - statutory,
                ),
                ("trade of the base year by sector in place of imports by line", weighted - by_imports),
            ],
            None => [
                ("what was charged before these duties", base),
                ("what of them the base year already held", weighted - base - add_on),
                ("", 0.0),
            ],
        };
        let [first, second, third] = to_model;
        let model = |last: &[(&'static str, f64)]| [&[first, second, third], last].concat();
        Some(match to {
            Definition::HeadlineAddOn => vec![],
            Definition::StatutoryAddOn => with(&[]),
            Definition::Statutory => with(&[ordinary]),
            Definition::SimpleMean => match statutory {
                Some(statutory) => {
                    let once = ("each line counted once, not by its imports", rate(to)? - statutory);
                    with(&[ordinary, once])
                }
                None => with(&model(&[("each sector counted once, not by its trade", rate(to)? - weighted)])),
            },
            Definition::TradeWeighted => with(&model(&[])),
            Definition::Base => with(&model(&[("every addition since the base year", base - weighted)])),
            Definition::EffectiveAfterSubstitution => {
                with(&model(&[("buyers turn away from what pays most", rate(to)? - weighted)]))
            }
            Definition::Collected => with(&model(&[
                ("every addition since the base year", base - weighted),
                ("imports of the year of collection as weights", rate(to)? - base),
            ])),
            Definition::Coverage => return None,
        })
    }
}

fn step(reason: &str, points: f64) -> BridgeStep {
    BridgeStep { reason: reason.into(), points }
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
    use crate::Layer;

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
    fn a_definition_is_known_by_its_name() {
        for definition in Definition::ALL {
            assert_eq!(Definition::named(&definition.to_string().replace(' ', "-")), Some(definition));
        }
        assert_eq!(Definition::named("weighted"), None);
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
