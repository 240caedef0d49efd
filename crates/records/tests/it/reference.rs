//! Real files of the reference folder: the Stata originals against their CSV twins, and the seven trials.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use whatworks_domain::sample::SampleRequest;
use whatworks_records::{Mapping, ReadOptions, Table, Values, read_sample, read_table};

/// The data folder, or `None` when there is none; one line on stderr says whether the test ran.
pub(crate) fn data(test: &str) -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder =
        std::env::var_os("WHATWORKS_REFERENCE").map_or_else(|| workspace.join("../shared"), PathBuf::from);
    if !folder.join("data").is_dir() {
        eprintln!("reference: skipped {test} (no reference folder)");
        return None;
    }
    eprintln!("reference: ran {test}");
    Some(folder.join("data"))
}

fn read(path: &Path) -> Table {
    let table = read_table(path, &ReadOptions::default()).unwrap();
    let mapped = Mapping::default().apply(table).unwrap();
    assert!(mapped.bad_cells.is_empty(), "{}", mapped.bad_cells);
    mapped.table
}

#[test]
fn stata_originals_equal_their_csv_twins() {
    let Some(data) = data("stata_originals_equal_their_csv_twins") else { return };
    for (stata, csv) in [
        ("hh_91.dta", "khandker_hh_91.csv"),
        ("hh_98.dta", "khandker_hh_98.csv"),
        ("hh_9198.dta", "khandker_hh_9198.csv"),
        ("ECON523_E6-BanerjeeEtAl-data.dta", "banerjee2015_e6.csv"),
        ("ECON523_E2-BanerjeeEtAl-data.dta", "banerjee2015_e2.csv"),
    ] {
        let original = read(&data.join("original").join(stata));
        let twin = read(&data.join(csv));
        assert_eq!(original.rows(), twin.rows(), "{stata}");
        let mut compared = 0;
        for column in &twin.columns {
            let Some(other) = original.find_column(&column.name) else { continue };
            let (Values::Numbers(a), Values::Numbers(b)) = (&column.values, &other.values) else { continue };
            let same = a.iter().zip(b).all(|(x, y)| x == y || (x.is_nan() && y.is_nan()));
            assert!(same, "{stata} {}", column.name);
            compared += 1;
        }
        assert!(
            compared * 10 >= twin.columns.len() * 8,
            "{stata}: {compared} of {} columns",
            twin.columns.len()
        );
    }
}

#[test]
fn the_seven_trials_are_read() {
    let Some(data) = data("the_seven_trials_are_read") else { return };
    let path = data.join("microcredit_clients.csv");
    let table = read(&path);
    assert_eq!((table.rows(), table.columns.len()), (40267, 36));
    assert_eq!(table.provenance.sha256, "9875703784cf2f28e2c534b3231a4ebde76ce6780cc7234f487fe63edfc01a18");
    let request = SampleRequest {
        client: None,
        numbers: vec!["profit".to_owned(), "treatment".to_owned()],
        categories: vec!["cluster_id".to_owned()],
        rows: BTreeMap::from([("group".to_owned(), "banerjee".to_owned())]),
    };
    let reading = read_sample(&path, &Mapping::default(), &request).unwrap();
    assert_eq!(reading.sample.rows, 6863);
    assert_eq!(reading.sample.categories["cluster_id"].levels.len(), 104);
    assert_eq!(reading.sample.flow[1].dropped, 40267 - 6863);
    assert!(reading.bad_cells.is_empty());
}
