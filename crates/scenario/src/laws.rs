//! The law of one pair of governments on many days, each as known on another.

use std::collections::{BTreeMap, BTreeSet};

use diagnostic::Faults;
use ledger::{Ledger, Timetable, View};
use tariffs::{AllGoods, Coverage, Duties, Law, Layer, ListedOn, ORDINARY, Trade, Weights, name_of};
use terms::{Country, Day, Sector};

use crate::clock::Days;
use crate::duty_tables::bought;
use crate::economies::{self, Opened};
use crate::records::Record;
use crate::sized::{Among, Sizing, sizing};

/// Laws of many days, as known on many.
pub(crate) struct Laws<'l> {
    record: &'l Record,
    ledger: &'l Ledger,
    /// By which day what counts was published; none: all.
    pub(crate) known_on: Option<Day>,
    parties: Vec<Country>,
    days: Vec<Day>,
    /// The table as overlays leave it on these days, with all that counts.
    sizing: Sizing,
    /// The same on another day, or as known by another: the last that was asked.
    other: Option<((Day, Option<Day>), Coverage)>,
    weights: Weights,
    opened: Opened,
    timetables: BTreeMap<Option<Day>, Timetable>,
}

impl<'l> Laws<'l> {
    /// Over the goods of the embedded economy, as known by a day.
    ///
    /// # Errors
    /// Faults of the tables; `unsized-act` for an act of an overlay of which nothing shows a size.
    pub(crate) fn open(
        record: &'l Record,
        (parties, days): (&[Country], &[Day]),
        known_on: Option<Day>,
    ) -> Result<Self, Faults> {
        let sizing = sizing(record, Among::Parties(parties), days, known_on)?;
        Ok(Self {
            record,
            ledger: &record.ledger,
            known_on,
            parties: parties.to_vec(),
            days: days.to_vec(),
            sizing,
            other: None,
            weights: bought()?.0,
            opened: economies::open("default")?,
            timetables: BTreeMap::new(),
        })
    }

    /// How each act of an overlay was sized, once for all days.
    pub(crate) fn sized_acts(&self) -> Faults {
        self.sizing.told_once()
    }

    /// The days on which something of one pair begins or ends, in the table or by an overlay.
    pub(crate) fn days_of_change(
        &self,
        (importer, origin): (&Country, &Country),
        day: Day,
    ) -> Result<BTreeSet<Day>, Faults> {
        let groups = self.groups(origin, day)?;
        let mut steps = self.sizing.coverage.days_of_change(importer, (origin, &groups));
        steps.extend(self.sizing.steps.get(importer).into_iter().flatten().copied());
        Ok(steps)
    }

    /// Sizes overlays anew where the table at hand does not hold for a day as known by another.
    fn size(&mut self, day: Day, known: Option<Day>) -> Result<(), Faults> {
        let asked = self.days.contains(&day) && self.same_knowledge(known)?;
        let moved = self.sizing.from.is_some_and(|from| from <= day);
        let at_hand = self.other.as_ref().is_some_and(|(of, _)| *of == (day, known));
        if moved && !asked && !at_hand {
            let found = sizing(self.record, Among::Parties(&self.parties), &[day], known)?;
            self.other = Some(((day, known), found.coverage));
        }
        if !moved || asked {
            self.other = None;
        }
        Ok(())
    }

    /// Whether nothing that counts was published after a day.
    fn same_knowledge(&self, known: Option<Day>) -> Result<bool, Faults> {
        let until = Days { on: Day::MAX, known_on: known }.known(self.ledger)?;
        let lists = self.ledger.lists().flat_map(|list| &list.entries).map(|entry| entry.published);
        let mut published = self.ledger.acts().map(|act| act.published).chain(lists);
        Ok(known == self.known_on || published.all(|at| at <= until))
    }

    fn groups(&self, country: &Country, day: Day) -> Result<Vec<Country>, Faults> {
        let at = Days { on: day, known_on: None }.at(self.ledger, country.as_str())?;
        Ok(tariffs::groups(self.ledger.areas(), country, at.on))
    }

    /// The law of one pair on a day, as known by a day.
    pub(crate) fn law(
        &mut self,
        pair: (&Country, &Country),
        day: Day,
        known: Option<Day>,
    ) -> Result<Law, Faults> {
        let days = Days { on: day, known_on: known };
        let at = days.at(self.ledger, pair.0.as_str())?;
        let groups = self.groups(pair.1, day)?;
        self.size(day, known)?;
        let coverage = self.other.as_ref().map_or(&self.sizing.coverage, |(_, coverage)| coverage);
        let timetable =
            self.timetables.entry(known).or_insert_with(|| self.ledger.timetable(at.known, View::Collected));
        let economy = &self.opened.economy;
        let goods: Vec<_> = economy.goods().collect();
        let sectors: Vec<Sector> = goods.iter().map(|s| economy.sector(*s).code.clone()).collect();
        let ids = economy.country_id(pair.0.as_str()).zip(economy.country_id(pair.1.as_str()));
        let cells = |of: &dyn Fn((terms::CountryId, terms::CountryId, terms::SectorId)) -> f64| -> Vec<f64> {
            goods.iter().map(|s| ids.map_or(0.0, |(n, i)| of((n, i, *s)))).collect()
        };
        let trade = cells(&|cell| economy.trade()[cell]);
        let base = cells(&|cell| economy.tariffs()[cell].as_percent());
        let asked = ListedOn {
            ledger: self.ledger,
            timetable,
            coverage,
            on: at.on,
            days: (day, known.unwrap_or(Day::MAX)),
        };
        let duties = Duties {
            all_goods: AllGoods::between(self.ledger, timetable, at.on, pair.0, pair.1),
            listed: asked.between(pair.0, pair.1, &sectors),
        };
        let bought = self.weights.between(pair.0, pair.1, &groups).map(|bought| (bought, self.weights.year));
        let name = format!("{} trade of the economy `{}`", economy.meta().year, economy.name());
        let on = Trade { sectors: &sectors, economy: &trade, economy_name: &name, bought };
        let mut law = Law::of((pair.0, (pair.1, &groups)), &duties, coverage, on, asked.days);
        if !law.has_ordinary() {
            law.layers.insert(0, base_year(&on, &base));
        }
        Ok(law)
    }
}

/// What the economy's base year charged, where no schedule of ordinary duties is at hand.
fn base_year(trade: &Trade<'_>, base: &[f64]) -> Layer {
    let by_imports = trade.by_imports(base);
    Layer {
        programme: ORDINARY.into(),
        name: name_of(ORDINARY),
        headline_pp: None,
        share: 1.0,
        by_imports,
        by_line: None,
        by_economy: by_imports,
    }
}
