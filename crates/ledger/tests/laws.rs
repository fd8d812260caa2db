//! Laws of the ledger, as properties: of records drawn at random, and of the record that ships with the house.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod disk;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use diagnostic::Source;
use ledger::{Clocks, Ledger, MeasureId, Verb, Version, View};
use proptest::prelude::*;
use terms::{Day, Instant, Points};

static AREAS: LazyLock<Ledger> = LazyLock::new(disk::areas);
static RECORD: LazyLock<Ledger> = LazyLock::new(disk::record);

const VIEWS: [View; 3] = [View::Collected, View::Lawful, View::Printed];

fn day(offset: u16) -> Day {
    jiff::civil::date(2031, 1, 1).checked_add(jiff::Span::new().days(i64::from(offset))).unwrap()
}

fn start(offset: u16) -> Instant {
    AREAS.moment("USA", &day(offset).to_string()).unwrap()
}

/// One thing said of the one measure of a random record, `published` days into 2031.
#[derive(Debug, Clone)]
struct Said {
    published: u16,
    event: String,
}

fn said() -> impl Strategy<Value = Said> {
    let days = || 0_u16..400;
    let change = (days(), 1_u8..60)
        .prop_map(|(from, rate)| format!("change = \"duty\"\nfrom = \"{}\"\nrate = \"{rate} %\"", day(from)));
    let suspend = (days(), 1_u16..90, 0_u8..4, prop::bool::ANY).prop_map(|(from, long, lapse, part)| {
        let lapse = ["return", "return 3 %", "nothing", "ask"][usize::from(lapse)];
        let part = if part { "points = \"1 pp\"\n" } else { "" };
        let (from, until) = (day(from), day(from + long));
        format!(
            "suspend = \"duty\"\n{part}window = \"w\"\nfrom = \"{from}\"\nuntil = \"{until}\"\non_lapse = \"{lapse}\""
        )
    });
    let end = (days(), prop::bool::ANY).prop_map(|(from, decided)| {
        format!("{} = \"duty\"\nfrom = \"{}\"", if decided { "terminate" } else { "expire" }, day(from))
    });
    let again = days().prop_map(|from| format!("start = \"duty\"\nfrom = \"{}\"", day(from)));
    let longer = days().prop_map(|until| format!("extend = \"duty\"\nuntil = \"{}\"", day(until)));
    let void = days().prop_map(|until| {
        format!(
            "void = \"duty\"\nfrom = \"start\"\ncollected_until = \"{}\"\nstill_printed = true",
            day(until)
        )
    });
    let postpone = (days(), days())
        .prop_map(|(of, to)| format!("postpone = \"duty\"\nof = \"{}\"\nto = \"{}\"", day(of), day(to)));
    let event =
        prop_oneof![4 => change, 3 => suspend, 1 => end, 1 => again, 1 => longer, 1 => void, 1 => postpone];
    (11_u16..400, event).prop_map(|(published, event)| Said { published, event })
}

fn act(name: &str, published: u16, body: &str) -> Source {
    Source::new(
        format!("{name}.toml"),
        format!(
            "[act]\nid = \"{name}\"\nissuer = \"USA\"\nkind = \"order\"\ntitle = \"{name}\"\n\
             published = \"{}\"\ncitation = \"{name}\"\n{body}",
            day(published)
        ),
    )
}

/// The texts of a record: one act that makes the duty, then one act for each thing said.
fn texts(all: &[Said]) -> Vec<Source> {
    let made = "[[measure]]\nid = \"duty\"\norigin = [\"CHN\"]\ngoods = \"all\"\nrate = \"34 %\"\nfrom = \"2031-01-15\"\n";
    let mut texts = vec![act("made", 10, made)];
    for (at, said) in all.iter().enumerate() {
        texts.push(act(&format!("act-{at:02}"), said.published, &format!("[[event]]\n{}\n", said.event)));
    }
    texts
}

/// The ledger of these texts; none where they suspend more than there is.
fn ledger(texts: &[Source]) -> Option<Ledger> {
    AREAS.with(texts).ok().map(|read| read.value)
}

fn duty() -> MeasureId {
    MeasureId::new("duty")
}

