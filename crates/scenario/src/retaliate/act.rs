//! A list as an act of the importer, in the ledger's own text.

use diagnostic::Faults;

use super::{RetaliationAnswer, RetaliationQuestion};
use crate::records::Record;

/// The act that puts the duty on the lines from a day on, as `add` would write it.
///
/// # Errors
/// Faults of the record; `bad-sentence` for a day that is none; what the text would be faulted for.
pub(super) fn of(
    found: &RetaliationAnswer,
    from: &str,
    question: &RetaliationQuestion,
) -> Result<String, Faults> {
    let record = Record::open(question.ledger.as_deref(), &question.overlays)?;
    let mut lines: Vec<String> =
        found.lines.iter().flat_map(|lines| &lines.listed).map(|line| line.line.to_string()).collect();
    lines.sort();
    let RetaliationAnswer { importer, exporter, rate_pct, .. } = found;
    let sentence = format!(
        "{importer} puts \"{rate_pct} %\" on \"{}\" of {exporter} from {from} published {from} titled \"answer to {exporter}\"",
        lines.join(", ")
    );
    let composed = record.ledger.compose(&sentence)?;
    Ok(format!("# {}\n{}", composed.value.path, composed.value.text))
}
