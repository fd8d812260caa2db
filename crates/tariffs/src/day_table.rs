//! Every line, every origin, every day, as intervals: what is charged when, without a panel.
//!
//! Lines that stand on the same lists, that the same measures name by code, and that print the same ordinary duty are
//! charged alike on every day, and so are origins that the same measures reach. Some two thousand kinds of lines and a hundred kinds of origins
//! stand for the four million pairs; each pair of kinds is charged only on the days on which one of its own
//! measures, lists or rules changes.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use ledger::Duty;
use terms::{Country, Instant, Line, Points};

use crate::book::{Places, Row};
use crate::schedule::{Base, Schedule, ScheduleRow};
use crate::scope::LineCard;
use crate::stacking::{Asked, Entry};
use crate::{Book, Clash, Facts};

/// What is charged from an instant on, until the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayStep {
    /// The first instant.
    pub from: Instant,
    /// The ordinary duty; none where it is not ad valorem, or the line does not exist.
    pub base: Option<Points>,
    /// What is charged on top.
    pub additional: Points,
}

/// The duties of one importer over a stretch of days, for shipments of which nothing else is known.
#[derive(Debug, Clone, Default)]
pub struct DayTable {
    lines: HashMap<Line, usize>,
    origins: HashMap<Country, usize>,
    kinds_of_origins: usize,
    /// For each kind of line and kind of origin, in that order, the place of its steps.
    cells: Vec<u32>,
    steps: IndexSet<Vec<DayStep>>,
}

/// A pair of a line and an origin that the record does not settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsettled {
    /// A line of the kind.
    pub line: Line,
    /// An origin of the kind.
    pub origin: Country,
    /// When.
    pub on: Instant,
    /// Why.
    pub clash: Clash,
}

/// Lines that are charged alike.
struct LineKind<'b> {
    card: LineCard,
    /// Lines of the same listings, whatever their ordinary duty.
    duties: usize,
    rows: Vec<&'b ScheduleRow>,
    measures: Places,
}

/// Origins that are charged alike.
struct OriginKind {
    origin: Country,
    place: usize,
    measures: Places,
}

impl DayTable {
    /// The table of an importer with a schedule, for entries in `[from, until)`.
    ///
    /// The second value lists what the record does not settle; those pairs carry the last step that it does.
    pub fn of(book: &Book<'_>, importer: &Country, from: Instant, until: Instant) -> (Self, Vec<Unsettled>) {
        let mut table = Self::default();
        let (Some(schedule), Some(rows)) = (book.border.schedules.get(importer), book.rows.get(importer))
        else {
            return (table, Vec::new());
        };
        let lines = table.kinds_of_lines(book, schedule, rows);
        let origins = table.kinds_of_origins(book, rows, importer, (from, until));
        table.kinds_of_origins = origins.len();
        let maker = Maker { book, importer, schedule, rows, window: (from, until) };
        let mut unsettled = Vec::new();
        let mut known: HashMap<(usize, usize), Option<Vec<Added>>> = HashMap::new();
        for line in &lines {
            for (at, origin) in origins.iter().enumerate() {
                let bases = maker.bases(line, origin);
                let known = known.entry((line.duties, at)).or_insert_with(|| {
                    let (added, floors) = maker.added(line, origin, &[], &mut unsettled);
                    (!floors).then_some(added)
                });
                let steps = match known {
                    Some(added) => merged(&bases, added),
                    // A floor counts from the ordinary duty, so lines that differ in it are charged apart.
                    None => merged(&bases, &maker.added(line, origin, &bases, &mut unsettled).0),
                };
                let (place, _) = table.steps.insert_full(steps);
                table.cells.push(place as u32);
            }
        }
        (table, unsettled)
    }

    /// The steps of one line and origin, in the order of time.
    pub fn steps(&self, line: Line, origin: &Country) -> &[DayStep] {
        let cell = || {
            let (line, origin) = (self.lines.get(&line)?, self.origins.get(origin)?);
            let place = *self.cells.get(line * self.kinds_of_origins + origin)? as usize;
            self.steps.get_index(place)
        };
        cell().map_or(&[], Vec::as_slice)
    }

    /// The step in force at an instant.
    pub fn at(&self, line: Line, origin: &Country, on: Instant) -> Option<DayStep> {
        self.steps(line, origin).iter().rev().find(|step| step.from <= on).copied()
    }

