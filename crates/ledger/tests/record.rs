//! The record that ships with the house reads without a fault.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

#[test]
fn the_record_reads_without_a_fault() {
    match ledger::Ledger::read(&disk::repository(), "ledger") {
        Ok(read) => assert!(read.warnings.is_empty(), "{}", read.warnings),
        Err(faults) => panic!("{} faults\n\n{faults}", faults.len()),
    }
}

/// The act that `ledger/README.md` teaches reads on governments and areas alone.
#[test]
fn the_act_of_the_readme_reads() {
    let page = std::fs::read_to_string(disk::root().join("ledger/README.md")).unwrap();
    let act = page.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(act.starts_with("[act]"));
    let read = disk::areas().with(&[diagnostic::Source::new("README.md", act)]);
    let ledger = read.unwrap_or_else(|faults| panic!("{faults}")).value;
    assert_eq!(ledger.measures().count(), 1);
}

/// Every other block of `ledger/README.md` reads on top of the record, but for the names it takes from there.
#[test]
fn the_other_examples_of_the_readme_read() {
    let page = std::fs::read_to_string(disk::root().join("ledger/README.md")).unwrap();
    let record = disk::record();
    let mut read = 0;
    for block in page.split("```toml\n").skip(2).map(|rest| rest.split("```").next().unwrap()) {
        let act = "[act]\nid = \"readme\"\nissuer = \"USA\"\nkind = \"order\"\ntitle = \"an example\"\n\
                   published = \"2026-08-01\"\ncitation = \"none\"\n";
        let owned = ["[[control]]", "[[event]]"].iter().any(|table| block.contains(table));
        let text = if owned { format!("{act}{block}") } else { block.to_string() };
        let faults = match record.with(&[diagnostic::Source::new("README.md", &text)]) {
            Ok(read) => read.warnings,
            Err(faults) => faults,
        };
        let taken = |fault: &&diagnostic::Diagnostic| {
            fault.code() != "duplicate-name" && fault.severity() == diagnostic::Severity::Error
        };
        let left: Vec<_> = faults.iter().filter(taken).map(ToString::to_string).collect();
        assert!(left.is_empty(), "{}", left.join("\n"));
        read += 1;
    }
    assert!(read >= 7, "only {read} examples were found");
}
