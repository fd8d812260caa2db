//! Rate cards: every rate by its name, and why it is not the headline.

use scenario::Rates;

use crate::rounding::{level_pct, signed};
use crate::table::{Align, Table, paragraph};

/// Both cards as text.
pub fn text(rates: &Rates) -> String {
    let mut out = String::new();
    for ((card, bridges), unread) in rates.cards.iter().zip(&rates.bridges).zip(&rates.unread) {
        out.push_str(&format!("{} on goods of {}, {}\n", card.importer, card.exporter, rates.on));
        let mut table = Table::bare([Align::Right, Align::Left, Align::Left]);
        for rate in &card.rates {
            let weights = rate.weights.as_ref().map_or_else(String::new, |weights| format!("; {weights}"));
            table.row([
                level_pct(rate.value_pct),
                rate.definition.to_string(),
                format!("{}{weights}", rate.meaning),
            ]);
        }
        out.push_str(&table.print(2));
        if let Some(why) = unread {
            out.push_str(&paragraph(&[format!("What is charged on top is unread: {why}.")], 2));
        }
        for bridge in bridges {
            let steps: Vec<String> = bridge
                .steps
                .iter()
                .map(|step| format!("{} {}", signed(step.points, 1), step.reason))
                .collect();
            let way = format!(
                "From {} {} to {} {}: {}.",
                bridge.from,
                level_pct(bridge.from_pct),
                bridge.to,
                level_pct(bridge.to_pct),
                steps.join("; ")
            );
            out.push_str(&paragraph(&[way], 2));
        }
        out.push('\n');
    }
    out
}
