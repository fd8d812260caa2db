//! `truce`: the one sentence, then what stands behind it.

use scenario::{Futures, TruceAnswer};

use super::{duties::truce_window, said::promises, section};
use crate::data::csv_line;
use crate::rounding::{change_usd, fixed, residual, short, signed};
use crate::sentence;
use crate::table::{Align, Table, paragraph};

/// The page.
pub fn truce_page(found: &TruceAnswer) -> String {
    let account = &found.account;
    let mut out = paragraph(&[sentence::truce_verdict(found)], 0);
    out.push('\n');
    out.push_str(&truce_window(account));
    out.push_str(&promises(account));
    if let Some(of) = &found.self_enforcement {
        let names = account.parties.each_ref().map(|party| party.name.as_str());
        let mut table = Table::headed([
            (&*format!("per cent of {}", sentence::a_month(of)), Align::Left),
            (names[0], Align::Right),
            (names[1], Align::Right),
        ]);
        let sides = &of.sides;
        let mut row = |name: &str, cells: [String; 2]| {
            let [a, b] = cells;
            table.row([name.to_owned(), a, b]);
        };
        let each = |of: &dyn Fn(&scenario::Side) -> String| sides.each_ref().map(of);
        row("gain from the best breach tried", each(&|side| signed(side.temptation_pct, 4)));
        row("  at a headline of, %", each(&|side| short(side.deviation_pp)));
        row("loss once answered", each(&|side| signed(side.punishment_pct, 4)));
        row("least patience, no deadline", each(&|side| patience(side.critical_patience)));
        row("least patience today", each(&|side| patience(side.critical_patience_today)));
        row("slack today", each(&|side| signed(side.slack_today_pct, 4)));
        row("flips on", each(&|side| side.flips_on.map_or_else(|| "no day".into(), sentence::date)));
        out.push('\n');
        out.push_str(&section("Whether it enforces itself"));
        out.push_str(&table.print(0));
        let tried: Vec<String> = sides
            .iter()
            .zip(names)
            .map(|(side, name)| {
                let levels: Vec<String> = side.sought_pp.iter().map(|level| short(*level)).collect();
                format!("{name} {}", levels.join(", "))
            })
            .collect();
        out.push_str(&paragraph(
            &[
                format!(
                    "A breach goes unanswered for {} {}; then {}. Next month counts {} of this one.",
                    short(of.lag_months),
                    if of.lag_months == 1.0 { "month" } else { "months" },
                    of.punishment,
                    fixed(of.monthly_patience, 4)
                ),
                format!("Headlines tried: {}.", tried.join("; ")),
                sentence::revenue_at_stake(account, of),
            ],
            0,
        ));
    }
    let conceded = found
        .self_enforcement
        .iter()
        .flat_map(|of| found.concessions.iter().map(|effect| sentence::concession(account, effect, of)));
    let changes: Vec<String> = conceded.chain(sentence::truce_extension(found)).collect();
    if !changes.is_empty() {
        out.push('\n');
        out.push_str(&section("What would change it"));
        changes.iter().for_each(|change| out.push_str(&super::hanging(change)));
    }
    if let Some(ahead) = &found.futures {
        out.push('\n');
        out.push_str(&futures(found, ahead));
    }
    let held = &found.certificate;
    out.push('\n');
    out.push_str(&section("How we know"));
    let mut lines = vec![
        format!("Economy: {}. Model: {}.", held.economy, held.model),
        format!(
            "{} equilibria solved: largest relative excess demand {} ({}), Walras {}.",
            held.solves,
            residual(held.clearing_residual),
            held.worst_market,
            residual(held.walras)
        ),
    ];
    lines.extend(held.limits.iter().map(|limit| format!("{}.", sentence::capital(limit))));
    out.push_str(&paragraph(&lines, 0));
    out.push_str(&format!("Cite as {} ({}).\n", found.manifest.id, found.manifest.engine));
    out
}

