//! Sums from which a regression with absorbed factors and clustered variances follows exactly, gathered in one
//! pass over the rows (Wong, Forsell, Lewis, Mao and Wardrop 2021, "You only compress once").
//!
//! A cell is a combination of cluster and factor levels. Kept are Σw and Σw·z of every cell and Σw·z·zᵀ of
//! every cluster, z the columns with a constant. The memory grows with cells and clusters, never with rows.
//! The columns' roles are chosen at the fit, so one pass serves several outcomes.
//!
//! Left out: variances that need each row's residual (HC) or a second cluster dimension.

use std::collections::BTreeMap;

use super::RegressionError;
use super::cell_index::CellIndex;
use super::moments::{ProductSums, Rows, TILE, WeightedSums};
use super::sample::check_finite;

/// Clusters coded below this are found by their code, without a look at their cell.
const DIRECT_CODES: usize = 1 << 20;

/// The running sums.
#[derive(Debug, Clone)]
pub struct GroupedSums {
    pub(crate) columns: usize,
    pub(crate) factors: usize,
    pub(crate) clusters: Clusters,
    pub(crate) rows: u64,
    /// The positive weight seen first, and whether all others equal it.
    pub(crate) first_weight: Option<f64>,
    pub(crate) equal_weights: bool,
    pub(crate) index: CellIndex,
    /// Rows of positive weight in each cell.
    pub(crate) cell_rows: Vec<u32>,
    /// The cluster's number of each cell.
    pub(crate) cell_group: Vec<u32>,
    /// Σ w·z by cell; empty when there are no factors.
    pub(crate) cell_sums: WeightedSums,
    /// Cluster code to the cluster's number.
    pub(crate) groups: BTreeMap<u32, u32>,
    /// The same as a table, for small codes.
    group_of_code: Vec<u32>,
    /// Σ w·z·zᵀ by cluster.
    pub(crate) products: ProductSums,
}

/// Where the clusters come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clusters {
    /// There are none.
    None,
    /// Codes of their own.
    Own,
    /// Equal in all rows so far to the levels of the absorbed factor with this index: one code less to look up.
    Factor(usize),
}

impl Clusters {
    /// Where the cluster stands in a cell's key.
    pub(crate) fn place(self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::Own => Some(0),
            Self::Factor(factor) => Some(factor),
        }
    }
}

/// Rows to add: columns as slices of one length.
#[derive(Debug, Clone, Copy, Default)]
pub struct RowBatch<'a> {
    /// Outcomes and regressors, without the constant.
    pub columns: &'a [&'a [f64]],
    /// Analytic weights, at least 0; None: all 1.
    pub weights: Option<&'a [f64]>,
    /// Cluster codes; needed by clustered sums.
    pub clusters: Option<&'a [u32]>,
    /// Level codes of the absorbed factors.
    pub factors: &'a [&'a [u32]],
}

/// Which engine suits the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// [`GroupedSums`].
    Grouped,
    /// [`super::fit`].
    Memory,
}

/// Sums pay while cells are much fewer than rows: a cell's sums take about twice the memory of a row.
pub fn advise_engine(rows: u64, cells: u64) -> Engine {
    if cells.saturating_mul(4) > rows { Engine::Memory } else { Engine::Grouped }
}

impl GroupedSums {
    /// Empty sums over `columns` columns and `factors` absorbed factors, by clusters or without.
    pub fn new(columns: usize, factors: usize, clustered: bool) -> Self {
        let clusters = if clustered { Clusters::Own } else { Clusters::None };
        Self {
            columns,
            factors,
            clusters,
            rows: 0,
            first_weight: None,
            equal_weights: true,
            index: CellIndex::new(factors + usize::from(clusters == Clusters::Own)),
            cell_rows: Vec::new(),
            cell_group: Vec::new(),
            cell_sums: WeightedSums::new(columns + 1, 0),
            groups: BTreeMap::new(),
            group_of_code: Vec::new(),
            products: ProductSums::new(columns + 1, 0),
        }
    }

