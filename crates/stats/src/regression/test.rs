//! t statistics, p-values and intervals of coefficients.

use crate::distributions::{students_t_quantile, students_t_two_sided_p};

use super::RegressionError;
use super::fit::Fit;
use super::sample::Term;
use super::variance::Covariance;

/// One coefficient with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoefficientTest {
    /// Which coefficient.
    pub term: Term,
    /// Units of the outcome per unit of the column.
    pub estimate: f64,
    /// Standard error; NaN when the variance does not exist.
    pub std_error: f64,
    /// Degrees of freedom of t.
    pub df: f64,
    /// Estimate over standard error.
    pub statistic: f64,
    /// Two-sided p-value of a zero coefficient.
    pub p_value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Tests and intervals of every estimated coefficient at a confidence level such as 0.95, by t.
///
/// # Errors
/// [`RegressionError::Level`] for a level outside (0, 1).
pub fn coefficient_tests(
    fit: &Fit,
    covariance: &Covariance,
    level: f64,
) -> Result<Vec<CoefficientTest>, RegressionError> {
    if !(level > 0.0 && level < 1.0) {
        return Err(RegressionError::Level(level));
    }
    let errors = covariance.standard_errors();
    Ok(fit
        .terms
        .iter()
        .zip(&fit.coefficients)
        .zip(errors.into_iter().zip(&covariance.df))
        .map(|((term, estimate), (std_error, df))| {
            let known = std_error.is_finite() && *df > 0.0;
            let quantile = if known { students_t_quantile(0.5 + level / 2.0, *df) } else { f64::NAN };
            let statistic = if std_error > 0.0 { estimate / std_error } else { f64::NAN };
            CoefficientTest {
                term: *term,
                estimate: *estimate,
                std_error,
                df: *df,
                statistic,
                p_value: if known && std_error > 0.0 {
                    students_t_two_sided_p(statistic, *df)
                } else {
                    f64::NAN
                },
                low: estimate - quantile * std_error,
                high: estimate + quantile * std_error,
            }
        })
        .collect())
}
