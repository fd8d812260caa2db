//! A question: which conflict, on which day, as known on which day, with which model.

use std::ops::Range;

use diagnostic::{Diagnostic, Faults, Source, help_nearest};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_spanned::Spanned;
use terms::{Archive, Country, Day};

use crate::archive::Embedded;
use crate::settings::{self, Told, settings};
use crate::{economies, words};

/// A scenario file, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The short name, by which commands know it.
    pub name: String,
    /// One line for a page; none: the parties and the day.
    pub title: Option<String>,
    /// The two governments.
    pub parties: [Country; 2],
    /// The day asked about.
    pub on: Day,
    /// The last day of publication that counts.
    pub known_on: Day,
    /// The economy and the closure.
    pub model: Model,
    /// How the truce is kept.
    pub truce: TruceRules,
}

/// The economy and the closure of the model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// `default`, or the path of an economy folder.
    pub economy: String,
    /// Whether industries buy inputs from each other.
    pub links: bool,
    /// What happens to trade deficits: `held`, `scaled` or `removed`.
    pub deficits: equilibrium::Deficits,
    /// Elasticity sets; the first makes the central numbers, the others the bands.
    pub elasticities: Vec<String>,
}

/// How the truce is kept or broken.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TruceRules {
    /// The agreement meant, with or without `ag-`; none: the latest whose window holds the day.
    #[serde(default)]
    pub agreement: Option<String>,
    /// Months between a breach and its answer.
    #[serde(default = "one")]
    pub detection_lag_months: f64,
    /// Which package answers a breach.
    #[serde(default)]
    pub punishment: Punishment,
    /// For how many months; none: for good.
    #[serde(default)]
    pub punishment_months: Option<f64>,
    /// The odds that a truce kept to its deadline goes on rather than lapses: a user's judgement.
    #[serde(default)]
    pub extension_odds: f64,
    /// The rate per year at which both sides discount, as a share.
    #[serde(default = "five_per_cent")]
    pub patience_per_year: f64,
}

const fn one() -> f64 {
    1.0
}

const fn five_per_cent() -> f64 {
    0.05
}

/// What answers a breach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Punishment {
    /// The highest duties that were in force so far, on both sides.
    #[default]
    Peak,
    /// What a lapse returns, on both sides: the suspended points snap back.
    #[serde(alias = "snap-back")]
    Lapse,
    /// A war in headlines: each side's best duty on all goods of the other, against the other's.
    War,
}

