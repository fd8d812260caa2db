//! What `measure` found, as tables with named columns for CSV, Parquet, workbooks and Stata.

use scenario::sheet::{Column, Sheet};
use scenario::{CountryRow, Measured, PairRow, SectorRow, ThetaRow};

/// Every table of the answer: countries first, then what was asked for besides.
pub fn sheets(found: &Measured) -> Vec<Sheet> {
    let mut sheets = vec![countries(found), diversion(found)];
    if !found.elasticities.is_empty() {
        sheets.push(sets(found));
    }
    if !found.sectors.is_empty() {
        sheets.push(sectors(&found.sectors));
    }
    if !found.bilateral.is_empty() {
        sheets.push(pairs("bilateral", &found.bilateral));
    }
    if !found.flows.is_empty() {
        sheets.push(pairs("flows", &found.flows));
    }
    if !found.thetas.is_empty() {
        sheets.push(thetas(&found.thetas));
    }
    sheets
}

/// The one table that a form with one table shows: what was asked for last in the order sectors, bilateral, flows, thetas,
/// else the countries.
pub fn sheet(found: &Measured) -> Sheet {
    if !found.thetas.is_empty() {
        thetas(&found.thetas)
    } else if !found.flows.is_empty() {
        pairs("flows", &found.flows)
    } else if !found.bilateral.is_empty() {
        pairs("bilateral", &found.bilateral)
    } else if !found.sectors.is_empty() {
        sectors(&found.sectors)
    } else {
        countries(found)
    }
}

fn numbers<R>(rows: &[R], of: impl Fn(&R) -> Option<f64>) -> Column {
    Column::Numbers(rows.iter().map(|row| of(row).unwrap_or(f64::NAN)).collect())
}

/// One line for each country, the columns in the order of the API, the ends of the bands last.
fn countries(found: &Measured) -> Sheet {
    type Of = fn(&CountryRow) -> Option<f64>;
    let columns: [(&str, Of); 21] = [
        ("real_income_pct", |row| Some(row.real_income_pct)),
        ("real_wage_pct", |row| Some(row.real_wage_pct)),
        ("tot_pct", |row| row.tot_pct),
        ("vot_pct", |row| row.vot_pct),
        ("revenue_musd", |row| Some(row.revenue_musd)),
        ("imports_pct", |row| row.imports_pct),
        ("exports_pct", |row| row.exports_pct),
        ("wage_pct", |row| Some(row.wage_pct)),
        ("price_pct", |row| Some(row.price_pct)),
        ("real_income_musd", |row| Some(row.real_income_musd)),
        ("revenue_change_musd", |row| Some(row.revenue_change_musd)),
        ("transfer_pct", |row| row.transfer_pct),
        ("scale_pct", |row| row.scale_pct),
        ("profit_pct", |row| row.profit_pct),
        ("tariff_before_pct", |row| row.tariff_before_pct),
        ("tariff_before_substitution_pct", |row| row.tariff_before_substitution_pct),
        ("tariff_after_substitution_pct", |row| row.tariff_after_substitution_pct),
        ("first_order_tot_pct", |row| row.first_order_tot_pct),
        ("first_order_vot_pct", |row| row.first_order_vot_pct),
        ("first_order_pct", |row| row.first_order_pct),
        ("bands_draws", |row| row.bands.values().next().map(|band| band.draws as f64)),
    ];
    let rows = &found.countries;
    let mut sheet =
        Sheet::new("countries").with("country", Column::words(rows.iter().map(|row| row.country.as_str())));
    for (name, of) in columns {
        sheet = sheet.with(name, numbers(rows, of));
    }
    let banded = rows.iter().find(|row| !row.bands.is_empty()).map(|row| &row.bands);
    for name in banded.into_iter().flat_map(|bands| bands.keys()) {
        sheet = sheet
            .with(format!("{name}_p05"), numbers(rows, |row| row.bands.get(name).map(|band| band.p05)))
            .with(format!("{name}_p95"), numbers(rows, |row| row.bands.get(name).map(|band| band.p95)));
    }
    sheet
}

