//! Diversion in text: whose share falls, who takes over what part of it, and where exporters turn.

use scenario::{Measured, Moved, Turned};

use crate::rounding::{change_pct, fixed, signed};
use crate::table::{Align, Table};

/// Importers and exporters shown; the others are in the data.
const SHOWN: usize = 3;
/// Partners shown on each side.
const PARTNERS: usize = 6;
/// Movements below this, in points of purchases, are not shown.
const LEAST: f64 = 0.005;

/// Both tables for the importers and exporters that moved most.
pub(super) fn text(found: &Measured) -> String {
    let mut text = String::new();
    let bought = found.diversion.iter().filter(|of| of.turned.moved_pp >= LEAST);
    for of in bought.clone().take(SHOWN) {
        let moved = fixed(of.turned.moved_pp, 2);
        text.push_str(&format!(
            "\nDiversion: {moved} % of the goods that {} buys change their source\n",
            of.importer
        ));
        text.push_str(&table("source", of.importer.as_str(), &of.turned));
    }
    let sold = found.redirection.iter().filter(|of| of.turned.moved_pp >= LEAST);
    for of in sold.clone().take(SHOWN) {
        let moved = fixed(of.turned.moved_pp, 2);
        text.push_str(&format!(
            "\nRedirection: {moved} % of the goods that {} sells change their buyer\n",
            of.exporter
        ));
        text.push_str(&table("buyer", of.exporter.as_str(), &of.turned));
    }
    let hidden = [bought.count(), sold.count()].map(|all| all.saturating_sub(SHOWN));
    if hidden.iter().any(|hidden| *hidden > 0) {
        text.push_str(&format!(
            "({} more importers and {} more exporters in `--format json`)\n",
            hidden[0], hidden[1]
        ));
    }
    text
}

fn table(what: &str, own: &str, turned: &Turned) -> String {
    let mut table = Table::headed([
        (what, Align::Left),
        ("share %", Align::Right),
        ("now %", Align::Right),
        ("change pp", Align::Right),
        ("of what moved %", Align::Right),
        ("mn", Align::Right),
        ("flow", Align::Right),
    ]);
    for side in [&turned.losers, &turned.gainers] {
        for moved in side.iter().take(PARTNERS) {
            let home = moved.country.as_str() == own;
            let [before, after] = [moved.before_musd, moved.after_musd];
            table.row([
                if home { format!("{own} itself") } else { moved.country.to_string() },
                fixed(moved.share_before_pct, 2),
                fixed(moved.share_after_pct, 2),
                signed(moved.change_pp, 2),
                signed(moved.of_moved_pct, 1),
                signed(after - before, 0),
                if before > 0.0 { change_pct(100.0 * (after / before - 1.0)) } else { "–".into() },
            ]);
        }
        if side.len() > PARTNERS {
            let others = &side[PARTNERS..];
            let sum = |of: fn(&Moved) -> f64| others.iter().map(of).sum::<f64>();
            table.row([
                format!("{} others", others.len()),
                fixed(sum(|moved| moved.share_before_pct), 2),
                fixed(sum(|moved| moved.share_after_pct), 2),
                signed(sum(|moved| moved.change_pp), 2),
                signed(sum(|moved| moved.of_moved_pct), 1),
                signed(sum(|moved| moved.after_musd - moved.before_musd), 0),
                String::new(),
            ]);
        }
    }
    table.print(2)
}
