//! The thread: who wrote what, for members; how much was written, for everyone.
//!
//! Rule: a post keeps its address (`#p7`, and a page of its own) and its place; one that was taken down leaves its place
//! with the reason. A visitor is told how many posts from how many countries, and nothing of what they say.

use super::moment;
use super::plan::language_choice;
use super::prose::prose;
use super::queue::reason_text;
use super::sent::Sent;
use super::view::{Author, PostView, QuestionView};
use super::vote::sign_in;
use crate::layout::{self, TagKind};
use crate::member::fields::{self, Field};
use crate::shown;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_domain::forum::{Phase, PostStatus};

/// Posts on one page.
pub(crate) const PAGE: u32 = 30;
/// Deepest step to the right.
const DEEPEST: usize = 3;

/// The order of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Order {
    /// Answers under what they answer.
    #[default]
    Tree,
    /// The newest first.
    Newest,
    /// Those that nobody has answered for a day, the newest first.
    Unanswered,
}

impl Order {
    const ALL: [Self; 3] = [Self::Tree, Self::Newest, Self::Unanswered];

    /// The word in the address; blank for the usual order.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Tree => "",
            Self::Newest => "newest",
            Self::Unanswered => "unanswered",
        }
    }
    /// The order of a word; the usual one for any other.
    pub(crate) fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// One page of a thread.
#[derive(Debug, Default)]
pub(crate) struct Thread<'a> {
    pub(crate) posts: &'a [PostView],
    /// Where the next page begins; none on the last.
    pub(crate) next: Option<String>,
    pub(crate) order: Order,
}

/// The section on a question's page.
pub(crate) fn section(sent: &Sent, question: &QuestionView, thread: &Thread<'_>) -> Markup {
    let (visit, asked) = (sent.visit(), sent.reader());
    if question.phase() < Phase::Open {
        return html! {};
    }
    let all = question.participation;
    let margin = html! {
        p { (visit.ta("thread-posts", &[("count", all.posts.into())])) }
        @if asked.member.is_some() {
            p { (orders(visit, thread)) }
            p { (visit.t("thread-times")) }
        }
    };
    let body = if asked.member.is_none() {
        html! {
            p { (visit.ta("thread-visitor", &[("posts", all.posts.into()), ("countries", all.countries.into())])) }
            p.gap { a href=(sign_in(visit)) { (visit.t("thread-sign-in")) } }
        }
    } else {
        html! {
            @if thread.posts.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("thread-empty")) } }
            (list(visit, question, thread.posts.iter(), thread.order == Order::Tree))
            @if let Some(next) = &thread.next {
                p.gap { a rel="next" href=(format!("{}#thread", visit.query.with("after", next).address(&visit.path))) { (visit.t("thread-next")) } }
            }
            (new_post(sent, question))
        }
    };
    layout::section("thread", &visit.t("thread"), &margin, &body)
}

fn orders(visit: &Visit, thread: &Thread<'_>) -> Markup {
    let name = |order: Order| {
        visit.t(match order {
            Order::Tree => key("thread-as-tree"),
            Order::Newest => key("thread-newest"),
            Order::Unanswered => key("thread-unanswered"),
        })
    };
    let address =
        |order: Order| visit.query.with("after", "").with("order", order.code()).address(&visit.path);
    html! {
        @for (at, order) in Order::ALL.into_iter().enumerate() {
            @if at > 0 { " · " }
            @if order == thread.order { span aria-current="true" { (name(order)) } }
            @else { a href=(format!("{}#thread", address(order))) { (name(order)) } }
        }
    }
}

/// Posts in their order; as a tree, an answer stands to the right of what it answers.
pub(crate) fn list<'a>(
    visit: &Visit,
    question: &QuestionView,
    posts: impl Iterator<Item = &'a PostView>,
    is_tree: bool,
) -> Markup {
    let mut posts = posts.peekable();
    html! {
        @if posts.peek().is_some() {
            ol.list.th {
                @for post in posts {
                    @let depth = if is_tree { post.depth.min(DEEPEST) } else { 0 };
                    li id=(format!("p{}", post.number)) class=[(depth > 0).then(|| format!("q q{depth}"))] {
                        (head(visit, question, post))
                        (body(visit, post))
                    }
                }
            }
        }
    }
}

/// A name, and what its bearer is here by appointment.
pub(crate) fn author(visit: &Visit, author: &Author) -> Markup {
    let standing = match (author.is_facilitator, author.is_expert) {
        (true, _) => Some(key("trust-facilitator")),
        (false, true) => Some(key("trust-appointed")),
        (false, false) => None,
    };
    html! {
        strong {
            @if author.name.is_empty() { (visit.t("author-former")) } @else { bdi { (author.name) } }
        }
        @if !author.country.is_empty() { ", " (shown::country(visit, &author.country)) }
        @if let Some(name) = standing { " " (layout::tag(TagKind::Plain, &visit.t(name))) }
    }
}

