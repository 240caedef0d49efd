//! Early warning through the front door: simulated histories to figures and a sealed list, and what is refused.

use crate::program::{json, lab, refused, succeeds};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A simulated institution with four years of histories.
fn institution(folder: &Path) -> PathBuf {
    let out = folder.join("institution");
    let made = lab(&[
        "simulate",
        "--seed",
        "5",
        "--clients",
        "3000",
        "--histories",
        "48",
        "--out",
        out.to_str().unwrap(),
    ]);
    succeeds(&made);
    out
}

#[test]
fn a_warning_gives_figures_that_name_nobody_and_a_list_that_is_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let made = institution(folder.path());
    let plan = made.join("warning.toml");
    let out = folder.path().join("out");
    let run = || lab(&["warn", plan.to_str().unwrap(), "--out", out.to_str().unwrap(), "--json"]);
    let figures = json(&run());
    let written = fs::read(out.join("early_warning.json")).unwrap();
    assert_eq!(figures, serde_json::from_slice::<serde_json::Value>(&written).unwrap());
    let judged = &figures["judged"];
    assert_eq!((judged["from"].as_str(), judged["to"].as_str()), (Some("2025-01"), Some("2025-10")));
    assert_eq!(figures["fitted"]["to"], "2024-10");
    assert!(judged["calibration"]["slope"].as_f64().unwrap() > 0.5);
    assert_eq!(judged["calibration"]["tenths"].as_array().unwrap().len(), 10);
    assert_eq!(figures["list"]["listed"], 200);
    for dimension in ["sex", "age", "area"] {
        let rows = judged["fairness"].as_array().unwrap();
        assert!(rows.iter().any(|row| row["dimension"] == dimension), "{dimension}");
    }
    assert!(!String::from_utf8(written.clone()).unwrap().contains("C000"));

    let list = out.join("early_warning.list");
    let sealed = fs::read_to_string(&list).unwrap();
    assert!(!sealed.contains("C000") && !sealed.contains("late"));
    let opened = succeeds(&lab(&["list", "open", list.to_str().unwrap()]));
    let lines: Vec<&str> = opened.lines().collect();
    assert_eq!(lines.len(), 201);
    assert_eq!(lines[0], "rank,client,probability,reason_1,reason_2,reason_3");
    assert!(lines[1].starts_with("1,C000"), "{}", lines[1]);
    assert!(opened.contains("paid late in"), "{}", lines[1]);

    // Again: the same figures byte for byte, another sealing of the same list.
    json(&run());
    assert_eq!(fs::read(out.join("early_warning.json")).unwrap(), written);
    assert_ne!(fs::read_to_string(&list).unwrap(), sealed);
    assert_eq!(succeeds(&lab(&["list", "open", list.to_str().unwrap()])), opened);

    let plain = folder.path().join("list.csv");
    let open_to = || lab(&["list", "open", list.to_str().unwrap(), "--out", plain.to_str().unwrap()]);
    succeeds(&open_to());
    assert_eq!(fs::read_to_string(&plain).unwrap(), opened);
    assert!(refused(&open_to()).contains("is there already"));

    let wrong = Command::new(env!("CARGO_BIN_EXE_whatworks-lab"))
        .args(["list", "open", list.to_str().unwrap()])
        .env("WHATWORKS_PASSPHRASE", "four other words here")
        .output()
        .unwrap();
    assert!(refused(&wrong).contains("passphrase"));
}

#[test]
fn records_that_cannot_be_read_right_are_refused_and_odd_ones_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let made = institution(folder.path());
    let plan = made.join("warning.toml");
    let (records, section) =
        (fs::read_to_string(made.join("histories.csv")).unwrap(), fs::read_to_string(&plan).unwrap());
    let out = folder.path().join("out");
    let warn = || lab(&["warn", plan.to_str().unwrap(), "--out", out.to_str().unwrap(), "--json"]);
    let first = records.lines().nth(1).unwrap().to_owned();
    let month = first.split(',').nth(1).unwrap().to_owned();

    let with = |from: &str, to: &str| {
        let changed = records.replacen(from, to, 1);
        assert_ne!(changed, records);
        fs::write(made.join("histories.csv"), changed).unwrap();
    };
    with(&first, &first.replacen(&month, "spring", 1));
    let text = refused(&warn());
    assert!(text.contains("line 2") && text.contains("spring"), "{text}");
    assert!(!out.exists());

    // The same client and month twice, once more without days late, once with a day early.
    let parts: Vec<&str> = first.split(',').collect();
    let row = |days: &str| {
        let mut parts = parts.clone();
        parts[2] = days;
        parts.join(",")
    };
    with(&first, &format!("{}\n{}\n{first}", row(""), row("-1")));
    let warnings = json(&warn())["warnings"].clone();
    let codes: Vec<&str> =
        warnings.as_array().unwrap().iter().map(|warning| warning["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["days_late_missing", "days_late_negative", "client_period_repeated"]);

    fs::write(made.join("histories.csv"), &records).unwrap();
    let planned = |from: &str, to: &str| {
        fs::write(&plan, section.replacen(from, to, 1)).unwrap();
        refused(&warn())
    };
    assert!(planned("income = \"income\"", "income = \"earnings\"").contains("earnings"));
    assert!(planned("2025-01", "2030-01").contains("cannot be judged"));
    assert!(planned("2025-01", "2022-02").contains("the least to learn from"));
    assert!(planned("[early_warning]", "[warning]").contains("early_warning"));
    fs::write(&plan, &section).unwrap();

    let short = Command::new(env!("CARGO_BIN_EXE_whatworks-lab"))
        .args(["warn", plan.to_str().unwrap(), "--out", out.to_str().unwrap()])
        .env("WHATWORKS_PASSPHRASE", "short")
        .output()
        .unwrap();
    assert!(refused(&short).contains("at least 12 characters"));
}
