//! Every rate of two governments by its name, and why any two of them differ.

use diagnostic::{Diagnostic, Faults, Source, help_nearest};
use equilibrium::{Links, Options};
use ledger::View;
use serde::Serialize;
use tariffs::{Bridge, Definition, RateCard};
use terms::{Country, Day};

use crate::account::account;
use crate::clock::Days;
use crate::contest::{Contest, Solved};
use crate::covered::covered;
use crate::duty_tables::bought;
use crate::economies;
use crate::packages::{Law, others, packages};
use crate::question::Question;
use crate::records::Record;
use crate::sized::{Among, Sizing, sizing};
use crate::territories::members;

/// The rate cards of both directions, with the way from one rate to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rates {
    /// The day asked about.
    pub on: Day,
    /// The last day of publication that counts; none: all.
    pub known_on: Option<Day>,
    /// The first party on the second's goods, then the reverse.
    pub cards: [RateCard; 2],
    /// Why a card holds the base year's rates alone: no act of its importer is on record, so what it has added since is
    /// unread, not nought.
    pub unread: [Option<String>; 2],
    /// To each rate of a card from the nearest before it, or the one bridge asked for; points sum to the difference.
    pub bridges: [Vec<Bridge>; 2],
}

/// Answers: the rates of a question's two parties on its day, one of which at least issues acts on record, and how `between` names the two ends of a bridge,
/// `FROM,TO`; none: the whole ladder.
///
/// # Errors
/// As [`crate::brief`]; `unknown-rate` for an end of a bridge that names no definition.
pub fn rates(question: &Question, record: &Record, between: Option<&str>) -> Result<(Rates, Faults), Faults> {
    let between = between.map(ends).transpose()?;
    let ledger = &record.ledger;
    let [a, b] = &question.parties;
    let days = Days { on: question.on, known_on: Some(question.known_on) };
    let account = account(ledger, &question.parties, days)?;
    let timetable = ledger.timetable(days.known(ledger)?, View::Collected);
    let opened = economies::open(&question.model.economy)?;
    let Sizing { coverage, warnings: sized, .. } =
        sizing(record, Among::Economy(&members(&opened.economy)), &[days.on], days.known_on)?;
    let (bought, _) = bought()?;
    let (sectors, uncovered) = covered(&opened.economy)?;
    let mut warnings = opened.economy.warnings().clone();
    warnings.append(sized);
    uncovered.into_iter().for_each(|warning| warnings.push(warning));
    let law = Law { ledger, timetable: &timetable, coverage: &coverage, sectors: &sectors, days };
    let side = |pair: [&Country; 2], at: usize| packages(&law, pair, &account.directions[at], None);
    let (rows, columns) = (side([a, b], 0)?, side([b, a], 1)?);
    let options = Options {
        links: if question.model.links { Links::Recorded } else { Links::Absent },
        deficits: question.model.deficits,
        ..Options::default()
    };
    let contest = Contest::new(
        &opened.economy,
        (&coverage, &bought),
        &question.parties,
        others(&law, &opened.economy, &question.parties)?,
        (days.on, question.known_on),
        (&options, &question.model.elasticities[..1]),
    )?;
    // The second package of each side is today's.
    let pair = [&rows[1], &columns[1]];
    let mut solved = Solved::default();
    let after = contest.solve(&mut solved, 0, (1, 1), pair)?;
    let weights = format!("{} trade of the economy `{}`", opened.economy.meta().year, opened.economy.name());
    let groups = [law.groups(b)?, law.groups(a)?];
    let unread = account.directions.each_ref().map(|direction| direction.unread.clone());
    let cards = [0, 1].map(|importer| {
        let mut card = contest.rate_card(importer, pair, after, &weights, &groups[importer]);
        if unread[importer].is_some() {
            card.rates.retain(|rate| rate.definition == Definition::Base);
            card.law = None;
        }
        card
    });
    let bridges = cards.each_ref().map(|card| match between {
        Some((from, to)) => card.bridge(from, to).into_iter().collect(),
        None => card.ladder(),
    });
    Ok((Rates { on: question.on, known_on: days.known_on, cards, unread, bridges }, warnings))
}

/// The two ends of a bridge, as written.
fn ends(written: &str) -> Result<(Definition, Definition), Faults> {
    let mut faults = Faults::new();
    let text = Source::new("--between", written);
    let mut start = 0;
    let mut ends = Vec::new();
    for name in written.split(',') {
        match Definition::named(name).filter(|definition| *definition != Definition::Coverage) {
            Some(definition) => ends.push(definition),
            None => {
                let names = Definition::ALL.map(|definition| definition.to_string().replace(' ', "-"));
                let known = names.iter().map(String::as_str).filter(|name| *name != "coverage");
                faults.push(
                    Diagnostic::error("unknown-rate", format!("`{}` is the name of no rate", name.trim()))
                        .at(text.at(start..start + name.len()), "this one")
                        .help_if(help_nearest(name.trim(), known.clone()))
                        .note(format!("rates are {}", known.collect::<Vec<_>>().join(", "))),
                );
            }
        }
        start += name.len() + 1;
    }
    match ends[..] {
        [from, to] if faults.is_empty() => Ok((from, to)),
        _ if !faults.is_empty() => Err(faults),
        _ => Err(Diagnostic::error("unknown-rate", format!("`{written}` does not name two rates"))
            .at(text.whole(), "a bridge has two ends")
            .help("write `--between headline-add-on,collected`")
            .into()),
    }
}
