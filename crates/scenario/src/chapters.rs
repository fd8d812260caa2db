//! Chapters of the Harmonised System by the industry that makes most of what they hold.

use diagnostic::Diagnostic;
use economy::Economy;
use terms::SectorId;

/// The first and last chapter of each stretch, and the industry (ISIC Rev. 4, as the OECD tables group it).
///
/// DIFFERENCE: a chapter is given to one industry, the one with most of it; chapter 27 to the refiners, though crude oil
/// is mined, and chapter 3 to fishing, though some fish is prepared.
const CHAPTERS: [(u8, u8, &str); 35] = [
    (1, 2, "A01"),
    (3, 3, "A03"),
    (4, 4, "C10T12"),
    (5, 10, "A01"),
    (11, 11, "C10T12"),
    (12, 14, "A01"),
    (15, 24, "C10T12"),
    (25, 25, "B08"),
    (26, 26, "B07"),
    (27, 27, "C19"),
    (28, 29, "C20"),
    (30, 30, "C21"),
    (31, 38, "C20"),
    (39, 40, "C22"),
    (41, 43, "C13T15"),
    (44, 46, "C16"),
    (47, 49, "C17_18"),
    (50, 67, "C13T15"),
    (68, 70, "C23"),
    (71, 71, "C24B"),
    (72, 72, "C24A"),
    (73, 73, "C25"),
    (74, 76, "C24B"),
    (78, 81, "C24B"),
    (82, 83, "C25"),
    (84, 84, "C28"),
    (85, 85, "C27"),
    (86, 86, "C302T309"),
    (87, 87, "C29"),
    (88, 88, "C302T309"),
    (89, 89, "C301"),
    (90, 91, "C26"),
    (92, 92, "C31T33"),
    (93, 93, "C25"),
    (94, 97, "C31T33"),
];

/// The words of a flag that takes lists: commas between them, or the flag again.
///
/// # Errors
/// `unknown-sector` for an empty place.
pub(crate) fn words<'a>(lists: &'a [String], flag: &str) -> Result<Vec<&'a str>, Diagnostic> {
    let words: Vec<&str> = lists.iter().flat_map(|list| list.split(',')).map(str::trim).collect();
    match words.iter().any(|word| word.is_empty()) {
        true => Err(Diagnostic::error("unknown-sector", format!("a place in the list of `{flag}` is empty"))
            .help(format!("put one comma between two names: `{flag} NFM,STL`, or say `{flag}` again"))),
        false => Ok(words),
    }
}

/// The sector that `HS:30`, or a sector's own code, means.
///
/// # Errors
/// `unknown-sector`.
pub(crate) fn sector(economy: &Economy, word: &str) -> Result<SectorId, Diagnostic> {
    let Some(code) = word.strip_prefix("HS:") else {
        return economy.sector_id(word).ok_or_else(|| economy.unknown_sector(word));
    };
    let digits: String = code.chars().filter(char::is_ascii_digit).take(2).collect();
    let industry = digits
        .parse::<u8>()
        .ok()
        .filter(|chapter| *chapter > 0 && digits.len() == 2)
        .and_then(|chapter| CHAPTERS.iter().find(|(from, to, _)| (*from..=*to).contains(&chapter)))
        .map(|(.., industry)| *industry);
    let held = |industry: &str| {
        economy.sector_ids().find(|s| {
            let entry = economy.sector(*s);
            let members = entry.extra.get("members").map_or("", String::as_str);
            entry.code.as_str() == industry || members.split(';').any(|member| member.trim() == industry)
        })
    };
    industry.and_then(held).ok_or_else(|| {
        Diagnostic::error(
            "unknown-sector",
            format!("`{word}` is no chapter that a sector of `{}` holds", economy.name()),
        )
        .help("write `HS:30` with two digits and more, or a sector's own code")
    })
}
