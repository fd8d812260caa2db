//! What the numbers of the model say: costs, payoffs, whether the truce enforces itself.

use scenario::{Account, Brief, Cost, Payoffs, SelfEnforcement, Verdict};
use terms::{Country, Day};

use super::{capital, date, in_sentence, list, name_of, revenue_at_stake};
use crate::rounding::{change_pct, fixed, short, signed};

/// What a pair of policies costs the two parties, with the bands, and what becomes of the trade between them.
pub fn cost(account: &Account, cost: &Cost) -> Vec<String> {
    let mut said = Vec::new();
    let row = |code: &Country| cost.countries.iter().find(|c| c.country == *code);
    let of: Vec<String> = account
        .parties
        .iter()
        .filter_map(|party| {
            let row = row(&party.code)?;
            let moved = moved(row.real_income_pct, (row.low_pct, row.high_pct));
            Some(format!("{moved} in {}", in_sentence(&party.name)))
        })
        .collect();
    if !of.is_empty() {
        let when = capital(&rates_of(cost));
        said.push(format!(
            "{when}, real income is {}, against the same world without these duties.",
            list(&of)
        ));
    }
    let trade: Vec<String> = (0..2)
        .filter(|k| cost.bilateral_imports_pct[*k].is_finite())
        .map(|k| {
            let (buyer, seller) = (&account.parties[k].adjective, &account.parties[1 - k].adjective);
            let change = cost.bilateral_imports_pct[k];
            let verb = if change < 0.0 { "fall" } else { "rise" };
            format!("{buyer} imports of {seller} goods {verb} by {} %", fixed(change.abs(), 0))
        })
        .collect();
    if !trade.is_empty() {
        said.push(format!("Once trade has settled, {}.", list(&trade)));
    }
    said
}

/// `0.14 % lower (0.10 to 0.17)`; the band in the words' own direction, signed only if it holds zero.
fn moved(value: f64, (low, high): (f64, f64)) -> String {
    let word = if value < 0.0 { "lower" } else { "higher" };
    let band = match (low < high, low < 0.0, high > 0.0) {
        (false, ..) => String::new(),
        (_, true, true) => format!(" ({} to {})", signed(low, 2), signed(high, 2)),
        (_, true, _) => format!(" ({} to {})", fixed(-high, 2), fixed(-low, 2)),
        _ => format!(" ({} to {})", fixed(low, 2), fixed(high, 2)),
    };
    format!("{} % {word}{band}", fixed(value.abs(), 2))
}

/// `at 30 and 10 % (today's rates)`.
pub fn rates_of(cost: &Cost) -> String {
    format!("at {} % ({})", headlines_of(cost), cost.name)
}

/// `30 and 10`; the one that is read where the other is not.
pub fn headlines_of(cost: &Cost) -> String {
    let read: Vec<String> =
        cost.headlines_pp.iter().filter(|level| !level.is_nan()).map(|level| short(*level)).collect();
    list(&read)
}

/// Who gains and who loses most besides the parties.
pub fn bystanders(account: &Account, cost: &Cost, count: usize) -> Option<String> {
    let mut others: Vec<_> =
        cost.countries.iter().filter(|c| account.parties.iter().all(|p| p.code != c.country)).collect();
    others.sort_by(|a, b| b.real_income_pct.total_cmp(&a.real_income_pct));
    let named = |rows: &[&&scenario::CountryCost]| {
        let words: Vec<String> = rows
            .iter()
            .map(|r| format!("{} {}", in_sentence(&r.name), change_pct(r.real_income_pct)))
            .collect();
        list(&words)
    };
    let gainers: Vec<_> = others.iter().filter(|r| r.real_income_pct > 0.005).take(count).collect();
    let losers: Vec<_> = others.iter().rev().filter(|r| r.real_income_pct < -0.005).take(count).collect();
    match (gainers.is_empty(), losers.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("Trade moves to others: {}.", named(&gainers))),
        (true, false) => Some(format!("Others lose too: {}.", named(&losers))),
        (false, false) => Some(format!("Others gain: {}; others lose: {}.", named(&gainers), named(&losers))),
    }
}

