//! The one place that calls the regressions: columns in, one coefficient per column out, in the plan's words.

use whatworks_domain::study::{Notice, Variance as Planned};
use whatworks_stats::bootstrap::WildProblem;
use whatworks_stats::distributions::f_sf;
use whatworks_stats::instrument::{
    InstrumentSample, InstrumentTerm, VarianceChoice, two_stage_least_squares,
};
use whatworks_stats::regression::{
    Covariance, Fit, GroupedDesign, GroupedFit, GroupedSums, RegressionError, Sample, Term, Variance,
    coefficient_tests, covariance, covariance_grouped, fit_grouped,
};

/// Columns of one regression; a constant is added unless factors are absorbed.
pub(super) struct Equation {
    pub(super) y: Vec<f64>,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) weights: Option<Vec<f64>>,
    pub(super) factors: Vec<Vec<u32>>,
    pub(super) clusters: Option<Vec<u32>>,
}

/// One coefficient with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Coefficient {
    pub(super) estimate: f64,
    pub(super) std_error: f64,
    pub(super) df: f64,
    pub(super) p_value: f64,
    pub(super) ci_low: f64,
    pub(super) ci_high: f64,
}

/// A fitted equation.
pub(super) struct Fitted {
    /// One per column; `None` for a column that others determine.
    pub(super) terms: Vec<Option<Coefficient>>,
    /// Columns that others determine.
    pub(super) dropped: Vec<usize>,
    pub(super) parameters: usize,
    matrix: Vec<Vec<f64>>,
    residual_df: f64,
}

/// An F test of several coefficients.
pub(super) struct WaldTest {
    pub(super) f: f64,
    pub(super) df1: f64,
    pub(super) df2: f64,
    pub(super) p_value: f64,
}

