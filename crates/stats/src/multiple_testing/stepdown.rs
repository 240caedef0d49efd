//! The step-down procedure of Romano and Wolf (2005, Econometrica 73; adjusted p-values as in 2016,
//! Statistics and Probability Letters 113).
//!
//! Hypotheses are ordered by their observed |t|. The j-th adjusted p-value compares |t(j)| with the largest
//! resampled statistic among the hypotheses from the j-th on: (1 + #{b: max |t*| ≥ |t(j)|})/(B + 1), made
//! monotone by a running maximum. The dependence between outcomes comes from the resampling, which must use
//! the same draws (the same bootstrap weights or the same re-assignment) for every hypothesis.

use super::MultipleTestingError;
use crate::num::larger;

/// Romano–Wolf adjusted p-values.
#[derive(Debug, Clone, PartialEq)]
pub struct RomanoWolf {
    /// Adjusted p-values in the order of the input; never 0.
    pub adjusted: Vec<f64>,
    /// Unadjusted p-values by the same draws, (1 + #{|t*| ≥ |t|})/(B + 1).
    pub unadjusted: Vec<f64>,
    /// Draws B.
    pub draws: usize,
}

/// Step-down adjusted p-values.
///
/// `statistics` holds the observed studentised statistic of each hypothesis, `resampled` B rows of one
/// statistic per hypothesis (row after row), centred so that they follow the null hypothesis. Signs are
/// ignored (two-sided tests).
///
/// # Errors
/// [`MultipleTestingError::Shape`] and [`MultipleTestingError::NotANumber`].
pub fn romano_wolf(statistics: &[f64], resampled: &[f64]) -> Result<RomanoWolf, MultipleTestingError> {
    let hypotheses = statistics.len();
    if hypotheses == 0 || resampled.is_empty() || !resampled.len().is_multiple_of(hypotheses) {
        return Err(MultipleTestingError::Shape { have: resampled.len(), hypotheses });
    }
    for values in [statistics, resampled] {
        if let Some(index) = values.iter().position(|t| t.is_nan()) {
            return Err(MultipleTestingError::NotANumber { index });
        }
    }
    let draws = resampled.len() / hypotheses;
    let mut order: Vec<usize> = (0..hypotheses).collect();
    order.sort_by(|a, b| statistics[*b].abs().total_cmp(&statistics[*a].abs()).then(a.cmp(b)));
    let (mut beyond, mut beyond_alone) = (vec![0_usize; hypotheses], vec![0_usize; hypotheses]);
    for row in resampled.chunks_exact(hypotheses) {
        let mut most = 0.0;
        for &j in order.iter().rev() {
            let (drawn, observed) = (row[j].abs(), statistics[j].abs());
            most = larger(most, drawn);
            beyond[j] += usize::from(most >= observed);
            beyond_alone[j] += usize::from(drawn >= observed);
        }
    }
    let p = |count: usize| (1.0 + count as f64) / (draws as f64 + 1.0);
    let mut adjusted = vec![0.0; hypotheses];
    let mut least = 0.0;
    for j in order {
        least = larger(least, p(beyond[j]));
        adjusted[j] = least;
    }
    Ok(RomanoWolf { adjusted, unadjusted: beyond_alone.into_iter().map(p).collect(), draws })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three draws of two hypotheses, counted by hand.
    #[test]
    fn by_hand() {
        let found = romano_wolf(&[1.0, -2.0], &[0.5, 3.0, 1.5, 0.1, -0.2, 0.3]).unwrap();
        // |t| = 2: maxima 3, 1.5, 0.3 → one at least 2. |t| = 1: 0.5, 1.5, 0.2 → one at least 1.
        assert_eq!(found.adjusted, [0.5, 0.5]);
        assert_eq!(found.unadjusted, [0.5, 0.5]);
        assert_eq!(found.draws, 3);
    }

    #[test]
    fn refusals() {
        let shape = MultipleTestingError::Shape { have: 3, hypotheses: 2 };
        assert_eq!(romano_wolf(&[1.0, 2.0], &[0.0; 3]), Err(shape));
        assert!(romano_wolf(&[], &[]).is_err());
        assert_eq!(romano_wolf(&[1.0], &[f64::NAN]), Err(MultipleTestingError::NotANumber { index: 0 }));
    }
}
