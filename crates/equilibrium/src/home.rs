//! What a country's own markets do to each other, at the baseline, everything abroad unchanged.

use terms::{CountryId, SectorId};

use crate::accounts::Accounts;
use crate::dense::inverse;

/// One country's blocks, row-major S × S, rows are residuals.
pub(crate) struct Home {
    /// (I − Π Γ)⁻¹: prices, given that home costs follow home prices.
    pub prices: Vec<f64>,
    /// (I − Γ′ Ω − α δ′)⁻¹: spending, given that home sales and duties follow home spending.
    pub spending: Vec<f64>,
    /// What home prices (columns) do to the residuals of home spending.
    pub price_on_spending: Vec<f64>,
    /// What home prices, then home spending, do to the country's wage residual.
    pub price_on_wage: Vec<f64>,
    pub spending_on_wage: Vec<f64>,
}

impl Home {
    pub fn of(accounts: &Accounts, n: CountryId) -> Self {
        let sectors = accounts.sectors();
        let size = sectors * sectors;
        let none = vec![0.0; if accounts.input_share.is_none() { size } else { 0 }];
        let γ = accounts.input_share.as_ref().map_or(&none[..], |γ| &γ[n.at() * size..(n.at() + 1) * size]);
        let γ = |k: usize, s: usize| γ[k * sectors + s];
        let home = accounts.share.sectors_of(n, n);
        let home_tariff = accounts.tariff.sectors_of(n, n);
        let received: Vec<f64> = home.iter().zip(home_tariff).map(|(π, τ)| π / (1.0 + τ)).collect();
        let mut duty = vec![0.0; sectors];
        for i in CountryId::all(accounts.countries()) {
            for s in SectorId::all(sectors) {
                let τ = accounts.tariff[(n, i, s)];
                duty[s.at()] += accounts.share[(n, i, s)] * τ / (1.0 + τ);
            }
        }
        let (spent, made) = (accounts.spending.row(n), accounts.output.row(n));
        let (α, γᵛ, θ) = (accounts.final_share.row(n), accounts.factor_share.row(n), &accounts.theta);
        let per = |x: f64| if x > 0.0 { 1.0 / x } else { 0.0 };
        let per_factors = per(accounts.factor_income[n.at()]);

        let mut prices = vec![0.0; size];
        let mut spending = vec![0.0; size];
        for row in 0..sectors {
            for column in 0..sectors {
                let unit = if row == column { 1.0 } else { 0.0 };
                prices[row * sectors + column] = unit - home[row] * γ(row, column);
                let passed = γ(column, row) * received[column] + α[row] * duty[column];
                spending[row * sectors + column] = unit - passed * spent[column] * per(spent[row]);
            }
        }
        let mut this = Self {
            prices: inverse_or_unit(prices, sectors),
            spending: inverse_or_unit(spending, sectors),
            price_on_spending: vec![0.0; size],
            price_on_wage: vec![0.0; sectors],
            spending_on_wage: (0..sectors).map(|j| γᵛ[j] * received[j] * spent[j] * per_factors).collect(),
        };
        // The price of k raises the cost of j by γ: sales fall by θ, less what home buyers cannot escape.
        let mut sold = vec![0.0; sectors];
        for k in 0..sectors {
            let mut collected = 0.0;
            for j in 0..sectors {
                let dearer = γ(j, k);
                let kept = spent[j] * θ[j] * home[j] * dearer;
                sold[j] = received[j] * kept - θ[j] * made[j] * dearer;
                collected += duty[j] * kept - θ[j] * spent[j] * (home[j] - received[j]) * dearer;
                this.price_on_wage[k] += γᵛ[j] * sold[j] * per_factors;
            }
            for s in 0..sectors {
                let demand: f64 = (0..sectors).map(|j| γ(j, s) * sold[j]).sum();
                this.price_on_spending[s * sectors + k] = (demand + α[s] * collected) * per(spent[s]);
            }
        }
        this
    }
}

/// The inverse, or the unit matrix where there is none: a preconditioner may be wrong, not absent.
fn inverse_or_unit(mut matrix: Vec<f64>, size: usize) -> Vec<f64> {
    inverse(&mut matrix, size).unwrap_or_else(|| {
        let mut unit = vec![0.0; size * size];
        unit.iter_mut().step_by(size + 1).for_each(|x| *x = 1.0);
        unit
    })
}
