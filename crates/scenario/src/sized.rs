//! The coverage table, with what overlays of the record change of it: every act that `add` makes has a size.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diagnostic::{Diagnostic, Faults};
use economy::sheet::Sheet;
use ledger::{MeasureId, View};
use tariffs::{Border, Coverage, Laid, LineWeights, SizedAct, Weighing};
use terms::{Archive, Country, Day, Line, Sector};

use crate::archive::Embedded;
use crate::clock::Days;
use crate::covered::of_members;
use crate::duty_tables::coverage;
use crate::records::Record;

/// Where imports by line lie, `USA-CHN-2024.csv` what the United States bought of China's goods and of everyone's.
const LINES: &str = "data/lines";
/// The table whose lines say which sector makes a subheading.
const CONCORDANCE: &str = "data/lines/USA-CHN-2024.csv";

/// The table and what was laid on it.
pub(crate) struct Sizing {
    pub coverage: Coverage,
    /// The tables read, and their hashes.
    pub input: (String, String),
    /// The first day on which overlays move something; none: they move nothing.
    pub from: Option<Day>,
    /// By importer, the days on which a measure that overlays move begins or ends to say what it says.
    pub steps: BTreeMap<Country, BTreeSet<Day>>,
    /// What overlays change, importer by importer, origin by origin.
    pub acts: Vec<SizedAct>,
    /// The same in a sentence for each measure.
    pub warnings: Faults,
}

/// Whose borders and whose goods are asked about: countries of the law.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Among<'m> {
    /// All that an economy's countries stand for: an act that none of them charges is refused.
    Economy(&'m [Country]),
    /// Some: acts of others are passed over.
    Parties(&'m [Country]),
}

impl<'m> Among<'m> {
    const fn members(self) -> &'m [Country] {
        match self {
            Self::Economy(members) | Self::Parties(members) => members,
        }
    }
}

/// The table as the record's overlays leave it on `days`, for importers and origins among some. What a union charges is
/// laid at its members' borders.
///
/// # Errors
/// Faults of the tables; `unsized-act` for an act in force on one of the days of which neither lines nor subheadings show a
/// size; `uncharged-act` for one of a government that no country of the economy is or belongs to; `clash` where the record
/// with its overlays does not settle a duty.
pub(crate) fn sizing(
    record: &Record,
    among: Among<'_>,
    days: &[Day],
    known_on: Option<Day>,
) -> Result<Sizing, Faults> {
    let (mut table, input) = coverage()?;
    let mut sizing = Sizing {
        coverage: table.clone(),
        input,
        from: None,
        steps: BTreeMap::new(),
        acts: Vec::new(),
        warnings: Faults::new(),
    };
    let (Some(without), Some(first)) = (record.without_overlays(), days.first()) else { return Ok(sizing) };
    let ledger = &record.ledger;
    let schedules = record.schedules()?;
    let [under, over] = [without, ledger].map(|ledger| Border::new(ledger, &schedules));
    let known = Days { on: *first, known_on }.known(ledger)?;
    let [under, over] = [&under, &over].map(|border| border.as_known(known, View::Collected));
    let laid = Laid { under: &under, over: &over };
    let (mut goods, mut uncharged) = (None, Faults::new());
    let (members, areas) = (among.members(), ledger.areas());
    for government in ledger.governments() {
        let importer = &government.code;
        let of_overlay = laid.days(importer);
        let combines = laid.combines_otherwise(importer, days);
        // Lists and rules have days of their own: what moves them may begin on any.
        let first = if combines { Some(Day::MIN) } else { of_overlay.first().copied() };
        let (Some(from), Ok(on)) = (first, government.clock.zone.start_of(days[0])) else { continue };
        let within = |country: &&Country| *country == importer || areas.holds(importer, country, on);
        let buyers: Vec<Country> = members.iter().filter(within).cloned().collect();
        if buyers.is_empty() {
            if matches!(among, Among::Economy(_)) {
                days.iter()
                    .for_each(|day| uncharged.append(nobody(importer, &laid.charges_on(importer, *day))));
            }
            continue;
        }
        sizing.from = sizing.from.into_iter().chain([from]).min();
        let goods = match &mut goods {
            Some(goods) => goods,
            none => none.insert(Goods::read()?),
        };
        let of_importer = goods.of(importer)?;
        let origins: Vec<(Country, &LineWeights)> = members
            .iter()
            .filter(|origin| !buyers.contains(origin))
            .map(|origin| (origin.clone(), of_importer.get(origin).unwrap_or(&of_importer[importer])))
            .collect();
        for buyer in &buyers {
            sizing.steps.entry(buyer.clone()).or_default().extend(of_overlay.iter().copied());
        }
        let all: BTreeSet<Day> = of_overlay.into_iter().chain(days.iter().copied()).collect();
        let last = known_on.unwrap_or(Day::MAX);
        let acts = laid.lay(&mut table, (importer, &buyers), &origins, (&all, last))?;
        for day in days {
            laid.sizeable(importer, &origins, *day)?;
        }
        sizing.acts.extend(acts.into_iter().filter(|act| days.contains(&act.on)));
    }
    uncharged.or(())?;
    sizing.coverage = table;
    sizing.warnings = told(&sizing.acts);
    Ok(sizing)
}

