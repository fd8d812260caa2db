//! What governments would do, as text and as tables: `war`, `bargain`, and what `best` (`replies.rs`) shares with them.
//!
//! Every sentence says what the certificate carries: what was searched, from where, and what was found.

use scenario::{
    BargainAnswer, Bystander, DeviationKind, PlayEvidence, TariffRow, Threat, WarAnswer, WarRule,
};
use strategy::{Border, ExportTaxes, PlayStatus, PlayerOutcome, Solution};

use crate::rounding::{change_usd, fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// One line for each player; or, where every rate was asked for, one for each rate, in the columns that
/// `measure --tariffs` reads, with the border at which the rate stands where export taxes are set as well.
pub fn csv(
    players: &[PlayerOutcome],
    tariffs: Option<&[TariffRow]>,
    export_taxes: Option<&[TariffRow]>,
) -> String {
    let mut text = String::new();
    if let Some(duties) = tariffs {
        let two = export_taxes.is_some();
        text.push_str(if two {
            "importer,exporter,sector,rate,border\n"
        } else {
            "importer,exporter,sector,rate\n"
        });
        for (rows, border) in [(duties, ",imports"), (export_taxes.unwrap_or_default(), ",exports")] {
            for row in rows {
                let border = if two { border } else { "" };
                let TariffRow { importer, exporter, sector, rate } = row;
                text.push_str(&format!("{importer},{exporter},{sector},{rate}{border}\n"));
            }
        }
        return text;
    }
    let taxed = players.iter().any(|row| row.export_taxes.is_some());
    text.push_str("country,tariff_mean_pct,tariff_median_pct,tariff_trade_weighted_pct,");
    if taxed {
        text.push_str("export_tax_mean_pct,export_tax_median_pct,export_tax_trade_weighted_pct,");
    }
    text.push_str("real_income_pct,government_welfare_pct,deviation_gain_pct\n");
    for row in players {
        let gain = row.deviation_gain_pct.map_or_else(String::new, |gain| gain.to_string());
        let taxes = row.export_taxes.as_ref().map_or_else(String::new, |taxes| {
            format!(
                "{},{},{},",
                taxes.export_tax_mean_pct, taxes.export_tax_median_pct, taxes.export_tax_trade_weighted_pct
            )
        });
        text.push_str(&format!(
            "{},{},{},{},{taxes}{},{},{gain}\n",
            row.country,
            row.tariff_mean_pct,
            row.tariff_median_pct,
            row.tariff_trade_weighted_pct,
            row.real_income_pct,
            row.government_welfare_pct
        ));
    }
    text
}

/// The page of a war.
pub fn war(found: &WarAnswer) -> String {
    let mut sentences = Vec::new();
    match found.rule {
        WarRule::Exact => sentences.push(deviations(&found.certificate)),
        WarRule::Formula => {
            sentences.push(
                "Duties by the formula of Lashkaripour (2021), which holds foreign wages and incomes fixed."
                    .into(),
            );
            sentences.push(deviations(&found.certificate));
            if found.certificate.largest_deviation_gain_pct.is_some_and(|gain| gain > 1e-6) {
                sentences.push("So it is no equilibrium.".into());
            }
        }
    }
    if let Some(exact) = &found.exact {
        let by = exact.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
        sentences.push(format!(
            "In the exact war the mean change is {} %, by the formula {} %; a rate differs by up to {} points{by}.",
            signed(exact.mean_real_income_pct, 3),
            signed(found.mean_real_income_pct, 3),
            fixed(exact.largest_difference_pp, 2),
        ));
    }
    for other in &found.other_starts {
        sentences.push(match other.status {
            PlayStatus::AtRest if other.largest_difference_pp < 1e-4 => {
                format!("Begun at {}, play ends at the same rates, to 1e-4 points.", other.from)
            }
            PlayStatus::AtRest => format!(
                "Begun at {}, play ends elsewhere: a rate differs by {} points, and the mean change is {} %.",
                other.from,
                fixed(other.largest_difference_pp, 2),
                signed(other.mean_real_income_pct, 3)
            ),
            PlayStatus::Moving(_) => format!("Begun at {}, play did not come to rest.", other.from),
        });
    }
    sentences.extend(twice_over(found.border));
    format!(
        "{}\n{}\n{}{}\n{}\nMean over all countries {} %, each counted once.\n{}\n{}{}\nManifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        players(&found.players),
        changes_from(&found.base, ""),
        bystanders(&found.bystanders),
        signed(found.mean_real_income_pct, 3),
        paragraph(&sentences, 0),
        evidence(&found.certificate),
        rates(found.tariffs.as_deref(), found.export_taxes.as_deref()),
        found.manifest.id,
    )
}

/// Where duties and export taxes are both set, rates alone say little.
pub(crate) fn twice_over(border: Border) -> Option<String> {
    let told = "Duties on all goods and taxes on all exports do the same twice over (Lerner 1936): where rates reach \
                everything, only the products (1 + duty)(1 + tax) are determined, and which duties and taxes make \
                them up depends on where the search began.";
    (border == Border::Both).then(|| told.to_string())
}

/// The page of talks.
pub fn bargain(found: &BargainAnswer) -> String {
    let stand = standing(found);
    let failure = match found.threat {
        Threat::Today => format!("{stand} stay"),
        Threat::Lapse => "the truce lapses".into(),
        Threat::War => "those at the table fight, until the first-order conditions of each hold".into(),
        Threat::FreeTrade => "those at the table charge nothing".into(),
    };
    let names: Vec<&str> = found.players.iter().map(|player| player.country.as_str()).collect();
    let mut shares = Table::headed([("rule", Align::Left), ("gain over the threat point, %", Align::Left)]);
    for share in &found.solutions {
        let gains: Vec<String> =
            names.iter().zip(&share.gain_pct).map(|(n, gain)| format!("{n} {}", signed(*gain, 4))).collect();
        let mut gains = gains;
        if let Some(received) = &share.received_usd_mn {
            let paid = names.iter().zip(received).map(|(n, money)| format!("{n} {}", change_usd(*money)));
            let mut payments = format!("after payments of {}", paid.collect::<Vec<_>>().join(", "));
            if let Some(fixed) = &share.received_at_fixed_prices_usd_mn {
                let fixed = names.iter().zip(fixed).map(|(n, money)| format!("{n} {}", change_usd(*money)));
                payments.push_str(&format!(" (at fixed prices {})", fixed.collect::<Vec<_>>().join(", ")));
            }
            gains.push(payments);
        }
        if !share.issues.is_empty() {
            gains.push(format!("with {}", share.issues.join(", ")));
        }
        let unsettled = if share.settled { "" } else { " (not settled)" };
        shares.row([format!("{}{unsettled}", rule(share.solution)), gains.join(", ")]);
    }
    let mut frontier = String::new();
    let paid = found.solutions.iter().any(|share| share.received_usd_mn.is_some());
    if let [first, second] = names.as_slice() {
        let heading = if paid { "part" } else { "weight" };
        let mut points =
            Table::headed([(heading, Align::Right), (first, Align::Right), (second, Align::Right)]);
        for point in &found.frontier {
            points.row([fixed(point.weight, 2), signed(point.gain_pct[0], 4), signed(point.gain_pct[1], 4)]);
        }
        frontier = format!(
            "\n{}{}",
            paragraph(
                &[format!(
                    "The frontier: gains over the threat point, %, by {} {first}",
                    if paid {
                        "the part of the surplus, at fixed prices, that is paid to"
                    } else {
                        "the planner's weight on"
                    },
                )],
                0
            ),
            points.print(0)
        );
    }
    if let [first, second] = names.as_slice() {
        let mut points = Table::headed([
            ("over the threat point, %", Align::Left),
            (first, Align::Right),
            (second, Align::Right),
        ]);
        for named in &found.points {
            let [a, b] = named.gain_pct;
            points.row([threat_name(named.point, &stand), signed(a, 4), signed(b, 4)]);
        }
        frontier.push_str(&format!("\n{}", points.print(0)));
    }
    for issue in &found.issues {
        let worth: Vec<String> = names
            .iter()
            .zip(&issue.worth_pct)
            .map(|(n, worth)| format!("{n} {} %", signed(*worth, 4)))
            .collect();
        let by = if issue.priced_by == "user" { "as given" } else { "priced by the economy" };
        frontier.push_str(&format!("{} ({by}): {}.\n", issue.name, worth.join(", ")));
    }
    let counted = match (paid, found.issues.is_empty()) {
        (false, true) => "",
        (true, true) => "; payments are counted",
        (false, false) => "; issues are not counted",
        (true, false) => "; payments are counted, issues are not",
    };
    let held = &found.certificate;
    let mut sentences = searched(found);
    sentences.extend([
        format!(
            "The last column is the most that each was found to gain by leaving the deal while the others keep it{}, in a \
             search begun at the rates of the deal.",
            if paid { " and payments go on" } else { "" }
        ),
        format!(
            "Evidence: at rest after {}, {} planner's problems; the sharing condition is off by {}; {}{}largest \
             relative excess demand {}.",
            moves(held.moves),
            held.planner_solves,
            residual(held.sharing_gap),
            held.money_gap.map_or_else(String::new, |gap| format!(
                "what a dollar is worth in different hands, by {}; ",
                residual(gap)
            )),
            held.largest_slope
                .map_or_else(String::new, |slope| format!("largest slope left {}; ", residual(slope))),
            residual(held.clearing_residual)
        ),
    ]);
    sentences.extend(twice_over(found.border));
    if held.at_bounds > 0 {
        sentences.push(format!("Rates that stand at a bound: {}.", held.at_bounds));
    }
    if !held.unbounded.is_empty() {
        let list: Vec<&str> = held.unbounded.iter().map(|country| country.as_str()).collect();
        sentences.push(format!("{} gain more than the rule gives.", list.join(", ")));
    }
    format!(
        "{}\n{}\n{}\n{}\nAt the first of these deals\n{}{}\n{}{frontier}\n{}{}\nManifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        paragraph(&[format!("If talks fail, {failure}.")], 0),
        shares.print(0),
        players(&found.players),
        changes_from(&found.base, counted),
        bystanders(&found.bystanders),
        paragraph(&sentences, 0),
        rates(found.tariffs.as_deref(), found.export_taxes.as_deref()),
        found.manifest.id,
    )
}

/// What was searched for the first deal, and what that says of it.
fn searched(found: &BargainAnswer) -> Vec<String> {
    let share = found.solutions.first();
    let Some(search) = share.and_then(|share| share.search.as_ref()) else { return Vec::new() };
    let paid = share.is_some_and(|share| share.received_usd_mn.is_some());
    let sides = match search.switches_tried {
        0 => String::new(),
        tried => format!(" and with each of {tried} sectors on its other side, low or shut"),
    };
    let begun = format!(
        "At the deal's weights ω{} the planner's Σω·ln(u/d) was searched from {}{sides}",
        if paid { " and payments" } else { "" },
        search.begun_at.join(", ")
    );
    let worth: Vec<String> = search.rests_worth_pct.iter().map(|worth| signed(*worth, 4)).collect();
    let mut sentences = vec![match worth.as_slice() {
        [] | [_] => format!("{begun}: it always came to rest at the deal."),
        many => format!("{begun}: it came to rest at {} points, worth {} %.", many.len(), many.join(", ")),
    }];
    sentences.push(if search.headroom_pct > 0.0 {
        format!(
            "The best of them is worth {} % more than the deal, but from none was a better deal reached: the frontier \
             bends inwards here, and another deal may be better by at most that, on the average of the weights.",
            signed(search.headroom_pct, 4)
        )
    } else {
        "The deal is the best of them, and then no deal betters it by this rule, unless the search missed a better point."
            .to_string()
    });
    if let [_, next, ..] = search.deals_gain_pct.as_slice() {
        let gains: Vec<String> = next.iter().map(|gain| signed(*gain, 4)).collect();
        sentences.push(format!("The next best deal that was met gains {} %.", gains.join(", ")));
    }
    if !found.frontier.is_empty() {
        sentences.push(match paid {
            true => "The points of the frontier keep the rates of the deal and move money: away from the deal, rates chosen \
                     anew would gain a little more.",
            false => "Points of the frontier were searched from the deal alone.",
        }
        .to_string());
    }
    sentences
}

/// The duties that stand where nothing is agreed.
fn standing(found: &BargainAnswer) -> String {
    found.on.map_or_else(
        || found.base.clone(),
        |day| format!("the duties between them of {}", crate::sentence::date(day)),
    )
}

fn threat_name(threat: Threat, standing: &str) -> String {
    match threat {
        Threat::Today => standing.into(),
        Threat::Lapse => "a lapse".into(),
        Threat::War => "a war".into(),
        Threat::FreeTrade => "free trade between them".into(),
    }
}

/// What the per cents of a table of players are changes from.
pub(crate) fn changes_from(base: &str, counted: &str) -> String {
    paragraph(
        &[format!("Real income, and what the government wants: % of what they were at {base}{counted}.")],
        0,
    )
}

fn rule(solution: Solution) -> &'static str {
    match solution {
        Solution::EqualGains => "equal gains",
        Solution::Nash => "Nash",
        Solution::KalaiSmorodinsky => "Kalai-Smorodinsky",
    }
}

