//! `measure`: what a change of tariffs costs whom.

use std::process::ExitCode;

use equilibrium::Options;
use scenario::{MeasureQuestion, economies};

use crate::args::{Deficits, Format, Links, MeasureArgs, ModelArgs};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy or the tariffs; a solve that did not clear.
pub fn run(args: &MeasureArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv])?;
    let question = MeasureQuestion {
        economy: args.model.economy.clone().unwrap_or_else(|| "default".into()),
        options: args.model.options(),
        tariffs: args.tariffs.as_deref().map(economies::text_at).transpose()?,
        add: args.add.clone(),
    };
    let (answer, warnings) = scenario::measure(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::measured::csv(&answer),
        Format::Text | Format::Html => report::measured::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

impl ModelArgs {
    /// The closure these words mean.
    pub fn options(&self) -> Options {
        Options {
            links: match self.links {
                Some(Links::No) => equilibrium::Links::Absent,
                Some(Links::Yes) | None => equilibrium::Links::Recorded,
            },
            deficits: self.deficits.map_or_else(Default::default, Deficits::closure),
            elasticity: self.elasticity.clone(),
        }
    }
}

impl Deficits {
    /// The closure this word means.
    pub const fn closure(self) -> equilibrium::Deficits {
        match self {
            Self::Held => equilibrium::Deficits::Held,
            Self::Scaled => equilibrium::Deficits::Scaled,
            Self::Removed => equilibrium::Deficits::Removed,
        }
    }
}
