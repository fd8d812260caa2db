//! From values to places: linear, logarithmic above a floor, and time.

use terms::Day;

/// How values spread over an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spread {
    /// Equal distances for equal differences.
    Linear,
    /// Equal distances for equal ratios of `value + floor`: zero stays on the axis, and 10 reads beside 145.
    Log {
        /// Below about this value the axis is nearly linear.
        floor: f64,
    },
}

/// An axis from `low..high` in values to `from..to` in places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    spread: Spread,
}

impl Scale {
    /// A linear axis. An empty range is widened so that places stay finite.
    pub fn linear((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Self::new((low, high), (from, to), Spread::Linear)
    }

    /// An axis with a spread.
    pub fn new((low, high): (f64, f64), (from, to): (f64, f64), spread: Spread) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, from, to, spread }
    }

    /// The place of a value; values beyond the ends are held at the ends.
    pub fn at(&self, value: f64) -> f64 {
        let bend = |v: f64| match self.spread {
            Spread::Linear => v,
            Spread::Log { floor } => ((v.max(0.0) + floor) / floor).ln(),
        };
        let value = if value.is_nan() { self.low } else { value.clamp(self.low, self.high) };
        let share = (bend(value) - bend(self.low)) / (bend(self.high) - bend(self.low));
        self.from + share * (self.to - self.from)
    }

    /// Round values to write on the axis, about `count` of them on a linear one.
    pub fn ticks(&self, count: usize) -> Vec<f64> {
        match self.spread {
            Spread::Linear => round_ticks(self.low, self.high, count),
            Spread::Log { .. } => {
                let all = [0.0, 10.0, 25.0, 50.0, 100.0, 150.0, 250.0, 500.0, 1000.0];
                all.into_iter().filter(|v| (self.low..=self.high).contains(v)).collect()
            }
        }
    }
}

/// Multiples of 1, 2, 2.5 or 5 × 10ᵏ inside `[low, high]`, about `count` of them.
pub fn round_ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let raw = (high - low) / count.max(1) as f64;
    if !(raw.is_finite() && raw > 0.0) {
        return Vec::new();
    }
    let ten = 10f64.powf(raw.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].map(|m| m * ten).into_iter().find(|s| *s >= raw * 0.9).unwrap_or(raw);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last).map(|k| k as f64 * step).collect()
}

/// Digits after the point that tell neighbouring ticks apart exactly, three at most.
pub fn tick_digits(ticks: &[f64]) -> usize {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::MAX, f64::min);
    let is_exact = |digits: &usize| {
        let scaled = step * 10f64.powi(*digits as i32);
        (scaled - scaled.round()).abs() < 1e-6
    };
    (0..4).find(is_exact).unwrap_or(3)
}

/// A range that holds all `values` and zero, ended at round values.
pub fn round_range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (low, high) = values
        .into_iter()
        .filter(|v| v.is_finite())
        .fold((0.0f64, 0.0f64), |(low, high), v| (low.min(v), high.max(v)));
    if low == high {
        return (0.0, 1.0);
    }
    let ticks = round_ticks(low, high, 5);
    let step = if ticks.len() > 1 { ticks[1] - ticks[0] } else { high - low };
    ((low / step).floor() * step, (high / step).ceil() * step)
}

/// A range around the values, zero only if it is near, ended at round values.
pub(super) fn round_span(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) =
        values.filter(|v| v.is_finite()).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    if low > high {
        return (0.0, 1.0);
    }
    // Far from zero, zero would squeeze the picture.
    if low * high <= 0.0 || low.abs().min(high.abs()) < 0.5 * (high - low) {
        return round_range([low, high]);
    }
    let ticks = round_ticks(low, high, 5);
    let step = if ticks.len() > 1 { ticks[1] - ticks[0] } else { (high - low).max(1.0) };
    ((low / step).floor() * step, (high / step).ceil() * step)
}

/// A time axis over days, first and last included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeScale {
    scale: Scale,
    first: Day,
    last: Day,
}

impl TimeScale {
    /// An axis from the start of one day to the start of a later one.
    pub fn new((first, last): (Day, Day), (from, to): (f64, f64)) -> Self {
        let last = last.max(first);
        Self { scale: Scale::linear((0.0, days_between(first, last)), (from, to)), first, last }
    }

    /// The place of a day's start; days outside are held at the ends.
    pub fn at(&self, day: Day) -> f64 {
        self.scale.at(days_between(self.first, day))
    }

    /// Whether the axis holds the day.
    pub fn holds(&self, day: Day) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// First days of months inside the axis: every 1, 2, 3, 6, 12 or 24 months, so that at most `count` remain.
    pub fn months(&self, count: usize) -> Vec<Day> {
        let month_of = |d: Day| i32::from(d.year()) * 12 + i32::from(d.month()) - 1;
        let first = month_of(self.first) + i32::from(self.first.day() > 1);
        let last = month_of(self.last);
        let months_every = |every: i32| (first..=last).filter(move |m| m.rem_euclid(every) == 0);
        let every =
            [1, 2, 3, 6, 12].into_iter().find(|every| months_every(*every).count() <= count).unwrap_or(24);
        months_every(every)
            .filter_map(|m| Day::new((m.div_euclid(12)) as i16, (m.rem_euclid(12) + 1) as i8, 1).ok())
            .collect()
    }
}

/// Whole days from one day to another; negative when the other comes first.
pub fn days_between(from: Day, to: Day) -> f64 {
    from.until(to).map(|span| f64::from(span.get_days())).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(round_ticks(0.0, 150.0, 3), [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(round_ticks(-0.9, 0.4, 5), [-0.75, -0.5, -0.25, 0.0, 0.25]);
        assert!(round_ticks(1.0, 1.0, 5).is_empty());
        assert_eq!(
            [tick_digits(&[0.0, 0.025, 0.05]), tick_digits(&[0.0, 50.0]), tick_digits(&[])],
            [3, 0, 0]
        );
        assert_eq!(round_range([145.0, 10.0]), (0.0, 150.0));
        assert_eq!(round_range([]), (0.0, 1.0));
    }

    #[test]
    fn ten_and_a_hundred_and_forty_five_both_read_on_a_log_axis() {
        let scale = Scale::new((0.0, 150.0), (300.0, 0.0), Spread::Log { floor: 10.0 });
        assert_eq!((scale.at(0.0), scale.at(150.0)), (300.0, 0.0));
        assert!(300.0 - scale.at(10.0) > 70.0);
        assert!(scale.at(145.0) < scale.at(125.0) - 10.0 / 3.0);
    }

    #[test]
    fn places_never_leave_the_axis() {
        let scale = Scale::linear((0.0, 10.0), (0.0, 100.0));
        assert_eq!((scale.at(-5.0), scale.at(50.0), scale.at(f64::NAN)), (0.0, 100.0, 0.0));
        assert!(Scale::linear((1.0, 1.0), (0.0, 1.0)).at(1.0).is_finite());
    }

    #[test]
    fn months_thin_out_as_years_come_in() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let year = TimeScale::new((day("2025-01-20"), day("2025-08-20")), (0.0, 600.0));
        assert_eq!(year.months(12).len(), 7);
        assert_eq!(year.months(12)[0], day("2025-02-01"));
        let decade = TimeScale::new((day("2018-01-01"), day("2026-08-01")), (0.0, 600.0));
        assert_eq!(decade.months(12).len(), 9);
        assert!(year.at(day("2025-03-01")) > year.at(day("2025-02-01")));
        assert_eq!(year.at(day("2025-08-20")), 600.0);
    }
}
