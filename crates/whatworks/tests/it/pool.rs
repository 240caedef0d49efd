//! `whatworks pool` through its front door: golden numbers, bad files, odd files, large files, exit codes.

use crate::reference;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output};

fn pool(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whatworks")).arg("pool").args(arguments).output().unwrap()
}

fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn near(found: &Value, expect: &Value, what: &str) {
    let (found, expect) = (found.as_f64().unwrap(), expect.as_f64().unwrap());
    // statistics.md §5.1: iterative values to 1e-6 relative or 1e-8 absolute.
    let off = (found - expect).abs();
    assert!(off <= 1e-6 * expect.abs() || off <= 1e-8, "{what}: {found} against {expect}");
}

fn golden(name: &str) -> Value {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../fixtures/reference/metafor", name].iter().collect();
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Peer: metafor 3.8-1 (R 4.2.2); every τ² estimator it was run with, Wald and Knapp–Hartung without floor.
#[test]
fn the_seven_trials_equal_metafor_through_the_command_line() {
    let golden = golden("b_microcredit_pooled_metafor.json");
    let folder = tempfile::tempdir().unwrap();
    let mut compared = 0;
    for (name, set) in golden["outcomes"].as_object().unwrap() {
        let mut text = "study,estimate,std_error\n".to_owned();
        for (at, study) in set["group"].as_array().unwrap().iter().enumerate() {
            writeln!(text, "{},{},{}", study.as_str().unwrap(), set["yi"][at], set["sei"][at]).unwrap();
        }
        let path = file(&folder, &format!("{name}.csv"), text.as_bytes());
        for method in ["EE", "DL", "REML", "PM"] {
            for (ci, suffix) in [("wald", "z"), ("hk", "knha")] {
                let pi = if ci == "wald" { "normal" } else { "k-1" };
                let arguments = [
                    &path,
                    "--json",
                    "--measure",
                    "native",
                    "--method",
                    &method.to_lowercase(),
                    "--ci",
                    ci,
                    "--pi",
                    pi,
                ];
                let pooled = &json(&pool(&arguments))["syntheses"][0];
                let expect = &set[format!("{method}_{suffix}")];
                for (ours, theirs) in [
                    ("estimate", "mu"),
                    ("std_error", "se"),
                    ("ci_low", "ci_lb"),
                    ("ci_high", "ci_ub"),
                    ("tau2", "tau2"),
                    ("q", "Q"),
                    ("i2", "I2"),
                    ("pi_low", "pi_lb"),
                    ("pi_high", "pi_ub"),
                ] {
                    if expect[theirs].is_null() {
                        assert!(pooled[ours].is_null(), "{name} {method} {ours}");
                    } else {
                        near(&pooled[ours], &expect[theirs], &format!("{name} {method} {suffix} {ours}"));
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 700, "{compared} values compared");
}

/// Peer: own quadrature with 16,000 nodes (c_rubin_quadrature.json), prior B: μ ~ N(0, 100²), τ ~ half-normal(50).
#[test]
fn the_exact_posterior_is_the_answer_of_method_bayes() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        ("A", 28, 15),
        ("B", 8, 10),
        ("C", -3, 16),
        ("D", 7, 11),
        ("E", -1, 9),
        ("F", 1, 11),
        ("G", 18, 10),
        ("H", 12, 18),
    ];
    let text = rows.iter().fold("study,estimate,std_error\n".to_owned(), |mut text, (study, y, s)| {
        writeln!(text, "{study},{y},{s}").unwrap();
        text
    });
    let path = file(&folder, "schools.csv", text.as_bytes());
    let arguments =
        [&path, "--json", "--method", "bayes", "--prior-mu", "100", "--prior-tau", "halfnormal:50"];
    let pooled = &json(&pool(&arguments))["syntheses"][0];
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../fixtures/reference/rubin/c_rubin_quadrature.json"]
            .iter()
            .collect();
    let golden: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let posteriors = golden["results"]["schools"]["posterior"].as_object().unwrap();
    let (_, expect) = posteriors.iter().find(|(name, _)| name.starts_with("B:")).unwrap();
    near(&pooled["estimate"], &expect["mu"]["mean"], "mean");
    near(&pooled["std_error"], &expect["mu"]["sd"], "sd");
    assert_eq!(pooled["method"], "bayes");
    assert_eq!(pooled["ci_low"], pooled["bayes"]["mu"]["q025"]);
}

#[test]
fn bad_files_are_refused_with_row_column_and_hint() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[u8], &[&str]); 12] = [
        ("missing column", b"study,estimate\nA,1\n", &["row 1", "std_error", "hint:"]),
        ("standard error zero", b"study,estimate,std_error\nA,1,1\nB,2,0\n", &["row 3", "std_error"]),
        ("negative standard error", b"study,estimate,std_error\nA,1,-1\n", &["row 2", "std_error"]),
        ("not a number", b"study,estimate,std_error\nA,NaN,1\n", &["row 2", "estimate"]),
        ("text", b"study,estimate,std_error\nA,about two,1\n", &["row 2", "estimate", "about two"]),
        (
            "a study twice",
            b"study,estimate,std_error\nA,1,1\nB,1,1\nA,2,1\n",
            &["row 4", "row 2", "sample_id"],
        ),
        ("wrong delimiter", b"study:estimate:std_error\nA:1:1\n", &["std_error", "hint:"]),
        ("empty", b"", &["empty", "hint:"]),
        ("blank", b"\n\n  \n", &["empty"]),
        ("header alone", b"study,estimate,std_error\n", &["no rows"]),
        ("decimal commas between commas", b"study,estimate,std_error\nA,1,5,0,5\n", &["row 2", "cells"]),
        ("spreadsheet", b"PK\x03\x04rest", &["spreadsheet", "CSV"]),
    ];
    for (name, bytes, expected) in cases {
        let path = file(&folder, "bad.csv", bytes);
        for arguments in [vec![path.as_str()], vec![path.as_str(), "--json"]] {
            let output = pool(&arguments);
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{name}: {message}");
            assert!(output.stdout.is_empty(), "{name} printed an answer");
            for words in expected {
                assert!(message.contains(words), "{name}: “{words}” is not in {message}");
            }
            assert!(message.lines().last().unwrap().starts_with("hint: "), "{name}: {message}");
        }
    }
    assert_eq!(pool(&["nowhere.csv"]).status.code(), Some(1));
    assert_eq!(pool(&[]).status.code(), Some(1));
    assert_eq!(pool(&["x.csv", "--method", "mcmc"]).status.code(), Some(1));
    let (one, two) = (
        file(&folder, "one.csv", b"study,estimate,std_error\nA,1,1\n"),
        file(&folder, "two.csv", b"study,estimate,std_error\nB,1,1\nA,1,1\n"),
    );
    let message = String::from_utf8(pool(&[&one, &two]).stderr).unwrap();
    assert!(message.contains("one.csv after ") && message.contains("row 3"), "{message}");
}

