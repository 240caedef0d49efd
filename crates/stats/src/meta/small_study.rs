//! Small-study effects: does the estimate depend on its own standard error?
//!
//! * Egger et al. (1997), as weighted least squares of y on se with weights 1/v and a multiplicative
//!   dispersion ([`egger_regression`]), or as a mixed-effects meta-regression on se ([`egger_mixed`];
//!   Sterne and Egger 2005). The intercept is the limit estimate as se → 0.
//! * PET regresses on se, PEESE on v, both with weights 1/v; PET–PEESE (Stanley and Doucouliagos 2014)
//!   takes PET when its intercept is not above 0 at the one-sided 5 % level (p from t(k − 2), in the
//!   direction of the estimate), else PEESE.
//!
//! Left out: rank correlation, selection models, fail-safe N.

use super::interval::over_std_error;
use super::metaregression::{Design, TestKind, meta_regression};
use super::method::Tau2Method;
use super::weighted::Fit;
use super::{MetaError, validate, validate_level};
use crate::distributions::{students_t_quantile, students_t_two_sided_p};

/// A weighted straight line y = b0 + b1·x with weights 1/v and dispersion σ².
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedLine {
    /// Intercept: the estimate for a study without sampling error.
    pub intercept: f64,
    /// Its standard error.
    pub intercept_se: f64,
    /// t statistic of the intercept.
    pub intercept_t: f64,
    /// Two-sided p-value of the intercept.
    pub intercept_p: f64,
    /// Lower end of the intercept's interval.
    pub intercept_low: f64,
    /// Upper end of the intercept's interval.
    pub intercept_high: f64,
    /// Slope.
    pub slope: f64,
    /// Its standard error.
    pub slope_se: f64,
    /// t statistic of the slope: the test for small-study effects.
    pub slope_t: f64,
    /// Two-sided p-value of the slope.
    pub slope_p: f64,
    /// Residual standard deviation σ on the weighted scale.
    pub sigma: f64,
    /// Degrees of freedom k − 2.
    pub df: usize,
}

/// Weighted line of y on `x` with weights 1/v; k ≥ 3 and x not constant.
fn weighted_line(y: &[f64], v: &[f64], x: Vec<f64>, level: f64) -> Result<WeightedLine, MetaError> {
    validate(y, v, 3)?;
    validate_level(level)?;
    if x.iter().all(|value| *value == x[0]) {
        return Err(MetaError::EmptyDesign);
    }
    let df = y.len() - 2;
    let weights = v.iter().map(|v| 1.0 / v).collect();
    let fit = Fit::new(y, &[vec![1.0; y.len()], x], weights);
    let dispersion = fit.rss / df as f64;
    let covariance = fit.covariance();
    let (b0, b1) = (fit.coefficients[0], fit.coefficients[1]);
    let se0 = (dispersion * covariance[0][0]).sqrt();
    let se1 = (dispersion * covariance[1][1]).sqrt();
    let half = students_t_quantile(0.5 + 0.5 * level, df as f64) * se0;
    Ok(WeightedLine {
        intercept: b0,
        intercept_se: se0,
        intercept_t: over_std_error(b0, se0),
        intercept_p: students_t_two_sided_p(over_std_error(b0, se0), df as f64),
        intercept_low: b0 - half,
        intercept_high: b0 + half,
        slope: b1,
        slope_se: se1,
        slope_t: over_std_error(b1, se1),
        slope_p: students_t_two_sided_p(over_std_error(b1, se1), df as f64),
        sigma: dispersion.sqrt(),
        df,
    })
}

/// Egger's regression of y on its standard error, weights 1/v, t(k − 2).
///
/// # Errors
/// [`MetaError`] for unusable input, fewer than three studies, or equal standard errors
/// ([`MetaError::EmptyDesign`]: there is no small study to compare).
pub fn egger_regression(y: &[f64], v: &[f64], level: f64) -> Result<WeightedLine, MetaError> {
    pet(y, v, level)
}

