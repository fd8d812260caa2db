//! Public formats: the samples in their real layouts, and small tables written here for those without one.
//!
//! Numbers stated for samples were added up from the same files in Python (pandas, openpyxl).
#![allow(missing_docs, clippy::panic, clippy::unwrap_used)]

mod common;

use common::shared;
use economy::formats::{Format, Imported, Naming};
use economy::{Draft, Unit};
use terms::{Archive, MemoryArchive};

#[track_caller]
fn import(format: &str, archive: &dyn Archive, path: &str) -> Imported {
    let naming = Naming::new("sample");
    let format = Format::named(format).unwrap_or_else(|fault| panic!("{fault}"));
    format.read(archive, path, &naming).unwrap_or_else(|faults| panic!("{faults}"))
}

#[track_caller]
fn refused(format: &str, archive: &dyn Archive, path: &str, part: &str) {
    let naming = Naming::new("sample").in_year(2020);
    match Format::named(format).unwrap().read(archive, path, &naming) {
        Ok(_) => panic!("`{path}` should be refused"),
        Err(faults) => assert!(faults.to_string().contains(part), "`{part}` is not in:\n{faults}"),
    }
}

struct Cells<'a>(&'a Draft);

impl Cells<'_> {
    fn country(&self, code: &str) -> terms::CountryId {
        terms::CountryId::new(self.0.countries.iter().position(|entry| entry.code == *code).unwrap())
    }

    fn sector(&self, code: &str) -> terms::SectorId {
        terms::SectorId::new(self.0.sectors.iter().position(|entry| entry.code == *code).unwrap())
    }

    fn trade(&self, importer: &str, exporter: &str, sector: &str) -> f64 {
        self.0.trade[(self.country(importer), self.country(exporter), self.sector(sector))]
    }

    fn input(&self, country: &str, buyer: &str, input: &str) -> f64 {
        self.0.inputs.as_ref().unwrap()[(self.country(country), self.sector(buyer), self.sector(input))]
    }

    fn output(&self, country: &str, sector: &str) -> f64 {
        self.0.output[(self.country(country), self.sector(sector))]
    }
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
}

#[test]
fn oecd_icio_of_2016_puts_chinas_parts_together() {
    let Some(disk) = shared("data/samples") else { return };
    let imported = import("oecd-icio", &disk, "oecd-icio/ICIO2016_2003.csv");
    let codes: Vec<&str> = imported.draft.countries.iter().map(|entry| entry.code.as_str()).collect();
    assert_eq!(codes, ["AUS", "NZL", "CHN", "PER"]);
    assert_eq!(imported.draft.sectors.len(), 8);
    assert_eq!(
        imported.draft.meta.year, 2016,
        "the first year of the name; state another where that is the edition"
    );
    let cells = Cells(&imported.draft);
    near(cells.trade("AUS", "CHN", "C24CHM"), 115_155_410.005_93);
    near(cells.input("CHN", "C23PET", "C10T14MIN"), 4_351.602_384_57);
    near(cells.output("CHN", "C23PET"), 1_618_731.619_6);
    assert!(imported.draft.sectors.iter().all(|sector| sector.good), "ISIC Rev. 3 01 to 24 are goods");
    assert!(imported.notes.to_string().contains("warning[left-out]"), "{}", imported.notes);
}

#[test]
fn oecd_icio_of_2018_puts_mexicos_parts_together() {
    let Some(disk) = shared("data/samples") else { return };
    let imported = import("oecd-icio", &disk, "oecd-icio/ICIO2018_2010.CSV");
    let codes: Vec<&str> = imported.draft.countries.iter().map(|entry| entry.code.as_str()).collect();
    assert_eq!(codes, ["AUS", "BEL", "MEX", "BRA", "COL"]);
    let cells = Cells(&imported.draft);
    near(cells.trade("BEL", "MEX", "16"), 59_356_797.677_182_2);
    near(cells.input("MEX", "09", "16"), 6_168.087_600_8);
    near(cells.output("MEX", "09"), 372_734.561_406_138_35);
}

