//! CR2 with unequal analytic weights: the weights are not the inverse of the working model's variances, so
//! A_g = [(I − H)(I − H)ᵀ]_gg^(−½), H = U(UᵀWU)⁻¹UᵀW (Pustejovsky and Tipton 2018, section 2; clubSandwich's
//! convention for `lm` with weights).
//!
//! In a cluster, with C = [Z, R] (Z the columns of `bell_mccaffrey`, R a W-orthonormal basis of the nested
//! factors' levels), M = (ZᵀWZ)⁻¹ and S = ZᵀW²Z, the matrix under the root is I + [C, WC]·Φ·[C, WC]ᵀ, so its root
//! differs from I only in the span of [C, WC]: one thin QR and one small eigenproblem a cluster. Rows are put in
//! an order of their own first, so that theirs does not show.
//!
//! Degrees of freedom as in `bell_mccaffrey` with P_gh = δ_gh·d_g + y_gᵀΩy_h, y = [Zᵀγ; ZᵀWγ − ZᵀW²R·Rᵀγ], where γ = A·W·X·(X̃ᵀWX̃)⁻¹c.

use std::cmp::Ordering;

use faer::{Mat, Side};

use super::RegressionError;
use super::bell_mccaffrey::{Adjusted, Columns, DETERMINED, columns};
use super::codes::Labels;
use super::fit::MemoryFit;
use super::moments::product_sums;
use super::variance::{Variance, spread_columns};

/// One cluster's rows.
struct Cluster {
    z: Mat<f64>,
    /// W-orthonormal basis of the nested factors.
    r: Mat<f64>,
    weights: Vec<f64>,
    residuals: Vec<f64>,
    /// W·X̃·(X̃ᵀWX̃)⁻¹.
    spread: Mat<f64>,
}

/// Running sums of one coefficient's P.
#[derive(Clone)]
struct Satterthwaite {
    own: Vec<f64>,
    y: Vec<Vec<f64>>,
}

/// CR2 of a fit in memory with unequal weights.
pub(super) fn from_rows(
    fitted: &MemoryFit,
    weights: &[f64],
    clusters: &Labels,
) -> Result<Adjusted, RegressionError> {
    let columns = columns(fitted, clusters)?;
    let order = columns.z.len();
    let coefficients = fitted.design.len();
    let bread = {
        let inverse = columns.cholesky.inverse();
        Mat::from_fn(order, order, |i, j| inverse[i * order + j].value())
    };
    let squared: Vec<f64> = weights.iter().map(|w| w * w).collect();
    let slices: Vec<&[f64]> = columns.z.iter().map(AsRef::as_ref).collect();
    let second = product_sums(&slices, Some(&squared), &vec![0; weights.len()], 1).matrix(0);
    let second = Mat::from_fn(order, order, |i, j| second[i * order + j].value());
    let meat = &bread * &second * &bread;

    let spread = spread_columns(fitted);
    let mut influence = vec![Vec::with_capacity(clusters.count); coefficients];
    let mut running = vec![Satterthwaite { own: Vec::new(), y: Vec::new() }; coefficients];
    for rows in rows_by_cluster(fitted, clusters) {
        let cluster = gather(fitted, &columns, weights, &spread, rows);
        let adjusted = adjust(&cluster, &bread, &meat)?;
        for (c, column) in influence.iter_mut().enumerate() {
            column.push(adjusted.col(c).iter().zip(&cluster.residuals).map(|(a, e)| a * e).sum());
        }
        let weighted = scale_rows(&cluster.z, &cluster.weights);
        let weighted_basis = scale_rows(&cluster.r, &cluster.weights);
        let (a, b) = (cluster.z.transpose() * &adjusted, weighted.transpose() * &adjusted);
        let (r, rho) = (cluster.r.transpose() * &adjusted, weighted_basis.transpose() * &adjusted);
        let moved = weighted.transpose() * &weighted_basis * &r;
        let curved = weighted_basis.transpose() * &weighted_basis * &r;
        for (c, running) in running.iter_mut().enumerate() {
            let own: f64 = adjusted.col(c).iter().map(|x| x * x).sum();
            let basis: f64 = (0..r.nrows()).map(|i| r[(i, c)] * (curved[(i, c)] - 2.0 * rho[(i, c)])).sum();
            running.own.push(own + basis);
            let first = (0..order).map(|i| a[(i, c)]);
            running.y.push(first.chain((0..order).map(|i| b[(i, c)] - moved[(i, c)])).collect());
        }
    }
    let form = Mat::from_fn(2 * order, 2 * order, |i, j| match (i < order, j < order) {
        (true, true) => meat[(i, j)],
        (true, false) => -bread[(i, j - order)],
        (false, true) => -bread[(i - order, j)],
        (false, false) => 0.0,
    });
    let df = running.iter().map(|r| degrees_of_freedom(r, &form)).collect();
    Ok(Adjusted { influence, df })
}

