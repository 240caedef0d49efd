//! `/about`: what this is, which evidence it shows, under which licence, from whom, and how to cite it.

use crate::layout::{self, Page, Room};
use crate::number;
use crate::serve::Entry;
use crate::visit::{Outcome, Visit};
use maud::{Markup, html};

/// The page.
pub const ENTRIES: &[Entry] = &[Entry::page("/about", &[], page)];

fn page(visit: &Visit) -> Outcome {
    let section = |id: &str, name: &str, margin: &str, body: &Markup| {
        layout::section(id, &visit.t(name), &html! { p { (visit.t(margin)) } }, body)
    };
    let evidence = &visit.evidence;
    let studied = evidence.by_practice.len();
    let total = evidence.catalogue.practices.len();
    let style = visit.style();
    let version = evidence.version.to_string();
    let body = html! {
        (layout::section_head(
            &visit.t("about-label"),
            &html! { p { (visit.ta("foot-data", &[("version", version.clone().into()), ("digest", layout::short_digest(evidence).into())])) } },
            &html! {
                h1 { (visit.t("about-title")) }
                p.say { (visit.t("about-say")) }
                p { (visit.ta("about-size", &[
                    ("findings", number::count(evidence.findings.len() as u64, &style).into()),
                    ("studies", evidence.by_study.len().into()),
                    ("studied", studied.into()),
                    ("total", total.into()),
                ])) }
            },
        ))
        (section("reading", "about-reading", "about-reading-how", &html! {
            ul {
                li { (visit.t("about-reading-sure")) }
                li { (visit.t("about-reading-none")) }
                li { (visit.t("about-reading-harm")) }
                li { (visit.t("about-reading-doubt")) }
            }
            p.gap { a href="/methods" { (visit.t("about-methods")) } }
        }))
        (section("cite", "about-cite", "about-cite-how", &html! {
            p.tint { (visit.ta("about-citation", &[
                ("version", version.into()),
                ("digest", evidence.digest.chars().filter(char::is_ascii_alphanumeric).take(16).collect::<String>().into()),
            ])) }
        }))
        (section("licence", "about-licence", "about-licence-how", &html! {
            p { (visit.t("about-licence-text")) }
            h3 { (visit.t("about-sources")) }
            ul {
                li { (visit.t("about-source-foster")) " " a href="https://creativecommons.org/licenses/by/4.0/" rel="license external noreferrer" { (visit.t("about-cc-by")) } }
                li { (visit.t("about-source-meager")) }
                li { (visit.t("about-source-authors")) " " a href="/studies" { (visit.t("nav-studies")) } }
                li { (visit.t("about-source-standards")) " " (evidence.catalogue.standards_note) }
            }
        }))
        (section("privacy", "about-privacy", "about-privacy-how", &html! {
            p { (visit.t("about-privacy-text")) }
        }))
        (section("files", "about-files", "about-files-how", &html! {
            ul {
                @for (name, path) in [("nav-findings", "/findings"), ("nav-studies", "/studies"), ("nav-practices", "/practices"), ("nav-outcomes", "/outcomes")] {
                    li {
                        (visit.t(name)) ": "
                        a href={ (path) ".csv" } { (visit.t("twins-csv")) span.vh { " " (visit.t(name)) } } ", "
                        a href={ (path) ".json" } { (visit.t("twins-json")) span.vh { " " (visit.t(name)) } }
                    }
                }
                li { a href="/api/v1/openapi.json" { (visit.t("foot-api")) } }
            }
        }))
    };
    layout::page(
        visit,
        &Page {
            title: visit.t("about-title"),
            description: visit.t("about-description"),
            room: Room::About,
            spine: None,
            body,
        },
    )
}
