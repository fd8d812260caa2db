//! Accounts before they are checked.

use diagnostic::{Diagnostic, Faults, Place};
use terms::{CountryId, Cube, Grid, Rate, SectorId};

use crate::findings::Findings;
use crate::legal::{SMALLEST_INPUT_SHARE, illegal_elasticity, illegal_flow, illegal_rate};
use crate::sums::{bought, sold};
use crate::{CountryEntry, Economy, Elasticities, Gap, Inputs, Meta, SectorEntry};

/// An economy before its identities are checked: what an importer of a public format, a repair or a test
/// writes. [`Draft::checked`] makes it an [`Economy`].
///
/// # Shapes
/// With `N` countries and `S` sectors: `trade` and `tariffs` are `N × N × S` `[importer, exporter, sector]`,
/// `inputs` is `N × S × S` `[country, buyer, input]`, the grids are `N × S`.
/// # Units
/// Values in `meta.unit` of `meta.currency`, before duty; tariffs in shares of value before duty.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// What the economy says about itself.
    pub meta: Meta,
    /// The countries, in order.
    pub countries: Vec<CountryEntry>,
    /// The sectors, in order.
    pub sectors: Vec<SectorEntry>,
    /// Spending of the importer on the sector from the exporter, all uses, own purchases included.
    pub trade: Cube<f64>,
    /// Ad valorem duty on that value.
    pub tariffs: Cube<Rate>,
    /// Purchases of inputs, all origins; none for an economy without input links.
    pub inputs: Option<Inputs>,
    /// Final purchases, all origins.
    pub final_demand: Grid<f64>,
    /// Output.
    pub output: Grid<f64>,
    /// Value added: output less inputs before duty.
    pub value_added: Grid<f64>,
    /// Trade elasticities.
    pub elasticities: Elasticities,
    /// Political weights, where the economy carries them.
    pub weights: Option<Weights>,
}

/// The columns of `weights.csv`: what governments are thought to want (Ossa 2014).
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// λ`[country, sector]`: the weight of a sector's income in its government's objective, one on average.
    pub weight: Grid<f64>,
    /// The tariff each government sets when it does not cooperate, as the source took it for a target; none
    /// where the file has no such column.
    pub noncooperative_tariff: Option<Grid<Rate>>,
}

impl Draft {
    /// An economy without input links, from its flows before duty and its tariffs: output is what is sold,
    /// final demand what is bought, value added all of output.
    pub fn of_flows(
        meta: Meta,
        countries: Vec<CountryEntry>,
        sectors: Vec<SectorEntry>,
        trade: Cube<f64>,
        tariffs: Cube<Rate>,
    ) -> Self {
        let output = sold(&trade);
        Self {
            meta,
            countries,
            sectors,
            final_demand: bought(&trade),
            value_added: output.clone(),
            output,
            trade,
            tariffs,
            inputs: None,
            elasticities: Elasticities::none(),
            weights: None,
        }
    }

    /// The economy, if every cell is legal and every identity holds within `meta.tolerance`.
    ///
    /// # Errors
    /// All faults together: sizes that disagree, cells that are not finite, negative flows, rates at or below
    /// −100 %, elasticities at or below zero, unbalanced cells. What is odd and legal (a negative value added,
    /// a slightly negative input) is kept as a warning of the economy.
    pub fn checked(self) -> Result<Economy, Faults> {
        let faults = self.check(|_| None);
        if faults.has_errors() { Err(faults) } else { Ok(Economy::new(self, faults)) }
    }

    /// Everything wrong or odd in the accounts; a broken identity at the place where `place` finds its cell.
    pub(crate) fn check(&self, place: impl Fn(&Gap) -> Option<Place>) -> Faults {
        let mut findings = Findings::default();
        if self.shapes(&mut findings) {
            self.cells(&mut findings);
            if !findings.has_errors() {
                for gap in self.gaps(self.meta.tolerance) {
                    let fault = self.unbalanced(&gap);
                    findings.push(match place(&gap) {
                        Some(place) => fault.at(place, "the gap shows here"),
                        None => fault,
                    });
                }
            }
        }
        findings.finish()
    }

