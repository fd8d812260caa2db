//! Which countries and sectors become one: the text of an aggregation.

use std::collections::HashMap;

use diagnostic::{Diagnostic, Faults, Source, help_nearest};
use indexmap::IndexMap;
use toml::de::{DeTable, DeValue};

use crate::{Draft, findings::Findings};

/// Groups of countries and of sectors that become one each, read from TOML:
///
/// ```toml
/// name = "five"
///
/// [countries]
/// EU = ["DEU", "FRA", "ITA"]      # the group's code, and its members
/// ROW = ["*"]                     # everything not named elsewhere
///
/// [sectors]
/// SER = ["TRD", "TRN"]
///
/// [names]
/// EU = "European Union"
/// ```
///
/// A country or sector that is not named keeps to itself, unless a group takes `*`. Groups stand where their
/// first member stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The name of the economy that comes out, if the text gives one.
    pub name: Option<String>,
    /// The countries that come out.
    pub(crate) countries: Groups,
    /// The sectors that come out.
    pub(crate) sectors: Groups,
}

/// The groups of one list, in the order in which they come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Groups {
    /// Code, name and members (places in the old list) of each group.
    pub groups: Vec<Group>,
    /// The group of each old place.
    pub group_of: Vec<usize>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub code: String,
    pub name: Option<String>,
    pub members: Vec<usize>,
}

impl Mapping {
    /// Reads the text of a mapping for the lists of `draft`.
    ///
    /// # Errors
    /// All faults together: text that is no TOML, keys that mean nothing, members that do not exist or belong
    /// to two groups, a group called like a country or sector that stays outside it.
    pub fn read(source: &Source, draft: &Draft) -> Result<Self, Faults> {
        let mut findings = Findings::default();
        let (table, errors) = DeTable::parse_recoverable(source.text());
        for error in &errors {
            let fault = Diagnostic::error("bad-toml", format!("`{}` is not valid TOML", source.name()));
            findings.push(fault.at(source.at(error.span().unwrap_or(0..0)), error.message()));
        }
        let table = table.into_inner();
        const KEYS: [&str; 4] = ["name", "countries", "sectors", "names"];
        for key in table.keys().filter(|key| !KEYS.contains(&key.get_ref().as_ref())) {
            let fault =
                Diagnostic::error("unknown-key", format!("`{}` is not a key of a mapping", key.get_ref()))
                    .at(source.at(key.span()), "nothing here has this name")
                    .note(format!("its keys are {}", KEYS.join(", ")));
            findings.push(fault.help_if(help_nearest(key.get_ref(), KEYS)));
        }
        let countries: Vec<&str> = draft.countries.iter().map(|entry| entry.code.as_str()).collect();
        let sectors: Vec<&str> = draft.sectors.iter().map(|entry| entry.code.as_str()).collect();
        let mut reader = Reader { source, table: &table, findings: &mut findings };
        let mapping = Self {
            name: table.get("name").and_then(|name| name.get_ref().as_str()).map(str::to_owned),
            countries: reader.groups("countries", "country", "unknown-country", &countries),
            sectors: reader.groups("sectors", "sector", "unknown-sector", &sectors),
        };
        findings.finish().or(mapping)
    }
}

struct Reader<'a, 'i> {
    source: &'a Source,
    table: &'a DeTable<'i>,
    findings: &'a mut Findings,
}

impl Reader<'_, '_> {
    fn groups(&mut self, key: &str, what: &str, unknown: &'static str, list: &[&str]) -> Groups {
        let places: HashMap<&str, usize> = list.iter().enumerate().map(|(at, code)| (*code, at)).collect();
        let mut named: IndexMap<String, Vec<usize>> = IndexMap::new();
        let mut taken: Vec<Option<String>> = vec![None; list.len()];
        let mut rest: Option<String> = None;
        let written = self.table.get(key).map(|value| (value.get_ref(), value.span()));
        let empty = DeTable::default();
        let table = match written {
            None => &empty,
            Some((DeValue::Table(table), _)) => table,
            Some((_, span)) => {
                let fault = Diagnostic::error("bad-value", format!("`{key}` is not a table of groups"));
                self.findings
                    .push(fault.at(self.source.at(span), "write `[countries]` and a line for each group"));
                &empty
            }
        };
        // The keys of a table are sorted when read; the text's own order is that of their places.
        let mut lines: Vec<_> = table.iter().collect();
        lines.sort_by_key(|(code, _)| code.span().start);
        for (code, members) in lines {
            let group = code.get_ref().trim().to_owned();
            let members: Vec<_> = match members.get_ref() {
                DeValue::Array(array) => array.iter().collect(),
                _ => vec![members],
            };
            let entry = named.entry(group.clone()).or_default();
            for member in members {
                let place = self.source.at(member.span());
                let Some(word) = member.get_ref().as_str() else {
                    let fault =
                        Diagnostic::error("bad-value", format!("a member of `{group}` is not a text"));
                    self.findings.push(fault.at(place, format!("write the code of a {what} in quotes")));
                    continue;
                };
                if word == "*" {
                    if let Some(first) = rest.replace(group.clone()) {
                        let message = format!("`{first}` and `{group}` both take the rest");
                        self.findings.push(Diagnostic::error("two-groups", message).at(place, "here again"));
                    }
                    continue;
                }
                let Some(&at) = places.get(word) else {
                    let fault =
                        Diagnostic::error(unknown, format!("`{word}` is not a {what} of this economy"))
                            .at(place, format!("no {what} has this code here"));
                    self.findings.push(fault.help_if(help_nearest(word, list.iter().copied())));
                    continue;
                };
                if let Some(first) = taken[at].replace(group.clone()) {
                    let message = format!("`{word}` belongs to `{first}` and to `{group}`");
                    self.findings.push(Diagnostic::error("two-groups", message).at(place, "here again"));
                    continue;
                }
                entry.push(at);
            }
        }
        for (at, code) in list.iter().enumerate().filter(|(at, _)| taken[*at].is_none()).collect::<Vec<_>>() {
            let group = rest.clone().unwrap_or_else(|| (*code).to_owned());
            if rest.is_none() && named.contains_key(*code) {
                let message = format!("the group `{code}` is called like a {what} that is not its member");
                let fault =
                    Diagnostic::error("two-groups", message).at(self.source.whole(), "in this mapping");
                self.findings.push(fault.help(format!("add `{code}` to its members, or call it otherwise")));
            }
            named.entry(group.clone()).or_default().push(at);
            taken[at] = Some(group);
        }
        let names = self.table.get("names").and_then(|names| names.get_ref().as_table());
        let name = |code: &str| names?.get(code)?.get_ref().as_str().map(str::to_owned);
        let mut groups: Vec<Group> = named
            .into_iter()
            .filter(|(_, members)| !members.is_empty())
            .map(|(code, mut members)| {
                members.sort_unstable();
                Group { name: name(&code), code, members }
            })
            .collect();
        groups.sort_by_key(|group| group.members[0]);
        let mut group_of = vec![0; list.len()];
        for (at, group) in groups.iter().enumerate() {
            group.members.iter().for_each(|member| group_of[*member] = at);
        }
        Groups { groups, group_of }
    }
}
