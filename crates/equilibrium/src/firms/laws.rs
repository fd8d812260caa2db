//! Laws of the closure, as tests on small invented worlds.

use proptest::prelude::*;
use terms::{CountryId, Cube, SectorId};

use super::*;

/// A world of `n` countries and `s` sectors with flows, duties and σ from a fixed pattern of `seed`.
fn world(n: usize, s: usize, seed: u64, market: Market) -> OneFactor {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut draw = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let trade = Cube::from_fn(n, s, |a, b, _| if a == b { 5.0 + 5.0 * draw() } else { 0.2 + draw() });
    let tariff = Cube::from_fn(n, s, |a, b, _| if a == b { 0.0 } else { 0.3 * draw() });
    let sigma: Vec<f64> = (0..s).map(|_| 2.0 + 5.0 * draw()).collect();
    OneFactor::new(&trade, &tariff, &sigma, market).unwrap()
}

fn clear(base: &OneFactor, log_wedge: &[f64]) -> Cleared {
    base.clear(log_wedge, Deficits::Removed, None, &ClearingSettings::default()).unwrap()
}

/// Every foreign wedge times `1 + more`.
fn raised(base: &OneFactor, more: f64) -> Vec<f64> {
    let raise = |(cell, κ): (usize, &f64)| {
        let (n, i, _) = base.place(cell);
        if n == i { *κ } else { κ + more.ln_1p() }
    };
    base.log_wedges().iter().enumerate().map(raise).collect()
}

#[test]
fn no_shock_moves_nothing() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let base = world(4, 3, 1, market);
        let same = base.clear(base.log_wedges(), Deficits::Held, None, &ClearingSettings::default()).unwrap();
        assert_eq!(same.steps, 0);
        assert!(same.log_real_income(&base).iter().all(|w| w.abs() < 1e-13));
    }
}

/// Threads are a matter of time alone, and none of them is one.
#[test]
fn prices_and_multipliers_have_the_same_digits_on_any_number_of_threads() {
    let base = world(33, 2, 5, Market::FixedFirms);
    let everyone: Vec<usize> = (0..33).collect();
    let found = |threads: usize| {
        let settings = ClearingSettings { threads, ..ClearingSettings::default() };
        let at = base.clear(&raised(&base, 0.2), Deficits::Removed, None, &settings).unwrap();
        let values = everyone.iter().map(|n| OwnValue::real_income(*n, 2)).collect();
        let multipliers = at.multipliers(&base, values).unwrap();
        (at.sales.log_price.clone(), multipliers.pulls(&base, &at, &[(0, 1.0), (32, 0.5)], &everyone))
    };
    let one = found(1);
    for threads in [0, 2, 7] {
        assert_eq!(one, found(threads), "{threads}");
    }
}

#[test]
fn rebasing_composes() {
    let base = world(4, 3, 2, Market::FixedFirms).balanced(&ClearingSettings::default()).unwrap();
    let (there, further) = (raised(&base, 0.3), raised(&base, 0.8));
    let halfway = clear(&base, &there);
    let direct = clear(&base, &further).log_real_income(&base);
    let moved = base.rebased(&halfway).unwrap();
    let rest = clear(&moved, &further).log_real_income(&moved);
    for ((a, b), whole) in halfway.log_real_income(&base).iter().zip(rest).zip(direct) {
        assert!((a + b - whole).abs() < 1e-11);
    }
}

#[test]
fn the_currency_does_not_matter() {
    let small = world(3, 2, 3, Market::FixedFirms);
    let trade = small.cube(&clear(&small, small.log_wedges()).sales.flow);
    let tariff = small.cube(&small.log_wedges().iter().map(|κ| κ.exp() - 1.0).collect::<Vec<_>>());
    let in_cents = Cube::from_fn(3, 2, |n, i, s| 100.0 * trade[(n, i, s)]);
    let one = OneFactor::new(&trade, &tariff, small.sigma(), Market::FixedFirms).unwrap();
    let hundred = OneFactor::new(&in_cents, &tariff, small.sigma(), Market::FixedFirms).unwrap();
    let wedges = raised(&one, 0.5);
    let (a, b) = (clear(&one, &wedges), clear(&hundred, &wedges));
    for (a, b) in a.log_real_income(&one).iter().zip(b.log_real_income(&hundred)) {
        assert!((a - b).abs() < 1e-11);
    }
}

