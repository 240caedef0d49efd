//! Taking an answer away: its findings, its JSON, its plots, a citation and a lasting address.

use super::answer::decimals;
use super::forest::{doubted, mark};
use super::question::{Question, average, check_values, prediction};
use crate::columns::FINDINGS;
use crate::layout;
use crate::shown;
use crate::text::key;
use crate::twins;
use crate::visit::{Media, Outcome, Refusal, Rendered, Visit};
use maud::{Markup, html};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use utoipa::openapi::schema::{Array, ObjectBuilder, Schema, SchemaType, Type};
use whatworks_charts::forest::{ForestAverage, ForestPrediction, ForestRow};
use whatworks_charts::{Forest, Interval, Scale, Standing, format, render_forest, render_funnel};
use whatworks_domain::{Finding, PoolKey};

fn file_name(question: &Question, ending: &str) -> String {
    format!("{}.{ending}", question.assessment.key.to_string().replace('~', "-"))
}

/// The findings under the answer, those left out included.
pub(super) fn findings_csv(visit: &Visit) -> Outcome {
    let question = Question::read(visit)?;
    let findings: Vec<&Finding> =
        question.assessment.members.iter().filter_map(|at| visit.evidence.findings.get(*at)).collect();
    let name = question.assessment.key.to_string().replace('~', "-");
    twins::csv(visit, &name, FINDINGS, findings)
}

fn value(question: &Question) -> Result<Value, serde_json::Error> {
    let assessment = &question.assessment;
    let mut value = serde_json::to_value(&assessment.synthesis)?;
    value["id"] = json!(assessment.key.to_string());
    value["verdict"] = serde_json::to_value(assessment.verdict)?;
    value["certainty"] = serde_json::to_value(&assessment.judgement)?;
    value["filters"] = json!(question.filters);
    Ok(value)
}

fn document(visit: &Visit, syntheses: &[Value]) -> Value {
    json!({
        "version": visit.evidence.version,
        "digest": visit.evidence.digest,
        "count": syntheses.len(),
        "syntheses": syntheses,
    })
}

pub(super) fn synthesis_json(visit: &Visit) -> Outcome {
    let question = Question::read(visit)?;
    let value = value(&question).map_err(|_| Refusal::internal(visit.lang))?;
    Ok(Rendered::json(visit, &document(visit, &[value]))?.as_download(&file_name(&question, "json")))
}

/// The shape of one synthesis in the API's description: every field of an example, by its JSON type.
pub(super) fn schema_of(value: &Value) -> Schema {
    let object = |kind| ObjectBuilder::new().schema_type(SchemaType::from_iter([kind, Type::Null]));
    match value {
        Value::Object(fields) => fields
            .iter()
            .fold(object(Type::Object), |object, (name, field)| object.property(name, schema_of(field)))
            .into(),
        Value::Array(items) => Schema::Array(Array::new(items.first().map_or_else(
            || Schema::from(ObjectBuilder::new().schema_type(SchemaType::AnyValue)),
            schema_of,
        ))),
        Value::String(_) => object(Type::String).into(),
        Value::Bool(_) => object(Type::Boolean).into(),
        Value::Number(_) => object(Type::Number).into(),
        Value::Null => ObjectBuilder::new().schema_type(SchemaType::AnyValue).into(),
    }
}

/// An example of a synthesis: the pool with the most studies; `null` without findings.
pub(super) fn example(visit: &Visit) -> Value {
    let most = visit.evidence.by_key.iter().max_by_key(|(_, members)| members.len());
    let question = most.and_then(|(key, _)| Question::of(visit, key).ok());
    question.and_then(|question| value(&question).ok()).unwrap_or(Value::Null)
}

/// `/api/v1/syntheses?practice=&outcome=&country=&design=&from=&measure=&without=`. A repeated
/// name means any of its values. A value that nothing in the whole base has is refused; a pool that does not have it is empty.
pub(super) fn api(visit: &Visit) -> Outcome {
    let catalogue = &visit.evidence.catalogue;
    let refuse = |name: &str, unknown: Option<&str>, accepted: &str| match unknown {
        Some(value) => Err(Refusal::parameter(visit, name, value, &visit.t(accepted))),
        None => Ok(()),
    };
    let practices: BTreeSet<&str> = visit.query.list("practice").collect();
    let outcomes: BTreeSet<&str> = visit.query.list("outcome").collect();
    let unknown = practices.iter().copied().find(|id| catalogue.find_practice(id).is_none());
    refuse("practice", unknown, key("accepted-practices"))?;
    let unknown = outcomes.iter().copied().find(|id| catalogue.find_outcome(id).is_none());
    refuse("outcome", unknown, key("accepted-outcomes"))?;
    check_values(visit, visit.evidence.findings.iter())?;
    let wanted = |pool: &PoolKey| {
        (practices.is_empty() || practices.contains(pool.practice.as_str()))
            && (outcomes.is_empty() || outcomes.contains(pool.outcome.as_str()))
    };
    let mut values = Vec::new();
    for pool in visit.evidence.by_key.keys().filter(|pool| wanted(pool)) {
        let question = Question::of(visit, pool)?;
        values.push(value(&question).map_err(|_| Refusal::internal(visit.lang))?);
    }
    Rendered::json(visit, &document(visit, &values))
}