#[test]
fn odd_files_give_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let plain = "study,estimate,std_error\nCrépon,1.5,0.5\nB,2,1\n";
    let windows: Vec<u8> = plain.chars().map(|c| if c == 'é' { 0xe9 } else { c as u8 }).collect();
    let odd: [(&str, Vec<u8>); 6] = [
        ("bom", [b"\xef\xbb\xbf".as_slice(), plain.as_bytes()].concat()),
        ("semicolons and decimal commas", plain.replace(',', ";").replace('.', ",").into_bytes()),
        ("tabs", plain.replace(',', "\t").into_bytes()),
        ("line ends", plain.replace('\n', "\r\n").into_bytes()),
        ("windows-1252", windows),
        (
            "blank lines and capitals",
            plain.replace("study,estimate", "\n\nStudy,Estimate").replace("B,2", "\nB,2").into_bytes(),
        ),
    ];
    let expect = json(&pool(&[&file(&folder, "plain.csv", plain.as_bytes()), "--json"]));
    for (name, bytes) in odd {
        assert_eq!(json(&pool(&[&file(&folder, "odd.csv", &bytes), "--json"])), expect, "{name}");
    }
}

#[test]
fn the_evidence_base_pools_as_it_is_and_repeats() {
    let path = format!("{}/../../evidence-base/findings.csv", env!("CARGO_MANIFEST_DIR"));
    let first = pool(&[&path, "--json"]);
    assert_eq!(json(&first)["syntheses"].as_array().unwrap().len(), 99);
    assert_eq!(first.stdout, pool(&[&path, "--json"]).stdout);
    let text = String::from_utf8(pool(&[&path]).stdout).unwrap();
    assert!(text.contains("credit.access against no-offer · business.profit · ITT"));
    // Titles are ids and stay whole; everything else fits a terminal.
    let wide = text.lines().filter(|line| line.starts_with(' ')).find(|line| line.chars().count() > 80);
    assert_eq!(wide, None);
    let by_outcome = json(&pool(&[&path, "--json", "--by", "outcome", "--measure", "smd"]));
    // Effects and associations stay apart though the key leaves the estimand out.
    for synthesis in by_outcome["syntheses"].as_array().unwrap() {
        assert!(synthesis["estimand"].is_string() && synthesis["practice"].is_null());
    }
}

