//! Header array files: GEMPACK's own, and ours.
#![allow(missing_docs, clippy::panic)]

mod common;

use common::{north_and_south, shared};
use economy::Draft;
use economy::formats::har::{Content, Dimension, Header, read, write};
use economy::formats::{Format, Naming};
use terms::{Archive, MemoryArchive};

fn real<'a>(headers: &'a [Header], name: &str) -> (&'a [Dimension], &'a [f64]) {
    match headers.iter().find(|header| header.name == name).map(|header| &header.content) {
        Some(Content::Real { dimensions, values, .. }) => (dimensions, values),
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn files_of_viewhar_are_read_array_by_array() {
    let Some(disk) = shared("data/samples/gtap-har") else { return };
    let headers = read("test.har", &disk.read("test.har").unwrap().unwrap()).unwrap();
    let names: Vec<&str> = headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(&names[4..], ["CHST", "INTA", "SIMP", "SIM2", "NH01", "ARR7"]);
    let texts = headers.iter().find(|header| header.name == "CHST").unwrap();
    let five = ["A_string", "B_string", "C_string", "D_string", "E_string"].map(String::from).to_vec();
    assert_eq!((&texts.content, texts.long_name.as_str()), (&Content::Texts(five), "Simple set of strings"));
    let whole = headers.iter().find(|header| header.name == "INTA").unwrap();
    let Content::Whole { shape: [4, 4], values } = &whole.content else { panic!("{whole:?}") };
    assert_eq!(values[..5], [0, 4, 8, 12, 1], "the first dimension is the fastest");
    let (dimensions, values) = real(&headers, "NH01");
    assert_eq!(
        (dimensions[0].set.as_str(), &dimensions[1].elements[..]),
        ("SimpleSet", &["I".into(), "II".into()][..])
    );
    let hundredths: Vec<f64> = values.iter().map(|value| (value * 100.0).round()).collect();
    assert_eq!(hundredths, [100.0, 314.0, 314.0, 500.0]);
    let (dimensions, values) = real(&headers, "ARR7");
    assert_eq!((dimensions.len(), values.len(), values[1], values[32]), (7, 128, 8.0, 3.0));
    let sets = read("setsnew7.har", &disk.read("setsnew7.har").unwrap().unwrap()).unwrap();
    let com = sets.iter().find(|header| header.name == "COM").unwrap();
    assert!(matches!(&com.content, Content::Texts(texts) if texts.len() == 78 && texts[1] == "DairyCattle"));
}

#[test]
fn what_is_written_reads_back_in_single_precision() {
    let list = |letter: char, size: usize| (0..size).map(|at| format!("{letter}{at}")).collect::<Vec<_>>();
    let dimension =
        |set: &str, letter, size| Dimension { set: set.into(), size, elements: list(letter, size) };
    // Larger than one record, along two dimensions.
    for sizes in [[3, 4, 5], [90, 100, 7], [9000, 2, 2], [1, 1, 1]] {
        let total: usize = sizes.iter().product();
        let header = Header {
            name: "FLOW".into(),
            long_name: "flows".into(),
            content: Content::Real {
                coefficient: "FLOW".into(),
                dimensions: vec![
                    dimension("COMM", 'c', sizes[0]),
                    dimension("REG", 'r', sizes[1]),
                    dimension("DST", 'd', sizes[2]),
                ],
                values: (0..total).map(|at| at as f64 / 2.0).collect(),
            },
        };
        let texts = Header {
            name: "TXT".into(),
            long_name: "texts".into(),
            content: Content::Texts(vec!["one".into(), "twenty-one letters...".into()]),
        };
        let mut read = read("ours.har", &write(&[texts.clone(), header.clone()])).unwrap();
        // Sizes are filled up to seven; dimensions with sets are those we gave.
        assert_eq!(read.pop(), Some(header));
        assert_eq!(read.pop(), Some(texts));
    }
}

#[test]
fn a_sparse_array_has_zeros_where_nothing_stands() {
    let record = |content: &[u8]| {
        let length = (content.len() as i32).to_le_bytes();
        [&length[..], content, &length[..]].concat()
    };
    let words = |numbers: &[i32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    let head = [b"    RLSPSE".to_vec(), vec![b' '; 70], words(&[7, 2, 3, 1, 1, 1, 1, 1])].concat();
    let count = [b"    ".to_vec(), words(&[2, 4, 4]), vec![b' '; 80]].concat();
    let values = [1.5_f32, -2.0].iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    let data = [b"    ".to_vec(), words(&[1, 2, 2, 1, 6]), values].concat();
    let file = [record(b"SPRS"), record(&head), record(&count), record(&data)].concat();
    let headers = read("sparse.har", &file).unwrap();
    assert_eq!(real(&headers, "SPRS").1, [1.5, 0.0, 0.0, 0.0, 0.0, -2.0]);
}

#[test]
fn a_damaged_file_is_refused_wherever_it_is_cut() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let file = draft.to_har();
    let whole = read("whole.har", &file).unwrap().len();
    let mut refused = 0;
    for cut in 0..file.len() {
        match read("cut.har", &file[..cut]) {
            Ok(headers) => assert!(headers.len() < whole),
            Err(fault) => {
                refused += 1;
                assert_eq!(fault.code(), "wrong-layout");
            }
        }
    }
    assert!(refused > file.len() * 9 / 10);
    // One byte changed anywhere is read or refused, never a panic.
    for at in 0..file.len() {
        let mut changed = file.clone();
        changed[at] ^= 0x55;
        let _ = read("changed.har", &changed);
    }
}

/// Every account, not only its size; all numbers of this world but the rates are exact in single precision.
#[test]
fn accounts_are_written_by_commodity_and_region() {
    let draft = Draft::read(&north_and_south(), "").unwrap();
    let headers = read("ours.har", &draft.to_har()).unwrap();
    let names: Vec<&str> = headers.iter().map(|header| header.name.as_str()).collect();
    assert_eq!(
        names,
        ["REG", "COMM", "GOOD", "TRAD", "TARF", "INPT", "FINL", "OUTP", "VADD", "TH01", "TH02"]
    );
    let texts = |list: [&str; 2]| Content::Texts(list.map(String::from).to_vec());
    assert_eq!((&headers[0].content, &headers[1].content), (&texts(["NOR", "SOU"]), &texts(["GRA", "TOO"])));
    let (dimensions, values) = real(&headers, "TRAD");
    let sets: Vec<&str> = dimensions.iter().map(|dimension| dimension.set.as_str()).collect();
    assert_eq!(sets, ["COMM", "REG", "REG"]);
    assert_eq!(values, draft.trade.as_slice(), "commodity is the fastest, importer the slowest");
    let single = |rate: &terms::Rate| f64::from(rate.as_share() as f32);
    let rates: Vec<f64> = draft.tariffs.as_slice().iter().map(single).collect();
    assert_eq!(real(&headers, "TARF").1, rates);
    let (dimensions, values) = real(&headers, "INPT");
    let sets: Vec<&str> = dimensions.iter().map(|dimension| dimension.set.as_str()).collect();
    assert_eq!((sets, values), (vec!["COMM", "ACTS", "REG"], draft.inputs.as_ref().unwrap().as_slice()));
    for (name, grid) in [("FINL", &draft.final_demand), ("OUTP", &draft.output), ("VADD", &draft.value_added)]
    {
        assert_eq!(real(&headers, name).1, grid.as_slice(), "{name}");
    }
    assert_eq!(real(&headers, "TH01").1, [8.5, 0.5]);
    assert_eq!(real(&headers, "TH02").1, [4.0, -1.0]);
    assert_eq!(headers[10].long_name, "trade elasticity, set other; -1 where silent");
}

/// Base data of two regions and three commodities, of which the last carries the others. Region `b` imports 10
/// of `wht` from `a` at the ship, 12 with freight, 15 with duty.
fn base_data() -> Vec<u8> {
    let list = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let comm = Dimension { set: "COMM".into(), size: 3, elements: list(&["wht", "ele", "otp"]) };
    let acts = Dimension { set: "ACTS".into(), ..comm.clone() };
    let reg = Dimension { set: "REG".into(), size: 2, elements: list(&["a", "b"]) };
    let marg = Dimension { set: "MARG".into(), size: 1, elements: list(&["otp"]) };
    let array = |name: &str, dimensions: Vec<Dimension>, cells: &[(&[usize], f64)]| {
        let sizes: Vec<usize> = dimensions.iter().map(|dimension| dimension.size).collect();
        let mut values = vec![0.0; sizes.iter().product()];
        for (place, value) in cells {
            let at = place.iter().zip(&sizes).rev().fold(0, |at, (place, size)| at * size + place);
            values[at] = *value;
        }
        Header {
            name: name.into(),
            long_name: String::new(),
            content: Content::Real { coefficient: name.into(), dimensions, values },
        }
    };
    let firm = || vec![comm.clone(), acts.clone(), reg.clone()];
    let own = || vec![comm.clone(), reg.clone()];
    let flow = || vec![comm.clone(), reg.clone(), reg.clone()];
    write(&[
        array("VDFB", firm(), &[(&[0, 1, 0], 20.0), (&[2, 0, 0], 5.0), (&[1, 0, 1], 7.0)]),
        array("VMFB", firm(), &[(&[0, 1, 1], 9.0)]),
        array("VDPB", own(), &[(&[0, 0], 30.0), (&[1, 0], 40.0), (&[1, 1], 50.0), (&[2, 1], 3.0)]),
        array("VMPB", own(), &[(&[0, 1], 6.0)]),
        array("VDGB", own(), &[]),
        array("VMGB", own(), &[]),
        array("VDIB", own(), &[(&[1, 0], 1.0)]),
        array("VMIB", own(), &[]),
        array("VFOB", flow(), &[(&[0, 0, 1], 10.0)]),
        array("VCIF", flow(), &[(&[0, 0, 1], 12.0)]),
        array("VMSB", flow(), &[(&[0, 0, 1], 15.0)]),
        array("VST", vec![marg, reg.clone()], &[(&[0, 0], 1.5), (&[0, 1], 0.5)]),
    ])
}

#[test]
fn gtap_base_data_become_flows_freight_and_duty() {
    let archive = MemoryArchive::new().with("gsd2017.har", base_data());
    let draft =
        Format::named("gtap-har").unwrap().read(&archive, "gsd2017.har", &Naming::new("gtap")).unwrap().draft;
    let (a, b) = (terms::CountryId::new(0), terms::CountryId::new(1));
    let s = terms::SectorId::new;
    assert_eq!((draft.countries[0].code.as_str(), draft.sectors[1].code.as_str()), ("A", "ele"));
    assert_eq!(draft.trade[(b, a, s(0))], 10.0, "a flow is its value at the ship");
    assert!((draft.tariffs[(b, a, s(0))].as_share() - 0.3).abs() < 1e-6, "duty is 3 on 10");
    // Freight of 2 is bought from both sellers to the pool, three to one; `b` also buys 3 of its own.
    assert!((draft.trade[(b, a, s(2))] - 1.5).abs() < 1e-6);
    assert!((draft.trade[(b, b, s(2))] - 3.5).abs() < 1e-6);
    // Firms in `ele` of `b` pay 9 of the 15: 6 for wheat at the ship, 1.2 for freight, the rest is duty.
    let inputs = draft.inputs.as_ref().unwrap();
    assert!((inputs[(b, s(1), s(0))] - 6.0).abs() < 1e-5 && (inputs[(b, s(1), s(2))] - 1.2).abs() < 1e-5);
    assert_eq!(draft.gaps(1e-6), []);
    assert_eq!(draft.sectors.iter().map(|sector| sector.good).collect::<Vec<_>>(), [true, true, true]);
    draft.checked().unwrap_or_else(|faults| panic!("{faults}"));
}

/// What is exported comes back: every number within single precision, codes, goods and sets of elasticities as they were.
#[test]
fn an_exported_file_reads_back_as_the_same_economy_within_single_precision() {
    let mut drafts = vec![Draft::read(&north_and_south(), "").unwrap()];
    // With links and services; without links.
    if let Some(disk) = shared("economies") {
        drafts.extend(["default", "ossa-2014"].map(|name| Draft::read(&disk, name).unwrap()));
    }
    for draft in drafts {
        let archive = MemoryArchive::new().with("ours-2030.har", draft.to_har());
        let naming = Naming::new(&draft.meta.name);
        let again =
            Format::named("detente-har").unwrap().read(&archive, "ours-2030.har", &naming).unwrap().draft;
        let same = |what: &str, ours: &[f64], theirs: &[f64]| {
            assert_eq!(ours.len(), theirs.len(), "{what}");
            for (a, b) in ours.iter().zip(theirs) {
                assert!(
                    (a - b).abs() <= a.abs() * f64::from(f32::EPSILON),
                    "{} {what} {a} {b}",
                    draft.meta.name
                );
            }
        };
        same("trade", draft.trade.as_slice(), again.trade.as_slice());
        let shares = |rates: &[terms::Rate]| rates.iter().map(|rate| rate.as_share()).collect::<Vec<_>>();
        same("tariffs", &shares(draft.tariffs.as_slice()), &shares(again.tariffs.as_slice()));
        assert_eq!(draft.inputs.is_some(), again.inputs.is_some());
        if let (Some(ours), Some(theirs)) = (&draft.inputs, &again.inputs) {
            same("inputs", ours.as_slice(), theirs.as_slice());
        }
        same("final", draft.final_demand.as_slice(), again.final_demand.as_slice());
        same("output", draft.output.as_slice(), again.output.as_slice());
        same("value added", draft.value_added.as_slice(), again.value_added.as_slice());
        let codes = |draft: &Draft| {
            let countries: Vec<_> = draft.countries.iter().map(|entry| entry.code.clone()).collect();
            let sectors: Vec<_> =
                draft.sectors.iter().map(|entry| (entry.code.clone(), entry.good)).collect();
            (countries, sectors)
        };
        assert_eq!(codes(&draft), codes(&again));
        let ours: Vec<(&str, &[Option<f64>])> = draft.elasticities.columns().collect();
        let theirs: Vec<(&str, &[Option<f64>])> = again.elasticities.columns().collect();
        assert_eq!(ours.len(), theirs.len());
        for ((name, ours), (other, theirs)) in ours.into_iter().zip(theirs) {
            assert_eq!(name, other);
            let silent = |set: &[Option<f64>]| set.iter().map(Option::is_none).collect::<Vec<_>>();
            assert_eq!(silent(ours), silent(theirs), "{name}");
            let told = |set: &[Option<f64>]| set.iter().flatten().copied().collect::<Vec<_>>();
            same(name, &told(ours), &told(theirs));
        }
    }
}

#[test]
fn a_file_of_another_layout_is_refused_with_what_it_lacks() {
    let set = |name: &str| Header {
        name: name.into(),
        long_name: name.into(),
        content: Content::Texts(vec!["A".into()]),
    };
    let archive = MemoryArchive::new().with("x-2030.har", write(&[set("REG"), set("COMM")]));
    let read = Format::named("detente-har").unwrap().read(&archive, "x-2030.har", &Naming::new("x"));
    let refused = read.unwrap_err().to_string();
    assert!(refused.contains("error[wrong-layout]") && refused.contains("no array `GOOD`"), "{refused}");
}
