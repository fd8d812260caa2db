//! What a list does to the other, against what it costs at home, good by good.

use scenario::RetaliationAnswer;

use super::in_plane::InPlane;
use super::{Datum, Exhibit};
use crate::rounding::{change_usd, fixed};
use crate::svg::plane::{Curve, Spot, Tone};

/// The list as a curve; none where nothing is on it.
pub fn retaliation(found: &RetaliationAnswer) -> Option<Exhibit> {
    let last = found.steps.last()?;
    let RetaliationAnswer { importer, exporter, .. } = found;
    let mut points = vec![(0.0, 0.0)];
    points.extend(found.steps.iter().map(|step| (step.own_cost_usd_mn, step.harm_usd_mn)));
    let spot = |label: &str, tone, open, (own, harm): (f64, f64)| Spot {
        label: label.into(),
        words: format!("{label}: {exporter} loses {}, {importer} {}.", change_usd(harm), change_usd(own)),
        tone,
        open,
        at: (own, harm),
    };
    let spots = vec![
        spot("all at once", Tone::Second, true, (found.own_cost_usd_mn, found.harm_usd_mn)),
        spot("the whole list", Tone::First, false, (last.own_cost_usd_mn, last.harm_usd_mn)),
    ];
    let goods = if found.lines.is_some() { "line by line" } else { "sector by sector" };
    let row = |(at, step): (usize, &scenario::ListStep)| {
        vec![
            Datum::Number(at as f64 + 1.0, 0),
            Datum::Text(step.goods.clone()),
            Datum::Number(step.value_usd_mn, 1),
            Datum::Number(step.own_cost_usd_mn, 1),
            Datum::Number(step.harm_usd_mn, 1),
        ]
    };
    let reach = found.certificate.of_bound_pct;
    let reach =
        reach.map_or_else(String::new, |pct| format!(" The list does {} % of the bound.", fixed(pct, 2)));
    let figure = InPlane {
        id: "list",
        title: format!("What {importer}'s list costs {exporter}, against its own cost"),
        note: format!(
            "Million dollars a year, {goods}, those first that hurt most for what they cost: sums of what each does alone. Ring: \
             the whole list solved at once.{reach}"
        ),
        description: spots.iter().map(|spot| spot.words.clone()).collect::<Vec<_>>().join(" "),
        axes: [format!("own cost of {importer}, $ mn a year"), format!("harm to {exporter}, $ mn a year")],
        curves: vec![Curve { name: format!("the list, {goods}"), tone: Tone::First, broken: false, points }],
        head: vec!["place", "goods", "value_usd_mn", "own_cost_usd_mn", "harm_usd_mn"],
        rows: found.steps.iter().enumerate().map(row).collect(),
        spots,
    };
    Some(figure.exhibit())
}
