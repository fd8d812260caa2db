//! One self-contained sheet: figures with their titles, notes and numbers, and the text they belong to.

use crate::figures::Exhibit;
use crate::svg::{STYLE, escape};

const CSS: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:760px;margin:2rem auto;padding:0 1rem;\
                   color-scheme:light dark}svg{width:100%;height:auto}pre{white-space:pre-wrap;font-size:13px}\
                   table{border-collapse:collapse;font-size:13px}td,th{padding:2px 10px 2px 0;text-align:left}\
                   td.num{text-align:right}svg.narrow{display:none}\
                   @media(max-width:480px){svg.wide{display:none}svg.narrow{display:block}}";

/// The sheet as HTML; nothing in it asks for anything outside.
pub fn html(title: &str, text: &str, exhibits: &[Exhibit]) -> String {
    let mut body = String::new();
    for exhibit in exhibits {
        let narrow = exhibit.narrow.as_ref().map_or_else(String::new, |figure| figure.inline());
        body.push_str(&format!(
            "<figure id=\"{}\"><figcaption><h2>{}</h2><p>{}</p></figcaption>{}{narrow}\
             <details><summary>Numbers</summary>{}</details></figure>\n",
            exhibit.id,
            escape(&exhibit.title),
            escape(&exhibit.note),
            exhibit.wide.inline(),
            table(exhibit)
        ));
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{title}</title><style>{CSS}{STYLE}</style></head>\n<body><h1>{title}</h1>\n{body}<pre>{}</pre>\n</body></html>\n",
        escape(text),
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
