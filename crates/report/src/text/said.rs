//! What was said and controlled: claims with their answers, talks, export controls.

use scenario::{Account, Claim};

use super::{hanging, section};
use crate::sentence;
use crate::table::paragraph;

/// Who says who broke what: each claim with its answers beneath it. Neither side is taken.
pub fn claims(account: &Account) -> String {
    let mut out = section("Who says what (neither side taken)");
    if account.claims.is_empty() {
        out.push_str("No claim is on record.\n");
    }
    for claim in &account.claims {
        let about = claim.about.as_ref().map_or(String::new(), |about| format!(" [{about}]"));
        let grounds = if claim.grounds.is_empty() {
            String::new()
        } else {
            format!(" Grounds: {}.", claim.grounds.trim_end_matches('.'))
        };
        let answers: Vec<String> = claim
            .answered_by
            .iter()
            .filter_map(|id| account.claims.iter().find(|c| c.id == *id))
            .map(|c| format!("{} on {}", speaker(account, c), sentence::date_of_year(c.said)))
            .collect();
        let answered = if answers.is_empty() {
            String::new()
        } else {
            format!(" Answered by {}.", sentence::list(&answers))
        };
        let line = format!(
            "{}, {}: {}.{grounds}{about} Status: {}.{answered}",
            claim.said.strftime("%-d %b %Y"),
            speaker(account, claim),
            claim.text.trim_end_matches('.'),
            claim.status
        );
        out.push_str(&hanging(&line));
    }
    out
}

/// What was promised in the agreement behind the truce: each clause, how it stands, and how each side reads it.
pub fn promises(account: &Account) -> String {
    if account.truce.is_none() {
        return String::new();
    }
    let mut out = format!("\n{}", section("What was promised"));
    for clause in account.clauses_of_truce() {
        let debtor =
            clause.debtor.split('/').map(|code| sentence::name_of(account, &terms::Country::new(code)));
        let until = clause.until.map_or(String::new(), |day| format!(", until {}", sentence::date(day)));
        let since = clause.since.map_or(String::new(), |day| format!(" since {}", sentence::date(day)));
        let who = sentence::capital(&sentence::list(&debtor.collect::<Vec<_>>()));
        let note = clause.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
        let by = match clause.carried_out_by.is_empty() {
            true => String::new(),
            false => format!(" Carried out by {}.", sentence::list(&clause.carried_out_by)),
        };
        let line = format!("{who}: {}{until}. State: {}{since}{note}.{by}", clause.text, clause.state);
        out.push_str(&hanging(&line));
        if let Some(progress) = &clause.progress {
            out.push_str(&paragraph(&[format!("{progress}.")], 4));
        }
        for reading in &clause.readings {
            let whose = sentence::capital(&sentence::name_of(account, &reading.party));
            out.push_str(&paragraph(&[format!("{whose} reads: {}.", reading.text.trim_end_matches('.'))], 4));
        }
    }
    out
}

/// `Ministry of Commerce (China)`.
pub fn speaker(account: &Account, claim: &Claim) -> String {
    let side = account
        .parties
        .iter()
        .find(|p| p.code == claim.side)
        .map_or_else(|| claim.side.to_string(), |p| p.name.clone());
    let adjective = sentence::adjective_of(account, &claim.side);
    if claim.speaker.contains(&side) || claim.speaker.contains(&adjective) {
        claim.speaker.clone()
    } else {
        format!("{} ({side})", claim.speaker)
    }
}

/// Rounds of talks with who sits there; the next one first.
pub fn talks(account: &Account) -> String {
    let mut out = section("Talks");
    let (ahead, held): (Vec<_>, Vec<_>) = account.talks.iter().partition(|talk| talk.ahead);
    for talk in ahead.into_iter().chain(held.into_iter().rev()) {
        let outcome = match (talk.ahead, talk.outcome.is_empty()) {
            (true, _) if talk.start <= account.on => "under way".to_owned(),
            (true, _) => "ahead".to_owned(),
            (false, true) => "outcome not recorded".to_owned(),
            (false, false) => talk.outcome.trim_end_matches('.').to_owned(),
        };
        let when = talk.start.strftime("%-d %b %Y");
        out.push_str(&hanging(&format!("{when}, {} ({}): {outcome}.", talk.venue, talk.kind)));
        for delegation in talk.delegations.iter().filter(|d| !d.members.is_empty()) {
            let who = sentence::capital(&sentence::name_of(account, &delegation.party));
            let mandate = if delegation.mandate.is_empty() {
                String::new()
            } else {
                format!(" ({})", delegation.mandate)
            };
            out.push_str(&paragraph(&[format!("{who}: {}{mandate}.", delegation.members.join("; "))], 4));
        }
        for version in &talk.accounts {
            let whose = sentence::capital(&sentence::adjective_of(account, &version.party));
            out.push_str(&paragraph(
                &[format!("{whose} account: {}.", version.text.trim_end_matches('.'))],
                4,
            ));
        }
    }
    out
}

/// Export controls of either side.
pub fn controls(account: &Account) -> String {
    let mut out = section("Export controls");
    if account.controls.is_empty() {
        out.push_str("No control is on record.\n");
    }
    for party in &account.parties {
        let own = account.controls.iter().filter(|control| control.issuer == party.code);
        let (still, standing): (Vec<_>, Vec<_>) =
            own.partition(|control| control.state.starts_with("suspended"));
        for (title, controls) in [("in force or to come", standing), ("standing still", still)] {
            if controls.is_empty() {
                continue;
            }
            out.push_str(&format!("{} controls, {title}\n", sentence::capital(&party.adjective)));
            controls.into_iter().for_each(|control| out.push_str(&hanging(&control_line(control))));
        }
    }
    out
}

/// `Licences for seven rare earths and magnets (No. 18): samarium; …; case by case; in force since 4 Apr 2025.`
fn control_line(control: &scenario::Control) -> String {
    let since = control.since.map_or(String::new(), |day| format!(" since {}", day.strftime("%-d %b %Y")));
    let instrument = match control.instrument.is_empty() {
        true => String::new(),
        false => format!(" ({})", control.instrument),
    };
    let policy = match control.policy.as_str() {
        "ban" => "; no licences",
        "presume-no" => "; licences presumed refused",
        "case-by-case" => "; licences case by case",
        "general-licence" => "; general licences",
        _ => "",
    };
    let what = match control.items.is_empty() || control.items == control.title {
        true => String::new(),
        false => format!(": {}", control.items),
    };
    format!("{}{instrument}{what}{policy}; {}{since}.", control.title, control.state)
}
