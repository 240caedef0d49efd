//! Syntheses of small tables and of the seven microcredit trials.

use super::*;
use crate::base;
use crate::read::{EffectColumns, effects};

fn pools(text: &str, options: &Options) -> Vec<Synthesis> {
    let table = effects(text.as_bytes(), &EffectColumns::default()).unwrap();
    synthesise_all(&table.effects, options).unwrap()
}

fn base_effects() -> Vec<Effect> {
    let catalogue = base::catalogue().unwrap();
    let findings = base::findings(&catalogue).unwrap();
    findings.iter().enumerate().map(|(at, finding)| Effect::from_finding(at, finding, &catalogue)).collect()
}

fn profit(measure: Option<Measure>) -> Synthesis {
    let effects = base_effects();
    let members: Vec<usize> = effects
        .iter()
        .enumerate()
        .filter(|(_, effect)| {
            let class = &effect.class;
            (&*class.practice, &*class.comparator, &*class.outcome, &*class.estimand)
                == ("credit.access", "no-offer", "business.profit", "ITT")
        })
        .map(|(index, _)| index)
        .collect();
    synthesise(&effects, &members, &Options { measure, ..Options::default() }).unwrap()
}

#[test]
fn the_seven_trials_profit_is_flagged_guarded_and_put_in_sd() {
    let pool = profit(None);
    assert_eq!((pool.measure, pool.k), (Measure::Smd, 7));
    let doubted: Vec<&str> = pool.scale_doubts.iter().map(|doubt| &*doubt.study).collect();
    assert_eq!(doubted, ["Attanasio, Augsburg, De Haas, Fitzsimons & Harmgart 2015"]);
    assert!(pool.warnings.iter().filter(|warning| warning.code == "double_count").count() >= 7);
    // Seven different samples, whatever else stands in the file.
    let native = profit(Some(Measure::Native));
    assert_eq!(native.k, 7);
    // The native pool by REML with clustered errors is 3.55 (3.67), metafor 3.8-1 (evidence.md §4.2).
    assert!((native.estimate.unwrap() - 3.55).abs() < 0.05, "{:?}", native.estimate);
}

#[test]
fn absence_is_a_synthesis_of_nulls() {
    let text = "study,estimate,std_error,outcome\nA,1,1,x\n";
    let options = Options { measure: Some(Measure::Percent), ..Options::default() };
    let pool = &pools(text, &options)[0];
    assert_eq!((pool.k, pool.estimate), (0, None));
    assert_eq!(pool.not_comparable.len(), 1);
    assert!(pool.warnings.iter().any(|warning| warning.code == "nothing_to_pool"));
}

#[test]
fn one_study_keeps_its_own_interval() {
    let pool = &pools("study,estimate,std_error\nA,1,0.5\n", &Options::default())[0];
    assert_eq!((pool.estimate, pool.ci_method, pool.pi_low), (Some(1.0), "wald", None));
    assert!((pool.ci_high.unwrap() - 1.979_981_992_270_027).abs() < 1e-12);
}

#[test]
fn effects_and_associations_never_meet_even_when_the_key_leaves_them_out() {
    let text = "study,estimate,std_error,estimand\nA,1,1,ITT\nB,1,1,association\n";
    let columns = EffectColumns { by: vec!["outcome".into()], moderators: Vec::new() };
    let table = effects(text.as_bytes(), &columns).unwrap();
    assert_eq!(synthesise_all(&table.effects, &Options::default()).unwrap().len(), 2);
}

#[test]
fn a_study_twice_is_refused_with_both_rows() {
    let text = "study,estimate,std_error\nA,1,1\nB,1,1\nA,2,1\n";
    let table = effects(text.as_bytes(), &EffectColumns::default()).unwrap();
    let refusal = synthesise_all(&table.effects, &Options::default()).unwrap_err();
    assert!(refusal.to_string().contains("row 4") && refusal.to_string().contains("row 2"), "{refusal}");
    assert!(refusal.hint().contains("sample_id"));
}

#[test]
fn json_holds_no_nan_and_the_contract_s_fields() {
    let json = serde_json::to_value(profit(None)).unwrap();
    for field in [
        "practice",
        "comparator",
        "outcome",
        "estimand",
        "unit",
        "measure",
        "k",
        "not_comparable",
        "studies",
        "method",
        "estimate",
        "std_error",
        "ci_low",
        "ci_high",
        "ci_method",
        "p_value",
        "df",
        "cis",
        "tau2",
        "tau2_low",
        "tau2_high",
        "i2",
        "h2",
        "q",
        "q_df",
        "q_p",
        "pi_low",
        "pi_high",
        "pi_method",
        "bayes",
        "leave_one_out",
        "moderators",
        "small_study",
        "warnings",
    ] {
        assert!(json.get(field).is_some(), "{field} is missing");
    }
    for field in ["egger", "pet_peese", "trim_fill"] {
        assert!(json["small_study"][field].is_object(), "{field} is missing");
    }
    assert!(json["bayes"]["prob_new_positive"].is_f64());
    assert_eq!(json["ci_method"], "hk-floor");
    assert_eq!(json["pi_method"], "k-2");
}

#[test]
fn every_pool_of_the_base_can_be_made_on_every_measure() {
    let effects = base_effects();
    for measure in
        [None, Some(Measure::Native), Some(Measure::Smd), Some(Measure::Percent), Some(Measure::LogRatio)]
    {
        let all = synthesise_all(&effects, &Options { measure, ..Options::default() }).unwrap();
        assert_eq!(all.len(), 99);
        for pool in all {
            assert!(pool.estimate.is_none_or(f64::is_finite));
            assert_eq!(pool.estimate.is_none(), pool.k == 0);
        }
    }
}
