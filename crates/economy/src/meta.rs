//! What an economy says about itself: `economy.toml`.

use std::ops::Range;

use diagnostic::{Diagnostic, Source, help_nearest};
use toml::de::{DeTable, DeValue};

use crate::findings::Findings;

/// The keys of `economy.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// The short name, by which commands know it.
    pub name: String,
    /// One line of description.
    pub title: String,
    /// The base year.
    pub year: i32,
    /// The currency of all values, ISO 4217.
    pub currency: String,
    /// The unit of all values.
    pub unit: Unit,
    /// Whether the table `trade` was written with or without the importer's duty. Values in memory are
    /// always before duty.
    pub valuation: Valuation,
    /// The elasticity column used when none is asked for; none when the folder carries no elasticities.
    pub elasticity: Option<String>,
    /// The market structure the accounts were made for.
    pub market: Market,
    /// Where the numbers come from.
    pub source: String,
    /// Under which terms.
    pub licence: String,
    /// The relative gap up to which an identity counts as kept.
    pub tolerance: f64,
}

impl Meta {
    /// The default tolerance of the identities: what is left of exact accounts after sums of some ten
    /// thousand numbers in double precision and digits cut in a text, and nothing more.
    pub const TOLERANCE: f64 = 1e-10;

    /// A name and a year; millions of dollars before duty, no source.
    pub fn new(name: impl Into<String>, year: i32) -> Self {
        Self {
            name: name.into(),
            title: String::new(),
            year,
            currency: "USD".into(),
            unit: Unit::Million,
            valuation: Valuation::BeforeDuty,
            elasticity: None,
            market: Market::Perfect,
            source: String::new(),
            licence: String::new(),
            tolerance: Self::TOLERANCE,
        }
    }
}

