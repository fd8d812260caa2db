//! What is known of one shipment beyond its line and its origin.
//!
//! Written `KEY=VALUE`. A fact left out is unknown: the default of the law holds, and the answer lists the
//! fact where it would change the sum.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::{Diagnostic, Faults, Source, help_nearest};
use ledger::{Clock, Goods, Ledger, MeasureKind, Part, Piece, View};
use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Country, Instant, Points};

use crate::Schedules;

/// Facts of a shipment.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    /// When it was loaded on the final vessel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loaded: Option<Instant>,
    /// When it was exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exported: Option<Instant>,
    /// When the contract was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contract: Option<Instant>,
    /// The preference claimed, such as `USMCA`; `none` where it is known that none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preference: Option<String>,
    /// Shares of value by content: `steel`, `aluminium`, `copper`, `us`; `abroad` is what was
    /// added abroad to goods that went out and came back.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub content: BTreeMap<String, Decimal>,
    /// What the goods are for.
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub end_use: Option<String>,
    /// Which described part of their line they are; `other` for none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The exclusion claimed, by its heading; `none` where none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<String>,
    /// `inside` or `outside`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quota: Option<String>,
    /// The technical test passed, such as `note-39`; `none` where none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub technical: Option<String>,
    /// A small parcel: how it comes, and its value in US dollars.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parcel: Option<Parcel>,
    /// Whether the goods were excluded on application (Chinese duties of 2018-19).
    #[serde(rename = "excluded-on-application", skip_serializing_if = "Option::is_none")]
    pub excluded_on_application: Option<bool>,
    /// The country where the metal inside was smelted or cast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smelted: Option<Country>,
    /// A document or claim the goods come with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
}

/// A small parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parcel {
    /// `courier` or `postal`.
    pub by: String,
    /// Its value in US dollars.
    pub value_usd: Decimal,
}

/// Every key with the form of its value.
pub const KEYS: [(&str, &str); 18] = [
    ("loaded", "a date, such as `2025-04-04`"),
    ("exported", "a date, such as `2019-05-09`"),
    ("contract", "a date, such as `2024-05-13`"),
    ("preference", "`USMCA`, `KORUS`, `AUSFTA`, … or `none`"),
    ("content.steel", "per cent of value, such as `50%`"),
    ("content.aluminium", "per cent of value, such as `50%`"),
    ("content.copper", "per cent of value, such as `50%`"),
    ("content.us", "per cent of value, such as `25%`"),
    ("content.abroad", "per cent of value added abroad, for goods entered under 9802.00.40 to .80"),
    ("use", "`vehicle`, `passenger-car`, `kitchen-cabinet`, `veterinary`, … or `other`"),
    ("part", "the name of a described part, such as `sts-crane`, or `other`"),
    ("exclusion", "the heading claimed, such as `9903.88.69`, or `none`"),
    ("quota", "`inside` or `outside`"),
    ("technical", "`note-39` or `none`"),
    ("parcel", "`courier:500USD` or `postal:500USD`"),
    ("excluded-on-application", "`yes` or `no`"),
    ("smelted", "the country where the metal was smelted or cast, such as `RUS`"),
    ("document", "a word for the document, such as `certificate-of-origin`"),
];

const USES: [&str; 16] = [
    "vehicle",
    "passenger-car",
    "light-truck",
    "heavy-vehicle",
    "bus",
    "kitchen-cabinet",
    "furniture",
    "veterinary",
    "pharmaceutical",
    "civil-aircraft",
    "data-centre",
    "research",
    "repair",
    "informational",
    "donation",
    "other",
];

