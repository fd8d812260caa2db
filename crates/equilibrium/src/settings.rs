//! How hard a solve tries, each setting with its reason.

/// The settings of a solve.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Largest relative excess in any equation at which a solution counts as cleared. Default 1e-10: four
    /// digits below the sixth decimal of a per cent, and ten thousand times above rounding.
    pub tolerance: f64,
    /// Evaluations of all equations before the solve is called stalled. Default 2,000: known problems
    /// need 15 to 60. Where costs follow output, four times as many: Newton's method takes over when plain steps do
    /// not arrive, and its products with the Jacobian are evaluations.
    pub evaluations: usize,
    /// Steps that Anderson's method looks back on. Default 5: more costs more than it saves.
    pub memory: usize,
    /// Whether to solve again from another start and report how far apart the two ends lie. Default no: it
    /// doubles the time.
    pub second_start: bool,
    /// How many threads the largest passes of one solve may be shared out among; no digit depends on it. Default 1:
    /// whoever solves many questions gives each a thread of its own.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { tolerance: 1e-10, evaluations: 2_000, memory: 5, second_start: false, threads: 1 }
    }
}
