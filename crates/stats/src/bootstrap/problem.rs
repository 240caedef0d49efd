//! One coefficient of a fit, reduced to what the draws need.

use std::collections::BTreeMap;

use super::BootstrapError;
use crate::regression::{
    ClusterMoments, Fit, GroupedFit, MemoryFit, RegressionError, Sample, Term, Variance, cluster_moments,
    covariance, covariance_grouped,
};

/// A coefficient, its clustered scores and their dependence on the hypothesis.
#[derive(Debug, Clone, PartialEq)]
pub struct WildProblem {
    pub(crate) term: Term,
    pub(crate) estimate: f64,
    /// k, terms of the fit.
    pub(crate) order: usize,
    /// G.
    pub(crate) clusters: usize,
    /// A⁻¹, row-major.
    pub(crate) bread: Vec<f64>,
    /// c = A⁻¹e_j.
    pub(crate) direction: Vec<f64>,
    /// c_j.
    pub(crate) leverage: f64,
    /// s_g, G rows of k.
    pub(crate) scores: Vec<f64>,
    /// X̃_gᵀWX̃_g·h, G rows of k: what one unit of shift adds to the scores.
    pub(crate) slopes: Vec<f64>,
    /// c·s_g.
    pub(crate) influence: Vec<f64>,
    /// c·(X̃_gᵀWX̃_g·h).
    pub(crate) influence_slope: Vec<f64>,
    /// (G/(G − 1))·((N − 1)/(N − K)).
    pub(crate) correction: f64,
}

impl WildProblem {
    /// Reduces a fit in memory to one term.
    ///
    /// # Errors
    /// [`BootstrapError::FactorAcrossClusters`] when an absorbed factor is not nested in the clusters (see
    /// [`resampling_design`]), and the errors of [`WildProblem::new`].
    pub fn from_memory(fitted: &MemoryFit, clusters: &[u32], term: Term) -> Result<Self, BootstrapError> {
        let sample = fitted.sample();
        if let Some(factor) =
            sample.factors.iter().position(|factor| levels_across(factor, clusters).is_some())
        {
            return Err(BootstrapError::FactorAcrossClusters { factor });
        }
        let parameters = covariance(fitted, Variance::Cr1s, &[clusters])?.parameters;
        Self::new(&fitted.fit, &cluster_moments(fitted, clusters)?, term, parameters)
    }

    /// Reduces a fit from grouped sums to one term.
    ///
    /// # Errors
    /// As [`WildProblem::from_memory`]; sums without clusters give [`BootstrapError::TooFewClusters`].
    pub fn from_grouped(fitted: &GroupedFit, term: Term) -> Result<Self, BootstrapError> {
        if let Some(factor) = fitted.nested.iter().position(|nested| !nested) {
            return Err(BootstrapError::FactorAcrossClusters { factor });
        }
        let moments = fitted.moments.as_ref().ok_or(BootstrapError::TooFewClusters(0))?;
        let parameters = covariance_grouped(fitted, Variance::Cr1s)?.parameters;
        Self::new(&fitted.fit, moments, term, parameters)
    }

    /// Reduces a fit, from either engine, to one term. Absorbed factors have to be nested in the clusters, which
    /// moments do not show: the caller sees to it. `parameters` is the K of CR1S, as in
    /// [`Covariance::parameters`](crate::regression::Covariance::parameters); it enters the printed standard
    /// error only.
    ///
    /// # Errors
    /// [`BootstrapError::NoTerm`], [`BootstrapError::Order`], [`BootstrapError::TooFewClusters`],
    /// [`BootstrapError::NoVariance`].
    pub fn new(
        fit: &Fit,
        moments: &ClusterMoments,
        term: Term,
        parameters: usize,
    ) -> Result<Self, BootstrapError> {
        let order = fit.terms.len();
        let position = fit.position(term).ok_or(BootstrapError::NoTerm(term))?;
        if moments.order != order {
            return Err(BootstrapError::Order { have: moments.order, need: order });
        }
        let clusters = moments.clusters;
        if clusters < 2 {
            return Err(BootstrapError::TooFewClusters(clusters));
        }
        let direction: Vec<f64> = (0..order).map(|i| fit.bread.get(i, position)).collect();
        let leverage = direction[position];
        let slopes: Vec<f64> =
            moments.xx.chunks_exact(order).map(|row| dot(row, &direction) / leverage).collect();
        let along = |rows: &[f64]| rows.chunks_exact(order).map(|row| dot(row, &direction)).collect();
        let influence: Vec<f64> = along(&moments.scores);
        let influence_slope = along(&slopes);
        let groups = clusters as f64;
        let rows = fit.rows as f64;
        let correction = groups / (groups - 1.0) * (rows - 1.0) / (rows - parameters as f64);
        if influence.iter().all(|a| *a == 0.0) {
            return Err(BootstrapError::NoVariance);
        }
        Ok(Self {
            term,
            estimate: fit.coefficients[position],
            order,
            clusters,
            bread: fit.bread.as_slice().to_vec(),
            direction,
            leverage,
            scores: moments.scores.clone(),
            slopes,
            influence,
            influence_slope,
            correction,
        })
    }

