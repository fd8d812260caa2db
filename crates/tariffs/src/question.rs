//! From a question (whose border, whose goods, which line, when, what is known of the shipment) to its answer.

use diagnostic::{Diagnostic, Faults, Source, help_nearest};
use ledger::Duty;
use rust_decimal::Decimal;
use terms::{Confidence, Country, Instant, Line, Points};

use crate::schedule::{Base, Found, ScheduleRow};
use crate::stacking::{Charge, Entry, Fate, OpenFact, Stack};
use crate::why::{Component, Dropped, Open, Why, takes_base_in, total_text};
use crate::{Book, Clash, Facts};

/// The group whose goods pay column 2 of a schedule, in the ledger's areas.
const COLUMN_2: &str = "COL2";

/// A line found in the schedule of the day, with the ordinary duty on it.
struct Placed<'b> {
    line: Line,
    row: Option<&'b ScheduleRow>,
    below: Vec<Line>,
    base: Option<Base>,
    notes: Vec<String>,
}

impl Book<'_> {
    /// The duty on one entry, with its chain of reasons.
    ///
    /// `line` may be shorter than ten digits where only one legal line lies below it.
    ///
    /// # Errors
    /// `unknown-country`, `unknown-line`, `line-moved`, `line-too-short`, `clash`: all faults together.
    pub fn why(
        &self,
        importer: &Country,
        origin: &Country,
        line: Line,
        on: Instant,
        facts: &Facts,
    ) -> Result<Why, Faults> {
        self.known_countries([importer, origin])?;
        let placed = self.placed(importer, origin, line, on, facts)?;
        let base = placed.base.as_ref().and_then(|base| base.points);
        let entry = Entry { importer, origin, line: placed.line, on, base, facts };
        let mut asked: Vec<OpenFact> = Vec::new();
        let mut ask = |fact: OpenFact| {
            if !asked.contains(&fact) {
                asked.push(fact);
            }
        };
        let stack = self.stack(&entry, &mut ask).map_err(|clash| self.clashed(&clash))?;
        let mut why = self.answer(&entry, &placed, &stack)?;
        self.preferences(&entry, &placed, &mut asked);
        why.open_facts = self.open_facts(&entry, &placed, &why, asked);
        self.lines_below(&entry, &placed, &mut why);
        Ok(why)
    }

    fn known_countries(&self, asked: [&Country; 2]) -> Result<(), Faults> {
        let mut faults = Faults::new();
        for country in asked.into_iter().filter(|country| self.border.place(country).is_none()) {
            let source = Source::new("question", country.as_str());
            let known = self.border.countries().map(Country::as_str);
            let help = help_nearest(country.as_str(), known)
                .unwrap_or_else(|| "write an ISO 3166-1 alpha-3 code, such as `CHN`".into());
            faults.push(
                Diagnostic::error("unknown-country", format!("`{country}` is no country of the ledger"))
                    .at(source.at(0..country.as_str().len()), "this code")
                    .help(help),
            );
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// Steps 1 and 2: the line in the edition of the day, and the ordinary duty on it.
    fn placed(
        &self,
        importer: &Country,
        origin: &Country,
        line: Line,
        on: Instant,
        facts: &Facts,
    ) -> Result<Placed<'_>, Faults> {
        let Some(schedule) = self.border.schedules.get(importer) else {
            let notes = vec![format!("the ordinary duties of {importer} are not in the record")];
            return Ok(Placed { line, row: None, below: Vec::new(), base: None, notes });
        };
        let day = self.border.ledger.day(importer.as_str(), on);
        let source = Source::new("question", line.to_string());
        let at = || source.at(0..source.text().len());
        let fault = match schedule.find(line, day) {
            Found::Line { row, line, below } => {
                let column_2 = Country::new(COLUMN_2);
                let pays_column_2 = self.border.ledger.areas().holds(&column_2, origin, on);
                let claimed = facts.preference.as_deref().filter(|claimed| *claimed != "none");
                let base = Base::of(schedule, row, origin, pays_column_2, claimed);
                let mut notes: Vec<String> = base.refused.iter().cloned().collect();
                if schedule.projects_back(day) {
                    let first = schedule.editions.first().map_or("", |edition| edition.name.as_str());
                    notes.push(format!(
                        "no edition of that day is at hand: line, ordinary duty and lists are projected back from {} {first}",
                        schedule.name
                    ));
                }
                return Ok(Placed { line, row: Some(row), below, base: Some(base), notes });
            }
            Found::Several(rows) => {
                let lines: Vec<String> = rows.iter().take(12).map(|row| row.line.to_string()).collect();
                Diagnostic::error("line-too-short", format!("{} legal lines lie below `{line}`", rows.len()))
                    .at(at(), "which of them?")
                    .help(format!("name one of {}", lines.join(", ")))
            }
            Found::Moved(links) => {
                let moved: Vec<String> =
                    links.iter().map(|(line, from)| format!("{line} ({from})")).collect();
                Diagnostic::error("line-moved", format!("`{line}` is not in the edition of {day}"))
                    .at(at(), "of another edition")
                    .help(format!("by the change record its goods are, or were, in {}", moved.join(", ")))
                    .note("nothing is answered for a sibling line")
            }
            Found::Unknown(near) => {
                let near: Vec<String> = near.iter().take(12).map(Line::to_string).collect();
                Diagnostic::error("unknown-line", format!("no edition at hand has `{line}` on {day}"))
                    .at(at(), "not a line of the schedule")
                    .help_if((!near.is_empty()).then(|| format!("near it are {}", near.join(", "))))
            }
        };
        let mut faults = Faults::new();
        faults.push(fault);
        Err(faults)
    }

    fn answer(&self, entry: &Entry<'_>, placed: &Placed<'_>, stack: &Stack<'_>) -> Result<Why, Faults> {
        let ledger = self.border.ledger;
        let zone = ledger.clock(entry.importer.as_str()).zone;
        let charged = || stack.charges.iter().filter(|charge| charge.is_charged());
        let components: Vec<Component> = charged().map(|charge| self.component(charge)).collect();
        let additional = stack.additional();
        let parts: Points = components.iter().map(|component| component.points).sum();
        if parts != additional {
            return Err(self.clashed(&Clash::Sum { parts, total: additional }));
        }
        let mut notes = placed.notes.clone();
        let floor = charged().find(|charge| takes_base_in(&charge.duty) && charge.is_owed());
        let base_text = placed.base.as_ref().map(|base| base.text.clone());
        let base_is_text = entry.base.is_none() && placed.base.is_some();
        if base_is_text && floor.is_some() {
            notes.push(
                "the total takes the ordinary duty in; it is more where that duty is worth more".into(),
            );
        }
        let mut all_ad_valorem = true;
        for charge in charged() {
            match &charge.duty {
                Duty::Unknown => notes.push(format!("the rate of {} is not named yet", charge.measure.id)),
                Duty::Specific(amount) | Duty::Compound(_, amount) => {
                    all_ad_valorem = false;
                    notes.push(format!("{} also charges {amount}", charge.measure.id));
                }
                _ => {}
            }
            if charge.measure.confidence < Confidence::Medium {
                notes.push(format!("{}: {} confidence", charge.measure.id, charge.measure.confidence));
            }
        }
        let text = base_text.clone().unwrap_or_else(|| "the ordinary duty".into());
        let total_pct = match (entry.base, floor) {
            (Some(base), _) => Some(base + additional),
            (None, Some(_)) if base_is_text => Some(additional),
            _ => None,
        };
        Ok(Why {
            importer: entry.importer.clone(),
            origin: entry.origin.clone(),
            line: entry.line.to_string(),
            description: placed.row.map(|row| row.description.to_string()),
            edition: self.edition(entry),
            on: zone.show(entry.on),
            known_on: (self.known < Instant::MAX).then(|| zone.show(self.known)),
            view: self.view,
            base_pct: entry.base,
            base_column: placed.base.as_ref().map(|base| base.column.to_string()),
            total_text: total_text(entry.base, &text, additional, floor.map(|charge| charge.points)),
            base_text,
            additional_pct: all_ad_valorem.then_some(additional),
            total_pct: total_pct.filter(|_| all_ad_valorem),
            components,
            dropped: stack.charges.iter().filter_map(dropped).collect(),
            open_facts: Vec::new(),
            notes,
        })
    }

    fn edition(&self, entry: &Entry<'_>) -> Option<String> {
        let schedule = self.border.schedules.get(entry.importer)?;
        let day = self.border.ledger.day(entry.importer.as_str(), entry.on);
        schedule.edition(day).map(|edition| format!("{} {}", schedule.name, edition.name))
    }

    fn component(&self, charge: &Charge<'_>) -> Component {
        let act = self.border.ledger.act(charge.version.act.as_str());
        Component {
            measure: charge.measure.id.to_string(),
            title: charge.measure.title.clone(),
            programme: charge.measure.programme.clone(),
            points: charge.points,
            rate: charge.duty.to_string(),
            share_pct: Points::new((charge.share * Decimal::ONE_HUNDRED).normalize()),
            heading: charge.heading.map(str::to_string),
            act: charge.version.act.to_string(),
            citation: act.map_or_else(String::new, |act| act.citation.to_string()),
            confidence: charge.measure.confidence,
        }
    }

    /// Preferences that would lower the ordinary duty are facts too.
    fn preferences(&self, entry: &Entry<'_>, placed: &Placed<'_>, asked: &mut Vec<OpenFact>) {
        let (Some(schedule), Some(row)) = (self.border.schedules.get(entry.importer), placed.row) else {
            return;
        };
        if entry.facts.preference.is_some() || entry.base == Some(Points::ZERO) {
            return;
        }
        for preference in schedule.preferences.iter().filter(|p| p.countries.contains(entry.origin)) {
            let fact = ("preference", preference.name.clone());
            if Base::allows(row, preference) && !asked.contains(&fact) {
                asked.push(fact);
            }
        }
    }

    /// Each open fact is tried alone; those that leave the total as it is are no news.
    fn open_facts(
        &self,
        entry: &Entry<'_>,
        placed: &Placed<'_>,
        why: &Why,
        asked: Vec<OpenFact>,
    ) -> Vec<Open> {
        let mut open = Vec::new();
        for (key, value) in asked {
            let Some(facts) =
                entry.facts.and(key, &value, &self.border.ledger.clock(entry.importer.as_str()))
            else {
                continue;
            };
            let Ok(placed) = self.placed(entry.importer, entry.origin, placed.line, entry.on, &facts) else {
                continue;
            };
            let base = placed.base.as_ref().and_then(|base| base.points);
            let other = Entry { base, facts: &facts, ..*entry };
            let Ok(stack) = self.stack(&other, &mut |_| {}) else { continue };
            let Ok(answer) = self.answer(&other, &placed, &stack) else { continue };
            if answer.total_text != why.total_text {
                let text = format!("{key}={value} gives {}", answer.total_text);
                open.push(Open { key: key.into(), value, total_pct: answer.total_pct, text });
            }
        }
        open
    }

    /// Statistical lines below a short code that pay something else are named, never answered for.
    fn lines_below(&self, entry: &Entry<'_>, placed: &Placed<'_>, why: &mut Why) {
        for line in &placed.below {
            let entry = Entry { line: *line, ..*entry };
            let Ok(stack) = self.stack(&entry, &mut |_| {}) else { continue };
            let Ok(answer) = self.answer(&entry, placed, &stack) else { continue };
            if answer.total_text != why.total_text {
                let text = format!("line={line} pays {}", answer.total_text);
                why.open_facts.push(Open {
                    key: "line".into(),
                    value: line.to_string(),
                    total_pct: answer.total_pct,
                    text,
                });
            }
        }
    }

    fn clashed(&self, clash: &Clash) -> Faults {
        let mut fault = Diagnostic::error("clash", clash.to_string())
            .note("the record does not settle this, and nothing is guessed")
            .help("add `in_lieu_of` to one of the measures, or a `[[rule]]` with the act behind it");
        if let Some(id) = clash.measure()
            && let Some(statement) = self.border.ledger.statements_on(id).next()
        {
            fault = fault.at(statement.place.clone(), "made here");
        }
        let mut faults = Faults::new();
        faults.push(fault);
        faults
    }
}

fn dropped(charge: &Charge<'_>) -> Option<Dropped> {
    let Fate::Dropped(reason) = &charge.fate else { return None };
    Some(Dropped {
        measure: charge.measure.id.to_string(),
        programme: charge.measure.programme.clone(),
        reason: reason.to_string(),
        rule: reason.rule(),
        heading: charge.heading.map(str::to_string),
    })
}
