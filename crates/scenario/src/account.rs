//! The record's part of a brief: what is in force, promised, said and foreseen, between two governments.
//!
//! The ledger answers; here its answers are put in the order of a page. Nothing is decided here.

use diagnostic::{Diagnostic, Faults, help_nearest};
use ledger::{Between, Ledger, Pending as Foreseen, Turn, View};
use terms::{Country, Day, Instant, Interval, Points};

use crate::brief::{
    Account, Claim, Clause, Control, Delegation, Direction, Ended, Lane, Later, Part, Party, Peak, Pending,
    Return, Step, Talk, TimelineEvent, Truce, Version,
};
use crate::clock::{Days, bad_date};
use crate::words;

/// Days a chart shows before the first duty of the conflict, and after the last day of interest.
const MARGIN: i64 = 21;

/// Everything the record says of two governments.
///
/// # Errors
/// `unknown-country` for a party that issues no acts here; `bad-date` for a day outside the calendar.
pub fn account(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Account, Faults> {
    account_of(ledger, parties, days, None, None)
}

/// The same under a title, and with the truce that carries out `agreement`.
///
/// # Errors
/// As [`account`]; `unknown-agreement` when the record knows none of that name.
pub(crate) fn account_of(
    ledger: &Ledger,
    parties: &[Country; 2],
    days: Days,
    title: Option<&str>,
    agreement: Option<&str>,
) -> Result<Account, Faults> {
    for code in parties {
        known_party(ledger, code)?;
    }
    let [a, b] = parties.each_ref().map(|code| party(ledger, code));
    let truce = truce(ledger, parties, days, agreement)?;
    Ok(Account {
        title: title.map_or_else(|| format!("{} and {} on {}", a.name, b.name, days.on), str::to_string),
        on: days.on,
        known_on: days.known_on,
        directions: [
            direction(ledger, [&a.code, &b.code], days, truce.as_ref())?,
            direction(ledger, [&b.code, &a.code], days, truce.as_ref())?,
        ],
        truce,
        pending: pending(ledger, parties, days)?,
        timeline: timeline(ledger, parties, days)?,
        talks: talks(ledger, days)?,
        claims: claims(ledger, parties, days)?,
        clauses: clauses(ledger, parties, days)?,
        controls: controls(ledger, parties, days)?,
        definitions: words::definitions(),
        parties: [a, b],
    })
}

/// A government the record knows.
///
/// # Errors
/// `unknown-country`, with the nearest that issue acts.
pub fn known_party(ledger: &Ledger, code: &Country) -> Result<(), Diagnostic> {
    if ledger.governments().any(|government| government.code == *code) {
        return Ok(());
    }
    let known: Vec<&str> = ledger.governments().map(|government| government.code.as_str()).collect();
    Err(Diagnostic::error("unknown-country", format!("`{code}` is not a government of this record"))
        .help_if(help_nearest(code.as_str(), known.iter().copied()))
        .note(format!("governments whose acts are recorded: {}", known.join(", "))))
}

fn known_agreement(ledger: &Ledger, name: &str) -> Result<ledger::AgreementId, Diagnostic> {
    ledger.agreement(name).map(|found| found.id.clone()).ok_or_else(|| {
        let ids = || ledger.agreements().map(|found| found.id.as_str());
        Diagnostic::error("unknown-agreement", format!("no agreement is called `{name}`"))
            .help_if(help_nearest(name, ids().map(|id| id.strip_prefix("ag-").unwrap_or(id))))
            .note(format!("on record: {}", ids().collect::<Vec<_>>().join(", ")))
    })
}

/// The turns of one importer's measures on one origin's goods, in the order of time.
///
/// # Errors
/// `reversed-period` when it ends before it begins; `bad-date` for a day outside the calendar.
pub fn changes(
    ledger: &Ledger,
    [importer, origin]: &[Country; 2],
    (from, to): (Option<Day>, Option<Day>),
    days: Days,
) -> Result<Vec<ledger::Change>, Faults> {
    known_party(ledger, importer)?;
    let zone = ledger.clock(importer.as_str()).zone;
    let instant = |day: Day| zone.start_of(day).map_err(bad_date);
    let first = ledger.acts().map(|act| act.published).min().unwrap_or(Instant::UNIX_EPOCH);
    let from = from.map(instant).transpose()?.unwrap_or(first);
    let to = to.map(instant).transpose()?;
    let Some(during) = Interval::new(from, to) else {
        return Err(Diagnostic::error("reversed-period", "the period ends before it begins")
            .help("`--from` is the first day, `--to` the day after the last")
            .into());
    };
    let between = Between::pair(importer.as_str(), origin.as_str());
    Ok(ledger.changes(&between, during, days.known(ledger)?, View::Collected))
}

/// What publication after `first` and by the end of `second` changed.
///
/// # Errors
/// `bad-date` for a day outside the calendar.
pub fn diff(ledger: &Ledger, first: Day, second: Day) -> Result<ledger::Diff, Faults> {
    let known = |day: Day| Days { on: day, known_on: Some(day) }.known(ledger);
    Ok(ledger.diff(known(first)?, known(second)?, View::Collected))
}

fn party(ledger: &Ledger, code: &Country) -> Party {
    let found = ledger.governments().find(|government| government.code == *code);
    let name = found.map_or_else(|| code.to_string(), |government| government.name.clone());
    Party { code: code.clone(), adjective: words::adjective(code, &name), name }
}

/// What one party charges on the other's goods, and how it came to that.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn direction(
    ledger: &Ledger,
    [importer, origin]: [&Country; 2],
    days: Days,
    truce: Option<&Truce>,
) -> Result<Direction, Faults> {
    let at = days.at(ledger, importer.as_str())?;
    let headline = ledger.headline(importer.as_str(), origin.as_str(), at);
    let year = at.on - jiff::SignedDuration::from_hours(24 * 365);
    let ended = Interval::new(year, Some(at.on)).map_or_else(Vec::new, |during| {
        let between = Between::pair(importer.as_str(), origin.as_str());
        ledger.changes(&between, during, at.known, at.view)
    });
    let mut ended: Vec<Ended> = ended
        .iter()
        .filter(|change| change.all_goods && change.turn == Turn::Ends)
        .filter(|change| !headline.parts.iter().any(|part| part.measure == change.measure))
        .map(fell_away)
        .collect();
    // What another duty had replaced charged nothing of its own when it ended.
    ended.retain(|duty| {
        ledger.measure(&duty.measure).is_some_and(|measure| !replaced(ledger, measure, origin, duty.on, at))
    });
    ended.reverse();
    let end = truce.map_or(days.on, |truce| truce.until).max(days.on);
    let steps = steps(ledger, [importer, origin], days, end)?;
    let past = || steps.iter().filter(|step| !step.scheduled);
    let top = past().map(|step| step.headline_pp).fold(0.0, f64::max);
    let first = past().find(|step| step.headline_pp == top);
    Ok(Direction {
        importer: importer.clone(),
        exporter: origin.clone(),
        headline_pp: headline.total_pct.as_f64(),
        parts: headline.parts.iter().map(part).collect(),
        listed: headline.listed.iter().map(part).collect(),
        ended,
        later: headline
            .later_that_day
            .map(|later| Later { from: later.from.to_string(), headline_pp: later.total_pct.as_f64() }),
        trade_weighted_pct: None,
        simple_mean_pct: None,
        coverage_pct: None,
        peak: Peak { headline_pp: top, from: first.map_or(days.on, |step| step.from) },
        steps,
    })
}

