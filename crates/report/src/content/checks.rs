//! Whether the design held: balance and attrition between the arms, take-up and first stage, differences by period,
//! similarity within clusters, and the smallest effect that could have been seen.

use super::estimates::outcome_name;
use super::reading;
use super::{Block, Row, Section, Table, Tone};
use crate::words::Words;
use whatworks_charts::study::{self as charts, PeriodDifference};
use whatworks_charts::{Estimate, Interval, format};
use whatworks_domain::study::{AndersonRubin, PeriodRow, StudyResult};

fn percent(share: f64, words: &Words) -> String {
    format::percent(share * 100.0, 1, &words.style)
}

/// Three significant digits, for numbers that come without an error of their own.
fn short(x: f64, words: &Words) -> String {
    let size = x.abs();
    let decimals = if !size.is_finite() || size >= 100.0 || size == 0.0 {
        0
    } else if size >= 10.0 {
        1
    } else if size >= 1.0 {
        2
    } else {
        3
    };
    format::number(x, decimals, &words.style)
}

/// Were the arms alike, and did as many stay in both?
pub(super) fn arms(study: &StudyResult, words: &Words) -> Option<Section> {
    let checks = &study.diagnostics;
    let mut blocks = Vec::new();
    if !checks.balance.is_empty() {
        let differences: Vec<f64> = checks.balance.iter().map(|row| row.std_difference).collect();
        let axis = charts::balance_axis(&differences);
        let rows = checks.balance.iter().map(|row| Row {
            name: row.covariate.clone(),
            below: (row.std_difference.abs() > charts::SMALL_STANDARDISED_DIFFERENCE)
                .then(|| (Tone::Plain, words.t("balance-large"))),
            drawing: Some(charts::balance(&axis, row.std_difference)),
            cells: vec![
                format::signed(row.std_difference, 2, &words.style).into(),
                short(row.mean_treated, words).into(),
                short(row.mean_control, words).into(),
                reading::p_value(row.p_value, words).into(),
            ],
            ..Row::default()
        });
        blocks.push(Block::Table(Table {
            caption: words.t("balance-caption"),
            name: words.t("covariate"),
            chart: Some((words.t("balance-axis"), Some(axis.clone()))),
            columns: vec![
                words.t("std-difference"),
                words.t("mean-treated"),
                words.t("mean-control"),
                words.t("p-value"),
            ],
            rows: rows.collect(),
        }));
        if let Some(p) = checks.balance_joint_p {
            blocks.push(Block::Text(words.ta("balance-joint", &[("p", reading::p_value(p, words).into())])));
        }
    }
    if !checks.attrition.is_empty() {
        let of = |missing: u64, all: u64| {
            let share = if all > 0 { percent(missing as f64 / all as f64, words) } else { words.t("none") };
            let args = [
                ("missing", reading::count(missing, words).into()),
                ("all", reading::count(all, words).into()),
                ("share", share.into()),
            ];
            words.ta("attrition-of", &args)
        };
        let rows = checks.attrition.iter().map(|row| Row {
            name: outcome_name(study, &row.outcome),
            cells: vec![
                of(row.treated_missing, row.treated).into(),
                of(row.control_missing, row.control).into(),
                words
                    .ta(
                        "points",
                        &[("points", format::signed(row.difference * 100.0, 1, &words.style).into())],
                    )
                    .into(),
                row.p_value.map_or_else(|| words.t("none"), |p| reading::p_value(p, words)).into(),
            ],
            ..Row::default()
        });
        blocks.push(Block::Table(Table {
            caption: words.t("attrition-caption"),
            name: words.t("outcome"),
            chart: None,
            columns: vec![
                words.t("attrition-treated"),
                words.t("attrition-control"),
                words.t("difference"),
                words.t("p-value"),
            ],
            rows: rows.collect(),
        }));
    }
    (!blocks.is_empty()).then(|| Section {
        id: "arms",
        name: words.t("arms-name"),
        aside: vec![words.t("arms-aside")],
        blocks,
    })
}

