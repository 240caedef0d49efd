//! The normal equations of two or more factors, the largest eliminated: solved in f64 for a right-hand side.
//!
//! With factor 0 eliminated, S = B − CᵀD⁻¹C for the stacked others, D the diagonal of factor 0, B the others'
//! block and C their cross table. S is singular (the factors share constants): Cholesky leaves out the levels
//! that earlier ones determine, conjugate gradients stay in the range of S.

use super::absorb::Cells;
use super::double_double::DoubleDouble;

/// Largest stacked number of levels solved directly.
const DIRECT: usize = 768;
/// Multiplications that building S directly may cost.
const DIRECT_WORK: usize = 4_000_000_000;
/// Pivot, relative to its diagonal, under which a level is determined by earlier ones.
const DETERMINED: f64 = 1e-11;
/// Residual, relative to the right-hand side, at which conjugate gradients stop.
const CLOSE: f64 = 1e-12;
/// Conjugate-gradient iterations at most, for each right-hand side.
const ITERATIONS: usize = 5_000;

/// The eliminated system.
pub(crate) struct Schur {
    /// The factor that is eliminated.
    eliminated: usize,
    /// Where each factor starts in the stack; unused for the eliminated one.
    offsets: Vec<usize>,
    order: usize,
    eliminated_weights: Vec<f64>,
    cell_weights: Vec<f64>,
    method: Method,
}

enum Method {
    /// Lower triangle, row i holds i + 1 entries; a row whose diagonal is 0 is left out.
    Direct(Vec<Vec<f64>>),
    /// The diagonal of S.
    Iterative(Vec<f64>),
}

impl Schur {
    pub(crate) fn new(cells: &Cells, level_weights: &[Vec<DoubleDouble>]) -> Self {
        let mut eliminated = 0;
        for (f, count) in cells.level_counts.iter().enumerate() {
            if *count > cells.level_counts[eliminated] {
                eliminated = f;
            }
        }
        let mut order = 0;
        let mut offsets = Vec::new();
        for (f, count) in cells.level_counts.iter().enumerate() {
            offsets.push(order);
            order += if f == eliminated { 0 } else { *count };
        }
        let mut out = Self {
            eliminated,
            offsets,
            order,
            eliminated_weights: level_weights[eliminated].iter().map(|w| w.value()).collect(),
            cell_weights: cells.weights.iter().map(|w| w.value()).collect(),
            method: Method::Iterative(Vec::new()),
        };
        let by_level = out.cells_by_level(cells);
        let work: usize = by_level.iter().map(|c| c.len() * c.len()).sum::<usize>()
            * (cells.levels.len() - 1)
            * (cells.levels.len() - 1);
        out.method = if order <= DIRECT && work <= DIRECT_WORK {
            Method::Direct(cholesky(out.complement(cells, &by_level)))
        } else {
            Method::Iterative(out.diagonal(cells, &by_level))
        };
        out
    }

    fn cells_by_level(&self, cells: &Cells) -> Vec<Vec<u32>> {
        let mut out = vec![Vec::new(); self.eliminated_weights.len()];
        for (cell, level) in cells.levels[self.eliminated].iter().enumerate() {
            out[*level as usize].push(cell as u32);
        }
        out
    }

    /// The stacked positions of a cell's levels.
    fn places<'a>(&'a self, cells: &'a Cells, cell: usize) -> impl Iterator<Item = usize> + 'a {
        let others = (0..cells.levels.len()).filter(|f| *f != self.eliminated);
        others.map(move |f| self.offsets[f] + cells.levels[f][cell] as usize)
    }

    /// One level's row of C: stacked positions and weights, positions ascending and distinct.
    fn cross_row(&self, cells: &Cells, members: &[u32], row: &mut Vec<(usize, f64)>) {
        row.clear();
        for cell in members {
            let weight = self.cell_weights[*cell as usize];
            row.extend(self.places(cells, *cell as usize).map(|place| (place, weight)));
        }
        row.sort_by_key(|(place, _)| *place);
        row.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
    }

    /// S, lower triangle by rows.
    fn complement(&self, cells: &Cells, by_level: &[Vec<u32>]) -> Vec<Vec<f64>> {
        let mut out: Vec<Vec<f64>> = (0..self.order).map(|i| vec![0.0; i + 1]).collect();
        for cell in 0..cells.count() {
            for a in self.places(cells, cell) {
                for b in self.places(cells, cell) {
                    if b <= a {
                        out[a][b] += self.cell_weights[cell];
                    }
                }
            }
        }
        let mut row = Vec::new();
        for (members, weight) in by_level.iter().zip(&self.eliminated_weights) {
            if *weight > 0.0 {
                self.cross_row(cells, members, &mut row);
                for (i, (a, w)) in row.iter().enumerate() {
                    for (b, v) in &row[..=i] {
                        out[*a][*b] -= w * v / weight;
                    }
                }
            }
        }
        out
    }

    fn diagonal(&self, cells: &Cells, by_level: &[Vec<u32>]) -> Vec<f64> {
        let mut out = vec![0.0; self.order];
        for cell in 0..cells.count() {
            for a in self.places(cells, cell) {
                out[a] += self.cell_weights[cell];
            }
        }
        let mut row = Vec::new();
        for (members, weight) in by_level.iter().zip(&self.eliminated_weights) {
            if *weight > 0.0 {
                self.cross_row(cells, members, &mut row);
                for (a, w) in &row {
                    out[*a] -= w * w / weight;
                }
            }
        }
        out
    }