/// The players, those who lose most first.
pub(crate) fn players(rows: &[PlayerOutcome]) -> String {
    let mut rows: Vec<&PlayerOutcome> = rows.iter().collect();
    rows.sort_by(|a, b| a.government_welfare_pct.total_cmp(&b.government_welfare_pct));
    let taxed = rows.iter().any(|row| row.export_taxes.is_some());
    // With export taxes the medians give way, so that a line holds all.
    let mut columns = vec![("player", Align::Left)];
    columns.extend(match taxed {
        false => vec![("mean duty %", Align::Right), ("median", Align::Right), ("by trade", Align::Right)],
        true => ["duty %", "by trade", "tax %", "by trade"].map(|name| (name, Align::Right)).to_vec(),
    });
    columns.extend([
        ("real income %", Align::Right),
        (if taxed { "gov’t %" } else { "government %" }, Align::Right),
        ("deviation %", Align::Right),
    ]);
    let mut table = Table::headed_by(&columns);
    for row in rows {
        let mut cells = vec![row.country.to_string(), fixed(row.tariff_mean_pct, 2)];
        if !taxed {
            cells.push(fixed(row.tariff_median_pct, 2));
        }
        cells.push(fixed(row.tariff_trade_weighted_pct, 2));
        if taxed {
            let tax = |of: fn(&ExportTaxes) -> f64| {
                row.export_taxes.as_ref().map_or_else(|| "–".into(), |taxes| fixed(of(taxes), 2))
            };
            cells.extend([tax(|of| of.export_tax_mean_pct), tax(|of| of.export_tax_trade_weighted_pct)]);
        }
        cells.extend([
            signed(row.real_income_pct, 3),
            signed(row.government_welfare_pct, 3),
            row.deviation_gain_pct.map_or_else(|| "–".into(), residual),
        ]);
        table.row_of(cells);
    }
    table.print(0)
}

