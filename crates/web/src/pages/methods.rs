//! `/methods` and `/methods/{name}`: how the numbers are made, from the texts under `docs/methods`.
//!
//! A method is a Markdown file there; its first heading is its name. Raw HTML in a text is shown, not run.

use crate::layout::{self, Page, Room};
use crate::serve::Entry;
use crate::text::Lang;
use crate::visit::{Outcome, Refusal, Visit, segment};
use maud::{Markup, PreEscaped, html};
use std::sync::Arc;

/// The list and the page of one.
pub const ENTRIES: &[Entry] = &[Entry::page("/methods", &[], list), Entry::page("/methods/{id}", &[], page)];

/// A method's text.
#[derive(Debug, Clone, Copy)]
struct Method {
    /// File name without extension.
    name: &'static str,
    /// Markdown.
    text: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/methods.rs"));

impl Method {
    fn title(self) -> &'static str {
        let heading = self.text.lines().find_map(|line| line.strip_prefix("# "));
        heading.map_or(self.name, str::trim)
    }

    /// The first paragraph after the heading, without marks and without its bold label.
    fn summary(self) -> String {
        let lines =
            self.text.lines().map(str::trim).skip_while(|line| line.is_empty() || line.starts_with('#'));
        let paragraph = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        let labelled = paragraph.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        labelled.map_or(paragraph.as_str(), |(_, rest)| rest).trim().replace(['*', '`', '_'], "")
    }

    /// The text after the heading as HTML, in the safe mode of the renderer.
    fn body(self) -> String {
        let start = self.text.find('\n').filter(|_| self.text.starts_with("# ")).unwrap_or(0);
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.link_url_rewriter = Some(Arc::new(page_address));
        options.render.escape = true;
        options.render.r#unsafe = false;
        comrak::markdown_to_html(&self.text[start..], &options)
    }
}

/// A link to a neighbouring text leads to its page.
fn page_address(link: &str) -> String {
    match link.strip_suffix(".md") {
        Some(name) if !name.contains('/') => format!("/methods/{}", segment(name)),
        _ => link.to_owned(),
    }
}

/// What a reader of another language is told.
fn in_english(visit: &Visit) -> Markup {
    html! { @if visit.lang != Lang::English { p.s.m { (visit.t("methods-english")) } } }
}

fn list(visit: &Visit) -> Outcome {
    let body = layout::section_head(
        &visit.t("methods-label"),
        &html! { p { (visit.t("methods-how")) } },
        &html! {
            h1 { (visit.t("methods-title")) }
            p.say { (visit.t("methods-say")) }
            (in_english(visit))
            @if METHODS.is_empty() {
                p.gap { span.none { (visit.t("none")) } " " (visit.t("methods-empty")) }
            }
            ul.list.gap lang="en" dir="ltr" {
                @for method in METHODS {
                    li {
                        p.claim { a href={ "/methods/" (segment(method.name)) } { (method.title()) } }
                        p.s.m { (method.summary()) }
                    }
                }
            }
        },
    );
    layout::page(
        visit,
        &Page {
            title: visit.t("methods-title"),
            description: visit.t("methods-description"),
            room: Room::Methods,
            spine: None,
            body,
        },
    )
}

fn page(visit: &Visit) -> Outcome {
    let method = METHODS.iter().find(|method| method.name == visit.id);
    let method = method.ok_or_else(|| Refusal::unknown(visit, "/methods"))?;
    let body = layout::section_head(
        &visit.t("method"),
        &html! { p { (visit.t("method-how")) } },
        &html! {
            p.s { a href="/methods" { (visit.t("nav-methods")) } }
            h1 lang="en" dir="ltr" { (method.title()) }
            (in_english(visit))
            div.prose.gap lang="en" dir="ltr" { (PreEscaped(method.body())) }
        },
    );
    layout::page(
        visit,
        &Page {
            title: method.title().to_owned(),
            description: method.summary(),
            room: Room::Methods,
            spine: None,
            body,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_bring_markup_of_its_own() {
        let text = "# Pooling *it*\n\n**Question.** The first\n*paragraph*. More.\n\n<script>x</script>\n\n\
                    [y](javascript:z) [w](other.md)\n\n| a |\n|---|\n| 1 |\n";
        let method = Method { name: "x", text };
        assert_eq!(method.title(), "Pooling *it*");
        assert_eq!(method.summary(), "The first paragraph. More.");
        let body = method.body();
        assert!(body.contains("href=\"/methods/other\""), "{body}");
        assert!(
            !body.contains("<script") && !body.contains("href=\"javascript") && body.contains("<table>"),
            "{body}"
        );
    }
}
