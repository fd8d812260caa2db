//! How factors, incomes and caps answer wages, incomes and rents, exactly, at settled sectors.
//!
//! With Π and S the shares of buyers and of sellers among the firms that are there, y the change of ln(k M), and a, b
//! the changes of ln A and ln B where a rent moves,
//!
//! ```text
//! S Π y = d ln k + S (d ln X − Π a) + S b,     d ln M = y − d ln k,     d ln Φ = Π (y + a)
//! ```

use nalgebra::{DMatrix, DVector};

use super::outside::Outside;
use super::sector::{Sector, Shares};
use crate::options::Deficits;
use crate::power::exp;

/// What all countries earn, collect and buy under caps, by what moves: `[country or cap, unknown]`.
struct Moves {
    /// ∂ Σ M.
    earned: DMatrix<f64>,
    /// ∂ R′.
    revenue: DMatrix<f64>,
    /// ∂ ln(q̂/cap).
    excess: DMatrix<f64>,
}

/// A capped flow of one sector whose seller is there.
struct Rented {
    cap: usize,
    /// Who buys, and the seller's place among those who are there.
    importer: usize,
    seller: usize,
    /// Where its rent stands among the unknowns.
    column: usize,
    /// ∂ ln A, ∂ ln C and ∂ ln B by the log of its rent.
    slopes: [f64; 3],
}

impl Outside<'_> {
    /// ∂ gaps / ∂ (ln ŵ, ln I, ln(1+rent)) at settled sectors.
    pub fn jacobian(&self, at: &DVector<f64>) -> DMatrix<f64> {
        let accounts = self.base.accounts();
        let n_all = self.base.layout.countries;
        let moves = self.moves(at.len());
        let paid: Vec<f64> = (0..n_all).map(|n| exp(at[n]) * accounts.factor_income[n]).collect();
        let world: f64 = paid.iter().sum();
        let scaled = self.base.options().deficits == Deficits::Scaled;
        let spread: f64 = (0..n_all).map(|n| exp(at[n]) * accounts.deficit[n]).sum::<f64>() / world;
        let sold: Vec<f64> =
            (0..n_all).map(|n| self.sectors.iter().map(|sector| sector.sales[n]).sum()).collect();
        let kept: Vec<bool> =
            (2 * n_all..at.len()).map(|k| self.wanted(k - 2 * n_all, at[k]) > 0.0).collect();
        DMatrix::from_fn(at.len(), at.len(), |row, c| {
            let n = row % n_all;
            let own = if c == n { 1.0 } else { 0.0 };
            if row < n_all {
                if paid[n] == 0.0 {
                    return own;
                }
                let numeraire = if c < n_all { paid[c] / world } else { 0.0 };
                return moves.earned[(n, c)] / sold[n] - own - numeraire;
            }
            if row >= 2 * n_all {
                let cap = row - 2 * n_all;
                // Where the cap does not bind its equation is that the rent is zero.
                return match kept[cap] {
                    true => self.scenario.capped()[cap].wanted(0.0, moves.excess[(cap, c)]),
                    false => -f64::from(u8::from(c == row)),
                };
            }
            let mut moved = moves.revenue[(n, c)] + own * paid[n];
            if scaled && c < n_all {
                let on_spread = (exp(at[c]) * accounts.deficit[c] - spread * paid[c]) / world;
                moved += own * self.deficit[n] - paid[n] * on_spread;
            }
            let all = if c == row { self.received(n, paid[n]) } else { 0.0 };
            (moved - all) / exp(at[row])
        })
    }

    fn moves(&self, unknowns: usize) -> Moves {
        let n_all = self.base.layout.countries;
        let zeros = |rows| DMatrix::<f64>::zeros(rows, unknowns);
        let mut moves =
            Moves { earned: zeros(n_all), revenue: zeros(n_all), excess: zeros(unknowns - 2 * n_all) };
        for (s, sector) in self.sectors.iter().enumerate() {
            let of = sector.there();
            if !of.is_empty() {
                sector.add_moves(&of, &self.rented(s, &of), &mut moves);
            }
        }
        moves
    }

    /// The capped flows of a sector whose sellers are among `of`.
    fn rented(&self, s: usize, of: &[usize]) -> Vec<Rented> {
        let after = 2 * self.base.layout.countries;
        let caps = self.scenario.capped().iter().enumerate().filter(|(_, cap)| cap.sector == s);
        caps.filter_map(|(cap, capped)| {
            let seller = of.iter().position(|i| *i == capped.exporter)?;
            let (importer, column) = (capped.importer, after + cap);
            Some(Rented { cap, importer, seller, column, slopes: capped.slopes() })
        })
        .collect()
    }
}

