//! Comparing two divisions of the same people: which group is which, and how far the divisions agree.

/// For each group of the new division the group of the old one that it continues, so that as many people as possible
/// keep their group's name; `None` where the old division has no group left, or none with a member in common.
/// `overlap[new][old]` counts the people in both.
///
/// The assignment of largest total overlap, as the Hungarian algorithm (Kuhn 1955) finds it, here by trying all:
/// divisions of opinion have at most five groups. Of equal totals the first in the order of old numbers is taken.
pub fn match_by_overlap(overlap: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut search = Search {
        overlap,
        used: vec![false; overlap.iter().map(Vec::len).max().unwrap_or(0)],
        current: vec![None; overlap.len()],
        best: vec![None; overlap.len()],
        best_total: None,
    };
    search.from(0, 0);
    search.best
}

struct Search<'a> {
    overlap: &'a [Vec<usize>],
    used: Vec<bool>,
    current: Vec<Option<usize>>,
    best: Vec<Option<usize>>,
    best_total: Option<usize>,
}

impl Search<'_> {
    fn from(&mut self, new: usize, total: usize) {
        let Some(row) = self.overlap.get(new) else {
            if self.best_total.is_none_or(|best| total > best) {
                self.best_total = Some(total);
                self.best.clone_from(&self.current);
            }
            return;
        };
        for (old, shared) in row.iter().enumerate() {
            if *shared > 0 && !self.used[old] {
                self.used[old] = true;
                self.current[new] = Some(old);
                self.from(new + 1, total + shared);
                self.used[old] = false;
            }
        }
        self.current[new] = None;
        self.from(new + 1, total);
    }
}

/// Adjusted Rand index (Hubert and Arabie 1985) of two divisions over those who have a group in both: 1 for the same
/// division, 0 on average for unrelated ones. `None` when fewer than two people have both, or when both divisions are
/// one single group or all singletons.
pub fn adjusted_rand(first: &[Option<usize>], second: &[Option<usize>]) -> Option<f64> {
    let pairs: Vec<(usize, usize)> =
        first.iter().zip(second).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    if pairs.len() < 2 {
        return None;
    }
    let rows = pairs.iter().map(|pair| pair.0).max()? + 1;
    let columns = pairs.iter().map(|pair| pair.1).max()? + 1;
    let mut table = vec![vec![0usize; columns]; rows];
    for (a, b) in &pairs {
        table[*a][*b] += 1;
    }
    let chosen = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let together: f64 = table.iter().flatten().map(|count| chosen(*count)).sum();
    let by_row: f64 = table.iter().map(|row| chosen(row.iter().sum())).sum();
    let by_column: f64 = (0..columns).map(|column| chosen(table.iter().map(|row| row[column]).sum())).sum();
    let expected = by_row * by_column / chosen(pairs.len());
    let most = f64::midpoint(by_row, by_column);
    (most - expected > 0.0).then(|| (together - expected) / (most - expected))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_total_wins_over_the_largest_cell() {
        // Greedy would take 10 and leave 0; the best total is 9 + 9.
        assert_eq!(match_by_overlap(&[vec![10, 9], vec![9, 0]]), [Some(1), Some(0)]);
        assert_eq!(match_by_overlap(&[vec![0, 5], vec![0, 4], vec![3, 0]]), [Some(1), None, Some(0)]);
        assert!(match_by_overlap(&[]).is_empty());
    }

    #[test]
    fn adjusted_rand_of_hubert_and_arabie() {
        let label = |text: &str| text.bytes().map(|b| Some((b - b'0') as usize)).collect::<Vec<_>>();
        assert_eq!(adjusted_rand(&label("0011"), &label("1100")), Some(1.0));
        // scikit-learn 1.9.1 adjusted_rand_score([0,0,1,2],[0,0,1,1]) = 0.571428…
        let found = adjusted_rand(&label("0012"), &label("0011")).unwrap();
        assert!((found - 4.0 / 7.0).abs() < 1e-12);
        assert_eq!(adjusted_rand(&label("0000"), &label("0000")), None);
    }
}
