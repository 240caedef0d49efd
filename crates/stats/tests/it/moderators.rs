//! Meta-regressions and the cumulative pool: their moderators are in the external reference folder.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use whatworks_stats::meta::{
    Design, IntervalMethod, MetaRegression, Tau2Method, TestKind, cumulative, meta_regression,
};

use crate::metafor::tolerance;
use crate::reference::{Tally, external, fixture, numbers};

const LEVEL: f64 = 0.95;

/// Columns of a CSV text, by name.
fn table(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut columns: BTreeMap<String, Vec<String>> =
        names.iter().map(|name| (name.clone(), Vec::new())).collect();
    for record in reader.records() {
        for (name, field) in names.iter().zip(record.unwrap().iter()) {
            columns.get_mut(name).unwrap().push(field.to_owned());
        }
    }
    columns
}

fn parsed(column: &[String]) -> Vec<f64> {
    column.iter().map(|field| field.parse().unwrap()).collect()
}

fn design(columns: &[(&str, Vec<f64>)]) -> Design {
    let k = columns[0].1.len();
    let mut rows = Vec::new();
    for i in 0..k {
        rows.push(1.0);
        rows.extend(columns.iter().map(|(_, column)| column[i]));
    }
    let names = std::iter::once("intrcpt").chain(columns.iter().map(|(name, _)| *name));
    Design { names: names.map(str::to_owned).collect(), rows }
}

fn tree(fit: &MetaRegression) -> Value {
    let column = |of: fn(&whatworks_stats::meta::Coefficient) -> f64| {
        fit.coefficients.iter().map(of).collect::<Vec<_>>()
    };
    let overall = fit.overall.as_ref().expect("a joint test");
    json!({
        "b": column(|c| c.estimate), "se": column(|c| c.std_error), "zval": column(|c| c.statistic),
        "pval": column(|c| c.p_value), "ci_lb": column(|c| c.low), "ci_ub": column(|c| c.high),
        "names": fit.coefficients.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(),
        "tau2": fit.tau2, "se_tau2": fit.se_tau2, "I2": fit.i2, "H2": fit.h2, "R2": fit.r2,
        "QE": fit.qe, "QEp": fit.qe_p, "QM": overall.statistic, "QMp": overall.p_value, "vb": fit.vcov,
    })
}

#[test]
fn vaccine_moderators() {
    let Some([text]) = external("vaccine_moderators", ["metafor_dat.bcg.csv"]) else { return };
    let data = table(&text);
    let reference = fixture("metafor/b_dat_bcg_metafor.json");
    let (y, v) = (numbers(&reference["yi"]), numbers(&reference["vi"]));
    let (latitude, year) = (parsed(&data["ablat"]), parsed(&data["year"]));
    let is = |kind: &str| -> Vec<f64> {
        data["alloc"].iter().map(|alloc| f64::from(u8::from(alloc == kind))).collect()
    };
    let designs = [
        ("metareg_ablat", design(&[("ablat", latitude.clone())])),
        ("metareg_ablat_year", design(&[("ablat", latitude), ("year", year.clone())])),
        ("metareg_alloc", design(&[("allocrandom", is("random")), ("allocsystematic", is("systematic"))])),
    ];
    let mut tally = Tally::default();
    for (key, design) in &designs {
        let mut ours = json!({});
        for method in Tau2Method::ALL {
            for (test, kind) in [("z", TestKind::Wald), ("knha", TestKind::KnappHartung)] {
                let fit = meta_regression(&y, &v, design, *method, kind, LEVEL).unwrap();
                assert!(fit.dropped.is_empty());
                ours[format!("{}_{test}", method.as_str().to_uppercase())] = tree(&fit);
            }
        }
        tally.tree(key, &reference[*key], &ours, &[], &tolerance);
    }
    let mut order: Vec<usize> = (0..y.len()).collect();
    order.sort_by(|&a, &b| year[a].total_cmp(&year[b]));
    let steps = cumulative(&y, &v, &order, Tau2Method::Reml, IntervalMethod::Wald, LEVEL).unwrap();
    let ours = json!({
        "mu": steps.iter().map(|s| s.mu).collect::<Vec<_>>(),
        "se": steps.iter().map(|s| s.std_error).collect::<Vec<_>>(),
        "tau2": steps.iter().map(|s| s.tau2).collect::<Vec<_>>(),
    });
    tally.tree("cumul_year", &reference["cumul_year"], &ours, &[], &tolerance);
    tally.finish(1_089);
}

#[test]
fn microcredit_choices() {
    let Some([text]) = external("microcredit_choices", ["microcredit_study_choices.csv"]) else { return };
    let data = table(&text);
    let reference = fixture("metafor/b_microcredit_metareg_choices.json");
    let profit =
        fixture("metafor/b_microcredit_pooled_metafor.json")["outcomes"]["profit__se_robust"].clone();
    let y = numbers(&profit["yi"]);
    let v: Vec<f64> = numbers(&profit["sei"]).iter().map(|se| se * se).collect();
    let groups: Vec<&str> = profit["group"].as_array().unwrap().iter().map(|g| g.as_str().unwrap()).collect();
    let mut tally = Tally::default();
    for (key, expected) in reference.as_object().unwrap() {
        // described_by: the file's own description; pooled in metafor.rs
        if ["peer", "note", "reported_effects"].contains(&key.as_str()) {
            continue;
        }
        let column: Vec<f64> = groups
            .iter()
            .map(|group| {
                let row = data["group"].iter().position(|name| name == group).unwrap();
                data[key][row].parse().unwrap()
            })
            .collect();
        let design = design(&[("ch[[v]]", column)]);
        let fit = meta_regression(&y, &v, &design, Tau2Method::Reml, TestKind::KnappHartung, LEVEL).unwrap();
        tally.tree(&format!("REML/{key}"), expected, &tree(&fit), &[], &tolerance);
    }
    tally.finish(189);
}