impl Sizing {
    /// How each measure was sized on the first day that it shows, where many days were asked about.
    pub(crate) fn told_once(&self) -> Faults {
        let mut seen = BTreeSet::new();
        let mut acts: Vec<&SizedAct> = self.acts.iter().collect();
        acts.sort_by_key(|act| act.on);
        acts.retain(|act| seen.insert((&act.measures, &act.importer, &act.origin, act.by)));
        told(&acts.into_iter().cloned().collect::<Vec<_>>())
    }
}

/// What a government charges whom no country of the economy is or belongs to.
fn nobody(government: &Country, measures: &[&MeasureId]) -> Faults {
    let fault = |measure: &&MeasureId| {
        Diagnostic::error("uncharged-act", format!("nobody in the economy charges `{measure}` of {government}"))
            .note(format!("no country of the economy is {government} or belongs to it"))
            .help("choose an economy that keeps its members, or give the rates to `measure` with `--add` or `--tariffs`")
    };
    measures.iter().map(fault).collect()
}

/// What is known of goods by line.
struct Goods {
    /// By industry of the tables and by sector, the sector of the coverage table.
    sectors: HashMap<String, Sector>,
    /// Each subheading once for every sector that makes goods of it.
    subheadings: LineWeights,
}

impl Goods {
    fn read() -> Result<Self, Faults> {
        let sectors = of_members()?;
        let table = Sheet::read(&Embedded, CONCORDANCE, &["line", "industry"], &[])?;
        let mut once: BTreeSet<(Line, Sector)> = BTreeSet::new();
        for row in 0..table.rows() {
            if let (Ok(line), Some(sector)) =
                (table.word(0, row).parse::<Line>(), sectors.get(table.word(1, row)))
            {
                once.insert((line.prefix(6), sector.clone()));
            }
        }
        let lines = once.into_iter().map(|(line, sector)| (line, sector, 1.0)).collect();
        Ok(Self { sectors, subheadings: LineWeights { lines, by: Weighing::SubheadingsOnce } })
    }