/// Those who do not play, in a line or two.
pub(crate) fn bystanders(rows: &[Bystander]) -> String {
    incomes("those who hold their duties", rows)
}

/// Real incomes in a line or two.
pub(crate) fn incomes(whose: &str, rows: &[Bystander]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut rows: Vec<&Bystander> = rows.iter().collect();
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let list: Vec<String> =
        rows.iter().map(|row| format!("{}\u{a0}{}", row.country, signed(row.real_income_pct, 3))).collect();
    paragraph(&[format!("Real income of {whose}, %: {}.", list.join(", "))], 0)
}

/// What the column of deviations is, and its largest entry: no more than was computed.
pub(crate) fn deviations(found: &PlayEvidence) -> String {
    let by = found.by.as_ref().map_or_else(String::new, |by| format!(" ({by})"));
    let most = residual(found.largest_deviation_gain_pct.unwrap_or_default());
    match found.deviations {
        DeviationKind::NotSought => "No better reply was searched for.".into(),
        DeviationKind::FirstOrder => format!(
            "The last column is what each player's own next move from here would gain, to first order; the largest is {most} %{by}. \
             That is a check of first-order conditions; other replies were not searched for (`--thorough` does)."
        ),
        DeviationKind::LookedAt => format!(
            "The last column is the most that each would gain by moving alone in any of these ways: its own next move, to \
             first order; or all its rates at {}. The largest is {most} %{by}. In a game of this size best replies begun there \
             were not searched for (`--thorough` does).",
            found.deviations_sought_from.join(", or at ")
        ),
        DeviationKind::Searched => format!(
            "The last column is the most that each was found to gain by moving alone, in a search begun at {}; \
             the largest is {most} %{by}. A reply that the search did not meet may gain more.",
            found.deviations_sought_from.join(", ")
        ),
    }
}

