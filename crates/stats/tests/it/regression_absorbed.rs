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
    let batch =
        RowBatch { columns: &columns, clusters: Some(&branch), factors: &[&branch, &month], weights: None };
    let mut sums = GroupedSums::new(7, 2, true);
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

/// Plain linear algebra, through dummies in R.
const DUMMIES: Tolerance = Tolerance { relative: 1e-8, absolute: 1e-13 };

#[test]
fn bias_reduced_with_absorbed_factors() {
    let name = "bias_reduced_with_absorbed_factors";
    let Some([text]) = external(name, ["khandker_hh_9198.csv"]) else { return };
    let data = panel(&text);
    let reference = fixture("regression/e_khandker_absorbed_r.json");
    let (village, year) = (codes(data.column("village")), codes(data.column("year")));
    let (household, family_size) = (codes(data.column("nh")), codes(data.column("famsize")));
    let x: Vec<&[f64]> = ["dfmfdyr", "lnland", "agehead"].map(|name| data.column(name)).to_vec();
    let mut tally = Tally::default();
    for (kind, weights) in [("equal", None), ("weighted", Some(data.column("weight")))] {
        let absorbed: [(&str, &[&[u32]]); 4] = [
            ("village_nested", &[&village]),
            ("village_and_year", &[&village, &year]),
            ("household_and_year", &[&household, &year]),
            ("year_across", &[&year]),
        ];
        for (name, factors) in absorbed {
            let sample = Sample { y: data.column("lexptot"), x: &x, intercept: true, weights, factors };
            let fitted = fit(&sample).unwrap();
            let found = covariance(&fitted, Variance::Cr2, &[&village]).unwrap();
            let row = &reference[format!("{name}_{kind}")];
            compare(&mut tally, row, "b", &fitted.fit.coefficients, DUMMIES);
            compare(&mut tally, row, "se_cr2", &found.standard_errors(), DUMMIES);
            compare(&mut tally, row, "cr2_df", &found.df, DUMMIES);
        }
        let sample = Sample { y: data.column("lexptot"), x: &x, intercept: true, weights, factors: &[] };
        let fitted = fit(&sample).unwrap();
        for (name, variance) in [("HC0", Variance::TwoWay0), ("HC1", Variance::TwoWay1s)] {
            let found = covariance(&fitted, variance, &[&village, &family_size]).unwrap();
            assert!(!found.truncated);
            let row = &reference[format!("two_way_{name}_{kind}")];
            compare(&mut tally, row, "se", &found.standard_errors(), DUMMIES);
        }
    }
    tally.finish(88);
}

/// Splitmix64.
fn uniform(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
}

/// Residuals orthogonal to every regressor and to every level of every factor are the least-squares residuals,
/// by whatever method they were found.
#[test]
fn many_levels_are_absorbed_exactly() {
    let mut state = 5;
    // The first is solved directly, the others by conjugate gradients; the last is a sparse chain.
    for sizes in [vec![3_000, 200, 40], vec![3_000, 1_500, 60], vec![2_000, 1_900]] {
        let rows = 12_000;
        let mut factors: Vec<Vec<u32>> = sizes
            .iter()
            .map(|size| (0..rows).map(|_| (uniform(&mut state) * f64::from(*size)) as u32).collect())
            .collect();
        if sizes.len() == 2 {
            factors[0] = (0..rows as u32).map(|i| i / 6).collect();
            factors[1] = (0..rows as u32).map(|i| (i / 6 + i % 2) % 1_900).collect();
        }
        let effect = |row: usize| factors.iter().map(|f| f64::from(f[row] % 13)).sum::<f64>();
        let x: Vec<Vec<f64>> = (0..3)
            .map(|_| (0..rows).map(|i| 100.0 + uniform(&mut state) + 0.1 * effect(i)).collect())
            .collect();
        let y: Vec<f64> = (0..rows).map(|i| effect(i) + x[0][i] + uniform(&mut state)).collect();
        let weights: Vec<f64> = (0..rows).map(|_| 0.5 + uniform(&mut state)).collect();
        let x: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let levels: Vec<&[u32]> = factors.iter().map(Vec::as_slice).collect();
        let sample = Sample { y: &y, x: &x, weights: Some(&weights), factors: &levels, intercept: false };
        let fitted = fit(&sample).unwrap();
        let absorption = fitted.fit.absorption;
        assert!(absorption.converged, "{sizes:?} {absorption:?}");
        assert_eq!(absorption.iterations == 0, sizes[1] == 200, "{sizes:?} {absorption:?}");
        for (factor, size) in factors.iter().zip(&sizes) {
            let mut sums = vec![0.0; *size as usize];
            for (row, level) in factor.iter().enumerate() {
                sums[*level as usize] += weights[row] * fitted.residuals[row];
            }
            assert!(sums.iter().all(|s: &f64| s.abs() < 1e-11), "{sizes:?}");
        }
        for x in &x {
            let along: f64 = (0..rows).map(|i| weights[i] * x[i] * fitted.residuals[i]).sum();
            assert!(along.abs() < 1e-7, "{along:e} {sizes:?}");
        }
    }
}

/// Cameron, Gelbach and Miller: the difference of three matrices need not be a variance.
#[test]
fn two_way_variances_are_never_negative() {
    let mut state = 11;
    let mut truncated = 0;
    for _ in 0..60 {
        let rows = 30;
        let x: Vec<Vec<f64>> = (0..3).map(|_| (0..rows).map(|_| uniform(&mut state)).collect()).collect();
        let y: Vec<f64> = (0..rows).map(|_| uniform(&mut state)).collect();
        let first: Vec<u32> = (0..rows).map(|_| (3.0 * uniform(&mut state)) as u32).collect();
        let second: Vec<u32> = (0..rows).map(|_| (3.0 * uniform(&mut state)) as u32).collect();
        let x: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let fitted = fit(&Sample { y: &y, x: &x, intercept: true, ..Sample::default() }).unwrap();
        let found = covariance(&fitted, Variance::TwoWay1sMinimum, &[&first, &second]).unwrap();
        assert!(found.matrix.diagonal().iter().all(|v| *v >= 0.0));
        truncated += usize::from(found.truncated);
    }
    assert!(truncated > 0);
}
