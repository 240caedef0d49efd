//! A regression from grouped sums.
//!
//! With α the level coefficients and a_c = Σ_f α_f the factors' part of z in cell c, the cluster's sums of
//! products less the factors are Q_g = Σ_{i∈g} w z zᵀ − Σ_{c∈g} (m_c a_cᵀ + a_c m_cᵀ − w_c a_c a_cᵀ), m_c = Σ_{i∈c} w z.
//! Σ_g Q_g holds the normal equations, and the scores are s_g = Q_g[x, y] − Q_g[x, x] β: everything that the
//! variances by cluster need. The subtraction runs in about 32 digits, so nothing is lost in it.

use super::RegressionError;
use super::absorb::{Absorption, Cells, Coefficients, absorb, absorbed_parameters, singletons};
use super::bell_mccaffrey::{Scored, from_sums};
use super::cholesky::Cholesky;
use super::codes::{Labels, relabel_where};
use super::double_double::DoubleDouble;
use super::fit::{Fit, not_negative};
use super::grouped::{Clusters, GroupedSums};
use super::moments::vectorised;
use super::normal::{Normal, solve};
use super::sample::Term;
use super::variance::{
    ClusterMoments, Covariance, Variance, bias_reduced, count_parameters, iid, one_way, sandwich,
};

/// The roles of the columns; terms of the fit are positions in `regressors`.
#[derive(Debug, Clone, Copy)]
pub struct GroupedDesign<'a> {
    /// The column of the outcome.
    pub outcome: usize,
    /// The columns of the regressors.
    pub regressors: &'a [usize],
    /// Whether a constant comes before the regressors. Without effect when factors are absorbed.
    pub intercept: bool,
}

/// A fit with what its variances are computed from.
#[derive(Debug, Clone)]
pub struct GroupedFit {
    /// The point estimates.
    pub fit: Fit,
    /// Sums of products by cluster; None when the sums are not clustered.
    pub moments: Option<ClusterMoments>,
    /// For each factor whether it is nested in the clusters.
    pub nested: Vec<bool>,
    /// For each coefficient, what each cluster adds to it.
    influence: Vec<Vec<f64>>,
    equal_weights: bool,
    cholesky: Cholesky,
}

/// Fits by least squares.
///
/// # Errors
/// A column that does not exist, no rows, or sums that overflow.
pub fn fit_grouped(sums: &GroupedSums, design: &GroupedDesign) -> Result<GroupedFit, RegressionError> {
    let mut selected: Vec<usize> = design.regressors.to_vec();
    selected.push(design.outcome);
    if let Some(missing) = selected.iter().find(|j| **j >= sums.columns) {
        return Err(RegressionError::NoColumn(*missing));
    }
    if sums.rows == 0 {
        return Err(RegressionError::NoRows);
    }
    let mut terms: Vec<Term> = (0..design.regressors.len()).map(Term::Column).collect();
    if design.intercept && sums.factors == 0 {
        terms.insert(0, Term::Intercept);
        selected.insert(0, sums.columns);
    }
    let live: Vec<usize> = (0..sums.cell_rows.len()).filter(|cell| sums.cell_rows[*cell] > 0).collect();
    let (clusters, groups) = live_groups(sums, &live);
    let totals = Totals::new(sums, design.outcome, &clusters);
    let width = selected.len();
    let mut products: Vec<Vec<DoubleDouble>> =
        clusters.iter().map(|group| selected_products(sums, *group, &selected)).collect();
    let lengths: Vec<f64> = (0..width).map(|j| total(&products, j * width + j).value()).collect();

    let mut known = (Vec::new(), 0);
    let (mut parameters, mut absorption, mut nested) = (0, Absorption::NONE, Vec::new());
    if sums.factors > 0 {
        let labels: Vec<Labels> = (0..sums.factors).map(|f| cell_levels(sums, &live, f)).collect();
        nested = labels.iter().map(|l| nested_in(l, &groups)).collect();
        let sizes = lengths.iter().map(|length| (length / totals.weight.value()).sqrt()).collect();
        let level_counts: Vec<usize> = labels.iter().map(|l| l.count).collect();
        let levels: Vec<Vec<u32>> = labels.into_iter().map(|l| l.codes).collect();
        let rows_of: Vec<usize> = live.iter().map(|cell| sums.cell_rows[*cell] as usize).collect();
        known = singletons(&levels, &level_counts, &rows_of);
        parameters = absorbed_parameters(&levels, &level_counts);
        let cells = Cells::new(levels, level_counts, &sums.cell_sums, &live, &selected, sums.columns, sizes);
        let found = absorb(&cells);
        absorption = found.absorption;
        remove_factors(&mut products, &cells, &found, &groups);
    }

    let gram: Vec<DoubleDouble> = (0..width * width).map(|at| total(&products, at)).collect();
    let normal = solve(&gram, &lengths[..width - 1])?;
    let kept = &normal.cholesky.kept;
    let dropped = (0..terms.len()).filter(|j| !kept.contains(j)).map(|j| terms[j]).collect();
    let centred = design.intercept || sums.factors > 0;
    let fit = Fit {
        terms: kept.iter().map(|j| terms[*j]).collect(),
        coefficients: normal.coefficients.iter().map(|b| b.value()).collect(),
        dropped,
        bread: normal.bread.clone(),
        rows: sums.rows as usize,
        sum_of_weights: totals.weight.value(),
        residual_sum_of_squares: normal.residual_square.value(),
        total_sum_of_squares: totals.sum_of_squares(centred),
        factors: known.0,
        absorbed_parameters: parameters,
        singleton_rows: known.1,
        absorption,
    };
    let (moments, influence) = if sums.clusters != Clusters::None && clusters.len() > 1 {
        let (moments, influence) = cluster_sums(&products, width, &normal);
        (Some(moments), influence)
    } else {
        (None, Vec::new())
    };
    let equal_weights = sums.equal_weights;
    Ok(GroupedFit { fit, moments, nested, influence, equal_weights, cholesky: normal.cholesky })
}

