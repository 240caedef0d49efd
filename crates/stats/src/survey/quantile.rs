//! Weighted quantiles and their intervals.
//!
//! Q(p) is the smallest value x with F(x) ≥ p, F the weighted share at or below x (the rule `math` of R's survey 4.1).
//! Interval (Woodruff 1952, JASA 47): that of the proportion at or below Q(p), from the design and Student's t, carried
//! back by Q.

use super::design::Design;
use super::estimate::{Domain, mean};
use super::{SurveyError, same_length};

/// A quantile with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurveyQuantile {
    /// The share at or below it.
    pub share: f64,
    /// The quantile.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Shares that differ by rounding count as equal.
const ROUNDING: f64 = 1e-12;

/// Quantiles of `values` at `shares` (each between 0 and 1) with intervals of `level`.
///
/// # Errors
/// [`SurveyError::Length`]; [`SurveyError::Value`]; [`SurveyError::Share`].
pub fn quantiles(
    design: &Design,
    values: &[f64],
    shares: &[f64],
    level: f64,
) -> Result<Vec<SurveyQuantile>, SurveyError> {
    same_length(values.len(), design.rows())?;
    if let Some(row) = values.iter().position(|value| !value.is_finite()) {
        return Err(SurveyError::Value { row });
    }
    let mut order: Vec<usize> = (0..values.len()).filter(|row| design.weights[*row] > 0.0).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let all: f64 = design.weights.iter().sum();
    let at = |share: f64| {
        let mut below = 0.0;
        for (place, row) in order.iter().enumerate() {
            below += design.weights[*row];
            let is_last_of_value = order.get(place + 1).is_none_or(|next| values[*next] > values[*row]);
            if is_last_of_value && below / all >= share - ROUNDING {
                return values[*row];
            }
        }
        order.last().map_or(f64::NAN, |row| values[*row])
    };
    let one = |share: f64| {
        if !(0.0..=1.0).contains(&share) {
            return Err(SurveyError::Share { share });
        }
        let value = at(share);
        let below: Vec<f64> = values.iter().map(|one| f64::from(u8::from(*one <= value))).collect();
        let (low, high) = mean(design, &below, Domain::Everyone)?.interval(level);
        Ok(SurveyQuantile { share, value, low: at(low), high: at(high) })
    };
    shares.iter().map(|share| one(*share)).collect()
}