#[test]
fn oecd_icio_of_2025_has_letters_of_isic_4() {
    let table = "V1,USA_A01,USA_D,CHN_A01,CHN_D,USA_HFCE,USA_INVNT,CHN_HFCE,CHN_DPABR,OUT\n\
                 USA_A01,1,2,3,4,5,-1,6,1,21\n\
                 USA_D,1,1,1,1,1,1,1,1,8\n\
                 CHN_A01,2,2,2,2,2,2,2,2,16\n\
                 CHN_D,0,0,0,1,0,0,4,0,5\n\
                 TLS,1,0,0,0,0,0,0,0,0\n\
                 VA,16,3,10,-3,0,0,0,0,0\n\
                 OUT,21,8,16,5,0,0,0,0,0\n";
    let archive = MemoryArchive::new().with("ICIO2022.csv", table);
    let draft = import("oecd-icio", &archive, "ICIO2022.csv").draft;
    let cells = Cells(&draft);
    assert_eq!(draft.meta.year, 2022);
    assert_eq!(cells.trade("CHN", "USA", "A01"), 14.0);
    assert_eq!(cells.trade("USA", "USA", "A01"), 7.0, "inventories are final purchases");
    assert_eq!(draft.sectors.iter().map(|sector| sector.good).collect::<Vec<_>>(), [true, false]);
    assert_eq!(draft.gaps(0.0), []);
    refused("oecd-icio", &MemoryArchive::new().with("t.csv", "a,b\n1,2\n"), "t.csv", "error[wrong-layout]");
    let broken = table.replace("USA_D,1,1,", "USA_D,1,x,");
    refused(
        "oecd-icio",
        &MemoryArchive::new().with("t.csv", broken),
        "t.csv",
        "line 3, cell 3: `x` is not a number",
    );
}

#[cfg(feature = "xlsx")]
#[test]
fn wiod_of_2013_is_read_from_its_workbook() {
    let Some(disk) = shared("data/samples") else { return };
    let draft = import("wiod-2013", &disk, "wiod2013/wiot09_row_sep12.xlsx").draft;
    assert_eq!((draft.countries.len(), draft.sectors.len(), draft.meta.year), (6, 8, 2009));
    let cells = Cells(&draft);
    near(cells.trade("USA", "AUS", "AtB"), 1_231.783_513_02);
    near(draft.trade.as_slice().iter().sum(), 3_322_668_453.049_568_7);
    near(draft.output.as_slice().iter().sum(), 3_322_668_453.049_574);
    assert_eq!(draft.sectors[0].name, "Agriculture, Hunting, Forestry and Fishing");
    let codes: Vec<&str> = draft.countries.iter().map(|entry| entry.code.as_str()).collect();
    assert!(codes.contains(&"ROU") && codes.contains(&"ROW"), "{codes:?}");
}

#[cfg(feature = "xlsx")]
#[test]
fn wiod_of_2016_has_the_same_form_with_more_columns() {
    use economy::sheet::{Column, Sheet, workbook};
    // Two countries, two industries, two final buyers each, output; then a row of value added.
    let rows = [
        ["", "", "", "", "A01", "D35", "A01", "D35", "CONS_h", "GFCF", "CONS_h", "GFCF", "GO"],
        [
            "",
            "",
            "",
            "",
            "Crops",
            "Power",
            "Crops",
            "Power",
            "Households",
            "Investors",
            "Households",
            "Investors",
            "Output",
        ],
        ["", "", "", "", "USA", "USA", "CHN", "CHN", "USA", "USA", "CHN", "CHN", "TOT"],
        ["", "", "", "", "c1", "c2", "c1", "c2", "c57", "c60", "c57", "c60", "c62"],
        ["A01", "Crops", "USA", "r1", "1", "2", "3", "4", "5", "6", "7", "8", "36"],
        ["D35", "Power", "USA", "r2", "1", "1", "1", "1", "1", "1", "1", "1", "8"],
        ["A01", "Crops", "CHN", "r1", "2", "2", "2", "2", "2", "2", "2", "2", "16"],
        ["D35", "Power", "CHN", "r2", "0", "0", "0", "1", "0", "0", "4", "0", "5"],
        ["VA", "Value added", "TOT", "r70", "32", "3", "10", "-3", "", "", "", "", ""],
    ];
    let columns = (0..13).fold(Sheet::new("2014"), |sheet, at| {
        sheet.with(
            if at == 0 { "World Input-Output Table" } else { "" },
            Column::words(rows.iter().map(|row| row[at])),
        )
    });
    let archive = MemoryArchive::new().with("WIOT2014_Nov16_ROW.xlsx", workbook(&[columns]).unwrap());
    let draft = import("wiod-2016", &archive, "WIOT2014_Nov16_ROW.xlsx").draft;
    let cells = Cells(&draft);
    assert_eq!(draft.meta.year, 2014);
    assert_eq!(cells.trade("CHN", "USA", "A01"), 22.0);
    assert_eq!(cells.input("USA", "D35", "A01"), 4.0);
    assert_eq!(draft.gaps(0.0), []);
}

