//! The transposed product for many outcomes at once: three products of matrices a sector, two a country.

use crate::options::Deficits;
use crate::padded::Padded;
use crate::panel::{Strip, WIDTH, add, add_times, multiply, multiply_transposed, times};
use crate::tangent::many::scatter;
use crate::tangent::{ManyPulled, ManySources, SectorMajor, Tangent};
use crate::widest::widest;

impl Tangent {
    /// J′ λ plus what the outcomes add, column by column as [`Tangent::transposed`].
    pub fn transposed_columns(
        &self,
        base: &Padded,
        shares: &SectorMajor,
        λ: &[Strip],
        sources: &ManySources,
        out: &mut [Strip],
        pulled: &mut ManyPulled,
    ) {
        columns_over(self, base, shares, λ, sources, out, pulled);
    }

    #[inline(always)]
    fn columns(
        &self,
        base: &Padded,
        shares: &SectorMajor,
        λ: &[Strip],
        sources: &ManySources,
        out: &mut [Strip],
        pulled: &mut ManyPulled,
    ) {
        pulled.begin(sources);
        let (head, rest) = out.split_at_mut(self.unknowns.prices().end);
        let (demands, outputs) = rest.split_at_mut(self.unknowns.layout.grid());
        self.value_sales(base, λ, sources, demands, pulled);
        self.value_costs(shares, λ, demands, pulled);
        scatter(demands, &sources.spending);
        self.value_inputs(base, λ, sources, head, outputs, pulled);
    }

    /// Ī, R̄ and Ȳ. Multipliers of demand in money, λx/X, are left in `demands`.
    #[inline(always)]
    fn value_sales(
        &self,
        base: &Padded,
        λ: &[Strip],
        sources: &ManySources,
        demands: &mut [Strip],
        pulled: &mut ManyPulled,
    ) {
        let (layout, unknowns) = (self.unknowns.layout, self.unknowns);
        let (spending, outputs) = (&λ[unknowns.spending()], &λ[unknowns.output()]);
        let size = layout.stride * layout.stride;
        for n in 0..layout.countries {
            let row = layout.row(n);
            let mut income = sources.income[n];
            for at in row.clone() {
                demands[at] = times(self.per_spending[at], &spending[at]);
                add_times(&mut income, base.final_share[at], &demands[at]);
            }
            pulled.income[n] = income;
            pulled.revenue[n] = sources.revenue[n];
            add(&mut pulled.revenue[n], &income);
            let per = if self.factors[n] > 0.0 { 1.0 / self.factors[n] } else { 0.0 };
            for at in row.clone() {
                add_times(&mut pulled.output[at], base.factor_share[at] * per, &λ[n]);
                if unknowns.elastic {
                    add_times(&mut pulled.output[at], self.per_output[at], &outputs[at]);
                }
            }
            if !base.input_by_user.is_empty() {
                let γ = &base.input_by_user[n * size..(n + 1) * size];
                multiply(&mut pulled.output[row.clone()], γ, layout.stride, &demands[row]);
            }
        }
    }

