//! The first page: the answer in sentences, harm on its own, all outcomes in one picture, and what cannot be said.

use super::reading::{self, Good, Reading};
use super::{Block, Cell, Row, Section, Table};
use crate::words::{Words, key};
use whatworks_charts::{Axis, Estimate, Scale, study as charts};
use whatworks_domain::study::{EstimateRow, StudyResult};

fn whole(study: &StudyResult) -> impl Iterator<Item = &EstimateRow> {
    study.estimates.iter().filter(|row| reading::is_whole(row))
}

/// Notes beside the title.
pub(super) fn aside(study: &StudyResult, words: &Words) -> Vec<String> {
    let place = [study.study.institution.as_str(), study.study.country.as_str()];
    let mut notes =
        vec![place.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(", ")];
    notes.push(match (study.study.start.as_str(), study.study.end.as_str()) {
        ("", end) => end.to_owned(),
        (start, "") => start.to_owned(),
        (start, end) => words.ta("aside-dates", &[("start", start.into()), ("end", end.into())]),
    });
    let hash: String = study.plan_hash.chars().take(8).collect();
    notes.push(words.ta("aside-plan", &[("hash", hash.into())]));
    notes.retain(|note| !note.is_empty());
    notes
}

/// The answer: what went which way, for whom that is good, and what cannot be told.
pub(super) fn say(study: &StudyResult, words: &Words) -> Vec<String> {
    let mut sentences = Vec::new();
    let (mut little, mut unclear) = (Vec::new(), Vec::new());
    for row in whole(study) {
        let subject = reading::subject(row, &study.estimates, words);
        match reading::read(row) {
            Reading::Little => little.push(subject),
            Reading::Unclear => unclear.push(subject),
            Reading::Higher | Reading::Lower => {
                sentences.push(clear_sentence(row, &reading::opening(&subject), words));
            }
        }
    }
    if !little.is_empty() {
        let args = [("outcomes", words.list(&little).into())];
        sentences.push(words.ta("say-little", &args));
    }
    if !unclear.is_empty() {
        let args = [("outcomes", words.list(&unclear).into())];
        let few = whole(study).any(|row| !row.may_say_significant);
        sentences.push(words.ta(if few { key("say-few") } else { key("say-unclear") }, &args));
    }
    if sentences.is_empty() {
        sentences.push(words.t("say-nothing"));
    }
    sentences
}

fn clear_sentence(row: &EstimateRow, subject: &str, words: &Words) -> String {
    let is_higher = reading::read(row) == Reading::Higher;
    let (low, high) = if is_higher { (row.ci_low, row.ci_high) } else { (-row.ci_high, -row.ci_low) };
    let sentence = match (reading::is_causal(row), is_higher) {
        (true, true) => key("say-higher"),
        (true, false) => key("say-lower"),
        (false, true) => key("say-with-higher"),
        (false, false) => key("say-with-lower"),
    };
    let good = match (reading::worth(row), reading::is_lender(row)) {
        (Good::Better, false) => words.t("for-clients-better"),
        (Good::Worse, false) => words.t("for-clients-worse"),
        (Good::Better, true) => words.t("for-lender-better"),
        (Good::Worse, true) => words.t("for-lender-worse"),
        (Good::Neither, _) => words.t("for-nobody"),
    };
    words.ta(
        sentence,
        &[
            ("outcome", subject.into()),
            ("amount", reading::like(row, row.estimate.abs(), words).into()),
            ("low", reading::like(row, low, words).into()),
            ("high", reading::like(row, high, words).into()),
            ("unit", row.unit.as_str().into()),
            ("good", good.into()),
        ],
    )
}

/// Below the answer: the contrast, the people, what the effect is the effect of.
pub(super) fn context(study: &StudyResult, words: &Words) -> Vec<String> {
    let mut lines = vec![words.ta(
        "context-contrast",
        &[
            ("practice", study.practice.name.as_str().into()),
            ("comparator", study.practice.comparator_name.as_str().into()),
            ("design", study.design_name.as_str().into()),
        ],
    )];
    let rows: Vec<u64> = whole(study).map(|row| row.n).collect();
    if let (Some(fewest), Some(most)) = (rows.iter().min(), rows.iter().max()) {
        let (low, high) = (reading::count(*fewest, words), reading::count(*most, words));
        let mut line = if fewest == most {
            words.ta("context-people", &[("n", high.into())])
        } else {
            words.ta("context-people-range", &[("low", low.into()), ("high", high.into())])
        };
        if let Some(clusters) = &study.diagnostics.clusters {
            let args = [("clusters", clusters.count.into()), ("column", clusters.column.as_str().into())];
            line = format!("{line} {}", words.ta("context-clusters", &args));
        }
        let named = [("outcomes", study.outcomes.len().into())];
        lines.push(format!("{line} {}", words.ta("context-outcomes", &named)));
    }
    if let Some(row) = whole(study).next() {
        lines.push(words.t(match row.estimand.as_str() {
            "ITT" => key("scope-itt"),
            "LATE" => key("scope-late"),
            "ATT" => key("scope-att"),
            _ => key("scope-association"),
        }));
    }
    lines
}

