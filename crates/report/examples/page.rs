//! Writes the page, the text and every figure of the sample brief into a folder, to be looked at:
//! `cargo run -p detente-report --example page -- FOLDER`.

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".into());
    let brief = sample::june_2025();
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
