//! Every game as a page and as a figure: self-contained, for both screens, with its numbers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod door;

use door::detente;

/// Three invented countries.
const THREE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/three-countries");

#[test]
fn every_game_answers_as_a_page_and_as_a_figure() {
    for (words, figures) in [
        (&*format!("best ARC --instrument sector --economy {THREE}"), 2),
        (&format!("war --border both --economy {THREE}"), 3),
        (&format!("bargain ARC BRU --economy {THREE}"), 1),
        (&format!("coalitions ARC BRU CAL --economy {THREE}"), 1),
        ("weights USA", 1),
        ("retaliate CHN USA --cap 2bn --from base", 1),
        ("play --levels 0,25 --months 24", 1),
    ] {
        let page = detente(&format!("{words} --format html"));
        assert_eq!(page.code, 0, "{words}: {}", page.err);
        for screen in ["figure wide", "figure narrow", "<details><summary>Numbers</summary>", "download="] {
            assert_eq!(page.out.matches(screen).count(), figures, "{words}: {screen}");
        }
        assert!(page.out.contains("default-src 'none'"), "{words}");
        for outside in ["src=", "href=\"http", "@import", "<script"] {
            assert!(!page.out.contains(outside), "{words}: {outside}");
        }
        assert!(page.out.contains("Manifest detente:"), "the text stands under the figures: {words}");
        let alone = detente(&format!("{words} --format svg"));
        assert!(alone.out.contains("<svg") && alone.out.contains("<desc"), "{words}: {}", alone.err);
    }
    // A long match is drawn from where it begins to move; its numbers hold every month.
    let long = detente("play USA CHN --noise 0.02 --path 'tit for tat,contrite' --format html");
    assert!(long.out.contains("of 240, from where a side first leaves"), "{}", long.err);
    assert!(long.out.contains(">240</td>"), "the last month stands in the table");
    let none = detente("weights SGP --format svg");
    assert_eq!(none.code, 2);
    assert!(none.err.contains("there is no figure to draw: it needs a country whose duties have weights"));
    let act = detente("retaliate USA CHN --cap 2bn --as-act 2026-12-01 --format html");
    assert_eq!(act.code, 2, "{}", act.err);
}
