//! The rows of a regression, as columns, and their checks.

use super::RegressionError;

/// Columns of a regression; all have the length of `y`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sample<'a> {
    /// The outcome.
    pub y: &'a [f64],
    /// The regressors, without the constant.
    pub x: &'a [&'a [f64]],
    /// Whether a constant comes before the regressors. Without effect when factors are absorbed: they span it.
    pub intercept: bool,
    /// Analytic weights, at least 0; a row of weight 0 counts as absent. None: all 1.
    pub weights: Option<&'a [f64]>,
    /// The absorbed factors: for each the level of every row, dense codes from 0.
    pub factors: &'a [&'a [u32]],
}

/// A coefficient's place in the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// The constant.
    Intercept,
    /// The regressor with this index.
    Column(usize),
}

impl Sample<'_> {
    /// Rows, those of weight 0 included.
    pub fn rows(&self) -> usize {
        self.y.len()
    }

    pub(crate) fn check(&self) -> Result<(), RegressionError> {
        let need = self.y.len();
        let length = |what, have| {
            if have == need { Ok(()) } else { Err(RegressionError::LengthMismatch { what, have, need }) }
        };
        check_finite("outcome", 0, self.y)?;
        for (j, column) in self.x.iter().enumerate() {
            length("a regressor", column.len())?;
            check_finite("regressor", j, column)?;
        }
        for factor in self.factors {
            length("a factor", factor.len())?;
        }
        if let Some(weights) = self.weights {
            length("the weights", weights.len())?;
            if let Some(row) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
                return Err(RegressionError::Weight { row });
            }
        }
        if self.positive_rows() == 0 { Err(RegressionError::NoRows) } else { Ok(()) }
    }

    pub(crate) fn positive_rows(&self) -> usize {
        self.weights.map_or(self.y.len(), |w| w.iter().filter(|w| **w > 0.0).count())
    }

    /// Whether the row counts.
    pub(crate) fn counts(&self, row: usize) -> bool {
        self.weights.is_none_or(|w| w[row] > 0.0)
    }
}

pub(crate) fn check_finite(what: &'static str, column: usize, values: &[f64]) -> Result<(), RegressionError> {
    // Without an early exit the pass runs many numbers at once.
    if !values.iter().fold(false, |bad, x| bad | !x.is_finite()) {
        return Ok(());
    }
    match values.iter().position(|x| !x.is_finite()) {
        Some(row) => Err(RegressionError::NotFinite { what, column, row }),
        None => Ok(()),
    }
}
