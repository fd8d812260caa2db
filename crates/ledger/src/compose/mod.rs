//! From a sentence to an act: the text a journalist would have written by hand.
//!
//! ```text
//! USA puts 10 % on all goods of CHN from 2026-09-15 published 2026-09-01 as "EO 15000"
//! CHN changes cn-ret-reciprocal to 34 % from 2026-11-10T13:01 published 2026-11-09
//! USA suspends 24 pp of us-duty from 2026-10-01 until 2026-12-30 then return published 2026-09-28
//! USA extends us-duty until 2027-01-01 published 2026-12-20 · USA ends us-duty from 2027-01-01 published 2026-12-20
//! USA spares 0901, 0201 of us-ieepa-brazil from 2025-11-13 published 2025-11-20
//! ```

mod sentence;

use std::fmt::Write;

use diagnostic::{Faults, Source, Warned};

use crate::Ledger;
use crate::model::ActKind;
use sentence::{Sentence, listed};

/// A text of a ledger, and where it would lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// The path inside the ledger, such as `usa/2026-09-01-eo-15000.toml`.
    pub path: String,
    /// The text.
    pub text: String,
}

impl Ledger {
    /// The act a sentence describes, read on top of this ledger to see that it stands.
    ///
    /// # Errors
    /// `bad-sentence` where the sentence lacks something; else what the text it makes would be faulted for.
    pub fn compose(&self, sentence: &str) -> Result<Warned<Composed>, Faults> {
        let said = Sentence::read(sentence, &self.areas)?;
        let composed = said.act(self);
        let read = self.with(&[Source::new(&composed.path, &composed.text)])?;
        Ok(Warned { value: composed, warnings: read.warnings })
    }
}

impl Sentence {
    fn act(&self, ledger: &Ledger) -> Composed {
        let number = self.at("as");
        let slug = number.map_or_else(|| format!("{}-{}", self.issuer, self.published), str::to_string);
        let slug = slug.to_lowercase();
        let parts = slug.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        let id = free(&parts.collect::<Vec<_>>().join("-"), |name| ledger.act(name).is_some());
        let kind = usual_kind(ledger, &self.issuer);
        let mut text =
            format!("[act]\nid = {}\nissuer = {}\nkind = \"{kind}\"\n", quoted(&id), quoted(&self.issuer));
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
        match self.verb.word {
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
        let table = if self.verb.word == "puts" { "[[measure]]" } else { "[[event]]" };
        let when = |mark: &str| self.at(mark).map(quoted);
        match self.verb.word {
            "puts" => {
                let name = format!("{}-{act}", self.issuer.to_lowercase());
                lines.push(("id", quoted(&free(&name, |name| ledger.measure(name).is_some()))));
                lines.push(("origin", array(listed(self.at("of").unwrap_or_default(), &ledger.areas))));
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

fn list(text: &str) -> String {
    array(text.split([',', ' ']).filter(|name| !name.is_empty() && *name != "and"))
}

fn array<N: AsRef<str>>(names: impl IntoIterator<Item = N>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| quoted(name.as_ref())).collect();
    format!("[{}]", names.join(", "))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The name itself, or the first free one with a number after it.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.to_string()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}
