//! What `retaliate` found, as text and as a table.

use scenario::{ListedLines, RetaliationAnswer};
use strategy::Ranking;

use crate::data::csv_line;
use crate::played::limits;
use crate::rounding::{change_usd, fixed, level_pct, residual, short, signed};
use crate::sentence::date;
use crate::table::{Align, Table, paragraph};

/// How many lines the text names.
const NAMED: usize = 15;

/// One line for each tariff line on the list, or for each sector of goods where the list names sectors.
pub fn csv(found: &RetaliationAnswer) -> String {
    let Some(lines) = &found.lines else { return sectors_csv(found) };
    let head = [
        "line",
        "sector",
        "value_usd_mn",
        "recorded_usd_mn",
        "duty_pct",
        "import_share",
        "harm_usd_mn",
        "own_cost_usd_mn",
    ];
    let rows = lines.listed.iter().map(|row| {
        csv_line(&[
            row.line.to_string(),
            row.sector.to_string(),
            row.value_usd_mn.to_string(),
            row.recorded_usd_mn.to_string(),
            row.duty_pct.to_string(),
            row.import_share.to_string(),
            row.harm_usd_mn.to_string(),
            row.own_cost_usd_mn.to_string(),
        ])
    });
    std::iter::once(csv_line(&head)).chain(rows).collect()
}

fn sectors_csv(found: &RetaliationAnswer) -> String {
    let head = [
        "sector",
        "name",
        "value_usd_mn",
        "duty_pct",
        "listed_share",
        "spared",
        "harm_usd_mn",
        "own_cost_usd_mn",
    ];
    let rows = found.goods.iter().map(|row| {
        csv_line(&[
            row.sector.to_string(),
            row.name.clone(),
            row.value_usd_mn.to_string(),
            row.duty_pct.to_string(),
            row.listed_share.to_string(),
            row.spared.to_string(),
            row.harm_usd_mn.to_string(),
            row.own_cost_usd_mn.to_string(),
        ])
    });
    std::iter::once(csv_line(&head)).chain(rows).collect()
}

/// The whole effect, the list, the proof and the evidence.
pub fn text(found: &RetaliationAnswer) -> String {
    let (tables, named) = match (&found.lines, &found.sectors_because) {
        (Some(lines), _) => {
            let tables =
                format!("{}\n{}", lines_table(found, lines).print(0), sectors_table(found, true).print(0));
            (tables, of_lines(found, lines))
        }
        (None, because) => {
            let said =
                |because: &String| format!("By sector: {because}; `--lines TABLE` reads such a table.");
            (sectors_table(found, false).print(0), because.as_ref().map_or_else(String::new, said))
        }
    };
    let held = &found.certificate;
    let evidence = format!(
        "{} Evidence: {} equilibria, largest relative excess demand {}.",
        limits(&held.limits),
        held.solves,
        residual(held.clearing_residual)
    );
    let say = |said: String| paragraph(&[said], 0);
    format!(
        "{}\n{}\n{}\n{}\n{tables}\n{}\n{}\n{}\n{}\nManifest {}\n",
        found.economy,
        say(found.model.clone()),
        say(departure(found)),
        say(effect(found)),
        say(named),
        say(proof(found)),
        say(first_order(found)),
        say(evidence),
        found.manifest.id
    )
}

/// A sum of money without a sign; below a million in thousands.
fn money(usd_mn: f64) -> String {
    let said = change_usd(usd_mn);
    match said.as_str() {
        "$0" if usd_mn.abs() >= 5e-4 => format!("${} thousand", fixed(1e3 * usd_mn.abs(), 0)),
        said => said.trim_start_matches(['+', '−']).to_owned(),
    }
}