pub(super) fn forest_svg(visit: &Visit) -> Outcome {
    let question = Question::read(visit)?;
    let body = render_forest(&forest(visit, &question));
    Ok(Rendered::new(Media::Svg, body.into_bytes()).as_download(&file_name(&question, "svg")))
}

pub(super) fn small_studies_svg(visit: &Visit) -> Outcome {
    let question = Question::read(visit)?;
    let body = render_funnel(&super::small_studies::plot(visit, &question));
    Ok(Rendered::new(Media::Svg, body.into_bytes()).as_download(&file_name(&question, "small-studies.svg")))
}

fn forest(visit: &Visit, question: &Question) -> Forest {
    let synthesis = question.synthesis();
    let doubted = doubted(question);
    let [lower_words, higher_words] = question.ends(visit);
    let rows = synthesis
        .studies
        .iter()
        .map(|study| {
            let mark = mark(question, study, &doubted);
            let finding = visit.evidence.findings.get(study.index);
            ForestRow {
                label: study.study.to_string(),
                note: finding.map_or(String::new(), |finding| shown::countries(visit, &finding.countries)),
                tag: (mark.standing == Standing::Suspected).then(|| visit.t("tag-scale")),
                study: mark,
            }
        })
        .collect();
    Forest {
        title: question.title(visit),
        subtitle: visit.ta("forest-caption", &[("unit", question.unit(visit).into())]),
        lower_words,
        higher_words,
        study_heading: visit.t("study"),
        effect_heading: visit.t("estimate-interval"),
        weight_heading: Some(visit.t("forest-weight")),
        rows,
        average: average(synthesis).map(|effect| ForestAverage {
            label: visit.ta("forest-average", &[("k", synthesis.k.into())]),
            effect,
            worse: question.is_worse(effect),
        }),
        new_institution: prediction(synthesis)
            .map(|interval| ForestPrediction { label: visit.t("forest-new"), interval }),
        notes: vec![citation(visit, question)],
        scale: Scale::Difference,
        decimals: decimals(question),
        width: 900.0,
        style: visit.style(),
    }
}

/// How to cite the answer: what, how many, the number, the version, the address.
fn citation(visit: &Visit, question: &Question) -> String {
    let synthesis = question.synthesis();
    let style = visit.style();
    let number = match (synthesis.estimate, synthesis.ci_low, synthesis.ci_high) {
        (Some(mean), Some(low), Some(high)) => {
            let places = decimals(question);
            format!(
                "{} {} ({})",
                format::signed(mean, places, &style),
                question.unit(visit),
                format::range(Interval::new(low, high), places, &style)
            )
        }
        _ => visit.t("none"),
    };
    let filters =
        question.filters.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(", ");
    let args = [
        ("title", question.title(visit).into()),
        ("k", synthesis.k.into()),
        ("number", number.into()),
        ("filters", if filters.is_empty() { visit.t("none") } else { filters }.into()),
        ("version", visit.evidence.version.into()),
        ("digest", layout::short_digest(&visit.evidence).into()),
        ("address", visit.address().into()),
    ];
    visit.ta("synthesis-citation", &args)
}

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let file = |name: &str| visit.query.address(&format!("{}/{name}", visit.path));
    layout::section(
        "take-away",
        &visit.t("take-away"),
        &html! { p { (visit.t("take-away-how")) } },
        &html! {
            ul.row {
                li { a href=(file("findings.csv")) { (visit.t("take-away-findings")) } }
                li { a href=(file("synthesis.json")) { (visit.t("take-away-json")) } }
                li { a href=(file("forest.svg")) { (visit.t("take-away-forest")) } }
                li { a href=(visit.address()) { (visit.t("take-away-address")) } }
            }
            blockquote.tint.s.gap { (citation(visit, question)) }
        },
    )
}
