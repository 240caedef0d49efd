//! The CSV and JSON twins of the map (one row per practice and outcome domain, empty ones included) and of the ranking.

use super::ranking;
use crate::state::Evidence;
use crate::text::key;
use crate::twins::{self, Cell, Column, Kind};
use crate::visit::{Outcome, Refusal, Visit};
use serde::Serialize;
use whatworks_domain::PracticeId;
use whatworks_evidence::map::Assessment;
use whatworks_evidence::ranking::Ranked;

/// A square of the map, by its place in it.
#[derive(Debug, Clone, Copy)]
struct Square {
    row: usize,
    column: usize,
}

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}
fn whole(value: usize) -> Cell {
    Cell::Whole(u64::try_from(value).ok())
}

/// The name that a value without fields has in files.
fn name_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

fn cell<'a>(evidence: &'a Evidence, square: &Square) -> Option<&'a whatworks_evidence::map::Cell> {
    evidence.map().ok()?.rows.get(square.row)?.cells.get(square.column)
}
fn practice<'a>(evidence: &'a Evidence, square: &Square) -> &'a str {
    let row = evidence.map().ok().and_then(|map| map.rows.get(square.row));
    row.map_or("", |row| row.practice.as_str())
}
fn lead<'a>(evidence: &'a Evidence, square: &Square) -> Option<&'a Assessment> {
    let first = cell(evidence, square)?.assessments.first()?;
    evidence.map().ok()?.assessments.get(*first)
}
/// A text of the leading synthesis; blank in an empty square.
fn of_lead(evidence: &Evidence, square: &Square, of: impl Fn(&Assessment) -> String) -> Cell {
    Cell::Text(lead(evidence, square).map(of).unwrap_or_default())
}
/// A number of the leading synthesis; unknown in an empty square.
fn number(evidence: &Evidence, square: &Square, of: impl Fn(&Assessment) -> Option<f64>) -> Cell {
    Cell::Number(lead(evidence, square).and_then(of))
}
fn keys(evidence: &Evidence, positions: &[usize]) -> Cell {
    let assessments = evidence.map().map_or(&[][..], |map| &map.assessments);
    Cell::List(
        positions.iter().filter_map(|at| assessments.get(*at)).map(|one| one.key.to_string()).collect(),
    )
}

macro_rules! columns {
    ($($name:literal $kind:ident $meaning:literal |$evidence:pat_param, $item:ident| $value:expr;)*) => {
        &[$(Column { name: $name, kind: Kind::$kind, meaning: key($meaning), value: |$evidence, $item| $value }),*]
    };
}

const MAP: &[Column<Square>] = columns! {
    "practice" Text "field-practice" |e, s| text(practice(e, s));
    "practice_name" Text "field-practice-name" |e, s| text(e.catalogue.find_practice(practice(e, s)).map_or("", |p| &p.name));
    "family" Text "field-family" |e, s| text(e.catalogue.find_practice(practice(e, s)).map_or("", |p| p.family.as_str()));
    "domain" Text "field-domain" |e, s| text(cell(e, s).map_or("", |c| c.domain.as_str()));
    "syntheses" Whole "field-cell-syntheses" |e, s| whole(cell(e, s).map_or(0, |c| c.assessments.len()));
    "samples" Whole "field-samples" |e, s| whole(cell(e, s).map_or(0, |c| c.samples));
    "synthesis" Text "field-cell-synthesis" |e, s| of_lead(e, s, |a| a.key.to_string());
    "outcome" Text "field-outcome" |e, s| of_lead(e, s, |a| a.key.outcome.to_string());
    "comparator" Text "field-comparator" |e, s| of_lead(e, s, |a| a.key.comparator.to_string());
    "estimand" Text "field-estimand" |e, s| of_lead(e, s, |a| a.key.estimand.to_string());
    "randomised" Flag "field-cell-randomised" |e, s| Cell::Flag(lead(e, s).map(|a| a.randomised));
    "studies" Whole "field-cell-studies" |e, s| Cell::Whole(lead(e, s).and_then(|a| u64::try_from(a.synthesis.k).ok()));
    "people" Whole "field-cell-people" |e, s| Cell::Whole(lead(e, s).map(|a| a.people(e.effects())).filter(|n| *n > 0));
    "unit" Text "field-unit" |e, s| of_lead(e, s, |a| a.synthesis.unit.clone());
    "estimate" Number "field-cell-estimate" |e, s| number(e, s, |a| a.synthesis.estimate);
    "ci_low" Number "field-cell-ci-low" |e, s| number(e, s, |a| a.synthesis.ci_low);
    "ci_high" Number "field-cell-ci-high" |e, s| number(e, s, |a| a.synthesis.ci_high);
    "smd" Number "field-cell-smd" |e, s| number(e, s, |a| a.verdict?.smd);
    "reading" Text "field-cell-reading" |e, s| of_lead(e, s, |a| a.verdict.map(|v| name_of(&v.reading)).unwrap_or_default());
    "size" Text "field-cell-size" |e, s| of_lead(e, s, |a| a.verdict.and_then(|v| v.size).map(|z| name_of(&z)).unwrap_or_default());
    "certainty" Text "field-cell-certainty" |e, s| of_lead(e, s, |a| a.judgement.certainty.as_str().to_owned());
    "chance_better" Number "field-cell-chance-better" |e, s| number(e, s, |a| a.verdict?.chance_better);
    "chance_harm" Number "field-cell-chance-harm" |e, s| number(e, s, |a| a.verdict?.chance_harm);
    "harms" List "field-cell-harms" |e, s| keys(e, cell(e, s).map_or(&[], |c| &c.harms));
    "lender_losses" List "field-cell-lender-losses" |e, s| keys(e, cell(e, s).map_or(&[], |c| &c.lender_losses));
    "scale_doubts" Whole "field-cell-scale-doubts" |e, s| Cell::Whole(lead(e, s).and_then(|a| u64::try_from(a.synthesis.scale_doubts.len()).ok()));
};

