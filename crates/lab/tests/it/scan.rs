//! The boundary between rows in memory and sums from a scan: on both sides the same numbers, refusals and releases.

use crate::program::{json, lab, succeeds};
use datafusion::arrow::array::{ArrayRef, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use serde_json::Value;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// The same sums in about 32 digits, only arranged otherwise.
const SAME: f64 = 1e-10;

/// A small generator of numbers in 0..1: Knuth's MMIX congruential one.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Loans of 12,000 clients, two each, in 600 groups of 30 districts; some answers and covariates are missing.
fn write_clients(path: &Path) {
    let mut numbers = Numbers(11);
    let (mut client, mut group, mut district, mut offered) = (vec![], vec![], vec![], vec![]);
    let (mut age, mut income, mut late, mut month) = (vec![], vec![], vec![], vec![]);
    for row in 0..24_000_i64 {
        let id = row / 2;
        let place = id % 600;
        let arm = (place / 30) % 2;
        let years = 20.0 + (numbers.next() * 40.0).floor();
        let effect = 3.0 * arm as f64 + ((place * 7) % 13) as f64;
        let answered = numbers.next() > 0.03 + 0.02 * arm as f64;
        client.push(9_000_000_000 + id);
        group.push(format!("group {place:03}"));
        district.push(i32::try_from(place % 30).unwrap());
        offered.push(i32::try_from(arm).unwrap());
        month.push(i32::try_from(row % 12).unwrap());
        age.push((numbers.next() > 0.01).then_some(years));
        income.push(answered.then(|| 1e4 + effect + years * 0.1 + 20.0 * numbers.next()));
        late.push(Some(f64::from(u8::from(numbers.next() < 0.2))));
    }
    write(
        path,
        vec![
            ("client", Arc::new(Int64Array::from(client)) as ArrayRef),
            ("group", Arc::new(StringArray::from(group))),
            ("district", Arc::new(Int32Array::from(district))),
            ("offered", Arc::new(Int32Array::from(offered))),
            ("month", Arc::new(Int32Array::from(month))),
            ("age", Arc::new(Float64Array::from(age))),
            ("income", Arc::new(Float64Array::from(income))),
            ("late", Arc::new(Float64Array::from(late))),
        ],
    );
}

/// 80 branches over 12 months, 20 clients each month; half took the practice up, at different dates.
fn write_branches(path: &Path) {
    let mut numbers = Numbers(5);
    let (mut branch, mut month, mut on, mut income, mut age) = (vec![], vec![], vec![], vec![], vec![]);
    for row in 0..80 * 12 * 20_i32 {
        let (place, time) = (row % 80, (row / 80) % 12);
        let begun = place % 2 == 0 && time >= 4 + place % 3;
        branch.push(place);
        month.push(time);
        on.push(f64::from(u8::from(begun)));
        age.push(numbers.next());
        income.push(f64::from(place) + f64::from(time) * 0.3 + 2.0 * on[on.len() - 1] + numbers.next());
    }
    write(
        path,
        vec![
            ("branch", Arc::new(Int32Array::from(branch)) as ArrayRef),
            ("month", Arc::new(Int32Array::from(month))),
            ("on", Arc::new(Float64Array::from(on))),
            ("age", Arc::new(Float64Array::from(age))),
            ("income", Arc::new(Float64Array::from(income))),
        ],
    );
}

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>) {
    let named = columns.into_iter().map(|(name, array)| (name, array, true));
    let batch = RecordBatch::try_from_iter_with_nullable(named).unwrap();
    // Small row groups, so that there is something to share out.
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(1000)).build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn plan(data: &str, design: &str, rest: &str) -> String {
    format!(
        r#"[study]
title = "Grace"
institution = "An institution"
country = "IN"
[practice]
id = "credit.repayment.grace-period"
comparator = "immediate-repayment"
[data]
{data}
[design]
{design}
[[outcome]]
id = "income.household"
column = "income"
unit = "INR per month"
primary = true
{rest}
"#
    )
}

