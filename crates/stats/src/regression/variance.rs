//! Variances of the coefficients: V = B·M·B with B = (X̃ᵀWX̃)⁻¹.
//!
//! | name | M, u = w·e |
//! |---|---|
//! | iid | σ² X̃ᵀWX̃, σ² = Σ w e²/(N − K) |
//! | HC0–HC3 (White 1980; MacKinnon and White 1985) | Σ x xᵀ u²·{1, N/(N−K), 1/(1−h), 1/(1−h)²} |
//! | CR0 (Liang and Zeger 1986) | Σ_g s_g s_gᵀ, s_g = Σ_{i∈g} x u |
//! | CR1 | CR0 · G/(G−1) |
//! | CR1S (Stata `vce(cluster)`) | CR1 · (N−1)/(N−K) |
//! | CR2 (Bell and McCaffrey 2002) | see `bell_mccaffrey` |
//! | two-way (Cameron, Gelbach and Miller 2011) | M₁ + M₂ − M₁₂ |
//!
//! K in CR1S counts a factor nested in the clusters as one parameter (fixest's default: the cluster sums
//! already absorb it); CR1S-full counts all its levels.

use std::fmt;

use faer::{Mat, Side};

use super::RegressionError;
use super::bell_mccaffrey::{self, Adjusted};
use super::bell_mccaffrey_weighted;
use super::codes::{Labels, nested, pair, relabel};
use super::fit::{Fit, MemoryFit};
use super::matrix::SquareMatrix;
use super::moments::{factored_sums, product_sums, weighted_sums};

/// A variance estimator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variance {
    /// Equal variances, independent rows.
    Iid,
    /// Heteroskedasticity-robust, no correction.
    Hc0,
    /// HC0 · N/(N − K).
    Hc1,
    /// Residuals over √(1 − h).
    Hc2,
    /// Residuals over 1 − h.
    Hc3,
    /// Clustered, no correction.
    Cr0,
    /// CR0 · G/(G − 1).
    Cr1,
    /// CR1 · (N − 1)/(N − K), factors nested in the clusters counted once.
    Cr1s,
    /// CR1 · (N − 1)/(N − K), every level counted.
    Cr1sFull,
    /// Bias-reduced linearisation under an identity working model, Satterthwaite degrees of freedom.
    Cr2,
    /// Two-way clustered, no correction.
    TwoWay0,
    /// Two-way clustered, each part with its own G/(G − 1) and (N − 1)/(N − K).
    TwoWay1s,
    /// Two-way clustered, all parts with G/(G − 1) of the smaller dimension and (N − 1)/(N − K): fixest's default.
    TwoWay1sMinimum,
}

impl Variance {
    /// Every variance offered.
    pub const ALL: [Self; 13] = [
        Self::Iid,
        Self::Hc0,
        Self::Hc1,
        Self::Hc2,
        Self::Hc3,
        Self::Cr0,
        Self::Cr1,
        Self::Cr1s,
        Self::Cr1sFull,
        Self::Cr2,
        Self::TwoWay0,
        Self::TwoWay1s,
        Self::TwoWay1sMinimum,
    ];

    /// Its name as printed in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Iid => "iid",
            Self::Hc0 => "HC0",
            Self::Hc1 => "HC1",
            Self::Hc2 => "HC2",
            Self::Hc3 => "HC3",
            Self::Cr0 => "CR0",
            Self::Cr1 => "CR1",
            Self::Cr1s => "CR1S",
            Self::Cr1sFull => "CR1S-full",
            Self::Cr2 => "CR2",
            Self::TwoWay0 => "two-way CR0",
            Self::TwoWay1s => "two-way CR1S",
            Self::TwoWay1sMinimum => "two-way CR1S-min",
        }
    }

    /// Cluster dimensions it needs: 0, 1 or 2.
    pub fn cluster_dimensions(self) -> usize {
        match self {
            Self::Iid | Self::Hc0 | Self::Hc1 | Self::Hc2 | Self::Hc3 => 0,
            Self::Cr0 | Self::Cr1 | Self::Cr1s | Self::Cr1sFull | Self::Cr2 => 1,
            Self::TwoWay0 | Self::TwoWay1s | Self::TwoWay1sMinimum => 2,
        }
    }
}

