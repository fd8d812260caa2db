//! Acts, and the threats they utter.

use terms::{Citation, Confidence, Country, Points};

use super::Desk;
use super::table::{Table, Thing};
use crate::ActId;
use crate::model::{Act, ActKind, Clock, Threat};

pub(super) const CONFIDENCE: [(&str, Confidence); 4] = [
    ("high", Confidence::High),
    ("medium", Confidence::Medium),
    ("low", Confidence::Low),
    ("unread", Confidence::Unread),
];

/// What was read, and how well it supports the text: unread when no source is named.
pub(super) fn support(table: &Table<'_>) -> (Option<String>, Confidence) {
    let source = table.text("source");
    let stated = table.choice("confidence", &CONFIDENCE);
    let silent = if source.is_some() { Confidence::Medium } else { Confidence::Unread };
    (source, stated.unwrap_or(silent))
}

/// `[act]`, with the clock its dates are read by.
pub(super) fn act(table: Table<'_>, desk: &Desk<'_>, threats: Vec<Table<'_>>) -> (Act, Clock) {
    let id = table.gives(Thing::Act, "id", "\"eo-14298\"");
    let issuer = table.needed("issuer", "\"USA\"");
    let clock = desk.clock(&table, &issuer);
    let kind = table.choice("kind", &ActKind::ALL);
    if !table.has("kind") {
        table.needed("kind", "\"order\"");
    }
    let number = table.text("number");
    let title = table.needed("title", "\"what it does, in one line\"").text;
    let signed = table.day("signed");
    let published = table.needed_moment("published", &clock, "\"2025-05-12\"");
    let citation = Citation::new(table.needed("citation", "\"EO 14298, 90 FR 21831\"").text);
    let (source, confidence) = support(&table);
    let note = table.text("note");
    let target = table.countries("target", desk.areas);
    if let Some(signed) = signed {
        let printed = clock.day_of(published);
        if printed < signed && published > terms::Instant::MIN {
            table.page.fault(
                diagnostic::Diagnostic::warning(
                    "published-before-signed",
                    format!("`{}` was published before it was signed", id.text),
                )
                .at(table.place(), format!("signed {signed}, published {printed}"))
                .help("`published` is the first day it could be known"),
            );
        }
    }
    let threats = threats.into_iter().map(|threat| self::threat(threat, desk, &clock)).collect();
    let file = table.page.source.name().to_string();
    table.close();
    let act = Act {
        id: ActId::new(id.text),
        issuer: Country::new(issuer.text),
        kind: kind.unwrap_or(ActKind::Notice),
        number,
        title,
        signed,
        published,
        citation,
        source,
        confidence,
        note,
        target,
        threats,
        file,
    };
    (act, clock)
}

/// `[[threat]]`.
fn threat(table: Table<'_>, desk: &Desk<'_>, clock: &Clock) -> Threat {
    let against = table.countries("against", desk.areas);
    let rate: Option<Points> = table.rate("rate").and_then(|word| super::measure::points(&table, &word));
    let from = table.moment("from", clock);
    let text = table.needed("text", "\"what was said, in our own words\"").text;
    let outcome = table.text("outcome");
    let since = table.moment("outcome_known", clock);
    let outcome = match (outcome, since) {
        (Some(outcome), Some(since)) => Some((since, outcome)),
        (Some(_), None) => {
            table.needed("outcome_known", "\"2025-10-26\"");
            None
        }
        (None, _) => None,
    };
    table.close();
    Threat { against, rate, from, text, outcome }
}
