//! One file a command: words to a question, the question to the scenario room, the answer to a form.

mod add;
mod backtest;
mod brief;
mod changes;
mod check;
mod diff;
mod economy;
mod games;
mod headline;
mod measure;
mod play;
mod rates;
mod reconcile;
mod record;
mod retaliate;
mod truce;
mod why;

use std::process::ExitCode;

use crate::args::Command;
use crate::output::Failure;

/// Runs one command.
///
/// # Errors
/// Why it did not answer.
pub fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Brief(args) => brief::run(&args),
        Command::Status(args) => record::run(&args, &record::STATUS),
        Command::Claims(args) => record::run(&args, &record::CLAIMS),
        Command::Talks(args) => record::run(&args, &record::TALKS),
        Command::Controls(args) => record::run(&args, &record::CONTROLS),
        Command::Pending(args) => record::run(&args, &record::PENDING),
        Command::Rates(args) => rates::run(&args),
        Command::Reconcile(args) => reconcile::run(&args),
        Command::Add(args) => add::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Headline(args) => headline::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Truce(args) => truce::run(&args),
        Command::Changes(args) => changes::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Measure(args) => measure::run(&args),
        Command::Backtest(args) => backtest::run(&args),
        Command::Best(args) => games::best(&args),
        Command::War(args) => games::war(&args),
        Command::Bargain(args) => games::bargain(&args),
        Command::Retaliate(args) => retaliate::run(&args),
        Command::Coalitions(args) => games::coalitions(&args),
        Command::Weights(args) => games::weights(&args),
        Command::Play(args) => play::run(&args),
        Command::Economy(args) => economy::run(&args),
    }
}
