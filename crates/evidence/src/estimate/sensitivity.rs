//! The sensitivity strip: the same effect under other choices that a referee might have made.
//!
//! Never a search for the best number: the choices are fixed, the planned one comes first, and all are shown.

use super::effects::{Choice, Measured, effect, equation, winsorise};
use super::fit::{Equation, Fitted, fit, instrumented};
use super::setup::{Approach, Setup};
use whatworks_domain::study::{SensitivityRow, Transform, Variance};

/// The strip for one outcome; the planned choice first.
pub(super) fn strip(setup: &Setup<'_>, measured: &Measured<'_>) -> Vec<SensitivityRow> {
    let planned = Choice::planned(setup);
    let mut rows = Vec::new();
    let mut add = |variant: String, measured: &Measured<'_>, choice: Choice| {
        if let Some(row) = refit(setup, measured, choice).and_then(|fitted| fitted.terms[0]) {
            rows.push(SensitivityRow {
                outcome: measured.outcome.id.to_string(),
                variant,
                estimate: row.estimate,
                std_error: row.std_error,
                ci_low: row.ci_low,
                ci_high: row.ci_high,
                p_value: row.p_value,
            });
        }
    };
    add("as planned".into(), measured, planned);
    let others: &[Variance] = if setup.cluster.is_some() {
        &[Variance::CR1S, Variance::CR2, Variance::HC1]
    } else {
        &[Variance::HC1, Variance::HC2, Variance::HC3, Variance::Iid]
    };
    for variance in others.iter().filter(|variance| **variance != planned.variance) {
        add(format!("errors {}", variance.as_str()), measured, Choice { variance: *variance, ..planned });
    }
    if !setup.covariates.is_empty() {
        add("without covariates".into(), measured, Choice { covariates: false, ..planned });
    }
    if setup.weights.is_some() {
        add("without weights".into(), measured, Choice { weights: false, ..planned });
    }
    if matches!(measured.outcome.transform, Transform::None) && takes_many_values(&measured.y) {
        let mut y = measured.y.clone();
        winsorise(&mut y, 0.01);
        let tamed = Measured { outcome: measured.outcome, rows: measured.rows.clone(), y, refused: 0 };
        add("winsorised at 1 and 99 %".into(), &tamed, planned);
    }
    if let Some(smaller) = without_largest_cluster(setup, measured) {
        add("without the largest cluster".into(), &smaller, planned);
    }
    rows
}

fn refit(setup: &Setup<'_>, measured: &Measured<'_>, choice: Choice) -> Option<Fitted> {
    let mut equation: Equation = equation(setup, measured, choice);
    match (setup.approach, setup.endogenous) {
        (Approach::Instrument, Some((_, column))) => {
            let takeup = measured.rows.iter().map(|row| column[*row]).collect();
            let instrument = std::mem::replace(&mut equation.columns[0], takeup);
            instrumented(&equation, &instrument, choice.variance).ok()
        }
        _ => fit(&equation, choice.variance).ok(),
    }
}

/// More than ten different values: a share or a yes-or-no has no tails to tame.
fn takes_many_values(y: &[f64]) -> bool {
    let mut sorted = y.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    sorted.len() > 10
}

fn without_largest_cluster<'a>(setup: &Setup<'_>, measured: &Measured<'a>) -> Option<Measured<'a>> {
    let (_, category) = setup.cluster?;
    let mut sizes = vec![0usize; category.levels.len()];
    for row in &measured.rows {
        sizes[category.codes[*row] as usize] += 1;
    }
    let largest = (0..sizes.len()).rev().max_by_key(|code| sizes[*code])? as u32;
    let (rows, y) = measured
        .rows
        .iter()
        .zip(&measured.y)
        .filter(|(row, _)| category.codes[**row] != largest)
        .map(|(row, y)| (*row, *y))
        .unzip();
    let smaller = Measured { outcome: measured.outcome, rows, y, refused: 0 };
    effect(setup, &smaller, "").ok().map(|_| smaller)
}
