//! US imports of 2024 by line, where the folder `../shared` and a Python with pandas are at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "in a test a panic is the message")]

use std::collections::BTreeMap;
use std::process::Command;

use tariffs::{Base, Behaviour, Flow, Schedule};
use terms::{Country, Line, Sector};

/// Whether the weights lie beside the repository; a line is printed where they do not.
pub fn at_hand() -> bool {
    let there = super::root().join("../shared/data/us-imports-2024").exists();
    if !there {
        eprintln!("skipped: no ../shared folder beside the repository");
    }
    there
}

/// Every subheading (six digits) with its sector of the embedded economy; services and chapters 98-99 are left out.
pub fn subheadings() -> Vec<(Line, Sector)> {
    let shared = super::root().join("../shared");
    let text = |path: &str| std::fs::read_to_string(shared.join(path)).unwrap();
    let mut of_member: BTreeMap<String, Sector> = BTreeMap::new();
    let sectors = text("economies/default/sectors.csv");
    let mut rows = csv::Reader::from_reader(sectors.as_bytes());
    for row in rows.records().map(Result::unwrap).filter(|row| &row[3] == "1") {
        of_member.extend(row[4].split(';').map(|member| (member.to_string(), Sector::new(&row[0]))));
    }
    let concordance = text("data/us-imports-2024/hs6_sector.csv");
    let mut rows = csv::Reader::from_reader(concordance.as_bytes());
    let of = |row: csv::StringRecord| Some((row[0].parse().ok()?, of_member.get(&row[2])?.clone()));
    rows.records().map(Result::unwrap).filter_map(of).collect()
}

/// What of a partner's dutiable goods came in free in 2024, by sector: one less duty paid over duty due at
/// general rates, on lines with such a rate; the country's average where less than 2 mn dollars were due.
pub fn preference_use(flows: &[Flow], schedule: &Schedule) -> BTreeMap<(Country, Sector), (String, f64)> {
    let day = "2025-01-01".parse().unwrap();
    let preferences = [("CAN", "USMCA"), ("MEX", "USMCA")].map(|(code, name)| (Country::new(code), name));
    let mut sums: BTreeMap<(Country, Option<Sector>), (f64, f64)> = BTreeMap::new();
    for flow in flows.iter().filter(|flow| preferences.iter().any(|(code, _)| *code == flow.partner)) {
        let Some(row) = schedule.row(flow.line, day) else { continue };
        let general = Base::of(schedule, row, &flow.partner, false, None).points;
        let Some(rate) = general.map(|points| points.rate().as_share()).filter(|rate| *rate > 0.0) else {
            continue;
        };
        for sector in [None, Some(flow.sector.clone())] {
            let (due, paid) = sums.entry((flow.partner.clone(), sector)).or_default();
            *due += flow.value * rate;
            *paid += flow.duty;
        }
    }
    let mut used = BTreeMap::new();
    for ((partner, sector), own) in &sums {
        let Some(sector) = sector else { continue };
        let (due, paid) = if own.0 > 2e6 { *own } else { sums[&(partner.clone(), None)] };
        let name = preferences.iter().find(|(code, _)| code == partner).map(|(_, name)| *name).unwrap();
        used.insert((partner.clone(), sector.clone()), (name.to_string(), (1.0 - paid / due).max(0.0)));
    }
    used
}

/// The flows, with what is assumed of importers. None, with a line printed, where something is missing.
pub fn flows() -> Option<(Vec<Flow>, Behaviour)> {
    let root = super::root();
    if !at_hand() {
        return None;
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let has_pandas = Command::new(&python).args(["-c", "import pandas, pyarrow"]).output();
    if !has_pandas.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: `{python}` has no pandas and pyarrow (set PYTHON to one that has)");
        return None;
    }
    let run = Command::new(&python).arg("scripts/us_flows.py").current_dir(root).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(read(&String::from_utf8(run.stdout).unwrap()))
}

fn read(table: &str) -> (Vec<Flow>, Behaviour) {
    let mut flows = Vec::new();
    let source = "shares of metal from input-output tables, Budget Lab at Yale";
    let mut behaviour = Behaviour { source: source.into(), ..Behaviour::default() };
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let line: Line = cells[1].parse().unwrap();
        let metals = ["steel", "aluminium", "copper"].into_iter().zip(&cells[5..8]);
        let known: BTreeMap<String, f64> =
            metals.filter_map(|(metal, share)| Some((metal.to_string(), share.parse().ok()?))).collect();
        if !known.is_empty() {
            behaviour.content.insert(line, known);
        }
        flows.push(Flow {
            partner: Country::new(cells[0]),
            line,
            sector: Sector::new(cells[2]),
            value: cells[3].parse().unwrap(),
            duty: cells[4].parse().unwrap(),
        });
    }
    (flows, behaviour)
}
