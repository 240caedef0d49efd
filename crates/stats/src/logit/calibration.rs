//! Whether probabilities mean what they say.
//!
//! Cox (1958, Biometrika 45): a logit of what happened on the log-odds of the probabilities. Slope 1 and intercept 0 is
//! right; a slope below 1 means that high probabilities were too high and low ones too low. In the large: the intercept
//! with the slope held at 1. Standard errors are those of the information (as R's `glm`), or clustered where the same
//! person stands in several rows (Liang and Zeger 1986, with G/(G − 1)). Tenths: rows in order of probability, cut into ten
//! parts of equal size, equal probabilities kept together in the lower part; Wilson's 95 % interval of the share that
//! happened. Brier score: mean of (p − y)² (Brier 1950), beside that of the overall share.

use std::collections::BTreeMap;

use super::{LogitError, check_forecast, logistic, same_length};
use crate::opinion::{ShareInterval, wilson};

/// Probabilities are kept this far from 0 and 1 where their log-odds are taken.
const EDGE: f64 = 1e-12;
const STEPS: usize = 100;

/// One of ten parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tenth {
    /// Rows.
    pub rows: usize,
    /// Mean probability.
    pub expected: f64,
    /// Rows where it happened.
    pub events: usize,
    /// Share where it happened, with its 95 % interval.
    pub observed: ShareInterval,
}

/// How well probabilities hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// Rows.
    pub rows: usize,
    /// Rows where it happened.
    pub events: usize,
    /// Intercept, in log-odds.
    pub intercept: f64,
    /// Its standard error.
    pub intercept_std_error: f64,
    /// Slope; NaN when all probabilities are equal.
    pub slope: f64,
    /// Its standard error.
    pub slope_std_error: f64,
    /// Intercept with the slope held at 1, in log-odds.
    pub in_the_large: f64,
    /// Its standard error.
    pub in_the_large_std_error: f64,
    /// Mean of (p − y)².
    pub brier: f64,
    /// The same for the overall share.
    pub brier_of_share: f64,
    /// Mean of −ln of the probability of what happened.
    pub log_loss: f64,
    /// Rows by tenth of probability, lowest first; fewer than ten where equal probabilities join parts.
    pub tenths: Vec<Tenth>,
}

/// Compares probabilities with what happened; `clusters` tells whose rows belong together.
///
/// # Errors
/// Slices of different lengths, probabilities outside [0, 1], outcomes that are all alike.
pub fn calibration(
    probability: &[f64],
    happened: &[bool],
    clusters: Option<&[u32]>,
) -> Result<Calibration, LogitError> {
    check_forecast(probability, happened)?;
    if let Some(clusters) = clusters {
        same_length("clusters", clusters.len(), probability.len())?;
    }
    let odds: Vec<f64> = probability
        .iter()
        .map(|p| {
            let p = p.clamp(EDGE, 1.0 - EDGE);
            (p / (1.0 - p)).ln()
        })
        .collect();
    let n = probability.len() as f64;
    let events = happened.iter().filter(|yes| **yes).count();
    let share = events as f64 / n;
    let mean = |f: &dyn Fn(f64, bool) -> f64| {
        probability.iter().zip(happened).map(|(p, yes)| f(*p, *yes)).sum::<f64>() / n
    };
    let varies = odds.iter().any(|value| (value - odds[0]).abs() > 1e-9);
    let both = if varies { recalibrate(&odds, happened, clusters, true) } else { None };
    let large = recalibrate(&odds, happened, clusters, false);
    let nothing = [[f64::NAN; 2]; 2];
    let [[intercept, intercept_std_error], [slope, slope_std_error]] = both.unwrap_or(nothing);
    let [[in_the_large, in_the_large_std_error], _] = large.unwrap_or(nothing);
    Ok(Calibration {
        rows: probability.len(),
        events,
        intercept,
        intercept_std_error,
        slope,
        slope_std_error,
        in_the_large,
        in_the_large_std_error,
        brier: mean(&|p, yes| (p - f64::from(u8::from(yes))) * (p - f64::from(u8::from(yes)))),
        brier_of_share: share * (1.0 - share),
        log_loss: mean(&|p, yes| -(if yes { p } else { 1.0 - p }).clamp(EDGE, 1.0).ln()),
        tenths: tenths(probability, happened),
    })
}

