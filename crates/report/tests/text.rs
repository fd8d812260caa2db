//! What the page of text and the data promise.

#![allow(clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the message")]

mod sample;

use report::{data, sentence, table, text};

#[test]
fn no_line_is_wider_than_eighty_columns() {
    for brief in [sample::june_2025(), sample::may_2025(), sample::march_2026(), sample::bare()] {
        let page = text::brief(&brief);
        for line in page.lines() {
            assert!(table::width(line) <= 80, "{line}");
            assert_eq!(line.trim_end(), line, "{line:?} ends in white space");
        }
    }
}

#[test]
fn the_text_opens_with_the_answer() {
    let page = text::brief(&sample::june_2025());
    let said: String = page.lines().skip(2).take(2).collect::<Vec<_>>().join(" ");
    assert_eq!(
        said,
        "64 days left: if the truce lapses, US duties on Chinese goods return to 54 % and Chinese duties on US goods to 34 %."
    );
}

#[test]
fn a_part_can_be_printed_alone() {
    let brief = sample::june_2025();
    for (part, wanted) in [
        (text::status(&brief.account), "EO 14228; 90 FR 11426"),
        (text::truce(&brief), "145 cannot return"),
        (text::claims(&brief.account), "Answered by Ministry of Commerce (China) on 2 June"),
        (text::talks(&brief.account), "Howard Lutnick"),
        (text::pending(&brief.account), "12 August 2025, in 64 days"),
        (text::controls(&brief.account), "seven rare earths"),
    ] {
        assert!(part.replace("\n    ", " ").replace("\n  ", " ").contains(wanted), "{wanted} in\n{part}");
    }
}

#[test]
fn headlines_tell_the_three_states_of_the_conflict() {
    let mut brief = sample::june_2025();
    assert_eq!(
        sentence::headline(&sample::march_2026().account),
        "245 days left: if the truce lapses, Chinese duties on US goods return to 34 %"
    );
    brief.account.truce = None;
    assert_eq!(
        sentence::headline(&brief.account),
        "US duties on Chinese goods stand at 30 % and Chinese duties on US goods at 10 %; no truce is in force"
    );
    assert_eq!(
        sentence::headline(&sample::bare().account),
        "Neither side charges a duty on all of the other's goods"
    );
}

#[test]
fn numbers_leave_as_they_came_in_data_and_rounded_in_words() {
    let mut brief = sample::june_2025();
    brief.costs[0].countries[0].real_income_pct = -0.123_456_789;
    assert!(data::countries_csv(&brief).contains("-0.123456789"));
    assert!(data::json(&brief).unwrap().contains("-0.123456789"));
    assert!(text::brief(&brief).contains("−0.12 %") && !text::brief(&brief).contains("0.1234"));
}

#[test]
fn country_rows_are_one_table() {
    let csv = data::countries_csv(&sample::june_2025());
    let columns = csv.lines().next().unwrap().split(',').count();
    assert_eq!((columns, csv.lines().count()), (13, 1 + 3 * 32));
    assert!(csv.lines().all(|line| line.split(',').count() == columns));
}
