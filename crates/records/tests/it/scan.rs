//! A scan gives what a regression in memory gives, whatever the files, the threads and the order of the rows.

use crate::reference;
use datafusion::arrow::array::{
    ArrayRef, Float64Array, Int8Array, Int32Array, Int64Array, RecordBatch, StringArray,
};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use whatworks_records::{
    Mapping, ReadOptions, RecordsError, Scan, ScanRequest, Values, read_table, scan_parquet,
};
use whatworks_stats::regression::{
    Engine, GroupedDesign, Sample, Variance, covariance, covariance_grouped, fit, fit_grouped,
};

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    // Small row groups, so that there is something to share out.
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(1000)).build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn scan(path: &Path, request: &ScanRequest) -> Result<Scan, RecordsError> {
    scan_parquet(path, request, &|_, _| (), &AtomicBool::new(false))
}

/// A small generator of numbers in 0..1: Knuth's MMIX congruential one.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

struct Book {
    y: Vec<f64>,
    x: Vec<f64>,
    branch: Vec<i32>,
    month: Vec<i32>,
}

fn book(rows: usize) -> Book {
    let mut numbers = Numbers(7);
    let mut book = Book { y: vec![], x: vec![], branch: vec![], month: vec![] };
    for _ in 0..rows {
        let branch = (numbers.next() * 40.0) as i32;
        let month = (numbers.next() * 12.0) as i32;
        let x = numbers.next() + f64::from(branch) * 0.01;
        book.y.push(2.0 * x + f64::from(branch % 7) - f64::from(month % 5) + numbers.next());
        book.x.push(x);
        book.branch.push(branch);
        book.month.push(month);
    }
    book
}

fn request() -> ScanRequest {
    ScanRequest {
        columns: vec!["y".into(), "x".into()],
        cluster: Some("branch".into()),
        factors: vec!["branch".into(), "month".into()],
        ..ScanRequest::default()
    }
}

fn estimate(scan: &Scan) -> (f64, f64) {
    let design = GroupedDesign { outcome: 0, regressors: &[1], intercept: false };
    let fitted = fit_grouped(scan.sums.as_ref().unwrap(), &design).unwrap();
    let errors = covariance_grouped(&fitted, Variance::Cr1).unwrap().standard_errors();
    (fitted.fit.coefficients[0], errors[0])
}

#[test]
fn a_scan_equals_the_regression_in_memory_for_keys_of_every_kind() {
    let book = book(5000);
    let codes = |keys: &[i32]| -> Vec<u32> { keys.iter().map(|key| *key as u32).collect() };
    let (branch, month) = (codes(&book.branch), codes(&book.month));
    let sample = Sample { y: &book.y, x: &[&book.x], factors: &[&branch, &month], ..Sample::default() };
    let fitted = fit(&sample).unwrap();
    let error = covariance(&fitted, Variance::Cr1, &[&branch]).unwrap().standard_errors()[0];
    let folder = tempfile::tempdir().unwrap();
    let keys = |keys: &[i32], kind: &str| -> ArrayRef {
        match kind {
            "i8" => Arc::new(Int8Array::from_iter_values(keys.iter().map(|key| *key as i8))),
            "i32" => Arc::new(Int32Array::from(keys.to_vec())),
            "i64" => {
                Arc::new(Int64Array::from_iter_values(keys.iter().map(|key| i64::from(*key) + 5_000_000_000)))
            }
            "wide" => Arc::new(Int64Array::from_iter_values(keys.iter().map(|key| i64::from(*key) << 40))),
            "f64" => Arc::new(Float64Array::from_iter_values(keys.iter().map(|key| f64::from(*key) + 0.5))),
            _ => Arc::new(StringArray::from_iter_values(keys.iter().map(|key| format!("unit {key:03}")))),
        }
    };
    for kind in ["i8", "i32", "i64", "wide", "f64", "text"] {
        let path = folder.path().join(format!("{kind}.parquet"));
        write(
            &path,
            vec![
                ("branch", keys(&book.branch, kind)),
                ("x", Arc::new(Float64Array::from(book.x.clone()))),
                ("month", keys(&book.month, kind)),
                ("y", Arc::new(Float64Array::from(book.y.clone()))),
            ],
        );
        for threads in [1, 2] {
            let scan = scan(&path, &ScanRequest { threads, ..request() }).unwrap();
            let (coefficient, standard_error) = estimate(&scan);
            assert!((coefficient / fitted.fit.coefficients[0] - 1.0).abs() < 1e-12, "{kind} {threads}");
            assert!((standard_error / error - 1.0).abs() < 1e-11, "{kind} {threads}");
            assert_eq!((scan.rows_selected, scan.rows_missing, scan.cells), (5000, 0, 480));
            assert_eq!(scan.engine, Engine::Grouped);
        }
    }
}

