//! How long the record takes to read, and a question to answer. Run with `cargo bench -p detente-ledger`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a bench that cannot run says so")]

#[path = "../tests/disk/mod.rs"]
mod disk;

use std::sync::LazyLock;

use ledger::{Between, Clocks, Ledger, MeasureId, View};
use terms::{Archive, Instant, MemoryArchive};

static TEXTS: LazyLock<MemoryArchive> = LazyLock::new(|| {
    let mut memory = MemoryArchive::new();
    for file in disk::repository().list("ledger").unwrap() {
        if let Some(bytes) = disk::repository().read(&file).unwrap() {
            memory.insert(file.clone(), bytes.into_owned());
        }
    }
    memory
});
static LEDGER: LazyLock<Ledger> = LazyLock::new(disk::record);

fn june() -> Clocks {
    let at = |day| LEDGER.moment("USA", day).unwrap();
    Clocks::on(at("2025-06-09")).known(at("2025-06-08"))
}

fn main() {
    divan::main();
}

#[divan::bench]
fn read_the_record() -> Ledger {
    Ledger::read(&*TEXTS, "ledger").unwrap().value
}

#[divan::bench]
fn versions_of_one_measure(bencher: divan::Bencher<'_, '_>) {
    let measure = MeasureId::new("us-ieepa-reciprocal-cn");
    LazyLock::force(&LEDGER);
    bencher.bench(|| LEDGER.versions(&measure, Instant::MAX, View::Collected));
}

#[divan::bench]
fn timetable_of_all_measures(bencher: divan::Bencher<'_, '_>) {
    LazyLock::force(&LEDGER);
    bencher.bench(|| LEDGER.timetable(Instant::MAX, View::Collected));
}

#[divan::bench]
fn headline_on_a_day(bencher: divan::Bencher<'_, '_>) {
    let at = june();
    bencher.bench(|| LEDGER.headline("USA", "CHN", at));
}

#[divan::bench]
fn truce_on_a_day(bencher: divan::Bencher<'_, '_>) {
    let at = june();
    bencher.bench(|| LEDGER.truce("geneva", at));
}

#[divan::bench]
fn pending_on_a_day(bencher: divan::Bencher<'_, '_>) {
    let at = june();
    bencher.bench(|| LEDGER.pending(&Between::default(), at));
}

#[divan::bench]
fn an_overlay_of_one_act(bencher: divan::Bencher<'_, '_>) {
    let text = diagnostic::Source::new(
        "what-if",
        "[act]\nid = \"what-if\"\nissuer = \"USA\"\nkind = \"statement\"\ntitle = \"what if\"\n\
         published = \"2025-08-11\"\ncitation = \"what if\"\n[[event]]\nstay = \"eo-14334\"\nfrom = \"2025-08-11\"\n",
    );
    LazyLock::force(&LEDGER);
    bencher.bench(|| LEDGER.with(std::slice::from_ref(&text)).unwrap());
}
