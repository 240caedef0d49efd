//! The summary of a question: on its page once published, its comments, its drafting, and what was done about it.
//!
//! Rule (D15): the draft is made from counts and quotations alone; a facilitator edits it. A sentence that refers to
//! nothing is shown as the facilitator's view. References are written `[s3]` (a statement), `[p7]` (a post), `[claim …]`
//! and `[synthesis …]`, and become links. Version 1 is published, members comment for 14 days, version 2 is final.

use super::head;
use super::moment;
use super::plan::desk;
use super::prose::prose;
use super::sent::Sent;
use super::view::QuestionView;
use crate::layout::{self, Page, Room, TagKind};
use crate::member::fields::{self, Field};
use crate::text::key;
use crate::visit::{Outcome, Visit, segment};
use maud::{Markup, PreEscaped, html};
use time::OffsetDateTime;
use whatworks_domain::forum::Phase;

/// One version of the summary.
#[derive(Debug, Clone)]
pub(crate) struct SummaryView {
    pub(crate) version: i64,
    pub(crate) body: String,
    pub(crate) published_at: Option<OffsetDateTime>,
}

/// What a member said of it, or what was done about it.
#[derive(Debug, Clone)]
pub(crate) struct Remark {
    pub(crate) name: String,
    pub(crate) body: String,
    /// Where more stands; may be blank.
    pub(crate) link: String,
    pub(crate) written_at: OffsetDateTime,
}

/// Everything that follows a discussion.
#[derive(Debug, Default)]
pub(crate) struct Aftermath {
    pub(crate) summary: Option<SummaryView>,
    /// Comments, for members; visitors are told how many.
    pub(crate) comments: Vec<Remark>,
    pub(crate) comment_count: usize,
    pub(crate) follow_ups: Vec<Remark>,
}

/// The sections on a question's page.
pub(crate) fn sections(sent: &Sent, question: &QuestionView, after: &Aftermath) -> Markup {
    let visit = sent.visit();
    html! {
        @if let Some(summary) = &after.summary {
            (layout::section("summary", &visit.t("summary"), &margin(visit, question, summary), &html! {
                (render(visit, question, &summary.body))
                (comments(sent, question, after))
            }))
        }
        @if !after.follow_ups.is_empty() || question.phase() == Phase::Archived {
            (layout::section("follow-up", &visit.t("follow-up"), &html! { p { (visit.t("follow-up-how")) } }, &html! {
                @if after.follow_ups.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("follow-up-none")) } }
                (remarks(visit, &after.follow_ups))
            }))
        }
    }
}

fn margin(visit: &Visit, question: &QuestionView, summary: &SummaryView) -> Markup {
    let state = if question.marks.final_at.is_some_and(|at| at <= question.now) {
        visit.t("summary-final")
    } else {
        visit.ta("summary-version", &[("version", summary.version.into())])
    };
    html! {
        p { (state) @if let Some(at) = summary.published_at { " " (moment::day(visit, at.date())) } }
        p { (visit.t("summary-how")) }
    }
}

fn remarks(visit: &Visit, remarks: &[Remark]) -> Markup {
    html! {
        ol.list.th {
            @for one in remarks {
                li {
                    p.s.m {
                        @if !one.name.is_empty() { strong { bdi { (one.name) } } " · " }
                        (moment::stamp(visit, one.written_at))
                    }
                    (prose(&one.body))
                    @if is_web(&one.link) { p.s { a href=(one.link) rel="nofollow" { bdi { (one.link) } } } }
                }
            }
        }
    }
}

fn is_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}

fn comments(sent: &Sent, question: &QuestionView, after: &Aftermath) -> Markup {
    let (visit, asked) = (sent.visit(), sent.reader());
    let is_open = question.marks.takes_comments(question.now);
    let label = visit.t("summary-comment");
    html! {
        h3 { (visit.ta("summary-comments", &[("count", after.comment_count.into())])) }
        (remarks(visit, &after.comments))
        @if asked.member.is_none() && after.comment_count > 0 { p.s { a href=(super::vote::sign_in(visit)) { (visit.t("summary-sign-in")) } } }
        @if is_open && asked.member.is_some() {
            (sent.form(&question.at("comments"), |asked, fault| html! {
                (fields::field(asked, fault, Field { kind: "area", ..Field::line("body", &label) }))
                p { button { (visit.t("summary-comment-send")) } }
            }))
        }
    }
}

