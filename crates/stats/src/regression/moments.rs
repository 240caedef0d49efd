//! Sums of weighted products by group: Σ w·z·zᵀ over the rows of each group, in about 32 digits.
//!
//! Every product is split exactly and every sum keeps its rounding errors (the compensated dot product of
//! Ogita, Rump and Oishi 2005), so the sums do not show the order of the rows. The loops run over lanes of
//! four columns and are compiled for the widest instructions the machine has; all of them give the same bits.

use pulp::{Arch, Simd, WithSimd};

use super::double_double::DoubleDouble;

/// Columns handled together.
const LANES: usize = 4;

/// Most rows gathered at a time: they stay in the processor's nearest cache.
pub(crate) const TILE: usize = 256;

static ZEROS: [f64; TILE] = [0.0; TILE];
static ONES: [f64; TILE] = [1.0; TILE];

/// Runs work compiled for the widest instructions of the machine; its results are the same on all.
#[expect(clippy::inline_always, reason = "must be compiled with the instructions it chooses")]
#[inline(always)]
pub(crate) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    Arch::new().dispatch(work)
}

/// Four compensated sums: one cache line.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))]
struct Lane {
    high: [f64; LANES],
    low: [f64; LANES],
}

const EMPTY: Lane = Lane { high: [0.0; LANES], low: [0.0; LANES] };

/// An exact factor `high + low` times four f64, added to the sums; `SPLIT` when `low` may differ from 0.
#[expect(clippy::inline_always, reason = "must be compiled with the instructions of the loop it is in")]
#[inline(always)]
fn accumulate<const SPLIT: bool>(lane: &mut Lane, factor: (f64, f64), columns: &[f64; LANES]) {
    for (i, column) in columns.iter().enumerate() {
        let product = factor.0 * column;
        let mut error = factor.0.mul_add(*column, -product);
        if SPLIT {
            error = factor.1.mul_add(*column, error);
        }
        let high = lane.high[i];
        let sum = high + product;
        let part = sum - high;
        lane.high[i] = sum;
        lane.low[i] += ((high - (sum - part)) + (product - part)) + error;
    }
}

fn lane_value(lane: &Lane, i: usize) -> DoubleDouble {
    DoubleDouble::sum(lane.high[i], lane.low[i])
}

fn merge_lane(into: &mut Lane, from: &Lane) {
    for i in 0..LANES {
        let total = lane_value(into, i) + lane_value(from, i);
        into.high[i] = total.value();
        into.low[i] = total.error();
    }
}

/// Rows gathered from columns, padded with zeros to whole lanes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    lanes: usize,
    cells: Vec<[f64; LANES]>,
}

impl Rows {
    /// Gathers rows `from..to` of the columns, at most [`TILE`].
    pub(crate) fn gather(&mut self, columns: &[&[f64]], from: usize, to: usize) {
        self.fill(columns.iter().map(|column| &column[from..to]), columns.len(), to - from);
    }

    /// Gathers rows `from..to` of the columns, at most [`TILE`], and a constant after them.
    pub(crate) fn gather_with_constant(&mut self, columns: &[&[f64]], from: usize, to: usize) {
        let constant = std::iter::once(&ONES[..to - from]);
        let all = columns.iter().map(|column| &column[from..to]).chain(constant);
        self.fill(all, columns.len() + 1, to - from);
    }

    fn fill<'a>(&mut self, mut columns: impl Iterator<Item = &'a [f64]>, width: usize, length: usize) {
        self.lanes = width.div_ceil(LANES);
        self.cells.resize(self.lanes * length, [0.0; LANES]);
        for lane in 0..self.lanes {
            let mut next = || columns.next().unwrap_or(&ZEROS[..length]);
            let (a, b, c, d) = (next(), next(), next(), next());
            let values = a.iter().zip(b).zip(c.iter().zip(d));
            let cells = self.cells[lane..].iter_mut().step_by(self.lanes);
            for (cell, ((a, b), (c, d))) in cells.zip(values) {
                *cell = [*a, *b, *c, *d];
            }
        }
    }

    #[inline]
    fn row(&self, i: usize) -> &[[f64; LANES]] {
        &self.cells[i * self.lanes..(i + 1) * self.lanes]
    }
}

/// For each group the upper triangle of Σ w·z·zᵀ, z of `width` columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProductSums {
    width: usize,
    stride: usize,
    lanes: Vec<Lane>,
}

impl ProductSums {
    pub(crate) fn new(width: usize, groups: usize) -> Self {
        let whole = width.div_ceil(LANES);
        let stride = (0..width).map(|i| whole - i / LANES).sum();
        Self { width, stride, lanes: vec![EMPTY; stride * groups] }
    }

    pub(crate) fn groups(&self) -> usize {
        self.lanes.len().checked_div(self.stride).unwrap_or(0)
    }

