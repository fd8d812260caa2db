//! What each government would do: payoffs, best replies, war, bargain, truce.
//!
//! Payoffs come in as numbers with a unit, computed by the equilibrium room under each policy; choices and
//! their certificates go out. Nothing here types a payoff in.
//!
//! Learn first [`PayoffMatrix`] (two governments, a few named packages each, best replies marked) and [`Truce`]
//! with [`TruceSlack`] (temptation, punishment, critical patience) and [`TruceCalendar`] (slack by day). Then
//! [`TariffGame`] (an economy whose tariffs are moves), [`Instruments`], [`Player`] and [`Objective`], and what is
//! played on them: [`best_response`], [`lead`] where the others answer, [`war`] with its [`Certificate`], [`talks`].

// Symbols are those of the papers: γ beside y, σ beside o.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]

mod anderson;
mod answers;
mod bargain;
mod best_response;
mod broyden;
mod climb;
mod coalitions;
mod deviations;
mod duties;
mod fit;
mod futures;
mod instruments;
mod issues;
mod lashkaripour_2021;
mod leader;
mod linked_game;
mod mirror;
mod nash;
mod objective;
mod one_factor_game;
mod payoff_matrix;
mod payoff_surface;
mod play;
mod player;
mod political_weights;
mod random;
mod reaction;
mod repeated_play;
mod retaliation;
mod sharing;
mod stage_payoffs;
mod stage_talks;
mod strategies;
mod talks_search;
mod tariff_game;
mod tournament;
mod transfers;
mod truce;
mod truce_calendar;

pub use answers::{AnswerBranch, Answered, AnswersFrom, Choice};
pub use bargain::{Deal, planner, talks};
pub use best_response::{BestResponse, Peak, Start, best_response, best_response_with_switches};
pub use coalitions::CoalitionTable;
pub use deviations::{Deviations, Probe, deviation_gains};
pub use duties::{ExportTaxes, PlayerOutcome, median, player_outcome};
pub use fit::{Fit, RuleFit, TRAINING_MONTHS, fit_rules};
pub use futures::{Branch, Odds, Paths, Stretch, futures};
pub use instruments::{Border, Instruments, Shape};
pub use issues::{Agreement, Issue, talks_on_issues};
pub use lashkaripour_2021::{FormulaWar, formula_war, one_rate_each};
pub use leader::{Lead, lead};
pub use linked_game::{LinkedGame, LinkedState};
pub use mirror::{Mirroring, mirroring};
pub use nash::{Certificate, War, war};
pub use objective::{Objective, ObjectiveParts, mean_one};
pub use one_factor_game::OneFactorGame;
pub use payoff_matrix::{Cell, GameError, Package, PayoffMatrix, TIE};
pub use payoff_surface::PayoffSurface;
pub use play::{PlaySettings, PlayStatus, Rest};
pub use player::{Aim, Player};
pub use political_weights::{Inference, InferredWeights, SHIFTS, infer_weights};
pub use repeated_play::{Conditions, Match, play_match};
pub use retaliation::{Candidate, LineOfSector, Pieces, Ranking, RetaliationList, divided, retaliation_list};
pub use sharing::Solution;
pub use stage_payoffs::StagePayoffs;
pub use strategies::{Strategy, View};
pub use talks_search::{Starts, TalksSearch};
pub use tariff_game::{Pull, StrategyError, TariffGame, Wish};
pub use tournament::{Tournament, tournament};
pub use transfers::{Transfers, talks_with_transfers};
pub use truce::{DAYS_PER_MONTH, Length, Patience, Rules, Side, SideSlack, Truce, TruceError, TruceSlack};
pub use truce_calendar::{DaySlack, TruceCalendar};
