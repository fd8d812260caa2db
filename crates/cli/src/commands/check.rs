//! `check`: every fault of a ledger or an economy, all together.

use std::path::Path;
use std::process::ExitCode;

use diagnostic::Faults;
use scenario::{Record, economies};

use crate::args::{CheckArgs, Format};
use crate::output::{Failure, json};

/// Answers; exit code 1 when there is an error.
///
/// # Errors
/// Misuse of the forms.
pub fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json])?;
    let (what, faults) = checked(&args.path);
    let errors = faults.iter().filter(|fault| fault.severity() == diagnostic::Severity::Error).count();
    let warnings = faults.len() - errors;
    args.output.write(&match form {
        Format::Json => json(&faults)?,
        _ => {
            let shown = faults.render(false);
            let gap = if shown.is_empty() { "" } else { "\n\n" };
            format!("{shown}{gap}{what}: {}", count(errors, warnings))
        }
    })?;
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn count(errors: usize, warnings: usize) -> String {
    let plural = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
    match (errors, warnings) {
        (0, 0) => "no faults".into(),
        _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

fn checked(path: &Path) -> (String, Faults) {
    let name = path.display().to_string();
    if path.join("economy.toml").is_file() {
        let faults = match economies::open(&name) {
            Ok(opened) => opened.economy.warnings().clone(),
            Err(faults) => faults,
        };
        return (format!("economy {name}"), faults);
    }
    // A folder without governments of its own, or a single text, is read as it will be used: on the record.
    let whole = path.join("governments.toml").is_file();
    let faults =
        if whole { Record::check(Some(path), &[]) } else { Record::check(None, &[path.to_path_buf()]) };
    let kind = if whole { "ledger" } else { "overlay" };
    (format!("{kind} {name}"), faults)
}
