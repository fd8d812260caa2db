//! From what acts said of one measure to what holds of it, stretch by stretch.

use std::sync::Arc;

use terms::{Instant, Interval, Points};

use crate::model::{OnLapse, Patch, Statement, Terms, Verb};
use crate::{ActId, Standstill, Version, View, WindowId};

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

    /// What holds, stretch by stretch.
    pub(crate) fn versions(mut self) -> Vec<Version> {
        let Some((maker, terms)) = self.made.take() else { return Vec::new() };
        self.settle_lapses();
        self.settle_life();
        // In the order of effect; on one instant the later publication, which came later, speaks last.
        self.patches.sort_by_key(|layer| layer.from);
        let mut versions: Vec<Version> = Vec::new();
        for stretch in &self.life {
            let mut cuts = self.cuts(stretch);
            cuts.dedup();
            for (at, from) in cuts.iter().enumerate() {
                let last = at + 1 == cuts.len();
                let until = if last { stretch.until } else { cuts.get(at + 1).copied() };
                let Some(during) = Interval::new(*from, until) else { continue };
                let version = self.version(during, stretch, last, &maker, &terms);
                match versions.last_mut() {
                    Some(before) if before.during.until == Some(*from) && before.same_as(&version) => {
                        before.during.until = until;
                        before.ended_by = version.ended_by;
                    }
                    _ => versions.push(version),
                }
            }
        }
        versions
    }

    /// Stretches that overlap become one after the other: the later start takes over, and nothing is lost.
    fn settle_life(&mut self) {
        self.life.sort_by_key(|stretch| stretch.from);
        for at in 1..self.life.len() {
            let (before, after) = self.life.split_at_mut(at);
            let (Some(first), Some(next)) = (before.last_mut(), after.first_mut()) else { return };
            let overlaps = first.until.is_none_or(|until| next.from < until);
            if overlaps {
                let longer = next.until.is_some_and(|end| first.until.is_none_or(|until| end < until));
                if longer {
                    next.until = first.until;
                    next.ended_by = first.ended_by.take();
                }
                first.until = Some(next.from);
            }
        }
        self.life.retain(|stretch| stretch.until.is_none_or(|until| stretch.from < until));
    }

    /// What a window leaves behind when it ends.
    fn settle_lapses(&mut self) {
        let mut ends = Vec::new();
        for window in &self.windows {
            let Some(end) = window.until else { continue };
            let act = window.acts.last().cloned().unwrap_or_else(|| ActId::new(""));
            match &window.on_lapse {
                OnLapse::ReturnAs(duty) => self.patches.push(Layer {
                    from: end,
                    until: None,
                    act,
                    patch: Patch { duty: Some(duty.clone()), ..Patch::default() },
                }),
                OnLapse::Nothing if window.points.is_none() => ends.push((end, act)),
                OnLapse::Return | OnLapse::Nothing | OnLapse::Ask => {}
            }
        }
        for (end, act) in ends {
            self.end(end, &act);
        }
    }

    /// The instants inside a stretch at which something may be different, its start first.
    fn cuts(&self, stretch: &Stretch) -> Vec<Instant> {
        let inside = |at: &Instant| *at > stretch.from && stretch.until.is_none_or(|until| *at < until);
        let of_patches = self.patches.iter().flat_map(|l| [Some(l.from), l.until]);
        let of_windows = self.windows.iter().flat_map(|w| [Some(w.from), w.until]);
        let mut cuts: Vec<Instant> = of_patches.chain(of_windows).flatten().filter(inside).collect();
        cuts.push(stretch.from);
        cuts.sort_unstable();
        cuts
    }

    fn version(
        &self,
        during: Interval,
        stretch: &Stretch,
        last: bool,
        maker: &ActId,
        made: &Arc<Terms>,
    ) -> Version {
        let mut terms = Arc::clone(made);
        let mut act = maker.clone();
        let mut acts = vec![maker.clone()];
        if stretch.by != *maker {
            acts.push(stretch.by.clone());
        }
        let holds =
            |layer: &&Layer| layer.from <= during.from && layer.until.is_none_or(|until| during.from < until);
        for layer in self.patches.iter().filter(holds) {
            layer.patch.apply(Arc::make_mut(&mut terms));
            if layer.patch.duty.is_some() {
                act = layer.act.clone();
            }
            acts.push(layer.act.clone());
        }
        let suspended = self.windows.iter().filter_map(|w| w.standstill(during.from)).collect();
        let ended_by = if last { stretch.ended_by.clone() } else { None };
        Version { during, terms, suspended, act, acts, ended_by }
    }
}

impl Window {
    /// The suspension as it stands at `on`, if it does.
    fn standstill(&self, on: Instant) -> Option<Standstill> {
        let over = self.until.is_some_and(|until| until <= on);
        // Points of which nothing returns, or nobody says what does, stay away after the end.
        let stays = matches!(self.on_lapse, OnLapse::Ask)
            || (matches!(self.on_lapse, OnLapse::Nothing) && self.points.is_some());
        if on < self.from || (over && !stays) {
            return None;
        }
        Some(Standstill {
            window: self.id.clone(),
            points: self.points,
            until: self.until,
            on_lapse: self.on_lapse.clone(),
            unsettled: over && matches!(self.on_lapse, OnLapse::Ask) && !self.resumed,
            acts: self.acts.clone(),
        })
    }
}

impl Version {
    /// Whether it says the same as another, whatever their time.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.terms, &other.terms) || self.terms == other.terms)
            && self.suspended == other.suspended
            && self.act == other.act
            && self.acts == other.acts
    }
}
