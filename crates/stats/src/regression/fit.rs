//! Least squares on columns in memory.
//!
//! β = (X̃ᵀWX̃)⁻¹ X̃ᵀWỹ with X̃, ỹ the columns less their absorbed factors. Variances are in `variance`.

use std::borrow::Cow;

use super::RegressionError;
use super::absorb::{Absorption, Removed, remove};
use super::codes::{Labels, relabel};
use super::double_double::DoubleDouble;
use super::matrix::SquareMatrix;
use super::moments::{product_sums, vectorised};
use super::normal::{Normal, solve};
use super::sample::{Sample, Term};

/// Point estimates and what every variance needs; the same from both engines.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The estimated terms, in the order of the design.
    pub terms: Vec<Term>,
    /// One coefficient a term, in units of the outcome per unit of the column.
    pub coefficients: Vec<f64>,
    /// Terms left out because earlier columns or the absorbed factors determine them.
    pub dropped: Vec<Term>,
    /// (X̃ᵀWX̃)⁻¹ over the estimated terms.
    pub bread: SquareMatrix,
    /// Rows of positive weight.
    pub rows: usize,
    /// Σ w.
    pub sum_of_weights: f64,
    /// Σ w e².
    pub residual_sum_of_squares: f64,
    /// Σ w (y − ȳ)², or Σ w y² when the design has neither a constant nor a factor.
    pub total_sum_of_squares: f64,
    /// The absorbed factors, in the order given.
    pub factors: Vec<AbsorbedFactor>,
    /// Independent parameters that the factors take.
    pub absorbed_parameters: usize,
    /// Rows alone in a level of some factor. They are kept: they fit perfectly, leave β unchanged and count
    /// in `rows`.
    pub singleton_rows: usize,
    /// How far the factors were removed.
    pub absorption: Absorption,
}

/// What is known of one absorbed factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsorbedFactor {
    /// Levels with a row of positive weight.
    pub levels: usize,
    /// Levels with one row only.
    pub singletons: usize,
}

impl Fit {
    /// Parameters of the regression, factors included: K.
    pub fn parameters(&self) -> usize {
        self.terms.len() + self.absorbed_parameters
    }

    /// Rows less parameters, 0 when saturated.
    pub fn residual_df(&self) -> usize {
        self.rows.saturating_sub(self.parameters())
    }

    /// Residual variance Σ w e² / (N − K); None when saturated.
    pub fn residual_variance(&self) -> Option<f64> {
        let df = self.residual_df();
        (df > 0).then(|| self.residual_sum_of_squares / df as f64)
    }

    /// R²; None when the outcome does not vary.
    pub fn r_squared(&self) -> Option<f64> {
        (self.total_sum_of_squares > 0.0)
            .then(|| 1.0 - self.residual_sum_of_squares / self.total_sum_of_squares)
    }

    /// Where a term stands among the estimated ones.
    pub fn position(&self, term: Term) -> Option<usize> {
        self.terms.iter().position(|t| *t == term)
    }
}

/// A fit with its rows: what the variances in memory are computed from.
#[derive(Debug, Clone)]
pub struct MemoryFit<'a> {
    /// The point estimates.
    pub fit: Fit,
    /// y − Xβ − Σ Dα, one a row.
    pub residuals: Vec<f64>,
    /// What rounding took from the residuals: with it a cluster's score keeps about 32 digits.
    pub(crate) residual_errors: Vec<f64>,
    pub(crate) sample: Sample<'a>,
    /// Columns of the estimated terms, less the absorbed factors.
    pub(crate) design: Vec<Cow<'a, [f64]>>,
    /// The outcome less the absorbed factors.
    pub(crate) outcome: Cow<'a, [f64]>,
    /// Levels of the absorbed factors.
    pub(crate) factors: Vec<Labels>,
    pub(crate) normal: Normal,
}

impl MemoryFit<'_> {
    /// The column of an estimated term, less the absorbed factors; `position` as in [`Fit::position`].
    pub fn design_column(&self, position: usize) -> Option<&[f64]> {
        self.design.get(position).map(AsRef::as_ref)
    }

    /// The rows it was fitted to.
    pub fn sample(&self) -> &Sample<'_> {
        &self.sample
    }

    /// The outcome less the absorbed factors.
    pub fn outcome(&self) -> &[f64] {
        &self.outcome
    }
}

/// Columns less the absorbed factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Residualised {
    /// The columns, in the order given.
    pub columns: Vec<Vec<f64>>,
    /// The factors.
    pub factors: Vec<AbsorbedFactor>,
    /// Independent parameters that the factors take.
    pub absorbed_parameters: usize,
    /// Rows alone in a level of some factor.
    pub singleton_rows: usize,
    /// How far the factors were removed.
    pub absorption: Absorption,
}