    /// Solves for all factors; also the number of iterations.
    pub(crate) fn solve(&self, cells: &Cells, right: &[Vec<f64>]) -> (Vec<Vec<f64>>, usize) {
        let scaled: Vec<f64> =
            right[self.eliminated].iter().zip(&self.eliminated_weights).map(|(r, w)| over(*r, *w)).collect();
        let mut stacked = vec![0.0; self.order];
        for (f, right) in right.iter().enumerate().filter(|(f, _)| *f != self.eliminated) {
            stacked[self.offsets[f]..self.offsets[f] + right.len()].copy_from_slice(right);
        }
        for (cell, level) in cells.levels[self.eliminated].iter().enumerate() {
            let moved = self.cell_weights[cell] * scaled[*level as usize];
            for place in self.places(cells, cell) {
                stacked[place] -= moved;
            }
        }
        let (solution, iterations) = match &self.method {
            Method::Direct(lower) => (substitute(lower, stacked), 0),
            Method::Iterative(diagonal) => self.conjugate_gradients(cells, diagonal, stacked),
        };
        let mut first = right[self.eliminated].clone();
        for (cell, level) in cells.levels[self.eliminated].iter().enumerate() {
            let moved: f64 = self.places(cells, cell).map(|place| solution[place]).sum();
            first[*level as usize] -= self.cell_weights[cell] * moved;
        }
        for (x, weight) in first.iter_mut().zip(&self.eliminated_weights) {
            *x = over(*x, *weight);
        }
        let out = (0..right.len())
            .map(|f| {
                if f == self.eliminated {
                    first.clone()
                } else {
                    solution[self.offsets[f]..self.offsets[f] + right[f].len()].to_vec()
                }
            })
            .collect();
        (out, iterations)
    }

    /// S x.
    fn apply(&self, cells: &Cells, x: &[f64], means: &mut [f64], out: &mut [f64]) {
        let levels = &cells.levels[self.eliminated];
        means.fill(0.0);
        out.fill(0.0);
        for (cell, level) in levels.iter().enumerate() {
            let value: f64 = self.places(cells, cell).map(|place| x[place]).sum();
            means[*level as usize] += self.cell_weights[cell] * value;
        }
        for (mean, weight) in means.iter_mut().zip(&self.eliminated_weights) {
            *mean = over(*mean, *weight);
        }
        for (cell, level) in levels.iter().enumerate() {
            let value: f64 = self.places(cells, cell).map(|place| x[place]).sum();
            let moved = self.cell_weights[cell] * (value - means[*level as usize]);
            for place in self.places(cells, cell) {
                out[place] += moved;
            }
        }
    }

    /// Preconditioned conjugate gradients (Hestenes and Stiefel 1952) from zero.
    fn conjugate_gradients(&self, cells: &Cells, diagonal: &[f64], right: Vec<f64>) -> (Vec<f64>, usize) {
        let mut x = vec![0.0; self.order];
        let mut residual = right;
        let target = CLOSE * norm(&residual);
        let precondition =
            |r: &[f64]| -> Vec<f64> { r.iter().zip(diagonal).map(|(r, d)| over(*r, *d)).collect() };
        let mut direction = precondition(&residual);
        let mut energy = dot(&residual, &direction);
        let mut image = vec![0.0; self.order];
        let mut means = vec![0.0; self.eliminated_weights.len()];
        for iteration in 0..ITERATIONS {
            if norm(&residual) <= target || energy <= 0.0 {
                return (x, iteration);
            }
            self.apply(cells, &direction, &mut means, &mut image);
            let curvature = dot(&direction, &image);
            if curvature <= 0.0 {
                return (x, iteration);
            }
            let step = energy / curvature;
            for i in 0..self.order {
                x[i] += step * direction[i];
                residual[i] -= step * image[i];
            }
            let preconditioned = precondition(&residual);
            let next = dot(&residual, &preconditioned);
            let keep = next / energy;
            energy = next;
            for (d, z) in direction.iter_mut().zip(&preconditioned) {
                *d = z + keep * *d;
            }
        }
        (x, ITERATIONS)
    }
}

fn over(a: f64, b: f64) -> f64 {
    if b > 0.0 { a / b } else { 0.0 }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// LLᵀ of a positive semidefinite matrix in place; rows that earlier ones determine become zero.
fn cholesky(mut rows: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for i in 0..rows.len() {
        let (before, rest) = rows.split_at_mut(i);
        let row = &mut rest[0];
        let whole = row[i];
        for (j, earlier) in before.iter().enumerate() {
            let entry = row[j] - dot(&row[..j], &earlier[..j]);
            row[j] = over(entry, earlier[j]);
        }
        let pivot = whole - dot(&row[..i], &row[..i]);
        if pivot > DETERMINED * whole {
            row[i] = pivot.sqrt();
        } else {
            row.fill(0.0);
        }
    }
    rows
}

fn substitute(lower: &[Vec<f64>], mut b: Vec<f64>) -> Vec<f64> {
    for (i, row) in lower.iter().enumerate() {
        let value = b[i] - dot(&row[..i], &b[..i]);
        b[i] = over(value, row[i]);
    }
    for i in (0..lower.len()).rev() {
        b[i] = over(b[i], lower[i][i]);
        let value = b[i];
        for (earlier, entry) in b[..i].iter_mut().zip(&lower[i]) {
            *earlier -= entry * value;
        }
    }
    b
}
