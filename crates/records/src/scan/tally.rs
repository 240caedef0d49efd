//! What a study counts in the same pass as its sums: rows and people by arm, what each person adds, gaps by arm, values.
//!
//! Totals by arm and by person are sums of their own, exact and in any order. People are told apart by the codes of a
//! column; beyond a limit they are not counted, and whoever has to know (the disclosure gate) is told so. Left out:
//! weights, periods.

use std::borrow::Cow;
use std::collections::BTreeMap;
use whatworks_domain::{ArmTotals, OutcomeTotals, PeopleTotals};
use whatworks_stats::regression::{CellTotal, GroupedSums, RegressionError, RowBatch};

/// How people are told apart.
pub(super) enum Persons {
    /// Every row is one.
    Rows,
    /// By codes; the sums are by arm and person.
    Coded(Box<GroupedSums>),
    /// Not at all.
    Unknown,
}

/// One thread's counts. Columns are outcome, arm, covariates.
pub(super) struct Tally {
    base: [u64; 2],
    strange: Option<f64>,
    /// Different values of the outcome: one too many to be a share, at most.
    values: Vec<f64>,
    /// The largest absolute values by arm, when every row is a person.
    largest: [[f64; 2]; 2],
    /// The outcome and its absolute value by arm.
    by_arm: GroupedSums,
    persons: Persons,
    most_people: u64,
    /// Rows by arm and covariates; `None` once they are too many.
    cells: Option<BTreeMap<Vec<u64>, u64>>,
}

/// Group of rows whose arm is neither.
const NEITHER: u32 = 2;

fn arm_of(value: f64) -> u32 {
    if value == 0.0 {
        0
    } else if value == 1.0 {
        1
    } else {
        NEITHER
    }
}

impl Tally {
    /// `coded`: people have codes; they are counted up to `most_people`.
    pub(super) fn new(coded: bool, most_people: u64) -> Self {
        Self {
            base: [0; 2],
            strange: None,
            values: Vec::new(),
            largest: [[0.0; 2]; 2],
            by_arm: GroupedSums::new(2, 0, true),
            persons: if coded {
                Persons::Coded(Box::new(GroupedSums::new(2, 1, true)))
            } else {
                Persons::Rows
            },
            most_people,
            cells: Some(BTreeMap::new()),
        }
    }

    /// People cannot be told apart.
    pub(super) fn lose_people(&mut self) {
        self.persons = Persons::Unknown;
    }

    /// Counts the rows that have everything but the outcome.
    pub(super) fn add_base(&mut self, arms: &[f64]) {
        for value in arms {
            match self.base.get_mut(arm_of(*value) as usize) {
                Some(count) => *count += 1,
                None => self.strange = Some(*value),
            }
        }
    }

