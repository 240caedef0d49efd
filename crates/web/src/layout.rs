//! The frame of every page and the pieces it is made of: masthead, spine, ledger sections, marks, folding tables.
//!
//! Rule: the margin says what a section is and how it was made, the body says what was found. No inline style and no
//! script: the content policy forbids both. Every piece gives markup and knows nothing of routes but its links.

use crate::assets::{LOOK_SHEET, MARK_PICTURE};
use crate::language;
use crate::state::Evidence;
use crate::text::{self, Lang};
use crate::visit::{Outcome, Refusal, Rendered, Visit};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::Arc;
use whatworks_domain::Certainty;

/// The entry of the masthead that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// The map and the syntheses.
    Evidence,
    /// Practices.
    Practices,
    /// Outcomes.
    Outcomes,
    /// Studies.
    Studies,
    /// Findings.
    Findings,
    /// Claims.
    Claims,
    /// Questions.
    Questions,
    /// Methods.
    Methods,
    /// About.
    About,
    /// None of them.
    None,
}

const ROOMS: [(Room, &str, &str); 9] = [
    (Room::Evidence, "/", text::key("nav-evidence")),
    (Room::Practices, "/practices", text::key("nav-practices")),
    (Room::Outcomes, "/outcomes", text::key("nav-outcomes")),
    (Room::Studies, "/studies", text::key("nav-studies")),
    (Room::Findings, "/findings", text::key("nav-findings")),
    (Room::Claims, "/claims", text::key("nav-claims")),
    (Room::Questions, "/questions", text::key("nav-questions")),
    (Room::Methods, "/methods", text::key("nav-methods")),
    (Room::About, "/about", text::key("nav-about")),
];

/// A page before its frame.
#[derive(Debug, Clone)]
pub struct Page {
    /// Title, without the site's name.
    pub title: String,
    /// One sentence for search engines and previews.
    pub description: String,
    /// Where it stands in the masthead.
    pub room: Room,
    /// The spine, on pages that sit on it.
    pub spine: Option<Markup>,
    /// Sections.
    pub body: Markup,
}

/// A page in its frame, as an answer.
///
/// # Errors
/// Never; the form is that of every entry.
pub fn page(visit: &Visit, page: &Page) -> Outcome {
    let front = visit.path == "/";
    let languages = [visit.frame, visit.lang];
    Ok(Rendered::html(frame(&visit.evidence, languages, page, Some(&visit.address()), front)))
}

/// Where the masthead says who is signed in. A page is made without knowing; the server fills it in.
pub(crate) const PERSON_SLOT: &str = "<!--person-->";

/// The frame in one language and the page in another, when the first lacks the page: then both are marked.
fn frame(
    evidence: &Evidence,
    [lang, own]: [Lang; 2],
    page: &Page,
    canonical: Option<&str>,
    front: bool,
) -> Markup {
    let t = |key| text::t(lang, key);
    let marked = |part: &Markup| {
        html! {
            @if own == lang { (part) }
            @else { div lang=(own.code()) dir=(own.direction()) { (part) } }
        }
    };
    html! {
        (DOCTYPE)
        html lang=(lang.code()) dir=(lang.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (page.title) " · " (t("site-name")) }
                meta name="description" content=(page.description);
                @if let Some(address) = canonical { link rel="canonical" href=(address); }
                link rel="stylesheet" href=(LOOK_SHEET.path);
                link rel="icon" type="image/svg+xml" href=(MARK_PICTURE.path);
            }
            body {
                a.vh href="#main" { (t("skip")) }
                header.top {
                    a.brand href="/" {
                        (PreEscaped(BRAND)) (t("site-name"))
                    }
                    nav aria-label=(t("nav-label")) {
                        ul {
                            @for (room, href, key) in ROOMS {
                                @let here = room == page.room;
                                li {
                                    a href=(href) aria-current=[here.then_some(if front && href == "/" { "page" } else { "true" })] {
                                        (t(key))
                                    }
                                }
                            }
                        }
                    }
                    nav aria-label=(t("languages")) {
                        ul {
                            @for other in Lang::ALL.into_iter().filter(|other| *other != lang) {
                                li {
                                    a href=(language::address(other)) hreflang=(other.code()) lang=(other.code()) dir=(other.direction()) rel="nofollow" {
                                        (text::t(other, "language-name"))
                                    }
                                }
                            }
                        }
                    }
                    (PreEscaped(PERSON_SLOT))
                }
                @if let Some(spine) = &page.spine { (marked(spine)) }
                main id="main" {
                    @if own != lang { p.tint { (t("page-in-english")) } }
                    (marked(&page.body))
                }
                footer.foot {
                    p { (text::ta(lang, "foot-data", &[("version", evidence.version.into()), ("digest", short_digest(evidence).into())])) }
                    p {
                        (t("foot-licence")) " "
                        a href="/about" { (t("foot-about")) } " · "
                        a href="/methods" { (t("nav-methods")) } " · "
                        a href="/api/v1/openapi.json" { (t("foot-api")) }
                    }
                }
            }
        }
    }
}

