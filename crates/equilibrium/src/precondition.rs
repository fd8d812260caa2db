//! What one country's own markets do to each other, inverted once per baseline.
//!
//! Prices: within a country, a residual r of log prices is worked off by (I − Π Γ)⁻¹ r, Π the home shares.
//! Spending: a relative residual by (I − Γ′ Ω − α ρ′)⁻¹ r in levels, Ω the home part of sales.

use crate::accounts::Accounts;
use crate::dense::inverse;
use crate::layout::Layout;

/// The inverted blocks, `[country][column][row]` padded, so that a product runs down columns in lanes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preconditioner {
    prices: Vec<f64>,
    spending: Vec<f64>,
}

impl Preconditioner {
    pub fn of(accounts: &Accounts, layout: Layout) -> Self {
        let Some(γ) = &accounts.input_share else { return Self::default() };
        let (sectors, stride) = (layout.sectors, layout.stride);
        let mut this = Self {
            prices: vec![0.0; layout.countries * stride * stride],
            spending: vec![0.0; layout.countries * stride * stride],
        };
        let (mut price, mut spend) = (vec![0.0; sectors * sectors], vec![0.0; sectors * sectors]);
        for n in 0..layout.countries {
            let country = terms::CountryId::new(n);
            let home = accounts.share.sectors_of(country, country);
            let spending = accounts.spending.row(country);
            let final_share = accounts.final_share.row(country);
            for s in 0..sectors {
                for k in 0..sectors {
                    let unit = if s == k { 1.0 } else { 0.0 };
                    let sector = terms::SectorId::new(k);
                    // Row s is a price, column k the cost of an input k of sector s.
                    price[s * sectors + k] = unit - home[s] * γ[(n * sectors + s) * sectors + k];
                    // Row s is spending on s, column k spending on k, of which the home part pays user k.
                    let received = home[k] / (1.0 + accounts.tariff[(country, country, sector)]);
                    let duty: f64 = terms::CountryId::all(layout.countries)
                        .map(|i| {
                            let τ = accounts.tariff[(country, i, sector)];
                            accounts.share[(country, i, sector)] * τ / (1.0 + τ)
                        })
                        .sum();
                    let passed = γ[(n * sectors + k) * sectors + s] * received + final_share[s] * duty;
                    let relative = if spending[s] > 0.0 { spending[k] / spending[s] } else { 0.0 };
                    spend[s * sectors + k] = unit - passed * relative;
                }
            }
            for (block, into) in [(&mut price, &mut this.prices), (&mut spend, &mut this.spending)] {
                let inverse = inverse(block, sectors);
                for s in 0..sectors {
                    for k in 0..sectors {
                        let unit = if s == k { 1.0 } else { 0.0 };
                        let value = inverse.as_ref().map_or(unit, |m| m[s * sectors + k]);
                        into[(n * stride + k) * stride + s] = value;
                    }
                }
            }
        }
        this
    }

    /// Turns a residual `[wages | prices | spending]` into a step, in place. `work` is one padded row.
    pub fn apply(&self, layout: Layout, residual: &mut [f64], work: &mut [f64], wage_damping: f64) {
        let (wages, rest) = residual.split_at_mut(layout.countries);
        for wage in wages {
            *wage *= wage_damping;
        }
        if self.prices.is_empty() {
            return;
        }
        let (prices, spending) = rest.split_at_mut(layout.grid());
        for (blocks, values) in [(&self.prices, prices), (&self.spending, spending)] {
            for n in 0..layout.countries {
                let row = &mut values[layout.row(n)];
                work.fill(0.0);
                let block = &blocks[n * layout.stride * layout.stride..];
                for (column, value) in block.chunks_exact(layout.stride).zip(&*row) {
                    for (to, m) in work.iter_mut().zip(column) {
                        *to += m * value;
                    }
                }
                row.copy_from_slice(work);
            }
        }
    }
}
