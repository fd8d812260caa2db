//! What governments did and said, and what is in force on an instant, as known on an instant.
//!
//! In come the texts of a ledger (`ledger/README.md` teaches their form) through an [`Archive`](terms::Archive);
//! out go answers, each with the act behind it. Nothing here opens a file or looks at a clock.
//!
//! Learn first [`Act`] and [`Measure`] (who made what), [`Statement`] (what an act says of a measure; statements
//! pile up and none edits another), [`Clocks`] (on an instant, as known on an instant), [`Version`] (what holds
//! of a measure over a stretch of time) and [`Ledger::versions`], the one function that decides what is in force.
//! [`Agreement`], [`Talk`] and [`Claim`] hold what was promised and said; none of them ever edits a measure.

mod change;
mod claim;
mod clause;
mod compose;
mod controls;
mod diff;
mod diff_lists;
mod fold;
mod headline;
mod in_force;
mod ledger;
mod model;
mod names;
mod pending;
mod read;
mod series;
mod stamp;
mod talk;
mod timeline;
mod window;

pub use change::{Between, Change, Turn};
pub use claim::{About, ClaimView, Exchange};
pub use clause::{ClauseView, Progress};
pub use compose::Composed;
pub use controls::ControlView;
pub use diff::{Diff, Difference};
pub use diff_lists::ListChange;
pub use headline::{Headline, Later, Part as HeadlinePart, Suspended};
pub use in_force::{Clocks, Standing, Standstill, Timetable, Version, View};
pub use ledger::Ledger;
pub use model::*;
pub use names::{ActId, AgreementId, ClaimId, ClauseId, ListId, MeasureId, RuleId, TalkId, WindowId};
pub use pending::Pending;
pub use series::{Series, Step};
pub use stamp::{ActBrief, Stamp};
pub use talk::{DelegationView, Said, TalkView};
pub use timeline::{Event, Lane};
pub use window::{Count, Renewal, Side, Truce};
