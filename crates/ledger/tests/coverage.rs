//! The record holds every event, clause, meeting, claim and control of the table of facts it was written from.
//!
//! The tables lie beside the repository in `../shared/data/us-china` and are not part of it: where they are
//! absent the tests say so and end. A row is held when an act of the right side was published that day, says
//! something of the measure the row names, and leaves it at the row's rate on the row's day.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;
mod table;

use ledger::{About, Act, Clocks, Ledger, Measure, Statement, Version, View};
use table::{Row, rows};
use terms::{Day, Instant, Points};

/// The measures a name of the tables stands for, where the record tells them apart under other names.
const NAMES: [(&str, &[&str]); 9] = [
    (
        "us-232-metals",
        &["us-232-steel", "us-232-aluminum", "us-232-derivatives", "us-232-content", "us-232-metals"],
    ),
    ("us-301-lists1-3", &["us-301-list1", "us-301-list2", "us-301-list3"]),
    ("us-301-ships", &["us-301-ships", "us-301-cranes", "us-301-chassis"]),
    ("us-301-tech", &["us-301-list"]),
    ("us-301-list4", &["us-301-list4"]),
    ("cn-lists-apr", &["cn-lists-apr"]),
    ("cn-ec-oct", &["cn-ec-55", "cn-ec-56", "cn-ec-57", "cn-ec-58", "cn-ec-61", "cn-ec-62"]),
    ("us-232-semis", &["us-232-semis"]),
    ("us-ieepa", &["us-ieepa"]),
];

/// Kinds of rows that move no measure: an act of that day is all there is to find.
const WORDS: [&str; 7] =
    ["investigation", "announcement", "threat", "dispute", "court", "statement", "stacking_rule"];

