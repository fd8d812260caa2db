//! The form of a schedule's text: tab-separated rows, one per legal line and stretch of days.

use std::collections::BTreeMap;
use std::sync::Arc;

use diagnostic::{Diagnostic, Faults, Source};
use terms::{Country, Day, Line};

use super::{Days, Edition, Link, Preference, Schedule, ScheduleRow};

impl Schedule {
    /// Reads one schedule, all faults together.
    ///
    /// # Errors
    /// `schedule-row`: a row that has too few cells, a code or a day that cannot be read.
    pub fn read(text: &Source) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        let mut schedule = Self {
            importer: Country::new(""),
            name: String::new(),
            editions: Vec::new(),
            preferences: Vec::new(),
            column_2: None,
            rows: Vec::new(),
            links: Vec::new(),
        };
        let mut specials: BTreeMap<&str, Arc<str>> = BTreeMap::new();
        let mut words = Words::default();
        let mut at = 0;
        for row in text.text().split('\n') {
            let start = at;
            at += row.len() + 1;
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = row.split('\t').collect();
            let read = match cells[..] {
                ["edition", name, published, from, citation] => {
                    edition(name, published, from, citation).map(|edition| schedule.editions.push(edition))
                }
                ["preference", name, symbols, countries] => {
                    schedule.preferences.push(preference(name, symbols, countries));
                    Ok(())
                }
                ["column 2", group] => {
                    schedule.column_2 = Some(Country::new(group));
                    Ok(())
                }
                ["special", name, text] => {
                    specials.insert(name, words.shared(text));
                    Ok(())
                }
                ["link", old, new, from] => link(old, new, from).map(|link| schedule.links.push(link)),
                [code, general, special, column_2, suffixes, description] => {
                    let special = specials.get(special).cloned().unwrap_or_else(|| words.shared(special));
                    legal(code, suffixes).map(|(line, during, suffixes)| {
                        schedule.rows.push(ScheduleRow {
                            line,
                            during,
                            general: words.shared(general),
                            special,
                            column_2: words.shared(column_2),
                            description: Arc::from(description),
                            suffixes,
                        });
                    })
                }
                [head] => match head.split(' ').collect::<Vec<_>>()[..] {
                    ["schedule", importer, name] => {
                        schedule.importer = Country::new(importer);
                        schedule.name = name.to_string();
                        Ok(())
                    }
                    _ => Err("neither a head nor a row".to_string()),
                },
                _ => Err(format!("{} cells", cells.len())),
            };
            if let Err(reason) = read {
                faults.push(
                    Diagnostic::error("schedule-row", "a row of a schedule cannot be read")
                        .at(text.at(start..start + row.len()), reason)
                        .help("a row has six cells: code, general, special, column 2, statistical lines, description"),
                );
            }
        }
        schedule.rows.sort_by_key(|row| (row.line, row.during.from));
        schedule.spread_suffixes();
        if faults.is_empty() { Ok(schedule) } else { Err(faults) }
    }

    /// The statistical lines stand on the first row of a code; every row of it has them.
    fn spread_suffixes(&mut self) {
        for at in 1..self.rows.len() {
            let (before, rest) = self.rows.split_at_mut(at);
            if let (Some(last), Some(row)) = (before.last(), rest.first_mut())
                && last.line == row.line
                && row.suffixes.is_empty()
            {
                row.suffixes.clone_from(&last.suffixes);
            }
        }
    }
}

/// Rates repeat: each is kept once.
#[derive(Default)]
struct Words(BTreeMap<String, Arc<str>>);

impl Words {
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Arc<str> = Arc::from(text);
        self.0.insert(text.to_string(), new.clone());
        new
    }
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| format!("`{text}` is not a day"))
}

fn code(text: &str) -> Result<Line, String> {
    text.parse().map_err(|error: terms::LineError| error.to_string())
}

fn edition(name: &str, published: &str, from: &str, citation: &str) -> Result<Edition, String> {
    let (published, from) = (day(published)?, day(from)?);
    Ok(Edition { name: name.into(), published, from, citation: citation.into() })
}

fn preference(name: &str, symbols: &str, countries: &str) -> Preference {
    let words = |text: &str| text.split(' ').map(str::to_string).collect::<Vec<_>>();
    let countries = words(countries).into_iter().filter(|code| code != "*").map(Country::new).collect();
    Preference { name: name.into(), symbols: words(symbols), countries }
}

fn link(old: &str, new: &str, from: &str) -> Result<Link, String> {
    Ok(Link { old: code(old)?, new: code(new)?, from: day(from)? })
}

/// `8507.60.00[..2026-01-01]` and `10 20[..2026-02-01]`.
type Legal = (Line, Days, Vec<(u8, Days)>);

fn legal(head: &str, suffixes: &str) -> Result<Legal, String> {
    let (line, during) = windowed(head)?;
    let line = code(line)?;
    let each = suffixes.split(' ').filter(|suffix| !suffix.is_empty()).map(|suffix| {
        let (digits, days) = windowed(suffix)?;
        let digits: u8 = digits.parse().map_err(|_| format!("`{digits}` is not a statistical suffix"))?;
        Ok::<_, String>((digits, days))
    });
    Ok((line, during, each.collect::<Result<_, _>>()?))
}

fn windowed(text: &str) -> Result<(&str, Days), String> {
    let Some((head, window)) = text.split_once('[') else { return Ok((text, Days::default())) };
    let (from, until) = window
        .strip_suffix(']')
        .and_then(|window| window.split_once(".."))
        .ok_or_else(|| format!("`[{window}` is not a stretch of days such as `[..2026-01-01]`"))?;
    let open = |text: &str| if text.is_empty() { Ok(None) } else { day(text).map(Some) };
    Ok((head, Days { from: open(from)?, until: open(until)? }))
}
