//! What must hold for any data: invariances, limits, and no NaN.

use proptest::prelude::*;
use whatworks_stats::meta::{
    Design, IntervalMethod, PredictionMethod, Tau2Method, TestKind, TrimFillEstimator, blup, influence,
    interval, leave_one_out, meta_regression, pet_peese, pool, prediction, robust_mean, tau2_q_profile,
    trim_and_fill,
};

/// Studies whose standard errors span up to `decades` powers of ten.
fn studies(most: usize, decades: f64) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    prop::collection::vec((-3.0..3.0f64, 0.0..decades, -3.0..3.0f64), 1..most).prop_map(|rows| {
        let se = |exponent: f64| 0.1 * 10f64.powf(exponent);
        let y = rows.iter().map(|(common, exponent, z)| common + z * se(*exponent)).collect();
        let v = rows.iter().map(|(_, exponent, _)| se(*exponent).powi(2)).collect();
        (y, v)
    })
}

#[track_caller]
fn close(found: f64, expected: f64, relative: f64, scale: f64) {
    let allowed = relative * expected.abs().max(scale);
    assert!((found - expected).abs() <= allowed, "{found:e} is not {expected:e} within {allowed:e}");
}

/// Spread that differences of effects are measured by.
fn spread(y: &[f64], v: &[f64]) -> f64 {
    let widest = y.iter().fold(0.0f64, |w, a| w.max((a - y[0]).abs()));
    widest + v.iter().fold(f64::INFINITY, |a, b| a.min(*b)).sqrt()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scale_and_shift((y, v) in studies(20, 1.5), factor in 0.01..100.0f64, shift in -5.0..5.0f64) {
        for method in Tau2Method::ALL {
            let plain = pool(&y, &v, *method).unwrap();
            let scaled_y: Vec<f64> = y.iter().map(|x| factor * x).collect();
            let scaled_v: Vec<f64> = v.iter().map(|x| factor * factor * x).collect();
            let scaled = pool(&scaled_y, &scaled_v, *method).unwrap();
            let unit = spread(&y, &v);
            close(scaled.mu, factor * plain.mu, 1e-9, factor * unit);
            close(scaled.tau2, factor * factor * plain.tau2, 1e-9, 1e-3 * (factor * unit).powi(2));
            close(scaled.i2, plain.i2, 1e-7, 1.0);
            let moved_y: Vec<f64> = y.iter().map(|x| x + shift).collect();
            let moved = pool(&moved_y, &v, *method).unwrap();
            close(moved.mu, plain.mu + shift, 1e-9, 1.0 + unit);
            close(moved.tau2, plain.tau2, 1e-9, 1e-3 * unit * unit);
        }
    }

    #[test]
    fn order_does_not_matter((y, v) in studies(20, 1.5)) {
        let (mut reversed_y, mut reversed_v) = (y.clone(), v.clone());
        reversed_y.reverse();
        reversed_v.reverse();
        for method in Tau2Method::ALL {
            let one = pool(&y, &v, *method).unwrap();
            let other = pool(&reversed_y, &reversed_v, *method).unwrap();
            close(other.mu, one.mu, 1e-11, spread(&y, &v));
            close(other.tau2, one.tau2, 1e-11, 1e-2 * spread(&y, &v).powi(2));
            close(other.q, one.q, 1e-12, 1.0);
        }
    }

    #[test]
    fn leave_one_out_is_a_refit((y, v) in studies(12, 3.0)) {
        for method in Tau2Method::ALL {
            for row in leave_one_out(&y, &v, *method, IntervalMethod::HkFloor, 0.95).unwrap() {
                let (mut rest_y, mut rest_v) = (y.clone(), v.clone());
                rest_y.remove(row.omitted);
                rest_v.remove(row.omitted);
                let refit = pool(&rest_y, &rest_v, *method).unwrap();
                let ci = interval(&refit, IntervalMethod::HkFloor, 0.95).unwrap();
                let unit = spread(&rest_y, &rest_v);
                close(row.tau2, refit.tau2, 1e-9, 1e-3 * unit * unit);
                close(row.mu, refit.mu, 1e-9, unit);
                close(row.std_error, ci.std_error, 1e-8, 1e-6 * unit);
                close(row.q, refit.q, 1e-9, 1e-6);
                close(row.p_value(), ci.p_value, 1e-6, 1e-6);
            }
        }
    }

    #[test]
    fn wild_input_gives_numbers((y, v) in studies(30, 10.0), extra in 0.0..1.0f64) {
        for method in Tau2Method::ALL {
            let pooled = pool(&y, &v, *method).unwrap();
            prop_assert!(pooled.tau2 >= 0.0 && pooled.tau2.is_finite(), "{method}: {pooled:?}");
            prop_assert!(pooled.mu.is_finite() && (0.0..=100.0).contains(&pooled.i2));
            prop_assert!(pooled.restricted_log_likelihood.is_finite());
            let total: f64 = pooled.weights.iter().sum();
            prop_assert!((total - 1.0).abs() < 1e-12);
            for interval_method in IntervalMethod::ALL {
                let ci = interval(&pooled, *interval_method, 0.95).unwrap();
                prop_assert!(ci.low <= ci.high && ci.p_value.is_finite(), "{ci:?}");
                for prediction_method in PredictionMethod::ALL {
                    if let Some((low, high)) = prediction(&pooled, &ci, *prediction_method) {
                        prop_assert!(low <= ci.low + 1e-9 * ci.low.abs() || *prediction_method == PredictionMethod::Normal);
                        prop_assert!(low <= high);
                    }
                }
                for row in blup(&pooled, &ci, &y, &v).unwrap() {
                    prop_assert!(row.estimate.is_finite() && row.std_error.is_finite());
                }
            }
            for row in leave_one_out(&y, &v, *method, IntervalMethod::Hk, 0.9).unwrap() {
                prop_assert!(row.tau2 >= 0.0 && row.mu.is_finite() && row.std_error.is_finite());
            }
            if y.len() >= 2 {
                for row in influence(&y, &v, *method).unwrap() {
                    prop_assert!(row.cook.is_finite() && row.studentised_residual.is_finite());
                }
                prop_assert!(robust_mean(&pooled, &y, &v).unwrap().std_error.is_finite());
                let profile = tau2_q_profile(&y, &v, 0.95).unwrap();
                prop_assert!(0.0 <= profile.tau2_low && profile.tau2_low <= profile.tau2_high * (1.0 + 1e-9));
            }
            if y.len() >= 4 {
                let moderator: Vec<f64> = (0..y.len()).map(|i| (i as f64 * extra).sin()).collect();
                let design = Design {
                    names: ["intercept", "m", "twice m"].map(str::to_owned).to_vec(),
                    rows: moderator.iter().flat_map(|m| [1.0, *m, 2.0 * m]).collect(),
                };
                let fit = meta_regression(&y, &v, &design, *method, TestKind::KnappHartung, 0.95).unwrap();
                prop_assert!(fit.dropped.contains(&"twice m".to_owned()));
                prop_assert!(fit.tau2 >= 0.0 && fit.coefficients.iter().all(|c| c.estimate.is_finite()));
                let filled = trim_and_fill(
                    &y, &v, *method, TrimFillEstimator::L0, None, IntervalMethod::HkFloor, 0.95,
                ).unwrap();
                prop_assert!(filled.pooled.mu.is_finite() && filled.missing < y.len());
                prop_assert!(pet_peese(&y, &v, 0.95).unwrap().one_sided_p <= 0.5);
            }
        }
    }

    #[test]
    fn restricted_maximum_beats_a_fine_scan((y, v) in studies(8, 3.0)) {
        let pooled = pool(&y, &v, Tau2Method::Reml).unwrap();
        for step in 0..400 {
            let t = if step == 0 { 0.0 } else { 1e-8 * 10f64.powf(f64::from(step) / 30.0) };
            let raised: Vec<f64> = v.iter().map(|v| v + t).collect();
            let other = pool(&y, &raised, Tau2Method::EqualEffects).unwrap().restricted_log_likelihood;
            prop_assert!(other <= pooled.restricted_log_likelihood + 1e-9, "τ² = {t} is better");
        }
    }

    #[test]
    fn paule_mandel_solves_its_equation((y, v) in studies(20, 6.0)) {
        let pooled = pool(&y, &v, Tau2Method::Pm).unwrap();
        if pooled.tau2 > 0.0 {
            close(pooled.generalised_q, pooled.q_df as f64, 1e-9, 0.0);
        } else if y.len() > 1 {
            prop_assert!(pooled.q <= pooled.q_df as f64 * (1.0 + 1e-12));
        }
    }
}

