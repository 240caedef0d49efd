//! Removing factors from columns: the weighted least-squares coefficients of every factor's levels.
//!
//! With D the dummies of all factors, α solves DᵀWD α = DᵀWz. Rows with equal levels in every factor form a
//! cell, and only the cells' Σw and Σw·z enter. One factor: level means. More (normal equations partitioned
//! by factor): the factor with most levels is eliminated, since its block is diagonal; the Schur complement of
//! the others is solved by Cholesky when it is small, else by conjugate gradients with a diagonal
//! preconditioner. What is left in the levels is recomputed in about 32 digits and solved again
//! (iterative refinement) until it vanishes.
//!
//! Left out: slopes that vary by level.

use super::codes::{Labels, pair};
use super::double_double::DoubleDouble;
use super::fit::AbsorbedFactor;
use super::moments::{WeightedSums, vectorised, weighted_sums};
use super::sample::Sample;
use super::schur::Schur;

/// Refinement rounds at most.
const ROUNDS: usize = 8;
/// Level means left, relative to the column's size, at which nothing more can be gained in f64.
const DONE: f64 = 1e-22;
/// Level means left, relative to the column's size, that count as removed.
const REMOVED: f64 = 1e-12;

/// Distinct combinations of factor levels with their sums.
#[derive(Debug, Clone)]
pub(crate) struct Cells {
    /// For each factor the level of every cell.
    pub(crate) levels: Vec<Vec<u32>>,
    /// For each factor its number of levels.
    pub(crate) level_counts: Vec<usize>,
    /// Σ w of each cell.
    pub(crate) weights: Vec<DoubleDouble>,
    /// Σ w·z, cell by cell, `width` columns each.
    pub(crate) sums: Vec<DoubleDouble>,
    /// Root mean square of each column: what is left is measured against it.
    pub(crate) sizes: Vec<f64>,
}

/// How far the factors were removed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Absorption {
    /// Refinement rounds.
    pub rounds: usize,
    /// Conjugate-gradient iterations over all columns; 0 when the solution was direct.
    pub iterations: usize,
    /// Largest weighted mean left in any level, relative to the root mean square of its column.
    pub left: f64,
    /// Whether what is left is under 10⁻¹².
    pub converged: bool,
}

impl Absorption {
    pub(crate) const NONE: Self = Self { rounds: 0, iterations: 0, left: 0.0, converged: true };
}

/// Level coefficients by factor: level by level, one a column.
pub(crate) struct Coefficients {
    pub(crate) by_factor: Vec<Vec<DoubleDouble>>,
    pub(crate) absorption: Absorption,
}

impl Cells {
    /// Gathers the sums of selected groups and columns; column `constant` holds Σ w.
    pub(crate) fn new(
        levels: Vec<Vec<u32>>,
        level_counts: Vec<usize>,
        sums: &WeightedSums,
        groups: &[usize],
        columns: &[usize],
        constant: usize,
        sizes: Vec<f64>,
    ) -> Self {
        let mut out = Self {
            levels,
            level_counts,
            weights: Vec::with_capacity(groups.len()),
            sums: Vec::with_capacity(groups.len() * columns.len()),
            sizes,
        };
        for group in groups {
            out.weights.push(sums.get(*group, constant));
            out.sums.extend(columns.iter().map(|j| sums.get(*group, *j)));
        }
        out
    }

    pub(crate) fn count(&self) -> usize {
        self.weights.len()
    }

    pub(crate) fn width(&self) -> usize {
        self.sizes.len()
    }

    /// What the factors explain in a cell, for every column.
    pub(crate) fn fitted(&self, by_factor: &[Vec<DoubleDouble>], cell: usize, out: &mut [DoubleDouble]) {
        let width = self.width();
        out.fill(DoubleDouble::ZERO);
        for (levels, coefficients) in self.levels.iter().zip(by_factor) {
            let start = levels[cell] as usize * width;
            for (out, a) in out.iter_mut().zip(&coefficients[start..]) {
                *out += *a;
            }
        }
    }

