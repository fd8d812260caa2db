//! Accounts as a header array file, for GEMPACK and its kin.

use crate::formats::har::{Content, Dimension, Header, write};
use crate::{Draft, Elasticities};

impl Draft {
    /// The accounts as a header array file: sets `REG` and `COMM`, `GOOD` (1 for
    /// goods, 0 for services), then `TRAD` and `TARF` (commodity, from, to),
    /// `INPT` (input, buyer, region), `FINL`, `OUTP`, `VADD` (commodity, region) and one array `THnn` for each set
    /// of elasticities. Numbers become single precision. [`crate::formats::detente_har`] reads it back.
    pub fn to_har(&self) -> Vec<u8> {
        let draft = self;
        let (n, s) = (draft.countries.len(), draft.sectors.len());
        let regions: Vec<String> = draft.countries.iter().map(|entry| entry.code.to_string()).collect();
        let commodities: Vec<String> = draft.sectors.iter().map(|entry| entry.code.to_string()).collect();
        let region = Dimension { set: "REG".into(), size: n, elements: regions.clone() };
        let commodity = Dimension { set: "COMM".into(), size: s, elements: commodities.clone() };
        let set = |name: &str, long: &str, list: &[String]| Header {
            name: name.into(),
            long_name: long.into(),
            content: Content::Texts(list.to_vec()),
        };
        let array = |name: &str, long: &str, dimensions: Vec<Dimension>, values: Vec<f64>| Header {
            name: name.into(),
            long_name: long.into(),
            content: Content::Real { coefficient: name.into(), dimensions, values },
        };
        // The first dimension is the fastest: commodity, then exporter, then importer, as cubes are held.
        let flow = vec![commodity.clone(), region.clone(), region.clone()];
        let node = vec![commodity.clone(), region.clone()];
        let rates = draft.tariffs.as_slice().iter().map(|rate| rate.as_share()).collect();
        let goods = draft.sectors.iter().map(|entry| f64::from(u8::from(entry.good))).collect();
        let mut headers = vec![
            set("REG", "Set REG regions", &regions),
            set("COMM", "Set COMM commodities", &commodities),
            array("GOOD", "1 for goods, 0 for services", vec![commodity.clone()], goods),
            array(
                "TRAD",
                "spending before duty, by commodity, exporter, importer",
                flow.clone(),
                draft.trade.as_slice().to_vec(),
            ),
            array("TARF", "duty as a share of it", flow, rates),
        ];
        if let Some(inputs) = &draft.inputs {
            let dimensions =
                vec![commodity.clone(), Dimension { set: "ACTS".into(), ..commodity.clone() }, region];
            headers.push(array(
                "INPT",
                "purchases of inputs, by input, buyer, region",
                dimensions,
                inputs.as_slice().to_vec(),
            ));
        }
        for (name, long, grid) in [
            ("FINL", "final purchases before duty", &draft.final_demand),
            ("OUTP", "output", &draft.output),
            ("VADD", "value added: output less inputs before duty", &draft.value_added),
        ] {
            headers.push(array(name, long, node.clone(), grid.as_slice().to_vec()));
        }
        for (at, (name, values)) in draft.elasticities.columns().enumerate() {
            let kind = if name == Elasticities::SCALE { "scale elasticity" } else { "trade elasticity" };
            // HAR knows no empty cell: minus one stands where a source is silent.
            let values = values.iter().map(|value| value.unwrap_or(-1.0)).collect();
            let long = format!("{kind}, set {name}; -1 where silent");
            headers.push(array(&format!("TH{:02}", at + 1), &long, vec![commodity.clone()], values));
        }
        write(&headers)
    }
}