    /// Columns of every row, without the constant.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Rows added, of positive weight.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Distinct combinations of cluster and factor levels so far.
    pub fn cells(&self) -> u64 {
        self.index.count() as u64
    }

    /// Which engine suits data with the rows and cells seen so far.
    pub fn advise(&self) -> Engine {
        advise_engine(self.rows, self.cells())
    }

    /// Adds rows. Nothing is added when the batch has an error.
    ///
    /// # Errors
    /// Another number of columns or factors than declared, clusters missing, lengths that differ, numbers that
    /// are not finite, negative weights.
    pub fn add_rows(&mut self, batch: &RowBatch) -> Result<(), RegressionError> {
        let length = self.check(batch)?;
        self.recognise_clusters(batch);
        let codes: Vec<&[u32]> = batch
            .clusters
            .filter(|_| self.clusters == Clusters::Own)
            .into_iter()
            .chain(batch.factors.iter().copied())
            .collect();
        let mut rows = Rows::default();
        let (mut hashes, mut cells, mut groups) = (Vec::new(), Vec::new(), Vec::new());
        for from in (0..length).step_by(TILE) {
            let to = length.min(from + TILE);
            self.index.find_or_insert(&codes, from, to, &mut hashes, &mut cells);
            self.make_room();
            self.groups_of(self.clusters.place().map(|place| &codes[place][from..to]), &cells, &mut groups);
            let weights = batch.weights.map(|w| &w[from..to]);
            match weights {
                None => {
                    self.see_weight(1.0);
                    self.rows += (to - from) as u64;
                    for cell in &cells {
                        self.cell_rows[*cell as usize] += 1;
                    }
                }
                Some(weights) => {
                    for (cell, weight) in cells.iter().zip(weights) {
                        self.see_weight(*weight);
                        let counts = *weight > 0.0;
                        self.rows += u64::from(counts);
                        self.cell_rows[*cell as usize] += u32::from(counts);
                    }
                }
            }
            rows.gather_with_constant(batch.columns, from, to);
            if self.factors > 0 {
                self.cell_sums.add(&rows, weights, &cells);
            }
            self.products.add(&rows, weights, &groups);
        }
        Ok(())
    }

    /// Adds the sums of another part of the rows.
    ///
    /// # Errors
    /// [`RegressionError::Shape`] when the parts have different columns, factors or clusters.
    pub fn merge(&mut self, other: &Self) -> Result<(), RegressionError> {
        let clustered = |sums: &Self| sums.clusters != Clusters::None;
        if (self.columns, self.factors, clustered(self)) != (other.columns, other.factors, clustered(other)) {
            return Err(RegressionError::Shape("the two sums were declared differently"));
        }
        if other.index.count() == 0 {
            return Ok(());
        }
        if self.index.count() == 0 {
            *self = other.clone();
            return Ok(());
        }
        if self.clusters == other.clusters {
            self.merge_alike(other);
        } else {
            let mut other = other.clone();
            self.separate_clusters();
            other.separate_clusters();
            self.merge_alike(&other);
        }
        Ok(())
    }

    fn merge_alike(&mut self, other: &Self) {
        self.rows += other.rows;
        self.equal_weights &= other.equal_weights;
        self.see_weight(other.first_weight.unwrap_or(0.0));
        let mut numbers = vec![0; other.groups.len()];
        for cell in 0..other.index.count() {
            let into = self.index.find_or_insert_key(other.index.key(cell)) as usize;
            self.make_room();
            self.cell_rows[into] += other.cell_rows[cell];
            numbers[other.cell_group[cell] as usize] = self.cell_group[into] as usize;
            if self.factors > 0 {
                self.cell_sums.merge_group(into, &other.cell_sums, cell);
            }
        }
        for (from, into) in numbers.into_iter().enumerate() {
            self.products.merge_group(into, &other.products, from);
        }
    }

