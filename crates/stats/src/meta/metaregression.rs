//! Meta-regression: y = Xβ + u + e with residual between-study variance τ², weights 1/(v + τ²).
//!
//! Coefficients are tested by Wald (normal, χ²) or Knapp and Hartung (2003): variance factor
//! s² = eᵀWe/(k − p), t and F. Q_E is the residual heterogeneity under weights 1/v; I² and H² use the
//! typical variance (k − p)/tr P₀; R² = max(0, (τ²₀ − τ²)/τ²₀) against the intercept-only fit with the same
//! estimator. A column that is a combination of earlier ones is dropped and named, never silently kept.
//!
//! Left out: several effects per study, interactions built from names.

use super::interval::over_std_error;
use super::method::{Tau2Method, named};
use super::tau2;
use super::weighted::{MeanModel, Model, RegressionModel, Weights, dot};
use super::{MetaError, UnknownMethod, validate, validate_level};
use crate::distributions::{
    chi_squared_sf, f_sf, normal_quantile, normal_two_sided_p, students_t_quantile, students_t_two_sided_p,
};
use crate::num::larger;
use std::fmt;
use std::str::FromStr;

/// How coefficients are tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TestKind {
    /// Knapp and Hartung: t(k − p) and F(m, k − p). Name `hk`.
    KnappHartung,
    /// Normal and χ²(m). Name `wald`.
    Wald,
}

named!(TestKind, "test of coefficients", (KnappHartung, "hk"), (Wald, "wald"));

/// A design matrix with named columns. The intercept, if wanted, is a column like any other.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Column names.
    pub names: Vec<String>,
    /// Entries, row-major: k rows of `names.len()` values.
    pub rows: Vec<f64>,
}

impl Design {
    /// Column j.
    fn column(&self, j: usize) -> Vec<f64> {
        self.rows.iter().skip(j).step_by(self.names.len().max(1)).copied().collect()
    }
}

/// One coefficient.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// Column name.
    pub name: String,
    /// Estimate, in units of y per unit of the column.
    pub estimate: f64,
    /// Standard error.
    pub std_error: f64,
    /// Estimate over its standard error.
    pub statistic: f64,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Joint test of the coefficients other than the intercept.
#[derive(Debug, Clone, PartialEq)]
pub struct OverallTest {
    /// χ² (Wald) or F (Knapp–Hartung) statistic.
    pub statistic: f64,
    /// Number of coefficients tested, m.
    pub df1: usize,
    /// k − p for F; `None` for χ².
    pub df2: Option<usize>,
    /// p-value.
    pub p_value: f64,
}

/// A fitted meta-regression.
#[derive(Debug, Clone, PartialEq)]
pub struct MetaRegression {
    /// Number of studies.
    pub k: usize,
    /// Number of coefficients kept, p.
    pub p: usize,
    /// Estimator of τ².
    pub method: Tau2Method,
    /// Test.
    pub test: TestKind,
    /// Coefficients in the order of the columns kept.
    pub coefficients: Vec<Coefficient>,
    /// Names of the columns dropped because earlier columns determine them.
    pub dropped: Vec<String>,
    /// Residual between-study variance.
    pub tau2: f64,
    /// Its standard error; `None` for equal effects.
    pub se_tau2: Option<f64>,
    /// Residual I², percent.
    pub i2: f64,
    /// Residual H².
    pub h2: f64,
    /// Share of τ² explained, percent; `None` under equal effects, or when τ² is 0 without moderators.
    pub r2: Option<f64>,
    /// Residual heterogeneity Q_E under weights 1/v.
    pub qe: f64,
    /// Its degrees of freedom k − p.
    pub qe_df: usize,
    /// Its p-value; 1 when k = p.
    pub qe_p: f64,
    /// Joint test; `None` when there is only an intercept.
    pub overall: Option<OverallTest>,
    /// Covariance matrix of the coefficients, p rows of p.
    pub vcov: Vec<Vec<f64>>,
}

