//! The effect on one outcome, by the estimator that the design permits.
//!
//! Difference: y = α + β·arm + γ'x (+ absorbed strata). Instrument: the same with the take-up in place of the arm, the
//! arm as its instrument. Changes: y = α + δ·arm + λ·post + β·arm·post + γ'x, or with unit and period absorbed when
//! the plan names more than two periods. Panel: y = β·arm + γ'x, unit and period absorbed. β is the effect.

use super::fit::{Coefficient, Equation, Fitted, fit, instrumented};
use super::setup::{Approach, FEWEST_IN_ARM, Setup, distinct, notice};
use whatworks_domain::Estimand;
use whatworks_domain::study::{EstimateRow, Notice, OutcomePlan, Transform, Variance};

/// Fewest clusters at which the word “significant” may be used.
pub(super) const FEWEST_FOR_SIGNIFICANT: u64 = 10;

/// One outcome on the rows that have it.
pub(super) struct Measured<'a> {
    pub(super) outcome: &'a OutcomePlan,
    /// The rows of the sample used.
    pub(super) rows: Vec<usize>,
    /// The outcome on those rows, transformed.
    pub(super) y: Vec<f64>,
    /// Rows that the transform could not take.
    pub(super) refused: usize,
}

/// The outcome's values on the base rows that have it and that `wanted` keeps.
pub(super) fn measure<'a>(
    setup: &Setup<'_>,
    outcome: &'a OutcomePlan,
    wanted: impl Fn(usize) -> bool,
) -> Result<Measured<'a>, Notice> {
    let Some(column) = setup.sample.numbers.get(&outcome.column) else {
        let text = format!("The records have no column “{}” for {}.", outcome.column, outcome.name);
        return Err(notice("no_column", text, "Check the name in the plan, or map it in [data] columns."));
    };
    let mut rows: Vec<usize> =
        setup.base.iter().copied().filter(|row| !column[*row].is_nan() && wanted(*row)).collect();
    let present = rows.len();
    match outcome.transform {
        Transform::Log => rows.retain(|row| column[*row] > 0.0),
        Transform::Log1p => rows.retain(|row| column[*row] >= 0.0),
        Transform::None | Transform::Asinh | Transform::Winsorise => {}
    }
    let refused = present - rows.len();
    let mut y: Vec<f64> = rows.iter().map(|row| column[*row]).collect();
    match outcome.transform {
        Transform::None => {}
        Transform::Log => y.iter_mut().for_each(|value| *value = value.ln()),
        Transform::Log1p => y.iter_mut().for_each(|value| *value = value.ln_1p()),
        Transform::Asinh => y.iter_mut().for_each(|value| *value = value.asinh()),
        Transform::Winsorise => winsorise(&mut y, 0.01),
    }
    Ok(Measured { outcome, rows, y, refused })
}

/// Sets what lies beyond the `share` and 1 − `share` quantiles to these (nearest rank).
pub(super) fn winsorise(y: &mut [f64], share: f64) {
    if y.is_empty() {
        return;
    }
    let mut sorted = y.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * (sorted.len() - 1) as f64).round() as usize;
    let (low, high) = (sorted[rank], sorted[sorted.len() - 1 - rank]);
    for value in y {
        *value = value.clamp(low, high);
    }
}

/// The unit of the outcome after its transform.
pub(super) fn unit_of(outcome: &OutcomePlan) -> String {
    match outcome.transform {
        Transform::None | Transform::Winsorise => outcome.unit.clone(),
        Transform::Log => format!("log {}", outcome.unit),
        Transform::Log1p => format!("log(1 + {})", outcome.unit),
        Transform::Asinh => format!("asinh {}", outcome.unit),
    }
}

/// Which parts of the plan a regression uses; everything, unless the sensitivity strip leaves one out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) variance: Variance,
    pub(super) covariates: bool,
    pub(super) weights: bool,
}

impl Choice {
    pub(super) fn planned(setup: &Setup<'_>) -> Self {
        Self { variance: setup.variance, covariates: true, weights: true }
    }
}

