//! A base year in shares: all that an equilibrium reads from an economy.

use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::tangent::Levels;

/// A base year as spending shares, cost shares and levels, at the prices buyers pay.
///
/// # Shapes
/// Cubes are `[importer, exporter, sector]`, grids `[country, sector]`.
/// # Units
/// Levels are in the economy's own money; shares and rates are fractions.
#[derive(Debug, Clone, PartialEq)]
pub struct Accounts {
    /// π: shares of the importer's spending on a sector, duty included; one over exporters where it spends.
    pub share: Cube<f64>,
    /// τ: duties of the base year.
    pub tariff: Cube<f64>,
    /// X: spending on a sector by all users, duty included.
    pub spending: Grid<f64>,
    /// Y: sales of a sector, as its producers receive them.
    pub output: Grid<f64>,
    /// γ`[country, user, input]`: the input's part of the user's cost, duty included. None: no input links.
    pub input_share: Option<Vec<f64>>,
    /// γᵛ: the part of a sector's cost that pays factors: what inputs and duty on inputs leave.
    pub factor_share: Grid<f64>,
    /// α: shares of final spending, duty included.
    pub final_share: Grid<f64>,
    /// I: final spending = factor income + duties collected + deficit.
    pub income: Vec<f64>,
    /// wL: income of factors = value added less duty on inputs.
    pub factor_income: Vec<f64>,
    /// R: duties collected, and what export taxes less subsidies bring.
    pub revenue: Vec<f64>,
    /// D: the deficit, income less what is earned and collected. Deficits sum to zero.
    pub deficit: Vec<f64>,
    /// x: what export taxes and production subsidies make of the exporter's price, (1+e)(1−σ). None: one.
    pub exporter_wedge: Option<Cube<f64>>,
    /// θ: the trade elasticity of each sector.
    pub theta: Vec<f64>,
    /// ψ: the elasticity of each sector's productivity to its employment. None: not known.
    pub psi: Option<Vec<f64>>,
}

impl Accounts {
    /// The accounts of flows before duty, as statistics record them.
    ///
    /// ```text
    /// (E1)  X[n,s] = Σᵢ (1+τ) T[n,i,s]          m[n,s] = X[n,s] / Σᵢ T[n,i,s]
    /// (E2)  γ[n,k,s] = m[n,s] U[n,k,s] / Y[n,k]   γᵛ[n,k] = 1 − Σₛ γ[n,k,s]
    /// (E3)  α[n,s] = (X[n,s] − Σₖ m[n,s] U[n,k,s]) / I[n]
    /// ```
    /// `trade` is T and `inputs` U`[country, user, input]`, both before duty; `inputs` absent means that all
    /// spending is final and all output is earned by factors. Buyers of an input share its mix of origins,
    /// and with it its average duty m. Duty on inputs is a cost: it lowers factor income.
    pub fn of_flows(trade: &Cube<f64>, tariff: &Cube<Rate>, inputs: Option<&[f64]>, theta: &[f64]) -> Self {
        let (countries, sectors) = (trade.countries(), trade.sectors());
        let all = || (CountryId::all(countries), SectorId::all(sectors));
        let mut before = Grid::filled(countries, sectors, 0.0);
        let mut spending = Grid::filled(countries, sectors, 0.0);
        let mut output = Grid::filled(countries, sectors, 0.0);
        let mut revenue = vec![0.0; countries];
        for ((n, i, s), &value) in trade.cells() {
            before[(n, s)] += value;
            spending[(n, s)] += value * tariff[(n, i, s)].wedge();
            output[(i, s)] += value;
            revenue[n.at()] += value * tariff[(n, i, s)].as_share();
        }
        let share = Cube::from_fn(countries, sectors, |n, i, s| {
            if spending[(n, s)] > 0.0 {
                trade[(n, i, s)] * tariff[(n, i, s)].wedge() / spending[(n, s)]
            } else {
                0.0
            }
        });
        let duty_factor = Grid::from_fn(countries, sectors, |n, s| {
            if before[(n, s)] > 0.0 { spending[(n, s)] / before[(n, s)] } else { 1.0 }
        });
        let place = |n: CountryId, k: usize, s: usize| (n.at() * sectors + k) * sectors + s;
        let mut final_use = spending.clone();
        let mut factor_share = Grid::filled(countries, sectors, 1.0);
        let input_share = inputs.map(|inputs| {
            let mut γ = vec![0.0; countries * sectors * sectors];
            for n in all().0 {
                for k in all().1 {
                    let made = output[(n, k)];
                    for s in all().1 {
                        let bought = inputs[place(n, k.at(), s.at())] * duty_factor[(n, s)];
                        if made > 0.0 {
                            final_use[(n, s)] -= bought;
                            γ[place(n, k.at(), s.at())] = bought / made;
                            factor_share[(n, k)] -= bought / made;
                        }
                    }
                }
            }
            γ
        });
        let income: Vec<f64> = all().0.map(|n| final_use.row(n).iter().sum()).collect();
        let final_share = Grid::from_fn(countries, sectors, |n, s| {
            if income[n.at()] > 0.0 { final_use[(n, s)] / income[n.at()] } else { 0.0 }
        });
        let factor_income: Vec<f64> = all()
            .0
            .map(|n| factor_share.row(n).iter().zip(output.row(n)).map(|(γᵛ, y)| γᵛ * y).sum())
            .collect();
        let deficit = (0..countries).map(|n| income[n] - factor_income[n] - revenue[n]).collect();
        Self {
            share,
            tariff: Cube::from_fn(countries, sectors, |n, i, s| tariff[(n, i, s)].as_share()),
            spending,
            output,
            input_share,
            factor_share,
            final_share,
            income,
            factor_income,
            revenue,
            deficit,
            exporter_wedge: None,
            theta: theta.to_vec(),
            psi: None,
        }
    }