fn charged(ledger: &Ledger, on: Instant, known: Instant, view: View) -> Points {
    ledger.headline_total("USA", "CHN", Clocks { on, known, view })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Versions follow each other, none overlaps the next, none is empty.
    #[test]
    fn versions_are_stretches_in_the_order_of_time(all in prop::collection::vec(said(), 0..7)) {
        let Some(ledger) = ledger(&texts(&all)) else { return Ok(()) };
        for view in VIEWS {
            let versions = ledger.versions(&duty(), Instant::MAX, view);
            for version in &versions {
                prop_assert!(version.during.until.is_none_or(|until| version.during.from < until));
            }
            for pair in versions.windows(2) {
                prop_assert!(pair[0].during.until.is_some_and(|until| until <= pair[1].during.from));
            }
        }
    }

    /// A reader of day k answers as one who never saw what was published later.
    #[test]
    fn what_is_published_later_is_hidden_entirely(
        all in prop::collection::vec(said(), 1..7), k in 0_u16..400,
    ) {
        let known = start(k);
        let seen: Vec<Said> = all.iter().filter(|said| said.published <= k).cloned().collect();
        // Names must be the same in both.
        let whole = texts(&all);
        let early: Vec<Source> = whole
            .iter()
            .zip(std::iter::once(10).chain(all.iter().map(|said| said.published)))
            .filter(|(_, published)| *published <= k)
            .map(|(text, _)| text.clone())
            .collect();
        prop_assert!(early.len() == seen.len() + usize::from(k >= 10));
        let (Some(whole), Some(early)) = (ledger(&whole), ledger(&early)) else { return Ok(()) };
        for view in VIEWS {
            let bare = |versions: Vec<Version>| versions;
            prop_assert_eq!(
                bare(whole.versions(&duty(), known, view)),
                bare(early.versions(&duty(), Instant::MAX, view))
            );
        }
    }

    /// What was known is not forgotten: as known later, an act only joins those that were known.
    #[test]
    fn acts_known_on_a_day_are_known_ever_after(
        all in prop::collection::vec(said(), 1..7), k in 0_u16..300, more in 0_u16..100,
    ) {
        let Some(ledger) = ledger(&texts(&all)) else { return Ok(()) };
        let known_by = |known: Instant| {
            ledger.acts().filter(|act| act.published <= known).map(|act| act.id.clone()).collect::<Vec<_>>()
        };
        let (before, after) = (known_by(start(k)), known_by(start(k + more)));
        prop_assert!(before.iter().all(|act| after.contains(act)));
        let diff = ledger.diff(start(k), start(k + more), View::Collected);
        prop_assert_eq!(diff.acts.len(), after.len() - before.len());
    }

    /// A duty that is void, or ended and not begun again, is charged on no day after.
    #[test]
    fn dead_acts_are_never_in_force(
        all in prop::collection::vec(said(), 0..6), end in 20_u16..300, later in 0_u16..100,
    ) {
        let last = 450;
        let mut whole = texts(&all);
        whole.push(act("end", last, &format!("[[event]]\nterminate = \"duty\"\nfrom = \"{}\"\n", day(end))));
        let Some(ledger) = ledger(&whole) else { return Ok(()) };
        for view in VIEWS {
            prop_assert_eq!(charged(&ledger, start(end + later), Instant::MAX, view), Points::ZERO);
        }
        let ruling = act("ruling", last, "[[event]]\nvoid = \"duty\"\nfrom = \"start\"\nstill_printed = true\n");
        let mut whole = texts(&all);
        whole.push(ruling);
        let Some(ledger) = self::ledger(&whole) else { return Ok(()) };
        prop_assert!(ledger.versions(&duty(), Instant::MAX, View::Lawful).is_empty());
    }

    /// Texts are laid on in any order.
    #[test]
    fn the_order_of_files_does_not_matter(
        all in prop::collection::vec(said(), 1..7), turn in 0_usize..7,
    ) {
        let straight = texts(&all);
        let mut turned = straight.clone();
        turned.rotate_left(turn % straight.len());
        let (Some(a), Some(b)) = (ledger(&straight), ledger(&turned)) else { return Ok(()) };
        let days: BTreeMap<u16, usize> = all.iter().fold(BTreeMap::new(), |mut days, said| {
            *days.entry(said.published).or_default() += 1;
            days
        });
        // Two acts of one day are read in the order of the texts: only their order may matter.
        prop_assume!(days.values().all(|count| *count == 1));
        for view in VIEWS {
            prop_assert_eq!(
                a.versions(&duty(), Instant::MAX, view),
                b.versions(&duty(), Instant::MAX, view)
            );
        }
    }

    /// Another name for the acts gives the same answers.
    #[test]
    fn names_do_not_matter(all in prop::collection::vec(said(), 0..7), on in 0_u16..400, k in 0_u16..400) {
        let texts = texts(&all);
        let renamed: Vec<Source> = texts
            .iter()
            .map(|text| {
                Source::new(text.name(), text.text().replace("\"duty\"", "\"zoll\"").replace("\"act-", "\"akt-"))
            })
            .collect();
        let (Some(a), Some(b)) = (ledger(&texts), ledger(&renamed)) else { return Ok(()) };
        for view in VIEWS {
            prop_assert_eq!(
                charged(&a, start(on), start(k), view),
                charged(&b, start(on), start(k), view)
            );
        }
    }

    /// An overlay that says nothing changes nothing; one that stays an act is as if that act had not been.
    #[test]
    fn a_stay_is_as_if_the_act_had_not_been(all in prop::collection::vec(said(), 1..6), which in 0_usize..6) {
        let texts = texts(&all);
        let Some(whole) = ledger(&texts) else { return Ok(()) };
        let nothing = act("nothing", 390, "");
        let same = whole.with(&[nothing]).unwrap().value;
        let which = which % all.len();
        let stayed = format!("[[event]]\nstay = \"act-{which:02}\"\nfrom = \"1990-01-01\"\n");
        let Ok(stayed) = whole.with(&[act("stay", 1, &stayed)]) else { return Ok(()) };
        let mut without = texts.clone();
        without.remove(which + 1);
        let Some(without) = ledger(&without) else { return Ok(()) };
        for view in VIEWS {
            let of = |ledger: &Ledger| ledger.versions(&duty(), Instant::MAX, view);
            prop_assert_eq!(of(&same), of(&whole));
            prop_assert_eq!(of(&stayed.value), of(&without));
        }
    }
}

