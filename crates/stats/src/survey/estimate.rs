//! Means, totals, ratios and proportions with Taylor-linearised errors, over all rows or a domain.
//!
//! Total: z_i = w_i·y_i. Mean: z_i = w_i·(y_i − ȳ)/Σw. Ratio: z_i = w_i·(y_i − R·x_i)/Σw·x. The error is the root of the
//! variance of Σz ([`super::variance`]). A domain sets z to 0 outside; no row is dropped, so that the number of units
//! drawn stays what it was. A proportion is the mean of zeros and ones. Design effect: the mean's variance over that of a
//! simple random sample of as many rows from as large a population, (1 − n/N)·s²/n with N = Σw and
//! s² = n/(n − 1)·Σw(y − ȳ)²/Σw.

use super::design::Design;
use super::variance::variance;
use super::{SurveyError, same_length};
use crate::distributions::{normal_quantile, students_t_quantile};

/// An estimate with its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurveyEstimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Degrees of freedom of the design.
    pub df: f64,
    /// Rows behind it.
    pub n: usize,
}

impl SurveyEstimate {
    /// The interval of this level (0.95, say) by Student's t with the design's degrees of freedom.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        self.within(students_t_quantile(0.5 + level / 2.0, self.df))
    }

    /// The same by the normal distribution.
    pub fn normal_interval(&self, level: f64) -> (f64, f64) {
        self.within(normal_quantile(0.5 + level / 2.0))
    }

    fn within(&self, quantile: f64) -> (f64, f64) {
        (self.value - quantile * self.std_error, self.value + quantile * self.std_error)
    }
}

/// Which rows an estimate is of.
#[derive(Debug, Clone, Copy)]
pub enum Domain<'a> {
    /// All.
    Everyone,
    /// Those marked; one mark a row.
    Marked(&'a [bool]),
}

impl Domain<'_> {
    fn holds(self, row: usize) -> bool {
        match self {
            Self::Everyone => true,
            Self::Marked(marks) => marks[row],
        }
    }

    fn check(self, design: &Design) -> Result<(), SurveyError> {
        match self {
            Self::Everyone => Ok(()),
            Self::Marked(marks) => same_length(marks.len(), design.rows()),
        }
    }
}

fn estimate(
    design: &Design,
    value: f64,
    domain: Domain<'_>,
    influence: impl Fn(usize) -> f64,
) -> SurveyEstimate {
    let influence: Vec<f64> = (0..design.rows())
        .map(|row| if domain.holds(row) { design.weights[row] * influence(row) } else { 0.0 })
        .collect();
    let n = (0..design.rows()).filter(|row| domain.holds(*row) && design.weights[*row] > 0.0).count();
    SurveyEstimate {
        value,
        std_error: variance(design, &influence).sqrt(),
        df: design.degrees_of_freedom(),
        n,
    }
}

fn weighted(design: &Design, domain: Domain<'_>, of: impl Fn(usize) -> f64) -> f64 {
    (0..design.rows()).filter(|row| domain.holds(*row)).map(|row| design.weights[row] * of(row)).sum()
}

fn finite(values: &[f64], domain: Domain<'_>) -> Result<(), SurveyError> {
    let odd = values.iter().enumerate().position(|(row, value)| domain.holds(row) && !value.is_finite());
    odd.map_or(Ok(()), |row| Err(SurveyError::Value { row }))
}

/// The total of `values`, one a row.
///
/// # Errors
/// [`SurveyError::Length`]; [`SurveyError::Value`] for a value that is not a number.
pub fn total(design: &Design, values: &[f64], domain: Domain<'_>) -> Result<SurveyEstimate, SurveyError> {
    same_length(values.len(), design.rows())?;
    domain.check(design)?;
    finite(values, domain)?;
    let value = weighted(design, domain, |row| values[row]);
    Ok(estimate(design, value, domain, |row| values[row]))
}

/// The mean of `values`, one a row; of zeros and ones, a proportion.
///
/// # Errors
/// As [`total`]; [`SurveyError::Empty`] for a domain without weight.
pub fn mean(design: &Design, values: &[f64], domain: Domain<'_>) -> Result<SurveyEstimate, SurveyError> {
    let ones = vec![1.0; design.rows()];
    ratio(design, values, &ones, domain)
}

/// The ratio of two totals: Σw·numerator over Σw·denominator.
///
/// # Errors
/// As [`total`]; [`SurveyError::Empty`] where the denominator is 0.
pub fn ratio(
    design: &Design,
    numerator: &[f64],
    denominator: &[f64],
    domain: Domain<'_>,
) -> Result<SurveyEstimate, SurveyError> {
    same_length(numerator.len(), design.rows())?;
    same_length(denominator.len(), design.rows())?;
    domain.check(design)?;
    finite(numerator, domain)?;
    finite(denominator, domain)?;
    let below = weighted(design, domain, |row| denominator[row]);
    if below == 0.0 {
        return Err(SurveyError::Empty);
    }
    let value = weighted(design, domain, |row| numerator[row]) / below;
    Ok(estimate(design, value, domain, |row| (numerator[row] - value * denominator[row]) / below))
}

/// The design effect of the mean of `values` over all rows; none where the weights add to fewer than there are rows, so
/// that they are no numbers of people.
///
/// # Errors
/// As [`mean`].
pub fn design_effect(design: &Design, values: &[f64]) -> Result<Option<f64>, SurveyError> {
    let found = mean(design, values, Domain::Everyone)?;
    let n = found.n as f64;
    let population: f64 = design.weights.iter().sum();
    if population < n || n < 2.0 {
        return Ok(None);
    }
    let squares =
        weighted(design, Domain::Everyone, |row| (values[row] - found.value) * (values[row] - found.value));
    let simple = squares / population * n / (n - 1.0) * (1.0 - n / population) / n;
    Ok((simple > 0.0).then(|| found.std_error * found.std_error / simple))
}
