//! What the outcome says in words: the closure of the model, definitions, caveats.

use economy::Economy;
use equilibrium::{Competition, Deficits, Labour, Links, Options, Scale};

use crate::brief::Definition;

/// One sentence: links, market, deficits, elasticities.
pub fn model(economy: &Economy, options: &Options) -> String {
    let links = match (options.links, economy.inputs().is_some()) {
        (Links::Recorded, true) => "input links as recorded (Caliendo and Parro 2015)",
        (Links::Recorded, false) => "no input links (the economy records none)",
        (Links::Absent, _) => "no input links (Armington)",
    };
    let deficits = match options.deficits {
        Deficits::Held => "deficits held in units of world factor income",
        Deficits::Scaled => "deficits scaled to own factor income",
        Deficits::Removed => "deficits removed first",
    };
    let set =
        options.elasticity.as_deref().or(economy.meta().elasticity.as_deref()).unwrap_or("the only set");
    let market = match options.market {
        Competition::Perfect => "perfect competition",
        Competition::Entry => "monopolistic competition with free entry",
    };
    let labour = match options.labour {
        Labour::Mobile => String::new(),
        Labour::Specific { kappa } => format!(", factors move by abilities (κ = {kappa})"),
    };
    let scale = match options.scale {
        Scale::Constant => "",
        Scale::External => ", external economies of scale",
    };
    format!("exact hats, {market}, {links}, {deficits}{labour}{scale}, elasticities `{set}`")
}

/// The treatment of deficits by its word.
pub fn deficits(word: &str) -> Option<Deficits> {
    match word {
        "held" => Some(Deficits::Held),
        "scaled" => Some(Deficits::Scaled),
        "removed" => Some(Deficits::Removed),
        _ => None,
    }
}

/// What a pair of packages is called.
pub(crate) fn cost_name(key: &str) -> &'static str {
    match key {
        "today" => "what is in force today",
        "lapse" => "if the truce lapses",
        "peak" => "the peak so far",
        _ => "no duties of the conflict",
    }
}

/// The terms a page uses.
pub(crate) fn definitions() -> Vec<Definition> {
    let rates = [
        tariffs::Definition::HeadlineAddOn,
        tariffs::Definition::TradeWeighted,
        tariffs::Definition::SimpleMean,
        tariffs::Definition::Coverage,
    ];
    let rates = rates.map(|rate| (rate.to_string(), rate.sentence().to_string()));
    let others = [
        (
            "suspended",
            "points of a duty that stand still; they return when the suspension ends, while what was ended cannot",
        ),
        ("lapse", "the end of a suspension that nobody prolongs"),
        (
            "day of the window",
            "the first day of the window is day 1; days left count the midnights to the first day without it",
        ),
        ("known on", "only texts published by the end of that day are used"),
        (
            "real income",
            "what a country can buy with its factor income, duties collected and deficit, in per cent of the same world without either side's duties of the conflict",
        ),
        (
            "temptation",
            "what a side gains each month by its best other package while the other side still holds",
        ),
        ("punishment", "what a side loses each month, against the truce, once the other side answers"),
        (
            "critical patience",
            "the least weight of next month beside this one at which keeping a truce without end pays; 0.996 is five per cent a year",
        ),
    ];
    let others = others.map(|(term, meaning)| (term.to_string(), meaning.to_string()));
    rates.into_iter().chain(others).map(|(term, meaning)| Definition { term, meaning }).collect()
}

/// What is simplified, in sentences.
pub(crate) fn caveats() -> Vec<String> {
    [
        "Packages hold the duties on all goods; duties on listed goods alone (Sections 301 and 232 of 2025, China's lists of February and March 2025) are named and not in the cost.",
        "The base year's rates hold the Section 301 and 232 duties collected in 2024, and not China's answers of 2018-19.",
        "What each duty reaches is a share of each sector's imports in 2024 (data/coverage), not of what is bought today.",
        "Long run: factors move between sectors, trade deficits stay as the closure says, no uncertainty of investors, no export controls.",
        "Bands are the lowest and highest over published elasticity sets; where a set is silent on a sector the default stands in.",
    ]
    .map(str::to_string)
    .to_vec()
}
