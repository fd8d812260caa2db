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
    // A decoder's panic over a damaged file is told as a fault with the file's name; the panic itself is not shown.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !economy::is_decoding() {
            usual(panic);
        }
    }));
    // clap itself ends the process with code 2 on misuse, and with 0 after help.
    match commands::run(Cli::parse().command) {
        Ok(code) => code,
        Err(failure) => failure.explain(),
    }
}
