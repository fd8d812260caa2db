//! A list as an act of the importer, in the ledger's own text.

use diagnostic::Faults;

use ledger::Ledger;

use super::RetaliationAnswer;

/// The act that puts the duty on the lines from a day on, as `add` would write it.
///
/// # Errors
/// `bad-sentence` for a day that is none; what the text would be faulted for.
pub(super) fn of(found: &RetaliationAnswer, from: &str, ledger: &Ledger) -> Result<String, Faults> {
    let mut lines: Vec<String> =
        found.lines.iter().flat_map(|lines| &lines.listed).map(|line| line.line.to_string()).collect();
    lines.sort();
    let RetaliationAnswer { importer, exporter, rate_pct, .. } = found;
    let sentence = format!(
        "{importer} puts \"{rate_pct} %\" on \"{}\" of {exporter} from {from} published {from} titled \"answer to {exporter}\"",
        lines.join(", ")
    );
    let composed = ledger.compose(&sentence)?;
    Ok(format!("# {}\n{}", composed.value.path, composed.value.text))
}
