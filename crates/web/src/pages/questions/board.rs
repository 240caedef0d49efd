//! `/questions/{slug}/board`: what a facilitator should look at next.
//!
//! Rule (D27): members who have not written, regions that are absent, posts without an answer for a day, statements that
//! few have voted on, how much of the talk three people do (over 40 in 100 is heat, as Discourse warns), and signs of
//! coordinated votes (D12), as numbers only.

use super::moment;
use super::plan::desk;
use super::prose::opening;
use super::thread::post_path;
use super::view::{PostView, QuestionView, StatementView};
use crate::layout::{self, Page, Room};
use crate::number;
use crate::text::key;
use crate::visit::{Outcome, Visit};
use maud::{Markup, html};
use whatworks_charts::rows;
use whatworks_domain::forum::Region;
use whatworks_evidence::opinion::Signs;
use whatworks_forum::acts::discussion::opinions::FEWEST_TOLD;

/// Share of posts by three writers above which the talk is theirs.
const HEAT: f64 = 0.4;
/// Characters of a post that are shown.
const OPENING: usize = 120;
/// Silent members that are named.
const NAMED: usize = 40;

/// What the page shows.
#[derive(Debug, Default)]
pub(crate) struct BoardView {
    /// Names of members who have not written here.
    pub(crate) silent: Vec<String>,
    pub(crate) members: usize,
    pub(crate) absent: Vec<Region>,
    pub(crate) unanswered: Vec<PostView>,
    pub(crate) thin: Vec<StatementView>,
    /// Names and numbers of posts of those who wrote most.
    pub(crate) writers: Vec<(String, u64)>,
    pub(crate) posts: u64,
    /// Signs of coordinated votes as computed last; none before anything was computed.
    pub(crate) signs: Option<Signs>,
}

impl BoardView {
    /// Share of the posts that the three who wrote most have written; none without posts.
    fn heat(&self) -> Option<f64> {
        let top: u64 = self.writers.iter().take(3).map(|(_, posts)| posts).sum();
        (self.posts > 0).then(|| top as f64 / self.posts as f64)
    }
}

/// The name of a region.
pub(crate) fn region_name(visit: &Visit, region: Region) -> String {
    visit.t(match region {
        Region::SubSaharanAfrica => key("region-sub-saharan-africa"),
        Region::MiddleEast => key("region-middle-east"),
        Region::SouthAsia => key("region-south-asia"),
        Region::EastAsia => key("region-east-asia"),
        Region::Europe => key("region-europe"),
        Region::LatinAmerica => key("region-latin-america"),
        Region::NorthAmerica => key("region-north-america"),
    })
}

/// The page.
pub(crate) fn page(visit: &Visit, question: &QuestionView, board: &BoardView) -> Outcome {
    let title = visit.t("board");
    let nothing = |name: &str| html! { p { span.none { (visit.t("none")) } " " (visit.t(name)) } };
    let body = html! {
        (layout::section_head(&title, &html! { p { (visit.t("board-how")) } }, &html! {
            (super::head::demonstration(visit, question))
            (desk(visit, question))
            h1 dir="auto" { (title) ": " (question.title) }
        }))
        (layout::section("unanswered", &visit.t("board-unanswered"), &html! { p { (visit.t("board-unanswered-how")) } }, &html! {
            @if board.unanswered.is_empty() { (nothing("board-unanswered-none")) }
            ul.list {
                @for post in &board.unanswered {
                    li {
                        a href=(post_path(question, post.number)) { bdi { (opening(&post.body, OPENING)) } } " "
                        span.s.m { bdi { (post.author.name) } ", " (moment::stamp(visit, post.written_at)) }
                    }
                }
            }
        }))
        (layout::section("thin", &visit.t("board-thin"), &html! { p { (visit.t("board-thin-how")) } }, &html! {
            @if board.thin.is_empty() { (nothing("board-thin-none")) }
            ul { @for one in &board.thin { li { bdi { (one.body) } " " span.m { (visit.ta("board-thin-votes", &[("count", one.counts.exposures().into())])) } } } }
        }))
        (layout::section("regions", &visit.t("board-regions"), &html! {}, &html! {
            @if board.absent.is_empty() { (nothing("board-regions-none")) }
            ul { @for region in &board.absent { li { (region_name(visit, *region)) } } }
        }))
        (layout::section("heat", &visit.t("board-heat"), &html! { p { (visit.t("board-heat-how")) } }, &heat(visit, board)))
        (layout::section("signs", &visit.t("board-signs"), &html! { p { (visit.t("board-signs-how")) } }, &signs(visit, board.signs)))
        (layout::section("silent", &visit.t("board-silent"), &html! {}, &html! {
            p { (visit.ta("board-silent-count", &[("count", board.silent.len().into()), ("members", board.members.into())])) }
            ul.cols { @for name in board.silent.iter().take(NAMED) { li { bdi { (name) } } } }
            @if board.silent.len() > NAMED { p.s.m { (visit.ta("board-silent-more", &[("count", (board.silent.len() - NAMED).into())])) } }
        }))
    };
    let description = visit.t("board-how");
    layout::page(visit, &Page { title, description, room: Room::Questions, spine: None, body })
}

fn heat(visit: &Visit, board: &BoardView) -> Markup {
    let Some(heat) = board.heat() else {
        return html! { p { span.none { (visit.t("none")) } " " (visit.t("thread-empty")) } };
    };
    let share = number::percent_of(heat, &visit.style());
    html! {
        p { (visit.ta(if heat > HEAT { key("board-heat-high") } else { key("board-heat-low") }, &[("share", share.into())])) }
        (rows::share_bar(heat))
        ul { @for (name, posts) in board.writers.iter().take(3) { li { bdi { (name) } " " span.m { (visit.ta("thread-posts", &[("count", (*posts).into())])) } } } }
    }
}

/// Numbers of people from five on, never who: a ballot is secret from facilitators too.
fn signs(visit: &Visit, signs: Option<Signs>) -> Markup {
    let Some(signs) = signs else {
        return html! { p { span.none { (visit.t("none")) } " " (visit.t("board-signs-none")) } };
    };
    let count = |people: usize| match people {
        0 => "0".to_owned(),
        few if few < FEWEST_TOLD => visit.t("draft-few"),
        many => many.to_string(),
    };
    let line =
        |text: &str, people: usize| html! { li { (visit.ta(text, &[("people", count(people).into())])) } };
    html! {
        ul {
            (line(key("board-signs-alike"), signs.alike))
            (line(key("board-signs-at-once"), signs.at_once))
            (line(key("board-signs-newcomers"), signs.newcomers))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_is_the_share_of_the_three_who_write_most() {
        let writers = vec![("a".into(), 4), ("b".into(), 2), ("c".into(), 1), ("d".into(), 1)];
        let board = BoardView { writers, posts: 10, ..BoardView::default() };
        assert!((board.heat().unwrap() - 0.7).abs() < 1e-12);
        assert_eq!(BoardView::default().heat(), None);
    }
}
