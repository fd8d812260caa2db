//! A baseline: a base year under one set of closures, with all work that scenarios share done once.

use std::sync::Arc;

use diagnostic::{Diagnostic, Faults};
use economy::{Economy, Inputs};

use crate::accounts::Accounts;
use crate::counterfactual::Counterfactual;
use crate::layout::{LANES, Lane, Layout};
use crate::options::{Deficits, Links, Options};
use crate::precondition::Preconditioner;
use crate::settings::Settings;
use crate::tangent::Tangent;

/// A base year ready for counterfactuals.
///
/// Reading an economy into shares, laying them out for the hot pass and inverting the preconditioner's
/// blocks happens here, once; every scenario of the same base year and closures reuses it.
#[derive(Debug, Clone)]
pub struct Baseline {
    accounts: Arc<Accounts>,
    options: Options,
    pub(crate) layout: Layout,
    pub(crate) padded: Padded,
    pub(crate) preconditioner: Preconditioner,
}

/// The accounts laid out in lanes. Grids are padded; idle cells are one in `idle` and zero elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Padded {
    pub theta: Vec<f64>,
    pub share: Vec<Lane>,
    pub spending: Vec<f64>,
    pub factor_share: Vec<f64>,
    pub final_share: Vec<f64>,
    /// γ as `[country][user][input]`, empty without links.
    pub input_by_user: Vec<f64>,
    /// γ as `[country][input][user]`, empty without links.
    pub input_by_input: Vec<f64>,
}

impl Baseline {
    /// The baseline of an economy under the closures of `options`.
    ///
    /// # Errors
    /// `unknown-elasticity` or `missing-elasticity` when the economy lacks the elasticities asked for;
    /// `unbalanced-baseline` when deficits are to be removed and no balanced equilibrium is found.
    pub fn of(economy: &Economy, options: &Options) -> Result<Self, Faults> {
        let theta = economy.theta(options.elasticity.as_deref()).map_err(Faults::from)?;
        let inputs = match options.links {
            Links::Recorded => economy.inputs().map(Inputs::as_slice),
            Links::Absent => None,
        };
        Self::of_accounts(Accounts::of_flows(economy.trade(), economy.tariffs(), inputs, &theta), options)
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
        let layout = Layout::new(accounts.countries(), accounts.sectors());
        let padded = Padded::of(&accounts, layout);
        let tangent = Tangent::at(&accounts, options.deficits, layout);
        let this = Self {
            preconditioner: Preconditioner::of(&accounts, &tangent, &padded),
            padded,
            accounts: Arc::new(accounts),
            options: options.clone(),
            layout,
        };
        if options.deficits == Deficits::Removed && !this.accounts.is_balanced() {
            return this.balanced();
        }
        Ok(this)
    }

    /// The equilibrium without deficits at the same tariffs, as a baseline.
    fn balanced(&self) -> Result<Self, Faults> {
        let settings = Settings { tolerance: 1e-13, ..Settings::default() };
        let solution = Counterfactual::of(self).solve(&settings)?;
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

    /// D′ as a level that is held, given the closure: zero when removed.
    pub(crate) fn held_deficit(&self, n: usize) -> f64 {
        match self.options.deficits {
            Deficits::Held => self.accounts.deficit[n],
            Deficits::Scaled | Deficits::Removed => 0.0,
        }
    }
}

impl Padded {
    fn of(accounts: &Accounts, layout: Layout) -> Self {
        let (countries, sectors, stride) = (layout.countries, layout.sectors, layout.stride);
        let mut theta = vec![1.0; stride];
        theta[..sectors].copy_from_slice(&accounts.theta);
        let mut share = vec![[0.0; LANES]; layout.cube()];
        for ((n, i, s), π) in accounts.share.cells() {
            let (lane, place) = layout.cell(n.at(), i.at(), s.at());
            share[lane][place] = *π;
        }
        let mut input_by_user = Vec::new();
        let mut input_by_input = Vec::new();
        if let Some(γ) = &accounts.input_share {
            input_by_user = vec![0.0; countries * stride * stride];
            input_by_input = vec![0.0; countries * stride * stride];
            for n in 0..countries {
                for k in 0..sectors {
                    for s in 0..sectors {
                        let value = γ[(n * sectors + k) * sectors + s];
                        input_by_user[(n * stride + k) * stride + s] = value;
                        input_by_input[(n * stride + s) * stride + k] = value;
                    }
                }
            }
        }
        Self {
            theta,
            share,
            spending: layout.pad(accounts.spending.as_slice(), 0.0),
            factor_share: layout.pad(accounts.factor_share.as_slice(), 1.0),
            final_share: layout.pad(accounts.final_share.as_slice(), 0.0),
            input_by_user,
            input_by_input,
        }
    }
}
