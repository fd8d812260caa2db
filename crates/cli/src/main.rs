//! `detente`: the command line, a thin door.
//!
//! Words come in ([`args`]), a stage of the scenario room answers, the report room words the answer, and this
//! door writes it. Exit code 0: fine; 1: a finding or failure that was explained; 2: misuse.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the door that prints")]

mod args;
mod commands;
mod output;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;

fn main() -> ExitCode {
    // clap itself ends the process with code 2 on misuse, and with 0 after help.
    match commands::run(Cli::parse().command) {
        Ok(code) => code,
        Err(failure) => failure.explain(),
    }
}
