//! How unit costs follow wages, input prices and, where a closure says so, a sector's own size.
//!
//! ```text
//! (E5′)  ln ĉ[i,k] = a[k] (γᵛ ln ŵ + Σₛ γ ln P̂) + b[i,k] ln ŵ + χ[i,k] ln Ŷ
//! ```
//!
//! Every closure of technology and labour is a choice of a, b and χ; the default is a = 1, b = χ = 0.
//!
//! - Specific factors: the sector's wage is ŵ (Ŷ/ŵ)^(1/κ), so factors add (γᵛ/κ)(ln Ŷ − ln ŵ).
//! - External economies: costs fall by ψ ln L̂ with L̂ = Ŷ/ŵ, in efficiency units (1 − 1/κ)(ln Ŷ − ln ŵ).
//! - Free entry: with c₀ the cost of the bundle, firms follow Ŷ/ĉ₀, so ln ĉ = ln ĉ₀ − (ln Ŷ − ln ĉ₀)/θ.

use std::ops::Range;

use crate::accounts::Accounts;
use crate::layout::Layout;
use crate::options::{Competition, Labour, Options, Scale};

/// The coefficients of (E5′), `a` by sector, `b` and χ as padded grids.
#[derive(Debug, Clone)]
pub(crate) struct CostForm {
    pub on_bundle: Vec<f64>,
    pub on_wage: Vec<f64>,
    pub on_output: Vec<f64>,
    /// Whether any χ differs from zero.
    pub elastic: bool,
    /// 1/κ: how far a sector's wage follows its share of factor income.
    pub tied: f64,
    /// By sector: the fall of costs with the number of firms, and with employment.
    entry: Vec<f64>,
    external: Vec<f64>,
}

impl CostForm {
    pub fn of(accounts: &Accounts, options: &Options, layout: Layout) -> Self {
        Self::of_theta(accounts, &accounts.theta, options, layout)
    }

    /// The same under other trade elasticities.
    pub fn of_theta(accounts: &Accounts, theta: &[f64], options: &Options, layout: Layout) -> Self {
        let tied = match options.labour {
            Labour::Mobile => 0.0,
            Labour::Specific { kappa } => 1.0 / kappa,
        };
        let entry = |s: usize| match options.market {
            Competition::Perfect => 0.0,
            Competition::Entry => 1.0 / theta[s],
        };
        let external = |s: usize| match (options.scale, &accounts.psi) {
            (Scale::External, Some(ψ)) => ψ[s] * (1.0 - tied),
            _ => 0.0,
        };
        let mut form = Self {
            on_bundle: vec![1.0; layout.stride],
            on_wage: vec![0.0; layout.grid()],
            on_output: vec![0.0; layout.grid()],
            elastic: false,
            tied,
            entry: (0..layout.sectors).map(entry).collect(),
            external: (0..layout.sectors).map(external).collect(),
        };
        for (n, s) in (0..layout.countries).flat_map(|n| (0..layout.sectors).map(move |s| (n, s))) {
            let at = layout.at(n, s);
            let γᵛ = accounts.factor_share.row(terms::CountryId::new(n))[s];
            let (entry, ψ) = (form.entry[s], form.external[s]);
            form.on_bundle[s] = 1.0 + entry;
            form.on_wage[at] = -(1.0 + entry) * γᵛ * tied + ψ;
            form.on_output[at] = (1.0 + entry) * γᵛ * tied - entry - ψ;
            form.elastic |= form.on_output[at] != 0.0;
        }
        form
    }

    /// The same with sizes given: costs that do not follow output.
    pub fn at_given_output(&self) -> Self {
        Self { on_output: vec![0.0; self.on_output.len()], ..self.clone() }
    }

    /// (E5′) for one country's row, in place: `cost` comes as the log cost of the bundle.
    #[inline(always)]
    pub fn cost_of_bundle(&self, cost: &mut [f64], row: Range<usize>, ln_wage: f64, ln_output: &[f64]) {
        let cells = self.on_wage[row.clone()].iter().zip(&self.on_output[row]).zip(ln_output);
        for ((c, a), ((b, χ), q)) in cost.iter_mut().zip(&self.on_bundle).zip(cells) {
            *c = a * *c + b * ln_wage + χ * q;
        }
    }

    /// Whether costs fall with size in any sector.
    pub fn has_scale(&self) -> bool {
        self.entry.iter().chain(&self.external).any(|x| *x != 0.0)
    }

    /// The fall of a sector's log cost with the log of its size.
    pub fn returns(&self, s: usize) -> f64 {
        self.entry[s] + self.external[s]
    }

    /// By how much scale has lowered a sector's log cost: what it costs without the gain, less what it costs.
    pub fn scale_gain(&self, s: usize, ln_cost: f64, ln_wage: f64, ln_output: f64) -> f64 {
        let e = self.entry[s];
        (ln_cost + e * ln_output) / (1.0 + e) - ln_cost + self.external[s] * (ln_output - ln_wage)
    }
}