/// The equal-effects pool is the random-effects pool when the studies agree.
#[test]
fn agreement_is_equal_effects() {
    let (y, v) = ([0.5, 0.5, 0.5], [0.1, 0.2, 0.4]);
    for method in Tau2Method::ALL {
        let pooled = pool(&y, &v, *method).unwrap();
        assert_eq!(pooled.tau2, 0.0, "{method}");
        assert!((pooled.mu - 0.5).abs() < 1e-15);
    }
}

/// Prediction with t(k − 2) by its formula; none at k = 2; never under equal effects.
#[test]
fn prediction_formula() {
    let (y, v) = ([0.1, 0.9, -0.4, 1.2, 0.3], [0.04, 0.09, 0.05, 0.1, 0.02]);
    let pooled = pool(&y, &v, Tau2Method::Reml).unwrap();
    let ci = interval(&pooled, IntervalMethod::HkFloor, 0.95).unwrap();
    let (low, high) = prediction(&pooled, &ci, PredictionMethod::KMinus2).unwrap();
    // t(3) at 0.975
    let half = 3.182_446_305_284_263 * (pooled.tau2 + ci.std_error * ci.std_error).sqrt();
    assert!((high - (pooled.mu + half)).abs() < 1e-11 && (low - (pooled.mu - half)).abs() < 1e-11);
    let two = pool(&y[..2], &v[..2], Tau2Method::Reml).unwrap();
    let ci = interval(&two, IntervalMethod::HkFloor, 0.95).unwrap();
    assert_eq!(prediction(&two, &ci, PredictionMethod::KMinus2), None);
    assert!(prediction(&two, &ci, PredictionMethod::KMinus1).is_some());
    let equal = pool(&y, &v, Tau2Method::EqualEffects).unwrap();
    let ci = interval(&equal, IntervalMethod::Wald, 0.95).unwrap();
    assert_eq!(prediction(&equal, &ci, PredictionMethod::Normal), None);
}

