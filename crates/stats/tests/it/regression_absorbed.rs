//! Absorbed factors against other programs: two factors in simulated clients, households and weights in the
//! Bangladesh panel.

use std::collections::BTreeMap;

use serde_json::Value;
use whatworks_stats::regression::{
    GroupedDesign, GroupedSums, MemoryFit, RowBatch, Sample, Variance, covariance, covariance_grouped, fit,
    fit_grouped,
};

use crate::reference::{Tally, Tolerance, external, fixture, numbers};
use crate::regression::{CLOSED_FORM, DERIVED, Table, codes, table};

/// The reference's own two methods differ by 1.6e-14.
const ABSORBED: Tolerance = Tolerance { relative: 1e-10, absolute: 1e-13 };

pub(crate) const REGRESSORS: [&str; 6] = ["treat", "x1", "x2", "x3", "x4", "x5"];

fn standard_errors(fitted: &MemoryFit, variance: Variance, clusters: &[&[u32]]) -> Vec<f64> {
    covariance(fitted, variance, clusters).unwrap().standard_errors()
}

fn compare(tally: &mut Tally, row: &Value, key: &str, found: &[f64], tolerance: Tolerance) {
    let expected = numbers(&row[key]);
    assert_eq!(expected.len(), found.len(), "{key}");
    for (i, (expected, found)) in expected.iter().zip(found).enumerate() {
        tally.number(&format!("{key}[{i}]"), *expected, *found, tolerance);
    }
}

#[test]
fn two_factors() {
    let Some([text]) = external("two_factors", ["synth_clients_200k.csv"]) else { return };
    let data = table(&text, &[]);
    let (branch, month) = (codes(data.column("branch")), codes(data.column("month")));
    let x: Vec<&[f64]> = REGRESSORS.iter().map(|name| data.column(name)).collect();
    let sample = Sample { y: data.column("y"), x: &x, factors: &[&branch, &month], ..Sample::default() };
    let fitted = fit(&sample).unwrap();
    assert!(fitted.fit.absorption.converged, "{:?}", fitted.fit.absorption);
    assert_eq!(fitted.fit.absorbed_parameters, 2059);
    let reference = fixture("regression/d_hdfe_synth200k.json");
    let mut tally = Tally::default();
    compare(&mut tally, &reference, "coef_sparse_normal_eq", &fitted.fit.coefficients, ABSORBED);
    compare(&mut tally, &reference, "coef", &fitted.fit.coefficients, ABSORBED);
    let rss = fitted.fit.residual_sum_of_squares;
    tally.number("rss", reference["rss"].as_f64().unwrap(), rss, ABSORBED);
    let one: &[&[u32]] = &[&branch];
    let two: &[&[u32]] = &[&branch, &month];
    for (key, variance, clusters) in [
        ("se_iid_dfN_minus_k_minus_2059", Variance::Iid, [].as_slice()),
        ("se_hc0", Variance::Hc0, &[]),
        ("se_cr0_branch", Variance::Cr0, one),
        ("se_cr1_branch_K66_nested", Variance::Cr1s, one),
        ("se_cr1_branch_K2065_full", Variance::Cr1sFull, one),
        ("se_twoway_branch_month_cr0", Variance::TwoWay0, two),
    ] {
        compare(&mut tally, &reference, key, &standard_errors(&fitted, variance, clusters), ABSORBED);
    }
    tally.finish(49);
}

#[test]
fn two_factors_from_sums() {
    let Some([text]) = external("two_factors_from_sums", ["synth_clients_200k.csv"]) else { return };
    let data = table(&text, &[]);
    let (branch, month) = (codes(data.column("branch")), codes(data.column("month")));
    let mut columns: Vec<&[f64]> = REGRESSORS.iter().map(|name| data.column(name)).collect();
    columns.push(data.column("y"));
    let mut sums = GroupedSums::new(7, 2, true);
    let batch =
        RowBatch { columns: &columns, clusters: Some(&branch), factors: &[&branch, &month], weights: None };
    sums.add_rows(&batch).unwrap();
    let design = GroupedDesign { outcome: 6, regressors: &[0, 1, 2, 3, 4, 5], intercept: false };
    let fitted = fit_grouped(&sums, &design).unwrap();
    assert!(fitted.fit.absorption.converged, "{:?}", fitted.fit.absorption);
    let reference = fixture("regression/d_hdfe_synth200k.json");
    let mut tally = Tally::default();
    compare(&mut tally, &reference, "coef_sparse_normal_eq", &fitted.fit.coefficients, ABSORBED);
    let rss = fitted.fit.residual_sum_of_squares;
    tally.number("rss", reference["rss"].as_f64().unwrap(), rss, ABSORBED);
    for (key, variance) in [
        ("se_iid_dfN_minus_k_minus_2059", Variance::Iid),
        ("se_cr0_branch", Variance::Cr0),
        ("se_cr1_branch_K66_nested", Variance::Cr1s),
        ("se_cr1_branch_K2065_full", Variance::Cr1sFull),
    ] {
        let found = covariance_grouped(&fitted, variance).unwrap().standard_errors();
        compare(&mut tally, &reference, key, &found, ABSORBED);
    }
    tally.finish(31);
}

