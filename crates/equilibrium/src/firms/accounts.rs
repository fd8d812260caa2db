//! The base year as the closure needs it: shares, expenditure weights, and who earns what.

use terms::{CountryId, Cube, Grid, SectorId};

use super::cells::by_market;
use super::error::FirmsError;
use crate::power::exp;

/// What sellers keep of their sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Market {
    /// Nothing: price is cost, and all sales are wages.
    Perfect,
    /// A given number of firms per sector, markup σ/(σ−1): 1/σ of sales is profit, the rest wages.
    FixedFirms,
}

/// What becomes of trade deficits in the counterfactual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deficits {
    /// Each country keeps its deficit, in units of world wages.
    Held,
    /// Every country spends what it earns.
    Removed,
}

/// A base year with one factor per country and no input links.
///
/// # Shapes
/// `N` countries, `S` sectors. A *market* is an importer's demand for one sector, `m = n·S + s`; inside it the
/// `N` exporters lie side by side, so a cell is `m·N + i`.
/// # Units
/// Money in the unit of the trade table; shares and rates as fractions.
/// # Source
/// Ossa (2014), *American Economic Review* 104(12), section I; with `Market::Perfect`, Lashkaripour (2021).
#[derive(Debug, Clone)]
pub struct OneFactor {
    pub(super) countries: usize,
    pub(super) sectors: usize,
    /// σ by sector.
    pub(super) sigma: Vec<f64>,
    /// The share of sales that is wages, by sector: 1 − 1/σ, or 1.
    pub(super) labour: Vec<f64>,
    /// ln(1+τ) of the base, by cell; after them, where anyone taxes exports, ln(1+e) by cell.
    pub(super) log_wedge: Vec<f64>,
    /// γ: share of the exporter in the market's spending at duty-paid prices, by cell.
    pub(super) share: Vec<f64>,
    /// γ ((1+τ)(1+e))^(σ−1): what draws spending to the exporter before any duty or tax, by cell.
    pub(super) appeal: Vec<f64>,
    /// μ: share of the market in the importer's spending.
    pub(super) weight: Vec<f64>,
    /// X: spending, by country.
    pub(super) spending: Vec<f64>,
    /// wL: wages, by country.
    pub(super) wages: Vec<f64>,
    /// D: spending less wages, profits, duties and export taxes.
    pub(super) deficit: Vec<f64>,
    pub(super) market: Market,
}

impl OneFactor {
    /// The base behind trade before duty and duties as shares of it.
    ///
    /// # Errors
    /// [`FirmsError`]: shapes that disagree, σ not above one, negative or missing flows, a wedge not above zero,
    /// a duty on own sales, or a country that sells nothing.
    pub fn new(
        trade: &Cube<f64>,
        tariff: &Cube<f64>,
        sigma: &[f64],
        market: Market,
    ) -> Result<Self, FirmsError> {
        let (countries, sectors) = (trade.countries(), trade.sectors());
        if (tariff.countries(), tariff.sectors(), sigma.len()) != (countries, sectors, sectors) {
            return Err(FirmsError::Shape {
                trade: (countries, sectors),
                tariff: (tariff.countries(), tariff.sectors()),
                sigma: sigma.len(),
            });
        }
        if let Some(s) = sigma.iter().position(|&σ| !(σ > 1.0 && σ.is_finite())) {
            return Err(FirmsError::Sigma { sector: s, sigma: sigma[s] });
        }
        for ((n, i, s), &value) in trade.cells() {
            let rate = tariff[(n, i, s)];
            if !(value >= 0.0 && value.is_finite()) {
                return Err(FirmsError::Flow { importer: n.at(), exporter: i.at(), sector: s.at(), value });
            }
            if !(rate > -1.0 && rate.is_finite()) || (n == i && rate != 0.0) {
                return Err(FirmsError::Rate { importer: n.at(), exporter: i.at(), sector: s.at(), rate });
            }
        }
        let labour = match market {
            Market::Perfect => vec![1.0; sectors],
            Market::FixedFirms => sigma.iter().map(|σ| 1.0 - 1.0 / σ).collect(),
        };
        let empty = Self {
            countries,
            sectors,
            sigma: sigma.to_vec(),
            labour,
            log_wedge: by_market(tariff, |rate| (1.0 + rate).ln()),
            share: Vec::new(),
            appeal: Vec::new(),
            weight: vec![0.0; countries * sectors],
            spending: vec![0.0; countries],
            wages: vec![0.0; countries],
            deficit: vec![0.0; countries],
            market,
        };
        empty.with_flows(by_market(trade, |value| value))
    }

    /// The base behind an economy's flows and tariffs, with σ = 1 + θ.
    ///
    /// DIFFERENCE: input links of the economy are not read; all trade counts as final, and output plays the part
    /// of value added, as in Ossa (2014) and Lashkaripour (2021).
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of(economy: &economy::Economy, theta: &[f64], market: Market) -> Result<Self, FirmsError> {
        let (n, s) = (economy.countries().len(), economy.sectors().len());
        let tariff = Cube::from_fn(n, s, |n, i, s| economy.tariffs()[(n, i, s)].as_share());
        let sigma: Vec<f64> = theta.iter().map(|θ| 1.0 + θ).collect();
        Self::new(economy.trade(), &tariff, &sigma, market)
    }