/// Every day of 2025 and 2026: the answer for a day is the answer for its first instant, and, where orders say
/// "12:01 a.m.", for that minute.
#[test]
fn a_day_is_answered_as_its_first_instant() {
    let ledger = &*RECORD;
    let mut on = jiff::civil::date(2025, 1, 1);
    while on < jiff::civil::date(2026, 12, 31) {
        let asked = |text: String| {
            let at = Clocks::on(ledger.moment("USA", &text).unwrap());
            ledger.headline_total("USA", "CHN", at)
        };
        let whole = asked(on.to_string());
        assert_eq!(whole, asked(format!("{on}T00:00")), "{on}");
        assert_eq!(whole, asked(format!("{on}T00:01")), "{on}");
        on = on.checked_add(jiff::Span::new().days(5)).unwrap();
    }
}

/// Laying an empty act on the record moves no version of any measure, in any view.
#[test]
fn an_overlay_that_changes_nothing_changes_nothing() {
    let text = "[act]\nid = \"silence\"\nissuer = \"USA\"\nkind = \"statement\"\ntitle = \"nothing\"\n\
                published = \"2025-06-01\"\ncitation = \"none\"\n";
    let above = RECORD.with(&[Source::new("silence.toml", text)]).unwrap().value;
    for view in VIEWS {
        assert_eq!(above.timetable(Instant::MAX, view), RECORD.timetable(Instant::MAX, view));
    }
}

/// The record says nothing of a day before anything was published, and every measure is made by an act.
#[test]
fn nothing_is_known_before_it_is_published() {
    for act in RECORD.acts() {
        let before = act.published - jiff::SignedDuration::from_secs(1);
        let spoken = RECORD.measures().flat_map(|m| RECORD.statements_on(&m.id)).filter(|s| s.act == act.id);
        for statement in spoken {
            assert!(statement.published > before);
            if matches!(statement.verb, Verb::Make { .. }) {
                assert!(RECORD.versions(&statement.measure, before, View::Printed).is_empty(), "{}", act.id);
            }
        }
    }
}

/// In no view and on no day of the record is a point charged that no act in force then stands behind.
#[test]
fn every_point_has_an_act_behind_it() {
    for view in VIEWS {
        for (measure, versions) in RECORD.timetable(Instant::MAX, view).rows {
            for version in versions {
                let act = RECORD.act(version.act.as_str());
                assert!(act.is_some(), "{measure} rests on `{}`, which is no act", version.act);
                assert!(version.acts.contains(&version.act), "{measure}");
            }
        }
    }
}
