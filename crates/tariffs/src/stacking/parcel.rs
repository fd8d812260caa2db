//! Small parcels: free of every duty while that is the law, or charged one fee in place of all duties.

use ledger::{Duty, Measure};

use super::exception::Fit;
use super::{Charge, Entry, Fate, Reason, Stack};
use crate::Book;
use crate::book::{Dated, Row};

impl Book<'_> {
    /// A fee on parcels of the kind this shipment is.
    pub(super) fn fee<'b>(
        &'b self,
        row: &'b Row<'b>,
        dated: &'b Dated,
        entry: &Entry<'_>,
    ) -> Option<Charge<'b>> {
        let terms = &dated.version.terms;
        let on_parcels = terms.only.iter().any(|limit| limit.parcel.is_some());
        let fits = terms
            .only
            .iter()
            .zip(&dated.only)
            .all(|(limit, found)| self.fit(limit, found, entry, &mut |_| {}) == Fit::Yes);
        (on_parcels && fits).then(|| Charge::whole(row, dated))
    }
}

/// A fee on value takes the place of every duty, the ordinary one included. Where the carrier may choose a sum
/// for each item instead, that fee stands in the trace beside it.
pub(super) fn in_place_of_all<'b>(fees: Vec<Charge<'b>>, stack: &mut Stack<'b>) {
    let Some(on_value) = fees.iter().find(|fee| matches!(fee.duty, Duty::Add(_))) else { return };
    if stack.free.is_some() {
        return;
    }
    let by: &'b Measure = on_value.measure;
    for charge in stack.charges.iter_mut().filter(|charge| charge.is_charged()) {
        charge.fate = Fate::Dropped(Reason::Replaced(&by.id));
    }
    stack.free = Some(by);
    stack.charges.extend(fees.into_iter().map(|mut fee| {
        if fee.measure.id != by.id {
            fee.fate = Fate::Dropped(Reason::Choice(&by.id));
        }
        fee
    }));
}
