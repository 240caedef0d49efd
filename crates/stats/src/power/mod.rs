//! Power and minimum detectable effect of a two-arm comparison, before or after the study.
//!
//! Every design here ends in a standard error of the intention-to-treat effect and its degrees of freedom
//! ([`precision`]); power then follows from the noncentral t distribution ([`power`],
//! [`minimum_detectable_effect`], [`sample_needed`]). In units of the outcome's standard deviation, with a
//! share P treated:
//!
//! * individuals: (1 − R²)/(N·P(1 − P)), N − 2 − covariates − (strata − 1) degrees of freedom;
//! * clusters: [ρ(1 − R²_c)(1 + cv²) + (1 − ρ)(1 − R²_i)/m]/(J·P(1 − P)) (Bloom 2005, chapter 4; the
//!   coefficient of variation of cluster sizes after Eldridge, Ashby and Kerry 2006, International Journal of
//!   Epidemiology 35), J − 2 − cluster-level covariates − (strata − 1) degrees of freedom;
//! * several rounds: each variance component times the factor of [`Panel`] (Frison and Pocock 1992; McKenzie
//!   2012; serial correlation as in Burlig, Preonas and Woerman 2020);
//! * take-up: an effect on those who take up is the intention-to-treat effect over the difference in take-up
//!   (Bloom 1984).
//!
//! [`intracluster_correlation`] estimates ρ from data. Left out: more than two arms in one figure (give the
//! two that are compared), multipliers of sample for attrition (give the numbers expected at follow-up),
//! binary outcomes (give the standard deviation √(p(1 − p))).

mod design;
mod intracluster;
mod noncentral;
mod panel;
mod solve;

use thiserror::Error;

pub use design::{Design, Precision, Units, precision};
pub use intracluster::{IntraclusterCorrelation, intracluster_correlation};
pub use panel::{Correlation, Panel, PanelEstimator};
pub use solve::{
    Detectable, Test, detectable_effect, minimum_detectable_effect, power, power_of, sample_needed,
};

/// Why a design has no power to compute.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PowerError {
    /// A number of the design lies outside its range.
    #[error("{what} is {value}, which is not {range}")]
    OutOfRange {
        /// The number.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What it has to be.
        range: &'static str,
    },
    /// Too few units for the coefficients of the design.
    #[error("{0} degrees of freedom remain, at least 1 needed")]
    DegreesOfFreedom(f64),
    /// No sample, however large, reaches the power asked for.
    #[error("no sample reaches this power")]
    Unreachable,
    /// Two columns that describe the same rows differ in length.
    #[error("{what} has {have} rows, {need} expected")]
    LengthMismatch {
        /// The column with the wrong length.
        what: &'static str,
        /// Its length.
        have: usize,
        /// The length of the outcome.
        need: usize,
    },
    /// An outcome is NaN or infinite.
    #[error("the outcome is not a finite number in row {0}")]
    NotFinite(usize),
    /// A cluster has rows in both arms.
    #[error("cluster {0} has rows in more than one arm")]
    ClusterInTwoArms(u32),
    /// Too few clusters, or no cluster with two rows.
    #[error("between- and within-cluster variation need more clusters and rows than given")]
    TooFewClusters,
}
