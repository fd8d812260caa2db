//! What a series may have counted: which layers, by which weights.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{Law, Layer, name_of};

/// Which duties are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// Ordinary duty and every addition.
    Everything,
    /// Every addition, without the ordinary duty.
    Additions,
    /// Additions beyond those of the end of the base year.
    SinceBaseYear,
    /// Duties on all goods, on what they reach.
    AllGoods,
    /// Duties on all goods in full, whatever they reach.
    InFull,
    /// Everything but one programme.
    Without(String),
    /// Every addition but one programme.
    AdditionsWithout(String),
}

/// By what the goods are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weighed {
    /// Each line by its imports of the year of the weights.
    ByImports,
    /// Each line that was bought once.
    ByLine,
    /// Each sector by the economy's trade of its year.
    ByEconomy,
}

/// A way to read a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// The duties counted.
    pub counted: Counted,
    /// The weights.
    pub weighed: Weighed,
}

impl Reading {
    /// How a series is read before anything is known of it: the law, by imports.
    pub const PLAIN: Self = Self { counted: Counted::Everything, weighed: Weighed::ByImports };

    /// Every way to read a series over these laws.
    pub(super) fn all<'l>(laws: impl Iterator<Item = &'l Law>) -> Vec<Self> {
        let mut programmes: Vec<&str> = Vec::new();
        for layer in laws.flat_map(|law| &law.layers).filter(|layer| !layer.is_ordinary()) {
            if !programmes.contains(&layer.programme.as_str()) {
                programmes.push(&layer.programme);
            }
        }
        let mut counted = vec![
            Counted::Everything,
            Counted::Additions,
            Counted::SinceBaseYear,
            Counted::AllGoods,
            Counted::InFull,
        ];
        counted.extend(programmes.iter().map(|programme| Counted::Without((*programme).to_string())));
        counted
            .extend(programmes.iter().map(|programme| Counted::AdditionsWithout((*programme).to_string())));
        let weights = [Weighed::ByImports, Weighed::ByLine, Weighed::ByEconomy];
        let of = |counted: Counted| weights.map(|weighed| Self { counted: counted.clone(), weighed });
        let all = counted.into_iter().flat_map(of);
        // In full nothing is weighed.
        all.filter(|r| r.counted != Counted::InFull || r.weighed == Weighed::ByImports).collect()
    }

    /// The names a series may give its reading.
    pub const NAMES: [(&str, Counted, Weighed); 7] = [
        ("headline-add-on", Counted::InFull, Weighed::ByImports),
        ("all-goods", Counted::AllGoods, Weighed::ByImports),
        ("since-2024", Counted::SinceBaseYear, Weighed::ByImports),
        ("statutory-add-on", Counted::Additions, Weighed::ByImports),
        ("statutory", Counted::Everything, Weighed::ByImports),
        ("simple-mean", Counted::Everything, Weighed::ByLine),
        ("trade-weighted", Counted::Everything, Weighed::ByEconomy),
    ];

    /// The reading of a name, written with spaces or hyphens.
    pub(super) fn named(name: &str) -> Option<Self> {
        let plain = name.trim().to_lowercase().replace([' ', '_'], "-");
        let found = Self::NAMES.into_iter().find(|(known, ..)| *known == plain);
        found.map(|(_, counted, weighed)| Self { counted, weighed })
    }

    /// How many choices it departs from the plain reading by.
    pub(super) fn departures(&self) -> usize {
        let counted = match self.counted {
            Counted::Everything => 0,
            // One programme of many fits by chance more easily.
            Counted::Without(_) => 2,
            Counted::AdditionsWithout(_) => 3,
            _ => 1,
        };
        counted + usize::from(self.weighed != Weighed::ByImports)
    }

    /// The rate so read, per cent; none where the law does not hold what it asks for. `before` is the law at the end of
    /// the base year.
    pub(super) fn rate(&self, law: &Law, before: &Law) -> Option<f64> {
        let sum = |law: &Law, counts: &dyn Fn(&Layer) -> bool| -> Option<f64> {
            law.layers.iter().filter(|layer| counts(layer)).map(|layer| self.weighed.of(layer)).sum()
        };
        match &self.counted {
            Counted::Everything => sum(law, &|_| true),
            Counted::Additions => sum(law, &|layer| !layer.is_ordinary()),
            Counted::SinceBaseYear => {
                let added = |layer: &Layer| !layer.is_ordinary();
                Some(sum(law, &added)? - sum(before, &added)?)
            }
            Counted::AllGoods => sum(law, &|layer| layer.headline_pp.is_some()),
            Counted::InFull => Some(law.layers.iter().filter_map(|layer| layer.headline_pp).sum()),
            Counted::Without(programme) => sum(law, &|layer| layer.programme != *programme),
            Counted::AdditionsWithout(programme) => {
                sum(law, &|layer| !layer.is_ordinary() && layer.programme != *programme)
            }
        }
    }
}

impl Weighed {
    fn of(self, layer: &Layer) -> Option<f64> {
        match self {
            Self::ByImports => Some(layer.by_imports),
            Self::ByLine => layer.by_line,
            Self::ByEconomy => Some(layer.by_economy),
        }
    }
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("ordinary duty and every addition"),
            Self::Additions => f.write_str("every addition, without the ordinary duty"),
            Self::SinceBaseYear => {
                f.write_str("additions since 2024: neither the ordinary duty nor what was charged then")
            }
            Self::AllGoods => f.write_str("duties on all goods alone, on what they reach"),
            Self::InFull => f.write_str("duties on all goods alone, in full"),
            Self::Without(programme) => write!(f, "everything but the {}", name_of(programme)),
            Self::AdditionsWithout(programme) => {
                write!(f, "every addition but the {}, without the ordinary duty", name_of(programme))
            }
        }
    }
}

impl Serialize for Counted {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl fmt::Display for Weighed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ByImports => "imports of 2024, line by line",
            Self::ByLine => "each line that was bought once",
            Self::ByEconomy => "trade of the economy, sector by sector",
        })
    }
}