    /// Leaves the clusters out of the cells' keys while they are the levels of some factor.
    fn recognise_clusters(&mut self, batch: &RowBatch) {
        let Some(codes) = batch.clusters else { return };
        match self.clusters {
            Clusters::Own if self.index.count() == 0 => {
                if let Some(factor) = batch.factors.iter().position(|levels| *levels == codes) {
                    self.clusters = Clusters::Factor(factor);
                    self.index = CellIndex::new(self.factors);
                }
            }
            Clusters::Factor(factor) if batch.factors[factor] != codes => self.separate_clusters(),
            _ => {}
        }
    }

    /// Gives the clusters their own place in the cells' keys; cells keep their numbers.
    fn separate_clusters(&mut self) {
        let Clusters::Factor(factor) = self.clusters else { return };
        let mut index = CellIndex::new(self.factors + 1);
        for cell in 0..self.index.count() {
            let key = self.index.key(cell);
            index.find_or_insert_key(&[&key[factor..=factor], key].concat());
        }
        self.index = index;
        self.clusters = Clusters::Own;
    }

    #[inline]
    fn see_weight(&mut self, weight: f64) {
        if weight > 0.0 {
            self.equal_weights &= *self.first_weight.get_or_insert(weight) == weight;
        }
    }

    /// Gives new cells their cluster and their sums.
    fn make_room(&mut self) {
        for cell in self.cell_rows.len()..self.index.count() {
            let code = self.clusters.place().map_or(0, |place| self.index.key(cell)[place]);
            let next = self.groups.len() as u32;
            let group = *self.groups.entry(code).or_insert(next);
            if (code as usize) < DIRECT_CODES {
                let length = self.group_of_code.len();
                self.group_of_code.resize(length.max(code as usize + 1), 0);
                self.group_of_code[code as usize] = group;
            }
            self.cell_group.push(group);
            self.cell_rows.push(0);
        }
        if self.factors > 0 {
            self.cell_sums.grow(self.index.count());
        }
        self.products.grow(self.groups.len());
    }

    /// The cluster's number of every row of a tile.
    fn groups_of(&self, codes: Option<&[u32]>, cells: &[u32], groups: &mut Vec<u32>) {
        groups.clear();
        match codes {
            None => groups.resize(cells.len(), 0),
            Some(codes) => groups.extend(codes.iter().zip(cells).map(|(code, cell)| {
                let known = if (*code as usize) < DIRECT_CODES {
                    self.group_of_code.get(*code as usize)
                } else {
                    self.cell_group.get(*cell as usize)
                };
                known.copied().unwrap_or_default()
            })),
        }
    }

    fn check(&self, batch: &RowBatch) -> Result<usize, RegressionError> {
        if batch.columns.len() != self.columns {
            return Err(RegressionError::Shape("another number of columns than declared"));
        }
        if batch.factors.len() != self.factors {
            return Err(RegressionError::Shape("another number of factors than declared"));
        }
        if self.clusters != Clusters::None && batch.clusters.is_none() {
            return Err(RegressionError::Shape("cluster codes are missing"));
        }
        let Some(need) = batch.columns.first().map(|c| c.len()) else {
            return Err(RegressionError::Shape("there are no columns"));
        };
        let lengths = (batch.columns.iter().map(|c| ("a column", c.len())))
            .chain(batch.weights.iter().map(|w| ("the weights", w.len())))
            .chain(batch.clusters.iter().map(|c| ("the clusters", c.len())))
            .chain(batch.factors.iter().map(|f| ("a factor", f.len())));
        for (what, have) in lengths {
            if have != need {
                return Err(RegressionError::LengthMismatch { what, have, need });
            }
        }
        for (j, column) in batch.columns.iter().enumerate() {
            check_finite("column", j, column)?;
        }
        match batch.weights.and_then(|w| w.iter().position(|w| !(w.is_finite() && *w >= 0.0))) {
            Some(row) => Err(RegressionError::Weight { row }),
            None => Ok(need),
        }
    }
}
