//! The only place that writes a `textarea`: leptos prints its content unescaped, which would let a text end
//! the field and run as HTML.

use html_escape::encode_text;
use leptos::prelude::*;

use super::text::tw;

/// A field for several lines, with the most characters that it takes below it. The text is escaped here; a leading line
/// end is kept (HTML swallows the first one).
pub fn text_area(
    id: &str,
    name: &str,
    text: &str,
    rows: usize,
    most: usize,
    described_by: Option<String>,
    invalid: bool,
) -> AnyView {
    let content = format!("\n{}", encode_text(text));
    let limit = format!("{id}-limit");
    let described_by = described_by.map_or_else(|| limit.clone(), |others| format!("{others} {limit}"));
    view! {
        <textarea
            id=id.to_owned()
            name=name.to_owned()
            rows=rows.to_string()
            aria-describedby=described_by
            data-most=most.to_string()
            aria-invalid=invalid.then_some("true")
            inner_html=content
        ></textarea>
        <p class="hint limit" id=limit>{tw("field-limit", &[("most", most.into())])}</p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_end_the_field() {
        let hostile = "</textarea><script>alert(1)</script> & more";
        let html = Owner::new().with(|| text_area("a", "a", hostile, 3, 200, None, false).to_html());
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;"), "{html}");
        assert!(html.contains("&amp; more"), "{html}");
    }
}
