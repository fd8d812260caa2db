//! From a measure's life, layers and windows to versions that do not overlap.

use std::sync::Arc;

use terms::{Instant, Interval};

use super::{Fold, Layer, Stretch, Window};
use crate::model::{OnLapse, Patch, Terms};
use crate::{ActId, Standstill, Version};

impl Fold {
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
