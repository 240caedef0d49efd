//! CR2, the bias-reduced clustered variance of Bell and McCaffrey (2002), with Satterthwaite degrees of freedom
//! for each coefficient, under the identity working model; conventions of Pustejovsky and Tipton (2018) and
//! their clubSandwich.
//!
//! Scores are s_g = X_gᵀ A_g e_g with A_g = [(I − H)_gg]^(−½), H the projection on the whole design, absorbed
//! factors included. With all weights equal this needs only sums by cluster: let M = (ZᵀZ)⁻¹ = LLᵀ over the
//! columns Z (the regressors, and the dummies of factors that are not nested in the clusters), Y_g = Z_g L and
//! T_g = Y_gᵀY_g = VΛVᵀ. Then Y_gᵀ A_g e_g = (I − T_g)^(−½) Y_gᵀe_g: matrices of the order of the columns, never
//! of the rows. A factor nested in the clusters drops out, since residuals and regressors sum to zero in its
//! levels. Directions with leverage 1 get A_g = 0 (the Moore–Penrose root).
//!
//! The degrees of freedom are (Σ_g P_gg)²/Σ_gh P_gh², P_gh = δ_gh·d_g − h_gᵀh_h, where for the coefficient c and
//! u = VᵀLᵀc: d_g = Σ u²λ/(1 − λ), h_g = V·λ(1 − λ)^(−½)·u.
//!
//! Unequal weights are in `bell_mccaffrey_weighted`.

use std::borrow::Cow;

use faer::{Mat, Side};

use super::RegressionError;
use super::absorb::remove;
use super::cholesky::Cholesky;
use super::codes::{Labels, nested};
use super::double_double::DoubleDouble;
use super::fit::MemoryFit;
use super::moments::{product_sums, weighted_sums};
use super::variance::Variance;

/// What is left of a direction's variance in its cluster below which the direction is determined there.
pub(super) const DETERMINED: f64 = 1e-10;
/// Most dummies of factors that are not nested in the clusters.
const DUMMIES: usize = 256;
/// Most numbers that those dummies may hold.
const DUMMY_CELLS: usize = 150_000_000;

/// Each cluster's part of the coefficients, and the degrees of freedom.
#[derive(Debug, Clone, Default)]
pub(super) struct Adjusted {
    /// For each coefficient one number a cluster.
    pub(super) influence: Vec<Vec<f64>>,
    pub(super) df: Vec<f64>,
}

/// Sums by cluster over the columns Z: matrices and scores one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored<'a> {
    pub(super) clusters: usize,
    pub(super) order: usize,
    pub(super) zz: &'a [f64],
    pub(super) scores: &'a [f64],
}

/// Running sums of one coefficient's P.
#[derive(Debug, Clone)]
struct Satterthwaite {
    trace: f64,
    squares: f64,
    outer: Mat<f64>,
}

/// CR2 from sums by cluster when all weights are equal; the first `coefficients` columns are reported.
pub(super) fn from_sums(
    cholesky: &Cholesky,
    coefficients: usize,
    sums: Scored,
    variance: Variance,
) -> Result<Adjusted, RegressionError> {
    let order = sums.order;
    if coefficients == 0 {
        return Ok(Adjusted::default());
    }
    let mut influence = vec![Vec::with_capacity(sums.clusters); coefficients];
    let mut running =
        vec![Satterthwaite { trace: 0.0, squares: 0.0, outer: Mat::zeros(order, order) }; coefficients];
    // Lᵀc for every coefficient: the columns of L⁻¹ in LLᵀ = ZᵀZ.
    let units: Vec<Vec<f64>> = (0..coefficients)
        .map(|c| {
            let mut unit = vec![DoubleDouble::ZERO; order];
            unit[c] = 1.0.into();
            cholesky.forward(&mut unit);
            unit.into_iter().map(DoubleDouble::value).collect()
        })
        .collect();
    for g in 0..sums.clusters {
        let zz = &sums.zz[g * order * order..(g + 1) * order * order];
        let leverage = leverages(cholesky, zz, order);
        let decomposed = leverage.self_adjoint_eigen(Side::Lower).map_err(|_| {
            RegressionError::Unavailable { variance, reason: "a cluster's leverages have no eigenvalues" }
        })?;
        let vectors = decomposed.U();
        let values: Vec<f64> = decomposed.S().column_vector().iter().copied().collect();
        let rotate = |v: &[f64]| -> Vec<f64> {
            (0..order).map(|i| (0..order).map(|j| vectors[(j, i)] * v[j]).sum()).collect()
        };
        let back = |v: &[f64]| -> Vec<f64> {
            (0..order).map(|i| (0..order).map(|j| vectors[(i, j)] * v[j]).sum()).collect()
        };
        let roots: Vec<f64> = values
            .iter()
            .map(|value| if 1.0 - value > DETERMINED { 1.0 / (1.0 - value).sqrt() } else { 0.0 })
            .collect();

        let mut score: Vec<DoubleDouble> =
            sums.scores[g * order..(g + 1) * order].iter().map(|s| (*s).into()).collect();
        cholesky.forward(&mut score);
        let plain: Vec<f64> = score.into_iter().map(DoubleDouble::value).collect();
        let adjusted: Vec<f64> = rotate(&plain).iter().zip(&roots).map(|(s, root)| s * root).collect();
        let mut part: Vec<DoubleDouble> = back(&adjusted).into_iter().map(Into::into).collect();
        cholesky.backward(&mut part);
        for (column, value) in influence.iter_mut().zip(part) {
            column.push(value.value());
        }

        for (unit, running) in units.iter().zip(&mut running) {
            let u = rotate(unit);
            let mut d = 0.0;
            let mut h = vec![0.0; order];
            for i in 0..order {
                d += u[i] * u[i] * values[i] * roots[i] * roots[i];
                h[i] = values[i] * roots[i] * u[i];
            }
            let h = back(&h);
            let own: f64 = h.iter().map(|h| h * h).sum();
            running.trace += d - own;
            running.squares += d * d - 2.0 * d * own;
            for j in 0..order {
                for i in 0..order {
                    running.outer[(i, j)] += h[i] * h[j];
                }
            }
        }
    }
    let df = running
        .iter()
        .map(|r| {
            let outer: f64 = r.outer.col_iter().flat_map(faer::ColRef::iter).map(|x| x * x).sum();
            r.trace * r.trace / (r.squares + outer)
        })
        .collect();
    Ok(Adjusted { influence, df })
}

