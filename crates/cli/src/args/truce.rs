//! The words of `truce`.

use clap::{Args, ValueEnum};

use super::{ModelArgs, OutputArgs, RecordArgs, WantsArgs};

/// `truce`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    detente truce geneva --on 2025-06-09\n  \
    detente truce geneva --on 2025-06-09 --punishment snap-back --for 6 --lag 2\n  \
    detente truce geneva --on 2025-06-09 --concession 'minerals=CHN>USA:NFM=0.4'\n  \
    detente truce geneva --on 2025-06-09 --revenue-weight USA=0.5,CHN=0.5\n  \
    detente truce geneva --on 2025-06-09 --odds extend=0.6,lapse=0.2,deal=0.2")]
pub struct TruceArgs {
    /// An agreement by its id (`geneva` is enough where it is the only match) [default: the one that holds the day]
    #[arg(value_name = "AGREEMENT")]
    pub agreement: Option<String>,
    /// The built-in scenario whose parties, model and rules are used
    #[arg(long, value_name = "SCENARIO", default_value = "london-2025")]
    pub scenario: String,
    /// What answers a breach [default: what the scenario says]
    #[arg(long, value_enum)]
    pub punishment: Option<Answer>,
    /// For how many months it is answered [default: for good]
    #[arg(long = "for", value_name = "MONTHS", allow_negative_numbers = true)]
    pub months: Option<f64>,
    /// Months until a breach is seen and answered [default: what the scenario says]
    #[arg(long, value_name = "MONTHS", allow_negative_numbers = true)]
    pub lag: Option<f64>,
    /// The rate a year, in %, at which both sides discount [default: what the scenario says]
    #[arg(long, value_name = "PERCENT", allow_negative_numbers = true)]
    pub discount: Option<f64>,
    /// The odds that a kept truce goes on at its deadline rather than lapses [default: what the scenario says]
    #[arg(long, value_name = "ODDS", allow_negative_numbers = true)]
    pub extension_odds: Option<f64>,
    /// A concession to try; repeatable: `NAME=USA:-10pp`, `NAME=CHN>USA:NFM=0.4`, `NAME=USA:+0.02,CHN:-0.01` [default: ten points off either side's duties]
    #[arg(long, value_name = "NAME=…")]
    pub concession: Vec<String>,
    /// Days by which an extension moves the deadline [default: the length of the window]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(i64).range(1..3651))]
    pub extend: Option<i64>,
    /// Your odds of what becomes of it at each deadline; those left out are zero: `hold=0.5,lapse=0.3,extend=0.2`
    #[arg(long, value_name = "BRANCH=ODDS,…")]
    pub odds: Option<String>,
    /// Months ahead that the calendar of odds runs
    #[arg(long, value_name = "MONTHS", default_value_t = 12, value_parser = clap::value_parser!(i64).range(1..241))]
    pub horizon: i64,
    #[command(flatten)]
    pub wants: WantsArgs,
    #[command(flatten)]
    pub model: ModelArgs,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What answers a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Answer {
    /// Both return to their highest duties so far
    Peak,
    /// Both return to what a lapse brings back
    SnapBack,
    /// Both charge their best replies to each other on all goods
    War,
}
