//! The estimator: first stages, second stage, true residuals, diagnostics.

use super::InstrumentError;
use super::anderson_rubin::{AndersonRubin, ReducedForm};
use super::first_stage::{FirstStage, effective_f, instrument_tests, wald};
use crate::num::smaller;
use crate::regression::{
    CoefficientTest, Covariance, Fit, MemoryFit, RegressionError, Sample, Term, Variance, covariance, fit,
};

/// Columns of an instrumental-variable regression; all have the length of `y`.
#[derive(Debug, Clone, Copy, Default)]
pub struct InstrumentSample<'a> {
    /// The outcome.
    pub y: &'a [f64],
    /// Endogenous regressors: take-up, say.
    pub endogenous: &'a [&'a [f64]],
    /// Regressors that are their own instruments, without the constant.
    pub exogenous: &'a [&'a [f64]],
    /// Excluded instruments: assignment, say.
    pub instruments: &'a [&'a [f64]],
    /// Whether there is a constant. Without effect when factors are absorbed.
    pub intercept: bool,
    /// Analytic weights, as in [`Sample::weights`].
    pub weights: Option<&'a [f64]>,
    /// Absorbed factors, as in [`Sample::factors`].
    pub factors: &'a [&'a [u32]],
}

/// A coefficient's place in the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InstrumentTerm {
    /// The constant.
    Intercept,
    /// The exogenous regressor with this index.
    Exogenous(usize),
    /// The endogenous regressor with this index.
    Endogenous(usize),
}

/// A variance and the cluster dimensions it needs.
#[derive(Debug, Clone, Copy)]
pub struct VarianceChoice<'a> {
    /// Which.
    pub variance: Variance,
    /// Codes of each cluster dimension; empty for unclustered variances.
    pub clusters: &'a [&'a [u32]],
}

/// Two-stage least squares with its diagnostics.
#[derive(Debug, Clone, PartialEq)]
pub struct TwoStage {
    /// The estimated terms, in the order of `fit`: constant, exogenous, endogenous.
    pub terms: Vec<InstrumentTerm>,
    /// Coefficients over those terms. Its sum of squares is that of the true residuals; its bread belongs to
    /// the design (X₁, X̂₂). Columns count the exogenous regressors first, then the endogenous ones.
    pub fit: Fit,
    /// One covariance for each variance asked for, in order; covariances of the fit's terms.
    pub covariances: Vec<Covariance>,
    /// The first stage of each endogenous regressor.
    pub first_stages: Vec<FirstStage>,
    /// Coefficients of the instruments in the regression of the outcome, by the first variance asked for.
    pub reduced_form: Vec<CoefficientTest>,
    /// Anderson–Rubin test by the first variance; with one endogenous regressor only.
    pub anderson_rubin: Option<AndersonRubin>,
    /// Instruments left out because earlier columns or the factors determine them.
    pub dropped_instruments: Vec<usize>,
}

impl TwoStage {
    /// Where a term stands in the fit.
    pub fn position(&self, term: InstrumentTerm) -> Option<usize> {
        self.terms.iter().position(|t| *t == term)
    }
}