fn fell_away(change: &ledger::Change) -> Ended {
    let act = change.acts.first();
    Ended {
        measure: change.measure.to_string(),
        name: change.title.clone(),
        points_pp: change.before_pct.map_or(0.0, |points| points.as_f64()),
        on: change.at.day(),
        act: act.map_or_else(String::new, |act| act.label().to_string()),
        citation: act.map_or_else(String::new, |act| act.citation.to_string()),
    }
}

/// Whether another duty held the place of `measure` on the eve of `day`.
fn replaced(
    ledger: &Ledger,
    measure: &ledger::Measure,
    origin: &Country,
    day: Day,
    at: ledger::Clocks,
) -> bool {
    let importer = measure.importer.as_str();
    let Ok(end) = ledger.clock(importer).zone.start_of(day) else { return false };
    let eve = ledger::Clocks { on: end - jiff::SignedDuration::from_secs(1), ..at };
    let headline = ledger.headline(importer, origin.as_str(), eve);
    !headline.parts.iter().any(|part| part.measure == measure.id)
}

fn part(part: &ledger::HeadlinePart) -> Part {
    let act = part.act.as_ref();
    let stated = part.stated.points().map_or(0.0, |points| points.as_f64());
    Part {
        measure: part.measure.to_string(),
        name: part.title.clone(),
        points_pp: part.charged_pct.map_or(0.0, |points| points.as_f64()),
        full_pp: stated,
        suspended_pp: part.suspended.iter().filter_map(|s| s.points_pp).sum::<Points>().as_f64(),
        since: part.since.day(),
        until: part.until.as_ref().map(ledger::Stamp::day),
        act: act.map_or_else(String::new, |act| act.label().to_string()),
        citation: act.map_or_else(String::new, |act| act.citation.to_string()),
        confidence: part.confidence,
    }
}

