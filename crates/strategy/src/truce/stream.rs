//! A flow in steps, what it is worth today, and how patient one must be for it to be worth something.

/// A flow that changes in steps: from each month on, so many points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stream(Vec<(f64, f64)>);

impl Stream {
    /// The steps of `flow`, which is constant between the breaks.
    pub(super) fn of_steps(breaks: [f64; 3], flow: impl Fn(f64) -> f64) -> Self {
        let mut starts: Vec<f64> = std::iter::once(0.0).chain(breaks).filter(|t| t.is_finite()).collect();
        starts.sort_by(f64::total_cmp);
        starts.dedup();
        Self(starts.into_iter().map(|start| (start, flow(start))).collect())
    }

    /// ∫ flow(t) δᵗ dt: each step from `a` to `b` adds `flow · (δᵃ − δᵇ)/(−ln δ)`.
    pub(super) fn present_value(&self, δ: f64) -> f64 {
        self.steps().map(|(a, b, flow)| if flow == 0.0 { 0.0 } else { flow * weight(δ, a, b) }).sum()
    }

    fn steps(&self) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        let ends = self.0.iter().skip(1).map(|step| step.0).chain([f64::INFINITY]);
        self.0.iter().zip(ends).map(|(&(start, flow), end)| (start, end, flow))
    }

    /// The lowest δ at which the present value stops being negative; `None` when it is negative for all.
    ///
    /// The flows change sign once, from loss to gain, unless a lapse is worse than the punishment; so the
    /// present value crosses zero once (Descartes' rule of signs for the powers of δ), and bisection finds it.
    /// In the other case the first crossing is found on a grid of a thousand.
    pub(super) fn critical_patience(&self) -> Option<f64> {
        let value = |δ: f64| self.present_value(δ);
        // At δ = 0 only the present moment counts.
        if self.0.first().is_none_or(|&(_, flow)| flow >= 0.0) {
            return Some(0.0);
        }
        let grid = |k: u32| f64::from(k) / 1000.0;
        let first = (1..=1000).find(|&k| value(grid(k)) >= 0.0)?;
        let (mut low, mut high) = (grid(first - 1), grid(first));
        while high - low > 1e-15 * high {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if value(middle) >= 0.0 { high = middle } else { low = middle }
        }
        (high < 1.0).then_some(high)
    }
}

/// What a flow of one from month `a` to `b` is worth today, in months.
fn weight(δ: f64, a: f64, b: f64) -> f64 {
    if δ >= 1.0 {
        b - a
    } else if δ <= 0.0 {
        0.0
    } else {
        (δ.powf(a) - δ.powf(b)) / -δ.ln()
    }
}
