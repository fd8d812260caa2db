//! What the page promises: it stands alone, asks for nothing, keeps words words, and says what is not there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod sample;

use report::page::{html, threads};

#[test]
fn the_page_asks_nothing_of_any_other_site() {
    let page = html(&sample::june_2025()).unwrap();
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'"));
    // The only addresses are the name of SVG's vocabulary.
    let addresses = page.matches("http").count();
    assert_eq!(
        addresses,
        page.matches("http://www.w3.org/2000/svg").count() + page.matches("http-equiv").count()
    );
    for door in [" src=", "@import", "url(", "<link", "<iframe", "fetch(", "XMLHttpRequest", "import("] {
        assert!(!page.contains(door), "{door}");
    }
}

#[test]
fn links_lead_into_the_page_or_carry_their_data() {
    let page = html(&sample::june_2025()).unwrap();
    for link in page.split("href=\"").skip(1) {
        assert!(link.starts_with('#') || link.starts_with("data:text/csv"), "{}", &link[..40]);
    }
}

#[test]
fn the_page_says_what_the_week_asked() {
    let page = html(&sample::june_2025()).unwrap().replace('\u{a0}', " ");
    for said in [
        "64 days left: if the truce lapses, US duties on Chinese goods return to 54 % and Chinese duties on US goods to 34 %",
        "is on day 27 of 90 and ends on 12 August 2025, in 64 days",
        "30 → 54 %",
        "10 → 34 %",
        "EO 14298",
        "Howard Lutnick",
        "No answer of the Chinese side is on record",
        "covers the licensing of rare earths of 4 April",
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn every_id_is_used_once() {
    for brief in [sample::june_2025(), sample::bare()] {
        let page = html(&brief).unwrap();
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}

#[test]
fn elements_open_and_close_in_order() {
    const VOID: [&str; 4] = ["meta", "br", "input", "!doctype"];
    for brief in [sample::june_2025(), sample::bare()] {
        let page = html(&brief).unwrap();
        // Scripts and styles hold text, not elements.
        let page: String = page
            .split("<style")
            .enumerate()
            .map(|(k, part)| if k == 0 { part } else { part.split_once("</style>").unwrap().1 })
            .collect();
        let page: String = page
            .split("<script>")
            .enumerate()
            .map(|(k, part)| if k == 0 { part } else { part.split_once("</script>").unwrap().1 })
            .collect();
        let mut open: Vec<String> = Vec::new();
        for tag in page.split('<').skip(1) {
            let (inside, _) = tag.split_once('>').unwrap();
            let name: String =
                inside.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '!')).collect();
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop().as_deref(), Some(closed)),
                None if VOID.contains(&name.as_str()) || inside.ends_with('/') => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let mut brief = sample::june_2025();
    let hostile = "<script>alert(1)</script><img src=x onerror='x'>\"";
    brief.account.title = hostile.into();
    brief.account.parties[0].name = hostile.into();
    brief.account.parties[0].adjective = hostile.into();
    brief.account.claims[0].text = hostile.into();
    brief.account.claims[0].about = Some(hostile.into());
    brief.account.talks[0].venue = hostile.into();
    brief.account.directions[0].parts[0].citation = hostile.into();
    brief.account.controls[0].items = hostile.into();
    brief.account.definitions[0].meaning = hostile.into();
    brief.costs[0].countries[3].name = hostile.into();
    brief.costs[0].key = "to day\" onclick=\"x".into();
    let page = html(&brief).unwrap();
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains("<img") && !page.contains("onclick=\"x"));
}

#[test]
fn a_brief_without_truce_talks_or_numbers_is_still_a_page() {
    let page = html(&sample::bare()).unwrap();
    assert!(page.contains("Neither side charges a duty on all of the other&#39;s goods"));
    assert!(page.contains("How we know"));
    assert!(!page.contains("<figure"));
}

#[test]
fn claims_gather_around_their_answers() {
    let brief = sample::june_2025();
    let threads = threads(&brief.account.claims);
    let ids: Vec<Vec<&str>> = threads.iter().map(|t| t.iter().map(|c| c.id.as_str()).collect()).collect();
    assert_eq!(ids, [vec!["clm-2025-05-30", "clm-2025-05-30b", "clm-2025-06-02"], vec!["clm-2019-05-05"]]);
}
