//! The game in headlines: best replies, the path that was charged, what talks could bring, and rules month by month.

use serde::Serialize;
use strategy::Solution;
use terms::Day;

/// What both sides get at any pair of headlines: one rate each on all goods of the other, every other duty as it is today.
///
/// Real income is against no duties of the conflict on either side, %. Headlines are searched in whole points, from none to
/// the highest that either side has charged.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadlineGame {
    /// The highest headline searched, by side.
    pub highest_pp: [f64; 2],
    /// Pairs of headlines solved; payoffs of all others follow the polynomial through them.
    pub solved: usize,
    /// The largest error of that found at pairs solved besides, in points of real income, %.
    pub interpolation_error_pct: f64,
    /// By side, its best headline against each of the other's: pairs of headlines.
    pub best_replies_pp: [Vec<[f64; 2]>; 2],
    /// By side, the lowest and the highest headline that does as well against some headline of the other, within the error.
    pub replies_within_error_pp: [[f64; 2]; 2],
    /// Pairs that are best replies to each other.
    pub mutual: Vec<HeadlinePoint>,
    /// What was charged, from each day on which either headline changed.
    pub charged: Vec<Charged>,
    /// Pairs that no other pair betters for one side without hurting the other.
    pub frontier: Vec<HeadlinePoint>,
    /// Around the rectangle of headlines: up the first side's from none on either, up the second's, and back.
    pub outline: Vec<HeadlinePoint>,
    /// Where the packages of both sides lie, solved: today's terms, a lapse, the peak.
    pub places: Vec<Place>,
    /// What talks could fail to: a key of [`HeadlineGame::places`].
    pub threat: String,
    /// The efficient pair that each rule of sharing picks from there.
    pub deals: Vec<HeadlineDeal>,
}

/// A pair of headlines and what it gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadlinePoint {
    /// Both headlines, in points.
    pub headlines_pp: [f64; 2],
    /// Real income of both, %.
    pub real_income_pct: [f64; 2],
}

/// A pair of packages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    /// `today`, `lapse`, `peak`.
    pub key: String,
    /// What the page calls it.
    pub name: String,
    /// Where it lies.
    #[serde(flatten)]
    pub point: HeadlinePoint,
}

/// The pair a rule picks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeadlineDeal {
    /// The rule.
    pub solution: Solution,
    /// The pair.
    #[serde(flatten)]
    pub point: HeadlinePoint,
}

/// Both headlines from a day on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Charged {
    /// The day.
    pub from: Day,
    /// Both headlines, in points.
    pub headlines_pp: [f64; 2],
}

/// Rules against rules over the packages of both sides, and one match of a rule against itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MonthsPlayed {
    /// Each side's headlines, in points; today's is the truce.
    pub levels_pp: [Vec<f64>; 2],
    /// The rule that both play in the match told.
    pub rule: String,
    /// Every rule by its score in a tournament of all against all, best first, in each chair.
    pub ranking: [Vec<String>; 2],
    /// The rules that chance does not tell from the best of each chair: within two standard errors of the difference.
    pub level_with_best: [Vec<String>; 2],
    /// Draws of chance over which scores are means.
    pub draws: usize,
    /// Months until a side sees what the other did.
    pub lag_months: usize,
    /// The odds that what was decided is not what is carried out.
    pub noise: f64,
    /// The seed of all chance.
    pub seed: u64,
    /// Both headlines month by month, in points.
    pub path_pp: Vec<[f64; 2]>,
}
