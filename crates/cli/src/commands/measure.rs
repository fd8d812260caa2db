//! `measure`: what a change of tariffs costs whom.

use std::process::ExitCode;

use equilibrium::Options;
use scenario::{MeasureQuestion, economies};

use crate::args::{Deficits, Format, Labour, Links, Market, MeasureArgs};
use crate::output::{Failure, json, warn};

/// Answers.
///
/// # Errors
/// Faults of the economy or the tariffs; a solve that did not clear.
pub fn run(args: &MeasureArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv])?;
    let question = MeasureQuestion {
        economy: args.model.economy.clone().unwrap_or_else(|| "default".into()),
        options: options(args),
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

/// The closure the words mean.
fn options(args: &MeasureArgs) -> Options {
    let model = &args.model;
    Options {
        links: match model.links {
            Some(Links::No) => equilibrium::Links::Absent,
            Some(Links::Yes) | None => equilibrium::Links::Recorded,
        },
        deficits: model.deficits.map_or_else(Default::default, Deficits::closure),
        elasticity: model.elasticity.clone(),
        market: match args.market {
            Market::Perfect => equilibrium::Competition::Perfect,
            Market::Entry => equilibrium::Competition::Entry,
        },
        labour: match args.labour {
            Labour::Mobile => equilibrium::Labour::Mobile,
            Labour::Specific => equilibrium::Labour::Specific { kappa: args.kappa },
        },
        scale: if args.scale { equilibrium::Scale::External } else { equilibrium::Scale::Constant },
        ..Options::default()
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
