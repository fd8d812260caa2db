//! US imports of 2024 by line, where the folder `../shared` and a Python with pandas are at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "in a test a panic is the message")]

use std::collections::BTreeMap;
use std::process::Command;

use tariffs::{Behaviour, Flow};
use terms::{Country, Line, Sector};

/// The flows, with what is assumed of importers. None, with a line printed, where something is missing.
pub fn flows() -> Option<(Vec<Flow>, Behaviour)> {
    let root = super::root();
    if !root.join("../shared/data/us-imports-2024").exists() {
        eprintln!("skipped: no ../shared folder beside the repository");
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
