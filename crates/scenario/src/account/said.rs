//! What was promised and said: meetings, claims with their answers, clauses, controls.

use diagnostic::Faults;
use ledger::Ledger;
use terms::Country;

use crate::brief::{Claim, Clause, Control, Delegation, Talk, Version};
use crate::clock::Days;

pub(super) fn codes(countries: &[Country]) -> String {
    countries.iter().map(Country::as_str).collect::<Vec<_>>().join("/")
}

/// Meetings known by the day, in the order of days.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn talks(ledger: &Ledger, days: Days) -> Result<Vec<Talk>, Faults> {
    let clock = ledger.governments().next().map_or("", |government| government.code.as_str());
    let views = ledger.talks(days.at(ledger, clock)?);
    Ok(views.into_iter().map(talk).collect())
}

fn talk(view: ledger::TalkView) -> Talk {
    let person = |delegate: &ledger::Delegate| match &delegate.office {
        Some(office) => format!("{} ({office})", delegate.name),
        None => delegate.name.clone(),
    };
    let kind = match (view.kind, view.number) {
        (ledger::TalkKind::Round, Some(number)) => format!("round {number}"),
        (ledger::TalkKind::Round, None) => "round".into(),
        (ledger::TalkKind::Leaders, _) => "leaders".into(),
        (ledger::TalkKind::Call, _) => "leaders' call".into(),
        (ledger::TalkKind::Signing, _) => "signing".into(),
    };
    Talk {
        id: view.talk.to_string(),
        start: view.from,
        end: Some(view.through),
        ahead: view.phase != "over",
        kind,
        venue: view.venue,
        delegations: view
            .delegations
            .iter()
            .map(|side| Delegation {
                party: side.party.clone(),
                members: side.members.iter().map(person).collect(),
                mandate: side.note.clone().unwrap_or_default(),
            })
            .collect(),
        outcome: view.outcome.unwrap_or_default(),
        accounts: view.accounts.iter().map(said).collect(),
        source: view.source.unwrap_or_default(),
    }
}

fn said(said: &ledger::Said) -> Version {
    let text = match &said.speaker {
        Some(speaker) => format!("{speaker}: {}", said.wording),
        None => said.wording.clone(),
    };
    Version { party: said.party.clone(), text, source: said.source.clone().unwrap_or_default() }
}

/// Who said who broke what, newest first; an answer follows the claim it answers.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn claims(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Claim>, Faults> {
    let at = days.at(ledger, parties[0].as_str())?;
    let mut claims: Vec<Claim> = Vec::new();
    let mut exchanges = ledger.claims(&ledger::About::default(), at);
    exchanges.reverse();
    for exchange in exchanges {
        let answered_by = exchange.answers.iter().map(|answer| answer.claim.to_string()).collect();
        if parties.contains(&exchange.claim.side)
            && !claims.iter().any(|c| exchange.claim.claim == *c.id.as_str())
        {
            claims.push(claim(ledger, &exchange.claim, answered_by));
        }
        for answer in &exchange.answers {
            if !claims.iter().any(|claim| answer.claim == *claim.id.as_str()) {
                claims.push(claim(ledger, answer, Vec::new()));
            }
        }
    }
    Ok(claims)
}

fn claim(ledger: &Ledger, view: &ledger::ClaimView, answered_by: Vec<String>) -> Claim {
    let agreement = view.agreement.as_ref().map(|id| {
        ledger.agreement(id.as_str()).map_or_else(|| id.to_string(), |agreement| agreement.name.clone())
    });
    let about = match (agreement, &view.clause_action) {
        (Some(agreement), Some(action)) => Some(format!("{agreement}: {action}")),
        (Some(agreement), None) => Some(agreement),
        (None, _) => None,
    };
    Claim {
        id: view.claim.to_string(),
        said: view.said.day(),
        speaker: view.speaker.clone(),
        side: view.side.clone(),
        accused: view.accuses.clone(),
        about,
        text: view.text.clone(),
        grounds: view.grounds.join("; "),
        answered_by,
        status: view.status.clone(),
        source: view.source.clone().unwrap_or_default(),
        confidence: view.confidence,
    }
}

