//! What the study cannot say, what was asked for and not done, and what left the institution or did not.

use super::estimates::outcome_name;
use super::{Block, Cell, Row, Section, Table};
use crate::words::{Words, key};
use whatworks_domain::study::{Notice, StudyResult};

fn notes(notices: &[Notice]) -> impl Iterator<Item = Block> {
    notices.iter().map(|notice| Block::Note(notice.text.clone(), notice.hint.clone()))
}

/// Limits: every warning and every refusal, in full.
pub(super) fn limits(study: &StudyResult, words: &Words) -> Section {
    let mut blocks: Vec<Block> = Vec::new();
    if study.warnings.is_empty() && study.refusals.is_empty() {
        blocks.push(Block::Text(words.t("limits-none")));
    }
    blocks.extend(notes(&study.warnings));
    if !study.refusals.is_empty() {
        blocks.push(Block::Heading(words.t("refusals")));
        blocks.extend(notes(&study.refusals));
    }
    blocks.push(Block::List(vec![
        words.t("limit-one-place"),
        words.t("limit-interval"),
        words.t("limit-absence"),
    ]));
    Section { id: "limits", name: words.t("limits-name"), aside: vec![words.t("limits-aside")], blocks }
}

/// The gate: one row for each finding, with the reasons of those that were held back.
pub(super) fn released(study: &StudyResult, words: &Words) -> Section {
    let mut blocks = Vec::new();
    if study.releases.is_empty() {
        blocks.push(Block::Text(words.t("release-none")));
    } else {
        let rows = study.releases.iter().map(|release| {
            let verdict = match release.verdict.as_str() {
                "pass" => key("verdict-pass"),
                "review" => key("verdict-review"),
                _ => key("verdict-fail"),
            };
            let file =
                if release.file.is_empty() { words.t("release-no-file") } else { release.file.clone() };
            let reasons: Vec<&str> = release.reasons.iter().map(|reason| reason.text.as_str()).collect();
            Row {
                name: outcome_name(study, &release.outcome),
                below: (!reasons.is_empty()).then(|| (super::Tone::Plain, reasons.join(" "))),
                cells: vec![Cell { text: words.t(verdict), below: release.finding_id.clone() }, file.into()],
                ..Row::default()
            }
        });
        blocks.push(Block::Table(Table {
            caption: words.t("release-caption"),
            name: words.t("finding"),
            chart: None,
            columns: vec![words.t("release-verdict"), words.t("release-file")],
            rows: rows.collect(),
        }));
        let mut hints: Vec<String> = Vec::new();
        for reason in study.releases.iter().flat_map(|release| &release.reasons) {
            if !reason.hint.is_empty() && !hints.contains(&reason.hint) {
                hints.push(reason.hint.clone());
            }
        }
        if !hints.is_empty() {
            blocks.push(Block::Heading(words.t("release-hints")));
            blocks.push(Block::List(hints));
        }
    }
    Section { id: "released", name: words.t("release-name"), aside: vec![words.t("release-aside")], blocks }
}
