//! What later publication changed inside lists of lines: codes put on a list or taken off it, for the past too.

use serde::Serialize;
use terms::{Instant, Line};

use crate::model::{Entry, Goods, LineList, Piece};
use crate::stamp::{ActBrief, Stamp};
use crate::{Ledger, ListId, MeasureId};

/// Codes that an act put on a list, or took off it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListChange {
    /// The list.
    pub list: ListId,
    /// What it lists.
    pub title: String,
    /// The act.
    pub act: Option<ActBrief>,
    /// From when.
    pub from: Stamp,
    /// Until when, where the act says so.
    pub until: Option<Stamp>,
    /// Put on the list, or taken off it.
    pub adds: bool,
    /// The codes.
    pub codes: Vec<Line>,
    /// The part of each code that is meant, in words, where it is not the whole.
    pub part: Option<String>,
    /// Measures that fall on what the list holds.
    pub reaches: Vec<MeasureId>,
    /// Measures that spare what the list holds, or charge it another rate.
    pub spares: Vec<MeasureId>,
    /// Whether it holds from before it was published: the past was rewritten, not the future fixed.
    pub back_in_time: bool,
}

impl Ledger {
    /// The changes of lists published after `first` and not after `second`, in the order of days.
    pub(crate) fn list_changes(&self, first: Instant, second: Instant) -> Vec<ListChange> {
        let entries = self.lists().flat_map(|list| list.entries.iter().map(move |entry| (list, entry)));
        let fresh = entries.filter(|(_, entry)| first < entry.published && entry.published <= second);
        let mut changes: Vec<ListChange> = fresh.map(|(list, entry)| self.list_change(list, entry)).collect();
        changes.sort_by(|a, b| (a.from.instant(), &a.list).cmp(&(b.from.instant(), &b.list)));
        changes
    }

    fn list_change(&self, list: &LineList, entry: &Entry) -> ListChange {
        let act = self.brief(&entry.act);
        let issuer = act.as_ref().map_or_else(String::new, |act| act.issuer.to_string());
        let (reaches, spares) = self.measures_of(&list.id);
        ListChange {
            list: list.id.clone(),
            title: list.title.clone(),
            from: self.stamp(&issuer, entry.from),
            until: entry.until.map(|until| self.stamp(&issuer, until)),
            adds: entry.adds,
            codes: entry.lines.to_vec(),
            part: entry.part.as_ref().map(|part| part.described.clone().unwrap_or_else(|| part.name.clone())),
            reaches,
            spares,
            back_in_time: entry.from < entry.published,
            act,
        }
    }

    /// The measures that fall on a list, and those that spare it, by all that is recorded.
    fn measures_of(&self, list: &ListId) -> (Vec<MeasureId>, Vec<MeasureId>) {
        let names =
            |pieces: &[Piece]| pieces.iter().any(|piece| matches!(piece, Piece::List(id) if id == list));
        let (mut reaches, mut spares) = (Vec::new(), Vec::new());
        for measure in self.measures() {
            let versions = self.versions(&measure.id, Instant::MAX, crate::View::Printed);
            let takes = |goods: &Goods| names(&goods.take);
            if versions.iter().any(|version| takes(&version.terms.goods)) {
                reaches.push(measure.id.clone());
            }
            let excepted = |version: &crate::Version| {
                let goods = version.terms.except.iter().filter_map(|exception| exception.goods.as_ref());
                goods.into_iter().any(takes) || names(&version.terms.goods.leave)
            };
            if versions.iter().any(excepted) {
                spares.push(measure.id.clone());
            }
        }
        (reaches, spares)
    }
}