/// The picture of all outcomes, harm on its own, and the first limits.
pub(super) fn sections(study: &StudyResult, words: &Words) -> Vec<Section> {
    vec![picture(study, words), harm(study, words), cannot_say(study, words)]
}

fn picture(study: &StudyResult, words: &Words) -> Section {
    let rows: Vec<&EstimateRow> = whole(study).collect();
    let turned: Vec<Estimate> = rows.iter().filter_map(|row| reading::turned(row)).collect();
    let axis = Axis::fit(Scale::Difference, &turned, &[]);
    let table = Table {
        caption: words.t("picture-caption"),
        name: words.t("outcome"),
        chart: Some((words.t("axis-clients"), Some(axis.clone()))),
        columns: vec![words.t("effect-interval")],
        rows: rows.iter().map(|row| picture_row(row, study, &axis, words)).collect(),
    };
    let has_primary = rows.iter().any(|row| row.primary);
    Section {
        id: "answer",
        name: words.t("picture-name"),
        aside: vec![
            words.t("picture-aside"),
            words.t(if has_primary { key("picture-primary") } else { key("picture-no-primary") }),
        ],
        blocks: if rows.is_empty() {
            vec![Block::Text(words.t("say-nothing"))]
        } else {
            vec![Block::Table(table)]
        },
    }
}

fn picture_row(row: &EstimateRow, study: &StudyResult, axis: &Axis, words: &Words) -> Row {
    let turned = reading::turned(row);
    let mut name = reading::name(row, &study.estimates);
    if row.primary {
        name = words.ta("name-primary", &[("name", name.into())]);
    }
    let (tone, mut verdict) = reading::verdict(row, words);
    if turned.is_none() {
        verdict = format!("{verdict}; {}", words.t("no-sd"));
    }
    if row.better == "neither" {
        verdict = format!("{verdict}; {}", words.t("no-better-side"));
    }
    let harm = reading::harm_tag(row, words);
    Row {
        name,
        below: harm.is_none().then_some((tone, verdict)),
        harm,
        drawing: turned.map(|effect| charts::coefficient(axis, effect, reading::ink(row))),
        cells: vec![Cell {
            text: reading::amount(row, words),
            below: words.ta(
                "unit-control",
                &[("unit", row.unit.as_str().into()), ("mean", reading::control(row, words).into())],
            ),
        }],
    }
}

/// Harm stands on its own: what went the wrong way, and how much harm the study could not rule out.
fn harm(study: &StudyResult, words: &Words) -> Section {
    let mut lines: Vec<String> = Vec::new();
    for row in whole(study).filter(|row| row.kind == "harm") {
        // The end of the interval that is worst for clients, as a worsening.
        let worst = if row.better == "higher" { -row.ci_low } else { row.ci_high };
        let sentence = match (reading::worth(row), reading::read(row)) {
            (Good::Worse, _) => key("harm-clear"),
            (Good::Better, _) => key("harm-less"),
            (_, Reading::Little) => key("harm-little"),
            _ if worst > 0.0 => key("harm-possible"),
            _ => key("harm-few"),
        };
        lines.push(words.ta(
            sentence,
            &[
                ("outcome", reading::opening(&reading::subject(row, &study.estimates, words)).into()),
                ("amount", reading::amount(row, words).into()),
                ("worst", reading::like(row, worst, words).into()),
                ("unit", row.unit.as_str().into()),
            ],
        ));
    }
    for row in whole(study).filter(|row| row.kind != "harm" && !reading::is_lender(row)) {
        if reading::worth(row) == Good::Worse {
            let args = [
                ("outcome", reading::opening(&reading::subject(row, &study.estimates, words)).into()),
                ("amount", reading::amount(row, words).into()),
                ("unit", row.unit.as_str().into()),
            ];
            lines.push(words.ta("harm-benefit-worse", &args));
        }
    }
    let has_harm = whole(study).any(|row| row.kind == "harm");
    let mut blocks = Vec::new();
    if !lines.is_empty() {
        blocks.push(Block::List(lines));
    }
    if !has_harm {
        blocks.push(Block::Note(words.t("harm-none-measured"), words.t("harm-none-hint")));
    }
    Section { id: "harm", name: words.t("harm-name"), aside: vec![words.t("harm-aside")], blocks }
}

/// The limits that belong on the first page: what the warnings say, else what every such study cannot say.
fn cannot_say(study: &StudyResult, words: &Words) -> Section {
    let mut lines: Vec<String> =
        study.warnings.iter().chain(&study.refusals).take(5).map(|notice| notice.text.clone()).collect();
    lines.push(words.t("cannot-elsewhere"));
    Section {
        id: "cannot-say",
        name: words.t("cannot-name"),
        aside: vec![words.t("cannot-aside")],
        blocks: vec![Block::List(lines)],
    }
}