macro_rules! word {
    ($(#[$doc:meta])* $name:ident, $code:literal, $( $(#[$variant_doc:meta])* $variant:ident = $word:literal ),+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {
            $( $(#[$variant_doc])* $variant, )+
        }

        impl $name {
            const WORDS: &[(&str, Self)] = &[$(($word, Self::$variant)),+];
            const CODE: &str = $code;

            /// The word that stands for it in `economy.toml`.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }
    };
}

word! {
    /// The unit of values: how many of the currency is one.
    Unit, "unknown-unit",
    /// One dollar, euro, yuan.
    One = "dollar",
    /// Thousands.
    Thousand = "thousand",
    /// Millions.
    Million = "million",
    /// Billions, of a thousand millions each.
    Billion = "billion"
}

impl Unit {
    /// One of this unit, in the currency itself.
    pub const fn size(self) -> f64 {
        match self {
            Self::One => 1.0,
            Self::Thousand => 1e3,
            Self::Million => 1e6,
            Self::Billion => 1e9,
        }
    }

    /// One of this unit, in millions of the currency.
    pub const fn in_millions(self) -> f64 {
        self.size() / 1e6
    }
}

word! {
    /// What the values of the table `trade` include.
    Valuation, "unknown-valuation",
    /// What the exporter receives.
    BeforeDuty = "before-duty",
    /// What the importer pays, duty included.
    DutyPaid = "duty-paid"
}

word! {
    /// The market structure the accounts were made for.
    Market, "unknown-market",
    /// Perfect competition: output is income of factors and cost of inputs.
    Perfect = "perfect",
    /// Monopolistic competition with free entry.
    Entry = "entry",
    /// Fixed numbers of firms, whose profits are part of value added.
    Firms = "firms"
}

const KEYS: [&str; 11] = [
    "name",
    "title",
    "year",
    "currency",
    "unit",
    "valuation",
    "elasticity",
    "market",
    "source",
    "licence",
    "tolerance",
];

/// Reads `economy.toml`. `None` only where the text is no TOML at all.
pub(crate) fn read(source: &Source, findings: &mut Findings) -> Option<Meta> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    for error in &errors {
        let fault = Diagnostic::error("bad-toml", format!("`{}` is not valid TOML", source.name()));
        findings.push(fault.at(source.at(error.span().unwrap_or(0..0)), error.message()));
    }
    if !errors.is_empty() {
        return None;
    }
    let table = table.into_inner();
    for key in table.keys() {
        let word: &str = key.get_ref();
        if !KEYS.contains(&word) {
            let fault = Diagnostic::error("unknown-key", format!("`{word}` is not a key of `economy.toml`"))
                .at(source.at(key.span()), "nothing here has this name")
                .note(format!("its keys are {}", KEYS.join(", ")));
            findings.push(fault.help_if(help_nearest(word, KEYS)));
        }
    }
    let mut keys = Keys { source, table: &table, findings };
    let meta = Meta::new("", 0);
    Some(Meta {
        name: keys.text("name", true).unwrap_or_default(),
        title: keys.text("title", false).unwrap_or_default(),
        year: keys.year().unwrap_or_default(),
        currency: keys.currency().unwrap_or_default(),
        unit: keys.word("unit", Unit::CODE, Unit::WORDS).unwrap_or(meta.unit),
        valuation: keys.word("valuation", Valuation::CODE, Valuation::WORDS).unwrap_or(meta.valuation),
        elasticity: keys.text("elasticity", false),
        market: match table.contains_key("market") {
            true => keys.word("market", Market::CODE, Market::WORDS).unwrap_or(meta.market),
            false => meta.market,
        },
        source: keys.text("source", false).unwrap_or_default(),
        licence: keys.text("licence", false).unwrap_or_default(),
        tolerance: keys.tolerance().unwrap_or(meta.tolerance),
    })
}

struct Keys<'a, 'i> {
    source: &'a Source,
    table: &'a DeTable<'i>,
    findings: &'a mut Findings,
}

impl<'a, 'i> Keys<'a, 'i> {
    fn value(&mut self, key: &str, required: bool) -> Option<(&'a DeValue<'i>, Range<usize>)> {
        let found = self.table.get(key).map(|value| (value.get_ref(), value.span()));
        if found.is_none() && required {
            let fault = Diagnostic::error("missing-key", format!("`{}` lacks `{key}`", self.source.name()));
            self.findings.push(fault.at(self.source.whole(), format!("add `{key} = …`")));
        }
        found
    }

    fn refuse(&mut self, key: &str, span: Range<usize>, wanted: &str) {
        let fault = Diagnostic::error("bad-value", format!("`{key}` is not what it should be"));
        self.findings.push(fault.at(self.source.at(span), format!("write {wanted}")));
    }

    fn text(&mut self, key: &str, required: bool) -> Option<String> {
        let (value, span) = self.value(key, required)?;
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            _ => {
                self.refuse(key, span, "a text in quotes");
                None
            }
        }
    }

    fn year(&mut self) -> Option<i32> {
        let (value, span) = self.value("year", true)?;
        let year = value.as_integer().and_then(|integer| integer.as_str().parse().ok());
        let year = year.filter(|year| (1800..2200).contains(year));
        if year.is_none() {
            self.refuse("year", span, "the base year as a number, such as `2022`");
        }
        year
    }

    fn currency(&mut self) -> Option<String> {
        let (_, span) = self.value("currency", true)?;
        let text = self.text("currency", false)?;
        if text.len() == 3 && text.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return Some(text);
        }
        self.refuse("currency", span, "a code of ISO 4217, such as `\"USD\"`");
        None
    }

    fn word<T: Copy>(&mut self, key: &str, code: &'static str, words: &[(&str, T)]) -> Option<T> {
        let (value, span) = self.value(key, true)?;
        let found = value.as_str().and_then(|text| words.iter().find(|(word, _)| *word == text.trim()));
        if let Some((_, value)) = found {
            return Some(*value);
        }
        let written = value.as_str().unwrap_or("this value");
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let fault = Diagnostic::error(code, format!("`{written}` means nothing as `{key}`"))
            .at(self.source.at(span), format!("one of {} is understood", known.join(", ")));
        self.findings.push(fault.help_if(help_nearest(written, words.iter().map(|(word, _)| *word))));
        None
    }

    fn tolerance(&mut self) -> Option<f64> {
        let (value, span) = self.value("tolerance", false)?;
        let number = value.as_float().map(|float| float.as_str());
        let tolerance = number.and_then(|text| text.parse::<f64>().ok()).filter(|t| (0.0..=0.1).contains(t));
        if tolerance.is_none() {
            self.refuse("tolerance", span, "the relative gap allowed, such as `1e-6`, at most `0.1`");
        }
        tolerance
    }
}
