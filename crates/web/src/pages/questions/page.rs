//! `/questions/{slug}`: the whole of a question on one page, and the same page again after a form on it was refused.

use super::evidence::{self, OnTable};
use super::gather::{self, Count};
use super::head;
use super::opinions::{self, Opinion};
use super::prose::prose;
use super::sent::Sent;
use super::statements;
use super::summary;
use super::thread::{self, Thread};
use super::view::{Ballots, QuestionView, StatementView};
use super::vote::{self, Voting};
use crate::layout::{self, Neighbour, Page, Place, Room};
use crate::member::way::{Asked, Reply, Turned};
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_domain::forum::{Ballot, Phase, StatementStatus};
use whatworks_evidence::opinion::{OpinionMap, next_statement};
use whatworks_forum::{Act, Verdict};

/// Statements put before a member at once.
const AT_ONCE: usize = 3;

/// The page.
pub(crate) async fn show(asked: Asked) -> Result<Reply, Turned> {
    render(Sent::nothing(asked)).await
}

/// The page, with a form that was refused if there is one.
pub(crate) async fn render(sent: Sent) -> Result<Reply, Turned> {
    let asked = sent.reader();
    let question = gather::question(asked).await?;
    let slug = question.slug.clone();
    let relation = gather::relation(asked, &slug).await?;
    let runs = gather::verdict(asked, Act::Moderate, relation) == Verdict::Allowed;
    let known = gather::opinion(asked, &slug).await?;
    let opinion = known.as_ref().map(|known| Opinion {
        map: &known.map,
        without_flagged: known.without_flagged.as_ref(),
        computed_at: known.computed_at,
    });
    let all =
        gather::statements(asked, &slug, Count::Computed(known.as_ref().map(|known| &known.map)), false)
            .await?;
    let open: Vec<&StatementView> = all.iter().filter(|one| one.status == StatementStatus::Shown).collect();
    let own = gather::ballots(asked, &slug).await?;
    let (posts, next, order) = gather::thread(asked, &slug, runs).await?;
    let table: Vec<OnTable> =
        gather::on_table(asked, &slug).await?.into_iter().map(|(_, thing)| thing).collect();
    let after = gather::aftermath(asked, &question).await?;
    let mut question = question;
    question.participation.fewest_seen = open.iter().map(|one| one.counts.exposures()).min().unwrap_or(0);

    let visit = sent.visit();
    let voting = voting(asked, &question, &open, &own, known.as_ref().map(|known| &known.map));
    let body = html! {
        (head::section(visit, &question, opinion.as_ref().filter(|one| one.map.n_votes > 0).map(Opinion::found)))
        @if runs { (layout::section("desk", &visit.t("desk"), &html! {}, &super::plan::desk(visit, &question))) }
        (notice(visit))
        (vote::section(&sent, &question, &voting))
        (summary::sections(&sent, &question, &after))
        (evidence::section(visit, &question, &table, &all, opinion.as_ref()))
        (opinions::sections(visit, &question, &all, opinion.as_ref()))
        (thread::section(&sent, &question, &Thread { posts: &posts, next, order }))
        @if asked.member.is_some() { (propose(&sent, &question)) }
        @if !question.background.is_empty() {
            (layout::section("background", &visit.t("background"), &html! {}, &prose(&question.background)))
        }
    };
    let page = Page {
        title: question.title.clone(),
        description: head::say(visit, &question),
        room: Room::Questions,
        spine: Some(spine(visit, &table)),
        body,
    };
    Ok(sent.reply(layout::page(visit, &page)?))
}

/// What became of a form that was sent a moment ago.
fn notice(visit: &Visit) -> Markup {
    let text = match visit.query.find("sent") {
        Some("statement-shown") => key("statement-sent-shown"),
        Some("statement-held") => key("statement-sent-held"),
        _ => return html! {},
    };
    layout::section(
        "sent",
        &visit.t("statement"),
        &html! {},
        &html! {
            p.tint role="status" {
                (visit.t(text))
            }
        },
    )
}

