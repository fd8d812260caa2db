//! Duties on all goods, laid on an economy's base rates.

use indexmap::IndexSet;
use ledger::{Areas, Duty, Ledger, MeasureId, MeasureKind, Timetable};
use serde::Serialize;
use terms::{Country, Cube, Day, Instant, Points, Rate, Sector};

use crate::{Coverage, Listed};

/// A duty on all goods of one origin that is in force: what a government adds, whoever sells what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllGoods {
    /// The measure in the ledger.
    pub measure: MeasureId,
    /// The programme, which the coverage table knows by the same name.
    pub programme: String,
    /// Who charges.
    pub importer: Country,
    /// Whose goods: a country, never a group.
    pub origin: Country,
    /// The groups its origin belongs to, which the coverage table may know it by.
    pub groups: Vec<Country>,
    /// What is charged on what the duty reaches, less what is suspended.
    pub duty: Duty,
}

impl AllGoods {
    /// The duties on all goods that `importer`, or a union it belongs to, charges on goods of `origin` at `on`.
    ///
    /// A duty is left out when another that is in force takes its place (`in_lieu_of`: the rate for one
    /// country takes the place of the baseline), when it stands still, or when its own text limits it to
    /// certain shipments. `timetable` carries the other clock and the view.
    pub fn between(
        ledger: &Ledger,
        timetable: &Timetable,
        on: Instant,
        importer: &Country,
        origin: &Country,
    ) -> Vec<Self> {
        let mut found = Vec::new();
        let mut replaced: IndexSet<MeasureId> = IndexSet::new();
        for (id, version) in timetable.on(on) {
            let Some(measure) = ledger.measure(id.as_str()) else { continue };
            let terms = &version.terms;
            let charged_here =
                measure.kind == MeasureKind::Duty && ledger.passes(&measure.importer, importer, origin, on);
            if !charged_here || !terms.goods.all || !terms.only.is_empty() || !version.applies() {
                continue;
            }
            if !reaches(ledger.areas(), &terms.origin, origin, on) {
                continue;
            }
            replaced.extend(terms.in_lieu_of.iter().cloned());
            found.push(Self {
                measure: id.clone(),
                programme: measure.programme.clone(),
                importer: importer.clone(),
                origin: origin.clone(),
                groups: groups(ledger.areas(), origin, on),
                duty: version.charged(),
            });
        }
        found.retain(|duty| !replaced.contains(&duty.measure));
        found
    }

    /// The points as the press adds them: a floor counts in full.
    pub fn headline(&self) -> Points {
        self.duty.points().unwrap_or(Points::ZERO)
    }

    /// The share of a sector it reaches; all of it where the table does not know the programme.
    pub fn reach(&self, coverage: &Coverage, sector: &Sector, days: (Day, Day)) -> f64 {
        let origin = (&self.origin, &self.groups[..]);
        let found = coverage.reached(&self.importer, &self.programme, origin, sector, days);
        found.map_or(1.0, |found| found.share)
    }

    /// What it adds to a base rate, on what it reaches, as a share of value.
    fn adds_to(&self, base: f64) -> f64 {
        let stated = self.headline().rate().as_share();
        match self.duty {
            Duty::Total(_) => (stated - base).max(0.0),
            Duty::Cap(_) => (stated - base).min(0.0),
            _ => stated,
        }
    }
}

/// The groups that hold a country at an instant.
pub fn groups(areas: &Areas, country: &Country, on: Instant) -> Vec<Country> {
    areas.codes().filter(|area| *area != country && areas.holds(area, country, on)).cloned().collect()
}

fn reaches(areas: &Areas, origin: &ledger::Origin, country: &Country, on: Instant) -> bool {
    // A content rule ("smelted or cast in") is no rule about whole countries.
    origin.by.is_none() && areas.reaches(origin, country, on)
}

/// The duties of a day: on all goods, and on listed goods beyond the base year.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Duties {
    /// On all goods of an origin.
    pub all_goods: Vec<AllGoods>,
    /// On listed goods.
    pub listed: Vec<Listed>,
}

