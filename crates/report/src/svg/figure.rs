//! A finished figure, and the forms it can take.

use super::write::{Frame, Pen, escape, number};

/// The colours and strokes of all figures, light and dark; a page holds it once, a file alone holds its own.
pub const STYLE: &str = include_str!("figure.css");

/// How much room a figure has. A figure is drawn anew for a phone, so that its letters stay readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// A column of a page: 720 units.
    Wide,
    /// The whole page: 1080 units.
    Full,
    /// A phone: 360 units.
    Narrow,
}

impl Width {
    /// The units across.
    pub const fn units(self) -> f64 {
        match self {
            Self::Full => 1080.0,
            Self::Wide => 720.0,
            Self::Narrow => 360.0,
        }
    }

    /// The class that shows the figure on its kind of screen.
    const fn class(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Full => "full",
            Self::Narrow => "narrow",
        }
    }
}

/// Under which id and how wide a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<'a> {
    /// Unique in the page: letters, digits and hyphens.
    pub id: &'a str,
    /// The room it has.
    pub width: Width,
}

impl<'a> Form<'a> {
    /// A form for a screen of ordinary width.
    pub const fn wide(id: &'a str) -> Self {
        Self { id, width: Width::Wide }
    }

    /// A form for a phone.
    pub const fn narrow(id: &'a str) -> Self {
        Self { id, width: Width::Narrow }
    }
}

/// A finished figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    id: String,
    width: Width,
    height: f64,
    title: String,
    description: String,
    body: String,
    labels: Vec<(String, Frame)>,
}

impl Figure {
    /// Closes the sheet: `title` names the figure, `description` says in words what it shows.
    pub fn of(pen: Pen, form: Form<'_>, height: f64, title: &str, description: &str) -> Self {
        let (body, labels) = pen.finish();
        let id = form.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        Self {
            id,
            width: form.width,
            height,
            title: title.into(),
            description: description.into(),
            body,
            labels,
        }
    }

    /// The element for a page that holds [`STYLE`] already.
    pub fn inline(&self) -> String {
        self.element("")
    }

    /// A file of its own, with its style inside.
    pub fn standalone(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n",
            self.element(&format!("<style>{STYLE}</style>"))
        )
    }

    /// Every text of the figure with the box it fills, for those who check that none covers another.
    pub fn labels(&self) -> &[(String, Frame)] {
        &self.labels
    }

    /// Width and height in its own units.
    pub fn size(&self) -> (f64, f64) {
        (self.width.units(), self.height)
    }

    fn element(&self, style: &str) -> String {
        let Self { id, title, description, body, .. } = self;
        let (width, height) = (number(self.width.units()), number(self.height));
        let suffix = self.width.class();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure {suffix}\" id=\"{id}-{suffix}\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" tabindex=\"0\" \
             aria-labelledby=\"{id}-{suffix}-t {id}-{suffix}-d\">\
             <title id=\"{id}-{suffix}-t\">{}</title><desc id=\"{id}-{suffix}-d\">{}</desc>{style}{body}</svg>",
            escape(title),
            escape(description),
        )
    }
}
