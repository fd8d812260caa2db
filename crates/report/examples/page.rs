//! Writes the page, the text and every figure of the sample brief into a folder, to be looked at:
//! `cargo run -p detente-report --example page -- FOLDER [may-2025|march-2026|bare]`.

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let brief = match std::env::args().nth(2).as_deref() {
        Some("may-2025") => sample::may_2025(),
        Some("march-2026") => sample::march_2026(),
        Some("bare") => sample::bare(),
        _ => sample::june_2025(),
    };
    std::fs::create_dir_all(&folder)?;
    std::fs::write(format!("{folder}/brief.html"), report::page::html(&brief)?)?;
    std::fs::write(format!("{folder}/brief.txt"), report::text::brief(&brief))?;
    std::fs::write(format!("{folder}/brief.json"), report::data::json(&brief)?)?;
    std::fs::write(format!("{folder}/countries.csv"), report::data::countries_csv(&brief))?;
    for exhibit in report::figures::exhibits(&brief) {
        std::fs::write(format!("{folder}/{}.svg", exhibit.id), exhibit.wide.standalone())?;
    }
    Ok(())
}