/// The headline through time, from shortly before it first left zero until shortly after `end`.
fn steps(
    ledger: &Ledger,
    [importer, origin]: [&Country; 2],
    days: Days,
    end: Day,
) -> Result<Vec<Step>, Faults> {
    let at = days.at(ledger, importer.as_str())?;
    let zone = ledger.clock(importer.as_str()).zone;
    let shift = |day: Day, by: i64| day.saturating_add(jiff::Span::new().days(by));
    let until = zone.start_of(shift(end, MARGIN)).map_err(bad_date)?;
    let first_act = ledger.acts().map(|act| act.published).min().unwrap_or(at.on).min(at.on);
    let Some(during) = Interval::new(first_act, Some(until)) else { return Ok(Vec::new()) };
    let series =
        ledger.headline_series(importer.as_str(), origin.as_str(), during, at.known, View::Collected);
    let mut steps: Vec<Step> = series
        .steps
        .iter()
        .map(|step| Step {
            from: step.from.day(),
            from_instant: step.from.instant().to_string(),
            headline_pp: step.total_pct.as_f64(),
            label: step.label.clone(),
            act: step.acts.first().map_or_else(String::new, |act| act.citation.to_string()),
            scheduled: step.from.instant() > at.on,
        })
        .collect();
    // The long quiet before the first duty is shown in part.
    if let [zero, first, ..] = steps.as_mut_slice()
        && zero.headline_pp == 0.0
    {
        zero.from = shift(first.from, -MARGIN);
        zero.from_instant = zone.start_of(zero.from).map_err(bad_date)?.to_string();
    }
    Ok(steps)
}

/// The truce between the parties whose window holds the day, if any.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn truce(
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
    for party in parties {
        // Each side's points are read on its own clock.
        let own = ledger.truce(found.agreement.as_str(), days.at(ledger, party.as_str())?);
        let sides = own.into_iter().flat_map(|truce| truce.sides).filter(|side| side.debtor == *party);
        for side in sides.filter(|side| side.headline_pct.is_some() && side.standing.is_some()) {
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
    let renewals = found.renewals.iter().map(|renewal| {
        let act = renewal.act.as_ref().map_or_else(String::new, |act| format!(" ({})", act.label()));
        format!("{}: from {} to {}{act}", renewal.debtor, renewal.from, renewal.until)
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
        renewals: renewals.collect(),
    }))
}

/// What the texts foresee after the day for either side, soonest first.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn pending(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Pending>, Faults> {
    let mut all: Vec<Pending> = Vec::new();
    for (importer, origin) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        let at = days.at(ledger, importer.as_str())?;
        let between = Between::pair(importer.as_str(), origin.as_str());
        for foreseen in ledger.pending(&between, at) {
            let item = pending_item(&foreseen);
            if !all.contains(&item) {
                all.push(item);
            }
        }
    }
    all.sort_by(|a, b| (a.on, &a.who, &a.subject).cmp(&(b.on, &b.who, &b.subject)));
    Ok(all)
}

fn pending_item(foreseen: &Foreseen) -> Pending {
    match foreseen {
        Foreseen::Change { change, returns_pp, .. } => {
            let points = |p: Option<Points>| p.map_or_else(|| "nothing".into(), |p| format!("{p} points"));
            let (before, after) = (points(change.before_pct), points(change.after_pct));
            let what = match (change.turn, returns_pp) {
                (Turn::Returns, Some(back)) => {
                    format!(
                        "{}: {back} points return, from {before} to {after}, unless prolonged",
                        change.title
                    )
                }
                (Turn::Returns, None) => format!("{}: the suspension ends", change.title),
                (Turn::Starts, _) => match change.after_pct {
                    Some(_) => format!("{}: begins, {after}", change.title),
                    None => format!("{}: begins", change.title),
                },
                (Turn::Ends, _) => match change.before_pct {
                    Some(_) => format!("{}: ends, {before} fall away", change.title),
                    None => format!("{}: ends", change.title),
                },
                (Turn::Suspended, _) => {
                    format!("{}: stands still in part or whole, from {before} to {after}", change.title)
                }
                (Turn::Rate, _) if before == after => format!("{}: the next step", change.title),
                (Turn::Rate, _) => format!("{}: from {before} to {after}", change.title),
                (Turn::Terms, _) => format!("{}: other goods, origins or exceptions", change.title),
            };
            Pending {
                on: change.at.day(),
                who: change.importer.to_string(),
                what,
                subject: change.measure.to_string(),
                act: change.acts.iter().map(|act| act.label()).collect::<Vec<_>>().join(", "),
            }
        }
        Foreseen::Clause { at, clause, agreement, debtors, action, .. } => Pending {
            on: at.day(),
            who: codes(debtors),
            what: format!("due or ending: {action}"),
            subject: clause.to_string(),
            act: agreement.to_string(),
        },
        Foreseen::Talk { at, talk, title, venue, .. } => Pending {
            on: at.day(),
            who: String::new(),
            what: if title.contains(venue.as_str()) { title.clone() } else { format!("{title}, {venue}") },
            subject: talk.to_string(),
            act: String::new(),
        },
    }
}

