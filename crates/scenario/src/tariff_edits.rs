//! Tariffs as a user states them: rows that replace base rates, and points on top.
//!
//! A row is `importer,exporter,sector,rate`. `*` stands for every country but the other one named, and for
//! every good where a sector stands; `all` is every sector, services included. A rate is a share (`0.6`) or
//! carries its unit (`60 %`, `+60 pp`).

use std::collections::HashMap;
use std::ops::Range;

use diagnostic::{Diagnostic, Faults, Source};
use economy::Economy;
use terms::{CountryId, Cube, Points, Rate, SectorId};

/// What a row's rate does to the base rate of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// The rate takes the place of the base rate.
    Replace,
    /// The rate comes on top of what is there.
    Add,
}

/// Applies the rows of `text` to `tariffs`, in order: a later row that replaces wins over an earlier one.
///
/// # Errors
/// Every fault of the text: a wrong header, an unknown code, a rate that is no number or not above −100 %, a
/// duty of a country on itself, a row stated twice.
pub fn edit(
    tariffs: &mut Cube<Rate>,
    economy: &Economy,
    text: &Source,
    what: Edit,
) -> Result<Faults, Faults> {
    let mut faults = Faults::new();
    let mut seen: HashMap<[String; 3], Range<usize>> = HashMap::new();
    let mut start = 0;
    let mut header_due = what == Edit::Replace;
    for raw in text.text().split_inclusive('\n') {
        let span = start..start + raw.trim_end().len();
        start += raw.len();
        if raw.trim().is_empty() || raw.trim_start().starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = raw.trim().split(',').map(|field| field.trim().trim_matches('"')).collect();
        if std::mem::take(&mut header_due) {
            if fields != ["importer", "exporter", "sector", "rate"] {
                faults.push(
                    Diagnostic::error(
                        "tariff-header",
                        "the first row does not name the columns of a tariff table",
                    )
                    .at(text.at(span), "this row was read as the header")
                    .help("begin the file with `importer,exporter,sector,rate`"),
                );
            }
            continue;
        }
        match row(economy, text, &span, &fields) {
            Err(found) => faults.append(found),
            Ok((row, warning)) => {
                if let Some(warning) = warning {
                    faults.push(warning);
                }
                let key = [fields[0], fields[1], fields[2]].map(str::to_string);
                if let Some(first) = seen.insert(key, span.clone()).filter(|_| what == Edit::Replace) {
                    faults.push(
                        Diagnostic::error("tariff-twice", "the same cell is given two rates")
                            .at(text.at(span), "second rate")
                            .at(text.at(first), "first rate")
                            .help("keep one of the two rows"),
                    );
                }
                row.apply(tariffs, economy, what);
            }
        }
    }
    if faults.has_errors() { Err(faults) } else { Ok(faults) }
}

struct Row {
    importer: Option<CountryId>,
    exporter: Option<CountryId>,
    sectors: Vec<SectorId>,
    rate: Rate,
}

impl Row {
    fn apply(&self, tariffs: &mut Cube<Rate>, economy: &Economy, what: Edit) {
        let countries = economy.countries().len();
        let named = |one: Option<CountryId>| -> Vec<CountryId> {
            one.map_or_else(|| CountryId::all(countries).collect(), |id| vec![id])
        };
        for n in named(self.importer) {
            for i in named(self.exporter).into_iter().filter(|i| *i != n) {
                for &s in &self.sectors {
                    let cell = &mut tariffs[(n, i, s)];
                    *cell = match what {
                        Edit::Replace => self.rate,
                        Edit::Add => Rate::share(cell.as_share() + self.rate.as_share()),
                    };
                }
            }
        }
    }
}

