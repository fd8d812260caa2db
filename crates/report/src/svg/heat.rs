//! A table whose cells are tinted by what they hold: gains and losses of many under many arrangements.

use super::figure::{Figure, Form, Width};
use super::matrix::shade;
use super::measure::{Ink, shorten, wrap};
use super::write::{Anchor, Frame, Pen};
use crate::rounding::signed;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// What it holds.
    pub value: f64,
    /// Set in bold letters.
    pub bold: bool,
    /// What a reader who points at it is told.
    pub words: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatRow {
    /// Its name; it may break after a `+`.
    pub name: String,
    /// One cell a column.
    pub tiles: Vec<Tile>,
    /// Framed.
    pub framed: bool,
}

/// The data of the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat<'a> {
    /// What the figure is called.
    pub title: &'a str,
    /// What it shows, in words.
    pub description: &'a str,
    /// The unit, above the table.
    pub unit: &'a str,
    /// Names of the columns.
    pub columns: &'a [String],
    /// The rows.
    pub rows: &'a [HeatRow],
    /// Digits after the point.
    pub places: usize,
}

/// Draws the table.
pub fn heat(data: &Heat<'_>, form: Form<'_>) -> Figure {
    let phone = form.width == Width::Narrow;
    let (side, size) = if phone { (104.0, 11.5) } else { (190.0, 13.0) };
    let width = form.width.units();
    let cell = (width - side - 3.0) / data.columns.len().max(1) as f64;
    let (ink, line) = (Ink::regular(size), size + 3.0);
    let mut pen = Pen::new();
    let said = wrap(data.unit, width, ink);
    for (k, words) in said.iter().enumerate() {
        pen.text("muted", words, (0.0, 12.0 + line * k as f64), Anchor::Start, ink);
    }
    let head = 12.0 + line * said.len() as f64 + 6.0;
    for (c, name) in data.columns.iter().enumerate() {
        let x = side + cell * (c as f64 + 0.5);
        pen.text("", &shorten(name, cell - 4.0, Ink::bold(size)), (x, head), Anchor::Middle, Ink::bold(size));
    }
    let worst = data.rows.iter().flat_map(|row| &row.tiles).map(|tile| tile.value.abs()).fold(0.0, f64::max);
    let mut y = head + 8.0;
    for row in data.rows {
        // A sign of joining stays at the end of its line.
        let names = wrap(&row.name.replace('+', "+ "), side - 8.0, ink);
        let names: Vec<String> = names.iter().map(|name| name.replace("+ ", "+")).collect();
        let height = (line * names.len() as f64 + 10.0).max(26.0);
        let first = y + (height - line * names.len() as f64) / 2.0 + size;
        for (l, name) in names.iter().enumerate() {
            pen.text("", name, (0.0, first + line * l as f64), Anchor::Start, ink);
        }
        for (c, tile) in row.tiles.iter().enumerate() {
            let x = side + cell * c as f64;
            let corners = [(x, y), (x + cell, y), (x + cell, y + height), (x, y + height)];
            pen.mark("square", &tile.words);
            pen.path(&format!("cell {}", shade(tile.value, worst)), &corners, true);
            let letters = Ink { size, bold: tile.bold };
            let at = (x + cell / 2.0, y + height / 2.0 + size * 0.36);
            pen.text("", &signed(tile.value, data.places), at, Anchor::Middle, letters);
            pen.close();
        }
        if row.framed {
            let frame =
                Frame { x: side + 1.5, y: y + 1.5, w: cell * row.tiles.len() as f64 - 3.0, h: height - 3.0 };
            pen.rect("equilibrium", frame, 2.0);
        }
        y += height;
    }
    Figure::of(pen, form, y + 4.0, data.title, data.description)
}
