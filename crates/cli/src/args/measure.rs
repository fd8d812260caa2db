//! The words of `measure`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ModelArgs, OutputArgs, RecordArgs, SourceArgs};

/// How markets for goods work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Market {
    /// Perfect competition
    Perfect,
    /// Monopolistic competition with free entry
    Entry,
    /// A given number of firms that keep 1/σ of sales as profit (Ossa 2014); no input links
    Firms,
}

/// Whether factors move between sectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Labour {
    /// Freely
    Mobile,
    /// As workers' abilities allow, by `--kappa`
    Specific,
}

/// What is wanted besides the countries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DetailWord {
    /// Prices, output and employment by country and sector
    Sectors,
    /// Trade and duties by pair of countries, goods and services apart
    Bilateral,
    /// Every flow by importer, exporter and sector
    Flows,
    /// How each country's real income leans on each sector's elasticity
    Thetas,
}

/// How draws are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SequenceWord {
    /// Quasi-random: a lattice that fills the cube of probabilities evenly
    Even,
    /// Independent
    Random,
}

/// `measure`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  detente measure --add 'USA,CHN,*,60 %' --add 'CHN,USA,*,60 %'
  detente measure --on 2025-06-09 --versus 2025-01-01 --draws 200 --detail sectors
  detente measure --economy my/economy --links no --market firms --tariffs rates.csv --format dta --out out.dta")]
pub struct MeasureArgs {
    /// A built-in scenario by name, or a scenario file: its economy, closure, elasticities and day
    #[arg(long, value_name = "SCENARIO")]
    pub scenario: Option<String>,
    #[command(flatten)]
    pub model: ModelArgs,
    /// How markets for goods work
    #[arg(long, value_enum, default_value_t = Market::Perfect)]
    pub market: Market,
    /// Whether factors move between sectors
    #[arg(long, value_enum, default_value_t = Labour::Mobile)]
    pub labour: Labour,
    /// With `--labour specific`: the shape of abilities; 1 ties every worker to a sector [default: 1.5]
    #[arg(long, value_name = "KAPPA")]
    pub kappa: Option<f64>,
    /// External economies of scale, by the economy's column `psi`
    #[arg(long)]
    pub scale: bool,
    #[command(flatten)]
    pub record: RecordArgs,
    /// With `--on`: another day, whose duties make the base [default: the economy's base year]
    #[arg(long, value_name = "DATE")]
    pub versus: Option<String>,
    /// A CSV file `importer,exporter,sector,rate` whose rates replace the base rates
    #[arg(long, value_name = "FILE")]
    pub tariffs: Option<PathBuf>,
    /// Points on top of the base rates: `USA,CHN,*,0.6`; `*` is every other country and every good, `all`
    /// every sector; repeatable
    #[arg(long, value_name = "IMPORTER,EXPORTER,SECTOR,RATE")]
    pub add: Vec<String>,
    /// Draws of the elasticities, for bands; 0 for none
    #[arg(long, value_name = "N", default_value_t = 16)]
    pub draws: usize,
    /// Where the draws start: the same seed gives the same bands everywhere
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// How draws are spread
    #[arg(long, value_enum, default_value_t = SequenceWord::Even)]
    pub sequence: SequenceWord,
    /// The standard deviation of ln θ [default: by sector, as the economy's sets disagree; 0.3 with one set]
    #[arg(long, value_name = "SIGMA")]
    pub spread: Option<f64>,
    /// Tables besides the countries; repeatable
    #[arg(long, value_enum, value_delimiter = ',')]
    pub detail: Vec<DetailWord>,
    /// Threads for the draws [default: all]; no digit depends on it
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `backtest`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  detente backtest --data icio-trade --weights us_imports_2024.parquet --from 2017 --to 2019 --add 'CHN,USA,*,0.131'")]
pub struct BacktestArgs {
    /// A folder with a table `tradeYYYY` (Parquet or CSV) a year: importer, exporter, sector, flow_kusd, tariff
    #[arg(long, value_name = "FOLDER")]
    pub data: PathBuf,
    /// A table of imports by line that weighs the record's duties: partner, hts10, sector, imports_usd
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,
    /// Whose imports the weights are
    #[arg(long, value_name = "COUNTRY", default_value = "USA")]
    pub importer: String,
    /// The base year
    #[arg(long, value_name = "YEAR", default_value_t = 2017)]
    pub from: i32,
    /// The year foretold
    #[arg(long, value_name = "YEAR", default_value_t = 2019)]
    pub to: i32,
    /// Points on top, for duties that the record does not hold by line: `CHN,USA,*,0.131`; repeatable
    #[arg(long, value_name = "IMPORTER,EXPORTER,SECTOR,RATE")]
    pub add: Vec<String>,
    /// A column of the embedded economy's elasticities [default: its own]
    #[arg(long, value_name = "SET")]
    pub elasticity: Option<String>,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}
