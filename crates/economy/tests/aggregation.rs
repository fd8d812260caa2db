//! Fewer countries and sectors, and what stays the same.
#![allow(missing_docs, mixed_script_confusables, clippy::panic)]

mod common;

use common::{north_and_south, shared};
use diagnostic::Source;
use economy::{Draft, Economy, Mapping};
use proptest::prelude::*;
use terms::{CountryId, SectorId};

fn aggregated(draft: &Draft, text: &str) -> Draft {
    let mapping =
        Mapping::read(&Source::new("mapping.toml", text), draft).unwrap_or_else(|faults| panic!("{faults}"));
    draft.aggregate(&mapping)
}

#[test]
fn one_country_trades_with_itself_and_pays_the_same_duty() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let world = aggregated(&draft, "name = \"one\"\n[countries]\nWLD = [\"*\"]\n[names]\nWLD = \"World\"\n");
    assert_eq!((world.countries.len(), world.sectors.len()), (1, 2));
    assert_eq!(
        (world.countries[0].name.as_str(), world.countries[0].extra["members"].as_str()),
        ("World", "NOR;SOU")
    );
    assert_eq!(world.trade.as_slice(), [150.0, 150.0]);
    // Duty was 10 % on 10 of grain and 25 % on 20 of tools.
    let rates: Vec<f64> = world.tariffs.as_slice().iter().map(|rate| rate.as_share()).collect();
    assert!((rates[0] - 1.0 / 150.0).abs() < 1e-15 && (rates[1] - 5.0 / 150.0).abs() < 1e-15, "{rates:?}");
    assert_eq!(world.gaps(0.0), []);
    assert_eq!(world.elasticities.column("other").unwrap(), [Some(4.0), None], "silent stays silent");
}

#[test]
fn an_elasticity_of_a_group_is_weighted_by_trade_between_countries() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let one = aggregated(&draft, "[sectors]\nALL = [\"GRA\", \"TOO\"]\n");
    // Grain crosses the border for 10 + 20, tools for 30 + 20.
    let θ = one.elasticities.column("paper").unwrap()[0].unwrap();
    assert!((θ - (8.5 * 30.0 + 0.5 * 50.0) / 80.0).abs() < 1e-14, "{θ}");
    assert_eq!(one.inputs.as_ref().unwrap().as_slice(), [50.0, 50.0]);
}

#[test]
fn what_is_not_named_keeps_to_itself_and_nothing_is_lost() {
    let Some(disk) = shared("economies") else { return };
    let draft = Draft::read(&disk, "default").unwrap();
    assert!(aggregated(&draft, "") == draft);
    let text = "[countries]\nEU = [\"DEU\", \"FRA\", \"ITA\", \"ESP\", \"NLD\", \"POL\", \"IRL\", \"REU\"]\n\
                [sectors]\nSER = [\"UTL\", \"CNS\", \"TRD\", \"TRN\", \"FIN\", \"BUS\", \"PUB\"]\n";
    let mapping = Mapping::read(&Source::new("eu.toml", text), &draft).unwrap();
    assert_eq!(draft.mixed_groups(&mapping).count(), 0);
    let coarse = draft.aggregate(&mapping);
    assert_eq!((coarse.countries.len(), coarse.sectors.len()), (25, 22));
    assert_eq!(coarse.countries[5].code, *"EU", "a group stands where its first member stood");
    assert_eq!(coarse.gaps(0.0), [], "sums of whole numbers are exact");
    let inside = coarse.tariffs.sectors_of(CountryId::new(5), CountryId::new(5));
    assert!(inside.iter().all(|rate| rate.as_share() == 0.0), "no duty inside the union");
    let (fine_duty, coarse_duty) = (duty(&draft), duty(&coarse));
    assert!((fine_duty - coarse_duty).abs() < 1e-9 * fine_duty, "{fine_duty} {coarse_duty}");
    coarse.checked().unwrap_or_else(|faults| panic!("{faults}"));
}

fn duty(draft: &Draft) -> f64 {
    draft
        .trade
        .as_slice()
        .iter()
        .zip(draft.tariffs.as_slice())
        .map(|(flow, rate)| flow * rate.as_share())
        .sum()
}

#[test]
fn a_mapping_says_everything_that_is_wrong_with_it() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let text = "country = 1\n[countries]\nA = [\"NOR\", \"SUO\"]\nB = [\"NOR\"]\n[sectors]\nTOO = [\"GRA\"]\nX = [3]\n";
    let faults = Mapping::read(&Source::new("mapping.toml", text), &draft).unwrap_err().to_string();
    for part in [
        "error[unknown-key]",
        "`country` is not a key",
        "error[unknown-country]",
        "mapping.toml:3:13",
        "did you mean `SOU`?",
        "error[two-groups]",
        "`NOR` belongs to `A` and to `B`",
        "the group `TOO` is called like a sector that is not its member",
        "error[bad-value]",
    ] {
        assert!(faults.contains(part), "`{part}` is not in:\n{faults}");
    }
}

