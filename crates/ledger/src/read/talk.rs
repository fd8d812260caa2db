//! Meetings and claims.

use terms::Country;

use super::Desk;
use super::act::support;
use super::agreement::accounts;
use super::table::{Table, Thing};
use crate::model::{Claim, ClaimStatus, Delegate, Delegation, Talk, TalkKind};
use crate::{ClaimId, TalkId};

/// `[talk]` with `[[talk.delegation]]` and `[[talk.account]]`.
pub(super) fn talk(table: Table<'_>, desk: &Desk<'_>) -> Talk {
    let id = table.gives(Thing::Talk, "id", "\"talks-london\"");
    let clock = match table.word("clock") {
        Some(word) => desk.clock(&table, &word),
        None => desk.first_clock(),
    };
    for (key, example) in [("kind", "\"round\""), ("from", "\"2025-06-09\"")] {
        if !table.has(key) {
            table.needed(key, example);
        }
    }
    let from = table.day("from").unwrap_or_default();
    let through = table.day("through").unwrap_or(from);
    if through < from {
        table.page.fault(
            diagnostic::Diagnostic::error("reversed-interval", "a meeting ends before it begins")
                .at(table.place(), format!("from {from} through {through}"))
                .help("put the later day in `through`"),
        );
    }
    let announced = match table.has("announced") {
        true => table.needed_moment("announced", &clock, "\"2025-06-06\""),
        false => clock.zone.start_of(from).unwrap_or_default(),
    };
    let mut delegations = Vec::new();
    for row in table.tables("delegation", "a delegation") {
        let party = row.needed("party", "\"USA\"");
        let own = desk.clock_of(&party.text);
        let mut members = Vec::new();
        for member in row.mixed("members", "a member of a delegation") {
            match member {
                Ok(word) => members.push(Delegate { name: word.text, office: None }),
                Err(person) => {
                    let name = person.needed("name", "\"Scott Bessent\"").text;
                    members.push(Delegate { name, office: person.text("office") });
                    person.close();
                }
            }
        }
        delegations.push(Delegation {
            party: row.country(&party, desk.areas),
            announced: row.moment("announced", &own).unwrap_or(announced),
            members,
            note: row.text("note"),
        });
        row.close();
    }
    let outcome = table.text("outcome");
    let known = table.moment("outcome_known", &clock);
    let end = through.tomorrow().ok().and_then(|next| clock.zone.start_of(next).ok());
    let outcome = outcome.map(|text| (known.or(end).unwrap_or(announced), text));
    let (source, confidence) = support(&table);
    let talk = Talk {
        id: TalkId::new(id.text),
        kind: table.choice("kind", &TalkKind::ALL).unwrap_or(TalkKind::Round),
        number: if table.has("number") { table.integer("number") } else { None },
        title: table.needed("title", "\"London round\"").text,
        from,
        through,
        venue: table.needed("venue", "\"London\"").text,
        announced,
        delegations,
        accounts: accounts(&table, desk, &clock),
        outcome,
        about: table.text("about"),
        source,
        confidence,
        note: table.text("note"),
    };
    table.close();
    talk
}

const STATUSES: [(&str, &str); 9] = [
    ("made", "made"),
    ("open", "open"),
    ("denied", "denied"),
    ("conceded", "conceded"),
    ("disputed", "disputed"),
    ("tested", "tested"),
    ("settled", "settled"),
    ("superseded", "superseded"),
    ("withdrawn", "withdrawn"),
];

/// `[claim]` with `[[claim.status]]`.
pub(super) fn claim(table: Table<'_>, desk: &Desk<'_>) -> Claim {
    let id = table.gives(Thing::Claim, "id", "\"clm-2025-05-30\"");
    let side = table.needed("side", "\"USA\"");
    let clock = desk.clock_of(&side.text);
    let said = table.needed_moment("said", &clock, "\"2025-05-30\"");
    let mut statuses = Vec::new();
    for row in table.tables("status", "the status of a claim") {
        if !row.has("is") {
            row.needed("is", "\"disputed\"");
        }
        let status = row.choice("is", &STATUSES).unwrap_or("made").to_string();
        let since = row.needed_moment("since", &clock, "\"2025-06-02\"");
        statuses.push(ClaimStatus { status, since, note: row.text("note") });
        row.close();
    }
    statuses.sort_by_key(|status| status.since);
    let (source, confidence) = support(&table);
    let claim = Claim {
        id: ClaimId::new(id.text),
        said,
        speaker: table.needed("speaker", "\"Ministry of Commerce\"").text,
        side: if side.text.is_empty() { Country::new("") } else { table.country(&side, desk.areas) },
        accuses: table.word("accuses").map(|word| table.country(&word, desk.areas)),
        agreement: table.name(Thing::Agreement, "agreement"),
        clause: table.name(Thing::Clause, "clause"),
        measures: table.names(Thing::Measure, "measures"),
        text: table.needed("text", "\"what was said, in our own words\"").text,
        grounds: table.texts("grounds"),
        answers: table.names(Thing::Claim, "answers"),
        statuses,
        source,
        confidence,
    };
    table.close();
    claim
}
