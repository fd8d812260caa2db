//! The coverage table, derived: what each programme reaches and charges of each sector, on every day of change.
//!
//! Every good sold is charged as an entry, as known on the day and again wherever later publication changed the past;
//! goods that stand on the same lists, that the same measures name by code, that print the same ordinary duty and hold the
//! same metals are charged once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ledger::{Ledger, MeasureKind, ValueBase, View};
use terms::{Country, Day, Instant, Line, Points, Sector};

use crate::book::Row;
use crate::coverage::{ANY_ORIGIN, Coverage, ORDINARY, Share};
use crate::effective::{contents, reach};
use crate::schedule::{Base, ScheduleRow};
use crate::scope::LineCard;
use crate::stacking::Entry;
use crate::{Behaviour, Book, Border, Clash, Facts, Flow};

/// Whose table is derived, from which goods, over which days.
#[derive(Debug, Clone)]
pub struct Derivation<'d> {
    /// Who charges.
    pub importer: Country,
    /// What was bought.
    pub flows: &'d [Flow],
    /// What importers do beside the law.
    pub behaviour: &'d Behaviour,
    /// Partners, or groups of them, with rows of their own; all others share one row, `*`, charged as the largest of them.
    pub origins: &'d [Country],
    /// From the first day to the last, both inside.
    pub days: (Day, Day),
}

/// Goods of one origin and sector that are charged alike.
struct Kind<'b> {
    at: (usize, usize),
    card: LineCard,
    rows: Vec<&'b ScheduleRow>,
    facts: Facts,
    value: f64,
    /// How many lines they are.
    lines: f64,
}

/// Goods are charged alike when all of these are the same.
type Alike<'b> =
    (usize, usize, LineCardKey, Vec<(&'b str, RowKey<'b>)>, Vec<(String, String)>, Option<String>);

type LineCardKey = Vec<(u16, u16)>;

type RowKey<'b> = (&'b str, &'b str, [Option<Day>; 2]);

/// What was charged on the goods of one origin and sector, in money, and by lines.
#[derive(Default)]
struct Sums {
    share: f64,
    points: f64,
    once: f64,
}

/// The cells of a day: programme, place of the origin, place of the sector.
type Cells = BTreeMap<(String, usize, usize), Sums>;

/// Value and number of lines, by the places of origin and sector.
type Totals = HashMap<(usize, usize), (f64, f64)>;

