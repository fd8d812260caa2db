//! The words of `retaliate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{ModelArgs, OutputArgs, RecordArgs};

/// `retaliate`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  detente retaliate USA CHN --cap 2bn --spare HS:30,annex-ii
  detente retaliate USA CHN --cap 2bn --as-act 2026-12-01 --out list.toml
  detente why USA CHN 8507.60.00 --on 2026-12-01 --overlay list.toml
  detente retaliate CHN USA --cap 20bn --rate 25 --spare HS:30 --on 2025-05-03
  detente retaliate USA CHN --cap 2bn --from base

A list names tariff lines where what IMPORTER buys by line is known: in the product, the United States' imports from
China (2024); for others give a table. Where none is known the list names sectors, and says so.")]
pub struct RetaliateArgs {
    /// Who answers
    #[arg(value_name = "IMPORTER")]
    pub importer: String,
    /// Whom
    #[arg(value_name = "EXPORTER")]
    pub exporter: String,
    /// The most that the goods on the list may be worth, dollars a year: `2bn`, `350mn` [default: no cap]
    #[arg(long, value_name = "MONEY", value_parser = millions, allow_negative_numbers = true)]
    pub cap: Option<f64>,
    /// The duties it comes on top of [default: the day's, where one of the two acts on record; else the base year's]
    #[arg(long, value_enum)]
    pub from: Option<FromWord>,
    /// The duty on top, in points
    #[arg(long, value_name = "PP", default_value_t = 25.0, value_parser = above_zero, allow_negative_numbers = true)]
    pub rate: f64,
    /// Goods to spare: a sector, a code as `HS:30` or `HS:8507.60`, by line a list of the record as `annex-ii`; commas between several, or repeated
    #[arg(long, value_name = "GOODS,…")]
    pub spare: Vec<String>,
    /// What the list is ranked by
    #[arg(long, value_enum, default_value_t = RankBy::OwnCost)]
    pub by: RankBy,
    /// What the list names [default: lines where they are known, else sectors]
    #[arg(long, value_enum)]
    pub goods: Option<GoodsBy>,
    /// IMPORTER's imports by line: CSV or Parquet, columns `partner`, `hts10`, `sector`, `imports_usd`
    #[arg(long, value_name = "TABLE", conflicts_with = "goods")]
    pub lines: Option<PathBuf>,
    /// Write the list as an act of IMPORTER in force from this day, to be laid on with `--overlay`
    #[arg(long, value_name = "DATE")]
    pub as_act: Option<String>,
    #[command(flatten)]
    pub record: RecordArgs,
    #[command(flatten)]
    pub model: ModelArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The duties an answer comes on top of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FromWord {
    /// Those in force on the day of `--on`, and the equilibrium under them
    Day,
    /// Those of the economy's base year
    Base,
}

/// What a list is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RankBy {
    /// The list's harm per own cost; where it can cost nothing at home, most harm at no cost
    OwnCost,
    /// The list's harm
    Value,
}

/// What a list names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GoodsBy {
    /// Sectors of the economy
    Sectors,
}

/// `2bn` in million dollars.
fn above_zero(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(points) if points > 0.0 && points <= 1000.0 => Ok(points),
        _ => Err("a duty is a number of points above 0, up to 1000, such as `25`".into()),
    }
}

fn millions(text: &str) -> Result<f64, String> {
    let (number, scale) = match text.trim() {
        text if text.ends_with("bn") => (&text[..text.len() - 2], 1e3),
        text if text.ends_with("mn") => (&text[..text.len() - 2], 1.0),
        _ => return Err("write the unit: `2bn` or `350mn`".into()),
    };
    match number.trim().parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() => Ok(number * scale),
        _ => Err("an amount above zero, such as `2bn`".into()),
    }
}
