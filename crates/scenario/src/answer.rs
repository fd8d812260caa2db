//! The stages of a brief, in the order of the house: record, duties, equilibrium, payoffs, outcome.

use diagnostic::{Diagnostic, Faults, Source};
use indexmap::IndexMap;
use ledger::{Ledger, Timetable};
use strategy::PayoffMatrix;
use tariffs::{AllGoods, Coverage, Definition, Duties, Listed, ListedOn, Weights};
use terms::{Archive, Country, Day, Instant, Points, Sector};

use crate::archive::Embedded;
use crate::brief::{Account, Brief, Cell, Cost, Direction, Evidence, Package, Payoffs, Truce};
use crate::clock::Days;
use crate::contest::{Contest, Policy, Solved};
use crate::headlines::{headlines, months_played};
use crate::manifest::{Manifest, hash};
use crate::months::Months;
use crate::opening::Opening;
use crate::question::Question;
use crate::records::Record;
use crate::truce::{Places, judge};
use crate::wants::Wants;
use crate::words;

/// Where it is kept what each programme reaches and charges of each sector, and what was bought.
const COVERAGE: &str = "data/coverage/duties.csv";
const WEIGHTS: &str = "data/coverage/weights.csv";

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
        manifest: Manifest::of(inputs, settings(question)),
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

/// The shares that all-goods duties reach, and the hash of the table.
pub(crate) fn coverage() -> Result<(Coverage, (String, String)), Faults> {
    let bytes = Embedded.read(COVERAGE).ok().flatten().unwrap_or_default();
    let table = Source::new(COVERAGE, String::from_utf8_lossy(&bytes));
    Ok((Coverage::read(&table)?, (format!("coverage {COVERAGE}"), hash(&bytes))))
}

/// What was bought in the year of the weights, and the hash of the table.
pub(crate) fn bought() -> Result<(Weights, (String, String)), Faults> {
    let bytes = Embedded.read(WEIGHTS).ok().flatten().unwrap_or_default();
    let table = Source::new(WEIGHTS, String::from_utf8_lossy(&bytes));
    Ok((Weights::read(&table)?, (format!("weights {WEIGHTS}"), hash(&bytes))))
}

/// The law of a day, as known on a day, over the sectors of an economy.
#[derive(Clone, Copy)]
pub(crate) struct Law<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) timetable: &'l Timetable,
    pub(crate) coverage: &'l Coverage,
    pub(crate) sectors: &'l [Sector],
    pub(crate) days: Days,
}

impl Law<'_> {
    /// Duties on listed goods at an instant.
    fn listed(&self, on: Instant, day: Day) -> ListedOn<'_> {
        let Self { ledger, timetable, coverage, .. } = *self;
        ListedOn { ledger, timetable, coverage, on, days: (day, self.days.known_on.unwrap_or(Day::MAX)) }
    }

    /// The groups a country belongs to on the day.
    ///
    /// # Errors
    /// `bad-date` when the day lies outside the calendar.
    pub(crate) fn groups(&self, country: &Country) -> Result<Vec<Country>, Faults> {
        let at = self.days.at(self.ledger, country.as_str())?;
        Ok(tariffs::groups(self.ledger.areas(), country, at.on))
    }
}