/// Second derivatives by tangent over adjoint, against central differences of first ones: duties and export taxes move, and
/// a government that values sales, revenue, spending and prices.
#[test]
fn slopes_bend_as_their_differences_say() {
    for (market, taxed) in [(Market::Perfect, false), (Market::FixedFirms, false), (Market::FixedFirms, true)]
    {
        let base = world(4, 3, 11, market).balanced(&ClearingSettings::default()).unwrap();
        let cells = base.cells();
        let foreign = |cell: usize| base.place(cell % cells).0 != base.place(cell % cells).1;
        let pattern = |cell: usize, size: f64| {
            if foreign(cell) { size * ((cell * 7919 % 13) as f64 - 4.0) } else { 0.0 }
        };
        let length = if taxed { 2 * cells } else { cells };
        let mut wedges = base.log_wedges().to_vec();
        wedges.extend((cells..length).map(|cell| pattern(cell, 0.01).abs()));
        let direction: Vec<f64> = (0..length).map(|cell| pattern(cell + 3, 0.1)).collect();
        let values = |at: usize| OwnValue {
            country: at,
            per_sales: vec![0.02, -0.01, 0.03],
            per_revenue: 0.05,
            per_log_spending: 0.7,
            per_log_price: -1.0,
        };
        let weights = [(0, 0.6), (1, 0.4)];
        let everyone: Vec<usize> = (0..4).collect();
        let slopes = |by: f64| {
            let moved: Vec<f64> = wedges.iter().zip(&direction).map(|(κ, d)| κ + by * d).collect();
            let at = clear(&base, &moved);
            let multipliers = at.multipliers(&base, vec![values(1), values(2)]).unwrap();
            let mut found: Vec<f64> = multipliers
                .pulls(&base, &at, &weights, &everyone)
                .iter()
                .zip(&moved)
                .map(|(pull, κ)| pull.slope(κ.exp()))
                .collect();
            if taxed {
                found.resize(2 * cells, 0.0);
                let pulls = multipliers.export_pulls(&base, &at, &weights, &everyone);
                for (k, pulls) in pulls.chunks_exact(12).enumerate() {
                    for (m, pull) in pulls.iter().enumerate() {
                        let place = cells + m * 4 + k;
                        found[place] = pull.slope(moved[place].exp());
                    }
                }
            }
            found
        };
        let at = clear(&base, &wedges);
        let multipliers = at.multipliers(&base, vec![values(1), values(2)]).unwrap();
        let along = at.along(&base, &direction).unwrap();
        let still = [OwnValue::nothing(1, 3), OwnValue::nothing(2, 3)];
        let bent = multipliers.bent(&base, &at, &weights, &along, &still).unwrap();
        let h = 1e-4;
        let difference: Vec<f64> =
            slopes(h).iter().zip(slopes(-h)).map(|(above, below)| (above - below) / (2.0 * h)).collect();
        let most = bent.iter().fold(0.0, |most: f64, bent| most.max(bent.abs()));
        for (place, (bent, difference)) in bent.iter().zip(&difference).enumerate() {
            assert!(
                (bent - difference).abs() < 1e-6 * most,
                "{market:?} {taxed} {place}: {bent} {difference}"
            );
        }
    }
}

#[test]
fn walras_law_holds_where_it_was_not_imposed() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let base = world(5, 4, 4, market);
        let found = clear(&base, &raised(&base, 1.0));
        assert!(found.walras.abs() < 1e-11, "{}", found.walras);
        assert!(found.residual < 1e-12);
    }
}