/// Which world the answer begins from, and which duties hold there.
fn departure(found: &RetaliationAnswer) -> String {
    let RetaliationAnswer { departure: from, importer, exporter, .. } = found;
    let rates = format!(
        "{importer} charges {} on what it buys of {exporter}, {exporter} {} on what it buys of {importer}",
        level_pct(from.importer_duty_pct),
        level_pct(from.exporter_duty_pct)
    );
    let Some(on) = from.on else {
        let because = from.because.as_ref().map_or_else(String::new, |why| format!(", since {why}"));
        return format!(
            "Begins from the economy of {} as recorded{because}, whatever has been done since: {rates}.",
            from.base_year
        );
    };
    let known = match from.known_on {
        Some(day) => format!("as known on {}", date(day)),
        None => "with all that is known".into(),
    };
    let lines = match found.lines {
        Some(_) => {
            ". Every line pays its own duty of the day, and holds what was bought of it, moved by duties since"
        }
        None => ", sector by sector",
    };
    let unread = match from.unread.is_empty() {
        true => String::new(),
        false => format!(
            " What {} charges beyond the base year is unread: no act is on record.",
            from.unread.join(" and ")
        ),
    };
    format!(
        "Begins from {}, {known}: the record's duties of that day on the economy of {}, and the equilibrium under them, in \
         which {rates}{lines}.{unread}",
        date(on),
        from.base_year,
    )
}

fn effect(found: &RetaliationAnswer) -> String {
    let named = match &found.lines {
        Some(lines) => format!("{} tariff lines of goods", lines.listed.len()),
        None => "goods".into(),
    };
    // Less than half a thousand dollars is rounding.
    let left = found.cap_left_usd_mn.filter(|left| *left >= 5e-4);
    format!(
        "{} more points on {named} of {} worth {}{}: {} loses {} a year ({} % of real income), {} {} {} ({} %).",
        short(found.rate_pct),
        found.exporter,
        money(found.value_usd_mn),
        left.map_or_else(String::new, |left| format!(" ({} of the cap is left)", money(left))),
        found.exporter,
        money(found.harm_usd_mn),
        fixed(found.harm_pct, 5),
        found.importer,
        if found.own_cost_usd_mn > 0.0 { "loses" } else { "gains" },
        money(found.own_cost_usd_mn),
        signed(-found.own_cost_pct, 5),
    )
}

fn of_lines(found: &RetaliationAnswer, lines: &ListedLines) -> String {
    let spared = match lines.spared {
        0 => String::new(),
        count => format!(", {count} of them spared"),
    };
    let beyond: Vec<&str> = lines.beyond_base_year.iter().map(|sector| sector.as_str()).collect();
    let beyond = match beyond.is_empty() {
        true => String::new(),
        false => format!(
            " Of {} the list is worth more than all that the economy knows of them, and the equilibrium charges no more than that.",
            beyond.join(", ")
        ),
    };
    let specific = match lines.not_ad_valorem {
        0 => String::new(),
        count => format!(" Of {count} listed the ordinary duty is no share of value, and counts as nothing."),
    };
    format!(
        "By tariff line: {}; {} lines with goods of {}{spared}.{specific}{beyond}",
        lines.source, lines.known, found.exporter
    )
}

/// How far the list is from the most that any list could do, with what the claim is about.
fn proof(found: &RetaliationAnswer) -> String {
    let held = &found.certificate;
    let ranked = match (found.ranking, held.price_of_own_cost) {
        (Ranking::Value, _) => "Ranked by harm".to_owned(),
        (Ranking::OwnCost, 0.0) => {
            "Ranked by harm per own cost, and what hurts most costs nothing at home".into()
        }
        (Ranking::OwnCost, price) => format!(
            "Ranked by harm less {} times own cost: what a dollar of own cost has to buy",
            fixed(price, 2)
        ),
    };
    let among = match (found.ranking, held.bound_from_usd_mn > 0.0) {
        (Ranking::Value, _) => "",
        (Ranking::OwnCost, true) => ", worth as much and no dearer at home,",
        (Ranking::OwnCost, false) => ", no dearer at home,",
    };
    let share = match held.of_bound_pct {
        None => return format!("{ranked}. Nothing that is offered hurts."),
        Some(share) if share > 99.995 => "100".into(),
        Some(share) => fixed(share, 2),
    };
    format!(
        "{ranked}. No list of the goods offered within the cap{among} does more than {} of harm as ranked; this one does {} ({share} %).",
        money(held.bound_usd_mn),
        money(held.sum_of_harms_usd_mn),
    )
}

