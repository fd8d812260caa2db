//! A game in normal form: two payoffs in every cell, best replies, equilibria and the cell in force.

use super::figure::{Figure, Form, Width};
use super::measure::{Ink, wrap};
use super::write::{Anchor, Frame, Pen};
use crate::rounding::signed;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Square {
    /// The row player's payoff, then the column player's.
    pub payoffs: [f64; 2],
    /// Whether each player's move is the best reply to the other's.
    pub best: [bool; 2],
    /// What a reader who points at it is told.
    pub words: String,
}

/// The data of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The row player and the column player.
    pub players: [&'a str; 2],
    /// The row player's moves: a name and a second, quieter line.
    pub rows: &'a [(String, String)],
    /// The column player's moves.
    pub columns: &'a [(String, String)],
    /// `squares[row][column]`.
    pub squares: &'a [Vec<Square>],
    /// The cell in force.
    pub today: Option<(usize, usize)>,
    /// Cells from which neither gains by another of its policies.
    pub equilibria: &'a [(usize, usize)],
}

/// Draws the matrix: the row player's payoff lies below the diagonal of a cell, the column player's above.
pub fn matrix(data: &Matrix<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let (side, size, cell_height) = if phone { (74.0, 11.0, 58.0) } else { (150.0, 13.0, 76.0) };
    let width = form.width.units();
    let cell_width = (width - side - 3.0) / data.columns.len().max(1) as f64;
    let ink = Ink::regular(size);
    let mut pen = Pen::new();

    let heads: Vec<Vec<String>> =
        data.columns.iter().map(|(name, _)| wrap(name, cell_width - 6.0, Ink::bold(size))).collect();
    let head_lines = heads.iter().map(Vec::len).max().unwrap_or(0) as f64 + 1.0;
    let top = 24.0 + head_lines * (size + 3.0) + 4.0;
    pen.text(
        "second",
        data.players[1],
        (side + (width - side) / 2.0, 12.0),
        Anchor::Middle,
        Ink::bold(size + 1.0),
    );
    for (k, (lines, (_, note))) in heads.iter().zip(data.columns).enumerate() {
        let x = side + cell_width * (k as f64 + 0.5);
        let first = top - 6.0 - (lines.len() as f64) * (size + 3.0);
        for (l, line) in lines.iter().enumerate() {
            pen.text("", line, (x, first + l as f64 * (size + 3.0)), Anchor::Middle, Ink::bold(size));
        }
        pen.text("muted", note, (x, top - 6.0), Anchor::Middle, ink);
    }
    pen.text("first", data.players[0], (0.0, top - 6.0), Anchor::Start, Ink::bold(size + 1.0));

    let worst =
        data.squares.iter().flatten().flat_map(|square| square.payoffs).map(f64::abs).fold(0.0, f64::max);
    for (r, (name, note)) in data.rows.iter().enumerate() {
        let y = top + cell_height * r as f64;
        let lines = wrap(name, side - 8.0, Ink::bold(size));
        let block = (lines.len() as f64 + 1.0) * (size + 3.0);
        let first = y + (cell_height - block) / 2.0 + size;
        for (l, line) in lines.iter().enumerate() {
            pen.text("", line, (0.0, first + l as f64 * (size + 3.0)), Anchor::Start, Ink::bold(size));
        }
        let at = (0.0, first + lines.len() as f64 * (size + 3.0));
        pen.text("muted", note, at, Anchor::Start, ink);
        for (c, square) in data.squares.get(r).into_iter().flatten().enumerate() {
            let frame = Frame { x: side + cell_width * c as f64, y, w: cell_width, h: cell_height };
            let is_today = data.today == Some((r, c));
            draw_square(&mut pen, square, frame, worst, size, is_today);
        }
    }
    for (r, c) in data.equilibria {
        let (x, y) = (side + cell_width * *c as f64, top + cell_height * *r as f64);
        pen.rect(
            "equilibrium",
            Frame { x: x + 1.5, y: y + 1.5, w: cell_width - 3.0, h: cell_height - 3.0 },
            2.0,
        );
    }
    let height = top + cell_height * data.rows.len() as f64 + 4.0;
    Figure::of(pen, form, height, data.title, data.description)
}

fn draw_square(pen: &mut Pen, square: &Square, frame: Frame, worst: f64, size: f64, is_today: bool) {
    let Frame { x, y, w, h } = frame;
    let [own, other] = square.payoffs;
    pen.mark("square", &square.words);
    let below = [(x, y), (x, y + h), (x + w, y + h)];
    let above = [(x, y), (x + w, y), (x + w, y + h)];
    pen.path(&format!("cell {}", shade(own, worst)), &below, true);
    pen.path(&format!("cell {}", shade(other, worst)), &above, true);
    let pad = if w < 100.0 { 5.0 } else { 9.0 };
    let texts = [
        ("first", own, square.best[0], (x + pad, y + h - pad - 2.0), Anchor::Start),
        ("second", other, square.best[1], (x + w - pad, y + pad + size - 2.0), Anchor::End),
    ];
    for (class, value, best, at, anchor) in texts {
        let letters = Ink { size: size + 1.0, bold: best };
        let text = signed(value, 2);
        let frame = Frame::of_text(&text, at.0, at.1, anchor, letters);
        pen.text("", &text, at, anchor, letters);
        if best {
            pen.rect(class, Frame { x: frame.x, y: at.1 + 2.5, w: frame.w, h: 2.0 }, 0.0);
        }
    }
    if is_today {
        let letters = Ink::bold(size - 1.0);
        let text = Frame::of_text("today", x + w / 2.0, y + h / 2.0 + 4.0, Anchor::Middle, letters);
        let pill = Frame { x: text.x - 6.0, y: text.y - 3.0, w: text.w + 12.0, h: text.h + 5.0 };
        pen.rect("pill", pill, 9.0);
        pen.text("paper", "today", (x + w / 2.0, y + h / 2.0 + 4.0), Anchor::Middle, letters);
    }
    pen.close();
}

/// The tint of a payoff: `l1` to `l4` for losses, `g1` to `g4` for gains, by its share of the largest.
pub(super) fn shade(value: f64, worst: f64) -> String {
    let sign = if value < 0.0 { 'l' } else { 'g' };
    let share = if worst > 0.0 { (value.abs() / worst).clamp(0.0, 1.0) } else { 0.0 };
    format!("{sign}{:.0}", (share * 4.0).ceil())
}
