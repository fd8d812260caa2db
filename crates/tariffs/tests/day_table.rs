//! The whole table agrees with single answers, and the record settles every pair of line and origin.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod disk;

use ledger::View;
use tariffs::{Border, DayTable, Facts};
use terms::{Country, Instant, Line};

#[test]
fn the_record_settles_every_line_and_origin_and_the_table_says_what_single_answers_say() {
    let (ledger, schedules) = (disk::record(), disk::schedules());
    let border = Border::new(&ledger, &schedules);
    let book = border.as_known(Instant::MAX, View::Collected);
    let (importer, clock) = (Country::new("USA"), ledger.clock("USA"));
    let (from, until) = (clock.read("2025-01-01").unwrap(), clock.read("2026-09-01").unwrap());
    let (table, unsettled) = DayTable::of(&book, &importer, from, until);

    let first = unsettled.iter().take(5).map(|pair| format!("{pair:?}")).collect::<Vec<_>>().join("\n");
    assert!(unsettled.is_empty(), "{} pairs are not settled\n{first}", unsettled.len());
    let size = table.size();
    assert!(size.lines > 19_800 && size.origins > 240, "{size:?}");

    // Every hundredth line, three origins, four days: the table says what a single question says.
    let lines: Vec<Line> = schedules["USA"].all_lines().step_by(100).collect();
    assert!(lines.len() > 190);
    let mut asked = 0;
    for day in ["2025-04-10", "2025-08-20", "2025-11-15", "2026-05-01"] {
        let on = clock.read(day).unwrap();
        for origin in ["CHN", "DEU", "RUS"].map(Country::new) {
            for line in &lines {
                let Ok(why) = book.why(&importer, &origin, *line, on, &Facts::default()) else { continue };
                let step = table.at(*line, &origin, on).unwrap();
                assert_eq!(
                    (why.base_pct, why.additional_pct),
                    (step.base, Some(step.additional)),
                    "{line} {origin} {day}"
                );
                asked += 1;
            }
        }
    }
    assert!(asked > 2_000, "{asked} questions");

    // The steps of one toy follow each other and differ.
    let toy = table.steps("9503.00.00.73".parse().unwrap(), &Country::new("CHN"));
    let days: Vec<_> =
        toy.iter().map(|step| (clock.day_of(step.from).to_string(), step.additional.to_string())).collect();
    let told = [
        ("2025-01-01", "0"),
        ("2025-02-04", "10"),
        ("2025-03-04", "20"),
        ("2025-04-05", "30"),
        ("2025-04-09", "104"),
        ("2025-04-10", "145"),
        ("2025-05-14", "30"),
        ("2025-11-10", "20"),
        ("2026-02-24", "10"),
        ("2026-07-24", "12.5"),
    ];
    assert_eq!(days, told.map(|(day, points)| (day.to_string(), points.to_string())));
}