#[test]
fn exiobase_output_solves_the_sum_over_rounds_of_inputs() {
    let Some(disk) = shared("data/samples") else { return };
    let mut archive = MemoryArchive::new();
    for name in ["A.txt", "Y.txt", "unit.txt"] {
        archive.insert(
            format!("e/{name}"),
            disk.read(&format!("exiobase3/{name}")).unwrap().unwrap().into_owned(),
        );
    }
    let naming = Naming::new("sample").in_year(2009);
    let draft = Format::named("exiobase-3").unwrap().read(&archive, "e", &naming).unwrap().draft;
    assert_eq!((draft.countries.len(), draft.sectors.len()), (6, 8));
    // x = (I − A)⁻¹ y by direct inversion: 239,154.386 in the first node, 3,324,005,349.305 in all.
    near(draft.output.as_slice().iter().sum(), 3_324_005_349.305_03);
    near(Cells(&draft).trade("BRA", "AUS", "s1"), 9_874.311_283_513_462);
    assert_eq!(draft.gaps(1e-12), []);
    assert_eq!(
        (draft.meta.currency.as_str(), draft.sectors[2].good, draft.sectors[3].good),
        ("USD", true, false)
    );
    // With flows and output stated, nothing is solved.
    let small = MemoryArchive::new()
        .with("Z.txt", "region\t\tR\tR\nsector\t\ta\tb\nregion\tsector\t\t\nR\ta\t1\t2\nR\tb\t3\t4\n")
        .with("Y.txt", "region\t\tR\ncategory\t\thouse\nregion\tsector\t\nR\ta\t7\nR\tb\t3\n");
    let draft = Format::named("exiobase-3").unwrap().read(&small, "", &naming).unwrap().draft;
    assert_eq!(draft.output.as_slice(), [10.0, 10.0]);
    assert_eq!(draft.meta.currency, "EUR");
}

#[test]
fn eora_is_read_by_its_labels() {
    let Some(disk) = shared("data/samples") else { return };
    let imported = import("eora-26", &disk, "eora26");
    let draft = &imported.draft;
    assert_eq!((draft.countries.len(), draft.sectors.len(), draft.meta.year), (6, 8, 2010));
    assert_eq!((draft.meta.unit, draft.countries[0].name.as_str()), (Unit::Thousand, "Region 1"));
    near(draft.trade.as_slice().iter().sum(), 3_324_005_349.305_032_7);
    near(draft.output.as_slice()[0], 239_154.386_472_619_72);
    near(Cells(draft).trade("reg1", "reg2", "s1"), 9_709.134_177_429_998);
    assert_eq!(draft.gaps(1e-12), []);
    refused("eora-26", &disk, "exiobase3", "no file there ends in `_bp_T.txt`");
}

#[cfg(feature = "parquet")]
#[test]
fn the_full_icio_of_2022_becomes_the_shared_economy() {
    let Some(disk) = shared("data") else { return };
    let Some(economies) = shared("economies") else { return };
    let draft = import("icio-parquet", &disk, "icio-2022-full").draft;
    assert_eq!(draft.gaps(0.0), [], "whole thousands add up exactly");
    let ready = Draft::read(&economies, "icio-2022").unwrap();
    for (mine, theirs) in [
        (draft.trade.as_slice(), ready.trade.as_slice()),
        (draft.inputs.as_ref().unwrap().as_slice(), ready.inputs.as_ref().unwrap().as_slice()),
        (draft.final_demand.as_slice(), ready.final_demand.as_slice()),
        (draft.output.as_slice(), ready.output.as_slice()),
        (draft.value_added.as_slice(), ready.value_added.as_slice()),
    ] {
        for (mine, theirs) in mine.iter().zip(theirs) {
            assert!(
                (mine / 1e3 - theirs).abs() <= 1e-12 * theirs.abs() + 1e-9,
                "{mine} thousand, {theirs} million"
            );
        }
    }
    let rates = draft.tariffs.as_slice().iter().zip(ready.tariffs.as_slice());
    let different = rates.filter(|(mine, theirs)| (mine.as_share() - theirs.as_share()).abs() > 1e-7).count();
    assert_eq!(different, 0);
}

