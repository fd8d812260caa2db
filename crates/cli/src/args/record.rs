//! The words of the commands that read the record: `brief`, `rates`, `reconcile`, `why`, `diff`, `changes`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ModelArgs, OutputArgs, PairArgs, RecordArgs, SourceArgs};

/// `brief`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  detente brief --on 2025-06-09 --format html --out page.html
  detente brief USA DEU --on 2025-08-20

Where one of the two acts on record, what the other charges is told as unread.")]
pub struct BriefArgs {
    /// The first government (ISO alpha-3) [default: the scenario's]
    #[arg(value_name = "A", requires = "second")]
    pub first: Option<String>,
    /// The second
    #[arg(value_name = "B")]
    pub second: Option<String>,
    #[command(flatten)]
    pub record: RecordArgs,
    /// A built-in scenario by name, or a scenario file
    #[arg(long, value_name = "SCENARIO", default_value = "london-2025")]
    pub scenario: String,
    #[command(flatten)]
    pub model: ModelArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `rates`.
#[derive(Debug, Args)]
#[command(after_help = "Example: detente rates USA CHN --on 2025-05-03 --between headline-add-on,statutory")]
pub struct RatesArgs {
    #[command(flatten)]
    pub pair: PairArgs,
    /// The two ends of one bridge, by the names of rates with hyphens [default: each rate from the nearest]
    #[arg(long, value_name = "FROM,TO")]
    pub between: Option<String>,
    #[command(flatten)]
    pub model: ModelArgs,
}

/// `reconcile`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: detente reconcile tracker.csv\n\nA series has a header and a row for each day, rates in per cent:\n\n  date,rate\n  2025-05-03,126.5\n  2025-05-14,51.1\n\nColumns `importer`, `exporter` and `definition` may follow. A definition fixes how the\nseries is read: headline-add-on, all-goods, since-2024, statutory-add-on, statutory, simple-mean, trade-weighted."
)]
pub struct ReconcileArgs {
    /// The series: CSV with columns `date` and `rate`, perhaps `importer`, `exporter`, `definition`
    #[arg(value_name = "SERIES.csv")]
    pub series: PathBuf,
    /// Who charges, where a row names nobody
    #[arg(long, default_value = "USA", value_name = "CODE")]
    pub importer: String,
    /// Whose goods, where a row names nobody
    #[arg(long, default_value = "CHN", value_name = "CODE")]
    pub exporter: String,
    /// Use only what was public by this day [default: the whole record]
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    /// A reason must bring a number nearer by more than this, in points
    #[arg(long, default_value_t = 0.5, value_name = "POINTS")]
    pub tolerance: f64,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `why`.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// At whose border
    #[arg(value_name = "IMPORTER")]
    pub importer: String,
    /// Where the goods come from
    #[arg(value_name = "ORIGIN")]
    pub origin: String,
    /// Their line in the importer's schedule, with or without dots
    #[arg(value_name = "LINE")]
    pub line: String,
    /// Which state of the law
    #[arg(long, value_enum, default_value_t = LegalView::Collected)]
    pub view: LegalView,
    /// What is known of the shipment: `loaded=2025-04-08`, `content.steel=50%`, `preference=USMCA`; repeatable
    #[arg(long, value_name = "KEY=VALUE")]
    pub fact: Vec<String>,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Which state of the law is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LegalView {
    /// What customs collects
    Collected,
    /// What the law is: a void measure has no force
    Lawful,
    /// What the schedule prints
    Printed,
}

/// `diff`.
#[derive(Debug, Args)]
#[command(after_help = "Example: detente diff --known-on 2025-04-10 --known-on 2025-04-12 --line 8517.13.00")]
pub struct DiffArgs {
    /// The two days of publication to compare; give it twice
    #[arg(long, value_name = "DATE")]
    pub known_on: Vec<String>,
    /// One line of the importer's schedule: what changed for the duty on it
    #[arg(long, value_name = "LINE")]
    pub line: Option<String>,
    /// With `--line`: at whose border
    #[arg(long, value_name = "CODE", default_value = "USA")]
    pub importer: String,
    /// With `--line`: whose goods
    #[arg(long, value_name = "CODE", default_value = "CHN")]
    pub origin: String,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `changes`.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// The importer
    #[arg(default_value = "USA", value_name = "IMPORTER")]
    pub importer: String,
    /// The origin
    #[arg(default_value = "CHN", value_name = "ORIGIN")]
    pub origin: String,
    /// The first day
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// The day after the last
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Only the duty on this line of goods: its steps, with what moved at each
    #[arg(long, value_name = "LINE")]
    pub line: Option<String>,
    /// With `--line`: what is known of the shipment, as for `why`; repeatable
    #[arg(long, value_name = "KEY=VALUE", requires = "line")]
    pub fact: Vec<String>,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}