/// A country of an economy and the countries of the law it stands for.
///
/// `DEU` stands for itself; `REU` for twenty members of the union; `ROW` for many. Hong Kong and Macau are
/// origins of their own in law: where an economy keeps `CHN` apart, it stands for the mainland alone, and
/// what is charged on Hong Kong's goods goes to the country that holds `HKG`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// The economy's code.
    pub code: Country,
    /// ISO 3166-1 alpha-3 codes; a country that stands for itself lists itself.
    pub members: Vec<Country>,
}

impl Territory {
    /// A country that stands for itself.
    pub fn alone(code: impl AsRef<str>) -> Self {
        let code = Country::new(code);
        Self { members: vec![code.clone()], code }
    }

    /// A country of an economy and its members as `countries.csv` writes them: `AUT;BEL;…`.
    pub fn of(code: impl AsRef<str>, members: &str) -> Self {
        let members: Vec<Country> =
            members.split(';').filter(|member| !member.trim().is_empty()).map(Country::new).collect();
        if members.is_empty() { Self::alone(code) } else { Self { code: Country::new(code), members } }
    }
}

/// Every duty on all goods between any two of `countries`, at `on`.
pub fn all_goods(
    ledger: &Ledger,
    timetable: &Timetable,
    on: Instant,
    countries: &[Territory],
) -> Vec<AllGoods> {
    let members = || countries.iter().flat_map(|territory| &territory.members);
    let charges: IndexSet<&Country> = timetable
        .on(on)
        .filter_map(|(id, _)| ledger.measure(id.as_str()))
        .filter(|measure| measure.kind == MeasureKind::Duty)
        .map(|measure| &measure.importer)
        .collect();
    let areas = ledger.areas();
    let importers =
        members().filter(|country| charges.iter().any(|g| g == country || areas.holds(g, country, on)));
    importers
        .flat_map(|importer| members().filter(move |origin| *origin != importer).map(move |o| (importer, o)))
        .flat_map(|(importer, origin)| AllGoods::between(ledger, timetable, on, importer, origin))
        .collect()
}

/// The tariffs of a day: base rates plus every duty on the share of each sector that it reaches.
///
/// ```text
/// τ[n,i,s] = base[n,i,s] + Σ_d points_d · coverage_d[i,s] + Σ_l (points_l[i,s] − points_l[i,s] in the base year)
/// ```
///
/// over duties d on all goods and programmes l of listed goods. A floor ("15 % in total") adds what the base lacks of it, on the share reached.
///
/// # Shapes
/// `base` is `[importer, exporter, sector]` over `countries` and `sectors`; `goods` marks the sectors that
/// can pay a duty at all. `base` holds what was charged in the economy's base year, duties of earlier rounds
/// (Sections 301 and 232 before 2025) included, so `duties` are those that came after.
/// # Units
/// Shares of customs value.
///
/// A country that stands for several takes the plain mean of their duties. A duty whose programme the table
/// does not know reaches every good.
pub fn raised(
    base: &Cube<Rate>,
    countries: &[Territory],
    sectors: &[Sector],
    goods: &[bool],
    duties: &Duties,
    coverage: &Coverage,
    days: (Day, Day),
) -> Cube<Rate> {
    let mut tariff = base.clone();
    let mut add = |importer: &Country, origin: &Country, added: &dyn Fn(&Sector, f64) -> f64| {
        for (n, buyer) in countries.iter().enumerate().filter(|(_, c)| c.members.contains(importer)) {
            for (i, seller) in countries.iter().enumerate().filter(|(_, c)| c.members.contains(origin)) {
                let pairs = (buyer.members.len() * seller.members.len()) as f64;
                for (s, sector) in sectors.iter().enumerate().filter(|(s, _)| n != i && goods[*s]) {
                    let at = (place(n), place(i), terms::SectorId::new(s));
                    let added = added(sector, base[at].as_share()) / pairs;
                    tariff[at] = Rate::share(tariff[at].as_share() + added);
                }
            }
        }
    };
    for duty in &duties.all_goods {
        add(&duty.importer, &duty.origin, &|sector, base| {
            duty.adds_to(base) * duty.reach(coverage, sector, days)
        });
    }
    for listed in &duties.listed {
        add(&listed.importer, &listed.origin, &|sector, _| {
            listed.added.get(sector).map_or(0.0, |points| points / 100.0)
        });
    }
    tariff
}

