//! The closure asked for in words, as the options of one system, or as fixed firms; what does not combine.

use diagnostic::{Diagnostic, Faults};
use economy::{Economy, Inputs};
use equilibrium::{Accounts, Baseline, Competition, Counterfactual, Options, Settings};
use equilibrium::{Deficits, Labour, Links, Scale, firms};
use serde_json::json;
use terms::{Cube, Rate};

use crate::clearing::{stalled, unstable};
use crate::settings::{self, Told, settings};

/// How markets for goods work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarketWord {
    /// Perfect competition (Armington; Eaton and Kortum).
    #[default]
    Perfect,
    /// Monopolistic competition with free entry (Krugman 1980).
    Entry,
    /// A given number of firms, which keep 1/σ of sales as profit (Ossa 2014).
    Firms,
}

/// The closure of a question.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closure {
    /// Whether sectors buy from each other; none: as the economy records, and not with fixed firms.
    pub links: Option<bool>,
    /// What happens to trade deficits.
    pub deficits: Deficits,
    /// How markets for goods work.
    pub market: MarketWord,
    /// Whether factors are tied to sectors.
    pub specific: bool,
    /// κ; none: 1.5 where factors are tied.
    pub kappa: Option<f64>,
    /// External economies of scale, by the economy's ψ.
    pub scale: bool,
}

impl Closure {
    /// κ where none is given: between the estimates of Galle, Rodríguez-Clare and Yi (2023), 1.42, and of Burstein,
    /// Morales and Vogel (2019), 1.78.
    pub const KAPPA: f64 = 1.5;

    /// Whether the words make one model on this economy.
    ///
    /// # Errors
    /// `impossible-closure`, once for each pair of words that exclude each other.
    pub fn check(&self, economy: &Economy) -> Result<(), Faults> {
        let mut faults = Faults::new();
        let mut not = |what: &str, why: &str, help: &str| {
            faults.push(Diagnostic::error("impossible-closure", what).note(why).help(help));
        };
        if self.links == Some(true) && economy.inputs().is_none() {
            not(
                &format!("input links are asked for, and the economy `{}` records none", economy.name()),
                "it has no table `use`",
                "leave `--links` out, or bring an economy with the tables `use` and `final`",
            );
        }
        if self.kappa.is_some() && !self.specific {
            not(
                "κ is given, and labour is mobile",
                "κ says how far abilities tie workers to sectors",
                "add `--labour specific`, or leave `--kappa` out",
            );
        }
        if self.market == MarketWord::Firms {
            let alone = "the closure of fixed firms (Ossa 2014) has one mobile factor and no input links";
            if self.links == Some(true) {
                not("fixed firms are asked for with input links", alone, "say `--links no`");
            }
            if self.specific {
                not("fixed firms are asked for with specific labour", alone, "say `--labour mobile`");
            }
            if self.scale {
                not("fixed firms are asked for with external scale", alone, "leave `--scale` out");
            }
            if self.deficits == Deficits::Scaled {
                not(
                    "fixed firms are asked for with scaled deficits",
                    "this closure holds deficits or removes them",
                    "say `--deficits held` or `--deficits removed`",
                );
            }
        }
        faults.or(())
    }

    /// The options of the general system.
    pub fn options(&self, elasticity: Option<String>) -> Options {
        Options {
            links: if self.links == Some(false) { Links::Absent } else { Links::Recorded },
            deficits: self.deficits,
            elasticity,
            market: match self.market {
                MarketWord::Entry => Competition::Entry,
                MarketWord::Perfect | MarketWord::Firms => Competition::Perfect,
            },
            labour: match self.specific {
                true => Labour::Specific { kappa: self.kappa.unwrap_or(Self::KAPPA) },
                false => Labour::Mobile,
            },
            scale: if self.scale { Scale::External } else { Scale::Constant },
            ..Options::default()
        }
    }

    /// Deficits as fixed firms know them.
    pub(super) fn firms_deficits(&self) -> firms::Deficits {
        match self.deficits {
            Deficits::Removed => firms::Deficits::Removed,
            Deficits::Held | Deficits::Scaled => firms::Deficits::Held,
        }
    }

    /// What a manifest says of it.
    pub(super) fn settings(&self) -> Told {
        let market = match self.market {
            MarketWord::Perfect => "perfect",
            MarketWord::Entry => "entry",
            MarketWord::Firms => "firms",
        };
        settings([
            ("links", json!(self.links.map(settings::links))),
            ("deficits", json!(settings::deficits(self.deficits))),
            ("market", json!(market)),
            ("labour", json!(if self.specific { "specific" } else { "mobile" })),
            ("kappa", json!(self.kappa)),
            ("scale", json!(self.scale)),
        ])
    }

    /// In words, for a page.
    pub(super) fn sentence(&self, economy: &Economy, sets: &str) -> String {
        if self.market == MarketWord::Firms {
            let deficits = match self.deficits {
                Deficits::Removed => "deficits removed first",
                Deficits::Held | Deficits::Scaled => "deficits held in units of world wages",
            };
            return format!(
                "exact hats, fixed firms with profits (Ossa 2014), no input links, {deficits}, elasticities `{sets}`"
            );
        }
        crate::words::model(economy, &self.options(Some(sets.to_string())))
    }
}

/// The baseline under θ; where `versus` is given, its world is solved first and becomes the base.
///
/// # Errors
/// As [`Baseline::of_accounts`]; `stalled`, `unstable-base`.
pub(crate) fn baseline(
    economy: &Economy,
    options: &Options,
    theta: &[f64],
    versus: Option<&Cube<Rate>>,
) -> Result<Baseline, Faults> {
    let inputs = match options.links {
        Links::Recorded => economy.inputs().map(Inputs::as_slice),
        Links::Absent => None,
    };
    let flows = Accounts::of_flows(economy.trade(), economy.tariffs(), inputs, theta);
    let accounts = Accounts { psi: economy.elasticities().scale(), ..flows };
    let scale = options.market == Competition::Entry || options.scale == Scale::External;
    if scale && options.deficits == Deficits::Removed {
        // Removing them moves the base, which it must bear: told in the economy's codes.
        let held = Options { deficits: Deficits::Held, ..options.clone() };
        let recorded = Baseline::of_accounts(accounts.clone(), &held)?;
        if let Some(feedback) = recorded.feedback().filter(|feedback| !feedback.rests()) {
            return Err(unstable(economy, &feedback).into());
        }
    }
    let baseline = Baseline::of_accounts(accounts, options)?;
    let Some(versus) = versus else { return Ok(baseline) };
    let first = Counterfactual::of(&baseline).under(versus.clone()).solve(&Settings::default())?;
    match stalled(economy, &first) {
        Some(fault) => Err(fault.into()),
        None => Baseline::of_accounts(first.accounts(), options),
    }
}