/// Fits a meta-regression of k estimates on `design` (k rows).
///
/// # Errors
/// [`MetaError`] for unusable input, a design of the wrong size, or no more studies than kept columns.
pub fn meta_regression(
    y: &[f64],
    v: &[f64],
    design: &Design,
    method: Tau2Method,
    test: TestKind,
    level: f64,
) -> Result<MetaRegression, MetaError> {
    validate(y, v, 1)?;
    validate_level(level)?;
    let (kept, dropped) = independent_columns(y.len(), design)?;
    let (k, p) = (y.len(), kept.len());
    if p == 0 {
        return Err(MetaError::EmptyDesign);
    }
    if k <= p {
        return Err(MetaError::TooFewStudies { have: k, need: p + 1 });
    }
    let columns: Vec<Vec<f64>> = kept.iter().map(|&j| design.column(j)).collect();
    let tested: Vec<usize> = (0..p).filter(|&j| columns[j].iter().any(|x| *x != columns[j][0])).collect();
    let has_intercept = tested.len() < p;
    let mut model = RegressionModel::new(y, v, columns);
    let tau2 = tau2::estimate(&mut model, method, None);
    let se_tau2 = tau2::standard_error(&mut model, method, tau2);
    let fit = model.fit(Weights::Inverse(tau2));
    let df = k - p;
    let factor = match test {
        TestKind::KnappHartung => fit.rss / df as f64,
        TestKind::Wald => 1.0,
    };
    let vcov: Vec<Vec<f64>> = fit
        .covariance()
        .into_iter()
        .map(|row| row.into_iter().map(|entry| entry * factor).collect())
        .collect();
    let upper = 0.5 + 0.5 * level;
    let critical = match test {
        TestKind::KnappHartung => students_t_quantile(upper, df as f64),
        TestKind::Wald => normal_quantile(upper),
    };
    let coefficients = kept
        .iter()
        .zip(&fit.coefficients)
        .enumerate()
        .map(|(j, (&column, &estimate))| {
            let std_error = vcov[j][j].sqrt();
            let statistic = over_std_error(estimate, std_error);
            Coefficient {
                name: design.names[column].clone(),
                estimate,
                std_error,
                statistic,
                p_value: match test {
                    TestKind::KnappHartung => students_t_two_sided_p(statistic, df as f64),
                    TestKind::Wald => normal_two_sided_p(statistic),
                },
                low: estimate - critical * std_error,
                high: estimate + critical * std_error,
            }
        })
        .collect();
    let equal = model.moments(Weights::Inverse(0.0));
    let qe = equal.rss;
    let typical = df as f64 / equal.trace_p;
    let (i2, h2) = super::pool::i2_h2(method, qe, df, tau2, typical);
    let overall = overall_test(&vcov, &fit.coefficients, &tested, test, df);
    let r2 = if has_intercept && method != Tau2Method::EqualEffects {
        let alone = tau2::estimate(&mut MeanModel::new(y, v), method, None);
        (alone > 0.0).then(|| 100.0 * larger(0.0, (alone - tau2) / alone))
    } else {
        None
    };
    Ok(MetaRegression {
        k,
        p,
        method,
        test,
        coefficients,
        dropped,
        tau2,
        se_tau2,
        i2,
        h2,
        r2,
        qe,
        qe_df: df,
        qe_p: chi_squared_sf(qe, df as f64),
        overall,
        vcov,
    })
}

/// Indices of the columns to keep and names of those that earlier columns determine (to 1e-10 of their
/// own length).
fn independent_columns(k: usize, design: &Design) -> Result<(Vec<usize>, Vec<String>), MetaError> {
    let width = design.names.len();
    if design.rows.len() != k * width {
        return Err(MetaError::LengthMismatch { what: "design", have: design.rows.len(), need: k * width });
    }
    if let Some(position) = design.rows.iter().position(|x| !x.is_finite()) {
        return Err(MetaError::NotFinite { what: "moderator", index: position / width });
    }
    let mut basis: Vec<Vec<f64>> = Vec::new();
    let (mut kept, mut dropped) = (Vec::new(), Vec::new());
    for (j, name) in design.names.iter().enumerate() {
        let mut column = design.column(j);
        let length = dot(&column, &column).sqrt();
        for _ in 0..2 {
            for unit in &basis {
                let projection = dot(unit, &column);
                for (c, u) in column.iter_mut().zip(unit) {
                    *c -= projection * u;
                }
            }
        }
        let rest = dot(&column, &column).sqrt();
        if rest > 1e-10 * length {
            for c in &mut column {
                *c /= rest;
            }
            basis.push(column);
            kept.push(j);
        } else {
            dropped.push(name.clone());
        }
    }
    Ok((kept, dropped))
}

/// bᵀ C⁻¹ b over the tested coefficients, by Cholesky of the scaled block C.
fn overall_test(
    vcov: &[Vec<f64>],
    b: &[f64],
    tested: &[usize],
    test: TestKind,
    df: usize,
) -> Option<OverallTest> {
    let m = tested.len();
    if m == 0 {
        return None;
    }
    let scale: Vec<f64> = tested.iter().map(|&j| vcov[j][j].sqrt()).collect();
    let mut lower = vec![vec![0.0; m]; m];
    let mut solved = vec![0.0; m];
    let mut quadratic = 0.0;
    for i in 0..m {
        for j in 0..=i {
            let entry = vcov[tested[i]][tested[j]] / (scale[i] * scale[j]);
            let inner = dot(&lower[i][..j], &lower[j][..j]);
            lower[i][j] = if i == j { (entry - inner).sqrt() } else { (entry - inner) / lower[j][j] };
        }
        solved[i] = (b[tested[i]] / scale[i] - dot(&lower[i][..i], &solved[..i])) / lower[i][i];
        quadratic += solved[i] * solved[i];
    }
    Some(match test {
        TestKind::Wald => OverallTest {
            statistic: quadratic,
            df1: m,
            df2: None,
            p_value: chi_squared_sf(quadratic, m as f64),
        },
        TestKind::KnappHartung => {
            let statistic = quadratic / m as f64;
            OverallTest { statistic, df1: m, df2: Some(df), p_value: f_sf(statistic, m as f64, df as f64) }
        }
    })
}
