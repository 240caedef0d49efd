//! An experiment's rows, reduced to sums by unit.

use std::collections::BTreeMap;

use super::RandomisationError;
use super::assignments::Stratum;
use crate::bootstrap::Shifted;
use crate::regression::{RegressionError, Sample, fit};

/// Rows of an experiment; all columns have the length of `y`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Experiment<'a> {
    /// The outcome.
    pub y: &'a [f64],
    /// Whether the row's unit was treated.
    pub treated: &'a [bool],
    /// The unit that was assigned: client or cluster. Any codes.
    pub units: &'a [u32],
    /// The stratum within which units were assigned; none: one stratum.
    pub strata: Option<&'a [u32]>,
    /// Covariates from before the assignment.
    pub covariates: &'a [&'a [f64]],
    /// Analytic weights, as in [`Sample::weights`].
    pub weights: Option<&'a [f64]>,
}

/// Sums by unit of what strata and covariates leave of the columns.
pub(crate) struct Units {
    pub(crate) strata: Vec<Stratum>,
    /// Observed assignment, 1 for treated.
    pub(crate) observed: Vec<f64>,
    /// k, covariates that are left.
    order: usize,
    /// Stratum of each unit.
    home: Vec<usize>,
    /// Σ w.
    weight: Vec<f64>,
    /// Σ w ỹ and Σ w D̃, the outcome and the observed assignment less strata and covariates.
    outcome: Vec<f64>,
    assigned: Vec<f64>,
    /// Σ w x̃, Σ w x̃ỹ, Σ w x̃D̃: k a unit.
    x: Vec<f64>,
    x_outcome: Vec<f64>,
    x_assigned: Vec<f64>,
    /// Σ w x̃x̃ᵀ: k × k a unit.
    xx: Vec<f64>,
    /// (Σ w x̃x̃ᵀ)⁻¹ over all units.
    bread: Vec<f64>,
}

/// Adds with the rounding error kept (Neumaier 1974), so that the order of the rows does not show.
#[derive(Clone, Copy, Default)]
struct Compensated {
    sum: f64,
    error: f64,
}

impl Compensated {
    fn add(&mut self, value: f64) {
        let total = self.sum + value;
        self.error += if self.sum.abs() >= value.abs() {
            (self.sum - total) + value
        } else {
            (value - total) + self.sum
        };
        self.sum = total;
    }

    fn value(self) -> f64 {
        self.sum + self.error
    }
}

/// Sums of a product of columns by unit.
fn sums(codes: &[usize], count: usize, value: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut out = vec![Compensated::default(); count];
    for (row, unit) in codes.iter().enumerate() {
        out[*unit].add(value(row));
    }
    out.into_iter().map(Compensated::value).collect()
}

/// Columns of sums, interleaved: entry g·k + j.
fn interleave(columns: &[Vec<f64>], count: usize) -> Vec<f64> {
    (0..count).flat_map(|g| columns.iter().map(move |column| column[g])).collect()
}

