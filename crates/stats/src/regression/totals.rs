//! What grouped sums say of one column by itself: its total and spread in every cluster, its total in every cell.
//!
//! Σw, Σw·z and Σw·(z − z̄)² = Σw·z² − (Σw·z)²/Σw, the subtraction in about 32 digits. Ordered by code, so that neither
//! the order of the rows nor how they were shared out shows.

use super::fit::not_negative;
use super::grouped::{Clusters, GroupedSums};

/// A column in one cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusterTotal {
    /// Code of the cluster; 0 when the sums have none.
    pub code: u32,
    /// Sum of the weights: the rows when there are none.
    pub weight: f64,
    /// Weighted sum of the column.
    pub sum: f64,
    /// Weighted sum of the squared distances from the column's mean in the cluster.
    pub squared_deviations: f64,
}

/// A column in one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct CellTotal {
    /// Code of the cell's cluster; 0 when the sums have none.
    pub cluster: u32,
    /// Codes of the absorbed factors' levels.
    pub levels: Vec<u32>,
    /// Rows of positive weight.
    pub rows: u64,
    /// Weighted sum of the column.
    pub sum: f64,
}

impl GroupedSums {
    /// A column cluster by cluster, in the order of their codes; empty for a column that does not exist.
    pub fn cluster_totals(&self, column: usize) -> Vec<ClusterTotal> {
        if column >= self.columns {
            return Vec::new();
        }
        let stride = self.columns + 1;
        self.groups
            .iter()
            .map(|(code, group)| {
                let products = self.products.matrix(*group as usize);
                let (square, sum) =
                    (products[column * stride + column], products[column * stride + stride - 1]);
                let weight = products[stride * stride - 1];
                let squared_deviations =
                    if weight.value() > 0.0 { not_negative(square - sum * sum / weight) } else { 0.0 };
                ClusterTotal { code: *code, weight: weight.value(), sum: sum.value(), squared_deviations }
            })
            .collect()
    }

    /// A column cell by cell, in the order of cluster and levels; empty when no factor is absorbed or the column does not
    /// exist.
    pub fn cell_totals(&self, column: usize) -> Vec<CellTotal> {
        if self.factors == 0 || column >= self.columns {
            return Vec::new();
        }
        let own = usize::from(self.clusters == Clusters::Own);
        let mut cells: Vec<CellTotal> = (0..self.index.count())
            .map(|cell| {
                let key = self.index.key(cell);
                CellTotal {
                    cluster: self.clusters.place().map_or(0, |place| key[place]),
                    levels: key[own..].to_vec(),
                    rows: u64::from(self.cell_rows[cell]),
                    sum: self.cell_sums.get(cell, column).value(),
                }
            })
            .collect();
        cells.sort_by(|a, b| (a.cluster, &a.levels).cmp(&(b.cluster, &b.levels)));
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::super::RowBatch;
    use super::*;

    fn sums(rows: &[(f64, u32, u32)], clustered: bool) -> GroupedSums {
        let mut sums = GroupedSums::new(1, 1, clustered);
        for (z, cluster, level) in rows {
            sums.add_rows(&RowBatch {
                columns: &[&[*z]],
                weights: None,
                clusters: clustered.then_some(&[*cluster]),
                factors: &[&[*level]],
            })
            .unwrap();
        }
        sums
    }

    #[test]
    fn totals_are_those_of_the_rows_whatever_their_order() {
        // A large mean: a spread from plain sums of squares would be lost.
        let mut rows = vec![(1e9, 7, 1), (1e9 + 2.0, 7, 2), (1e9 + 4.0, 7, 1), (5.0, 3, 1)];
        let found = sums(&rows, true);
        let of =
            |code, weight, sum, squared_deviations| ClusterTotal { code, weight, sum, squared_deviations };
        assert_eq!(found.cluster_totals(0), [of(3, 1.0, 5.0, 0.0), of(7, 3.0, 3e9 + 6.0, 8.0)]);
        let cell = |cluster, level, rows, sum| CellTotal { cluster, levels: vec![level], rows, sum };
        let expected = [cell(3, 1, 1, 5.0), cell(7, 1, 2, 2e9 + 4.0), cell(7, 2, 1, 1e9 + 2.0)];
        assert_eq!(found.cell_totals(0), expected);
        rows.reverse();
        assert_eq!(sums(&rows, true).cell_totals(0), expected);
        assert_eq!(sums(&rows, true).cluster_totals(0), found.cluster_totals(0));
    }

    #[test]
    fn without_clusters_all_rows_are_one_and_an_unknown_column_has_no_totals() {
        let found = sums(&[(1.0, 0, 1), (3.0, 0, 2)], false);
        assert_eq!(found.cluster_totals(0).len(), 1);
        assert_eq!(found.cluster_totals(0)[0].squared_deviations, 2.0);
        assert!(found.cluster_totals(1).is_empty() && found.cell_totals(1).is_empty());
    }
}