impl fmt::Display for Variance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A variance matrix with its reference distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Covariance {
    /// Which estimator.
    pub variance: Variance,
    /// Variances and covariances of the coefficients, in the order of the fit's terms.
    pub matrix: SquareMatrix,
    /// Degrees of freedom of each coefficient's t: N − K, G − 1, or Satterthwaite's.
    pub df: Vec<f64>,
    /// Clusters in each dimension; empty without clusters.
    pub clusters: Vec<usize>,
    /// The K that entered a correction or the degrees of freedom.
    pub parameters: usize,
    /// Whether negative eigenvalues were set to zero: two-way clustering only (Cameron, Gelbach and Miller
    /// 2011, section 2.3).
    pub truncated: bool,
}

impl Covariance {
    /// Standard errors in the order of the fit's terms; NaN where the variance does not exist.
    pub fn standard_errors(&self) -> Vec<f64> {
        self.matrix.diagonal().into_iter().map(f64::sqrt).collect()
    }
}

/// The variance of a fit in memory; `clusters` holds the codes of each cluster dimension the variance needs.
///
/// # Errors
/// Cluster codes that do not fit the variance or the rows, fewer than two clusters, or a variance that is not
/// offered for the design.
pub fn covariance(
    fitted: &MemoryFit,
    variance: Variance,
    clusters: &[&[u32]],
) -> Result<Covariance, RegressionError> {
    let need = variance.cluster_dimensions();
    if clusters.len() != need {
        return Err(RegressionError::ClusterDimensions { variance, have: clusters.len(), need });
    }
    let labels: Vec<Labels> =
        clusters.iter().map(|codes| cluster_labels(fitted, codes)).collect::<Result<_, _>>()?;
    match variance {
        Variance::Iid => Ok(iid(&fitted.fit)),
        Variance::Hc0 | Variance::Hc1 | Variance::Hc2 | Variance::Hc3 => heteroskedastic(fitted, variance),
        Variance::Cr0 | Variance::Cr1 | Variance::Cr1s | Variance::Cr1sFull => {
            let parameters = clustered_parameters(fitted, variance, &labels);
            let matrix = sandwich(&influence(fitted, &labels[0]));
            Ok(one_way(&fitted.fit, variance, labels[0].count, parameters, &matrix))
        }
        Variance::Cr2 => {
            let adjusted = match fitted.sample.weights.filter(|w| unequal(w)) {
                _ if fitted.design.is_empty() => Adjusted::default(),
                Some(weights) => bell_mccaffrey_weighted::from_rows(fitted, weights, &labels[0])?,
                None => bell_mccaffrey::from_rows(fitted, &labels[0])?,
            };
            let parameters = clustered_parameters(fitted, variance, &labels);
            Ok(bias_reduced(labels[0].count, parameters, &adjusted))
        }
        Variance::TwoWay0 | Variance::TwoWay1s | Variance::TwoWay1sMinimum => {
            two_way(fitted, variance, &labels[0], &labels[1])
        }
    }
}

/// Whether two positive weights differ.
fn unequal(weights: &[f64]) -> bool {
    let mut positive = weights.iter().filter(|w| **w > 0.0);
    let first = positive.next();
    positive.any(|w| Some(w) != first)
}

/// CR2 from the adjusted parts of the clusters.
pub(crate) fn bias_reduced(clusters: usize, parameters: usize, adjusted: &Adjusted) -> Covariance {
    Covariance {
        variance: Variance::Cr2,
        matrix: sandwich(&adjusted.influence),
        df: adjusted.df.clone(),
        clusters: vec![clusters],
        parameters,
        truncated: false,
    }
}

fn cluster_labels(fitted: &MemoryFit, codes: &[u32]) -> Result<Labels, RegressionError> {
    let need = fitted.sample.rows();
    if codes.len() != need {
        return Err(RegressionError::LengthMismatch { what: "the clusters", have: codes.len(), need });
    }
    let labels = relabel(codes, &fitted.sample);
    if labels.count < 2 { Err(RegressionError::TooFewClusters(labels.count)) } else { Ok(labels) }
}

