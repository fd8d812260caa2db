//! What `backtest` found: the score beside naive forecasts, in text.

use scenario::{Backtested, Marks};

use crate::rounding::{fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// The page.
pub fn text(found: &Backtested) -> String {
    let mut page = paragraph(
        &[
            format!(
                "From the trade of {} and the duties that came by {}, what share of each importer's purchases of each good comes from where in {}?",
                found.from, found.to, found.to
            ),
            format!("The last trend is that of {} to {}.", found.trend_from, found.from),
            format!("Model: {}.", found.model),
        ],
        0,
    );
    for score in &found.scores {
        page.push_str(&format!("\n{}: {} of them\n", sentence(&score.flows), score.cells));
        let mut table = Table::headed([
            ("forecast", Align::Left),
            ("mean error pp", Align::Right),
            ("rms pp", Align::Right),
            ("skill", Align::Right),
            ("correlation", Align::Right),
            ("slope", Align::Right),
            ("right sign %", Align::Right),
        ]);
        let rows: [(&str, &Marks); 3] =
            [("model", &score.model), ("no change", &score.no_change), ("trend", &score.trend)];
        for (name, marks) in rows {
            let optional =
                |value: Option<f64>, places| value.map_or_else(|| "–".into(), |value| signed(value, places));
            table.row([
                name.into(),
                fixed(marks.mean_absolute_pp, 3),
                fixed(marks.root_mean_square_pp, 3),
                signed(marks.skill, 3),
                optional(marks.correlation, 2),
                optional(marks.slope, 2),
                marks.right_sign_pct.map_or_else(|| "–".into(), |value| fixed(value, 0)),
            ]);
        }
        page.push_str(&table.print(0));
    }
    page.push_str(
        "\nShare of the importer's purchases of goods, pairs whose duties changed by a point or more\n",
    );
    let mut table = Table::headed([
        ("importer", Align::Left),
        ("exporter", Align::Left),
        ("duty pp", Align::Right),
        ("before %", Align::Right),
        ("actual %", Align::Right),
        ("model %", Align::Right),
        ("trend %", Align::Right),
    ]);
    for pair in found.pairs.iter().take(12) {
        table.row([
            pair.importer.to_string(),
            pair.exporter.to_string(),
            signed(pair.duty_change_pp, 1),
            fixed(pair.before_pct, 3),
            fixed(pair.actual_pct, 3),
            fixed(pair.forecast_pct.model, 3),
            fixed(pair.forecast_pct.trend, 3),
        ]);
    }
    page.push_str(&table.print(0));
    let evidence = &found.certificate;
    page.push('\n');
    page.push_str(&paragraph(
        &[
            "Skill is 1 less the squared error over that of no change: below 0, doing nothing was better."
                .into(),
            format!(
                "Evidence: {}; largest relative excess {} ({}); Walras residual {}.",
                evidence.status,
                residual(evidence.largest_excess),
                evidence.market,
                residual(evidence.walras)
            ),
            format!("Manifest {}.", found.manifest.id),
        ],
        0,
    ));
    page
}

/// The first letter as a capital.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