impl Facts {
    /// Reads facts written `KEY=VALUE`, all faults together. Dates are days on the importer's clock; words are
    /// those the ledger's own texts and schedules ask for.
    ///
    /// # Errors
    /// `unknown-fact`, `bad-fact`, `duplicate-fact`.
    pub fn read<'t>(
        facts: impl IntoIterator<Item = &'t str>,
        ledger: &Ledger,
        schedules: &Schedules,
        importer: &str,
    ) -> Result<Self, Faults> {
        let facts: Vec<&str> = facts.into_iter().collect();
        let clock = ledger.clock(importer);
        let words = if facts.is_empty() { Words::default() } else { Words::of(ledger, schedules) };
        let mut read = Self::default();
        let mut faults = Faults::new();
        let mut seen: Vec<&str> = Vec::new();
        for fact in facts {
            let source = Source::new("--fact", fact);
            let Some((key, value)) = fact.split_once('=') else {
                faults.push(
                    Diagnostic::error("bad-fact", format!("`{fact}` is no fact"))
                        .at(source.at(0..fact.len()), "no `=` in it")
                        .help("write `KEY=VALUE`, such as `loaded=2025-04-04`"),
                );
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            if seen.contains(&key) {
                faults.push(
                    Diagnostic::error("duplicate-fact", format!("`{key}` is stated twice"))
                        .at(source.at(0..fact.len()), "the second"),
                );
            }
            seen.push(key);
            match read.set(key, value, &clock, &words) {
                Ok(()) => {}
                Err(Fault::Key) => faults.push(
                    Diagnostic::error("unknown-fact", format!("`{key}` is no fact of a shipment"))
                        .at(source.at(0..key.len()), "no fact has this name")
                        .help(near_key(key)),
                ),
                Err(Fault::Value(near)) => {
                    let form = KEYS.iter().find(|(known, _)| *known == key).map_or("", |(_, form)| *form);
                    faults.push(
                        Diagnostic::error("bad-fact", format!("`{value}` is no value of `{key}`"))
                            .at(source.at(fact.len() - value.len()..fact.len()), format!("write {form}"))
                            .help_if(near),
                    );
                }
            }
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }

    fn set(&mut self, key: &str, value: &str, clock: &Clock, words: &Words) -> Result<(), Fault> {
        let day = || clock.read(value).map_err(|error| Fault::Value(Some(error.to_string())));
        match key {
            "loaded" => self.loaded = Some(day()?),
            "exported" => self.exported = Some(day()?),
            "contract" => self.contract = Some(day()?),
            "preference" => self.preference = Some(words.one(&words.preferences, &["none"], value)?),
            "use" => self.end_use = Some(words.one(&words.uses, &USES, value)?),
            "part" => self.part = Some(words.one(&words.parts, &["other"], value)?),
            "smelted" => self.smelted = Some(Country::new(words.one(&words.countries, &[], value)?)),
            "document" => self.document = Some(words.one(&words.documents, &["none"], value)?),
            "technical" => self.technical = Some(words.one(&words.tests, &["none"], value)?),
            "exclusion" => self.exclusion = Some(words.one(&words.exclusions, &["none"], value)?),
            "quota" => self.quota = Some(one_of(value, &["inside", "outside"])?),
            "excluded-on-application" => {
                self.excluded_on_application = Some(one_of(value, &["yes", "no"])? == "yes");
            }
            "parcel" => self.parcel = Some(parcel(value)?),
            _ => {
                let material = key.strip_prefix("content.").ok_or(Fault::Key)?;
                let material = if material == "aluminum" { "aluminium" } else { material };
                if !["steel", "aluminium", "copper", "us", "abroad"].contains(&material) {
                    return Err(Fault::Key);
                }
                self.content.insert(material.to_string(), share(value)?);
            }
        }
        Ok(())
    }

    /// The share of value of one material, where it is known.
    pub fn share_of(&self, material: &str) -> Option<Decimal> {
        self.content.get(material).copied()
    }

    /// Whether the goods are the part `name` of their line, pass its test, or are for the use it names; none
    /// where no fact speaks of it.
    pub fn are_part(&self, name: &str, test: Option<&str>) -> Option<bool> {
        let test = test.unwrap_or(name);
        let by_use = self.end_use.as_deref().map(|end_use| same_use(end_use, name));
        let by_test = self.technical.as_deref().map(|passed| passed == test || passed == name);
        let by_part = self.part.as_deref().map(|part| part == name);
        [by_part, by_test, by_use].into_iter().flatten().reduce(|a, b| a || b)
    }
}

/// Whether goods for one use are goods for another: a passenger car is a vehicle.
pub(crate) fn same_use(stated: &str, meant: &str) -> bool {
    stated == meant || (meant == "vehicle" && matches!(stated, "passenger-car" | "light-truck"))
}

/// Whether a word is the name of a use.
pub(crate) fn is_use(word: &str) -> bool {
    USES.contains(&word)
}

impl Parcel {
    /// Whether it is small (to 800 US dollars, 19 U.S.C. 1321) and of a kind: `de-minimis` is every small parcel,
    /// `postal` and `courier` those that come so.
    pub(crate) fn fits(&self, kind: &str) -> bool {
        self.value_usd <= Decimal::from(800) && (kind == "de-minimis" || kind == self.by)
    }
}

/// The words that the texts and schedules of a ledger ask for.
#[derive(Default)]
struct Words {
    uses: BTreeSet<String>,
    parts: BTreeSet<String>,
    documents: BTreeSet<String>,
    tests: BTreeSet<String>,
    exclusions: BTreeSet<String>,
    preferences: BTreeSet<String>,
    countries: BTreeSet<String>,
}

impl Words {
    fn of(ledger: &Ledger, schedules: &Schedules) -> Self {
        let mut words = Self::default();
        words.countries.extend(ledger.areas().countries().map(ToString::to_string));
        let named = schedules.values().flat_map(|schedule| &schedule.preferences);
        words.preferences.extend(named.map(|preference| preference.name.clone()));
        for entry in ledger.lists().flat_map(|list| &list.entries) {
            entry.part.iter().for_each(|part| words.part(part));
        }
        for (id, versions) in &ledger.timetable(Instant::MAX, View::Printed).rows {
            let excludes =
                ledger.measure(id.as_str()).is_some_and(|measure| measure.kind == MeasureKind::Exclusion);
            for terms in versions.iter().map(|version| &version.terms) {
                words.exclusions.extend(terms.heading.iter().filter(|_| excludes).cloned());
                words.goods(&terms.goods);
                for exception in terms.except.iter().chain(&terms.only) {
                    words.uses.extend(exception.end_use.clone());
                    words.preferences.extend(exception.preference.clone());
                    words.parts.extend(exception.part.clone());
                    words.documents.extend(exception.document.clone());
                    exception.goods.iter().for_each(|goods| words.goods(goods));
                }
            }
        }
        words
    }

    fn goods(&mut self, goods: &Goods) {
        for piece in goods.take.iter().chain(&goods.leave) {
            if let Piece::Line { part: Some(part), .. } = piece {
                self.part(part);
            }
        }
    }

    fn part(&mut self, part: &Part) {
        self.parts.insert(part.name.clone());
        self.tests.extend(part.test.clone());
    }

    /// The word of the ledger, or of those always known, that `value` is.
    fn one(&self, asked: &BTreeSet<String>, always: &[&str], value: &str) -> Result<String, Fault> {
        let known: Vec<&str> = asked.iter().map(String::as_str).chain(always.iter().copied()).collect();
        one_of(value, &known)
    }
}

/// The keys nearest to one that is none; of a content, all contents.
fn near_key(key: &str) -> String {
    let keys: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    if key.starts_with("content") {
        let contents: Vec<&str> = keys.into_iter().filter(|key| key.starts_with("content.")).collect();
        return format!("the contents are {}", contents.join(", "));
    }
    help_nearest(key, keys.iter().copied()).unwrap_or_else(|| format!("the facts are {}", keys.join(", ")))
}

enum Fault {
    Key,
    Value(Option<String>),
}

fn one_of(value: &str, known: &[&str]) -> Result<String, Fault> {
    match known.iter().find(|word| word.eq_ignore_ascii_case(value)) {
        Some(word) => Ok((*word).to_string()),
        None => Err(Fault::Value(near(value, known))),
    }
}

/// The words nearest to one that is none of them; where none is near, the first of them all.
fn near(value: &str, known: &[&str]) -> Option<String> {
    const SHOWN: usize = 16;
    let all = || {
        let more = known.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let first: Vec<&str> = known.iter().copied().take(SHOWN).collect();
        format!("one of {}{more}", first.join(", "))
    };
    help_nearest(value, known.iter().copied()).or_else(|| (!known.is_empty()).then(all))
}

fn share(value: &str) -> Result<Decimal, Fault> {
    let points: Points =
        value.parse().map_err(|_| Fault::Value(Some("per cent of value, with the sign".into())))?;
    let share = points.decimal() / Decimal::ONE_HUNDRED;
    if share < Decimal::ZERO || share > Decimal::ONE {
        return Err(Fault::Value(Some("a share of value lies between 0% and 100%".into())));
    }
    Ok(share)
}

fn parcel(value: &str) -> Result<Parcel, Fault> {
    let (by, amount) = value.split_once(':').ok_or(Fault::Value(None))?;
    let by = one_of(by, &["courier", "postal"])?;
    let amount = amount.strip_suffix("USD").ok_or(Fault::Value(None))?;
    let value_usd: Decimal = amount.trim().parse().map_err(|_| Fault::Value(None))?;
    if value_usd < Decimal::ZERO { Err(Fault::Value(None)) } else { Ok(Parcel { by, value_usd }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(facts: &[&str]) -> Result<Facts, Faults> {
        let text = "schedule USA HTSUS\npreference\tUSMCA\tS\tCAN MEX\n";
        let schedule = crate::Schedule::read(&Source::new("usa.schedule", text)).unwrap();
        let schedules = Schedules::from([(schedule.importer.clone(), schedule)]);
        Facts::read(facts.iter().copied(), &Ledger::default(), &schedules, "USA")
    }

    #[test]
    fn facts_are_read_by_key() {
        let facts =
            read(&["content.us=25%", "preference=usmca", "parcel=postal:500USD", "use=passenger-car"]);
        let facts = facts.unwrap();
        assert_eq!(facts.share_of("us"), Some(Decimal::new(25, 2)));
        assert_eq!(facts.preference.as_deref(), Some("USMCA"));
        assert_eq!(facts.are_part("vehicle", None), Some(true));
        assert_eq!(facts.are_part("kitchen-cabinet", None), Some(false));
        assert_eq!(Facts::default().are_part("vehicle", None), None);
    }

    #[test]
    fn unknown_keys_and_values_are_named_together_with_near_ones() {
        let faults =
            read(&["loadd=2025-04-04", "preference=USMC", "content.us=25", "quota=in", "x"]).unwrap_err();
        assert_eq!(faults.len(), 5);
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(said[0].contains("loaded"), "{}", said[0]);
        assert!(said[1].contains("USMCA"), "{}", said[1]);
        assert!(said[2].contains("per cent"), "{}", said[2]);
        assert!(said[3].contains("inside"), "{}", said[3]);
        assert!(said[4].contains("KEY=VALUE"), "{}", said[4]);
    }
}
