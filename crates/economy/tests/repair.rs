//! Gaps closed on request, and what that moved.
#![allow(missing_docs, clippy::panic)]

mod common;

use common::{north_and_south, shared};
use economy::{Draft, Repair};
use terms::{CountryId, SectorId};

const NOR: CountryId = CountryId::new(0);
const SOU: CountryId = CountryId::new(1);
const GRA: SectorId = SectorId::new(0);
const TOO: SectorId = SectorId::new(1);

#[test]
fn a_gap_in_sales_is_sold_at_home_and_reported() {
    let mut draft = Draft::read(&north_and_south(), "").unwrap();
    draft.trade[(SOU, NOR, GRA)] = 17.0;
    let repaired = draft.repaired(Repair::HomeFinal).unwrap();
    assert_eq!(repaired.draft.gaps(1e-14), []);
    assert_eq!(repaired.draft.trade[(NOR, NOR, GRA)], 83.0, "what is not sold abroad is sold at home");
    assert_eq!(repaired.draft.trade[(SOU, NOR, GRA)], 17.0, "flows between countries stay");
    assert_eq!(repaired.draft.final_demand[(NOR, GRA)], 68.0);
    assert_eq!(repaired.draft.final_demand[(SOU, GRA)], 42.0);
    assert_eq!(repaired.draft.output, draft.output);
    assert_eq!(repaired.report.moved(), [("trade", 3.0), ("final", 6.0)]);
    assert_eq!(repaired.report.changes[0].cell, ["NOR", "NOR", "GRA"]);
}

#[test]
fn what_is_exported_beyond_output_and_used_beyond_purchases_raises_output() {
    let mut draft = Draft::read(&north_and_south(), "").unwrap();
    draft.output[(NOR, TOO)] = 10.0;
    draft.inputs.as_mut().unwrap()[(SOU, TOO, TOO)] = 200.0;
    let repaired = draft.repaired(Repair::HomeFinal).unwrap().draft;
    assert_eq!(repaired.gaps(1e-14), []);
    assert_eq!(repaired.trade[(NOR, NOR, TOO)], 0.0, "20 are exported, 10 were made");
    assert_eq!(repaired.output[(NOR, TOO)], 20.0);
    assert_eq!(repaired.trade[(SOU, SOU, TOO)], 185.0, "205 are used, 20 imported");
    assert_eq!(repaired.final_demand[(SOU, TOO)], 0.0);
}

#[test]
fn ras_keeps_output_and_use_and_scales_flows() {
    let mut draft = Draft::read(&north_and_south(), "").unwrap();
    draft.trade[(SOU, NOR, GRA)] = 17.0;
    draft.trade[(NOR, SOU, TOO)] = 33.0;
    let repaired = draft.repaired(Repair::Ras).unwrap().draft;
    assert_eq!(repaired.gaps(1e-12), []);
    assert_eq!(repaired.output, draft.output);
    assert_eq!(repaired.inputs, draft.inputs);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-12 * b;
    assert!(
        repaired
            .final_demand
            .as_slice()
            .iter()
            .zip(draft.final_demand.as_slice())
            .all(|(a, b)| close(*a, *b))
    );
}

#[test]
fn ras_says_when_nothing_can_carry_the_margins() {
    let mut draft = Draft::read(&north_and_south(), "").unwrap();
    for n in [NOR, SOU] {
        draft.trade[(n, SOU, GRA)] = 0.0;
    }
    let fault = draft.repaired(Repair::Ras).unwrap_err();
    assert_eq!(fault.code(), "no-repair");
    assert!(fault.message().contains("the sector GRA"), "{fault}");
}

#[test]
fn accounts_that_balance_are_left_alone() {
    let Some(disk) = shared("economies") else { return };
    let draft = Draft::read(&disk, "default").unwrap();
    for how in [Repair::HomeFinal, Repair::Ras] {
        let repaired = draft.repaired(how).unwrap();
        assert!(repaired.report.is_empty(), "{how:?}: {:?}", repaired.report.changes.first());
    }
}
