//! From a sentence to an act: the text a journalist would have written by hand.
//!
//! ```text
//! USA puts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01 as "EO 15000"
//! CHN changes cn-ret-reciprocal to 34 % from 2026-11-10T13:01 published 2026-11-09
//! USA suspends 24 pp of us-duty from 2026-10-01 until 2026-12-30 then return published 2026-09-28
//! USA extends us-duty until 2027-01-01 published 2026-12-20 · USA ends us-duty from 2027-01-01 published 2026-12-20
//! USA spares 0901, 0201 of us-ieepa-brazil from 2025-11-13 published 2025-11-20
//! ```

use std::fmt::Write;

use diagnostic::{Diagnostic, Faults, Source, Warned, help_nearest};

use crate::Ledger;
use crate::model::ActKind;

/// A text of a ledger, and where it would lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The path inside the ledger, such as `usa/2026-09-01-eo-15000.toml`.
    pub path: String,
    /// The text.
    pub text: String,
}

const VERBS: [&str; 8] = ["puts", "changes", "spares", "suspends", "extends", "resumes", "ends", "voids"];
const MARKS: [&str; 11] =
    ["on", "of", "to", "from", "until", "for", "then", "published", "as", "cite", "titled"];

impl Ledger {
    /// The act a sentence describes, read on top of this ledger to see that it stands.
    ///
    /// # Errors
    /// `bad-sentence` where the sentence lacks something; else what the text it makes would be faulted for.
    pub fn compose(&self, sentence: &str) -> Result<Warned<Composed>, Faults> {
        let said = Sentence::read(sentence)?;
        let composed = said.act(self);
        let read = self.with(&[Source::new(&composed.path, &composed.text)])?;
        Ok(Warned { value: composed, warnings: read.warnings })
    }
}

/// A sentence taken apart at its marks: what stands before the first, and what follows each.
struct Sentence<'s> {
    issuer: &'s str,
    verb: &'s str,
    what: String,
    marked: Vec<(&'s str, String)>,
    published: String,
}

impl<'s> Sentence<'s> {
    fn read(sentence: &'s str) -> Result<Self, Diagnostic> {
        let page = Source::new("sentence", sentence);
        let fault =
            |message: String| Diagnostic::error("bad-sentence", message).at(page.whole(), "this sentence");
        let words = words(sentence);
        let mut words = words.into_iter().peekable();
        let (Some(issuer), Some(verb)) = (words.next(), words.next()) else {
            return Err(fault("the sentence says nothing".into())
                .help("write `USA puts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01`"));
        };
        if !VERBS.contains(&verb) {
            return Err(fault(format!("`{verb}` is not what a government does here"))
                .help(help_nearest(verb, VERBS).unwrap_or_else(|| format!("one of {}", VERBS.join(", ")))));
        }
        let mut what = String::new();
        let mut marked: Vec<(&str, String)> = Vec::new();
        for word in words {
            if let Some(quoted) = word.strip_prefix('"') {
                let into = marked.last_mut().map_or(&mut what, |(_, text)| text);
                into.push_str(quoted.trim_end_matches('"'));
            } else if MARKS.contains(&word) {
                marked.push((word, String::new()));
            } else {
                let into = marked.last_mut().map_or(&mut what, |(_, text)| text);
                if !into.is_empty() {
                    into.push(' ');
                }
                into.push_str(word);
            }
        }
        let mut said = Self { issuer, verb, what, marked, published: String::new() };
        let needed: &[&str] = match verb {
            "puts" => &["on", "of", "from"],
            "changes" => &["to", "from"],
            "spares" => &["of", "from"],
            "extends" => &["until"],
            _ => &["from"],
        };
        for mark in needed.iter().chain(&["published"]) {
            if said.at(mark).is_none() {
                return Err(fault(format!("the sentence does not say `{mark} …`"))
                    .help("moments are `2026-09-15` or `2026-09-15T12:01`; `published` is the day it could be known"));
            }
        }
        said.published = said.at("published").unwrap_or_default().to_string();
        Ok(said)
    }

    fn at(&self, mark: &str) -> Option<&str> {
        self.marked.iter().find(|(name, _)| *name == mark).map(|(_, text)| text.as_str())
    }

    /// The measure spoken of: after `of` where something of it is meant, else after the verb.
    fn measure(&self) -> &str {
        self.at("of").unwrap_or(&self.what)
    }

