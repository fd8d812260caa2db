//! What both sides charge in the sample, part by part and step by step.

use scenario::*;
use terms::Confidence;

use super::super::day;

pub fn directions() -> [Direction; 2] {
    [
        Direction {
            importer: "USA".into(),
            exporter: "CHN".into(),
            unread: None,
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
            unread: None,
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
