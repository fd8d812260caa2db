//! The stages of a brief, in the order of the house: record, duties, equilibrium, payoffs, outcome.

use diagnostic::{Diagnostic, Faults};
use strategy::PayoffMatrix;
use tariffs::Definition;
use terms::Country;

use crate::brief::{Account, Brief, Cell, Cost, Evidence, Package, Payoffs};
use crate::contest::{Contest, Solved};
use crate::headlines::{headlines, months_played};
use crate::manifest::Manifest;
use crate::months::Months;
use crate::opening::Opening;
use crate::packages::Policy;
use crate::question::Question;
use crate::records::Record;
use crate::truce::{Places, judge};
use crate::wants::Wants;
use crate::words;

/// Answers a question from a record.
///
/// # Errors
/// All faults of the texts and tables read; `unknown-country` for a party the economy or the record does not
/// know; `stalled` when an equilibrium was not reached.
pub fn brief(question: &Question, record: &Record) -> Result<(Brief, Faults), Faults> {
    // The record and the duties: what is in force, what a lapse returns, each side's packages.
    let opening = Opening::of_any(question, record)?;
    let contest = opening.contest(question, &question.model.elasticities)?;
    let Opening { policies, opened, options, .. } = &opening;
    let (mut account, warnings) = (opening.account.clone(), opening.warnings.clone());

    // Equilibrium: every pair of packages, the pairs worth telling with every elasticity set.
    let mut solved = Solved::default();
    let unread = account.directions.each_ref().map(|direction| direction.unread.is_some());
    let one_read = unread.contains(&true);
    if !one_read {
        solve_all(&contest, &mut solved, policies)?;
    }
    let keys: Vec<&str> = policies[0].iter().map(|policy| policy.key).collect();
    let place = |key: &str| keys.iter().position(|k| *k == key);
    let mut costs = costs(&contest, &mut solved, policies)?;
    for cost in &mut costs {
        for side in (0..2).filter(|side| unread[*side]) {
            cost.headlines_pp[side] = f64::NAN;
        }
    }

    // Payoffs: the game, and whether the truce enforces itself. With a side whose duties are unread there is none.
    let payoffs = if one_read {
        Payoffs::default()
    } else {
        let game = game(&contest, &mut solved, &question.parties, policies)?;
        payoffs(&game, policies, place("today"))
    };
    let mut months = Months::of(&contest, &mut solved, policies, &Wants::default())?;
    let self_enforcement = match (&account.truce, Places::of(policies)) {
        (Some(truce), Some(places)) => {
            let judged = judge(&mut months, policies, places, question)?;
            Some(judged.told(policies, question.on, truce)?)
        }
        _ => None,
    };
    let sides = (&question.parties, question.on);
    let headlines = headlines(&mut months, policies, &account.directions, &payoffs, sides)?;
    let played = months_played(&payoffs, &question.parties, question.truce.detection_lag_months);

    // The rates of both directions under today's packages.
    let weights = format!("{} trade of the economy `{}`", opened.economy.meta().year, opened.economy.name());
    if let Some(today) = place("today") {
        let pair = [&policies[0][today], &policies[1][today]];
        let after = contest.solve(&mut solved, 0, (today, today), pair)?;
        for (importer, direction) in account.directions.iter_mut().enumerate().filter(|(at, _)| !unread[*at])
        {
            let groups = &opening.groups[1 - importer];
            let card = contest.rate_card(importer, pair, after, &weights, groups);
            direction.trade_weighted_pct = card.rate(Definition::TradeWeighted);
            direction.simple_mean_pct = card.rate(Definition::SimpleMean);
            direction.coverage_pct = card.rate(Definition::Coverage);
        }
    }

    let held = contest.held(&solved);
    let caveats = words::caveats().into_iter().chain(unread_of(&account)).collect();
    let inputs =
        record.inputs.iter().cloned().chain([opened.input.clone()]).chain(opening.tables.clone()).collect();
    let outcome = Brief {
        account,
        costs,
        payoffs,
        self_enforcement,
        headlines,
        months: played,
        evidence: Evidence {
            economy: format!(
                "{}: {} ({})",
                opened.economy.name(),
                opened.economy.meta().title,
                opened.economy.meta().source
            ),
            weights,
            model: words::model(&opened.economy, options),
            elasticity_sets: question.model.elasticities.clone(),
            solves: held.solves,
            all_cleared: true,
            worst_residual: held.worst_residual,
            worst_market: held.worst_market,
            walras_residual: held.walras,
            evaluations: held.evaluations,
            caveats,
        },
        manifest: Manifest::of(inputs, question.settings()),
    };
    Ok((outcome, warnings))
}

