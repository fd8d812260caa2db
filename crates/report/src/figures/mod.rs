//! The figures of a brief: which data go into which drawing, on a wide screen and on a phone, with the
//! numbers behind each as a table.

mod coalitions;
mod countries;
mod duties;
mod games;
mod headlines;
mod in_plane;
mod moves;
mod play;
mod rates_beside;
mod retaliation;
mod timeline;
mod weights;

use scenario::{Account, Brief};
use terms::Day;

pub use coalitions::coalitions;
pub use countries::countries;
pub use duties::two_lines;
pub use games::{frontier, play_path, reactions};
pub use headlines::{headline_replies, headline_talks, months_played};
pub use moves::{best, war};
pub use play::{payoffs, slack, truce_slack};
pub use retaliation::retaliation;
pub use timeline::{lane_name, recent, timeline};
pub use weights::weights;

use crate::data::csv_line;
use crate::rounding::fixed;
use crate::svg::Figure;

/// A figure with everything a page needs around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// Its name in addresses and file names.
    pub id: String,
    /// What it shows, as a headline.
    pub title: String,
    /// Unit and definition, in a line.
    pub note: String,
    /// For a screen of ordinary width.
    pub wide: Figure,
    /// For a phone, where the wide one would be too small; none where a list does better.
    pub narrow: Option<Figure>,
    /// What the numbers in the narrow figure stand for, in order: a day and a few words.
    pub key: Vec<(String, String)>,
    /// Names of the columns of [`Exhibit::rows`].
    pub head: Vec<&'static str>,
    /// The numbers behind the figure.
    pub rows: Vec<Vec<Datum>>,
}

/// A cell of the table behind a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Words, codes, days.
    Text(String),
    /// A number, and the digits after the point that a reader is shown.
    Number(f64, usize),
}

impl Datum {
    /// As a reader is shown it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, places) => fixed(*value, *places),
        }
    }

    /// With all its digits.
    pub fn exact(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value, _) => value.to_string(),
        }
    }

    /// Whether it is a number, which tables set on the right.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Number(..))
    }
}

impl Exhibit {
    /// The numbers as CSV, unrounded.
    pub fn csv(&self) -> String {
        let rows = self.rows.iter().map(|row| csv_line(&row.iter().map(Datum::exact).collect::<Vec<_>>()));
        csv_line(&self.head) + &rows.collect::<String>()
    }
}

/// Every figure that the brief has data for, in the order of the page.
pub fn exhibits(brief: &Brief) -> Vec<Exhibit> {
    let mut all: Vec<Exhibit> = two_lines(&brief.account).into_iter().collect();
    all.extend(countries(brief));
    all.extend(payoffs(brief));
    all.extend(slack(brief));
    all.extend(headline_replies(brief));
    all.extend(headline_talks(brief));
    all.extend(months_played(brief));
    all.extend(timeline(&brief.account));
    all
}

/// The party that acted: 0, 1, or none where both did or another.
pub fn party_of(account: &Account, who: &str) -> Option<usize> {
    account.parties.iter().position(|p| p.code == *who)
}

fn shifted(day: Day, by: i32) -> Day {
    day.checked_add(jiff::Span::new().days(by)).unwrap_or(day)
}