const BRAND: &str = "<svg viewBox=\"0 0 42 15\" aria-hidden=\"true\"><path d=\"M1 7.5h40M1 4v7M41 4v7M14 0v15\" \
                     fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\"/><path d=\"M19 7.5l6-5 6 5-6 5z\" \
                     fill=\"currentColor\"/></svg>";

/// The first eight digits of the evidence's digest, in two groups.
pub fn short_digest(evidence: &Evidence) -> String {
    let digits: Vec<char> = evidence.digest.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The page of a refusal: what, why, how to go on.
pub fn refusal(evidence: &Arc<Evidence>, lang: Lang, refusal: &Refusal) -> Markup {
    let body = section_head(
        &text::t(lang, "refusal-label"),
        &html! { p { (text::ta(lang, "refusal-status", &[("status", refusal.status.as_str().into())])) } },
        &html! {
            h1 { (refusal.title) }
            p.say { (refusal.why) }
            p.gap { (text::t(lang, "refusal-ways-on")) }
            ul { @for (href, name) in &refusal.ways_on { li { a href=(href) { (name) } } } }
        },
    );
    let page = Page {
        title: refusal.title.clone(),
        description: refusal.why.clone(),
        room: Room::None,
        spine: None,
        body,
    };
    frame(evidence, [lang, lang], &page, None, false)
}

/// The five places on the spine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// One estimate.
    Findings,
    /// Many pooled.
    Synthesis,
    /// A sentence.
    Claims,
    /// A debate.
    Question,
    /// A recommendation.
    Guidance,
}

const PLACES: [(Place, &str); 5] = [
    (Place::Findings, text::key("spine-findings")),
    (Place::Synthesis, text::key("spine-synthesis")),
    (Place::Claims, text::key("spine-claims")),
    (Place::Question, text::key("spine-question")),
    (Place::Guidance, text::key("spine-guidance")),
];

/// Something that exists beside this page on the spine.
#[derive(Debug, Clone)]
pub struct Neighbour {
    /// Where.
    pub place: Place,
    /// Its address.
    pub href: String,
    /// How many, or what.
    pub note: String,
}

/// Where a page sits from finding to guidance. What does not exist is named without a link.
pub fn spine(visit: &Visit, here: Place, neighbours: &[Neighbour]) -> Markup {
    html! {
        nav.spine aria-label=(visit.t("spine-label")) {
            ol {
                @for (place, key) in PLACES {
                    @let neighbour = neighbours.iter().find(|neighbour| neighbour.place == place);
                    li {
                        @if place == here {
                            a href=(visit.address()) aria-current="page" { (visit.t(key)) } " "
                            span.m { (visit.t("spine-here")) }
                        } @else if let Some(neighbour) = neighbour {
                            a href=(neighbour.href) { (visit.t(key)) } " " span.m { (neighbour.note) }
                        } @else {
                            (visit.t(key)) " " span.m { (visit.t("spine-none")) }
                        }
                    }
                }
            }
        }
    }
}

/// The first section of a page, its name in the margin (the title of the page is in the body).
pub fn section_head(label: &str, margin: &Markup, body: &Markup) -> Markup {
    html! {
        section.sec.head {
            header { p.lab { (label) } (margin) }
            div { (body) }
        }
    }
}

/// A ledger section: `id` for links, name and method in the margin, content beside it.
pub fn section(id: &str, name: &str, margin: &Markup, body: &Markup) -> Markup {
    html! {
        section.sec id=(id) aria-labelledby=(format!("{id}-name")) {
            header { h2 id=(format!("{id}-name")) { (name) } (margin) }
            div { (body) }
        }
    }
}

/// One fact: what, value, and a smaller line under it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// The value.
    pub value: Markup,
    /// A line under it; may be blank.
    pub under: String,
}

