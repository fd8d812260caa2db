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
    for control in &account.controls {
        let since =
            control.since.map_or(String::new(), |day| format!(" since {}", day.strftime("%-d %b %Y")));
        let whose = sentence::adjective_of(account, &control.issuer);
        let line = format!("{whose}, {}: {}; {}{since}.", control.instrument, control.items, control.state);
        out.push_str(&hanging(&sentence::capital(&line)));
    }
    out
}
