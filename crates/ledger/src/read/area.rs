//! Governments, countries and groups.

use terms::{Country, Zone};

use super::table::Table;
use crate::model::{Areas, Clock, Government};

/// `[[government]]`.
pub(super) fn government(table: Table<'_>) -> Option<Government> {
    let code = table.needed("code", "\"USA\"");
    let name = table.needed("name", "\"United States\"");
    let adjective = table.text("adjective");
    let zone = table.needed("clock", "\"America/New_York\"");
    let day_begins = table
        .parsed(
            "day_begins",
            "impossible-date",
            "write the time at which acts let a day begin, such as `00:01`",
        )
        .unwrap_or_default();
    let read_until = table.day("read_until");
    let zone = if zone.text.is_empty() { Some(Zone::UTC) } else { table_zone(&table, &zone) };
    table.close();
    let clock = Clock { zone: zone?, day_begins };
    let adjective = adjective.unwrap_or_else(|| name.text.clone());
    Some(Government { code: Country::new(code.text), name: name.text, adjective, clock, read_until })
}

fn table_zone(table: &Table<'_>, word: &super::table::Word) -> Option<Zone> {
    match Zone::named(&word.text) {
        Ok(zone) => Some(zone),
        Err(error) => {
            table.page.fault(
                diagnostic::Diagnostic::error("unknown-zone", error.to_string())
                    .at(word.place.clone(), "no such zone"),
            );
            None
        }
    }
}

/// `[country]`: code = name.
pub(super) fn countries(table: Table<'_>, areas: &mut Areas) {
    for (code, name) in table.pairs() {
        areas.countries.insert(Country::new(code.text), name.text);
    }
}

/// `[[group]]`, whose members must be countries.
pub(super) fn group(table: Table<'_>, areas: &mut Areas) {
    let code = table.needed("code", "\"EU27\"");
    let name = table.needed("name", "\"European Union\"");
    let mut changes = Vec::new();
    // Days of membership are read by the clock named, such as `Europe/Brussels`.
    let zone = table.word("clock").and_then(|word| table_zone(&table, &word)).unwrap_or(Zone::UTC);
    let clock = Clock { zone, day_begins: jiff::civil::Time::midnight() };
    for row in table.tables("members", "a change of membership") {
        let from = row.needed_moment("from", &clock, "\"2020-02-01\"");
        for (key, joins) in [("join", true), ("leave", false)] {
            let Some(word) = row.word(key) else { continue };
            for part in word.text.split_whitespace() {
                let member = super::table::Word { text: part.to_string(), place: word.place.clone() };
                let country = row.country(&member, areas);
                changes.push(crate::model::Membership { from, country, joins });
            }
        }
        row.close();
    }
    table.close();
    changes.sort_by_key(|change| change.from);
    areas.groups.insert(Country::new(code.text), crate::model::Group { name: name.text, changes });
}
