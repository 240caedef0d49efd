//! `/claims` and `/claims/{id}`: sentences that someone could be quoted on, what they rest on, and what members believe.
//!
//! Rule: a claim shows the number of each synthesis under it as it is now, how sure it is, what members who voted on it
//! say, and every change of its evidence. Belief and evidence stand side by side and are never combined; where they part,
//! the page says so. Left out: the claims that the front page computes, which change with the evidence by themselves.

mod state;

use super::questions::evidence::{self, claim_path, find_assessment};
use super::questions::gather;
use super::questions::moment;
use super::questions::opinions::{agreement, overall_row};
use super::questions::view::question_path;
use crate::layout::{self, Neighbour, Page, Place, Room, TagKind};
use crate::member::fields;
use crate::member::way::{Asked, Object, Reply, Turned, Way};
use crate::shown;
use crate::text::key;
use crate::twins::{self, Cell, Column, Kind};
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_domain::{Certainty, Says};
use whatworks_evidence::opinion::Answers;
use whatworks_forum::{Act, Refused, Relation, Verdict};
use whatworks_store::forum::{StoredChange, StoredClaim};

/// Every way of claims.
pub(crate) fn ways() -> Vec<Way> {
    [WAYS, state::WAYS].concat()
}

const WAYS: &[Way] = &[
    Way::get("/claims", Act::ReadPublic, Object::None, |asked| Box::pin(list(asked))),
    Way::get("/claims.csv", Act::ReadPublic, Object::None, |asked| Box::pin(list_csv(asked))),
    Way::get("/claims.json", Act::ReadPublic, Object::None, |asked| Box::pin(list_json(asked))),
    Way::get("/api/v1/claims", Act::ReadPublic, Object::None, |asked| Box::pin(list_json(asked))),
    Way::get("/claims/{claim}", Act::ReadPublic, Object::None, |asked| Box::pin(show(asked))),
];

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}

/// Columns of claims.
pub(crate) const CLAIMS: &[Column<StoredClaim>] = &[
    Column { name: "id", kind: Kind::Text, meaning: key("field-id"), value: |_, c| text(&c.claim_id) },
    Column {
        name: "sentence",
        kind: Kind::Text,
        meaning: key("field-sentence"),
        value: |_, c| text(&c.sentence),
    },
    Column {
        name: "language",
        kind: Kind::Text,
        meaning: key("field-language"),
        value: |_, c| text(&c.language),
    },
    Column {
        name: "asserts",
        kind: Kind::Text,
        meaning: key("field-asserts"),
        value: |_, c| text(&c.asserts),
    },
    Column {
        name: "evidence_says",
        kind: Kind::Text,
        meaning: key("field-evidence-says"),
        value: |_, c| text(&c.direction),
    },
    Column {
        name: "certainty",
        kind: Kind::Text,
        meaning: key("field-certainty"),
        value: |_, c| text(&c.certainty),
    },
    Column {
        name: "divergent",
        kind: Kind::Flag,
        meaning: key("field-divergent"),
        value: |_, c| Cell::Flag(Some(c.is_divergent)),
    },
    Column {
        name: "syntheses",
        kind: Kind::List,
        meaning: key("field-syntheses"),
        value: |_, c| Cell::List(c.rests_on.clone()),
    },
    Column {
        name: "stated_at",
        kind: Kind::Text,
        meaning: key("field-stated-at"),
        value: |_, c| text(&moment::iso(c.stated_at)),
    },
    Column {
        name: "reviewed_at",
        kind: Kind::Text,
        meaning: key("field-reviewed-at"),
        value: |_, c| text(&moment::iso(c.reviewed_at)),
    },
];

async fn list_csv(asked: Asked) -> Result<Reply, Turned> {
    Ok(Reply::page(twins::csv(&asked.visit, "claims", CLAIMS, &asked.store().claims().list().await?)?))
}

async fn list_json(asked: Asked) -> Result<Reply, Turned> {
    Ok(Reply::page(twins::json(&asked.visit, "claims", CLAIMS, &asked.store().claims().list().await?)?))
}

fn may_state(asked: &Asked) -> bool {
    gather::verdict(asked, Act::StateClaim, Relation::None) == Verdict::Allowed
}

