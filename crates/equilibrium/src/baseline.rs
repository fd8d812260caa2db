//! A baseline: a base year under one set of closures, with all work that scenarios share done once.

use std::sync::{Arc, OnceLock};

use diagnostic::{Diagnostic, Faults};
use economy::{Economy, Inputs};

use crate::accounts::Accounts;
use crate::counterfactual::Counterfactual;
use crate::entry_alone::sectors_apart;
use crate::evidence::Status;
use crate::feedback::Feedback;
use crate::layout::Layout;
use crate::options::{Deficits, Links, Options, Scale};
use crate::padded::Padded;
use crate::precondition::Preconditioner;
use crate::settings::Settings;
use crate::tangent::Tangent;
use crate::unknowns::Unknowns;

/// A base year ready for counterfactuals.
///
/// Reading an economy into shares, laying them out for the hot pass and inverting the preconditioner's
/// blocks happens here, once; every scenario of the same base year and closures reuses it.
#[derive(Debug, Clone)]
pub struct Baseline {
    accounts: Arc<Accounts>,
    options: Options,
    pub(crate) layout: Layout,
    pub(crate) unknowns: Unknowns,
    pub(crate) padded: Padded,
    pub(crate) preconditioner: Preconditioner,
    pub(crate) feedback: OnceLock<Option<Feedback>>,
}

impl Baseline {
    /// The baseline of an economy under the closures of `options`.
    ///
    /// # Errors
    /// `unknown-elasticity` or `missing-elasticity` when the economy lacks the elasticities asked for;
    /// `unbalanced-baseline` when deficits are to be removed and no balanced equilibrium is found, `unstable-base` when
    /// the recorded year does not rest under returns to scale ([`Feedback`]) and so cannot be moved;
    /// `impossible-kappa`, `two-scales`, `no-scale` when the options make no model; `no-factor-income` when a
    /// country's inputs, duty included, cost more than it sells.
    pub fn of(economy: &Economy, options: &Options) -> Result<Self, Faults> {
        let theta = economy.theta(options.elasticity.as_deref()).map_err(Faults::from)?;
        let inputs = match options.links {
            Links::Recorded => economy.inputs().map(Inputs::as_slice),
            Links::Absent => None,
        };
        let flows = Accounts::of_flows(economy.trade(), economy.tariffs(), inputs, &theta);
        Self::of_accounts(Accounts { psi: economy.elasticities().scale(), ..flows }, options)
    }

    /// The baseline of a base year in shares.
    ///
    /// # Errors
    /// As [`Self::of`].
    pub fn of_accounts(accounts: Accounts, options: &Options) -> Result<Self, Faults> {
        let accounts = match options.links {
            Links::Recorded => accounts,
            Links::Absent => accounts.without_links(),
        };
        options.check()?;
        if options.scale == Scale::External && accounts.psi.is_none() {
            return Err(Diagnostic::error(
                "no-scale",
                "external economies are asked for, and the economy has none",
            )
            .help("add the column `psi` to `elasticities.csv`: the elasticity of productivity to employment")
            .into());
        }
        check_factors(&accounts)?;
        let layout = Layout::new(accounts.countries(), accounts.sectors());
        let padded = Padded::of(&accounts, options, layout);
        let unknowns = Unknowns { layout, elastic: padded.form.elastic, caps: 0 };
        let tangent = Tangent::at(&accounts.levels(), options.deficits, unknowns);
        let this = Self {
            preconditioner: Preconditioner::of(&accounts, &tangent, &padded),
            padded,
            unknowns,
            accounts: Arc::new(accounts),
            options: options.clone(),
            layout,
            feedback: OnceLock::new(),
        };
        if options.deficits == Deficits::Removed && !this.accounts.is_balanced() {
            return this.balanced();
        }
        Ok(this)
    }

    /// The equilibrium without deficits at the same tariffs, as a baseline.
    fn balanced(&self) -> Result<Self, Faults> {
        // Where some firms leave, logs of what is left of the smallest carry fewer digits.
        let tolerance = if sectors_apart(self) { 1e-11 } else { 1e-13 };
        let settings = Settings { tolerance, ..Settings::default() };
        let solution = Counterfactual::of(self).solve(&settings)?;
        if let Status::Unstable { runs } = solution.status {
            return Err(Diagnostic::error(
                "unstable-base",
                format!("deficits cannot be removed from a world that does not rest: {runs} would run off"),
            )
            .note("costs fall as sectors grow, faster than what holds firms in place")
            .help("tie workers to sectors, leave input links out, or take constant returns")
            .into());
        }
        // Rounding may stop the last digits: what counts is the tolerance that scenarios are held to.
        if solution.certificate.largest_excess > Settings::default().tolerance {
            let message =
                format!("no equilibrium without deficits was found: {} is furthest", solution.certificate.at);
            return Err(Diagnostic::error("unbalanced-baseline", message)
                .help("hold or scale the deficits instead")
                .into());
        }
        let mut accounts = solution.accounts();
        accounts.deficit.fill(0.0);
        Self::of_accounts(accounts, &self.options)
    }

    /// The base year in shares.
    pub fn accounts(&self) -> &Accounts {
        &self.accounts
    }

    pub(crate) fn shared_accounts(&self) -> Arc<Accounts> {
        Arc::clone(&self.accounts)
    }

    /// The closures.
    pub fn options(&self) -> &Options {
        &self.options
    }
}

/// Every country that makes something earns something by it.
fn check_factors(accounts: &Accounts) -> Result<(), Faults> {
    let earns = accounts.factor_income.iter().enumerate();
    earns
        .filter(|(_, earned)| !(**earned >= 0.0 && earned.is_finite()))
        .map(|(n, earned)| {
            Diagnostic::error("no-factor-income", format!("the factors of country {n} earn {earned}"))
                .note("factor income is output less inputs at duty-paid prices")
                .help("look at the country's value added and its duties on inputs")
        })
        .collect::<Faults>()
        .or(())
}
