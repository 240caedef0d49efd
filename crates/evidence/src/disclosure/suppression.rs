//! Secondary suppression for a small two-way table of counts: which further cells to leave blank, so that the small
//! ones cannot be worked out from the totals.
//!
//! Rule: a count of 1 to 9 is left blank (and 0 too, unless it follows from the design), then further cells, the
//! cheapest first (the fewest people), until the interval that the published totals leave for each blank cell is at
//! least as wide as the minimum count. The interval is exact: the blank cells with their totals are a transportation
//! problem, and the most that one cell can grow or shrink is a maximum flow through the others (Cox 1995, *JASA* 90,
//! 1453–1462, works with the same network). One row with its total is a table too.
//! Left out: tables of three and more dimensions, where the interval is no flow; they go to review.

use super::policy::Policy;
use serde::Serialize;
use std::collections::VecDeque;

/// Which totals are published beside a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    /// Each row's total.
    pub rows: bool,
    /// Each column's total.
    pub columns: bool,
}

/// A table as it may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SuppressedTable {
    /// The counts to print, rounded; `None` where the cell stays blank.
    pub shown: Vec<Vec<Option<u64>>>,
    /// Cells left blank for their own sake (row, column).
    pub primary: Vec<(usize, usize)>,
    /// Cells left blank to protect those.
    pub secondary: Vec<(usize, usize)>,
    /// Whether every blank cell is protected. If not, the table may not be published with these totals.
    pub is_protected: bool,
}

/// Blank cells and what the totals say about them.
struct Grid<'a> {
    counts: &'a [Vec<u64>],
    blank: Vec<Vec<bool>>,
    margins: Margins,
}

/// Decides which cells of a table of counts stay blank. `structural_zeros` says that zeros follow from the design and
/// need no protection. Rows of unequal length, and totals that are small themselves, leave the table unprotected.
pub fn suppress_table(
    counts: &[Vec<u64>],
    margins: Margins,
    structural_zeros: bool,
    policy: &Policy,
) -> SuppressedTable {
    let columns = counts.first().map_or(0, Vec::len);
    let is_table = columns > 0 && counts.iter().all(|row| row.len() == columns);
    let is_sensitive = |n: u64| policy.is_small(n) || (n == 0 && !structural_zeros);
    let mut grid = Grid {
        counts,
        blank: counts.iter().map(|row| row.iter().map(|n| is_sensitive(*n)).collect()).collect(),
        margins,
    };
    let primary = grid.blank_cells();
    let is_protected = is_table && !grid.has_small_total(policy) && protect(&mut grid, &primary, policy);
    let secondary: Vec<(usize, usize)> =
        grid.blank_cells().into_iter().filter(|cell| !primary.contains(cell)).collect();
    let shown = counts
        .iter()
        .zip(&grid.blank)
        .map(|(row, blank)| row.iter().zip(blank).map(|(n, b)| (!b).then(|| policy.rounded(*n))).collect())
        .collect();
    SuppressedTable { shown, primary, secondary, is_protected }
}

/// Blanks further cells until each of `primary` has room; `false` when no further cell helps.
fn protect(grid: &mut Grid<'_>, primary: &[(usize, usize)], policy: &Policy) -> bool {
    for &cell in primary {
        while grid.room(cell) < policy.minimum_count {
            let Some(helpers) = cheapest_helpers(grid, cell) else { return false };
            for (row, column) in helpers {
                grid.blank[row][column] = true;
            }
        }
    }
    true
}