/// A made-up objective that values sales, revenue and prices all differently.
fn taste(country: usize, sectors: usize) -> OwnValue {
    OwnValue {
        country,
        per_sales: (0..sectors).map(|s| 0.3 + 0.1 * s as f64).collect(),
        per_revenue: 0.7,
        per_log_spending: 0.4,
        per_log_price: -2.0,
    }
}

fn value_of(base: &OneFactor, cleared: &Cleared, taste: &OwnValue) -> f64 {
    let n = CountryId::new(taste.country);
    let sales = cleared.sector_sales(base);
    let sold = SectorId::all(base.sectors()).map(|s| taste.per_sales[s.at()] * sales[(n, s)]);
    sold.sum::<f64>()
        + taste.per_revenue * cleared.revenue(base)[n.at()]
        + taste.per_log_spending * cleared.point.log_spending[n.at()]
        + taste.per_log_price * cleared.log_price(base)[n.at()]
}

#[test]
fn the_adjoint_agrees_with_differences() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let base = world(4, 3, 5, market);
        let wedges = raised(&base, 0.4);
        let here = clear(&base, &wedges);
        let tastes: Vec<OwnValue> = (0..4).map(|n| taste(n, 3)).collect();
        let multipliers = here.multipliers(&base, tastes.clone()).unwrap();
        for (at, taste) in tastes.iter().enumerate() {
            let pulls = multipliers.pulls(&base, &here, &[(at, 1.0)], &[0, 1, 2, 3]);
            for (cell, pull) in pulls.iter().enumerate() {
                let moved = |by: f64| {
                    let mut wedges = wedges.clone();
                    wedges[cell] += by;
                    value_of(&base, &clear(&base, &wedges), taste)
                };
                let difference = (moved(1e-4) - moved(-1e-4)) / 2e-4;
                let slope = pull.slope(wedges[cell].exp());
                assert!((slope - difference).abs() < 1e-7, "{market:?} {cell}: {slope} {difference}");
            }
        }
    }
}

/// Wedges whose export half is drawn from a fixed pattern: taxes and subsidies on every foreign flow.
fn taxed(base: &OneFactor, wedges: &[f64]) -> Vec<f64> {
    let tax = |cell: usize| {
        let (n, i, _) = base.place(cell);
        if n == i { 0.0 } else { 0.05 * (cell % 7) as f64 - 0.1 }
    };
    wedges.iter().copied().chain((0..base.cells()).map(tax)).collect()
}

#[test]
fn the_adjoint_agrees_with_differences_where_exports_are_taxed() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let base = world(4, 3, 6, market);
        let wedges = taxed(&base, &raised(&base, 0.4));
        let here = clear(&base, &wedges);
        assert!(here.walras.abs() < 1e-11, "{}", here.walras);
        let tastes: Vec<OwnValue> = (0..4).map(|n| taste(n, 3)).collect();
        let multipliers = here.multipliers(&base, tastes.clone()).unwrap();
        for (at, taste) in tastes.iter().enumerate() {
            let moved = |cell: usize, by: f64| {
                let mut wedges = wedges.clone();
                wedges[cell] += by;
                value_of(&base, &clear(&base, &wedges), taste)
            };
            let agree = |cell: usize, pull: &Pull| {
                let difference = (moved(cell, 1e-4) - moved(cell, -1e-4)) / 2e-4;
                let slope = pull.slope(wedges[cell].exp());
                assert!((slope - difference).abs() < 1e-7, "{market:?} {cell}: {slope} {difference}");
            };
            let by_duty = multipliers.pulls(&base, &here, &[(at, 1.0)], &[0, 1, 2, 3]);
            by_duty.iter().enumerate().for_each(|(cell, pull)| agree(cell, pull));
            let by_tax = multipliers.export_pulls(&base, &here, &[(at, 1.0)], &[0, 1, 2, 3]);
            for (place, pull) in by_tax.iter().enumerate() {
                let (exporter, m) = (place / 12, place % 12);
                agree(base.cells() + m * 4 + exporter, pull);
            }
        }
    }
}