/// The clauses of every agreement between the parties known by the day.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn clauses(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Clause>, Faults> {
    let clock = ledger.governments().next().map_or("", |government| government.code.as_str());
    let views = ledger.clauses(None, days.at(ledger, clock)?);
    let name = |id: &str| ledger.agreement(id).map_or_else(|| id.to_string(), |found| found.name.clone());
    let clause = |view: ledger::ClauseView| Clause {
        agreement: name(view.agreement.as_str()),
        id: view.clause.to_string(),
        debtor: codes(&view.debtors),
        text: view.action,
        until: view.until.as_ref().map(ledger::Stamp::day),
        state: view.state.unwrap_or_else(|| "no text says".into()),
        since: view.since.as_ref().map(ledger::Stamp::day),
        note: view.note,
        carried_out_by: view.carried_out_by.iter().map(|act| act.label().to_string()).collect(),
        progress: view.progress.as_ref().map(progress),
        readings: view.readings.iter().map(said).collect(),
    };
    let between = |view: &ledger::ClauseView| {
        let found = ledger.agreement(view.agreement.as_str());
        found.is_some_and(|agreement| parties.iter().all(|party| agreement.parties.contains(party)))
    };
    Ok(views.into_iter().filter(between).map(clause).collect())
}

/// `promised: 12 Mt of soybeans by 1 January 2026; observed: 8 by 8 January 2026 (official US sales data)`.
fn progress(of: &ledger::Progress) -> String {
    let day = |stamp: &ledger::Stamp| stamp.day().strftime("%-d %B %Y").to_string();
    let by = of.by.as_ref().map_or_else(String::new, |by| format!(" before {}", day(by)));
    let seen = match &of.observed {
        Some((much, on, by)) => format!("observed: {much} by {} ({by})", day(on)),
        None => "nothing observed yet".into(),
    };
    format!("promised: {} {} of {}{by}; {seen}", of.promised, of.unit, of.good)
}

/// Export controls of either side that bear on the other, standing or to come.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn controls(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Control>, Faults> {
    let mut all = Vec::new();
    for (issuer, other) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        let views = ledger.controls("", days.at(ledger, issuer.as_str())?);
        let bears = |view: &ledger::ControlView| {
            view.issuer == *issuer && (view.target.is_empty() || view.target.contains(other))
        };
        all.extend(views.into_iter().filter(bears).map(|view| control(&view)));
    }
    Ok(all)
}

fn control(view: &ledger::ControlView) -> Control {
    let policy =
        ledger::Policy::ALL.iter().find(|(_, policy)| *policy == view.policy).map_or("", |(word, _)| word);
    let items = view.items.iter().map(|item| item.text.clone());
    let day = |stamp: &ledger::Stamp| stamp.day().strftime("%-d %b %Y").to_string();
    let until = || {
        view.suspended.iter().filter_map(|s| s.until.as_ref()).map(|u| format!(" until {}", day(u))).next()
    };
    let state = match view.standing {
        Some(ledger::Standing::InForce) => "in force".into(),
        Some(ledger::Standing::PartlySuspended) => "suspended in part".into(),
        Some(ledger::Standing::Suspended) => format!("suspended{}", until().unwrap_or_default()),
        Some(ledger::Standing::Unsettled) => "the suspension ran out; no text says what returns".into(),
        None => {
            view.begins.as_ref().map_or_else(|| "announced".into(), |begins| format!("from {}", day(begins)))
        }
    };
    Control {
        id: view.control.to_string(),
        issuer: view.issuer.clone(),
        title: view.title.clone(),
        instrument: view.instrument.clone(),
        policy: policy.to_string(),
        items: items.chain(view.persons.iter().cloned()).collect::<Vec<_>>().join("; "),
        since: view.since.as_ref().map(ledger::Stamp::day),
        state,
        confidence: view.confidence,
    }
}