/// One line for each importer and source.
fn diversion(found: &Measured) -> Sheet {
    let rows: Vec<_> = found
        .diversion
        .iter()
        .flat_map(|of| of.turned.losers.iter().chain(&of.turned.gainers).map(move |moved| (of, moved)))
        .collect();
    Sheet::new("diversion")
        .with("importer", Column::words(rows.iter().map(|(of, _)| of.importer.as_str())))
        .with("source", Column::words(rows.iter().map(|(_, moved)| moved.country.as_str())))
        .with("share_before_pct", numbers(&rows, |(_, moved)| Some(moved.share_before_pct)))
        .with("share_after_pct", numbers(&rows, |(_, moved)| Some(moved.share_after_pct)))
        .with("change_pp", numbers(&rows, |(_, moved)| Some(moved.change_pp)))
        .with("of_moved_pct", numbers(&rows, |(_, moved)| Some(moved.of_moved_pct)))
        .with("before_musd", numbers(&rows, |(_, moved)| Some(moved.before_musd)))
        .with("after_musd", numbers(&rows, |(_, moved)| Some(moved.after_musd)))
}

/// One line for each elasticity set and country.
fn sets(found: &Measured) -> Sheet {
    let rows: Vec<_> = found
        .elasticities
        .iter()
        .flat_map(|set| set.real_income_pct.iter().map(move |row| (set, row)))
        .collect();
    Sheet::new("elasticities")
        .with("elasticity", Column::words(rows.iter().map(|(set, _)| &set.elasticity)))
        .with("country", Column::words(rows.iter().map(|(_, (country, _))| country.as_str())))
        .with("real_income_pct", numbers(&rows, |(_, (_, value))| Some(**value)))
}

fn sectors(rows: &[SectorRow]) -> Sheet {
    Sheet::new("sectors")
        .with("country", Column::words(rows.iter().map(|row| row.country.as_str())))
        .with("sector", Column::words(rows.iter().map(|row| row.sector.as_str())))
        .with("price_pct", numbers(rows, |row| Some(row.price_pct)))
        .with("relative_price_pct", numbers(rows, |row| Some(row.relative_price_pct)))
        .with("output_before_musd", numbers(rows, |row| Some(row.output_before_musd)))
        .with("output_pct", numbers(rows, |row| row.output_pct))
        .with("quantity_pct", numbers(rows, |row| row.quantity_pct))
        .with("employment_pct", numbers(rows, |row| row.employment_pct))
        .with("imports_pct", numbers(rows, |row| row.imports_pct))
        .with("exports_pct", numbers(rows, |row| row.exports_pct))
}

fn thetas(rows: &[ThetaRow]) -> Sheet {
    Sheet::new("thetas")
        .with("country", Column::words(rows.iter().map(|row| row.country.as_str())))
        .with("sector", Column::words(rows.iter().map(|row| row.sector.as_str())))
        .with("theta", numbers(rows, |row| Some(row.theta)))
        .with("real_income_pp_per_10_pct", numbers(rows, |row| Some(row.real_income_pp)))
}

fn pairs(name: &str, rows: &[PairRow]) -> Sheet {
    Sheet::new(name)
        .with("importer", Column::words(rows.iter().map(|row| row.importer.as_str())))
        .with("exporter", Column::words(rows.iter().map(|row| row.exporter.as_str())))
        .with("sector", Column::words(rows.iter().map(|row| &row.sector)))
        .with("before_musd", numbers(rows, |row| Some(row.before_musd)))
        .with("after_musd", numbers(rows, |row| Some(row.after_musd)))
        .with("change_pct", numbers(rows, |row| Some(row.change_pct)))
        .with("tariff_before_pct", numbers(rows, |row| Some(row.tariff_before_pct)))
        .with("tariff_pct", numbers(rows, |row| Some(row.tariff_pct)))
}
