//! Summaries of the exact posterior: μ, τ, every θ_i, and the effect θ* at a new site.
//!
//! Given τ, with B = v/(v + τ²): θ_i ~ N(B·m + (1 − B)·y_i, (1 − B)·v_i + B²/Λ) and θ* ~ N(m, 1/Λ + τ²).

use super::BayesError;
use super::distribution::TauDistribution;
use super::grid::TauGrid;
use super::mixture::Mixture;
use super::prior::Prior;
use crate::meta::validate;

/// Levels of the quantiles in every summary.
pub const QUANTILE_LEVELS: [f64; 9] = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

/// Share of the mass below which a node is left out of the summaries.
const NEGLIGIBLE: f64 = 1e-13;

/// What to compute beyond means, standard deviations and P(> 0).
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Every θ_i and its pooling factor: work that grows with the studies times the nodes.
    pub theta: bool,
    /// Quantiles of μ, τ and the new effect.
    pub quantiles: bool,
    /// Quantiles of every θ_i.
    pub theta_quantiles: bool,
    /// Thresholds x for P(μ > x), P(θ_i > x) and P(θ* > x).
    pub thresholds: Vec<f64>,
}

impl Default for Detail {
    /// Means, standard deviations and P(> 0) of everything, θ_i included.
    fn default() -> Self {
        Self { theta: true, quantiles: false, theta_quantiles: false, thresholds: Vec::new() }
    }
}

/// Posterior summary of an effect, in the unit of `y`.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation.
    pub sd: f64,
    /// Quantiles at [`QUANTILE_LEVELS`]; `None` when not asked for.
    pub quantiles: Option<[f64; 9]>,
    /// P(effect > 0).
    pub prob_positive: f64,
    /// P(effect > x) for each threshold asked for, in their order.
    pub prob_above: Vec<f64>,
}

/// Posterior summary of τ.
#[derive(Debug, Clone, PartialEq)]
pub struct TauSummary {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation; infinite for a half-Cauchy prior with one study.
    pub sd: f64,
    /// Quantiles at [`QUANTILE_LEVELS`]; `None` when not asked for.
    pub quantiles: Option<[f64; 9]>,
}

/// The posterior of the hierarchical model.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// Number of studies.
    pub k: usize,
    /// Mean effect μ.
    pub mu: Summary,
    /// Between-study standard deviation τ.
    pub tau: TauSummary,
    /// Posterior mean of τ²; infinite for a half-Cauchy prior with one study.
    pub tau2_mean: f64,
    /// The effect at a new site.
    pub new: Summary,
    /// The effect at each study's site, in input order; empty unless asked for.
    pub theta: Vec<Summary>,
    /// Posterior mean of v_i/(v_i + τ²) for each study: 1 means its own effect is all pooled, 0 none.
    pub pooling: Vec<f64>,
    /// ln p(y), with all constants.
    pub log_marginal: f64,
    /// The posterior of τ itself, for [`draws`](super::draws) and further thresholds.
    pub grid: TauGrid,
}

/// Posterior for k ≥ 1 estimates `y` with sampling variances `v`.
///
/// # Errors
/// [`BayesError`] for unusable estimates, variances or prior parameters.
pub fn posterior(y: &[f64], v: &[f64], prior: &Prior, detail: &Detail) -> Result<Posterior, BayesError> {
    validate(y, v, 1)?;
    let grid = TauGrid::new(y, v, prior)?;
    let kept: Vec<_> = grid.nodes.iter().filter(|node| node.weight > NEGLIGIBLE).copied().collect();
    let weights: Vec<f64> = kept.iter().map(|node| node.weight).collect();
    let mut means: Vec<f64> = kept.iter().map(|node| node.mu_mean).collect();
    let mut sds: Vec<f64> = kept.iter().map(|node| node.mu_variance.sqrt()).collect();
    let mu = summary(&Mixture { weights: &weights, means: &means, sds: &sds }, detail, detail.quantiles);

    for (sd, node) in sds.iter_mut().zip(&kept) {
        *sd = (node.mu_variance + node.tau * node.tau).sqrt();
    }
    let mut new = summary(&Mixture { weights: &weights, means: &means, sds: &sds }, detail, detail.quantiles);

    // Moments of τ use every node: in a heavy tail the light ones carry the second moment.
    let tau_mean: f64 = grid.nodes.iter().map(|node| node.weight * node.tau).sum();
    let mut tau2_mean: f64 = grid.nodes.iter().map(|node| node.weight * node.tau * node.tau).sum();
    let mut tau_sd = grid
        .nodes
        .iter()
        .map(|node| node.weight * (node.tau - tau_mean) * (node.tau - tau_mean))
        .sum::<f64>()
        .sqrt();
    if !grid.second_moment {
        (tau2_mean, tau_sd, new.sd) = (f64::INFINITY, f64::INFINITY, f64::INFINITY);
    }
    let tau_quantiles = detail.quantiles.then(|| {
        let distribution = TauDistribution::new(&grid);
        QUANTILE_LEVELS.map(|level| distribution.quantile(level))
    });

    let studies = if detail.theta { y.len() } else { 0 };
    let mut theta = Vec::with_capacity(studies);
    let mut pooling = Vec::with_capacity(studies);
    let tau2: Vec<f64> = kept.iter().map(|node| node.tau * node.tau).collect();
    let mu_means: Vec<f64> = kept.iter().map(|node| node.mu_mean).collect();
    let mu_variances: Vec<f64> = kept.iter().map(|node| node.mu_variance).collect();
    let mut shares = vec![0.0; kept.len()];
    for (yi, vi) in y.iter().zip(v).take(studies) {
        for i in 0..kept.len() {
            let inverse = 1.0 / (vi + tau2[i]);
            let (common, own) = (vi * inverse, tau2[i] * inverse);
            shares[i] = common;
            means[i] = common * mu_means[i] + own * yi;
            sds[i] = (own * vi + common * common * mu_variances[i]).sqrt();
        }
        let pooled_share = weights.iter().zip(&shares).map(|(w, share)| w * share).sum();
        let mixture = Mixture { weights: &weights, means: &means, sds: &sds };
        theta.push(summary(&mixture, detail, detail.theta_quantiles));
        pooling.push(pooled_share);
    }
    Ok(Posterior {
        k: y.len(),
        mu,
        tau: TauSummary { mean: tau_mean, sd: tau_sd, quantiles: tau_quantiles },
        tau2_mean,
        new,
        theta,
        pooling,
        log_marginal: grid.log_marginal,
        grid,
    })
}

fn summary(mixture: &Mixture<'_>, detail: &Detail, quantiles: bool) -> Summary {
    let (mean, sd) = mixture.moments();
    Summary {
        mean,
        sd,
        quantiles: quantiles.then(|| mixture.quantiles(&QUANTILE_LEVELS, mean, sd)),
        prob_positive: mixture.above(0.0),
        prob_above: detail.thresholds.iter().map(|x| mixture.above(*x)).collect(),
    }
}