/// A reference inside a summary, and where it leads.
fn reference(question: &QuestionView, inside: &str) -> Option<(String, String)> {
    let number = |rest: &str| rest.parse::<i64>().ok();
    match inside {
        "question" => return Some((question.path(), inside.to_owned())),
        "votes" => return Some((question.at("opinions"), inside.to_owned())),
        _ => {}
    }
    if let Some(id) = inside.strip_prefix("claim ") {
        return Some((format!("/claims/{}", segment(id)), id.to_owned()));
    }
    if let Some(id) = inside.strip_prefix("synthesis ") {
        return Some((format!("/syntheses/{}", segment(id)), id.to_owned()));
    }
    if let Some(number) = inside.strip_prefix('s').and_then(number) {
        return Some((question.at(&format!("statements#s{number}")), inside.to_owned()));
    }
    let number = inside.strip_prefix('p').and_then(number)?;
    Some((question.at(&format!("posts/{number}")), inside.to_owned()))
}

/// A line with its references as links, and how many it has.
fn linked(question: &QuestionView, line: &str) -> (Markup, usize) {
    let mut out = Vec::new();
    let mut count = 0;
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((inside, later)) = after.split_once(']') else { break };
        out.push(html! { (before) });
        match reference(question, inside) {
            Some((href, name)) => {
                count += 1;
                out.push(html! { a.s href=(href) { "[" (name) "]" } });
            }
            None => out.push(html! { "[" (inside) "]" }),
        }
        rest = later;
    }
    out.push(html! { (rest) });
    (html! { @for part in &out { (part) } }, count)
}

/// Sentences of a paragraph: a sentence ends at a full stop, a question or an exclamation mark before white space; what
/// stands in brackets after it still belongs to it.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '?', '!', '。', '؟']) {
        let mut end = at + mark.len();
        let rest = text.get(end..).unwrap_or_default();
        if end <= start || !rest.starts_with(char::is_whitespace) {
            continue;
        }
        while let Some(inside) = text.get(end..).map(str::trim_start).filter(|rest| rest.starts_with('[')) {
            let Some(closing) = inside.find(']') else { break };
            end = text.len() - inside.len() + closing + 1;
        }
        found.extend(text.get(start..end).map(str::trim));
        start = end;
    }
    found.extend(text.get(start..).map(str::trim));
    found.retain(|sentence| !sentence.is_empty());
    found
}

fn paragraph(visit: &Visit, question: &QuestionView, text: &str) -> Markup {
    html! {
        @for sentence in sentences(text) {
            @let (shown, references) = linked(question, sentence);
            @if references > 0 { (shown) " " }
            @else { span.view { (shown) " " (layout::tag(TagKind::Plain, &visit.t("summary-view"))) } " " }
        }
    }
}

/// The body of a summary: `#` begins a heading, `-` a point, `>` a quotation; anything else is a paragraph.
pub(crate) fn render(visit: &Visit, question: &QuestionView, body: &str) -> Markup {
    let mut out = String::new();
    for block in body.split("\n\n").map(str::trim).filter(|block| !block.is_empty()) {
        let lines: Vec<&str> = block.lines().map(str::trim).collect();
        let all = |mark: char| lines.iter().all(|line| line.starts_with(mark));
        let shown = if let Some(name) = block.strip_prefix('#').filter(|_| lines.len() == 1) {
            html! { h3 dir="auto" { (name.trim_start_matches('#').trim()) } }
        } else if all('-') {
            html! { ul { @for line in &lines { li dir="auto" { (paragraph(visit, question, line.trim_start_matches('-').trim())) } } } }
        } else if all('>') {
            html! { blockquote dir="auto" { @for line in &lines { p { (linked(question, line.trim_start_matches('>').trim()).0) } } } }
        } else {
            html! { p dir="auto" { (paragraph(visit, question, &lines.join(" "))) } }
        };
        out.push_str(&shown.into_string());
    }
    html! { div.prose { (PreEscaped(out)) } }
}

/// What the editor's page shows.
#[derive(Debug)]
pub(crate) struct SummaryPage {
    /// What stands in the form: the latest version, or the draft made from the discussion.
    pub(crate) body: String,
    pub(crate) is_draft: bool,
    pub(crate) published: Option<SummaryView>,
}

