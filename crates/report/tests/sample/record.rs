//! The record behind the sample, in our own words.

use super::day;
use scenario::*;
use terms::Confidence;

pub fn directions() -> [Direction; 2] {
    [
        Direction {
            importer: "USA".into(),
            exporter: "CHN".into(),
            headline_pp: 30.0,
            parts: vec![
                part(
                    "us-ieepa-fentanyl-cn",
                    "opioid duty",
                    [20.0, 20.0, 0.0],
                    "2025-03-04",
                    None,
                    "EO 14228",
                    "90 FR 11426",
                ),
                part(
                    "us-ieepa-reciprocal-cn",
                    "reciprocal duty",
                    [10.0, 34.0, 24.0],
                    "2025-05-14",
                    Some("2025-08-12"),
                    "EO 14298",
                    "90 FR 21831",
                ),
            ],
            listed: vec![],
            ended: vec![],
            later: None,
            trade_weighted_pct: Some(50.8),
            simple_mean_pct: Some(47.9),
            coverage_pct: Some(78.4),
            steps: vec![
                step("2025-01-20", 0.0, "", "", false),
                step("2025-02-04", 10.0, "Opioid duty 10", "EO 14195", false),
                step("2025-03-04", 20.0, "Opioid duty doubled", "EO 14228", false),
                step("2025-04-05", 30.0, "Baseline 10", "EO 14257", false),
                step("2025-04-09", 104.0, "China rate 84", "EO 14259", false),
                step("2025-04-10", 145.0, "China rate 125", "EO 14266", false),
                step("2025-05-14", 30.0, "Geneva truce", "EO 14298", false),
                step("2025-08-12", 54.0, "Truce ends", "EO 14298", true),
            ],
            peak: Peak { headline_pp: 145.0, from: day("2025-04-10") },
        },
        Direction {
            importer: "CHN".into(),
            exporter: "USA".into(),
            headline_pp: 10.0,
            parts: vec![part(
                "cn-ret-reciprocal",
                "answer to the reciprocal duty",
                [10.0, 34.0, 24.0],
                "2025-05-14",
                Some("2025-08-12"),
                "Tariff Commission 2025 No. 7",
                "announcement of 13 May 2025",
            )],
            listed: vec![],
            ended: vec![],
            later: None,
            trade_weighted_pct: Some(32.1),
            simple_mean_pct: Some(27.4),
            coverage_pct: Some(91.0),
            steps: vec![
                step("2025-01-20", 0.0, "", "", false),
                step("2025-04-10", 84.0, "China answers 84", "Tariff Commission No. 5", false),
                step("2025-04-12", 125.0, "China answers 125", "Tariff Commission No. 6", false),
                step("2025-05-14", 10.0, "Geneva truce", "Tariff Commission No. 7", false),
                step("2025-08-12", 34.0, "Truce ends", "Tariff Commission No. 7", true),
            ],
            peak: Peak { headline_pp: 125.0, from: day("2025-04-12") },
        },
    ]
}

fn part(
    measure: &str,
    name: &str,
    points: [f64; 3],
    since: &str,
    until: Option<&str>,
    act: &str,
    citation: &str,
) -> Part {
    Part {
        measure: measure.into(),
        name: name.into(),
        points_pp: points[0],
        full_pp: points[1],
        suspended_pp: points[2],
        since: day(since),
        until: until.map(day),
        act: act.into(),
        citation: citation.into(),
        confidence: Confidence::High,
    }
}

fn step(from: &str, headline_pp: f64, label: &str, act: &str, scheduled: bool) -> Step {
    Step {
        from: day(from),
        from_instant: format!("{from}T04:01:00Z"),
        headline_pp,
        label: label.into(),
        act: act.into(),
        scheduled,
    }
}

