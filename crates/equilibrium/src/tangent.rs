//! The equations, linearised at one world: how residuals move with the unknowns, and the transpose.
//!
//! The world is given by accounts: shares π, spending X, sales Y. At the baseline this serves the
//! preconditioner, at a solution the gradients (a solution's accounts are a baseline of their own).

use crate::accounts::Accounts;
use crate::anderson::dot;
use crate::layout::{LANES, Lane, Layout, lanes, lanes_mut};
use crate::options::Deficits;
use crate::padded::Padded;
use crate::sweep::{add_lanes, two_sums, widest};
use crate::unknowns::Unknowns;

/// The Jacobian of the residuals of `system.rs` at one world, never formed.
#[derive(Debug, Clone)]
pub(crate) struct Tangent {
    pub unknowns: Unknowns,
    /// π in the order of the hot pass.
    share: Vec<Lane>,
    /// ρ = π/((1+τ)x): the part of spending that producers receive.
    receipt: Vec<Lane>,
    /// π/(1+τ): the part that reaches the border; empty where it is ρ.
    border: Vec<Lane>,
    /// δ`[n,s]` = Σᵢ τ π/(1+τ): the part of spending that is duty.
    duty: Vec<f64>,
    /// X, Y as padded grids; what exporters' taxes less subsidies bring by sector.
    spending: Vec<f64>,
    output: Vec<f64>,
    taxed: Vec<f64>,
    /// I and wL.
    pub income: Vec<f64>,
    factors: Vec<f64>,
    /// D.
    deficit: Vec<f64>,
    deficits: Deficits,
    theta: Vec<f64>,
    /// 1/X and 1/Y, zero where nothing is bought or made.
    per_spending: Vec<f64>,
    per_output: Vec<f64>,
}

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

/// The values a product passes through; after a transposed one, what gradients by instrument read.
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
    bundle: Vec<f64>,
    by_exporter: Vec<Lane>,
    sums: Vec<Lane>,
    border_sums: Vec<Lane>,
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
        let lanes = vec![[0.0; LANES]; layout.countries * layout.blocks()];
        Self {
            output: vec![0.0; layout.grid()],
            revenue: vec![0.0; layout.countries],
            income: vec![0.0; layout.countries],
            index: vec![0.0; layout.grid()],
            cost: vec![0.0; layout.grid()],
            bundle: vec![0.0; layout.stride],
            by_exporter: lanes.clone(),
            sums: lanes.clone(),
            border_sums: lanes,
        }
    }
}

