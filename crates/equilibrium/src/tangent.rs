//! The equations, linearised at one world: how residuals move with the unknowns, and the transpose.
//!
//! The world is given by accounts: shares π, spending X, sales Y. At the baseline this serves the
//! preconditioner, at a solution the gradients (a solution's accounts are a baseline of their own).

use crate::accounts::Accounts;
use crate::anderson::dot;
use crate::baseline::Padded;
use crate::layout::{LANES, Lane, Layout, lanes, lanes_mut};
use crate::options::Deficits;

/// The Jacobian of the residuals of `system.rs` at one world, never formed.
#[derive(Debug, Clone)]
pub(crate) struct Tangent {
    pub layout: Layout,
    /// π in the order of the hot pass.
    pub share: Vec<Lane>,
    /// ρ = π/(1+τ): the part of spending that the exporter receives.
    pub receipt: Vec<Lane>,
    /// δ`[n,s]` = Σᵢ (π − ρ): the part of spending that is duty.
    pub duty: Vec<f64>,
    /// X, Y as padded grids.
    pub spending: Vec<f64>,
    pub output: Vec<f64>,
    /// I and wL.
    pub income: Vec<f64>,
    pub factors: Vec<f64>,
    /// D.
    deficit: Vec<f64>,
    deficits: Deficits,
    pub theta: Vec<f64>,
    /// 1/X, zero where nothing is bought.
    per_spending: Vec<f64>,
}

/// A place for every equation or unknown, `[wages | prices | spending]`.
pub(crate) type Vector = [f64];

/// What an outcome adds to the transpose, by what it is an outcome of: the change of the outcome with ln ŵ,
/// ln P̂, Y, R and I, each at unchanged others.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    pub wage: Vec<f64>,
    pub price: Vec<f64>,
    pub output: Vec<f64>,
    pub revenue: Vec<f64>,
    pub income: Vec<f64>,
}

/// The values a transposed product passes through, which gradients by instrument read.
#[derive(Debug, Clone)]
pub(crate) struct Pulled {
    /// On Y`[i,s]`, Ȳ.
    pub output: Vec<f64>,
    /// On R`[n]`, R̄.
    pub revenue: Vec<f64>,
    /// On I`[n]`, Ī.
    pub income: Vec<f64>,
    /// On ln Φ`[n,s]`, Φ̄.
    pub index: Vec<f64>,
    /// On ln ĉ`[i,s]`.
    pub cost: Vec<f64>,
    by_exporter: Vec<Lane>,
    sums: Vec<Lane>,
}

impl Sources {
    pub fn none(layout: Layout) -> Self {
        Self {
            wage: vec![0.0; layout.countries],
            price: vec![0.0; layout.grid()],
            output: vec![0.0; layout.grid()],
            revenue: vec![0.0; layout.countries],
            income: vec![0.0; layout.countries],
        }
    }
}

impl Pulled {
    pub fn new(layout: Layout) -> Self {
        let lanes = layout.countries * layout.blocks();
        Self {
            output: vec![0.0; layout.grid()],
            revenue: vec![0.0; layout.countries],
            income: vec![0.0; layout.countries],
            index: vec![0.0; layout.grid()],
            cost: vec![0.0; layout.grid()],
            by_exporter: vec![[0.0; LANES]; lanes],
            sums: vec![[0.0; LANES]; lanes],
        }
    }
}

impl Tangent {
    pub fn at(accounts: &Accounts, deficits: Deficits, layout: Layout) -> Self {
        let mut share = vec![[0.0; LANES]; layout.cube()];
        let mut receipt = vec![[0.0; LANES]; layout.cube()];
        let mut duty = vec![0.0; layout.grid()];
        for ((n, i, s), π) in accounts.share.cells() {
            let (lane, place) = layout.cell(n.at(), i.at(), s.at());
            let received = π / (1.0 + accounts.tariff[(n, i, s)]);
            share[lane][place] = *π;
            receipt[lane][place] = received;
            duty[layout.at(n.at(), s.at())] += π - received;
        }
        let mut theta = vec![1.0; layout.stride];
        theta[..layout.sectors].copy_from_slice(&accounts.theta);
        let spending = layout.pad(accounts.spending.as_slice(), 0.0);
        let inverse = |x: &f64| if *x > 0.0 { 1.0 / x } else { 0.0 };
        Self {
            layout,
            share,
            receipt,
            duty,
            per_spending: spending.iter().map(inverse).collect(),
            spending,
            output: layout.pad(accounts.output.as_slice(), 0.0),
            income: accounts.income.clone(),
            factors: accounts.factor_income.clone(),
            deficit: accounts.deficit.clone(),
            deficits,
            theta,
        }
    }