/// Steps after Geneva, for the first or the second party.
pub fn later_steps(party: usize) -> Vec<Step> {
    let usa = vec![
        step("2025-08-12", 30.0, "Truce prolonged", "EO 14334", false),
        step("2025-11-10", 20.0, "Kuala Lumpur: opioid duty halved", "EO 14357", false),
        step("2026-02-24", 10.0, "Emergency duties void, surcharge 10", "EO 14389, Proc. 11012", false),
        step("2026-07-24", 0.0, "Surcharge ends", "Proc. 11012", true),
    ];
    let china = vec![
        step("2025-08-12", 10.0, "Truce prolonged", "Tariff Commission, 12 August 2025", false),
        step("2025-11-10", 10.0, "Suspended for a year", "Tariff Commission, 5 November 2025", false),
        step("2026-11-10", 34.0, "Suspension ends", "Tariff Commission, 5 November 2025", true),
    ];
    if party == 0 { usa } else { china }
}

pub fn truce() -> Truce {
    let back = |importer: &str, today: f64, measures: &[&str], note: &str| Return {
        importer: importer.into(),
        returns_pp: 24.0,
        headline_today_pp: today,
        headline_after_pp: today + 24.0,
        measures: measures.iter().map(|m| (*m).to_owned()).collect(),
        note: note.into(),
    };
    Truce {
        agreement: "ag-geneva".into(),
        name: "Geneva joint statement".into(),
        from: day("2025-05-14"),
        until: day("2025-08-12"),
        day: 27,
        days: 90,
        days_left: 64,
        returns: vec![
            back(
                "USA",
                30.0,
                &["us-ieepa-reciprocal-cn"],
                "the steps to 84 and 125 were ended, not suspended: 145 cannot return by lapse",
            ),
            back(
                "CHN",
                10.0,
                &["cn-ret-reciprocal"],
                "announcements No. 5 and No. 6 were ended: 125 cannot return by lapse",
            ),
        ],
        others: vec![],
        snapbacks: vec![],
        renewals: vec![],
    }
}

pub fn pending() -> Vec<Pending> {
    let item = |on: &str, who: &str, what: &str, subject: &str, act: &str| Pending {
        on: day(on),
        who: who.into(),
        what: what.into(),
        subject: subject.into(),
        act: act.into(),
    };
    vec![
        item(
            "2025-06-09",
            "USA/CHN",
            "First meeting of the consultation mechanism, London",
            "talks-london",
            "announcements of 6 and 7 June",
        ),
        item(
            "2025-08-12",
            "USA",
            "24 points on Chinese goods return unless the suspension is prolonged",
            "us-ieepa-reciprocal-cn",
            "EO 14298",
        ),
        item(
            "2025-08-12",
            "CHN",
            "24 points on US goods return unless the suspension is prolonged",
            "cn-ret-reciprocal",
            "Tariff Commission 2025 No. 7",
        ),
        item(
            "2025-08-31",
            "USA",
            "Exclusions from the Section 301 duties end",
            "us-301-exclusions",
            "90 FR 23987",
        ),
    ]
}

