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
