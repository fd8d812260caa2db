//! An economy as an equilibrium left it: a base year for questions that begin there.

use diagnostic::Faults;
use economy::{Draft, Economy, Inputs};
use equilibrium::Solution;
use terms::{CountryId, Cube, Grid, Rate, SectorId};

/// The accounts of a counterfactual, with the lists and elasticities of the economy it came from.
///
/// Flows are before duty, as [`Draft`] wants them: T = πX/(1+τ), U = γY/m, final purchases αI/m, m the mean wedge that buyers
/// of a sector pay. Read back, they are the solution's own shares ((E1) to (E3) of `docs/method/equilibrium.md`). Where the
/// closure left input links out, the economy has none. Amounts keep the base's world factor income.
///
/// # Errors
/// The faults of [`Draft::checked`].
pub(crate) fn rebased(economy: &Economy, solution: &Solution) -> Result<Economy, Faults> {
    let at = solution.accounts();
    let (countries, sectors) = (at.countries(), at.sectors());
    let trade = Cube::from_fn(countries, sectors, |n, i, s| at.trade(n, i, s));
    let sum = |of: &dyn Fn(CountryId) -> f64| CountryId::all(countries).map(of).sum::<f64>();
    let wedge = Grid::from_fn(countries, sectors, |n, s| {
        let before = sum(&|i| trade[(n, i, s)]);
        if before > 0.0 { at.spending[(n, s)] / before } else { 1.0 }
    });
    let output = Grid::from_fn(countries, sectors, |i, s| sum(&|n| trade[(n, i, s)]));
    let inputs = at.input_share.as_ref().map(|cost_share| {
        Inputs::from_fn(countries, sectors, |n, k, s| {
            cost_share[(n.at() * sectors + k.at()) * sectors + s.at()] * output[(n, k)] / wedge[(n, s)]
        })
    });
    let value_added = Grid::from_fn(countries, sectors, |n, k| {
        let bought =
            inputs.as_ref().map_or(0.0, |inputs| SectorId::all(sectors).map(|s| inputs[(n, k, s)]).sum());
        output[(n, k)] - bought
    });
    Draft {
        tariffs: Cube::from_fn(countries, sectors, |n, i, s| Rate::share(at.tariff[(n, i, s)])),
        final_demand: Grid::from_fn(countries, sectors, |n, s| {
            at.final_share[(n, s)] * at.income[n.at()] / wedge[(n, s)]
        }),
        trade,
        inputs,
        output,
        value_added,
        ..economy.accounts().clone()
    }
    .checked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use equilibrium::{Accounts, Baseline, Counterfactual, Deficits, Links, Options, Settings};

    /// The law of the exact hat: a world reached in two steps is the world reached at once.
    #[test]
    fn a_world_that_is_rebased_goes_on_as_it_would_have_gone() {
        let economy = crate::economies::open("default").unwrap().economy;
        let [usa, chn] = ["USA", "CHN"].map(|code| economy.country_id(code).unwrap());
        let raised = |points: f64| {
            let mut tariffs = economy.tariffs().clone();
            for s in economy.goods() {
                let cell = &mut tariffs[(usa, chn, s)];
                *cell = Rate::share(cell.as_share() + points);
            }
            tariffs
        };
        for (links, deficits) in [(Links::Recorded, Deficits::Held), (Links::Absent, Deficits::Removed)] {
            let options = Options { links, deficits, ..Options::default() };
            let solve = |from: &Economy, tariffs| {
                let baseline = Baseline::of(from, &options).unwrap();
                Counterfactual::of(&baseline).under(tariffs).solve(&Settings::default()).unwrap()
            };
            let half = solve(&economy, raised(0.2));
            let world = rebased(&economy, &half).unwrap();
            let theta = economy.theta(None).unwrap();
            let inputs = world.inputs().map(Inputs::as_slice);
            let read = Accounts::of_flows(world.trade(), world.tariffs(), inputs, &theta);
            for (read, solved) in read.income.iter().zip(&half.accounts().income) {
                assert!((read / solved - 1.0).abs() < 1e-9, "{read} {solved}");
            }
            let (rest, whole) = (solve(&world, raised(0.5)), solve(&economy, raised(0.5)));
            for n in [usa, chn] {
                let twice = half.real_income_hat(n) * rest.real_income_hat(n);
                assert!((twice / whole.real_income_hat(n) - 1.0).abs() < 1e-9, "{links:?}");
            }
        }
    }
}