pub fn timeline() -> Vec<TimelineEvent> {
    use Lane::*;
    let rows: [(&str, Lane, &str, &str, &str); 31] = [
        ("2025-02-04", Acts, "USA", "Opioid duty 10", "Duty on all goods of China citing opioids"),
        (
            "2025-02-04",
            Controls,
            "CHN",
            "Tungsten and four metals",
            "Licences for 25 items of tungsten, tellurium, bismuth, molybdenum, indium",
        ),
        (
            "2025-02-10",
            Acts,
            "CHN",
            "10–15 on fuels, machinery",
            "Answer on 80 lines: coal, gas, oil, farm machinery, large cars",
        ),
        ("2025-03-04", Acts, "USA", "Opioid duty 20", "The opioid duty is doubled"),
        (
            "2025-03-04",
            Controls,
            "CHN",
            "25 US firms listed",
            "Export control list and unreliable entity list",
        ),
        (
            "2025-03-10",
            Acts,
            "CHN",
            "10–15 on farm goods",
            "Answer on 740 lines: chicken, wheat, soybeans, pork",
        ),
        (
            "2025-04-02",
            Threats,
            "USA",
            "34 announced",
            "A China rate of 34 is printed for 9 April; overtaken before effect",
        ),
        (
            "2025-04-04",
            Threats,
            "CHN",
            "34 announced in answer",
            "An equal duty printed for 10 April; overtaken before effect",
        ),
        (
            "2025-04-04",
            Controls,
            "CHN",
            "Rare earths and magnets",
            "Licences for seven medium and heavy rare earths, compounds, magnets",
        ),
        ("2025-04-05", Acts, "USA", "Baseline 10", "Reciprocal baseline on nearly all origins"),
        ("2025-04-09", Acts, "USA", "China rate 84", "104 in all, for a day"),
        (
            "2025-04-09",
            Controls,
            "USA",
            "H20 chips need a licence",
            "A firm is told it needs a licence for H20-class chips",
        ),
        ("2025-04-09", Controls, "CHN", "18 US firms listed", "Twelve on one list, six on the other"),
        ("2025-04-10", Acts, "USA", "China rate 125", "145 in all"),
        ("2025-04-10", Acts, "CHN", "Answer 84", "On all US goods"),
        ("2025-04-11", Acts, "USA", "Phones, computers spared", "Back to 5 April"),
        ("2025-04-12", Acts, "CHN", "Answer 125", "Further US steps would be ignored"),
        ("2025-05-10", Talks, "USA/CHN", "Geneva round", "Treasury and trade heads meet the vice-premier"),
        (
            "2025-05-12",
            Talks,
            "USA/CHN",
            "Joint statement",
            "24 points suspended for 90 days, later steps ended",
        ),
        (
            "2025-05-13",
            Controls,
            "USA",
            "Guidance on Ascend chips",
            "Guidance on the use of certain Chinese AI chips",
        ),
        ("2025-05-14", Acts, "USA", "Cut to 30", "24 of 34 points suspended"),
        ("2025-05-14", Acts, "CHN", "Cut to 10", "24 of 34 points suspended"),
        ("2025-05-23", Controls, "USA", "Chip-design software", "Letters require licences for China"),
        (
            "2025-05-28",
            Acts,
            "USA",
            "Court: duties unlawful, stayed",
            "A trade court finds the emergency duties unlawful; stayed next day",
        ),
        (
            "2025-05-30",
            Claims,
            "USA",
            "China violated the deal",
            "The president says China has totally violated its agreement",
        ),
        (
            "2025-05-30",
            Claims,
            "USA",
            "China slow-rolls compliance",
            "The trade representative says China is slow",
        ),
        (
            "2025-06-02",
            Claims,
            "CHN",
            "US broke the consensus",
            "The commerce ministry names chip guidance, software stops, visas",
        ),
        ("2025-06-05", Talks, "USA/CHN", "Leaders' call", "First direct contact since February"),
        ("2025-06-09", Talks, "USA/CHN", "London round", "First meeting of the mechanism"),
        ("2025-08-12", Acts, "USA", "24 points return, or not", "End of the suspension"),
        ("2025-08-12", Acts, "CHN", "24 points return, or not", "End of the suspension"),
    ];
    rows.into_iter()
        .map(|(on, lane, who, label, text)| TimelineEvent {
            on: day(on),
            published: day(on),
            lane,
            who: who.into(),
            label: label.into(),
            text: text.into(),
            citation: "press and official texts read".into(),
            confidence: Confidence::High,
        })
        .collect()
}