/// The main regression of the design on given rows; the effect is the coefficient of column 0.
pub(super) fn equation(setup: &Setup<'_>, measured: &Measured<'_>, choice: Choice) -> Equation {
    let rows = &measured.rows;
    let on_rows = |column: &[f64]| -> Vec<f64> { rows.iter().map(|row| column[*row]).collect() };
    let arm = on_rows(setup.arm);
    let mut columns = Vec::new();
    match (setup.approach, &setup.post) {
        (Approach::Changes, Some(post)) => {
            let post = on_rows(post);
            columns.push(arm.iter().zip(&post).map(|(arm, post)| arm * post).collect());
            columns.push(arm);
            columns.push(post);
        }
        _ => columns.push(arm),
    }
    if choice.covariates {
        columns.extend(setup.covariates.iter().map(|(_, column)| on_rows(column)));
    }
    Equation {
        y: measured.y.clone(),
        columns,
        weights: setup.weights.filter(|_| choice.weights).map(on_rows),
        factors: setup
            .absorbed
            .iter()
            .map(|(_, category)| rows.iter().map(|row| category.codes[*row]).collect())
            .collect(),
        clusters: setup.cluster.map(|(_, category)| rows.iter().map(|row| category.codes[*row]).collect()),
    }
}

/// The effect with its regression.
pub(super) struct Effect {
    pub(super) row: EstimateRow,
    pub(super) fitted: Fitted,
}

/// What was found for one outcome, however the regression was run.
pub(super) struct Found {
    pub(super) estimand: Estimand,
    pub(super) estimator: &'static str,
    pub(super) term: String,
    pub(super) coefficient: Coefficient,
    pub(super) variance: Variance,
    pub(super) n: u64,
    pub(super) n_treated: u64,
    pub(super) clusters: Option<u64>,
    pub(super) few_in_an_arm: bool,
    /// Absorbed levels included.
    pub(super) parameters: u64,
    /// Mean and standard deviation of the comparison.
    pub(super) control: (f64, f64),
}

impl Found {
    /// The line of the table; what corrections and resampling add comes later.
    pub(super) fn row(self, outcome: &OutcomePlan, subgroup: &str) -> EstimateRow {
        let enough = self.clusters.is_none_or(|clusters| clusters >= FEWEST_FOR_SIGNIFICANT);
        EstimateRow {
            outcome: outcome.id.to_string(),
            outcome_name: outcome.name.clone(),
            column: outcome.column.clone(),
            transform: outcome.transform,
            unit: unit_of(outcome),
            kind: outcome.kind.clone(),
            better: outcome.better.as_str().into(),
            primary: outcome.primary,
            subgroup: subgroup.into(),
            estimand: self.estimand,
            estimator: self.estimator.into(),
            term: self.term,
            estimate: self.coefficient.estimate,
            std_error: self.coefficient.std_error,
            vcov: self.variance.as_str().into(),
            df: self.coefficient.df,
            ci_low: self.coefficient.ci_low,
            ci_high: self.coefficient.ci_high,
            p_value: self.coefficient.p_value,
            n: self.n,
            n_treated: self.n_treated,
            clusters: self.clusters,
            parameters: self.parameters,
            control_mean: self.control.0,
            control_sd: self.control.1,
            q_value: None,
            holm_p: None,
            bh_p: None,
            romano_wolf_p: None,
            wild_p: None,
            wild_ci: None,
            randomisation_p: None,
            may_say_significant: enough && !self.few_in_an_arm,
        }
    }
}

/// The outcome is recorded for too few to compare.
pub(super) fn outcome_missing(name: &str, treated: u64, rows: u64) -> Notice {
    notice(
        "outcome_missing",
        format!("{name} is recorded for {treated} treated of {rows} rows."),
        "An effect needs at least ten of each that are compared.",
    )
}

pub(super) fn not_estimated(name: &str, why: &str) -> Notice {
    notice("not_estimated", format!("{name}: {why}"), "Check the plan's covariates and fixed effects.")
}

pub(super) fn not_identified(name: &str, term: &str) -> Notice {
    notice(
        "effect_not_identified",
        format!("{name}: other columns of the plan determine {term} completely."),
        "Leave out covariates or fixed effects that are the treatment in other words.",
    )
}