/// A world of four countries and three sectors in whole numbers, balanced by construction.
fn world() -> impl Strategy<Value = Draft> {
    let (n, s) = (4_usize, 3_usize);
    let flows = prop::collection::vec(0_u32..1000, n * n * s);
    let shares = prop::collection::vec(0_u32..20, n * s * s);
    let rates = prop::collection::vec(0_u32..50, n * n * s);
    (flows, shares, rates).prop_map(move |(flows, shares, rates)| draft(n, s, &flows, &shares, &rates))
}

fn draft(n: usize, s: usize, flows: &[u32], shares: &[u32], rates: &[u32]) -> Draft {
    let countries = (0..n).map(|at| economy::CountryEntry::new(format!("C{at}"), "")).collect();
    let sectors = (0..s).map(|at| economy::SectorEntry::new(format!("S{at}"), "", true)).collect();
    let cube = |m: CountryId, i: CountryId, k: SectorId| (m.at() * n + i.at()) * s + k.at();
    let trade = terms::Cube::from_fn(n, s, |m, i, k| f64::from(flows[cube(m, i, k)]));
    let tariffs = terms::Cube::from_fn(n, s, |m, i, k| {
        terms::Rate::share(if m == i { 0.0 } else { f64::from(rates[cube(m, i, k)]) / 100.0 })
    });
    let mut draft = Draft::of_flows(economy::Meta::new("world", 2030), countries, sectors, trade, tariffs);
    // Purchases of each good are split over buyers in whole numbers; the rest is final.
    let mut inputs = economy::Inputs::none(n, s);
    for m in CountryId::all(n) {
        for good in SectorId::all(s) {
            for k in SectorId::all(s) {
                let share = f64::from(shares[(m.at() * s + k.at()) * s + good.at()]) / 100.0;
                inputs[(m, k, good)] = (draft.final_demand[(m, good)] * share).floor();
            }
        }
    }
    for m in CountryId::all(n) {
        for k in SectorId::all(s) {
            draft.value_added[(m, k)] -= inputs.buyer(m, k).iter().sum::<f64>();
            draft.final_demand[(m, k)] -= SectorId::all(s).map(|b| inputs[(m, b, k)]).sum::<f64>();
        }
    }
    draft.inputs = Some(inputs);
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_balanced_stays_balanced(draft in world(), split in 1_usize..4, two in 1_usize..3) {
        prop_assert_eq!(draft.gaps(0.0), []);
        let list = |letter: char, range: std::ops::Range<usize>| {
            range.map(|at| format!("\"{letter}{at}\"")).collect::<Vec<_>>().join(",")
        };
        let text = format!(
            "[countries]\nWEST = [{}]\nEAST = [\"*\"]\n[sectors]\nS0 = [{}]\n",
            list('C', 0..split), list('S', 0..two)
        );
        let coarse = aggregated(&draft, &text);
        prop_assert_eq!(coarse.gaps(0.0), []);
        prop_assert!((duty(&coarse) - duty(&draft)).abs() <= 1e-12 * duty(&draft));
    }

    #[test]
    fn calling_countries_otherwise_changes_nothing_but_their_names(draft in world(), turn in 1_usize..4) {
        // The same world with its countries listed in another order.
        let n = draft.countries.len();
        let old = |new: CountryId| CountryId::new((new.at() + turn) % n);
        let s = draft.sectors.len();
        let turned = Draft {
            countries: CountryId::all(n).map(|c| draft.countries[old(c).at()].clone()).collect(),
            trade: terms::Cube::from_fn(n, s, |m, i, k| draft.trade[(old(m), old(i), k)]),
            tariffs: terms::Cube::from_fn(n, s, |m, i, k| draft.tariffs[(old(m), old(i), k)]),
            inputs: draft.inputs.as_ref().map(|inputs| {
                economy::Inputs::from_fn(n, s, |m, k, input| inputs[(old(m), k, input)])
            }),
            final_demand: terms::Grid::from_fn(n, s, |m, k| draft.final_demand[(old(m), k)]),
            output: terms::Grid::from_fn(n, s, |m, k| draft.output[(old(m), k)]),
            value_added: terms::Grid::from_fn(n, s, |m, k| draft.value_added[(old(m), k)]),
            ..draft.clone()
        };
        prop_assert!(draft.difference(&turned).is_empty(), "cells are compared by code");
        let through_files = turned.folder(economy::Form::Csv).unwrap().into_iter().fold(
            terms::MemoryArchive::new(), |archive, (name, bytes)| archive.with(name, bytes));
        let read = Economy::read(&through_files, "");
        prop_assume!(read.is_ok() || draft.value_added.as_slice().iter().any(|v| *v < 0.0));
        if let Ok(read) = read {
            prop_assert!(draft.difference(read.accounts()).changes.is_empty());
        }
    }
}
