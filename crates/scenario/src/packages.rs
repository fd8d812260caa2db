//! Each side's packages: the duties it charges, or could charge, on the other's goods.
//!
//! The law of a day ([`Law`]) and the record's account of a direction come in; one side's policies in a fixed order
//! ([`packages`]) and every other duty in force ([`others`]) go out.

use diagnostic::Faults;
use economy::Economy;
use ledger::{Ledger, Timetable};
use tariffs::{AllGoods, Coverage, Duties, Listed, ListedOn};
use terms::{Country, Day, Instant, Points, Sector};

use crate::brief::{Direction, Truce};
use crate::clock::Days;
use crate::territories::territories;

/// One side's policy: a name and the duties it charges on the other side's goods.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// `none`, `today`, `lapse`, `peak`.
    pub key: &'static str,
    /// What the page calls it.
    pub name: String,
    /// The duties on all goods.
    pub duties: Vec<AllGoods>,
    /// The duties on listed goods that are aimed at the other side.
    pub listed: Vec<Listed>,
}

impl Policy {
    /// Whether both charge the same duties.
    pub fn same_as(&self, other: &Self) -> bool {
        self.duties == other.duties && self.listed == other.listed
    }

    /// The sum of its duties, in points.
    pub fn headline_pp(&self) -> f64 {
        self.duties.iter().fold(0.0, |sum, duty| sum + duty.headline().as_f64())
    }

    /// The same with `points` more (or less) on all goods, laid on as the last of its duties is.
    pub fn raised_by(&self, points: f64, key: &'static str) -> Self {
        let mut raised =
            Self { key, name: key.into(), duties: self.duties.clone(), listed: self.listed.clone() };
        if let Some(last) = self.duties.last() {
            let more = AllGoods { duty: ledger::Duty::Add(Points::from_pp(points)), ..last.clone() };
            raised.duties.push(more);
        }
        raised
    }
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
pub(crate) fn others(law: &Law<'_>, economy: &Economy, parties: &[Country; 2]) -> Result<Duties, Faults> {
    let at = law.days.at(law.ledger, parties[0].as_str())?;
    let territories = territories(economy);
    let mut all_goods = tariffs::all_goods(law.ledger, law.timetable, at.on, &territories);
    let between =
        |importer: &Country, origin: &Country| parties.contains(importer) && parties.contains(origin);
    all_goods.retain(|duty| !between(&duty.importer, &duty.origin));
    let mut listed = law.listed(at.on, law.days.on).between_all(&territories, law.sectors);
    listed.retain(|listed| !(listed.aimed && between(&listed.importer, &listed.origin)));
    Ok(Duties { all_goods, listed })
}
