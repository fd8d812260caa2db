//! How the page writes a number, a date, a name or a sentence.

use scenario::{Claim, Cost, Direction, TimelineEvent};
use serde_json::Value;
use terms::{Confidence, Country, Day};

use super::Page;
use crate::data::data_address;
use crate::figures::{self, Exhibit};
use crate::rounding::{change_pct, fixed, level_pct, residual, short, signed};
use crate::{sentence, text};

impl Page<'_> {
    pub(super) fn date(&self, day: &Day) -> String {
        sentence::date(*day)
    }

    pub(super) fn day(&self, day: &Day) -> String {
        day.strftime("%-d %b %Y").to_string()
    }

    pub(super) fn whose(&self, code: &Country) -> String {
        sentence::adjective_of(&self.brief.account, code)
    }

    pub(super) fn who(&self, codes: &str) -> String {
        sentence::capital(&sentence::adjectives(&self.brief.account, codes))
    }

    pub(super) fn name(&self, code: &Country) -> String {
        sentence::capital(&sentence::name_of(&self.brief.account, code)).trim_start_matches("The ").to_owned()
    }

    pub(super) fn direction(&self, direction: &Direction) -> String {
        sentence::direction(&self.brief.account, direction)
    }

    /// `first`, `second` or nothing: the colour of a code.
    pub(super) fn side(&self, code: &str) -> &'static str {
        match figures::party_of(&self.brief.account, code) {
            Some(0) => "first",
            Some(_) => "second",
            None => "",
        }
    }

    pub(super) fn later(&self, direction: &Direction) -> Option<String> {
        sentence::later(direction)
    }

    pub(super) fn points(&self, value: &f64) -> String {
        if value.is_nan() { "–".into() } else { short(*value) }
    }

    /// `30 / 10`.
    pub(super) fn pair(&self, cost: &Cost) -> String {
        sentence::headlines_of(cost).replace(" and ", " / ")
    }

    pub(super) fn rates(&self, cost: &Cost) -> String {
        sentence::headlines_of(cost)
    }

    pub(super) fn level(&self, value: &Option<f64>) -> String {
        value.map_or_else(|| "–".into(), level_pct)
    }

    pub(super) fn change(&self, value: &f64) -> String {
        change_pct(*value)
    }

    pub(super) fn residual(&self, value: &f64) -> String {
        residual(*value)
    }

    /// A share of a month's income: small, so three digits.
    pub(super) fn fine(&self, value: &f64) -> String {
        format!("{} %", signed(*value, 3))
    }

    pub(super) fn months(&self, count: &f64) -> String {
        if *count == 1.0 { "one month".into() } else { format!("{} months", short(*count)) }
    }

    pub(super) fn weight(&self, value: &f64) -> String {
        fixed(*value, 2)
    }

    pub(super) fn capital(&self, text: &str) -> String {
        sentence::capital(text)
    }

    pub(super) fn days(&self, count: &i64) -> String {
        sentence::days(*count)
    }

    pub(super) fn stop(&self, text: &str) -> String {
        let text = text.trim_end_matches('.');
        if text.is_empty() { String::new() } else { format!("{}.", sentence::capital(text)) }
    }

    pub(super) fn speaker(&self, claim: &Claim) -> String {
        text::speaker(&self.brief.account, claim)
    }

    pub(super) fn address(&self, exhibit: &Exhibit) -> String {
        data_address("text/csv", &exhibit.csv())
    }

    pub(super) fn lane(&self, event: &TimelineEvent) -> &'static str {
        figures::lane_name(event.lane)
    }

    pub(super) fn support(&self, confidence: &Confidence) -> String {
        match confidence {
            Confidence::High => String::new(),
            other => format!("support: {other}"),
        }
    }

    pub(super) fn sentences_of_costs(&self) -> Vec<String> {
        let Some(cost) = self.brief.costs.first() else { return Vec::new() };
        let mut said = vec![sentence::cost(&self.brief.account, cost).join(" ")];
        said.extend(sentence::bystanders(&self.brief.account, cost, 4));
        said
    }

    /// The change of one country's real income under one pair of policies.
    pub(super) fn income(&self, cost: &Cost, code: &Country) -> String {
        let row = cost.countries.iter().find(|row| row.country == *code);
        row.map_or_else(|| "–".into(), |row| signed(row.real_income_pct, 2))
    }

    pub(super) fn hundredths(&self, value: &f64) -> String {
        signed(*value, 2)
    }

    pub(super) fn whole(&self, value: &f64) -> String {
        signed(*value, 0)
    }

    pub(super) fn sentences_of_payoffs(&self) -> Vec<String> {
        sentence::payoffs(&self.brief.account, &self.brief.payoffs)
    }

    pub(super) fn sentences_of_truce(&self) -> Vec<String> {
        self.brief
            .self_enforcement
            .as_ref()
            .map(|of| sentence::self_enforcement(self.brief, of))
            .unwrap_or_default()
    }

    pub(super) fn sentences_of_replies(&self) -> Vec<String> {
        let of = self.brief.headlines.as_ref();
        of.map(|game| sentence::headline_replies(&self.brief.account, game)).unwrap_or_default()
    }

    pub(super) fn sentences_of_talks(&self) -> Vec<String> {
        let of = self.brief.headlines.as_ref();
        of.map(|game| sentence::headline_talks(&self.brief.account, game)).unwrap_or_default()
    }

    pub(super) fn sentence_of_months(&self) -> String {
        let of = self.brief.months.as_ref();
        of.map(|played| sentence::months_played(&self.brief.account, played)).unwrap_or_default()
    }

    /// A setting of the manifest, as a command line holds it: words without quotes, lists with commas.
    pub(super) fn setting(&self, value: &Value) -> String {
        match value {
            Value::String(word) => word.clone(),
            Value::Array(list) => list.iter().map(|value| self.setting(value)).collect::<Vec<_>>().join(", "),
            other => other.to_string(),
        }
    }

    pub(super) fn known(&self) -> String {
        sentence::capital(&sentence::known(&self.brief.account))
    }

    pub(super) fn cited(&self, act: &str, citation: &str) -> String {
        sentence::cited(act, citation)
    }
}