const CLIENTS: &str = "file = \"clients.parquet\"\ncolumns = { client = \"client\" }";
const LATE: &str = "[[outcome]]\nid = \"repayment.on-time\"\ncolumn = \"late\"\nunit = \"share\"\n";

/// `study.json` of a plan with a threshold of this many rows.
fn study(folder: &Path, plan: &str, from: &str, out: &str) -> Value {
    let file = folder.join("plan.toml");
    std::fs::write(&file, plan).unwrap();
    let out = folder.join(out);
    let arguments =
        ["study", "run", file.to_str().unwrap(), "--no-pdf", "--json", "--scan-from", from, "--out"];
    // Each run judges its releases alone.
    let _ = std::fs::remove_file(folder.join("releases.jsonl"));
    json(&lab(&[&arguments[..], &[out.to_str().unwrap()]].concat()))
}

fn codes(study: &Value, list: &str) -> Vec<String> {
    study[list].as_array().unwrap().iter().map(|notice| notice["code"].as_str().unwrap().to_owned()).collect()
}

/// Holds two values to be the same, numbers to [`SAME`].
fn same(scanned: &Value, held: &Value, place: &str) {
    match (scanned, held) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() <= SAME * (b.abs() + 1e-3), "{place}: {a} scanned, {b} held");
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{place}");
            a.iter().zip(b).enumerate().for_each(|(at, (a, b))| same(a, b, &format!("{place}[{at}]")));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert!(a.keys().eq(b.keys()), "{place}");
            a.iter().for_each(|(key, value)| same(value, &b[key], &format!("{place}.{key}")));
        }
        _ => assert_eq!(scanned, held, "{place}"),
    }
}

/// Runs a plan on both sides of the boundary and compares all that sums give.
fn compare(folder: &Path, plan: &str, rows: u64) -> (Value, Value) {
    let scanned = study(folder, plan, &rows.to_string(), "scanned");
    let held = study(folder, plan, &(rows + 1).to_string(), "held");
    assert!(codes(&scanned, "warnings").contains(&"from_sums".to_owned()), "{scanned}");
    assert!(!codes(&held, "warnings").contains(&"from_sums".to_owned()));
    for part in ["estimates", "sample_flow", "releases", "data"] {
        same(&scanned[part], &held[part], part);
    }
    for part in ["mde", "collinear", "take_up"] {
        same(&scanned["diagnostics"][part], &held["diagnostics"][part], part);
    }
    // Sizes count the rows that have the outcome here, and all that were assigned there.
    for part in ["column", "count", "treated"] {
        assert_eq!(scanned["diagnostics"]["clusters"][part], held["diagnostics"]["clusters"][part], "{part}");
    }
    for (scanned, held) in scanned["diagnostics"]["attrition"]
        .as_array()
        .unwrap()
        .iter()
        .zip(held["diagnostics"]["attrition"].as_array().unwrap())
    {
        for count in ["treated", "treated_missing", "control", "control_missing", "difference"] {
            same(&scanned[count], &held[count], count);
        }
    }
    (scanned, held)
}

#[test]
fn a_cluster_trial_from_sums_is_the_trial_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    write_clients(&folder.path().join("clients.parquet"));
    let design = "kind = \"cluster-randomised\"\ntreatment = \"offered\"\ncluster = \"group\"\nstrata = \"district\"\n\
                  fixed_effects = [\"month\"]\ncovariates = [\"age\"]";
    let (scanned, _) = compare(folder.path(), &plan(CLIENTS, design, LATE), 24_000);
    assert_eq!(scanned["estimates"][0]["vcov"], "CR1S");
    assert_eq!(scanned["estimates"][0]["clusters"], 600);
    // People, not rows, are behind what leaves, and both findings leave.
    assert!(scanned["releases"].as_array().unwrap().iter().all(|release| release["verdict"] == "pass"));
    let attrition = &scanned["diagnostics"]["attrition"][0];
    assert!(attrition["treated_missing"].as_u64().unwrap() > 0 && attrition["p_value"].is_null());
    // The packets say the same but for the digest of what the gate was told: it stops counting cells of covariates.
    let of = |out: &str| {
        let name = scanned["releases"][0]["file"].as_str().unwrap();
        let text = std::fs::read_to_string(folder.path().join(out).join(name)).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()
    };
    assert_eq!(of("scanned")["predicate"]["finding"], of("held")["predicate"]["finding"]);
}

