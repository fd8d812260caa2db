//! The list itself: sectors in parts, or whole tariff lines, and what it does all at once.

use diagnostic::Faults;
use economy::Economy;
use strategy::{Candidate, LineOfSector, Pieces, RetaliationList, divided, retaliation_list};
use terms::{CountryId, Cube, SectorId};

use super::charged::{Duty, Loss};
use super::evidence::ListStep;
use super::line_trade::{LineImports, LineTrade};
use super::spared::Spared;
use super::{ListedLine, ListedLines, RetaliationQuestion};
use crate::hats::percent;

/// A list and what it does.
pub(super) struct Found {
    pub list: RetaliationList,
    /// The share of each sector's imports on it.
    pub shares: Vec<f64>,
    pub lines: Option<ListedLines>,
    /// What each of its goods does alone.
    pub goods: Vec<ListStep>,
    /// What the whole list costs the other, and at home.
    pub at_once: [Loss; 2],
}

/// The sectors of goods, and what the duty on each alone does.
type Sectors<'s> = (&'s [SectorId], &'s [Candidate]);

/// What is not offered: it does not hurt.
fn spare(candidate: &Candidate) -> Candidate {
    Candidate { harm: 0.0, ..candidate.clone() }
}

/// A list of sectors, the last in part.
pub(super) fn by_sector(
    (economy, duty): (&Economy, &mut Duty<'_>),
    (goods, alone): Sectors<'_>,
    spared: &Spared,
    question: &RetaliationQuestion,
) -> Result<Found, Faults> {
    let offered: Vec<Candidate> = goods
        .iter()
        .zip(alone)
        .map(|(s, of)| if spared.sector(*s) { spare(of) } else { of.clone() })
        .collect();
    let cap = question.cap_usd_mn.unwrap_or(f64::INFINITY);
    let list = retaliation_list(&offered, cap, question.ranking, Pieces::Parts);
    let share_of = |s: SectorId| goods.iter().position(|good| *good == s).map_or(0.0, |at| list.shares[at]);
    let part = Cube::from_fn(economy.countries().len(), economy.sectors().len(), |_, _, s| share_of(s));
    let at_once = duty.on_parts(economy, &part, |_| None)?;
    let listed = goods.iter().zip(&offered).zip(&list.shares).filter(|(_, share)| **share > 0.0);
    let step = |((s, of), share): ((&SectorId, &Candidate), &f64)| ListStep {
        goods: economy.sector(*s).code.to_string(),
        value_usd_mn: share * of.value,
        harm_usd_mn: share * of.harm,
        own_cost_usd_mn: share * of.own_cost,
    };
    Ok(Found { shares: list.shares.clone(), lines: None, goods: listed.map(step).collect(), list, at_once })
}

/// A list of whole tariff lines.
pub(super) fn by_line(
    (economy, duty): (&Economy, &mut Duty<'_>),
    sectors: Sectors<'_>,
    trade: &LineTrade,
    spared: &Spared,
    question: &RetaliationQuestion,
) -> Result<Found, Faults> {
    let all = candidates(economy, duty, sectors, trade, question)?;
    let kept = |line: &LineImports| !spared.line(line.line, line.sector);
    let offered: Vec<Candidate> = trade
        .lines
        .iter()
        .zip(&all)
        .map(|(line, of)| if kept(line) { of.clone() } else { spare(of) })
        .collect();
    let cap = question.cap_usd_mn.unwrap_or(f64::INFINITY);
    let list = retaliation_list(&offered, cap, question.ranking, Pieces::Whole);
    let on_it = |at: usize| list.shares[at] > 0.0;
    let pair = (duty.importer, duty.exporter);
    let part = trade.part(economy, (duty.importer, duty.exporter), on_it);
    let at_once = duty.on_parts(economy, &part, |s| {
        let inside = || trade.lines.iter().enumerate().filter(|(_, line)| line.sector == s);
        let paid = |listed: bool| {
            let of = inside().filter(|(at, _)| on_it(*at) == listed);
            let (sum, paid) = of.fold((0.0, 0.0), |(sum, paid), (_, line)| {
                (sum + line.value, paid + line.value * (wedge_of(line, economy, pair) - 1.0))
            });
            if sum > 0.0 { paid / sum } else { 0.0 }
        };
        Some([paid(true), paid(false)])
    })?;
    let known = || trade.lines.iter().filter(|line| line.value > 0.0);
    let mut listed: Vec<ListedLine> = (0..all.len())
        .filter(|at| on_it(*at))
        .map(|at| {
            let (line, of) = (&trade.lines[at], &all[at]);
            ListedLine {
                line: line.line,
                sector: economy.sector(line.sector).code.clone(),
                value_usd_mn: line.value,
                recorded_usd_mn: line.recorded,
                duty_pct: percent(wedge_of(line, economy, pair)),
                import_share: line.value / line.all,
                harm_usd_mn: of.harm,
                own_cost_usd_mn: of.own_cost,
            }
        })
        .collect();
    listed.sort_by(|a, b| b.harm_usd_mn.total_cmp(&a.harm_usd_mn).then(a.line.cmp(&b.line)));
    let million = economy.meta().unit.in_millions();
    let worth = |good: &SectorId| {
        let inside = trade.lines.iter().enumerate().filter(|(_, line)| line.sector == *good);
        inside.filter(|(at, _)| on_it(*at)).map(|(_, line)| line.value).sum::<f64>()
    };
    let bought = |good: SectorId| economy.trade()[(duty.importer, duty.exporter, good)] * million;
    let beyond = sectors.0.iter().filter(|s| worth(s) > bought(**s));
    let share = |good: &SectorId| {
        let whole: f64 = trade.lines.iter().filter(|line| line.sector == *good).map(|line| line.value).sum();
        if whole > 0.0 { worth(good) / whole } else { 0.0 }
    };
    let step = |row: &ListedLine| ListStep {
        goods: row.line.to_string(),
        value_usd_mn: row.value_usd_mn,
        harm_usd_mn: row.harm_usd_mn,
        own_cost_usd_mn: row.own_cost_usd_mn,
    };
    Ok(Found {
        goods: listed.iter().map(step).collect(),
        shares: sectors.0.iter().map(share).collect(),
        lines: Some(ListedLines {
            source: trade.source.clone(),
            known: known().count(),
            spared: known().filter(|line| !kept(line)).count(),
            not_ad_valorem: listed_lines(&list.shares, trade).filter(|line| line.not_ad_valorem).count(),
            beyond_base_year: beyond.map(|s| economy.sector(*s).code.clone()).collect(),
            listed,
        }),
        list,
        at_once,
    })
}

/// The lines on a list.
fn listed_lines<'t>(shares: &'t [f64], trade: &'t LineTrade) -> impl Iterator<Item = &'t LineImports> {
    trade.lines.iter().zip(shares).filter(|(_, share)| **share > 0.0).map(|(line, _)| line)
}

/// 1 + t of a line: its own, else its sector's.
fn wedge_of(line: &LineImports, economy: &Economy, (n, i): (CountryId, CountryId)) -> f64 {
    line.wedge.unwrap_or_else(|| economy.tariffs()[(n, i, line.sector)].wedge())
}

/// Every line as a candidate: its part of what the duty on its sector does.
///
/// The other's share of what is spent on a line is its share of the line's imports times the sector's imported share: what
/// is made at home is not recorded by line.
fn candidates(
    economy: &Economy,
    duty: &Duty<'_>,
    (goods, alone): Sectors<'_>,
    trade: &LineTrade,
    question: &RetaliationQuestion,
) -> Result<Vec<Candidate>, Faults> {
    let (n, i) = (duty.importer, duty.exporter);
    let theta = economy.theta(question.options.elasticity.as_deref()).map_err(Faults::from)?;
    let mut found = vec![Candidate { value: 0.0, harm: 0.0, own_cost: 0.0 }; trade.lines.len()];
    for (good, whole) in goods.iter().zip(alone) {
        let paid = |j| economy.trade()[(n, j, *good)] * economy.tariffs()[(n, j, *good)].wedge();
        let spent: f64 = economy.country_ids().map(paid).sum();
        let imported = 1.0 - paid(n) / spent;
        let places: Vec<usize> = (0..trade.lines.len())
            .filter(|at| trade.lines[*at].sector == *good && trade.lines[*at].value > 0.0)
            .collect();
        let lines: Vec<LineOfSector> = places
            .iter()
            .map(|at| LineOfSector {
                value: trade.lines[*at].value,
                share: imported * trade.lines[*at].value / trade.lines[*at].all,
                wedge: wedge_of(&trade.lines[*at], economy, (n, i)),
            })
            .collect();
        let paid = economy.tariffs()[(n, i, *good)].wedge();
        let parts = divided((whole, paid), &lines, theta[good.at()], question.rate.as_share());
        for (at, part) in places.into_iter().zip(parts) {
            found[at] = part;
        }
    }
    Ok(found)
}
