//! `war`, `best` and `bargain`: duties from the economy's own payoffs.

use std::process::ExitCode;

use equilibrium::firms;
use scenario::{BargainQuestion, GameQuestion, Threat, WarQuestion, WarRule};
use strategy::{Shape, Solution};

use crate::args::{
    BargainArgs, BestArgs, Detail, Format, GameArgs, GameDeficits, GameMarket, Instrument, Links, Rule,
    Sharing, ThreatPoint, WarArgs,
};
use crate::output::{Failure, json, warn};

const FORMS: &[Format] = &[Format::Text, Format::Json, Format::Csv];

/// Answers `war`.
///
/// # Errors
/// Misuse, when the formula cannot answer with these options; faults of the economy or the players.
pub fn war(args: &WarArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    let question = WarQuestion {
        game: game(&args.game, &args.bloc),
        players: (args.players != "all").then(|| list(&args.players)),
        rule: match args.rule {
            Rule::Exact => WarRule::Exact,
            Rule::Formula => WarRule::Formula,
        },
        thorough: args.thorough,
    };
    if let Some(why) = question.misfit() {
        return Err(Failure::Misuse(why));
    }
    let (answer, warnings) = scenario::war_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::games::csv(&answer.players, answer.tariffs.as_deref()),
        _ => report::games::war(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers `best`.
///
/// # Errors
/// Faults of the economy or the country.
pub fn best(args: &BestArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    let (answer, warnings) = scenario::best_of(&game(&args.game, &args.bloc), &args.country)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::games::csv(&answer.players, answer.tariffs.as_deref()),
        _ => report::games::best(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers `bargain`.
///
/// # Errors
/// Faults of the economy or of those at the table.
pub fn bargain(args: &BargainArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    let question = BargainQuestion {
        game: game(&args.game, &[]),
        table: args.table.clone(),
        outsiders: args.outsiders,
        threat: match args.threat {
            ThreatPoint::Today => Threat::Today,
            ThreatPoint::War => Threat::War,
            ThreatPoint::FreeTrade => Threat::FreeTrade,
        },
        solution: match args.solution {
            Sharing::EqualGains => Solution::EqualGains,
            Sharing::Nash => Solution::Nash,
            Sharing::KalaiSmorodinsky => Solution::KalaiSmorodinsky,
        },
    };
    let (answer, warnings) = scenario::bargain_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::games::csv(&answer.players, answer.tariffs.as_deref()),
        _ => report::games::bargain(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Codes with commas between them.
fn list(codes: &str) -> Vec<String> {
    codes.split(',').map(|code| code.trim().to_string()).filter(|code| !code.is_empty()).collect()
}

/// The game the words mean.
fn game(args: &GameArgs, blocs: &[String]) -> GameQuestion {
    GameQuestion {
        economy: args.economy.clone(),
        elasticity: args.elasticity.clone(),
        market: args.market.map(|market| match market {
            GameMarket::Perfect => firms::Market::Perfect,
            GameMarket::Firms => firms::Market::FixedFirms,
        }),
        links: args.links == Links::Yes,
        deficits: match args.deficits {
            GameDeficits::Held => firms::Deficits::Held,
            GameDeficits::Removed => firms::Deficits::Removed,
        },
        shape: match args.instrument {
            Instrument::Uniform => Shape::Uniform,
            Instrument::Partner => Shape::PerPartner,
            Instrument::Sector => Shape::PerSector,
            Instrument::PartnerSector => Shape::PerCell,
        },
        all_sectors: args.all_sectors,
        subsidies: args.subsidies,
        political: args.political,
        blocs: blocs.to_vec(),
        list_tariffs: args.detail == Some(Detail::Tariffs),
    }
}
