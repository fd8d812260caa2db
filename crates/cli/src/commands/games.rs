//! `war`, `best` and `bargain`: duties from the economy's own payoffs.

use std::process::ExitCode;

use diagnostic::Faults;
use equilibrium::firms;
use report::figures::Exhibit;
use scenario::{
    BargainQuestion, CoalitionQuestion, Concession, Effort, GameQuestion, Others, Question, Threat,
    WarQuestion, WarRule, WeightsQuestion,
};
use strategy::{Border, Shape, Solution};

use crate::args::{
    AtBorder, BargainArgs, BestArgs, CoalitionsArgs, Detail, Format, GameArgs, GameDeficits, GameMarket,
    Instrument, Links, OthersDo, Rule, Sharing, ThreatPoint, WarArgs, WeightsArgs,
};
use crate::output::{Failure, json, warn};

const FORMS: &[Format] = &[Format::Text, Format::Json, Format::Csv, Format::Html, Format::Svg];

/// Answers `war`.
///
/// # Errors
/// Misuse, when the formula cannot answer with these options; faults of the economy or the players.
pub fn war(args: &WarArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    let question = WarQuestion {
        game: at_border(args.border, game(&args.game, &args.bloc)?),
        players: (args.players != "all").then(|| list(&args.players)),
        rule: match args.rule {
            Rule::Exact => WarRule::Exact,
            Rule::Formula => WarRule::Formula,
        },
        effort: match (args.quick, args.thorough) {
            (true, _) => Effort::Quick,
            (false, true) => Effort::Thorough,
            (false, false) => Effort::Usual,
        },
    };
    if let Some(why) = question.misfit() {
        return Err(Failure::Misuse(why));
    }
    let (answer, warnings) = scenario::war_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => {
            report::games::csv(&answer.players, answer.tariffs.as_deref(), answer.export_taxes.as_deref())
        }
        Format::Html => drawn_html(&report::fought::war(&answer), &report::figures::war(&answer)),
        Format::Svg => drawn_svg(&report::figures::war(&answer), "a war")?,
        _ => report::fought::war(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers `best`.
///
/// # Errors
/// Faults of the economy or the country.
pub fn best(args: &BestArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    let others = match args.others {
        OthersDo::Hold => Others::Hold,
        OthersDo::Mirror => Others::Mirror,
        OthersDo::Reply => Others::Reply,
    };
    let question = at_border(args.border, game(&args.game, &args.bloc)?);
    let (answer, warnings) = scenario::best_of(&question, &args.country, others)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => {
            report::games::csv(&answer.players, answer.tariffs.as_deref(), answer.export_taxes.as_deref())
        }
        Format::Html => drawn_html(&report::replies::best(&answer), &report::figures::best(&answer)),
        Format::Svg => drawn_svg(&report::figures::best(&answer), "rates to set")?,
        _ => report::replies::best(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers `bargain`.
///
/// # Errors
/// Faults of the economy or of those at the table.
pub fn bargain(args: &BargainArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(&[Format::Text, Format::Json, Format::Csv, Format::Html, Format::Svg])?;
    if args.threat == ThreatPoint::Lapse && args.on.is_none() {
        return Err(Failure::Misuse("a lapse is that of a day: say `--on 2025-06-09`".into()));
    }
    let mut faults = Faults::new();
    let mut issues = Vec::new();
    for text in &args.issue {
        match Concession::read(text) {
            Ok(issue) => issues.push(issue),
            Err(fault) => faults.push(fault),
        }
    }
    let day = match &args.on {
        None => None,
        Some(on) => {
            let mut day = Question::named("london-2025")?;
            day.on = scenario::day(on)?;
            day.known_on = args.known_on.as_deref().map_or(Ok(day.on), scenario::day)?;
            Some(day)
        }
    };
    let question = BargainQuestion {
        game: at_border(args.border, game(&args.game, &[])?),
        table: args.table.clone(),
        outsiders: args.outsiders,
        threat: match args.threat {
            ThreatPoint::Today => Threat::Today,
            ThreatPoint::Lapse => Threat::Lapse,
            ThreatPoint::War => Threat::War,
            ThreatPoint::FreeTrade => Threat::FreeTrade,
        },
        solution: match args.solution {
            Sharing::EqualGains => Solution::EqualGains,
            Sharing::Nash => Solution::Nash,
            Sharing::KalaiSmorodinsky => Solution::KalaiSmorodinsky,
        },
        transfers: args.transfers,
        issues: faults.or(issues)?,
        day,
    };
    let record = question.day.as_ref().map(|_| scenario::Record::open(None, &[])).transpose()?;
    let (answer, warnings) = scenario::bargain_of(&question, record.as_ref())?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => {
            report::games::csv(&answer.players, answer.tariffs.as_deref(), answer.export_taxes.as_deref())
        }
        Format::Html => {
            drawn_html(&report::bargained::bargain(&answer), report::figures::frontier(&answer).as_slice())
        }
        Format::Svg => drawn_svg(report::figures::frontier(&answer).as_slice(), "two at the table")?,
        _ => report::bargained::bargain(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers `coalitions`.
///
/// # Errors
/// Faults of the economy or the candidates.
pub fn coalitions(args: &CoalitionsArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    if args.game.detail.is_some() {
        return Err(Failure::Misuse("a table of coalitions lists no rates: leave `--detail` out".into()));
    }
    let question = CoalitionQuestion {
        game: at_border(args.border, game(&args.game, &[])?),
        candidates: args.candidates.clone(),
        free_inside: args.free_inside,
    };
    let (answer, warnings) = scenario::coalitions_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::coalitions::csv(&answer),
        Format::Html => {
            drawn_html(&report::coalitions::text(&answer), &[report::figures::coalitions(&answer)])
        }
        Format::Svg => drawn_svg(&[report::figures::coalitions(&answer)], "a bloc")?,
        _ => report::coalitions::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Answers `weights`.
///
/// # Errors
/// Faults of the economy or the countries.
pub fn weights(args: &WeightsArgs) -> Result<ExitCode, Failure> {
    let form = args.output.form(FORMS)?;
    let question = WeightsQuestion {
        economy: args.economy.clone(),
        elasticity: args.elasticity.clone(),
        market: args.market.map(GameMarket::closure),
        deficits: args.deficits.closure(),
        countries: args.countries.clone(),
        observed: args.observed,
    };
    let (answer, warnings) = scenario::weights_of(&question)?;
    warn(&warnings, &args.output);
    args.output.write(&match form {
        Format::Json => json(&answer)?,
        Format::Csv => report::weights::csv(&answer),
        Format::Html => drawn_html(&report::weights::text(&answer), &report::figures::weights(&answer)),
        Format::Svg => drawn_svg(&report::figures::weights(&answer), "a country whose duties have weights")?,
        _ => report::weights::text(&answer),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The page of text under its figures.
pub fn drawn_html(text: &str, exhibits: &[Exhibit]) -> String {
    let title = exhibits.first().map_or("Détente", |exhibit| exhibit.title.as_str());
    report::sheet_of_figures::html(title, text, exhibits)
}

/// The first figure alone.
///
/// # Errors
/// Misuse, where there is none: it needs what `needs` says.
pub fn drawn_svg(exhibits: &[Exhibit], needs: &str) -> Result<String, Failure> {
    let none = || Failure::Misuse(format!("there is no figure to draw: it needs {needs}"));
    Ok(exhibits.first().ok_or_else(none)?.wide.standalone())
}

/// Codes with commas between them.
fn list(codes: &str) -> Vec<String> {
    codes.split(',').map(|code| code.trim().to_string()).filter(|code| !code.is_empty()).collect()
}

/// The game the words mean.
///
/// # Errors
/// `bad-revenue-weight`.
fn game(args: &GameArgs, blocs: &[String]) -> Result<GameQuestion, Faults> {
    Ok(GameQuestion {
        economy: args.economy.clone(),
        elasticity: args.elasticity.clone(),
        market: args.market.map(GameMarket::closure),
        links: args.links == Links::Yes,
        deficits: args.deficits.closure(),
        shape: match args.instrument {
            Instrument::Uniform => Shape::Uniform,
            Instrument::Partner => Shape::PerPartner,
            Instrument::Sector => Shape::PerSector,
            Instrument::PartnerSector => Shape::PerCell,
        },
        all_sectors: args.all_sectors,
        border: Border::Imports,
        subsidies: args.subsidies,
        floor_pct: args.floor,
        cap_pct: args.cap,
        exempt: args.exempt.clone(),
        wants: args.wants.wants()?,
        blocs: blocs.to_vec(),
        list_tariffs: args.detail == Some(Detail::Tariffs),
        threads: args.threads.map_or_else(
            || std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            usize::from,
        ),
    })
}

/// The same game at another border.
fn at_border(border: AtBorder, game: GameQuestion) -> GameQuestion {
    let border = match border {
        AtBorder::Imports => Border::Imports,
        AtBorder::Exports => Border::Exports,
        AtBorder::Both => Border::Both,
    };
    GameQuestion { border, ..game }
}

impl GameMarket {
    /// In the words of the equilibrium room.
    fn closure(self) -> firms::Market {
        match self {
            Self::Perfect => firms::Market::Perfect,
            Self::Firms => firms::Market::FixedFirms,
        }
    }
}

impl GameDeficits {
    /// In the words of the equilibrium room.
    fn closure(self) -> firms::Deficits {
        match self {
            Self::Held => firms::Deficits::Held,
            Self::Removed => firms::Deficits::Removed,
        }
    }
}
