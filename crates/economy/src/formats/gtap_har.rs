//! GTAP base data: a header array file of one year, read into accounts.
//!
//! # Layout
//! Arrays by commodity, activity and region, in either naming:
//!
//! | | version 7 | classic | over |
//! |---|---|---|---|
//! | firms' purchases, own and imported | `VDFB`, `VMFB` | `VDFM`, `VIFM` | commodity, activity, region |
//! | households' | `VDPB`, `VMPB` | `VDPM`, `VIPM` | commodity, region |
//! | governments' | `VDGB`, `VMGB` | `VDGM`, `VIGM` | commodity, region |
//! | investors' | `VDIB`, `VMIB` | column `CGDS` of firms | commodity, region |
//! | exports at the ship, cif, and with duty | `VFOB`, `VCIF`, `VMSB` | `VXWD`, `VIWS`, `VIMS` | commodity, from, to |
//! | sales to the pool of transport | `VST` | `VST` | margin, region |
//!
//! # What becomes of it
//! A flow between countries is its value at the ship (`VFOB`). What transport adds (`VCIF` less `VFOB`) is a
//! purchase of the importer from those who sell to the pool, in proportion to `VST`. Duty is `VMSB` less `VCIF`
//! as a share of the flow. Each buyer's imports are cut from duty-paid to these two parts by the average of
//! importer and commodity. Value added is what inputs leave of output; taxes at home are inside.
//!
//! DIFFERENCE: GTAP levies duty on cif value; here the same duty is stated on the value at the ship, so that
//! flows, transport and duty add up without a third price.
//! # Units
//! Million US dollars.
//! # Source
//! Aguiar, Chepeliev, Corong and van der Mensbrugghe (2022), *Journal of Global Economic Analysis* 7(2), table
//! of headers; GTAP's licence.

use diagnostic::{Diagnostic, Faults};
use terms::{Archive, CountryId, Cube, Grid, Rate, SectorId};

use super::har::{Content, Dimension, Header, read as read_har};
use super::{Imported, Naming, before_electricity, file, finish, wrong_layout};
use crate::findings::Findings;
use crate::sums::earned;
use crate::{CountryEntry, Draft, Inputs, Meta, SectorEntry};

const SOURCE: &str = "GTAP base data";
/// Codes of services in GTAP's classification begin here.
const FIRST_SERVICE: &str = "ely";

/// Reads the file at `path`.
///
/// # Errors
/// All faults of the file together.
pub fn read(archive: &dyn Archive, path: &str, naming: &Naming) -> Result<Imported, Faults> {
    let mut findings = Findings::default();
    let year = naming.year_of(path, &mut findings);
    let draft = file(archive, path, &mut findings).and_then(|bytes| {
        let accounts = read_har(path, &bytes).and_then(|headers| base_data(path, &headers, naming, year));
        accounts.map_err(|fault| findings.push(fault)).ok()
    });
    finish(draft, findings)
}

/// An array of reals, looked up by places in the order of its dimensions.
struct Array<'a> {
    dimensions: &'a [Dimension],
    values: &'a [f64],
}

impl Array<'_> {
    fn at(&self, places: &[usize]) -> f64 {
        let (mut at, mut run) = (0, 1);
        for (place, dimension) in places.iter().zip(self.dimensions) {
            at += place * run;
            run *= dimension.size;
        }
        self.values.get(at).copied().unwrap_or(0.0)
    }
}

struct File<'a> {
    path: &'a str,
    headers: &'a [Header],
}

impl<'a> File<'a> {
    /// The first array there is of these names, with the elements of its sets.
    fn array(&self, names: &[&str], rank: usize) -> Result<Array<'a>, Diagnostic> {
        let found = names.iter().find_map(|name| self.headers.iter().find(|header| header.name == *name));
        let Some(header) = found else {
            let there: Vec<&str> = self.headers.iter().map(|header| header.name.as_str()).collect();
            let why = format!("it has none of the arrays {}; it has {}", names.join(", "), there.join(", "));
            return Err(wrong_layout(self.path, SOURCE, why));
        };
        match &header.content {
            Content::Real { dimensions, values, .. }
                if dimensions.len() == rank && dimensions.iter().all(|d| d.elements.len() == d.size) =>
            {
                Ok(Array { dimensions, values })
            }
            _ => {
                let why = format!("the array `{}` does not have {rank} dimensions with sets", header.name);
                Err(wrong_layout(self.path, SOURCE, why))
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|header| header.name == name)
    }
}

