//! A fact the law asks for and a shipment does not state.

use ledger::Clock;
use rust_decimal::Decimal;
use terms::{Country, Instant};

use crate::Facts;
use crate::facts::Parcel;

/// A fact that is not stated, with what would meet the law's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenFact<'b> {
    /// The fact's key, as `--fact` takes it.
    pub key: &'static str,
    /// What would meet it.
    pub wanted: Wanted<'b>,
}

/// What would meet a question of the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'b> {
    /// A moment before this one.
    Before(Instant),
    /// This word.
    Word(&'b str),
    /// This share of value.
    Share(Decimal),
}

impl OpenFact<'_> {
    /// The value as `--fact` takes it, on the importer's clock.
    pub fn value(&self, clock: &Clock) -> String {
        match self.wanted {
            Wanted::Before(limit) => {
                let day = clock.day_of(limit);
                day.yesterday().unwrap_or(day).to_string()
            }
            Wanted::Word(word) => word.to_string(),
            Wanted::Share(share) => format!("{}%", (share * Decimal::ONE_HUNDRED).normalize()),
        }
    }
}

impl Facts {
    /// The same facts with one more, which a shipment could have stated.
    #[must_use]
    pub fn with(&self, open: &OpenFact<'_>) -> Self {
        let mut facts = self.clone();
        let day = || match open.wanted {
            // An hour before is a day before for every text that asks for days.
            Wanted::Before(limit) => limit.checked_sub(jiff::SignedDuration::from_hours(1)).ok(),
            _ => None,
        };
        let word = || match open.wanted {
            Wanted::Word(word) => Some(word.to_string()),
            _ => None,
        };
        match open.key {
            "loaded" => facts.loaded = day(),
            "exported" => facts.exported = day(),
            "contract" => facts.contract = day(),
            "preference" => facts.preference = word(),
            "use" => facts.end_use = word(),
            "part" => facts.part = word(),
            "document" => facts.document = word(),
            "smelted" => facts.smelted = word().map(Country::new),
            "technical" => facts.technical = word(),
            "exclusion" => facts.exclusion = word(),
            "quota" => facts.quota = word(),
            "excluded-on-application" => facts.excluded_on_application = Some(true),
            "parcel" => {
                facts.parcel = word().map(|by| Parcel { by, value_usd: Decimal::ONE_HUNDRED });
            }
            key => {
                if let (Some(material), Wanted::Share(share)) = (key.strip_prefix("content."), open.wanted) {
                    facts.content.insert(material.to_string(), share);
                }
            }
        }
        facts
    }
}
