//! The words for what governments want.

use clap::Args;
use diagnostic::Faults;
use scenario::{RevenueWeight, Wants};

/// What governments want; real income unless said otherwise.
#[derive(Debug, Clone, Args)]
pub struct WantsArgs {
    /// Governments weigh sectors as the economy's table `weights` says
    #[arg(long)]
    pub political: bool,
    /// What a dollar of revenue counts beyond its place in incomes: `0.5` for every government, or `USA=0.5,CHN=0.1`
    #[arg(long, value_name = "WEIGHT")]
    pub revenue_weight: Option<String>,
}

impl WantsArgs {
    /// The same as a part of a question.
    ///
    /// # Errors
    /// `bad-revenue-weight`.
    pub fn wants(&self) -> Result<Wants, Faults> {
        let revenue = self.revenue_weight.as_deref().map(RevenueWeight::read).transpose()?;
        Ok(Wants { political: self.political, revenue: revenue.unwrap_or_default() })
    }
}