/// Fits by two-stage least squares. The first of `variances` also serves the diagnostics; `level` is that of
/// their intervals and of the Anderson–Rubin region.
///
/// # Errors
/// [`InstrumentError::NoEndogenous`], [`InstrumentError::NoVariance`], [`InstrumentError::NotIdentified`] and
/// the errors of the regressions.
pub fn two_stage_least_squares(
    sample: &InstrumentSample,
    variances: &[VarianceChoice],
    level: f64,
) -> Result<TwoStage, InstrumentError> {
    if sample.endogenous.is_empty() {
        return Err(InstrumentError::NoEndogenous);
    }
    let main = variances.first().ok_or(InstrumentError::NoVariance)?;
    for column in sample.endogenous {
        if column.len() != sample.y.len() {
            let (have, need) = (column.len(), sample.y.len());
            return Err(
                RegressionError::LengthMismatch { what: "an endogenous regressor", have, need }.into()
            );
        }
    }
    let outside: Vec<&[f64]> = sample.exogenous.iter().chain(sample.instruments).copied().collect();
    let first_index = sample.exogenous.len();
    let reduced = fit(&regression(sample, sample.y, &outside))?;
    let positions = instrument_positions(&reduced.fit, first_index);
    let not_identified =
        InstrumentError::NotIdentified { endogenous: sample.endogenous.len(), instruments: positions.len() };
    if positions.len() < sample.endogenous.len() {
        return Err(not_identified);
    }

    let mut first_fits = Vec::with_capacity(sample.endogenous.len());
    let mut first_stages = Vec::with_capacity(sample.endogenous.len());
    for column in sample.endogenous {
        let fitted = fit(&regression(sample, column, &outside))?;
        first_stages.push(first_stage(sample, column, &fitted, main, level)?);
        first_fits.push(fitted);
    }

    let explained: Vec<Vec<f64>> = sample
        .endogenous
        .iter()
        .zip(&first_fits)
        .map(|(column, fitted)| column.iter().zip(&fitted.residuals).map(|(x, e)| x - e).collect())
        .collect();
    let inside: Vec<&[f64]> =
        sample.exogenous.iter().copied().chain(explained.iter().map(Vec::as_slice)).collect();
    let mut second = fit(&regression(sample, sample.y, &inside))?;
    if second.fit.dropped.iter().any(|term| matches!(term, Term::Column(j) if *j >= first_index)) {
        return Err(not_identified);
    }
    for (j, fitted) in first_fits.iter().enumerate() {
        let beta = second
            .fit
            .position(Term::Column(first_index + j))
            .map_or(0.0, |position| second.fit.coefficients[position]);
        for (e, first) in second.residuals.iter_mut().zip(&fitted.residuals) {
            *e -= beta * first;
        }
    }
    second.fit.residual_sum_of_squares = weighted_square(&second.residuals, sample.weights);
    let covariances = variances
        .iter()
        .map(|choice| covariance(&second, choice.variance, choice.clusters))
        .collect::<Result<Vec<_>, _>>()?;

    let reduced_covariance = covariance(&reduced, main.variance, main.clusters)?;
    let anderson_rubin = match (sample.endogenous, first_fits.as_slice()) {
        ([column], [first]) => {
            let form = reduced_form(sample, column, &outside, (&reduced, &reduced_covariance), first, main)?;
            let at = second.fit.position(Term::Column(first_index));
            let centre = at.map_or(0.0, |at| second.fit.coefficients[at]);
            let spread = at.map_or(f64::NAN, |at| covariances[0].matrix.get(at, at).sqrt());
            let scale = if spread.is_finite() && spread > 0.0 { spread } else { 1.0 };
            Some(form.test(level, centre, scale))
        }
        _ => None,
    };
    Ok(TwoStage {
        terms: second.fit.terms.iter().map(|term| instrument_term(*term, first_index)).collect(),
        reduced_form: instrument_tests(&reduced.fit, &reduced_covariance, level, first_index)?,
        dropped_instruments: reduced
            .fit
            .dropped
            .iter()
            .filter_map(|term| match term {
                Term::Column(j) if *j >= first_index => Some(j - first_index),
                _ => None,
            })
            .collect(),
        fit: second.fit,
        covariances,
        first_stages,
        anderson_rubin,
    })
}