/// T_g = L⁻¹ Z_gᵀZ_g L⁻ᵀ with LLᵀ = ZᵀZ.
fn leverages(cholesky: &Cholesky, zz: &[f64], order: usize) -> Mat<f64> {
    let mut half: Vec<Vec<DoubleDouble>> = Vec::with_capacity(order);
    for j in 0..order {
        let mut column: Vec<DoubleDouble> = (0..order).map(|i| zz[i * order + j].into()).collect();
        cholesky.forward(&mut column);
        half.push(column);
    }
    let mut out = Mat::zeros(order, order);
    for i in 0..order {
        let mut row: Vec<DoubleDouble> = half.iter().map(|column| column[i]).collect();
        cholesky.forward(&mut row);
        for (j, value) in row.into_iter().enumerate() {
            out[(i, j)] = value.value();
        }
    }
    out
}

/// The columns whose projection enters A_g, and which factors are nested in the clusters.
pub(super) struct Columns<'a> {
    pub(super) z: Vec<Cow<'a, [f64]>>,
    pub(super) nested: Vec<&'a Labels>,
    pub(super) cholesky: Cholesky,
}

/// The regressors, then the dummies of the factors that are not nested in the clusters, less the nested ones.
pub(super) fn columns<'a>(fitted: &'a MemoryFit, clusters: &Labels) -> Result<Columns<'a>, RegressionError> {
    let sample = &fitted.sample;
    let mut z: Vec<Cow<[f64]>> = fitted.design.iter().map(|x| Cow::Borrowed(x.as_ref())).collect();
    let (inside, across): (Vec<&Labels>, Vec<&Labels>) =
        fitted.factors.iter().partition(|levels| nested(levels, clusters, sample));
    let dummies: usize = across.iter().map(|levels| levels.count).sum();
    if dummies > DUMMIES || dummies.saturating_mul(sample.rows()) > DUMMY_CELLS {
        return Err(RegressionError::Unavailable {
            variance: Variance::Cr2,
            reason: "an absorbed factor that is not nested in the clusters has too many levels",
        });
    }
    let mut indicators: Vec<Vec<f64>> = across
        .iter()
        .flat_map(|levels| {
            (0..levels.count as u32)
                .map(|level| levels.codes.iter().map(|code| f64::from(u8::from(*code == level))).collect())
        })
        .collect();
    if !indicators.is_empty() && !inside.is_empty() {
        let slices: Vec<&[f64]> = indicators.iter().map(Vec::as_slice).collect();
        let labels: Vec<Labels> = inside.iter().copied().cloned().collect();
        indicators = remove(&slices, vec![1.0; slices.len()], &labels, sample).columns;
    }
    z.extend(indicators.into_iter().map(Cow::Owned));
    let slices: Vec<&[f64]> = z.iter().map(AsRef::as_ref).collect();
    let gram = product_sums(&slices, sample.weights, &vec![0; sample.rows()], 1).matrix(0);
    let order = z.len();
    // A dummy is measured against its length before the nested factors were removed: its number of rows.
    let weight = vec![1.0; sample.rows()];
    let whole = weighted_sums(&[&weight], sample.weights, &vec![0; sample.rows()], 1).get(0, 0).value();
    let lengths: Vec<f64> = (0..order)
        .map(|j| if j < fitted.design.len() { gram[j * order + j].value() } else { whole })
        .collect();
    let cholesky = Cholesky::new(&gram, order, order, &lengths);
    let z = cholesky.kept.iter().map(|j| z[*j].clone()).collect();
    Ok(Columns { z, nested: inside, cholesky })
}

/// CR2 of a fit in memory whose weights are all equal.
pub(super) fn from_rows(fitted: &MemoryFit, clusters: &Labels) -> Result<Adjusted, RegressionError> {
    let Columns { z, cholesky, .. } = columns(fitted, clusters)?;
    let order = z.len();
    let mut all: Vec<&[f64]> = z.iter().map(AsRef::as_ref).collect();
    all.push(&fitted.residuals);
    let products = product_sums(&all, fitted.sample.weights, &clusters.codes, clusters.count);
    let (mut zz, mut scores) = (Vec::new(), Vec::new());
    for g in 0..clusters.count {
        let matrix = products.matrix(g);
        for i in 0..order {
            zz.extend((0..order).map(|j| matrix[i * all.len() + j].value()));
            scores.push(matrix[i * all.len() + order].value());
        }
    }
    let sums = Scored { clusters: clusters.count, order, zz: &zz, scores: &scores };
    from_sums(&cholesky, fitted.design.len(), sums, Variance::Cr2)
}