impl Derivation<'_> {
    /// The table, its steps in the order of days.
    ///
    /// A step is known from the earliest publication on since which the law of its day was the same; steps of later
    /// publication follow. What was believed of a day before that is not kept.
    ///
    /// # Errors
    /// [`Clash`] where the record does not settle the duty on a line.
    pub fn table(&self, border: &Border<'_>) -> Result<Coverage, Clash> {
        let ledger = border.ledger;
        let clock = ledger.clock(self.importer.as_str());
        let published = published(border);
        let days_known: BTreeSet<Day> = published.iter().map(|at| clock.day_of(*at)).collect();
        let books: Vec<(Day, Book<'_>)> = days_known
            .into_iter()
            .filter_map(|day| Some((day, border.as_known(end_of(&clock, day)?, View::Collected))))
            .collect();
        let Some((_, last)) = books.last() else { return Ok(Coverage::default()) };
        let origins = self.origins(border);
        let sectors: Vec<Sector> =
            self.flows.iter().map(|flow| flow.sector.clone()).collect::<BTreeSet<_>>().into_iter().collect();
        let kinds = self.kinds(last, &origins, &sectors);
        let mut totals = Totals::new();
        for kind in &kinds {
            let (value, lines) = totals.entry(kind.at).or_default();
            *value += kind.value;
            *lines += kind.lines;
        }
        let on_all = border.all_goods_programmes(&self.importer);
        let mut table = Coverage::default();
        for day in self.days_of_change(last) {
            let Ok(on) = clock.zone.start_of(day) else { continue };
            for at in known_steps(&books, &self.importer, on, day) {
                let (known, book) = &books[at];
                let cells = self.cells(book, &kinds, &origins, on)?;
                self.lay(&mut table, (day, *known), (cells, &totals), (&origins, &sectors), &on_all);
            }
        }
        Ok(table)
    }

    /// The partners with rows of their own, then the one that stands for all others.
    fn origins(&self, border: &Border<'_>) -> Vec<(Country, Country)> {
        let on = Instant::MAX;
        let mut origins: Vec<(Country, Country)> =
            self.origins.iter().map(|own| (own.clone(), border.one_of(own, on))).collect();
        let mut others: BTreeMap<&Country, f64> = BTreeMap::new();
        for flow in self.flows.iter().filter(|flow| !self.origins.contains(&flow.partner)) {
            *others.entry(&flow.partner).or_default() += flow.value;
        }
        let largest = others.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        origins.extend(largest.map(|(partner, _)| (Country::new(ANY_ORIGIN), partner.clone())));
        origins
    }

    fn kinds<'b>(
        &self,
        last: &Book<'b>,
        origins: &[(Country, Country)],
        sectors: &[Sector],
    ) -> Vec<Kind<'b>> {
        let border = last.border;
        let schedule = border.schedules.get(&self.importer);
        let rows = last.rows.get(&self.importer).map_or(&[][..], Vec::as_slice);
        let on_content: Vec<&Row<'_>> = rows.iter().filter(|row| asks_for_content(row)).collect();
        let mut places: HashMap<Alike<'b>, usize> = HashMap::new();
        let mut kinds: Vec<Kind<'b>> = Vec::new();
        for flow in self.flows {
            let own = origins.iter().position(|(name, _)| *name == flow.partner);
            let (Some(origin), Some(sector)) = (
                own.or_else(|| origins.len().checked_sub(1)),
                sectors.iter().position(|s| *s == flow.sector),
            ) else {
                continue;
            };
            let card = border.scopes.card(flow.line);
            let of_line: Vec<&'b ScheduleRow> =
                schedule.into_iter().flat_map(|schedule| schedule.rows_of(flow.line)).collect();
            let content =
                match on_content.iter().any(|row| row.versions.iter().any(|d| d.scope.ever_speaks_of(&card)))
                {
                    true => contents(self.behaviour, flow.line),
                    false => BTreeMap::new(),
                };
            let claimed = self.behaviour.preference.get(&(flow.partner.clone(), flow.sector.clone()));
            let claims = claimed.map_or(0.0, |(_, share)| *share);
            let parts = [(None, 1.0 - claims), (claimed.map(|(name, _)| name.clone()), claims)];
            for (preference, part) in parts.into_iter().filter(|(_, part)| *part > 0.0) {
                let key = (
                    origin,
                    sector,
                    card.listed.clone(),
                    of_line.iter().map(|row| (&*row.special, row.charged_as())).collect(),
                    content.iter().map(|(metal, share)| (metal.clone(), share.to_string())).collect(),
                    preference.clone(),
                );
                let next = kinds.len();
                let place = *places.entry(key).or_insert(next);
                if place == next {
                    kinds.push(Kind {
                        at: (origin, sector),
                        card: card.clone(),
                        rows: of_line.clone(),
                        facts: Facts { content: content.clone(), preference, ..Facts::default() },
                        value: 0.0,
                        lines: 0.0,
                    });
                }
                kinds[place].value += flow.value * part;
                kinds[place].lines += part;
            }
        }
        kinds
    }

    /// What a day's law charges on all goods, as a book knows it.
    fn cells(
        &self,
        book: &Book<'_>,
        kinds: &[Kind<'_>],
        origins: &[(Country, Country)],
        on: Instant,
    ) -> Result<Cells, Clash> {
        let border = book.border;
        let schedule = border.schedules.get(&self.importer);
        let day = border.ledger.day(self.importer.as_str(), on);
        let day = schedule.map_or(day, |schedule| schedule.at_hand(day));
        let mut cells = Cells::new();
        for kind in kinds {
            let origin = &origins[kind.at.0].1;
            let pays_column_2 = schedule.is_some_and(|schedule| border.pays_column_2(schedule, origin, on));
            let row = kind.rows.iter().find(|row| row.holds(day));
            let claimed = kind.facts.preference.as_deref();
            let base = schedule
                .zip(row)
                .and_then(|(schedule, row)| Base::of(schedule, row, origin, pays_column_2, claimed).points);
            let entry =
                Entry { importer: &self.importer, origin, card: &kind.card, on, base, facts: &kind.facts };
            let mut add = |programme: &str, share: f64, points: Points| {
                let sums = cells.entry((programme.to_string(), kind.at.0, kind.at.1)).or_default();
                let charged = points.as_f64();
                sums.share += kind.value * share;
                sums.points += kind.value * charged;
                sums.once += kind.lines * charged;
            };
            if let Some(base) = base {
                add(ORDINARY, 1.0, base);
            }
            let stack = book.stack(&entry, &mut |_| {})?;
            let duties = stack.charges.iter().filter(|charge| charge.measure.kind == MeasureKind::Duty);
            for charge in duties.filter(|charge| charge.is_charged()) {
                add(&charge.measure.programme, reach(charge), charge.points);
            }
        }
        Ok(cells)
    }

    /// Lays the cells of a day on the table where they say something new.
    fn lay(
        &self,
        table: &mut Coverage,
        (day, known): (Day, Day),
        (cells, totals): (Cells, &Totals),
        (origins, sectors): (&[(Country, Country)], &[Sector]),
        of_all_goods: &BTreeSet<&str>,
    ) {
        let mut programmes: BTreeSet<String> =
            cells.keys().map(|(programme, ..)| programme.clone()).collect();
        programmes.extend(table.programmes_of(&self.importer).into_iter().map(str::to_string));
        for programme in programmes {
            let on_all = of_all_goods.contains(programme.as_str());
            for (o, (origin, _)) in origins.iter().enumerate() {
                let reached = |s: &usize| cells.contains_key(&(programme.clone(), o, *s));
                let in_force = (0..sectors.len()).any(|s| reached(&s));
                // What a duty on all goods would reach stays known while it is not in force.
                if on_all && !in_force {
                    continue;
                }
                for (s, sector) in sectors.iter().enumerate() {
                    let Some((value, lines)) = totals.get(&(o, s)).filter(|(value, _)| *value > 0.0) else {
                        continue;
                    };
                    let sums = cells.get(&(programme.clone(), o, s));
                    let found = sums.map_or_else(Share::default, |sums| Share {
                        share: rounded(sums.share / value, 4),
                        points: rounded(sums.points / value, 2),
                        once: rounded(sums.once / lines, 2),
                    });
                    let cell = (self.importer.clone(), origin.clone(), programme.clone(), sector.clone());
                    let last = table.of_cell(&cell, day, known);
                    let silent = if on_all { None } else { Some(Share::default()) };
                    if last.or(silent) != Some(found) {
                        table.put(cell, day, known, found);
                    }
                }
            }
        }
    }

    /// The days on which something in the importer's law begins or ends, from the first asked for on.
    fn days_of_change(&self, last: &Book<'_>) -> BTreeSet<Day> {
        let border = last.border;
        let clock = border.ledger.clock(self.importer.as_str());
        let rows = last.rows.get(&self.importer).into_iter().flatten();
        let of_versions = rows.flat_map(|row| &row.versions).flat_map(|dated| {
            let during = dated.version.during;
            [Some(during.from), during.until].into_iter().flatten()
        });
        let rules = last.rules.iter().map(|ranked| ranked.rule).filter(|rule| rule.importer == self.importer);
        let of_rules = rules.flat_map(|rule| [Some(rule.from), rule.until]).flatten();
        let instants = of_versions.chain(border.scopes.changes()).chain(of_rules);
        // A step in the middle of a day shows from the next day on: a day is asked about at its start.
        let first_whole_day = |at: Instant| {
            let day = clock.day_of(at - jiff::SignedDuration::from_mins(1));
            day.tomorrow().ok()
        };
        let (from, through) = self.days;
        let mut days: BTreeSet<Day> =
            instants.filter_map(first_whole_day).filter(|day| from < *day && *day <= through).collect();
        days.insert(from);
        days
    }
}

