//! The equations of `system.rs`, column by column: plain competition, input links, no caps.

use crate::baseline::Baseline;
use crate::options::Deficits;
use crate::panel::{Strip, WIDTH, add_products, add_times, multiply, multiply_transposed, times};
use crate::power::{exp, ln};
use crate::side_by_side::cells::Cells;
use crate::system::UNSOLD_FACTORS;
use crate::widest::widest;

/// The worlds of all columns at their points: grids are padded, a strip a cell.
#[derive(Debug, Clone)]
pub(super) struct World {
    cost: Vec<Strip>,
    spending: Vec<Strip>,
    output: Vec<Strip>,
    wage: Vec<Strip>,
    revenue: Vec<Strip>,
    /// One sector, a strip a country: ĉ^(−θ); what importers pay for it, then X′/Φ; what lands; what is received.
    power: Vec<Strip>,
    paid: Vec<Strip>,
    landed: Vec<Strip>,
    received: Vec<Strip>,
}

impl World {
    pub fn new(base: &Baseline) -> Self {
        let strips = |count: usize| vec![[0.0; WIDTH]; count];
        let (grid, countries) = (base.layout.grid(), base.layout.countries);
        Self {
            cost: strips(grid),
            spending: strips(grid),
            output: strips(grid),
            wage: strips(countries),
            revenue: strips(countries),
            power: strips(countries),
            paid: strips(countries),
            landed: strips(countries),
            received: strips(countries),
        }
    }

    /// The residuals of [`crate::system::Evaluation::evaluate`].
    pub fn evaluate(&mut self, base: &Baseline, cells: &Cells, point: &[Strip], residual: &mut [Strip]) {
        evaluate_over(self, base, cells, point, residual);
    }

    #[inline(always)]
    fn evaluate_strips(&mut self, base: &Baseline, cells: &Cells, point: &[Strip], residual: &mut [Strip]) {
        let (layout, unknowns) = (base.layout, base.unknowns);
        let size = layout.stride * layout.stride;
        let (ln_wage, ln_price) = (&point[unknowns.wages()], &point[unknowns.prices()]);
        let ln_spending = &point[unknowns.spending()];
        // (E5)
        for n in 0..layout.countries {
            let row = layout.row(n);
            self.wage[n] = each(&ln_wage[n], exp);
            for at in row.clone() {
                self.cost[at] = times(base.padded.factor_share[at], &ln_wage[n]);
            }
            let γ = &base.padded.input_by_user[n * size..(n + 1) * size];
            multiply(&mut self.cost[row.clone()], γ, layout.stride, &ln_price[row]);
        }
        for ((x, before), ln_x) in self.spending.iter_mut().zip(&base.padded.spending).zip(ln_spending) {
            *x = times(*before, &each(ln_x, exp));
        }
        self.revenue.fill([0.0; WIDTH]);
        let (gaps_of_wages, rest) = residual.split_at_mut(unknowns.wages().end);
        let (gaps_of_prices, gaps) = rest.split_at_mut(layout.grid());
        for s in 0..layout.sectors {
            self.sector(base, cells, s, ln_price, gaps_of_prices);
        }
        for n in 0..layout.countries {
            for at in layout.row(n).skip(layout.sectors) {
                gaps_of_prices[at] = times(-1.0, &ln_price[at]);
                self.output[at] = [0.0; WIDTH];
            }
        }
        self.markets(base, ln_spending, gaps_of_wages, gaps);
    }

    /// (E6), (E8) and (E9) of one sector.
    #[inline(always)]
    fn sector(&mut self, base: &Baseline, cells: &Cells, s: usize, ln_price: &[Strip], gaps: &mut [Strip]) {
        let (layout, n_all) = (base.layout, base.layout.countries);
        let (a, b) = (cells.matrix(&cells.share, s), cells.matrix(&cells.receipt, s));
        let θ = &cells.theta[s];
        for i in 0..n_all {
            self.power[i] = powers(θ, &self.cost[layout.at(i, s)]);
        }
        self.paid.fill([0.0; WIDTH]);
        self.landed.fill([0.0; WIDTH]);
        self.received.fill([0.0; WIDTH]);
        multiply(&mut self.paid, a, n_all, &self.power);
        multiply(&mut self.landed, b, n_all, &self.power);
        for own in &cells.own[s] {
            add_products(&mut self.paid[own.importer], &own.share, &self.power[own.exporter]);
            add_products(&mut self.landed[own.importer], &own.receipt, &self.power[own.exporter]);
        }
        for n in 0..n_all {
            let at = layout.at(n, s);
            let (paid, landed, spending) = (self.paid[n], self.landed[n], self.spending[at]);
            let index = paid.map(|paid| paid + base.padded.absent[at]);
            let (mut spread, mut duty) = ([0.0; WIDTH], [0.0; WIDTH]);
            for k in 0..WIDTH {
                spread[k] = spending[k] / index[k];
                duty[k] = paid[k] - landed[k];
            }
            add_products(&mut self.revenue[n], &spread, &duty);
            gaps[at] = price_gaps(&index, θ, &ln_price[at]);
            self.paid[n] = spread;
        }
        multiply_transposed(&mut self.received, b, n_all, &self.paid);
        for own in &cells.own[s] {
            add_products(&mut self.received[own.exporter], &own.receipt, &self.paid[own.importer]);
        }
        for i in 0..n_all {
            self.output[layout.at(i, s)] = [0.0; WIDTH];
            add_products(&mut self.output[layout.at(i, s)], &self.power[i], &self.received[i]);
        }
    }

