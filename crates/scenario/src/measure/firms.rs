//! The world of fixed firms with profits (Ossa 2014), as tables read it.

use economy::Economy;
use equilibrium::firms::{self, Cleared, ClearingSettings, Deficits, FirmsError, OneFactor};
use equilibrium::{Split, Traded};
use terms::{CountryId, Cube, Rate, SectorId};

use super::world::{Base, Totals, World};
use crate::clearing::Clearing;

/// A base with fixed firms, and what clears on it.
pub(super) struct FirmsWorld {
    base: FirmsBase,
    deficits: Deficits,
    cleared: Cleared,
}

/// A base with fixed firms.
struct FirmsBase {
    accounts: OneFactor,
    revenue: Vec<f64>,
}

impl FirmsWorld {
    /// Clears `tariffs` on the economy's flows; where `versus` is given, its world comes first and is the base.
    pub fn of(
        economy: &Economy,
        theta: &[f64],
        deficits: Deficits,
        versus: Option<&Cube<Rate>>,
        tariffs: &Cube<Rate>,
    ) -> Result<Self, FirmsError> {
        let settings = ClearingSettings::default();
        let mut base = OneFactor::of(economy, theta, firms::Market::FixedFirms)?;
        if deficits == Deficits::Removed {
            base = base.balanced(&settings)?;
        }
        let (countries, sectors) = (tariffs.countries(), tariffs.sectors());
        let wedges = |base: &OneFactor, tariffs: &Cube<Rate>| {
            base.log_wedges_of(&Cube::from_fn(countries, sectors, |n, i, s| tariffs[(n, i, s)].as_share()))
        };
        if let Some(versus) = versus {
            let first = base.clear(&wedges(&base, versus), deficits, None, &settings)?;
            base = base.rebased(&first)?;
        }
        let cleared = base.clear(&wedges(&base, tariffs), deficits, None, &settings)?;
        let base = FirmsBase { revenue: base.base_revenue(), accounts: base };
        Ok(Self { base, deficits, cleared })
    }

    /// What every country's change of real income is made of, along the path of the duties.
    pub fn splits(&self, steps: usize) -> Result<Vec<Split>, FirmsError> {
        self.base.accounts.split(&self.cleared.log_wedge, self.deficits, steps, &ClearingSettings::default())
    }

    /// The certificate.
    pub fn evidence(&self, economy: &Economy) -> Clearing {
        let worst = economy.country(CountryId::new(self.cleared.worst));
        Clearing {
            status: "cleared".into(),
            largest_excess: self.cleared.residual,
            market: format!("the factors of {}", worst.code),
            walras: self.cleared.walras,
            iterations: self.cleared.steps,
            evaluations: self.cleared.steps + 1,
            split_gap_pp: None,
            exits: Vec::new(),
            strongest_returns: None,
            feedback: None,
        }
    }

    fn market(&self, n: CountryId, s: SectorId) -> usize {
        n.at() * self.base.accounts.sectors() + s.at()
    }
}

impl FirmsBase {
    fn traded_by(&self, flow: impl Fn(CountryId, CountryId, SectorId) -> f64) -> Traded {
        let all = || CountryId::all(self.accounts.countries());
        let abroad = |n: CountryId, of: &dyn Fn(CountryId, SectorId) -> f64| {
            let partners = all().filter(|i| *i != n);
            partners.flat_map(|i| SectorId::all(self.accounts.sectors()).map(move |s| of(i, s))).sum::<f64>()
        };
        Traded {
            imports: all().map(|n| abroad(n, &|i, s| flow(n, i, s))).collect(),
            exports: all().map(|i| abroad(i, &|n, s| flow(n, i, s))).collect(),
        }
    }

    fn sales(&self, to: impl Fn(CountryId) -> f64) -> f64 {
        CountryId::all(self.accounts.countries()).map(to).sum()
    }
}

impl Base for FirmsBase {
    fn size(&self) -> (usize, usize) {
        (self.accounts.countries(), self.accounts.sectors())
    }
    fn income(&self, n: CountryId) -> f64 {
        self.accounts.spending()[n.at()]
    }
    fn product(&self, n: CountryId) -> f64 {
        self.accounts.spending()[n.at()] - self.accounts.deficit()[n.at()]
    }
    fn revenue(&self, n: CountryId) -> f64 {
        self.revenue[n.at()]
    }
    fn traded(&self) -> Traded {
        self.traded_by(|n, i, s| self.trade(n, i, s))
    }
    fn trade(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.accounts.base_flow(n, i, s)
    }
    fn tariff(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.accounts.log_wedges()[self.accounts.cell(n, i, s)].exp_m1()
    }
    fn output(&self, n: CountryId, s: SectorId) -> f64 {
        self.sales(|buyer| self.trade(buyer, n, s))
    }
}

impl Totals for FirmsWorld {
    fn before(&self) -> &dyn Base {
        &self.base
    }
    fn wage_hat(&self, n: CountryId) -> f64 {
        self.cleared.point.log_wage[n.at()].exp()
    }
    fn consumer_price_hat(&self, n: CountryId) -> f64 {
        let weights = self.base.accounts.spending_shares(n);
        let logs = &self.cleared.sales.log_price[self.market(n, SectorId::new(0))..];
        weights.iter().zip(logs).map(|(μ, p)| μ * p).sum::<f64>().exp()
    }
    fn real_income_hat(&self, n: CountryId) -> f64 {
        self.cleared.point.log_spending[n.at()].exp() / self.consumer_price_hat(n)
    }
    fn revenue(&self, n: CountryId) -> f64 {
        let sectors = SectorId::all(self.base.accounts.sectors());
        sectors.map(|s| self.cleared.sales.revenue[self.market(n, s)]).sum()
    }
    fn traded(&self) -> Traded {
        self.base.traded_by(|n, i, s| self.trade(n, i, s))
    }
}

impl World for FirmsWorld {
    fn trade(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.cleared.sales.flow[self.base.accounts.cell(n, i, s)]
    }
    fn tariff(&self, n: CountryId, i: CountryId, s: SectorId) -> f64 {
        self.cleared.log_wedge[self.base.accounts.cell(n, i, s)].exp_m1()
    }
    fn price_hat(&self, n: CountryId, s: SectorId) -> f64 {
        self.cleared.sales.log_price[self.market(n, s)].exp()
    }
    fn output(&self, n: CountryId, s: SectorId) -> f64 {
        self.base.sales(|buyer| self.trade(buyer, n, s))
    }
    fn cost_hat(&self, n: CountryId, _: SectorId) -> f64 {
        self.wage_hat(n)
    }
}