    /// Φ̄ and what falls on exporters' costs; the residuals of spending.
    #[inline(always)]
    fn value_costs(
        &self, shares: &SectorMajor, λ: &[Strip], demands: &mut [Strip], pulled: &mut ManyPulled
    ) {
        let (layout, unknowns) = (self.unknowns.layout, self.unknowns);
        let (prices, spending) = (&λ[unknowns.prices()], &λ[unknowns.spending()]);
        let size = layout.countries * layout.countries;
        for s in 0..layout.sectors {
            let matrix = s * size..(s + 1) * size;
            let (π, ρ) = (&shares.share_by_exporter[matrix.clone()], &shares.receipt[matrix.clone()]);
            for (i, y) in pulled.by_exporter.iter_mut().enumerate() {
                *y = pulled.output[layout.at(i, s)];
                if !shares.border.is_empty() {
                    add_times(y, -1.0, &pulled.revenue[i]);
                }
            }
            pulled.received.fill([0.0; WIDTH]);
            multiply(&mut pulled.received, ρ, layout.countries, &pulled.by_exporter);
            let landed = if shares.border.is_empty() { ρ } else { &shares.border[matrix] };
            if !shares.border.is_empty() {
                multiply(&mut pulled.received, landed, layout.countries, &pulled.revenue);
            }
            for n in 0..layout.countries {
                let at = layout.at(n, s);
                let (x, δ, θ) = (self.spending[at], self.duty[at], self.theta[s]);
                for k in 0..WIDTH {
                    let on_revenue = pulled.revenue[n][k];
                    let used = x * (pulled.received[n][k] + δ * on_revenue);
                    let on_index = pulled.index[at][k] - prices[at][k] / θ - used;
                    pulled.index[at][k] = on_index;
                    demands[at][k] = used - spending[at][k];
                    pulled.on_share[n][k] = on_index + x * on_revenue;
                    pulled.on_landed[n][k] = -x * on_revenue;
                }
            }
            let sums = &mut pulled.received;
            sums.fill([0.0; WIDTH]);
            multiply(sums, π, layout.countries, &pulled.on_share);
            multiply_transposed(sums, landed, layout.countries, &pulled.on_landed);
            for (i, sum) in sums.iter_mut().enumerate() {
                let at = layout.at(i, s);
                add_times(sum, self.output[at], &pulled.output[at]);
                if self.taxed[at] != 0.0 {
                    add_times(sum, self.taxed[at], &pulled.revenue[i]);
                }
                add_times(&mut pulled.cost[at], -self.theta[s], sum);
            }
        }
        for (n, s) in (0..layout.countries).flat_map(|n| (layout.sectors..layout.stride).map(move |s| (n, s)))
        {
            demands[layout.at(n, s)] = times(-1.0, &spending[layout.at(n, s)]);
        }
    }

    /// What costs are worth to input prices, wages and output: the residuals of all but spending.
    #[inline(always)]
    fn value_inputs(
        &self,
        base: &Padded,
        λ: &[Strip],
        sources: &ManySources,
        head: &mut [Strip],
        outputs: &mut [Strip],
        pulled: &mut ManyPulled,
    ) {
        let (layout, unknowns) = (self.unknowns.layout, self.unknowns);
        let (prices, on_outputs) = (&λ[unknowns.prices()], &λ[unknowns.output()]);
        let (wages, back) = head.split_at_mut(layout.countries);
        let size = layout.stride * layout.stride;
        let world: f64 = self.factors.iter().sum();
        let mut on_all = [0.0; WIDTH];
        λ[..layout.countries].iter().for_each(|λw| add(&mut on_all, λw));
        for n in 0..layout.countries {
            let row = layout.row(n);
            let mut wage = sources.wage[n];
            add_times(&mut wage, self.factors[n], &pulled.income[n]);
            add_times(&mut wage, -1.0, &λ[n]);
            add_times(&mut wage, -self.factors[n] / world, &on_all);
            for (k, at) in row.clone().enumerate() {
                let cost = pulled.cost[at];
                pulled.bundle[k] = cost;
                if unknowns.elastic {
                    outputs[at] = times(base.form.on_output[at], &cost);
                    add_times(&mut outputs[at], -1.0, &on_outputs[at]);
                    add_times(&mut wage, base.form.on_wage[at], &cost);
                    pulled.bundle[k] = times(base.form.on_bundle[k], &cost);
                }
                add_times(&mut wage, base.factor_share[at], &pulled.bundle[k]);
                back[at] = times(-1.0, &prices[at]);
            }
            wages[n] = wage;
            if !base.input_by_input.is_empty() {
                let γ = &base.input_by_input[n * size..(n + 1) * size];
                multiply(&mut back[row], γ, layout.stride, &pulled.bundle);
            }
        }
        scatter(back, &sources.price);
        if self.deficits == Deficits::Scaled {
            let mut on_world = [0.0; WIDTH];
            for (wl, on) in self.factors.iter().zip(&pulled.income) {
                add_times(&mut on_world, -wl / world, on);
            }
            for ((w, d), on) in wages.iter_mut().zip(&self.deficit).zip(&pulled.income) {
                add_times(w, *d, on);
                add_times(w, *d, &on_world);
            }
        }
    }
}

widest! {
    fn columns_over(
        at: &Tangent,
        base: &Padded,
        shares: &SectorMajor,
        λ: &[Strip],
        sources: &ManySources,
        out: &mut [Strip],
        pulled: &mut ManyPulled,
    ) {
        at.columns(base, shares, λ, sources, out, pulled);
    }
}
