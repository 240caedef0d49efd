//! The numbers in full, for a referee: every estimate, subgroups with their tests, and the sensitivity strip.

use super::reading;
use super::{Block, Cell, Row, Section, Table, Tone};
use crate::words::{Words, key};
use whatworks_charts::{Axis, Estimate, Ink, Interval, Scale, format, study as charts};
use whatworks_domain::study::{EstimateRow, SensitivityRow, StudyResult};

/// A column that is shown when any row has a number for it.
struct Optional {
    name: &'static str,
    of: fn(&EstimateRow) -> Option<f64>,
}

const CORRECTIONS: [Optional; 6] = [
    Optional { name: key("holm-p"), of: |row| row.holm_p },
    Optional { name: key("bh-p"), of: |row| row.bh_p },
    Optional { name: key("q-value"), of: |row| row.q_value },
    Optional { name: key("romano-wolf-p"), of: |row| row.romano_wolf_p },
    Optional { name: key("wild-p"), of: |row| row.wild_p },
    Optional { name: key("randomisation-p"), of: |row| row.randomisation_p },
];

/// Every estimate of the whole sample with its error, tests and counts.
pub(super) fn full(study: &StudyResult, words: &Words) -> Option<Section> {
    let rows: Vec<&EstimateRow> = study.estimates.iter().filter(|row| reading::is_whole(row)).collect();
    let first = rows.first()?;
    let mut blocks =
        vec![Block::Table(numbers(&rows, study, words)), Block::Table(tests(&rows, study, words))];
    let wild: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let (low, high) = row.wild_ci?;
            let range =
                format::range(Interval::new(low, high), format::decimals_for(row.std_error), &words.style);
            Some(words.ta(
                "wild-interval",
                &[
                    ("outcome", row.outcome_name.as_str().into()),
                    ("range", range.into()),
                    ("unit", row.unit.as_str().into()),
                ],
            ))
        })
        .collect();
    if !wild.is_empty() {
        blocks.push(Block::List(wild));
    }
    if rows.iter().any(|row| !row.may_say_significant) {
        blocks.push(Block::Note(words.t("few-clusters"), words.t("few-clusters-hint")));
    }
    let aside = vec![
        words.ta(
            "full-method",
            &[("estimator", first.estimator.as_str().into()), ("vcov", first.vcov.as_str().into())],
        ),
        words.t("full-aside"),
    ];
    Some(Section { id: "estimates", name: words.t("full-name"), aside, blocks })
}

fn numbers(rows: &[&EstimateRow], study: &StudyResult, words: &Words) -> Table {
    Table {
        caption: words.t("full-caption"),
        name: words.t("outcome"),
        chart: None,
        columns: vec![
            words.t("effect-interval"),
            words.t("std-error"),
            words.t("control"),
            words.t("rows-used"),
        ],
        rows: rows
            .iter()
            .map(|row| Row {
                name: reading::name(row, &study.estimates),
                below: Some((
                    Tone::Plain,
                    words.ta(
                        "estimand-term",
                        &[
                            ("estimand", row.estimand.as_str().into()),
                            ("term", row.term.as_str().into()),
                            ("unit", row.unit.as_str().into()),
                        ],
                    ),
                )),
                cells: vec![
                    reading::amount(row, words).into(),
                    reading::like(row, row.std_error, words).into(),
                    Cell {
                        text: reading::control(row, words),
                        below: words.ta("sd-of", &[("sd", reading::like(row, row.control_sd, words).into())]),
                    },
                    Cell {
                        text: reading::count(row.n, words),
                        below: row
                            .clusters
                            .map(|clusters| words.ta("clusters-of", &[("clusters", clusters.into())]))
                            .unwrap_or_default(),
                    },
                ],
                ..Row::default()
            })
            .collect(),
    }
}

fn tests(rows: &[&EstimateRow], study: &StudyResult, words: &Words) -> Table {
    let shown: Vec<&Optional> =
        CORRECTIONS.iter().filter(|column| rows.iter().any(|row| (column.of)(row).is_some())).collect();
    let fixed = [words.t("t-df"), words.t("p-value")];
    Table {
        caption: words.t("tests-caption"),
        name: words.t("outcome"),
        chart: None,
        columns: fixed.into_iter().chain(shown.iter().map(|column| words.t(column.name))).collect(),
        rows: rows
            .iter()
            .map(|row| {
                let t = format::number(row.estimate / row.std_error, 2, &words.style);
                let df = format::number(row.df, usize::from(row.df.fract().abs() > 1e-9), &words.style);
                let fixed = [
                    words.ta("t-with-df", &[("t", t.into()), ("df", df.into())]).into(),
                    Cell::from(reading::p_value(row.p_value, words)),
                ];
                let more = shown.iter().map(|column| {
                    (column.of)(row).map_or_else(|| words.t("none"), |p| reading::p_value(p, words)).into()
                });
                Row {
                    name: reading::name(row, &study.estimates),
                    cells: fixed.into_iter().chain(more).collect(),
                    ..Row::default()
                }
            })
            .collect(),
    }
}

