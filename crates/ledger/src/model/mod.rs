//! What a ledger holds, as read and before any question is asked.

mod act;
mod agreement;
mod area;
mod claim;
mod control;
mod duty;
mod goods;
mod measure;
mod rule;
mod statement;
mod talk;

pub use act::{Act, ActKind, Threat};
pub use agreement::{Account, Agreement, Clause, ClauseState, Quantity, Reading, Snapback};
pub use area::{Areas, Clock, Government, Group, Membership, Origin};
pub use claim::{Claim, ClaimStatus};
pub use control::{Control, ControlItem, Policy, Reach};
pub use duty::{Amount, Duty, DutyError};
pub use goods::{Entry, Goods, LineList, Part, Piece};
pub use measure::{Exception, Measure, MeasureKind, Terms, ValueBase};
pub use rule::{Combination, Rule};
pub use statement::{OnLapse, Patch, Statement, Stay, Verb};
pub use talk::{Delegate, Delegation, Talk, TalkKind};
