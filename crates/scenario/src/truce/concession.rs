//! What one concession changes: points off a duty, licences that flow again, or what a user says it is worth.

use std::fmt;

use diagnostic::{Diagnostic, Faults};
use equilibrium::{Cap, Rent};
use serde::Serialize;
use terms::{Country, Day, SectorId};

use super::breach::best_breach;
use super::enforcement::{Judged, Places, fault};
use crate::contest::Contest;
use crate::months::{Month, Months};
use crate::packages::Policy;

/// A concession to be tried, under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Concession {
    /// What it is called.
    pub name: String,
    /// What is given.
    pub gives: Gives,
}

impl fmt::Display for Concession {
    /// As [`Concession::read`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.name)?;
        match &self.gives {
            Gives::Points(country, points) => write!(f, "{country}:{points}pp"),
            Gives::Licences { exporter, importer, sector, share } => {
                write!(f, "{exporter}>{importer}:{sector}={share}")
            }
            Gives::Worth(worth) => {
                let each = worth.iter().map(|(country, worth)| format!("{country}:{worth:+}"));
                f.write_str(&each.collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// What a concession gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Gives {
    /// This side takes so many points off its duties on all goods of the other. Priced by the economy.
    Points(Country, f64),
    /// The exporter licenses again what it now holds to this share of the base year's quantity. Priced by the economy.
    Licences {
        /// Who sells under licence.
        exporter: Country,
        /// Who buys.
        importer: Country,
        /// The sector of the economy.
        sector: String,
        /// The quantity now, as a share of the base year's.
        share: f64,
    },
    /// What a month of it is worth to each, in % of real income. A user's judgement.
    Worth(Vec<(Country, f64)>),
}

/// What one concession changes for the truce.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConcessionEffect {
    /// What it is called.
    pub name: String,
    /// Whether the economy prices it, or the user did.
    pub priced_by: &'static str,
    /// What a month of it is worth to each side while the truce is kept, % of what it wants.
    pub worth_pct: [f64; 2],
    /// What it brings in real income, million dollars a month.
    pub worth_usd_mn: [f64; 2],
    /// Each side's slack on the day asked about without it, % of what it wants of a month.
    pub slack_without_pct: [f64; 2],
    /// The same with it.
    pub slack_with_pct: [f64; 2],
    /// Each side's critical monthly patience without a deadline, without it.
    pub critical_patience_without: [Option<f64>; 2],
    /// The same with it.
    pub critical_patience_with: [Option<f64>; 2],
    /// The first day on which a side gains by breaking the truce, without it.
    pub flips_without: Option<Day>,
    /// The same with it.
    pub flips_with: Option<Day>,
}

impl Concession {
    /// Reads `NAME=…`: `USA:-10pp` takes points off, `CHN>USA:NFM=0.4` licenses again, `USA:+0.02,CHN:-0.01` says what
    /// it is worth in % of real income.
    ///
    /// # Errors
    /// `bad-concession`, with the three forms.
    pub fn read(text: &str) -> Result<Self, Diagnostic> {
        let bad = |why: String| {
            Diagnostic::error("bad-concession", format!("`{text}` is no concession: {why}")).help(
                "write `NAME=USA:-10pp` (points off), `NAME=CHN>USA:NFM=0.4` (licences that now hold a flow to two \
                 fifths), or `NAME=USA:+0.02,CHN:-0.01` (what it is worth, % of real income a month)",
            )
        };
        let (name, given) = text
            .split_once('=')
            .filter(|(name, given)| !name.trim().is_empty() && !given.trim().is_empty())
            .ok_or_else(|| bad("it has no `NAME=`".into()))?;
        let name = name.trim().to_string();
        if let Some((exporter, rest)) = given.split_once('>') {
            let parts = rest.split_once(':').and_then(|(importer, flow)| {
                let (sector, share) = flow.split_once('=')?;
                Some((importer, sector, share.trim().parse::<f64>().ok()?))
            });
            let Some((importer, sector, share)) = parts.filter(|(.., share)| *share > 0.0 && *share < 1.0)
            else {
                return Err(bad(
                    "licences are `EXPORTER>IMPORTER:SECTOR=share`, the share between 0 and 1".into()
                ));
            };
            let gives = Gives::Licences {
                exporter: Country::new(exporter.trim()),
                importer: Country::new(importer.trim()),
                sector: sector.trim().into(),
                share,
            };
            return Ok(Self { name, gives });
        }
        let mut worth = Vec::new();
        for part in given.split(',') {
            let Some((who, amount)) = part.split_once(':') else {
                return Err(bad(format!("`{part}` names no side and amount")));
            };
            if let Some(points) = amount.trim().strip_suffix("pp") {
                let points: f64 =
                    points.trim().parse().map_err(|_| bad(format!("`{points}` is no number")))?;
                if !(points < 0.0 && points.is_finite()) {
                    return Err(bad(format!("`{amount}` takes nothing off")));
                }
                return Ok(Self { name, gives: Gives::Points(Country::new(who.trim()), points) });
            }
            let amount: f64 = amount.trim().parse().map_err(|_| bad(format!("`{amount}` is no number")))?;
            worth.push((Country::new(who.trim()), amount));
        }
        Ok(Self { name, gives: Gives::Worth(worth) })
    }

    /// What the truce is without it and with it.
    ///
    /// # Errors
    /// `unknown-country`, `unknown-sector`, `stalled`.
    pub(crate) fn effect(
        &self,
        months: &mut Months<'_, '_>,
        contest: &Contest<'_>,
        policies: &[Vec<Policy>; 2],
        (places, judged): (Places, &Judged),
        parties: &[Country; 2],
        (on, until): (Day, Day),
    ) -> Result<ConcessionEffect, Faults> {
        let party = |code: &Country| {
            parties.iter().position(|party| party == code).ok_or_else(|| {
                Faults::from(
                    Diagnostic::error("unknown-country", format!("`{code}` is no side of this truce"))
                        .help(format!("the sides are {} and {}", parties[0], parties[1])),
                )
            })
        };
        let held = [&policies[0][places.today], &policies[1][places.today]];
        let mut without = judged.truce.clone();
        let mut with = judged.truce.clone();
        let mut earned = [0.0; 2];
        let more = |after: Month, before: Month| {
            [0, 1].map(|side| after.real_income[side] - before.real_income[side])
        };
        match &self.gives {
            Gives::Points(who, points) => {
                let side = party(who)?;
                let charged = held[side].headline_pp();
                if charged + points < -1e-9 {
                    return Err(Diagnostic::error(
                        "bad-concession",
                        format!(
                            "`{}` takes {} points off the duties of {who}, and it charges {charged} on all goods",
                            self.name, -points
                        ),
                    )
                    .help(format!("take off {charged} at most: `{}={who}:-{charged}pp`", self.name))
                    .into());
                }
                let lowered = held[side].raised_by(*points, "concession");
                let mut pair = held;
                pair[side] = &lowered;
                earned = more(retell(&mut with, months, pair, policies)?, judged.kept);
            }
            Gives::Licences { exporter, importer, sector, share } => {
                let cap = Cap {
                    importer: contest.place(party(importer)?),
                    exporter: contest.place(party(exporter)?),
                    sector: sector_of(contest, sector)?,
                    quantity: *share,
                    rent: Rent::Exporter,
                };
                months.capped(vec![cap]);
                let told = retell(&mut without, months, held, policies);
                months.capped(Vec::new());
                earned = more(judged.kept, told?);
            }
            Gives::Worth(worth) => {
                for (who, amount) in worth {
                    let at = party(who)?;
                    earned[at] += amount;
                    let side = &mut with.sides[at];
                    // While the other still holds, a breach does not take it away.
                    side.truce += amount;
                    side.deviation += amount;
                }
            }
        }
        let tell = |truce: &strategy::Truce| {
            let endless = truce.slack(judged.patience, None).map_err(fault)?;
            let calendar = truce.calendar(judged.patience, on, until).map_err(fault)?;
            let critical = endless.sides.each_ref().map(|side| side.critical_patience);
            Ok::<_, Faults>((calendar.days[0].slack, critical, calendar.breaks_on()))
        };
        let (before, after) = (tell(&without)?, tell(&with)?);
        let worth = [0, 1].map(|side| with.sides[side].truce - without.sides[side].truce);
        let month = months.month_usd_mn();
        Ok(ConcessionEffect {
            name: self.name.clone(),
            priced_by: if matches!(self.gives, Gives::Worth(_)) { "user" } else { "economy" },
            worth_pct: worth,
            worth_usd_mn: [0, 1].map(|side| earned[side] / 100.0 * month[side]),
            slack_without_pct: before.0,
            slack_with_pct: after.0,
            critical_patience_without: before.1,
            critical_patience_with: after.1,
            flips_without: before.2,
            flips_with: after.2,
        })
    }
}

/// The truce's months and breaches when both hold these terms instead; a month of them.
fn retell(
    truce: &mut strategy::Truce,
    months: &mut Months<'_, '_>,
    pair: [&Policy; 2],
    policies: &[Vec<Policy>; 2],
) -> Result<Month, Faults> {
    let month = months.month(pair)?;
    for (side, packages) in policies.iter().enumerate() {
        let worth = month.worth[side];
        truce.sides[side].truce = worth;
        truce.sides[side].deviation = best_breach(months, side, pair, packages, worth)?.worth;
    }
    Ok(month)
}

fn sector_of(contest: &Contest<'_>, code: &str) -> Result<SectorId, Faults> {
    contest.economy().sector_id(code).ok_or_else(|| contest.economy().unknown_sector(code).into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]
    use super::*;

    #[test]
    fn the_three_forms_read() {
        let points = Concession::read("opioid duty=USA:-10pp").unwrap();
        assert_eq!(points.gives, Gives::Points("USA".into(), -10.0));
        let worth = Concession::read("chips=USA:-0.01,CHN:+0.03").unwrap();
        assert_eq!(worth.gives, Gives::Worth(vec![("USA".into(), -0.01), ("CHN".into(), 0.03)]));
        let licences = Concession::read("minerals=CHN>USA:NFM=0.1").unwrap();
        let expected = Gives::Licences {
            exporter: "CHN".into(),
            importer: "USA".into(),
            sector: "NFM".into(),
            share: 0.1,
        };
        assert_eq!((licences.name.as_str(), licences.gives), ("minerals", expected));
    }

    #[test]
    fn what_was_read_is_said_in_the_same_words() {
        for text in ["opioid duty=USA:-10pp", "minerals=CHN>USA:NFM=0.1", "chips=USA:-0.01,CHN:+0.03"] {
            assert_eq!(Concession::read(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_concession_says_what_would_be() {
        for text in
            ["minerals", "x=CHN>USA:NFM=1.4", "x=USA", "x=USA:much", "=USA:1", "x=USA:10pp", "x=USA:0pp"]
        {
            let fault = Concession::read(text).unwrap_err();
            assert_eq!(fault.code(), "bad-concession", "{text}");
        }
    }
}
