//! The words of `retaliate`.

use clap::{Args, ValueEnum};

use super::{ModelArgs, OutputArgs};

/// `retaliate`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  detente retaliate CHN USA --cap 20bn --rate 25 --spare HS:30")]
pub struct RetaliateArgs {
    /// Who answers
    #[arg(value_name = "IMPORTER")]
    pub importer: String,
    /// Whom
    #[arg(value_name = "EXPORTER")]
    pub exporter: String,
    /// The most that the goods on the list may be worth, dollars of base-year imports: `2bn`, `350mn` [default: no cap]
    #[arg(long, value_name = "MONEY", value_parser = millions)]
    pub cap: Option<f64>,
    /// The duty on top of the base rates, in points
    #[arg(long, value_name = "PP", default_value_t = 25.0)]
    pub rate: f64,
    /// Goods to spare: a sector, or a chapter as `HS:30`; repeatable
    #[arg(long, value_name = "GOODS")]
    pub spare: Vec<String>,
    /// What the list is ranked by
    #[arg(long, value_enum, default_value_t = RankBy::OwnCost)]
    pub by: RankBy,
    #[command(flatten)]
    pub model: ModelArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

/// What a list is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RankBy {
    /// Harm per own cost; what costs nothing at home comes first
    OwnCost,
    /// Harm per value covered
    Value,
}

/// `2bn` in million dollars.
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
