//! One self-contained page: inline figures, system fonts, no request to anywhere.
//!
//! The template (`templates/brief.html`) holds the order of the page and its words; this file prepares what it
//! shows. A content security policy in the page forbids requests, so that nothing can creep in.

use askama::Template;
use scenario::{Brief, Claim, Clause, Cost, Direction, Part, Pending, SectorCost, Talk, TimelineEvent};
use terms::{Confidence, Country, Day};

use crate::data::data_address;
use crate::figures::{self, Exhibit};
use crate::rounding::{change_pct, fixed, level_pct, residual, short, signed};
use crate::svg::STYLE;
use crate::{sentence, text};

const CSS: &str = include_str!("../templates/page.css");
const SCRIPT: &str = include_str!("../templates/page.js");

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

/// Claims in the conversations they form: a claim, its answers, and their answers. Newest conversation first,
/// oldest claim first within one.
pub fn threads(claims: &[Claim]) -> Vec<Vec<&Claim>> {
    let mut of: Vec<usize> = (0..claims.len()).collect();
    for (k, claim) in claims.iter().enumerate() {
        for answer in &claim.answered_by {
            if let Some(other) = claims.iter().position(|c| c.id == *answer) {
                let (from, to) = (of[other], of[k]);
                of.iter_mut().filter(|t| **t == from).for_each(|t| *t = to);
            }
        }
    }
    let mut seen: Vec<usize> = Vec::new();
    of.iter().for_each(|t| {
        if !seen.contains(t) {
            seen.push(*t)
        }
    });
    let mut threads: Vec<Vec<&Claim>> = seen
        .into_iter()
        .map(|t| {
            let mut thread: Vec<&Claim> =
                claims.iter().zip(&of).filter(|(_, o)| **o == t).map(|(c, _)| c).collect();
            thread.sort_by_key(|claim| claim.said);
            thread
        })
        .collect();
    threads.sort_by_key(|thread| std::cmp::Reverse(thread.iter().map(|c| c.said).max()));
    threads
}

/// How many conversations and rounds stand open on the page; the rest wait behind a line.
const OPEN: usize = 4;

/// How many coming events stand open.
const COMING: usize = 6;

/// How many sectors of each buyer the page names.
const SECTORS: usize = 4;

/// How many events a phone lists at once.
const LISTED: usize = 12;

