//! What `measure` found, as text and as a table of countries.

use scenario::{CountryRow, Measured};

use crate::rounding::{residual, signed};
use crate::table::{Align, Table};

/// One line for each country, the columns in the order of the API.
pub fn csv(found: &Measured) -> String {
    let mut text = String::from(
        "country,real_income_pct,real_wage_pct,tot_pct,vot_pct,revenue_musd,imports_pct,exports_pct,wage_pct,price_pct,\
         real_income_musd,revenue_change_musd\n",
    );
    // The shortest digits that read back as the same number; an absent number is an empty field.
    let field = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    for row in &found.countries {
        let values = [
            Some(row.real_income_pct),
            Some(row.real_wage_pct),
            Some(row.tot_pct),
            Some(row.vot_pct),
            Some(row.revenue_musd),
            row.imports_pct,
            row.exports_pct,
            Some(row.wage_pct),
            Some(row.price_pct),
            Some(row.real_income_musd),
            Some(row.revenue_change_musd),
        ];
        text.push_str(row.country.as_str());
        for value in values {
            text.push(',');
            text.push_str(&field(value));
        }
        text.push('\n');
    }
    text
}

/// A page of text: the countries by what they lose, then the evidence.
pub fn text(found: &Measured) -> String {
    let mut rows: Vec<&CountryRow> = found.countries.iter().collect();
    rows.sort_by(|a, b| a.real_income_pct.total_cmp(&b.real_income_pct));
    let mut table = Table::headed([
        ("country", Align::Left),
        ("real income %", Align::Right),
        ("mn", Align::Right),
        ("real wage %", Align::Right),
        ("revenue mn", Align::Right),
        ("imports %", Align::Right),
        ("exports %", Align::Right),
    ]);
    let optional = |value: Option<f64>| value.map_or_else(|| "–".to_string(), |value| signed(value, 2));
    for row in rows {
        table.row([
            row.country.to_string(),
            signed(row.real_income_pct, 4),
            signed(row.real_income_musd, 0),
            signed(row.real_wage_pct, 4),
            signed(row.revenue_change_musd, 0),
            optional(row.imports_pct),
            optional(row.exports_pct),
        ]);
    }
    let evidence = &found.certificate;
    format!(
        "{}\n{}\n\n{}\nWorld real income {} %, weighted by final spending.\n\n\
         Evidence: {}; largest relative excess {} ({}); Walras residual {}; {} steps, {} evaluations.\n\
         Manifest {}\n",
        found.economy,
        found.model,
        table.print(0),
        signed(found.world_real_income_pct, 4),
        evidence.status,
        residual(evidence.largest_excess),
        evidence.market,
        residual(evidence.walras),
        evidence.iterations,
        evidence.evaluations,
        found.manifest.id,
    )
}
