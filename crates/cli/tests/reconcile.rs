//! Transcripts of `reconcile`: another tracker's series beside ours.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod door;

use std::io::Write as _;

use door::{Run, detente};

fn reconcile(series: &str, more: &[&str]) -> Run {
    let mut file = tempfile::Builder::new().prefix("series").suffix(".csv").tempfile().unwrap();
    file.write_all(series.as_bytes()).unwrap();
    detente(&[&["reconcile", file.path().to_str().unwrap()], more].concat())
}

/// Source: tradewartracker, `country-by-time.csv` (MIT licence), China. It prints additions since 2025.
const TRACKER: &str = "date,rate,definition\n2025-02-04,20.0,since-2024\n2025-04-09,112.19,since-2024\n\
                       2025-04-11,88.14,since-2024\n2025-05-12,27.05,since-2024\n";

#[test]
fn the_tracker_differs_by_layers_base_and_dates_and_by_one_level() {
    let Run { code, out, err } = reconcile(TRACKER, &[]).flat();
    assert_eq!(code, 0, "{err}");
    for said in [
        "additions since 2024: neither the ordinary duty nor what was charged then; weights: imports of 2024, line by line",
        "2025-02-04: +9.9 date: it is the law of 2025-03-04",
        "−2.6 base: it leaves the ordinary duty out; 0.0 stays unexplained",
        "2025-05-12: −70.3 date: it is the law of 2025-05-14",
    ] {
        assert!(out.contains(said), "no `{said}`:\n{out}");
    }
    let points = reconcile(TRACKER, &["--format", "json"]).json()[0]["points"].as_array().unwrap().clone();
    let left: Vec<f64> = points.iter().map(|point| point["unexplained_pp"].as_f64().unwrap()).collect();
    // What stays on 9 and 11 April is the level: it takes 125 as the whole of both duties, 20 less on what they reach.
    assert!(left[0].abs() < 0.1 && left[3].abs() < 1.0, "{left:?}");
    assert!(left[1].abs() > 11.0 && left[2] < -11.0, "{left:?}");
    for point in &points {
        let reasons = point["reasons"].as_array().unwrap();
        let parts: f64 = reasons.iter().map(|reason| reason["points"].as_f64().unwrap()).sum();
        let whole = parts + point["unexplained_pp"].as_f64().unwrap();
        assert!((whole - point["gap_pp"].as_f64().unwrap()).abs() < 0.02, "{point}");
    }
}

/// Source: PIIE, US duties on goods of China, as quoted for these days.
#[test]
fn piie_reads_best_as_each_line_counted_once() {
    let series =
        "date,rate\n2018-09-25,12.0\n2019-06-14,12.0\n2020-02-14,19.3\n2025-01-20,20.8\n2025-05-14,51.1\n";
    let Run { code, out, err } = reconcile(series, &[]).flat();
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("ordinary duty and every addition; weights: each line that was bought once."),
        "{out}"
    );
    assert!(out.contains("2019-06-14: −3.6 date: it is the law of 2019-05-09"), "{out}");
    assert!(out.contains("2025-05-14: +11.8 weights"), "{out}");
}

#[test]
fn faults_of_a_series_are_told_together_with_their_lines() {
    let Run { code, err, .. } = reconcile("day,rate\n2025-01-20,5\n", &[]);
    assert!(code == 1 && err.contains("error[series-column]"), "{err}");
    let Run { code, err, .. } = reconcile("date,rate\n2025-02-30,5\n2025-03-01,x\n", &[]);
    assert_eq!(code, 1);
    assert!(err.contains(".csv:2:1") && err.contains(".csv:3:1") && err.contains("2025-02-30"), "{err}");
    let Run { code, err, .. } = reconcile("date,rate,importer\n2025-03-01,5,USB\n", &[]);
    assert!(code == 1 && err.contains("error[unknown-country]"), "{err}");
}

/// An act to be laid on the record, as `add` makes it of a sentence.
fn act(sentence: &str) -> tempfile::TempPath {
    let Run { code, out: text, err } = detente(&["add", sentence]);
    assert_eq!(code, 0, "{err}");
    let mut file = tempfile::Builder::new().prefix("act").suffix(".toml").tempfile().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.into_temp_path()
}

/// A tracker that counts an act the record does not hold is set beside the record with that act laid on top: what stood
/// unexplained is the act's, on its own days and no others, and a number dated three days early is told by its date.
#[test]
fn an_act_laid_on_top_explains_what_a_tracker_that_counts_it_prints() {
    let toys = act(r#"USA puts 30 % on "8507, 9503" of CHN from 2026-08-15 published 2026-08-01"#);
    let overlay = ["--overlay", toys.to_str().unwrap()];
    // Ours with the act is 25.6 until 14 August and 27.8 from then on: 7.3 % of imports pay 30 points more.
    let series = "date,rate,definition\n2026-08-01,25.6,statutory\n2026-08-12,27.8,statutory\n\
                  2026-08-20,27.8,statutory\n";
    let points = |more: &[&str]| {
        let found = reconcile(series, &[more, &["--format", "json"]].concat()).json()[0]["points"].clone();
        let of = |point: &serde_json::Value| {
            let [ours, left] = ["ours_pct", "unexplained_pp"].map(|key| point[key].as_f64().unwrap());
            ((10.0 * ours).round() / 10.0, (10.0 * left).round().abs() / 10.0)
        };
        found.as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(points(&[]), [(25.6, 0.0), (25.6, 2.2), (25.6, 2.2)], "nothing of the record explains 27.8");
    assert_eq!(points(&overlay), [(25.6, 0.0), (25.6, 0.0), (27.8, 0.0)]);

    let Run { code, out, err } = reconcile(series, &overlay).flat();
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("2026-08-12: +2.2 date: it is the law of 2026-08-15"), "{out}");
    assert!(
        err.contains("warning[sized-act]") && err.contains("it speaks of 7.29 %, and adds 2.19 points"),
        "{err}"
    );
}

/// An act is known from its publication on, an overlay's too: what it changes back to an earlier day was not charged, as
/// known then. List 3 of Section 301, at 25 %, is raised to 50 % for entries from 15 June by an act published on 20 August.
#[test]
fn an_act_laid_on_top_is_known_from_its_publication_on() {
    let raised = act("USA changes us-301-list3 to 50 % from 2026-06-15 published 2026-08-20");
    let overlay = ["--overlay", raised.to_str().unwrap()];
    let read = |series: &str| reconcile(series, &overlay).flat();
    let Run { code, out, err } =
        read("date,rate,definition\n2026-08-16,25.6,statutory\n2026-08-21,36.5,statutory\n");
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("2026-08-16: −10.9 date: it is the law of 2026-08-16, as known on that day"),
        "{out}"
    );
    assert!(out.contains("2026-08-21 36.5 36.5 0.0 0.0"), "{out}");
}