    /// √Σ(c·s_g)²: the standard error without its small-sample factor (CR0).
    pub(crate) fn plain_error(&self) -> f64 {
        self.influence.iter().map(|a| a * a).sum::<f64>().sqrt()
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Most levels of a factor across clusters that are turned into columns.
const MOST_LEVELS: usize = 400;

/// Regressors and absorbed factors of a sample, arranged so that cluster sums carry a bootstrap: factors that
/// cross clusters have become columns, at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct ResamplingDesign {
    /// Indicator columns of the factors across clusters.
    pub indicators: Vec<Vec<f64>>,
    /// Indices of the factors that stay absorbed.
    pub nested: Vec<usize>,
}

impl ResamplingDesign {
    /// All regressors: those given, then the indicators.
    pub fn columns<'a>(&'a self, x: &[&'a [f64]]) -> Vec<&'a [f64]> {
        x.iter().copied().chain(self.indicators.iter().map(Vec::as_slice)).collect()
    }

    /// The factors that stay absorbed.
    pub fn factors<'a>(&self, factors: &[&'a [u32]]) -> Vec<&'a [u32]> {
        self.nested.iter().filter_map(|f| factors.get(*f).copied()).collect()
    }

    /// Whether the design needs its own constant: no factor is left to span it.
    pub fn intercept(&self, sample: &Sample) -> bool {
        self.nested.is_empty() && (sample.intercept || !sample.factors.is_empty())
    }
}

/// The levels of a factor, in order, when one of them has rows in more than one cluster.
fn levels_across(factor: &[u32], clusters: &[u32]) -> Option<Vec<u32>> {
    let mut homes = BTreeMap::new();
    let mut crosses = false;
    for (level, cluster) in factor.iter().zip(clusters) {
        crosses |= *homes.entry(*level).or_insert(*cluster) != *cluster;
    }
    crosses.then(|| homes.into_keys().collect())
}

/// Finds the factors that are not nested in the clusters and turns them into columns.
///
/// # Errors
/// [`BootstrapError::FactorTooLong`] when one of them has more than 400 levels;
/// [`RegressionError::LengthMismatch`].
pub fn resampling_design(sample: &Sample, clusters: &[u32]) -> Result<ResamplingDesign, BootstrapError> {
    let need = sample.rows();
    for (what, have) in std::iter::once(("the clusters", clusters.len()))
        .chain(sample.factors.iter().map(|factor| ("a factor", factor.len())))
    {
        if have != need {
            return Err(RegressionError::LengthMismatch { what, have, need }.into());
        }
    }
    let mut design = ResamplingDesign { indicators: Vec::new(), nested: Vec::new() };
    for (index, factor) in sample.factors.iter().enumerate() {
        let Some(levels) = levels_across(factor, clusters) else {
            design.nested.push(index);
            continue;
        };
        if levels.len() > MOST_LEVELS {
            return Err(BootstrapError::FactorTooLong {
                factor: index,
                levels: levels.len(),
                most: MOST_LEVELS,
            });
        }
        for level in levels {
            design.indicators.push(factor.iter().map(|x| f64::from(u8::from(*x == level))).collect());
        }
    }
    Ok(design)
}
