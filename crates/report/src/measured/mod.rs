//! What `measure` found: a page of text here, tables with named columns in [`sheets`].

mod detail;
mod diverted;
mod sheets;

use scenario::{CountryRow, Measured, Uncertainty};

pub use sheets::{sheet, sheets};

use crate::rounding::{change_pct, change_usd, fixed, residual, signed};
use crate::table::{Align, Table, paragraph};

/// The page: the world, the countries by what they lose, duties, diversion, what was asked for besides, evidence.
pub fn text(found: &Measured) -> String {
    let mut page = format!("{}\n{}\n", found.economy, paragraph(&[format!("{}.", found.model)], 0));
    page.push_str(&paragraph(&head(found), 0));
    page.push('\n');
    page.push_str(&countries(found));
    page.push_str(&duties(found));
    page.push_str(&diverted::text(found));
    page.push_str(&detail::text(found));
    page.push_str(&sets(found));
    page.push('\n');
    page.push_str(&paragraph(&evidence(found), 0));
    page
}

/// What the world loses, against what, and what a band is.
fn head(found: &Measured) -> Vec<String> {
    let world = &found.world;
    let band = world.bands.get("real_income_gdp_weighted_pct");
    let mark = if world.outside_its_band() { "*" } else { "" };
    let band = band.map_or_else(String::new, |band| format!(" ({}{mark})", between(band.p05, band.p95)));
    let mut sentences = vec![
        format!("Changes are against {}.", found.base),
        format!(
            "World real income {}{band} weighted by GDP, {} as the plain mean of countries, {}.",
            change_pct(world.real_income_gdp_weighted_pct),
            change_pct(world.real_income_simple_mean_pct),
            money(found, world.real_income_musd)
        ),
    ];
    sentences.extend(world.trade_pct.map(|trade| format!("Trade between countries {}.", change_pct(trade))));
    match &found.uncertainty {
        Some(over) => sentences.push(format!(
            "Bands hold the middle 90 % of {} {} draws of θ ({}; seed {}){}.",
            over.draws,
            over.sequence,
            over.distribution,
            over.seed,
            left_out(over)
        )),
        None => sentences.push("No bands: no draws were asked for.".into()),
    }
    sentences
}

/// The draws that no band counts, and why.
fn left_out(over: &Uncertainty) -> String {
    let unstable = match over.unstable {
        0 => String::new(),
        unstable => format!("; under {unstable} firms would leave the base year by themselves"),
    };
    let stalled = match over.stalled {
        0 => String::new(),
        stalled => format!("; {stalled} did not clear"),
    };
    let counted = if over.unstable + over.stalled > 0 { ", and no band counts these" } else { "" };
    format!("{unstable}{stalled}{counted}")
}

/// An amount in the answer's currency.
fn money(found: &Measured, millions: f64) -> String {
    match found.currency.as_str() {
        "USD" => change_usd(millions),
        currency => format!("{} mn {currency}", signed(millions, places(millions))),
    }
}

/// Digits after the point of an amount that stands beside others up to `largest`.
fn places(largest: f64) -> usize {
    if largest.abs() < 100.0 { 2 } else { 0 }
}

/// `−0.45 to −0.31`.
pub(crate) fn between(low: f64, high: f64) -> String {
    let places = if low.abs().max(high.abs()) >= 10.0 { 1 } else { 2 };
    format!("{} to {}", signed(low, places), signed(high, places))
}

fn countries(found: &Measured) -> String {
    let mut rows: Vec<&CountryRow> = found.countries.iter().collect();
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    // Profits move only where firms are fixed.
    let profits = rows.iter().any(|row| row.profit_pct.is_some_and(|part| part != 0.0));
    let mut columns = vec![
        ("country", Align::Left),
        ("real income %", Align::Right),
        ("5 to 95 %", Align::Right),
        ("mn", Align::Right),
        ("tot %", Align::Right),
        ("vot %", Align::Right),
    ];
    columns.extend(profits.then_some(("profit %", Align::Right)));
    columns.push(("imports %", Align::Right));
    let mut table = Table::headed_by(&columns);
    let part = |value: Option<f64>| value.map_or_else(|| "–".to_string(), |value| signed(value, 3));
    let digits = places(rows.iter().map(|row| row.real_income_musd.abs()).fold(0.0, f64::max));
    let mut marked = usize::from(found.world.outside_its_band());
    for row in rows {
        let band = row.bands.get("real_income_pct");
        let mark = if row.outside_its_band() { "*" } else { "" };
        marked += mark.len();
        let mut cells = vec![
            row.country.to_string(),
            signed(row.real_income_pct, 4),
            band.map_or_else(|| "–".to_string(), |band| format!("{}{mark}", between(band.p05, band.p95))),
            signed(row.real_income_musd, digits),
            part(row.tot_pct),
            part(row.vot_pct),
        ];
        cells.extend(profits.then(|| part(row.profit_pct)));
        cells.push(row.imports_pct.map_or_else(|| "–".to_string(), |value| signed(value, 1)));
        table.row_of(cells);
    }
    let mut text = table.print(0);
    if marked > 0 {
        text.push_str(&paragraph(&[OUTSIDE.into()], 0));
    }
    text
}

