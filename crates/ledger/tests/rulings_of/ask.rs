//! The questions rulings put, and answers as lines of text.
//!
//! `headline USA CHN`, `standing MEASURE`, `truce AGREEMENT`, `pending USA CHN`, `changes USA CHN`,
//! `diff CLOCK`, `claims AGREEMENT`, `talks`, `talk TALK`, `clause CLAUSE`, `controls ITEM`, `origin MEASURE COUNTRY`,
//! `rule RULE`, `listed LIST LINE`, `threats`, `condition CLAUSE`;
//! then `on DAY`, `known DAY`, `from DAY`, `until DAY`, `view VIEW` in any order.

use std::fmt::Write;

use ledger::*;
use terms::{Instant, Interval};

pub struct Question<'q> {
    what: &'q str,
    of: Vec<&'q str>,
    on: Option<&'q str>,
    known: Option<&'q str>,
    from: Option<&'q str>,
    until: Option<&'q str>,
    view: View,
}

fn read(text: &str) -> Question<'_> {
    let mut words = text.split_whitespace();
    let what = words.next().unwrap();
    let mut question = Question {
        what,
        of: Vec::new(),
        on: None,
        known: None,
        from: None,
        until: None,
        view: View::Collected,
    };
    while let Some(word) = words.next() {
        match word {
            "on" => question.on = words.next(),
            "known" => question.known = words.next(),
            "from" => question.from = words.next(),
            "until" => question.until = words.next(),
            "view" => {
                let named = words.next().unwrap();
                question.view = View::ALL.iter().find(|(name, _)| *name == named).unwrap().1;
            }
            other => question.of.push(other),
        }
    }
    question
}

/// All questions of a block, one a line; their answers below each other.
pub fn answer(ledger: &Ledger, text: &str) -> String {
    text.lines().map(|line| one(ledger, &read(line))).collect::<Vec<_>>().join("\n")
}

fn one(ledger: &Ledger, q: &Question<'_>) -> String {
    // Days are read on the clock of the importer, or of the measure's government.
    let clock = match q.what {
        "headline" | "pending" | "changes" | "diff" => q.of.first().copied().unwrap_or("USA"),
        "standing" | "origin" => ledger.measure(q.of[0]).map_or("USA", |m| m.importer.as_str()),
        _ => "USA",
    };
    let moment = |text: &str| ledger.moment(clock, text).unwrap();
    let known = q.known.map_or(Instant::MAX, moment);
    let at = Clocks { on: q.on.map_or(known, moment), known, view: q.view };
    let during = Interval { from: q.from.map_or(at.on, moment), until: q.until.map(moment) };
    match q.what {
        "headline" => headline(&ledger.headline(q.of[0], q.of[1], at)),
        "standing" => standing(ledger, q.of[0], at),
        "origin" => {
            let version = ledger.version(&MeasureId::new(q.of[0]), at);
            let country = terms::Country::new(q.of[1]);
            let reached = version.is_some_and(|v| ledger.areas().reaches(&v.terms.origin, &country, at.on));
            if reached { "reached".into() } else { "not reached".into() }
        }
        "truce" => truce(&ledger.truce(q.of[0], at).unwrap()),
        "pending" => {
            let mut all = ledger.pending(&between(q), at);
            all.retain(|item| during.until.is_none_or(|until| item.at().instant() < until));
            pending(&all)
        }
        "changes" => {
            let changes = ledger.changes(&between(q), during, known, q.view);
            let duties = q.of.contains(&"duties");
            let meant = changes.iter().filter(|c| !duties || c.kind == MeasureKind::Duty);
            lines(meant.map(change))
        }
        "diff" => diff(&ledger.diff(during.from, moment(q.until.unwrap()), q.view)),
        "claims" => {
            let about = About { agreement: q.of.first().map(|id| AgreementId::new(*id)), ..About::default() };
            claims(&ledger.claims(&about, at))
        }
        "talks" => lines(ledger.talks(at).iter().map(|t| format!("{} {} {}", t.from, t.phase, t.title))),
        "talk" => talk(ledger.talks(at).iter().find(|t| t.talk == *q.of[0])),
        "clause" => {
            let clauses = ledger.clauses(None, at);
            clauses.iter().find(|c| c.clause == *q.of[0]).map_or("not known".into(), clause)
        }
        "condition" => {
            let clauses = ledger.clauses(None, at);
            let found = clauses.into_iter().find(|c| c.clause == *q.of[0]);
            found.and_then(|c| c.condition).unwrap_or_else(|| "no condition".into())
        }
        "threats" => {
            let acts = ledger.acts().filter(|act| act.published <= known && during.holds(act.published));
            let uttered = acts.flat_map(|act| act.threats.iter().map(move |threat| (act, threat)));
            lines(uttered.map(|(act, threat)| {
                let day = ledger.day(act.issuer.as_str(), act.published);
                let rate = threat.rate.map_or_else(|| "no rate".into(), |rate| format!("{rate} %"));
                let came = threat.outcome.as_ref().filter(|(since, _)| *since <= known);
                let came = came.map_or("no outcome known", |(_, outcome)| outcome.as_str());
                format!("{day} {}: {rate}, {}: {came}", act.issuer, threat.text)
            }))
        }
        "controls" => {
            let controls = ledger.controls(&q.of.join(" "), at);
            lines(controls.iter().map(control))
        }
        "rule" => {
            let rule = ledger.rules().find(|rule| rule.id == *q.of[0]).unwrap();
            if rule.holds(at.on, known) { "in force".into() } else { "not in force".into() }
        }
        "listed" => {
            let list = ledger.list(q.of[0]).unwrap();
            match list.entry(q.of[1].parse().unwrap(), at.on, known) {
                Some(entry) => format!("listed ({})", entry.act),
                None => "not listed".into(),
            }
        }
        other => panic!("`{other}` is no question"),
    }
}