/// The panel with the variables of the reference.
fn panel(text: &str) -> Table {
    let mut data = table(text, &[]);
    let mut borrowed_98: BTreeMap<u64, f64> = BTreeMap::new();
    for (i, nh) in data.column("nh").iter().enumerate() {
        if data.column("year")[i] == 1.0 {
            borrowed_98.insert(*nh as u64, data.column("dfmfd")[i]);
        }
    }
    let ever: Vec<f64> = data.column("nh").iter().map(|nh| borrowed_98[&(*nh as u64)]).collect();
    let both = ever.iter().zip(data.column("year")).map(|(d, year)| d * year).collect();
    let spending = data.column("exptot").iter().map(|x| (1.0 + x).ln()).collect();
    let land = data.column("hhland").iter().map(|x| (1.0 + x / 100.0).ln()).collect();
    let village =
        data.column("thanaid").iter().zip(data.column("villid")).map(|(t, v)| t * 1000.0 + v).collect();
    for (name, values) in
        [("dfmfd98", ever), ("dfmfdyr", both), ("lexptot", spending), ("lnland", land), ("village", village)]
    {
        data.columns.insert(name.to_owned(), values);
    }
    data
}

#[test]
fn bangladesh_panel() {
    let Some([text]) = external("bangladesh_panel", ["khandker_hh_9198.csv"]) else { return };
    let data = panel(&text);
    let reference = fixture("regression/e_khandker_r.json");
    let (household, village) = (codes(data.column("nh")), codes(data.column("village")));
    let mut tally = Tally::default();
    for (row, weighted) in [("did_simple", false), ("did_controls_weighted", true)] {
        let row = &reference[row];
        let names: Vec<&str> =
            row["names"].as_array().unwrap()[1..].iter().map(|x| x.as_str().unwrap()).collect();
        let x: Vec<&[f64]> = names.iter().map(|name| data.column(name)).collect();
        let weights = weighted.then(|| data.column("weight"));
        let sample =
            Sample { y: data.column("lexptot"), x: &x, intercept: true, weights, ..Sample::default() };
        let fitted = fit(&sample).unwrap();
        compare(&mut tally, row, "b", &fitted.fit.coefficients, DERIVED);
        for (key, variance, clusters) in [
            ("se_iid", Variance::Iid, None),
            ("se_HC1", Variance::Hc1, None),
            ("se_HC3", Variance::Hc3, None),
            ("se_CR1S_nh", Variance::Cr1s, Some(&household)),
            ("se_CR1S_village", Variance::Cr1s, Some(&village)),
            ("se_CR2_nh", Variance::Cr2, Some(&household)),
            ("se_CR2_village", Variance::Cr2, Some(&village)),
        ] {
            let clusters: Vec<&[u32]> = clusters.into_iter().map(Vec::as_slice).collect();
            compare(&mut tally, row, key, &standard_errors(&fitted, variance, &clusters), DERIVED);
        }
    }
    for row in ["hhfe_simple", "hhfe_controls"] {
        let row = &reference[row];
        let names: Vec<&str> =
            row["names"].as_array().unwrap()[1..].iter().map(|x| x.as_str().unwrap()).collect();
        let names = std::iter::once("year").chain(names);
        let x: Vec<&[f64]> = names.map(|name| data.column(name)).collect();
        let factors: [&[u32]; 1] = [&household];
        let sample = Sample { y: data.column("lexptot"), x: &x, factors: &factors, ..Sample::default() };
        let fitted = fit(&sample).unwrap();
        compare(&mut tally, row, "b", &fitted.fit.coefficients, DERIVED);
        compare(&mut tally, row, "se_within", &standard_errors(&fitted, Variance::Iid, &[]), CLOSED_FORM);
        let clustered = standard_errors(&fitted, Variance::Cr0, &[&household]);
        compare(&mut tally, row, "se_arellano_HC0", &clustered, CLOSED_FORM);
    }
    tally.finish(197);
}