/// Lerner (1936), *Economica* 3: with balanced trade a country's uniform tax on exports does what its uniform duty on
/// imports does, whatever duties stand besides.
#[test]
fn a_uniform_export_tax_does_what_a_uniform_duty_does() {
    for market in [Market::Perfect, Market::FixedFirms] {
        let base = world(4, 3, 7, market).balanced(&ClearingSettings::default()).unwrap();
        let by = 0.3_f64.ln_1p();
        let of = |importer: usize, exporter: usize| {
            let cells = base.cells();
            let mut wedges = base.log_wedges().to_vec();
            wedges.resize(2 * cells, 0.0);
            for cell in 0..cells {
                let (n, i, _) = base.place(cell);
                wedges[cell] += if n.at() == importer && n != i { by } else { 0.0 };
                wedges[cells + cell] += if i.at() == exporter && n != i { by } else { 0.0 };
            }
            clear(&base, &wedges).log_real_income(&base)
        };
        let (nobody, country) = (9, 2);
        for (duty, tax) in of(country, nobody).iter().zip(of(nobody, country)) {
            assert!((duty - tax).abs() < 1e-11, "{market:?}: {duty} {tax}");
        }
    }
}

#[test]
fn a_base_that_taxes_exports_is_at_rest_and_goes_back() {
    let plain = world(3, 2, 8, Market::FixedFirms);
    let there = clear(&plain, &taxed(&plain, plain.log_wedges()));
    let base = plain.rebased(&there).unwrap();
    let same = clear(&base, base.log_wedges());
    assert!(same.log_real_income(&base).iter().all(|w| w.abs() < 1e-11));
    for (stays, moved) in base.base_revenue().iter().zip(there.revenue(&plain)) {
        assert!((stays - moved).abs() < 1e-10);
    }
    let back = clear(&base, plain.log_wedges()).log_real_income(&base);
    let start = clear(&plain, plain.log_wedges()).log_real_income(&plain);
    for ((there, back), start) in there.log_real_income(&plain).iter().zip(back).zip(start) {
        assert!((there + back - start).abs() < 1e-11, "{there} {back} {start}");
    }
}