fn between(q: &Question<'_>) -> Between {
    match q.of[..] {
        [importer, origin, ..] => Between::pair(importer, origin),
        _ => Between::default(),
    }
}

fn lines(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.collect();
    if all.is_empty() { "nothing".into() } else { all.join("\n") }
}

fn acts(acts: &[ActBrief]) -> String {
    acts.iter().map(|act| act.id.as_str()).collect::<Vec<_>>().join(", ")
}

fn headline(h: &Headline) -> String {
    let mut text = format!("{}", h.total_pct);
    for part in &h.parts {
        let charged = part.charged_pct.map_or("?".into(), |points| points.to_string());
        let act = part.act.as_ref().map_or("", |act| act.id.as_str());
        write!(text, "\n  {charged} {} ({act})", part.measure).unwrap();
        for still in &part.suspended {
            let points = still.points_pp.map_or("all".into(), |points| points.to_string());
            let until = still.until.as_ref().map_or("resumed".into(), ToString::to_string);
            write!(text, ": {} less {points} until {until}", part.stated).unwrap();
        }
    }
    if let Some(later) = &h.later_that_day {
        write!(text, "\n  later that day {} from {}", later.total_pct, later.from).unwrap();
    }
    text
}

fn standing(ledger: &Ledger, id: &str, at: Clocks) -> String {
    let measure = MeasureId::new(id);
    let Some(version) = ledger.version(&measure, at) else { return "not in force".into() };
    let clock = ledger.measure(id).unwrap().importer.clone();
    let stamp = |at| ledger.stamp(clock.as_str(), at).to_string();
    let until = version.during.until.map_or("open".into(), stamp);
    let duty = ledger.measure(id).unwrap().kind == MeasureKind::Duty;
    let mut text = format!(
        "{} {} from {} until {until} ({})",
        match version.standing() {
            Standing::InForce => "in force",
            Standing::PartlySuspended => "partly suspended",
            Standing::Suspended => "suspended",
            Standing::Unsettled => "unsettled",
        },
        if duty { version.charged().to_string() } else { String::new() },
        ledger.stamp(clock.as_str(), version.during.from),
        version.act
    );
    text = text.replace("  from", " from");
    let stated = if duty { version.terms.duty.to_string() } else { "the whole".into() };
    for still in &version.suspended {
        let points = still.points.map_or("all".into(), |points| points.to_string());
        let end =
            still.until.map_or("resumed".into(), |until| ledger.stamp(clock.as_str(), until).to_string());
        let lapse = format!("{:?}", still.on_lapse).to_lowercase();
        let voices: Vec<&str> = still.acts.iter().map(ActId::as_str).collect();
        let voices = voices.join(", ");
        write!(text, "\n  {} less {points} until {end}, then {lapse} ({voices})", stated).unwrap();
    }
    text
}

fn truce(t: &Truce) -> String {
    let mut text = match &t.count {
        Some(count) => format!("{}: day {} of {}, {} left", count.phase, count.day, count.of, count.left),
        None => "no window".into(),
    };
    for side in &t.sides {
        let returns = match (&side.headline_pct, &side.headline_after_lapse_pct) {
            (Some(now), Some(then)) => format!("returns {}, headline {now} to {then}", side.returns_pp),
            _ if side.returns_pp > terms::Points::ZERO => format!("returns {}", side.returns_pp),
            _ => format!("on lapse {}", format!("{:?}", side.on_lapse).to_lowercase()),
        };
        let alive = if side.standing.is_some() { "" } else { " (not in force)" };
        write!(text, "\n  {} {} until {}: {returns}{alive}", side.debtor, side.measure, side.count.until)
            .unwrap();
    }
    for renewal in &t.renewals {
        let act = renewal.act.as_ref().map_or("", |act| act.id.as_str());
        write!(text, "\n  {} prolonged from {} to {} ({act})", renewal.window, renewal.from, renewal.until)
            .unwrap();
    }
    text
}

