//! Talks and claims.

use scenario::*;
use terms::Confidence;

use super::super::day;

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