/// The cells that are not blank yet and together widen the room of `cell` at the fewest people lost: one further cell
/// of its row or column where a total is missing, else the other three corners of a rectangle.
fn cheapest_helpers(grid: &mut Grid<'_>, cell: (usize, usize)) -> Option<Vec<(usize, usize)>> {
    let (row, column) = cell;
    let (rows, columns) = (grid.counts.len(), grid.counts.first().map_or(0, Vec::len));
    let others = |n: usize, not: usize| (0..n).filter(move |i| *i != not);
    let mut choices: Vec<Vec<(usize, usize)>> = Vec::new();
    choices.extend(others(columns, column).map(|c| vec![(row, c)]));
    choices.extend(others(rows, row).map(|r| vec![(r, column)]));
    for r in others(rows, row) {
        choices.extend(others(columns, column).map(|c| vec![(row, c), (r, column), (r, c)]));
    }
    let before = grid.room(cell);
    let mut best: Option<(u64, Vec<(usize, usize)>)> = None;
    for choice in choices {
        let fresh: Vec<(usize, usize)> = choice.into_iter().filter(|(r, c)| !grid.blank[*r][*c]).collect();
        let cost = fresh.iter().map(|(r, c)| grid.counts[*r][*c]).fold(0u64, u64::saturating_add);
        if fresh.is_empty() || best.as_ref().is_some_and(|(least, _)| *least <= cost) {
            continue;
        }
        for (r, c) in &fresh {
            grid.blank[*r][*c] = true;
        }
        if grid.room(cell) > before {
            best = Some((cost, fresh.clone()));
        }
        for (r, c) in &fresh {
            grid.blank[*r][*c] = false;
        }
    }
    best.map(|(_, cells)| cells)
}

impl Grid<'_> {
    fn blank_cells(&self) -> Vec<(usize, usize)> {
        let rows = self.blank.iter().enumerate();
        rows.flat_map(|(r, row)| row.iter().enumerate().filter(|(_, b)| **b).map(move |(c, _)| (r, c)))
            .collect()
    }

    fn has_small_total(&self, policy: &Policy) -> bool {
        let columns = self.counts.first().map_or(0, Vec::len);
        let total = |counts: &mut dyn Iterator<Item = u64>| counts.fold(0u64, u64::saturating_add);
        let row_is_small = self.counts.iter().any(|row| policy.is_small(total(&mut row.iter().copied())));
        let column_is_small =
            (0..columns).any(|c| policy.is_small(total(&mut self.counts.iter().map(|row| row[c]))));
        (self.margins.rows && row_is_small) || (self.margins.columns && column_is_small)
    }

    /// Width of the interval that the totals leave for a blank cell.
    fn room(&self, cell: (usize, usize)) -> u64 {
        let own = self.counts[cell.0][cell.1];
        let down = self.flow(cell, false);
        self.flow(cell, true).saturating_add(if down < own { down } else { own })
    }

    /// The most by which a blank cell can grow (or shrink) while the others make up for it; by Edmonds–Karp.
    fn flow(&self, (row, column): (usize, usize), grow: bool) -> u64 {
        const ANY: u64 = u64::MAX / 4;
        let (rows, columns) = (self.counts.len(), self.counts[row].len());
        let nodes = rows + columns + 1;
        let free = nodes - 1;
        let mut capacity = vec![vec![0u64; nodes]; nodes];
        for (r, c) in self.blank_cells() {
            if (r, c) != (row, column) {
                capacity[r][rows + c] = ANY; // the cell grows
                capacity[rows + c][r] = self.counts[r][c]; // the cell shrinks, to zero at most
            }
        }
        // Where a total is not published, its row or column may change freely.
        let mut release = |node: usize| {
            capacity[node][free] = ANY;
            capacity[free][node] = ANY;
        };
        if !self.margins.rows {
            (0..rows).for_each(&mut release);
        }
        if !self.margins.columns {
            (rows..rows + columns).for_each(&mut release);
        }
        let (from, to) = if grow { (rows + column, row) } else { (row, rows + column) };
        let mut total = 0u64;
        while total < ANY
            && let Some(path) = shortest_path(&capacity, from, to)
        {
            let step = path.windows(2).map(|e| capacity[e[0]][e[1]]).min().unwrap_or(0);
            for edge in path.windows(2) {
                capacity[edge[0]][edge[1]] -= step;
                capacity[edge[1]][edge[0]] = capacity[edge[1]][edge[0]].saturating_add(step);
            }
            total = total.saturating_add(step);
        }
        total
    }
}