#[test]
fn missing_rows_are_left_out_and_counted_and_files_of_a_folder_are_one() {
    let book = book(4000);
    let folder = tempfile::tempdir().unwrap();
    let mut y: Vec<Option<f64>> = book.y.iter().copied().map(Some).collect();
    y[10] = None;
    y[11] = Some(f64::NAN);
    let mut branch: Vec<Option<i32>> = book.branch.iter().copied().map(Some).collect();
    branch[11] = None;
    branch[3999] = None;
    let site: Vec<&str> = (0..4000).map(|row| if row % 2 == 0 { "north" } else { "south" }).collect();
    for (name, rows) in [("a.parquet", 0..1500), ("b.parquet", 1500..4000)] {
        write(
            &folder.path().join(name),
            vec![
                ("y", Arc::new(Float64Array::from(y[rows.clone()].to_vec()))),
                ("x", Arc::new(Float64Array::from(book.x[rows.clone()].to_vec()))),
                ("branch", Arc::new(Int32Array::from(branch[rows.clone()].to_vec()))),
                ("month", Arc::new(Int32Array::from(book.month[rows.clone()].to_vec()))),
                ("site", Arc::new(StringArray::from(site[rows].to_vec()))),
            ],
        );
    }
    let seen = AtomicU64::new(0);
    let progress = |done: u64, total: u64| {
        assert!(done <= total && total == 4000);
        seen.fetch_max(done, Ordering::Relaxed);
    };
    let all = scan_parquet(folder.path(), &request(), &progress, &AtomicBool::new(false)).unwrap();
    assert_eq!((all.rows_in_files, all.rows_selected, all.rows_missing), (4000, 4000, 3));
    assert_eq!(seen.into_inner(), 4000);
    let missing = |name: &str| all.missing_by_column[name];
    assert_eq!((missing("y"), missing("branch"), missing("x")), (2, 2, 0));
    let rows = BTreeMap::from([("site".to_owned(), "north".to_owned())]);
    let north = scan(folder.path(), &ScanRequest { rows, ..request() }).unwrap();
    assert_eq!((north.rows_selected, north.rows_missing), (2000, 1));
    // The mapping's names are the file's names, unless it recodes.
    let mapping = Mapping::parse("[columns]\nprofit = \"y\"\n").unwrap();
    let named = ScanRequest { columns: vec!["profit".into(), "x".into()], ..request() };
    assert_eq!(named.through(&mapping).unwrap().columns, ["y", "x"]);
    let mapping = Mapping::parse("[columns.profit]\nfrom = \"y\"\nmultiply = 2\n").unwrap();
    assert_eq!(named.through(&mapping), None);
}

#[test]
fn what_cannot_be_scanned_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let rows = 100_000_i32;
    write(
        &path,
        vec![
            ("y", Arc::new(Float64Array::from_iter_values((0..rows).map(f64::from)))),
            ("client", Arc::new(Int32Array::from_iter_values(0..rows))),
            ("name", Arc::new(StringArray::from_iter_values((0..rows).map(|row| format!("c{row}"))))),
        ],
    );
    let by = |key: &str| ScanRequest {
        columns: vec!["y".into()],
        factors: vec![key.into()],
        ..ScanRequest::default()
    };
    // A factor as long as the data: memory suits it better.
    let given_up = scan(&path, &ScanRequest { most_cells: 5000, ..by("client") }).unwrap();
    assert_eq!((given_up.engine, given_up.sums.is_none()), (Engine::Memory, true));
    let given_up = scan(&path, &ScanRequest { most_cells: 5000, ..by("name") }).unwrap();
    assert_eq!((given_up.engine, given_up.sums.is_none()), (Engine::Memory, true));
    for (request, expect) in [
        (by("clinet"), "did you mean “client”?"),
        (ScanRequest { columns: vec!["name".into()], ..ScanRequest::default() }, "does not hold numbers"),
        (ScanRequest::default(), "no column is asked for"),
    ] {
        let refused = scan(&path, &request).unwrap_err().to_string();
        assert!(refused.contains(expect), "{refused}");
    }
    let cancelled = scan_parquet(&path, &by("client"), &|_, _| (), &AtomicBool::new(true));
    assert!(matches!(cancelled, Err(RecordsError::Cancelled)));
    assert!(matches!(scan(&folder.path().join("none"), &by("client")), Err(RecordsError::File { .. })));
    std::fs::write(folder.path().join("b.parquet"), b"PAR1 nothing").unwrap();
    assert!(matches!(scan(folder.path(), &by("client")), Err(RecordsError::Refused(_))));
}

#[test]
fn two_hundred_thousand_clients_with_two_factors() {
    let Some(data) = reference::data("two_hundred_thousand_clients_with_two_factors") else { return };
    let golden = std::fs::read_to_string(data.join("../golden/d_hdfe_synth200k.json")).unwrap();
    let golden: serde_json::Value = serde_json::from_str(&golden).unwrap();
    let table = read_table(&data.join("synth_clients_200k.csv"), &ReadOptions::default()).unwrap();
    let table = Mapping::default().apply(table).unwrap().table;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clients.parquet");
    let columns = table
        .columns
        .iter()
        .map(|column| {
            let Values::Numbers(numbers) = &column.values else { panic!("{} holds numbers", column.name) };
            let array: ArrayRef = match column.name.as_str() {
                "branch" | "month" => {
                    Arc::new(Int64Array::from_iter_values(numbers.iter().map(|key| *key as i64)))
                }
                _ => Arc::new(Float64Array::from(numbers.clone())),
            };
            (column.name.as_str(), array)
        })
        .collect();
    write(&path, columns);
    let names = ["y", "treat", "x1", "x2", "x3", "x4", "x5"];
    // 200,000 rows in nearly as many cells would go in memory; the sums must be right all the same.
    let scan = scan(
        &path,
        &ScanRequest {
            insist: true,
            columns: names.iter().map(|name| (*name).to_owned()).collect(),
            ..request()
        },
    )
    .unwrap();
    let design = GroupedDesign { outcome: 0, regressors: &[1, 2, 3, 4, 5, 6], intercept: false };
    let fitted = fit_grouped(scan.sums.as_ref().unwrap(), &design).unwrap();
    let errors = covariance_grouped(&fitted, Variance::Cr0).unwrap().standard_errors();
    for (at, name) in names[1..].iter().enumerate() {
        for (found, set) in [(fitted.fit.coefficients[at], "coef"), (errors[at], "se_cr0_branch")] {
            let expect = golden[set][at].as_f64().unwrap();
            assert!((found / expect - 1.0).abs() < 1e-9, "{set} {name}: {found} for {expect}");
        }
    }
}
