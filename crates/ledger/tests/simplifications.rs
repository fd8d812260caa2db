//! Every name in the register of simplifications is a measure, a list or an act of the record.

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
        for name in places.split('`').filter(|name| !name.trim().is_empty()) {
            named += 1;
            let known =
                ledger.measure(name).is_some() || ledger.list(name).is_some() || ledger.act(name).is_some();
            assert!(known, "`{name}` is neither measure, list nor act");
        }
    }
    assert!(named > 30, "{named} names");
}