#[test]
fn rows_that_the_plan_leaves_out_are_left_out_of_the_sums() {
    let folder = tempfile::tempdir().unwrap();
    write_clients(&folder.path().join("clients.parquet"));
    let data = format!("{CLIENTS}\nrows = {{ month = \"3\" }}");
    let design = "kind = \"cluster-randomised\"\ntreatment = \"offered\"\ncluster = \"group\"";
    // The threshold counts the file's rows, not the plan's.
    let scanned = study(folder.path(), &plan(&data, design, ""), "24000", "scanned");
    let held = study(folder.path(), &plan(&data, design, ""), "24001", "held");
    assert!(codes(&scanned, "warnings").contains(&"from_sums".to_owned()));
    // Nothing crosses the 100 groups, so that sums give CR2.
    assert_eq!(scanned["estimates"][0]["vcov"], "CR2");
    same(&scanned["releases"], &held["releases"], "releases");
    same(&scanned["estimates"], &held["estimates"], "estimates");
}

#[test]
fn a_panel_from_sums_is_the_panel_in_memory_and_says_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    write_branches(&folder.path().join("branches.parquet"));
    let design =
        "kind = \"panel\"\ntreatment = \"on\"\nunit = \"branch\"\ntime = \"month\"\ncovariates = [\"age\"]";
    let file = "file = \"branches.parquet\"";
    let (scanned, held) =
        compare(folder.path(), &plan(file, design, "[inference]\nvcov = \"CR1S\""), 80 * 12 * 20);
    assert!(codes(&scanned, "warnings").contains(&"staggered_start".to_owned()), "{scanned}");
    assert_eq!(codes(&scanned, "refusals"), codes(&held, "refusals"));
    let asked = "[[subgroup]]\ncolumn = \"month\"\nname = \"Month\"\n\
                 [inference]\nvcov = \"CR1S\"\nbootstrap = 99\nrandomisation = 99\ncorrections = [\"romano-wolf\"]";
    let lacking = study(folder.path(), &plan(file, design, asked), "1", "lacking");
    assert_eq!(codes(&lacking, "refusals"), ["no_subgroups", "no_randomisation_inference", "no_romano_wolf"]);
    assert!(codes(&lacking, "warnings").contains(&"no_bootstrap".to_owned()));
    // The default variance of 80 branches needs every row: the records are read after all, and it says so.
    let read = study(folder.path(), &plan(file, design, ""), "1", "read");
    assert_eq!(read["estimates"][0]["vcov"], "CR2");
    assert!(codes(&read, "warnings").contains(&"read_into_memory".to_owned()));
}

#[test]
fn few_clusters_get_their_bootstrap_from_sums() {
    let folder = tempfile::tempdir().unwrap();
    write_clients(&folder.path().join("clients.parquet"));
    let design = "kind = \"randomised\"\ntreatment = \"offered\"\ncluster = \"month\"";
    let (scanned, _) = compare(folder.path(), &plan(CLIENTS, design, ""), 24_000);
    assert_eq!(scanned["estimates"][0]["vcov"], "CR2");
    assert!(scanned["estimates"][0]["wild_p"].is_f64());
}

#[test]
fn the_threshold_is_in_the_help() {
    assert!(succeeds(&lab(&["study", "run", "--help"])).contains("[default: 2000000]"));
}
