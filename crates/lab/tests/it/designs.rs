//! Every design, through the program, on institutions whose true effects are known.

use crate::program::{json, lab, refused, succeeds};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// Estimates within this many standard errors of the truth; seeded, so it holds or fails for good.
const CLOSE: f64 = 3.5;

#[test]
fn every_design_finds_the_truth_behind_a_simulated_institution() {
    let folder = tempfile::tempdir().unwrap();
    for (design, estimand) in [
        ("cluster-randomised", "ITT"),
        ("randomised", "ITT"),
        ("instrument", "LATE"),
        ("did", "ATT"),
        ("panel", "association"),
    ] {
        let at = |name: &str| folder.path().join(design).join(name).to_str().unwrap().to_owned();
        succeeds(&lab(&[
            "simulate",
            "--seed",
            "11",
            "--clients",
            "1200",
            "--design",
            design,
            "--out",
            &at(""),
        ]));
        let truth: Value = serde_json::from_slice(&fs::read(at("truth.json")).unwrap()).unwrap();
        let out = folder.path().join(format!("{design}-out"));
        let study = json(&lab(&[
            "study",
            "run",
            &at("plan.toml"),
            "--no-pdf",
            "--json",
            "--out",
            out.to_str().unwrap(),
        ]));
        assert_eq!(study["refusals"], Value::Array(Vec::new()), "{design}");
        assert_eq!(study["estimates"][0]["primary"], true);
        let outcomes = truth["outcomes"].as_array().unwrap();
        let mut compared = 0;
        for estimate in study["estimates"].as_array().unwrap() {
            if estimate["estimand"] != estimand || estimate["subgroup"] != "" {
                continue;
            }
            let truth = outcomes.iter().find(|truth| truth["outcome"] == estimate["outcome"]).unwrap();
            let number = |value: &Value| value.as_f64().unwrap();
            let off =
                (number(&estimate["estimate"]) - number(&truth["effect"])) / number(&estimate["std_error"]);
            assert!(off.abs() < CLOSE, "{design} {}: {off} standard errors off", estimate["outcome"]);
            assert!(estimate["q_value"].is_f64(), "{design}: corrected over outcomes");
            compared += 1;
        }
        assert_eq!(compared, outcomes.len(), "{design}");
        if design == "panel" {
            let warnings = study["warnings"].as_array().unwrap();
            assert!(warnings.iter().any(|warning| warning["code"] == "staggered_start"), "{warnings:?}");
        }
        if design == "instrument" {
            let stage = &study["diagnostics"]["first_stage"][0];
            assert_eq!(stage["weak"], false);
            assert!(!study["diagnostics"]["anderson_rubin"][0]["pieces"].as_array().unwrap().is_empty());
        }
    }
}

const CLUSTERS: &str = r#"
[study]
title = "Few clusters"
institution = "An institution"
country = "IN"
[practice]
id = "credit.access"
comparator = "no-offer"
[data]
file = "clients.csv"
[design]
kind = "cluster-randomised"
treatment = "offered"
cluster = "area"
[[outcome]]
id = "business.profit"
column = "profit"
unit = "INR per month"
[inference]
vcov = "HC1"
randomisation = 500
corrections = ["romano-wolf"]
"#;

fn records(clusters: u32, treated: u32) -> String {
    let mut text = "area,offered,profit\n".to_owned();
    for row in 0..clusters * 30 {
        let area = row % clusters;
        let profit = 50 + (row * 7919) % 101 + 3 * area;
        writeln!(text, "{area},{},{profit}", u32::from(area < treated)).unwrap();
    }
    text
}

#[test]
fn few_clusters_withhold_the_word_whatever_variance_the_plan_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(at("plan.toml"), CLUSTERS).unwrap();
    fs::write(at("clients.csv"), records(8, 4)).unwrap();
    let run = || lab(&["study", "run", &at("plan.toml"), "--no-pdf", "--json", "--out", &at("out")]);
    let study = json(&run());
    let estimate = &study["estimates"][0];
    assert_eq!(estimate["clusters"], 8);
    assert_eq!(estimate["may_say_significant"], false);
    for p in ["wild_p", "randomisation_p", "romano_wolf_p"] {
        assert!(estimate[p].as_f64().is_some_and(|p| p > 0.0 && p <= 1.0), "{p}: {estimate}");
    }
    let codes: Vec<&str> = study["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|warning| warning["code"].as_str().unwrap())
        .collect();
    for code in ["few_clusters", "not_clustered", "few_clusters_in_an_arm", "no_harm_outcome"] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
    fs::write(at("clients.csv"), records(40, 1)).unwrap();
    assert!(refused(&run()).contains("single cluster"));
}

#[test]
fn a_second_release_that_isolates_a_few_clients_is_kept_in() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plan = CLUSTERS.replace("vcov = \"HC1\"\nrandomisation = 500\n", "");
    fs::write(at("plan.toml"), &plan).unwrap();
    fs::write(at("clients.csv"), records(40, 20)).unwrap();
    let run =
        |out: &str| json(&lab(&["study", "run", &at("plan.toml"), "--no-pdf", "--json", "--out", &at(out)]));
    assert_eq!(run("first")["releases"][0]["verdict"], "pass");
    assert_eq!(run("again")["releases"][0]["verdict"], "pass", "the same release is no new one");

    // Three clients more: the difference of the two releases would be these three.
    fs::write(at("clients.csv"), records(40, 20) + "1,1,70\n3,1,75\n5,1,80\n").unwrap();
    let study = run("second");
    assert_eq!(study["releases"][0]["verdict"], "fail", "{}", study["releases"]);
    assert_eq!(study["releases"][0]["reasons"][0]["code"], "differencing");
    assert!(!folder.path().join("second/findings").exists());
}