pub fn talks() -> Vec<Talk> {
    let delegation = |party: &str, members: &[&str], mandate: &str| Delegation {
        party: party.into(),
        members: members.iter().map(|m| (*m).to_owned()).collect(),
        mandate: mandate.into(),
    };
    let account = |party: &str, text: &str, source: &str| Version {
        party: party.into(),
        text: text.into(),
        source: source.into(),
    };
    vec![
        Talk {
            id: "talks-geneva".into(),
            start: day("2025-05-10"),
            end: Some(day("2025-05-11")),
            ahead: false,
            kind: "round 1".into(),
            venue: "Geneva".into(),
            delegations: vec![
                delegation("USA", &["Scott Bessent, Treasury", "Jamieson Greer, Trade Representative"], ""),
                delegation("CHN", &["He Lifeng, Vice-Premier", "Li Chenggang, Commerce"], ""),
            ],
            outcome:
                "joint statement; 24 points suspended on each side for 90 days; a mechanism for consultations"
                    .into(),
            accounts: vec![],
            source: "readouts of 11 and 12 May 2025".into(),
        },
        Talk {
            id: "call-2025-06-05".into(),
            start: day("2025-06-05"),
            end: Some(day("2025-06-05")),
            ahead: false,
            kind: "leaders' call".into(),
            venue: "telephone".into(),
            delegations: vec![
                delegation("USA", &["Donald Trump, President"], ""),
                delegation("CHN", &["Xi Jinping, President"], ""),
            ],
            outcome: "agreement to meet again".into(),
            accounts: vec![
                account(
                    "USA",
                    "a very good talk, almost wholly about trade, with a good conclusion for both",
                    "post of 5 June 2025",
                ),
                account(
                    "CHN",
                    "the US should withdraw the negative measures it has taken against China",
                    "Xinhua, 5 June 2025",
                ),
            ],
            source: "readouts of both sides".into(),
        },
        Talk {
            id: "talks-london".into(),
            start: day("2025-06-09"),
            end: None,
            ahead: true,
            kind: "round 2, first meeting of the mechanism".into(),
            venue: "London".into(),
            delegations: vec![
                delegation(
                    "USA",
                    &[
                        "Scott Bessent, Treasury",
                        "Howard Lutnick, Commerce",
                        "Jamieson Greer, Trade Representative",
                    ],
                    "named on 6 June",
                ),
                delegation(
                    "CHN",
                    &["He Lifeng, Vice-Premier"],
                    "in the United Kingdom from 8 to 13 June, confirmed on 7 June",
                ),
            ],
            outcome: String::new(),
            accounts: vec![],
            source: "announcements of 6 and 7 June 2025".into(),
        },
    ]
}

pub fn claims() -> Vec<Claim> {
    let claim = |id: &str,
                 said: &str,
                 speaker: &str,
                 side: &str,
                 about: &str,
                 text: &str,
                 grounds: &str,
                 answered_by: &[&str],
                 status: &str| Claim {
        id: id.into(),
        said: day(said),
        speaker: speaker.into(),
        side: side.into(),
        accused: Some(if side == "USA" { "CHN".into() } else { "USA".into() }),
        about: Some(about.into()),
        text: text.into(),
        grounds: grounds.into(),
        answered_by: answered_by.iter().map(|a| (*a).to_owned()).collect(),
        status: status.into(),
        source: "CBS, AP read".into(),
        confidence: Confidence::High,
    };
    vec![
        claim(
            "clm-2025-06-02",
            "2025-06-02",
            "Ministry of Commerce",
            "CHN",
            "Geneva joint statement",
            "the US broke the consensus of Geneva and China has kept its part",
            "guidance on AI chips, a stop to chip-design software, student visas",
            &[],
            "disputed",
        ),
        claim(
            "clm-2025-05-30",
            "2025-05-30",
            "Donald Trump",
            "USA",
            "Geneva joint statement, non-tariff answers",
            "China has totally violated its agreement",
            "none given that day",
            &["clm-2025-06-02"],
            "disputed",
        ),
        claim(
            "clm-2025-05-30b",
            "2025-05-30",
            "Jamieson Greer",
            "USA",
            "Geneva joint statement, non-tariff answers",
            "China is slow in doing what it agreed",
            "licences for rare-earth magnets have not come through",
            &["clm-2025-06-02"],
            "disputed",
        ),
        claim(
            "clm-2019-05-05",
            "2019-05-05",
            "US side",
            "USA",
            "draft of phase one",
            "China went back on pledges in the draft",
            "",
            &[],
            "unresolved",
        ),
    ]
}

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
