//! The page of talks: the deals, the frontier between two, what was searched, and the evidence.
//!
//! Every sentence says what the certificate carries: what was searched, from where, and what was found.

use scenario::{BargainAnswer, FrontierPoint, IssueWorth, Share, Threat};
use strategy::Solution;

use crate::games::{bystanders, changes_from, moves, players, rates, twice_over};
use crate::rounding::{change_usd, fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// The page of talks.
pub fn bargain(found: &BargainAnswer) -> String {
    let names: Vec<&str> = found.players.iter().map(|player| player.country.as_str()).collect();
    let mut around = String::new();
    if let [first, second] = names[..] {
        around.push_str(&frontier([first, second], &found.frontier, paid(found)));
        around.push_str(&format!("\n{}", where_talks_could_fail_to([first, second], found)));
    }
    around.extend(found.issues.iter().map(|issue| worth_of(issue, &names)));
    let mut sentences = searched(found);
    sentences.push(left_alone(found));
    sentences.push(evidence(found));
    sentences.extend(twice_over(found.border));
    sentences.extend(at_the_edges(found));
    format!(
        "{}\n{}\n{}\n{}\nAt the first of these deals\n{}{}\n{}{around}\n{}{}\nManifest {}\n",
        found.economy,
        paragraph(std::slice::from_ref(&found.model), 0),
        paragraph(&[format!("If talks fail, {}.", failure(found))], 0),
        deals(found, &names),
        players(&found.players),
        changes_from(&found.base, counted(found)),
        bystanders(&found.bystanders),
        paragraph(&sentences, 0),
        rates(found.tariffs.as_deref(), found.export_taxes.as_deref()),
        found.manifest.id,
    )
}

/// Whether money changes hands.
fn paid(found: &BargainAnswer) -> bool {
    found.solutions.iter().any(|share| share.received_usd_mn.is_some())
}

/// What happens if talks fail.
fn failure(found: &BargainAnswer) -> String {
    match found.threat {
        Threat::Today => format!("{} stay", standing(found)),
        Threat::Lapse => "the truce lapses".into(),
        Threat::War => "those at the table fight, until the first-order conditions of each hold".into(),
        Threat::FreeTrade => "those at the table charge nothing".into(),
    }
}

/// The deal by every rule of sharing: what each gains, receives, and which issues are settled with it.
fn deals(found: &BargainAnswer, names: &[&str]) -> String {
    let mut table = Table::headed([("rule", Align::Left), ("gain over the threat point, %", Align::Left)]);
    for share in &found.solutions {
        let unsettled = if share.settled { "" } else { " (not settled)" };
        table.row([format!("{}{unsettled}", rule(share.solution)), terms_of(share, names)]);
    }
    table.print(0)
}

/// One deal in a line.
fn terms_of(share: &Share, names: &[&str]) -> String {
    let each = |amounts: &[f64], say: &dyn Fn(f64) -> String| -> String {
        let said: Vec<String> =
            names.iter().zip(amounts).map(|(n, amount)| format!("{n} {}", say(*amount))).collect();
        said.join(", ")
    };
    let mut terms = vec![each(&share.gain_pct, &|gain| signed(gain, 4))];
    if let Some(received) = &share.received_usd_mn {
        let mut payments = format!("after payments of {}", each(received, &change_usd));
        if let Some(fixed) = &share.received_at_fixed_prices_usd_mn {
            payments.push_str(&format!(" (at fixed prices {})", each(fixed, &change_usd)));
        }
        terms.push(payments);
    }
    if !share.issues.is_empty() {
        terms.push(format!("with {}", share.issues.join(", ")));
    }
    terms.join(", ")
}

/// What two can reach together: by the planner's weight on the first, or with money by the part it is paid.
fn frontier([first, second]: [&str; 2], points: &[FrontierPoint], paid: bool) -> String {
    let (heading, by) = match paid {
        true => ("part", "the part of the surplus, at fixed prices, that is paid to"),
        false => ("weight", "the planner's weight on"),
    };
    let mut table = Table::headed([(heading, Align::Right), (first, Align::Right), (second, Align::Right)]);
    for point in points {
        let [a, b] = point.gain_pct;
        table.row([fixed(point.weight, 2), signed(a, 4), signed(b, 4)]);
    }
    let title = format!("The frontier: gains over the threat point, %, by {by} {first}");
    format!("\n{}{}", paragraph(&[title], 0), table.print(0))
}

/// What talks could fail to, all of them, over what they do fail to.
fn where_talks_could_fail_to([first, second]: [&str; 2], found: &BargainAnswer) -> String {
    let mut table = Table::headed([
        ("over the threat point, %", Align::Left),
        (first, Align::Right),
        (second, Align::Right),
    ]);
    for named in &found.points {
        let [a, b] = named.gain_pct;
        table.row([threat_name(named.point, &standing(found)), signed(a, 4), signed(b, 4)]);
    }
    table.print(0)
}

/// What an issue is worth to each at the table.
fn worth_of(issue: &IssueWorth, names: &[&str]) -> String {
    let worth: Vec<String> =
        names.iter().zip(&issue.worth_pct).map(|(n, worth)| format!("{n} {} %", signed(*worth, 4))).collect();
    let by = if issue.priced_by == "user" { "as given" } else { "priced by the economy" };
    format!("{} ({by}): {}.\n", issue.name, worth.join(", "))
}

/// What the table of players counts besides duties.
fn counted(found: &BargainAnswer) -> &'static str {
    match (paid(found), found.issues.is_empty()) {
        (false, true) => "",
        (true, true) => "; payments are counted",
        (false, false) => "; issues are not counted",
        (true, false) => "; payments are counted, issues are not",
    }
}

/// What the column of deviations is.
fn left_alone(found: &BargainAnswer) -> String {
    format!(
        "The last column is the most that each was found to gain by leaving the deal while the others keep it{}, in a \
         search begun at the rates of the deal.",
        if paid(found) { " and payments go on" } else { "" }
    )
}

/// How well the conditions of the deal hold.
fn evidence(found: &BargainAnswer) -> String {
    let held = &found.certificate;
    let money = held.money_gap.map_or_else(String::new, |gap| {
        format!("what a dollar is worth in different hands, by {}; ", residual(gap))
    });
    let slope = held
        .largest_slope
        .map_or_else(String::new, |slope| format!("largest slope left {}; ", residual(slope)));
    format!(
        "Evidence: at rest after {}, {} planner's problems; the sharing condition is off by {}; {money}{slope}largest \
         relative excess demand {}.",
        moves(held.moves),
        held.planner_solves,
        residual(held.sharing_gap),
        residual(held.clearing_residual)
    )
}

/// Rates that stand at a bound, and who gains more than the rule gives.
fn at_the_edges(found: &BargainAnswer) -> Vec<String> {
    let held = &found.certificate;
    let mut sentences = Vec::new();
    if held.at_bounds > 0 {
        sentences.push(format!("Rates that stand at a bound: {}.", held.at_bounds));
    }
    if !held.unbounded.is_empty() {
        let list: Vec<&str> = held.unbounded.iter().map(|country| country.as_str()).collect();
        sentences.push(format!("{} gain more than the rule gives.", list.join(", ")));
    }
    sentences
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

fn rule(solution: Solution) -> &'static str {
    match solution {
        Solution::EqualGains => "equal gains",
        Solution::Nash => "Nash",
        Solution::KalaiSmorodinsky => "Kalai-Smorodinsky",
    }
}
