//! Randomisation inference over a recorded assignment mechanism: complete randomisation of units (clients or
//! whole clusters) within strata, the number treated in each stratum held fixed.
//!
//! Fisher's (1935) test of a constant effect τ₀: under it y − τ₀D does not depend on the assignment, so its
//! regression on every assignment D* that could have been drawn, with strata as factors and covariates, gives
//! the exact distribution of a statistic. The statistic is the coefficient of D* over its standard error
//! clustered by unit: studentised, the test also keeps its level asymptotically for a zero average effect that
//! varies between units (Wu and Ding 2021, Journal of the American Statistical Association 116; Zhao and Ding
//! 2021). With tildes for what strata and covariates leave, D̃* = D* − D̄*_s − x̃γ, and coefficient and unit
//! scores follow from sums by unit alone; both are linear in τ₀, so one set of assignments gives the p-value of
//! every τ₀ and the interval.
//!
//! Left out: mechanisms other than complete randomisation (matched pairs are strata of two), several treatment
//! arms at once, randomisation of a threshold or of time.

mod assignments;
mod test;
mod units;

use thiserror::Error;

use crate::regression::RegressionError;

pub use test::{RandomisationOptions, RandomisationTest, randomisation_test};
pub use units::Experiment;

/// Why randomisation inference cannot be run.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RandomisationError {
    /// The regression under it failed.
    #[error(transparent)]
    Regression(#[from] RegressionError),
    /// A unit has treated and untreated rows.
    #[error("unit {0} has rows in both arms")]
    UnitInTwoArms(u32),
    /// A unit has rows in more than one stratum.
    #[error("unit {0} has rows in more than one stratum")]
    UnitInTwoStrata(u32),
    /// No stratum has both a treated and an untreated unit: nothing could have come out otherwise.
    #[error("no stratum holds both a treated and an untreated unit")]
    NothingToPermute,
    /// No draws, or more than memory should hold.
    #[error("{0} draws asked for, between 1 and 10,000,000 possible")]
    Draws(usize),
    /// A confidence level outside the open interval (0, 1).
    #[error("confidence level {0} is not between 0 and 1")]
    Level(f64),
    /// The hypothesised effect is not a finite number.
    #[error("the hypothesised effect is not a finite number")]
    NotFinite,
    /// The treatment coefficient or its variance does not exist in the sample as assigned.
    #[error("the effect or its clustered variance does not exist in this sample")]
    NoVariance,
}
