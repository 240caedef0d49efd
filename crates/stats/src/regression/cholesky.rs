//! Normal equations solved by Cholesky decomposition in about 32 digits, with collinear columns dropped.
//!
//! Columns are taken in order. One whose residual on the columns before it is shorter than 10⁻⁷ of its own
//! length (the tolerance of R's `lm`) is dropped, so of two equal columns the later goes. Squaring the
//! condition number costs nothing here: 32 digits hold the square of any design that f64 can.

use super::double_double::DoubleDouble;

/// Squared relative length under which a column is a combination of the ones before it.
const COLLINEAR: f64 = 1e-14;

/// XᵀWX = LLᵀ over the columns that were kept.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky {
    /// Kept columns, in order, as indices of the matrix given.
    pub(crate) kept: Vec<usize>,
    /// Row i holds L[i][0..=i].
    rows: Vec<Vec<DoubleDouble>>,
}

impl Cholesky {
    /// Decomposes the leading `order` × `order` block of a symmetric row-major matrix whose rows are `stride`
    /// long. `lengths[j]` is the squared length that column j's residual is measured against.
    pub(crate) fn new(matrix: &[DoubleDouble], stride: usize, order: usize, lengths: &[f64]) -> Self {
        let mut kept: Vec<usize> = Vec::new();
        let mut rows: Vec<Vec<DoubleDouble>> = Vec::new();
        for j in 0..order {
            let mut row: Vec<DoubleDouble> = Vec::with_capacity(kept.len() + 1);
            let mut rest = matrix[j * stride + j];
            for (i, column) in kept.iter().enumerate() {
                let mut entry = matrix[j * stride + column];
                for (a, b) in rows[i].iter().zip(&row) {
                    entry = entry - *a * *b;
                }
                let entry = entry / rows[i][i];
                rest = rest - entry * entry;
                row.push(entry);
            }
            if rest.value() > COLLINEAR * lengths[j] && rest.value() > 0.0 {
                row.push(rest.sqrt());
                rows.push(row);
                kept.push(j);
            }
        }
        Self { kept, rows }
    }

    /// L⁻¹ b.
    pub(crate) fn forward(&self, b: &mut [DoubleDouble]) {
        for (i, row) in self.rows.iter().enumerate() {
            let mut value = b[i];
            for (a, solved) in row[..i].iter().zip(b.iter()) {
                value = value - *a * *solved;
            }
            b[i] = value / row[i];
        }
    }

    /// (LLᵀ)⁻¹ b.
    pub(crate) fn solve(&self, b: &mut [DoubleDouble]) {
        self.forward(b);
        self.backward(b);
    }

    /// L⁻ᵀ b.
    pub(crate) fn backward(&self, b: &mut [DoubleDouble]) {
        for i in (0..self.rows.len()).rev() {
            let mut value = b[i];
            for (k, row) in self.rows.iter().enumerate().skip(i + 1) {
                value = value - row[i] * b[k];
            }
            b[i] = value / self.rows[i][i];
        }
    }

    /// (LLᵀ)⁻¹, row-major.
    pub(crate) fn inverse(&self) -> Vec<DoubleDouble> {
        let order = self.rows.len();
        let mut out = vec![DoubleDouble::ZERO; order * order];
        let mut unit = vec![DoubleDouble::ZERO; order];
        for j in 0..order {
            unit.fill(DoubleDouble::ZERO);
            unit[j] = 1.0.into();
            self.solve(&mut unit);
            for (i, value) in unit.iter().enumerate() {
                out[i * order + j] = *value;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_the_later_of_two_equal_columns() {
        let plain = [4.0, 2.0, 4.0, 1.0, 2.0, 5.0, 2.0, 0.0, 4.0, 2.0, 4.0, 1.0, 1.0, 0.0, 1.0, 3.0];
        let matrix: Vec<DoubleDouble> = plain.iter().map(|x| (*x).into()).collect();
        let found = Cholesky::new(&matrix, 4, 4, &[4.0, 5.0, 4.0, 3.0]);
        assert_eq!(found.kept, [0, 1, 3]);
        let inverse = found.inverse();
        for i in 0..3 {
            for j in 0..3 {
                let product: f64 = (0..3)
                    .map(|k| plain[found.kept[i] * 4 + found.kept[k]] * inverse[k * 3 + j].value())
                    .sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
    }
}