    /// (E7), (E10) to (E12).
    #[inline(always)]
    fn markets(&self, base: &Baseline, ln_spending: &[Strip], of_wages: &mut [Strip], gaps: &mut [Strip]) {
        let (layout, accounts) = (base.layout, base.accounts());
        let size = layout.stride * layout.stride;
        let world = accounts.world_factor_income();
        let (mut factors, mut weighted) = ([0.0; WIDTH], [0.0; WIDTH]);
        for n in 0..layout.countries {
            add_times(&mut factors, accounts.factor_income[n], &self.wage[n]);
            add_times(&mut weighted, accounts.deficit[n], &self.wage[n]);
        }
        for n in 0..layout.countries {
            let row = layout.row(n);
            let paid = times(accounts.factor_income[n], &self.wage[n]);
            let mut income = self.revenue[n];
            let mut earned = [0.0; WIDTH];
            for k in 0..WIDTH {
                income[k] += paid[k]
                    + match base.options().deficits {
                        Deficits::Held => accounts.deficit[n],
                        Deficits::Removed => 0.0,
                        Deficits::Scaled => {
                            self.wage[n][k] * accounts.deficit[n] - paid[k] * (weighted[k] / factors[k])
                        }
                    };
            }
            for at in row.clone() {
                add_times(&mut earned, base.padded.factor_share[at], &self.output[at]);
                gaps[at] = times(base.padded.final_share[at], &income);
            }
            for k in 0..WIDTH {
                of_wages[n][k] = match (paid[k] > 0.0, earned[k] > 0.0) {
                    (true, true) => ln(earned[k] / paid[k]) + ln(world / factors[k]),
                    (true, false) => UNSOLD_FACTORS,
                    (false, _) => 0.0,
                };
            }
            let γ = &base.padded.input_by_input[n * size..(n + 1) * size];
            multiply(&mut gaps[row.clone()], γ, layout.stride, &self.output[row.clone()]);
            for at in row {
                let absent = base.padded.absent[at];
                gaps[at] = demand_gaps(&gaps[at], &self.spending[at], absent, &ln_spending[at]);
            }
        }
    }
}

/// −ln Φ/θ − ln P̂.
#[inline(always)]
fn price_gaps(index: &Strip, θ: &Strip, ln_price: &Strip) -> Strip {
    let (index, θ, ln_price) = (*index, *θ, *ln_price);
    let mut gaps = [0.0; WIDTH];
    for k in 0..WIDTH {
        gaps[k] = -ln(index[k]) / θ[k] - ln_price[k];
    }
    gaps
}

/// ln of demand over spending; where nothing is bought, both are zero, and ln X̂ is held at zero.
#[inline(always)]
fn demand_gaps(demand: &Strip, spending: &Strip, absent: f64, ln_spending: &Strip) -> Strip {
    let (demand, spending, ln_spending) = (*demand, *spending, *ln_spending);
    let mut gaps = [0.0; WIDTH];
    for k in 0..WIDTH {
        let (wanted, spent) = (demand[k] * (1.0 - absent) + absent, spending[k] * (1.0 - absent) + absent);
        gaps[k] = ln(wanted / spent) - absent * ln_spending[k];
    }
    gaps
}

/// ĉ^(−θ).
#[inline(always)]
fn powers(θ: &Strip, ln_cost: &Strip) -> Strip {
    let (θ, ln_cost) = (*θ, *ln_cost);
    let mut powers = [0.0; WIDTH];
    for k in 0..WIDTH {
        powers[k] = exp(-θ[k] * ln_cost[k]);
    }
    powers
}

#[inline(always)]
fn each(strip: &Strip, of: impl Fn(f64) -> f64) -> Strip {
    let strip = *strip;
    let mut out = [0.0; WIDTH];
    for k in 0..WIDTH {
        out[k] = of(strip[k]);
    }
    out
}

widest! {
    fn evaluate_over(
        at: &mut World,
        base: &Baseline,
        cells: &Cells,
        point: &[Strip],
        residual: &mut [Strip],
    ) {
        at.evaluate_strips(base, cells, point, residual);
    }
}
