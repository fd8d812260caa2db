//! A sentence taken apart: who, what it does, what of, and what each mark says.

use diagnostic::{Diagnostic, Faults, Source, help_nearest};

use crate::model::Areas;

/// What a government can do to a measure: the word the ledger's texts are made from, other words for it that people
/// write, the marks without which it says too little, and a whole sentence to copy.
pub(super) struct Verb {
    pub(super) word: &'static str,
    others: &'static [&'static str],
    needs: &'static [&'static str],
    form: &'static str,
}

const VERBS: [Verb; 8] = [
    Verb {
        word: "puts",
        others: &["imposes", "levies", "lays", "charges"],
        needs: &["on", "of", "from", "published"],
        form: "USA puts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01",
    },
    Verb {
        word: "changes",
        others: &["sets", "raises", "cuts", "lowers", "reduces"],
        needs: &["to", "from", "published"],
        form: "CHN changes cn-ret-reciprocal to 34 % from 2026-11-10 published 2026-11-09",
    },
    Verb {
        word: "spares",
        others: &["exempts", "excludes"],
        needs: &["of", "from", "published"],
        form: "USA spares 0901, 0201 of us-ieepa-brazil from 2025-11-13 published 2025-11-20",
    },
    Verb {
        word: "suspends",
        others: &["pauses"],
        needs: &["from", "published"],
        form: "USA suspends 24 pp of us-duty from 2026-10-01 until 2026-12-30 then return published 2026-09-28",
    },
    Verb {
        word: "extends",
        others: &["prolongs"],
        needs: &["until", "published"],
        form: "USA extends us-duty until 2027-01-01 published 2026-12-20",
    },
    Verb {
        word: "resumes",
        others: &["reinstates", "restores"],
        needs: &["from", "published"],
        form: "CHN resumes cn-ret-reciprocal from 2026-09-10 published 2026-09-02",
    },
    Verb {
        word: "ends",
        others: &["terminates", "lifts", "repeals", "withdraws", "revokes"],
        needs: &["from", "published"],
        form: "USA ends us-duty from 2027-01-01 published 2026-12-20",
    },
    Verb {
        word: "voids",
        others: &["annuls"],
        needs: &["from", "published"],
        form: "USA voids us-duty from 2026-02-24 published 2026-02-20",
    },
];

const MARKS: [&str; 11] =
    ["on", "of", "to", "from", "until", "for", "then", "published", "as", "cite", "titled"];

/// A sentence taken apart at its marks: what stands before the first, and what follows each.
pub(super) struct Sentence {
    pub(super) issuer: String,
    pub(super) verb: &'static Verb,
    pub(super) what: String,
    marked: Vec<(&'static str, String)>,
    pub(super) published: String,
}

impl Sentence {
    /// Reads a sentence. Countries and groups may be named as the ledger names them, in place of their codes.
    ///
    /// # Errors
    /// `bad-sentence` for a deed that is not known, a mark said twice, and every mark that lacks.
    pub(super) fn read(sentence: &str, areas: &Areas) -> Result<Self, Faults> {
        let page = Source::new("sentence", sentence);
        let fault =
            |message: String| Diagnostic::error("bad-sentence", message).at(page.whole(), "this sentence");
        let words = words(sentence);
        let (issuer, length) = first_area(&words, areas);
        let Some((said, rest)) = words.get(length..).and_then(<[_]>::split_first) else {
            let nothing = fault("the sentence says nothing".into());
            return Err(nothing.help(format!("write `{}`", VERBS[0].form)).into());
        };
        let named = |verb: &&Verb| verb.word == *said || verb.others.contains(said);
        let Some(verb) = VERBS.iter().find(named) else {
            let known = || VERBS.iter().flat_map(|verb| std::iter::once(&verb.word).chain(verb.others));
            let near = help_nearest(said, known().copied());
            let all = || format!("one of {}", VERBS.map(|verb| verb.word).join(", "));
            let unknown = fault(format!("`{said}` is not what a government does here"));
            return Err(unknown.help(near.unwrap_or_else(all)).into());
        };

        let mut faults = Faults::new();
        let mut what = String::new();
        let mut marked: Vec<(&str, String)> = Vec::new();
        for word in rest {
            let into = marked.last_mut().map_or(&mut what, |(_, text)| text);
            if let Some(quoted) = word.strip_prefix('"') {
                into.push_str(quoted.trim_end_matches('"'));
            } else if let Some(mark) = MARKS.iter().find(|mark| *mark == word) {
                if marked.iter().any(|(name, _)| name == mark) {
                    faults.push(fault(format!("the sentence says `{mark}` twice")).help(write_like(verb)));
                }
                marked.push((mark, String::new()));
            } else {
                if !into.is_empty() {
                    into.push(' ');
                }
                into.push_str(word);
            }
        }
        let at = |mark: &str| {
            marked.iter().find(|(name, text)| *name == mark && !text.is_empty()).map(|(_, text)| text)
        };
        let lacking: Vec<String> =
            verb.needs.iter().filter(|mark| at(mark).is_none()).map(|mark| format!("`{mark} …`")).collect();
        if !lacking.is_empty() {
            faults.push(
                fault(format!("the sentence does not say {}", lacking.join(", "))).help(write_like(verb)),
            );
        }
        let published = at("published").cloned().unwrap_or_default();
        faults.or(Self { issuer, verb, what, marked, published })
    }

