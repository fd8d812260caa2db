//! The front door: a question, the archive it reads, the stages in order, the outcome.
//!
//! A question (a scenario file, or the flags of a command) comes in; texts and tables are read from an
//! [`archive`]; the rooms do their work in the order of the arrow; an outcome such as [`Brief`] goes out, with
//! the [`Manifest`] that says what it was computed from. Only this room opens files.
//!
//! Learn first [`Record`] (a ledger with its schedules, opened) and [`Question`] with [`brief()`]; for the model alone
//! [`MeasureQuestion`] with [`measure()`]; games begin at [`GameQuestion`].

mod account;
pub mod accounts;
mod answer;
pub mod archive;
mod backtest;
mod bargain;
mod best;
mod blocs;
mod brief;
mod chapters;
mod clearing;
mod clock;
mod coalitions;
mod contest;
mod covered;
mod duty_tables;
pub mod economies;
mod extent;
mod game;
mod hats;
mod headlines;
mod laws;
mod line_diff;
mod manifest;
mod measure;
mod months;
mod opening;
mod packages;
mod play;
mod question;
mod rates;
mod rebased;
mod reconcile;
mod records;
mod retaliate;
mod settings;
mod sized;
mod tariff_edits;
mod territories;
mod truce;
mod wants;
mod war;
mod weights;
mod why;
mod words;

pub use account::{account, changes, diff, known_party};
pub use answer::brief;
pub use backtest::{BacktestQuestion, Backtested, DutyRow, Forecast, Marks, PairShare, Score, backtest};
pub use bargain::{
    BargainAnswer, BargainQuestion, DealEvidence, FrontierPoint, IssueWorth, NamedPoint, Share, Threat,
    bargain_of,
};
pub use best::{AnswersBegun, BesideLead, BestAnswer, LookedAt, Others, best_of};
pub use brief::*;
pub use clearing::Clearing;
pub use clock::{Days, day};
pub use coalitions::{
    CoalitionAnswer, CoalitionEvidence, CoalitionQuestion, CoalitionRow, Mover, coalitions_of,
};
pub use economy::sheet;
pub use game::{
    Bystander, DeviationKind, GameQuestion, PlayEvidence, RateBeside, RatesBeside, RatesBy, TariffRow,
};
pub use ledger::{Change, Diff, Headline, HeadlinePart, ListChange, MeasureId, Standing, Turn};
pub use line_diff::{LineDiff, Stretch, line_diff};
pub use manifest::{Manifest, hash};
pub use measure::{
    Closure, CountryRow, Detail, Diversion, DrawsQuestion, MarketWord, MeasureQuestion, Measured, Moved,
    PairRow, RecordDays, Redirection, SectorRow, SetRow, ThetaRow, Turned, Uncertainty, WorldRow, measure,
};
pub use play::{
    FitEvidence, Fitted, HistoryOf, PlayPath, PlayQuestion, Played, PlayedUnder, RuleLead, RuleTold, STEP_PP,
    SideFit, Stage, StageRest, Standings, TableEvidence, TournamentEvidence, fit_of, play_of,
};
pub use question::{Model, Punishment, Question, TruceRules};
pub use rates::{Rates, rates};
pub use reconcile::{Beside, reconcile};
pub use records::Record;
pub use retaliate::{
    Departure, ListEvidence, ListStep, ListedGood, ListedLine, ListedLines, RetaliationAnswer,
    RetaliationQuestion, StartingPoint, retaliate_of,
};
pub use tariffs::{LineStep, SizedAct, Weighing, Why};
pub use truce::{
    BranchWorth, Concession, ConcessionEffect, Extension, Futures, Gives, OtherWindow, TruceAnswer,
    TruceEvidence, TruceQuestion, between, is_modelled, truce_account, truce_of,
};
pub use wants::{RevenueWeight, Wants};
pub use war::{Effort, ExactBeside, OtherStart, WarAnswer, WarQuestion, WarRule, war_of};
pub use weights::{
    CountryWeights, SectorWeight, WeightsAnswer, WeightsEvidence, WeightsFound, WeightsQuestion, weights_of,
};
pub use why::{Entry, line_changes, why};
