//! The names of rates, and what each measures.

use std::fmt;

use serde::Serialize;

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
    pub(super) const fn told_from(self) -> &'static [Self] {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_known_by_its_name() {
        for definition in Definition::ALL {
            assert_eq!(Definition::named(&definition.to_string().replace(' ', "-")), Some(definition));
        }
        assert_eq!(Definition::named("weighted"), None);
    }
}
