//! The pen: elements of SVG written to a string, escaped, with every text's box remembered.

use super::measure::{Ink, text_width};

/// Where a text hangs on its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// A rectangle of the drawing, in its own units, y downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Frame {
    /// Whether two rectangles share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.x < other.x + other.w
            && other.x < self.x + self.w
            && self.y < other.y + other.h
            && other.y < self.y + self.h
    }

    /// The box a line of text fills when it hangs at (`x`, `y` = baseline).
    pub fn of_text(text: &str, x: f64, y: f64, anchor: Anchor, ink: Ink) -> Self {
        let w = text_width(text, ink);
        let x = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - w / 2.0,
            Anchor::End => x - w,
        };
        Self { x, y: y - 0.76 * ink.size, w, h: 0.98 * ink.size }
    }
}

/// A drawing under the pen. Elements appear in the order they are written.
#[derive(Debug, Clone)]
pub struct Pen {
    body: String,
    labels: Vec<(String, Frame)>,
    open: Vec<&'static str>,
}

impl Default for Pen {
    fn default() -> Self {
        Self::new()
    }
}

impl Pen {
    /// An empty sheet.
    pub fn new() -> Self {
        Self { body: String::new(), labels: Vec::new(), open: Vec::new() }
    }

    /// An empty element: `attrs` are written escaped, in order.
    pub fn element(&mut self, name: &'static str, attrs: &[(&str, &str)]) {
        self.start(name, attrs);
        self.body.push_str("/>");
    }

    fn start(&mut self, name: &str, attrs: &[(&str, &str)]) {
        self.body.push('<');
        self.body.push_str(name);
        for (key, value) in attrs {
            self.body.push(' ');
            self.body.push_str(key);
            self.body.push_str("=\"");
            escape_into(&mut self.body, value);
            self.body.push('"');
        }
    }

    /// Opens a group; [`Pen::close`] ends it.
    pub fn group(&mut self, attrs: &[(&str, &str)]) {
        self.start("g", attrs);
        self.body.push('>');
        self.open.push("g");
    }

    /// Opens a mark: a group that says its own words when pointed at or reached by arrow keys.
    pub fn mark(&mut self, class: &str, words: &str) {
        self.group(&[("class", &format!("mark {class}"))]);
        self.body.push_str("<title>");
        escape_into(&mut self.body, words);
        self.body.push_str("</title>");
    }

    /// Ends the innermost open group.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.body.push_str("</");
            self.body.push_str(name);
            self.body.push('>');
        }
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let at = [number(x1), number(y1), number(x2), number(y2)];
        self.element(
            "line",
            &[("class", class), ("x1", &at[0]), ("y1", &at[1]), ("x2", &at[2]), ("y2", &at[3])],
        );
    }

    /// A rectangle; `round` is the radius of its corners.
    pub fn rect(&mut self, class: &str, frame: Frame, round: f64) {
        let at = [number(frame.x), number(frame.y), number(frame.w.max(0.0)), number(frame.h.max(0.0))];
        let round = number(round);
        let mut attrs =
            vec![("class", class), ("x", &*at[0]), ("y", &at[1]), ("width", &at[2]), ("height", &at[3])];
        if round != "0" {
            attrs.push(("rx", &round));
        }
        self.element("rect", &attrs);
    }

    /// A circle.
    pub fn circle(&mut self, class: &str, (x, y): (f64, f64), r: f64) {
        self.element(
            "circle",
            &[("class", class), ("cx", &number(x)), ("cy", &number(y)), ("r", &number(r))],
        );
    }

    /// A path through `points`, closed if `closed`.
    pub fn path(&mut self, class: &str, points: &[(f64, f64)], closed: bool) {
        let mut d = String::new();
        for (k, (x, y)) in points.iter().enumerate() {
            d.push(if k == 0 { 'M' } else { 'L' });
            d.push_str(&number(*x));
            d.push(' ');
            d.push_str(&number(*y));
        }
        if closed {
            d.push('Z');
        }
        self.element("path", &[("class", class), ("d", &d)]);
    }

    /// A line of text with its baseline at `y`; its box is remembered, so that overlaps can be tested.
    pub fn text(&mut self, class: &str, text: &str, (x, y): (f64, f64), anchor: Anchor, ink: Ink) {
        let size = number(ink.size);
        let at = [number(x), number(y)];
        let mut attrs = vec![("class", class), ("x", &*at[0]), ("y", &at[1]), ("font-size", &size)];
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => attrs.push(("text-anchor", "middle")),
            Anchor::End => attrs.push(("text-anchor", "end")),
        }
        if ink.bold {
            attrs.push(("font-weight", "700"));
        }
        self.start("text", &attrs);
        self.body.push('>');
        escape_into(&mut self.body, text);
        self.body.push_str("</text>");
        self.labels.push((text.to_owned(), Frame::of_text(text, x, y, anchor, ink)));
    }

    /// Whether `frame` would touch a text already written, with `air` between.
    pub fn is_free(&self, frame: Frame, air: f64) -> bool {
        let wide =
            Frame { x: frame.x - air, y: frame.y - air, w: frame.w + 2.0 * air, h: frame.h + 2.0 * air };
        self.labels.iter().all(|(_, label)| !label.overlaps(&wide))
    }

    /// The sheet, all groups closed, and the texts with their boxes.
    pub(super) fn finish(mut self) -> (String, Vec<(String, Frame)>) {
        while !self.open.is_empty() {
            self.close();
        }
        (self.body, self.labels)
    }
}

/// A coordinate: two decimals at most, no trailing zeros, never `-0`, `0` for what is not a number.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".into();
    }
    let mut text = format!("{value:.2}");
    while text.ends_with('0') {
        text.pop();
    }
    if text.ends_with('.') {
        text.pop();
    }
    if text == "-0" { "0".into() } else { text }
}

/// Text as XML and HTML may hold it, in content and in attributes. Control characters XML forbids are dropped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

fn escape_into(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_never_minus_zero() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.345), "12.35");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let mut pen = Pen::new();
        pen.mark("a", "</title><script>");
        let ink = Ink { size: 12.0, bold: false };
        pen.text("t\" onload=\"x", "a < b & \"c\" \u{7}\u{0}", (0.0, 0.0), Anchor::Start, ink);
        let (body, _) = pen.finish();
        assert_eq!(
            body,
            "<g class=\"mark a\"><title>&lt;/title&gt;&lt;script&gt;</title>\
             <text class=\"t&quot; onload=&quot;x\" x=\"0\" y=\"0\" font-size=\"12\">\
             a &lt; b &amp; &quot;c&quot; </text></g>"
        );
    }

    #[test]
    fn a_box_beside_another_does_not_overlap_it() {
        let a = Frame { x: 0.0, y: 0.0, w: 10.0, h: 10.0 };
        assert!(!a.overlaps(&Frame { x: 10.0, ..a }));
        assert!(a.overlaps(&Frame { x: 9.9, ..a }));
    }
}