impl Border<'_> {
    /// The programmes of an importer that hold a duty on all goods.
    pub(crate) fn all_goods_programmes(&self, importer: &Country) -> BTreeSet<&str> {
        let rows = self.ledger.measures().filter(|measure| measure.importer == *importer);
        let all = rows.filter(|measure| {
            self.ledger.statements_on(&measure.id).next().is_some() && self.on_all_goods(measure)
        });
        all.map(|measure| measure.programme.as_str()).collect()
    }

    fn on_all_goods(&self, measure: &ledger::Measure) -> bool {
        let versions = self.ledger.versions(&measure.id, Instant::MAX, View::Printed);
        measure.kind == MeasureKind::Duty
            && versions.iter().any(|version| version.terms.goods.all && version.terms.only.is_empty())
    }
}

/// Whether some version of a measure falls on a part of the value that importers state.
fn asks_for_content(row: &Row<'_>) -> bool {
    let asks = |base: &ValueBase| matches!(base, ValueBase::Content(_) | ValueBase::Without(_));
    row.versions.iter().any(|dated| asks(&dated.version.terms.base))
}

/// Every instant at which some act, list or rule was published.
fn published(border: &Border<'_>) -> BTreeSet<Instant> {
    let ledger = border.ledger;
    let acts = ledger.acts().map(|act| act.published);
    let lists = ledger.lists().flat_map(|list| list.entries.iter().map(|entry| entry.published));
    let rules = ledger.rules().flat_map(|rule| [Some(rule.published), rule.end_published]).flatten();
    acts.chain(lists).chain(rules).collect()
}

