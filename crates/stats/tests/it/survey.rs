//! Survey statistics against R 4.2.2, survey 4.1-1, on its California schools and on the Bangladesh panel.

use std::collections::BTreeMap;

use serde_json::Value;
use whatworks_stats::survey::{
    Design, Domain, LonelyUnit, Stage, SurveyError, design_effect, mean, quantiles, ratio, total,
};

use crate::reference::{Tally, Tolerance, external, fixture, numbers};
use crate::regression::{Table, table};

const CLOSED_FORM: Tolerance = Tolerance { relative: 1e-8, absolute: 1e-12 };

fn units(values: &[f64]) -> Vec<u64> {
    let distinct: std::collections::BTreeSet<u64> = values.iter().map(|value| value.to_bits()).collect();
    let code: BTreeMap<u64, u64> = distinct.into_iter().zip(0..).collect();
    values.iter().map(|value| code[&value.to_bits()]).collect()
}

fn kinds(schools: &Table) -> Vec<u64> {
    schools.texts["stype"].iter().map(|kind| u64::from(kind.as_bytes()[0])).collect()
}

/// The design of R's examples for one of its samples.
fn design(name: &str, schools: &Table) -> Design {
    let rows = schools.columns["pw"].len();
    let column = |name: &str| schools.columns[name].clone();
    let none = vec![0; rows];
    let each: Vec<u64> = (0..rows as u64).collect();
    let stage = |strata: Vec<u64>, units: Vec<u64>, population: Option<&str>| Stage {
        strata,
        units,
        population: population.map(column),
    };
    let stages = match name {
        "strat_fpc" => vec![stage(kinds(schools), each, Some("fpc"))],
        "strat_nofpc" => vec![stage(kinds(schools), each, None)],
        "clus1_fpc" => vec![stage(none, units(&column("dnum")), Some("fpc"))],
        "clus1_nofpc" => vec![stage(none, units(&column("dnum")), None)],
        "clus2_fpc" => vec![
            stage(none.clone(), units(&column("dnum")), Some("fpc1")),
            stage(none, units(&column("snum")), Some("fpc2")),
        ],
        "srs" => vec![stage(none, each, Some("fpc"))],
        _ => panic!("{name}"),
    };
    Design::new(column("pw"), stages, LonelyUnit::Certainty).unwrap()
}

fn check(tally: &mut Tally, name: &str, schools: &Table, expected: &Value) {
    let design = design(name, schools);
    let column = |name: &str| schools.columns[name].as_slice();
    let mut number = |what: &str, found: f64, expected: &Value| {
        tally.number(&format!("{name} {what}"), expected.as_f64().unwrap(), found, CLOSED_FORM);
    };
    let api = mean(&design, column("api00"), Domain::Everyone).unwrap();
    number("mean", api.value, &expected["mean_api00"]);
    number("se", api.std_error, &expected["se"]);
    number("df", api.df, &expected["degf"]);
    number("deff", design_effect(&design, column("api00")).unwrap().unwrap(), &expected["deff"]);
    for (key, (low, high)) in [("ci95", api.normal_interval(0.95)), ("ci95_t", api.interval(0.95))] {
        number(key, low, &expected[key][0]);
        number(key, high, &expected[key][1]);
    }
    // na.rm = TRUE: rows without a value are outside the domain, and stay drawn.
    let known = |name: &str| -> Vec<bool> { column(name).iter().map(|value| value.is_finite()).collect() };
    let enrolled = known("enroll");
    let all = total(&design, column("enroll"), Domain::Marked(&enrolled)).unwrap();
    number("total", all.value, &expected["total_enroll"]);
    number("total se", all.std_error, &expected["total_se"]);
    let tested = known("api.stu");
    let both: Vec<bool> = enrolled.iter().zip(&tested).map(|(a, b)| *a && *b).collect();
    let share = ratio(&design, column("api.stu"), column("enroll"), Domain::Marked(&both)).unwrap();
    number("ratio", share.value, &expected["ratio"]);
    number("ratio se", share.std_error, &expected["ratio_se"]);
    for (at, level) in ["E", "H", "M"].into_iter().enumerate() {
        let marks: Vec<bool> = schools.texts["stype"].iter().map(|kind| kind == level).collect();
        let found = mean(&design, column("api00"), Domain::Marked(&marks)).unwrap();
        number("domain", found.value, &expected["by_stype"]["mean"][at]);
        number("domain se", found.std_error, &expected["by_stype"]["se"][at]);
    }
    let quantile = &expected["quantile"];
    let found = quantiles(&design, column("api00"), &numbers(&quantile["p"]), 0.95).unwrap();
    for (at, one) in found.iter().enumerate() {
        number("quantile", one.value, &quantile["est"][at]);
        number("quantile low", one.low, &quantile["ci_l"][at]);
        number("quantile high", one.high, &quantile["ci_u"][at]);
    }
}