/// The floor never narrows: it is the wider of Wald and Hartung–Knapp standard errors.
#[test]
fn floor_is_the_wider() {
    for y in [[0.5, 0.52, 0.49], [0.5, 2.0, -1.0]] {
        let pooled = pool(&y, &[0.1, 0.2, 0.4], Tau2Method::Dl).unwrap();
        let se = |method| interval(&pooled, method, 0.95).unwrap().std_error;
        let wider = se(IntervalMethod::Hk).max(se(IntervalMethod::Wald));
        assert!((se(IntervalMethod::HkFloor) - wider).abs() < 1e-15);
    }
}

/// One study is pooled alone and says so.
#[test]
fn one_study() {
    let pooled = pool(&[0.3], &[0.04], Tau2Method::Reml).unwrap();
    assert_eq!((pooled.method_requested, pooled.method_used), (Tau2Method::Reml, Tau2Method::EqualEffects));
    assert_eq!((pooled.mu, pooled.tau2, pooled.se_tau2), (0.3, 0.0, None));
    let ci = interval(&pooled, IntervalMethod::HkFloor, 0.95).unwrap();
    assert_eq!((ci.method_used, ci.df), (IntervalMethod::Wald, None));
    assert!((ci.std_error - 0.2).abs() < 1e-15);
}

/// Bad input is an error, never a panic.
#[test]
fn bad_input_is_an_error() {
    assert!(pool(&[], &[], Tau2Method::Dl).is_err());
    assert!(pool(&[1.0], &[1.0, 2.0], Tau2Method::Dl).is_err());
    assert!(pool(&[1.0, f64::NAN], &[1.0, 2.0], Tau2Method::Dl).is_err());
    assert!(pool(&[1.0, 2.0], &[0.0, 2.0], Tau2Method::Dl).is_err());
    let pooled = pool(&[1.0, 2.0], &[1.0, 2.0], Tau2Method::Dl).unwrap();
    assert!(interval(&pooled, IntervalMethod::Wald, 1.0).is_err());
    assert!("xx".parse::<Tau2Method>().is_err());
    assert_eq!("REML".parse::<Tau2Method>(), Ok(Tau2Method::Reml));
}

/// A restricted likelihood with two maxima, at τ² ≈ 105 and ≈ 181, that differ by 0.0006: the higher one wins.
#[test]
fn the_higher_of_two_maxima() {
    let y = [
        2.289_371_093_288_126,
        -58.850_400_507_103_41,
        -7.280_708_922_715_233,
        -3.552_830_033_291_479_5,
        5.017_332_202_249_864_5,
        -59.254_034_363_924_625,
        64.081_668_232_188_22,
    ];
    let v = [
        4_573.598_768_756_147,
        3_723.142_706_722_465,
        6.386_118_501_160_434,
        0.339_149_876_836_727_37,
        3.949_474_887_595_177,
        1_858.628_788_570_271_8,
        460.186_206_655_168_7,
    ];
    let pooled = pool(&y, &v, Tau2Method::Reml).unwrap();
    assert!((pooled.tau2 - 105.325_604_394).abs() < 1e-6, "{}", pooled.tau2);
}
