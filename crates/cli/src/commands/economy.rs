//! `economy`: accounts listed, shown, checked, imported, aggregated, compared.

use std::path::Path;
use std::process::ExitCode;

use ::economy::Repair;
use ::economy::formats::Naming;
use scenario::accounts::{self, ExportForm, RatesFrom, Reading, Target};
use scenario::economies;

use crate::args::{EconomyArgs, EconomyCommand, ExportWord, Format, MadeArgs, OutputArgs, RepairWord};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of an economy, a source or a mapping.
pub fn run(args: &EconomyArgs) -> Result<ExitCode, Failure> {
    match &args.command {
        EconomyCommand::List { folder, output } => {
            let found = accounts::list(folder.as_deref())?;
            say(output, &found, report::accounts::list)
        }
        EconomyCommand::Show { economy, output } => {
            let (found, warnings) = accounts::show(economy)?;
            warn(&warnings, output);
            say(output, &found, report::accounts::show)
        }
        EconomyCommand::Check { economy, repair: None, output, .. } => check(economy, output),
        EconomyCommand::Check { economy, repair, to, output } => {
            // The words `--repair` and `--to` come together.
            let folder = to.as_deref().unwrap_or_else(|| Path::new("."));
            let target = Target { folder, parquet: false, repair: repair.map(RepairWord::how) };
            written(output, accounts::copy(economy, &target))
        }
        EconomyCommand::Import {
            layout: Some(layout),
            path: Some(path),
            year,
            duty_paid,
            more_at_home,
            repair,
            to,
            parquet,
            output,
        } => {
            let folder = to.as_deref().unwrap_or_else(|| Path::new("."));
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let mut naming = Naming::new(name);
            naming.year = *year;
            let target = Target { folder, parquet: *parquet, repair: repair.map(RepairWord::how) };
            let reading = Reading { duty_paid: *duty_paid, more_at_home: *more_at_home };
            written(output, accounts::import(layout, path, &naming, reading, &target))
        }
        EconomyCommand::Import { output, .. } => {
            let formats = accounts::formats();
            say(output, &formats, |formats| report::accounts::formats(formats))
        }
        EconomyCommand::Export { economy, form, to, output } => {
            let (found, notes) = accounts::export(economy, form.how(), to)?;
            warn(&notes, output);
            say(output, &found, report::accounts::exported)
        }
        EconomyCommand::Tariffs { economy, rates, wits, concordance, made, output } => {
            let text =
                |path: &Option<std::path::PathBuf>| path.as_deref().map(economies::text_at).transpose();
            let (rows, table, sectors) = (text(rates)?, text(wits)?, text(concordance)?);
            // The words come together: clap sees to it.
            let from = match (&rows, &table, &sectors) {
                (Some(rows), _, _) => RatesFrom::Rows(rows),
                (None, Some(table), Some(sectors)) => RatesFrom::Wits(table, sectors),
                _ => return Err(Failure::Misuse("name `--rates`, or `--wits` with `--concordance`".into())),
            };
            written(output, accounts::with_rates(economy, from, &made.target()))
        }
        EconomyCommand::Aggregate { economy, mapping, made, output } => {
            written(output, accounts::aggregate(economy, &economies::text_at(mapping)?, &made.target()))
        }
        EconomyCommand::Diff { first, second, top, output } => {
            let found = accounts::differs(first, second, *top)?;
            say(output, &found, report::accounts::differs)
        }
    }
}

/// Exit code 1 when there is an error, as `check` has it.
fn check(name: &str, output: &OutputArgs) -> Result<ExitCode, Failure> {
    let form = output.form(&[Format::Text, Format::Json])?;
    let (faults, code) = match economies::open(name) {
        Ok(opened) => (opened.economy.warnings().clone(), ExitCode::SUCCESS),
        Err(faults) => (faults, ExitCode::from(1)),
    };
    output.write(&match form {
        Format::Json => json(&faults)?,
        _ if faults.is_empty() => format!("{name}: every identity holds"),
        _ => faults.render(false),
    })?;
    Ok(code)
}

fn say<T: serde::Serialize>(
    output: &OutputArgs,
    found: &T,
    text: impl FnOnce(&T) -> String,
) -> Result<ExitCode, Failure> {
    let form = output.form(&[Format::Text, Format::Json])?;
    output.write(&if form == Format::Json { json(found)? } else { text(found) })?;
    Ok(ExitCode::SUCCESS)
}

fn written(
    output: &OutputArgs,
    made: Result<(accounts::Written, diagnostic::Faults), diagnostic::Faults>,
) -> Result<ExitCode, Failure> {
    let (found, notes) = made?;
    warn(&notes, output);
    say(output, &found, report::accounts::written)
}

impl MadeArgs {
    fn target(&self) -> Target<'_> {
        Target { folder: &self.to, parquet: self.parquet, repair: None }
    }
}

impl RepairWord {
    const fn how(self) -> Repair {
        match self {
            Self::Home => Repair::HomeFinal,
            Self::Ras => Repair::Ras,
        }
    }
}

impl ExportWord {
    const fn how(self) -> ExportForm {
        match self {
            Self::Csv => ExportForm::Csv,
            Self::Parquet => ExportForm::Parquet,
            Self::Xlsx => ExportForm::Xlsx,
            Self::Dta => ExportForm::Dta,
            Self::Har => ExportForm::Har,
        }
    }
}
