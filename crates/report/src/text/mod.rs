//! A page of text a journalist could use: sentences first, then small tables, eighty columns.
//!
//! [`brief`] prints the whole; the other functions print one part each, for the commands of that name.

mod costs;
mod duties;
mod said;
mod truce;

use scenario::{Account, Brief};

pub use costs::countries;
pub use duties::{changes, line_changes, pending, status, truce, truce_window};
pub use said::{claims, controls, promises, speaker, talks};
pub use truce::{truce_csv, truce_page};

use crate::rounding::{fixed, residual};
use crate::sentence;
use crate::table::{PAGE, paragraph, width};

/// The whole page.
pub fn brief(brief: &Brief) -> String {
    let mut page = Vec::from([head(&brief.account), status(&brief.account)]);
    page.extend(brief.account.truce.as_ref().map(|_| truce(brief)));
    page.extend(costs::costs(brief));
    page.extend(costs::play(brief));
    page.extend(if brief.account.claims.is_empty() { None } else { Some(claims(&brief.account)) });
    page.extend(if brief.account.talks.is_empty() { None } else { Some(talks(&brief.account)) });
    page.extend(if brief.account.controls.is_empty() { None } else { Some(controls(&brief.account)) });
    page.extend(if brief.account.pending.is_empty() { None } else { Some(duties::next(&brief.account)) });
    page.push(evidence(brief));
    page.join("\n")
}

/// Who, when, and the headline sentence.
pub fn head(account: &Account) -> String {
    let parties = format!("{} – {}", account.parties[0].name, account.parties[1].name);
    let clocks = format!("on {}, {}", sentence::date(account.on), sentence::known(account));
    let gap = PAGE.saturating_sub(width(&parties) + width(&clocks)).max(2);
    let title = paragraph(&[format!("{}.", sentence::headline(account))], 0);
    format!("{parties}{}{clocks}\n{}\n{title}", " ".repeat(gap), "═".repeat(PAGE))
}

fn section(title: &str) -> String {
    format!("{}\n", title.to_uppercase())
}

fn evidence(brief: &Brief) -> String {
    let of = &brief.evidence;
    let cleared = if of.all_cleared { "all cleared" } else { "NOT all cleared" };
    let mut lines = vec![
        format!("Economy: {}.", of.economy.trim_end_matches('.')),
        format!("Model: {}; weights: {}.", of.model.trim_end_matches('.'), of.weights.trim_end_matches('.')),
    ];
    if of.elasticity_sets.len() > 1 {
        lines.push(format!("Bands span the elasticity sets {}.", sentence::list(&of.elasticity_sets)));
    }
    lines.push(format!(
        "{} equilibria solved, {cleared}: largest relative excess demand {} ({}), Walras {}.",
        fixed(of.solves as f64, 0),
        residual(of.worst_residual),
        of.worst_market,
        residual(of.walras_residual)
    ));
    lines.extend(of.caveats.iter().cloned());
    format!(
        "{}{}Cite as {} ({}).\n",
        section("How we know"),
        paragraph(&lines, 0),
        brief.manifest.id,
        brief.manifest.engine
    )
}

/// A paragraph whose lines after the first are indented.
fn hanging(text: &str) -> String {
    let lines = crate::table::wrap(text, PAGE - 4);
    let indented = |(k, line): (usize, &String)| format!("{}{line}\n", if k == 0 { "  " } else { "    " });
    lines.iter().enumerate().map(indented).collect()
}
