//! Measures and controls, with their exceptions.

use rust_decimal::Decimal;
use std::sync::Arc;

use terms::{Confidence, Points, RateError};

use diagnostic::Diagnostic;

use super::Desk;
use super::goods::{goods, origin};
use super::table::{Table, Thing, Word};
use crate::MeasureId;
use crate::model::{
    Act, Clock, Control, ControlItem, Duty, DutyError, Exception, Goods, Measure, MeasureKind, Origin, Patch,
    Policy, Reach, Terms, ValueBase, Verb,
};

/// What an act says of a measure it makes: the measure, and the statements that make it and fix its steps.
pub(super) type Made = (Measure, Vec<(Verb, Word)>);

/// `[[measure]]`.
pub(super) fn measure(table: Table<'_>, desk: &Desk<'_>, act: &Act, clock: &Clock) -> Made {
    let id = table.gives(Thing::Measure, "id", "\"us-ieepa-fentanyl-cn\"");
    let kind = table.choice("kind", &MeasureKind::ALL).unwrap_or(MeasureKind::Duty);
    let title = table.text("title").unwrap_or_else(|| act.title.clone());
    let importer = match table.word("importer") {
        Some(word) => table.country(&word, desk.areas),
        None => act.issuer.clone(),
    };
    let programme = table.text("programme").unwrap_or_else(|| id.text.clone());
    let combines = table.text("combines").unwrap_or_else(|| programme.clone());
    let (from, until) = table.interval(clock);
    let stated = match kind {
        MeasureKind::Duty => {
            if !table.has("rate") {
                table.needed("rate", "\"10 %\"");
            }
            table.rate("rate").and_then(|word| duty(&table, &word))
        }
        _ => table.rate("rate").and_then(|word| duty(&table, &word)),
    };
    let reached = goods(&table, "goods", "not_goods");
    if reached.is_none() && kind == MeasureKind::Duty && !table.has("goods") {
        table.needed("goods", "\"all\"");
    }
    let mut origins = origin(&table, desk, "origin", "not_origin");
    if origins.is_none() && kind == MeasureKind::Duty && !table.has("origin") {
        table.needed("origin", "[\"CHN\"]");
    }
    if let (Some(by), Some(origins)) = (table.text("origin_by"), origins.as_mut()) {
        origins.by = Some(by);
    }
    let terms = Terms {
        duty: stated.unwrap_or(Duty::Unknown),
        goods: reached.unwrap_or(Goods { all: true, ..Goods::default() }),
        origin: origins.unwrap_or(Origin { all: true, ..Origin::default() }),
        base: base(&table, desk).unwrap_or_default(),
        except: exceptions(&table, "except", desk, clock),
        only: exceptions(&table, "only", desk, clock),
        heading: table.text("heading"),
        in_lieu_of: table.names(Thing::Measure, "in_lieu_of"),
    };
    let place = Word { text: id.text.clone(), place: id.place.clone() };
    let mut said = vec![(Verb::Make { from, until, terms: Arc::new(terms) }, place)];
    for steps in table.tables("steps", "steps of a rate") {
        for (day, rate) in steps.pairs() {
            if let (Some(from), Some(stated)) = (steps.moment_of(&day, clock), duty(&steps, &rate)) {
                let patch = Patch { duty: Some(stated), ..Patch::default() };
                said.push((Verb::Change { from, until: None, patch: Box::new(patch) }, rate));
            }
        }
    }
    let measure = Measure {
        id: MeasureId::new(id.text),
        title,
        kind,
        importer,
        programme,
        authority: table.text("authority"),
        combines,
        made_by: act.id.clone(),
        lifts: table.names(Thing::Measure, "lifts"),
        keeps: table.names(Thing::Measure, "keeps"),
        answers: table.names(Thing::Measure, "answers"),
        follows: table.name(Thing::Measure, "follows"),
        control: None,
        confidence: own_confidence(&table, act),
        note: table.text("note"),
    };
    table.close();
    (measure, said)
}

/// `[[control]]`: a measure that controls exports or dealings.
pub(super) fn control(table: Table<'_>, desk: &Desk<'_>, act: &Act, clock: &Clock) -> Made {
    let id = table.gives(Thing::Measure, "id", "\"cn-ec-18\"");
    let instrument = table.text("instrument").or_else(|| act.number.clone()).unwrap_or_default();
    let target = table.countries("target", desk.areas);
    let mut items = Vec::new();
    for item in table.mixed("items", "an item of a control") {
        match item {
            Ok(word) => items.push(ControlItem { number: None, text: word.text, codes: Vec::new() }),
            Err(row) => {
                let text = row.needed("text", "\"magnets\"").text;
                items.push(ControlItem { number: row.text("number"), text, codes: row.texts("codes") });
                row.close();
            }
        }
    }
    let control = Control {
        instrument,
        target: target.clone(),
        items,
        persons: table.texts("persons"),
        reach: table.choices("reach", &Reach::ALL),
        policy: table.choice("policy", &Policy::ALL).unwrap_or(Policy::Unknown),
    };
    let (from, until) = table.interval(clock);
    let terms = Terms {
        duty: Duty::Unknown,
        goods: goods(&table, "goods", "not_goods").unwrap_or_default(),
        // Buyers of these countries are meant; none named: all.
        origin: Origin { all: target.is_empty(), take: target.clone(), ..Origin::default() },
        base: ValueBase::Full,
        except: exceptions(&table, "except", desk, clock),
        only: Vec::new(),
        heading: None,
        in_lieu_of: Vec::new(),
    };
    let measure = Measure {
        id: MeasureId::new(&id.text),
        title: table.text("title").unwrap_or_else(|| act.title.clone()),
        kind: MeasureKind::Control,
        importer: act.issuer.clone(),
        programme: table.text("programme").unwrap_or_else(|| "export-control".into()),
        authority: table.text("authority"),
        combines: "export-control".into(),
        made_by: act.id.clone(),
        lifts: Vec::new(),
        keeps: Vec::new(),
        answers: table.names(Thing::Measure, "answers"),
        follows: table.name(Thing::Measure, "follows"),
        control: Some(control),
        confidence: own_confidence(&table, act),
        note: table.text("note"),
    };
    table.close();
    (measure, vec![(Verb::Make { from, until, terms: Arc::new(terms) }, id)])
}

