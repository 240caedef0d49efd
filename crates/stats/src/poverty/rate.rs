//! The poverty rate of a group, its error and its change.
//!
//! p̂ = Σw·L/Σw, corrected p̂ − bias. σ = α·√(p̂(1 − p̂)/n)·φ·√deff, φ = √((N − n)/(N − 1)) for n of N households, deff the
//! design effect of the likelihoods where the sample was clustered or weighted, 1 otherwise. Change between two samples:
//! σ² = σ₁² + σ₂², which for equal n and p̂ is the α·√(2p̂(1 − p̂)/n)·φ of Schreiner. Change of the same households:
//! σ = α·√((p₁₂(1 − p₁₂) + p₂₁(1 − p₂₁) + 2p₁₂p₂₁)/n)·φ, where p₁₂ is the share that left poverty and p₂₁ the share that
//! fell into it. A scorecard does not see either; here p₁₂ is the mean of L₁(1 − L₂), as if both states were independent
//! given both scores, which makes the error rather too wide than too narrow.

use super::PovertyError;

/// How well a scorecard measured its line in the survey behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineAccuracy {
    /// Mean error of the rate, as a share: what the uncorrected rate is too high by.
    pub bias: f64,
    /// Precision factor α.
    pub alpha: f64,
}

/// The rate of a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupRate {
    /// Households.
    pub n: usize,
    /// Mean likelihood.
    pub rate: f64,
    /// The same less the bias.
    pub corrected: f64,
    /// Standard error of either.
    pub std_error: f64,
}

impl GroupRate {
    /// Interval of the corrected rate for a normal quantile (1.64 for 90 %), kept within 0 and 1.
    pub fn interval(&self, z: f64) -> (f64, f64) {
        let half = z * self.std_error;
        ((self.corrected - half).clamp(0.0, 1.0), (self.corrected + half).clamp(0.0, 1.0))
    }
}

/// A change of the rate, later less earlier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The change; the biases cancel when both come from one scorecard.
    pub change: f64,
    /// Its standard error.
    pub std_error: f64,
}

/// φ: what of an error is left when n of N households were asked; 1 without N.
///
/// # Errors
/// [`PovertyError::Population`].
pub fn finite_population(n: usize, population: Option<f64>) -> Result<f64, PovertyError> {
    match population {
        None => Ok(1.0),
        Some(population) if population >= n as f64 && population > 1.0 => {
            Ok(((population - n as f64) / (population - 1.0)).sqrt())
        }
        Some(population) => Err(PovertyError::Population { population, n }),
    }
}

/// The rate of households with these likelihoods (0 to 1) and weights (none: all alike). `design_effect` is that of the
/// likelihoods, 1 for a simple random sample.
///
/// # Errors
/// [`PovertyError::Nobody`]; [`PovertyError::Likelihood`]; [`PovertyError::Length`]; [`PovertyError::Population`].
pub fn group_rate(
    likelihoods: &[f64],
    weights: Option<&[f64]>,
    accuracy: LineAccuracy,
    population: Option<f64>,
    design_effect: f64,
) -> Result<GroupRate, PovertyError> {
    check(likelihoods)?;
    let n = likelihoods.len();
    if let Some(weights) = weights.filter(|weights| weights.len() != n) {
        return Err(PovertyError::Length { have: weights.len(), need: n });
    }
    let weight = |row: usize| weights.map_or(1.0, |weights| weights[row]);
    let all: f64 = (0..n).map(weight).sum();
    if all <= 0.0 {
        return Err(PovertyError::Nobody);
    }
    let rate = likelihoods.iter().enumerate().map(|(row, one)| weight(row) * one).sum::<f64>() / all;
    let phi = finite_population(n, population)?;
    let std_error = accuracy.alpha * (rate * (1.0 - rate) / n as f64).sqrt() * phi * design_effect.sqrt();
    Ok(GroupRate { n, rate, corrected: rate - accuracy.bias, std_error })
}

fn check(likelihoods: &[f64]) -> Result<(), PovertyError> {
    if likelihoods.is_empty() {
        return Err(PovertyError::Nobody);
    }
    let odd = likelihoods.iter().position(|one| !(0.0..=1.0).contains(one));
    odd.map_or(Ok(()), |row| Err(PovertyError::Likelihood { row }))
}

/// The change between two samples of different households, scored with one scorecard.
pub fn change_between_samples(earlier: &GroupRate, later: &GroupRate) -> Change {
    Change { change: later.rate - earlier.rate, std_error: earlier.std_error.hypot(later.std_error) }
}

/// The change of the same households, their likelihoods in the same order.
///
/// # Errors
/// As [`group_rate`].
pub fn change_of_same(
    earlier: &[f64],
    later: &[f64],
    alpha: f64,
    population: Option<f64>,
) -> Result<Change, PovertyError> {
    check(earlier)?;
    check(later)?;
    if earlier.len() != later.len() {
        return Err(PovertyError::Length { have: later.len(), need: earlier.len() });
    }
    let n = earlier.len() as f64;
    let mean = |of: &dyn Fn(f64, f64) -> f64| {
        earlier.iter().zip(later).map(|(one, two)| of(*one, *two)).sum::<f64>() / n
    };
    let (left, fell) = (mean(&|one, two| one * (1.0 - two)), mean(&|one, two| (1.0 - one) * two));
    let spread = left * (1.0 - left) + fell * (1.0 - fell) + 2.0 * left * fell;
    let phi = finite_population(earlier.len(), population)?;
    Ok(Change { change: mean(&|one, two| two - one), std_error: alpha * (spread / n).sqrt() * phi })
}
