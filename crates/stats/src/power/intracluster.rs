//! Intracluster correlation by one-way analysis of variance, within arms.
//!
//! ρ = (MSB − MSW)/(MSB + (m₀ − 1)·MSW), with mean squares between clusters of the same arm and within
//! clusters, and m₀ = Σ_a (N_a − Σ m²/N_a)/(J − A) for A arms (Donner and Klar 2000, chapter 6). The interval
//! is Searle's (1971, Linear Models, section 9.8): F/F_quantile compared with 1, exact for equal cluster
//! sizes under normality, with m₀ otherwise an approximation.

use std::collections::BTreeMap;

use super::PowerError;
use super::design::within;
use crate::distributions::f_quantile;

/// An intracluster correlation and what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct IntraclusterCorrelation {
    /// ρ; slightly negative values occur when there is none.
    pub rho: f64,
    /// Lower end of the interval, at least −1/(m₀ − 1).
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
    /// Mean square between clusters of the same arm.
    pub mean_square_between: f64,
    /// Mean square within clusters.
    pub mean_square_within: f64,
    /// m₀, the size that stands for unequal ones.
    pub typical_size: f64,
    /// Arithmetic mean of the cluster sizes.
    pub mean_size: f64,
    /// Coefficient of variation of the cluster sizes (divisor J).
    pub size_cv: f64,
    /// Clusters J.
    pub clusters: usize,
    /// Rows N.
    pub rows: usize,
}

#[derive(Default)]
struct Cluster {
    arm: u32,
    count: f64,
    mean: f64,
    squares: f64,
}

/// Intracluster correlation of an outcome, with an interval of the given level (0.95, say). `arms` keeps the
/// treatment effect out of the variation between clusters; without it all clusters are one arm.
///
/// # Errors
/// [`PowerError::LengthMismatch`], [`PowerError::NotFinite`], [`PowerError::ClusterInTwoArms`],
/// [`PowerError::TooFewClusters`], [`PowerError::OutOfRange`] for the level.
pub fn intracluster_correlation(
    y: &[f64],
    clusters: &[u32],
    arms: Option<&[u32]>,
    level: f64,
) -> Result<IntraclusterCorrelation, PowerError> {
    within("level", level, "between 0 and 1", |x| x > 0.0 && x < 1.0)?;
    for (what, have) in [("clusters", clusters.len()), ("arms", arms.map_or(y.len(), <[u32]>::len))] {
        if have != y.len() {
            return Err(PowerError::LengthMismatch { what, have, need: y.len() });
        }
    }
    if let Some(row) = y.iter().position(|y| !y.is_finite()) {
        return Err(PowerError::NotFinite(row));
    }
    let mut groups: BTreeMap<u32, Cluster> = BTreeMap::new();
    for (row, (y, code)) in y.iter().zip(clusters).enumerate() {
        let arm = arms.map_or(0, |arms| arms[row]);
        let cluster = groups.entry(*code).or_insert_with(|| Cluster { arm, ..Cluster::default() });
        if cluster.arm != arm {
            return Err(PowerError::ClusterInTwoArms(*code));
        }
        // Welford's update: no digits lost to a large mean.
        cluster.count += 1.0;
        let step = y - cluster.mean;
        cluster.mean += step / cluster.count;
        cluster.squares += step * (y - cluster.mean);
    }
    let mut by_arm: BTreeMap<u32, Vec<&Cluster>> = BTreeMap::new();
    for cluster in groups.values() {
        by_arm.entry(cluster.arm).or_default().push(cluster);
    }
    let rows = y.len() as f64;
    let count = groups.len() as f64;
    let (df_between, df_within) = (count - by_arm.len() as f64, rows - count);
    if df_between < 1.0 || df_within < 1.0 {
        return Err(PowerError::TooFewClusters);
    }
    let (mut between, mut typical_size) = (0.0, 0.0);
    for arm in by_arm.values() {
        let size: f64 = arm.iter().map(|c| c.count).sum();
        let mean = arm.iter().map(|c| c.count * c.mean).sum::<f64>() / size;
        between += arm.iter().map(|c| c.count * (c.mean - mean) * (c.mean - mean)).sum::<f64>();
        typical_size += size - arm.iter().map(|c| c.count * c.count).sum::<f64>() / size;
    }
    typical_size /= df_between;
    let mean_square_between = between / df_between;
    let mean_square_within = groups.values().map(|c| c.squares).sum::<f64>() / df_within;
    let f = mean_square_between / mean_square_within;
    // ρ as a function of MSB/MSW; without variation within clusters it is 1, without any it is not defined.
    let rho_of = |f: f64| if f.is_infinite() { 1.0 } else { (f - 1.0) / (f + typical_size - 1.0) };
    let tail = 0.5 * (1.0 - level);
    let mean_size = rows / count;
    let spread = groups.values().map(|c| (c.count - mean_size) * (c.count - mean_size)).sum::<f64>() / count;
    Ok(IntraclusterCorrelation {
        rho: rho_of(f),
        lower: rho_of(f / f_quantile(1.0 - tail, df_between, df_within)),
        upper: rho_of(f / f_quantile(tail, df_between, df_within)),
        mean_square_between,
        mean_square_within,
        typical_size,
        mean_size,
        size_cv: spread.sqrt() / mean_size,
        clusters: groups.len(),
        rows: y.len(),
    })
}