fn base_data(path: &str, headers: &[Header], naming: &Naming, year: i32) -> Result<Draft, Diagnostic> {
    let file = File { path, headers };
    let firms_own = file.array(&["VDFB", "VDFM"], 3)?;
    let firms_imported = file.array(&["VMFB", "VIFM"], 3)?;
    let [commodities, activities, regions] = firms_own.dimensions else {
        return Err(wrong_layout(path, SOURCE, "firms' purchases have other dimensions"));
    };
    let mut finals = vec![
        (file.array(&["VDPB", "VDPM"], 2)?, file.array(&["VMPB", "VIPM"], 2)?),
        (file.array(&["VDGB", "VDGM"], 2)?, file.array(&["VMGB", "VIGM"], 2)?),
    ];
    if file.has("VDIB") {
        finals.push((file.array(&["VDIB"], 2)?, file.array(&["VMIB"], 2)?));
    }
    let ship = file.array(&["VFOB", "VXWD"], 3)?;
    let cif = file.array(&["VCIF", "VIWS"], 3)?;
    let paid = file.array(&["VMSB", "VIMS"], 3)?;
    let pool = file.array(&["VST"], 2)?;

    let (n, s) = (regions.size, commodities.size);
    let place = |elements: &[String], wanted: &str| elements.iter().position(|element| element == wanted);
    let margins: Vec<(usize, usize)> = pool.dimensions[0]
        .elements
        .iter()
        .enumerate()
        .filter_map(|(at, code)| Some((at, place(&commodities.elements, code)?)))
        .collect();
    // The share of each seller and service in the pool of transport.
    let all: f64 = margins.iter().map(|(m, _)| (0..n).map(|r| pool.at(&[*m, r])).sum::<f64>()).sum();
    let share = |m: usize, r: usize| if all > 0.0 { pool.at(&[m, r]) / all } else { 0.0 };

    let mut trade = Cube::filled(n, s, 0.0);
    let mut tariffs = Cube::filled(n, s, Rate::FREE);
    // Of one unit of imports at duty-paid prices: what is the good itself, and what is transport.
    let mut good_part = Grid::filled(n, s, 0.0);
    let mut transport_part = Grid::filled(n, s, 0.0);
    for to in 0..n {
        for c in 0..s {
            let (mut at_ship, mut freight, mut with_duty) = (0.0, 0.0, 0.0);
            for from in 0..n {
                let cell = [c, from, to];
                let flow = ship.at(&cell);
                let moved = (cif.at(&cell) - flow).max(0.0);
                let place = (CountryId::new(to), CountryId::new(from), SectorId::new(c));
                trade[place] += flow;
                if flow > 0.0 {
                    tariffs[place] = Rate::share((paid.at(&cell) - cif.at(&cell)) / flow);
                }
                (at_ship, freight, with_duty) = (at_ship + flow, freight + moved, with_duty + paid.at(&cell));
                for (m, service) in &margins {
                    for seller in 0..n {
                        let place = (CountryId::new(to), CountryId::new(seller), SectorId::new(*service));
                        trade[place] += moved * share(*m, seller);
                    }
                }
            }
            if with_duty > 0.0 {
                let cell = (CountryId::new(to), SectorId::new(c));
                good_part[cell] = at_ship / with_duty;
                transport_part[cell] = freight / with_duty;
            }
        }
    }
    let service_share: Vec<(usize, f64)> =
        margins.iter().map(|(m, service)| (*service, (0..n).map(|r| share(*m, r)).sum())).collect();
    let mut inputs = Inputs::none(n, s);
    let mut final_demand = Grid::filled(n, s, 0.0);
    for r in 0..n {
        let country = CountryId::new(r);
        for c in 0..s {
            let cell = (country, SectorId::new(c));
            let mut buy = |own: f64, imported: f64, put: &mut dyn FnMut(SectorId, f64)| {
                trade[(country, country, SectorId::new(c))] += own;
                put(SectorId::new(c), own + imported * good_part[cell]);
                for (service, part) in &service_share {
                    put(SectorId::new(*service), imported * transport_part[cell] * part);
                }
            };
            for a in 0..activities.size {
                let (own, imported) = (firms_own.at(&[c, a, r]), firms_imported.at(&[c, a, r]));
                // An activity is the sector of its name; the classic column of capital goods is final.
                match place(&commodities.elements, &activities.elements[a]) {
                    Some(k) => {
                        buy(own, imported, &mut |input, value| {
                            inputs[(country, SectorId::new(k), input)] += value
                        });
                    }
                    None => buy(own, imported, &mut |good, value| final_demand[(country, good)] += value),
                }
            }
            for (own, imported) in &finals {
                let (own, imported) = (own.at(&[c, r]), imported.at(&[c, r]));
                buy(own, imported, &mut |good, value| final_demand[(country, good)] += value);
            }
        }
    }
    let goods = before_electricity(commodities.elements.iter().map(String::as_str))
        .or_else(|| place(&commodities.elements, FIRST_SERVICE))
        .unwrap_or(s);
    let countries =
        regions.elements.iter().map(|code| CountryEntry::new(code.to_uppercase(), code.as_str())).collect();
    let sector = |(at, code): (usize, &String)| SectorEntry::new(code, code.as_str(), at < goods);
    let sectors = commodities.elements.iter().enumerate().map(sector).collect();
    let meta = Meta {
        title: format!("GTAP, {year}: {n} regions, {s} commodities"),
        source: "Aguiar, Chepeliev, Corong and van der Mensbrugghe (2022), GTAP Data Base".into(),
        licence: "GTAP's licence".into(),
        // The file is in single precision.
        tolerance: 1e-5,
        ..Meta::new(&naming.name, year)
    };
    let flows = Draft::of_flows(meta, countries, sectors, trade, tariffs);
    let value_added = earned(&flows.output, Some(&inputs));
    Ok(Draft { inputs: Some(inputs), final_demand, value_added, ..flows })
}