    /// How the residuals move with the unknowns: J v.
    pub fn forward(&self, base: &Padded, v: &Vector, out: &mut Vector, scratch: &mut Pulled) {
        let layout = self.layout;
        let (n_all, grid) = (layout.countries, layout.grid());
        let (wages, rest) = v.split_at(n_all);
        let (prices, spending) = rest.split_at(grid);
        let (out_wages, out_rest) = out.split_at_mut(n_all);
        let (out_prices, out_spending) = out_rest.split_at_mut(grid);
        // d ln ĉ = γᵛ dw + Σ γ dp
        for n in 0..n_all {
            let row = layout.row(n);
            let cost = &mut scratch.cost[row.clone()];
            for (c, γᵛ) in cost.iter_mut().zip(&base.factor_share[row.clone()]) {
                *c = γᵛ * wages[n];
            }
            add_product(cost, &base.input_by_input, layout, n, &prices[row.clone()]);
            for (block, c) in lanes(cost).iter().enumerate() {
                scratch.by_exporter[block * n_all + n] = *c;
            }
        }
        scratch.sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let row = layout.row(n);
            let mut revenue = 0.0;
            for block in 0..layout.blocks() {
                let of = (n * layout.blocks() + block) * n_all..(n * layout.blocks() + block + 1) * n_all;
                let by = block * n_all..(block + 1) * n_all;
                let (m, e) = sums(
                    &self.share[of.clone()],
                    &self.receipt[of.clone()],
                    &scratch.by_exporter[by.clone()],
                );
                let mut t = [0.0; LANES];
                for lane in 0..LANES {
                    let at = row.start + block * LANES + lane;
                    let θ = self.theta[block * LANES + lane];
                    out_prices[at] = m[lane] - prices[at];
                    t[lane] = self.spending[at] * (spending[at] + θ * m[lane]);
                    revenue += self.duty[at] * t[lane] - θ * self.spending[at] * (m[lane] - e[lane]);
                }
                for (sum, ρ) in scratch.sums[by].iter_mut().zip(&self.receipt[of]) {
                    for lane in 0..LANES {
                        sum[lane] += ρ[lane] * t[lane];
                    }
                }
            }
            scratch.revenue[n] = revenue;
        }
        let world: f64 = self.factors.iter().sum();
        let moved: f64 = self.factors.iter().zip(wages).map(|(wl, dw)| wl * dw).sum();
        for n in 0..n_all {
            let row = layout.row(n);
            for block in 0..layout.blocks() {
                for lane in 0..LANES {
                    let at = row.start + block * LANES + lane;
                    scratch.output[at] = scratch.sums[block * n_all + n][lane]
                        - self.theta[block * LANES + lane] * self.output[at] * scratch.cost[at];
                }
            }
            let income =
                self.factors[n] * wages[n] + scratch.revenue[n] + self.deficit_change(n, wages, world);
            let demand = &mut out_spending[row.clone()];
            for (x, α) in demand.iter_mut().zip(&base.final_share[row.clone()]) {
                *x = α * income;
            }
            add_product(demand, &base.input_by_user, layout, n, &scratch.output[row.clone()]);
            for ((x, per), before) in
                demand.iter_mut().zip(&self.per_spending[row.clone()]).zip(&spending[row.clone()])
            {
                *x = *x * per - before;
            }
            let earned = dot(&base.factor_share[row.clone()], &scratch.output[row]);
            out_wages[n] =
                if self.factors[n] > 0.0 { earned / self.factors[n] } else { 0.0 } - wages[n] - moved / world;
        }
    }

    /// The transpose: J′ λ plus what the outcome adds. Zero at the multipliers of the outcome.
    pub fn transposed(
        &self,
        base: &Padded,
        λ: &Vector,
        sources: &Sources,
        out: &mut Vector,
        pulled: &mut Pulled,
    ) {
        let layout = self.layout;
        let (n_all, grid) = (layout.countries, layout.grid());
        let (wages, rest) = λ.split_at(n_all);
        let (prices, spending) = rest.split_at(grid);
        let (out_wages, out_rest) = out.split_at_mut(n_all);
        let (out_prices, out_spending) = out_rest.split_at_mut(grid);
        let on_all: f64 = wages.iter().sum();
        let world: f64 = self.factors.iter().sum();
        for n in 0..n_all {
            let row = layout.row(n);
            // Multipliers of demand, in money: λx/X; kept in the output's place until they are used.
            let demand = &mut out_spending[row.clone()];
            for ((x, λx), per) in
                demand.iter_mut().zip(&spending[row.clone()]).zip(&self.per_spending[row.clone()])
            {
                *x = λx * per;
            }
            pulled.income[n] = sources.income[n] + dot(&base.final_share[row.clone()], demand);
            pulled.revenue[n] = sources.revenue[n] + pulled.income[n];
            let per_factors = if self.factors[n] > 0.0 { wages[n] / self.factors[n] } else { 0.0 };
            let made = &mut pulled.output[row.clone()];
            for ((y, γᵛ), source) in
                made.iter_mut().zip(&base.factor_share[row.clone()]).zip(&sources.output[row.clone()])
            {
                *y = γᵛ * per_factors + source;
            }
            add_product(made, &base.input_by_input, layout, n, &out_spending[row.clone()]);
            for (block, y) in lanes(&pulled.output[row]).iter().enumerate() {
                pulled.by_exporter[block * n_all + n] = *y;
            }
        }
        pulled.sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let row = layout.row(n);
            let on_revenue = pulled.revenue[n];
            for block in 0..layout.blocks() {
                let of = (n * layout.blocks() + block) * n_all..(n * layout.blocks() + block + 1) * n_all;
                let by = block * n_all..(block + 1) * n_all;
                let received = one_sum(&self.receipt[of.clone()], &pulled.by_exporter[by.clone()]);
                let (mut on_share, mut on_receipt) = ([0.0; LANES], [0.0; LANES]);
                for lane in 0..LANES {
                    let at = row.start + block * LANES + lane;
                    let θ = self.theta[block * LANES + lane];
                    let x = self.spending[at];
                    let used = x * (received[lane] + self.duty[at] * on_revenue);
                    let on_index = -prices[at] / θ - used;
                    pulled.index[at] = on_index;
                    out_spending[at] = used - spending[at];
                    on_share[lane] = on_index + x * on_revenue;
                    on_receipt[lane] = x * on_revenue;
                }
                let cells = self.share[of.clone()].iter().zip(&self.receipt[of]);
                for (sum, (π, ρ)) in pulled.sums[by].iter_mut().zip(cells) {
                    for lane in 0..LANES {
                        sum[lane] += π[lane] * on_share[lane] - ρ[lane] * on_receipt[lane];
                    }
                }
            }
        }
        for n in 0..n_all {
            let row = layout.row(n);
            for block in 0..layout.blocks() {
                for lane in 0..LANES {
                    let at = row.start + block * LANES + lane;
                    pulled.cost[at] = -self.theta[block * LANES + lane]
                        * (self.output[at] * pulled.output[at] + pulled.sums[block * n_all + n][lane]);
                }
            }
            let back = &mut out_prices[row.clone()];
            for ((p, λp), source) in
                back.iter_mut().zip(&prices[row.clone()]).zip(&sources.price[row.clone()])
            {
                *p = source - λp;
            }
            add_product(back, &base.input_by_user, layout, n, &pulled.cost[row.clone()]);
            out_wages[n] = sources.wage[n]
                + dot(&base.factor_share[row.clone()], &pulled.cost[row])
                + self.factors[n] * pulled.income[n]
                - wages[n]
                - self.factors[n] * on_all / world;
        }
        self.deficit_back(&pulled.income, out_wages, world);
    }

    /// dD′`[n]`, zero unless deficits are scaled: D dw − wL Σ D dw / Σ wL (deficits of the point sum to zero).
    fn deficit_change(&self, n: usize, wages: &[f64], world: f64) -> f64 {
        if self.deficits != Deficits::Scaled {
            return 0.0;
        }
        self.deficit[n] * wages[n] - self.factors[n] * dot(&self.deficit, wages) / world
    }

    /// The transpose of [`Self::deficit_change`], added to `wages`.
    fn deficit_back(&self, income: &[f64], wages: &mut [f64], world: f64) {
        if self.deficits == Deficits::Scaled {
            let on_world = dot(&self.factors, income) / world;
            for ((w, d), on) in wages.iter_mut().zip(&self.deficit).zip(income) {
                *w += d * (on - on_world);
            }
        }
    }
}