fn change(c: &Change) -> String {
    let turn = format!("{:?}", c.turn).to_lowercase();
    let points = |p: &Option<terms::Points>| p.map_or("-".into(), |p| p.to_string());
    let rates = match (&c.before_pct, &c.after_pct) {
        (None, None) => String::new(),
        (before, after) => format!(" {} to {}", points(before), points(after)),
    };
    format!("{} {} {turn}{rates} ({})", c.at, c.measure, acts(&c.acts))
}

fn pending(all: &[Pending]) -> String {
    lines(all.iter().map(|item| match item {
        Pending::Change { in_days, change: c, .. } => format!("in {in_days} days: {}", change(c)),
        Pending::Clause { in_days, at, clause, .. } => format!("in {in_days} days: {at} clause {clause}"),
        Pending::Talk { in_days, at, talk, .. } => format!("in {in_days} days: {at} meeting {talk}"),
    }))
}

fn diff(d: &Diff) -> String {
    lines(d.differences.iter().map(|x| {
        let until = x.until.as_ref().map_or("open".into(), ToString::to_string);
        let said = |text: &Option<String>| text.clone().unwrap_or("not in force".into());
        let back = if x.back_in_time { ", back in time" } else { "" };
        let (before, after) = (said(&x.before), said(&x.after));
        format!(
            "{} from {} until {until}: {before} became {after} ({}){back}",
            x.measure,
            x.from,
            acts(&x.acts)
        )
    }))
}

fn claims(all: &[Exchange]) -> String {
    let said = |c: &ClaimView| format!("{} {}: {} [{}]", c.said, c.speaker, c.text, c.status);
    lines(all.iter().map(|exchange| {
        let mut text = said(&exchange.claim);
        if exchange.answers.is_empty() {
            text.push_str("\n  no answer known");
        }
        for reply in &exchange.answers {
            write!(text, "\n  answered {}", said(reply)).unwrap();
        }
        text
    }))
}

fn talk(found: Option<&TalkView>) -> String {
    let Some(t) = found else { return "not known".into() };
    let mut text = format!("{} to {}, {}, {}", t.from, t.through, t.venue, t.phase);
    for side in &t.delegations {
        let names: Vec<&str> = side.members.iter().map(|m| m.name.as_str()).collect();
        write!(text, "\n  {}: {} (announced {})", side.party, names.join(", "), side.announced.day())
            .unwrap();
    }
    for account in &t.accounts {
        write!(text, "\n  {} says: {}", account.party, account.wording).unwrap();
    }
    write!(text, "\n  outcome: {}", t.outcome.as_deref().unwrap_or("not known")).unwrap();
    text
}

fn clause(c: &ClauseView) -> String {
    let state = c.state.as_deref().unwrap_or("open");
    let debtors: Vec<&str> = c.debtors.iter().map(terms::Country::as_str).collect();
    let mut text = format!("{} owes: {} [{state}]", debtors.join(" and "), c.action);
    if !c.carried_out_by.is_empty() {
        write!(text, "\n  carried out by {}", acts(&c.carried_out_by)).unwrap();
    }
    for reading in &c.readings {
        write!(text, "\n  {} reads: {}", reading.party, reading.wording).unwrap();
    }
    if let Some(p) = &c.progress {
        let seen = p
            .observed
            .as_ref()
            .map_or("nothing observed".into(), |(much, on, by)| format!("{much} observed on {on} by {by}"));
        write!(text, "\n  {} {} of {} promised, {seen}", p.promised, p.unit, p.good).unwrap();
    }
    text
}

fn control(c: &ControlView) -> String {
    let standing = match (c.standing, &c.begins) {
        (Some(Standing::InForce), _) => "in force".into(),
        (Some(Standing::Suspended), _) => {
            let until = c.suspended.first().and_then(|s| s.until.as_ref());
            format!("suspended until {}", until.map_or("resumed".into(), ToString::to_string))
        }
        (Some(other), _) => format!("{other:?}").to_lowercase(),
        (None, Some(begins)) => format!("begins {begins}"),
        (None, None) => "without a day".into(),
    };
    format!("{} {}: {standing} ({})", c.issuer, c.control, c.title)
}
