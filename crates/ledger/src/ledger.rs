//! A ledger: the texts of a folder, read, linked and ready for questions.

use std::sync::Arc;

use indexmap::IndexMap;
use terms::{Country, Day, Instant, MomentError};

use crate::model::{
    Act, Agreement, Areas, Claim, Clause, Clock, Government, LineList, Measure, Rule, Statement, Stay, Talk,
    Verb,
};
use crate::{ActId, AgreementId, ClaimId, ClauseId, ListId, MeasureId, RuleId, TalkId};

/// Everything the texts of one folder, and of the overlays on top, say.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub(crate) governments: IndexMap<Country, Government>,
    pub(crate) areas: Arc<Areas>,
    pub(crate) acts: IndexMap<ActId, Arc<Act>>,
    pub(crate) measures: IndexMap<MeasureId, Arc<Measure>>,
    pub(crate) statements: IndexMap<MeasureId, Vec<Arc<Statement>>>,
    pub(crate) stays: Vec<Stay>,
    pub(crate) lists: IndexMap<ListId, Arc<LineList>>,
    pub(crate) rules: IndexMap<RuleId, Arc<Rule>>,
    pub(crate) agreements: IndexMap<AgreementId, Arc<Agreement>>,
    pub(crate) talks: IndexMap<TalkId, Arc<Talk>>,
    pub(crate) claims: IndexMap<ClaimId, Arc<Claim>>,
}

impl Ledger {
    /// The governments, in the order of the texts.
    pub fn governments(&self) -> impl Iterator<Item = &Government> {
        self.governments.values()
    }

    /// Countries and groups.
    pub fn areas(&self) -> &Areas {
        &self.areas
    }

    /// The acts, in the order of publication.
    pub fn acts(&self) -> impl Iterator<Item = &Act> {
        self.acts.values().map(Arc::as_ref)
    }

    /// One act.
    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.get(id).map(Arc::as_ref)
    }

    /// The measures and controls.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.measures.values().map(Arc::as_ref)
    }

    /// One measure or control.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.get(id).map(Arc::as_ref)
    }

    /// What acts said of one measure, in the order of publication.
    pub fn statements_on(&self, measure: &MeasureId) -> impl Iterator<Item = &Statement> {
        self.statements.get(measure).into_iter().flatten().map(Arc::as_ref)
    }

    /// The named lists of lines.
    pub fn lists(&self) -> impl Iterator<Item = &LineList> {
        self.lists.values().map(Arc::as_ref)
    }

    /// One list.
    pub fn list(&self, id: &str) -> Option<&LineList> {
        self.lists.get(id).map(Arc::as_ref)
    }

    /// The rules of combination, in their order.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values().map(Arc::as_ref)
    }

    /// The agreements, in the order of the texts.
    pub fn agreements(&self) -> impl Iterator<Item = &Agreement> {
        self.agreements.values().map(Arc::as_ref)
    }

    /// One agreement, by its name with or without `ag-` in front.
    pub fn agreement(&self, id: &str) -> Option<&Agreement> {
        let prefixed = || self.agreements.get(format!("ag-{id}").as_str());
        self.agreements.get(id).or_else(prefixed).map(Arc::as_ref)
    }

    /// One clause, with its agreement.
    pub fn clause(&self, id: &ClauseId) -> Option<(&Agreement, &Clause)> {
        self.agreements().find_map(|agreement| {
            agreement.clauses.iter().find(|clause| clause.id == *id).map(|clause| (agreement, clause))
        })
    }

    /// The government at whose border goods for a country enter: its own, or a union that issues acts here and to
    /// which it belongs at `on`.
    pub fn border(&self, country: &str, on: Instant) -> Option<&Government> {
        let country = Country::new(country);
        let own = self.governments.get(&country);
        own.or_else(|| self.governments.values().find(|union| self.areas.holds(&union.code, &country, on)))
    }

    /// Whether goods of `origin` that enter for `importer` pass the border of `government` at `on`: its own, or that of a
    /// union that holds the importer and not the origin.
    pub fn passes(&self, government: &Country, importer: &Country, origin: &Country, on: Instant) -> bool {
        let holds = |country: &Country| self.areas.holds(government, country, on);
        government == importer || (holds(importer) && !holds(origin))
    }

    /// The clock of a government, or of the union a country belongs to; of others, coordinated universal time.
    pub fn clock(&self, country: &str) -> Clock {
        let utc = || Clock { zone: terms::Zone::UTC, day_begins: jiff::civil::Time::midnight() };
        self.border(country, Instant::MAX).map_or_else(utc, |government| government.clock.clone())
    }

    /// Reads a moment on a government's clock: `2025-06-09`, `2025-04-10T12:01`, `2025-04-10T12:01+08:00`.
    ///
    /// # Errors
    /// [`MomentError`] with the forms that are understood.
    pub fn moment(&self, country: &str, text: &str) -> Result<Instant, MomentError> {
        self.clock(country).read(text)
    }

    /// The day a government's clock shows.
    pub fn day(&self, country: &str, instant: Instant) -> Day {
        self.clock(country).day_of(instant)
    }

    /// The act that held a measure without force at `on`, as known at `known`: what was collected on it all the same
    /// may be paid back.
    pub fn void_by(&self, measure: &MeasureId, on: Instant, known: Instant) -> Option<&Act> {
        let heard = |s: &&Statement| s.published <= known && !self.stayed(s, known);
        let voids = |s: &&Statement| match s.verb {
            Verb::Void { from, .. } => from.is_none_or(|from| from <= on),
            _ => false,
        };
        let statement = self.statements_on(measure).filter(heard).find(voids)?;
        self.act(statement.act.as_str())
    }

    /// Whether a stay, known at `known`, keeps a statement from taking effect.
    pub(crate) fn stayed(&self, statement: &Statement, known: Instant) -> bool {
        let effect = statement.effect();
        self.stays.iter().any(|stay| {
            stay.of == statement.act
                && stay.published <= known
                && stay.from <= effect
                && stay.until.is_none_or(|until| effect < until)
        })
    }
}

impl Statement {
    /// The first instant at which it makes a difference.
    pub fn effect(&self) -> Instant {
        match &self.verb {
            Verb::Make { from, .. } => from.unwrap_or(self.published),
            Verb::Start { from, .. }
            | Verb::Change { from, .. }
            | Verb::Suspend { from, .. }
            | Verb::Resume { from, .. }
            | Verb::Expire { from }
            | Verb::Terminate { from, .. } => *from,
            Verb::Postpone { of, to } => to.unwrap_or(*of).min(*of),
            Verb::Void { .. } | Verb::Extend { .. } | Verb::Correct { .. } | Verb::Announce => self.published,
        }
    }
}
