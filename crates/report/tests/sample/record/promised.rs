//! Clauses and controls.

use scenario::*;
use terms::Confidence;

use super::super::day;

pub fn clauses() -> Vec<Clause> {
    let clause =
        |id: &str, debtor: &str, text: &str, until: Option<&str>, state: &str, readings: Vec<Version>| {
            Clause {
                agreement: "Geneva joint statement".into(),
                id: id.into(),
                debtor: debtor.into(),
                text: text.into(),
                until: until.map(day),
                state: state.into(),
                since: None,
                note: None,
                carried_out_by: vec![],
                progress: None,
                readings,
            }
        };
    let reading = |party: &str, text: &str| Version {
        party: party.into(),
        text: text.into(),
        source: "statements read".into(),
    };
    vec![
        clause(
            "gva-us-24",
            "USA",
            "suspend 24 of the 34 points, keep 10",
            Some("2025-08-12"),
            "kept",
            vec![],
        ),
        clause("gva-us-cancel", "USA", "end the rises of 8 and 9 April", None, "kept", vec![]),
        clause(
            "gva-cn-24",
            "CHN",
            "suspend 24 of the 34 points, keep 10",
            Some("2025-08-12"),
            "kept",
            vec![],
        ),
        clause(
            "gva-cn-nontariff",
            "CHN",
            "suspend or remove non-tariff answers taken since 2 April",
            None,
            "disputed",
            vec![
                reading("USA", "covers the licensing of rare earths of 4 April"),
                reading(
                    "CHN",
                    "licensing is an ordinary control on all destinations, not an answer to duties",
                ),
            ],
        ),
        clause("gva-mechanism", "USA/CHN", "regular consultations under named leads", None, "kept", vec![]),
    ]
}

pub fn controls() -> Vec<Control> {
    let control = |id: &str, issuer: &str, instrument: &str, items: &str, since: &str, state: &str| Control {
        id: id.into(),
        issuer: issuer.into(),
        title: instrument.into(),
        instrument: String::new(),
        items: items.into(),
        policy: "case-by-case".into(),
        since: Some(day(since)),
        state: state.into(),
        confidence: Confidence::Medium,
    };
    vec![
        control(
            "us-ec-2022",
            "USA",
            "BIS interim final rule",
            "advanced computing chips, chip-making tools",
            "2022-10-12",
            "in force",
        ),
        control(
            "cn-ec-46",
            "CHN",
            "MOFCOM 2024 No. 46",
            "gallium, germanium, antimony, superhard items: in principle none to the US",
            "2024-12-03",
            "in force",
        ),
        control(
            "cn-ec-18",
            "CHN",
            "MOFCOM/GAC 2025 No. 18",
            "seven rare earths, compounds and magnets: licence",
            "2025-04-04",
            "in force; disputed under Geneva",
        ),
        control("us-ec-h20", "USA", "licence letters", "H20-class chips", "2025-04-09", "in force"),
        control("us-ec-eda", "USA", "licence letters", "chip-design software", "2025-05-23", "in force"),
    ]
}