impl Page<'_> {
    /// On a phone a list takes the place of the lanes: its older part waits behind a line.
    fn split_recent(&self) -> (&[&TimelineEvent], &[&TimelineEvent]) {
        self.recent.split_at(self.recent.len().saturating_sub(LISTED))
    }

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

    fn date(&self, day: &Day) -> String {
        sentence::date(*day)
    }

    fn day(&self, day: &Day) -> String {
        day.strftime("%-d %b %Y").to_string()
    }

    fn whose(&self, code: &Country) -> String {
        sentence::adjective_of(&self.brief.account, code)
    }

    fn who(&self, codes: &str) -> String {
        sentence::capital(&sentence::adjectives(&self.brief.account, codes))
    }

    fn name(&self, code: &Country) -> String {
        sentence::capital(&sentence::name_of(&self.brief.account, code)).trim_start_matches("The ").to_owned()
    }

    fn direction(&self, direction: &Direction) -> String {
        sentence::direction(&self.brief.account, direction)
    }

    /// `first`, `second` or nothing: the colour of a code.
    fn side(&self, code: &str) -> &'static str {
        match figures::party_of(&self.brief.account, code) {
            Some(0) => "first",
            Some(_) => "second",
            None => "",
        }
    }

    fn later(&self, direction: &Direction) -> Option<String> {
        sentence::later(direction)
    }

    fn listed<'d>(&self, direction: &'d Direction) -> Vec<&'d Part> {
        sentence::listed(direction).collect()
    }

    fn points(&self, value: &f64) -> String {
        if value.is_nan() { "–".into() } else { short(*value) }
    }

    fn one_is_unread(&self) -> bool {
        self.brief.account.directions.iter().any(|direction| direction.unread.is_some())
    }

    /// `30 / 10`.
    fn pair(&self, cost: &Cost) -> String {
        sentence::headlines_of(cost).replace(" and ", " / ")
    }

    fn rates(&self, cost: &Cost) -> String {
        sentence::headlines_of(cost)
    }

    fn level(&self, value: &Option<f64>) -> String {
        value.map_or_else(|| "–".into(), level_pct)
    }

    fn change(&self, value: &f64) -> String {
        change_pct(*value)
    }

    fn residual(&self, value: &f64) -> String {
        residual(*value)
    }

    /// A share of a month's income: small, so three digits.
    fn fine(&self, value: &f64) -> String {
        format!("{} %", signed(*value, 3))
    }

    fn months(&self, count: &f64) -> String {
        if *count == 1.0 { "one month".into() } else { format!("{} months", short(*count)) }
    }

    fn weight(&self, value: &f64) -> String {
        fixed(*value, 2)
    }

    fn capital(&self, text: &str) -> String {
        sentence::capital(text)
    }

    fn days(&self, count: &i64) -> String {
        sentence::days(*count)
    }

    fn stop(&self, text: &str) -> String {
        let text = text.trim_end_matches('.');
        if text.is_empty() { String::new() } else { format!("{}.", sentence::capital(text)) }
    }

    fn speaker(&self, claim: &Claim) -> String {
        text::speaker(&self.brief.account, claim)
    }

    fn address(&self, exhibit: &Exhibit) -> String {
        data_address("text/csv", &exhibit.csv())
    }

    fn lane(&self, event: &TimelineEvent) -> &'static str {
        figures::lane_name(event.lane)
    }

    fn support(&self, confidence: &Confidence) -> String {
        match confidence {
            Confidence::High => String::new(),
            other => format!("support: {other}"),
        }
    }

    /// The share of the truce that has passed, for a meter.
    fn passed(&self) -> i64 {
        self.brief.account.truce.as_ref().map_or(0, |t| 100 * t.day / t.days.max(1))
    }

    /// Sides of a conversation that have said nothing in it.
    fn silent(&self, thread: &[&Claim]) -> Vec<usize> {
        let parties = self.brief.account.parties.iter().enumerate();
        parties.filter(|(_, p)| thread.iter().all(|c| c.side != p.code)).map(|(k, _)| k).collect()
    }

    fn sentences_of_costs(&self) -> Vec<String> {
        let Some(cost) = self.brief.costs.first() else { return Vec::new() };
        let mut said = vec![sentence::cost(&self.brief.account, cost).join(" ")];
        said.extend(sentence::bystanders(&self.brief.account, cost, 4));
        said
    }

    /// The change of one country's real income under one pair of policies.
    fn income(&self, cost: &Cost, code: &Country) -> String {
        let row = cost.countries.iter().find(|row| row.country == *code);
        row.map_or_else(|| "–".into(), |row| signed(row.real_income_pct, 2))
    }

    /// The sectors that move most, by buyer in the order of the parties.
    fn sectors<'c>(&self, cost: &'c Cost) -> Vec<(Country, Vec<&'c SectorCost>)> {
        let of = |code: &Country| cost.sectors.iter().filter(|s| s.importer == *code).take(SECTORS).collect();
        let parties = self.brief.account.parties.iter();
        parties
            .map(|p| (p.code.clone(), of(&p.code)))
            .filter(|(_, sectors): &(_, Vec<_>)| !sectors.is_empty())
            .collect()
    }

    fn hundredths(&self, value: &f64) -> String {
        signed(*value, 2)
    }

    fn whole(&self, value: &f64) -> String {
        signed(*value, 0)
    }

    /// Clauses by agreement, in the order given.
    fn agreements(&self) -> Vec<(&str, Vec<&Clause>)> {
        let mut all: Vec<(&str, Vec<&Clause>)> = Vec::new();
        for clause in &self.brief.account.clauses {
            match all.iter_mut().find(|(name, _)| *name == clause.agreement) {
                Some((_, clauses)) => clauses.push(clause),
                None => all.push((&clause.agreement, vec![clause])),
            }
        }
        all
    }

    fn sentences_of_payoffs(&self) -> Vec<String> {
        sentence::payoffs(&self.brief.account, &self.brief.payoffs)
    }

    fn sentences_of_truce(&self) -> Vec<String> {
        self.brief
            .self_enforcement
            .as_ref()
            .map(|of| sentence::self_enforcement(self.brief, of))
            .unwrap_or_default()
    }

    fn sentences_of_replies(&self) -> Vec<String> {
        let of = self.brief.headlines.as_ref();
        of.map(|game| sentence::headline_replies(&self.brief.account, game)).unwrap_or_default()
    }

    fn sentences_of_talks(&self) -> Vec<String> {
        let of = self.brief.headlines.as_ref();
        of.map(|game| sentence::headline_talks(&self.brief.account, game)).unwrap_or_default()
    }

    fn sentence_of_months(&self) -> String {
        let of = self.brief.months.as_ref();
        of.map(|played| sentence::months_played(&self.brief.account, played)).unwrap_or_default()
    }

    fn known(&self) -> String {
        sentence::capital(&sentence::known(&self.brief.account))
    }

    fn cited(&self, act: &str, citation: &str) -> String {
        sentence::cited(act, citation)
    }

    /// What comes next: of one day first what a lapse returns; clauses of the truce itself stand in its own box.
    fn coming(&self) -> Vec<&Pending> {
        let account = &self.brief.account;
        let returns = |item: &Pending| {
            account.truce.iter().flat_map(|t| &t.returns).any(|r| r.measures.contains(&item.subject))
        };
        let said_above = |item: &Pending| {
            account.truce.as_ref().is_some_and(|t| t.until == item.on && t.agreement == item.act)
        };
        let mut coming: Vec<&Pending> = account.pending.iter().filter(|item| !said_above(item)).collect();
        coming.sort_by_key(|item| (item.on, !returns(item)));
        coming
    }

    /// The same, those that stand open and those that wait behind a line.
    fn split_coming(&self) -> (Vec<&Pending>, Vec<&Pending>) {
        let mut soon = self.coming();
        let later = soon.split_off(soon.len().min(COMING));
        (soon, later)
    }

    fn has_rates(&self) -> bool {
        self.brief
            .account
            .directions
            .iter()
            .any(|d| d.trade_weighted_pct.or(d.simple_mean_pct).or(d.coverage_pct).is_some())
    }
}