fn propose(sent: &Sent, question: &QuestionView) -> Markup {
    let visit = sent.visit();
    html! {
        @if question.is_running() {
            (layout::section("statements", &visit.t("statements"), &html! {}, &statements::propose(sent, question)))
        }
    }
}

/// What stands beside this question on the spine.
fn spine(visit: &Visit, table: &[OnTable]) -> Markup {
    let syntheses: BTreeSet<&str> = table
        .iter()
        .flat_map(|one| match one {
            OnTable::Synthesis(pool) => vec![pool.as_str()],
            OnTable::Claim(claim) => claim.syntheses.iter().map(String::as_str).collect(),
        })
        .collect();
    let claims = table.iter().filter(|one| matches!(one, OnTable::Claim(_))).count();
    let mut neighbours = Vec::new();
    let mut add = |place, many: usize| {
        if many > 0 {
            neighbours.push(Neighbour { place, href: "#evidence".into(), note: many.to_string() });
        }
    };
    add(Place::Synthesis, syntheses.len());
    add(Place::Claims, claims);
    layout::spine(visit, Place::Question, &neighbours)
}

/// What a member is asked to vote on next, and what was voted on a moment ago.
fn voting<'a>(
    asked: &Asked,
    question: &QuestionView,
    open: &[&'a StatementView],
    own: &Ballots,
    map: Option<&OpinionMap>,
) -> Voting<'a> {
    if asked.member.is_none() {
        return Voting::default();
    }
    let unseen: Vec<&StatementView> =
        open.iter().copied().filter(|one| !own.contains_key(&one.number)).collect();
    let receipt: BTreeSet<i64> = asked
        .visit
        .query
        .find("voted")
        .unwrap_or_default()
        .split(',')
        .filter_map(|number| number.parse().ok())
        .collect();
    let receipt: Vec<(&StatementView, Ballot)> = open
        .iter()
        .filter(|one| receipt.contains(&one.number))
        .filter_map(|one| Some((*one, *own.get(&one.number)?)))
        .collect();
    Voting {
        next: next(gather::me(asked), question, &unseen, own, map),
        unseen: unseen.len(),
        voted: open.len() - unseen.len(),
        receipt,
    }
}

/// The next statements for a member: drawn one after the other by the weights of the last computation, seeded by who
/// asks and how many were answered, so that page and mail show the same; without a computation the oldest first.
fn next<'a>(
    member: &str,
    question: &QuestionView,
    unseen: &[&'a StatementView],
    own: &Ballots,
    map: Option<&OpinionMap>,
) -> Vec<&'a StatementView> {
    let mut answered: BTreeSet<String> = own.keys().map(ToString::to_string).collect();
    let mut found: Vec<&StatementView> = Vec::new();
    if let Some(map) = map {
        // What was taken out since is drawn by nobody.
        let open = |id: &str| unseen.iter().find(|one| one.number.to_string() == id);
        answered
            .extend(map.statements.iter().filter(|one| open(&one.id).is_none()).map(|one| one.id.clone()));
        while found.len() < AT_ONCE {
            let position = (own.len() + found.len()) as u64;
            let Some(id) = next_statement(map, &question.slug, member, position, &answered) else { break };
            found.extend(open(id).copied());
            answered.insert(id.to_owned());
        }
    }
    // Statements that came after the last computation.
    let rest =
        unseen.iter().copied().filter(|one| !found.iter().any(|own| own.number == one.number)).take(AT_ONCE);
    let rest: Vec<&StatementView> = rest.collect();
    found.extend(rest);
    found.truncate(AT_ONCE);
    found
}

/// Whether a question has begun; before that its results have no page.
pub(crate) fn has_begun(question: &QuestionView) -> bool {
    question.phase() >= Phase::Open
}
