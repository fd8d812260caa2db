//! The tariffs asked about: of a day of the record, rows that replace rates, points on top.

use diagnostic::{Diagnostic, Faults, Source};
use economy::Economy;
use indexmap::IndexMap;
use ledger::{Ledger, View};
use tariffs::{Coverage, ListedOn, SizedAct};
use terms::{Cube, Day, Rate, Sector};

use super::MeasureQuestion;
use crate::clock::{Days, bad_date};
use crate::covered::covered;
use crate::manifest::hash;
use crate::records::Record;
use crate::sized::{Among, sizing};
use crate::tariff_edits::{Edit, edit};
use crate::territories::{members, territories};

/// The record's tariffs of one day, against those of another.
#[derive(Debug)]
pub struct RecordDays {
    /// The record.
    pub record: Record,
    /// The day asked about.
    pub on: Day,
    /// The day whose world is the base; none: the economy's base year as it stands.
    pub versus: Option<Day>,
    /// The last day of publication that counts; none: the whole record.
    pub known_on: Option<Day>,
}

/// The tariffs of a question.
pub(super) struct Duties {
    /// τ′.
    pub tariffs: Cube<Rate>,
    /// The tariffs of the world that is the base, where it is not the base year's own.
    pub versus: Option<Cube<Rate>>,
    /// What overlays of the record change, as sized.
    pub sized: Vec<SizedAct>,
}

/// Every tariff of the question: the day's, then rows that replace, then points on top.
///
/// # Errors
/// All faults of the rows together; `bad-date`; faults of the record. What was odd comes back as warnings.
pub(super) fn duties(
    question: &MeasureQuestion,
    economy: &Economy,
    inputs: &mut IndexMap<String, String>,
    warnings: &mut Faults,
) -> Result<Duties, Faults> {
    let (mut versus, mut sized) = (None, Vec::new());
    let mut tariffs = economy.tariffs().clone();
    if let Some(days) = &question.days {
        warnings.append(days.record.warnings.clone());
        inputs.extend(days.record.inputs.iter().cloned());
        let asked: Vec<Day> = [days.on].into_iter().chain(days.versus).collect();
        let members = members(economy);
        let sizing = sizing(&days.record, Among::Economy(&members), &asked, days.known_on)?;
        inputs.extend([sizing.input]);
        warnings.append(sizing.warnings);
        sized = sizing.acts;
        let (sectors, unknown) = covered(economy)?;
        unknown.into_iter().for_each(|warning| warnings.push(warning));
        let of = |on| {
            of_day(
                &days.record.ledger,
                &sizing.coverage,
                Days { on, known_on: days.known_on },
                economy,
                &sectors,
            )
        };
        tariffs = of(days.on)?;
        versus = days.versus.map(of).transpose()?;
        if days.versus == Some(days.on) {
            warnings.push(
                Diagnostic::warning("same-day", format!("{} is compared with itself", days.on))
                    .help("name two days between which duties changed; `detente changes` lists them"),
            );
        }
    }
    let mut faults = Faults::new();
    let rows = question.tariffs.iter().map(|text| (text.clone(), Edit::Replace));
    let added = question.add.iter().map(|row| (Source::new("--add", row), Edit::Add));
    for (text, what) in rows.chain(added) {
        inputs.insert(format!("tariffs {} {}", text.name(), text.text().len()), hash(text.text().as_bytes()));
        match edit(&mut tariffs, economy, &text, what) {
            Ok(found) => warnings.append(found),
            Err(found) => faults.append(found),
        }
    }
    faults.or(Duties { tariffs, versus, sized })
}

/// The record's tariffs on the first instant of a day on which the day has begun everywhere; `sectors` are those of the
/// coverage table ([`covered`]).
///
/// # Errors
/// `bad-date`.
pub(crate) fn of_day(
    ledger: &Ledger,
    coverage: &Coverage,
    days: Days,
    economy: &Economy,
    sectors: &[Sector],
) -> Result<Cube<Rate>, Faults> {
    let day = days.on;
    let timetable = ledger.timetable(days.known(ledger)?, View::Collected);
    let mut begun = terms::Zone::UTC.start_of(day).map_err(bad_date)?;
    for government in ledger.governments() {
        begun = begun.max(government.clock.zone.start_of(day).map_err(bad_date)?);
    }
    let territories = territories(economy);
    let goods: Vec<bool> = economy.sectors().iter().map(|entry| entry.good).collect();
    let known = days.known_on.unwrap_or(Day::MAX);
    let listed = ListedOn { ledger, timetable: &timetable, coverage, on: begun, days: (day, known) };
    let duties = tariffs::Duties {
        all_goods: tariffs::all_goods(ledger, &timetable, begun, &territories),
        listed: listed.between_all(&territories, sectors),
    };
    Ok(tariffs::raised(economy.tariffs(), &territories, sectors, &goods, &duties, coverage, (day, known)))
}
