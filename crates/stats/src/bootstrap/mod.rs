//! Wild cluster bootstrap of one coefficient of a linear regression, from cluster sums alone.
//!
//! Cameron, Gelbach and Miller (2008, Review of Economics and Statistics 90). With A = X̃ᵀWX̃, c = A⁻¹e_j and
//! cluster scores s_g = X̃_gᵀWe_g, imposing β_j = r moves the coefficients along h = c/c_j, so the restricted
//! scores are s_g + d·X̃_gᵀWX̃_g·h with d = β̂_j − r. A draw multiplies the scores of cluster g by v_g; its
//! estimate moves by A⁻¹Σ v_g s_g and its own scores are v_g s_g − X̃_gᵀWX̃_g·A⁻¹Σ v_h s_h (MacKinnon 2023,
//! Econometrics and Statistics; Roodman, Nielsen, MacKinnon and Webb 2019, Stata Journal 19). No draw touches a
//! row: it costs a few products of length k per cluster. Numerator and variance are polynomials in d, so one
//! set of draws gives the p-value of every r, and the interval by inverting the test.
//!
//! The statistic is studentised by the clustered variance; the factors of CR1 and CR1S cancel between a draw
//! and the sample. p-values are never 0: see [`PValues`].
//!
//! Absorbed factors have to be nested in the clusters: then a draw's residuals stay free of the factors.
//! [`resampling_design`] turns other factors into columns. Left out: pairs bootstrap, several restrictions at
//! once, subclusters, the restricted efficient bootstrap of instruments.

mod draws;
mod inversion;
mod joint;
mod problem;
mod weights;
mod wild;

use thiserror::Error;

use crate::multiple_testing::MultipleTestingError;
use crate::regression::{RegressionError, Term};

pub use inversion::PValues;
pub(crate) use inversion::{Shifted, invert, p_values};
pub use joint::{JointOutcome, cluster_numbers, joint_wild_bootstrap};
pub use problem::{ResamplingDesign, WildProblem, resampling_design};
pub use weights::{WEBB_BELOW_CLUSTERS, WildWeights};
pub use wild::{WildBootstrap, WildOptions, wild_bootstrap};

/// Why a bootstrap cannot be run.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum BootstrapError {
    /// The regression under it failed.
    #[error(transparent)]
    Regression(#[from] RegressionError),
    /// The term is not among the estimated ones.
    #[error("the fit has no coefficient for {0:?}")]
    NoTerm(Term),
    /// Moments of another design than the fit's.
    #[error("moments of {have} terms given for a fit of {need}")]
    Order {
        /// Terms of the moments.
        have: usize,
        /// Terms of the fit.
        need: usize,
    },
    /// Fewer than two clusters.
    #[error("{0} clusters given, at least 2 needed")]
    TooFewClusters(usize),
    /// No draws, or more than memory should hold.
    #[error("{0} draws asked for, between 1 and 10,000,000 possible")]
    Draws(usize),
    /// A confidence level outside the open interval (0, 1).
    #[error("confidence level {0} is not between 0 and 1")]
    Level(f64),
    /// The hypothesised value is not a finite number.
    #[error("the hypothesised value is not a finite number")]
    NotFinite,
    /// An absorbed factor is not nested in the clusters: sums by cluster do not carry the bootstrap.
    #[error("factor {factor} is not nested in the clusters: turn it into columns")]
    FactorAcrossClusters {
        /// Index of the factor.
        factor: usize,
    },
    /// A factor across clusters has too many levels to become columns.
    #[error("factor {factor} is not nested in the clusters and has {levels} levels, more than {most}")]
    FactorTooLong {
        /// Index of the factor.
        factor: usize,
        /// Its levels.
        levels: usize,
        /// The most that become columns.
        most: usize,
    },
    /// The clustered variance is zero: the statistic does not exist.
    #[error("the clustered variance of the coefficient is zero")]
    NoVariance,
    /// Cluster numbers of a joint bootstrap that do not fit the outcome's moments.
    #[error("{have} cluster numbers given for {need} clusters, each below the number of clusters")]
    ClusterNumbers {
        /// Numbers given.
        have: usize,
        /// Clusters of the outcome.
        need: usize,
    },
    /// The adjusted p-values failed.
    #[error(transparent)]
    MultipleTesting(#[from] MultipleTestingError),
}