impl Tangent {
    pub fn at(accounts: &Accounts, deficits: Deficits, unknowns: Unknowns) -> Self {
        let layout = unknowns.layout;
        let empty = |wanted: bool| vec![[0.0; LANES]; if wanted { layout.cube() } else { 0 }];
        let wedged = accounts.exporter_wedge.is_some();
        let (mut share, mut receipt, mut border) = (empty(true), empty(true), empty(wedged));
        let (mut duty, mut taxed) = (vec![0.0; layout.grid()], vec![0.0; layout.grid()]);
        for ((n, i, s), π) in accounts.share.cells() {
            let (lane, place) = layout.cell(n.at(), i.at(), s.at());
            let landed = π / (1.0 + accounts.tariff[(n, i, s)]);
            let received = landed / accounts.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)]);
            share[lane][place] = *π;
            receipt[lane][place] = received;
            if wedged {
                border[lane][place] = landed;
            }
            duty[layout.at(n.at(), s.at())] += π - landed;
            taxed[layout.at(i.at(), s.at())] += (landed - received) * accounts.spending[(n, s)];
        }
        let mut theta = vec![1.0; layout.stride];
        theta[..layout.sectors].copy_from_slice(&accounts.theta);
        let spending = layout.pad(accounts.spending.as_slice(), 0.0);
        let output = layout.pad(accounts.output.as_slice(), 0.0);
        let inverse = |x: &f64| if *x > 0.0 { 1.0 / x } else { 0.0 };
        Self {
            unknowns: Unknowns { caps: 0, ..unknowns },
            share,
            receipt,
            border,
            duty,
            per_spending: spending.iter().map(inverse).collect(),
            per_output: output.iter().map(inverse).collect(),
            spending,
            output,
            taxed,
            income: accounts.income.clone(),
            factors: accounts.factor_income.clone(),
            deficit: accounts.deficit.clone(),
            deficits,
            theta,
        }
    }

    /// How the residuals move with the unknowns: J v.
    pub fn forward(&self, base: &Padded, v: &[f64], out: &mut [f64], scratch: &mut Pulled) {
        let layout = self.unknowns.layout;
        let (wages, prices) = (&v[self.unknowns.wages()], &v[self.unknowns.prices()]);
        let (spending, output) = (&v[self.unknowns.spending()], &v[self.unknowns.output()]);
        for n in 0..layout.countries {
            let row = layout.row(n);
            let cost = &mut scratch.cost[row.clone()];
            for (c, γᵛ) in cost.iter_mut().zip(&base.factor_share[row.clone()]) {
                *c = γᵛ * wages[n];
            }
            add_product(cost, &base.input_by_input, layout, n, &prices[row.clone()]);
            if self.unknowns.elastic {
                base.form.cost_of_bundle(cost, row.clone(), wages[n], &output[row]);
            }
            for (block, c) in lanes(cost).iter().enumerate() {
                scratch.by_exporter[block * layout.countries + n] = *c;
            }
        }
        let (head, rest) = out.split_at_mut(self.unknowns.prices().end);
        self.forward_pass(prices, spending, &mut head[self.unknowns.prices()], scratch);
        let (demands, outputs) = rest.split_at_mut(layout.grid());
        let world: f64 = self.factors.iter().sum();
        let moved: f64 = self.factors.iter().zip(wages).map(|(wl, dw)| wl * dw).sum();
        for n in 0..layout.countries {
            let row = layout.row(n);
            for at in row.clone() {
                let (block, lane) = ((at - row.start) / LANES, (at - row.start) % LANES);
                let θ = self.theta[at - row.start];
                let sum = scratch.sums[block * layout.countries + n][lane];
                scratch.output[at] = sum - θ * self.output[at] * scratch.cost[at];
                if !self.border.is_empty() {
                    let border = scratch.border_sums[block * layout.countries + n][lane];
                    scratch.revenue[n] += border - sum - θ * self.taxed[at] * scratch.cost[at];
                }
            }
            let income =
                self.factors[n] * wages[n] + scratch.revenue[n] + self.deficit_change(n, wages, world);
            let demand = &mut demands[row.clone()];
            for (x, α) in demand.iter_mut().zip(&base.final_share[row.clone()]) {
                *x = α * income;
            }
            add_product(demand, &base.input_by_user, layout, n, &scratch.output[row.clone()]);
            let pers = &self.per_spending[row.clone()];
            for ((x, per), before) in demand.iter_mut().zip(pers).zip(&spending[row.clone()]) {
                *x = *x * per - before;
            }
            if self.unknowns.elastic {
                for at in row.clone() {
                    outputs[at] = scratch.output[at] * self.per_output[at] - output[at];
                }
            }
            let earned = dot(&base.factor_share[row.clone()], &scratch.output[row]);
            let relative = if self.factors[n] > 0.0 { earned / self.factors[n] } else { 0.0 };
            head[n] = relative - wages[n] - moved / world;
        }
    }

    /// The transpose: J′ λ plus what the outcome adds. Zero at the multipliers of the outcome.
    pub fn transposed(
        &self,
        base: &Padded,
        λ: &[f64],
        sources: &Sources,
        out: &mut [f64],
        pulled: &mut Pulled,
    ) {
        let layout = self.unknowns.layout;
        let (wages, prices) = (&λ[self.unknowns.wages()], &λ[self.unknowns.prices()]);
        let (spending, outputs) = (&λ[self.unknowns.spending()], &λ[self.unknowns.output()]);
        let on_all: f64 = wages.iter().sum();
        let world: f64 = self.factors.iter().sum();
        let out_spending = &mut out[self.unknowns.spending()];
        for n in 0..layout.countries {
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
            if self.unknowns.elastic {
                for ((y, λq), per) in
                    made.iter_mut().zip(&outputs[row.clone()]).zip(&self.per_output[row.clone()])
                {
                    *y += λq * per;
                }
            }
            add_product(made, &base.input_by_input, layout, n, &out_spending[row.clone()]);
            let on_taxes = if self.border.is_empty() { 0.0 } else { pulled.revenue[n] };
            for (block, y) in lanes(&pulled.output[row]).iter().enumerate() {
                let to = &mut pulled.by_exporter[block * layout.countries + n];
                for lane in 0..LANES {
                    to[lane] = y[lane] - on_taxes;
                }
            }
        }
        self.transposed_pass(prices, spending, out_spending, pulled);
        let (head, rest) = out.split_at_mut(self.unknowns.spending().end);
        let (out_wages, back) = head.split_at_mut(layout.countries);
        for n in 0..layout.countries {
            let row = layout.row(n);
            for at in row.clone() {
                let (block, lane) = ((at - row.start) / LANES, (at - row.start) % LANES);
                let sum = pulled.sums[block * layout.countries + n][lane];
                pulled.cost[at] = -self.theta[at - row.start]
                    * (self.output[at] * pulled.output[at] + self.taxed[at] * pulled.revenue[n] + sum);
            }
            let mut own_wage = 0.0;
            pulled.bundle.copy_from_slice(&pulled.cost[row.clone()]);
            if self.unknowns.elastic {
                for at in row.clone() {
                    rest[at] = base.form.on_output[at] * pulled.cost[at] - outputs[at];
                    own_wage += base.form.on_wage[at] * pulled.cost[at];
                    pulled.bundle[at - row.start] *= base.form.on_bundle[at - row.start];
                }
            }
            let back = &mut back[row.clone()];
            for ((p, λp), source) in
                back.iter_mut().zip(&prices[row.clone()]).zip(&sources.price[row.clone()])
            {
                *p = source - λp;
            }
            add_product(back, &base.input_by_user, layout, n, &pulled.bundle);
            out_wages[n] = sources.wage[n]
                + own_wage
                + dot(&base.factor_share[row.clone()], &pulled.bundle)
                + self.factors[n] * pulled.income[n]
                - wages[n]
                - self.factors[n] * on_all / world;
        }
        self.deficit_back(&pulled.income, out_wages, world);
    }

    /// Prices' residuals, duties, and what importers' spending brings to exporters.
    fn forward_pass(&self, prices: &[f64], spending: &[f64], out_prices: &mut [f64], scratch: &mut Pulled) {
        widest!(forward_over(self, prices, spending, out_prices, scratch));
    }

    /// Multipliers of ln Φ and spending, and what they bring to exporters' costs.
    fn transposed_pass(
        &self,
        prices: &[f64],
        spending: &[f64],
        out_spending: &mut [f64],
        pulled: &mut Pulled,
    ) {
        widest!(transposed_over(self, prices, spending, out_spending, pulled));
    }

    #[inline(always)]
    fn forward_lanes(&self, prices: &[f64], spending: &[f64], out_prices: &mut [f64], scratch: &mut Pulled) {
        let layout = self.unknowns.layout;
        let (n_all, blocks) = (layout.countries, layout.blocks());
        scratch.sums.fill([0.0; LANES]);
        scratch.border_sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let mut revenue = 0.0;
            for block in 0..blocks {
                let of = (n * blocks + block) * n_all..(n * blocks + block + 1) * n_all;
                let by = block * n_all..(block + 1) * n_all;
                let landed = if self.border.is_empty() { &self.receipt } else { &self.border };
                let (m, e) =
                    two_sums(&self.share[of.clone()], &landed[of.clone()], &scratch.by_exporter[by.clone()]);
                let mut t = [0.0; LANES];
                for lane in 0..LANES {
                    let at = layout.at(n, block * LANES + lane);
                    let θ = self.theta[block * LANES + lane];
                    out_prices[at] = m[lane] - prices[at];
                    t[lane] = self.spending[at] * (spending[at] + θ * m[lane]);
                    revenue += self.duty[at] * t[lane] - θ * self.spending[at] * (m[lane] - e[lane]);
                }
                add_lanes(&mut scratch.sums[by.clone()], &self.receipt[of.clone()], &t);
                if !self.border.is_empty() {
                    add_lanes(&mut scratch.border_sums[by], &self.border[of], &t);
                }
            }
            scratch.revenue[n] = revenue;
        }
    }

    #[inline(always)]
    fn transposed_lanes(
        &self,
        prices: &[f64],
        spending: &[f64],
        out_spending: &mut [f64],
        pulled: &mut Pulled,
    ) {
        let layout = self.unknowns.layout;
        let (n_all, blocks) = (layout.countries, layout.blocks());
        pulled.sums.fill([0.0; LANES]);
        for n in 0..n_all {
            let on_revenue = pulled.revenue[n];
            for block in 0..blocks {
                let of = (n * blocks + block) * n_all..(n * blocks + block + 1) * n_all;
                let by = block * n_all..(block + 1) * n_all;
                let mut received = one_sum(&self.receipt[of.clone()], &pulled.by_exporter[by.clone()]);
                if !self.border.is_empty() {
                    for (π, on_taxes) in self.border[of.clone()].iter().zip(&pulled.revenue) {
                        for lane in 0..LANES {
                            received[lane] += π[lane] * on_taxes;
                        }
                    }
                }
                let (mut on_share, mut on_landed) = ([0.0; LANES], [0.0; LANES]);
                for lane in 0..LANES {
                    let at = layout.at(n, block * LANES + lane);
                    let x = self.spending[at];
                    let used = x * (received[lane] + self.duty[at] * on_revenue);
                    let on_index = -prices[at] / self.theta[block * LANES + lane] - used;
                    pulled.index[at] = on_index;
                    out_spending[at] = used - spending[at];
                    on_share[lane] = on_index + x * on_revenue;
                    on_landed[lane] = x * on_revenue;
                }
                let landed = if self.border.is_empty() { &self.receipt } else { &self.border };
                let cells = self.share[of.clone()].iter().zip(&landed[of]);
                for (sum, (π, ρ)) in pulled.sums[by].iter_mut().zip(cells) {
                    for lane in 0..LANES {
                        sum[lane] += π[lane] * on_share[lane] - ρ[lane] * on_landed[lane];
                    }
                }
            }
        }
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

/// The linearised passes for any processor.
mod portable {
    use super::{Pulled, Tangent};
    pub fn forward_over(
        at: &Tangent,
        prices: &[f64],
        spending: &[f64],
        out: &mut [f64],
        scratch: &mut Pulled,
    ) {
        at.forward_lanes(prices, spending, out, scratch);
    }
    pub fn transposed_over(
        at: &Tangent,
        prices: &[f64],
        spending: &[f64],
        out: &mut [f64],
        pulled: &mut Pulled,
    ) {
        at.transposed_lanes(prices, spending, out, pulled);
    }
}

/// The same, compiled for processors with AVX2.
#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::{Pulled, Tangent};
    #[target_feature(enable = "avx2")]
    pub fn forward_over(
        at: &Tangent,
        prices: &[f64],
        spending: &[f64],
        out: &mut [f64],
        scratch: &mut Pulled,
    ) {
        at.forward_lanes(prices, spending, out, scratch);
    }
    #[target_feature(enable = "avx2")]
    pub fn transposed_over(
        at: &Tangent,
        prices: &[f64],
        spending: &[f64],
        out: &mut [f64],
        pulled: &mut Pulled,
    ) {
        at.transposed_lanes(prices, spending, out, pulled);
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

/// Σᵢ a u by lane.
#[inline(always)]
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
pub(crate) mod tests {
    use terms::{Cube, Grid, Rate};

    use super::*;
    use crate::made_up::{Digits, made_up};
    use crate::shock::Scenario;
    use crate::system::Evaluation;
    use crate::{Baseline, Competition, Counterfactual, Labour, Options, Scale, Settings};

    /// Baselines under every closure, and one with taxes on exports and subsidies on output.
    pub(crate) fn bases() -> Vec<Baseline> {
        let mut bases = Vec::new();
        for links in [true, false] {
            let accounts = || {
                let plain = made_up(4, 3, links, 7);
                Accounts { psi: Some(vec![0.1, 0.0, 0.2]), ..plain }
            };
            for options in [
                Options::default(),
                Options { deficits: Deficits::Scaled, ..Options::default() },
                Options { labour: Labour::Specific { kappa: 1.5 }, ..Options::default() },
                Options { market: Competition::Entry, ..Options::default() },
                Options {
                    scale: Scale::External,
                    labour: Labour::Specific { kappa: 2.0 },
                    ..Options::default()
                },
            ] {
                let base = Baseline::of_accounts(accounts(), &options).unwrap();
                let mut digits = Digits::seed(9);
                let taxes = Cube::from_fn(4, 3, |_, _, _| Rate::share(0.2 * digits.next()));
                let subsidies = Grid::from_fn(4, 3, |_, _| Rate::share(0.1 * digits.next()));
                let question =
                    Counterfactual::of(&base).with_export_taxes(taxes).with_production_subsidies(subsidies);
                let sharp = Settings { tolerance: 1e-13, ..Settings::default() };
                let taxed = question.solve(&sharp).unwrap();
                assert!(taxed.status.cleared(), "{options:?} {:?}", taxed.certificate);
                bases.push(Baseline::of_accounts(taxed.accounts(), &options).unwrap());
                bases.push(base);
            }
        }
        bases
    }

    #[test]
    fn the_tangent_is_the_derivative_of_the_residuals() {
        for base in bases() {
            let layout = base.layout;
            let length = base.unknowns.len();
            let tangent = Tangent::at(base.accounts(), base.options().deficits, base.unknowns);
            let mut scenario = Scenario::of(&base);
            let mut digits = Digits::seed(3);
            let direction: Vec<f64> = (0..length).map(|_| digits.next() - 0.5).collect();
            let mut at = Evaluation::new(&base);
            let mut residual = |step: f64| {
                let point: Vec<f64> = direction.iter().map(|d| step * d).collect();
                let mut out = vec![0.0; length];
                at.evaluate(&base, &mut scenario, &point, &mut out);
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
            let length = base.unknowns.len();
            let tangent = Tangent::at(base.accounts(), base.options().deficits, base.unknowns);
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
