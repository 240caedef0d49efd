//! Independent draws of (μ, τ) from the exact posterior: τ by inverting its distribution function on the
//! grid, μ given τ from its normal. Each draw takes two uniforms, so a seed fixes them.

use super::distribution::TauDistribution;
use super::posterior::Posterior;
use crate::distributions::normal_quantile;
use crate::uniform::uniform;
use rand::Rng;

/// A joint draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draw {
    /// Mean effect.
    pub mu: f64,
    /// Between-study standard deviation.
    pub tau: f64,
}

/// `count` independent draws from the posterior.
pub fn draws<R: Rng + ?Sized>(posterior: &Posterior, count: usize, rng: &mut R) -> Vec<Draw> {
    let distribution = TauDistribution::new(&posterior.grid);
    (0..count)
        .map(|_| {
            let (tau, mean, sd) = distribution.quantile_with_mu(uniform(rng));
            Draw { mu: mean + sd * normal_quantile(uniform(rng)), tau }
        })
        .collect()
}