#[test]
fn bad_tables_are_refused_by_cell() {
    let trade = Cube::filled(2, 1, 1.0);
    let free = Cube::filled(2, 1, 0.0);
    let (home, abroad, s) = (CountryId::new(0), CountryId::new(1), SectorId::new(0));
    let new = |trade: &Cube<f64>, tariff: &Cube<f64>, σ| OneFactor::new(trade, tariff, &[σ], Market::Perfect);
    assert!(matches!(new(&trade, &free, 1.0), Err(FirmsError::Sigma { sector: 0, .. })));
    let mut negative = trade.clone();
    negative[(home, abroad, s)] = -1.0;
    assert!(matches!(new(&negative, &free, 5.0), Err(FirmsError::Flow { importer: 0, exporter: 1, .. })));
    let mut own_duty = free.clone();
    own_duty[(abroad, abroad, s)] = 0.1;
    assert!(matches!(new(&trade, &own_duty, 5.0), Err(FirmsError::Rate { importer: 1, .. })));
    let wide = Cube::filled(3, 1, 0.0);
    assert!(matches!(new(&trade, &wide, 5.0), Err(FirmsError::Shape { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_shock_and_its_inverse_return_home(seed in 0u64..1000, more in -0.2..2.0f64) {
        let base = world(3, 2, seed, Market::FixedFirms).balanced(&ClearingSettings::default()).unwrap();
        let moved = base.rebased(&clear(&base, &raised(&base, more))).unwrap();
        let back = clear(&moved, base.log_wedges());
        for (there, start) in back.spending(&moved).iter().zip(base.spending()) {
            // The numeraire is world wages of the base it starts from; shares of the world compare.
            let world_there: f64 = back.spending(&moved).iter().sum();
            let world_start: f64 = base.spending().iter().sum();
            prop_assert!((there / world_there - start / world_start).abs() < 1e-11);
        }
    }

    #[test]
    fn renaming_countries_renames_the_answer(seed in 0u64..1000) {
        let base = world(3, 2, seed, Market::Perfect);
        let trade = base.cube(&clear(&base, base.log_wedges()).sales.flow);
        let turn = |n: CountryId| CountryId::new((n.at() + 1) % 3);
        let tariff = Cube::from_fn(3, 2, |n, i, s| if n == i { 0.0 } else { base.log_wedges()[base.cell(n, i, s)].exp_m1() });
        let turned_trade = Cube::from_fn(3, 2, |n, i, s| trade[(turn(n), turn(i), s)]);
        let turned_tariff = Cube::from_fn(3, 2, |n, i, s| tariff[(turn(n), turn(i), s)]);
        let one = OneFactor::new(&trade, &tariff, base.sigma(), Market::Perfect).unwrap();
        let two = OneFactor::new(&turned_trade, &turned_tariff, base.sigma(), Market::Perfect).unwrap();
        let a = clear(&one, &raised(&one, 0.6)).log_real_income(&one);
        let b = clear(&two, &raised(&two, 0.6)).log_real_income(&two);
        for n in CountryId::all(3) {
            prop_assert!((b[n.at()] - a[turn(n).at()]).abs() < 1e-11);
        }
    }
}

/// Income spent is income earned along the whole path, so what the parts miss is the error of the integration.
#[test]
fn the_parts_of_real_income_add_up() {
    for (market, exports) in
        [(Market::Perfect, false), (Market::FixedFirms, false), (Market::FixedFirms, true)]
    {
        let base = world(4, 3, 8, market);
        let wedges = raised(&base, 0.4);
        let wedges = if exports { taxed(&base, &wedges) } else { wedges };
        let split = |steps| base.split(&wedges, Deficits::Held, steps, &ClearingSettings::default()).unwrap();
        let gap = |steps| split(steps).iter().map(|part| part.gap().abs()).fold(0.0, f64::max);
        assert!(gap(40) < 1e-8, "{market:?}: {}", gap(40));
        // Richardson's rule is of fourth order: a third of the steps, some eighty times the error.
        assert!(gap(40) < gap(10) / 100.0, "{market:?}: {} and {}", gap(10), gap(40));
        let profits = split(40).iter().map(|part| part.profit.abs()).fold(0.0, f64::max);
        assert_eq!(profits > 1e-4, market == Market::FixedFirms);
    }
}

/// Without profits this closure is the general system without links, and so are the parts.
#[test]
fn without_profits_the_parts_are_those_of_the_general_system() {
    let base = world(4, 3, 9, Market::Perfect);
    let wedges = raised(&base, 0.4);
    let rates = |wedges: &[f64]| base.cube(&wedges.iter().map(|κ| κ.exp_m1()).collect::<Vec<_>>());
    let as_rates = |cube: &Cube<f64>| Cube::from_fn(4, 3, |n, i, s| terms::Rate::share(cube[(n, i, s)]));
    let trade = Cube::from_fn(4, 3, |n, i, s| base.base_flow(n, i, s));
    let theta: Vec<f64> = base.sigma().iter().map(|σ| σ - 1.0).collect();
    let accounts = crate::Accounts::of_flows(&trade, &as_rates(&rates(base.log_wedges())), None, &theta);
    let general = crate::Baseline::of_accounts(accounts, &crate::Options::default()).unwrap();
    let question = crate::Counterfactual::of(&general).under(as_rates(&rates(&wedges)));
    let settings = crate::Settings { tolerance: 1e-12, ..Default::default() };
    let theirs = question.split(20, &settings).unwrap();
    let ours = base.split(&wedges, Deficits::Held, 20, &ClearingSettings::default()).unwrap();
    for (a, b) in ours.iter().zip(theirs) {
        assert!((a.terms_of_trade - b.terms_of_trade).abs() < 1e-10, "{a:?} {b:?}");
        assert!((a.volume_of_trade - b.volume_of_trade).abs() < 1e-10, "{a:?} {b:?}");
        assert!((a.real_income - b.real_income).abs() < 1e-10, "{a:?} {b:?}");
    }
}
