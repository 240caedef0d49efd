//! Whether those to whom it happened had the higher probabilities.
//!
//! Area under the receiver operating characteristic: the chance that a row where it happened ranks above one where it did
//! not, ties counting one half. Variance by the components of DeLong, DeLong and Clarke-Pearson (1988, Biometrics 44);
//! where the same person stands in several rows the components are summed by person first (after Obuchowski 1997,
//! Biometrics 53, with G/(G − 1)). The interval is symmetric in the log-odds of the area, so that it stays within 0 and 1.

use std::collections::BTreeMap;

use super::{LogitError, check_forecast, logistic, same_length};

/// Standard normal quantile at 0.975.
const Z: f64 = 1.959_963_984_540_054;

/// The area with its error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discrimination {
    /// The area, 0 to 1; one half is chance.
    pub area: f64,
    /// Its standard error; NaN with fewer than two rows (or persons) of a kind.
    pub std_error: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The area under the curve of probabilities against what happened; `clusters` tells whose rows belong together.
///
/// # Errors
/// Slices of different lengths, probabilities outside [0, 1], outcomes that are all alike.
pub fn discrimination(
    probability: &[f64],
    happened: &[bool],
    clusters: Option<&[u32]>,
) -> Result<Discrimination, LogitError> {
    check_forecast(probability, happened)?;
    if let Some(clusters) = clusters {
        same_length("clusters", clusters.len(), probability.len())?;
    }
    let all = midranks(probability, None);
    let own = midranks(probability, Some(happened));
    let m = happened.iter().filter(|yes| **yes).count() as f64;
    let n = happened.len() as f64 - m;
    // Share of the other kind that each row stands on the right side of.
    let component = |row: usize| {
        let beaten = all[row] - own[row];
        if happened[row] { beaten / n } else { 1.0 - beaten / m }
    };
    let rows = happened.len();
    let area = (0..rows).filter(|row| happened[*row]).map(component).sum::<f64>() / m;
    let variance = match clusters {
        None => {
            let spread = |kind: bool, count: f64| {
                let squares = (0..rows).filter(|row| happened[*row] == kind).map(|row| {
                    let gap = component(row) - area;
                    gap * gap
                });
                squares.sum::<f64>() / (count - 1.0) / count
            };
            spread(true, m) + spread(false, n)
        }
        Some(clusters) => {
            let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
            for row in 0..rows {
                let gap = component(row) - area;
                *sums.entry(clusters[row]).or_default() += gap / if happened[row] { m } else { n };
            }
            let g = sums.len() as f64;
            sums.values().map(|sum| sum * sum).sum::<f64>() * g / (g - 1.0)
        }
    };
    let std_error = variance.sqrt();
    let (low, high) = if area > 0.0 && area < 1.0 {
        let odds = (area / (1.0 - area)).ln();
        let half = Z * std_error / (area * (1.0 - area));
        (logistic(odds - half), logistic(odds + half))
    } else {
        (area, area)
    };
    Ok(Discrimination { area, std_error, low, high })
}

/// Ranks from 1, equals sharing the mean of theirs; within each kind of outcome when `kinds` is given.
fn midranks(values: &[f64], kinds: Option<&[bool]>) -> Vec<f64> {
    let mut out = vec![0.0; values.len()];
    let wanted: &[Option<bool>] = if kinds.is_some() { &[Some(false), Some(true)] } else { &[None] };
    for kind in wanted {
        let mut order: Vec<usize> = (0..values.len())
            .filter(|row| kind.is_none() || kinds.is_some_and(|kinds| Some(kinds[*row]) == *kind))
            .collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut from = 0;
        while from < order.len() {
            let mut to = from + 1;
            while to < order.len() && values[order[to]] <= values[order[from]] {
                to += 1;
            }
            let rank = (from + 1 + to) as f64 / 2.0;
            for row in &order[from..to] {
                out[*row] = rank;
            }
            from = to;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::digit;
    use super::*;

    #[test]
    fn the_area_counts_pairs() {
        let probability = [0.1, 0.4, 0.4, 0.8, 0.3, 0.9, 0.4, 0.2];
        let happened = [false, true, false, true, false, true, false, true];
        let mut pairs = 0.0;
        for (p, _) in probability.iter().zip(happened).filter(|(_, yes)| *yes) {
            for (q, _) in probability.iter().zip(happened).filter(|(_, yes)| !yes) {
                pairs += if p > q {
                    1.0
                } else if p < q {
                    0.0
                } else {
                    0.5
                };
            }
        }
        let found = discrimination(&probability, &happened, None).unwrap();
        assert!((found.area - pairs / 16.0).abs() < 1e-15, "{found:?}");
        assert!(found.low < found.area && found.area < found.high);
        let perfect = discrimination(&[0.1, 0.2, 0.8, 0.9], &[false, false, true, true], None).unwrap();
        assert_eq!((perfect.area, perfect.std_error), (1.0, 0.0));
        assert_eq!(discrimination(&[0.5; 4], &[false, true, false, true], None).unwrap().area, 0.5);
    }

    #[test]
    fn a_repeated_person_is_one_person() {
        let probability: Vec<f64> = (0..200).map(|row| digit(row, 1)).collect();
        let happened: Vec<bool> = (0..200).map(|row| digit(row, 2) < digit(row, 1)).collect();
        let once = discrimination(&probability, &happened, None).unwrap();
        let person: Vec<u32> = (0..200).chain(0..200).collect();
        let twice = discrimination(
            &[probability.clone(), probability].concat(),
            &[happened.clone(), happened].concat(),
            Some(&person),
        )
        .unwrap();
        assert!((once.area - twice.area).abs() < 1e-12);
        assert!((twice.std_error / once.std_error - 1.0).abs() < 0.02, "{once:?} {twice:?}");
    }
}
