//! Readings of flows that some published models use.

use terms::CountryId;

use crate::Draft;
use crate::sums::{bought, sold};

impl Draft {
    /// The same flows, read as paid by the importer: each is divided by one plus its rate. For an economy without
    /// input links, whose output and final demand follow.
    ///
    /// Flows of input-output tables are at basic prices, before duty; models without inputs often read them as
    /// spending, duty included, and this is that reading.
    #[must_use]
    pub fn read_as_duty_paid(mut self) -> Self {
        for (flow, rate) in self.trade.as_mut_slice().iter_mut().zip(self.tariffs.as_slice()) {
            *flow /= rate.wedge();
        }
        self.of_its_flows()
    }

    /// The same with `value` more of every country's purchases from itself, in every sector. For an economy
    /// without input links.
    ///
    /// The package `tariffwar` adds one million so that no country lacks sales at home, where its formula for
    /// the best tariff divides by them.
    #[must_use]
    pub fn with_more_at_home(mut self, value: f64) -> Self {
        let sectors = self.sectors.len();
        for n in CountryId::all(self.countries.len()) {
            for s in terms::SectorId::all(sectors) {
                self.trade[(n, n, s)] += value;
            }
        }
        self.of_its_flows()
    }

    fn of_its_flows(mut self) -> Self {
        self.output = sold(&self.trade);
        self.final_demand = bought(&self.trade);
        self.value_added.clone_from(&self.output);
        self.inputs = None;
        self
    }
}
