//! The truce whose window holds the day, and what its lapse returns.

use diagnostic::Faults;
use ledger::{Clocks, Ledger, Side};
use terms::{Country, Points};

use super::{known_agreement, party};
use crate::brief::{Return, Standstill, Truce};
use crate::clock::Days;

/// The truce between the parties whose window holds the day, if any.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
pub(super) fn truce(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    agreement: Option<&str>,
) -> Result<Option<Truce>, Faults> {
    let at = days.at(ledger, parties[0].as_str())?;
    let wanted = agreement.map(|name| known_agreement(ledger, name)).transpose()?;
    let open = ledger.truces(at).into_iter().find(|truce| {
        let between = ledger.agreement(truce.agreement.as_str());
        wanted.as_ref().is_none_or(|wanted| truce.agreement == *wanted)
            && between.is_some_and(|found| parties.iter().all(|party| found.parties.contains(party)))
            && truce.sides.iter().any(|side| side.headline_pct.is_some())
    });
    let Some(found) = open else { return Ok(None) };
    let Some(count) = found.count else { return Ok(None) };
    let mut returns: Vec<Return> = Vec::new();
    let mut others: Vec<Standstill> = Vec::new();
    for party in parties {
        for side in sides(ledger, found.agreement.as_str(), [party, other(parties, party)], days)? {
            let (Some(now), Some(after)) = (side.headline_pct, side.headline_after_lapse_pct) else {
                continue;
            };
            returns.push(Return {
                importer: party.clone(),
                returns_pp: side.returns_pp.as_f64(),
                headline_today_pp: now.as_f64(),
                headline_after_pp: after.as_f64(),
                measures: vec![side.measure.to_string()],
                note: "only what is suspended can return; steps that were ended cannot".into(),
            });
        }
    }
    for party in parties {
        // What else stands still: each side is read on its own clock.
        let own = ledger.truce(found.agreement.as_str(), days.at(ledger, party.as_str())?);
        let sides = own.into_iter().flat_map(|truce| truce.sides).filter(|side| side.debtor == *party);
        let beside = sides.filter(|side| side.headline_pct.is_none() || side.standing.is_none());
        others.extend(beside.map(|side| standstill(ledger, &side, at.on)));
    }
    let renewals = found.renewals.iter().map(|renewal| {
        let act = renewal.act.as_ref().map_or_else(String::new, |act| format!(" ({})", act.label()));
        let who = party(ledger, &renewal.debtor).name;
        format!("{who} to {}{act}", renewal.until.day().strftime("%-d %B %Y"))
    });
    Ok(Some(Truce {
        agreement: found.agreement.to_string(),
        name: found.name,
        from: count.from.day(),
        until: count.until.day(),
        day: count.day,
        days: count.of,
        days_left: count.left,
        returns,
        others,
        snapbacks: found.snapbacks.iter().map(|back| snapback(ledger, back)).collect(),
        renewals: renewals.collect(),
    }))
}

fn other<'p>(parties: &'p [Country; 2], party: &Country) -> &'p Country {
    if parties[0] == *party { &parties[1] } else { &parties[0] }
}

/// What `party` holds suspended against `rival`, on its own clock. Where the day holds two headlines and nothing is
/// suspended yet as it starts (China on 14 May 2025, before 12:01), the later hour is read.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn sides(
    ledger: &Ledger,
    agreement: &str,
    [party, rival]: [&Country; 2],
    days: Days,
) -> Result<Vec<Side>, Faults> {
    let at = days.at(ledger, party.as_str())?;
    let read = |at: Clocks| -> Vec<Side> {
        let sides = ledger.truce(agreement, at).into_iter().flat_map(|truce| truce.sides);
        sides.filter(|s| s.debtor == *party && s.headline_pct.is_some() && s.standing.is_some()).collect()
    };
    let start = read(at);
    if start.iter().any(|side| side.returns_pp != Points::ZERO) {
        return Ok(start);
    }
    let later = ledger.headline(party.as_str(), rival.as_str(), at).later_that_day;
    let later = later.map(|later| read(Clocks { on: later.from.instant(), ..at }));
    Ok(later.filter(|sides| sides.iter().any(|side| side.returns_pp != Points::ZERO)).unwrap_or(start))
}

/// `If the clause "…" is broken, 24 points return: by itself.`
fn snapback(ledger: &Ledger, back: &ledger::Snapback) -> String {
    let title = |id: &ledger::MeasureId| {
        ledger.measure(id.as_str()).map_or_else(|| id.to_string(), |measure| measure.title.clone())
    };
    let clause = back.if_broken.as_ref().map(|id| {
        let action = ledger.clause(id).map_or_else(|| id.to_string(), |(_, clause)| clause.action.clone());
        format!("the clause \u{201c}{action}\u{201d} is broken")
    });
    let other = || back.if_in_force.as_ref().map(|id| format!("{} is in force again", title(id)));
    let day = || {
        let clock = ledger.measure(back.measure.as_str()).map_or("", |measure| measure.importer.as_str());
        back.on.map(|on| format!("{} comes", ledger.day(clock, on).strftime("%-d %B %Y")))
    };
    let cause = clause.or_else(other).or_else(day).unwrap_or_else(|| "a party so decides".into());
    let how = if back.automatic { "by itself" } else { "by another act" };
    format!("If {cause}, of {}: {}, {how}", title(&back.measure), back.effect)
}

fn standstill(ledger: &Ledger, side: &Side, on: terms::Instant) -> Standstill {
    let duty = ledger.measure(side.measure.as_str()).is_some_and(|m| m.kind == ledger::MeasureKind::Duty);
    let whole = duty.then_some(side.returns_pp).filter(|points| *points > Points::ZERO);
    let gone = side.count.from.instant() <= on && side.standing.is_none();
    Standstill {
        importer: side.debtor.clone(),
        measure: side.measure.to_string(),
        title: side.title.clone(),
        points_pp: side.points_pp.filter(|_| duty).or(whole).map(|points| points.as_f64()),
        in_force: side.standing.map(|_| true).or(gone.then_some(false)),
        until: side.count.until.day(),
        on_lapse: match &side.on_lapse {
            ledger::OnLapse::Return => "return".into(),
            ledger::OnLapse::ReturnAs(duty) => format!("return {duty}"),
            ledger::OnLapse::Nothing => "nothing".into(),
            ledger::OnLapse::Ask => "ask".into(),
        },
    }
}