#[test]
fn schools_as_in_r_survey_4_1() {
    let names = ["survey_apistrat.csv", "survey_apiclus1.csv", "survey_apiclus2.csv", "survey_apisrs.csv"];
    let Some(texts) = external("schools_as_in_r_survey_4_1", names) else { return };
    let golden = fixture("survey/i_survey.json");
    let text_columns = ["stype", "name", "sname", "dname", "cname"];
    let [strat, clus1, clus2, srs] = texts.map(|text| table(&text, &text_columns));
    let mut tally = Tally::default();
    for (name, schools) in [
        ("strat_fpc", &strat),
        ("strat_nofpc", &strat),
        ("clus1_fpc", &clus1),
        ("clus1_nofpc", &clus1),
        ("clus2_fpc", &clus2),
        ("srs", &srs),
    ] {
        check(&mut tally, name, schools, &golden[name]);
    }
    tally.finish(6 * 27);
}

#[test]
fn households_of_bangladesh_as_in_r_survey_4_1() {
    let Some([text]) = external("households_of_bangladesh_as_in_r_survey_4_1", ["khandker_hh_98.csv"]) else {
        return;
    };
    let golden = fixture("survey/i_survey.json");
    let households = table(&text, &[]);
    let column = |name: &str| households.columns[name].as_slice();
    let rows = column("exptot").len();
    let (thanas, villages) = (column("thanaid"), column("villid"));
    let joint: Vec<f64> =
        thanas.iter().zip(villages).map(|(thana, village)| thana * 1000.0 + village).collect();
    let mut tally = Tally::default();
    let designs = [
        ("khandker98_exptot", vec![0; rows], units(villages), LonelyUnit::Refuse),
        ("khandker98_exptot_strata_thana", units(thanas), units(&joint), LonelyUnit::Adjust),
    ];
    for (name, strata, units, lonely) in designs {
        let stage = Stage { strata, units, population: None };
        let design = Design::new(column("weight").to_vec(), vec![stage], lonely).unwrap();
        let found = mean(&design, column("exptot"), Domain::Everyone).unwrap();
        let expected = |key: &str| golden[name][key].as_f64().unwrap();
        tally.number(&format!("{name} mean"), expected("mean"), found.value, CLOSED_FORM);
        tally.number(&format!("{name} se"), expected("se"), found.std_error, CLOSED_FORM);
        tally.number(&format!("{name} df"), expected("degf"), found.df, CLOSED_FORM);
        // Weights that add to fewer than there are rows are no numbers of households.
        assert_eq!(design_effect(&design, column("exptot")).unwrap(), None);
    }
    tally.finish(6);
}

fn two_strata(lonely: LonelyUnit) -> Result<Design, SurveyError> {
    let stage = Stage { strata: vec![1, 1, 1, 2], units: vec![1, 2, 3, 1], population: None };
    Design::new(vec![2.0; 4], vec![stage], lonely)
}

#[test]
fn a_lonely_unit_is_refused_or_counted_as_said() {
    assert_eq!(two_strata(LonelyUnit::Refuse), Err(SurveyError::Lonely { strata: 1 }));
    let values = [1.0, 2.0, 6.0, 7.0];
    let error = |lonely| total(&two_strata(lonely).unwrap(), &values, Domain::Everyone).unwrap().std_error;
    // 3/2 times the squares 4, 1, 9 of twice 1, 2, 6 about twice 3.
    let three = 1.5 * 4.0 * 14.0_f64;
    assert!((error(LonelyUnit::Certainty) - three.sqrt()).abs() < 1e-12);
    assert!((error(LonelyUnit::Adjust) - (three + 14.0 * 14.0).sqrt()).abs() < 1e-12);
    assert!((error(LonelyUnit::Average) - (2.0 * three).sqrt()).abs() < 1e-12);
}

#[test]
fn bad_samples_are_named() {
    let simple = |weights: Vec<f64>, population| Design::simple(weights, population);
    assert_eq!(simple(vec![1.0, -1.0], None), Err(SurveyError::Weight { row: 1 }));
    assert_eq!(simple(vec![0.0, 0.0], None), Err(SurveyError::Weight { row: 0 }));
    assert_eq!(simple(vec![1.0; 3], Some(2.0)), Err(SurveyError::Population { row: 0 }));
    assert_eq!(Design::new(vec![1.0], Vec::new(), LonelyUnit::Refuse), Err(SurveyError::NoStage));
    let design = simple(vec![1.0; 3], None).unwrap();
    assert_eq!(mean(&design, &[1.0], Domain::Everyone), Err(SurveyError::Length { rows: 3 }));
    assert_eq!(mean(&design, &[1.0, f64::NAN, 2.0], Domain::Everyone), Err(SurveyError::Value { row: 1 }));
    assert!(mean(&design, &[1.0, f64::NAN, 2.0], Domain::Marked(&[true, false, true])).is_ok());
    assert_eq!(mean(&design, &[1.0, 2.0, 3.0], Domain::Marked(&[false; 3])), Err(SurveyError::Empty));
    assert_eq!(quantiles(&design, &[1.0, 2.0, 3.0], &[1.5], 0.95), Err(SurveyError::Share { share: 1.5 }));
    // A census has no sampling error.
    let census = simple(vec![1.0; 3], Some(3.0)).unwrap();
    assert_eq!(mean(&census, &[1.0, 2.0, 6.0], Domain::Everyone).unwrap().std_error, 0.0);
}