impl Fact {
    /// A fact whose value is plain text.
    pub fn new(name: String, value: &str, under: String) -> Self {
        Self { name, value: html! { (value) }, under }
    }
}

/// A row of facts.
pub fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl.facts {
            @for fact in facts {
                div {
                    dt { (fact.name) }
                    dd.num {
                        (fact.value)
                        @if !fact.under.is_empty() { span { (fact.under) } }
                    }
                }
            }
        }
    }
}

/// The word for a certainty.
pub fn certainty_word(visit: &Visit, certainty: Certainty) -> String {
    visit.t(match certainty {
        Certainty::NotRated => text::key("certainty-not-rated"),
        Certainty::VeryLow => text::key("certainty-very-low"),
        Certainty::Low => text::key("certainty-low"),
        Certainty::Moderate => text::key("certainty-moderate"),
        Certainty::High => text::key("certainty-high"),
    })
}

/// Four marks, hidden from screen readers; always beside [`certainty_word`].
pub fn certainty_marks(certainty: Certainty) -> Markup {
    let filled = usize::from(certainty.marks());
    html! { span.c aria-hidden="true" { ("●".repeat(filled)) ("○".repeat(4 - filled)) } }
}

/// The sort of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// Harm to clients.
    Harm,
    /// Doubt this.
    Doubt,
    /// Neither.
    Plain,
}

/// A small framed word.
pub fn tag(kind: TagKind, word: &str) -> Markup {
    let class = match kind {
        TagKind::Harm => "tag harm",
        TagKind::Doubt => "tag flag",
        TagKind::Plain => "tag",
    };
    html! { span class=(class) { (word) } }
}

/// An amber note: something to doubt.
pub fn note(body: &Markup) -> Markup {
    html! { div.note { (body) } }
}

/// A column of a folding table.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
}

/// What a column holds, which decides its width and alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words, at the start of the line.
    Words,
    /// A short figure, at the end of the line.
    Figures,
    /// An estimate with its interval, at the end of the line.
    Estimates,
}

impl Holds {
    fn head_class(self) -> Option<&'static str> {
        match self {
            Self::Words => None,
            Self::Figures => Some("r"),
            Self::Estimates => Some("r est"),
        }
    }
    fn cell_class(self) -> Option<&'static str> {
        (self != Self::Words).then_some("r")
    }
}

impl Head {
    /// A column of words.
    pub fn words(name: String) -> Self {
        Self { name, holds: Holds::Words }
    }
    /// A column of figures.
    pub fn figures(name: String) -> Self {
        Self { name, holds: Holds::Figures }
    }
    /// A column of estimates with their intervals.
    pub fn estimates(name: String) -> Self {
        Self { name, holds: Holds::Estimates }
    }
}

/// A table that folds into a list on a narrow screen, where every cell but the first says its column's name. The first
/// cell of a row is its heading. An empty cell is left out of the folded list.
pub fn fold_table(caption: &Markup, heads: &[Head], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table.fold.even role="table" {
            caption { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    @for head in heads {
                        th role="columnheader" scope="col" class=[head.holds.head_class()] { (head.name) }
                    }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (at, (cell, head)) in row.iter().zip(heads).enumerate() {
                            @if at == 0 {
                                th.w role="rowheader" scope="row" { (cell) }
                            } @else {
                                td role="cell" data-l=(head.name) class=[head.holds.cell_class()] { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Links to the CSV and JSON twins of a list.
pub fn twins(visit: &Visit, csv: &str, json: &str) -> Markup {
    html! {
        p.row.s {
            span { (visit.t("twins")) }
            a href=(csv) { (visit.t("twins-csv")) }
            a href=(json) { (visit.t("twins-json")) }
        }
    }
}

/// Links to the pages of a long list; nothing when there is one page.
pub fn pager(visit: &Visit, current: usize, pages: usize) -> Markup {
    let link = |number: usize| {
        let value = if number == 1 { String::new() } else { number.to_string() };
        visit.query.with("page", &value).address(&visit.path)
    };
    html! {
        @if pages > 1 {
            nav.pager aria-label=(visit.t("pager-label")) {
                ul.row {
                    @if current > 1 { li { a href=(link(current - 1)) rel="prev" { (visit.t("pager-previous")) } } }
                    li { (visit.ta("pager-here", &[("page", current.into()), ("pages", pages.into())])) }
                    @if current < pages { li { a href=(link(current + 1)) rel="next" { (visit.t("pager-next")) } } }
                }
            }
        }
    }
}
