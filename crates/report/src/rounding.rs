//! How numbers are written: rounding only, never arithmetic on results.
//!
//! A change carries its sign, a minus is a minus (`−`, not a hyphen), and nothing is written as `−0.00`.

/// Digits after the point for a number that stands beside others of the same size.
fn digits(largest: f64) -> usize {
    match largest.abs() {
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        _ => 2,
    }
}

/// A level with as few digits as it needs, two at most: `145`, `12.5`, `7.25`.
///
/// ```
/// assert_eq!(report::rounding::short(12.50), "12.5");
/// ```
pub fn short(value: f64) -> String {
    let text = fixed(value, 2);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// With `places` digits after the point.
pub fn fixed(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "n/a".into();
    }
    let text = format!("{value:.places$}");
    match text.strip_prefix('-') {
        // What rounds to nothing has no sign.
        Some(unsigned) if unsigned.bytes().all(|b| matches!(b, b'0' | b'.')) => unsigned.to_owned(),
        Some(unsigned) => format!("−{unsigned}"),
        None => text,
    }
}

/// A change with its sign: `+0.27`, `−0.39`, `0.00`.
pub fn signed(value: f64, places: usize) -> String {
    let text = fixed(value, places);
    let is_nothing = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    if value > 0.0 && !is_nothing { format!("+{text}") } else { text }
}

/// A change in per cent, digits by its size: `−0.39 %`, `−89.6 %`.
pub fn change_pct(value: f64) -> String {
    format!("{} %", signed(value, digits(value)))
}

/// A level in per cent, one digit: `51.1 %`.
pub fn level_pct(value: f64) -> String {
    format!("{} %", fixed(value, 1))
}

/// Money given in million dollars, in billions once it reaches one: `−$90.6 bn`, `+$420 mn`.
pub fn change_usd(millions: f64) -> String {
    if !millions.is_finite() {
        return "n/a".into();
    }
    let size = millions.abs();
    let (number, unit) = match size {
        v if v >= 999_950.0 => (fixed(v / 1e6, 2), " tn"),
        v if v >= 999.5 => (fixed(v / 1e3, 1), " bn"),
        v => (fixed(v, 0), " mn"),
    };
    match number == "0" {
        true => "$0".into(),
        false => format!("{}${number}{unit}", if millions < 0.0 { "−" } else { "+" }),
    }
}

/// A small positive number of an error, to one digit: `3e-14`.
pub fn residual(value: f64) -> String {
    if value == 0.0 { "0".into() } else { format!("{value:.0e}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(signed(-0.001, 2), "0.00");
        assert_eq!(signed(0.001, 2), "0.00");
        assert_eq!(fixed(-0.4, 0), "0");
        assert_eq!(change_usd(-0.2), "$0");
    }

    #[test]
    fn changes_carry_their_sign_and_a_true_minus() {
        assert_eq!(change_pct(0.2743), "+0.27 %");
        assert_eq!(change_pct(-0.3928), "−0.39 %");
        assert_eq!(change_pct(-89.62), "−89.6 %");
        assert_eq!(change_usd(-90_612.0), "−$90.6 bn");
        assert_eq!(change_usd(421.6), "+$422 mn");
        assert_eq!(change_usd(999.7), "+$1.0 bn");
        assert_eq!(change_usd(1_234_000.0), "+$1.23 tn");
    }

    #[test]
    fn rounding_twice_is_rounding_once_at_the_printed_digits() {
        for k in -400..400 {
            let value = f64::from(k) * 0.0137;
            let once = fixed(value, 2);
            let back: f64 = once.replace('−', "-").parse().unwrap();
            assert!((back - value).abs() <= 0.005 + 1e-12);
            assert_eq!(fixed(back, 2), once);
        }
    }

    #[test]
    fn a_larger_number_is_never_written_smaller() {
        let read = |text: String| text.replace('−', "-").parse::<f64>().unwrap();
        let mut last = f64::MIN;
        for k in -1000..1000 {
            let shown = read(signed(f64::from(k) * 0.003, 2));
            assert!(shown >= last);
            last = shown;
        }
    }

    #[test]
    fn levels_are_as_short_as_they_can_be() {
        assert_eq!([145.0, 12.5, 7.25, 0.0, 100.0].map(short), ["145", "12.5", "7.25", "0", "100"]);
        assert_eq!(fixed(f64::NAN, 2), "n/a");
        assert_eq!((residual(3.2e-14), residual(0.0)), ("3e-14".into(), "0".into()));
    }
}