fn place(at: usize) -> terms::CountryId {
    terms::CountryId::new(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnostic::Source;
    use terms::{CountryId, SectorId};

    const TABLE: &str = "importer,origin,programme,sector,from,known,share,points,once\n\
        USA,CHN,opioid,ELE,2025-02-04,2025-02-01,1,20,20\n\
        USA,CHN,reciprocal,ELE,2025-04-05,2025-04-02,0.25,8.5,8.5\n";

    fn duty(programme: &str, origin: &str, duty: &str) -> AllGoods {
        AllGoods {
            measure: MeasureId::new(programme),
            programme: programme.into(),
            importer: Country::new("USA"),
            origin: Country::new(origin),
            groups: Vec::new(),
            duty: duty.parse().unwrap(),
        }
    }

    #[test]
    fn a_duty_reaches_its_share_of_a_good_and_nothing_of_a_service() {
        let coverage = Coverage::read(&Source::new("t", TABLE)).unwrap();
        let countries = [
            Territory::alone("USA"),
            Territory::alone("CHN"),
            Territory::of("REU", "AUT;BEL"),
            Territory::alone("JPN"),
        ];
        let sectors = [Sector::new("ELE"), Sector::new("FIN")];
        let base = Cube::filled(4, 2, Rate::percent(4.0));
        let day: Day = "2025-04-06".parse().unwrap();
        let listed = Listed {
            programme: "list".into(),
            importer: Country::new("USA"),
            origin: Country::new("BEL"),
            aimed: false,
            points: [(Sector::new("ELE"), 6.0)].into(),
            added: [(Sector::new("ELE"), 4.0), (Sector::new("FIN"), 4.0)].into(),
        };
        let duties = Duties {
            all_goods: vec![
                duty("opioid", "CHN", "20 %"),
                duty("reciprocal", "CHN", "34 %"),
                duty("reciprocal", "AUT", "10 %"),
                duty("floor", "JPN", "15 % in total"),
            ],
            listed: vec![listed],
        };
        let tariff = raised(&base, &countries, &sectors, &[true, false], &duties, &coverage, (day, day));
        let at = |n, i, s| tariff[(CountryId::new(n), CountryId::new(i), SectorId::new(s))].as_percent();
        assert!((at(0, 1, 0) - (4.0 + 20.0 + 34.0 * 0.25)).abs() < 1e-12);
        assert_eq!(at(0, 1, 1), 4.0);
        assert_eq!(at(1, 0, 0), 4.0, "China charges nothing here");
        assert_eq!(at(0, 0, 0), 4.0, "own goods cross no border");
        assert!(
            (at(0, 2, 0) - (4.0 + 10.0 / 2.0 + 4.0 / 2.0)).abs() < 1e-12,
            "one member of two pays 10, the other 4"
        );
        assert_eq!(at(0, 2, 1), 4.0, "a list holds no service");
        assert!((at(0, 3, 0) - 15.0).abs() < 1e-12, "a floor adds what the base lacks");
    }

    #[test]
    fn no_duty_moves_no_rate() {
        let base = Cube::filled(2, 1, Rate::percent(3.0));
        let day: Day = "2025-04-06".parse().unwrap();
        let countries = [Territory::alone("USA"), Territory::alone("CHN")];
        let sectors = [Sector::new("ELE")];
        let same = raised(
            &base,
            &countries,
            &sectors,
            &[true],
            &Duties::default(),
            &Coverage::default(),
            (day, day),
        );
        assert_eq!(same, base);
    }
}