/// The variance of a fit from sums.
///
/// # Errors
/// [`RegressionError::Unavailable`] for variances that need each row's residual or a second cluster dimension,
/// for clustered ones when the sums have no clusters, and for CR2 with unequal weights or with a factor that is
/// not nested in the clusters.
pub fn covariance_grouped(fitted: &GroupedFit, variance: Variance) -> Result<Covariance, RegressionError> {
    if variance == Variance::Iid {
        return Ok(iid(&fitted.fit));
    }
    let reason = match variance.cluster_dimensions() {
        0 => "it needs the residual of every row; fit in memory",
        2 => "sums are kept by one cluster dimension; fit in memory",
        _ => "the sums hold fewer than two clusters",
    };
    let unavailable = RegressionError::Unavailable { variance, reason };
    let Some(moments) = fitted.moments.as_ref().filter(|_| variance.cluster_dimensions() == 1) else {
        return Err(unavailable);
    };
    let parameters = count_parameters(&fitted.fit, variance, &fitted.nested);
    if variance == Variance::Cr2 {
        let reason = if !fitted.equal_weights {
            "with unequal weights it needs every row; fit in memory"
        } else if fitted.nested.contains(&false) {
            "an absorbed factor is not nested in the clusters; fit in memory"
        } else {
            let order = fitted.fit.terms.len();
            let scored =
                Scored { clusters: moments.clusters, order, zz: &moments.xx, scores: &moments.scores };
            let adjusted = from_sums(&fitted.cholesky, order, scored, variance)?;
            return Ok(bias_reduced(moments.clusters, parameters, &adjusted));
        };
        return Err(RegressionError::Unavailable { variance, reason });
    }
    Ok(one_way(&fitted.fit, variance, moments.clusters, parameters, &sandwich(&fitted.influence)))
}

/// The numbers of the clusters that have rows, in the order of their codes, and the position of each live
/// cell's cluster among them.
fn live_groups(sums: &GroupedSums, live: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let mut has_rows = vec![false; sums.groups.len()];
    for cell in live {
        has_rows[sums.cell_group[*cell] as usize] = true;
    }
    let clusters: Vec<usize> =
        sums.groups.values().map(|group| *group as usize).filter(|group| has_rows[*group]).collect();
    let mut position = vec![0; sums.groups.len()];
    for (i, group) in clusters.iter().enumerate() {
        position[*group] = i;
    }
    let groups = live.iter().map(|cell| position[sums.cell_group[*cell] as usize]).collect();
    (clusters, groups)
}

