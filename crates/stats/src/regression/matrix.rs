//! A small square matrix as plain numbers.

/// A square matrix, row-major.
#[derive(Debug, Clone, PartialEq)]
pub struct SquareMatrix {
    order: usize,
    values: Vec<f64>,
}

impl SquareMatrix {
    /// All zeros.
    pub fn zeros(order: usize) -> Self {
        Self { order, values: vec![0.0; order * order] }
    }

    /// From a function of row and column.
    pub fn from_fn(order: usize, mut entry: impl FnMut(usize, usize) -> f64) -> Self {
        let mut out = Self::zeros(order);
        for i in 0..order {
            for j in 0..order {
                out.values[i * order + j] = entry(i, j);
            }
        }
        out
    }

    /// Rows, which is also columns.
    pub fn order(&self) -> usize {
        self.order
    }

    /// One entry.
    ///
    /// # Panics
    /// When `i` or `j` is not below the order.
    #[inline]
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.values[i * self.order..(i + 1) * self.order][j]
    }

    /// All entries, row by row.
    pub fn as_slice(&self) -> &[f64] {
        &self.values
    }

    /// The entries on the diagonal.
    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.order).map(|i| self.get(i, i)).collect()
    }

    /// This matrix times a vector as long as the order.
    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.values
            .chunks_exact(self.order.max(1))
            .map(|row| row.iter().zip(vector).map(|(a, b)| a * b).sum())
            .collect()
    }

    pub(crate) fn add_scaled(&mut self, other: &Self, factor: f64) {
        for (a, b) in self.values.iter_mut().zip(&other.values) {
            *a += factor * b;
        }
    }
}