/// The certainty of a word.
fn find_certainty(word: &str) -> Option<Certainty> {
    use Certainty::{High, Low, Moderate, NotRated, VeryLow};
    [NotRated, VeryLow, Low, Moderate, High].into_iter().find(|one| one.as_str() == word)
}

/// What the evidence says of a claim, and how sure that is, in words.
fn standing(visit: &Visit, claim: &StoredClaim) -> Markup {
    let certainty = find_certainty(&claim.certainty).unwrap_or(Certainty::NotRated);
    let says = Says::find(&claim.direction).unwrap_or(Says::Open);
    html! {
        (layout::certainty_marks(certainty)) " "
        (visit.ta("claim-standing", &[
            ("certainty", crate::sentence::inside(&layout::certainty_word(visit, certainty)).into()),
            ("says", super::questions::draft::says_name(visit, says).into()),
        ]))
        @if claim.is_divergent { " " (layout::tag(TagKind::Doubt, &visit.t("claim-divergent"))) }
    }
}

async fn list(asked: Asked) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let claims = asked.store().claims().list().await?;
    let body = html! {
        (layout::section_head(
            &visit.t("nav-claims"),
            &html! { p { (visit.t("claims-margin")) } },
            &html! {
                h1 { (visit.t("claims-title")) }
                p.say { (visit.ta("claims-say", &[("count", claims.len().into())])) }
                @if may_state(&asked) { p.gap { a href="/claims/new" { (visit.t("claims-state")) } } }
            },
        ))
        (layout::section("list", &visit.t("claims-list"), &html! {}, &html! {
            @if claims.is_empty() {
                p { span.none { (visit.t("none")) } " " (visit.t("claims-empty")) " " a href="/" { (visit.t("claims-front")) } }
            }
            ul.list {
                @for claim in &claims {
                    li {
                        p.claim lang=(claim.language) { a href=(claim_path(&claim.claim_id)) { bdi { (claim.sentence) } } }
                        p.s.m {
                            (standing(visit, claim)) " · "
                            (visit.ta("claims-syntheses", &[("count", claim.rests_on.len().into())]))
                        }
                    }
                }
            }
            @if !claims.is_empty() { (layout::twins(visit, "/claims.csv", "/claims.json")) }
        }))
    };
    let page = Page {
        title: visit.t("claims-title"),
        description: visit.t("claims-description"),
        room: Room::Claims,
        spine: None,
        body,
    };
    Ok(Reply::page(layout::page(visit, &page)?))
}

/// The claim of the address.
async fn find(asked: &Asked) -> Result<StoredClaim, Turned> {
    let found = asked.store().claims().find(asked.parameter("claim")).await?;
    found.ok_or(Turned::Forum(Refused::Missing("claim")))
}

/// A statement that says a claim, with what members answered.
struct Believed {
    slug: String,
    number: i64,
    body: String,
    language: String,
    answers: Option<Answers>,
}

async fn beliefs(asked: &Asked, claim_id: &str) -> Result<Vec<Believed>, Turned> {
    let mut found = Vec::new();
    for one in asked.store().statements().list_of_claim(claim_id).await? {
        let known = gather::opinion(asked, &one.slug).await?;
        let id = one.number.to_string();
        let answers = known
            .and_then(|known| known.map.statements.iter().find(|own| own.id == id).map(|own| own.answers));
        found.push(Believed {
            slug: one.slug,
            number: one.number,
            body: one.body,
            language: one.language,
            answers,
        });
    }
    Ok(found)
}