    /// Whether all parts have the size of the lists.
    fn shapes(&self, findings: &mut Findings) -> bool {
        let (n, s) = (self.countries.len(), self.sectors.len());
        let mut same = true;
        let mut part = |name: &str, found: (usize, usize)| {
            if found != (n, s) {
                same = false;
                findings.push(Diagnostic::error(
                    "wrong-shape",
                    format!(
                        "`{name}` is made for {} countries and {} sectors; the lists have {n} and {s}",
                        found.0, found.1
                    ),
                ));
            }
        };
        part("trade", (self.trade.countries(), self.trade.sectors()));
        part("tariffs", (self.tariffs.countries(), self.tariffs.sectors()));
        if let Some(inputs) = &self.inputs {
            part("use", (inputs.countries(), inputs.sectors()));
        }
        for (name, grid) in
            [("final", &self.final_demand), ("output", &self.output), ("value_added", &self.value_added)]
        {
            part(name, (grid.countries(), grid.sectors()));
        }
        for (_, column) in self.elasticities.columns() {
            part("elasticities", (n, column.len()));
        }
        same
    }

    /// Every cell that no economy can have, by name.
    fn cells(&self, findings: &mut Findings) {
        let country = |id: CountryId| self.countries[id.at()].code.as_str();
        let sector = |id: SectorId| self.sectors[id.at()].code.as_str();
        let mut flow = |table: &str, cell: &[&str], value: f64| {
            if let Some((code, why)) = illegal_flow(value) {
                findings.push(Diagnostic::error(code, format!("`{table}` {why} in {}", cell.join(", "))));
            }
        };
        for ((n, i, s), value) in self.trade.cells() {
            flow("trade", &[country(n), country(i), sector(s)], *value);
        }
        for (table, grid) in [("final", &self.final_demand), ("output", &self.output)] {
            for n in CountryId::all(self.countries.len()) {
                for s in SectorId::all(self.sectors.len()) {
                    flow(table, &[country(n), sector(s)], grid[(n, s)]);
                }
            }
        }
        for ((n, i, s), rate) in self.tariffs.cells() {
            if let Some((code, why)) = illegal_rate(rate.as_share()) {
                let cell = [country(n), country(i), sector(s)].join(", ");
                findings.push(Diagnostic::error(code, format!("`tariffs` {why} in {cell}")));
            }
        }
        for (set, column) in self.elasticities.columns() {
            for (s, value) in self.sectors.iter().zip(column) {
                if let Some((code, why)) = value.and_then(|value| illegal_elasticity(set, value)) {
                    findings
                        .push(Diagnostic::error(code, format!("the set `{set}` {why} in sector {}", s.code)));
                }
            }
        }
        self.odd_cells(findings);
    }

    /// Negative inputs and value added: legal where small, and told.
    fn odd_cells(&self, findings: &mut Findings) {
        for n in CountryId::all(self.countries.len()) {
            for k in SectorId::all(self.sectors.len()) {
                let cell = || format!("{}, {}", self.countries[n.at()].code, self.sectors[k.at()].code);
                let (output, value_added) = (self.output[(n, k)], self.value_added[(n, k)]);
                if !value_added.is_finite() {
                    let message = format!("`output` has no finite value added in {}", cell());
                    findings.push(Diagnostic::error("not-a-number", message));
                } else if value_added < 0.0 {
                    findings.push(
                        Diagnostic::warning(
                            "negative-value-added",
                            format!(
                                "{} earns less than nothing: value added {value_added} on output {output}",
                                cell()
                            ),
                        )
                        .note("it is kept as recorded: such a node shrinks when its wage falls"),
                    );
                }
                let inputs = self.inputs.iter().flat_map(|inputs| inputs.buyer(n, k)).zip(&self.sectors);
                for (value, input) in inputs {
                    let least = SMALLEST_INPUT_SHARE * output;
                    let cell = || format!("{} buying {}", cell(), input.code);
                    match value {
                        value if !value.is_finite() => findings.push(Diagnostic::error(
                            "not-a-number",
                            format!("`use` is {value} in {}", cell()),
                        )),
                        value if *value < least => findings.push(Diagnostic::error(
                            "negative-flow",
                            format!("`use` is {value} in {}", cell()),
                        )),
                        value if *value < 0.0 => findings.push(
                            Diagnostic::warning("negative-input", format!("`use` is {value} in {}", cell()))
                                .note("so small a negative share is kept as recorded"),
                        ),
                        _ => {}
                    }
                }
            }
        }
    }
}