/// Did the offer move anybody, and strongly enough?
pub(super) fn take_up(study: &StudyResult, words: &Words) -> Option<Section> {
    let checks = &study.diagnostics;
    let mut blocks = Vec::new();
    if let Some(take_up) = &checks.take_up {
        blocks.push(Block::Text(words.ta(
            "take-up-text",
            &[
                ("column", take_up.column.as_str().into()),
                ("treated", percent(take_up.treated, words).into()),
                ("control", percent(take_up.control, words).into()),
                (
                    "points",
                    format::signed((take_up.treated - take_up.control) * 100.0, 1, &words.style).into(),
                ),
            ],
        )));
    }
    if !checks.first_stage.is_empty() {
        let rows = checks.first_stage.iter().map(|row| Row {
            name: outcome_name(study, &row.outcome),
            below: row.weak.then(|| (Tone::Plain, words.t("weak"))),
            cells: vec![
                format::signed(row.estimate, 3, &words.style).into(),
                format::number(row.std_error, 3, &words.style).into(),
                format::number(row.f, 1, &words.style).into(),
                format::number(row.effective_f, 1, &words.style).into(),
            ],
            ..Row::default()
        });
        blocks.push(Block::Table(Table {
            caption: words.t("first-stage-caption"),
            name: words.t("outcome"),
            chart: None,
            columns: vec![
                words.t("first-stage-effect"),
                words.t("std-error"),
                words.t("f-statistic"),
                words.t("effective-f"),
            ],
            rows: rows.collect(),
        }));
        if checks.first_stage.iter().any(|row| row.weak) {
            blocks.push(Block::Note(words.t("weak-note"), words.t("weak-hint")));
        }
    }
    if !checks.anderson_rubin.is_empty() {
        let rows = checks.anderson_rubin.iter().map(|row| Row {
            name: outcome_name(study, &row.outcome),
            cells: vec![set(row, study, words).into(), reading::p_value(row.p_value, words).into()],
            ..Row::default()
        });
        blocks.push(Block::Table(Table {
            caption: words.t("anderson-rubin-caption"),
            name: words.t("outcome"),
            chart: None,
            columns: vec![words.t("anderson-rubin-set"), words.t("p-value")],
            rows: rows.collect(),
        }));
    }
    (!blocks.is_empty()).then(|| Section {
        id: "take-up",
        name: words.t("take-up-name"),
        aside: vec![words.t("take-up-aside")],
        blocks,
    })
}

/// Anderson and Rubin's set in words; it may be empty, or without an end.
fn set(row: &AndersonRubin, study: &StudyResult, words: &Words) -> String {
    let estimate = study.estimates.iter().find(|e| e.outcome == row.outcome && reading::is_whole(e));
    let decimals = estimate.map_or(2, |e| format::decimals_for(e.std_error));
    let pieces: Vec<String> = row
        .pieces
        .iter()
        .map(|piece| {
            let number = |x: f64| format::number(x, decimals, &words.style);
            match *piece {
                (Some(low), Some(high)) => format::range(Interval::new(low, high), decimals, &words.style),
                (None, Some(high)) => words.ta("set-below", &[("high", number(high).into())]),
                (Some(low), None) => words.ta("set-above", &[("low", number(low).into())]),
                (None, None) => words.t("set-everything"),
            }
        })
        .collect();
    if pieces.is_empty() { words.t("set-empty") } else { words.list(&pieces) }
}

