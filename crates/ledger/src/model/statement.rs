//! What an act says about a measure: it makes, changes, suspends, extends, ends or voids it.

use std::sync::Arc;

use diagnostic::Place;
use serde::Serialize;
use terms::{Instant, Points};

use super::{Duty, Exception, Goods, Origin, Terms, ValueBase};
use crate::{ActId, MeasureId, WindowId};

/// One thing one act says about one measure. Statements pile up; none edits another.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The measure.
    pub measure: MeasureId,
    /// The act.
    pub act: ActId,
    /// When the act could be known.
    pub published: Instant,
    /// What it says.
    pub verb: Verb,
    /// Where in the act, and remarks.
    pub note: Option<String>,
    /// Where it stands in the text.
    pub place: Place,
}

/// What is said. All instants are of the world; `from` is the first instant of effect.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// The measure is made. Without `from` it has not begun.
    Make {
        /// Its first instant.
        from: Option<Instant>,
        /// The first instant after it.
        until: Option<Instant>,
        /// What it says.
        terms: Arc<Terms>,
    },
    /// It begins, or begins again.
    Start {
        /// Its first instant.
        from: Instant,
        /// The first instant after it.
        until: Option<Instant>,
    },
    /// It says something else from an instant on.
    Change {
        /// The first instant.
        from: Instant,
        /// The first instant after, where the change is for a time.
        until: Option<Instant>,
        /// What is different.
        patch: Box<Patch>,
    },
    /// It, or some of its points, stands still.
    Suspend {
        /// The points that stand still; none: the whole measure.
        points: Option<Points>,
        /// The first instant.
        from: Instant,
        /// The end; none: until resumed.
        until: Option<Instant>,
        /// The name by which it can be extended.
        window: WindowId,
        /// What happens at the end if nobody acts.
        on_lapse: OnLapse,
    },
    /// A suspension ends early; without a window, all of them.
    Resume {
        /// Which.
        window: Option<WindowId>,
        /// When.
        from: Instant,
    },
    /// A window, or without one the measure itself, ends later.
    Extend {
        /// Which window.
        window: Option<WindowId>,
        /// The new end.
        until: Instant,
    },
    /// It ends by its own terms.
    Expire {
        /// The first instant after it.
        from: Instant,
    },
    /// It ends by decision.
    Terminate {
        /// The first instant after it.
        from: Instant,
        /// The schedule goes on printing it.
        still_printed: bool,
    },
    /// It had no force in law.
    Void {
        /// From when; none: from the start.
        from: Option<Instant>,
        /// It was collected until here.
        collected_until: Option<Instant>,
        /// The schedule goes on printing it.
        still_printed: bool,
    },
    /// What was due on one instant is due on another, or no longer.
    Postpone {
        /// The instant that was fixed.
        of: Instant,
        /// The new one; none: without date.
        to: Option<Instant>,
    },
    /// An earlier act meant something else, from its own day.
    Correct {
        /// The act corrected.
        of: ActId,
        /// Which of its statements, by its first instant, where it made several.
        at: Option<Instant>,
        /// The right first instant.
        from: Option<Instant>,
        /// The right end.
        until: Option<Instant>,
        /// What it should have said.
        patch: Box<Patch>,
    },
    /// It was spoken of; nothing changes.
    Announce,
}

/// What happens at the end of a suspension if nobody acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnLapse {
    /// The suspended points, or the measure, return.
    Return,
    /// They return as another rate.
    ReturnAs(Duty),
    /// Nothing returns.
    Nothing,
    /// The texts do not say.
    Ask,
}

/// The parts of a measure's terms that a change touches.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Patch {
    /// Another duty.
    pub duty: Option<Duty>,
    /// Other goods altogether.
    pub goods: Option<Goods>,
    /// Goods added to those reached (`take`) and to those spared (`leave`).
    pub more_goods: Option<Goods>,
    /// Other origins altogether.
    pub origin: Option<Origin>,
    /// Another value base.
    pub base: Option<ValueBase>,
    /// Further exceptions.
    pub except: Vec<Exception>,
    /// Exceptions that end, by heading.
    pub drop_except: Vec<String>,
    /// Another heading.
    pub heading: Option<String>,
}

impl Patch {
    /// `terms` with this change made.
    pub fn apply(&self, terms: &mut Terms) {
        if let Some(duty) = &self.duty {
            terms.duty = duty.clone();
        }
        if let Some(goods) = &self.goods {
            terms.goods = goods.clone();
        }
        if let Some(more) = &self.more_goods {
            terms.goods.all |= more.all;
            terms.goods.take.extend(more.take.iter().cloned());
            terms.goods.leave.extend(more.leave.iter().cloned());
        }
        if let Some(origin) = &self.origin {
            terms.origin = origin.clone();
        }
        if let Some(base) = &self.base {
            terms.base = base.clone();
        }
        terms.except.retain(|e| e.heading.as_ref().is_none_or(|h| !self.drop_except.contains(h)));
        terms.except.extend(self.except.iter().cloned());
        if let Some(heading) = &self.heading {
            terms.heading = Some(heading.clone());
        }
    }

    /// Takes over whatever `later` states.
    pub fn corrected_by(&mut self, later: &Self) {
        macro_rules! take {
            ($($field:ident),*) => { $(if later.$field.is_some() { self.$field = later.$field.clone(); })* };
        }
        take!(duty, goods, more_goods, origin, base, heading);
        self.except.extend(later.except.iter().cloned());
        self.drop_except.extend(later.drop_except.iter().cloned());
    }
}

/// An act without effect for a time, by order of a court or another act.
#[derive(Debug, Clone, PartialEq)]
pub struct Stay {
    /// The act stayed.
    pub of: ActId,
    /// The act that stays it.
    pub by: ActId,
    /// When the stay could be known.
    pub published: Instant,
    /// What would take effect from here on does not.
    pub from: Instant,
    /// Until here.
    pub until: Option<Instant>,
}
