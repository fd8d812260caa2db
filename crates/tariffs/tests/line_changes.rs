//! Steps of one line: every change of total has the duties and acts that made it.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod disk;

use ledger::View;
use tariffs::{Border, Facts};
use terms::{Country, Instant, Points};

#[test]
fn brake_discs_fall_by_a_hundred_points_on_3_may_2025_and_the_step_says_why() {
    let (ledger, schedules) = (disk::record(), disk::schedules());
    let border = Border::new(&ledger, &schedules);
    let book = border.as_known(Instant::MAX, View::Collected);
    let at = |day| ledger.moment("USA", day).unwrap();
    let steps = book
        .line_changes(
            &Country::new("USA"),
            &Country::new("CHN"),
            "8708.30.50".parse().unwrap(),
            (at("2025-04-01"), at("2025-06-01")),
            &Facts::default(),
        )
        .unwrap();
    let totals: Vec<String> =
        steps.iter().map(|step| format!("{} {}", &step.from[..10], step.total_text)).collect();
    let told = [
        "2025-04-01 47.5 %",
        "2025-04-05 57.5 %",
        "2025-04-09 131.5 %",
        "2025-04-10 172.5 %",
        "2025-05-03 72.5 %",
    ];
    assert_eq!(totals, told);
    let may = steps.last().unwrap();
    let moved: Vec<(&str, Option<Points>, Option<Points>)> =
        may.changed.iter().map(|duty| (duty.measure.as_str(), duty.before, duty.after)).collect();
    let points = |points| Some(Points::whole(points));
    assert_eq!(
        moved,
        [("us-232-autoparts", None, points(25)), ("us-ieepa-reciprocal-cn", points(125), None)]
    );
    assert_eq!(may.changed[0].act, "proc-10908");
}
