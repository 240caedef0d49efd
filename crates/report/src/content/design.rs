//! On whom the answer rests and how it was made: sample flow, contrast, assignment, records, plan.

use super::reading;
use super::{Block, Row, Section, Table};
use crate::words::{Words, key};
use whatworks_charts::study as charts;
use whatworks_domain::study::{StudyResult, Transform};

/// From the file to the rows used.
pub(super) fn flow(study: &StudyResult, words: &Words) -> Option<Section> {
    let first = study.sample_flow.first()?;
    let of = first.rows.saturating_add(first.dropped).max(study.data.rows);
    let rows = study
        .sample_flow
        .iter()
        .map(|step| Row {
            name: step.step.clone(),
            below: (!step.reason.is_empty()).then(|| (super::Tone::Plain, step.reason.clone())),
            drawing: Some(charts::flow(step.rows, step.dropped, of)),
            cells: vec![
                reading::count(step.rows, words).into(),
                if step.dropped > 0 {
                    reading::count(step.dropped, words).into()
                } else {
                    words.t("none").into()
                },
            ],
            ..Row::default()
        })
        .collect();
    Some(Section {
        id: "sample",
        name: words.t("flow-name"),
        aside: vec![words.t("flow-aside")],
        blocks: vec![Block::Table(Table {
            caption: words.t("flow-caption"),
            name: words.t("flow-step"),
            chart: Some((words.t("flow-share"), None)),
            columns: vec![words.t("flow-left"), words.t("flow-dropped")],
            rows,
        })],
    })
}

/// How the study was made.
pub(super) fn how(study: &StudyResult, words: &Words) -> Section {
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut add = |name: &'static str, value: String| {
        if !value.trim().is_empty() {
            facts.push((words.t(name), value));
        }
    };
    let design = &study.design;
    let column = |column: &Option<String>| column.clone().unwrap_or_default();
    add(key("design-kind"), study.design_name.clone());
    add(key("design-practice"), study.practice.name.clone());
    add(key("design-comparator"), study.practice.comparator_name.clone());
    add(key("design-population"), study.study.population.clone());
    add(key("design-assignment"), design.assignment.clone());
    add(key("design-treatment"), column(&design.treatment));
    add(key("design-instrument"), column(&design.instrument));
    add(key("design-endogenous"), column(&design.endogenous));
    add(key("design-cluster"), column(&design.cluster));
    add(key("design-strata"), column(&design.strata));
    add(key("design-unit"), column(&design.unit));
    add(key("design-time"), column(&design.time));
    add(key("design-covariates"), words.list(&design.covariates));
    add(key("design-absorbed"), words.list(&design.fixed_effects));
    add(key("design-weights"), column(&design.weights));
    add(
        key("design-followup"),
        study
            .study
            .followup_months
            .map(|m| words.ta("design-months", &[("months", m.to_string().into())]))
            .unwrap_or_default(),
    );
    add(key("design-doi"), study.study.doi.clone());
    add(
        key("design-records"),
        words.ta(
            "design-file",
            &[
                ("file", study.data.file.as_str().into()),
                ("format", study.data.format.as_str().into()),
                ("rows", reading::count(study.data.rows, words).into()),
            ],
        ),
    );
    add(key("design-records-hash"), study.data.sha256.clone());
    add(key("design-plan-hash"), study.plan_hash.clone());
    let mut blocks = vec![Block::Facts(facts)];
    let transformed: Vec<String> =
        study
            .outcomes
            .iter()
            .filter_map(|outcome| {
                let how = match outcome.transform {
                    Transform::None => return None,
                    Transform::Log => key("transform-log"),
                    Transform::Log1p => key("transform-log1p"),
                    Transform::Asinh => key("transform-asinh"),
                    Transform::Winsorise => key("transform-winsorise"),
                };
                Some(words.ta(
                    "transform",
                    &[("outcome", outcome.name.as_str().into()), ("how", words.t(how).into())],
                ))
            })
            .collect();
    if !transformed.is_empty() {
        blocks.push(Block::List(transformed));
    }
    Section { id: "design", name: words.t("design-name"), aside: vec![words.t("design-aside")], blocks }
}