/// `/questions/{slug}/summary/edit`.
pub(crate) fn edit_page(sent: &Sent, question: &QuestionView, shown: &SummaryPage) -> Outcome {
    let visit = sent.visit();
    let path = question.at("summary/edit");
    let title = visit.t("summary");
    let label = visit.t("summary-text");
    let hint = visit.t("summary-text-hint");
    let is_closed = question.phase() >= Phase::Summary;
    let form = sent.form(&path, |asked, fault| html! {
        (fields::field(asked, fault, Field { kind: "area", hint: &hint, value: &shown.body, ..Field::line("body", &label) }))
        p.row {
            button name="act" value="save" { (visit.t("summary-save")) }
            @if is_closed && question.marks.final_at.is_none() {
                @if shown.published.is_none() { button name="act" value="publish" { (visit.t("summary-publish")) } }
                @else { button name="act" value="finish" { (visit.t("summary-finish")) } }
            }
        }
    });
    let written = sent.of(&path).0;
    let kept = if written.form.has("body") { written.form.raw("body") } else { &shown.body };
    let page = html! {
        (layout::section_head(&head::phase_name(visit, question.phase()), &html! { p { (visit.t("summary-how")) } }, &html! {
            (head::demonstration(visit, question))
            (desk(visit, question))
            h1 dir="auto" { (title) ": " (question.title) }
            p.say { (visit.t(if shown.is_draft { key("summary-draft-say") } else { key("summary-saved-say") })) }
            @if !is_closed { p.note { (visit.t("summary-early")) } }
            div.tall { (form) }
        }))
        (layout::section("preview", &visit.t("summary-preview"), &html! {}, &render(visit, question, kept)))
    };
    frame(visit, title, page)
}

/// `/questions/{slug}/follow-up`.
pub(crate) fn follow_up_page(sent: &Sent, question: &QuestionView, remarks_so_far: &[Remark]) -> Outcome {
    let visit = sent.visit();
    let title = visit.t("follow-up");
    let (label, link, hint) =
        (visit.t("follow-up-text"), visit.t("follow-up-link"), visit.t("follow-up-link-hint"));
    let form = sent.form(&question.at("follow-up"), |asked, fault| html! {
        (fields::field(asked, fault, Field { kind: "area", ..Field::line("body", &label) }))
        (fields::field(asked, fault, Field { hint: &hint, is_optional: true, ..Field::line("link", &link) }))
        p { button { (visit.t("follow-up-send")) } }
    });
    let page = layout::section_head(
        &title,
        &html! { p { (visit.t("follow-up-how")) } },
        &html! {
            (head::demonstration(visit, question))
            (desk(visit, question))
            h1 dir="auto" { (title) ": " (question.title) }
            (remarks(visit, remarks_so_far))
            (form)
        },
    );
    frame(visit, title, page)
}

fn frame(visit: &Visit, title: String, body: Markup) -> Outcome {
    let description = visit.t("questions-description");
    layout::page(visit, &Page { title, description, room: Room::Questions, spine: None, body })
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn a_sentence_without_a_reference_is_the_facilitators_view() {
        let visit = example::visit();
        let body = "# What was said\n\nMost agree [s3]. I think so too! [p7] Indeed. <b>x</b> [s9\n\n- One [claim a/b].\n- Two [zz].\n\n> Said so. [p2]";
        let shown = render(&visit, &example::question(), body).into_string();
        assert!(shown.contains("href=\"/questions/barriers/statements#s3\""), "{shown}");
        assert!(
            shown.contains("href=\"/questions/barriers/posts/7\"") && shown.contains("/claims/a%2Fb"),
            "{shown}"
        );
        // "Indeed.", the broken reference, and point two.
        assert_eq!(shown.matches("class=\"view\"").count(), 3, "{shown}");
        assert!(shown.contains("[zz]") && shown.contains("&lt;b&gt;") && !shown.contains("<b>"), "{shown}");
    }

    #[test]
    fn sentences_end_at_their_marks() {
        assert_eq!(
            sentences("One. Two 3.5? Three [s1]. [p1] Four"),
            ["One.", "Two 3.5?", "Three [s1]. [p1]", "Four"]
        );
        assert!(sentences("  ").is_empty());
    }
}
