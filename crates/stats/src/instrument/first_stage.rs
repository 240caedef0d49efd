//! First stages: coefficients of the instruments, their F, and the effective F.

use super::quadratic::{inverse_form, relative_eigenvalues};
use crate::distributions::{chi_squared_cdf, f_sf};
use crate::num::{larger, smaller};
use crate::regression::CoefficientTest;
use crate::regression::{Covariance, Fit, RegressionError, Term, Variance, coefficient_tests};

/// A joint test that coefficients are zero: bᵀV⁻¹b/q, by F(q, df).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WaldF {
    /// The variance in it.
    pub variance: Variance,
    /// F; NaN when the variance of the coefficients is singular.
    pub statistic: f64,
    /// Coefficients tested.
    pub df1: f64,
    /// Denominator: the smallest t degrees of freedom among them.
    pub df2: f64,
    /// Upper tail.
    pub p_value: f64,
}

/// The effective first-stage F (Montiel Olea and Pflueger 2013, Journal of Business and Economic Statistics
/// 31, section 3): π̂ᵀQπ̂/tr(VQ), Q the products of the instruments less the other regressors, V the variance
/// of π̂. With one instrument it is the robust F.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EffectiveF {
    /// F_eff.
    pub statistic: f64,
    /// Value it has to exceed for 5 % confidence that the bias of two-stage least squares is under 10 % of the
    /// worst case (their simplified test: noncentral chi-squared with K_eff degrees of freedom and
    /// noncentrality 10·K_eff, divided by K_eff).
    pub critical_value: f64,
    /// K_eff, effective number of instruments.
    pub effective_instruments: f64,
}

/// One endogenous regressor on the instruments and all else.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstStage {
    /// Coefficients of the usable instruments, by the first variance asked for; terms count the instruments
    /// given, from 0.
    pub instruments: Vec<CoefficientTest>,
    /// Joint test of the instruments by the same variance.
    pub robust: WaldF,
    /// Joint test under equal variances.
    pub plain: WaldF,
    /// Effective F; none when it does not exist.
    pub effective: Option<EffectiveF>,
    /// Share of the variation left by the other regressors that the instruments explain.
    pub partial_r2: f64,
}

/// Joint test of the terms at `positions` that they are 0.
pub(crate) fn wald(fit: &Fit, covariance: &Covariance, positions: &[usize]) -> WaldF {
    let b: Vec<f64> = positions.iter().map(|p| fit.coefficients[*p]).collect();
    let entry = |i: usize, j: usize| covariance.matrix.get(positions[i], positions[j]);
    let df1 = positions.len() as f64;
    let df2 = positions.iter().map(|p| covariance.df[*p]).fold(f64::INFINITY, smaller);
    let statistic = inverse_form(positions.len(), entry, &b).map_or(f64::NAN, |form| form / df1);
    WaldF { variance: covariance.variance, statistic, df1, df2, p_value: f_sf(statistic, df1, df2) }
}

/// Coefficients of the instruments, their terms numbered as the instruments were given.
pub(crate) fn instrument_tests(
    fit: &Fit,
    covariance: &Covariance,
    level: f64,
    first: usize,
) -> Result<Vec<CoefficientTest>, RegressionError> {
    Ok(coefficient_tests(fit, covariance, level)?
        .into_iter()
        .filter_map(|test| match test.term {
            Term::Column(j) if j >= first => Some(CoefficientTest { term: Term::Column(j - first), ..test }),
            _ => None,
        })
        .collect())
}

pub(crate) fn effective_f(fit: &Fit, covariance: &Covariance, positions: &[usize]) -> Option<EffectiveF> {
    let order = positions.len();
    let b: Vec<f64> = positions.iter().map(|p| fit.coefficients[*p]).collect();
    let inverse = |i: usize, j: usize| fit.bread.get(positions[i], positions[j]);
    let v = |i: usize, j: usize| covariance.matrix.get(positions[i], positions[j]);
    let eigenvalues = relative_eigenvalues(order, v, inverse)?;
    let trace: f64 = eigenvalues.iter().sum();
    let squares: f64 = eigenvalues.iter().map(|e| e * e).sum();
    let largest = eigenvalues.iter().copied().fold(0.0, larger);
    let effective_instruments = trace * trace * 21.0 / (squares + 20.0 * trace * largest);
    let statistic = inverse_form(order, inverse, &b)? / trace;
    (statistic.is_finite() && effective_instruments.is_finite()).then(|| EffectiveF {
        statistic,
        critical_value: critical_value(effective_instruments),
        effective_instruments,
    })
}

/// The 95 % point of a noncentral chi-squared with k degrees of freedom and noncentrality 10k, over k.
fn critical_value(k: f64) -> f64 {
    let (mut low, mut high) = (0.0, 100.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if noncentral_chi_squared_cdf(middle * k, k, 10.0 * k) < 0.95 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// P(X ≤ x): a Poisson(λ/2) mixture of central chi-squared with k + 2j degrees of freedom.
fn noncentral_chi_squared_cdf(x: f64, k: f64, lambda: f64) -> f64 {
    let half = 0.5 * lambda;
    let reach = 12.0 * (half + 12.0).sqrt();
    let from = larger(0.0, half - reach).floor();
    let mut log_weight = -half + from * half.ln() - statrs::function::gamma::ln_gamma(from + 1.0);
    let mut sum = 0.0;
    let mut j = from;
    while j <= half + reach {
        sum += log_weight.exp() * chi_squared_cdf(x, k + 2.0 * j);
        j += 1.0;
        log_weight += half.ln() - j.ln();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distributions::normal_cdf;

    /// With one degree of freedom X = (Z + √λ)², and the critical value is the 23.11 of Montiel Olea and
    /// Pflueger (2013, table 1; one instrument, 10 %).
    #[test]
    fn one_instrument() {
        for x in [0.5, 5.0, 23.0] {
            let expected =
                normal_cdf(f64::sqrt(x) - 10.0_f64.sqrt()) - normal_cdf(-f64::sqrt(x) - 10.0_f64.sqrt());
            assert!((noncentral_chi_squared_cdf(x, 1.0, 10.0) - expected).abs() < 1e-12);
        }
        assert!((critical_value(1.0) - 23.11).abs() < 0.005);
    }
}