/// What stands in for duties that are unread.
fn unread_of(account: &Account) -> Option<String> {
    let of = account.directions.iter().find(|direction| direction.unread.is_some())?;
    let party = account.parties.iter().find(|party| party.code == of.importer)?;
    Some(format!(
        "What {} charges beyond the base year is unread, so its rates stand as they were then; no game and no truce is judged.",
        party.name
    ))
}

fn solve_all(contest: &Contest<'_>, solved: &mut Solved, policies: &[Vec<Policy>; 2]) -> Result<(), Faults> {
    for (r, row) in policies[0].iter().enumerate() {
        for (c, column) in policies[1].iter().enumerate() {
            contest.solve(solved, 0, (r, c), [row, column])?;
        }
    }
    Ok(())
}

/// The pairs worth telling: both sides at today's, at lapse, at peak.
fn costs(
    contest: &Contest<'_>,
    solved: &mut Solved,
    policies: &[Vec<Policy>; 2],
) -> Result<Vec<Cost>, Faults> {
    let [rows, columns] = policies;
    let mut costs = Vec::new();
    for (k, (row, column)) in rows.iter().zip(columns).enumerate().skip(1) {
        for set in 0..contest.sets() {
            contest.solve(solved, set, (0, 0), [&rows[0], &columns[0]])?;
            contest.solve(solved, set, (k, k), [row, column])?;
        }
        let pair = |set: usize| Some((solved.get(set, k, k)?, solved.get(set, 0, 0)?));
        let bands: Vec<_> = (0..contest.sets()).filter_map(pair).collect();
        let Some((cell, none)) = pair(0) else { continue };
        costs.push(Cost {
            key: row.key.into(),
            name: words::cost_name(row.key).into(),
            headlines_pp: [row.headline_pp(), column.headline_pp()],
            countries: contest.countries(cell, none, &bands),
            bilateral_imports_pct: contest.bilateral_imports_pct(cell, none),
            sectors: contest.sectors(cell, none, 5),
        });
    }
    Ok(costs)
}

fn game(
    contest: &Contest<'_>,
    solved: &mut Solved,
    parties: &[Country; 2],
    policies: &[Vec<Policy>; 2],
) -> Result<PayoffMatrix, Faults> {
    let none = contest.solve(solved, 0, (0, 0), [&policies[0][0], &policies[1][0]])?.clone();
    let mut payoffs = Vec::new();
    for (r, row) in policies[0].iter().enumerate() {
        let mut line = Vec::new();
        for (c, column) in policies[1].iter().enumerate() {
            let cell = contest.solve(solved, 0, (r, c), [row, column])?;
            line.push((contest.real_income_pct(0, cell, &none), contest.real_income_pct(1, cell, &none)));
        }
        payoffs.push(line);
    }
    let named = |side: usize| {
        policies[side].iter().map(|policy| strategy::Package::new(policy.key, &policy.name)).collect()
    };
    let unit = "real income, % of a world without either side's duties of the conflict";
    PayoffMatrix::new(parties[0].clone(), parties[1].clone(), named(0), named(1), unit, payoffs)
        .map_err(|error| Diagnostic::error("game", error.to_string()).into())
}

fn payoffs(game: &PayoffMatrix, policies: &[Vec<Policy>; 2], today: Option<usize>) -> Payoffs {
    let packages = |side: usize| {
        let package = |policy: &Policy| Package {
            key: policy.key.into(),
            name: policy.name.clone(),
            headline_pp: policy.headline_pp(),
        };
        policies[side].iter().map(package).collect()
    };
    let cell = |cell: &strategy::Cell| Cell {
        real_income_pct: [cell.row_payoff, cell.column_payoff],
        best_reply: [cell.row_best_reply, cell.column_best_reply],
    };
    Payoffs {
        rows: packages(0),
        columns: packages(1),
        cells: game.cells.iter().map(|line| line.iter().map(cell).collect()).collect(),
        today: today.map(|k| (k, k)),
        equilibria: game.equilibria(),
    }
}