/// Why a central number may lie outside its band (`docs/method/outcomes.md`).
const OUTSIDE: &str = "* The answer at the central elasticities lies outside the band: over them the number has a turning point near the centre, so that draws to either side of it fall on one side of the answer.";

/// Duties of the importers that changed them: the rate before, on the old imports, on the new; what is collected.
fn duties(found: &Measured) -> String {
    let digits = places(found.countries.iter().map(|row| row.revenue_musd.abs()).fold(0.0, f64::max));
    let changed = found.countries.iter().filter(|row| {
        let rates = row.tariff_before_pct.zip(row.tariff_before_substitution_pct);
        rates.is_some_and(|(before, after)| (after - before).abs() > 1e-9)
    });
    let mut table = Table::headed([
        ("duties of", Align::Left),
        ("before %", Align::Right),
        ("on old trade %", Align::Right),
        ("effective %", Align::Right),
        ("collected mn", Align::Right),
        ("change mn", Align::Right),
    ]);
    let rate = |value: Option<f64>| value.map_or_else(|| "–".to_string(), |value| fixed(value, 2));
    for row in changed {
        table.row([
            row.country.to_string(),
            rate(row.tariff_before_pct),
            rate(row.tariff_before_substitution_pct),
            rate(row.tariff_after_substitution_pct),
            fixed(row.revenue_musd, digits),
            signed(row.revenue_change_musd, digits),
        ]);
    }
    if table.is_empty() { String::new() } else { format!("\n{}", table.print(0)) }
}

/// Elasticity sets side by side: the world, and the countries that any set moves most.
fn sets(found: &Measured) -> String {
    if found.elasticities.is_empty() {
        return String::new();
    }
    let size = |country: &terms::Country| {
        found.elasticities.iter().map(|set| set.real_income_pct[country].abs()).fold(0.0, f64::max)
    };
    let mut most: Vec<&terms::Country> = found.countries.iter().map(|row| &row.country).collect();
    most.sort_by(|a, b| size(b).total_cmp(&size(a)));
    most.truncate(5);
    let mut columns = vec![("elasticities", Align::Left), ("world %", Align::Right)];
    columns.extend(most.iter().map(|country| (country.as_str(), Align::Right)));
    let mut table = Table::headed_by(&columns);
    for set in &found.elasticities {
        let mut cells = vec![set.elasticity.clone(), signed(set.world_real_income_pct, 3)];
        cells.extend(most.iter().map(|country| signed(set.real_income_pct[*country], 3)));
        table.row_of(cells);
    }
    format!("\nReal income under each elasticity set\n{}", table.print(0))
}

fn evidence(found: &Measured) -> Vec<String> {
    let evidence = &found.certificate;
    let mut sentences = vec![format!(
        "Evidence: {}; largest relative excess {} ({}); Walras residual {}; {} steps, {} evaluations.",
        evidence.status,
        residual(evidence.largest_excess),
        evidence.market,
        residual(evidence.walras),
        evidence.iterations,
        evidence.evaluations,
    )];
    if !evidence.exits.is_empty() {
        sentences.push(format!("Sectors that close: {}.", evidence.exits.join(", ")));
    }
    sentences.extend(evidence.split_gap_pp.map(|gap| {
        format!(
            "Terms of trade (tot) and volume of trade (vot) add up to real income, with transfers and scale where there are any, to {} points.",
            residual(gap)
        )
    }));
    sentences.push(format!("Manifest {}.", found.manifest.id));
    sentences
}
