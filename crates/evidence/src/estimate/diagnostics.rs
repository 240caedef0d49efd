//! Whether the design held: balance, attrition, take-up, clusters, similarity within clusters, the smallest effect that
//! could have been seen, and differences between the groups before the practice began.
//!
//! A bad figure is shown, never an error. Comparisons of arms use the design's own variance.

use super::effects::{Measured, mean_sd};
use super::fit::{Equation, fit, wald};
use super::setup::{Approach, Setup};
use whatworks_domain::study::{
    AttritionRow, BalanceRow, ClusterSummary, EstimateRow, IccRow, MdeRow, PeriodRow, TakeUp, Variance,
};
use whatworks_stats::power::{Test, detectable_effect, intracluster_correlation};

/// Each covariate by arm, and the joint test that none tells the arms apart.
pub(super) fn balance(setup: &Setup<'_>) -> (Vec<BalanceRow>, Option<f64>) {
    if setup.covariates.is_empty() || setup.approach == Approach::Panel {
        return (Vec::new(), None);
    }
    let rows = before(setup);
    let arm: Vec<f64> = rows.iter().map(|row| setup.arm[*row]).collect();
    let mut columns = Vec::new();
    let mut table = Vec::new();
    for (name, column) in &setup.covariates {
        let values: Vec<f64> = rows.iter().map(|row| column[*row]).collect();
        let of = |wanted: f64| -> Vec<f64> {
            values.iter().zip(&arm).filter(|(_, arm)| **arm == wanted).map(|(value, _)| *value).collect()
        };
        let ((mean_treated, sd_treated), (mean_control, sd_control)) = (mean_sd(&of(1.0)), mean_sd(&of(0.0)));
        let spread = (0.5 * (sd_treated * sd_treated + sd_control * sd_control)).sqrt();
        let p_value = fit(&on_arm(setup, &rows, values.clone(), vec![arm.clone()]), setup.variance)
            .ok()
            .and_then(|fitted| fitted.terms[0])
            .map_or(f64::NAN, |term| term.p_value);
        table.push(BalanceRow {
            covariate: (*name).to_owned(),
            mean_treated,
            mean_control,
            std_difference: if spread > 0.0 { (mean_treated - mean_control) / spread } else { 0.0 },
            p_value,
        });
        columns.push(values);
    }
    let all: Vec<usize> = (0..columns.len()).collect();
    // CR2's small-sample test is for one coefficient; the joint test uses CR1S.
    let variance = if setup.cluster.is_some() { Variance::CR1S } else { Variance::HC1 };
    let joint =
        fit(&on_arm(setup, &rows, arm, columns), variance).ok().and_then(|fitted| wald(&fitted, &all));
    (table, joint.map(|test| test.p_value))
}

/// Base rows from before the practice, or all where there is one period.
fn before(setup: &Setup<'_>) -> Vec<usize> {
    match &setup.post {
        Some(post) => setup.base.iter().copied().filter(|row| post[*row] == 0.0).collect(),
        None => setup.base.clone(),
    }
}

/// A regression of one column on others over given rows, with the design's strata and clusters.
fn on_arm(setup: &Setup<'_>, rows: &[usize], y: Vec<f64>, columns: Vec<Vec<f64>>) -> Equation {
    let over_time = setup.post.is_some() || setup.approach == Approach::Panel;
    Equation {
        y,
        columns,
        weights: setup.weights.map(|weights| rows.iter().map(|row| weights[*row]).collect()),
        factors: setup
            .absorbed
            .iter()
            .filter(|_| !over_time)
            .map(|(_, category)| rows.iter().map(|row| category.codes[*row]).collect())
            .collect(),
        clusters: setup.cluster.map(|(_, category)| rows.iter().map(|row| category.codes[*row]).collect()),
    }
}

/// Missing outcomes by arm, one row an outcome.
pub(super) fn attrition(setup: &Setup<'_>) -> Vec<AttritionRow> {
    let outcomes = setup.plan.outcomes.iter();
    outcomes
        .filter_map(|outcome| {
            let column = setup.sample.numbers.get(&outcome.column)?;
            let missing: Vec<f64> =
                setup.base.iter().map(|row| f64::from(u8::from(column[*row].is_nan()))).collect();
            let arm: Vec<f64> = setup.base.iter().map(|row| setup.arm[*row]).collect();
            let count = |wanted: f64| arm.iter().filter(|arm| **arm == wanted).count() as u64;
            let gone = |wanted: f64| {
                arm.iter().zip(&missing).filter(|(arm, gone)| **arm == wanted && **gone == 1.0).count() as u64
            };
            let (treated, control, treated_missing, control_missing) =
                (count(1.0), count(0.0), gone(1.0), gone(0.0));
            let difference =
                treated_missing as f64 / treated as f64 - control_missing as f64 / control as f64;
            let p_value = if treated_missing + control_missing == 0 {
                None
            } else {
                fit(&on_arm(setup, &setup.base, missing, vec![arm]), setup.variance)
                    .ok()
                    .and_then(|fitted| fitted.terms[0])
                    .map(|term| term.p_value)
            };
            Some(AttritionRow {
                outcome: outcome.id.to_string(),
                column: outcome.column.clone(),
                treated,
                treated_missing,
                control,
                control_missing,
                difference,
                p_value,
            })
        })
        .collect()
}

