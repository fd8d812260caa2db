//! `add`: a sentence becomes a well-formed act.

use std::process::ExitCode;

use crate::args::{AddArgs, Format};
use crate::commands::brief::open;
use crate::output::{Failure, json, say, warn};

/// Answers with the text of the act, or writes it into a ledger folder.
///
/// # Errors
/// `bad-sentence` where the sentence lacks something; else what the text it makes would be faulted for.
pub fn run(args: &AddArgs) -> Result<ExitCode, Failure> {
    let record = open(&args.source)?;
    let composed = record.ledger.compose(&sentence(args))?;
    warn(&composed.warnings, &args.output);
    let act = composed.value;
    if let Some(folder) = &args.into {
        let path = folder.join(&act.path);
        let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        written
            .and_then(|()| std::fs::OpenOptions::new().write(true).create_new(true).open(&path))
            .and_then(|mut file| std::io::Write::write_all(&mut file, act.text.as_bytes()))
            .map_err(|error| Failure::Write(format!("`{}` cannot be written: {error}", path.display())))?;
        if !args.output.quiet {
            say(&format!("wrote {}", path.display()));
        }
        return Ok(ExitCode::SUCCESS);
    }
    args.output.write(&match args.output.form(&[Format::Text, Format::Json])? {
        Format::Json => json(&serde_json::json!({ "path": act.path, "text": act.text }))?,
        _ => format!("# {}\n{}", act.path, act.text),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The sentence, or the one that the flags make.
fn sentence(args: &AddArgs) -> String {
    let deed = &args.deed;
    let (Some(issuer), Some(does)) = (&deed.issuer, &deed.does) else { return args.sentence.join(" ") };
    let mut said = format!("{issuer} {does} {}", deed.what.as_deref().unwrap_or_default());
    let marked = [
        ("on", &deed.goods),
        ("of", if deed.origin.is_some() { &deed.origin } else { &deed.measure }),
        ("to", &deed.rate),
        ("from", &deed.from),
        ("until", &deed.until),
        ("for", &deed.length),
        ("then", &deed.on_lapse),
        ("published", &deed.published),
        ("as", &deed.number),
        ("cite", &deed.cite),
        ("titled", &deed.title),
    ];
    for (mark, value) in marked {
        if let Some(value) = value {
            said.push_str(&format!(" {mark} \"{}\"", value.replace('"', "'")));
        }
    }
    said
}