    /// DᵀW(z − Dα) by factor and level.
    fn remaining(&self, by_factor: &[Vec<DoubleDouble>]) -> Vec<Vec<DoubleDouble>> {
        let width = self.width();
        let mut out: Vec<Vec<DoubleDouble>> =
            self.level_counts.iter().map(|count| vec![DoubleDouble::ZERO; count * width]).collect();
        let mut left = vec![DoubleDouble::ZERO; width];
        vectorised(|| {
            for cell in 0..self.count() {
                self.fitted(by_factor, cell, &mut left);
                for (left, sum) in left.iter_mut().zip(&self.sums[cell * width..]) {
                    *left = *sum - *left * self.weights[cell];
                }
                for (levels, out) in self.levels.iter().zip(&mut out) {
                    let start = levels[cell] as usize * width;
                    for (out, left) in out[start..].iter_mut().zip(&left) {
                        *out += *left;
                    }
                }
            }
        });
        out
    }

    fn level_weights(&self) -> Vec<Vec<DoubleDouble>> {
        self.levels
            .iter()
            .zip(&self.level_counts)
            .map(|(levels, count)| {
                let mut out = vec![DoubleDouble::ZERO; *count];
                for (level, weight) in levels.iter().zip(&self.weights) {
                    out[*level as usize] += *weight;
                }
                out
            })
            .collect()
    }
}

/// Solves for the coefficients of every level.
pub(crate) fn absorb(cells: &Cells) -> Coefficients {
    let width = cells.width();
    let weights = cells.level_weights();
    let mut by_factor: Vec<Vec<DoubleDouble>> =
        cells.level_counts.iter().map(|count| vec![DoubleDouble::ZERO; count * width]).collect();
    if let ([levels], [weights]) = (by_factor.as_mut_slice(), weights.as_slice()) {
        let sums = cells.remaining(&[vec![DoubleDouble::ZERO; levels.len()]]);
        for (i, (out, sum)) in levels.iter_mut().zip(sums.into_iter().flatten()).enumerate() {
            let weight = weights[i / width];
            *out = if weight.value() > 0.0 { sum / weight } else { DoubleDouble::ZERO };
        }
        return Coefficients { by_factor, absorption: Absorption { rounds: 1, ..Absorption::NONE } };
    }
    let schur = Schur::new(cells, &weights);
    let mut absorption = Absorption { rounds: 0, iterations: 0, left: f64::INFINITY, converged: false };
    loop {
        let remaining = cells.remaining(&by_factor);
        let left = largest_mean(&remaining, &weights, &cells.sizes);
        let gained = left < 0.5 * absorption.left;
        absorption.left = if gained { left } else { absorption.left };
        if left <= DONE || !gained || absorption.rounds == ROUNDS {
            break;
        }
        absorption.rounds += 1;
        for column in 0..width {
            let right: Vec<Vec<f64>> = remaining
                .iter()
                .map(|r| r.iter().skip(column).step_by(width).map(|x| x.value()).collect())
                .collect();
            let (correction, iterations) = schur.solve(cells, &right);
            absorption.iterations += iterations;
            for (coefficients, correction) in by_factor.iter_mut().zip(&correction) {
                for (a, d) in coefficients.iter_mut().skip(column).step_by(width).zip(correction) {
                    *a += (*d).into();
                }
            }
        }
    }
    absorption.converged = absorption.left <= REMOVED;
    Coefficients { by_factor, absorption }
}

/// Largest |Σ w·z| / Σ w of any level, relative to its column's size.
fn largest_mean(remaining: &[Vec<DoubleDouble>], weights: &[Vec<DoubleDouble>], sizes: &[f64]) -> f64 {
    let width = sizes.len();
    let mut largest = 0.0;
    for (remaining, weights) in remaining.iter().zip(weights) {
        for (i, left) in remaining.iter().enumerate() {
            let scale = weights[i / width].value() * sizes[i % width];
            if scale > 0.0 {
                let mean = left.value().abs() / scale;
                if mean.is_nan() || mean > largest {
                    largest = mean;
                }
            }
        }
    }
    largest
}

/// Independent parameters of the factors: exact for one and two; with more, each further factor is compared
/// with the earlier ones in pairs, which may count a few parameters too many and never too few (Guimarães and
/// Portugal 2010; Correia 2016).
pub(crate) fn absorbed_parameters(levels: &[Vec<u32>], level_counts: &[usize]) -> usize {
    let mut total = 0;
    for (f, count) in level_counts.iter().enumerate() {
        let redundant =
            (0..f).map(|g| components(&levels[g], &levels[f], level_counts[g], *count)).fold(0, Ord::max);
        total += count - redundant.min(*count);
    }
    total
}

