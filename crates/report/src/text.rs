//! A page of text a journalist could use: sentences first, then small tables, eighty columns.
//!
//! [`brief`] prints the whole; the other functions print one part each, for the commands of that name.

use scenario::{Account, Brief, Claim, Cost, Direction, Pending};

use crate::rounding::{change_pct, change_usd, fixed, level_pct, residual, short, signed};
use crate::sentence;
use crate::table::{Align, PAGE, Table, paragraph, width};

/// The whole page.
pub fn brief(brief: &Brief) -> String {
    let mut page = Vec::from([head(&brief.account), status(&brief.account)]);
    page.extend(brief.account.truce.as_ref().map(|_| truce(brief)));
    page.extend(costs(brief));
    page.extend(play(brief));
    page.extend(if brief.account.claims.is_empty() { None } else { Some(claims(&brief.account)) });
    page.extend(if brief.account.talks.is_empty() { None } else { Some(talks(&brief.account)) });
    page.extend(if brief.account.controls.is_empty() { None } else { Some(controls(&brief.account)) });
    page.extend(if brief.account.pending.is_empty() { None } else { Some(next(&brief.account)) });
    page.push(evidence(brief));
    page.join("\n")
}

/// Who, when, and the headline sentence.
pub fn head(account: &Account) -> String {
    let parties = format!("{} – {}", account.parties[0].name, account.parties[1].name);
    let clocks = format!("on {}, {}", sentence::date(account.on), sentence::known(account));
    let gap = PAGE.saturating_sub(width(&parties) + width(&clocks)).max(2);
    let title = paragraph(&[format!("{}.", sentence::headline(account))], 0);
    format!("{parties}{}{clocks}\n{}\n{title}", " ".repeat(gap), "═".repeat(PAGE))
}

fn section(title: &str) -> String {
    format!("{}\n", title.to_uppercase())
}

/// What is in force in both directions, and why.
pub fn status(account: &Account) -> String {
    let mut out = section("In force, and why");
    for direction in &account.directions {
        out.push_str(&paragraph(&[sentence::in_force(account, direction)], 0));
        out.push_str(&parts(direction));
        let measures = [
            direction.trade_weighted_pct.map(|v| format!("{} trade-weighted", level_pct(v))),
            direction.simple_mean_pct.map(|v| format!("{} simple mean", level_pct(v))),
            direction.coverage_pct.map(|v| format!("the all-goods duties reach {} of goods", level_pct(v))),
        ];
        let said: Vec<String> = measures.into_iter().flatten().collect();
        if !said.is_empty() {
            let line = format!("With every other duty: {}.", said.join("; "));
            out.push_str(&paragraph(&[line], 2));
        }
        let ended = direction.ended.iter().map(|duty| {
            let by = sentence::cited(&duty.act, &duty.citation);
            format!("{} ({}) on {}, {by}", duty.name, short(duty.points_pp), sentence::date(duty.on))
        });
        let ended: Vec<String> = ended.collect();
        if !ended.is_empty() {
            out.push_str(&paragraph(&[format!("Fell away: {}.", ended.join("; "))], 2));
        }
        if direction.peak.headline_pp > direction.headline_pp {
            let peak = format!(
                "Peak so far: {} %, from {}.",
                short(direction.peak.headline_pp),
                sentence::date(direction.peak.from)
            );
            out.push_str(&paragraph(&[peak], 2));
        }
    }
    out
}

fn parts(direction: &Direction) -> String {
    let mut table = Table::bare([Align::Right, Align::Left]);
    for part in &direction.parts {
        let since = part.since.strftime("%-d %b %Y");
        table.row([short(part.points_pp), format!("{}, since {since}", part.name)]);
        table.row([String::new(), sentence::cited(&part.act, &part.citation)]);
        if part.suspended_pp != 0.0 {
            let until =
                part.until.map_or(String::new(), |day| format!(" until {}", day.strftime("%-d %b %Y")));
            let note = format!("of {}, {} suspended{until}", short(part.full_pp), short(part.suspended_pp));
            table.row([String::new(), note]);
        }
    }
    table.print(2)
}

/// The truce: which day it is, what returns, whether it enforces itself.
pub fn truce(brief: &Brief) -> String {
    let mut out = truce_window(&brief.account);
    if let Some(of) = &brief.self_enforcement {
        out.push_str(&paragraph(&sentence::self_enforcement(brief, of), 0));
    }
    out
}

