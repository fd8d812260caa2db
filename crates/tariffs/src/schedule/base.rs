//! The ordinary duty on an entry: column 2, the special rate where it is claimed and allowed, or the general.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{Country, Points};

use super::{Preference, Schedule, ScheduleRow};

/// Which column of the schedule holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// Column 1, general.
    General,
    /// Column 1, special, under this programme.
    Special(String),
    /// Column 2.
    Column2,
}

/// The ordinary duty of a line for one origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Base {
    /// Which column.
    pub column: Column,
    /// What the column prints.
    pub text: String,
    /// The same in points of value; none where money per unit, or another rule, is printed.
    pub points: Option<Points>,
    /// Why a preference that was claimed does not hold.
    pub refused: Option<String>,
}

impl Base {
    /// Step 2 of the stacking algorithm: column 2 if the origin is in it; else the special rate if claimed
    /// and allowed; else the general rate.
    pub fn of(
        schedule: &Schedule,
        row: &ScheduleRow,
        origin: &Country,
        pays_column_2: bool,
        claimed: Option<&str>,
    ) -> Self {
        let plain =
            |column, text: &str| Self { column, text: text.into(), points: points(text), refused: None };
        if pays_column_2 {
            return plain(Column::Column2, &row.column_2);
        }
        let general = plain(Column::General, &row.general);
        let Some(preference) = claimed.and_then(|name| schedule.preference(name)) else { return general };
        if !preference.countries.is_empty() && !preference.countries.contains(origin) {
            let refused = format!("{} is not open to goods of {origin}", preference.name);
            return Self { refused: Some(refused), ..general };
        }
        match special(&row.special, preference) {
            Some(rate) => plain(Column::Special(preference.name.clone()), rate),
            None if general.points == Some(Points::ZERO) => general,
            None => {
                let refused = format!("the line prints no special rate for {}", preference.name);
                Self { refused: Some(refused), ..general }
            }
        }
    }
}

impl Base {
    /// Whether a line prints a special rate for a programme.
    pub fn allows(row: &ScheduleRow, preference: &Preference) -> bool {
        special(&row.special, preference).is_some()
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::General => f.write_str("column 1, general"),
            Self::Special(name) => write!(f, "column 1, special: {name}"),
            Self::Column2 => f.write_str("column 2"),
        }
    }
}

/// The rate that a special column such as `Free (AU,BH) 8% (JP)` prints for a programme.
fn special<'t>(text: &'t str, preference: &Preference) -> Option<&'t str> {
    let mut rest = text;
    while let Some((rate, after)) = rest.split_once('(') {
        let (symbols, next) = after.split_once(')')?;
        let named = |symbol: &str| preference.symbols.iter().any(|own| own == symbol.trim());
        if symbols.split(',').any(named) {
            return Some(rate.trim());
        }
        rest = next;
    }
    None
}

/// `Free`, `16.5%` and `33 1/3%` in points; none for all else.
fn points(text: &str) -> Option<Points> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("free") {
        return Some(Points::ZERO);
    }
    let number = text.strip_suffix('%')?.trim();
    match number.split_once(' ') {
        Some((whole, fraction)) => {
            let (above, below) = fraction.split_once('/')?;
            let decimal = |text: &str| Decimal::from_str(text.trim()).ok();
            let below = decimal(below)?;
            (!below.is_zero()).then_some(())?;
            Some(Points::new(decimal(whole)? + decimal(above)? / below))
        }
        None => Some(Points::new(Decimal::from_str(number).ok()?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn preference(name: &str, symbols: &[&str], countries: &[&str]) -> Preference {
        Preference {
            name: name.into(),
            symbols: symbols.iter().map(|s| (*s).to_string()).collect(),
            countries: countries.iter().map(Country::new).collect(),
        }
    }

    #[test]
    fn a_rate_is_points_only_when_it_is_nothing_else() {
        assert_eq!(points("Free"), Some(Points::ZERO));
        assert_eq!(points("16.5%"), "16.5 %".parse().ok());
        assert_eq!(points("33 1/3%").map(|p| p.to_string()[..7].to_string()), Some("33.3333".into()));
        assert_eq!(points("0.43¢/kg"), None);
        assert_eq!(points("15.4¢/kg + 52%"), None);
    }

    #[test]
    fn the_special_column_is_read_by_symbol() {
        let text = "Free (AU,BH, KR,P,S) 8% (JP)";
        assert_eq!(special(text, &preference("USMCA", &["S", "S+"], &[])), Some("Free"));
        assert_eq!(special(text, &preference("USJTA", &["JP"], &[])), Some("8%"));
        assert_eq!(special(text, &preference("AGOA", &["D"], &[])), None);
    }
}
