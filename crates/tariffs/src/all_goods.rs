//! Duties on all goods, laid on an economy's base rates.

use serde::Serialize;
use terms::{Country, Cube, Day, Points, Rate, Sector};

use crate::Coverage;

/// A duty on all goods of one origin that is in force: what a government adds, whoever sells what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllGoods {
    /// The measure's id in the ledger.
    pub measure: String,
    /// The programme, which the coverage table knows by the same name.
    pub programme: String,
    /// Who charges.
    pub importer: Country,
    /// Whose goods: a country, never a group.
    pub origin: Country,
    /// Points of customs value on what the duty reaches.
    pub points: Points,
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
            members.split(';').filter(|m| !m.trim().is_empty()).map(Country::new).collect();
        if members.is_empty() { Self::alone(code) } else { Self { code: Country::new(code), members } }
    }
}

/// The tariffs of a day: base rates plus every duty on the share of each sector that it reaches.
///
/// ```text
/// τ[n,i,s] = base[n,i,s] + Σ_d points_d · coverage_d[i,s]
/// ```
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
    duties: &[AllGoods],
    coverage: &Coverage,
    (on, known): (Day, Day),
) -> Cube<Rate> {
    let mut tariff = base.clone();
    Cube::<()>::from_fn(countries.len(), sectors.len(), |n, i, s| {
        if n == i || !goods[s.at()] {
            return;
        }
        let (buyer, seller) = (&countries[n.at()], &countries[i.at()]);
        let added: f64 = duties
            .iter()
            .filter(|duty| buyer.members.contains(&duty.importer) && seller.members.contains(&duty.origin))
            .map(|duty| {
                let share =
                    coverage.share(&duty.programme, &duty.origin, &sectors[s.at()], on, known).unwrap_or(1.0);
                duty.points.rate().as_share() * share
            })
            .sum();
        let pairs = (buyer.members.len() * seller.members.len()) as f64;
        tariff[(n, i, s)] = Rate::share(base[(n, i, s)].as_share() + added / pairs);
    });
    tariff
}

#[cfg(test)]
mod tests {
    use super::*;
    use diagnostic::Source;
    use terms::{CountryId, SectorId};

    const TABLE: &str = "programme,from,known,origin,sector,share\n\
        opioid,2025-02-04,2025-02-01,CHN,ELE,1\n\
        reciprocal,2025-04-05,2025-04-02,CHN,ELE,0.25\n";

    fn duty(programme: &str, origin: &str, points: i64) -> AllGoods {
        AllGoods {
            measure: programme.into(),
            programme: programme.into(),
            importer: Country::new("USA"),
            origin: Country::new(origin),
            points: Points::whole(points),
        }
    }

    #[test]
    fn a_duty_reaches_its_share_of_a_good_and_nothing_of_a_service() {
        let coverage = Coverage::read(&Source::new("t", TABLE)).unwrap();
        let countries = [Territory::alone("USA"), Territory::alone("CHN"), Territory::of("REU", "AUT;BEL")];
        let sectors = [Sector::new("ELE"), Sector::new("FIN")];
        let base = Cube::filled(3, 2, Rate::percent(4.0));
        let day: Day = "2025-04-06".parse().unwrap();
        let duties =
            [duty("opioid", "CHN", 20), duty("reciprocal", "CHN", 34), duty("reciprocal", "AUT", 10)];
        let tariff = raised(&base, &countries, &sectors, &[true, false], &duties, &coverage, (day, day));
        let at = |n, i, s| tariff[(CountryId::new(n), CountryId::new(i), SectorId::new(s))].as_percent();
        assert!((at(0, 1, 0) - (4.0 + 20.0 + 34.0 * 0.25)).abs() < 1e-12);
        assert_eq!(at(0, 1, 1), 4.0);
        assert_eq!(at(1, 0, 0), 4.0, "China charges nothing here");
        assert_eq!(at(0, 0, 0), 4.0, "own goods cross no border");
        assert!((at(0, 2, 0) - (4.0 + 10.0 / 2.0)).abs() < 1e-12, "one member of two pays 10");
    }

    #[test]
    fn no_duty_moves_no_rate() {
        let base = Cube::filled(2, 1, Rate::percent(3.0));
        let day: Day = "2025-04-06".parse().unwrap();
        let countries = [Territory::alone("USA"), Territory::alone("CHN")];
        let same =
            raised(&base, &countries, &[Sector::new("ELE")], &[true], &[], &Coverage::default(), (day, day));
        assert_eq!(same, base);
    }
}
