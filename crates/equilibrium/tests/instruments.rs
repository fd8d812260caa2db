//! Laws of taxes, bans and caps.
#![allow(clippy::unwrap_used, mixed_script_confusables, confusable_idents)]

mod common;

use common::MadeUp;
use equilibrium::{
    Accounts, Baseline, Cap, Competition, Counterfactual, Deficits, Options, Rent, Revenue, Settings,
    Solution,
};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

const SHARP: Settings =
    Settings { tolerance: 1e-12, evaluations: 2_000, memory: 5, second_start: false, threads: 1 };

fn world(links: bool) -> Accounts {
    let removed = Options { deficits: Deficits::Removed, ..Options::default() };
    Baseline::of_accounts(MadeUp::of(4, 3, links, 31).accounts(), &removed).unwrap().accounts().clone()
}

fn base(links: bool) -> Baseline {
    Baseline::of_accounts(world(links), &Options::default()).unwrap()
}

/// The same world without links where firms come and go.
fn entry() -> Baseline {
    let entry = Options { market: Competition::Entry, ..Options::default() };
    Baseline::of_accounts(world(false), &entry).unwrap()
}

fn solved(question: Counterfactual<'_>) -> Solution {
    let solution = question.solve(&SHARP).unwrap();
    assert!(solution.status.cleared(), "{:?}", solution.certificate);
    assert!(solution.certificate.walras < 1e-10, "{:?}", solution.certificate);
    solution
}

fn assert_same(a: &Solution, b: &Solution) {
    for n in CountryId::all(a.before().countries()) {
        let (x, y) = (a.real_income_hat(n), b.real_income_hat(n));
        assert!((x - y).abs() < 1e-9, "{n:?}: {x} against {y}");
    }
}

fn all_rates(rate: impl Fn(CountryId, CountryId) -> f64) -> Cube<Rate> {
    Cube::from_fn(4, 3, |n, i, _| Rate::share(if n == i { 0.0 } else { rate(n, i) }))
}

/// Lerner (1936): a tax on all exports does what a duty of the same rate on all imports does.
#[test]
fn a_tax_on_all_exports_is_a_duty_on_all_imports() {
    for base in [base(true), base(false), entry()] {
        let us = CountryId::new(1);
        // The duty on top of what there is: (1+τ)(1.15).
        let before = base.accounts().tariff.clone();
        let tariffs = Cube::from_fn(4, 3, |n, i, s| {
            let more = if n == us && i != us { 1.15 } else { 1.0 };
            Rate::share((1.0 + before[(n, i, s)]) * more - 1.0)
        });
        let taxes = all_rates(|_, i| if i == us { 0.15 } else { 0.0 });
        let by_duty = solved(Counterfactual::of(&base).under(tariffs));
        let by_tax = solved(Counterfactual::of(&base).with_export_taxes(taxes));
        assert_same(&by_duty, &by_tax);
    }
}

/// A subsidy on all output, paid by those it enriches, moves nothing real where factors are all there is.
#[test]
fn a_subsidy_on_everything_moves_nothing_without_links() {
    for base in [base(false), entry()] {
        let subsidies = Grid::from_fn(4, 3, |i, _| Rate::share(if i.at() == 2 { 0.10 } else { 0.0 }));
        let solution = solved(Counterfactual::of(&base).with_production_subsidies(subsidies));
        for n in CountryId::all(4) {
            assert!((solution.real_income_hat(n) - 1.0).abs() < 1e-10, "{n:?}");
        }
        assert!(solution.revenue(CountryId::new(2)) < base.accounts().revenue[2]);
    }
}

/// Beside duties that move everything, a subsidy of zero and a cap that is far away move nothing more.
#[test]
fn a_subsidy_of_zero_and_a_loose_cap_change_nothing() {
    for base in [base(true), base(false), entry()] {
        let tariffs = all_rates(|n, i| 0.1 * (1 + n.at() + 2 * i.at()) as f64);
        let question = Counterfactual::of(&base).under(tariffs);
        let plain = solved(question.clone());
        let cap = |rent| Cap {
            importer: CountryId::new(0),
            exporter: CountryId::new(3),
            sector: SectorId::new(1),
            quantity: 50.0,
            rent,
        };
        let idle = question.with_production_subsidies(Grid::filled(4, 3, Rate::FREE));
        assert_same(&plain, &solved(idle.capping([cap(Rent::Exporter)])));
    }
}