/// The truce as the record has it: which day it is, what returns, what was prolonged.
pub fn truce_window(account: &Account) -> String {
    let mut out = section("The truce");
    let Some(truce) = &account.truce else {
        return format!("{out}No truce holds on {}.\n", sentence::date(account.on));
    };
    out.push_str(&paragraph(&sentence::truce(account, truce), 0));
    // What both sides' notes say is said once.
    let mut notes: Vec<&str> = truce.returns.iter().map(|back| back.note.as_str()).collect();
    notes.dedup();
    for note in notes.into_iter().filter(|note| !note.is_empty()) {
        out.push_str(&paragraph(&[format!("{}.", sentence::capital(note.trim_end_matches('.')))], 2));
    }
    if !truce.renewals.is_empty() {
        out.push_str(&paragraph(&[format!("Prolonged by {}.", sentence::list(&truce.renewals))], 2));
    }
    out
}

/// Every turn of a measure, with the acts behind it.
pub fn changes(changes: &[scenario::Change]) -> String {
    let mut out = section("Changes");
    let mut table = Table::headed([
        ("from", Align::Left),
        ("measure", Align::Left),
        ("before", Align::Right),
        ("after", Align::Right),
        ("by", Align::Left),
    ]);
    let points = |points: Option<terms::Points>| points.map_or_else(|| "–".to_owned(), |p| format!("{p} %"));
    for change in changes {
        table.row([
            change.at.to_string(),
            change.measure.to_string(),
            points(change.before_pct),
            points(change.after_pct),
            change.acts.iter().map(|act| act.label().to_owned()).collect::<Vec<_>>().join(", "),
        ]);
    }
    out.push_str(&table.print(0));
    out
}

fn costs(brief: &Brief) -> Option<String> {
    let first = brief.costs.first()?;
    let mut out = section("What it costs");
    for cost in &brief.costs {
        out.push_str(&paragraph(&sentence::cost(&brief.account, cost), 0));
    }
    out.extend(sentence::bystanders(&brief.account, first, 4).map(|said| paragraph(&[said], 0)));
    out.push('\n');
    out.push_str(&countries(&brief.account, first, 10));
    Some(out)
}

/// The countries that move most, with the parties always among them: real income and its band, money, trade.
pub fn countries(account: &Account, cost: &Cost, count: usize) -> String {
    let is_party = |row: &scenario::CountryCost| account.parties.iter().any(|p| p.code == row.country);
    let mut rows: Vec<_> = cost.countries.iter().collect();
    rows.sort_by(|a, b| {
        is_party(b).cmp(&is_party(a)).then(b.real_income_pct.abs().total_cmp(&a.real_income_pct.abs()))
    });
    rows.truncate(count);
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let [a, b] = cost.headlines_pp;
    let title = format!("{} and {} %", short(a), short(b));
    let mut table = Table::headed([
        (title.as_str(), Align::Left),
        ("real income", Align::Right),
        ("low", Align::Right),
        ("high", Align::Right),
        ("money", Align::Right),
        ("wage", Align::Right),
        ("imports", Align::Right),
        ("exports", Align::Right),
    ]);
    for row in rows {
        table.row([
            row.name.clone(),
            change_pct(row.real_income_pct),
            signed(row.low_pct, 2),
            signed(row.high_pct, 2),
            change_usd(row.real_income_usd_mn),
            signed(row.real_wage_pct, 2),
            signed(row.imports_pct, 1),
            signed(row.exports_pct, 1),
        ]);
    }
    table.print(2)
}

