//! The sums that the identities are made of, in the order of the economy's lists.

use terms::{CountryId, Cube, Grid, SectorId};

use crate::Inputs;

/// `Σₙ trade[n,i,s]`, by exporter and sector.
pub(crate) fn sold(trade: &Cube<f64>) -> Grid<f64> {
    Grid::from_fn(trade.countries(), trade.sectors(), |i, s| {
        CountryId::all(trade.countries()).map(|n| trade[(n, i, s)]).sum()
    })
}

/// `Σᵢ trade[n,i,s]`, by importer and sector.
pub(crate) fn bought(trade: &Cube<f64>) -> Grid<f64> {
    Grid::from_fn(trade.countries(), trade.sectors(), |n, s| {
        CountryId::all(trade.countries()).map(|i| trade[(n, i, s)]).sum()
    })
}

/// `Σₖ inputs[n,k,s]`, by country and input; nothing without input links.
pub(crate) fn used(countries: usize, sectors: usize, inputs: Option<&Inputs>) -> Grid<f64> {
    Grid::from_fn(countries, sectors, |n, s| {
        inputs.map_or(0.0, |inputs| SectorId::all(sectors).map(|k| inputs[(n, k, s)]).sum())
    })
}

/// `output[i,k] − Σₛ inputs[i,k,s]`: value added.
pub(crate) fn earned(output: &Grid<f64>, inputs: Option<&Inputs>) -> Grid<f64> {
    let Some(inputs) = inputs else { return output.clone() };
    Grid::from_fn(output.countries(), output.sectors(), |i, k| {
        output[(i, k)] - inputs.buyer(i, k).iter().sum::<f64>()
    })
}

/// `Σᵢ trade[n,i,s] − Σₖ inputs[n,k,s]`: final demand.
pub(crate) fn unused(trade: &Cube<f64>, inputs: Option<&Inputs>) -> Grid<f64> {
    let bought = bought(trade);
    let used = used(bought.countries(), bought.sectors(), inputs);
    Grid::from_fn(bought.countries(), bought.sectors(), |n, s| bought[(n, s)] - used[(n, s)])
}
