//! The words of the economy and of the closure, shared by the commands that solve.

use clap::{Args, ValueEnum};

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
