//! The households of Banerjee et al. (2015) as columns, from the reference folder.

use std::collections::BTreeMap;

use crate::reference::external;

/// Baseline controls at area level, as the reference names them.
pub(crate) const CONTROLS: [&str; 6] = [
    "area_pop_base",
    "area_debt_total_base",
    "area_business_total_base",
    "area_exp_pc_mean_base",
    "area_literate_head_base",
    "area_literate_base",
];

/// Named columns; empty cells are NaN.
pub(crate) struct Households {
    columns: BTreeMap<String, Vec<f64>>,
}

/// The file, or `None` without a reference folder.
pub(crate) fn households(test: &str) -> Option<Households> {
    let [text] = external(test, ["banerjee2015_e6.csv"])?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut columns: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for record in reader.records() {
        for (name, cell) in names.iter().zip(record.unwrap().iter()) {
            columns.entry(name.clone()).or_default().push(cell.parse().unwrap_or(f64::NAN));
        }
    }
    Some(Households { columns })
}

impl Households {
    /// Rows that are complete on the named columns and on the area, as columns in the order named, and the
    /// area codes.
    pub(crate) fn complete(&self, names: &[&str]) -> (Vec<Vec<f64>>, Vec<u32>) {
        let area = &self.columns["areaid"];
        let keep: Vec<usize> = (0..area.len())
            .filter(|row| names.iter().chain(&["areaid"]).all(|name| self.columns[*name][*row].is_finite()))
            .collect();
        let column = |name: &&str| keep.iter().map(|row| self.columns[*name][*row]).collect();
        (names.iter().map(column).collect(), keep.iter().map(|row| area[*row] as u32).collect())
    }
}
