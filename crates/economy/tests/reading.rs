//! What a folder of tables becomes.
#![allow(missing_docs, mixed_script_confusables)]

mod common;

use common::{META, north_and_south, shared};
use economy::{Draft, Economy, Market, Unit};

#[test]
fn a_folder_becomes_accounts_in_the_order_importer_exporter_sector() {
    let economy = Economy::read(&north_and_south(), "").unwrap();
    let id = |code| economy.country_id(code).unwrap();
    let (north, south, grain, tools) =
        (id("NOR"), id("SOU"), economy.sector_id("GRA").unwrap(), economy.sector_id("TOO").unwrap());
    assert_eq!(economy.trade()[(north, south, tools)], 30.0);
    assert_eq!(economy.trade()[(south, north, tools)], 20.0);
    assert_eq!(economy.tariffs()[(south, north, tools)].as_share(), 0.25);
    assert_eq!(economy.tariffs()[(north, south, tools)].as_share(), 0.0);
    let inputs = economy.inputs().unwrap();
    assert_eq!(inputs[(north, tools, grain)], 20.0, "tools are made with twenty of grain");
    assert_eq!(inputs.buyer(north, tools), [20.0, 10.0]);
    assert_eq!(economy.final_demand()[(south, grain)], 45.0);
    assert_eq!(economy.value_added()[(south, tools)], 50.0);
    assert_eq!(economy.country(south).extra["region"], "south");
    assert_eq!(economy.sector(tools).name, "Tools, all");
    assert_eq!(economy.theta(None).unwrap(), [8.5, 0.5]);
    assert_eq!(economy.meta().unit, Unit::Million);
}

#[test]
fn without_further_tables_the_rest_follows_from_flows() {
    let archive = north_and_south();
    let mut flows = terms::MemoryArchive::new();
    for file in ["economy.toml", "countries.csv", "sectors.csv", "trade.csv", "tariffs.csv"] {
        let bytes = terms::Archive::read(&archive, file).unwrap().unwrap().into_owned();
        flows.insert(file, bytes);
    }
    flows.insert("economy.toml", META.replace("elasticity = \"paper\"\n", ""));
    let economy = Economy::read(&flows, "").unwrap();
    assert!(economy.inputs().is_none());
    assert_eq!(economy.output().as_slice(), [100.0, 60.0, 50.0, 90.0]);
    assert_eq!(economy.value_added(), economy.output());
    assert_eq!(economy.final_demand().as_slice(), [90.0, 70.0, 60.0, 80.0]);
    let fault = economy.theta(None).unwrap_err();
    assert_eq!(fault.code(), "unknown-elasticity");
}

#[test]
fn duty_paid_110_at_10_per_cent_is_100_before_duty() {
    let archive = terms::MemoryArchive::new()
        .with(
            "w/economy.toml",
            META.replace("before-duty", "duty-paid").replace("elasticity = \"paper\"\n", ""),
        )
        .with("w/countries.csv", "code\nNOR\nSOU\n")
        .with("w/sectors.csv", "code,good\nGRA,1\n")
        .with("w/trade.csv", "importer,exporter,sector,value\nNOR,SOU,GRA,110\nSOU,SOU,GRA,50\n")
        .with("w/tariffs.csv", "importer,exporter,sector,rate\nNOR,SOU,GRA,0.1\n");
    let economy = Economy::read(&archive, "w").unwrap();
    let flow = economy.trade()[(
        economy.country_id("NOR").unwrap(),
        economy.country_id("SOU").unwrap(),
        economy.sector_id("GRA").unwrap(),
    )];
    assert!((flow - 100.0).abs() < 1e-12, "{flow}");
    assert!((economy.output().as_slice()[1] - 150.0).abs() < 1e-12);
}

#[test]
fn the_embedded_economy_is_exact_in_integers() {
    let Some(disk) = shared("economies") else { return };
    let draft = Draft::read(&disk, "default").unwrap();
    assert_eq!(draft.gaps(0.0), []);
    let economy = draft.checked().unwrap();
    assert_eq!((economy.countries().len(), economy.sectors().len()), (32, 28));
    assert!(economy.warnings().is_empty());
    assert_eq!(economy.value_added().as_slice().iter().sum::<f64>(), 96_387_047.0);
    let usa = economy.countries().iter().find(|entry| entry.code == *"USA").unwrap();
    assert_eq!(usa.list("blocs").collect::<Vec<_>>(), ["USMCA", "G20"]);
    let fault = economy.theta(Some("S2016")).unwrap_err();
    assert_eq!(fault.code(), "missing-elasticity");
    assert!(fault.message().ends_with("for UTL, CNS, TRD, TRN, FIN, BUS, PUB"), "{fault}");
    let (θ, filled) = economy.theta_filled("S2016", "default").unwrap();
    assert_eq!((θ[0], θ[27], filled.len()), (3.34, 4.0, 7), "services take the default");
    // Singapore mines nothing: nodes without output exist and stay idle.
    let (singapore, mining) = (economy.country_id("SGP").unwrap(), economy.sector_id("MIN").unwrap());
    assert_eq!(economy.output()[(singapore, mining)], 0.0);
}

#[test]
fn the_world_of_ossa_2014_brings_firms_and_weights() {
    let Some(disk) = shared("economies") else { return };
    let economy = Economy::read(&disk, "ossa-2014").unwrap();
    assert_eq!(economy.meta().market, Market::Firms);
    assert!(economy.inputs().is_none());
    let weights = economy.weights().unwrap();
    for country in economy.country_ids() {
        let mean = weights.weight.row(country).iter().sum::<f64>() / 33.0;
        assert!((mean - 1.0).abs() < 1e-12, "weights are one on average: {mean}");
    }
    assert!(weights.noncooperative_tariff.is_some());
}
