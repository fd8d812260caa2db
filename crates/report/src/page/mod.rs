//! One self-contained page: inline figures, system fonts, no request to anywhere.
//!
//! The template (`templates/brief.html`) holds the order of the page and its words; this folder prepares what it
//! shows: which items stand open (`picked.rs`) in which conversations ([`threads`]), and how a number, a date or a
//! name is written (`written.rs`). A content security policy in the page forbids requests, so that nothing can creep in.

mod picked;
mod threads;
mod written;

use askama::Template;
use scenario::{Brief, Claim, Talk, TimelineEvent};

pub use threads::threads;

use crate::figures::{self, Exhibit};
use crate::sentence;
use crate::svg::STYLE;

const CSS: &str = include_str!("../../templates/page.css");
const SCRIPT: &str = include_str!("../../templates/page.js");

/// The page, as the template sees it.
#[derive(Template)]
#[template(path = "brief.html")]
struct Page<'a> {
    brief: &'a Brief,
    headline: String,
    standfirst: String,
    duties: Option<Exhibit>,
    countries: Vec<Exhibit>,
    payoffs: Option<Exhibit>,
    slack: Option<Exhibit>,
    replies: Option<Exhibit>,
    talks_over_headlines: Option<Exhibit>,
    months: Option<Exhibit>,
    timeline: Option<Exhibit>,
    recent: Vec<&'a TimelineEvent>,
    threads: Vec<Vec<&'a Claim>>,
    talks: Vec<&'a Talk>,
}

/// The page as HTML.
///
/// # Errors
/// Those of the template engine, which no outcome of ours provokes.
pub fn html(brief: &Brief) -> Result<String, askama::Error> {
    let (ahead, held): (Vec<&Talk>, Vec<&Talk>) = brief.account.talks.iter().partition(|talk| talk.ahead);
    let timeline = figures::timeline(&brief.account);
    let page = Page {
        headline: sentence::headline(&brief.account),
        standfirst: standfirst(brief),
        duties: figures::two_lines(&brief.account),
        countries: figures::countries(brief),
        payoffs: figures::payoffs(brief),
        slack: figures::slack(brief),
        replies: figures::headline_replies(brief),
        talks_over_headlines: figures::headline_talks(brief),
        months: figures::months_played(brief),
        recent: figures::recent(&brief.account),
        timeline,
        threads: threads(&brief.account.claims),
        talks: ahead.into_iter().chain(held.into_iter().rev()).collect(),
        brief,
    };
    // A number and its unit stay on one line.
    Ok(page.render()?.replace(" %", "\u{a0}%"))
}

fn standfirst(brief: &Brief) -> String {
    let mut said: Vec<String> =
        brief.account.directions.iter().map(|d| sentence::in_force(&brief.account, d)).collect();
    if let Some(truce) = &brief.account.truce {
        said.extend(sentence::truce(&brief.account, truce).into_iter().take(1));
    }
    if let Some(cost) = brief.costs.first() {
        said.extend(sentence::cost(&brief.account, cost).into_iter().take(1));
    }
    said.join(" ")
}

/// How many conversations and rounds stand open on the page; the rest wait behind a line.
const OPEN: usize = 4;

impl Page<'_> {
    fn css(&self) -> &'static str {
        CSS
    }

    fn figure_style(&self) -> &'static str {
        STYLE
    }

    fn script(&self) -> &'static str {
        SCRIPT
    }

    fn open(&self) -> usize {
        OPEN
    }
}
