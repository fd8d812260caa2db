//! Transcripts: an act that `add` makes is laid on the record and sized by `measure`, `rates` and `retaliate`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use std::path::Path;

use door::{Run, detente, json};

/// Writes the act of a sentence.
fn act(folder: &Path, name: &str, sentence: &str) -> String {
    let path = folder.join(name).to_string_lossy().into_owned();
    let Run { code, err, .. } = detente(&["add", sentence, "--out", &path]);
    assert_eq!(code, 0, "{err}");
    path
}

#[test]
fn an_act_of_a_new_programme_is_sized_by_its_lines_and_moves_every_answer() {
    let folder = tempfile::tempdir().unwrap();
    let toys = act(
        folder.path(),
        "toys.toml",
        r#"USA puts 12 % on "8507, 9503" of CHN from 2026-08-15 published 2026-08-01"#,
    );
    let asked = "measure --on 2026-08-20 --draws 0";
    let plain = json(asked);
    let with = json(&format!("{asked} --overlay '{toys}'"));
    let said = detente(&format!("{asked} --overlay '{toys}'")).err;
    let quiet = detente(asked).err;
    assert!(plain["sized"].is_null() && !quiet.contains("sized-act"));
    let [sized] = &with["sized"].as_array().unwrap()[..] else { panic!("{}", with["sized"]) };
    assert_eq!((&sized["by"], &sized["origin"]), (&"imports-by-line".into(), &"CHN".into()));
    assert!(
        said.contains("warning[sized-act]") && said.contains("what USA bought of CHN line by line"),
        "{said}"
    );
    let loss = |of: &serde_json::Value| {
        let rows = of["countries"].as_array().unwrap();
        rows.iter().find(|row| row["country"] == "CHN").unwrap()["real_income_pct"].as_f64().unwrap()
    };
    assert!(loss(&with) < loss(&plain) - 1e-4, "{} {}", loss(&with), loss(&plain));

    let Run { code, out, err } = detente(&format!("rates USA CHN --on 2026-08-20 --overlay '{toys}'"));
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("warning[sized-act]") && out.contains("trade-weighted"), "{out}");
    let Run { code, err, .. } =
        detente(&format!("retaliate CHN USA --cap 2bn --on 2026-08-20 --overlay '{toys}'"));
    assert!(code == 0 && err.contains("warning[sized-act]"), "{err}");
}

#[test]
fn an_act_on_no_known_goods_is_refused_by_the_model_and_answered_by_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let none = act(
        folder.path(),
        "none.toml",
        r#"USA puts 25 % on "9999" of CHN from 2026-08-15 published 2026-08-01"#,
    );
    let Run { code, err, .. } = detente(&format!("measure --on 2026-08-20 --overlay '{none}'"));
    assert_eq!(code, 1);
    assert!(err.contains("error[unsized-act]") && err.contains("no goods are known under `9999`"), "{err}");
    assert_eq!(detente(&format!("status USA CHN --on 2026-08-20 --overlay '{none}'")).code, 0);
    let earlier = detente(&format!("measure --on 2026-08-10 --draws 0 --overlay '{none}'"));
    assert_eq!(earlier.code, 0, "not in force yet: {}", earlier.err);
}
