//! Which rates a player may choose: their bounds, what they reach, and what stays as it is.

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use strategy::Instruments;
use terms::{CountryId, Cube, Rate, SectorId};

use super::GameQuestion;
use crate::chapters;

/// The rates that every player may choose.
///
/// # Errors
/// `impossible-game` for bounds that leave no choice; `unknown-country`, `unknown-sector`, `duty-on-itself` in what is exempt.
pub(super) fn read(economy: &Economy, question: &GameQuestion) -> Result<Instruments, Faults> {
    let mut faults = Faults::new();
    let mut instruments = match question.subsidies {
        true => Instruments::with_subsidies(question.shape),
        false => Instruments::duties(question.shape),
    };
    let floor = question.floor_pct.map_or(instruments.floor, Rate::percent);
    let cap = question.cap_pct.map_or(instruments.cap, Rate::percent);
    instruments = instruments.at(question.border).between(floor, cap);
    let (low, high) = (floor.as_share(), cap.as_share());
    if !(low > -1.0 && low <= high && high.is_finite()) {
        let (low, high) = (floor.as_percent(), cap.as_percent());
        faults.push(
            Diagnostic::error("impossible-game", format!("rates from {low} % to {high} % are no choice"))
                .help("a floor is above −100 and not above the cap: `--floor -20 --cap 100`"),
        );
    }
    if !question.all_sectors {
        instruments = instruments.on(economy.sectors().iter().map(|sector| sector.good).collect());
    }
    let mut spared: Vec<Spared> = Vec::new();
    for word in chapters::words(&question.exempt, "--exempt")? {
        match exempt(economy, word) {
            Ok(found) => spared.push(found),
            Err(found) => faults.append(found),
        }
    }
    if !spared.is_empty() {
        let (countries, sectors) = (economy.countries().len(), economy.sectors().len());
        instruments = instruments.sparing(Cube::from_fn(countries, sectors, |n, i, s| {
            let holds = |(flow, sector): &Spared| {
                flow.is_none_or(|flow| flow == (n, i)) && sector.is_none_or(|of| of == s)
            };
            spared.iter().any(holds)
        }));
    }
    faults.or(instruments)
}

/// An importer and its exporter, where one is named, and a sector, where one is.
type Spared = (Option<(CountryId, CountryId)>, Option<SectorId>);

/// The flow and the sector that `CHN>USA:NFM` spares; either may be left out.
fn exempt(economy: &Economy, word: &str) -> Result<Spared, Faults> {
    let Some((exporter, rest)) = word.split_once('>') else {
        return Ok((None, Some(chapters::sector(economy, word)?)));
    };
    let (importer, sector) = rest.split_once(':').map_or((rest, None), |(code, sector)| (code, Some(sector)));
    let mut faults = Faults::new();
    let mut country = |code: &str| {
        economy.country_id(code.trim()).unwrap_or_else(|| {
            let help = "exempt a flow from seller to buyer, `--exempt 'CHN>USA'`, or one sector of it: `--exempt 'CHN>USA:NFM'`";
            faults.push(economy.unknown_country(code).help(help));
            CountryId::new(0)
        })
    };
    let flow = (country(importer), country(exporter));
    let sector = match sector.map(|word| chapters::sector(economy, word)) {
        None => None,
        Some(Ok(sector)) => Some(sector),
        Some(Err(fault)) => {
            faults.push(fault);
            None
        }
    };
    if importer.trim() == exporter.trim() {
        let what = format!("`{word}` is what a country sells to itself, on which no rate stands");
        faults.push(Diagnostic::error("duty-on-itself", what).help("name two: `--exempt 'CHN>USA'`"));
    }
    faults.or((Some(flow), sector))
}