/// `to += M x`, M one country's block, column by column. Nothing without links.
pub(crate) fn add_product(to: &mut [f64], blocks: &[f64], layout: Layout, n: usize, x: &[f64]) {
    if blocks.is_empty() {
        return;
    }
    let block = &blocks[n * layout.stride * layout.stride..(n + 1) * layout.stride * layout.stride];
    for (column, x) in block.chunks_exact(layout.stride).zip(x) {
        for (to, m) in lanes_mut(to).iter_mut().zip(lanes(column)) {
            for lane in 0..LANES {
                to[lane] += m[lane] * x;
            }
        }
    }
}

/// Σᵢ a u and Σᵢ b u by lane.
fn sums(a: &[Lane], b: &[Lane], u: &[Lane]) -> (Lane, Lane) {
    crate::sweep::two_sums(a, b, u)
}

/// Σᵢ a u by lane.
fn one_sum(a: &[Lane], u: &[Lane]) -> Lane {
    let mut halves = [[0.0; LANES]; 2];
    let (a2, a1) = a.as_chunks::<2>();
    let (u2, u1) = u.as_chunks::<2>();
    for (a, u) in a2.iter().zip(u2) {
        for half in 0..2 {
            for lane in 0..LANES {
                halves[half][lane] += a[half][lane] * u[half][lane];
            }
        }
    }
    for (a, u) in a1.iter().zip(u1) {
        for lane in 0..LANES {
            halves[0][lane] += a[lane] * u[lane];
        }
    }
    let mut sum = [0.0; LANES];
    for lane in 0..LANES {
        sum[lane] = halves[0][lane] + halves[1][lane];
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counterfactual::fold;
    use crate::made_up::{Digits, made_up};
    use crate::system::Evaluation;
    use crate::{Baseline, Options};

    fn bases() -> Vec<Baseline> {
        let mut bases = Vec::new();
        for links in [true, false] {
            for deficits in [Deficits::Held, Deficits::Scaled] {
                let options = Options { deficits, ..Options::default() };
                bases.push(Baseline::of_accounts(made_up(4, 3, links, 7), &options).unwrap());
            }
        }
        bases
    }

    #[test]
    fn the_tangent_is_the_derivative_of_the_residuals() {
        for base in bases() {
            let layout = base.layout;
            let length = layout.countries + 2 * layout.grid();
            let tangent = Tangent::at(base.accounts(), base.options().deficits, layout);
            let folded = fold(&base, &base.accounts().tariff.clone(), None);
            let mut digits = Digits::seed(3);
            let direction: Vec<f64> = (0..length).map(|_| digits.next() - 0.5).collect();
            let mut at = Evaluation::new(&base);
            let mut residual = |step: f64| {
                let point: Vec<f64> = direction.iter().map(|d| step * d).collect();
                let mut out = vec![0.0; length];
                at.evaluate(&base, &folded, &point, &mut out);
                out
            };
            let h = 1e-5;
            let (up, down) = (residual(h), residual(-h));
            let mut exact = vec![0.0; length];
            tangent.forward(&base.padded, &direction, &mut exact, &mut Pulled::new(layout));
            for k in 0..length {
                let slope = (up[k] - down[k]) / (2.0 * h);
                assert!((slope - exact[k]).abs() < 1e-8, "place {k}: {slope} against {}", exact[k]);
            }
        }
    }

    #[test]
    fn the_transpose_is_the_transpose() {
        for base in bases() {
            let layout = base.layout;
            let length = layout.countries + 2 * layout.grid();
            let tangent = Tangent::at(base.accounts(), base.options().deficits, layout);
            let mut digits = Digits::seed(5);
            let (v, λ): (Vec<f64>, Vec<f64>) = (0..length).map(|_| (digits.next(), digits.next())).unzip();
            let (mut jv, mut jλ) = (vec![0.0; length], vec![0.0; length]);
            let mut pulled = Pulled::new(layout);
            tangent.forward(&base.padded, &v, &mut jv, &mut pulled);
            tangent.transposed(&base.padded, &λ, &Sources::none(layout), &mut jλ, &mut pulled);
            let (a, b) = (dot(&jv, &λ), dot(&jλ, &v));
            assert!((a - b).abs() < 1e-12 * a.abs().max(1.0), "{a} against {b}");
        }
    }
}