/// The evidence in a line.
pub(crate) fn evidence(found: &PlayEvidence) -> String {
    let status = match found.status {
        PlayStatus::AtRest => "at rest",
        PlayStatus::Moving(_) => "still moving",
    };
    let slope = found
        .largest_slope
        .map_or_else(String::new, |slope| format!("largest slope left {}; ", residual(slope)));
    let line = format!(
        "Evidence: {status} after {}; {slope}largest relative excess demand {}.",
        moves(found.moves),
        residual(found.clearing_residual)
    );
    paragraph(&[line], 0)
}

pub(crate) fn moves(count: usize) -> String {
    if count == 1 { "1 move".into() } else { format!("{count} moves") }
}

/// Every rate, where asked for.
pub(crate) fn rates(duties: Option<&[TariffRow]>, export_taxes: Option<&[TariffRow]>) -> String {
    let listed = |rows: Option<&[TariffRow]>, named: &str| {
        let Some(rows) = rows.filter(|rows| !rows.is_empty()) else { return String::new() };
        let mut table = Table::headed([
            ("importer", Align::Left),
            ("exporter", Align::Left),
            ("sector", Align::Left),
            (named, Align::Right),
        ]);
        for row in rows {
            table.row([
                row.importer.to_string(),
                row.exporter.to_string(),
                row.sector.to_string(),
                fixed(100.0 * row.rate, 2),
            ]);
        }
        format!("\n{}", table.print(0))
    };
    format!("{}{}", listed(duties, "rate %"), listed(export_taxes, "export tax %"))
}
