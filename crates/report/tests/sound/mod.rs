//! A figure is sound: XML that says what it shows, asks for nothing, and whose labels neither meet nor leave it.

use report::svg::Figure;

/// Panics where it is not.
pub fn assert_sound(figure: &Figure) {
    let text = figure.standalone();
    let document = roxmltree::Document::parse(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    let root = document.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some("img")));
    assert_eq!(root.attribute("tabindex"), Some("0"));
    let named: Vec<&str> = root.attribute("aria-labelledby").unwrap().split(' ').collect();
    for name in named {
        let node = root.children().find(|n| n.attribute("id") == Some(name)).unwrap();
        assert!(!node.text().unwrap_or_default().is_empty(), "{name} says nothing");
    }
    let (width, height) = figure.size();
    for node in document.descendants() {
        for attribute in node.attributes() {
            assert!(!attribute.name().ends_with("href"), "a figure asks for nothing");
            assert!(!attribute.name().starts_with("on"), "a figure runs nothing");
            assert!(
                !attribute.value().contains("NaN") && !attribute.value().contains("inf"),
                "{attribute:?}"
            );
        }
    }
    let labels = figure.labels();
    for (k, (text, frame)) in labels.iter().enumerate() {
        for (other, other_frame) in &labels[k + 1..] {
            assert!(!frame.overlaps(other_frame), "`{text}` covers `{other}`: {frame:?} {other_frame:?}");
        }
        let inside = frame.x >= -2.0
            && frame.x + frame.w <= width + 2.0
            && frame.y >= 0.0
            && frame.y + frame.h <= height;
        assert!(inside, "`{text}` leaves the figure: {frame:?} of {width} × {height}");
    }
}