/// How far the numbers that rank add up to what the list does at once.
fn first_order(found: &RetaliationAnswer) -> String {
    let held = &found.certificate;
    let off = |gap: Option<f64>| gap.map_or_else(String::new, |gap| format!(" ({} % off)", signed(gap, 1)));
    let charged = match &found.lines {
        Some(_) => {
            "Each sector's duty was solved alone and divided among its lines by the sales they lose at world prices; \
             solved at once, the listed lines of each sector cut out as a sector of their own"
        }
        None => {
            "Each sector's duty was solved alone; solved at once, the listed part of a sector cut out as one of its own"
        }
    };
    format!(
        "{charged}, the list costs {} {} where the sum is {}{}, and {} {} where the sum is {}{}.",
        found.exporter,
        money(found.harm_usd_mn),
        money(held.sum_of_harms_usd_mn),
        off(held.sum_over_harm_pct),
        found.importer,
        change_usd(found.own_cost_usd_mn),
        change_usd(held.sum_of_own_costs_usd_mn),
        off(held.sum_over_own_cost_pct),
    )
}

fn lines_table(found: &RetaliationAnswer, lines: &ListedLines) -> Table {
    let mut table = Table::headed([
        ("line", Align::Left),
        ("sector", Align::Left),
        ("pays", Align::Right),
        ("imports", Align::Right),
        (&*format!("{}'s share", found.exporter), Align::Right),
        (&*format!("{} loses", found.exporter), Align::Right),
        (&*format!("{} loses", found.importer), Align::Right),
    ]);
    for row in lines.listed.iter().take(NAMED) {
        table.row([
            row.line.to_string(),
            row.sector.to_string(),
            level_pct(row.duty_pct),
            money(row.value_usd_mn),
            format!("{} %", fixed(100.0 * row.import_share, 0)),
            change_usd(row.harm_usd_mn),
            change_usd(row.own_cost_usd_mn),
        ]);
    }
    if let Some(rest) = lines.listed.get(NAMED..).filter(|rest| !rest.is_empty()) {
        let sum = |of: fn(&scenario::ListedLine) -> f64| rest.iter().map(of).sum::<f64>();
        table.row([
            format!("{} more", rest.len()),
            String::new(),
            String::new(),
            money(sum(|row| row.value_usd_mn)),
            String::new(),
            change_usd(sum(|row| row.harm_usd_mn)),
            change_usd(sum(|row| row.own_cost_usd_mn)),
        ]);
    }
    table
}

/// Every sector and what the duty on all of it does; `listed_only`: those with goods on the list.
fn sectors_table(found: &RetaliationAnswer, listed_only: bool) -> Table {
    let mut table = Table::headed([
        (if listed_only { "whole sector" } else { "goods" }, Align::Left),
        ("pays", Align::Right),
        ("imports", Align::Right),
        ("on the list", Align::Right),
        (&*format!("{} loses", found.exporter), Align::Right),
        (&*format!("{} loses", found.importer), Align::Right),
    ]);
    for row in found.goods.iter().filter(|row| !listed_only || row.listed_share > 0.0) {
        let listed = match (row.spared, row.listed_share) {
            (true, _) => "spared".to_owned(),
            (_, 0.0) => "–".to_owned(),
            (_, share) if share < 0.01 => format!("{} %", fixed(100.0 * share, 2)),
            (_, share) => format!("{} %", fixed(100.0 * share, 0)),
        };
        table.row([
            row.sector.to_string(),
            level_pct(row.duty_pct),
            money(row.value_usd_mn),
            listed,
            change_usd(row.harm_usd_mn),
            change_usd(row.own_cost_usd_mn),
        ]);
    }
    table
}