/// (tr P)²/tr P² of P = diag(own) + YΩYᵀ.
fn degrees_of_freedom(running: &Satterthwaite, form: &Mat<f64>) -> f64 {
    let y = Mat::from_fn(running.y.len(), form.nrows(), |g, i| running.y[g][i]);
    let image = &y * form;
    let (mut trace, mut squares) = (0.0, 0.0);
    for (g, own) in running.own.iter().enumerate() {
        let within: f64 = (0..form.nrows()).map(|i| image[(g, i)] * y[(g, i)]).sum();
        trace += own + within;
        squares += own * own + 2.0 * own * within;
    }
    // tr(YΩYᵀYΩYᵀ) = tr(KK), K = YᵀYΩ.
    let k = y.transpose() * &image;
    for i in 0..form.nrows() {
        for j in 0..form.nrows() {
            squares += k[(i, j)] * k[(j, i)];
        }
    }
    trace * trace / squares
}

fn rows_by_cluster(fitted: &MemoryFit, clusters: &Labels) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); clusters.count];
    for (row, cluster) in clusters.codes.iter().enumerate().filter(|(row, _)| fitted.sample.counts(*row)) {
        out[*cluster as usize].push(row);
    }
    out
}

/// A cluster's rows in an order that depends on their numbers only.
fn gather(
    fitted: &MemoryFit,
    columns: &Columns,
    weights: &[f64],
    spread: &[Vec<f64>],
    mut rows: Vec<usize>,
) -> Cluster {
    rows.sort_by(|a, b| {
        let mut order = weights[*a].total_cmp(&weights[*b]);
        order = order.then_with(|| fitted.residuals[*a].total_cmp(&fitted.residuals[*b]));
        for z in &columns.z {
            order = order.then_with(|| z[*a].total_cmp(&z[*b]));
        }
        columns.nested.iter().fold(order, |order: Ordering, levels| {
            order.then_with(|| levels.codes[*a].cmp(&levels.codes[*b]))
        })
    });
    let own: Vec<f64> = rows.iter().map(|row| weights[*row]).collect();
    Cluster {
        z: Mat::from_fn(rows.len(), columns.z.len(), |i, j| columns.z[j][rows[i]]),
        r: level_basis(&columns.nested, &rows, &own),
        residuals: rows.iter().map(|row| fitted.residuals[*row]).collect(),
        spread: Mat::from_fn(rows.len(), spread.len(), |i, j| own[i] * spread[j][rows[i]]),
        weights: own,
    }
}

/// A W-orthonormal basis of the dummies of the levels in a cluster, by Gram–Schmidt run twice.
fn level_basis(nested: &[&Labels], rows: &[usize], weights: &[f64]) -> Mat<f64> {
    let mut basis: Vec<Vec<f64>> = Vec::new();
    for (f, levels) in nested.iter().enumerate() {
        let mut present: Vec<u32> = rows.iter().map(|row| levels.codes[*row]).collect();
        present.sort_unstable();
        present.dedup();
        for level in present {
            let mut column: Vec<f64> =
                rows.iter().map(|row| f64::from(u8::from(levels.codes[*row] == level))).collect();
            let length = weighted_product(&column, &column, weights);
            // Dummies of one factor are orthogonal already.
            let against = if f == 0 { 0 } else { basis.len() };
            for _ in 0..2 {
                for b in &basis[..against] {
                    let along = weighted_product(&column, b, weights);
                    for (x, b) in column.iter_mut().zip(b) {
                        *x -= along * b;
                    }
                }
            }
            let left = weighted_product(&column, &column, weights);
            if left > DETERMINED * length {
                for x in &mut column {
                    *x /= left.sqrt();
                }
                basis.push(column);
            }
        }
    }
    Mat::from_fn(rows.len(), basis.len(), |i, j| basis[j][i])
}

