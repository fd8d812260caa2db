//! Sectors cut in two, so that a part of what they hold can be charged by itself.

use terms::{CountryId, Cube, Grid, Sector, SectorId};

use crate::{Draft, Inputs, SectorEntry};

impl Draft {
    /// The same world with each of `sectors` cut in two: of every flow `[importer, exporter, sector]` the share `part`
    /// becomes a sector of its own, after all others and in the order given; the rest stays where it was.
    ///
    /// A part is made as the whole was (its inputs and value added follow its output) and bought as the whole was (its
    /// uses follow what the importer buys of it). Where `part` is the same for all flows of a sector, nothing that the
    /// whole did is changed by the cut.
    ///
    /// # Shapes
    /// `part` is `N × N × S`; cells of sectors that are not cut are not read.
    /// # Units
    /// Shares of value, 0 to 1.
    #[must_use]
    pub fn split(&self, sectors: &[SectorId], part: &Cube<f64>) -> Self {
        let (countries, whole) = (self.countries.len(), self.sectors.len());
        let wider = whole + sectors.len();
        // Where a sector of the wider world comes from, and whether it is the part or the rest.
        let origin = |s: SectorId| sectors.get(s.at().wrapping_sub(whole)).copied().unwrap_or(s);
        let of = |s: SectorId, part: f64| match (s.at() >= whole, sectors.contains(&s)) {
            (true, _) => part,
            (false, true) => 1.0 - part,
            (false, false) => 1.0,
        };
        let trade = Cube::from_fn(countries, wider, |n, i, s| {
            let cell = (n, i, origin(s));
            of(s, part[cell]) * self.trade[cell]
        });
        let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
        let cut = |flows: &dyn Fn(CountryId, SectorId) -> (f64, f64)| {
            Grid::from_fn(countries, whole, |n, s| {
                let (part, all) = flows(n, s);
                share(part, all)
            })
        };
        let all = || CountryId::all(countries);
        let sum = |cells: &mut dyn Iterator<Item = (CountryId, CountryId, SectorId)>| {
            cells.fold((0.0, 0.0), |(some, whole), cell| {
                (some + part[cell] * self.trade[cell], whole + self.trade[cell])
            })
        };
        let bought = cut(&|n, s| sum(&mut all().map(|i| (n, i, s))));
        let sold = cut(&|i, s| sum(&mut all().map(|n| (n, i, s))));
        let grid = |from: &Grid<f64>, by: &Grid<f64>| {
            Grid::from_fn(countries, wider, |n, s| {
                let cell = (n, origin(s));
                of(s, by[cell]) * from[cell]
            })
        };
        let inputs = self.inputs.as_ref().map(|inputs| {
            Inputs::from_fn(countries, wider, |n, k, s| {
                let (maker, input) = (origin(k), origin(s));
                of(k, sold[(n, maker)]) * of(s, bought[(n, input)]) * inputs[(n, maker, input)]
            })
        });
        let entry = |s: &SectorId| {
            let entry = &self.sectors[s.at()];
            SectorEntry { code: Sector::new(format!("{}-part", entry.code)), ..entry.clone() }
        };
        let mut elasticities = crate::Elasticities::none();
        for (set, column) in self.elasticities.columns() {
            let wider = SectorId::all(wider).map(|s| column[origin(s).at()]).collect();
            elasticities = elasticities.with(set, wider);
        }
        Self {
            meta: self.meta.clone(),
            countries: self.countries.clone(),
            sectors: self.sectors.iter().cloned().chain(sectors.iter().map(entry)).collect(),
            tariffs: Cube::from_fn(countries, wider, |n, i, s| self.tariffs[(n, i, origin(s))]),
            trade,
            inputs,
            final_demand: grid(&self.final_demand, &bought),
            output: grid(&self.output, &sold),
            value_added: grid(&self.value_added, &sold),
            elasticities,
            weights: None,
        }
    }
}