impl Sector {
    /// Adds how this sector's sales, duties and capped flows answer; nothing where its answer is not settled.
    fn add_moves(&self, of: &[usize], rented: &[Rented], moves: &mut Moves) {
        let n_all = self.spending.len();
        let shares = self.shares(of);
        let Some(y) = self.offers_moved(of, &shares, rented, moves.earned.ncols()) else { return };
        let Shares { bought, landed, received } = &shares;
        // d ln X′/Φ of every buyer.
        let mut spread = -(bought * &y);
        (0..n_all).for_each(|n| spread[(n, n_all + n)] += 1.0);
        for flow in rented {
            let π = bought[(flow.importer, flow.seller)];
            spread[(flow.importer, flow.column)] -= π * flow.slopes[0];
        }
        let duty = (bought - landed).column_sum();
        let on_duty = (bought - landed) * &y;
        let mut taxed = landed - received;
        taxed.column_iter_mut().for_each(|mut column| column.component_mul_assign(&self.spending));
        let (tax, on_tax) = (taxed.row_sum(), taxed.tr_mul(&spread));
        for c in 0..moves.earned.ncols() {
            for n in (0..n_all).filter(|n| self.spending[*n] > 0.0) {
                moves.revenue[(n, c)] += self.spending[n] * (duty[n] * spread[(n, c)] + on_duty[(n, c)]);
            }
            for (k, &i) in of.iter().enumerate() {
                let dearer = if c == i { -(1.0 + self.theta) } else { 0.0 };
                moves.earned[(i, c)] += self.sales[i] * (y[(k, c)] - dearer);
                moves.revenue[(i, c)] += tax[k] * y[(k, c)] + on_tax[(k, c)];
            }
            for flow in rented {
                let variety = (1.0 + 1.0 / self.theta) * y[(flow.seller, c)];
                moves.excess[(flow.cap, c)] = variety + spread[(flow.importer, c)];
            }
        }
        for flow in rented {
            let (n, k, c) = (flow.importer, flow.seller, flow.column);
            let [a, l, b] = flow.slopes;
            let (π, ρ, r) = (bought[(n, k)], landed[(n, k)], received[(n, k)]);
            moves.revenue[(n, c)] += self.spending[n] * (π * a - ρ * l);
            moves.revenue[(of[k], c)] += self.spending[n] * (ρ * l - r * b);
            moves.excess[(flow.cap, c)] += b;
        }
    }

    /// y of the sellers that are there, by what moves.
    fn offers_moved(
        &self,
        of: &[usize],
        shares: &Shares,
        rented: &[Rented],
        unknowns: usize,
    ) -> Option<DMatrix<f64>> {
        let n_all = self.spending.len();
        let (crowding, sold) = self.crowding(of, shares);
        let mut right = DMatrix::from_fn(of.len(), unknowns, |k, c| {
            let dearer = if c == of[k] { -(1.0 + self.theta) } else { 0.0 };
            dearer + if (n_all..2 * n_all).contains(&c) { sold[(k, c - n_all)] } else { 0.0 }
        });
        for flow in rented {
            let [a, _, b] = flow.slopes;
            let n = flow.importer;
            for k in 0..of.len() {
                right[(k, flow.column)] -= sold[(k, n)] * shares.bought[(n, flow.seller)] * a;
            }
            right[(flow.seller, flow.column)] += sold[(flow.seller, n)] * b;
        }
        crowding.lu().solve(&right)
    }
}