    /// The same flows with all spending final and all output earned by factors.
    #[must_use]
    pub fn without_links(self) -> Self {
        if self.input_share.is_none() {
            return self;
        }
        let (countries, sectors) = (self.countries(), self.sectors());
        let ids = || CountryId::all(countries);
        let income: Vec<f64> = ids().map(|n| self.spending.row(n).iter().sum()).collect();
        let factor_income: Vec<f64> = ids().map(|n| self.output.row(n).iter().sum()).collect();
        Self {
            input_share: None,
            factor_share: Grid::filled(countries, sectors, 1.0),
            final_share: Grid::from_fn(countries, sectors, |n, s| {
                if income[n.at()] > 0.0 { self.spending[(n, s)] / income[n.at()] } else { 0.0 }
            }),
            deficit: (0..countries).map(|n| income[n] - factor_income[n] - self.revenue[n]).collect(),
            income,
            factor_income,
            ..self
        }
    }

    /// Whether no country has a deficit above rounding.
    pub fn is_balanced(&self) -> bool {
        self.deficit.iter().zip(&self.income).all(|(deficit, income)| deficit.abs() <= 1e-12 * income)
    }

    /// N.
    pub fn countries(&self) -> usize {
        self.share.countries()
    }

    /// S.
    pub fn sectors(&self) -> usize {
        self.share.sectors()
    }

    /// Factor income of the whole world: the numeraire, held at its base value in every counterfactual.
    pub fn world_factor_income(&self) -> f64 {
        self.factor_income.iter().sum()
    }

    /// Every country and sector that makes something.
    pub fn makers(&self) -> impl Iterator<Item = (CountryId, SectorId)> + '_ {
        let cells =
            CountryId::all(self.countries()).flat_map(|n| SectorId::all(self.sectors()).map(move |s| (n, s)));
        cells.filter(|cell| self.output[*cell] > 0.0)
    }

    /// The flow of a cell at the border, before duty.
    pub fn trade(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.share[(n, i, s)] * self.spending[(n, s)] / (1.0 + self.tariff[(n, i, s)])
    }

    /// What the exporter's producers receive for a flow: its border value less export tax, plus subsidy.
    pub fn received(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.trade(n, i, s) / self.exporter_wedge.as_ref().map_or(1.0, |x| x[(n, i, s)])
    }

    /// What equations are linearised at.
    pub(crate) fn levels(&self) -> Levels<'_> {
        Levels {
            share: &self.share,
            tariff: &self.tariff,
            exporter_wedge: self.exporter_wedge.as_ref(),
            spending: &self.spending,
            output: &self.output,
            income: &self.income,
            factor_income: self.factor_income.clone(),
            deficit: &self.deficit,
            theta: &self.theta,
        }
    }

    /// The same with other trade elasticities.
    #[must_use]
    pub fn with_theta(mut self, theta: &[f64]) -> Self {
        self.theta.copy_from_slice(theta);
        self
    }
}
