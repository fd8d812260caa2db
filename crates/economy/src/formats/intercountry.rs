//! What the world tables share: sales between nodes, a node being a country and a sector.

use std::collections::HashMap;

use indexmap::IndexMap;
use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::sums::{earned, sold};
use crate::{CountryEntry, Draft, Elasticities, Inputs, Meta, SectorEntry};

/// A place in the table: who, and what.
pub(super) type Node = (CountryId, SectorId);

/// A world table while it is read. Each cell is added to where it belongs, so the node-by-node matrix (16
/// million cells for ICIO) is never held:
///
/// ```text
/// trade[n,i,s] = Σₖ Z[(i,s),(n,k)] + F[(i,s),n]     use[n,k,s] = Σᵢ Z[(i,s),(n,k)]     final[n,s] = Σᵢ F[(i,s),n]
/// ```
pub(super) struct Intercountry {
    pub countries: Vec<CountryEntry>,
    pub sectors: Vec<SectorEntry>,
    trade: Cube<f64>,
    inputs: Inputs,
    final_demand: Grid<f64>,
    output: Option<Grid<f64>>,
}

impl Intercountry {
    pub fn new(countries: Vec<CountryEntry>, sectors: Vec<SectorEntry>) -> Self {
        let (n, s) = (countries.len(), sectors.len());
        Self {
            trade: Cube::filled(n, s, 0.0),
            inputs: Inputs::none(n, s),
            final_demand: Grid::filled(n, s, 0.0),
            output: None,
            countries,
            sectors,
        }
    }

    /// The seller sells `value` to the buyer as an input.
    pub fn input(&mut self, (i, s): Node, (n, k): Node, value: f64) {
        self.trade[(n, i, s)] += value;
        self.inputs[(n, k, s)] += value;
    }

    /// The seller sells `value` to final buyers of a country.
    pub fn purchase(&mut self, (i, s): Node, n: CountryId, value: f64) {
        self.trade[(n, i, s)] += value;
        self.final_demand[(n, s)] += value;
    }

    /// The table states that the node's output is, or includes, `value`.
    pub fn makes(&mut self, node: Node, value: f64) {
        let (n, s) = (self.countries.len(), self.sectors.len());
        self.output.get_or_insert_with(|| Grid::filled(n, s, 0.0))[node] += value;
    }

    /// The accounts: output as stated, else what is sold; value added what inputs leave of it.
    pub fn draft(self, meta: Meta) -> Draft {
        let output = self.output.unwrap_or_else(|| sold(&self.trade));
        let value_added = earned(&output, Some(&self.inputs));
        Draft {
            meta,
            tariffs: Cube::filled(self.countries.len(), self.sectors.len(), Rate::FREE),
            countries: self.countries,
            sectors: self.sectors,
            trade: self.trade,
            inputs: Some(self.inputs),
            final_demand: self.final_demand,
            output,
            value_added,
            elasticities: Elasticities::none(),
            weights: None,
        }
    }
}

/// Codes in the order in which they first come, with their places.
#[derive(Default)]
pub(super) struct Codes(pub IndexMap<String, usize>);

impl Codes {
    /// The place of a code, a new one at the end.
    pub fn place(&mut self, code: &str) -> usize {
        let next = self.0.len();
        match self.0.get(code) {
            Some(place) => *place,
            None => *self.0.entry(code.to_owned()).or_insert(next),
        }
    }

    /// The place of a code that is there.
    pub fn get(&self, code: &str) -> Option<usize> {
        self.0.get(code).copied()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Countries whose table splits them, under the code of the whole: China's and Mexico's exporters for
/// processing in ICIO.
pub(super) fn whole(code: &str) -> &str {
    match code {
        "CN1" | "CN2" | "CN3" | "CN4" => "CHN",
        "MX1" | "MX2" | "MX3" => "MEX",
        other => other,
    }
}

/// Entries of a list from its codes, with names where they are known.
pub(super) fn countries(codes: &Codes, names: &HashMap<String, String>) -> Vec<CountryEntry> {
    codes.iter().map(|code| CountryEntry::new(code, names.get(code).map_or(code, String::as_str))).collect()
}
