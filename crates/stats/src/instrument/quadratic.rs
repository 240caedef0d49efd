//! Small symmetric matrices: solving, quadratic forms, eigenvalues.

use faer::linalg::solvers::Solve;
use faer::{Mat, Side};

/// bᵀV⁻¹b for a positive definite V given by its entries; None when V is not.
pub(crate) fn inverse_form(order: usize, v: impl Fn(usize, usize) -> f64, b: &[f64]) -> Option<f64> {
    if order == 1 {
        let variance = v(0, 0);
        return (variance > 0.0).then(|| b[0] * b[0] / variance);
    }
    // On the scale of correlations: instruments may differ in unit by many powers of ten.
    let scale: Vec<f64> = (0..order).map(|i| v(i, i).sqrt()).collect();
    if scale.iter().any(|s| s.is_nan() || *s <= 0.0) {
        return None;
    }
    let matrix = Mat::from_fn(order, order, |i, j| v(i, j) / scale[i] / scale[j]);
    let right = Mat::from_fn(order, 1, |i, _| b[i] / scale[i]);
    let solved = matrix.llt(Side::Lower).ok()?.solve(&right);
    Some((0..order).map(|i| right[(i, 0)] * solved[(i, 0)]).sum())
}

/// Eigenvalues of LᵀVL with Q = LLᵀ, the inverse of Q being `inverse`; they are those of VQ. None when Q or
/// the decomposition does not exist.
pub(crate) fn relative_eigenvalues(
    order: usize,
    v: impl Fn(usize, usize) -> f64,
    inverse: impl Fn(usize, usize) -> f64,
) -> Option<Vec<f64>> {
    let scale: Vec<f64> = (0..order).map(|i| inverse(i, i).sqrt()).collect();
    if scale.iter().any(|s| s.is_nan() || *s <= 0.0) {
        return None;
    }
    // With Q⁻¹ = MMᵀ the eigenvalues of VQ are those of M⁻¹VM⁻ᵀ.
    let matrix = Mat::from_fn(order, order, |i, j| inverse(i, j) / scale[i] / scale[j]);
    let decomposed = matrix.llt(Side::Lower).ok()?;
    let lower = decomposed.L();
    let mut half = Mat::from_fn(order, order, |i, j| v(i, j) / scale[i] / scale[j]);
    // Forward substitution on the rows, then on the columns.
    for _ in 0..2 {
        for column in 0..order {
            for i in 0..order {
                let mut value = half[(i, column)];
                for k in 0..i {
                    value -= lower[(i, k)] * half[(k, column)];
                }
                half[(i, column)] = value / lower[(i, i)];
            }
        }
        half = half.transpose().to_owned();
    }
    half.self_adjoint_eigenvalues(Side::Lower).ok()
}
