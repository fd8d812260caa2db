//! From what acts said of one measure to what holds of it, stretch by stretch.

mod versions;

use std::sync::Arc;

use terms::{Instant, Points};

use crate::model::{OnLapse, Patch, Statement, Terms, Verb};
use crate::{ActId, View, WindowId};

/// The statements on one measure, folded in the order of publication.
pub(crate) struct Fold {
    view: View,
    made: Option<(ActId, Arc<Terms>)>,
    /// The life of the measure: stretches that do not overlap, in order.
    life: Vec<Stretch>,
    patches: Vec<Layer>,
    windows: Vec<Window>,
}

struct Stretch {
    from: Instant,
    until: Option<Instant>,
    by: ActId,
    ended_by: Option<ActId>,
}

struct Layer {
    from: Instant,
    until: Option<Instant>,
    act: ActId,
    patch: Patch,
}

struct Window {
    id: WindowId,
    points: Option<Points>,
    from: Instant,
    until: Option<Instant>,
    on_lapse: OnLapse,
    resumed: bool,
    acts: Vec<ActId>,
}

impl Fold {
    pub(crate) fn new(view: View) -> Self {
        Self { view, made: None, life: Vec::new(), patches: Vec::new(), windows: Vec::new() }
    }

    /// Takes in the next statement.
    pub(crate) fn take(&mut self, statement: &Statement) {
        let act = &statement.act;
        match &statement.verb {
            Verb::Make { from, until, terms } => {
                self.made = Some((act.clone(), terms.clone()));
                if let Some(from) = from {
                    self.start(*from, *until, act);
                }
            }
            Verb::Start { from, until } => self.start(*from, *until, act),
            Verb::Change { from, until, patch } => self.patches.push(Layer {
                from: *from,
                until: *until,
                act: act.clone(),
                patch: (**patch).clone(),
            }),
            Verb::Suspend { points, from, until, window, on_lapse } => self.windows.push(Window {
                id: window.clone(),
                points: *points,
                from: *from,
                until: *until,
                on_lapse: on_lapse.clone(),
                resumed: false,
                acts: vec![act.clone()],
            }),
            Verb::Resume { window, from } => self.resume(window.as_ref(), *from, act),
            Verb::Extend { window: Some(window), until } => {
                for w in self.windows.iter_mut().filter(|w| w.id == *window) {
                    w.until = Some(*until);
                    w.acts.push(act.clone());
                }
            }
            Verb::Extend { window: None, until } => {
                if let Some(last) = self.life.last_mut() {
                    last.until = Some(*until);
                    last.ended_by = Some(act.clone());
                }
            }
            Verb::Expire { from } => self.end(*from, act),
            Verb::Terminate { from, still_printed } => {
                if !(*still_printed && self.view == View::Printed) {
                    self.end(*from, act);
                }
            }
            Verb::Void { from, collected_until, still_printed } => match self.view {
                View::Printed if *still_printed => {}
                View::Printed => self.end(statement.published, act),
                View::Lawful => self.end(from.unwrap_or(Instant::MIN), act),
                View::Collected => self.end(collected_until.unwrap_or(statement.published), act),
            },
            Verb::Postpone { of, to } => self.postpone(*of, *to, act),
            Verb::Correct { of, at, from, until, patch } => {
                self.correct(of, *at, *from, *until, patch, act);
            }
            Verb::Announce => {}
        }
    }

    fn start(&mut self, from: Instant, until: Option<Instant>, by: &ActId) {
        // A measure that already runs at `from` runs on.
        if !self.life.iter().any(|s| s.from <= from && s.until.is_none_or(|end| from < end)) {
            self.life.push(Stretch { from, until, by: by.clone(), ended_by: None });
            self.life.sort_by_key(|s| s.from);
        }
    }

    fn end(&mut self, at: Instant, by: &ActId) {
        for stretch in self.life.iter_mut().filter(|s| s.until.is_none_or(|until| at < until)) {
            stretch.until = Some(at);
            stretch.ended_by = Some(by.clone());
        }
        self.life.retain(|s| s.until.is_none_or(|until| s.from < until));
    }

    fn resume(&mut self, window: Option<&WindowId>, at: Instant, by: &ActId) {
        let meant =
            |w: &&mut Window| window.map_or(w.until.is_none_or(|until| at < until), |window| w.id == *window);
        for w in self.windows.iter_mut().filter(meant) {
            w.until = Some(at);
            w.on_lapse = OnLapse::Return;
            w.resumed = true;
            w.acts.push(by.clone());
        }
    }

    fn postpone(&mut self, of: Instant, to: Option<Instant>, by: &ActId) {
        for stretch in self.life.iter_mut().filter(|s| s.from == of) {
            // Without a new day the stretch becomes empty, and is dropped below.
            stretch.from = to.or(stretch.until).unwrap_or(Instant::MAX);
            stretch.by = by.clone();
        }
        self.life.retain(|s| s.from < s.until.unwrap_or(Instant::MAX));
        for layer in self.patches.iter_mut().filter(|layer| layer.from == of) {
            layer.from = to.unwrap_or(Instant::MAX);
            layer.act = by.clone();
        }
        self.patches.retain(|layer| layer.from < Instant::MAX);
        for window in self.windows.iter_mut().filter(|window| window.from == of) {
            window.from = to.unwrap_or(Instant::MAX);
            window.acts.push(by.clone());
        }
        self.windows.retain(|window| window.from < Instant::MAX);
    }

    fn correct(
        &mut self,
        of: &ActId,
        at: Option<Instant>,
        from: Option<Instant>,
        until: Option<Instant>,
        patch: &Patch,
        by: &ActId,
    ) {
        let meant = |act: &ActId, start: Instant| act == of && at.is_none_or(|at| at == start);
        if let Some(layer) = self.patches.iter_mut().rfind(|layer| meant(&layer.act, layer.from)) {
            layer.from = from.unwrap_or(layer.from);
            layer.until = until.or(layer.until);
            layer.patch.corrected_by(patch);
            layer.act = by.clone();
            return;
        }
        if let Some(window) = self.windows.iter_mut().rfind(|w| w.acts.contains(of)) {
            window.from = from.unwrap_or(window.from);
            window.until = until.or(window.until);
            window.acts.push(by.clone());
            return;
        }
        if let Some((act, terms)) = self.made.as_mut().filter(|(act, _)| act == of) {
            patch.apply(Arc::make_mut(terms));
            if let Some(stretch) = self.life.iter_mut().find(|s| s.by == *act) {
                stretch.from = from.unwrap_or(stretch.from);
                stretch.until = until.or(stretch.until);
            }
            *act = by.clone();
        }
    }

    /// As if `window` ended at `end` and nobody extended it.
    pub(crate) fn cap(&mut self, window: &WindowId, end: Instant) {
        for w in self.windows.iter_mut().filter(|w| w.id == *window) {
            w.until = Some(w.until.map_or(end, |until| until.min(end)));
        }
    }
}
