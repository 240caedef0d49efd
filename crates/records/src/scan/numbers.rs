//! The numbers of a batch, and which of its rows have all that is needed.

use super::engine::engine;
use crate::error::RecordsError;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type};
use std::borrow::Cow;

/// A column as f64, whatever its width.
pub(super) fn to_numbers(array: &ArrayRef) -> Result<Float64Array, RecordsError> {
    if *array.data_type() == DataType::Float64 {
        return Ok(array.as_primitive::<Float64Type>().clone());
    }
    let cast = cast(array, &DataType::Float64).map_err(engine)?;
    Ok(cast.as_primitive::<Float64Type>().clone())
}

/// The rows of a batch that have every value that is needed.
pub(super) struct Selection {
    rows: usize,
    /// One flag a row; `None` while every row is kept.
    keep: Option<Vec<bool>>,
    kept: usize,
}

impl Selection {
    pub(super) fn new(rows: usize) -> Self {
        Self { rows, keep: None, kept: rows }
    }

    /// Drops the rows in which the column is null, or its number NaN or infinite; gives how many those are.
    pub(super) fn need(&mut self, array: &ArrayRef, numbers: Option<&Float64Array>) -> u64 {
        let mut lacking = 0;
        let mut lack = |row: usize| {
            lacking += 1;
            let keep = self.keep.get_or_insert_with(|| vec![true; self.rows]);
            self.kept -= usize::from(keep[row]);
            keep[row] = false;
        };
        let nulls = numbers.map_or_else(|| array.logical_nulls(), |numbers| numbers.nulls().cloned());
        if let Some(nulls) = nulls.as_ref().filter(|nulls| nulls.null_count() > 0) {
            (0..self.rows).filter(|row| nulls.is_null(*row)).for_each(&mut lack);
        }
        let values = numbers.map(Float64Array::values);
        if let Some(values) = values.filter(|values| values.iter().any(|value| !value.is_finite())) {
            let counted = |row: usize| nulls.as_ref().is_some_and(|nulls| nulls.is_null(row));
            (0..self.rows).filter(|row| !values[*row].is_finite() && !counted(*row)).for_each(lack);
        }
        lacking
    }

    /// Rows kept.
    pub(super) fn kept(&self) -> usize {
        self.kept
    }

    /// Rows dropped.
    pub(super) fn dropped(&self) -> u64 {
        (self.rows - self.kept) as u64
    }

    /// The numbers of the kept rows, without a copy when all are.
    pub(super) fn numbers<'a>(&self, numbers: Option<&'a Float64Array>) -> Cow<'a, [f64]> {
        let values: &[f64] = numbers.map_or(&[], |numbers| numbers.values());
        match &self.keep {
            None => Cow::Borrowed(values),
            Some(keep) => Cow::Owned(kept(values, keep)),
        }
    }

    /// The codes of the kept rows.
    pub(super) fn codes(&self, codes: Vec<u32>) -> Vec<u32> {
        match &self.keep {
            None => codes,
            Some(keep) => kept(&codes, keep),
        }
    }
}

fn kept<T: Copy>(values: &[T], keep: &[bool]) -> Vec<T> {
    values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| *value).collect()
}