fn play(brief: &Brief) -> Option<String> {
    let payoffs = &brief.payoffs;
    if payoffs.cells.is_empty() {
        return None;
    }
    let mut out = section("If they played");
    out.push_str(&paragraph(&sentence::payoffs(&brief.account, payoffs), 0));
    out.push('\n');
    let [row_player, column_player] = &brief.account.parties;
    let mark = |best: bool| if best { "*" } else { " " };
    let heads: Vec<String> = payoffs.columns.iter().map(|p| p.name.clone()).collect();
    let levels: Vec<String> = payoffs.columns.iter().map(|p| format!("{} %", short(p.headline_pp))).collect();
    let cells: Vec<Vec<String>> = payoffs
        .cells
        .iter()
        .map(|row| {
            row.iter()
                .map(|c| {
                    let [a, b] = c.real_income_pct;
                    format!(
                        "{}{}/{}{}",
                        signed(a, 2),
                        mark(c.best_reply[0]),
                        signed(b, 2),
                        mark(c.best_reply[1])
                    )
                })
                .collect()
        })
        .collect();
    let names: Vec<String> =
        payoffs.rows.iter().map(|p| format!("{}, {} %", p.name, short(p.headline_pp))).collect();
    let first = names.iter().map(|n| width(n)).max().unwrap_or(0).min(22);
    let each = ((PAGE - first - 2) / payoffs.columns.len().max(1)).min(18);
    let pad = |text: &str, to: usize| {
        let text: String = text.chars().take(to.saturating_sub(1)).collect();
        format!("{}{text}", " ".repeat(to.saturating_sub(width(&text))))
    };
    let line = |name: &str, cells: &[String]| {
        let name: String = name.chars().take(first).collect();
        let cells: String = cells.iter().map(|cell| pad(cell, each)).collect();
        let gap = " ".repeat(first.saturating_sub(width(&name)));
        format!("{}\n", format!("  {name}{gap}{cells}").trim_end())
    };
    out.push_str(&line("", &heads));
    out.push_str(&line("", &levels));
    for (name, row) in names.iter().zip(&cells) {
        out.push_str(&line(name, row));
    }
    let today = payoffs.today.and_then(|(r, c)| Some((payoffs.rows.get(r)?, payoffs.columns.get(c)?)));
    let today = today.map_or(String::new(), |(r, c)| {
        format!(" In force: {} / {}.", r.name.to_lowercase(), c.name.to_lowercase())
    });
    out.push_str(&paragraph(
        &[format!(
            "Rows {}, columns {}; real income, %, {} / {}; * best reply.{today}",
            row_player.name, column_player.name, row_player.name, column_player.name
        )],
        2,
    ));
    Some(out)
}

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

/// What ends, starts or returns after the day.
pub fn pending(account: &Account) -> String {
    let mut out = section("What comes next");
    if account.pending.is_empty() {
        out.push_str("Nothing is foreseen by the texts.\n");
    }
    out.push_str(&foreseen(account, &account.pending));
    out
}

/// The same for a page: half a year ahead, and how much more the texts foresee.
fn next(account: &Account) -> String {
    let horizon = account.on.saturating_add(jiff::Span::new().months(6));
    let soon = account.pending.iter().take_while(|item| item.on <= horizon).count();
    let mut out = section("What comes next");
    out.push_str(&foreseen(account, &account.pending[..soon]));
    let later = account.pending.len() - soon;
    if later > 0 {
        out.push_str(&format!("  {later} more after {}.\n", sentence::date(horizon)));
    }
    out
}

fn foreseen(account: &Account, items: &[Pending]) -> String {
    let mut table = Table::bare([Align::Right, Align::Left, Align::Left]);
    for item in items {
        let act = if item.act.is_empty() { String::new() } else { format!(" ({})", item.act) };
        table.row([
            item.on.strftime("%-d %b %Y").to_string(),
            sentence::adjectives(account, &item.who),
            format!("{}{act}", item.what),
        ]);
    }
    table.print(2)
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

fn evidence(brief: &Brief) -> String {
    let of = &brief.evidence;
    let cleared = if of.all_cleared { "all cleared" } else { "NOT all cleared" };
    let mut lines = vec![
        format!("Economy: {}.", of.economy.trim_end_matches('.')),
        format!("Model: {}; weights: {}.", of.model.trim_end_matches('.'), of.weights.trim_end_matches('.')),
    ];
    if of.elasticity_sets.len() > 1 {
        lines.push(format!("Bands span the elasticity sets {}.", sentence::list(&of.elasticity_sets)));
    }
    lines.push(format!(
        "{} equilibria solved, {cleared}: largest relative excess demand {} ({}), Walras {}.",
        fixed(of.solves as f64, 0),
        residual(of.worst_residual),
        of.worst_market,
        residual(of.walras_residual)
    ));
    lines.extend(of.caveats.iter().cloned());
    format!(
        "{}{}Cite as {} ({}).\n",
        section("How we know"),
        paragraph(&lines, 0),
        brief.manifest.id,
        brief.manifest.engine
    )
}

/// A paragraph whose lines after the first are indented.
fn hanging(text: &str) -> String {
    let lines = crate::table::wrap(text, PAGE - 4);
    let indented = |(k, line): (usize, &String)| format!("{}{line}\n", if k == 0 { "  " } else { "    " });
    lines.iter().enumerate().map(indented).collect()
}
