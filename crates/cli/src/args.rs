//! The words of the command line.

mod economies;
mod games;
mod measure;
mod play;
mod retaliate;
mod truce;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use economies::*;
pub use games::*;
pub use measure::*;
pub use play::*;
pub use retaliate::*;
pub use truce::*;

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

/// `brief`.
#[derive(Debug, Args)]
pub struct BriefArgs {
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

/// `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A ledger folder, one ledger file, or an economy folder
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The economy and the closure of the model.
#[derive(Debug, Clone, Args)]
pub struct ModelArgs {
    /// `default`, or an economy folder [default: `default`, or what the scenario says]
    #[arg(long, value_name = "ECONOMY")]
    pub economy: Option<String>,
    /// A column of the economy's elasticities [default: the one the economy names]
    #[arg(long, value_name = "SET")]
    pub elasticity: Option<String>,
    /// Whether industries buy inputs from each other
    #[arg(long, value_name = "YES|NO")]
    pub links: Option<Links>,
    /// What happens to trade deficits [default: held, or what the scenario says]
    #[arg(long, value_enum)]
    pub deficits: Option<Deficits>,
}

impl ModelArgs {
    /// The economy named, or the one that ships.
    pub fn economy_or_default(&self) -> String {
        self.economy.clone().unwrap_or_else(|| "default".into())
    }

    /// The closure the words mean, for a command without a scenario: links as recorded, deficits held.
    pub fn options(&self) -> equilibrium::Options {
        equilibrium::Options {
            links: match self.links {
                Some(Links::No) => equilibrium::Links::Absent,
                Some(Links::Yes) | None => equilibrium::Links::Recorded,
            },
            deficits: self.deficits.map_or_else(Default::default, Deficits::closure),
            elasticity: self.elasticity.clone(),
            ..equilibrium::Options::default()
        }
    }
}

/// Input links or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Links {
    /// Industries buy inputs from each other
    Yes,
    /// Value added only
    No,
}

/// What happens to trade deficits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deficits {
    /// They stay, in units of world factor income
    Held,
    /// They move with each country's own factor income
    Scaled,
    /// They are removed first; changes are against the balanced world
    Removed,
}
