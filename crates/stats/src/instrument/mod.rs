//! Two-stage least squares, with what tells whether its instruments carry it.
//!
//! y = X₁β₁ + X₂β₂ + Σ D_f α_f + e, X₂ endogenous, Z excluded instruments. The first stages give X̂₂, the part of
//! X₂ that X₁, Z and the factors explain; β minimises Σ w(y − X₁β₁ − X̂₂β₂)². Residuals are y − X₁β₁ − X₂β₂, and
//! every variance of [`regression`](crate::regression) applies with the design (X₁, X̂₂) (AER's and clubSandwich's
//! convention). Beside it stand the first stages with their F, the effective F of Montiel Olea and Pflueger
//! (2013), and the Anderson–Rubin (1949) test and region, valid however weak the instruments are.
//!
//! Left out: limited-information maximum likelihood, the generalised method of moments, overidentification
//! tests, conditional F for several endogenous regressors, the adaptive tests (Moreira; Kleibergen).

mod anderson_rubin;
mod first_stage;
mod quadratic;
mod two_stage;

use thiserror::Error;

use crate::regression::RegressionError;

pub use anderson_rubin::AndersonRubin;
pub use first_stage::{EffectiveF, FirstStage, WaldF};
pub use two_stage::{InstrumentSample, InstrumentTerm, TwoStage, VarianceChoice, two_stage_least_squares};

/// Why an instrumental-variable regression cannot be computed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum InstrumentError {
    /// One of its regressions failed.
    #[error(transparent)]
    Regression(#[from] RegressionError),
    /// Nothing endogenous: least squares is the estimator.
    #[error("no endogenous regressor given")]
    NoEndogenous,
    /// Fewer usable instruments than endogenous regressors, or an instrument set that does not move one of them.
    #[error("{endogenous} endogenous regressors and {instruments} usable instruments: not identified")]
    NotIdentified {
        /// Endogenous regressors.
        endogenous: usize,
        /// Instruments that are no combination of the other columns.
        instruments: usize,
    },
    /// No variance asked for.
    #[error("no variance asked for")]
    NoVariance,
}