#[cfg(feature = "parquet")]
#[test]
fn wiod_of_2013_in_whole_millions_balances_after_repair_at_home() {
    let Some(disk) = shared("data") else { return };
    let draft = import("wiod-2013-parquet", &disk, "wiod-2013-release/wiot2011.parquet").draft;
    assert_eq!((draft.countries.len(), draft.sectors.len()), (41, 35));
    assert_eq!(draft.sectors[0].name, "Agriculture, hunting, forestry, fishing");
    let world: f64 = draft.output.as_slice().iter().sum();
    assert_eq!((world / 1e3).round(), 141_768.0, "billions, as the data's own check states");
    let repaired = draft.repaired(economy::Repair::HomeFinal).unwrap();
    assert!(repaired.draft.gaps(1e-12).is_empty());
    let moved: f64 =
        repaired.report.moved().iter().filter(|(table, _)| *table == "trade").map(|(_, sum)| sum).sum();
    assert!(moved < 0.01 * world, "{moved} of {world} moved");
    repaired.draft.checked().unwrap_or_else(|faults| panic!("{faults}"));
}

#[cfg(feature = "parquet")]
#[test]
fn bilateral_flows_in_parquet_are_a_plain_table() {
    let Some(disk) = shared("data") else { return };
    let draft = import("flow-table", &disk, "icio-trade/trade2017.parquet").draft;
    assert_eq!((draft.countries.len(), draft.sectors.len(), draft.meta.year), (81, 28, 2017));
    assert_eq!(draft.meta.unit, Unit::Thousand);
    assert_eq!(draft.sectors.iter().filter(|sector| !sector.good).count(), 1, "SERV is the one service");
    draft.checked().unwrap_or_else(|faults| panic!("{faults}"));
}

#[cfg(feature = "parquet")]
#[test]
fn the_world_of_tariffwar_is_its_flows_with_a_million_at_home_read_as_duty_paid() {
    let (Some(data), Some(economies)) = (shared("data"), shared("economies")) else { return };
    for (raw, ready, home) in [("icio-2022", "icio-2022-flows", 1.0), ("wiod-2014", "wiod-2014-flows", 0.0)] {
        let naming = Naming::new(ready).in_year(2022);
        let flows =
            Format::named("flow-table").unwrap().read(&data, &format!("{raw}/flows.parquet"), &naming);
        let mine = flows.unwrap().draft.with_more_at_home(home).read_as_duty_paid();
        let theirs = Draft::read(&economies, ready).unwrap();
        let changes = theirs.difference(&mine).changes;
        let most = changes.iter().map(|change| change.size().abs() / change.before.abs().max(1.0));
        assert!(most.fold(0.0_f64, f64::max) < 1e-9, "{ready}: {:?}", changes.first());
    }
}

#[test]
fn a_plain_table_adds_rows_up_and_averages_their_rates() {
    let table = "year,origin,destination,product,value,rate\n\
                 2019,USA,CHN,X,10,0.1\n2019,USA,CHN,X,30,0.2\n2019,CHN,CHN,X,5,0\n2020,USA,CHN,X,99,0\n";
    let archive = MemoryArchive::new().with("flows.csv", table);
    let naming = Naming::new("plain").in_year(2019);
    let draft = Format::named("flow-table").unwrap().read(&archive, "flows.csv", &naming).unwrap().draft;
    let cells = Cells(&draft);
    assert_eq!(cells.trade("CHN", "USA", "X"), 40.0);
    let rate = draft.tariffs[(cells.country("CHN"), cells.country("USA"), cells.sector("X"))].as_share();
    assert!((rate - 0.175).abs() < 1e-15, "{rate}");
    let any =
        Format::named("flow-table").unwrap().read(&archive, "flows.csv", &Naming::new("plain")).unwrap_err();
    assert!(any.to_string().contains("its years are 2019, 2020"), "{any}");
}