/// Precision-effect test: y on se, weights 1/v.
///
/// # Errors
/// As [`egger_regression`].
pub fn pet(y: &[f64], v: &[f64], level: f64) -> Result<WeightedLine, MetaError> {
    weighted_line(y, v, v.iter().map(|v| v.sqrt()).collect(), level)
}

/// Precision-effect estimate with standard error: y on v, weights 1/v.
///
/// # Errors
/// As [`egger_regression`].
pub fn peese(y: &[f64], v: &[f64], level: f64) -> Result<WeightedLine, MetaError> {
    weighted_line(y, v, v.to_vec(), level)
}

/// Which of the two lines the rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PetPeeseChoice {
    /// The PET intercept.
    Pet,
    /// The PEESE intercept.
    Peese,
}

/// Both lines and the rule's choice.
#[derive(Debug, Clone, PartialEq)]
pub struct PetPeese {
    /// PET.
    pub pet: WeightedLine,
    /// PEESE.
    pub peese: WeightedLine,
    /// One-sided p-value of the PET intercept in its own direction: half the two-sided one.
    pub one_sided_p: f64,
    /// PET when `one_sided_p` ≥ 0.05, else PEESE.
    pub choice: PetPeeseChoice,
}

impl PetPeese {
    /// The line the rule takes.
    pub fn chosen(&self) -> &WeightedLine {
        match self.choice {
            PetPeeseChoice::Pet => &self.pet,
            PetPeeseChoice::Peese => &self.peese,
        }
    }
}

/// PET, PEESE and the conditional rule.
///
/// # Errors
/// As [`egger_regression`].
pub fn pet_peese(y: &[f64], v: &[f64], level: f64) -> Result<PetPeese, MetaError> {
    let pet = pet(y, v, level)?;
    let peese = peese(y, v, level)?;
    let one_sided_p = 0.5 * pet.intercept_p;
    let choice = if one_sided_p >= 0.05 { PetPeeseChoice::Pet } else { PetPeeseChoice::Peese };
    Ok(PetPeese { pet, peese, one_sided_p, choice })
}

/// Egger's test as a mixed-effects meta-regression on the standard error.
#[derive(Debug, Clone, PartialEq)]
pub struct EggerMixed {
    /// Statistic of the slope.
    pub statistic: f64,
    /// Its p-value.
    pub p_value: f64,
    /// Degrees of freedom k − 2 for Knapp–Hartung; `None` for Wald.
    pub df: Option<usize>,
    /// Limit estimate as se → 0.
    pub limit: f64,
    /// Lower end of the limit's interval.
    pub limit_low: f64,
    /// Upper end of the limit's interval.
    pub limit_high: f64,
    /// Residual between-study variance.
    pub tau2: f64,
}

/// Egger's test with residual τ² estimated by `method`; k ≥ 3.
///
/// # Errors
/// As [`egger_regression`].
pub fn egger_mixed(
    y: &[f64],
    v: &[f64],
    method: Tau2Method,
    test: TestKind,
    level: f64,
) -> Result<EggerMixed, MetaError> {
    validate(y, v, 3)?;
    let design = Design {
        names: vec!["intercept".to_owned(), "standard error".to_owned()],
        rows: v.iter().flat_map(|v| [1.0, v.sqrt()]).collect(),
    };
    let fit = meta_regression(y, v, &design, method, test, level)?;
    let (Some(limit), Some(slope)) = (fit.coefficients.first(), fit.coefficients.get(1)) else {
        return Err(MetaError::EmptyDesign);
    };
    Ok(EggerMixed {
        statistic: slope.statistic,
        p_value: slope.p_value,
        df: (test == TestKind::KnappHartung).then_some(fit.qe_df),
        limit: limit.estimate,
        limit_low: limit.low,
        limit_high: limit.high,
        tau2: fit.tau2,
    })
}