fn side(actor: &str) -> &[&str] {
    match actor {
        "US" => &["USA"],
        "CN" => &["CHN"],
        _ => &["USA", "CHN"],
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// What the tables hold, checked row by row.
struct Held<'l> {
    ledger: &'l Ledger,
    missing: Vec<String>,
}

impl<'l> Held<'l> {
    fn measures(&self, name: &str) -> Vec<&'l Measure> {
        let own = [name];
        let names = NAMES.iter().find(|(given, _)| *given == name).map_or(&own[..], |(_, names)| names);
        self.ledger.measures().filter(|m| names.iter().any(|n| m.id.as_str().starts_with(n))).collect()
    }

    fn published_on(&self, row: &Row) -> Vec<&'l Act> {
        let sides = side(row.at("actor"));
        let on = |act: &&Act| {
            sides.contains(&act.issuer.as_str())
                && (self.ledger.day(act.issuer.as_str(), act.published) == day(row.at("date"))
                    || act.signed == Some(day(row.at("date"))))
        };
        self.ledger.acts().filter(on).collect()
    }

    fn event(&mut self, row: &Row) {
        let fault = match row.at("kind") {
            "agreement" => self.agreement(row),
            "talks" => self.meeting(row),
            "claim" => self.claim(row),
            "scheduled" => self.scheduled(row),
            kind if WORDS.contains(&kind) => self.words(row),
            _ => self.moves(row),
        };
        if let Some(fault) = fault {
            self.missing.push(format!(
                "{} {} {} {}: {fault}",
                row.at("date"),
                row.at("actor"),
                row.at("kind"),
                row.at("measure_id")
            ));
        }
    }

    fn agreement(&self, row: &Row) -> Option<String> {
        let agreement = self.ledger.agreement(row.at("measure_id"));
        let made = agreement.is_some_and(|agreement| agreement.done == day(row.at("date")));
        (!made && self.published_on(row).is_empty()).then(|| "no agreement made and no act published".into())
    }

    fn meeting(&self, row: &Row) -> Option<String> {
        let talks = self.ledger.talks(Clocks::on(Instant::MAX));
        let Some(talk) = talks.into_iter().find(|talk| talk.talk.as_str() == row.at("measure_id")) else {
            return Some("no such meeting".into());
        };
        let (from, through) = (talk.from, talk.through);
        let said = day(row.at("date"));
        let near = said >= from && said <= through.checked_add(jiff::Span::new().days(4)).unwrap();
        (!near).then(|| format!("held {from} to {through}"))
    }

    fn claim(&self, row: &Row) -> Option<String> {
        let all = self.ledger.claims(&About::default(), Clocks::on(Instant::MAX));
        let found = all.iter().flat_map(|exchange| std::iter::once(&exchange.claim).chain(&exchange.answers));
        let mut found = found.filter(|claim| claim.claim.as_str() == row.at("measure_id"));
        let same = found.any(|claim| claim.said.day() == day(row.at("date")));
        (!same).then(|| "no such claim on that day".into())
    }

    /// What texts foresee for a day: some measure stands otherwise from then on.
    fn scheduled(&self, row: &Row) -> Option<String> {
        let on = day(row.at("effective_date"));
        let turns = self.ledger.measures().any(|measure| {
            let versions = self.ledger.versions(&measure.id, Instant::MAX, View::Collected);
            versions.iter().any(|v| self.ledger.day(measure.importer.as_str(), v.during.from) == on)
        });
        (!turns).then(|| "nothing begins or returns that day".into())
    }

    fn words(&self, row: &Row) -> Option<String> {
        let acts = self.published_on(row);
        if acts.is_empty() {
            return Some("no act published".into());
        }
        if row.at("kind") == "threat" {
            let rate: Points = format!("{} %", row.at("rate_pct")).parse().unwrap();
            let uttered = acts.iter().flat_map(|act| &act.threats).any(|threat| threat.rate == Some(rate));
            return (!uttered).then(|| format!("no threat of {rate} %"));
        }
        if row.at("kind") == "stacking_rule" {
            let from = day(row.at("effective_date"));
            let begins = |rule: &&ledger::Rule| self.ledger.day("USA", rule.from) == from;
            let rules = self.ledger.rules().filter(begins);
            let found = rules.filter(|rule| acts.iter().any(|act| act.id == rule.act)).count();
            return (found == 0).then(|| "no rule of that act from that day".into());
        }
        None
    }

    /// A row that moves a measure: by whom, from when, to what.
    fn moves(&self, row: &Row) -> Option<String> {
        let measures = self.measures(row.at("measure_id"));
        if measures.is_empty() {
            return Some("no such measure".into());
        }
        let acts = self.published_on(row);
        let effective = row.at("effective_date");
        // A row may be dated by the day a step fixed earlier takes effect, when no act is published.
        let foreseen = |m: &Measure, statement: &Statement| {
            effective == row.at("date")
                && self.ledger.day(m.importer.as_str(), statement.effect()) == day(effective)
        };
        let of_that_day = |m: &Measure, statement: &Statement| {
            acts.iter().any(|act| act.id == statement.act) || foreseen(m, statement)
        };
        let said: Vec<(&Measure, &Statement)> = measures
            .iter()
            .flat_map(|m| self.ledger.statements_on(&m.id).map(|s| (*m, s)))
            .filter(|(m, s)| of_that_day(m, s))
            .collect();
        let listed =
            |act: &Act| self.ledger.lists().any(|list| list.entries.iter().any(|entry| entry.act == act.id));
        // What expires by its own terms needs no word; an easing may first be spoken of and come by a later rule.
        let by_terms = row.at("kind") == "tariff_expire";
        let spoken_of = row.at("kind") == "export_control_ease" && !acts.is_empty();
        if spoken_of {
            return None;
        }
        if said.is_empty() && !acts.iter().any(|act| listed(act)) && !by_terms {
            return Some(format!("{} acts published, none of them says a word of it", acts.len()));
        }
        if effective.is_empty() {
            return None;
        }
        self.stands(row, &measures, day(effective))
    }

    /// Whether the measures stand at the row's rate on the row's day, at its last instant.
    fn stands(&self, row: &Row, measures: &[&Measure], on: Day) -> Option<String> {
        let known =
            |m: &Measure| self.ledger.moment(m.importer.as_str(), &next(day(row.at("date")))).unwrap();
        let end = |m: &Measure| self.ledger.moment(m.importer.as_str(), &next(on)).unwrap();
        let last = jiff::SignedDuration::from_secs(1);
        let versions: Vec<Version> = measures
            .iter()
            .filter_map(|m| {
                let at = Clocks::on(end(m) - last).known(known(m) - last);
                self.ledger.version(&m.id, at)
            })
            .collect();
        let applying: Vec<&Version> = versions.iter().filter(|version| version.applies()).collect();
        match row.at("kind") {
            "tariff_terminate" | "tariff_expire" | "export_control_lift" => {
                (!applying.is_empty()).then(|| format!("{} of them still stand on {on}", applying.len()))
            }
            kind if kind.ends_with("_suspend") && row.at("rate_pct").is_empty() => {
                let standing_still = versions.iter().any(|version| !version.applies());
                let ended = versions.len() < measures.len();
                (!standing_still && !ended).then(|| format!("nothing stands still on {on}"))
            }
            "tariff_suspend" if row.at("rate_pct") == "0" => {
                (!applying.is_empty()).then(|| format!("still charged on {on}"))
            }
            "tariff_suspend" if applying.is_empty() => None,
            "exemption" | "exclusion" | "de_minimis" if versions.is_empty() => {
                Some(format!("not in force on {on}"))
            }
            "exemption" | "exclusion" => None,
            _ if applying.is_empty() => Some(format!("not in force on {on}")),
            _ => rates(row, &applying),
        }
    }
}