fn cell_levels(sums: &GroupedSums, live: &[usize], factor: usize) -> Labels {
    let place = factor + usize::from(sums.clusters == Clusters::Own);
    let codes: Vec<u32> = live.iter().map(|cell| sums.index.key(*cell)[place]).collect();
    relabel_where(&codes, |_| true)
}

fn nested_in(levels: &Labels, groups: &[usize]) -> bool {
    let mut home = vec![usize::MAX; levels.count];
    levels.codes.iter().zip(groups).all(|(level, group)| {
        let slot = &mut home[*level as usize];
        if *slot == usize::MAX {
            *slot = *group;
        }
        *slot == *group
    })
}

/// Σ w, Σ w y, Σ w y².
struct Totals {
    weight: DoubleDouble,
    sum: DoubleDouble,
    square: DoubleDouble,
}

impl Totals {
    fn new(sums: &GroupedSums, outcome: usize, clusters: &[usize]) -> Self {
        let mut out =
            Self { weight: DoubleDouble::ZERO, sum: DoubleDouble::ZERO, square: DoubleDouble::ZERO };
        for group in clusters {
            let matrix = selected_products(sums, *group, &[outcome, sums.columns]);
            out.square += matrix[0];
            out.sum += matrix[1];
            out.weight += matrix[3];
        }
        out
    }

    fn sum_of_squares(&self, centred: bool) -> f64 {
        let mean = if centred { self.sum * self.sum / self.weight } else { DoubleDouble::ZERO };
        not_negative(self.square - mean)
    }
}

fn selected_products(sums: &GroupedSums, group: usize, selected: &[usize]) -> Vec<DoubleDouble> {
    let all = sums.products.matrix(group);
    let stride = sums.columns + 1;
    let all = &all;
    selected.iter().flat_map(|i| selected.iter().map(move |j| all[*i * stride + *j])).collect()
}

fn total(products: &[Vec<DoubleDouble>], at: usize) -> DoubleDouble {
    products.iter().fold(DoubleDouble::ZERO, |sum, p| sum + p[at])
}

/// Σ w z zᵀ of every cluster becomes Q_g.
fn remove_factors(products: &mut [Vec<DoubleDouble>], cells: &Cells, found: &Coefficients, groups: &[usize]) {
    let width = cells.width();
    let mut fitted = vec![DoubleDouble::ZERO; width];
    let mut rest = vec![DoubleDouble::ZERO; width];
    vectorised(|| {
        for (cell, group) in groups.iter().enumerate() {
            cells.fitted(&found.by_factor, cell, &mut fitted);
            let sums = &cells.sums[cell * width..(cell + 1) * width];
            for ((rest, sum), a) in rest.iter_mut().zip(sums).zip(&fitted) {
                *rest = *sum - *a * cells.weights[cell];
            }
            let products = &mut products[*group];
            for i in 0..width {
                for j in i..width {
                    let change = fitted[i] * sums[j] + rest[i] * fitted[j];
                    products[i * width + j] = products[i * width + j] - change;
                }
            }
        }
    });
    for products in products {
        for i in 0..width {
            for j in 0..i {
                products[i * width + j] = products[j * width + i];
            }
        }
    }
}

/// The moments over the kept terms and each cluster's part of the coefficients.
fn cluster_sums(
    products: &[Vec<DoubleDouble>],
    width: usize,
    normal: &Normal,
) -> (ClusterMoments, Vec<Vec<f64>>) {
    let kept = &normal.cholesky.kept;
    let outcome = width - 1;
    let mut moments = ClusterMoments::with_capacity(products.len(), kept.len());
    let mut influence = vec![Vec::with_capacity(products.len()); kept.len()];
    for q in products {
        let mut score = Vec::with_capacity(kept.len());
        for i in kept {
            let mut s = q[i * width + outcome];
            for (j, beta) in kept.iter().zip(&normal.coefficients) {
                s = s - q[i * width + j] * *beta;
                moments.xx.push(q[i * width + j].value());
            }
            moments.xy.push(q[i * width + outcome].value());
            moments.scores.push(s.value());
            score.push(s);
        }
        moments.yy.push(q[outcome * width + outcome].value());
        normal.cholesky.solve(&mut score);
        for (column, value) in influence.iter_mut().zip(score) {
            column.push(value.value());
        }
    }
    (moments, influence)
}
