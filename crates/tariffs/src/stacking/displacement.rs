//! Step 6: between programmes, dated rules of combination say which duty gives way to which.
//!
//! A rule fires when something is owed in one of its classes: more than 0, after everything before. On
//! 4 March 2025 cars displaced metals and metals gave way to the duty on Canada; from 4 June metals displaced
//! that duty. Both are rules with dates, not code.

use ledger::{Combination, Rule};
use rust_decimal::Decimal;
use terms::Points;

use super::value::points;
use super::{Charge, Clash, Entry, Fate, Reason};
use crate::Book;

impl Book<'_> {
    pub(super) fn displace<'b>(&'b self, charges: &mut [Charge<'b>], entry: &Entry<'_>) -> Result<(), Clash> {
        let mut fired: Vec<(&'b Rule, usize)> = Vec::new();
        for ranked in &self.rules {
            let rule = ranked.rule;
            let owed: Vec<usize> = (0..charges.len())
                .filter(|at| ranked.if_owes.has(charges[*at].row.class) && charges[*at].is_owed())
                .collect();
            if owed.is_empty() || rule.importer != *entry.importer || !rule.holds(entry.on, self.known) {
                continue;
            }
            // A rule that fires on a duty an equal rule has already taken away is a clash, so both are looked at.
            let on: Vec<usize> = (0..charges.len())
                .filter(|at| ranked.on.has(charges[*at].row.class) && !owed.contains(at))
                .filter(|at| charges[*at].is_charged() || fired.iter().any(|(_, on)| on == at))
                .collect();
            for at in &on {
                let rival = fired
                    .iter()
                    .find(|(other, on)| on == at && other.order == rule.order && other.does != rule.does);
                if let Some((other, _)) = rival {
                    return Err(Clash::Rules {
                        measure: charges[*at].measure.id.clone(),
                        first: other.id.to_string(),
                        second: rule.id.to_string(),
                    });
                }
            }
            apply(rule, &owed, &on, charges, entry);
            fired.extend(on.into_iter().map(|at| (rule, at)));
        }
        Ok(())
    }
}

fn apply<'b>(rule: &'b Rule, owed: &[usize], on: &[usize], charges: &mut [Charge<'b>], entry: &Entry<'_>) {
    let charged: Vec<usize> = on.iter().copied().filter(|at| charges[*at].is_charged()).collect();
    match rule.does {
        Combination::Add => {}
        Combination::Drop => {
            for at in charged {
                charges[at].fate = Fate::Dropped(Reason::Rule(rule));
            }
        }
        Combination::OnRest => {
            let taken: Decimal = owed.iter().map(|at| charges[*at].share).sum();
            for at in charged {
                let rest = (charges[at].share - taken).max(Decimal::ZERO);
                if rest.is_zero() {
                    charges[at].fate = Fate::Dropped(Reason::Rule(rule));
                } else {
                    charges[at].share = rest;
                    charges[at].points = points(&charges[at].duty, entry.base, rest);
                }
            }
        }
        Combination::Max => {
            let rivals: Vec<usize> = owed.iter().copied().chain(charged).collect();
            let highest = rivals.iter().map(|at| charges[*at].points).max().unwrap_or(Points::ZERO);
            let kept = rivals.iter().copied().find(|at| charges[*at].points == highest);
            for at in rivals.into_iter().filter(|at| Some(*at) != kept) {
                charges[at].fate = Fate::Dropped(Reason::Rule(rule));
            }
        }
    }
}