/// Shares that took the practice up, by arm.
pub(super) fn take_up(setup: &Setup<'_>) -> Option<TakeUp> {
    if setup.post.is_some() || setup.approach == Approach::Panel {
        return None;
    }
    let design = &setup.plan.design;
    let name = design.takeup.as_deref().or(design.endogenous.as_deref())?;
    let column = setup.sample.numbers.get(name)?;
    let share = |wanted: f64| {
        let known: Vec<f64> = setup
            .base
            .iter()
            .filter(|row| setup.arm[**row] == wanted && !column[**row].is_nan())
            .map(|row| column[*row])
            .collect();
        mean_sd(&known).0
    };
    let (treated, control) = (share(1.0), share(0.0));
    (treated.is_finite() && control.is_finite()).then(|| TakeUp { column: name.to_owned(), treated, control })
}

/// The clusters behind the standard errors.
pub(super) fn clusters(setup: &Setup<'_>) -> Option<ClusterSummary> {
    let (name, category) = setup.cluster?;
    let mut sizes = vec![0u64; category.levels.len()];
    let mut treated = vec![false; category.levels.len()];
    for row in &setup.base {
        let code = category.codes[*row] as usize;
        sizes[code] += 1;
        treated[code] |= setup.arm[*row] == 1.0;
    }
    let with_treated = sizes.iter().zip(&treated).filter(|(size, treated)| **size > 0 && **treated).count();
    sizes.retain(|size| *size > 0);
    sizes.sort_unstable();
    Some(ClusterSummary {
        column: name.to_owned(),
        count: sizes.len() as u64,
        treated: with_treated as u64,
        smallest: *sizes.first()?,
        median: middle(&sizes)?,
        largest: *sizes.last()?,
    })
}

/// The median of sorted counts.
pub(super) fn middle(sorted: &[u64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    Some(if sorted.len() % 2 == 1 { upper as f64 } else { 0.5 * (sorted[middle - 1] + upper) as f64 })
}

/// Similarity within clusters, in the comparison arm (of the later period for changes).
pub(super) fn icc(setup: &Setup<'_>, measured: &Measured<'_>) -> Option<IccRow> {
    let (_, category) = setup.cluster?;
    let compared =
        |row: usize| setup.arm[row] == 0.0 && setup.post.as_ref().is_none_or(|post| post[row] == 1.0);
    let (codes, y): (Vec<u32>, Vec<f64>) = measured
        .rows
        .iter()
        .zip(&measured.y)
        .filter(|(row, _)| compared(**row))
        .map(|(row, y)| (category.codes[*row], *y))
        .unzip();
    let found = intracluster_correlation(&y, &codes, None, 0.95).ok()?;
    Some(IccRow {
        outcome: measured.outcome.id.to_string(),
        icc: found.rho,
        mean_size: found.mean_size,
        design_effect: 1.0 + (found.mean_size - 1.0) * found.rho,
    })
}

/// The smallest effect that this study could have found with 80 % power at 5 %, from the standard error reached.
pub(super) fn smallest_effect(row: &EstimateRow) -> Option<MdeRow> {
    let mde = detectable_effect(row.std_error, row.df, 0.8, &Test::default()).ok()?;
    Some(MdeRow {
        outcome: row.outcome.clone(),
        mde,
        mde_sd: (row.control_sd > 0.0).then(|| mde / row.control_sd),
    })
}

/// The difference between the groups period by period, relative to the last period before the practice.
pub(super) fn periods(setup: &Setup<'_>, measured: &Measured<'_>) -> Vec<PeriodRow> {
    let (Some(time), Some(post), Approach::Changes) = (setup.time, &setup.post, setup.approach) else {
        return Vec::new();
    };
    let mut values: Vec<f64> = measured.rows.iter().map(|row| time[*row]).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    if values.len() < 3 {
        return Vec::new();
    }
    let is_before = |period: f64| measured.rows.iter().any(|row| time[*row] == period && post[*row] == 0.0);
    let Some(reference) = values.iter().copied().rfind(|period| is_before(*period)) else {
        return Vec::new();
    };
    let others: Vec<f64> = values.iter().copied().filter(|period| *period != reference).collect();
    let arm: Vec<f64> = measured.rows.iter().map(|row| setup.arm[*row]).collect();
    let in_period = |period: f64| -> Vec<f64> {
        measured.rows.iter().map(|row| f64::from(u8::from(time[*row] == period))).collect()
    };
    let mut columns: Vec<Vec<f64>> = others
        .iter()
        .map(|period| in_period(*period).iter().zip(&arm).map(|(inside, arm)| inside * arm).collect())
        .collect();
    columns.extend(others.iter().map(|period| in_period(*period)));
    columns.push(arm);
    let mut equation = on_arm(setup, &measured.rows, measured.y.clone(), columns);
    equation.factors = setup
        .absorbed
        .iter()
        .map(|(_, category)| measured.rows.iter().map(|row| category.codes[*row]).collect())
        .collect();
    let variance = if setup.cluster.is_some() { Variance::CR1S } else { Variance::HC1 };
    let Ok(fitted) = fit(&equation, variance) else { return Vec::new() };
    let early: Vec<usize> = (0..others.len()).filter(|index| others[*index] < reference).collect();
    let joint_pre_p = wald(&fitted, &early).map(|test| test.p_value);
    let outcome = measured.outcome.id.to_string();
    let row = |period: f64, estimate: f64, std_error: f64, ci_low: f64, ci_high: f64| PeriodRow {
        outcome: outcome.clone(),
        period,
        before: is_before(period),
        estimate,
        std_error,
        ci_low,
        ci_high,
        joint_pre_p,
    };
    let mut rows: Vec<PeriodRow> = others
        .iter()
        .zip(&fitted.terms)
        .filter_map(|(period, term)| {
            let term = (*term)?;
            Some(row(*period, term.estimate, term.std_error, term.ci_low, term.ci_high))
        })
        .collect();
    rows.push(row(reference, 0.0, 0.0, 0.0, 0.0));
    rows.sort_by(|a, b| a.period.total_cmp(&b.period));
    rows
}
