//! Arrays of another shape and numbers that mean nothing, one at a time.
#![allow(clippy::unwrap_used)]

mod common;

use common::MadeUp;
use equilibrium::{Baseline, Cap, Competition, Counterfactual, Labour, Options, Rent, Scale, Settings};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

fn base() -> Baseline {
    Baseline::of_accounts(MadeUp::of(3, 2, true, 1).accounts(), &Options::default()).unwrap()
}

fn codes(question: Counterfactual<'_>) -> Vec<&'static str> {
    match question.solve(&Settings::default()) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| fault.code()).collect(),
    }
}

#[test]
fn every_array_must_have_the_baseline_s_shape() {
    let base = base();
    let of = || Counterfactual::of(&base);
    for (countries, sectors) in [(4, 2), (3, 1), (2, 3)] {
        assert_eq!(codes(of().under(Cube::filled(countries, sectors, Rate::FREE))), ["wrong-shape"]);
        assert_eq!(
            codes(of().with_export_taxes(Cube::filled(countries, sectors, Rate::FREE))),
            ["wrong-shape"]
        );
        assert_eq!(codes(of().with_icebergs(Cube::filled(countries, sectors, 1.0))), ["wrong-shape"]);
        assert_eq!(
            codes(of().with_production_subsidies(Grid::filled(countries, sectors, Rate::FREE))),
            ["wrong-shape"]
        );
    }
    let flow = |n: usize, i: usize, s: usize| (CountryId::new(n), CountryId::new(i), SectorId::new(s));
    for outside in [flow(3, 0, 0), flow(0, 3, 0), flow(0, 0, 2)] {
        assert_eq!(codes(of().banning([outside])), ["wrong-shape"]);
    }
}

#[test]
fn both_sizes_are_shown() {
    let base = base();
    let faults = Counterfactual::of(&base)
        .under(Cube::filled(4, 2, Rate::FREE))
        .solve(&Settings::default())
        .unwrap_err();
    let message = faults.iter().next().unwrap().message().to_owned();
    assert_eq!(message, "the tariffs are made for 4 countries and 2 sectors, the baseline has 3 and 2");
}

#[test]
fn all_faults_come_together() {
    let base = base();
    let mut tariffs = Cube::filled(3, 2, Rate::FREE);
    tariffs.as_mut_slice()[3] = Rate::share(-1.0);
    tariffs.as_mut_slice()[5] = Rate::share(f64::NAN);
    let mut icebergs = Cube::filled(3, 2, 1.0);
    icebergs.as_mut_slice()[0] = 0.0;
    let (n, i, s) = (CountryId::new(0), CountryId::new(1), SectorId::new(0));
    let cap = Cap { importer: n, exporter: i, sector: s, quantity: 0.0, rent: Rent::Importer };
    let question = Counterfactual::of(&base)
        .under(tariffs)
        .with_icebergs(icebergs)
        .with_production_subsidies(Grid::filled(3, 2, Rate::share(1.0)))
        .capping([cap]);
    let mut found = codes(question);
    found.dedup();
    assert_eq!(found, ["impossible-rate", "impossible-iceberg", "impossible-rate", "impossible-cap"]);
}

/// Nothing in the equations needs a tariff above zero, only a wedge above zero.
#[test]
fn subsidies_to_imports_near_the_whole_price_are_legal() {
    let base = base();
    let mut tariffs = base.accounts().tariff.clone();
    let place = (CountryId::new(0), CountryId::new(1), SectorId::new(0));
    tariffs[place] = -0.9;
    let rates = Cube::from_fn(3, 2, |n, i, s| Rate::share(tariffs[(n, i, s)]));
    assert_eq!(codes(Counterfactual::of(&base).under(rates)), [""; 0]);
}

#[test]
fn options_that_make_no_model_are_named() {
    let accounts = || MadeUp::of(3, 2, true, 1).accounts();
    let codes = |options: Options| {
        let faults = Baseline::of_accounts(accounts(), &options).unwrap_err();
        faults.iter().map(|fault| fault.code()).collect::<Vec<_>>()
    };
    assert_eq!(
        codes(Options { labour: Labour::Specific { kappa: 0.9 }, ..Options::default() }),
        ["impossible-kappa"]
    );
    assert_eq!(codes(Options { scale: Scale::External, ..Options::default() }), ["no-scale"]);
    let both = Options { scale: Scale::External, market: Competition::Entry, ..Options::default() };
    assert_eq!(codes(both), ["two-scales"]);
    let mut poor = accounts();
    poor.factor_income[1] = -1.0;
    let faults = Baseline::of_accounts(poor, &Options::default()).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.code()).collect::<Vec<_>>(), ["no-factor-income"]);
}