/// What the payoff matrix says.
pub fn payoffs(account: &Account, payoffs: &Payoffs) -> Vec<String> {
    let mut said = Vec::new();
    let name = |r: usize, c: usize| -> Option<String> {
        let (row, column) = (payoffs.rows.get(r)?, payoffs.columns.get(c)?);
        let [a, b] = &account.parties;
        Some(format!("{}: {}; {}: {}", a.name, row.name.to_lowercase(), b.name, column.name.to_lowercase()))
    };
    let found: Vec<String> = payoffs.equilibria.iter().filter_map(|(r, c)| name(*r, *c)).collect();
    if !payoffs.cells.is_empty() {
        said.push(match found.as_slice() {
            [] => "From every pair of these packages at least one side gains by moving alone.".into(),
            [one] => format!("Neither side gains by moving alone from one pair of packages ({one})."),
            many => format!(
                "Neither side gains by moving alone from {} pairs of packages ({}).",
                many.len(),
                many.join(" · ")
            ),
        });
    }
    if let Some((r, c)) = payoffs.today
        && let Some(cell) = payoffs.cells.get(r).and_then(|row| row.get(c))
    {
        for k in (0..2).filter(|k| !cell.best_reply[*k]) {
            let reply = |at: usize| match k {
                0 => payoffs.cells.get(at).and_then(|row| row.get(c)),
                _ => payoffs.cells.get(r).and_then(|row| row.get(at)),
            };
            let (packages, today) = if k == 0 { (&payoffs.rows, r) } else { (&payoffs.columns, c) };
            let best = (0..packages.len()).find(|at| reply(*at).is_some_and(|cell| cell.best_reply[k]));
            let Some(best) = best.and_then(|at| packages.get(at)) else { continue };
            let way = match best.headline_pp < packages[today].headline_pp {
                true => "lowering its own duties",
                false => "raising its own duties",
            };
            said.push(format!(
                "At today's terms {} would gain most by {way} alone, to {} %.",
                in_sentence(&account.parties[k].name),
                short(best.headline_pp)
            ));
        }
    }
    said
}

/// Whether the truce enforces itself.
pub fn self_enforcement(brief: &Brief, of: &SelfEnforcement) -> Vec<String> {
    let judged = format!("Judged by {}", of.judged_by);
    let mut said = vec![match of.verdict {
        Verdict::HoldsAtAnyPatience => format!(
            "{judged}, the truce enforces itself: no higher duty on all goods that was tried gains either side anything, however \
             impatient it is."
        ),
        Verdict::HoldsIfPatient => {
            format!("{judged}, the truce enforces itself if both sides are patient enough.")
        }
        Verdict::DoesNotHold => format!(
            "{judged}, and where next month counts {} of this one, the truce does not enforce itself: at least one side gains by \
             breaking it.",
            fixed(of.monthly_patience, 4)
        ),
    }];
    for side in &of.sides {
        let who = name_of(&brief.account, &side.party);
        let package = match side.deviation.as_str() {
            "raise" => format!("{} % on all goods", short(side.deviation_pp)),
            key => package_name(brief, key),
        };
        let gain = if side.temptation_pct > 0.0 {
            format!(
                "Breaking it ({package}) gains {who} {} % of a month's real income while the other side holds",
                fixed(side.temptation_pct, 3)
            )
        } else {
            format!("No higher duty that was tried gains {who} anything while the other side holds")
        };
        said.push(match side.critical_patience {
            _ if side.temptation_pct <= 0.0 && side.punishment_pct < 0.0 => format!(
                "{gain}; but the answer to a breach would leave it {} % better off than the truce does.",
                fixed(-side.punishment_pct, 3)
            ),
            _ if side.temptation_pct <= 0.0 => format!("{gain}."),
            Some(patience) => format!(
                "{gain} and costs {} % a month once answered: it pays to hold if next month counts at least {} of this one.",
                fixed(side.punishment_pct, 3),
                fixed(patience, 2)
            ),
            None => format!("{gain}, and no patience makes holding pay."),
        });
    }
    said.push(revenue_at_stake(&brief.account, of));
    if let Some(turn) = turning_day(of) {
        said.push(format!("With the window closing, slack runs out on {}.", date(turn)));
    }
    said
}

/// The first day on which a side would rather break, if its slack was positive the day before.
pub fn turning_day(of: &SelfEnforcement) -> Option<Day> {
    let breaks = |slack: &[f64; 2]| slack.iter().any(|s| *s < 0.0);
    of.by_day
        .windows(2)
        .find(|pair| !breaks(&pair[0].slack_pct) && breaks(&pair[1].slack_pct))
        .map(|pair| pair[1].day)
}

/// The page's name of a package key.
pub fn package_name(brief: &Brief, key: &str) -> String {
    let all = brief.payoffs.rows.iter().chain(&brief.payoffs.columns);
    all.into_iter().find(|p| p.key == key).map_or_else(|| key.to_owned(), |p| p.name.to_lowercase())
}