fn row(
    economy: &Economy,
    text: &Source,
    span: &Range<usize>,
    fields: &[&str],
) -> Result<(Row, Option<Diagnostic>), Faults> {
    let [importer, exporter, sector, rate] = fields else {
        return Err(Diagnostic::error(
            "tariff-row",
            format!("a tariff row has 4 fields, this one {}", fields.len()),
        )
        .at(text.at(span.clone()), "here")
        .help("write `importer,exporter,sector,rate`, such as `USA,CHN,*,0.6`")
        .into());
    };
    let mut faults = Faults::new();
    let place = |field: &str| {
        let at = text.text()[span.clone()].find(field).map_or(span.start, |at| span.start + at);
        text.at(at..at + field.len())
    };
    let mut country = |code: &str| match code {
        "*" => None,
        code => economy.country_id(code).or_else(|| {
            faults.push(economy.unknown_country(code).at(place(code), "no country has this code here"));
            None
        }),
    };
    let (n, i) = (country(importer), country(exporter));
    if n.is_some() && n == i {
        faults.push(
            Diagnostic::error("duty-on-itself", format!("`{importer}` would charge a duty on its own goods"))
                .at(text.at(span.clone()), "importer and exporter are the same")
                .help("a duty is charged by an importer on another country's goods"),
        );
    }
    let everything = economy.sectors().iter().enumerate();
    let sectors: Vec<SectorId> = match *sector {
        "*" => everything.filter(|(_, s)| s.good).map(|(at, _)| SectorId::new(at)).collect(),
        "all" => everything.map(|(at, _)| SectorId::new(at)).collect(),
        code => economy.sector_id(code).into_iter().collect(),
    };
    if sectors.is_empty() {
        faults.push(
            economy
                .unknown_sector(sector)
                .at(place(sector), "no sector has this code here")
                .note("`*` is every good, `all` every sector, services included"),
        );
    }
    let share = match rate.parse::<f64>() {
        Ok(share) => Ok(share),
        Err(_) => rate.parse::<Points>().map(|points| points.rate().as_share()).map_err(|e| e.to_string()),
    };
    let mut warning = None;
    let rate = match share {
        Ok(share) if share.is_finite() && share > -1.0 => {
            if share > 10.0 {
                warning = Some(
                    Diagnostic::warning(
                        "rate-above-1000",
                        format!("`{rate}` is a share: {} %", share * 100.0),
                    )
                    .at(place(rate), "read as a share of value")
                    .help(format!("if per cent were meant, write `{rate} %`")),
                );
            }
            Rate::share(share)
        }
        Ok(share) => {
            faults.push(
                Diagnostic::error("rate-out-of-range", format!("`{share}` cannot be a rate of duty"))
                    .at(place(rate), "must be a number above -1 (-100 %)")
                    .help("write a share such as `0.6`, or `60 %`"),
            );
            Rate::FREE
        }
        Err(reason) => {
            faults.push(
                Diagnostic::error("rate-unreadable", reason)
                    .at(place(rate), "not a rate")
                    .help("write a share such as `0.6`, or `60 %`"),
            );
            Rate::FREE
        }
    };
    if faults.is_empty() {
        Ok((Row { importer: n, exporter: i, sectors, rate }, warning))
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economies;

    fn cell(tariffs: &Cube<Rate>, economy: &Economy, [n, i, s]: [&str; 3]) -> f64 {
        let country = |code| economy.country_id(code).unwrap();
        tariffs[(country(n), country(i), economy.sector_id(s).unwrap())].as_share()
    }

    fn edited(what: Edit, text: &str) -> Result<(Economy, Cube<Rate>, Faults), Faults> {
        let economy = economies::open("default").unwrap().economy;
        let mut tariffs = economy.tariffs().clone();
        let warnings = edit(&mut tariffs, &economy, &Source::new("t.csv", text), what)?;
        Ok((economy, tariffs, warnings))
    }

    #[test]
    fn a_star_is_every_other_country_and_every_good() {
        let (economy, tariffs, _) = edited(Edit::Add, "USA,*,*,0.1").unwrap();
        let added = |place| cell(&tariffs, &economy, place) - cell(economy.tariffs(), &economy, place);
        assert!((added(["USA", "CHN", "MVH"]) - 0.1).abs() < 1e-15);
        assert_eq!(added(["USA", "CHN", "FIN"]), 0.0, "a service is no good");
        assert_eq!(added(["USA", "USA", "MVH"]), 0.0, "nobody taxes own goods at the border");
        assert_eq!(added(["CHN", "USA", "MVH"]), 0.0);
        let (economy, tariffs, _) = edited(Edit::Add, "USA,CHN,all,60 %").unwrap();
        assert!((cell(&tariffs, &economy, ["USA", "CHN", "FIN"]) - 0.6).abs() < 1e-15);
    }

    #[test]
    fn a_row_replaces_and_a_later_row_wins() {
        let text = "importer,exporter,sector,rate\nUSA,CHN,*,0.5\n# cars apart\nUSA,CHN,MVH,0.25\n";
        let (economy, tariffs, _) = edited(Edit::Replace, text).unwrap();
        assert_eq!(cell(&tariffs, &economy, ["USA", "CHN", "ELE"]), 0.5);
        assert_eq!(cell(&tariffs, &economy, ["USA", "CHN", "MVH"]), 0.25);
    }

    #[test]
    fn every_fault_is_named_with_its_line_and_what_would_have_been_right() {
        let text = "importer,exporter,sector,rate\nUSA,CNH,*,0.5\nUSA,CHN,MVX,0.5\nUSA,CHN,MVH,x1.2\n\
                    USA,CHN,MVH,-1\nUSA,USA,MVH,0.1\nUSA,CHN,MVH\nUSA,MEX,MVH,0.1\nUSA,MEX,MVH,0.2\n";
        let faults = edited(Edit::Replace, text).unwrap_err();
        let codes: Vec<&str> = faults.iter().map(Diagnostic::code).collect();
        assert_eq!(
            codes,
            [
                "unknown-country",
                "unknown-sector",
                "rate-unreadable",
                "rate-out-of-range",
                "duty-on-itself",
                "tariff-row",
                "tariff-twice"
            ]
        );
        let shown = faults.to_string();
        assert!(shown.contains("t.csv:2:5") && shown.contains("did you mean `CHN`"), "{shown}");
    }

    #[test]
    fn a_share_that_looks_like_per_cent_is_pointed_out() {
        let (_, _, warnings) = edited(Edit::Add, "USA,CHN,*,60").unwrap();
        assert!(warnings.to_string().contains("write `60 %`"), "{warnings}");
    }
}