/// Differences by period: did the arms move alike before the practice?
pub(super) fn periods(study: &StudyResult, words: &Words) -> Option<Section> {
    let all = &study.diagnostics.periods;
    let mut outcomes: Vec<&str> = Vec::new();
    for row in all {
        if !outcomes.contains(&row.outcome.as_str()) {
            outcomes.push(&row.outcome);
        }
    }
    if outcomes.is_empty() {
        return None;
    }
    let mut blocks = Vec::new();
    for outcome in outcomes {
        let rows: Vec<&PeriodRow> = all.iter().filter(|row| row.outcome == outcome).collect();
        let differences: Vec<PeriodDifference> = rows
            .iter()
            .map(|row| PeriodDifference {
                period: row.period,
                effect: Estimate::new(row.estimate, row.ci_low, row.ci_high),
                is_before: row.before,
                is_reference: row.std_error == 0.0,
            })
            .collect();
        let name = outcome_name(study, outcome);
        let estimate = study.estimates.iter().find(|row| row.outcome == outcome && reading::is_whole(row));
        let unit = estimate.map(|row| row.unit.clone()).unwrap_or_default();
        let args = [("outcome", name.clone().into()), ("unit", unit.into())];
        blocks.push(Block::Figure(
            words.ta("periods-caption", &args),
            words.ta("periods-described", &args),
            charts::event_study(&differences, &words.style),
        ));
        if let Some(p) = rows.iter().find_map(|row| row.joint_pre_p) {
            blocks.push(Block::Text(words.ta("periods-joint", &[("p", reading::p_value(p, words).into())])));
        }
        let table_rows = rows.iter().map(|row| {
            let decimals = format::decimals_for(row.std_error);
            let effect = Estimate::new(row.estimate, row.ci_low, row.ci_high);
            let value = if row.std_error == 0.0 {
                words.t("periods-reference")
            } else {
                format::signed_estimate(effect, decimals, &words.style)
            };
            let when = if row.before { words.t("periods-before") } else { words.t("periods-after") };
            Row {
                name: charts::period_name(row.period),
                cells: vec![when.into(), value.into()],
                ..Row::default()
            }
        });
        blocks.push(Block::Table(Table {
            caption: words.ta("periods-table", &[("outcome", name.into())]),
            name: words.t("period"),
            chart: None,
            columns: vec![words.t("periods-when"), words.t("difference-interval")],
            rows: table_rows.collect(),
        }));
    }
    Some(Section {
        id: "periods",
        name: words.t("periods-name"),
        aside: vec![words.t("periods-aside")],
        blocks,
    })
}

/// Clusters, and how small an effect the study could have seen.
pub(super) fn power(study: &StudyResult, words: &Words) -> Option<Section> {
    let checks = &study.diagnostics;
    let mut blocks = Vec::new();
    if let Some(clusters) = &checks.clusters {
        blocks.push(Block::Text(words.ta(
            "clusters-text",
            &[
                ("count", clusters.count.into()),
                ("column", clusters.column.as_str().into()),
                ("treated", clusters.treated.into()),
                ("smallest", reading::count(clusters.smallest, words).into()),
                ("median", short(clusters.median, words).into()),
                ("largest", reading::count(clusters.largest, words).into()),
            ],
        )));
    }
    if !checks.icc.is_empty() {
        let rows = checks.icc.iter().map(|row| Row {
            name: outcome_name(study, &row.outcome),
            cells: vec![
                format::number(row.icc, 3, &words.style).into(),
                short(row.mean_size, words).into(),
                format::number(row.design_effect, 2, &words.style).into(),
            ],
            ..Row::default()
        });
        blocks.push(Block::Table(Table {
            caption: words.t("icc-caption"),
            name: words.t("outcome"),
            chart: None,
            columns: vec![words.t("icc"), words.t("mean-size"), words.t("design-effect")],
            rows: rows.collect(),
        }));
    }
    if !checks.mde.is_empty() {
        let rows = checks.mde.iter().map(|row| {
            let estimate = study.estimates.iter().find(|e| e.outcome == row.outcome && reading::is_whole(e));
            let mde = estimate.map_or_else(|| short(row.mde, words), |e| reading::like(e, row.mde, words));
            Row {
                name: outcome_name(study, &row.outcome),
                cells: vec![
                    super::Cell { text: mde, below: estimate.map(|e| e.unit.clone()).unwrap_or_default() },
                    row.mde_sd
                        .map_or_else(|| words.t("none"), |sd| format::number(sd, 2, &words.style))
                        .into(),
                ],
                ..Row::default()
            }
        });
        blocks.push(Block::Table(Table {
            caption: words.t("mde-caption"),
            name: words.t("outcome"),
            chart: None,
            columns: vec![words.t("mde"), words.t("mde-sd")],
            rows: rows.collect(),
        }));
    }
    if !checks.collinear.is_empty() {
        blocks.push(Block::Text(words.ta("collinear", &[("columns", words.list(&checks.collinear).into())])));
    }
    (!blocks.is_empty()).then(|| Section {
        id: "power",
        name: words.t("power-name"),
        aside: vec![words.t("power-aside")],
        blocks,
    })
}