fn codes(countries: &[Country]) -> String {
    countries.iter().map(Country::as_str).collect::<Vec<_>>().join("/")
}

/// Acts, talks, claims and controls known by the day, in the order they became public.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn timeline(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<TimelineEvent>, Faults> {
    let at = days.at(ledger, parties[0].as_str())?;
    // Announced meetings lie ahead of the day; what happened later is not known by its text.
    let ahead = days.on.saturating_add(jiff::Span::new().days(MARGIN));
    let until = ledger.clock(parties[0].as_str()).zone.start_of(ahead).map_err(bad_date)?;
    let from = ledger.acts().map(|act| act.published).min().unwrap_or(at.on);
    let Some(during) = Interval::new(from.min(at.on), Some(until)) else { return Ok(Vec::new()) };
    let events = ledger.timeline(during, at.known).into_iter();
    let ours = events.filter(|event| event.side.as_ref().is_none_or(|side| parties.contains(side)));
    Ok(ours.map(|event| timeline_event(ledger, event)).collect())
}

fn timeline_event(ledger: &Ledger, event: ledger::Event) -> TimelineEvent {
    let lane = match event.lane {
        ledger::Lane::Duty | ledger::Lane::Court => Lane::Acts,
        ledger::Lane::Control => Lane::Controls,
        ledger::Lane::Statement | ledger::Lane::Threat => Lane::Threats,
        ledger::Lane::Talk | ledger::Lane::Agreement => Lane::Talks,
        ledger::Lane::Claim => Lane::Claims,
    };
    let citation = ledger.act(&event.id).map_or_else(String::new, |act| act.citation.to_string());
    TimelineEvent {
        on: event.at.day(),
        published: event.at.day(),
        lane,
        who: event.side.as_ref().map_or_else(String::new, Country::to_string),
        label: event.detail.clone().unwrap_or_else(|| event.title.clone()),
        text: event.title,
        citation,
        confidence: event.confidence,
    }
}

/// Meetings known by the day, in the order of days.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn talks(ledger: &Ledger, days: Days) -> Result<Vec<Talk>, Faults> {
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
fn claims(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Claim>, Faults> {
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
fn clauses(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Clause>, Faults> {
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
        readings: view.readings.iter().map(said).collect(),
    };
    let between = |view: &ledger::ClauseView| {
        let found = ledger.agreement(view.agreement.as_str());
        found.is_some_and(|agreement| parties.iter().all(|party| agreement.parties.contains(party)))
    };
    Ok(views.into_iter().filter(between).map(clause).collect())
}

/// Export controls of either side that bear on the other, standing or to come.
///
/// # Errors
/// `bad-date` when a day lies outside the calendar.
fn controls(ledger: &Ledger, parties: &[Country; 2], days: Days) -> Result<Vec<Control>, Faults> {
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
    let items = view.items.iter().map(|item| item.text.clone());
    let until =
        || view.suspended.iter().filter_map(|s| s.until.as_ref()).map(|u| format!(" until {u}")).next();
    let state = match view.standing {
        Some(ledger::Standing::InForce) => "in force".into(),
        Some(ledger::Standing::PartlySuspended) => "suspended in part".into(),
        Some(ledger::Standing::Suspended) => format!("suspended{}", until().unwrap_or_default()),
        Some(ledger::Standing::Unsettled) => "the suspension ran out; no text says what returns".into(),
        None => view.begins.as_ref().map_or_else(|| "announced".into(), |begins| format!("from {begins}")),
    };
    Control {
        id: view.control.to_string(),
        issuer: view.issuer.clone(),
        instrument: view.instrument.clone(),
        items: items.chain(view.persons.iter().cloned()).collect::<Vec<_>>().join("; "),
        since: view.since.as_ref().map(ledger::Stamp::day),
        state,
        confidence: view.confidence,
    }
}