/// The places of the books in which the law at `on` reads otherwise: the first that says what was known on the
/// day itself, and each later one that says something else.
fn known_steps(books: &[(Day, Book<'_>)], importer: &Country, on: Instant, day: Day) -> Vec<usize> {
    let Some(mut first) = books.iter().rposition(|(known, _)| *known <= day) else { return Vec::new() };
    while first > 0 && same_law(&books[first - 1].1, &books[first].1, importer, on) {
        first -= 1;
    }
    let mut steps = vec![first];
    let later = books.partition_point(|(known, _)| *known <= day);
    for at in later..books.len() {
        if !same_law(&books[at - 1].1, &books[at].1, importer, on) {
            steps.push(at);
        }
    }
    steps
}

/// Whether two states of knowledge say the same of an importer's duties at an instant.
fn same_law(first: &Book<'_>, second: &Book<'_>, importer: &Country, on: Instant) -> bool {
    let ledger = first.border.ledger;
    let speaks = |published: Instant, from: Instant, until: Option<Instant>, known: Instant| {
        published <= known && from <= on && until.is_none_or(|until| on < until)
    };
    let mut named: BTreeSet<usize> = BTreeSet::new();
    for row in second.rows.get(importer).into_iter().flatten() {
        row.versions.iter().for_each(|dated| named.extend(dated.lists()));
    }
    let lists = ledger.lists().enumerate().filter(|(at, _)| named.contains(at));
    let listed = lists.flat_map(|(_, list)| &list.entries).all(|entry| {
        let heard = |book: &Book<'_>| speaks(entry.published, entry.from, entry.until, book.known);
        heard(first) == heard(second)
    });
    let own = ledger.rules().filter(|rule| rule.importer == *importer);
    let ruled = own.into_iter().all(|rule| rule.holds(on, first.known) == rule.holds(on, second.known));
    let said = |book: &Book<'_>| -> Vec<_> {
        let rows = book.rows.get(importer).into_iter().flatten();
        let said = rows.filter_map(|row| {
            let version = &row.at(on)?.version;
            Some((row.measure.id.clone(), version.charged(), version.applies(), version.terms.clone()))
        });
        said.collect()
    };
    listed && ruled && said(first) == said(second)
}

fn end_of(clock: &ledger::Clock, day: Day) -> Option<Instant> {
    let next = clock.zone.start_of(day.tomorrow().ok()?).ok()?;
    Some(next - jiff::SignedDuration::from_nanos(1))
}

fn rounded(number: f64, digits: i32) -> f64 {
    let unit = 10f64.powi(digits);
    (number * unit).round() / unit
}

/// A line once for each sector it belongs to: the weights where nothing is known of what was bought.
///
/// Each subheading (six digits) of a sector counts once, whatever its value; where lists name longer codes below it,
/// those share its weight, so the reach is an upper bound. `edition` is how the
/// editions of the importer's lists begin: `CN`.
pub fn each_subheading_once(
    ledger: &Ledger,
    edition: &str,
    partner: &Country,
    sectors: &[(Line, Sector)],
) -> Vec<Flow> {
    let lists = ledger.lists().filter(|list| list.edition.starts_with(edition));
    let codes: BTreeSet<Line> =
        lists.flat_map(|list| &list.entries).flat_map(|entry| entry.lines.iter().copied()).collect();
    let mut flows = Vec::new();
    for (subheading, sector) in sectors {
        let below = codes.range(*subheading..).take_while(|code| subheading.covers(**code));
        let named: Vec<Line> = below.copied().collect();
        let lines = if named.is_empty() { vec![*subheading] } else { named };
        let value = 1.0 / lines.len() as f64;
        flows.extend(lines.into_iter().map(|line| Flow {
            partner: partner.clone(),
            line,
            sector: sector.clone(),
            value,
            duty: 0.0,
        }));
    }
    flows
}