/// Subgroups declared beforehand, each with the test that the effect is the same in all.
pub(super) fn subgroups(study: &StudyResult, words: &Words) -> Option<Section> {
    let rows: Vec<&EstimateRow> = study.estimates.iter().filter(|row| !reading::is_whole(row)).collect();
    if rows.is_empty() && study.subgroup_tests.is_empty() {
        return None;
    }
    let turned: Vec<Estimate> = rows.iter().filter_map(|row| reading::turned(row)).collect();
    let axis = Axis::fit(Scale::Difference, &turned, &[]);
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            caption: words.t("subgroup-caption"),
            name: words.t("subgroup-group"),
            chart: Some((words.t("axis-clients"), Some(axis.clone()))),
            columns: vec![words.t("effect-interval"), words.t("rows-used")],
            rows: rows
                .iter()
                .map(|row| Row {
                    name: row.subgroup.clone(),
                    below: Some((Tone::Plain, reading::name(row, &study.estimates))),
                    harm: None,
                    drawing: reading::turned(row)
                        .map(|effect| charts::coefficient(&axis, effect, Ink::Plain)),
                    cells: vec![
                        Cell { text: reading::amount(row, words), below: row.unit.clone() },
                        reading::count(row.n, words).into(),
                    ],
                })
                .collect(),
        }));
    }
    if !study.subgroup_tests.is_empty() {
        blocks.push(Block::Table(Table {
            caption: words.t("interaction-caption"),
            name: words.t("subgroup-of"),
            chart: None,
            columns: vec![words.t("outcome"), words.t("f-df"), words.t("p-value")],
            rows: study
                .subgroup_tests
                .iter()
                .map(|test| {
                    let number = |x: f64, decimals| format::number(x, decimals, &words.style);
                    let f = [
                        ("f", number(test.f, 2).into()),
                        ("df1", number(test.df1, 0).into()),
                        ("df2", number(test.df2, 0).into()),
                    ];
                    Row {
                        name: if test.name.is_empty() { test.column.clone() } else { test.name.clone() },
                        cells: vec![
                            outcome_name(study, &test.outcome).into(),
                            words.ta("f-with-df", &f).into(),
                            reading::p_value(test.p_value, words).into(),
                        ],
                        ..Row::default()
                    }
                })
                .collect(),
        }));
    }
    Some(Section {
        id: "subgroups",
        name: words.t("subgroup-name"),
        aside: vec![words.t("subgroup-aside")],
        blocks,
    })
}

/// The name of an outcome by its id.
pub(super) fn outcome_name(study: &StudyResult, id: &str) -> String {
    let found = study.outcomes.iter().find(|outcome| outcome.id.as_str() == id);
    found.map_or_else(|| id.to_owned(), |outcome| outcome.name.clone())
}

/// The same estimate by other choices, all of them, so that nobody can pick one.
pub(super) fn sensitivity(study: &StudyResult, words: &Words) -> Option<Section> {
    let mut outcomes: Vec<&str> = Vec::new();
    for row in &study.sensitivity {
        if !outcomes.contains(&row.outcome.as_str()) {
            outcomes.push(&row.outcome);
        }
    }
    if outcomes.is_empty() {
        return None;
    }
    let blocks = outcomes
        .iter()
        .map(|outcome| {
            let rows: Vec<&SensitivityRow> =
                study.sensitivity.iter().filter(|row| row.outcome == *outcome).collect();
            Block::Table(strip(&rows, outcome, study, words))
        })
        .collect();
    Some(Section {
        id: "sensitivity",
        name: words.t("sensitivity-name"),
        aside: vec![words.t("sensitivity-aside")],
        blocks,
    })
}

fn strip(rows: &[&SensitivityRow], outcome: &str, study: &StudyResult, words: &Words) -> Table {
    let effects: Vec<Estimate> =
        rows.iter().map(|row| Estimate::new(row.estimate, row.ci_low, row.ci_high)).collect();
    let axis = Axis::fit(Scale::Difference, &effects, &[]);
    let main =
        rows.first().map_or(Interval::new(f64::NAN, f64::NAN), |row| Interval::new(row.ci_low, row.ci_high));
    let estimate = study.estimates.iter().find(|row| row.outcome == outcome && reading::is_whole(row));
    let unit = estimate.map(|row| row.unit.clone()).unwrap_or_default();
    let decimals = rows.first().map_or(1, |row| format::decimals_for(row.std_error));
    let name = outcome_name(study, outcome);
    Table {
        caption: words.ta("sensitivity-caption", &[("outcome", name.into()), ("unit", unit.into())]),
        name: words.t("sensitivity-choice"),
        chart: Some((words.t("axis-lower-higher"), Some(axis.clone()))),
        columns: vec![words.t("effect-interval"), words.t("p-value")],
        rows: rows
            .iter()
            .enumerate()
            .map(|(index, row)| Row {
                name: row.variant.clone(),
                below: (index == 0).then(|| (Tone::Plain, words.t("sensitivity-main"))),
                harm: None,
                drawing: Some(charts::strip(&axis, effects[index], main, Ink::Plain)),
                cells: vec![
                    format::signed_estimate(effects[index], decimals, &words.style).into(),
                    reading::p_value(row.p_value, words).into(),
                ],
            })
            .collect(),
    }
}
