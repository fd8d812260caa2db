//! The words of `economy`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OutputArgs;

/// `economy`.
#[derive(Debug, Args)]
pub struct EconomyArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: EconomyCommand,
}

/// What can be done with economies.
#[derive(Debug, Subcommand)]
pub enum EconomyCommand {
    /// The economies of the product, and those of a folder
    List {
        /// A folder that holds economies
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// What an economy holds
    Show {
        /// `default`, or an economy folder
        #[arg(value_name = "ECONOMY", default_value = "default")]
        economy: String,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Every fault of an economy, each identity by cell; with `--repair` and `--to`, a balanced copy
    Check {
        /// `default`, or an economy folder
        #[arg(value_name = "ECONOMY", default_value = "default")]
        economy: String,
        /// Close the gaps in a copy
        #[arg(long, value_enum, requires = "to")]
        repair: Option<RepairWord>,
        /// The folder of the copy
        #[arg(long, value_name = "FOLDER", requires = "repair")]
        to: Option<PathBuf>,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// An economy from a public source; without a format, the list of formats
    Import {
        /// The format, such as `oecd-icio`
        #[arg(value_name = "FORMAT", requires = "path")]
        layout: Option<String>,
        /// The file or folder of the source
        #[arg(value_name = "PATH", requires = "to")]
        path: Option<PathBuf>,
        /// The base year [default: from the name of the file]
        #[arg(long, value_name = "YEAR")]
        year: Option<i32>,
        /// Flows are spending, duty included: divide each by one plus its rate (without input links)
        #[arg(long)]
        duty_paid: bool,
        /// So much more of every country's purchases from itself, in every sector (without input links)
        #[arg(long, value_name = "VALUE", default_value_t = 0.0)]
        more_at_home: f64,
        /// Close gaps of the source
        #[arg(long, value_enum)]
        repair: Option<RepairWord>,
        /// The folder to make; its name becomes the economy's
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
        /// Large tables in Parquet
        #[arg(long)]
        parquet: bool,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// An economy for other tools: a folder of CSV, Parquet or Stata files, a workbook, a header array file
    Export {
        /// `default`, or an economy folder
        #[arg(value_name = "ECONOMY")]
        economy: String,
        /// The form
        #[arg(value_enum, value_name = "FORM")]
        form: ExportWord,
        /// The file (xlsx, har) or folder to make
        #[arg(long, value_name = "PATH")]
        to: PathBuf,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// An economy with other tariffs in place of its own
    Tariffs {
        /// `default`, or an economy folder
        #[arg(value_name = "ECONOMY")]
        economy: String,
        /// A CSV file `importer,exporter,sector,rate`
        #[arg(long, value_name = "FILE", conflicts_with = "wits")]
        rates: Option<PathBuf>,
        /// A CSV export of WITS: reporter, partner, product, average
        #[arg(long, value_name = "FILE", requires = "concordance", required_unless_present = "rates")]
        wits: Option<PathBuf>,
        /// With `--wits`: a CSV file `product,sector`
        #[arg(long, value_name = "FILE", requires = "wits")]
        concordance: Option<PathBuf>,
        #[command(flatten)]
        made: MadeArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// Groups of countries and sectors made one each, by a mapping file
    Aggregate {
        /// `default`, or an economy folder
        #[arg(value_name = "ECONOMY")]
        economy: String,
        /// The mapping: TOML with `[countries]`, `[sectors]` and the members of each group
        #[arg(value_name = "MAPPING")]
        mapping: PathBuf,
        #[command(flatten)]
        made: MadeArgs,
        #[command(flatten)]
        output: OutputArgs,
    },
    /// How the second economy differs from the first, cell by cell
    Diff {
        /// `default`, or an economy folder
        #[arg(value_name = "FIRST")]
        first: String,
        /// The other
        #[arg(value_name = "SECOND")]
        second: String,
        /// How many cells of each table are listed, the largest first
        #[arg(long, value_name = "N", default_value_t = 5)]
        top: usize,
        #[command(flatten)]
        output: OutputArgs,
    },
}

/// Where an economy is made, and how.
#[derive(Debug, Args)]
pub struct MadeArgs {
    /// The folder to make
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    /// Large tables in Parquet
    #[arg(long)]
    pub parquet: bool,
}

/// How gaps are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RepairWord {
    /// Each gap goes to purchases at home
    Home,
    /// Flows are scaled by row and column (RAS) to output and use
    Ras,
}

/// The forms in which an economy leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportWord {
    /// A folder that reads back, tables in CSV
    Csv,
    /// A folder that reads back, large tables in Parquet
    Parquet,
    /// One workbook, a sheet a table
    Xlsx,
    /// A folder with a Stata file a table
    Dta,
    /// One header array file, for GEMPACK
    Har,
}
