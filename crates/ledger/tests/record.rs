//! The record that ships with the house reads without a fault.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

#[test]
fn the_record_reads_without_a_fault() {
    match ledger::Ledger::read(&disk::Repository, "ledger") {
        Ok(read) => assert!(read.warnings.is_empty(), "{}", read.warnings),
        Err(faults) => panic!("{} faults\n\n{faults}", faults.len()),
    }
}