/// Every rate the row names is charged by one of the versions, or by an exception of one.
fn rates(row: &Row, versions: &[&Version]) -> Option<String> {
    let charged: Vec<Points> = versions
        .iter()
        .flat_map(|version| {
            let excepted = version.terms.except.iter().filter_map(|except| except.duty.as_ref()?.points());
            version.charged().points().into_iter().chain(excepted)
        })
        .collect();
    let named = row.at("rate_pct").split('-').filter(|rate| !rate.is_empty());
    let named: Vec<Points> = named.map(|rate| format!("{rate} %").parse().unwrap()).collect();
    let absent: Vec<&Points> = named.iter().filter(|rate| !charged.contains(rate)).collect();
    (!absent.is_empty()).then(|| format!("charged at {charged:?}, not at {absent:?}"))
}

fn next(day: Day) -> String {
    day.tomorrow().unwrap().to_string()
}

#[test]
fn every_event_of_the_timeline_is_in_the_record() {
    let Some(rows) = rows("timeline.csv") else { return };
    let ledger = disk::record();
    let mut held = Held { ledger: &ledger, missing: Vec::new() };
    rows.iter().for_each(|row| held.event(row));
    assert!(rows.len() > 150, "{} rows", rows.len());
    assert!(held.missing.is_empty(), "{} rows:\n{}", held.missing.len(), held.missing.join("\n"));
}

#[test]
fn every_clause_is_in_the_record_with_its_debtor_and_window() {
    let Some(rows) = rows("agreement-clauses.csv") else { return };
    let ledger = disk::record();
    for row in &rows {
        let id = ledger::ClauseId::new(row.at("clause_id"));
        let (agreement, clause) = ledger.clause(&id).unwrap_or_else(|| panic!("no clause {id}"));
        assert_eq!(agreement.id.as_str(), row.at("agreement_id"));
        let debtors: Vec<&str> = row.at("obligor").split(';').flat_map(side).copied().collect();
        assert_eq!(clause.debtors.iter().map(|d| d.as_str()).collect::<Vec<_>>(), debtors, "{id}");
        let clock = clause.debtors.first().unwrap().as_str();
        for (named, held) in [("starts", clause.from), ("due_or_ends", clause.until)] {
            let Some(instant) = held else { continue };
            if row.at(named).is_empty() {
                continue;
            }
            // An end inside the day, or the start of the next, are the two ways to write a last day.
            let (written, shown) = (day(row.at(named)), ledger.day(clock, instant));
            assert!(shown == written || shown == written.tomorrow().unwrap(), "{id}: {named} {shown}");
        }
    }
}

#[test]
fn every_meeting_is_in_the_record_with_its_days_and_heads() {
    let Some(rows) = rows("talks.csv") else { return };
    let ledger = disk::record();
    let talks = ledger.talks(Clocks::on(Instant::MAX));
    for row in &rows {
        let id = row.at("talk_id");
        let talk = talks.iter().find(|talk| talk.talk.as_str() == id).unwrap_or_else(|| panic!("no {id}"));
        assert_eq!((talk.from, talk.through), (day(row.at("start")), day(row.at("end"))), "{id}");
        for (party, leads) in [("USA", "us_lead"), ("CHN", "cn_lead")] {
            let mut seats = talk.delegations.iter().filter(|side| side.party.as_str() == party);
            let names: String = seats.next().map_or_else(String::new, |side| {
                side.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join("; ")
            });
            for lead in row.at(leads).split("; ").filter(|lead| !lead.is_empty()) {
                assert!(names.contains(lead), "{id}: {lead} is not among {names}");
            }
        }
    }
}

#[test]
fn every_claim_is_in_the_record_with_what_it_is_about() {
    let Some(rows) = rows("claims.csv") else { return };
    let ledger = disk::record();
    let all = ledger.claims(&About::default(), Clocks::on(Instant::MAX));
    let all: Vec<_> = all.iter().flat_map(|e| std::iter::once(&e.claim).chain(&e.answers)).collect();
    for row in &rows {
        let id = row.at("claim_id");
        let claim = all.iter().find(|claim| claim.claim.as_str() == id).unwrap_or_else(|| panic!("no {id}"));
        assert_eq!(claim.said.day(), day(row.at("date")), "{id}");
        assert_eq!(claim.side.as_str(), side(row.at("side"))[0], "{id}");
        let about = claim.agreement.as_ref().map_or("", |agreement| agreement.as_str());
        assert_eq!(about, row.at("agreement_id"), "{id}");
    }
}

#[test]
fn every_control_is_in_the_record_with_its_first_day() {
    let Some(rows) = rows("export-controls.csv") else { return };
    let ledger = disk::record();
    for row in &rows {
        let id = row.at("measure_id");
        let found: Vec<&Measure> =
            ledger.measures().filter(|m| m.control.is_some() && m.id.as_str().starts_with(id)).collect();
        assert!(!found.is_empty(), "no control {id}");
        if row.at("effective").is_empty() {
            continue;
        }
        let begins = found.iter().any(|measure| {
            let made = ledger.statements_on(&measure.id).next().unwrap();
            ledger.day(measure.importer.as_str(), made.effect()) == day(row.at("effective"))
        });
        assert!(begins, "{id} does not begin on {}", row.at("effective"));
    }
}
