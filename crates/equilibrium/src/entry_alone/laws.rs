//! What the solver of sectors apart is held to: its slopes are slopes, and where it ends the whole system clears.

use nalgebra::DVector;
use terms::{CountryId, Cube, Grid, Rate, SectorId};

use super::outside::Outside;
use crate::baseline::Baseline;
use crate::made_up::{Digits, made_up};
use crate::options::{Competition, Deficits, Options};
use crate::settings::Settings;
use crate::shock::{Cap, Rent, Scenario, Shock};
use crate::solve::Workspace;

const COUNTRIES: usize = 4;
const SECTORS: usize = 3;

fn base(deficits: Deficits) -> Baseline {
    let options = Options { market: Competition::Entry, deficits, ..Options::default() };
    Baseline::of_accounts(made_up(COUNTRIES, SECTORS, false, 7), &options).unwrap()
}

/// Duties, export taxes, subsidies, money paid, and two flows capped, one for each side's rent.
fn everything(size: f64) -> Shock {
    let mut digits = Digits::seed(3);
    let mut rates = |most: f64| {
        Cube::from_fn(COUNTRIES, SECTORS, |n, i, _| {
            let draw = digits.next();
            Rate::share(if n == i { 0.0 } else { size * most * draw })
        })
    };
    let (tariffs, export_taxes) = (rates(0.2), rates(0.1));
    let subsidies =
        Grid::from_fn(COUNTRIES, SECTORS, |i, s| Rate::share(size * 0.01 * ((i.at() + s.at()) % 3) as f64));
    let cap = |n, i, s, rent| Cap {
        importer: CountryId::new(n),
        exporter: CountryId::new(i),
        sector: SectorId::new(s),
        quantity: 1.0 - 0.4 * size,
        rent,
    };
    Shock {
        tariffs: Some(tariffs),
        export_taxes: Some(export_taxes),
        subsidies: Some(subsidies),
        caps: vec![cap(0, 1, 0, Rent::Importer), cap(1, 2, 2, Rent::Exporter)],
        transfers: vec![2.0 * size, -2.0 * size, 0.0, 0.0],
        ..Shock::default()
    }
}

fn folded(base: &Baseline, shock: &Shock) -> Scenario {
    let mut scenario = Scenario::of(base);
    shock.fold(base, &mut scenario, 1).unwrap();
    scenario
}

fn at_baseline(base: &Baseline, scenario: &Scenario) -> Workspace {
    let mut workspace = Workspace::new(base, &Settings::default());
    workspace.point = vec![0.0; scenario.unknowns.len()];
    workspace.residual = workspace.point.clone();
    workspace
}

/// Wages, incomes and rents a little off, by differences: every gap by every unknown.
#[test]
fn the_jacobian_is_the_slope_of_the_gaps() {
    for deficits in [Deficits::Held, Deficits::Scaled, Deficits::Removed] {
        let base = base(deficits);
        let mut scenario = folded(&base, &everything(1.0));
        let point = at_baseline(&base, &scenario).point;
        let mut outside = Outside::of(&base, &mut scenario, &point);
        let mut digits = Digits::seed(11);
        let start = outside.start(&point);
        let mut at = start.map(|x| x + 0.02 * (digits.next() - 0.5));
        at.rows_mut(2 * COUNTRIES, 2).add_scalar_mut(0.2);
        outside.gaps(&at).unwrap();
        let exact = outside.jacobian(&at);
        for c in 0..at.len() {
            let h = 1e-6;
            let mut gaps = |h: f64| {
                let nudge = DVector::from_fn(at.len(), |k, _| if k == c { h } else { 0.0 });
                outside.gaps(&(&at + nudge)).unwrap()
            };
            let slope = (gaps(h) - gaps(-h)) / (2.0 * h);
            let apart = (exact.column(c) - slope).amax();
            assert!(apart < 1e-7, "{deficits:?}, unknown {c}: {apart:e}");
        }
    }
}

/// The certificate is the whole system's, evaluated at the point found: every equation, not those solved for alone.
#[test]
fn everything_at_once_clears_the_whole_system_in_a_few_steps() {
    for deficits in [Deficits::Held, Deficits::Scaled, Deficits::Removed] {
        let base = base(deficits);
        for size in [0.003, 0.03, 0.3] {
            let mut scenario = folded(&base, &everything(size));
            let mut workspace = at_baseline(&base, &scenario);
            let ended = workspace.clear_entry(&base, &mut scenario, 1e-10).expect("sectors settle");
            assert!(ended.status.cleared() && ended.iterations <= 8, "{deficits:?}, {size}: {ended:?}");
        }
    }
}