    /// The accounts of what exporters receive, by cell, at the wedges already set.
    pub(super) fn with_flows(mut self, flows: Vec<f64>) -> Result<Self, FirmsError> {
        let (n, s) = (self.countries, self.sectors);
        self.share = flows;
        let taxes = self.log_wedge.get(self.cells()..).unwrap_or_default().to_vec();
        let mut income = vec![0.0; n];
        self.wages = vec![0.0; n];
        for (m, market) in self.share.chunks_exact_mut(n).enumerate() {
            let (importer, sector) = (m / s, m % s);
            let mut spent = 0.0;
            for (i, cell) in market.iter_mut().enumerate() {
                let landed = *cell * taxes.get(m * n + i).copied().unwrap_or(0.0).exp();
                let paid = landed * self.log_wedge[m * n + i].exp();
                income[importer] += paid - landed;
                income[i] += landed;
                self.wages[i] += self.labour[sector] * *cell;
                spent += paid;
                *cell = paid;
            }
            if spent > 0.0 {
                market.iter_mut().for_each(|cell| *cell /= spent);
            }
            self.weight[m] = spent;
        }
        for importer in 0..n {
            let markets = importer * s..(importer + 1) * s;
            let total: f64 = self.weight[markets.clone()].iter().sum();
            if !(total > 0.0 && self.wages[importer] > 0.0) {
                return Err(FirmsError::Idle { country: importer });
            }
            self.weight[markets].iter_mut().for_each(|spent| *spent /= total);
            self.spending[importer] = total;
            self.deficit[importer] = total - income[importer];
        }
        let sigma = |cell: usize| self.sigma[cell / n % s];
        let drawn = self.share.iter().zip(&self.log_wedge).enumerate();
        let drawn = drawn.map(|(cell, (γ, κ))| γ * exp((sigma(cell) - 1.0) * (κ + self.log_tax(cell))));
        self.appeal = drawn.collect();
        Ok(self)
    }

    /// How many countries.
    pub fn countries(&self) -> usize {
        self.countries
    }

    /// How many sectors.
    pub fn sectors(&self) -> usize {
        self.sectors
    }

    /// σ by sector.
    pub fn sigma(&self) -> &[f64] {
        &self.sigma
    }

    /// What sellers keep.
    pub fn market(&self) -> Market {
        self.market
    }

    /// Spending of each country, which without a deficit is its income.
    pub fn spending(&self) -> &[f64] {
        &self.spending
    }

    /// The share of sales that is wages, by sector: 1 − 1/σ with profits, 1 without.
    pub fn labour_shares(&self) -> &[f64] {
        &self.labour
    }

    /// μ: shares of sectors in a country's spending.
    pub fn spending_shares(&self, country: CountryId) -> &[f64] {
        &self.weight[country.at() * self.sectors..(country.at() + 1) * self.sectors]
    }

    /// Duties and export taxes collected in the base, by country.
    pub fn base_revenue(&self) -> Vec<f64> {
        let mut revenue = vec![0.0; self.countries];
        for (cell, share) in self.share.iter().enumerate() {
            let (market, exporter) = (cell / self.countries, cell % self.countries);
            let importer = market / self.sectors;
            let paid = share * self.weight[market] * self.spending[importer];
            revenue[importer] += paid * -(-self.log_wedge[cell]).exp_m1();
            revenue[exporter] += paid * (-self.log_wedge[cell]).exp() * -(-self.log_tax(cell)).exp_m1();
        }
        revenue
    }

    /// Wages earned in each country.
    pub fn wages(&self) -> &[f64] {
        &self.wages
    }

    /// The deficit of each country.
    pub fn deficit(&self) -> &[f64] {
        &self.deficit
    }

    /// ln(1+τ) of the base, by cell `(n·S + s)·N + i`; where the base taxes exports, ln(1+e) of every cell after them.
    pub fn log_wedges(&self) -> &[f64] {
        &self.log_wedge
    }

    /// ln(1+e) of a cell of the base.
    fn log_tax(&self, cell: usize) -> f64 {
        self.log_wedge.get(self.cells() + cell).copied().unwrap_or(0.0)
    }

    /// A flow of the base, before duty.
    pub fn base_flow(&self, importer: CountryId, exporter: CountryId, sector: SectorId) -> f64 {
        let cell = self.cell(importer, exporter, sector);
        let spent = self.weight[cell / self.countries] * self.spending[importer.at()];
        self.share[cell] * spent * (-self.log_wedge[cell]).exp()
    }

    /// What every country and sector receives for its sales in the base.
    pub fn base_sales(&self) -> Grid<f64> {
        let mut sales = Grid::filled(self.countries, self.sectors, 0.0);
        for m in 0..self.weight.len() {
            let spent = self.weight[m] * self.spending[m / self.sectors];
            let sector = SectorId::new(m % self.sectors);
            for i in 0..self.countries {
                let cell = m * self.countries + i;
                let wedge = self.log_wedge[cell] + self.log_tax(cell);
                sales[(CountryId::new(i), sector)] += self.share[cell] * spent / wedge.exp();
            }
        }
        sales
    }
}
