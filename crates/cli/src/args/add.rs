//! The words of `add`.

use std::path::PathBuf;

use clap::Args;

use super::{OutputArgs, SourceArgs};

/// `add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Such as: USA puts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01 as "EO 15000"
    #[arg(value_name = "SENTENCE", required_unless_present = "issuer")]
    pub sentence: Vec<String>,
    #[command(flatten)]
    pub deed: DeedArgs,
    /// A ledger folder to write the act into; an existing file is never overwritten
    #[arg(long, value_name = "FOLDER")]
    pub into: Option<PathBuf>,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The same act by flags in place of a sentence.
#[derive(Debug, Args)]
pub struct DeedArgs {
    /// Who acts, in place of a sentence: `--issuer USA --does puts --what '10 %' --goods all --origin CHN …`
    #[arg(long, value_name = "CODE", conflicts_with = "sentence", requires = "does")]
    pub issuer: Option<String>,
    /// What it does: puts, changes, spares, suspends, extends, resumes, ends, voids
    #[arg(long, value_name = "VERB", requires = "issuer")]
    pub does: Option<String>,
    /// The rate put, the codes spared, the points suspended, or the measure meant
    #[arg(long, value_name = "WHAT", requires = "issuer")]
    pub what: Option<String>,
    /// With `puts`: the goods, `all` or codes
    #[arg(long, value_name = "GOODS", requires = "issuer")]
    pub goods: Option<String>,
    /// With `puts`: whose goods
    #[arg(long, value_name = "CODES", requires = "issuer", conflicts_with = "measure")]
    pub origin: Option<String>,
    /// The measure of which something is spared, suspended or extended
    #[arg(long, value_name = "MEASURE", requires = "issuer")]
    pub measure: Option<String>,
    /// With `changes`: the new rate
    #[arg(long, value_name = "RATE", requires = "issuer")]
    pub rate: Option<String>,
    /// The first day or instant
    #[arg(long, value_name = "MOMENT", requires = "issuer")]
    pub from: Option<String>,
    /// The first instant after
    #[arg(long, value_name = "MOMENT", requires = "issuer")]
    pub until: Option<String>,
    /// How long, counted from `--from`: `90 days`
    #[arg(long = "for", value_name = "LENGTH", requires = "issuer")]
    pub length: Option<String>,
    /// What happens when a suspension ends: return, `return 30 %`, nothing, ask
    #[arg(long, value_name = "WHAT", requires = "issuer")]
    pub on_lapse: Option<String>,
    /// The day it could be known
    #[arg(long, value_name = "DAY", requires = "issuer")]
    pub published: Option<String>,
    /// The act's number, such as `EO 15000`
    #[arg(long, value_name = "TEXT", requires = "issuer")]
    pub number: Option<String>,
    /// Where to look it up
    #[arg(long, value_name = "TEXT", requires = "issuer")]
    pub cite: Option<String>,
    /// What it does, in one line
    #[arg(long, value_name = "TEXT", requires = "issuer")]
    pub title: Option<String>,
}
