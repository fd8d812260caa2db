//! What every figure in a plane shares: one drawing for a page, one for a phone, the numbers behind both.

use super::{Datum, Exhibit};
use crate::svg::Form;
use crate::svg::plane::{Curve, Plane, Spot, Tone, plane};

/// A figure in a plane before it is drawn.
pub(super) struct InPlane<'a> {
    /// Its name in addresses and file names.
    pub id: &'a str,
    pub title: String,
    /// Unit and definition, in a line.
    pub note: String,
    /// What it shows, in words.
    pub description: String,
    /// What runs along the horizontal and the vertical axis, with units.
    pub axes: [String; 2],
    pub curves: Vec<Curve>,
    /// The most important first: the first takes the best place for its label.
    pub spots: Vec<Spot>,
    pub head: Vec<&'static str>,
    pub rows: Vec<Vec<Datum>>,
}

impl InPlane<'_> {
    pub(super) fn exhibit(self) -> Exhibit {
        let data = Plane {
            title: &self.title,
            description: &self.description,
            axes: self.axes.each_ref().map(String::as_str),
            curves: &self.curves,
            spots: &self.spots,
        };
        Exhibit {
            id: self.id.into(),
            wide: plane(&data, Form::wide(self.id)),
            narrow: Some(plane(&data, Form::narrow(self.id))),
            note: self.note,
            key: Vec::new(),
            head: self.head,
            rows: self.rows,
            title: self.title,
        }
    }
}

/// Both sides' best replies and the path that was charged, as curves.
pub(super) fn reaction_curves(
    names: [&str; 2],
    replies: [&[(f64, f64)]; 2],
    path: (&str, &[(f64, f64)]),
) -> Vec<Curve> {
    let curve = |name: String, tone, broken, points: &[(f64, f64)]| Curve {
        name,
        tone,
        broken,
        points: points.to_vec(),
    };
    vec![
        curve(format!("best reply of {}", names[0]), Tone::First, false, replies[0]),
        curve(format!("best reply of {}", names[1]), Tone::Second, false, replies[1]),
        curve(path.0.into(), Tone::Neutral, true, path.1),
    ]
}

/// The numbers behind [`reaction_curves`]: what each pair of duties is, then the pair.
pub(super) fn reaction_rows(replies: [&[(f64, f64)]; 2], path: &[(f64, f64)]) -> Vec<Vec<Datum>> {
    let kinds = [("first_best_reply", replies[0]), ("second_best_reply", replies[1]), ("charged", path)];
    let rows = kinds.into_iter().flat_map(|(kind, pairs)| pairs.iter().map(move |pair| (kind, pair)));
    rows.map(|(kind, (x, y))| vec![Datum::Text(kind.into()), Datum::Number(*x, 1), Datum::Number(*y, 1)])
        .collect()
}

/// What two rules charge, month by month after so many: a level holds through its month, so a step is drawn, not a slope.
pub(super) fn month_steps(
    names: [&str; 2],
    rules: &[String; 2],
    (after, path_pp): (usize, &[[f64; 2]]),
) -> Vec<Curve> {
    let steps = |side: usize| -> Vec<(f64, f64)> {
        let months = path_pp.iter().enumerate().map(|(t, level)| ((after + t) as f64, level[side]));
        months.flat_map(|(t, level)| [(t, level), (t + 1.0, level)]).collect()
    };
    [(0, Tone::First), (1, Tone::Second)]
        .map(|(side, tone)| Curve {
            name: format!("{}, {}", names[side], rules[side]),
            tone,
            broken: side == 1,
            points: steps(side),
        })
        .into()
}