    /// Counts the rows that have everything.
    ///
    /// # Errors
    /// As [`GroupedSums::add_rows`].
    pub(super) fn add(
        &mut self,
        columns: &[Cow<'_, [f64]>],
        people: Option<&[u32]>,
    ) -> Result<(), RegressionError> {
        let [outcome, arm, ..] = columns else { return Ok(()) };
        let arms: Vec<u32> = arm.iter().map(|value| arm_of(*value)).collect();
        let sizes: Vec<f64> = outcome.iter().map(|value| value.abs()).collect();
        for value in outcome.iter() {
            if self.values.len() > 2 {
                break;
            }
            if !self.values.contains(value) {
                self.values.push(*value);
            }
        }
        let batch =
            RowBatch { columns: &[outcome, &sizes], weights: None, clusters: Some(&arms), factors: &[] };
        self.by_arm.add_rows(&batch)?;
        match (&mut self.persons, people) {
            (Persons::Rows, _) => {
                for (size, arm) in sizes.iter().zip(&arms) {
                    if let Some(largest) = self.largest.get_mut(*arm as usize) {
                        keep_largest(largest, *size);
                    }
                }
            }
            (Persons::Coded(sums), Some(codes)) => {
                sums.add_rows(&RowBatch { factors: &[codes], ..batch })?;
                if sums.cells() > self.most_people {
                    self.persons = Persons::Unknown;
                }
            }
            (Persons::Coded(_), None) => self.persons = Persons::Unknown,
            (Persons::Unknown, _) => {}
        }
        self.count_cells(&columns[1..]);
        Ok(())
    }

    fn count_cells(&mut self, columns: &[Cow<'_, [f64]>]) {
        let Some(cells) = &mut self.cells else { return };
        let rows = columns.first().map_or(0, |column| column.len());
        let mut key: Vec<u64> = Vec::with_capacity(columns.len());
        for row in 0..rows {
            key.clear();
            // Zero and negative zero are one value.
            key.extend(columns.iter().map(|column| (column[row] + 0.0).to_bits()));
            match cells.get_mut(&key) {
                Some(count) => *count += 1,
                None => {
                    cells.insert(key.clone(), 1);
                }
            }
            if cells.len() as u64 >= OutcomeTotals::MOST_COVARIATE_CELLS {
                self.cells = None;
                return;
            }
        }
    }

    /// Adds another part's counts.
    ///
    /// # Errors
    /// As [`GroupedSums::merge`].
    pub(super) fn merge(&mut self, other: Self) -> Result<(), RegressionError> {
        for arm in 0..2 {
            self.base[arm] += other.base[arm];
            other.largest[arm].iter().for_each(|size| keep_largest(&mut self.largest[arm], *size));
        }
        self.strange = match (self.strange, other.strange) {
            (Some(a), Some(b)) => Some(if a.total_cmp(&b).is_le() { a } else { b }),
            (a, b) => a.or(b),
        };
        for value in other.values {
            if self.values.len() <= 2 && !self.values.contains(&value) {
                self.values.push(value);
            }
        }
        self.by_arm.merge(&other.by_arm)?;
        match (&mut self.persons, other.persons) {
            (Persons::Coded(sums), Persons::Coded(others)) => {
                sums.merge(&others)?;
                if sums.cells() > self.most_people {
                    self.persons = Persons::Unknown;
                }
            }
            (Persons::Rows, Persons::Rows) => {}
            _ => self.persons = Persons::Unknown,
        }
        self.cells = match (self.cells.take(), other.cells) {
            (Some(mut cells), Some(others)) => {
                for (key, count) in others {
                    *cells.entry(key).or_insert(0) += count;
                }
                Some(cells).filter(|cells| (cells.len() as u64) < OutcomeTotals::MOST_COVARIATE_CELLS)
            }
            _ => None,
        };
        Ok(())
    }

    /// The counts in the words of a study; rows in the file, rows kept and gaps are the scan's to fill in.
    pub(super) fn totals(self) -> OutcomeTotals {
        let two_values = match *self.values {
            [one] => Some((one, one)),
            [a, b] => Some(if a < b { (a, b) } else { (b, a) }),
            _ => None,
        };
        let people = match &self.persons {
            Persons::Coded(sums) => Some((sums.cell_totals(0), sums.cell_totals(1))),
            Persons::Rows | Persons::Unknown => None,
        };
        let (outcome, sizes) = (self.by_arm.cluster_totals(0), self.by_arm.cluster_totals(1));
        let arm = |code: u32| {
            let at = outcome.iter().position(|total| total.code == code);
            let Some((total, size)) = at.map(|at| (outcome[at], sizes[at].sum)) else {
                return ArmTotals { rows: self.base[code as usize], ..ArmTotals::default() };
            };
            let recorded = total.weight as u64;
            let people = match (&self.persons, &people) {
                (Persons::Rows, _) => Some(PeopleTotals {
                    count: recorded,
                    absolute_sum: size,
                    largest: self.largest[code as usize],
                    with_larger: two_values.map_or(0, |(low, high)| {
                        if high > low {
                            ((total.sum - total.weight * low) / (high - low)).round() as u64
                        } else {
                            recorded
                        }
                    }),
                }),
                (_, Some((outcome, sizes))) => Some(people_of(code, outcome, sizes, size, two_values)),
                _ => None,
            };
            ArmTotals {
                rows: self.base[code as usize],
                recorded,
                mean: total.sum / total.weight,
                sd: (total.squared_deviations / (total.weight - 1.0)).sqrt(),
                people,
            }
        };
        let (cells, smallest) = match &self.cells {
            Some(cells) => (cells.len() as u64, cells.values().copied().min().unwrap_or(0)),
            None => (OutcomeTotals::MOST_COVARIATE_CELLS, 0),
        };
        OutcomeTotals {
            strange_arm: self.strange,
            arms: [arm(0), arm(1)],
            two_values,
            covariate_cells: cells,
            smallest_covariate_cell: smallest,
            ..OutcomeTotals::default()
        }
    }
}

/// The people of an arm from the totals of arm and person.
fn people_of(
    arm: u32,
    outcome: &[CellTotal],
    sizes: &[CellTotal],
    absolute_sum: f64,
    two_values: Option<(f64, f64)>,
) -> PeopleTotals {
    let mut found = PeopleTotals { absolute_sum, ..PeopleTotals::default() };
    for (total, size) in outcome.iter().zip(sizes).filter(|(total, _)| total.cluster == arm) {
        found.count += 1;
        keep_largest(&mut found.largest, size.sum);
        // One row with the larger value lifts the sum by the whole distance.
        let has_larger = |(low, high): (f64, f64)| total.sum - total.rows as f64 * low >= 0.5 * (high - low);
        found.with_larger += u64::from(two_values.is_some_and(has_larger));
    }
    found
}

fn keep_largest(largest: &mut [f64; 2], size: f64) {
    if size > largest[0] {
        *largest = [size, largest[0]];
    } else if size > largest[1] {
        largest[1] = size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(rows: &[(f64, f64, f64)], people: Option<&[u32]>, most: u64) -> Tally {
        let column = |of: fn(&(f64, f64, f64)) -> f64| Cow::Owned(rows.iter().map(of).collect::<Vec<f64>>());
        let columns = [column(|row| row.0), column(|row| row.1), column(|row| row.2)];
        let mut tally = Tally::new(people.is_some(), most);
        tally.add_base(&columns[1]);
        tally.add(&columns, people).unwrap();
        tally
    }

    const ROWS: [(f64, f64, f64); 6] = [
        (2.0, 0.0, 1.0),
        (-4.0, 0.0, 1.0),
        (3.0, 0.0, 2.0),
        (5.0, 1.0, 1.0),
        (7.0, 1.0, 1.0),
        (1.0, 1.0, 1.0),
    ];

    #[test]
    fn rows_are_people_where_nothing_tells_them_apart() {
        let found = tally(&ROWS, None, 10).totals();
        let [comparison, treated] = &found.arms;
        assert_eq!((comparison.rows, comparison.recorded, treated.recorded), (3, 3, 3));
        let people = comparison.people.unwrap();
        assert_eq!((people.count, people.absolute_sum, people.largest), (3, 9.0, [4.0, 3.0]));
        assert!((comparison.mean - 1.0 / 3.0).abs() < 1e-15);
        assert!((treated.sd - (56.0_f64 / 6.0).sqrt()).abs() < 1e-12, "{}", treated.sd);
        assert_eq!((found.covariate_cells, found.smallest_covariate_cell), (3, 1));
        assert_eq!(found.two_values, None);
    }

    #[test]
    fn a_person_with_several_rows_adds_their_sum() {
        let found = tally(&ROWS, Some(&[4, 4, 9, 7, 7, 9]), 10).totals();
        let people = found.arms[0].people.unwrap();
        assert_eq!((people.count, people.largest), (2, [6.0, 3.0]));
        assert_eq!(found.arms[1].people.unwrap().largest, [12.0, 1.0]);
        // Four people of arm and code, one more than may be told apart.
        assert_eq!(tally(&ROWS, Some(&[4, 4, 9, 7, 7, 9]), 3).totals().arms[0].people, None);
    }

    #[test]
    fn parts_merge_to_the_whole_and_two_values_are_a_share() {
        let rows: Vec<(f64, f64, f64)> =
            ROWS.iter().map(|row| (f64::from(row.0 > 2.0), row.1, row.2)).collect();
        let people = [1, 1, 2, 3, 3, 3];
        let mut parts = tally(&rows[..2], Some(&people[..2]), 10);
        parts.merge(tally(&rows[2..], Some(&people[2..]), 10)).unwrap();
        let whole = tally(&rows, Some(&people), 10).totals();
        assert_eq!(parts.totals(), whole);
        assert_eq!(whole.two_values, Some((0.0, 1.0)));
        assert_eq!(whole.arms.each_ref().map(|arm| arm.people.unwrap().with_larger), [1, 1]);
        let by_row = tally(&rows, None, 10).totals();
        assert_eq!(by_row.arms.each_ref().map(|arm| arm.people.unwrap().with_larger), [1, 2]);
    }

    #[test]
    fn a_strange_arm_and_too_many_covariates_are_told() {
        let rows: Vec<(f64, f64, f64)> = (0..5000).map(|row| (1.0, 2.0, f64::from(row))).collect();
        let found = tally(&rows, None, 10).totals();
        assert_eq!(found.strange_arm, Some(2.0));
        assert_eq!(found.arms[1], ArmTotals::default());
        assert_eq!(found.covariate_cells, OutcomeTotals::MOST_COVARIATE_CELLS);
        assert_eq!(found.smallest_covariate_cell, 0);
    }
}