/// The address of a post's own page.
pub(crate) fn post_path(question: &QuestionView, number: i64) -> String {
    question.at(&format!("posts/{number}"))
}

/// Who, when, how, and the ways on from a post.
pub(crate) fn head(visit: &Visit, question: &QuestionView, post: &PostView) -> Markup {
    let path = post_path(question, post.number);
    html! {
        p.s.m {
            (author(visit, &post.author)) " · " (moment::stamp(visit, post.written_at))
            @if post.is_by_mail { " · " (visit.t("post-by-mail")) }
            @if post.is_edited { " · " a href=(format!("{path}#history")) { (visit.t("post-edited")) } }
            @if let Some(parent) = post.parent {
                " · " a href=(format!("#p{parent}")) { (visit.ta("post-answers", &[("number", parent.into())])) }
            }
            " · " a href=(path) aria-label=(visit.ta("post-link", &[("number", post.number.into())])) { "p" (post.number) }
            @if post.status == PostStatus::Shown && question.takes_posts() {
                " · " a href=(format!("{path}#answer")) { (visit.t("post-answer")) }
            }
        }
    }
}

/// What a post says, or why it does not.
pub(crate) fn body(visit: &Visit, post: &PostView) -> Markup {
    let withheld = match post.status {
        PostStatus::Shown => None,
        PostStatus::Held => Some(key("post-held")),
        PostStatus::Rejected => Some(key("post-rejected")),
        PostStatus::Removed => Some(key("post-removed")),
    };
    html! {
        @if let Some(name) = withheld {
            p.s { span.none { (visit.t(name)) } @if !post.reason.is_empty() { " " bdi { (reason_text(visit, &post.reason)) } } }
        }
        @if post.status == PostStatus::Shown || post.is_mine {
            div lang=(post.language) { (prose(&post.body)) }
        }
    }
}

fn new_post(sent: &Sent, question: &QuestionView) -> Markup {
    let visit = sent.visit();
    html! {
        @if question.takes_posts() {
            div.gap id="write" {
                @if !question.is_running() { p.note { (visit.t("post-late")) } }
                (write_form(sent, question, None))
                (house_rules(visit, question))
            }
        } @else if question.phase() > Phase::Voting { p.gap { (visit.t("post-closed")) } }
    }
}

/// The form of a new post, or of an answer.
pub(crate) fn write_form(sent: &Sent, question: &QuestionView, parent: Option<i64>) -> Markup {
    let visit = sent.visit();
    let label = visit.t(if parent.is_some() { key("post-your-answer") } else { key("post-yours") });
    let hint = visit.t("post-hint");
    let field = Field { kind: "area", hint: &hint, ..Field::line("body", &label) };
    sent.form(&question.at("posts"), |asked, fault| {
        html! {
            @if let Some(parent) = parent { input type="hidden" name="parent" value=(parent); }
            (fields::field(asked, fault, field))
            (language_choice(asked, fault))
            p { button { (visit.t("post-send")) } }
        }
    })
}

/// The rules of the house, folded.
pub(crate) fn house_rules(visit: &Visit, question: &QuestionView) -> Markup {
    html! {
        @if !question.house_rules.is_empty() {
            details.gap id="rules" { summary { (visit.t("house-rules")) } (prose(&question.house_rules)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;

    #[test]
    fn what_a_member_writes_is_inert_and_keeps_its_place() {
        let (visit, question) = (example::visit(), example::question());
        let mut posts = [example::post(1, None, "<script>x</script>"), example::post(2, Some(1), "**yes**")];
        posts[1].status = PostStatus::Removed;
        posts[1].reason = "promotion\nBuy <b>now</b>".into();
        let shown = list(&visit, &question, posts.iter(), true).into_string();
        assert!(!shown.contains("<script") && !shown.contains("<b>"), "{shown}");
        assert!(shown.contains("id=\"p1\"") && shown.contains("class=\"q q1\""), "{shown}");
        assert!(
            shown.contains("Rosa &lt;b&gt;") && shown.contains("Peru") && shown.contains("by mail"),
            "{shown}"
        );
        assert!(!shown.contains("<strong>yes") && shown.contains("Buy &lt;b&gt;now&lt;/b&gt;"), "{shown}");
        assert_eq!(Order::of("newest"), Order::Newest);
        assert_eq!(Order::of("other"), Order::Tree);
    }
}
