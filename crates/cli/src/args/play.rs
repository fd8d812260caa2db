//! The words of `play`.

use clap::{Args, ValueEnum};

use super::{ModelArgs, OutputArgs, WantsArgs};

/// `play`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  detente play USA CHN --noise 0.02
  detente play USA CHN --levels 0,10,34,125 --false-claims 0.05 --path 'tit for tat,contrite' --out path.html
  detente play USA CHN --observed --path 'observed history,tit for tat'
  detente play --fit --from 2024-01-01")]
pub struct PlayArgs {
    /// The first government
    #[arg(default_value = "USA", value_name = "A")]
    pub first: String,
    /// The second government
    #[arg(default_value = "CHN", value_name = "B")]
    pub second: String,
    /// Duties on all goods of the other side on top of the base rates, in points; rising, the truce first
    #[arg(long, value_name = "PP,PP,…", value_delimiter = ',', default_value = "0,10,25,50", value_parser = points, allow_negative_numbers = true)]
    pub levels: Vec<f64>,
    /// Months played
    #[arg(long, default_value_t = 240, value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    pub months: u32,
    /// Months until a side sees what the other did
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub lag: u32,
    /// The odds that what was decided is not what is carried out
    #[arg(long, value_name = "ODDS", default_value_t = 0.0, value_parser = odds, allow_negative_numbers = true)]
    pub noise: f64,
    /// The odds that a kept month is reported as broken
    #[arg(long, value_name = "ODDS", default_value_t = 0.0, value_parser = odds, allow_negative_numbers = true)]
    pub false_claims: f64,
    /// The odds that a broken month goes unseen
    #[arg(long, value_name = "ODDS", default_value_t = 0.0, value_parser = odds, allow_negative_numbers = true)]
    pub missed: f64,
    /// The seed of all chance
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Two rules whose match is told month by month: `tit for tat,grim` [default: the best of each chair]
    #[arg(long, value_name = "RULE,RULE", value_parser = two_rules)]
    pub path: Option<[String; 2]>,
    /// Instead of a tournament: which rule fits the record of both sides, scored out of sample
    #[arg(long, group = "record", conflicts_with_all = ["levels", "months", "noise", "false_claims", "missed", "path"])]
    pub fit: bool,
    /// With `--fit`: what was charged: duties on all goods, or every duty as an average over lines [default: headlines]
    #[arg(long, value_enum, requires = "fit")]
    pub history: Option<HistoryWord>,
    /// A thirteenth rule: what each side charged month by month, to the nearest of the levels, the last held
    #[arg(long, group = "record")]
    pub observed: bool,
    /// With `--fit` or `--observed`: the first month
    #[arg(long, value_name = "DATE", default_value = "2018-01-01", requires = "record")]
    pub from: String,
    /// With `--fit` or `--observed`: the last day
    #[arg(long, value_name = "DATE", default_value = "2026-08-23", requires = "record")]
    pub to: String,
    #[command(flatten)]
    pub wants: WantsArgs,
    #[command(flatten)]
    pub model: ModelArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What of the record is fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HistoryWord {
    /// Duties on all goods of the other side: both are told alike, lists of goods are not in it
    Headlines,
    /// Every duty on top, lists among them, weighed by lines, to five points; China's lists of 2018 to 2020 have no size
    Averages,
}

fn odds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(odds) if (0.0..=1.0).contains(&odds) => Ok(odds),
        _ => Err("odds lie between 0 and 1".into()),
    }
}

fn points(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(points) if points.is_finite() && points >= 0.0 => Ok(points),
        _ => Err("a level is a number of points, zero or more, such as `25`".into()),
    }
}

fn two_rules(text: &str) -> Result<[String; 2], String> {
    let (first, second) = text.split_once(',').ok_or("two rules with a comma between them")?;
    Ok([first.trim().to_string(), second.trim().to_string()])
}