/// σ² (X̃ᵀWX̃)⁻¹.
pub(crate) fn iid(fit: &Fit) -> Covariance {
    let mut matrix = SquareMatrix::zeros(fit.terms.len());
    matrix.add_scaled(&fit.bread, fit.residual_variance().unwrap_or(f64::NAN));
    plain(fit, Variance::Iid, matrix)
}

fn plain(fit: &Fit, variance: Variance, matrix: SquareMatrix) -> Covariance {
    Covariance {
        variance,
        matrix,
        df: vec![fit.residual_df() as f64; fit.terms.len()],
        clusters: Vec::new(),
        parameters: fit.parameters(),
        truncated: false,
    }
}

fn heteroskedastic(fitted: &MemoryFit, variance: Variance) -> Result<Covariance, RegressionError> {
    let fit = &fitted.fit;
    let rows = fitted.sample.rows();
    let spread = spread_columns(fitted);
    let weight = |i: usize| fitted.sample.weights.map_or(1.0, |w| w[i]);
    let mut scale: Vec<f64> = (0..rows).map(|i| weight(i) * fitted.residuals[i]).collect();
    let power = match variance {
        Variance::Hc2 => 0.5,
        Variance::Hc3 => 1.0,
        _ => 0.0,
    };
    if power > 0.0 {
        if fit.factors.len() > 1 {
            let reason = "leverages are computed with at most one absorbed factor";
            return Err(RegressionError::Unavailable { variance, reason });
        }
        let levels = fitted.factors.first().map(|labels| (labels, level_weights(labels, fitted)));
        for (i, scale) in scale.iter_mut().enumerate() {
            let mut leverage: f64 = fitted.design.iter().zip(&spread).map(|(x, b)| x[i] * b[i]).sum();
            if let Some((labels, weights)) = &levels {
                leverage += 1.0 / weights[labels.codes[i] as usize];
            }
            *scale /= (1.0 - weight(i) * leverage).powf(power);
        }
    }
    let columns: Vec<Vec<f64>> =
        spread.into_iter().map(|b| b.into_iter().zip(&scale).map(|(b, u)| b * u).collect()).collect();
    let raw = sandwich(&columns);
    let factor =
        if variance == Variance::Hc1 { ratio(fit.rows as f64, fit.residual_df() as f64) } else { 1.0 };
    let mut matrix = SquareMatrix::zeros(fit.terms.len());
    matrix.add_scaled(&raw, factor);
    Ok(plain(fit, variance, matrix))
}

/// Σ w of each level.
fn level_weights(labels: &Labels, fitted: &MemoryFit) -> Vec<f64> {
    let ones = vec![1.0; labels.codes.len()];
    let sums = weighted_sums(&[&ones], fitted.sample.weights, &labels.codes, labels.count);
    (0..labels.count).map(|level| sums.get(level, 0).value()).collect()
}

/// The columns of X̃B: what one unit of w·e in a row adds to the coefficients.
pub(crate) fn spread_columns(fitted: &MemoryFit) -> Vec<Vec<f64>> {
    let order = fitted.fit.terms.len();
    (0..order)
        .map(|j| {
            let mut column = vec![0.0; fitted.sample.rows()];
            for (i, x) in fitted.design.iter().enumerate() {
                let b = fitted.fit.bread.get(i, j);
                for (out, x) in column.iter_mut().zip(x.iter()) {
                    *out += x * b;
                }
            }
            column
        })
        .collect()
}