/// One side's packages: no duties of the conflict, today's, what a lapse returns, and the highest so far.
pub(crate) fn packages(
    law: &Law<'_>,
    [importer, origin]: [&Country; 2],
    direction: &Direction,
    truce: Option<&Truce>,
) -> Result<Vec<Policy>, Faults> {
    let Law { ledger, timetable, days, .. } = *law;
    let at = days.at(ledger, importer.as_str())?;
    let listed = |on: Instant, day: Day| -> Vec<Listed> {
        let all = law.listed(on, day).between(importer, origin, law.sectors);
        all.into_iter().filter(|listed| listed.aimed).collect()
    };
    let today = AllGoods::between(ledger, timetable, at.on, importer, origin);
    let today_listed = listed(at.on, days.on);
    let none = Policy { key: "none", name: "no duties".into(), duties: Vec::new(), listed: Vec::new() };
    let mut policies = vec![none];
    policies.push(Policy {
        key: "today",
        name: "today's terms".into(),
        duties: today.clone(),
        listed: today_listed.clone(),
    });
    if let Some(truce) = truce {
        let mut duties = today;
        for back in truce.returns.iter().filter(|back| back.importer == *importer) {
            for duty in duties.iter_mut().filter(|duty| back.measures.contains(&duty.measure.to_string())) {
                let returns = Points::from_pp(back.returns_pp);
                duty.duty = ledger::Duty::Add(duty.headline() + returns);
            }
        }
        policies.push(Policy { key: "lapse", name: "truce lapses".into(), duties, listed: today_listed });
    }
    let zone = ledger.clock(importer.as_str()).zone;
    let peak = direction.steps.iter().filter(|step| !step.scheduled).max_by(|a, b| {
        // Among equals the last one: the exemptions known since then.
        a.headline_pp.total_cmp(&b.headline_pp)
    });
    if direction.unread.is_some() {
        // Its duties stay as they are, whatever the other side did at its peak.
        policies.push(Policy { key: "peak", name: "peak so far".into(), ..policies[1].clone() });
    }
    if let Some(step) = peak {
        let instant = step.from_instant.parse().or_else(|_| zone.start_of(step.from)).unwrap_or(at.on);
        let duties = AllGoods::between(ledger, timetable, instant, importer, origin);
        let listed = listed(instant, step.from);
        policies.push(Policy { key: "peak", name: "peak so far".into(), duties, listed });
    }
    Ok(policies)
}

/// The packages without those that say on both sides what an earlier one says: at the peak, today's is the peak.
pub(crate) fn distinct(policies: [Vec<Policy>; 2]) -> [Vec<Policy>; 2] {
    let [rows, columns] = policies;
    let pairs: Vec<(Policy, Policy)> = rows.into_iter().zip(columns).collect();
    let mut kept: Vec<(Policy, Policy)> = Vec::new();
    for (row, column) in pairs {
        let same = |(r, c): &(Policy, Policy)| r.same_as(&row) && c.same_as(&column);
        if row.key == "today" || !kept.iter().any(same) {
            kept.push((row, column));
        }
    }
    let (rows, columns) = kept.into_iter().unzip();
    [rows, columns]
}

/// Every duty in force that is no part of a package.
pub(crate) fn others(
    law: &Law<'_>,
    economy: &economy::Economy,
    parties: &[Country; 2],
) -> Result<Duties, Faults> {
    let at = law.days.at(law.ledger, parties[0].as_str())?;
    let territories = crate::contest::territories(economy);
    let mut all_goods = tariffs::all_goods(law.ledger, law.timetable, at.on, &territories);
    let between =
        |importer: &Country, origin: &Country| parties.contains(importer) && parties.contains(origin);
    all_goods.retain(|duty| !between(&duty.importer, &duty.origin));
    let mut listed = law.listed(at.on, law.days.on).between_all(&territories, law.sectors);
    listed.retain(|listed| !(listed.aimed && between(&listed.importer, &listed.origin)));
    Ok(Duties { all_goods, listed })
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

pub(crate) fn settings(question: &Question) -> IndexMap<String, String> {
    let model = &question.model;
    IndexMap::from([
        ("scenario".into(), question.name.clone()),
        ("parties".into(), question.parties.each_ref().map(Country::to_string).join(", ")),
        ("on".into(), question.on.to_string()),
        ("known-on".into(), question.known_on.to_string()),
        ("economy".into(), model.economy.clone()),
        ("links".into(), if model.links { "yes" } else { "no" }.into()),
        ("deficits".into(), format!("{:?}", model.deficits).to_lowercase()),
        ("elasticities".into(), model.elasticities.join(", ")),
        ("truce".into(), format!("{:?}", question.truce)),
    ])
}