impl Units {
    pub(crate) fn new(experiment: &Experiment) -> Result<Self, RandomisationError> {
        let need = experiment.y.len();
        for (what, have) in [
            ("the treatment", experiment.treated.len()),
            ("the units", experiment.units.len()),
            ("the strata", experiment.strata.map_or(need, <[u32]>::len)),
        ] {
            if have != need {
                return Err(RegressionError::LengthMismatch { what, have, need }.into());
            }
        }
        let stratum_of = |row: usize| experiment.strata.map_or(0, |strata| strata[row]);
        let mut known: BTreeMap<u32, (bool, u32)> = BTreeMap::new();
        for (row, (unit, treated)) in experiment.units.iter().zip(experiment.treated).enumerate() {
            let (arm, stratum) = *known.entry(*unit).or_insert((*treated, stratum_of(row)));
            if arm != *treated {
                return Err(RandomisationError::UnitInTwoArms(*unit));
            }
            if stratum != stratum_of(row) {
                return Err(RandomisationError::UnitInTwoStrata(*unit));
            }
        }
        let number: BTreeMap<u32, usize> = known.keys().enumerate().map(|(i, unit)| (*unit, i)).collect();
        let codes: Vec<usize> = experiment.units.iter().map(|unit| number[unit]).collect();
        let mut by_stratum: BTreeMap<u32, Stratum> = BTreeMap::new();
        for (i, (treated, stratum)) in known.values().enumerate() {
            let entry = by_stratum.entry(*stratum).or_insert(Stratum { units: Vec::new(), treated: 0 });
            entry.units.push(i);
            entry.treated += usize::from(*treated);
        }
        let strata: Vec<Stratum> = by_stratum.into_values().collect();
        if strata.iter().all(|stratum| stratum.treated == 0 || stratum.treated == stratum.units.len()) {
            return Err(RandomisationError::NothingToPermute);
        }
        let mut home = vec![0; known.len()];
        for (s, stratum) in strata.iter().enumerate() {
            for unit in &stratum.units {
                home[*unit] = s;
            }
        }
        let observed: Vec<f64> = known.values().map(|(treated, _)| f64::from(u8::from(*treated))).collect();

        let factor: Vec<u32> = codes.iter().map(|unit| home[*unit] as u32).collect();
        let factors = [factor.as_slice()];
        let rest = |y| {
            fit(&Sample {
                y,
                x: experiment.covariates,
                intercept: false,
                weights: experiment.weights,
                factors: &factors,
            })
        };
        let outcome_fit = rest(experiment.y)?;
        let assigned_rows: Vec<f64> = codes.iter().map(|unit| observed[*unit]).collect();
        let assigned_fit = rest(&assigned_rows)?;
        let order = outcome_fit.fit.terms.len();
        let design: Vec<&[f64]> =
            (0..order).map(|j| outcome_fit.design_column(j).unwrap_or_default()).collect();
        let weight = |row: usize| experiment.weights.map_or(1.0, |w| w[row]);
        let (e, d) = (&outcome_fit.residuals, &assigned_fit.residuals);
        let count = known.len();
        let each = |value: &dyn Fn(&[f64], usize) -> f64| -> Vec<f64> {
            let columns: Vec<Vec<f64>> =
                design.iter().map(|x| sums(&codes, count, |row| weight(row) * value(x, row))).collect();
            interleave(&columns, count)
        };
        let pairs: Vec<Vec<f64>> = design
            .iter()
            .flat_map(|a| design.iter().map(move |b| (a, b)))
            .map(|(a, b)| sums(&codes, count, |row| weight(row) * a[row] * b[row]))
            .collect();
        Ok(Self {
            observed,
            order,
            home,
            weight: sums(&codes, count, weight),
            outcome: sums(&codes, count, |row| weight(row) * e[row]),
            assigned: sums(&codes, count, |row| weight(row) * d[row]),
            x: each(&|x, row| x[row]),
            x_outcome: each(&|x, row| x[row] * e[row]),
            x_assigned: each(&|x, row| x[row] * d[row]),
            xx: interleave(&pairs, count),
            bread: outcome_fit.fit.bread.as_slice().to_vec(),
            strata,
        })
    }

    /// Units.
    pub(crate) fn count(&self) -> usize {
        self.observed.len()
    }

    /// Numerator and clustered variance of an assignment as functions of τ₀, and D̃*ᵀWD̃*: coefficient and
    /// standard error are numerator and root over it.
    pub(crate) fn evaluate(&self, assignment: &[f64]) -> (Shifted, f64) {
        let (order, count) = (self.order, self.count());
        // γ = (Σ w x̃x̃ᵀ)⁻¹ Σ w x̃D*; the strata's means drop out, x̃ sums to 0 within them.
        let mut moment = vec![0.0; order];
        let mut treated_weight = vec![(0.0, 0.0); self.strata.len()];
        for (g, d) in assignment.iter().enumerate() {
            let stratum = &mut treated_weight[self.home[g]];
            stratum.0 += self.weight[g] * d;
            stratum.1 += self.weight[g];
            for (sum, x) in moment.iter_mut().zip(&self.x[g * order..(g + 1) * order]) {
                *sum += d * x;
            }
        }
        let gamma: Vec<f64> = self.bread.chunks_exact(order.max(1)).map(|row| dot(row, &moment)).collect();
        let share = |g: usize| {
            let (treated, all) = treated_weight[self.home[g]];
            if all > 0.0 { treated / all } else { 0.0 }
        };
        // For each unit D̃*ᵀWỹ, D̃*ᵀWD̃ (the observed D̃) and D̃*ᵀWD̃*.
        let mut parts = Vec::with_capacity(count);
        let (mut outcome, mut assigned, mut square) = (0.0, 0.0, 0.0);
        for (g, d) in assignment.iter().enumerate() {
            let centred = d - share(g);
            let at = g * order..(g + 1) * order;
            let spread: f64 = self.xx[g * order * order..(g + 1) * order * order]
                .chunks_exact(order.max(1))
                .zip(&gamma)
                .map(|(row, one)| one * dot(row, &gamma))
                .sum();
            let part = (
                centred * self.outcome[g] - dot(&gamma, &self.x_outcome[at.clone()]),
                centred * self.assigned[g] - dot(&gamma, &self.x_assigned[at.clone()]),
                centred * centred * self.weight[g] - 2.0 * centred * dot(&gamma, &self.x[at]) + spread,
            );
            outcome += part.0;
            assigned += part.1;
            square += part.2;
            parts.push(part);
        }
        if square <= 0.0 {
            return (Shifted { numerator: [0.0; 2], variance: [0.0; 3] }, 0.0);
        }
        let mut variance = [0.0; 3];
        for (a, b, c) in parts {
            let (r0, r1) = (a - outcome / square * c, -(b - assigned / square * c));
            variance[0] += r0 * r0;
            variance[1] += 2.0 * r0 * r1;
            variance[2] += r1 * r1;
        }
        (Shifted { numerator: [outcome, -assigned], variance }, square)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