    /// What follows a mark.
    pub(super) fn at(&self, mark: &str) -> Option<&str> {
        self.marked.iter().find(|(name, _)| *name == mark).map(|(_, text)| text.as_str())
    }

    /// The measure spoken of: after `of` where something of it is meant, else after the verb.
    pub(super) fn measure(&self) -> &str {
        self.at("of").unwrap_or(&self.what)
    }
}

fn write_like(verb: &Verb) -> String {
    format!(
        "write it like `{}`; moments are `2026-09-15` or `2026-09-15T12:01`, and `published` is the day it could \
         be known",
        verb.form
    )
}

/// Words between white space; what stands in quotes is one word, its first quote kept as a sign.
fn words(sentence: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = sentence.trim();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"') {
            Some(inner) => inner.find('"').map_or(rest.len(), |at| at + 2),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        let (word, left) = rest.split_at(end);
        words.push(word.trim_end_matches([',', '.']));
        rest = left.trim_start();
    }
    words
}

/// The code of the country or group that the first words name, and how many words that took; the first word itself
/// where they name none.
fn first_area(words: &[&str], areas: &Areas) -> (String, usize) {
    let article = usize::from(words.first().is_some_and(|word| word.eq_ignore_ascii_case("the")));
    let named = (1..=words.len() - article.min(words.len())).rev().find_map(|length| {
        let name = words[article..article + length].join(" ");
        Some((areas.code_of(&name)?.to_string(), article + length))
    });
    named.unwrap_or_else(|| (words.first().copied().unwrap_or_default().to_string(), 1))
}

/// Codes of the countries and groups in a list, which may name them in place of a code: `CHN, South Korea and Japan`.
/// What names none is left as it stands, for the reader of the act to fault at its place.
pub(super) fn listed(text: &str, areas: &Areas) -> Vec<String> {
    let words: Vec<&str> = text.split([',', ' ']).filter(|word| !word.is_empty()).collect();
    let mut codes = Vec::new();
    let mut left = words.as_slice();
    while !left.is_empty() {
        let (code, length) = first_area(left, areas);
        left = &left[length..];
        if code != "and" {
            codes.push(code);
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use terms::Country;

    use super::*;
    use crate::model::Group;

    fn areas() -> Areas {
        let countries = [
            ("BIH", "Bosnia and Herzegovina"),
            ("CHN", "China"),
            ("KOR", "South Korea"),
            ("USA", "United States"),
        ];
        let countries = countries.map(|(code, name)| (Country::new(code), name.to_string()));
        let union = Group { name: "European Union".into(), ..Group::default() };
        Areas {
            countries: countries.into_iter().collect(),
            groups: [(Country::new("EU"), union)].into_iter().collect(),
        }
    }

    #[test]
    fn lists_name_countries_by_code_or_name() {
        let codes = listed("CHN, South Korea, Bosnia and Herzegovina and the European Union", &areas());
        assert_eq!(codes, ["CHN", "KOR", "BIH", "EU"]);
        assert_eq!(listed("CHN and Atlantis", &areas()), ["CHN", "Atlantis"]);
    }

    #[test]
    fn an_issuer_may_be_named() {
        let said = "The United States imposes 5 % on all goods of China from 2026-10-01 published 2026-09-01";
        let read = Sentence::read(said, &areas()).map_err(|faults| faults.to_string());
        let read = read.as_ref().map(|read| (read.issuer.as_str(), read.verb.word, read.what.as_str()));
        assert_eq!(read, Ok(("USA", "puts", "5 %")));
    }
}