fn own_confidence(table: &Table<'_>, act: &Act) -> Confidence {
    table.choice("confidence", &super::act::CONFIDENCE).unwrap_or(act.confidence)
}

/// A duty, with the help that belongs to its fault.
pub(super) fn duty(table: &Table<'_>, word: &Word) -> Option<Duty> {
    match word.text.parse() {
        Ok(duty) => Some(duty),
        Err(DutyError::Rate(error)) => {
            rate_fault(table, word, &error);
            None
        }
        Err(error @ DutyError::Negative(_)) => {
            table
                .page
                .fault(Diagnostic::error("bad-rate", error.to_string()).at(word.place.clone(), "below zero"));
            None
        }
    }
}

/// Points, with the help that belongs to their fault.
pub(super) fn points(table: &Table<'_>, word: &Word) -> Option<Points> {
    word.text.parse().map_err(|error| rate_fault(table, word, &error)).ok()
}

fn rate_fault(table: &Table<'_>, word: &Word, error: &RateError) {
    let code = match error {
        RateError::NoUnit(_) => "rate-without-unit",
        RateError::Factor(_) | RateError::NotANumber(_) => "bad-rate",
    };
    table.page.fault(
        Diagnostic::error(code, error.to_string())
            .at(word.place.clone(), "this rate")
            .help("rates are `20 %`, `15 % in total`, `at most 10 %`, `0.43 USD/kg` or `unknown`"),
    );
}

/// `base`: the part of the value charged.
pub(super) fn base(table: &Table<'_>, desk: &Desk<'_>) -> Option<ValueBase> {
    let row = table.tables("base", "a value base").into_iter().next()?;
    let content = row.text("content");
    let without = row.texts("without");
    let domestic = row.word("without_domestic").map(|word| row.country(&word, desk.areas));
    let at_least = row.rate("at_least").and_then(|word| points(&row, &word));
    row.close();
    Some(match (content, domestic) {
        (Some(material), _) => ValueBase::Content(material),
        (None, Some(country)) => {
            ValueBase::WithoutDomestic { country, at_least: at_least.unwrap_or(Points::ZERO) }
        }
        (None, None) if without.is_empty() => ValueBase::Full,
        (None, None) => ValueBase::Without(without),
    })
}

/// `[[measure.except]]` and `[[measure.only]]`.
pub(super) fn exceptions(
    table: &Table<'_>,
    key: &'static str,
    desk: &Desk<'_>,
    clock: &Clock,
) -> Vec<Exception> {
    let rows = table.tables(key, "an exception");
    rows.into_iter().map(|row| exception(row, desk, clock)).collect()
}

fn exception(row: Table<'_>, desk: &Desk<'_>, clock: &Clock) -> Exception {
    let share = row.rate("at_least").and_then(|word| points(&row, &word));
    let content = row.text("content");
    let exception = Exception {
        loaded_before: row.moment("loaded_before", clock),
        exported_before: row.moment("exported_before", clock),
        entered_before: row.moment("entered_before", clock),
        contract_before: row.moment("contract_before", clock),
        preference: row.text("preference"),
        end_use: row.text("use"),
        part: row.text("part"),
        document: row.text("document"),
        parcel: row.text("parcel"),
        quota: row.text("quota"),
        content_at_least: content
            .map(|name| (name, share.map_or(Decimal::ZERO, |share| share.decimal() / Decimal::ONE_HUNDRED))),
        origin: origin(&row, desk, "origin", "not_origin"),
        goods: goods(&row, "goods", "not_goods"),
        owes: row.texts("owes"),
        duty: row.rate("rate").and_then(|word| duty(&row, &word)),
        heading: row.text("heading"),
        why: row.text("why"),
    };
    let stated = Exception { duty: None, heading: None, why: None, ..exception.clone() };
    if stated == Exception::default() {
        row.page.fault(
            Diagnostic::error("empty-exception", "this exception names no fact, so every shipment fits it")
                .at(row.place(), "no condition here")
                .help("add a fact, such as `loaded_before = \"2025-04-05\"` or `preference = \"USMCA\"`"),
        );
    }
    row.close();
    exception
}