fn squares(visit: &Visit) -> Result<Vec<Square>, Refusal> {
    let map = visit.evidence.map().map_err(|_| Refusal::internal(visit.lang))?;
    let places = map.rows.iter().enumerate();
    Ok(places.flat_map(|(row, of)| (0..of.cells.len()).map(move |column| Square { row, column })).collect())
}

/// `/map.csv`.
pub(super) fn map_csv(visit: &Visit) -> Outcome {
    twins::csv(visit, "map", MAP, &squares(visit)?)
}

/// `/map.json`.
pub(super) fn map_json(visit: &Visit) -> Outcome {
    twins::json(visit, "map", MAP, &squares(visit)?)
}

/// A line of the ranking: ranked, or why not.
struct Line {
    practice: PracticeId,
    ranked: Option<Ranked>,
    evidence_share: f64,
}

fn ranked_number(line: &Line, of: impl Fn(&Ranked) -> f64) -> Cell {
    Cell::Number(line.ranked.as_ref().map(of))
}
fn ranked_whole(line: &Line, of: impl Fn(&Ranked) -> usize) -> Cell {
    Cell::Whole(line.ranked.as_ref().and_then(|ranked| u64::try_from(of(ranked)).ok()))
}

const RANKING: &[Column<Line>] = columns! {
    "practice" Text "field-practice" |_, l| text(l.practice.as_str());
    "practice_name" Text "field-practice-name" |e, l| text(e.catalogue.find_practice(l.practice.as_str()).map_or("", |p| &p.name));
    "ranked" Flag "field-rank-ranked" |_, l| Cell::Flag(Some(l.ranked.is_some()));
    "value_sd" Number "field-rank-value" |_, l| ranked_number(l, |r| r.value);
    "expected_rank" Number "field-rank-expected" |_, l| ranked_number(l, |r| r.expected_rank);
    "rank_low" Whole "field-rank-low" |_, l| ranked_whole(l, |r| r.rank_low);
    "rank_high" Whole "field-rank-high" |_, l| ranked_whole(l, |r| r.rank_high);
    "prob_best" Number "field-rank-best" |_, l| ranked_number(l, |r| r.prob_best);
    "prob_top3" Number "field-rank-top3" |_, l| ranked_number(l, |r| r.prob_top3);
    "evidence_share" Number "field-rank-share" |_, l| Cell::Number(Some(l.evidence_share));
    "complete" Flag "field-rank-complete" |_, l| Cell::Flag(l.ranked.as_ref().map(|r| r.complete));
    "harms" List "field-cell-harms" |e, l| keys(e, l.ranked.as_ref().map_or(&[], |r| &r.harms));
    "lender_losses" List "field-cell-lender-losses" |e, l| keys(e, l.ranked.as_ref().map_or(&[], |r| &r.lender_losses));
};

fn lines(visit: &Visit) -> Result<Vec<Line>, Refusal> {
    let map = visit.evidence.map().map_err(|_| Refusal::internal(visit.lang))?;
    let ranking = ranking::of(visit, map);
    let ranked = ranking.ranked.into_iter().map(|row| Line {
        practice: row.practice.clone(),
        evidence_share: row.evidence_share,
        ranked: Some(row),
    });
    let not_ranked = ranking.not_ranked.into_iter().map(|row| Line {
        practice: row.practice,
        evidence_share: row.evidence_share,
        ranked: None,
    });
    Ok(ranked.chain(not_ranked).collect())
}

/// `/ranking.csv`, with the weights of the address.
pub(super) fn ranking_csv(visit: &Visit) -> Outcome {
    twins::csv(visit, "ranking", RANKING, &lines(visit)?)
}

/// `/ranking.json`, with the weights of the address.
pub(super) fn ranking_json(visit: &Visit) -> Outcome {
    twins::json(visit, "ranking", RANKING, &lines(visit)?)
}