fn futures(found: &TruceAnswer, ahead: &Futures) -> String {
    let names = found.account.parties.each_ref().map(|party| party.name.as_str());
    let money = found.account.parties.each_ref().map(|party| format!("{}, money", party.code));
    let per_cent = names.map(|name| format!("{name} %"));
    let judged = found.self_enforcement.as_ref().map_or("real income", |of| of.judged_by.as_str());
    let mut out = section("What may come");
    let mut table = Table::headed([
        ("a month under", Align::Left),
        ("duties %", Align::Right),
        (&*per_cent[0], Align::Right),
        (&*per_cent[1], Align::Right),
        (&*money[0], Align::Right),
        (&*money[1], Align::Right),
    ]);
    for branch in &ahead.branches {
        let name = match branch.branch {
            "truce" => "the truce, held or extended",
            "lapse" => "a lapse",
            "deal" => "a deal that ends the duties",
            _ => "escalation to the peak",
        };
        let [a, b] = branch.headlines_pp;
        table.row([
            name.to_owned(),
            format!("{}/{}", short(a), short(b)),
            signed(branch.worth_pct[0], 3),
            signed(branch.worth_pct[1], 3),
            change_usd(branch.worth_usd_mn[0]),
            change_usd(branch.worth_usd_mn[1]),
        ]);
    }
    out.push_str(&table.print(0));
    out.push_str(&paragraph(
        &[format!("Per cent of {judged}; money: real income a month; both against the same world without these duties.")],
        0,
    ));
    let Some(cost) = ahead.expected_cost_pct else {
        out.push_str(&paragraph(
            &["No odds are assumed: `--odds hold=…,lapse=…,extend=…,deal=…,escalate=…` weighs them.".into()],
            0,
        ));
        return out;
    };
    let mut table = Table::headed([
        ("from", Align::Left),
        ("to", Align::Left),
        ("window", Align::Right),
        ("held", Align::Right),
        ("lapsed", Align::Right),
        ("deal", Align::Right),
        ("escalated", Align::Right),
        (&*per_cent[0], Align::Right),
        (&*per_cent[1], Align::Right),
    ]);
    let share = |odds: f64| format!("{} %", fixed(100.0 * odds, 0));
    for stretch in &ahead.calendar {
        table.row([
            stretch.from.to_string(),
            stretch.until.to_string(),
            share(stretch.in_window),
            share(stretch.held),
            share(stretch.lapsed),
            share(stretch.dealt),
            share(stretch.escalated),
            signed(stretch.expected[0], 3),
            signed(stretch.expected[1], 3),
        ]);
    }
    out.push_str(&table.print(0));
    let money = ahead.expected_cost_usd_mn.unwrap_or_default();
    out.push_str(&paragraph(
        &[format!(
            "With these odds, which are the reader's, a month is expected to cost {} % of {} in {} ({}) and \
             {} % in {} ({}).",
            fixed(cost[0], 3),
            judged,
            sentence::in_sentence(names[0]),
            change_usd(money[0]).trim_start_matches('+'),
            fixed(cost[1], 3),
            sentence::in_sentence(names[1]),
            change_usd(money[1]).trim_start_matches('+')
        )],
        0,
    ));
    out
}

fn patience(least: Option<f64>) -> String {
    match least {
        Some(0.0) => "any".into(),
        Some(least) => fixed(least, 4),
        None => "none suffices".into(),
    }
}

/// The slack of both sides by day.
pub fn truce_csv(found: &TruceAnswer) -> String {
    let [first, second] = found
        .account
        .parties
        .each_ref()
        .map(|party| format!("{}_slack_pct", party.code.as_str().to_lowercase()));
    let mut out = csv_line(&["day", first.as_str(), second.as_str()]);
    for day in found.self_enforcement.iter().flat_map(|of| &of.by_day) {
        let [a, b] = day.slack_pct;
        out.push_str(&csv_line(&[day.day.to_string(), a.to_string(), b.to_string()]));
    }
    out
}