#[test]
fn itpd_takes_one_year_and_knows_its_services() {
    let table = "exporter_iso3,exporter_name,importer_iso3,importer_name,year,industry_id,industry_descr,broad_sector,trade,flag_mirror\n\
                 USA,United States,USA,United States,2016,1,Wheat,Agriculture,90.5,0\n\
                 USA,United States,CHN,China,2016,1,Wheat,Agriculture,9.5,0\n\
                 CHN,China,USA,United States,2016,155,Travel,Services,3,1\n\
                 CHN,China,USA,United States,2015,155,Travel,Services,7,1\n";
    let archive = MemoryArchive::new().with("ITPD_S.csv", table);
    let naming = Naming::new("itpd").in_year(2016);
    let draft = Format::named("itpd-s").unwrap().read(&archive, "ITPD_S.csv", &naming).unwrap().draft;
    let cells = Cells(&draft);
    assert_eq!((cells.trade("USA", "USA", "1"), cells.trade("USA", "CHN", "155")), (90.5, 3.0));
    assert_eq!(
        (draft.sectors[0].good, draft.sectors[1].good, draft.sectors[0].name.as_str()),
        (true, false, "Wheat")
    );
}

#[test]
fn baci_names_countries_and_goes_by_chapter_or_concordance() {
    let table =
        "t,i,j,k,v,q\n2022,842,156,10121,5.5,1\n2022,842,156,870323,100,2\n2022,156,842,850760,40,3\n";
    let codes = "country_code,country_name,country_iso2,country_iso3\n842,USA,US,USA\n156,China,CN,CHN\n";
    let archive = MemoryArchive::new()
        .with("b/BACI_HS22_Y2022_V202501.csv", table)
        .with("b/country_codes_V202501.csv", codes);
    let imported = import("baci", &archive, "b/BACI_HS22_Y2022_V202501.csv");
    let cells = Cells(&imported.draft);
    assert_eq!(cells.trade("CHN", "USA", "HS01"), 5.5, "a leading zero is put back");
    assert_eq!(cells.trade("USA", "CHN", "HS85"), 40.0);
    assert_eq!((imported.draft.meta.unit, imported.draft.meta.year), (Unit::Thousand, 2022));
    assert!(imported.notes.to_string().contains("warning[no-home-sales]"));
    let with_map = archive.with("b/hs6_sector.csv", "hs6,sector\n010121,AGR\n870323,MVH\n850760,EEQ\n");
    let draft = import("baci", &with_map, "b/BACI_HS22_Y2022_V202501.csv").draft;
    assert_eq!(Cells(&draft).trade("CHN", "USA", "MVH"), 100.0);
}

#[test]
fn wits_averages_replace_the_rates_of_the_cells_they_name() {
    use diagnostic::Source;
    let (Some(disk), Some(samples)) = (shared("economies"), shared("data/samples")) else { return };
    let draft = Draft::read(&disk, "default").unwrap();
    let text =
        String::from_utf8(samples.read("wits/wits_ahs_2023.csv").unwrap().unwrap().into_owned()).unwrap();
    let concordance =
        Source::new("products.csv", "product,sector\nMining,MIN\nTextiles,TEX\nChemical,CHM\nChemical,PHA\n");
    let (rates, notes) =
        economy::formats::wits::tariffs(&draft, &Source::new("wits.csv", text), &concordance).unwrap();
    let cells = Cells(&draft);
    let rate =
        |n: &str, i: &str, s: &str| rates[(cells.country(n), cells.country(i), cells.sector(s))].as_percent();
    assert!((rate("USA", "JPN", "MIN") - 0.38).abs() < 1e-12);
    assert!((rate("USA", "CHN", "MIN") - 0.08).abs() < 1e-12);
    assert!((rate("USA", "DEU", "MIN") - 0.3).abs() < 1e-12, "Germany is of the European Union");
    assert!((rate("DEU", "USA", "PHA") - 1.44).abs() < 1e-12, "and pays what the union pays");
    assert_eq!(
        rate("USA", "CHN", "MVH"),
        draft.tariffs[(cells.country("USA"), cells.country("CHN"), cells.sector("MVH"))].as_percent()
    );
    assert_eq!(rate("DEU", "FRA", "CHM"), 0.0, "no duty inside the union");
    assert!(
        notes.to_string().contains("Food") && notes.to_string().contains("products of `wits.csv`"),
        "{notes}"
    );
}

#[test]
fn an_unknown_format_names_those_there_are() {
    let fault = Format::named("oecd").unwrap_err().to_string();
    assert!(fault.contains("did you mean `oecd-icio`?") && fault.contains("exiobase-3"), "{fault}");
}
