//! What known problems cost, in work: evaluations, products with the transposed Jacobian, allocations. A count that
//! grows is an engine that got slower.
#![allow(clippy::unwrap_used)]

mod common;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use common::{default_world, raised, shared_world};
use economy::Economy;
use equilibrium::{Baseline, Counterfactual, Gradients, Links, Options, Outcome, Settings, Solver};
use terms::{Cube, Rate};

/// The system's allocator, counting what the thread at hand asks of it.
struct Counting;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

#[allow(unsafe_code)] // An allocator is unsafe by its trait; every call goes to the system's unchanged.
// SAFETY: all work is done by `System`; the counter neither allocates nor panics.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// Sixty points by the United States and China on each other's goods.
fn war(world: &Economy) -> Cube<Rate> {
    let (us, china) = (world.country_id("USA").unwrap(), world.country_id("CHN").unwrap());
    raised(&raised(world.tariffs(), world, us, [china], 0.60), world, china, [us], 0.60)
}

#[test]
fn a_solve_allocates_nothing_once_its_memory_is_there() {
    let world = default_world();
    for links in [Links::Recorded, Links::Absent] {
        let baseline = Baseline::of(&world, &Options { links, ..Options::default() }).unwrap();
        let (settings, question) = (Settings::default(), Counterfactual::of(&baseline).under(war(&world)));
        let mut solver = Solver::of(&baseline, &settings);
        let first = solver.clear(&question, &settings).unwrap().evaluations();
        let before = ASKED.get();
        let second = solver.clear(&question, &settings).unwrap().evaluations();
        assert_eq!((second, ASKED.get() - before), (first, 0), "{links:?}");
    }
}

/// Evaluations of a solve, and products of the gradients of one country's and all countries' real income, to 1e-10.
#[test]
fn a_trade_war_takes_a_dozen_evaluations_at_any_size() {
    let cases = [
        ("default", Some(default_world()), Links::Recorded, 12, 12),
        ("default", Some(default_world()), Links::Absent, 7, 6),
        ("icio-2022-flows", shared_world("icio-2022-flows"), Links::Absent, 7, 6),
        ("icio-2022", shared_world("icio-2022"), Links::Recorded, 12, 12),
    ];
    for (name, world, links, evaluations, products) in cases {
        let Some(world) = world else { continue };
        let us = world.country_id("USA").unwrap();
        let baseline = Baseline::of(&world, &Options { links, ..Options::default() }).unwrap();
        let question = Counterfactual::of(&baseline).under(war(&world));
        let solution = question.solve(&Settings::default()).unwrap();
        assert_eq!(solution.certificate.evaluations, evaluations, "{name} {links:?}");
        let gradients = Gradients::at(&baseline, &solution);
        let alone = gradients.of(&Outcome::log_real_income(us), &Settings::default());
        assert_eq!(alone.products, products, "{name} {links:?}");
        let incomes: Vec<Outcome> = world.country_ids().map(Outcome::log_real_income).collect();
        let most = gradients.of_all(&incomes, &[], 2, &Settings::default());
        let most = most.iter().map(|gradient| gradient.products).max().unwrap();
        assert!(most <= products + 3, "{name} {links:?}: {most}");
    }
}