/// Estimates the effect on one outcome, as planned.
///
/// # Errors
/// A [`Notice`] when these rows cannot carry it.
pub(super) fn effect(setup: &Setup<'_>, measured: &Measured<'_>, subgroup: &str) -> Result<Effect, Notice> {
    let choice = Choice::planned(setup);
    let mut equation = equation(setup, measured, choice);
    let name = &measured.outcome.name;
    let arms: Vec<f64> = measured.rows.iter().map(|row| setup.arm[*row]).collect();
    let treated = arms.iter().filter(|arm| **arm == 1.0).count();
    // Every comparison needs its people: for changes, each group before and after.
    let smallest = match &setup.post {
        Some(post) => [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
            .iter()
            .map(|(arm, after)| {
                let inside = |row: &&usize| setup.arm[**row] == *arm && post[**row] == *after;
                measured.rows.iter().filter(inside).count()
            })
            .min()
            .unwrap_or(0),
        None => treated.min(arms.len() - treated),
    };
    if smallest < FEWEST_IN_ARM {
        return Err(outcome_missing(name, treated as u64, arms.len() as u64));
    }
    let (fitted, estimator, term) = match (setup.approach, setup.endogenous) {
        (Approach::Instrument, Some((endogenous, column))) => {
            let takeup: Vec<f64> = measured.rows.iter().map(|row| column[*row]).collect();
            let instrument = std::mem::replace(&mut equation.columns[0], takeup);
            (instrumented(&equation, &instrument, choice.variance), "2SLS", endogenous.to_owned())
        }
        (Approach::Changes, _) => (
            fit(&equation, choice.variance),
            "difference-in-differences",
            format!("{} × after", setup.arm_name),
        ),
        (Approach::Panel, _) => (fit(&equation, choice.variance), "fixed effects", setup.arm_name.to_owned()),
        _ => (fit(&equation, choice.variance), "OLS", setup.arm_name.to_owned()),
    };
    let fitted = fitted.map_err(|text| not_estimated(name, &text))?;
    let Some(coefficient) = fitted.terms[0] else {
        return Err(not_identified(name, &term));
    };
    // Counted from the design, not from the variance: an override must not take the guard away.
    let clusters = setup.cluster.map(|(_, category)| distinct(category, &measured.rows));
    let row = Found {
        estimand: setup.approach.estimand(),
        estimator,
        term,
        coefficient,
        variance: choice.variance,
        n: measured.rows.len() as u64,
        n_treated: treated as u64,
        clusters: clusters.map(|clusters| clusters as u64),
        few_in_an_arm: setup.few_in_an_arm,
        parameters: fitted.parameters as u64,
        control: control(setup, measured),
    }
    .row(measured.outcome, subgroup);
    Ok(Effect { row, fitted })
}

/// The effect of the offer beside the effect of the take-up: the same rows, the instrument as the regressor.
pub(super) fn offer_effect(setup: &Setup<'_>, measured: &Measured<'_>) -> Option<EstimateRow> {
    let choice = Choice::planned(setup);
    let fitted = fit(&equation(setup, measured, choice), choice.variance).ok()?;
    let coefficient = fitted.terms[0]?;
    let late = effect(setup, measured, "").ok()?.row;
    Some(EstimateRow {
        estimand: Estimand::Itt,
        estimator: "OLS".into(),
        term: setup.arm_name.into(),
        estimate: coefficient.estimate,
        std_error: coefficient.std_error,
        df: coefficient.df,
        ci_low: coefficient.ci_low,
        ci_high: coefficient.ci_high,
        p_value: coefficient.p_value,
        parameters: fitted.parameters as u64,
        ..late
    })
}

/// Mean and standard deviation (n − 1) of the comparison arm, weighted as the effect is; for changes, of its later
/// period.
pub(super) fn control(setup: &Setup<'_>, measured: &Measured<'_>) -> (f64, f64) {
    let without = |row: usize| match &setup.post {
        Some(post) => setup.arm[row] == 0.0 && post[row] == 1.0,
        None => setup.arm[row] == 0.0,
    };
    let (values, weights): (Vec<f64>, Vec<f64>) = measured
        .rows
        .iter()
        .zip(&measured.y)
        .filter(|(row, _)| without(**row))
        .map(|(row, y)| (*y, setup.weights.map_or(1.0, |weights| weights[*row])))
        .unzip();
    if setup.weights.is_none() {
        return mean_sd(&values);
    }
    let total: f64 = weights.iter().sum();
    let mean = values.iter().zip(&weights).map(|(y, w)| w * y).sum::<f64>() / total;
    let squares: f64 = values.iter().zip(&weights).map(|(y, w)| w * (y - mean) * (y - mean)).sum();
    let n = values.len() as f64;
    (mean, (squares / total * n / (n - 1.0)).sqrt())
}

/// Mean and standard deviation with divisor n − 1, in two passes.
pub(super) fn mean_sd(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let rough = values.iter().sum::<f64>() / n;
    let mean = rough + values.iter().map(|value| value - rough).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}