    /// What an importer buys by line: of each origin with a table of its own, and under the importer's own code of all others.
    fn of(&self, importer: &Country) -> Result<BTreeMap<Country, LineWeights>, Faults> {
        let stem = format!("{LINES}/{importer}-");
        let mut found = BTreeMap::new();
        let mut others: Option<BTreeMap<(Line, Sector), f64>> = None;
        for path in Embedded.list(LINES).unwrap_or_default().iter().filter(|path| path.starts_with(&stem)) {
            let Some((origin, _)) = path[stem.len()..].split_once('-') else { continue };
            let columns = ["imports_usd_th", "all_origins_usd_th"];
            let table = Sheet::read(&Embedded, path, &["line", "industry"], &columns)?;
            let rows = || {
                (0..table.rows()).filter_map(|row| {
                    let line = table.word(0, row).parse::<Line>().ok()?;
                    let sector = self.sectors.get(table.word(1, row))?.clone();
                    Some((line, sector, [table.number(2, row), table.number(3, row)]))
                })
            };
            let bought = rows().filter(|(.., [own, _])| *own > 0.0);
            let lines = bought.map(|(line, sector, [own, _])| (line, sector, own)).collect();
            found.insert(Country::new(origin), LineWeights { lines, by: Weighing::ImportsByLine });
            let rest = others.get_or_insert_with(|| {
                rows().map(|(line, sector, [_, all])| ((line, sector), all)).collect()
            });
            for (line, sector, [own, _]) in rows() {
                rest.entry((line, sector)).and_modify(|rest| *rest -= own);
            }
        }
        let rest = match others {
            None => self.subheadings.clone(),
            Some(rest) => LineWeights {
                lines: rest
                    .into_iter()
                    .filter(|(_, value)| *value > 0.0)
                    .map(|((line, sector), value)| (line, sector, value))
                    .collect(),
                by: Weighing::ImportsOfOthersByLine,
            },
        };
        found.insert(importer.clone(), rest);
        Ok(found)
    }
}

/// How each measure was sized, in a sentence.
fn told(acts: &[SizedAct]) -> Faults {
    let mut said: BTreeMap<(String, Country, Day, Weighing), Vec<&SizedAct>> = BTreeMap::new();
    for act in acts {
        let Some(by) = act.by else { continue };
        said.entry((act.measures.join("`, `"), act.importer.clone(), act.on, by)).or_default().push(act);
    }
    let sentence = |((measures, importer, on, by), of): (
        (String, Country, Day, Weighing),
        Vec<&SizedAct>,
    )| {
        let origins = match of[..] {
            [only] => only.origin.to_string(),
            _ => format!("{} origins", of.len()),
        };
        let how = match by {
            Weighing::ImportsByLine => format!("by what {importer} bought of {origins} line by line in 2024"),
            Weighing::ImportsOfOthersByLine => format!(
                "for {origins} by what {importer} bought line by line in 2024 from everyone without a table of its own"
            ),
            Weighing::SubheadingsOnce => format!(
                "for {origins} with each subheading of a sector once, as what {importer} buys by line is not at hand"
            ),
        };
        let range = |number: fn(&SizedAct) -> f64, unit: &str| {
            let all = of.iter().map(|act| number(act));
            let (low, high) =
                all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            let [low, high] = [low, high].map(|x| format!("{x:.2}"));
            if low == high { format!("{low}{unit}") } else { format!("{low} to {high}{unit}") }
        };
        // An upper bound is said with its lower one: of a subheading named in part nothing may be bought.
        let bounds = match of.iter().any(|act| act.in_part_pct > 0.0) {
            true => format!(
                "; {} are subheadings of which it names some lines only: all of each is taken, and were these lines nothing of \
                 them, it would add {}",
                range(|act| act.in_part_pct, " %"),
                range(|act| act.added_pp - act.added_in_part_pp, " points")
            ),
            false => String::new(),
        };
        let them = if by == Weighing::SubheadingsOnce { "these lines" } else { "these imports" };
        format!(
            "`{measures}` on {on} is sized {how}: of {them} it speaks of {}, and adds {} to them all{bounds}",
            range(|act| act.share_pct, " %"),
            range(|act| act.added_pp, " points")
        )
    };
    said.into_iter().map(|said| Diagnostic::warning("sized-act", sentence(said))).collect()
}

#[cfg(test)]
mod tests;