/// Connected components of the graph whose edges are the cells.
fn components(a: &[u32], b: &[u32], a_count: usize, b_count: usize) -> usize {
    let mut parent: Vec<usize> = (0..a_count + b_count).collect();
    let mut found = parent.len();
    let root = |mut node: usize, parent: &mut Vec<usize>| {
        while parent[node] != node {
            parent[node] = parent[parent[node]];
            node = parent[node];
        }
        node
    };
    for (a, b) in a.iter().zip(b) {
        let left = root(*a as usize, &mut parent);
        let right = root(a_count + *b as usize, &mut parent);
        if left != right {
            parent[left.max(right)] = left.min(right);
            found -= 1;
        }
    }
    found
}

/// Columns less their factors, with what is known of the factors.
#[derive(Debug, Clone)]
pub(crate) struct Removed {
    pub(crate) columns: Vec<Vec<f64>>,
    pub(crate) factors: Vec<AbsorbedFactor>,
    pub(crate) parameters: usize,
    pub(crate) singleton_rows: usize,
    pub(crate) absorption: Absorption,
}

/// Removes factors from columns in memory. `sizes` as in [`Cells`].
pub(crate) fn remove(columns: &[&[f64]], sizes: Vec<f64>, factors: &[Labels], sample: &Sample) -> Removed {
    let cells = match factors {
        [] => Labels { codes: vec![0; sample.rows()], count: 1 },
        [first, others @ ..] => others.iter().fold(first.clone(), |cells, f| pair(&cells, f, sample)),
    };
    let mut levels = vec![vec![0; cells.count]; factors.len()];
    let mut rows_of = vec![0_usize; cells.count];
    for (row, cell) in cells.codes.iter().enumerate().filter(|(row, _)| sample.counts(*row)) {
        rows_of[*cell as usize] += 1;
        for (levels, factor) in levels.iter_mut().zip(factors) {
            levels[*cell as usize] = factor.codes[row];
        }
    }
    let level_counts: Vec<usize> = factors.iter().map(|f| f.count).collect();
    let (known, singleton_rows) = singletons(&levels, &level_counts, &rows_of);
    let parameters = absorbed_parameters(&levels, &level_counts);

    let ones = vec![1.0; sample.rows()];
    let with_ones: Vec<&[f64]> = columns.iter().copied().chain([ones.as_slice()]).collect();
    let sums = weighted_sums(&with_ones, sample.weights, &cells.codes, cells.count);
    let selected: Vec<usize> = (0..columns.len()).collect();
    let groups: Vec<usize> = (0..cells.count).collect();
    let table = Cells::new(levels, level_counts, &sums, &groups, &selected, columns.len(), sizes);
    drop(sums);
    let Coefficients { by_factor, absorption } = absorb(&table);

    let width = columns.len();
    let mut fitted = vec![DoubleDouble::ZERO; table.count() * width];
    for (cell, fitted) in fitted.chunks_exact_mut(width.max(1)).enumerate() {
        table.fitted(&by_factor, cell, fitted);
    }
    let columns = columns
        .iter()
        .enumerate()
        .map(|(j, column)| {
            let cells = column.iter().zip(&cells.codes);
            cells.map(|(z, cell)| (-fitted[*cell as usize * width + j] + (*z).into()).value()).collect()
        })
        .collect();
    Removed { columns, factors: known, parameters, singleton_rows, absorption }
}

/// What is known of each factor, and the rows alone in a level of some factor.
pub(crate) fn singletons(
    levels: &[Vec<u32>],
    level_counts: &[usize],
    rows_of: &[usize],
) -> (Vec<AbsorbedFactor>, usize) {
    let mut alone = vec![false; rows_of.len()];
    let mut known = Vec::new();
    for (levels, count) in levels.iter().zip(level_counts) {
        let mut rows = vec![0; *count];
        for (level, in_cell) in levels.iter().zip(rows_of) {
            rows[*level as usize] += in_cell;
        }
        for (alone, level) in alone.iter_mut().zip(levels) {
            *alone |= rows[*level as usize] == 1;
        }
        known.push(AbsorbedFactor {
            levels: rows.iter().filter(|r| **r > 0).count(),
            singletons: rows.iter().filter(|r| **r == 1).count(),
        });
    }
    (known, alone.iter().filter(|alone| **alone).count())
}
