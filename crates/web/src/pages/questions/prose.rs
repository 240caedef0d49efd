//! What members write, as HTML: a small Markdown in which nothing runs and nothing is fetched.
//!
//! Rule: raw HTML is shown as text; a picture becomes a link to it, so that no reader's address reaches the host of the
//! picture; a heading becomes a bold line, so that the page keeps its outline; links are marked as written by a user.
//! Unsafe schemes are dropped by the renderer (CommonMark 0.31, comrak's safe mode).

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, format_html, parse_document};
use maud::{Markup, PreEscaped, html};

/// A text of a member, in its own direction of writing.
pub(crate) fn prose(text: &str) -> Markup {
    html! { div.prose dir="auto" { (PreEscaped(rendered(text))) } }
}

fn rendered(text: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.render.escape = true;
    options.render.r#unsafe = false;
    options.render.hardbreaks = true;
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    for node in root.descendants() {
        let mut data = node.data.borrow_mut();
        let changed = match &data.value {
            NodeValue::Image(link) => Some(NodeValue::Link(link.clone())),
            NodeValue::Heading(_) => Some(NodeValue::Paragraph),
            _ => None,
        };
        if let Some(changed) = changed {
            data.value = changed;
        }
    }
    let mut out = String::new();
    if format_html(root, &options, &mut out).is_err() {
        return html! { p { (text) } }.into_string();
    }
    // The renderer escapes what a member writes, so this opening is its own.
    out.replace("<a href=\"", "<a rel=\"nofollow ugc\" href=\"")
}

/// The first words of a text, without marks, for lists.
pub(crate) fn opening(text: &str, most: usize) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['*', '`', '#', '>'], "");
    let words = words.trim();
    let mut shown: String = words.chars().take(most).collect();
    if words.chars().nth(most).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        let text = "# Big\n\n<script>alert(1)</script>\n\n![cat](https://evil.org/c.png) [x](javascript:alert(1)) \
                    <a href=\"https://y.org\" onclick=\"z\">y</a>\n\n[ok](https://ok.org \"\\\" onmouseover=\\\"q\")\n\
                    \n<img src=x onerror=alert(1)>\n\n<https://auto.org/?a=1&b=\"2\">";
        let shown = rendered(text);
        for bad in
            ["<script", "<img", "<h1", "href=\"javascript", "<a href", " onclick=\"", " onmouseover=\""]
        {
            assert!(!shown.contains(bad), "{bad}: {shown}");
        }
        assert!(shown.contains("<a rel=\"nofollow ugc\" href=\"https://evil.org/c.png\">cat</a>"), "{shown}");
        assert!(shown.contains("href=\"https://ok.org\""), "{shown}");
    }

    #[test]
    fn lines_stay_as_written() {
        assert!(rendered("one\ntwo").contains("<br />"));
        assert_eq!(opening("## A *long* line\nof words", 11), "A long line…");
    }
}
