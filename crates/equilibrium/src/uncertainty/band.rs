//! What an ensemble says about one number.

use serde::Serialize;

/// The middle and the spread of a number over an ensemble.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// How many draws it sums up; draws that did not clear are not among them.
    pub draws: usize,
    /// The mean.
    pub mean: f64,
    /// Five per cent of draws lie below.
    pub p05: f64,
    /// A quarter lies below.
    pub p25: f64,
    /// The median.
    pub median: f64,
    /// A quarter lies above.
    pub p75: f64,
    /// Five per cent lie above.
    pub p95: f64,
}

impl Band {
    /// The band of some values; none if there are none.
    ///
    /// Quantiles are interpolated between neighbours so that their medians are right whatever the distribution
    /// (Hyndman and Fan 1996, *American Statistician* 50(4), definition 8). With the spreadsheets' rule (definition 7)
    /// the middle 90 % of sixteen draws would hold four fifths of what is drawn.
    ///
    /// ```
    /// # use equilibrium::Band;
    /// let band = Band::of([3.0, 1.0, 2.0, 5.0, 4.0]).unwrap();
    /// assert_eq!(band.median, 3.0);
    /// assert_eq!(format!("{:.3} {:.3}", band.p25, band.p75), "1.667 4.333");
    /// ```
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut sorted: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        let quantile = |probability: f64| {
            let count = sorted.len() as f64;
            let place = ((count + 1.0 / 3.0) * probability - 2.0 / 3.0).clamp(0.0, last as f64);
            let (below, part) = (place.floor(), place.fract());
            let (low, high) = (sorted[below as usize], sorted[(below as usize + 1).min(last)]);
            low + part * (high - low)
        };
        Some(Self {
            draws: sorted.len(),
            mean: sorted.iter().sum::<f64>() / sorted.len() as f64,
            p05: quantile(0.05),
            p25: quantile(0.25),
            median: quantile(0.5),
            p75: quantile(0.75),
            p95: quantile(0.95),
        })
    }
}
