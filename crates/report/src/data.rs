//! The outcome as data: JSON as it stands, and tables for a spreadsheet. Nothing is rounded here.

use scenario::Brief;

/// The outcome as JSON, numbers with all their digits.
///
/// # Errors
/// Those of `serde_json`, which no outcome of ours provokes.
pub fn json(brief: &Brief) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(brief)
}

/// Country rows of every pair of policies, one line each: `policy, country, name, real_income_pct, …`.
pub fn countries_csv(brief: &Brief) -> String {
    let head = "policy,first_headline_pp,second_headline_pp,country,name,real_income_pct,low_pct,high_pct,\
                real_income_usd_mn,real_wage_pct,revenue_usd_mn,imports_pct,exports_pct";
    let mut out = format!("{head}\n");
    for cost in &brief.costs {
        for row in &cost.countries {
            let cells = [
                cost.key.clone(),
                level(cost.headlines_pp[0]),
                level(cost.headlines_pp[1]),
                row.country.to_string(),
                row.name.clone(),
                row.real_income_pct.to_string(),
                row.low_pct.to_string(),
                row.high_pct.to_string(),
                row.real_income_usd_mn.to_string(),
                row.real_wage_pct.to_string(),
                row.revenue_usd_mn.to_string(),
                row.imports_pct.to_string(),
                row.exports_pct.to_string(),
            ];
            out.push_str(&csv_line(&cells));
        }
    }
    out
}

/// A headline; nothing where it is unread.
fn level(headline_pp: f64) -> String {
    if headline_pp.is_nan() { String::new() } else { headline_pp.to_string() }
}

/// One line of CSV: cells quoted where they hold a comma, a quote or a line break.
pub fn csv_line<S: AsRef<str>>(cells: &[S]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            let cell = cell.as_ref();
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.into()
            }
        })
        .collect();
    format!("{}\n", quoted.join(","))
}

/// A text as the address of a download that needs no script and no request.
pub fn data_address(media_type: &str, text: &str) -> String {
    let mut address = format!("data:{media_type};charset=utf-8,");
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => address.push(byte as char),
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_hold_commas_are_quoted() {
        assert_eq!(csv_line(&["a", "b,c", "say \"no\""]), "a,\"b,c\",\"say \"\"no\"\"\"\n");
    }

    #[test]
    fn an_address_holds_nothing_a_page_would_read_as_markup() {
        assert_eq!(data_address("text/csv", "a,b\n<\"é"), "data:text/csv;charset=utf-8,a%2Cb%0A%3C%22%C3%A9");
    }
}