/// Intercept and slope, each with its standard error; the slope held at 1 unless it is free. None when the steps do not
/// settle.
fn recalibrate(
    odds: &[f64],
    happened: &[bool],
    clusters: Option<&[u32]>,
    free_slope: bool,
) -> Option<[[f64; 2]; 2]> {
    let residual = |[a, b]: [f64; 2], row: usize| {
        let p = logistic(a + b * odds[row]);
        (f64::from(u8::from(happened[row])) - p, p * (1.0 - p))
    };
    let mut at = [0.0, 1.0];
    let mut inverse = [[0.0; 2]; 2];
    let mut settled = false;
    for _ in 0..STEPS {
        let (mut gradient, mut information) = ([0.0; 2], [[0.0; 2]; 2]);
        for (row, x) in odds.iter().enumerate() {
            let (r, w) = residual(at, row);
            gradient[0] += r;
            gradient[1] += r * x;
            information[0][0] += w;
            information[0][1] += w * x;
            information[1][1] += w * x * x;
        }
        let [[a, b], [_, d]] = information;
        inverse = if free_slope {
            let determinant = a * d - b * b;
            [[d / determinant, -b / determinant], [-b / determinant, a / determinant]]
        } else {
            [[1.0 / a, 0.0], [0.0, 0.0]]
        };
        // Steps longer than 2 log-odds would leave where the expansion holds.
        let step = inverse.map(|row| (row[0] * gradient[0] + row[1] * gradient[1]).clamp(-2.0, 2.0));
        at = [at[0] + step[0], at[1] + step[1]];
        if !at.iter().all(|value| value.is_finite()) {
            return None;
        }
        if step.iter().all(|move_by| move_by.abs() < 1e-11) {
            settled = true;
            break;
        }
    }
    if !settled {
        return None;
    }
    let variance = match clusters {
        None => inverse,
        Some(clusters) => {
            let mut scores: BTreeMap<u32, [f64; 2]> = BTreeMap::new();
            for (row, x) in odds.iter().enumerate() {
                let (r, _) = residual(at, row);
                let score = scores.entry(clusters[row]).or_default();
                score[0] += r;
                score[1] += if free_slope { r * x } else { 0.0 };
            }
            let g = scores.len() as f64;
            if g < 2.0 {
                return None;
            }
            let mut meat = [[0.0; 2]; 2];
            for [s, t] in scores.values() {
                meat[0][0] += s * s;
                meat[0][1] += s * t;
                meat[1][0] += s * t;
                meat[1][1] += t * t;
            }
            let times = |a: [[f64; 2]; 2], b: [[f64; 2]; 2]| {
                [0, 1].map(|i| [0, 1].map(|j| a[i][0] * b[0][j] + a[i][1] * b[1][j]))
            };
            times(times(inverse, meat), inverse).map(|row| row.map(|value| value * g / (g - 1.0)))
        }
    };
    Some([[at[0], variance[0][0].sqrt()], [at[1], if free_slope { variance[1][1].sqrt() } else { 0.0 }]])
}

fn tenths(probability: &[f64], happened: &[bool]) -> Vec<Tenth> {
    let n = probability.len();
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| probability[*a].total_cmp(&probability[*b]).then(a.cmp(b)));
    let mut out = Vec::new();
    let mut from = 0;
    for part in 1..=10 {
        let mut to = n * part / 10;
        while to > 0 && to < n && probability[order[to]] <= probability[order[to - 1]] {
            to += 1;
        }
        if to <= from {
            continue;
        }
        let members = &order[from..to];
        let events = members.iter().filter(|row| happened[**row]).count();
        out.push(Tenth {
            rows: members.len(),
            expected: members.iter().map(|row| probability[*row]).sum::<f64>() / members.len() as f64,
            events,
            observed: wilson(events, members.len()),
        });
        from = to;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Probabilities in ten steps, and exactly the share of rows that each says.
    fn exact() -> (Vec<f64>, Vec<bool>) {
        let (mut probability, mut happened) = (Vec::new(), Vec::new());
        for step in 1..=9 {
            for row in 0..100 {
                probability.push(f64::from(step) / 10.0);
                happened.push(row < step * 10);
            }
        }
        (probability, happened)
    }

    #[test]
    fn right_probabilities_have_slope_one() {
        let (probability, happened) = exact();
        let found = calibration(&probability, &happened, None).unwrap();
        assert!(found.intercept.abs() < 1e-9 && (found.slope - 1.0).abs() < 1e-9, "{found:?}");
        assert!(found.in_the_large.abs() < 1e-9);
        assert_eq!(found.tenths.iter().map(|tenth| tenth.rows).sum::<usize>(), 900);
        assert_eq!(found.tenths.len(), 9);
        assert!(found.tenths.iter().all(|tenth| (tenth.expected - tenth.observed.value).abs() < 1e-12));
    }

    #[test]
    fn exaggerated_probabilities_have_the_slope_that_mends_them() {
        let (probability, happened) = exact();
        let doubled: Vec<f64> =
            probability.iter().map(|p| logistic(2.0 * (p / (1.0 - p)).ln() + 0.6)).collect();
        let found = calibration(&doubled, &happened, None).unwrap();
        assert!((found.slope - 0.5).abs() < 1e-9 && (found.intercept + 0.3).abs() < 1e-9, "{found:?}");
        assert!(found.in_the_large < -0.1);
    }

    #[test]
    fn a_repeated_person_widens_the_error_and_certainty_is_bounded() {
        let (probability, happened) = exact();
        let twice = |values: &[f64]| [values, values].concat();
        let happened_twice = [happened.clone(), happened.clone()].concat();
        let person: Vec<u32> = (0..900).chain(0..900).collect();
        let naive = calibration(&twice(&probability), &happened_twice, None).unwrap();
        let clustered = calibration(&twice(&probability), &happened_twice, Some(&person)).unwrap();
        assert!((naive.slope - clustered.slope).abs() < 1e-12);
        assert!(clustered.slope_std_error > 1.3 * naive.slope_std_error);
        let sure = calibration(&[0.0, 1.0, 0.5, 0.0], &[true, true, false, false], None).unwrap();
        assert!(sure.log_loss.is_finite() && sure.brier > 0.0);
        let flat = calibration(&[0.3; 4], &[true, false, false, true], None).unwrap();
        assert!(flat.slope.is_nan() && flat.in_the_large.is_finite());
        assert_eq!(flat.tenths.len(), 1);
        assert_eq!(calibration(&[0.3; 2], &[true; 2], None), Err(LogitError::OneOutcome(2)));
        assert_eq!(calibration(&[0.3, 1.3], &[true, false], None), Err(LogitError::Probability(1)));
    }
}
