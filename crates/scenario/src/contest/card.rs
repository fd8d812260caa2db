//! The rates of one direction by every definition, under a pair of packages.

use equilibrium::Solution;
use tariffs::{AllGoods, Duties, Law, RateCard, Trade};
use terms::{Country, Sector, SectorId};

use super::Contest;
use crate::packages::Policy;

impl Contest<'_> {
    /// The rates of one direction by every definition, `after` the solution under them; `groups` are those the
    /// exporter belongs to.
    pub fn rate_card(
        &self,
        importer: usize,
        policies: [&Policy; 2],
        after: &Solution,
        weights: &str,
        groups: &[Country],
    ) -> RateCard {
        let (n, i) = (self.parties[importer], self.parties[1 - importer]);
        let tariffs = self.tariffs(policies);
        let goods: Vec<SectorId> = self.economy.goods().collect();
        let of = |cell: &dyn Fn(SectorId) -> f64| goods.iter().map(|s| cell(*s)).collect::<Vec<f64>>();
        let base = of(&|s| self.economy.tariffs()[(n, i, s)].as_share());
        let tariff = of(&|s| tariffs[(n, i, s)].as_share());
        let trade = of(&|s| self.economy.trade()[(n, i, s)]);
        let trade_new = of(&|s| after.trade(n, i, s));
        let headline = policies[importer].duties.iter().map(AllGoods::headline).sum();
        let codes = (&self.economy.country(n).code, &self.economy.country(i).code);
        let sectors: Vec<Sector> = goods.iter().map(|s| self.sectors[s.at()].clone()).collect();
        let bought = self.bought.between(codes.0, codes.1, groups).map(|bought| (bought, self.bought.year));
        let on = Trade { sectors: &sectors, economy: &trade, economy_name: weights, bought };
        let law = Law::of(
            (codes.0, (codes.1, groups)),
            &self.between(codes, policies[importer]),
            self.coverage,
            on,
            self.days,
        );
        let model_by_imports = 100.0 * on.by_imports(&tariff);
        RateCard::of(codes, headline, (&base, &tariff), &trade, Some(&trade_new), weights)
            .with_law(law, model_by_imports)
    }

    /// Every duty of one party on the other's goods, its package and those that stay.
    fn between(&self, (importer, origin): (&Country, &Country), policy: &Policy) -> Duties {
        let stays = self.others.listed.iter().filter(|l| l.importer == *importer && l.origin == *origin);
        let listed = policy.listed.iter().chain(stays).cloned().collect();
        Duties { all_goods: policy.duties.clone(), listed }
    }
}