#[test]
fn a_forest_plot_is_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        file(&folder, "two.csv", b"study,estimate,std_error,outcome\n<script>A,1,1,x\nB,2,1,x\nC,1,1,y\n");
    let out = folder.path().join("forest.svg");
    let output = pool(&[&path, "--forest", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let svg = std::fs::read_to_string(folder.path().join("forest-1.svg")).unwrap();
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>\n") || svg.trim_end().ends_with("</svg>"));
    assert!(!svg.contains("<script>"));
    assert!(folder.path().join("forest-2.svg").exists());
    // A plot that cannot be put in place leaves no part behind.
    let folder_in_the_way = folder.path().join("way-2.svg");
    std::fs::create_dir(&folder_in_the_way).unwrap();
    let refused = pool(&[&path, "--forest", folder.path().join("way.svg").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!folder.path().join("way-1.svg").exists() && !folder.path().join("way-1.svg.part").exists());
    let nowhere = pool(&[&path, "--forest", "/nowhere/forest.svg"]);
    assert_eq!(nowhere.status.code(), Some(2));
}

#[test]
fn moderators_are_regressed_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(
        &folder,
        "m.csv",
        b"study,estimate,std_error,apr\nA,1,1,10\nB,2,1,20\nC,3,1,30\nD,4.5,1,40\nE,4,1,\n",
    );
    let synthesis = &json(&pool(&[&path, "--json", "--moderators", "apr"]))["syntheses"][0];
    assert_eq!(synthesis["moderators"][1]["name"], "apr");
    assert!((synthesis["moderators"][1]["estimate"].as_f64().unwrap() - 0.115).abs() < 1e-9);
    let warned = synthesis["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|warning| warning["code"] == "moderator_missing");
    assert!(warned);
    assert_eq!(pool(&[&path, "--moderators", "nothing"]).status.code(), Some(1));
}

/// Peer: metafor 3.8-1, printed digits (EE and DL), 1e-4 (REML and PM at its default tolerance).
#[test]
fn the_external_evidence_base_pools_too() {
    let Some(folder) = reference::folder("metafor: evidence base of the reference folder") else { return };
    let path = folder.join("data/evidence_base.csv");
    let all = json(&pool(&[path.to_str().unwrap(), "--json"]));
    assert_eq!(all["syntheses"].as_array().unwrap().len(), 99);
}
