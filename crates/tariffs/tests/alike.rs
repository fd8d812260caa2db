//! What is charged alike is charged once; two lines are alike only where no measure tells them apart, by list or by code.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

use diagnostic::Source;
use ledger::{Ledger, View};
use tariffs::{Behaviour, Border, DayTable, Derivation, Facts, Flow, Schedule, Schedules};
use terms::{Country, Day, Instant, Line, Sector};

/// Two lines of one heading: both are free, and no list names either.
const SCHEDULE: &str = "schedule USA HTSUS\n\
                        edition\tmade up\t2026-01-01\t2026-01-01\tnone\n\
                        8450.11.00\tFree\t\tFree\t10 20\twashers, fully automatic\n\
                        8450.19.00\tFree\t\tFree\t00\twashers, other\n";

/// An act of the United States on goods of China, from 1 June 2026.
fn act(measure: &str) -> Ledger {
    let text = format!(
        "[act]\nid = \"made-up\"\nissuer = \"USA\"\nkind = \"order\"\ntitle = \"made up\"\npublished = \"2026-05-01\"\n\
         citation = \"none\"\n[[measure]]\nid = \"made-up\"\norigin = \"CHN\"\nrate = \"10 %\"\nfrom = \"2026-06-01\"\n{measure}"
    );
    disk::areas().with(&[Source::new("made-up.toml", text)]).unwrap_or_else(|faults| panic!("{faults}")).value
}

fn schedules() -> Schedules {
    let schedule = Schedule::read(&Source::new("usa.schedule", SCHEDULE)).unwrap();
    [(schedule.importer.clone(), schedule)].into()
}

/// Points on 8450.11.00.10, 8450.11.00.20 and 8450.19.00.00, asked line by line; then by the table of every day; then, of a
/// sector that bought 300 of the first, 100 of the second and 100 of the third, by the table of coverage.
fn charged(ledger: &Ledger) -> ([f64; 3], [f64; 3], f64) {
    let schedules = schedules();
    let border = Border::new(ledger, &schedules);
    let book = border.as_known(Instant::MAX, View::Collected);
    let (usa, china) = (Country::new("USA"), Country::new("CHN"));
    let lines = ["8450.11.00.10", "8450.11.00.20", "8450.19.00.00"].map(|line| line.parse::<Line>().unwrap());
    let [from, on, until] =
        ["2026-05-15", "2026-07-01", "2026-08-01"].map(|day| ledger.moment("USA", day).unwrap());

    let single = lines.map(|line| {
        let why = book.why(&usa, &china, line, on, &Facts::default()).unwrap();
        why.additional_pct.unwrap().as_f64()
    });
    let (days, unsettled) = DayTable::of(&book, &usa, from, until);
    assert!(unsettled.is_empty(), "{unsettled:?}");
    let by_day = lines.map(|line| days.at(line, &china, on).unwrap().additional.as_f64());

    let sector = Sector::new("ELE");
    let bought =
        |(line, value)| Flow { partner: china.clone(), line, sector: sector.clone(), value, duty: 0.0 };
    let flows: Vec<Flow> = lines.into_iter().zip([300.0, 100.0, 100.0]).map(bought).collect();
    let last: Day = "2026-07-31".parse().unwrap();
    let derivation = Derivation {
        importer: usa.clone(),
        flows: &flows,
        behaviour: &Behaviour::default(),
        origins: std::slice::from_ref(&china),
        days: ("2026-05-15".parse().unwrap(), last),
    };
    let table = derivation.table(&border).unwrap();
    let found = table.reached(&usa, "made-up", (&china, &[]), &sector, ("2026-07-01".parse().unwrap(), last));
    (single, by_day, found.unwrap_or_default().points)
}

#[test]
fn a_line_that_a_measure_names_by_its_code_is_not_like_its_sister() {
    let (single, by_day, of_sector) = charged(&act("goods = [\"8450.11.00\"]\n"));
    assert_eq!(single, [10.0, 10.0, 0.0]);
    assert_eq!(by_day, single);
    assert_eq!(of_sector, 8.0, "400 of 500 pay 10 %");
}

#[test]
fn a_line_that_a_measure_leaves_out_by_its_code_is_not_like_its_sister() {
    let (single, by_day, of_sector) = charged(&act("goods = [\"8450\"]\nnot_goods = [\"8450.11.00.10\"]\n"));
    assert_eq!(single, [0.0, 10.0, 10.0]);
    assert_eq!(by_day, single);
    assert_eq!(of_sector, 4.0, "200 of 500 pay 10 %");
}

#[test]
fn a_line_that_an_exception_names_by_its_code_is_not_like_its_sister() {
    let spared = "goods = \"all\"\n[[measure.except]]\ngoods = [\"8450.11.00.20\"]\nwhy = \"spared by its own words\"\n";
    let (single, by_day, of_sector) = charged(&act(spared));
    assert_eq!(single, [10.0, 0.0, 10.0]);
    assert_eq!(by_day, single);
    assert_eq!(of_sector, 8.0, "400 of 500 pay 10 %");
}

#[test]
fn a_short_code_names_the_line_below_it_that_a_measure_leaves_out_by_code() {
    let ledger = act("goods = [\"8450\"]\nnot_goods = [\"8450.11.00.10\"]\n");
    let schedules = schedules();
    let border = Border::new(&ledger, &schedules);
    let book = border.as_known(Instant::MAX, View::Collected);
    let on = ledger.moment("USA", "2026-07-01").unwrap();
    let legal = "8450.11.00".parse().unwrap();
    let why = book.why(&Country::new("USA"), &Country::new("CHN"), legal, on, &Facts::default()).unwrap();
    let open: Vec<(&str, &str)> = why.open_facts.iter().map(|open| (&*open.key, &*open.value)).collect();
    assert_eq!(open, [("line", "8450.11.00.10")], "{}", why.total_text);
}
