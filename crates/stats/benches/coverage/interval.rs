//! From a simulated study to the intervals of its effect, by the library under test.

use whatworks_stats::distributions::students_t_quantile;
use whatworks_stats::instrument::{
    InstrumentSample, InstrumentTerm, VarianceChoice, two_stage_least_squares,
};
use whatworks_stats::regression::{Sample, Term, Variance, coefficient_tests, covariance, fit};

/// One simulated study as columns; the effect is the coefficient of column 0.
pub(crate) struct Study {
    pub(crate) y: Vec<f64>,
    pub(crate) columns: Vec<Vec<f64>>,
    /// What moves column 0, when it is a take-up.
    pub(crate) instrument: Option<Vec<f64>>,
    pub(crate) factors: Vec<Vec<u32>>,
    pub(crate) clusters: Vec<u32>,
}

/// An effect with its 95 % interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interval {
    pub(crate) estimate: f64,
    pub(crate) std_error: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

/// One interval a variance.
pub(crate) fn intervals(study: &Study, variances: &[Variance]) -> Result<Vec<Interval>, String> {
    let columns: Vec<&[f64]> = study.columns.iter().map(Vec::as_slice).collect();
    let factors: Vec<&[u32]> = study.factors.iter().map(Vec::as_slice).collect();
    let clusters = [study.clusters.as_slice()];
    let choice = |variance: &Variance| &clusters[..variance.cluster_dimensions()];
    let intercept = factors.is_empty();
    if let Some(instrument) = &study.instrument {
        let sample = InstrumentSample {
            y: &study.y,
            endogenous: &columns[..1],
            exogenous: &columns[1..],
            instruments: &[instrument],
            intercept,
            weights: None,
            factors: &factors,
        };
        let choices: Vec<VarianceChoice> = variances
            .iter()
            .map(|variance| VarianceChoice { variance: *variance, clusters: choice(variance) })
            .collect();
        let found = two_stage_least_squares(&sample, &choices, 0.95).map_err(|error| error.to_string())?;
        let at = found.position(InstrumentTerm::Endogenous(0)).ok_or("the take-up was dropped")?;
        return Ok(found
            .covariances
            .iter()
            .map(|covariance| {
                let (estimate, error) = (found.fit.coefficients[at], covariance.standard_errors()[at]);
                let half = students_t_quantile(0.975, covariance.df[at]) * error;
                Interval { estimate, std_error: error, low: estimate - half, high: estimate + half }
            })
            .collect());
    }
    let sample = Sample { y: &study.y, x: &columns, intercept, weights: None, factors: &factors };
    let fitted = fit(&sample).map_err(|error| error.to_string())?;
    let at = fitted.fit.position(Term::Column(0)).ok_or("the effect was dropped")?;
    variances
        .iter()
        .map(|variance| {
            let found =
                covariance(&fitted, *variance, choice(variance)).map_err(|error| error.to_string())?;
            let tests = coefficient_tests(&fitted.fit, &found, 0.95).map_err(|error| error.to_string())?;
            let test = tests.get(at).ok_or("no test of the effect")?;
            Ok(Interval {
                estimate: test.estimate,
                std_error: test.std_error,
                low: test.low,
                high: test.high,
            })
        })
        .collect()
}