#[test]
fn a_banned_flow_is_zero_and_the_limit_of_a_dear_one() {
    let base = base(true);
    let place = (CountryId::new(0), CountryId::new(3), SectorId::new(1));
    let banned = solved(Counterfactual::of(&base).banning([place]));
    assert_eq!(banned.share(place.0, place.1, place.2), 0.0);
    assert_eq!(banned.trade(place.0, place.1, place.2), 0.0);
    let mut icebergs = Cube::filled(4, 3, 1.0);
    icebergs[place] = 1e6;
    let dear = solved(Counterfactual::of(&base).with_icebergs(icebergs));
    assert_same(&banned, &dear);
    assert!(banned.real_income_hat(place.0) < 1.0);
}

#[test]
fn a_sector_that_no_one_may_sell_cannot_be_asked_for() {
    let base = base(true);
    let (n, s) = (CountryId::new(0), SectorId::new(1));
    let sources = CountryId::all(4).map(|i| (n, i, s));
    let faults = Counterfactual::of(&base).banning(sources).solve(&SHARP).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.code()).collect::<Vec<_>>(), ["no-source"]);
}

/// A cap that binds is the tax that would bring the flow to it: a duty if the importer holds the licences, an
/// export tax if the exporter does.
#[test]
fn a_cap_is_the_tax_that_its_rent_amounts_to() {
    for base in [base(true), base(false), entry()] {
        let (n, i, s) = (CountryId::new(0), CountryId::new(3), SectorId::new(1));
        for rent in [Rent::Importer, Rent::Exporter] {
            let cap = Cap { importer: n, exporter: i, sector: s, quantity: 0.4, rent };
            let capped = solved(Counterfactual::of(&base).capping([cap]));
            let quantity =
                capped.received(n, i, s) / base.accounts().received(n, i, s) / capped.cost_hat(i, s);
            assert!((quantity - 0.4).abs() < 1e-9, "{quantity}");
            let price = capped.rents()[0];
            assert!(price > 0.0);
            let taxed = match rent {
                Rent::Importer => {
                    let mut tariffs =
                        Cube::from_fn(4, 3, |n, i, s| Rate::share(base.accounts().tariff[(n, i, s)]));
                    tariffs[(n, i, s)] = Rate::share(tariffs[(n, i, s)].wedge() * (1.0 + price) - 1.0);
                    solved(Counterfactual::of(&base).under(tariffs))
                }
                Rent::Exporter => {
                    let mut taxes = Cube::filled(4, 3, Rate::FREE);
                    taxes[(n, i, s)] = Rate::share(price);
                    solved(Counterfactual::of(&base).with_export_taxes(taxes))
                }
            };
            assert_same(&capped, &taxed);
        }
        // The exporter is better off with the rent than without it.
        let with = |rent| {
            let cap = Cap { importer: n, exporter: i, sector: s, quantity: 0.4, rent };
            solved(Counterfactual::of(&base).capping([cap])).real_income_hat(i)
        };
        assert!(with(Rent::Exporter) > with(Rent::Importer));
    }
}

#[test]
fn a_cap_above_the_flow_costs_nothing() {
    let base = base(true);
    let cap = |quantity| Cap {
        importer: CountryId::new(0),
        exporter: CountryId::new(3),
        sector: SectorId::new(1),
        quantity,
        rent: Rent::Exporter,
    };
    let loose = solved(Counterfactual::of(&base).capping([cap(1.5)]));
    assert_eq!(loose.rents(), [0.0]);
    for n in CountryId::all(4) {
        assert!((loose.real_income_hat(n) - 1.0).abs() < 1e-12);
    }
}

/// Duties kept by the government change no market, only whom the income is counted for.
#[test]
fn duties_kept_move_no_market() {
    let accounts = MadeUp::of(4, 3, true, 31).accounts();
    let tariffs = all_rates(|n, _| if n.at() == 0 { 0.3 } else { 0.1 });
    let at = |revenue| {
        let options = Options { revenue, ..Options::default() };
        let baseline = Baseline::of_accounts(accounts.clone(), &options).unwrap();
        solved(Counterfactual::of(&baseline).under(tariffs.clone()))
    };
    let (rebated, kept) = (at(Revenue::Rebated), at(Revenue::Kept));
    for n in CountryId::all(4) {
        assert_eq!(rebated.wage_hat(n), kept.wage_hat(n));
        let without =
            (rebated.income(n) - rebated.revenue(n)) / (accounts.income[n.at()] - accounts.revenue[n.at()]);
        let expected = without / rebated.consumer_price_hat(n);
        assert!((kept.real_income_hat(n) - expected).abs() < 1e-14);
    }
}
