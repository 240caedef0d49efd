//! The exact posterior of the normal–normal hierarchical model (Rubin 1981, Journal of Educational
//! Statistics 6; Gelman et al. 2013, Bayesian Data Analysis, 3rd edition, section 5.4; Röver 2020, Journal
//! of Statistical Software 93).
//!
//! y_i ~ N(θ_i, v_i), θ_i ~ N(μ, τ²), μ ~ N(m₀, s₀²), τ ~ a proper prior. Given τ everything is normal, so
//! μ, the θ_i and the effect at a new site are integrated by hand, and every posterior quantity is a
//! one-dimensional integral over τ: a finite mixture of normals on the nodes of a Gauss–Legendre rule.
//! No simulation is involved, so the same input gives the same digits.
//!
//! Left out: moderators, correlated outcomes, non-normal priors of μ.

mod distribution;
mod draws;
mod grid;
mod mixture;
mod posterior;
mod prior;
mod rule;

use thiserror::Error;

pub use draws::{Draw, draws};
pub use grid::TauGrid;
pub use posterior::{Detail, Posterior, QUANTILE_LEVELS, Summary, TauSummary, posterior};
pub use prior::{Prior, TauPrior};

/// Why a posterior cannot be computed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum BayesError {
    /// The estimates or variances are unusable.
    #[error(transparent)]
    Input(#[from] crate::meta::MetaError),
    /// A prior parameter is not finite, or a scale is not positive.
    #[error("prior parameter {name} = {value} is not usable")]
    Prior {
        /// The parameter.
        name: &'static str,
        /// Its value.
        value: f64,
    },
}