fn regression<'a>(sample: &InstrumentSample<'a>, y: &'a [f64], x: &'a [&'a [f64]]) -> Sample<'a> {
    Sample { y, x, intercept: sample.intercept, weights: sample.weights, factors: sample.factors }
}

fn instrument_term(term: Term, first_index: usize) -> InstrumentTerm {
    match term {
        Term::Intercept => InstrumentTerm::Intercept,
        Term::Column(j) if j < first_index => InstrumentTerm::Exogenous(j),
        Term::Column(j) => InstrumentTerm::Endogenous(j - first_index),
    }
}

/// Positions of the estimated instruments.
fn instrument_positions(fit: &Fit, first_index: usize) -> Vec<usize> {
    (0..fit.terms.len()).filter(|p| matches!(fit.terms[*p], Term::Column(j) if j >= first_index)).collect()
}

fn first_stage(
    sample: &InstrumentSample,
    column: &[f64],
    fitted: &MemoryFit,
    main: &VarianceChoice,
    level: f64,
) -> Result<FirstStage, InstrumentError> {
    let first_index = sample.exogenous.len();
    let positions = instrument_positions(&fitted.fit, first_index);
    let robust = covariance(fitted, main.variance, main.clusters)?;
    let plain = covariance(fitted, Variance::Iid, &[])?;
    let without = fit(&regression(sample, column, sample.exogenous))?;
    let ratio = fitted.fit.residual_sum_of_squares / without.fit.residual_sum_of_squares;
    Ok(FirstStage {
        instruments: instrument_tests(&fitted.fit, &robust, level, first_index)?,
        robust: wald(&fitted.fit, &robust, &positions),
        plain: wald(&fitted.fit, &plain, &positions),
        effective: effective_f(&fitted.fit, &robust, &positions),
        partial_r2: 1.0 - ratio,
    })
}

/// Coefficients of the instruments and the three parts of V(b). The cross part comes from a third regression,
/// of y − s·x₂ with s the ratio of the residuals' sizes, so that no part drowns the others.
fn reduced_form(
    sample: &InstrumentSample,
    column: &[f64],
    outside: &[&[f64]],
    outcome: (&MemoryFit, &Covariance),
    first: &MemoryFit,
    main: &VarianceChoice,
) -> Result<ReducedForm, InstrumentError> {
    let (reduced, reduced_covariance) = outcome;
    let first_covariance = covariance(first, main.variance, main.clusters)?;
    let ratio = (reduced.fit.residual_sum_of_squares / first.fit.residual_sum_of_squares).sqrt();
    let s = if ratio.is_finite() && ratio > 0.0 { ratio } else { 1.0 };
    let mixed: Vec<f64> = sample.y.iter().zip(column).map(|(y, x)| y - s * x).collect();
    let third = fit(&regression(sample, &mixed, outside))?;
    let third_covariance = covariance(&third, main.variance, main.clusters)?;
    let positions = instrument_positions(&reduced.fit, sample.exogenous.len());
    let block = |covariance: &Covariance| -> Vec<f64> {
        positions
            .iter()
            .flat_map(|i| positions.iter().map(move |j| (*i, *j)))
            .map(|(i, j)| covariance.matrix.get(i, j))
            .collect()
    };
    let outcome_variance = block(reduced_covariance);
    let endogenous_variance = block(&first_covariance);
    let cross = block(&third_covariance)
        .iter()
        .zip(outcome_variance.iter().zip(&endogenous_variance))
        .map(|(mixed, (y, x))| (y + s * s * x - mixed) / s)
        .collect();
    let coefficients =
        |fit: &Fit| positions.iter().map(|position| fit.coefficients[*position]).collect::<Vec<f64>>();
    let df2 = positions.iter().map(|p| reduced_covariance.df[*p]).fold(f64::INFINITY, smaller);
    Ok(ReducedForm {
        outcome: coefficients(&reduced.fit),
        endogenous: coefficients(&first.fit),
        outcome_variance,
        cross,
        endogenous_variance,
        df2,
    })
}

fn weighted_square(residuals: &[f64], weights: Option<&[f64]>) -> f64 {
    match weights {
        None => residuals.iter().map(|e| e * e).sum(),
        Some(weights) => residuals.iter().zip(weights).map(|(e, w)| w * e * e).sum(),
    }
}
