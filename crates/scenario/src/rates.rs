//! Every rate of two governments by its name, and why any two of them differ.

use diagnostic::Faults;
use equilibrium::{Links, Options};
use ledger::View;
use serde::Serialize;
use tariffs::{Bridge, Definition, RateCard};
use terms::{Country, Day};

use crate::account::account;
use crate::answer::{coverage, others, packages};
use crate::clock::Days;
use crate::contest::{Contest, Solved};
use crate::economies;
use crate::question::Question;
use crate::records::Record;

/// The rate cards of both directions, with the way from the headline to each rate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rates {
    /// The day asked about.
    pub on: Day,
    /// The last day of publication that counts; none: all.
    pub known_on: Option<Day>,
    /// The first party on the second's goods, then the reverse.
    pub cards: [RateCard; 2],
    /// From the headline to every other rate of each card; the points of a bridge sum to the difference.
    pub bridges: [Vec<Bridge>; 2],
}

/// Answers: the rates of a question's two parties on its day.
///
/// # Errors
/// As [`crate::brief`].
pub fn rates(question: &Question, record: &Record) -> Result<Rates, Faults> {
    let ledger = &record.ledger;
    let [a, b] = &question.parties;
    let days = Days { on: question.on, known_on: Some(question.known_on) };
    let account = account(ledger, &question.parties, days)?;
    let timetable = ledger.timetable(days.known(ledger)?, View::Collected);
    let opened = economies::open(&question.model.economy)?;
    let (coverage, _) = coverage()?;
    let side = |pair: [&Country; 2], at: usize| {
        packages(ledger, &timetable, pair, days, &account.directions[at], None)
    };
    let (rows, columns) = (side([a, b], 0)?, side([b, a], 1)?);
    let options = Options {
        links: if question.model.links { Links::Recorded } else { Links::Absent },
        deficits: question.model.deficits,
        ..Options::default()
    };
    let contest = Contest::new(
        &opened.economy,
        &coverage,
        &question.parties,
        others(ledger, &timetable, days, &opened.economy, &question.parties)?,
        (days.on, question.known_on),
        (&options, &question.model.elasticities[..1]),
    )?;
    // The second package of each side is today's.
    let pair = [&rows[1], &columns[1]];
    let mut solved = Solved::default();
    let after = contest.solve(&mut solved, 0, (1, 1), pair)?;
    let weights = format!("{} trade of the economy `{}`", opened.economy.meta().year, opened.economy.name());
    let cards = [0, 1].map(|importer| contest.rate_card(importer, pair, after, &weights));
    let bridges = cards.each_ref().map(|card| {
        let others = card.rates.iter().map(|rate| rate.definition);
        others
            .filter(|to| *to != Definition::HeadlineAddOn)
            .filter_map(|to| card.bridge(Definition::HeadlineAddOn, to))
            .collect()
    });
    Ok(Rates { on: question.on, known_on: days.known_on, cards, bridges })
}