    /// How many lines, origins, kinds of either, and intervals over all pairs.
    pub fn size(&self) -> TableSize {
        let mut lines_of = vec![0usize; self.cells.len() / self.kinds_of_origins.max(1)];
        self.lines.values().for_each(|kind| lines_of[*kind] += 1);
        let mut origins_of = vec![0usize; self.kinds_of_origins];
        self.origins.values().for_each(|kind| origins_of[*kind] += 1);
        let intervals = self.cells.iter().enumerate().map(|(at, place)| {
            let pairs = lines_of[at / self.kinds_of_origins] * origins_of[at % self.kinds_of_origins];
            pairs * self.steps.get_index(*place as usize).map_or(0, Vec::len)
        });
        TableSize {
            lines: self.lines.len(),
            origins: self.origins.len(),
            kinds_of_lines: lines_of.len(),
            kinds_of_origins: self.kinds_of_origins,
            intervals: intervals.sum(),
        }
    }

    fn kinds_of_lines<'b>(
        &mut self,
        book: &'b Book<'_>,
        schedule: &'b Schedule,
        rows: &[Row<'_>],
    ) -> Vec<LineKind<'b>> {
        let mut kinds: IndexMap<(usize, Vec<ScheduleKey<'b>>), LineKind<'b>> = IndexMap::new();
        let mut alike: IndexSet<(Vec<(u16, u16)>, Places)> = IndexSet::new();
        for line in schedule.all_lines() {
            let card = book.border.scopes.card(line);
            let of_line: Vec<&ScheduleRow> = schedule.rows_of(line).collect();
            let key: Vec<ScheduleKey<'_>> = of_line.iter().map(|row| row.charged_as()).collect();
            let mut measures = Places::default();
            for (at, row) in rows.iter().enumerate() {
                if row.versions.iter().any(|dated| dated.scope.ever_speaks_of(&card)) {
                    measures.put(at);
                }
            }
            let (duties, _) = alike.insert_full((card.listed.clone(), measures));
            let entry = kinds.entry((duties, key));
            self.lines.insert(line, entry.index());
            entry.or_insert_with(|| LineKind { card, duties, rows: of_line, measures });
        }
        kinds.into_values().collect()
    }

    fn kinds_of_origins(
        &mut self,
        book: &Book<'_>,
        rows: &[Row<'_>],
        importer: &Country,
        window: (Instant, Instant),
    ) -> Vec<OriginKind> {
        let areas = book.border.ledger.areas();
        let mut kinds: IndexMap<Vec<bool>, OriginKind> = IndexMap::new();
        let mut countries: Vec<&Country> = book.border.countries().filter(|c| *c != importer).collect();
        countries.sort_unstable();
        for country in countries {
            let mut key = Vec::new();
            let mut measures = Places::default();
            for on in [window.0, window.1] {
                let schedule = book.border.schedules.get(importer);
                key.push(schedule.is_some_and(|s| book.border.pays_column_2(s, country, on)));
                for (at, row) in rows.iter().enumerate() {
                    for dated in &row.versions {
                        let terms = &dated.version.terms;
                        let reached = areas.reaches(&terms.origin, country, on);
                        if reached {
                            measures.put(at);
                        }
                        key.push(reached);
                        let by_origin =
                            terms.except.iter().chain(&terms.only).filter_map(|e| e.origin.as_ref());
                        key.extend(by_origin.map(|origin| areas.reaches(origin, country, on)));
                    }
                }
            }
            let entry = kinds.entry(key);
            self.origins.insert(country.clone(), entry.index());
            entry.or_insert_with(|| OriginKind {
                origin: country.clone(),
                place: book.border.place(country).unwrap_or(usize::MAX),
                measures,
            });
        }
        kinds.into_values().collect()
    }
}

type ScheduleKey<'b> = (&'b str, &'b str, [Option<terms::Day>; 2]);

/// Charges one pair of kinds after another.
struct Maker<'b> {
    book: &'b Book<'b>,
    importer: &'b Country,
    schedule: &'b Schedule,
    rows: &'b [Row<'b>],
    window: (Instant, Instant),
}

/// What is charged on top from an instant on.
type Added = (Instant, Points);

/// The ordinary duty from an instant on.
type BaseFrom = (Instant, Option<Points>);

