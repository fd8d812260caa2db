//! Economies in Parquet: the same tables under the same names.
#![cfg(feature = "parquet")]
#![allow(missing_docs, clippy::panic)]

mod common;

use common::shared;
use economy::{Draft, Economy};

/// Every shared economy keeps its identities. The largest relative gap allowed is stated for each: exact
/// where the source is in integers, sums of doubles elsewhere.
#[test]
fn every_shared_economy_is_balanced() {
    let Some(disk) = shared("economies") else { return };
    for (name, countries, sectors, links, gap) in [
        ("default", 32, 28, true, 0.0),
        ("icio-2022", 81, 50, true, 4e-15),
        ("icio-2022-flows", 81, 28, false, 0.0),
        ("wiod-2014-flows", 44, 16, false, 0.0),
        ("nafta-1993", 31, 40, true, 1e-13),
        ("trade-war-2017", 7, 44, true, 1e-13),
        ("ossa-2014", 7, 33, false, 1e-15),
    ] {
        let draft = Draft::read(&disk, name).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(draft.gaps(gap), [], "{name}");
        let economy = draft.checked().unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!((economy.countries().len(), economy.sectors().len()), (countries, sectors), "{name}");
        assert_eq!(economy.inputs().is_some(), links, "{name}");
        assert_eq!(economy.name(), name);
    }
}

#[test]
fn what_is_odd_in_a_source_is_told_and_kept() {
    let Some(disk) = shared("economies") else { return };
    let told = |name: &str| {
        let economy = Economy::read(&disk, name).unwrap_or_else(|faults| panic!("{faults}"));
        economy.warnings().to_string()
    };
    let icio = told("icio-2022");
    assert_eq!(icio.matches("warning[negative-value-added]").count(), 3, "{icio}");
    assert!(["CYP, H51", "ISL, C21", "MAR, C19"].iter().all(|node| icio.contains(node)), "{icio}");
    let nafta = told("nafta-1993");
    assert_eq!(nafta.matches("warning[negative-input]").count(), 1, "{nafta}");
}

#[test]
fn flows_written_with_duty_are_read_before_it() {
    let Some(disk) = shared("economies") else { return };
    let economy = Economy::read(&disk, "wiod-2014-flows").unwrap();
    // The data's README: 91.5 % on United States food imports on terms of the most favoured nation.
    let id = |code| economy.country_id(code).unwrap();
    let cell = (id("USA"), id("CHN"), economy.sector_id("C10T12").unwrap());
    let rate = economy.tariffs()[cell];
    assert!((rate.as_percent() - 91.5).abs() < 0.05, "{rate:?}");
    let raw = Draft::read(&Raw(disk), "wiod-2014-flows").unwrap();
    assert_eq!(economy.trade()[cell], raw.trade[cell] / rate.wedge());
}

/// The same folder, read as if its flows were before duty.
struct Raw(common::Disk);

impl terms::Archive for Raw {
    fn read(&self, path: &str) -> Result<Option<std::borrow::Cow<'_, [u8]>>, terms::ArchiveError> {
        let read = self.0.read(path)?;
        Ok(read.map(|bytes| match path.ends_with(".toml") {
            true => String::from_utf8_lossy(&bytes).replace("duty-paid", "before-duty").into_bytes().into(),
            false => bytes,
        }))
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, terms::ArchiveError> {
        self.0.list(folder)
    }
}

#[test]
fn a_damaged_file_is_told_and_never_a_panic() {
    use economy::sheet::{Column, Sheet};
    let cells: Vec<f64> = (0..40).map(|at| f64::from(at) * 1.25).collect();
    let sheet = Sheet::new("trade")
        .with("importer", Column::words(["NOR", "SOU"].iter().cycle().take(40)))
        .with("exporter", Column::words(["SOU", "NOR"].iter().cycle().take(40)))
        .with("sector", Column::words(["GRA"; 40]))
        .with("value", Column::Numbers(cells));
    let whole = sheet.to_parquet().unwrap();
    let folder = |trade: Vec<u8>| {
        let archive = common::north_and_south();
        let mut again = terms::MemoryArchive::new();
        for file in ["economy.toml", "countries.csv", "sectors.csv", "tariffs.csv"] {
            again.insert(file, terms::Archive::read(&archive, file).unwrap().unwrap().into_owned());
        }
        again.with("trade.parquet", trade)
    };
    let said = Economy::read(&folder(whole.clone()), "").unwrap_err().to_string();
    assert!(said.contains("error[duplicate-cell]") && said.contains("row 3: NOR,SOU,GRA,2.5"), "{said}");
    let (mut refused, all) = (0, whole.len());
    // Every third byte: the decoders of the format may panic inside, which is slow to unwind and caught.
    for at in (0..all).step_by(3) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        if let Err(faults) = Economy::read(&folder(damaged), "") {
            refused += usize::from(faults.iter().any(|fault| fault.code() == "unreadable-parquet"));
        }
    }
    assert!(refused > all / 12, "{refused} of {} damages are seen as damage", all / 3);
    for cut in 0..all {
        assert!(Economy::read(&folder(whole[..cut].to_vec()), "").is_err());
    }
}
