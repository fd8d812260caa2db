//! Rules of combination.

use terms::Instant;

use super::Desk;
use super::table::{Table, Thing, Word};
use crate::RuleId;
use crate::model::{Combination, Rule};

/// A rule as read; the publication of its acts is known only when all texts are.
pub(super) struct RawRule {
    pub(super) rule: Rule,
    pub(super) act: Word,
    pub(super) ended_by: Option<Word>,
    /// The classes it speaks of.
    pub(super) named: Vec<Word>,
}

/// The end of a rule that another text gives.
pub(super) struct RawEnd {
    pub(super) rule: Word,
    pub(super) act: crate::ActId,
    pub(super) from: Instant,
}

/// `[[rule]]`; inside an act's text the act is its own.
pub(super) fn rule(table: Table<'_>, desk: &Desk<'_>, own_act: Option<&str>) -> RawRule {
    let id = table.gives(Thing::Rule, "id", "\"autos-displace-metals\"");
    let importer = table.needed("importer", "\"USA\"");
    let clock = desk.clock(&table, &importer);
    let act = match (table.word("act"), own_act) {
        (Some(word), _) => word,
        (None, Some(own)) => Word { text: own.into(), place: id.place.clone() },
        (None, None) => table.needed("act", "\"eo-14289\""),
    };
    table.uses(Thing::Act, &act);
    let from = table.needed_moment("from", &clock, "\"2025-03-04\"");
    let until = table.end(&clock);
    table.ordered(Some(from), until, &clock);
    let ended_by = table.word("ended_by");
    if let Some(word) = &ended_by {
        table.uses(Thing::Act, word);
    }
    if !table.has("does") {
        table.needed("does", "\"drop\"");
    }
    let (if_owes, on) = (table.words("if_owes"), table.words("on"));
    let texts = |words: &[Word]| words.iter().map(|word| word.text.clone()).collect();
    let rule = Rule {
        id: RuleId::new(id.text),
        importer: terms::Country::new(importer.text),
        act: crate::ActId::new(&act.text),
        published: Instant::MAX,
        from,
        until,
        ended_by: ended_by.as_ref().map(|word| crate::ActId::new(&word.text)),
        end_published: None,
        order: table.integer("order").unwrap_or(0),
        does: table.choice("does", &Combination::ALL).unwrap_or(Combination::Add),
        if_owes: texts(&if_owes),
        on: texts(&on),
        why: table.needed("why", "\"the article, and the reason in our own words\"").text,
    };
    table.close();
    RawRule { rule, act, ended_by, named: if_owes.into_iter().chain(on).collect() }
}