impl Maker<'_> {
    /// The ordinary duty through the window.
    fn bases(&self, line: &LineKind<'_>, origin: &OriginKind) -> Vec<BaseFrom> {
        let ledger = self.book.border.ledger;
        let clock = ledger.clock(self.importer.as_str());
        let (from, until) = self.window;
        let ends =
            line.rows.iter().flat_map(|row| row.ends()).filter_map(|day| clock.zone.start_of(day).ok());
        let mut starts: Vec<Instant> = ends.filter(|at| from < *at && *at < until).collect();
        starts.push(from);
        starts.sort_unstable();
        starts.dedup();
        let base_at = |on: Instant| {
            let day = clock.day_of(on);
            let row = line.rows.iter().rev().find(|row| row.holds(day)).or(line.rows.first())?;
            let pays_column_2 = self.book.border.pays_column_2(self.schedule, &origin.origin, on);
            Base::of(self.schedule, row, &origin.origin, pays_column_2, None).points
        };
        starts.into_iter().map(|on| (on, base_at(on))).collect()
    }

    /// What is charged on top through the window, and whether some of it counts from the ordinary duty.
    fn added(
        &self,
        line: &LineKind<'_>,
        origin: &OriginKind,
        bases: &[BaseFrom],
        unsettled: &mut Vec<Unsettled>,
    ) -> (Vec<Added>, bool) {
        let facts = Facts::default();
        let measures = line.measures.meet(&origin.measures);
        let rows: Vec<&Row<'_>> =
            self.rows.iter().enumerate().filter(|(at, _)| measures.has(*at)).map(|(_, row)| row).collect();
        let (mut steps, mut floors): (Vec<Added>, bool) = (Vec::new(), false);
        for on in self.changes(line, &rows, bases) {
            let base = bases
                .iter()
                .rev()
                .find(|(from, _)| *from <= on)
                .map_or(Some(Points::ZERO), |(_, base)| *base);
            let card = &line.card;
            let entry =
                Entry { importer: self.importer, origin: &origin.origin, card, on, base, facts: &facts };
            let in_force = rows.iter().filter_map(|row| Some((*row, row.at(on)?)));
            let reaches = |(_, dated): &Asked<'_>| {
                self.book.border.reaches(&dated.origin, &origin.origin, origin.place, on)
            };
            let asked: Vec<Asked<'_>> = in_force.filter(reaches).collect();
            match self.book.stack_of(&asked, &entry, &mut |_| {}) {
                Ok(stack) => {
                    floors |= stack.charges.iter().any(|c| matches!(c.duty, Duty::Total(_) | Duty::Cap(_)));
                    let points = stack.additional();
                    if steps.last().is_none_or(|(_, last)| *last != points) {
                        steps.push((on, points));
                    }
                }
                Err(clash) => {
                    let (line, origin) = (line.card.line, origin.origin.clone());
                    unsettled.push(Unsettled { line, origin, on, clash });
                }
            }
        }
        (steps, floors)
    }

    /// The instants at which something may change for this pair.
    fn changes(&self, line: &LineKind<'_>, rows: &[&Row<'_>], bases: &[BaseFrom]) -> Vec<Instant> {
        let of_versions = rows.iter().flat_map(|row| &row.versions).flat_map(|dated| {
            let during = dated.version.during;
            let entered = dated.version.terms.except.iter().filter_map(|exception| exception.entered_before);
            [Some(during.from), during.until].into_iter().flatten().chain(entered)
        });
        let of_lists = self.book.border.scopes.changes_of(&line.card);
        let rules = self.book.rules.iter().map(|ranked| ranked.rule);
        let of_rules = rules.flat_map(|rule| [Some(rule.from), rule.until]).flatten();
        let of_bases = bases.iter().map(|(from, _)| *from);
        let (from, until) = self.window;
        let all = of_versions.chain(of_lists).chain(of_rules).chain(of_bases);
        let mut changes: Vec<Instant> = all.filter(|at| from < *at && *at < until).collect();
        changes.push(from);
        changes.sort_unstable();
        changes.dedup();
        changes
    }
}

/// Ordinary duty and additions side by side, a step wherever one of them changes.
fn merged(bases: &[BaseFrom], added: &[Added]) -> Vec<DayStep> {
    let mut starts: Vec<Instant> =
        bases.iter().map(|(from, _)| *from).chain(added.iter().map(|(from, _)| *from)).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut steps: Vec<DayStep> = Vec::with_capacity(starts.len());
    for from in starts {
        let base = bases.iter().rev().find(|(start, _)| *start <= from).and_then(|(_, base)| *base);
        let on_top = added.iter().rev().find(|(start, _)| *start <= from);
        let additional = on_top.map_or(Points::ZERO, |(_, points)| *points);
        if steps.last().is_none_or(|last| last.base != base || last.additional != additional) {
            steps.push(DayStep { from, base, additional });
        }
    }
    steps
}

/// How large a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSize {
    /// Statistical lines.
    pub lines: usize,
    /// Origins.
    pub origins: usize,
    /// Kinds of lines that are charged alike.
    pub kinds_of_lines: usize,
    /// Kinds of origins that are charged alike.
    pub kinds_of_origins: usize,
    /// Intervals over all lines and origins.
    pub intervals: usize,
}
