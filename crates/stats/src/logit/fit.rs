//! The penalised logit.
//!
//! Minimises −(1/n) Σ [y ln p + (1 − y) ln(1 − p)] + λ[(1 − α)/2 Σβ² + α Σ|β|] with ln p/(1 − p) = β₀ + Σ β_j z_j, where
//! z is the column less its mean over its standard deviation (divisor n), and β₀ is not penalised: the objective of
//! Friedman, Hastie and Tibshirani (2010, Journal of Statistical Software 33(1), glmnet). Each step minimises the
//! second-order expansion plus the penalty by cyclic coordinate descent on the sums of products, so a pass over the rows
//! is needed once a step and not once a coordinate; a step that does not lower the objective is halved. A missing value
//! (NaN) stands at the mean of its column. A column that does not vary has coefficient 0.

use super::{LogitError, logistic, same_length};

/// Steps at most.
const STEPS: usize = 100;
/// Rounds of coordinate descent at most, within a step.
const ROUNDS: usize = 100_000;
/// A step is the last when no coefficient moved by more.
const STILL: f64 = 1e-10;
/// The same where fits are only compared: a loss then moves by less than its twelfth digit.
pub(super) const STILL_TO_COMPARE: f64 = 1e-6;

/// Strength and kind of the penalty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Penalty {
    /// λ, at least 0, on the scale of the mean log loss.
    pub lambda: f64,
    /// α: 0 for ridge, 1 for lasso.
    pub mixing: f64,
}

/// Rows of a logit.
#[derive(Debug, Clone, Copy)]
pub struct LogitRows<'a> {
    /// Row after row, each `columns` long; NaN where missing.
    pub x: &'a [f64],
    /// Columns.
    pub columns: usize,
    /// Whether the event happened, one a row.
    pub happened: &'a [bool],
}

impl<'a> LogitRows<'a> {
    pub(super) fn row(&self, row: usize) -> &'a [f64] {
        &self.x[row * self.columns..(row + 1) * self.columns]
    }

    pub(super) fn check(&self) -> Result<(), LogitError> {
        same_length("values", self.x.len(), self.happened.len() * self.columns)?;
        if let Some(at) = self.x.iter().position(|value| value.is_infinite()) {
            return Err(LogitError::Infinite { row: at / self.columns, column: at % self.columns });
        }
        let events = self.happened.iter().filter(|yes| **yes).count();
        if events == 0 || events == self.happened.len() {
            return Err(LogitError::OneOutcome(self.happened.len()));
        }
        Ok(())
    }
}

/// A fitted logit.
#[derive(Debug, Clone, PartialEq)]
pub struct Logit {
    /// β₀: the log-odds of a row that is at the mean of every column.
    pub intercept: f64,
    /// β: change of the log-odds per standard deviation, one a column.
    pub coefficients: Vec<f64>,
    /// Means of the columns, missing values left out.
    pub means: Vec<f64>,
    /// Standard deviations of the columns; 0 for one that does not vary.
    pub scales: Vec<f64>,
    /// The penalty.
    pub penalty: Penalty,
    /// Steps taken.
    pub steps: usize,
    /// Whether the last step was still.
    pub converged: bool,
}

impl Logit {
    /// What each column adds to the log-odds of a row, against a row at the mean of it.
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        row.iter().enumerate().map(|(j, value)| self.coefficients[j] * self.standard(j, *value)).collect()
    }

    /// The log-odds of a row.
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        self.intercept
            + row
                .iter()
                .enumerate()
                .map(|(j, value)| self.coefficients[j] * self.standard(j, *value))
                .sum::<f64>()
    }

    /// The probability of a row.
    pub fn probability(&self, row: &[f64]) -> f64 {
        logistic(self.log_odds(row))
    }

    fn standard(&self, column: usize, value: f64) -> f64 {
        standard(value, self.means[column], self.scales[column])
    }
}

fn standard(value: f64, mean: f64, scale: f64) -> f64 {
    if scale > 0.0 && !value.is_nan() { (value - mean) / scale } else { 0.0 }
}

