//! Ninety-one pools by metafor at its default tolerance, printed to eight digits: equal effects and
//! DerSimonian–Laird to the printed digits, REML and Paule–Mandel to 1e-4.

use std::collections::BTreeMap;

use whatworks_stats::meta::{IntervalMethod, PredictionMethod, Tau2Method, interval, pool, prediction};

use crate::reference::{Tally, Tolerance, external, fixture, numbers};

/// Estimates and variances of the sixteen business trainings, from the table of published findings.
fn trainings(text: &str) -> (Vec<f64>, Vec<f64>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers().unwrap().clone();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap();
    let (practice, outcome) = (at("practice"), at("outcome"));
    let (estimate, std_error) = (at("estimate"), at("std_error"));
    let (mut y, mut v) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.unwrap();
        if &record[practice] == "business_training" && &record[outcome] == "business_profit" {
            y.push(record[estimate].parse().unwrap());
            v.push(record[std_error].parse::<f64>().unwrap().powi(2));
        }
    }
    (y, v)
}

#[test]
fn printed_pools() {
    let files = ["pooled_reference.csv", "published_findings.csv"];
    let Some([text, published]) = external("printed_pools", files) else { return };
    let seven = fixture("metafor/b_microcredit_pooled_metafor.json");
    let mut tally = Tally::default();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    for record in reader.records() {
        let record = record.unwrap();
        let row: BTreeMap<&str, &str> = names.iter().map(String::as_str).zip(record.iter()).collect();
        let (y, v) = if row["source"] == "seven_rct" {
            let errors = if row["se_type"] == "ols" { "se_iid" } else { "se_robust" };
            let set = &seven["outcomes"][format!("{}__{errors}", row["outcome"])];
            (numbers(&set["yi"]), numbers(&set["sei"]).iter().map(|se| se * se).collect())
        } else {
            trainings(&published)
        };
        let method: Tau2Method = row["method"].parse().unwrap();
        let (interval_method, prediction_method) = if row["test"] == "z" {
            (IntervalMethod::Wald, PredictionMethod::Normal)
        } else {
            (IntervalMethod::Hk, PredictionMethod::KMinus1)
        };
        let pooled = pool(&y, &v, method).unwrap();
        let ci = interval(&pooled, interval_method, 0.95).unwrap();
        let predicted = prediction(&pooled, &ci, prediction_method);
        let closed = matches!(method, Tau2Method::EqualEffects | Tau2Method::Dl);
        // The inputs of the trainings are themselves printed to six digits.
        let relative = if !closed || row["source"] != "seven_rct" { 1e-4 } else { 5e-8 };
        let tolerance = Tolerance { relative, absolute: if closed { 1e-9 } else { 1e-4 } };
        let path =
            format!("{}/{}/{}/{}/{}", row["source"], row["se_type"], row["outcome"], method, row["test"]);
        let found = [
            ("k", pooled.k as f64),
            ("estimate", pooled.mu),
            ("std_error", ci.std_error),
            ("ci_lb", ci.low),
            ("ci_ub", ci.high),
            ("pi_lb", predicted.map_or(f64::NAN, |p| p.0)),
            ("pi_ub", predicted.map_or(f64::NAN, |p| p.1)),
            ("tau2", pooled.tau2),
            ("I2", pooled.i2),
            ("H2", pooled.h2),
            ("Q", pooled.q),
            ("Qp", pooled.q_p),
        ];
        for (column, value) in found {
            if row[column].is_empty() {
                assert!(value.is_nan(), "{path}/{column}: none expected, found {value}");
            } else {
                tally.number(&format!("{path}/{column}"), row[column].parse().unwrap(), value, tolerance);
            }
        }
    }
    tally.finish(1_066);
}