/// For each coefficient, what each cluster adds to it: B s_g.
pub(crate) fn influence(fitted: &MemoryFit, labels: &Labels) -> Vec<Vec<f64>> {
    let order = fitted.fit.terms.len();
    let design: Vec<&[f64]> = fitted.design.iter().map(AsRef::as_ref).collect();
    let residuals = (fitted.residuals.as_slice(), fitted.residual_errors.as_slice());
    let sums = factored_sums(&design, residuals, fitted.sample.weights, &labels.codes, labels.count);
    let mut out = vec![vec![0.0; labels.count]; order];
    for g in 0..labels.count {
        let mut score: Vec<_> = (0..order).map(|j| sums.get(g, 2 * j) + sums.get(g, 2 * j + 1)).collect();
        fitted.normal.cholesky.solve(&mut score);
        for (column, value) in out.iter_mut().zip(score) {
            column[g] = value.value();
        }
    }
    out
}

/// Σ t tᵀ over columns t.
pub(crate) fn sandwich(columns: &[Vec<f64>]) -> SquareMatrix {
    let slices: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let length = slices.first().map_or(0, |c| c.len());
    let sums = product_sums(&slices, None, &vec![0; length], 1).matrix(0);
    SquareMatrix::from_fn(slices.len(), |i, j| sums[i * slices.len() + j].value())
}

pub(crate) fn ratio(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { f64::NAN }
}

/// The small-sample factor of a clustered variance.
fn small_sample(fit: &Fit, variance: Variance, clusters: usize, parameters: usize) -> f64 {
    let (g, n) = (clusters as f64, fit.rows as f64);
    let per_cluster = ratio(g, g - 1.0);
    match variance {
        Variance::Cr1 => per_cluster,
        Variance::Cr1s | Variance::Cr1sFull | Variance::TwoWay1s | Variance::TwoWay1sMinimum => {
            per_cluster * ratio(n - 1.0, n - parameters as f64)
        }
        _ => 1.0,
    }
}

/// A one-way clustered variance from its uncorrected form.
pub(crate) fn one_way(
    fit: &Fit,
    variance: Variance,
    clusters: usize,
    parameters: usize,
    uncorrected: &SquareMatrix,
) -> Covariance {
    let mut matrix = SquareMatrix::zeros(fit.terms.len());
    matrix.add_scaled(uncorrected, small_sample(fit, variance, clusters, parameters));
    Covariance {
        variance,
        matrix,
        df: vec![clusters as f64 - 1.0; fit.terms.len()],
        clusters: vec![clusters],
        parameters,
        truncated: false,
    }
}

/// K: all parameters, or with a factor nested in some cluster dimension counted once.
fn clustered_parameters(fitted: &MemoryFit, variance: Variance, clusters: &[Labels]) -> usize {
    let flags: Vec<bool> = fitted
        .factors
        .iter()
        .map(|levels| clusters.iter().any(|c| nested(levels, c, &fitted.sample)))
        .collect();
    count_parameters(&fitted.fit, variance, &flags)
}

/// K given which factors are nested in the clusters.
pub(crate) fn count_parameters(fit: &Fit, variance: Variance, nested: &[bool]) -> usize {
    let all = fit.parameters();
    if variance == Variance::Cr1sFull {
        return all;
    }
    let saved: usize = fit
        .factors
        .iter()
        .zip(nested)
        .filter(|(_, nested)| **nested)
        .map(|(factor, _)| factor.levels.saturating_sub(1))
        .sum();
    all.saturating_sub(saved)
}

fn two_way(
    fitted: &MemoryFit,
    variance: Variance,
    first: &Labels,
    second: &Labels,
) -> Result<Covariance, RegressionError> {
    let both = pair(first, second, &fitted.sample);
    let parameters = clustered_parameters(fitted, variance, &[first.clone(), second.clone()]);
    let smaller = first.count.min(second.count);
    let mut matrix = SquareMatrix::zeros(fitted.fit.terms.len());
    for (labels, sign) in [(first, 1.0), (second, 1.0), (&both, -1.0)] {
        let count = if variance == Variance::TwoWay1sMinimum { smaller } else { labels.count };
        let factor = small_sample(&fitted.fit, variance, count, parameters);
        matrix.add_scaled(&sandwich(&influence(fitted, labels)), sign * factor);
    }
    let truncated = truncate(&mut matrix, &fitted.fit.bread, variance)?;
    Ok(Covariance {
        variance,
        matrix,
        df: vec![smaller as f64 - 1.0; fitted.fit.terms.len()],
        clusters: vec![first.count, second.count],
        parameters,
        truncated,
    })
}

