//! The truce of the sample, and what is to come.

use scenario::*;

use super::super::day;

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