impl Default for TruceRules {
    fn default() -> Self {
        Self {
            agreement: None,
            detection_lag_months: one(),
            punishment: Punishment::Peak,
            punishment_months: None,
            extension_odds: 0.0,
            patience_per_year: five_per_cent(),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    name: String,
    title: String,
    parties: Spanned<[String; 2]>,
    on: Spanned<String>,
    #[serde(default)]
    known_on: Option<Spanned<String>>,
    #[serde(default)]
    model: ModelTable,
    #[serde(default)]
    truce: TruceRules,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct ModelTable {
    economy: String,
    links: bool,
    deficits: Spanned<String>,
    elasticities: Vec<String>,
}

impl Default for ModelTable {
    fn default() -> Self {
        Self {
            economy: "default".into(),
            links: true,
            deficits: Spanned::new(0..0, "held".into()),
            elasticities: vec!["default".into()],
        }
    }
}

impl Question {
    /// Puts another economy in the place of the scenario's. Sets of elasticities that it does not have go; where it has
    /// not even the central one, the set that it names itself is taken.
    ///
    /// # Errors
    /// `unknown-economy`; faults of the economy.
    pub fn on_economy(&mut self, name: &str) -> Result<(), Faults> {
        let economy = economies::open(name)?.economy;
        let own: Vec<&str> = economy.elasticities().sets().collect();
        let sets = &mut self.model.elasticities;
        if sets.first().is_some_and(|central| own.contains(&central.as_str())) {
            sets.retain(|set| own.contains(&set.as_str()));
        } else if let Some(set) = economy.meta().elasticity.as_deref().or(own.first().copied()) {
            *sets = vec![set.to_string()];
        }
        self.model.economy = name.to_string();
        Ok(())
    }

    /// The names of the scenarios that ship with the product.
    pub fn built_in() -> Vec<String> {
        let paths = Embedded.list("scenarios").unwrap_or_default();
        let name = |path: &String| {
            path.strip_prefix("scenarios/").and_then(|p| p.strip_suffix(".toml")).map(str::to_string)
        };
        paths.iter().filter_map(name).collect()
    }

    /// The built-in scenario `name`.
    ///
    /// # Errors
    /// `unknown-scenario` with the names that exist.
    pub fn named(name: &str) -> Result<Self, Faults> {
        match Embedded.read(&format!("scenarios/{name}.toml")) {
            Ok(Some(bytes)) => {
                Self::read(&Source::new(format!("scenarios/{name}.toml"), String::from_utf8_lossy(&bytes)))
            }
            _ => {
                let known = Self::built_in();
                Err(Diagnostic::error("unknown-scenario", format!("no scenario is called `{name}`"))
                    .help_if(help_nearest(name, known.iter().map(String::as_str)))
                    .note(format!("built in: {}; a path to a `.toml` file works too", known.join(", ")))
                    .into())
            }
        }
    }

    /// Reads a scenario file.
    ///
    /// # Errors
    /// All faults of the file: an unknown key, a wrong date, a closure that does not exist.
    pub fn read(text: &Source) -> Result<Self, Faults> {
        let file: File = toml::from_str(text.text()).map_err(|error| {
            Faults::from(
                Diagnostic::error("scenario-unreadable", error.message().to_string())
                    .at(text.at(error.span().unwrap_or(0..0)), "here")
                    .help("a scenario has `name`, `title`, `parties`, `on`, and may have `known-on`, [model], [truce]"),
            )
        })?;
        let mut faults = Faults::new();
        let on = day(text, file.on.get_ref(), file.on.span(), &mut faults);
        let known_on = match &file.known_on {
            Some(known) => day(text, known.get_ref(), known.span(), &mut faults),
            None => on,
        };
        let deficits = words::deficits(file.model.deficits.get_ref()).unwrap_or_else(|| {
            faults.push(
                Diagnostic::error(
                    "unknown-closure",
                    format!("`{}` is no treatment of deficits", file.model.deficits.get_ref()),
                )
                .at(text.at(file.model.deficits.span()), "not known")
                .help("write `held`, `scaled` or `removed`"),
            );
            equilibrium::Deficits::default()
        });
        if file.model.elasticities.is_empty() {
            faults.push(
                Diagnostic::error("no-elasticity", "the model names no elasticity set")
                    .at(text.whole(), "[model] elasticities is empty")
                    .help("write `elasticities = [\"default\"]`"),
            );
        }
        let [first, second] = file.parties.get_ref();
        if first == second {
            faults.push(
                Diagnostic::error("same-party", format!("`{first}` stands on both sides"))
                    .at(text.at(file.parties.span()), "two different governments are needed")
                    .help("write `parties = [\"USA\", \"CHN\"]`"),
            );
        }
        let question = Self {
            name: file.name,
            title: Some(file.title),
            parties: [Country::new(first), Country::new(second)],
            on,
            known_on,
            model: Model {
                economy: file.model.economy,
                links: file.model.links,
                deficits,
                elasticities: file.model.elasticities,
            },
            truce: file.truce,
        };
        faults.or(question)
    }

    /// What a manifest says of it.
    pub(crate) fn settings(&self) -> Told {
        let (model, truce) = (&self.model, &self.truce);
        settings([
            ("scenario", json!(self.name)),
            ("parties", json!(self.parties)),
            ("on", json!(self.on)),
            ("known-on", json!(self.known_on)),
            ("economy", json!(model.economy)),
            ("links", json!(settings::links(model.links))),
            ("deficits", json!(settings::deficits(model.deficits))),
            ("elasticities", json!(model.elasticities)),
            ("truce.agreement", json!(truce.agreement)),
            ("truce.detection-lag-months", json!(truce.detection_lag_months)),
            ("truce.punishment", json!(truce.punishment)),
            ("truce.punishment-months", json!(truce.punishment_months)),
            ("truce.extension-odds", json!(truce.extension_odds)),
            ("truce.patience-per-year", json!(truce.patience_per_year)),
        ])
    }
}

fn day(text: &Source, written: &str, span: Range<usize>, faults: &mut Faults) -> Day {
    written.parse().unwrap_or_else(|_| {
        faults.push(
            Diagnostic::error("bad-date", format!("`{written}` is not a day of the calendar"))
                .at(text.at(span), "expected year-month-day")
                .help("write `2025-06-09`"),
        );
        Day::MIN
    })
}
