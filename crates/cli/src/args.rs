//! The words of the command line.

mod add;
mod economies;
mod games;
mod measure;
mod model;
mod play;
mod record;
mod retaliate;
mod truce;
mod wants;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use add::*;
pub use economies::*;
pub use games::*;
pub use measure::*;
pub use model::*;
pub use play::*;
pub use record::*;
pub use retaliate::*;
pub use truce::*;
pub use wants::*;

/// What is in force between governments, what it costs, and how it plays out.
#[derive(Debug, Parser)]
#[command(name = "detente", version, about, long_about = None, propagate_version = true)]
#[command(after_help = "Exit code 0: fine; 1: a finding or a failure that was explained; 2: misuse.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The page of the week: what is in force, why, what it costs, and what happens if the truce lapses
    Brief(BriefArgs),
    /// What two governments charge on each other's goods, and by which acts
    Status(PairArgs),
    /// The duty on one entry of goods, step by step, with what would change it
    Why(WhyArgs),
    /// Every rate of two governments by its name, and why any two of them differ
    Rates(RatesArgs),
    /// Why another tracker's series of rates differs from ours: date, layers, base, weights
    Reconcile(ReconcileArgs),
    /// The across-the-board duty of an importer on an origin, with its parts
    Headline(PairArgs),
    /// What publication between two days changed, for the past too
    Diff(DiffArgs),
    /// Whether a truce enforces itself: at what patience, until which day, what a concession or an extension changes
    Truce(TruceArgs),
    /// Who says who broke what, each claim beside its answer
    Claims(PairArgs),
    /// Rounds of talks, their delegations and what each side said of them
    Talks(PairArgs),
    /// Export controls of either side and their state
    Controls(PairArgs),
    /// What ends, starts or returns after a day
    Pending(PairArgs),
    /// What changed between two days, with the act behind each step
    Changes(ChangesArgs),
    /// Makes a well-formed act from a sentence
    Add(AddArgs),
    /// Reads a ledger or an economy folder and lists every fault in it
    Check(CheckArgs),
    /// What a change of tariffs costs whom, from the equilibrium
    Measure(MeasureArgs),
    /// What the model would have said of past duties, against what trade did
    Backtest(BacktestArgs),
    /// One government's best duties or export taxes, while all others hold, mirror or answer
    Best(BestArgs),
    /// Duties from which no government gains by moving alone, with the evidence
    War(WarArgs),
    /// Talks: the frontier, and the deal that shares the gain by a rule
    Bargain(BargainArgs),
    /// Every bloc that a few countries could form in a war, and which of them would last
    Coalitions(CoalitionsArgs),
    /// The list of goods that hurts the other most for what it costs at home, under a cap on its value
    Retaliate(RetaliateArgs),
    /// Political weights that would explain a country's duties, and where none do
    Weights(WeightsArgs),
    /// Rules against rules, month after month: tit for tat, grim, gradual and nine more
    Play(PlayArgs),
    /// Economies: list, show, check, import, aggregate, diff
    Economy(EconomyArgs),
}

/// Where the record is read from.
#[derive(Debug, Clone, Args)]
pub struct SourceArgs {
    /// A ledger folder to read in place of the embedded record
    #[arg(long, value_name = "FOLDER")]
    pub ledger: Option<PathBuf>,
    /// A ledger file or folder laid on top of the record; repeatable
    #[arg(long, value_name = "PATH")]
    pub overlay: Vec<PathBuf>,
}

/// The two clocks, and where the record is read from.
#[derive(Debug, Clone, Args)]
pub struct RecordArgs {
    /// The day or instant asked about: `2025-06-09`, `2025-04-10T12:01+08:00`
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Use only what was public by this day [default: the whole record; `brief`, `rates`: the day asked about]
    #[arg(long, value_name = "DATE")]
    pub known_on: Option<String>,
    #[command(flatten)]
    pub source: SourceArgs,
}

/// Where the answer goes.
#[derive(Debug, Clone, Args)]
pub struct OutputArgs {
    /// The form of the answer
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// A file to write instead of standard output; its ending gives the form
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// No progress and no remarks
    #[arg(long, short)]
    pub quiet: bool,
}

/// The forms an answer can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Sentences and small tables
    Text,
    /// Data, the same body as the API's
    Json,
    /// One row for each country
    Csv,
    /// The same table in Parquet
    Parquet,
    /// A workbook, one sheet a table
    Xlsx,
    /// The same table for Stata
    Dta,
    /// One self-contained page
    Html,
    /// The figure alone
    Svg,
}

/// Two governments.
#[derive(Debug, Args)]
pub struct PairArgs {
    /// The first government (ISO alpha-3)
    #[arg(default_value = "USA", value_name = "A")]
    pub first: String,
    /// The second government
    #[arg(default_value = "CHN", value_name = "B")]
    pub second: String,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A ledger folder, one ledger file, or an economy folder
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    #[command(flatten)]
    pub output: OutputArgs,
}
