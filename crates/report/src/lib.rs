//! Tables, figures, sentences and the one page, from an outcome.
//!
//! An outcome of the scenario room comes in ([`scenario::Brief`]); a page of text ([`text`]), data ([`data`]),
//! one self-contained page of HTML ([`page`]) and single figures ([`figures`]) go out. Nothing is computed
//! here: numbers are put in order, rounded ([`rounding`]) and said in words ([`sentence`]).
//!
//! Learn first [`figures::Exhibit`], a figure with the numbers behind it, and [`svg::Figure`], the drawing.

pub mod accounts;
pub mod backtested;
pub mod bargained;
pub mod coalitions;
pub mod data;
pub mod diff;
pub mod figures;
pub mod fought;
pub mod games;
pub mod measured;
pub mod page;
pub mod played;
pub mod rates;
pub mod reasons;
pub mod reconcile;
pub mod replies;
pub mod retaliated;
pub mod rounding;
pub mod sentence;
pub mod sheet_of_figures;
pub mod svg;
pub mod table;
pub mod text;
pub mod weights;