/// A sample borrowed from an equation.
pub(super) fn with_sample<T>(equation: &Equation, work: impl FnOnce(&Sample<'_>) -> T) -> T {
    let columns: Vec<&[f64]> = equation.columns.iter().map(Vec::as_slice).collect();
    let factors: Vec<&[u32]> = equation.factors.iter().map(Vec::as_slice).collect();
    work(&Sample {
        y: &equation.y,
        x: &columns,
        intercept: equation.factors.is_empty(),
        weights: equation.weights.as_deref(),
        factors: &factors,
    })
}

/// Ordinary or weighted least squares.
///
/// # Errors
/// Why it cannot be fitted, for a person.
pub(super) fn fit(equation: &Equation, variance: Planned) -> Result<Fitted, String> {
    with_sample(equation, |sample| {
        let fitted = whatworks_stats::regression::fit(sample).map_err(|error| error.to_string())?;
        let (variance, clusters) = planned_variance(equation, variance);
        let found = covariance(&fitted, variance, &clusters).map_err(|error| error.to_string())?;
        collect(&fitted.fit, &found, equation.columns.len(), |column| {
            fitted.fit.position(Term::Column(column))
        })
    })
}

/// An instrumented sample borrowed from an equation, whose column 0 is what the instrument moves.
pub(super) fn with_instrument<T>(
    equation: &Equation,
    instrument: &[f64],
    work: impl FnOnce(&InstrumentSample<'_>) -> T,
) -> T {
    with_sample(equation, |sample| {
        let (endogenous, exogenous) = sample.x.split_at(sample.x.len().min(1));
        work(&InstrumentSample {
            y: sample.y,
            endogenous,
            exogenous,
            instruments: &[instrument],
            intercept: sample.intercept,
            weights: sample.weights,
            factors: sample.factors,
        })
    })
}

/// Two-stage least squares: column 0 is what the instrument moves, the others stand for themselves.
///
/// # Errors
/// Why it cannot be fitted, for a person.
pub(super) fn instrumented(
    equation: &Equation,
    instrument: &[f64],
    variance: Planned,
) -> Result<Fitted, String> {
    let (variance, clusters) = planned_variance(equation, variance);
    let found = with_instrument(equation, instrument, |sample| {
        two_stage_least_squares(sample, &[VarianceChoice { variance, clusters: &clusters }], 0.95)
    })
    .map_err(|error| error.to_string())?;
    let covariance = found.covariances.first().ok_or("there is no variance")?;
    collect(&found.fit, covariance, equation.columns.len(), |column| {
        found.position(match column {
            0 => InstrumentTerm::Endogenous(0),
            other => InstrumentTerm::Exogenous(other - 1),
        })
    })
}

/// The variance in the regressions' words, with the clusters it needs.
pub(super) fn planned_variance(equation: &Equation, variance: Planned) -> (Variance, Vec<&[u32]>) {
    let variance = named(variance);
    let wanted = variance.cluster_dimensions();
    (variance, equation.clusters.iter().take(wanted).map(Vec::as_slice).collect())
}

fn named(variance: Planned) -> Variance {
    match variance {
        Planned::Iid => Variance::Iid,
        Planned::HC0 => Variance::Hc0,
        Planned::HC1 => Variance::Hc1,
        Planned::HC2 => Variance::Hc2,
        Planned::HC3 => Variance::Hc3,
        Planned::CR0 => Variance::Cr0,
        Planned::CR1 => Variance::Cr1,
        Planned::CR1S => Variance::Cr1s,
        Planned::CR2 => Variance::Cr2,
    }
}

/// Why there is no estimate from sums.
pub(super) enum SumsFault {
    /// The rows have to be in memory for it.
    NeedsRows(String),
    /// Nor would there be one from rows.
    Refused(Notice),
}

/// A regression from sums whose column 0 is the outcome; the others stand for themselves.
pub(super) struct SumsFit {
    fit: GroupedFit,
}

impl SumsFit {
    /// # Errors
    /// Why it cannot be fitted, for a person.
    pub(super) fn new(sums: &GroupedSums, intercept: bool) -> Result<Self, String> {
        let regressors: Vec<usize> = (1..sums.columns()).collect();
        let design = GroupedDesign { outcome: 0, regressors: &regressors, intercept };
        fit_grouped(sums, &design).map(|fit| Self { fit }).map_err(|error| error.to_string())
    }

    /// Levels of the absorbed factors that cross the clusters.
    pub(super) fn crossing_levels(&self) -> usize {
        let factors = self.fit.fit.factors.iter().zip(&self.fit.nested);
        factors.filter(|(_, nested)| !**nested).map(|(factor, _)| factor.levels).sum()
    }

    /// The coefficients with a variance, by column.
    ///
    /// # Errors
    /// [`SumsFault::NeedsRows`] for a variance that sums cannot give; else as `refused` makes of the reason.
    pub(super) fn fitted(
        &self,
        variance: Planned,
        columns: usize,
        refused: impl Fn(&str) -> SumsFault,
    ) -> Result<Fitted, SumsFault> {
        let found = covariance_grouped(&self.fit, named(variance)).map_err(|error| match error {
            RegressionError::Unavailable { .. } => SumsFault::NeedsRows(error.to_string()),
            other => refused(&other.to_string()),
        })?;
        collect(&self.fit.fit, &found, columns, |column| self.fit.fit.position(Term::Column(column)))
            .map_err(|why| refused(&why))
    }

    /// The regression reduced to its clusters, for the bootstrap of column 0.
    ///
    /// # Errors
    /// Why there is none, for a person.
    pub(super) fn wild_problem(&self) -> Result<WildProblem, String> {
        if self.crossing_levels() > 0 {
            return Err("an absorbed factor crosses the clusters, and the rows are not in memory".into());
        }
        let moments = self.fit.moments.as_ref().ok_or("there are fewer than two clusters")?;
        let errors = covariance_grouped(&self.fit, Variance::Cr1s).map_err(|error| error.to_string())?;
        WildProblem::new(&self.fit.fit, moments, Term::Column(0), errors.parameters)
            .map_err(|error| error.to_string())
    }
}

fn collect(
    fit: &Fit,
    found: &Covariance,
    columns: usize,
    place: impl Fn(usize) -> Option<usize>,
) -> Result<Fitted, String> {
    let tests = coefficient_tests(fit, found, 0.95).map_err(|error| error.to_string())?;
    let terms = (0..columns)
        .map(|column| {
            let test = tests.get(place(column)?)?;
            Some(Coefficient {
                estimate: test.estimate,
                std_error: test.std_error,
                df: test.df,
                p_value: test.p_value,
                ci_low: test.low,
                ci_high: test.high,
            })
        })
        .collect();
    let matrix = (0..columns)
        .map(|i| {
            (0..columns)
                .map(|j| match (place(i), place(j)) {
                    (Some(i), Some(j)) => found.matrix.get(i, j),
                    _ => f64::NAN,
                })
                .collect()
        })
        .collect();
    let residual_df = match found.clusters.first() {
        Some(clusters) => *clusters as f64 - 1.0,
        None => fit.residual_df() as f64,
    };
    Ok(Fitted {
        terms,
        dropped: (0..columns).filter(|column| place(*column).is_none()).collect(),
        parameters: fit.parameters(),
        matrix,
        residual_df,
    })
}

/// Whether the coefficients of some columns are all zero: F = b'V⁻¹b/q with (q, G − 1 or n − k) degrees of freedom.
/// `None` when none of the columns could be estimated or their variances are singular.
pub(super) fn wald(fitted: &Fitted, columns: &[usize]) -> Option<WaldTest> {
    let kept: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|column| fitted.terms.get(*column).is_some_and(Option::is_some))
        .collect();
    let b: Vec<f64> =
        kept.iter().filter_map(|column| fitted.terms[*column]).map(|term| term.estimate).collect();
    // Fewer clusters than restrictions leave the matrix singular.
    if b.is_empty() || fitted.residual_df < b.len() as f64 {
        return None;
    }
    let mut lower: Vec<Vec<f64>> = Vec::new();
    let mut solved: Vec<f64> = Vec::new();
    for (i, column) in kept.iter().enumerate() {
        let mut row: Vec<f64> = Vec::new();
        for j in 0..=i {
            let inner: f64 = if j < i {
                row.iter().zip(&lower[j]).map(|(a, b)| a * b).sum()
            } else {
                row.iter().map(|a| a * a).sum()
            };
            let value = fitted.matrix[*column][kept[j]] - inner;
            row.push(if j < i { value / lower[j][j] } else { value.sqrt() });
        }
        let scale = fitted.matrix[*column][*column].sqrt();
        if row[i].is_nan() || row[i] <= 1e-7 * scale {
            return None;
        }
        let inner: f64 = row.iter().zip(&solved).map(|(a, b)| a * b).sum();
        solved.push((b[i] - inner) / row[i]);
        lower.push(row);
    }
    let df1 = b.len() as f64;
    let f = solved.iter().map(|z| z * z).sum::<f64>() / df1;
    Some(WaldTest { f, df1, df2: fitted.residual_df, p_value: f_sf(f, df1, fitted.residual_df) })
}
