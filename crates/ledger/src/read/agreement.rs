//! Agreements with their clauses.

use diagnostic::Diagnostic;
use rust_decimal::Decimal;
use terms::{Citation, Country};

use super::Desk;
use super::act::support;
use super::table::{Table, Thing};
use crate::model::{Account, Agreement, Clause, ClauseState, Clock, Quantity, Reading, Snapback};
use crate::{AgreementId, ClauseId, WindowId};

const STATES: [(&str, &str); 11] = [
    ("open", "open"),
    ("running", "running"),
    ("met", "met"),
    ("kept", "kept"),
    ("kept-in-part", "kept-in-part"),
    ("late", "late"),
    ("broken", "broken"),
    ("disputed", "disputed"),
    ("suspended", "suspended"),
    ("lapsed", "lapsed"),
    ("unknown", "unknown"),
];

/// `[agreement]` with `[[clause]]`.
pub(super) fn agreement(table: Table<'_>, desk: &Desk<'_>, clauses: Vec<Table<'_>>) -> Agreement {
    let id = table.gives(Thing::Agreement, "id", "\"ag-geneva\"");
    let name = table.needed("name", "\"Joint statement of Geneva\"").text;
    let parties = table.countries("parties", desk.areas);
    let clock_of = match table.word("clock") {
        Some(word) => word.text,
        None => parties.first().map(|party| party.to_string()).unwrap_or_default(),
    };
    let clock = desk.clock_of(&clock_of);
    if !table.has("done") {
        table.needed("done", "\"2025-05-12\"");
    }
    let done = table.day("done").unwrap_or_default();
    let published = match table.has("published") {
        true => table.needed_moment("published", &clock, "\"2025-05-12\""),
        false => clock.zone.start_of(done).unwrap_or_default(),
    };
    let depends_on = table.names(Thing::Agreement, "depends_on");
    let joint_text = table.flag("joint_text");
    let summary = table.needed("summary", "\"what it says, in one line\"").text;
    let accounts = accounts(&table, desk, &clock);
    let citation = Citation::new(table.needed("citation", "\"joint statement of 12 May 2025\"").text);
    let (source, confidence) = support(&table);
    let note = table.text("note");
    let snapbacks = table.tables("snapback", "a snapback").into_iter().map(|row| snapback(row, &clock));
    let snapbacks = snapbacks.collect();
    table.close();
    let clauses = clauses.into_iter().map(|row| clause(row, desk, &clock)).collect();
    Agreement {
        id: AgreementId::new(id.text),
        name,
        parties,
        done,
        published,
        clock: Country::new(clock_of),
        depends_on,
        joint_text,
        summary,
        accounts,
        clauses,
        snapbacks,
        citation,
        source,
        confidence,
        note,
    }
}

/// `[[….account]]`: what each side said of it.
pub(super) fn accounts(table: &Table<'_>, desk: &Desk<'_>, clock: &Clock) -> Vec<Account> {
    let rows = table.tables("account", "an account");
    rows.into_iter()
        .map(|row| {
            let party = row.needed("party", "\"USA\"");
            let account = Account {
                party: row.country(&party, desk.areas),
                speaker: row.text("speaker"),
                said: row.needed_moment("said", clock, "\"2025-06-05\""),
                wording: row.needed("wording", "\"what was said, in our own words\"").text,
                source: row.text("source"),
            };
            row.close();
            account
        })
        .collect()
}

/// `[[clause]]`, read by the debtor's clock where one side owes it alone.
fn clause(table: Table<'_>, desk: &Desk<'_>, clock: &Clock) -> Clause {
    let id = table.gives(Thing::Clause, "id", "\"gva-us-24\"");
    let debtors = table.countries("debtor", desk.areas);
    if debtors.is_empty() {
        table.needed("debtor", "\"USA\"");
    }
    let own = match debtors.as_slice() {
        [alone] if desk.governs(alone.as_str()) => desk.clock_of(alone.as_str()),
        _ => clock.clone(),
    };
    let (from, until) = table.interval(&own);
    let mut states = Vec::new();
    for row in table.tables("state", "the state of a clause") {
        if !row.has("is") {
            row.needed("is", "\"disputed\"");
        }
        let state = row.choice("is", &STATES).unwrap_or("unknown").to_string();
        let since = row.needed_moment("since", &own, "\"2025-05-30\"");
        states.push(ClauseState { state, since, note: row.text("note") });
        row.close();
    }
    states.sort_by_key(|state| state.since);
    let mut readings = Vec::new();
    for row in table.tables("reading", "a reading of a clause") {
        let party = row.needed("party", "\"CHN\"");
        readings.push(Reading {
            party: row.country(&party, desk.areas),
            said: row.needed_moment("said", clock, "\"2025-05-30\""),
            wording: row.needed("wording", "\"how this side reads it\"").text,
        });
        row.close();
    }
    let quantity = table.tables("quantity", "a quantity").into_iter().next().map(|row| quantity(row, &own));
    let (source, confidence) = support(&table);
    let clause = Clause {
        id: ClauseId::new(id.text),
        debtors,
        action: table.needed("action", "\"what is owed, in our own words\"").text,
        kind: table.text("kind").unwrap_or_else(|| "other".into()),
        measures: table.names(Thing::Measure, "measures"),
        windows: table.texts("windows").iter().map(WindowId::new).collect(),
        from,
        until,
        condition: table.text("condition"),
        if_kept: table.names(Thing::Clause, "if_kept"),
        carried_out_by: table.names(Thing::Act, "carried_out_by"),
        states,
        readings,
        quantity,
        confidence,
        source,
    };
    table.close();
    clause
}

/// `[[agreement.snapback]]`.
fn snapback(row: Table<'_>, clock: &Clock) -> Snapback {
    let measure = row.needed("measure", "\"us-ieepa-reciprocal-cn\"");
    row.uses(Thing::Measure, &measure);
    let snapback = Snapback {
        if_broken: row.name(Thing::Clause, "if_broken"),
        on: row.moment("on", clock),
        if_in_force: row.name(Thing::Measure, "if_in_force"),
        measure: crate::MeasureId::new(measure.text),
        effect: row.needed("effect", "\"24 points return\"").text,
        automatic: row.flag("automatic"),
    };
    row.close();
    snapback
}

fn quantity(row: Table<'_>, clock: &Clock) -> Quantity {
    let number = |row: &Table<'_>| -> Decimal {
        let word = row.needed("amount", "\"12\"");
        word.text.parse().unwrap_or_else(|_| {
            if !word.text.is_empty() {
                row.page.fault(
                    Diagnostic::error("bad-number", format!("`{}` is not a number", word.text))
                        .at(word.place, "in a quantity")
                        .help(
                            "write the number as text, such as `amount = \"12\"`, and the unit under `unit`",
                        ),
                );
            }
            Decimal::ZERO
        })
    };
    let mut observed = Vec::new();
    for seen in row.tables("observed", "an observation") {
        let on = seen.needed_moment("on", clock, "\"2026-01-08\"");
        observed.push((on, number(&seen), seen.text("source").unwrap_or_default()));
        seen.close();
    }
    observed.sort_by_key(|(on, ..)| *on);
    let quantity = Quantity {
        good: row.needed("good", "\"soybeans\"").text,
        amount: number(&row),
        unit: row.needed("unit", "\"Mt\"").text,
        by: row.moment("by", clock),
        observed,
    };
    row.close();
    quantity
}
