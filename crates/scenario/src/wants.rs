//! What governments want, from the words of a question to the weights of the strategy room.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use serde_json::json;
use strategy::Objective;
use terms::Country;

use crate::settings::{Told, settings};

/// Real income, unless said otherwise.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wants {
    /// Whether governments weigh sectors as the economy's `weights` say.
    pub political: bool,
    /// What a dollar of revenue counts beyond its place in incomes.
    pub revenue: Vec<RevenueWeight>,
}

/// What a dollar of revenue counts to a government beyond its place in incomes.
#[derive(Debug, Clone, PartialEq)]
pub struct RevenueWeight {
    /// Whose; none: everyone's who is not named.
    pub country: Option<Country>,
    /// ρ: 0.5 makes a dollar of duties worth half a dollar more than a dollar of income.
    pub weight: f64,
}

impl RevenueWeight {
    /// Reads `0.5`, or `USA=0.5,CHN=0.1`.
    ///
    /// # Errors
    /// `bad-revenue-weight` for each part that is no weight, or that names a government twice.
    pub fn read(text: &str) -> Result<Vec<Self>, Faults> {
        let mut faults = Faults::new();
        let mut found: Vec<Self> = Vec::new();
        for part in text.split(',') {
            let (country, number) = match part.split_once('=') {
                Some((code, number)) => (Some(Country::new(code.trim())), number.trim()),
                None => (None, part.trim()),
            };
            let mut bad = |why: String| {
                faults.push(
                    Diagnostic::error("bad-revenue-weight", why)
                        .help("write a weight for everyone, `0.5`, or one for each, `USA=0.5,CHN=0.1`"),
                );
            };
            match number.parse::<f64>() {
                Ok(weight) if weight.is_finite() && weight >= 0.0 => {
                    if found.iter().any(|other| other.country == country) {
                        let whose = country.map_or_else(|| "everyone".into(), |code| code.to_string());
                        bad(format!("`{text}` gives {whose} two weights on revenue"));
                    } else {
                        found.push(Self { country, weight });
                    }
                }
                _ => bad(format!("`{}` is no weight on revenue: a number of zero or more is", part.trim())),
            }
        }
        faults.or(found)
    }
}

impl Wants {
    /// Whether it is plain real income.
    pub fn is_real_income(&self) -> bool {
        !self.political && self.revenue.iter().all(|of| of.weight == 0.0)
    }

    /// What a manifest says of them.
    pub(crate) fn settings(&self) -> Told {
        let weights = self.revenue.iter().map(|of| match &of.country {
            Some(country) => format!("{country}={}", of.weight),
            None => of.weight.to_string(),
        });
        settings([
            ("political", json!(self.political)),
            ("revenue-weight", json!(weights.collect::<Vec<String>>())),
        ])
    }

    /// The weights in `economy`.
    ///
    /// # Errors
    /// `no-weights` where the economy has no political ones; `unknown-country`.
    pub(crate) fn objective(&self, economy: &Economy) -> Result<Objective, Faults> {
        let (countries, sectors) = (economy.countries().len(), economy.sectors().len());
        let mut faults = Faults::new();
        let sectors_weighed =
            match (self.political, economy.weights()) {
                (false, _) => Objective::real_income(countries, sectors),
                (true, Some(weights)) => Objective::political(weights.weight.clone()),
                (true, None) => {
                    let what = format!("the economy `{}` carries no political weights", economy.name());
                    faults.push(Diagnostic::error("no-weights", what).help(
                        "add the table `weights` (country, sector, weight), or leave `--political` out",
                    ));
                    Objective::real_income(countries, sectors)
                }
            };
        let everyone = self.revenue.iter().find(|of| of.country.is_none()).map_or(0.0, |of| of.weight);
        let mut on_revenue = vec![everyone; countries];
        for of in &self.revenue {
            let Some(code) = &of.country else { continue };
            match economy.country_id(code.as_str()) {
                Some(n) => on_revenue[n.at()] = of.weight,
                None => faults.push(economy.unknown_country(code.as_str())),
            }
        }
        faults.or(sectors_weighed.valuing_revenue(on_revenue))
    }

    /// What governments want, in words.
    pub(crate) fn words(&self) -> String {
        let sectors = if self.political { "incomes of sectors by political weights" } else { "real income" };
        let weights: Vec<String> = self
            .revenue
            .iter()
            .filter(|of| of.weight != 0.0)
            .map(|of| match &of.country {
                None => format!("{} more", of.weight),
                Some(code) => format!("{} more for {code}", of.weight),
            })
            .collect();
        match weights.as_slice() {
            [] => sectors.into(),
            weights => format!("{sectors}, a dollar of revenue counting {}", weights.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]
    use super::*;

    #[test]
    fn a_weight_on_revenue_is_for_everyone_or_for_each() {
        let of = |country: Option<&str>, weight| RevenueWeight { country: country.map(Country::new), weight };
        assert_eq!(RevenueWeight::read("0.5").unwrap(), [of(None, 0.5)]);
        assert_eq!(
            RevenueWeight::read("USA=0.5, CHN=0.1").unwrap(),
            [of(Some("USA"), 0.5), of(Some("CHN"), 0.1)]
        );
    }

    #[test]
    fn all_that_is_wrong_with_weights_is_said_at_once() {
        let faults = RevenueWeight::read("USA=much,CHN=-1,DEU=1,DEU=2").unwrap_err();
        assert_eq!(faults.iter().map(Diagnostic::code).collect::<Vec<_>>(), ["bad-revenue-weight"; 3]);
    }

    #[test]
    fn what_governments_want_reads_as_a_sentence() {
        let wants = |political, text: &str| Wants { political, revenue: RevenueWeight::read(text).unwrap() };
        assert_eq!(Wants::default().words(), "real income");
        assert_eq!(wants(false, "0").words(), "real income");
        assert_eq!(
            wants(true, "USA=0.5").words(),
            "incomes of sectors by political weights, a dollar of revenue counting 0.5 more for USA"
        );
    }
}
