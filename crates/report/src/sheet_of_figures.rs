//! One self-contained sheet: figures with their titles, notes and numbers, and the text they belong to.

use crate::data::data_address;
use crate::figures::Exhibit;
use crate::svg::{STYLE, escape};

const CSS: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem;\
                   color-scheme:light dark;background:var(--paper);color:var(--ink)}figure{margin:0}svg{width:100%;height:auto}pre{overflow-x:auto;font-size:clamp(8px,1.9vw,13px)}\
                   table{border-collapse:collapse;font-size:13px}a{color:var(--first)}td,th{padding:2px 10px 2px 0;text-align:left}\
                   td.num{text-align:right}svg.narrow{display:none}\
                   @media(max-width:680px){svg.wide{display:none}svg.narrow{display:block}}";

/// The sheet as HTML; nothing in it asks for anything outside. The text keeps its lines; a figure that bears the title
/// of the sheet does not say it again.
pub fn html(title: &str, text: &str, exhibits: &[Exhibit]) -> String {
    let mut body = String::new();
    for exhibit in exhibits {
        let narrow = exhibit.narrow.as_ref().map_or_else(String::new, |figure| figure.inline());
        let own = if exhibit.title == title {
            String::new()
        } else {
            format!("<h2>{}</h2>", escape(&exhibit.title))
        };
        body.push_str(&format!(
            "<figure id=\"{}\"><figcaption>{own}<p>{}</p></figcaption>{}{narrow}\
             <details><summary>Numbers</summary><p><a download=\"{}.csv\" href=\"{}\">CSV</a></p>{}</details></figure>\n",
            exhibit.id,
            escape(&exhibit.note),
            exhibit.wide.inline(),
            exhibit.id,
            data_address("text/csv", &exhibit.csv()),
            table(exhibit)
        ));
    }
    let lines: Vec<String> = text.lines().map(escape).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{title}</title><style>{CSS}{STYLE}</style></head>\n<body><h1>{title}</h1>\n{body}<pre>{}</pre>\n</body></html>\n",
        lines.join("\n"),
        title = escape(title),
    )
}

fn table(exhibit: &Exhibit) -> String {
    let head: String = exhibit.head.iter().map(|name| format!("<th>{}</th>", escape(name))).collect();
    let rows: String = exhibit
        .rows
        .iter()
        .map(|row| {
            let cells: String = row
                .iter()
                .map(|cell| {
                    let class = if cell.is_number() { " class=\"num\"" } else { "" };
                    format!("<td{class}>{}</td>", escape(&cell.shown()))
                })
                .collect();
            format!("<tr>{cells}</tr>")
        })
        .collect();
    format!("<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_table_in_the_text_keeps_its_lines_and_its_marks() {
        let page = super::html("Talks", "rule   gain\n<Nash>  0.1\n", &[]);
        assert!(page.contains("<pre>rule   gain\n&lt;Nash&gt;  0.1</pre>"), "{page}");
    }
}
