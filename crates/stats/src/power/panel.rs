//! Variance of an effect from several rounds of measurement, relative to one round after treatment.
//!
//! Over rounds t the outcome of a unit has variance 1 and correlation r(s, t). With ȳ₁ the mean of the
//! rounds after treatment and ȳ₀ of those before, the factor is var(ȳ₁) for a comparison after treatment,
//! var(ȳ₁ − ȳ₀) for difference-in-differences, and var(ȳ₁) − cov(ȳ₁, ȳ₀)²/var(ȳ₀) for analysis of
//! covariance on the baseline mean (Frison and Pocock 1992, Statistics in Medicine 11; McKenzie 2012, Journal
//! of Development Economics 99). Correlations that fall with distance in time matter for
//! difference-in-differences (Burlig, Preonas and Woerman 2020, Journal of Development Economics 144).

use super::PowerError;

/// How one unit's outcomes in two rounds are correlated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Correlation {
    /// The same between any two rounds: 0 for a fresh cross-section each round.
    Constant(f64),
    /// ρ to the power of the distance in rounds (first-order autoregression), the last round before treatment
    /// one step from the first after.
    Autoregressive(f64),
}

impl Correlation {
    fn between(self, s: usize, t: usize) -> f64 {
        match self {
            _ if s == t => 1.0,
            Self::Constant(rho) => rho,
            Self::Autoregressive(rho) => rho.powi(i32::try_from(s.abs_diff(t)).unwrap_or(i32::MAX)),
        }
    }

    fn check(self) -> Result<(), PowerError> {
        let (Self::Constant(rho) | Self::Autoregressive(rho)) = self;
        if (0.0..=1.0).contains(&rho) {
            return Ok(());
        }
        Err(PowerError::OutOfRange { what: "autocorrelation", value: rho, range: "between 0 and 1" })
    }
}

/// How rounds before treatment are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelEstimator {
    /// Not at all.
    After,
    /// Subtracted.
    DifferenceInDifferences,
    /// As a covariate.
    AnalysisOfCovariance,
}

/// Rounds of measurement. The cluster part and the individual part of the variance may be correlated over
/// time differently: a fresh cross-section of the same clusters has individual correlation 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Rounds before treatment.
    pub before: usize,
    /// Rounds after treatment, at least 1.
    pub after: usize,
    /// How the rounds before are used.
    pub estimator: PanelEstimator,
    /// Over time, of the cluster means; not used for individual assignment.
    pub cluster: Correlation,
    /// Over time, of individuals (within their cluster, if there are clusters).
    pub individual: Correlation,
}

/// Rounds for which the double sum stays small.
const MOST_ROUNDS: usize = 2_000;

impl Panel {
    pub(crate) fn check(&self) -> Result<(), PowerError> {
        let need_before = usize::from(self.estimator != PanelEstimator::After);
        for (what, value, least, range) in [
            ("rounds after treatment", self.after, 1, "between 1 and 2000"),
            ("rounds before treatment", self.before, need_before, "between 1 (0 when not used) and 2000"),
        ] {
            if value < least || value > MOST_ROUNDS {
                return Err(PowerError::OutOfRange { what, value: value as f64, range });
            }
        }
        self.cluster.check()?;
        self.individual.check()
    }

    /// Variance relative to a single round after treatment.
    pub(crate) fn factor(&self, correlation: Correlation) -> f64 {
        let before = 0..self.before;
        let after = self.before..self.before + self.after;
        let covariance = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| {
            let sum: f64 = a.clone().flat_map(|s| b.clone().map(move |t| correlation.between(s, t))).sum();
            sum / (a.len() * b.len()) as f64
        };
        let var_after = covariance(&after, &after);
        match self.estimator {
            PanelEstimator::After => var_after,
            PanelEstimator::DifferenceInDifferences => {
                var_after + covariance(&before, &before) - 2.0 * covariance(&before, &after)
            }
            PanelEstimator::AnalysisOfCovariance => {
                let cross = covariance(&before, &after);
                var_after - cross * cross / covariance(&before, &before)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// McKenzie (2012), equations 1–3, equal correlation 0.3, two rounds before and three after.
    #[test]
    fn closed_forms_of_equal_correlation() {
        let (m, r, rho) = (2.0, 3.0, 0.3);
        for (estimator, expected) in [
            (PanelEstimator::After, (1.0 + (r - 1.0) * rho) / r),
            (PanelEstimator::DifferenceInDifferences, (1.0 - rho) * (1.0 / r + 1.0 / m)),
            (
                PanelEstimator::AnalysisOfCovariance,
                (1.0 + (r - 1.0) * rho) / r - m * rho * rho / (1.0 + (m - 1.0) * rho),
            ),
        ] {
            let correlation = Correlation::Constant(rho);
            let panel =
                Panel { before: 2, after: 3, estimator, cluster: correlation, individual: correlation };
            assert!((panel.factor(correlation) - expected).abs() < 1e-14);
        }
    }

    /// One round each side: 2(1 − ρ) and 1 − ρ².
    #[test]
    fn one_round_each_side() {
        let correlation = Correlation::Autoregressive(0.6);
        let panel = |estimator| Panel {
            before: 1,
            after: 1,
            estimator,
            cluster: correlation,
            individual: correlation,
        };
        let difference = panel(PanelEstimator::DifferenceInDifferences).factor(correlation);
        let covariance = panel(PanelEstimator::AnalysisOfCovariance).factor(correlation);
        assert!((difference - 0.8).abs() < 1e-15 && (covariance - 0.64).abs() < 1e-15);
    }
}
