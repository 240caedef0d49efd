//! `/syntheses`: every pool, by practice, with what it says.

use crate::layout::{self, Head, Page, Room, TagKind};
use crate::shown;
use crate::text::key;
use crate::twins::{self, Cell, Column, Kind};
use crate::visit::{Outcome, Refusal, Visit};
use maud::{Markup, html};
use whatworks_domain::PracticeId;
use whatworks_evidence::map::{Assessment, EvidenceMap};

fn map(visit: &Visit) -> Result<&EvidenceMap, Refusal> {
    visit.evidence.map().map_err(|_| Refusal::internal(visit.lang))
}

/// What a row of the list says.
pub(super) const COLUMNS: &[Column<Assessment>] = &[
    Column {
        name: "id",
        kind: Kind::Text,
        meaning: key("column-synthesis-id"),
        value: |_, one| Cell::Text(one.key.to_string()),
    },
    Column {
        name: "practice",
        kind: Kind::Text,
        meaning: key("field-practice"),
        value: |_, one| Cell::Text(one.key.practice.to_string()),
    },
    Column {
        name: "comparator",
        kind: Kind::Text,
        meaning: key("field-comparator"),
        value: |_, one| Cell::Text(one.key.comparator.to_string()),
    },
    Column {
        name: "outcome",
        kind: Kind::Text,
        meaning: key("field-outcome"),
        value: |_, one| Cell::Text(one.key.outcome.to_string()),
    },
    Column {
        name: "estimand",
        kind: Kind::Text,
        meaning: key("field-estimand"),
        value: |_, one| Cell::Text(one.key.estimand.to_string()),
    },
    Column {
        name: "studies",
        kind: Kind::Whole,
        meaning: key("column-synthesis-k"),
        value: |_, one| Cell::Whole(Some(one.synthesis.k as u64)),
    },
    Column {
        name: "measure",
        kind: Kind::Text,
        meaning: key("column-synthesis-measure"),
        value: |_, one| Cell::Text(one.synthesis.measure.to_string()),
    },
    Column {
        name: "unit",
        kind: Kind::Text,
        meaning: key("column-synthesis-unit"),
        value: |_, one| Cell::Text(one.synthesis.unit.clone()),
    },
    Column {
        name: "estimate",
        kind: Kind::Number,
        meaning: key("column-synthesis-estimate"),
        value: |_, one| Cell::Number(one.synthesis.estimate),
    },
    Column {
        name: "ci_low",
        kind: Kind::Number,
        meaning: key("column-synthesis-ci-low"),
        value: |_, one| Cell::Number(one.synthesis.ci_low),
    },
    Column {
        name: "ci_high",
        kind: Kind::Number,
        meaning: key("column-synthesis-ci-high"),
        value: |_, one| Cell::Number(one.synthesis.ci_high),
    },
    Column {
        name: "pi_low",
        kind: Kind::Number,
        meaning: key("column-synthesis-pi-low"),
        value: |_, one| Cell::Number(one.synthesis.pi_low),
    },
    Column {
        name: "pi_high",
        kind: Kind::Number,
        meaning: key("column-synthesis-pi-high"),
        value: |_, one| Cell::Number(one.synthesis.pi_high),
    },
    Column {
        name: "certainty",
        kind: Kind::Text,
        meaning: key("column-synthesis-certainty"),
        value: |_, one| Cell::Text(one.judgement.certainty.to_string()),
    },
];

pub(super) fn csv(visit: &Visit) -> Outcome {
    twins::csv(visit, "syntheses", COLUMNS, &map(visit)?.assessments)
}

pub(super) fn json(visit: &Visit) -> Outcome {
    twins::json(visit, "syntheses", COLUMNS, &map(visit)?.assessments)
}

pub(super) fn page(visit: &Visit) -> Outcome {
    let map = map(visit)?;
    let catalogue = &visit.evidence.catalogue;
    let heads = [
        Head::words(visit.t("outcome")),
        Head::words(visit.t("compared-with")),
        Head::estimates(visit.t("estimate-interval")),
        Head::figures(visit.t("studies")),
        Head::words(visit.t("fact-certainty")),
    ];
    let of_practice =
        |id: &PracticeId| map.assessments.iter().filter(|one| one.key.practice == *id).collect::<Vec<_>>();
    let body = html! {
        (layout::section_head(
            &visit.t("nav-evidence"),
            &html! { p { (visit.t("syntheses-how")) } },
            &html! {
                h1 { (visit.t("syntheses-title")) }
                p.say { (visit.ta("syntheses-say", &[("count", map.assessments.len().into())])) }
                (layout::twins(visit, "/syntheses.csv", "/syntheses.json"))
                @if map.assessments.is_empty() { p.gap { span.none { (visit.t("none")) } " " (visit.t("syntheses-empty")) } }
            },
        ))
        @for practice in catalogue.practices.iter().filter(|practice| !of_practice(&practice.id).is_empty()) {
            @let rows: Vec<Vec<Markup>> = of_practice(&practice.id).iter().map(|one| row(visit, one)).collect();
            (layout::section(
                practice.id.as_str(),
                shown::practice(visit, practice.id.as_str()),
                &html! { p { a href=(shown::practice_path(practice.id.as_str())) { (visit.t("syntheses-practice")) } } },
                &layout::fold_table(&html! { (shown::in_english(visit, &practice.definition)) }, &heads, &rows),
            ))
        }
    };
    layout::page(
        visit,
        &Page {
            title: visit.t("syntheses-title"),
            description: visit.t("syntheses-how"),
            room: Room::Evidence,
            spine: None,
            body,
        },
    )
}

fn row(visit: &Visit, one: &Assessment) -> Vec<Markup> {
    let synthesis = &one.synthesis;
    vec![
        html! {
            a href=(shown::synthesis_path(&one.key)) { (shown::outcome(visit, one.key.outcome.as_str())) }
            (shown::harm_tags(visit, one.key.outcome.as_str(), Some(one)))
            @if !synthesis.scale_doubts.is_empty() { " " (layout::tag(TagKind::Doubt, &visit.t("tag-scale"))) }
        },
        html! { (shown::comparator(visit, one.key.comparator.as_str())) br; span.s.m { (shown::estimand(visit, one.key.estimand)) } },
        html! {
            @match shown::pooled(visit, synthesis) {
                Some((estimate, unit)) => { (estimate) br; span.s.m { (unit) } }
                None => (visit.t("none")),
            }
        },
        html! { (synthesis.k) },
        html! { (layout::certainty_marks(one.judgement.certainty)) " " (layout::certainty_word(visit, one.judgement.certainty)) },
    ]
}
