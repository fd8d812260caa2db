//! The walk from the headline to each rate: what is not reached, what was there before, how it is weighted.

use crate::Law;
use crate::rate_card::{BridgeStep, Definition, RateCard};

impl RateCard {
    /// The steps from the headline to one rate.
    pub(super) fn walk(&self, to: Definition) -> Option<Vec<BridgeStep>> {
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
