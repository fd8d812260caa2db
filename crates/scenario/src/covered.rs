//! An economy's sectors in the words of the coverage table, which speaks of the embedded economy's.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults};
use economy::Economy;
use terms::Sector;

use crate::archive::Embedded;
use crate::sheet::Sheet;

/// The embedded economy's sectors and what each is made of.
const SECTORS: &str = "data/economies/default/sectors.csv";

/// By sector of `economy`, the sector of the embedded economy that is it or holds it. A good that is neither keeps its
/// own code, which the table does not know: duties on all goods then reach it in full and duties on listed goods not
/// at all, as the warning says.
///
/// # Errors
/// None but those of the embedded list.
pub(crate) fn covered(economy: &Economy) -> Result<(Vec<Sector>, Option<Diagnostic>), Faults> {
    let of = of_members()?;
    let mut unknown: Vec<&str> = Vec::new();
    let sectors = economy.sectors().iter().map(|entry| {
        of.get(entry.code.as_str()).cloned().unwrap_or_else(|| {
            if entry.good {
                unknown.push(entry.code.as_str());
            }
            entry.code.clone()
        })
    });
    let sectors: Vec<Sector> = sectors.collect();
    let warning = (!unknown.is_empty()).then(|| {
        Diagnostic::warning(
            "uncovered-sector",
            format!("the coverage of duties does not know the goods {}", unknown.join(", ")),
        )
        .note("duties on all goods reach them in full, duties on listed goods not at all")
        .help("use codes of the embedded economy or of the OECD's inter-country tables, or give the rates to `measure` with `--tariffs`")
    });
    Ok((sectors, warning))
}

/// By its own code and by the industries it is made of, each sector of the embedded economy.
///
/// # Errors
/// None but those of the embedded list.
pub(crate) fn of_members() -> Result<HashMap<String, Sector>, Faults> {
    let list = Sheet::read(&Embedded, SECTORS, &["code", "members"], &[])?;
    let mut of = HashMap::new();
    for row in 0..list.rows() {
        let sector = Sector::new(list.word(0, row));
        let members = list.word(1, row).split(';').chain([list.word(0, row)]);
        of.extend(members.map(|member| (member.trim().to_string(), sector.clone())));
    }
    Ok(of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economies;

    #[test]
    fn the_embedded_economy_keeps_its_own_codes() {
        let economy = economies::open("default").unwrap().economy;
        let (sectors, warning) = covered(&economy).unwrap();
        assert!(warning.is_none());
        let own: Vec<Sector> = economy.sectors().iter().map(|entry| entry.code.clone()).collect();
        assert_eq!(sectors, own);
    }
}
