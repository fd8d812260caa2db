//! Controls on exports and dealings, by item or by person.

use serde::Serialize;
use terms::{Confidence, Country, Instant, Line};

use crate::headline::Suspended;
use crate::model::{Control, ControlItem, Measure, Policy, Reach};
use crate::stamp::{ActBrief, Stamp};
use crate::{Clocks, Ledger, MeasureId, Standing};

/// A control as it stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ControlView {
    /// The control.
    pub control: MeasureId,
    /// What it is.
    pub title: String,
    /// The instrument.
    pub instrument: String,
    /// Who issued it.
    pub issuer: Country,
    /// Whose buyers are meant; empty: all.
    pub target: Vec<Country>,
    /// Which items.
    pub items: Vec<ControlItem>,
    /// Which persons.
    pub persons: Vec<String>,
    /// How far it reaches.
    pub reach: Vec<Reach>,
    /// What is decided on asking.
    pub policy: Policy,
    /// How it stands; none: not in force on that day.
    pub standing: Option<Standing>,
    /// Since when it stands so; where it has not begun, none.
    pub since: Option<Stamp>,
    /// Where it has not begun: when it will, as known.
    pub begins: Option<Stamp>,
    /// When that changes, as known.
    pub until: Option<Stamp>,
    /// What of it stands still.
    pub suspended: Vec<Suspended>,
    /// The acts behind it, in the order of their words.
    pub acts: Vec<ActBrief>,
    /// Remarks.
    pub note: Option<String>,
    /// How well it is supported.
    pub confidence: Confidence,
}

impl Ledger {
    /// Controls whose items, persons, name or codes hold `asked` (an item, an entity, a tariff line; empty: all),
    /// known and not ended: in force, standing still, or still to begin.
    pub fn controls(&self, asked: &str, at: Clocks) -> Vec<ControlView> {
        let controls = self.measures().filter_map(|measure| Some((measure, measure.control.as_ref()?)));
        controls
            .filter(|(measure, control)| speaks_of(measure, control, asked))
            .filter_map(|(measure, control)| self.control_view(measure, control, at))
            .collect()
    }

    fn control_view(&self, measure: &Measure, control: &Control, at: Clocks) -> Option<ControlView> {
        let clock = measure.importer.as_str();
        let versions = self.versions(&measure.id, at.known, at.view);
        let made = self.act(measure.made_by.as_str())?;
        let now = versions.iter().find(|version| version.during.holds(at.on));
        let next: Option<Instant> = versions.iter().map(|v| v.during.from).find(|from| *from > at.on);
        let never_dated = versions.is_empty() && made.published <= at.known;
        if now.is_none() && next.is_none() && !never_dated {
            return None;
        }
        let version = now.or(versions.first());
        let acts = version.map(|version| {
            let still = version.suspended.iter().flat_map(|still| still.acts.iter());
            self.briefs(version.acts.iter().chain(still))
        });
        Some(ControlView {
            control: measure.id.clone(),
            title: measure.title.clone(),
            instrument: control.instrument.clone(),
            issuer: measure.importer.clone(),
            target: control.target.clone(),
            items: control.items.clone(),
            persons: control.persons.clone(),
            reach: control.reach.clone(),
            policy: control.policy,
            standing: now.map(crate::Version::standing),
            since: now.map(|version| self.stamp(clock, version.during.from)),
            begins: now.is_none().then_some(next).flatten().map(|next| self.stamp(clock, next)),
            until: now.and_then(|version| version.during.until).map(|until| self.stamp(clock, until)),
            suspended: now
                .map(|v| v.suspended.iter().map(|still| self.suspended(clock, still)).collect())
                .unwrap_or_default(),
            acts: acts.unwrap_or_else(|| vec![self.brief_of(made)]),
            note: measure.note.clone(),
            confidence: measure.confidence,
        })
    }
}

fn speaks_of(measure: &Measure, control: &Control, asked: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace('-', " ");
    let asked_plain = plain(asked.trim());
    if let Ok(line) = asked.trim().parse::<Line>() {
        let codes = control.items.iter().flat_map(|item| &item.codes);
        let lines = codes.filter_map(|code| code.parse::<Line>().ok());
        return lines.into_iter().any(|code| code.covers(line) || line.covers(code));
    }
    let items = control.items.iter().flat_map(|item| [Some(item.text.as_str()), item.number.as_deref()]);
    let words = items.flatten().chain(control.persons.iter().map(String::as_str));
    let names = [measure.id.as_str(), measure.title.as_str(), control.instrument.as_str()];
    words.chain(names).any(|word| plain(word).contains(&asked_plain))
}