/// Removes a sample's factors from its regressors and, as the last column, its outcome.
///
/// # Errors
/// As [`fit`].
pub fn residualise(sample: &Sample) -> Result<Residualised, RegressionError> {
    sample.check()?;
    let columns: Vec<&[f64]> = sample.x.iter().copied().chain([sample.y]).collect();
    if sample.factors.is_empty() {
        return Ok(Residualised {
            columns: columns.into_iter().map(<[f64]>::to_vec).collect(),
            factors: Vec::new(),
            absorbed_parameters: 0,
            singleton_rows: 0,
            absorption: Absorption::NONE,
        });
    }
    let labels: Vec<Labels> = sample.factors.iter().map(|codes| relabel(codes, sample)).collect();
    let sizes = root_mean_squares(&squared_lengths(&columns, sample), sample);
    let Removed { columns, factors, parameters, singleton_rows, absorption } =
        remove(&columns, sizes, &labels, sample);
    Ok(Residualised { columns, factors, absorbed_parameters: parameters, singleton_rows, absorption })
}

/// Fits by least squares.
///
/// # Errors
/// Columns of different lengths, numbers that are not finite, no rows, or sums that overflow.
pub fn fit<'a>(sample: &Sample<'a>) -> Result<MemoryFit<'a>, RegressionError> {
    sample.check()?;
    let factors: Vec<Labels> = sample.factors.iter().map(|codes| relabel(codes, sample)).collect();
    let mut terms = Vec::new();
    let mut columns: Vec<Cow<'a, [f64]>> = Vec::new();
    if sample.intercept && factors.is_empty() {
        terms.push(Term::Intercept);
        columns.push(Cow::Owned(vec![1.0; sample.rows()]));
    }
    for (j, column) in sample.x.iter().enumerate() {
        terms.push(Term::Column(j));
        columns.push(Cow::Borrowed(column));
    }
    columns.push(Cow::Borrowed(sample.y));

    let slices: Vec<&[f64]> = columns.iter().map(AsRef::as_ref).collect();
    let mut lengths = squared_lengths(&slices, sample);
    let removed = if factors.is_empty() {
        None
    } else {
        let removed = remove(&slices, root_mean_squares(&lengths, sample), &factors, sample);
        Some(removed)
    };
    let (known, parameters, singleton_rows, absorption) = match removed {
        None => (Vec::new(), 0, 0, Absorption::NONE),
        Some(removed) => {
            columns = removed.columns.into_iter().map(Cow::Owned).collect();
            (removed.factors, removed.parameters, removed.singleton_rows, removed.absorption)
        }
    };
    lengths.truncate(terms.len());

    let one_group = vec![0; sample.rows()];
    let slices: Vec<&[f64]> = columns.iter().map(AsRef::as_ref).collect();
    let gram = product_sums(&slices, sample.weights, &one_group, 1).matrix(0);
    let normal = solve(&gram, &lengths)?;

    let ones = vec![1.0; sample.rows()];
    let outcome_sums = product_sums(&[&ones, sample.y], sample.weights, &one_group, 1).matrix(0);
    let (weight, sum, square) = (outcome_sums[0], outcome_sums[1], outcome_sums[3]);
    let centred = sample.intercept || !factors.is_empty();
    let total = if centred { square - sum * sum / weight } else { square };

    let outcome = columns.pop().unwrap_or_default();
    let mut kept = normal.cholesky.kept.iter().peekable();
    let (mut estimated, mut dropped, mut design) = (Vec::new(), Vec::new(), Vec::new());
    for (j, (term, column)) in terms.into_iter().zip(columns).enumerate() {
        if kept.next_if_eq(&&j).is_some() {
            estimated.push(term);
            design.push(column);
        } else {
            dropped.push(term);
        }
    }
    let coefficients: Vec<f64> = normal.coefficients.iter().map(|b| b.value()).collect();
    let mut exact: Vec<DoubleDouble> = outcome.iter().map(|y| (*y).into()).collect();
    for (column, beta) in design.iter().zip(&normal.coefficients) {
        vectorised(|| {
            for (e, x) in exact.iter_mut().zip(column.iter()) {
                *e = *e - *beta * *x;
            }
        });
    }
    let residuals = exact.iter().map(|e| e.value()).collect();
    let residual_errors = exact.iter().map(|e| e.error()).collect();
    Ok(MemoryFit {
        fit: Fit {
            terms: estimated,
            coefficients,
            dropped,
            bread: normal.bread.clone(),
            rows: sample.positive_rows(),
            sum_of_weights: weight.value(),
            residual_sum_of_squares: normal.residual_square.value(),
            total_sum_of_squares: not_negative(total),
            factors: known,
            absorbed_parameters: parameters,
            singleton_rows,
            absorption,
        },
        residuals,
        residual_errors,
        sample: *sample,
        design,
        outcome,
        factors,
        normal,
    })
}

/// Σ w z² of each column.
fn squared_lengths(columns: &[&[f64]], sample: &Sample) -> Vec<f64> {
    let one_group = vec![0; sample.rows()];
    columns.iter().map(|z| product_sums(&[z], sample.weights, &one_group, 1).matrix(0)[0].value()).collect()
}

fn root_mean_squares(lengths: &[f64], sample: &Sample) -> Vec<f64> {
    let weight = sample.weights.map_or(sample.rows() as f64, |w| w.iter().sum());
    lengths.iter().map(|length| (length / weight).sqrt()).collect()
}

/// A sum of squares: rounding below zero is zero.
pub(crate) fn not_negative(value: DoubleDouble) -> f64 {
    if value.value() < 0.0 { 0.0 } else { value.value() }
}
