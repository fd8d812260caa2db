//! Blocs that choose as one: `EU=DEU,FRA,ITA`, or a group of the record by its name, `EU27`.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use ledger::Areas;
use strategy::Player;
use terms::{Country, CountryId, Day};

use crate::records::Record;
use crate::territories::territories;

/// The blocs named, each with its members by place.
///
/// A member, or a whole bloc, may be a group of the record (`EU27`): its members are the countries of the economy all
/// of whose own members belong to the group on the last day of the economy's year.
///
/// # Errors
/// `bad-bloc`; `unknown-country`.
pub(crate) fn read(economy: &Economy, rows: &[String]) -> Result<Vec<Player>, Faults> {
    let mut faults = Faults::new();
    let mut blocs = Vec::new();
    let mut record: Option<Record> = None;
    for row in rows {
        let (name, members) = row.split_once('=').unwrap_or((row, row));
        if name.is_empty() || members.is_empty() {
            faults.push(
                Diagnostic::error("bad-bloc", format!("`{row}` does not name a bloc and its members")).help(
                    "write `--bloc NAME=A,B,C`, such as `--bloc EU=DEU,FRA,ITA`, or a group: `--bloc EU27`",
                ),
            );
            continue;
        }
        if economy.country_id(name).is_some() {
            faults.push(
                Diagnostic::error("bad-bloc", format!("the bloc `{name}` has the code of a country"))
                    .help("give the bloc a name that no country of the economy has"),
            );
        }
        let mut found: Vec<CountryId> = Vec::new();
        for code in members.split(',').map(str::trim) {
            if let Some(n) = economy.country_id(code) {
                found.push(n);
                continue;
            }
            if record.is_none() {
                record = Some(Record::open(None, &[])?);
            }
            let areas = record.as_ref().map(|record| record.ledger.areas());
            match areas.map(|areas| group(economy, areas, code)).filter(|members| !members.is_empty()) {
                Some(members) => found.extend(members),
                None => faults.push(
                    economy
                        .unknown_country(code)
                        .note("nor is it a group of the record with a member that this economy keeps apart"),
                ),
            }
        }
        found.sort();
        found.dedup();
        blocs.push(Player::bloc(name.into(), found));
    }
    faults.or(blocs)
}

/// The countries of the economy that belong to a group of the record.
fn group(economy: &Economy, areas: &Areas, code: &str) -> Vec<CountryId> {
    let area = Country::new(code);
    let day = Day::new(economy.meta().year as i16, 12, 31).unwrap_or(Day::MAX);
    let Ok(on) = terms::Zone::UTC.start_of(day) else { return Vec::new() };
    let inside = |territory: &tariffs::Territory| {
        territory.members.iter().all(|member| areas.holds(&area, member, on))
    };
    let places = territories(economy);
    economy.country_ids().zip(&places).filter(|(_, place)| inside(place)).map(|(n, _)| n).collect()
}
