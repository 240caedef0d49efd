//! Poverty rates against the worked answers of Schreiner's Ethiopian scorecard, and look-ups and portfolio rates against
//! ppitables 0.6.1.9000.

use whatworks_stats::poverty::{
    GroupRate, LineAccuracy, Lookup, PovertyError, change_between_samples, change_of_same, finite_population,
    group_rate, interviews_for_change, interviews_for_change_of_same, interviews_for_rate,
    interviews_from_population,
};

use crate::reference::{external, fixture};
use crate::regression::table;

const DIRECT: LineAccuracy = LineAccuracy { bias: 0.0, alpha: 1.0 };

fn rate(n: usize, likelihood: f64, alpha: f64) -> GroupRate {
    group_rate(&vec![likelihood; n], None, LineAccuracy { bias: 0.0, alpha }, None, 1.0).unwrap()
}

/// Schreiner 2016: scores 20, 30 and 40 have 47.0, 31.8 and 16.1 per cent.
#[test]
fn three_households_of_ethiopia() {
    let accuracy = LineAccuracy { bias: 0.008, alpha: 1.0 };
    let found =
        group_rate(&[47.0, 31.8, 16.1].map(|percent| percent / 100.0), None, accuracy, None, 1.0).unwrap();
    assert_eq!(format!("{:.1} {:.1}", 100.0 * found.rate, 100.0 * found.corrected), "31.6 30.8");
}

/// n = 16,384 and p = 0.234 at 90 %: ±0.542 points measured directly, ±0.576 by the scorecard, 1.06 times as wide.
#[test]
fn a_scorecard_is_wider_than_a_direct_measurement() {
    let half = |alpha| 164.0 * rate(16_384, 0.234, alpha).std_error;
    assert_eq!(format!("{:.3}", half(1.0)), "0.542");
    let alpha = 0.576 / half(1.0);
    assert_eq!(format!("{alpha:.2}"), "1.06");
    assert_eq!(format!("{:.3}", half(alpha)), "0.576");
}

#[test]
fn sample_sizes_as_printed() {
    assert_eq!(interviews_for_rate(0.04533, 1.64, 1.08, 0.234), 274);
    assert_eq!(interviews_from_population(0.02, 1.64, 1.08, 0.234, 10_000.0), 1_233);
    assert_eq!(interviews_for_change(0.02, 1.64, 1.08, 0.234), 2_812);
    assert_eq!(interviews_for_change_of_same(0.02, 1.64, 1.30, 0.234, 3.0), 2_551);
    // What is planned is what is then found.
    let (low, high) = rate(274, 0.234, 1.08).interval(1.64);
    assert!((high - low) / 2.0 <= 0.04533 && high - low > 2.0 * 0.0452);
}

#[test]
fn changes_follow_their_formulas() {
    let (earlier, later) = (rate(1_000, 0.4, 1.08), rate(1_000, 0.3, 1.08));
    let found = change_between_samples(&earlier, &later);
    assert!((found.change + 0.1).abs() < 1e-12);
    assert!((found.std_error - 1.08 * ((0.24 + 0.21) / 1000.0_f64).sqrt()).abs() < 1e-12);
    // Equal rates: α·√(2p(1 − p)/n).
    let same = change_between_samples(&earlier, &earlier).std_error;
    assert!((same - 1.08 * (2.0 * 0.24 / 1000.0_f64).sqrt()).abs() < 1e-12);
    let found = change_of_same(&[0.5, 0.5], &[0.2, 0.4], 1.3, Some(101.0)).unwrap();
    // 0.5·0.8 and 0.5·0.6; 0.5·0.2 and 0.5·0.4.
    let (left, fell) = (0.35, 0.15);
    let spread: f64 = left * (1.0 - left) + fell * (1.0 - fell) + 2.0 * left * fell;
    assert!((found.change + 0.2).abs() < 1e-12);
    assert!((found.std_error - 1.3 * (spread / 2.0).sqrt() * (99.0_f64 / 100.0).sqrt()).abs() < 1e-12);
}

