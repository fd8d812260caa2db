//! The committed coverage table follows from the lists and weights beside the repository.

use std::path::Path;
use std::process::Command;

/// `scripts/coverage.py --check` recomputes every share to half of the last digit printed.
///
/// Needs the folder `../shared` and a Python with pandas and pyarrow (`PYTHON` names it, else `python3`);
/// says so and stops where either is missing.
#[test]
fn coverage_is_recomputed() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    if !root.join("../shared/data/us-tariffs").exists() {
        eprintln!("skipped: no ../shared folder beside the repository");
        return;
    }
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let has_pandas = Command::new(&python).args(["-c", "import pandas, pyarrow"]).output();
    if !has_pandas.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: `{python}` has no pandas and pyarrow (set PYTHON to one that has)");
        return;
    }
    let run =
        Command::new(&python).args(["scripts/coverage.py", "--check"]).current_dir(root).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    assert!(said.contains("as committed"), "{said}");
}
