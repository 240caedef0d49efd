//! Coefficients from Σ w·z·zᵀ, the last column of z being the outcome: what both engines share.

use super::RegressionError;
use super::cholesky::Cholesky;
use super::double_double::DoubleDouble;
use super::matrix::SquareMatrix;

/// The solved normal equations, in about 32 digits; everything is over the kept columns.
#[derive(Debug, Clone)]
pub(crate) struct Normal {
    pub(crate) cholesky: Cholesky,
    pub(crate) coefficients: Vec<DoubleDouble>,
    /// (XᵀWX)⁻¹.
    pub(crate) bread: SquareMatrix,
    /// Σ w e².
    pub(crate) residual_square: DoubleDouble,
}

/// Solves XᵀWX β = XᵀWy. `gram` is row-major of order `lengths.len() + 1`; `lengths` are the squared lengths
/// the columns had before anything was removed from them.
pub(crate) fn solve(gram: &[DoubleDouble], lengths: &[f64]) -> Result<Normal, RegressionError> {
    if !gram.iter().all(|x| x.is_finite()) {
        return Err(RegressionError::Overflow);
    }
    let order = lengths.len();
    let stride = order + 1;
    let cholesky = Cholesky::new(gram, stride, order, lengths);
    let right: Vec<DoubleDouble> = cholesky.kept.iter().map(|j| gram[j * stride + order]).collect();
    let mut coefficients = right.clone();
    cholesky.solve(&mut coefficients);
    let mut residual_square = gram[order * stride + order];
    for (a, b) in coefficients.iter().zip(&right) {
        residual_square = residual_square - *a * *b;
    }
    if residual_square.value() < 0.0 {
        residual_square = DoubleDouble::ZERO;
    }
    let inverse = cholesky.inverse();
    let kept = cholesky.kept.len();
    let bread = SquareMatrix::from_fn(kept, |i, j| inverse[i * kept + j].value());
    Ok(Normal { cholesky, coefficients, bread, residual_square })
}
