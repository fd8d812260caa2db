//! Rules for playing the same game again and again: what to charge next, given what was seen.

use serde::Serialize;

use crate::random::Stream;

/// What a rule sees when it chooses: levels are places in its own and in the other side's list of duties.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Own levels as carried out, oldest first.
    pub own: &'a [u8],
    /// The other side's levels as this side saw them, oldest first. With a response lag the last months are
    /// missing.
    pub seen: &'a [u8],
    /// What this side got, as it saw it, oldest first.
    pub got: &'a [f64],
    /// The level of the truce, for this side and for the other.
    pub truce: [u8; 2],
    /// The level of war, for this side and for the other: what is charged when nothing is kept.
    pub war: [u8; 2],
    /// This side's highest level.
    pub cap: u8,
    /// What a month of kept truce gives this side.
    pub truce_payoff: f64,
}

/// A rule of play.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Keeps the truce whatever happens.
    Always,
    /// War whatever happens.
    Never,
    /// Keeps the truce until it sees it broken once, then war for ever (Friedman 1971).
    Grim,
    /// Charges what the other side was last seen to charge over its truce (Rapoport, in Axelrod 1984).
    TitForTat,
    /// Answers only a breach seen two months running.
    TitForTwoTats,
    /// As tit for tat, but lets this share of breaches pass (Nowak and Sigmund 1992).
    Generous(f64),
    /// As tit for tat, but takes the answer to its own breach without a further one: it answers only who broke
    /// the truce unprovoked (Sugden 1986; Boyd 1989).
    Contrite,
    /// Answers the n-th breach with n months of war, then two of calm (Beaufils, Delahaye and Mathieu 1996).
    Gradual,
    /// Repeats what paid at least as much as the truce, changes what did not (Nowak and Sigmund 1993: Pavlov).
    WinStay,
    /// Answers a breach with this many months of war, then keeps the truce again.
    Limited(u8),
    /// Answers in kind and one level more: the ladder.
    Escalating,
    /// Answers half of what it saw.
    Proportional,
    /// Plays what was played: levels month by month, the last one held.
    Observed(Vec<u8>),
}

/// What a rule remembers beside the history.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    broken: bool,
    breaches: u32,
    punishing: u32,
    calming: u32,
    /// How many seen months have been dealt with.
    dealt: usize,
    warring: bool,
    own_bad: bool,
    their_bad: bool,
}

impl Strategy {
    /// The twelve rules of the standard tournament.
    pub fn all() -> Vec<Self> {
        vec![
            Self::Always,
            Self::Never,
            Self::Grim,
            Self::TitForTat,
            Self::TitForTwoTats,
            Self::Generous(0.3),
            Self::Contrite,
            Self::Gradual,
            Self::WinStay,
            Self::Limited(3),
            Self::Escalating,
            Self::Proportional,
        ]
    }

    /// Its name in tables.
    pub fn name(&self) -> String {
        match self {
            Self::Always => "always truce".into(),
            Self::Never => "always war".into(),
            Self::Grim => "grim".into(),
            Self::TitForTat => "tit for tat".into(),
            Self::TitForTwoTats => "tit for two tats".into(),
            Self::Generous(share) => format!("generous {:.0} %", 100.0 * share),
            Self::Contrite => "contrite".into(),
            Self::Gradual => "gradual".into(),
            Self::WinStay => "win-stay".into(),
            Self::Limited(months) => format!("limited, {months} months"),
            Self::Escalating => "escalating".into(),
            Self::Proportional => "proportional".into(),
            Self::Observed(_) => "observed history".into(),
        }
    }

    /// The level to charge next.
    pub(crate) fn choose(&self, memory: &mut Memory, view: View<'_>, stream: &mut Stream) -> u8 {
        let (truce, war) = (view.truce[0], view.war[0]);
        let seen = view.seen.last().copied().unwrap_or(view.truce[1]);
        let breach = seen > view.truce[1];
        // New since this rule last looked: with a lag, or noise in reports, months must not be counted twice.
        let fresh = &view.seen[memory.dealt.min(view.seen.len())..];
        let new_breaches = fresh.iter().filter(|level| **level > view.truce[1]).count() as u32;
        memory.dealt = view.seen.len();
        match self {
            Self::Always => truce,
            Self::Never => war,
            Self::Grim => {
                memory.broken |= new_breaches > 0;
                if memory.broken { war } else { truce }
            }
            Self::TitForTat => in_kind(view, seen, 1.0),
            Self::TitForTwoTats => {
                let twice =
                    view.seen.iter().rev().take(2).filter(|level| **level > view.truce[1]).count() == 2;
                if twice { in_kind(view, seen, 1.0) } else { truce }
            }
            Self::Generous(share) => {
                if breach && stream.happens(*share) {
                    truce
                } else {
                    in_kind(view, seen, 1.0)
                }
            }
            Self::Contrite => {
                // In bad standing: who broke the truce while the other was in good standing, until it keeps it.
                let months = fresh.iter().zip(&view.own[view.seen.len() - fresh.len()..]);
                for (their, own) in months {
                    let (own_bad, their_bad) = (memory.own_bad, memory.their_bad);
                    memory.own_bad = *own > truce && (own_bad || !their_bad);
                    memory.their_bad = *their > view.truce[1] && (their_bad || !own_bad);
                }
                if memory.their_bad && !memory.own_bad { in_kind(view, seen, 1.0) } else { truce }
            }
            Self::Gradual => {
                if memory.punishing > 0 {
                    memory.punishing -= 1;
                    war
                } else if memory.calming > 0 {
                    memory.calming -= 1;
                    truce
                } else if new_breaches > 0 {
                    memory.breaches += 1;
                    memory.punishing = memory.breaches - 1;
                    memory.calming = 2;
                    war
                } else {
                    truce
                }
            }
            Self::WinStay => {
                if let Some(got) = view.got.last()
                    && *got < view.truce_payoff
                {
                    memory.warring = !memory.warring;
                }
                if memory.warring { war } else { truce }
            }
            Self::Limited(months) => {
                if memory.punishing > 0 {
                    memory.punishing -= 1;
                    war
                } else if new_breaches > 0 {
                    memory.punishing = u32::from(*months).saturating_sub(1);
                    war
                } else {
                    truce
                }
            }
            Self::Escalating => {
                if breach {
                    in_kind(view, seen, 1.0).saturating_add(1).min(view.cap)
                } else {
                    truce
                }
            }
            Self::Proportional => in_kind(view, seen, 0.5),
            Self::Observed(levels) => {
                let month = view.own.len();
                levels.get(month).or(levels.last()).copied().unwrap_or(truce).min(view.cap)
            }
        }
    }
}

/// The own level as far above the own truce as `share` of what was seen lies above the other's, on the ladder
/// from truce to war.
fn in_kind(view: View<'_>, seen: u8, share: f64) -> u8 {
    let [own_truce, their_truce] = view.truce.map(f64::from);
    let [own_war, their_war] = view.war.map(f64::from);
    let above = (f64::from(seen) - their_truce).max(0.0);
    let ladder = (their_war - their_truce).max(1.0);
    let answer = own_truce + share * above / ladder * (own_war - own_truce).max(0.0);
    (answer.round() as u8).min(view.cap)
}