fn weighted_product(a: &[f64], b: &[f64], weights: &[f64]) -> f64 {
    a.iter().zip(b).zip(weights).map(|((a, b), w)| a * b * w).sum()
}

fn scale_rows(matrix: &Mat<f64>, weights: &[f64]) -> Mat<f64> {
    Mat::from_fn(matrix.nrows(), matrix.ncols(), |i, j| weights[i] * matrix[(i, j)])
}

/// A_g·W·X̃·(X̃ᵀWX̃)⁻¹.
fn adjust(cluster: &Cluster, bread: &Mat<f64>, meat: &Mat<f64>) -> Result<Mat<f64>, RegressionError> {
    let (rows, order, levels) = (cluster.z.nrows(), cluster.z.ncols(), cluster.r.ncols());
    let whole = order + levels;
    let c = Mat::from_fn(
        rows,
        whole,
        |i, j| {
            if j < order { cluster.z[(i, j)] } else { cluster.r[(i, j - order)] }
        },
    );
    let weighted = scale_rows(&c, &cluster.weights);
    // Of (HHᵀ)_gg = C·K·Cᵀ.
    let cross = bread
        * (scale_rows(&cluster.z, &cluster.weights).transpose() * scale_rows(&cluster.r, &cluster.weights));
    let second = scale_rows(&cluster.r, &cluster.weights);
    let second = second.transpose() * &second;
    let k = |i: usize, j: usize| match (i < order, j < order) {
        (true, true) => meat[(i, j)],
        (true, false) => cross[(i, j - order)],
        (false, true) => cross[(j, i - order)],
        (false, false) => second[(i - order, j - order)],
    };
    let projection = |i: usize, j: usize| match (i < order, j < order) {
        (true, true) => bread[(i, j)],
        (false, false) => f64::from(u8::from(i == j)),
        _ => 0.0,
    };
    let form = Mat::from_fn(2 * whole, 2 * whole, |i, j| match (i < whole, j < whole) {
        (true, true) => k(i, j),
        (true, false) => -projection(i, j - whole),
        (false, true) => -projection(i - whole, j),
        (false, false) => 0.0,
    });
    let both =
        Mat::from_fn(rows, 2 * whole, |i, j| if j < whole { c[(i, j)] } else { weighted[(i, j - whole)] });
    // Columns of very different lengths would hide the short ones.
    let lengths: Vec<f64> = (0..2 * whole)
        .map(|j| {
            let length = both.col(j).iter().map(|x| x * x).sum::<f64>().sqrt();
            if length > 0.0 { length } else { 1.0 }
        })
        .collect();
    let scaled = Mat::from_fn(rows, 2 * whole, |i, j| both[(i, j)] / lengths[j]);
    let form = Mat::from_fn(2 * whole, 2 * whole, |i, j| form[(i, j)] * lengths[i] * lengths[j]);
    let qr = scaled.qr();
    let (q, r) = (qr.compute_thin_Q(), qr.thin_R().to_owned());
    let small = &r * &form * r.transpose();
    let small = Mat::from_fn(small.nrows(), small.ncols(), |i, j| 0.5 * (small[(i, j)] + small[(j, i)]));
    let decomposed = small.self_adjoint_eigen(Side::Lower).map_err(|_| RegressionError::Unavailable {
        variance: Variance::Cr2,
        reason: "a cluster's leverages have no eigenvalues",
    })?;
    let directions = &q * decomposed.U();
    let mut along = directions.transpose() * &cluster.spread;
    for (i, value) in decomposed.S().column_vector().iter().enumerate() {
        let left = 1.0 + value;
        let root = if left > DETERMINED { 1.0 / left.sqrt() } else { 0.0 };
        for j in 0..along.ncols() {
            along[(i, j)] *= root - 1.0;
        }
    }
    Ok(&cluster.spread + &directions * &along)
}
