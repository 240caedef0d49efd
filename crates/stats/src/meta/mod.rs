//! Meta-analysis of k independent estimates `y[i]` with known sampling variances `v[i]`.
//!
//! Model: y_i = μ + u_i + e_i, with e_i ~ N(0, v_i) and u_i ~ N(0, τ²); weights w_i = 1/(v_i + τ²).
//! Everything is a free function over slices. A diagnostic that does not exist for the data at hand is
//! `None` in the result, not an error; an error means the input cannot be pooled at all.
//!
//! Left out: several effects per study, non-normal likelihoods, selection models.

mod blup;
mod cumulative;
mod heterogeneity;
mod influence;
mod interval;
mod leave_one_out;
mod metaregression;
mod method;
mod pool;
mod robust;
mod small_study;
mod tau2;
mod trim_fill;
mod weighted;

use thiserror::Error;

pub use blup::{Blup, blup};
pub use cumulative::{Cumulative, cumulative};
pub use heterogeneity::{Tau2Interval, tau2_q_profile};
pub use influence::{Influence, influence};
pub use interval::{Interval, interval, prediction};
pub use leave_one_out::{LeaveOneOut, leave_one_out};
pub use metaregression::{Coefficient, Design, MetaRegression, OverallTest, TestKind, meta_regression};
pub use method::{IntervalMethod, PredictionMethod, Tau2Method, UnknownMethod};
pub use pool::{Pooled, pool};
pub use robust::{Robust, robust_mean};
pub use small_study::{
    EggerMixed, PetPeese, PetPeeseChoice, WeightedLine, egger_mixed, egger_regression, peese, pet, pet_peese,
};
pub use trim_fill::{MissingSide, TrimFill, TrimFillEstimator, trim_and_fill};

/// Why a set of estimates cannot be analysed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum MetaError {
    /// Fewer studies than the analysis needs.
    #[error("{have} studies given, at least {need} needed")]
    TooFewStudies {
        /// Studies given.
        have: usize,
        /// Studies the analysis needs.
        need: usize,
    },
    /// Two arrays that describe the same studies differ in length.
    #[error("{what} has {have} entries, {need} expected")]
    LengthMismatch {
        /// The array with the wrong length.
        what: &'static str,
        /// Its length.
        have: usize,
        /// The length the other arrays have.
        need: usize,
    },
    /// An estimate or moderator is NaN or infinite.
    #[error("{what} of study {index} is not a finite number")]
    NotFinite {
        /// The array.
        what: &'static str,
        /// Position of the study, from 0.
        index: usize,
    },
    /// A sampling variance is zero, negative, NaN or infinite.
    #[error("sampling variance of study {index} is not a positive finite number")]
    VarianceNotPositive {
        /// Position of the study, from 0.
        index: usize,
    },
    /// A confidence level outside the open interval (0, 1).
    #[error("confidence level {0} is not between 0 and 1")]
    Level(f64),
    /// An order that is not a permutation of the studies.
    #[error("the order given is not a permutation of the studies")]
    NotAPermutation,
    /// A design without a usable column.
    #[error("the design has no usable column")]
    EmptyDesign,
}

/// Largest magnitude for estimates, and range for variances, inside which products of three weights neither
/// overflow nor vanish.
const LARGEST_ESTIMATE: f64 = 1e100;
const VARIANCE_RANGE: (f64, f64) = (1e-90, 1e200);

/// Checks estimates and sampling variances.
///
/// # Errors
/// [`MetaError::TooFewStudies`], [`MetaError::LengthMismatch`], [`MetaError::NotFinite`] (also for
/// magnitudes beyond 1e100), [`MetaError::VarianceNotPositive`] (also for variances outside 1e-90..1e200).
pub(crate) fn validate(y: &[f64], v: &[f64], need: usize) -> Result<(), MetaError> {
    if v.len() != y.len() {
        return Err(MetaError::LengthMismatch { what: "variances", have: v.len(), need: y.len() });
    }
    if y.len() < need {
        return Err(MetaError::TooFewStudies { have: y.len(), need });
    }
    if let Some(index) = y.iter().position(|x| !(x.is_finite() && x.abs() <= LARGEST_ESTIMATE)) {
        return Err(MetaError::NotFinite { what: "estimate", index });
    }
    let (low, high) = VARIANCE_RANGE;
    if let Some(index) = v.iter().position(|x| !(*x >= low && *x <= high)) {
        return Err(MetaError::VarianceNotPositive { index });
    }
    Ok(())
}

/// Checks a confidence level.
///
/// # Errors
/// [`MetaError::Level`] unless 0 < level < 1.
pub(crate) fn validate_level(level: f64) -> Result<(), MetaError> {
    if level > 0.0 && level < 1.0 { Ok(()) } else { Err(MetaError::Level(level)) }
}
