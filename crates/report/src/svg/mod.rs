//! Our own small writer of figures: data in, one SVG out.
//!
//! Every figure is a function from plain data and a [`Form`] (how wide, under which id) to a [`Figure`], which
//! gives an element for a page or a file that stands alone. Figures carry a title and a description for
//! readers who cannot see them, take their colours from classes (light, dark and print are chosen by the
//! style, [`STYLE`]), ask for no font or file, and are the same bytes for the same data.
//!
//! Learn first [`Figure`] and [`Form`]; then [`steps`], the two lines of the conflict.

pub mod bars;
pub mod dots;
mod figure;
pub mod gauge;
pub mod heat;
pub mod lanes;
pub mod matrix;
mod measure;
mod place;
pub mod plane;
mod scale;
pub mod steps;
mod write;

pub use figure::{Figure, Form, STYLE, Width};
pub use measure::{Ink, shorten, text_width, wrap};
pub use place::{Flag, Flown, fly, rows, spread};
pub use scale::{Scale, Spread, TimeScale, days_between, round_range, round_ticks, tick_digits};
pub use write::{Anchor, Frame, Pen, escape, number};