    /// Makes room for at least `groups` groups.
    pub(crate) fn grow(&mut self, groups: usize) {
        if groups > self.groups() {
            self.lanes.resize(groups * self.stride, EMPTY);
        }
    }

    /// Adds gathered rows; `groups[i]` is the group of row i, `weights[i]` its weight.
    pub(crate) fn add(&mut self, rows: &Rows, weights: Option<&[f64]>, groups: &[u32]) {
        Arch::new().dispatch(AddProducts { sums: self, rows, weights, groups });
    }

    /// Adds the sums of another part of the rows.
    pub(crate) fn merge_group(&mut self, group: usize, from: &Self, from_group: usize) {
        let stride = self.stride;
        let into = &mut self.lanes[group * stride..(group + 1) * stride];
        for (into, from) in into.iter_mut().zip(&from.lanes[from_group * stride..]) {
            merge_lane(into, from);
        }
    }

    /// The symmetric matrix of a group, row-major, `width` × `width`.
    pub(crate) fn matrix(&self, group: usize) -> Vec<DoubleDouble> {
        let mut out = vec![DoubleDouble::ZERO; self.width * self.width];
        let whole = self.width.div_ceil(LANES);
        let mut lane = group * self.stride;
        for i in 0..self.width {
            for block in i / LANES..whole {
                for place in 0..LANES {
                    let j = block * LANES + place;
                    if j >= i && j < self.width {
                        let value = lane_value(&self.lanes[lane], place);
                        out[i * self.width + j] = value;
                        out[j * self.width + i] = value;
                    }
                }
                lane += 1;
            }
        }
        out
    }
}

struct AddProducts<'a> {
    sums: &'a mut ProductSums,
    rows: &'a Rows,
    weights: Option<&'a [f64]>,
    groups: &'a [u32],
}

impl WithSimd for AddProducts<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "pulp compiles the body once for each instruction set")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { sums, rows, weights, groups } = self;
        match weights {
            None => add_products::<false>(sums, rows, &[], groups),
            Some(weights) => add_products::<true>(sums, rows, weights, groups),
        }
    }
}

#[expect(clippy::inline_always, reason = "must be compiled with the instructions of the loop it is in")]
#[inline(always)]
fn add_products<const WEIGHTED: bool>(sums: &mut ProductSums, rows: &Rows, weights: &[f64], groups: &[u32]) {
    let (width, stride) = (sums.width, sums.stride);
    for (r, group) in groups.iter().enumerate() {
        let row = rows.row(r);
        let start = *group as usize * stride;
        let mut lanes = sums.lanes[start..start + stride].iter_mut();
        for i in 0..width {
            let value = row[i / LANES][i % LANES];
            let factor = if WEIGHTED {
                let scaled = value * weights[r];
                (scaled, value.mul_add(weights[r], -scaled))
            } else {
                (value, 0.0)
            };
            // The row must end the pair first, or a lane of the next column is lost.
            for (columns, lane) in row[i / LANES..].iter().zip(lanes.by_ref()) {
                accumulate::<WEIGHTED>(lane, factor, columns);
            }
        }
    }
}

/// For each group Σ w·z, z of `width` columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WeightedSums {
    width: usize,
    lanes: Vec<Lane>,
}

impl WeightedSums {
    pub(crate) fn new(width: usize, groups: usize) -> Self {
        Self { width, lanes: vec![EMPTY; width.div_ceil(LANES) * groups] }
    }

    fn stride(&self) -> usize {
        self.width.div_ceil(LANES)
    }

    /// Makes room for at least `groups` groups.
    pub(crate) fn grow(&mut self, groups: usize) {
        let length = groups * self.stride();
        if length > self.lanes.len() {
            self.lanes.resize(length, EMPTY);
        }
    }

    /// Adds gathered rows.
    pub(crate) fn add(&mut self, rows: &Rows, weights: Option<&[f64]>, groups: &[u32]) {
        Arch::new().dispatch(AddSums { sums: self, rows, weights, groups });
    }

    /// Adds the sums of another part of the rows.
    pub(crate) fn merge_group(&mut self, group: usize, from: &Self, from_group: usize) {
        let stride = self.stride();
        let into = &mut self.lanes[group * stride..(group + 1) * stride];
        for (into, from) in into.iter_mut().zip(&from.lanes[from_group * stride..]) {
            merge_lane(into, from);
        }
    }

    /// One sum.
    #[inline]
    pub(crate) fn get(&self, group: usize, column: usize) -> DoubleDouble {
        lane_value(&self.lanes[group * self.stride() + column / LANES], column % LANES)
    }
}

struct AddSums<'a> {
    sums: &'a mut WeightedSums,
    rows: &'a Rows,
    weights: Option<&'a [f64]>,
    groups: &'a [u32],
}