/// Fits a logit.
///
/// # Errors
/// Slices of different lengths, infinite values, outcomes that are all alike, a penalty outside its range.
pub fn fit_logit(rows: &LogitRows, penalty: Penalty) -> Result<Logit, LogitError> {
    rows.check()?;
    check_penalty(penalty)?;
    Ok(Prepared::new(rows).fit(penalty, None, STILL))
}

pub(super) fn check_penalty(penalty: Penalty) -> Result<(), LogitError> {
    if !(penalty.lambda >= 0.0 && penalty.lambda.is_finite()) {
        return Err(LogitError::Setting("the penalty is a number of at least 0"));
    }
    if !(0.0..=1.0).contains(&penalty.mixing) {
        return Err(LogitError::Setting("the mixing of the penalty is between 0 and 1"));
    }
    Ok(())
}

/// Standardised rows, ready for any number of penalties.
pub(super) struct Prepared {
    /// Row after row.
    z: Vec<f64>,
    y: Vec<f64>,
    means: Vec<f64>,
    scales: Vec<f64>,
}

/// Gradient and curvature of the mean log-likelihood at one place; the intercept comes first.
struct Expansion {
    loss: f64,
    gradient: Vec<f64>,
    /// Row-major, symmetric.
    curvature: Vec<f64>,
}

impl Prepared {
    /// Checked rows only.
    pub(super) fn new(rows: &LogitRows) -> Self {
        let columns = rows.columns;
        let (mut sums, mut counts) = (vec![0.0; columns], vec![0.0; columns]);
        let each = || rows.x.chunks_exact(columns.max(1));
        for row in each() {
            for (j, value) in row.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                sums[j] += value;
                counts[j] += 1.0;
            }
        }
        let means: Vec<f64> =
            sums.iter().zip(&counts).map(|(sum, n)| if *n > 0.0 { sum / n } else { 0.0 }).collect();
        let mut squares = vec![0.0; columns];
        for row in each() {
            for (j, value) in row.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
                squares[j] += (value - means[j]) * (value - means[j]);
            }
        }
        // Over all rows, those at the mean for want of a value included, so that z has a mean square of 1.
        let n = rows.happened.len() as f64;
        let scales: Vec<f64> = squares
            .iter()
            .zip(&means)
            .map(|(square, mean)| {
                let scale = (square / n).sqrt();
                // What is left of a constant column after rounding is no variation.
                if scale > 1e-12 * mean.abs() { scale } else { 0.0 }
            })
            .collect();
        let z = each()
            .flat_map(|row| row.iter().zip(means.iter().zip(&scales)))
            .map(|(value, (mean, scale))| standard(*value, *mean, *scale))
            .collect();
        let y = rows.happened.iter().map(|yes| f64::from(u8::from(*yes))).collect();
        Self { z, y, means, scales }
    }

    fn columns(&self) -> usize {
        self.means.len()
    }

    /// Fits until no coefficient moves by more than `still`, from another fit's coefficients when they are given.
    pub(super) fn fit(&self, penalty: Penalty, from: Option<&Logit>, still: f64) -> Logit {
        let share = self.y.iter().sum::<f64>() / self.y.len() as f64;
        let mut beta = vec![0.0; self.columns() + 1];
        match from {
            Some(from) => {
                beta[0] = from.intercept;
                beta[1..].copy_from_slice(&from.coefficients);
            }
            None => beta[0] = (share / (1.0 - share)).ln(),
        }
        let mut here = self.expand(&beta);
        let (mut steps, mut converged) = (0, false);
        while steps < STEPS && !converged {
            steps += 1;
            let objective = here.loss + penalty.of(&beta);
            let wanted = minimise_expansion(&here, &beta, penalty);
            let mut share_of_step = 1.0;
            let mut next = wanted.clone();
            let mut there = self.expand(&next);
            // A minimum is reached when halving no longer helps: rounding then hides what is left.
            while there.loss + penalty.of(&next) > objective + 1e-14 * objective.abs() && share_of_step > 1e-6
            {
                share_of_step /= 2.0;
                for (value, (old, full)) in next.iter_mut().zip(beta.iter().zip(&wanted)) {
                    *value = old + share_of_step * (full - old);
                }
                there = self.expand(&next);
            }
            converged =
                next.iter().zip(&beta).all(|(new, old)| (new - old).abs() <= still * (1.0 + old.abs()));
            (beta, here) = (next, there);
        }
        Logit {
            intercept: beta[0],
            coefficients: beta[1..].to_vec(),
            means: self.means.clone(),
            scales: self.scales.clone(),
            penalty,
            steps,
            converged,
        }
    }

    fn expand(&self, beta: &[f64]) -> Expansion {
        let columns = self.columns();
        let order = columns + 1;
        let mut gradient = vec![0.0; order];
        let mut curvature = vec![0.0; order * order];
        let mut loss = 0.0;
        let n = self.y.len() as f64;
        let empty: [f64; 0] = [];
        for (row, y) in self.y.iter().enumerate() {
            let z = if columns > 0 { &self.z[row * columns..(row + 1) * columns] } else { &empty };
            let eta = beta[0] + beta[1..].iter().zip(z).map(|(b, z)| b * z).sum::<f64>();
            let p = logistic(eta);
            // −ln of the probability of what happened: ln(1 + e^∓η).
            let signed = if *y > 0.5 { -eta } else { eta };
            loss += if signed > 0.0 { signed + (-signed).exp().ln_1p() } else { signed.exp().ln_1p() };
            let (residual, weight) = (y - p, p * (1.0 - p));
            gradient[0] += residual;
            curvature[0] += weight;
            for (j, zj) in z.iter().enumerate() {
                gradient[j + 1] += residual * zj;
                let scaled = weight * zj;
                let line = &mut curvature[(j + 1) * order..(j + 1) * order + j + 2];
                line[0] += scaled;
                for (sum, other) in line[1..].iter_mut().zip(z) {
                    *sum += scaled * other;
                }
            }
        }
        for i in 0..order {
            gradient[i] /= n;
            for j in 0..=i {
                curvature[i * order + j] /= n;
                curvature[j * order + i] = curvature[i * order + j];
            }
        }
        Expansion { loss: loss / n, gradient, curvature }
    }
}