/// Negative eigenvalue, on the scale of the classical variances, that is more than rounding.
const NEGATIVE: f64 = -1e-12;

/// Sets negative eigenvalues to zero, with each coefficient in units of its classical standard error so that
/// the units of the columns do not matter; whether there were any.
fn truncate(
    matrix: &mut SquareMatrix,
    bread: &SquareMatrix,
    variance: Variance,
) -> Result<bool, RegressionError> {
    let scale: Vec<f64> = bread.diagonal().into_iter().map(f64::sqrt).collect();
    let order = matrix.order();
    if order == 0 {
        return Ok(false);
    }
    let scaled = Mat::from_fn(order, order, |i, j| matrix.get(i, j) / (scale[i] * scale[j]));
    let decomposed = scaled
        .self_adjoint_eigen(Side::Lower)
        .map_err(|_| RegressionError::Unavailable { variance, reason: "the matrix has no eigenvalues" })?;
    let values: Vec<f64> = decomposed.S().column_vector().iter().copied().collect();
    let largest = values.iter().fold(0.0, |a: f64, v| if v.abs() > a { v.abs() } else { a });
    if values.iter().all(|v| *v >= NEGATIVE * largest) {
        return Ok(false);
    }
    let vectors = decomposed.U();
    *matrix = SquareMatrix::from_fn(order, |i, j| {
        let kept = values.iter().enumerate().filter(|(_, v)| **v > 0.0);
        let sum: f64 = kept.map(|(m, v)| vectors[(i, m)] * v * vectors[(j, m)]).sum();
        sum * scale[i] * scale[j]
    });
    Ok(true)
}

/// Sums of products by cluster, over the estimated terms and less the absorbed factors: all that a clustered
/// variance or a wild cluster bootstrap needs of the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct ClusterMoments {
    /// Clusters G.
    pub clusters: usize,
    /// Estimated terms k.
    pub order: usize,
    /// X̃_gᵀWX̃_g: G matrices of k × k, row-major, one after the other.
    pub xx: Vec<f64>,
    /// X̃_gᵀWỹ_g: G vectors of k.
    pub xy: Vec<f64>,
    /// ỹ_gᵀWỹ_g, one a cluster.
    pub yy: Vec<f64>,
    /// The scores X̃_gᵀWe_g: G vectors of k.
    pub scores: Vec<f64>,
}

impl ClusterMoments {
    /// Empty moments that are to be filled cluster by cluster.
    pub(crate) fn with_capacity(clusters: usize, order: usize) -> Self {
        Self {
            clusters,
            order,
            xx: Vec::with_capacity(clusters * order * order),
            xy: Vec::with_capacity(clusters * order),
            yy: Vec::with_capacity(clusters),
            scores: Vec::with_capacity(clusters * order),
        }
    }
}

/// The moments of each cluster of a fit in memory, in the order of the cluster codes.
///
/// # Errors
/// Codes of another length than the rows, or fewer than two clusters.
pub fn cluster_moments(fitted: &MemoryFit, clusters: &[u32]) -> Result<ClusterMoments, RegressionError> {
    let labels = cluster_labels(fitted, clusters)?;
    let order = fitted.design.len();
    let mut columns: Vec<&[f64]> = fitted.design.iter().map(AsRef::as_ref).collect();
    columns.push(&fitted.outcome);
    columns.push(&fitted.residuals);
    let sums = product_sums(&columns, fitted.sample.weights, &labels.codes, labels.count);
    let width = columns.len();
    let mut out = ClusterMoments::with_capacity(labels.count, order);
    for g in 0..labels.count {
        let matrix = sums.matrix(g);
        for i in 0..order {
            out.xx.extend((0..order).map(|j| matrix[i * width + j].value()));
            out.xy.push(matrix[i * width + order].value());
            out.scores.push(matrix[i * width + order + 1].value());
        }
        out.yy.push(matrix[order * width + order].value());
    }
    Ok(out)
}