impl WithSimd for AddSums<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "pulp compiles the body once for each instruction set")]
    #[inline(always)]
    fn with_simd<S: Simd>(self, _simd: S) {
        let Self { sums, rows, weights, groups } = self;
        let stride = sums.stride();
        // Groups lie far apart: reading them all first lets the machine fetch many at a time.
        let read = groups.iter().fold(0, |read, group| {
            let start = *group as usize * stride;
            sums.lanes[start..start + stride].iter().fold(read, |read, lane| read ^ lane.high[0].to_bits())
        });
        std::hint::black_box(read);
        for (r, group) in groups.iter().enumerate() {
            let start = *group as usize * stride;
            let factor = (weights.map_or(1.0, |w| w[r]), 0.0);
            for (lane, columns) in sums.lanes[start..start + stride].iter_mut().zip(rows.row(r)) {
                accumulate::<false>(lane, factor, columns);
            }
        }
    }
}

/// Σ w·z·zᵀ by group over whole columns.
pub(crate) fn product_sums(
    columns: &[&[f64]],
    weights: Option<&[f64]>,
    codes: &[u32],
    groups: usize,
) -> ProductSums {
    let mut sums = ProductSums::new(columns.len(), groups);
    each_tile(columns, codes.len(), |rows, from, to| {
        sums.add(rows, weights.map(|w| &w[from..to]), &codes[from..to]);
    });
    sums
}

/// Σ w·z by group over whole columns.
pub(crate) fn weighted_sums(
    columns: &[&[f64]],
    weights: Option<&[f64]>,
    codes: &[u32],
    groups: usize,
) -> WeightedSums {
    let mut sums = WeightedSums::new(columns.len(), groups);
    each_tile(columns, codes.len(), |rows, from, to| {
        sums.add(rows, weights.map(|w| &w[from..to]), &codes[from..to]);
    });
    sums
}

/// Σ w·z·f by group for each column z and one factor f = `high` + `low` of every row: sum 2j is column j's, and
/// sum 2j + 1 what rounding took from its products.
pub(crate) fn factored_sums(
    columns: &[&[f64]],
    factor: (&[f64], &[f64]),
    weights: Option<&[f64]>,
    codes: &[u32],
    groups: usize,
) -> WeightedSums {
    let mut sums = WeightedSums::new(2 * columns.len(), groups);
    let mut products = vec![Vec::with_capacity(TILE); 2 * columns.len()];
    let mut rows = Rows::default();
    for from in (0..codes.len()).step_by(TILE) {
        let to = codes.len().min(from + TILE);
        for (column, pair) in columns.iter().zip(products.chunks_exact_mut(2)) {
            let [main, rest] = pair else { continue };
            main.clear();
            rest.clear();
            vectorised(|| {
                for i in from..to {
                    let product = DoubleDouble::product(column[i], factor.0[i]);
                    main.push(product.value());
                    rest.push(column[i].mul_add(factor.1[i], product.error()));
                }
            });
        }
        let slices: Vec<&[f64]> = products.iter().map(Vec::as_slice).collect();
        rows.gather(&slices, 0, to - from);
        sums.add(&rows, weights.map(|w| &w[from..to]), &codes[from..to]);
    }
    sums
}

fn each_tile(columns: &[&[f64]], length: usize, mut work: impl FnMut(&Rows, usize, usize)) {
    let mut rows = Rows::default();
    for from in (0..length).step_by(TILE) {
        let to = length.min(from + TILE);
        rows.gather(columns, from, to);
        work(&rows, from, to);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangle_is_the_plain_sum() {
        let columns: Vec<Vec<f64>> =
            (0..6).map(|j| (0..50).map(|i| f64::from((i * (j + 3)) % 11) - 4.0).collect()).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let codes: Vec<u32> = (0..50).map(|i| i % 3).collect();
        let weights: Vec<f64> = (0..50).map(|i| 0.5 + f64::from(i % 4)).collect();
        let sums = product_sums(&columns, Some(&weights), &codes, 3);
        let single = weighted_sums(&columns, Some(&weights), &codes, 3);
        for g in 0..3usize {
            let matrix = sums.matrix(g);
            let rows: Vec<usize> = (0..50).filter(|i| codes[*i] as usize == g).collect();
            for i in 0..6 {
                let plain: f64 = rows.iter().map(|r| weights[*r] * columns[i][*r]).sum();
                assert_eq!(single.get(g, i).value(), plain);
                for j in 0..6 {
                    let plain: f64 = rows.iter().map(|r| weights[*r] * columns[i][*r] * columns[j][*r]).sum();
                    assert_eq!(matrix[i * 6 + j].value(), plain);
                }
            }
        }
    }
}