impl Penalty {
    /// The penalty of coefficients; the first is the intercept.
    fn of(self, beta: &[f64]) -> f64 {
        let (mut absolute, mut square) = (0.0, 0.0);
        for b in &beta[1..] {
            absolute += b.abs();
            square += b * b;
        }
        self.lambda * ((1.0 - self.mixing) / 2.0 * square + self.mixing * absolute)
    }
}

/// Where the second-order expansion at `beta` plus the penalty is least, by cyclic coordinate descent.
fn minimise_expansion(expansion: &Expansion, beta: &[f64], penalty: Penalty) -> Vec<f64> {
    let order = beta.len();
    let mut at = beta.to_vec();
    // Gradient of the quadratic at `at`.
    let mut slope = expansion.gradient.clone();
    let (shrink, cut) = (penalty.lambda * (1.0 - penalty.mixing), penalty.lambda * penalty.mixing);
    for _ in 0..ROUNDS {
        let mut moved = 0.0;
        for j in 0..order {
            let row = &expansion.curvature[j * order..(j + 1) * order];
            let own = row[j];
            if own <= 0.0 {
                continue;
            }
            let pull = slope[j] + own * at[j];
            let new = if j == 0 {
                pull / own
            } else if pull > cut {
                (pull - cut) / (own + shrink)
            } else if pull < -cut {
                (pull + cut) / (own + shrink)
            } else {
                0.0
            };
            let change = new - at[j];
            if change != 0.0 {
                for (value, entry) in slope.iter_mut().zip(row) {
                    *value -= change * entry;
                }
                at[j] = new;
                let size = change.abs() / (1.0 + new.abs());
                moved = if size > moved { size } else { moved };
            }
        }
        if moved <= STILL / 100.0 {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::digit;
    use super::*;

    fn rows() -> (Vec<f64>, Vec<bool>) {
        let mut x = Vec::new();
        let mut happened = Vec::new();
        for row in 0..300 {
            let (a, b) = (digit(row, 0), digit(row, 1));
            x.extend([a, b, 100.0 * a + 20.0 * digit(row, 3), 7.0]);
            happened.push(digit(row, 4) < 0.2 + 0.5 * a - 0.1 * b);
        }
        (x, happened)
    }

    /// The gradient of the mean log loss with respect to a standardised coefficient.
    fn gradient(rows: &LogitRows, logit: &Logit, j: usize) -> f64 {
        let n = rows.happened.len();
        let each = (0..n).map(|row| {
            let x = rows.row(row);
            let residual = f64::from(u8::from(rows.happened[row])) - logit.probability(x);
            residual * if logit.scales[j] > 0.0 { (x[j] - logit.means[j]) / logit.scales[j] } else { 0.0 }
        });
        -each.sum::<f64>() / n as f64
    }

    #[test]
    fn the_conditions_of_a_minimum_hold() {
        let (x, happened) = rows();
        let rows = LogitRows { x: &x, columns: 4, happened: &happened };
        for (lambda, mixing) in [(0.0, 0.0), (0.01, 0.0), (0.5, 0.0), (0.01, 1.0), (0.03, 0.5), (9.0, 1.0)] {
            let logit = fit_logit(&rows, Penalty { lambda, mixing }).unwrap();
            assert!(logit.converged, "{lambda} {mixing}");
            for (j, b) in logit.coefficients.iter().enumerate() {
                let slope = gradient(&rows, &logit, j) + lambda * (1.0 - mixing) * b;
                if *b == 0.0 {
                    assert!(slope.abs() <= lambda * mixing + 1e-9, "{lambda} {mixing} {j}");
                } else {
                    assert!(
                        (slope + lambda * mixing * b.signum()).abs() < 1e-9,
                        "{lambda} {mixing} {j}: {slope}"
                    );
                }
            }
            assert_eq!(logit.coefficients[3], 0.0);
        }
        let none = fit_logit(&rows, Penalty { lambda: 9.0, mixing: 1.0 }).unwrap();
        assert_eq!(none.coefficients, [0.0; 4]);
    }

    #[test]
    fn contributions_add_up_and_missing_stands_at_the_mean() {
        let (x, happened) = rows();
        let logit = fit_logit(
            &LogitRows { x: &x, columns: 4, happened: &happened },
            Penalty { lambda: 0.01, mixing: 0.0 },
        )
        .unwrap();
        let row = [0.3, 0.9, 40.0, 7.0];
        let sum: f64 = logit.contributions(&row).iter().sum();
        assert!((logit.intercept + sum - logit.log_odds(&row)).abs() < 1e-14);
        assert_eq!(logit.contributions(&[f64::NAN; 4]), [0.0; 4]);
        assert_eq!(logit.log_odds(&[f64::NAN; 4]), logit.intercept);
    }

    #[test]
    fn separated_outcomes_stay_finite_under_a_penalty() {
        let x: Vec<f64> = (0..40).map(f64::from).collect();
        let happened: Vec<bool> = (0..40).map(|row| row >= 20).collect();
        let rows = LogitRows { x: &x, columns: 1, happened: &happened };
        let logit = fit_logit(&rows, Penalty { lambda: 1e-3, mixing: 0.0 }).unwrap();
        assert!(logit.converged && logit.coefficients[0] > 0.0 && logit.coefficients[0].is_finite());
        // Without one the coefficient grows for ever; the fit says that it did not settle, or stops at a huge one.
        let free = fit_logit(&rows, Penalty { lambda: 0.0, mixing: 0.0 }).unwrap();
        assert!(free.coefficients[0].is_finite());
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let ridge = Penalty { lambda: 0.1, mixing: 0.0 };
        let with = |x: &[f64], happened: &[bool], penalty| {
            fit_logit(&LogitRows { x, columns: 1, happened }, penalty).map(|_| ())
        };
        assert_eq!(with(&[1.0, 2.0], &[true, true], ridge), Err(LogitError::OneOutcome(2)));
        assert!(matches!(with(&[1.0], &[true, false], ridge), Err(LogitError::Length { .. })));
        let infinite = with(&[1.0, f64::INFINITY], &[true, false], ridge);
        assert_eq!(infinite, Err(LogitError::Infinite { row: 1, column: 0 }));
        for penalty in [Penalty { lambda: -1.0, mixing: 0.0 }, Penalty { lambda: 1.0, mixing: 1.1 }] {
            assert!(matches!(with(&[1.0, 2.0], &[true, false], penalty), Err(LogitError::Setting(_))));
        }
    }
}