    fn act(&self, ledger: &Ledger) -> Composed {
        let number = self.at("as");
        let slug = number.map_or_else(|| format!("{}-{}", self.issuer, self.published), str::to_string);
        let slug = slug.to_lowercase();
        let parts = slug.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        let id = free(&parts.collect::<Vec<_>>().join("-"), |name| ledger.act(name).is_some());
        let kind = usual_kind(ledger, self.issuer);
        let mut text =
            format!("[act]\nid = {}\nissuer = {}\nkind = \"{kind}\"\n", quoted(&id), quoted(self.issuer));
        let mut line = |key: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{key} = {}", quoted(value));
        };
        if let Some(number) = number {
            line("number", number);
        }
        line("title", self.at("titled").unwrap_or(&self.title()));
        line("published", &self.published);
        line("citation", self.at("cite").or(number).unwrap_or("not cited"));
        text.push('\n');
        text.push_str(&self.effect(&id, ledger));
        Composed { path: format!("{}/{}-{id}.toml", self.issuer.to_lowercase(), self.published), text }
    }

    fn title(&self) -> String {
        match self.verb {
            "puts" => format!(
                "{} on {} of {}",
                self.what,
                self.at("on").unwrap_or_default(),
                self.at("of").unwrap_or_default()
            ),
            "spares" => format!("spares {} of {}", self.what, self.measure()),
            verb => format!("{verb} {}", self.measure()),
        }
    }

    fn effect(&self, act: &str, ledger: &Ledger) -> String {
        let mut lines: Vec<(&str, String)> = Vec::new();
        let table = if self.verb == "puts" { "[[measure]]" } else { "[[event]]" };
        let when = |mark: &str| self.at(mark).map(quoted);
        match self.verb {
            "puts" => {
                let name = format!("{}-{act}", self.issuer.to_lowercase());
                lines.push(("id", quoted(&free(&name, |name| ledger.measure(name).is_some()))));
                lines.push(("origin", list(self.at("of").unwrap_or_default())));
                let goods = self.at("on").unwrap_or_default();
                let all = matches!(goods, "all goods" | "all");
                lines.push(("goods", if all { quoted("all") } else { list(goods) }));
                lines.push(("rate", quoted(&self.what)));
            }
            "changes" => {
                lines.push(("change", quoted(self.measure())));
                lines.push(("rate", quoted(self.at("to").unwrap_or_default())));
            }
            "spares" => {
                lines.push(("change", quoted(self.measure())));
                lines.push(("spare_goods", list(&self.what)));
            }
            "suspends" => {
                lines.push(("suspend", quoted(self.measure())));
                if self.at("of").is_some() {
                    lines.push(("points", quoted(&self.what)));
                }
                // Named by the act, so that a later one can suspend the same measure again.
                lines.push(("window", quoted(act)));
            }
            "extends" => {
                lines.push(("extend", quoted(self.measure())));
                if self.at("of").is_some() {
                    lines.push(("window", quoted(&self.what)));
                }
            }
            "resumes" => lines.push(("resume", quoted(self.measure()))),
            "voids" => lines.push(("void", quoted(self.measure()))),
            _ => lines.push(("terminate", quoted(self.measure()))),
        }
        lines.extend(when("from").map(|from| ("from", from)));
        lines.extend(when("until").map(|until| ("until", until)));
        lines.extend(when("for").map(|length| ("for", length)));
        lines.extend(when("then").map(|then| ("on_lapse", then)));
        let lines: String = lines.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        format!("{table}\n{lines}")
    }
}

/// The kind of act by which a government most often makes measures in this ledger; a notice where it has made none.
fn usual_kind(ledger: &Ledger, issuer: &str) -> &'static str {
    let made_by = |kind: ActKind| {
        let acts = ledger.measures().filter_map(|measure| ledger.act(measure.made_by.as_str()));
        acts.filter(|act| act.issuer == *issuer && act.kind == kind).count()
    };
    let usual =
        ActKind::ALL.iter().max_by_key(|(_, kind)| made_by(*kind)).filter(|(_, kind)| made_by(*kind) > 0);
    usual.map_or("notice", |(word, _)| word)
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

fn list(text: &str) -> String {
    let names = text.split([',', ' ']).filter(|name| !name.is_empty() && *name != "and");
    format!("[{}]", names.map(quoted).collect::<Vec<_>>().join(", "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name itself, or the first free one with a number after it.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_string()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}
