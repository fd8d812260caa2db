//! From a question (whose border, whose goods, which line, when, what is known of the shipment) to its answer.

use diagnostic::{Diagnostic, Faults, Source};
use ledger::Duty;
use rust_decimal::Decimal;
use terms::{Confidence, Country, Instant, Line, Points};

use crate::open::Wanted;
use crate::schedule::{Base, Found, ScheduleRow};
use crate::stacking::{Asked, Charge, Entry, Fate, Reason, Stack};
use crate::why::{Component, Dropped, Open, Total, Why};
use crate::{Book, Clash, Facts, OpenFact};

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
    /// `unknown-country`, `unknown-government`, `same-party`, then `unknown-line`, `line-moved`,
    /// `line-too-short`, then `clash`: of each step all together.
    pub fn why(
        &self,
        importer: &Country,
        origin: &Country,
        line: Line,
        on: Instant,
        facts: &Facts,
    ) -> Result<Why, Faults> {
        let (importer, remark) = self.border_of(importer, origin, on)?;
        let importer = &importer;
        let mut placed = self.placed(importer, origin, line, on, facts)?;
        placed.notes.extend(remark);
        placed.notes.extend(self.read_until(importer, on));
        let base = placed.base.as_ref().and_then(|base| base.points);
        let card = self.border.scopes.card(placed.line);
        let entry = Entry { importer, origin, card: &card, on, base, facts };
        let mut asked: Vec<OpenFact<'_>> = Vec::new();
        let relevant = self.relevant(&entry);
        let stack = self.stack_of(&relevant, &entry, &mut |fact| {
            if !asked.contains(&fact) {
                asked.push(fact);
            }
        });
        let stack = stack.map_err(|clash| self.clashed(&clash))?;
        let mut why = self.answer(&entry, &placed, &stack)?;
        self.preferences(&entry, &placed, &mut asked);
        why.open_facts = self.open_facts(&entry, &placed, &relevant, &why, &asked);
        self.lines_below(&entry, &placed, &mut why);
        Ok(why)
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
            return self.unscheduled(importer, line);
        };
        let day = self.border.ledger.day(importer.as_str(), on);
        let source = Source::new("question", line.to_string());
        let at = || source.at(0..source.text().len());
        let fault = match schedule.find(line, day) {
            Found::Line { row, line, below } => {
                let base = self.base(importer, origin, row, on, facts);
                let mut notes: Vec<String> = base.iter().filter_map(|base| base.refused.clone()).collect();
                if schedule.projects_back(day) {
                    let first = schedule.editions.first().map_or("", |edition| edition.name.as_str());
                    notes.push(format!(
                        "no edition of that day is at hand: line, ordinary duty and lists are projected back from {} {first}",
                        schedule.name
                    ));
                }
                return Ok(Placed { line, row: Some(row), below, base, notes });
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
                    .help_if(self.of_chapter_98_or_99(importer, line))
            }
        };
        let mut faults = Faults::new();
        faults.push(fault);
        Err(faults)
    }

    /// Chapters 98 and 99 hold provisions on goods of the other chapters, never goods of their own.
    fn of_chapter_98_or_99(&self, importer: &Country, line: Line) -> Option<String> {
        match line.prefix(2).to_string().as_str() {
            "98" => {
                Some("chapter 98 is left out: name the line the goods would have in chapters 1 to 97".into())
            }
            "99" => {
                let rows = self.rows.get(importer).into_iter().flatten();
                let asked = line.to_string();
                let holds =
                    |heading: &String| heading.starts_with(&asked) || asked.starts_with(heading.as_str());
                let mut named = rows.filter(|row| {
                    row.versions.iter().any(|dated| dated.version.terms.heading.as_ref().is_some_and(holds))
                });
                let of = named.next().map_or_else(String::new, |row| format!(", here `{}`", row.measure.id));
                Some(format!("chapter 99 holds the duties on top{of}: name the line of the goods themselves"))
            }
            _ => None,
        }
    }

    /// A line at a border whose schedule is not in the record: the lists alone tell which codes there are.
    fn unscheduled(&self, importer: &Country, line: Line) -> Result<Placed<'_>, Faults> {
        let chapter: u32 = line.prefix(2).to_string().parse().unwrap_or_default();
        if line.digits() < 4 || !(1..=97).contains(&chapter) || chapter == 77 {
            let source = Source::new("question", line.to_string());
            return Err(Diagnostic::error("unknown-line", format!("`{line}` is no line of goods"))
                .at(source.whole(), "not a heading of chapters 1 to 97")
                .help("write at least the four digits of a heading, best all eight of a line")
                .into());
        }
        let notes = vec![format!("the ordinary duties of {importer} are not in the record")];
        let lists = self.rows.get(importer).into_iter().flatten().flat_map(|row| &row.versions);
        let mut below: Vec<Line> =
            lists.flat_map(|d| self.border.scopes.codes_below(&d.scope, line)).collect();
        below.sort_unstable();
        below.dedup();
        Ok(Placed { line, row: None, below, base: None, notes })
    }

    /// A remark on days later than those whose acts were looked for.
    fn read_until(&self, importer: &Country, on: Instant) -> Option<String> {
        let ledger = self.border.ledger;
        let government = ledger.governments().find(|government| government.code == *importer)?;
        let last = government.read_until.filter(|last| *last < government.clock.day_of(on))?;
        Some(format!("acts after {last} were not looked for: the answer is what those before foresee"))
    }

    /// Step 2: column 2, the special rate, or the general one.
    fn base(
        &self,
        importer: &Country,
        origin: &Country,
        row: &ScheduleRow,
        on: Instant,
        facts: &Facts,
    ) -> Option<Base> {
        let schedule = self.border.schedules.get(importer)?;
        let pays_column_2 = self.border.pays_column_2(schedule, origin, on);
        let claimed = facts.preference.as_deref().filter(|claimed| *claimed != "none");
        Some(Base::of(schedule, row, origin, pays_column_2, claimed))
    }

    fn answer(&self, entry: &Entry<'_>, placed: &Placed<'_>, stack: &Stack<'_>) -> Result<Why, Faults> {
        let ledger = self.border.ledger;
        let zone = ledger.clock(entry.importer.as_str()).zone;
        let charged = stack.charges.iter().filter(|charge| charge.is_charged());
        let components: Vec<Component> = charged.map(|charge| self.component(charge)).collect();
        let additional = stack.additional();
        let parts: Points = components.iter().map(|component| component.points).sum();
        if parts != additional {
            return Err(self.clashed(&Clash::Sum { parts, total: additional }));
        }
        let total = Total::of(placed.base.as_ref(), stack);
        let mut notes = notes(placed, stack, &total);
        notes.extend(self.void(entry, stack));
        Ok(Why {
            importer: entry.importer.clone(),
            origin: entry.origin.clone(),
            line: entry.card.line.to_string(),
            description: placed.row.map(|row| row.description.to_string()),
            edition: self.edition(entry),
            on: zone.show(entry.on),
            known_on: (self.known < Instant::MAX).then(|| zone.show(self.known)),
            view: self.view,
            base_pct: total.base,
            base_column: placed.base.as_ref().map(|base| base.column.to_string()),
            base_text: total.base_text,
            additional_pct: total.all_ad_valorem.then_some(additional),
            total_pct: total.points,
            total_text: total.text,
            components,
            dropped: stack.charges.iter().filter_map(dropped).collect(),
            open_facts: Vec::new(),
            notes,
        })
    }

    /// A remark on what is collected on measures that had no force: the difference to the lawful view.
    fn void(&self, entry: &Entry<'_>, stack: &Stack<'_>) -> Option<String> {
        let ledger = self.border.ledger;
        let charged = stack.charges.iter().filter(|charge| charge.is_owed());
        let held = charged.filter_map(|charge| {
            let act = ledger.void_by(&charge.measure.id, entry.on, self.known)?;
            Some((charge.points, act))
        });
        let held: Vec<(Points, &ledger::Act)> = held.collect();
        let (_, act) = held.first()?;
        let points: Points = held.iter().map(|(points, _)| *points).sum();
        Some(format!(
            "{points} of these points rest on duties that had no force ({}): they may be claimed back; \
             the lawful view leaves them out",
            act.citation
        ))
    }

    fn edition(&self, entry: &Entry<'_>) -> Option<String> {
        let schedule = self.border.schedules.get(entry.importer)?;
        let day = self.border.ledger.day(entry.importer.as_str(), entry.on);
        let known = match self.known < Instant::MAX {
            true => self.border.ledger.day(entry.importer.as_str(), self.known),
            false => terms::Day::MAX,
        };
        schedule.edition_known(day, known).map(|edition| format!("{} {}", schedule.name, edition.name))
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
    fn preferences<'b>(&'b self, entry: &Entry<'_>, placed: &Placed<'_>, asked: &mut Vec<OpenFact<'b>>) {
        let (Some(schedule), Some(row)) = (self.border.schedules.get(entry.importer), placed.row) else {
            return;
        };
        if entry.facts.preference.is_some() || entry.base == Some(Points::ZERO) {
            return;
        }
        for preference in schedule.preferences.iter().filter(|p| p.countries.contains(entry.origin)) {
            let fact = OpenFact { key: "preference", wanted: Wanted::Word(&preference.name) };
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
        relevant: &[Asked<'_>],
        why: &Why,
        asked: &[OpenFact<'_>],
    ) -> Vec<Open> {
        let clock = self.border.ledger.clock(entry.importer.as_str());
        let mut open = Vec::new();
        for fact in asked {
            let facts = entry.facts.with(fact);
            let base = match (fact.key, placed.row) {
                ("preference", Some(row)) => self.base(entry.importer, entry.origin, row, entry.on, &facts),
                _ => placed.base.clone(),
            };
            let points = base.as_ref().and_then(|base| base.points);
            let other = Entry { base: points, facts: &facts, ..*entry };
            let Ok(stack) = self.stack_of(relevant, &other, &mut |_| {}) else { continue };
            let total = Total::of(base.as_ref(), &stack);
            if total.text != why.total_text {
                let value = fact.value(&clock);
                let text = format!("{}={value} gives {}", fact.key, total.text);
                open.push(Open { key: fact.key.into(), value, total_pct: total.points, text });
            }
        }
        open
    }

    /// Statistical lines below a short code that pay something else are named, never answered for.
    fn lines_below(&self, entry: &Entry<'_>, placed: &Placed<'_>, why: &mut Why) {
        for line in &placed.below {
            let card = self.border.scopes.card(*line);
            if card.listed == entry.card.listed {
                continue;
            }
            let Ok(stack) = self.stack(&Entry { card: &card, ..*entry }, &mut |_| {}) else { continue };
            let total = Total::of(placed.base.as_ref(), &stack);
            if total.text != why.total_text {
                let text = format!("line={line} pays {}", total.text);
                let (key, value) = ("line".into(), line.to_string());
                why.open_facts.push(Open { key, value, total_pct: total.points, text });
            }
        }
    }

    pub(crate) fn clashed(&self, clash: &Clash) -> Faults {
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

/// What the reader must know beside the numbers.
fn notes(placed: &Placed<'_>, stack: &Stack<'_>, total: &Total) -> Vec<String> {
    let mut notes = placed.notes.clone();
    if total.takes_base_in {
        notes.push("the total takes the ordinary duty in; it is more where that duty is worth more".into());
    }
    for charge in stack.charges.iter().filter(|charge| charge.is_charged()) {
        let measure = charge.measure;
        match &charge.duty {
            Duty::Unknown => notes.push(format!("the rate of {} is not named yet", measure.id)),
            Duty::Specific(amount) | Duty::Compound(_, amount) => {
                notes.push(format!("{} also charges {amount}", measure.id));
            }
            _ => {}
        }
        if measure.confidence < Confidence::Medium {
            notes.push(match measure.confidence {
                Confidence::Unread => format!("{}: unread, its text names no source", measure.id),
                other => format!("{}: {other} confidence", measure.id),
            });
        }
    }
    let unread = |charge: &&Charge<'_>| matches!(charge.fate, Fate::Dropped(Reason::Unread(_)));
    match stack.charges.iter().filter(unread).count() {
        0 => {}
        1 => notes.push("one duty may come on top: its list of codes was not read".into()),
        some => notes.push(format!("{some} duties may come on top: their lists of codes were not read")),
    }
    notes
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