fn shortest_path(capacity: &[Vec<u64>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut parent: Vec<Option<usize>> = vec![None; capacity.len()];
    let mut queue = VecDeque::from([from]);
    while let Some(node) = queue.pop_front() {
        for (next, room) in capacity[node].iter().enumerate() {
            if *room > 0 && next != from && parent[next].is_none() {
                parent[next] = Some(node);
                queue.push_back(next);
            }
        }
    }
    let mut path = vec![to];
    let mut node = parent[to]?;
    while node != from {
        path.push(node);
        node = parent[node]?;
    }
    path.push(from);
    path.reverse();
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOTH: Margins = Margins { rows: true, columns: true };

    #[test]
    fn one_small_cell_takes_three_more_with_both_totals() {
        let counts = vec![vec![4, 60, 90], vec![55, 40, 70], vec![80, 75, 30]];
        let table = suppress_table(&counts, BOTH, false, &Policy::client_v1());
        assert_eq!(table.primary, [(0, 0)]);
        assert_eq!(table.secondary.len(), 3, "{table:?}");
        assert!(table.is_protected);
        assert_eq!(table.shown[0][0], None);
        assert_eq!(table.shown[2][2].or(table.shown[1][1]).map(|n| n % 5), Some(0));
    }

    #[test]
    fn one_row_with_its_total_takes_one_more() {
        let counts = vec![vec![4, 60, 25]];
        let table =
            suppress_table(&counts, Margins { rows: true, columns: false }, false, &Policy::client_v1());
        assert_eq!((table.primary, table.secondary), (vec![(0, 0)], vec![(0, 2)]));
        assert!(table.is_protected);
    }

    #[test]
    fn without_totals_a_blank_is_enough() {
        let counts = vec![vec![4, 60], vec![30, 25]];
        let none = Margins { rows: false, columns: false };
        let table = suppress_table(&counts, none, false, &Policy::client_v1());
        assert!(table.is_protected && table.secondary.is_empty());
    }

    #[test]
    fn what_cannot_be_protected_says_so() {
        let small_total = suppress_table(&[vec![4, 3], vec![50, 60]], BOTH, false, &Policy::client_v1());
        assert!(!small_total.is_protected);
        let ragged = suppress_table(&[vec![4, 30], vec![50]], BOTH, false, &Policy::client_v1());
        assert!(!ragged.is_protected);
        let lone = suppress_table(&[vec![4], vec![50]], BOTH, false, &Policy::client_v1());
        assert!(!lone.is_protected, "{lone:?}");
        assert!(!suppress_table(&[], BOTH, false, &Policy::client_v1()).is_protected);
    }

    #[test]
    fn zeros_are_told_apart() {
        let counts = vec![vec![0, 60], vec![30, 25]];
        assert!(suppress_table(&counts, BOTH, true, &Policy::client_v1()).primary.is_empty());
        assert_eq!(suppress_table(&counts, BOTH, false, &Policy::client_v1()).primary, [(0, 0)]);
    }

    /// Width of what a blank cell of a two-by-three table can be, by trying every table with the same totals.
    fn by_trial(table: &SuppressedTable, counts: &[Vec<u64>], cell: (usize, usize)) -> i64 {
        let row: i64 = counts[0].iter().sum::<u64>().cast_signed();
        let mut seen = Vec::new();
        for a in 0..=row {
            for b in 0..=row - a {
                let first = [a, b, row - a - b];
                let tried =
                    [first, [0, 1, 2].map(|c| (counts[0][c] + counts[1][c]).cast_signed() - first[c])];
                let fits = (0..2).flat_map(|r| (0..3).map(move |c| (r, c))).all(|(r, c)| {
                    tried[r][c] >= 0
                        && (table.shown[r][c].is_none() || tried[r][c] == counts[r][c].cast_signed())
                });
                if fits {
                    seen.push(tried[cell.0][cell.1]);
                }
            }
        }
        seen.iter().max().unwrap() - seen.iter().min().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn a_protected_table_is_protected_against_every_trial(
            cells in proptest::collection::vec(3u64..24, 6)
        ) {
            let counts = vec![cells[..3].to_vec(), cells[3..].to_vec()];
            let policy = Policy::client_v1();
            let table = suppress_table(&counts, BOTH, false, &policy);
            if table.is_protected {
                for cell in &table.primary {
                    prop_assert!(by_trial(&table, &counts, *cell) >= policy.minimum_count.cast_signed(), "{table:?}");
                }
            }
        }
    }
}
