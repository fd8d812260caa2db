//! Every name in the register of simplifications is a measure, a list or an act of the record, and every equation of
//! averages has its word there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

#[test]
fn the_register_of_simplifications_speaks_of_the_record() {
    let page = std::fs::read_to_string(disk::root().join("docs/simplifications.md")).unwrap();
    let ledger = disk::record();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| class"));
    let mut named = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, _, size, places] = cells[..] else { panic!("four cells, not {}: {row}", cells.len()) };
        assert!(!size.is_empty(), "no size: {row}");
        for name in places.split('`').skip(1).step_by(2) {
            named += 1;
            let known =
                ledger.measure(name).is_some() || ledger.list(name).is_some() || ledger.act(name).is_some();
            assert!(known, "`{name}` is neither measure, list nor act");
        }
    }
    assert!(named > 30, "{named} names");
}

/// An equation that takes something simply says so in the register, by its number; one that does not is named as exact.
#[test]
fn every_equation_of_duties_has_its_word_in_the_register() {
    let page = |name: &str| std::fs::read_to_string(disk::root().join("docs").join(name)).unwrap();
    let (register, equations) = (page("simplifications.md"), page("tariffs.md"));
    let fences: Vec<&str> = equations.split("```").skip(1).step_by(2).collect();
    let mut numbered = 0;
    for label in
        fences.iter().flat_map(|fence| fence.lines()).filter_map(|line| line.trim().rsplit("  ").next())
    {
        if label.trim().starts_with("(T") {
            numbered += 1;
            assert!(register.contains(label.trim()), "{} has neither a row nor a word", label.trim());
        }
    }
    assert!(numbered >= 8, "{numbered} equations");
}
