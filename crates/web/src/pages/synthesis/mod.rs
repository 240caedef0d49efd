//! `/syntheses/{id}`: one pooled answer with everything needed to doubt it, its filters, its files.
//!
//! The order of the page: the answer, a number to doubt, the studies, how sure and why, whether the method matters, small
//! studies, the studies as a table, how to take it away. A filter pools again in the same response; the page counts how
//! many filters were tried since arrival. Everything is made by `question::Question`; the parts only render.

mod answer;
mod certainty;
mod doubt;
mod files;
mod forest;
mod list;
mod points;
mod question;
mod sensitivity;
mod small_studies;
mod studies;

use crate::layout::{self, Neighbour, Page, Place, Room};
use crate::serve::Entry;
use crate::shown;
use crate::visit::{Media, Outcome, Visit};
use maud::html;
use question::Question;

/// Parameters that change what is pooled or on which scale.
pub const FILTERS: &[&str] = &["country", "design", "from", "measure", "without"];

/// The addresses.
pub const ENTRIES: &[Entry] = &[
    Entry::page("/syntheses", &[], list::page),
    Entry::new("/syntheses.csv", Media::Csv, &[], list::csv),
    Entry::new("/syntheses.json", Media::Json, &[], list::json),
    Entry::new("/api/v1/syntheses", Media::Json, API_FILTERS, files::api),
    Entry::page("/syntheses/{id}", FILTERS, page).counting_filters(),
    Entry::new("/syntheses/{id}/findings.csv", Media::Csv, FILTERS, files::findings_csv),
    Entry::new("/syntheses/{id}/synthesis.json", Media::Json, FILTERS, files::synthesis_json),
    Entry::new("/syntheses/{id}/forest.svg", Media::Svg, FILTERS, files::forest_svg),
    Entry::new("/syntheses/{id}/small-studies.svg", Media::Svg, FILTERS, files::small_studies_svg),
];

/// Parameters of the list in the API: what to pool, then how.
const API_FILTERS: &[&str] = &["practice", "outcome", "country", "design", "from", "measure", "without"];

fn page(visit: &Visit) -> Outcome {
    let question = Question::read(visit)?;
    let assessment = &question.assessment;
    let pooled = assessment.synthesis.k > 0;
    let body = html! {
        (whatworks_charts::rows::hatch_pattern())
        (answer::section(visit, &question))
        @if !assessment.synthesis.scale_doubts.is_empty() { (doubt::section(visit, &question)?) }
        @if pooled {
            (forest::section(visit, &question))
            (certainty::section(visit, &question))
        }
        @if assessment.synthesis.k > 1 { (sensitivity::section(visit, &question)) }
        @if assessment.synthesis.k > 2 { (small_studies::section(visit, &question)) }
        (studies::section(visit, &question))
        (files::section(visit, &question))
    };
    let findings = Neighbour {
        place: Place::Findings,
        href: "#studies".into(),
        note: assessment.members.len().to_string(),
    };
    layout::page(
        visit,
        &Page {
            title: question.title(visit),
            description: question.say(visit),
            room: Room::Evidence,
            spine: Some(layout::spine(visit, Place::Synthesis, &[findings])),
            body,
        },
    )
}

/// The shape of a synthesis, for the description of the API.
pub fn schema(visit: &Visit) -> utoipa::openapi::Schema {
    files::schema_of(&files::example(visit))
}

/// The address of another outcome's or practice's page, for a crumb.
fn crumbs(visit: &Visit, question: &Question) -> maud::Markup {
    let key = &question.assessment.key;
    html! {
        p.s {
            a href="/" { (visit.t("nav-evidence")) } " / "
            a href=(shown::practice_path(key.practice.as_str())) { (shown::practice(visit, key.practice.as_str())) } " / "
            a href=(shown::outcome_path(key.outcome.as_str())) { (shown::outcome(visit, key.outcome.as_str())) }
        }
    }
}
