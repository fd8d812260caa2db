//! Step 7: points of the whole value, from the rate and the part of the value it is charged on.

use ledger::{Duty, ValueBase};
use rust_decimal::Decimal;
use terms::Points;

use super::exception::content_key;
use super::{Entry, Stack};
use crate::OpenFact;
use crate::open::Wanted;

/// Sets the share of value and the points of every duty that is charged, and the share the ordinary duty is charged
/// on. A provision of chapter 98 narrows the value first: each duty's own base is a share of what is left.
pub(super) fn price<'b>(stack: &mut Stack<'b>, entry: &Entry<'_>, open: &mut dyn FnMut(OpenFact<'b>)) {
    stack.ordinary_share = stack.ordinary.map(|base| share(base, entry, open));
    for charge in stack.charges.iter_mut().filter(|charge| charge.is_charged()) {
        let within = charge.within.map_or(Decimal::ONE, |base| share(base, entry, open));
        charge.share = within * share(&charge.version.terms.base, entry, open);
        charge.points = points(&charge.duty, entry.base, charge.share);
    }
}

/// The share of value a duty is charged on.
///
/// A metal content that is not stated counts as the whole value: that is how customs charges it. A domestic
/// content that is not stated counts as none.
fn share<'b>(base: &ValueBase, entry: &Entry<'_>, open: &mut dyn FnMut(OpenFact<'b>)) -> Decimal {
    let mut of = |material: &str, silent: Decimal, example: Decimal| {
        entry.facts.share_of(material).unwrap_or_else(|| {
            open(OpenFact { key: content_key(material), wanted: Wanted::Share(example) });
            silent
        })
    };
    let half = Decimal::new(5, 1);
    match base {
        ValueBase::Full => Decimal::ONE,
        ValueBase::Content(material) => of(material, Decimal::ONE, Decimal::ZERO),
        ValueBase::Without(materials) => {
            let inside: Decimal = materials.iter().map(|material| of(material, Decimal::ZERO, half)).sum();
            (Decimal::ONE - inside).max(Decimal::ZERO)
        }
        ValueBase::WithoutDomestic { at_least, .. } => {
            let least = at_least.decimal() / Decimal::ONE_HUNDRED;
            let inside = of("us", Decimal::ZERO, least);
            if inside >= least { Decimal::ONE - inside } else { Decimal::ONE }
        }
    }
}

/// ```text
/// add p            p · share
/// f in total       max(0, f − base) · share
/// at most c        min(0, c − base) · share
/// ```
///
/// A base that is not ad valorem counts as 0 against a total: the total then stands for both, and the answer
/// says so.
pub(super) fn points(duty: &Duty, base: Option<Points>, share: Decimal) -> Points {
    let base = base.unwrap_or(Points::ZERO);
    match duty {
        Duty::Add(points) | Duty::Compound(points, _) => points.on_share(share),
        Duty::Total(total) => total.above(base).on_share(share),
        Duty::Cap(most) => (-base.above(*most)).on_share(share),
        Duty::Specific(_) | Duty::Unknown => Points::ZERO,
    }
}