async fn show(asked: Asked) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let claim = find(&asked).await?;
    let changes = asked.store().claims().list_changes(&claim.claim_id).await?;
    let believed = beliefs(&asked, &claim.claim_id).await?;
    let me = gather::me(&asked);
    let is_watched = !me.is_empty() && asked.store().claims().is_watched(&claim.claim_id, me).await?;
    let path = claim_path(&claim.claim_id);
    let body = html! {
        (layout::section_head(
            &visit.t("claim"),
            &html! {
                p { (visit.t("claim-stated")) " " (moment::day(visit, claim.stated_at.date())) }
                p { (visit.t("claim-reviewed")) " " (moment::day(visit, claim.reviewed_at.date())) }
            },
            &html! {
                p.s { a href="/claims" { (visit.t("nav-claims")) } }
                h1 dir="auto" lang=(claim.language) { (claim.sentence) }
                p.say { (standing(visit, &claim)) }
                @if claim.is_divergent { p.note { (visit.t("claim-divergent-why")) } }
                (watch(&asked, &path, is_watched))
                @if may_state(&asked) { p.s.gap { a href=(format!("{path}/edit")) { (visit.t("claim-edit")) } } }
            },
        ))
        (layout::section("syntheses", &visit.t("claim-rests-on"), &html! { p { a href="/methods/pooling" { (visit.t("how-made")) } } }, &syntheses(visit, &claim)))
        (layout::section("belief", &visit.t("claim-belief"), &html! { p { (visit.t("belief-how")) } }, &belief(visit, &believed)))
        (layout::section("changes", &visit.t("claim-changes"), &html! {}, &history(visit, &changes)))
    };
    let page = Page {
        title: claim.sentence.clone(),
        description: visit.t("claims-description"),
        room: Room::Claims,
        spine: Some(spine(visit, &claim, &believed)),
        body,
    };
    Ok(Reply::page(layout::page(visit, &page)?))
}

fn spine(visit: &Visit, claim: &StoredClaim, believed: &[Believed]) -> Markup {
    let mut neighbours = Vec::new();
    if !claim.rests_on.is_empty() {
        let note = claim.rests_on.len().to_string();
        neighbours.push(Neighbour { place: Place::Synthesis, href: "#syntheses".into(), note });
    }
    if let Some(first) = believed.first() {
        let note = believed.len().to_string();
        neighbours.push(Neighbour { place: Place::Question, href: question_path(&first.slug), note });
    }
    layout::spine(visit, Place::Claims, &neighbours)
}

fn watch(asked: &Asked, path: &str, is_watched: bool) -> Markup {
    let visit = &asked.visit;
    html! {
        @if asked.member.is_some() {
            @if is_watched {
                p.s.gap { (visit.t("claim-watched")) }
                (fields::button(asked, &format!("{path}/watch"), &visit.t("claim-unwatch"), &[("watch", "no")]))
            } @else {
                (fields::button(asked, &format!("{path}/watch"), &visit.t("claim-watch"), &[("watch", "yes")]))
            }
        }
    }
}

fn syntheses(visit: &Visit, claim: &StoredClaim) -> Markup {
    html! {
        @if claim.rests_on.is_empty() { (evidence::nobody(visit)) }
        ul.list {
            @for pool in &claim.rests_on {
                li {
                    @if let Some(found) = find_assessment(visit, pool) {
                        p.claim { a href=(shown::synthesis_path(&found.key)) { (crate::sentence::answer(visit, found)) } }
                    }
                    div.s { (evidence::studies(visit, pool)) }
                }
            }
        }
    }
}

fn belief(visit: &Visit, believed: &[Believed]) -> Markup {
    html! {
        p { (visit.t("belief-say")) }
        @if believed.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("claim-no-statement")) } }
        ul.list {
            @for one in believed {
                li {
                    p lang=(one.language) { a href=(format!("{}/statements#s{}", question_path(&one.slug), one.number)) { bdi { (one.body) } } }
                    @if let Some(answers) = &one.answers { (overall_row(answers)) p.s { (agreement(visit, answers)) } }
                    @else { p.s.m { (visit.t("opinion-nobody")) } }
                }
            }
        }
    }
}

fn history(visit: &Visit, changes: &[StoredChange]) -> Markup {
    html! {
        @if changes.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("claim-no-change")) } }
        ol.list.log {
            @for change in changes {
                li {
                    (moment::stamp(visit, change.changed_at))
                    p { del { (change_words(visit, &change.before)) } " " ins { (change_words(visit, &change.after)) } " "
                        span.s.m { (visit.ta("claim-evidence-version", &[("version", change.evidence_version.into())])) } }
                }
            }
        }
    }
}

/// What a change tells: words of the evidence in the reader's language where they are such, else as they were kept.
fn change_words(visit: &Visit, kept: &str) -> String {
    let word = |word: &str| {
        if let Some(says) = Says::find(word) {
            return super::questions::draft::says_name(visit, says);
        }
        find_certainty(word).map_or_else(
            || word.to_owned(),
            |certainty| crate::sentence::inside(&layout::certainty_word(visit, certainty)),
        )
    };
    kept.split(' ').map(word).collect::<Vec<_>>().join(", ")
}