#[test]
fn the_design_and_the_population_count() {
    let all = vec![0.25; 100];
    let of = |population, deff| group_rate(&all, None, DIRECT, population, deff).unwrap().std_error;
    assert!((of(None, 4.0) - 2.0 * of(None, 1.0)).abs() < 1e-15);
    assert_eq!(of(Some(100.0), 1.0), 0.0);
    assert!((finite_population(100, Some(401.0)).unwrap() - (301.0_f64 / 400.0).sqrt()).abs() < 1e-15);
    let weighted = group_rate(&[0.1, 0.4], Some(&[3.0, 1.0]), DIRECT, None, 1.0).unwrap();
    assert!((weighted.rate - 0.175).abs() < 1e-15);
    let error =
        |likelihoods: &[f64], population| group_rate(likelihoods, None, DIRECT, population, 1.0).unwrap_err();
    assert_eq!(error(&[], None), PovertyError::Nobody);
    assert_eq!(error(&[0.5, 1.5], None), PovertyError::Likelihood { row: 1 });
    assert_eq!(error(&[0.5; 9], Some(8.0)), PovertyError::Population { population: 8.0, n: 9 });
}

#[test]
fn a_table_has_every_score_once() {
    assert_eq!(Lookup::new(vec![Some(1.0); 100]), Err(PovertyError::Table { have: 100 }));
    assert_eq!(Lookup::new(vec![Some(101.0); 101]), Err(PovertyError::Percent { score: 0, percent: 101.0 }));
    let mut percent = vec![Some(40.0); 101];
    percent[7] = None;
    let lookup = Lookup::new(percent).unwrap();
    assert_eq!(lookup.likelihood(100), Ok(0.4));
    assert_eq!(lookup.likelihood(7), Err(PovertyError::NoLikelihood { score: 7 }));
    assert_eq!(lookup.likelihood(101), Err(PovertyError::Score { score: 101 }));
    assert_eq!(lookup.likelihood(-1), Err(PovertyError::Score { score: -1 }));
}

fn line(text: &str, line: &str) -> Lookup {
    let table = table(text, &[]);
    let percent = table.columns[line].iter().map(|value| value.is_finite().then_some(*value)).collect();
    Lookup::new(percent).unwrap()
}

#[test]
fn ppitables_look_ups_and_portfolio_rates() {
    let golden = fixture("survey/h_ppi.json");
    let names = [
        "ppi/ppiKEN2018.csv",
        "ppi/ppiKEN2024.csv",
        "ppi/ppiIND2016_r68.csv",
        "ppi/ppiBGD2013.csv",
        "ppi/ppiETH2016.csv",
        "ppi/ppiMMR2019.csv",
        "ppi/ppiPHL2018.csv",
        "ppi/ppiUGA2015.csv",
    ];
    let Some(texts) = external("ppitables_look_ups_and_portfolio_rates", names) else { return };
    let text_of = |table: &str| {
        let at = names.iter().position(|name| *name == format!("ppi/{table}.csv")).unwrap();
        texts[at].as_str()
    };
    let mut checked = 0;
    for row in golden["lookups"].as_array().unwrap() {
        let (text, score) = (text_of(row["table"].as_str().unwrap()), row["score"].as_i64().unwrap());
        for (name, expected) in row["likelihood_percent"].as_object().unwrap() {
            let found = line(text, name).likelihood(score);
            match expected.as_f64() {
                Some(expected) => assert!((100.0 * found.unwrap() - expected).abs() < 1e-12, "{row} {name}"),
                None => assert!(matches!(found, Err(PovertyError::NoLikelihood { .. })), "{row} {name}"),
            }
            checked += 1;
        }
    }
    // The portfolio of 1,000 scores that the reference states.
    let scores: Vec<i64> = (0..1_000).map(|at| (37 * at + 11) % 101).collect();
    for (name, lines) in golden["portfolio_rate_percent"].as_object().unwrap() {
        for (id, expected) in lines.as_object().unwrap() {
            let lookup = line(text_of(name), id);
            let likelihoods: Result<Vec<f64>, _> =
                scores.iter().map(|score| lookup.likelihood(*score)).collect();
            match expected.as_f64() {
                Some(expected) => {
                    let found = group_rate(&likelihoods.unwrap(), None, DIRECT, None, 1.0).unwrap();
                    assert!((100.0 * found.rate - expected).abs() < 1e-11, "{name} {id}");
                }
                None => assert!(likelihoods.is_err(), "{name} {id}"),
            }
            checked += 1;
        }
    }
    assert!(checked > 1_000, "{checked}");
}
