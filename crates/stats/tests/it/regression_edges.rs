//! What cannot be computed is refused with its reason, and what is degenerate is a value.

use whatworks_stats::regression::{
    Engine, GroupedDesign, GroupedSums, RegressionError, RowBatch, Sample, Term, Variance, advise_engine,
    coefficient_tests, covariance, covariance_grouped, fit, fit_grouped,
};

const Y: [f64; 6] = [1.0, 3.0, 2.0, 5.0, 4.0, 6.5];
const X: [f64; 6] = [0.0, 1.0, 0.0, 1.0, 1.0, 0.0];

fn refusal(sample: &Sample) -> RegressionError {
    fit(sample).unwrap_err()
}

#[test]
fn bad_input_is_refused() {
    let good = Sample { y: &Y, x: &[&X], intercept: true, ..Sample::default() };
    let short = RegressionError::LengthMismatch { what: "a regressor", have: 5, need: 6 };
    assert_eq!(refusal(&Sample { x: &[&X[1..]], ..good }), short);
    let with_nan = [0.0, 1.0, f64::NAN, 1.0, 1.0, 0.0];
    let not_finite = RegressionError::NotFinite { what: "regressor", column: 1, row: 2 };
    assert_eq!(refusal(&Sample { x: &[&X, &with_nan], ..good }), not_finite);
    let negative = [1.0, 1.0, 1.0, 1.0, -1.0, 1.0];
    assert_eq!(refusal(&Sample { weights: Some(&negative), ..good }), RegressionError::Weight { row: 4 });
    assert_eq!(refusal(&Sample { weights: Some(&[0.0; 6]), ..good }), RegressionError::NoRows);
    assert_eq!(refusal(&Sample { y: &[], x: &[&[]], ..good }), RegressionError::NoRows);
    assert_eq!(refusal(&Sample { y: &[1e200, 1.0, 2.0, 3.0, 4.0, 5.0], ..good }), RegressionError::Overflow);
}

#[test]
fn variances_need_their_clusters() {
    let fitted = fit(&Sample { y: &Y, x: &[&X], intercept: true, ..Sample::default() }).unwrap();
    let same = [7; 6];
    assert_eq!(covariance(&fitted, Variance::Cr2, &[&same]), Err(RegressionError::TooFewClusters(1)));
    let none = covariance(&fitted, Variance::TwoWay0, &[&same]).unwrap_err();
    assert_eq!(none.to_string(), "two-way CR0 needs 2 cluster dimensions, 1 given");
    let found = covariance(&fitted, Variance::Iid, &[]).unwrap();
    assert_eq!(coefficient_tests(&fitted.fit, &found, 1.0), Err(RegressionError::Level(1.0)));
}

#[test]
fn a_row_of_weight_zero_is_absent() {
    let weights = [1.0, 2.0, 1.0, 0.0, 1.0, 2.0];
    let factor = [0, 0, 1, 2, 1, 0];
    let clusters = [3, 4, 5, 9, 3, 4];
    let kept = [0, 1, 2, 4, 5];
    let pick = |values: &[f64]| -> Vec<f64> { kept.iter().map(|i| values[*i]).collect() };
    let codes = |values: &[u32]| -> Vec<u32> { kept.iter().map(|i| values[*i]).collect() };
    let whole = Sample { y: &Y, x: &[&X], intercept: true, weights: Some(&weights), factors: &[&factor] };
    let (y, x, w) = (pick(&Y), pick(&X), pick(&weights));
    let levels = codes(&factor);
    let part = Sample { y: &y, x: &[&x], intercept: true, weights: Some(&w), factors: &[&levels] };
    let (whole, part) = (fit(&whole).unwrap(), fit(&part).unwrap());
    assert_eq!(whole.fit, part.fit);
    for variance in [Variance::Iid, Variance::Hc3, Variance::Cr1s, Variance::Cr2] {
        let dimensions = variance.cluster_dimensions();
        let all = covariance(&whole, variance, &[clusters.as_slice()][..dimensions]).unwrap();
        let some = covariance(&part, variance, &[codes(&clusters).as_slice()][..dimensions]).unwrap();
        assert_eq!(all.standard_errors()[0].to_bits(), some.standard_errors()[0].to_bits(), "{variance}");
    }
}

#[test]
fn a_saturated_fit_has_no_standard_errors() {
    let sample = Sample { y: &Y[..2], x: &[&X[..2]], intercept: true, ..Sample::default() };
    let fitted = fit(&sample).unwrap();
    assert_eq!((fitted.fit.residual_df(), fitted.fit.residual_variance()), (0, None));
    for variance in [Variance::Iid, Variance::Hc1, Variance::Cr1s] {
        let clusters: [&[u32]; 1] = [&[0, 1]];
        let found = covariance(&fitted, variance, &clusters[..variance.cluster_dimensions()]).unwrap();
        let tests = coefficient_tests(&fitted.fit, &found, 0.95).unwrap();
        assert!(tests.iter().all(|t| t.std_error.is_nan() && t.p_value.is_nan()), "{variance}");
    }
}

#[test]
fn nothing_to_estimate_is_a_value() {
    let constant = [2.0; 6];
    let factor = [0, 0, 0, 1, 1, 1];
    for (x, factors) in [(&[constant.as_slice()][..], &[factor.as_slice()][..]), (&[], &[&factor])] {
        let sample = Sample { y: &Y, x, factors, ..Sample::default() };
        let fitted = fit(&sample).unwrap();
        assert!(fitted.fit.terms.is_empty());
        assert_eq!(fitted.fit.dropped.len(), x.len());
        assert!(fitted.fit.r_squared().unwrap() > 0.5);
        for variance in Variance::ALL {
            let clusters: [&[u32]; 2] = [&factor, &[0, 1, 0, 1, 0, 1]];
            let found = covariance(&fitted, variance, &clusters[..variance.cluster_dimensions()]).unwrap();
            assert_eq!(found.matrix.order(), 0);
        }
    }
}

#[test]
fn sums_say_what_they_cannot_do() {
    let clusters = [0, 0, 1, 1, 2, 2];
    let batch = RowBatch { columns: &[&X, &Y], clusters: Some(&clusters), ..RowBatch::default() };
    let mut sums = GroupedSums::new(2, 0, true);
    sums.add_rows(&batch).unwrap();
    let before = sums.rows();
    let with_nan = [f64::NAN; 6];
    assert!(sums.add_rows(&RowBatch { columns: &[&X, &with_nan], ..batch }).is_err());
    assert!(sums.add_rows(&RowBatch { clusters: None, ..batch }).is_err());
    assert!(sums.add_rows(&RowBatch { factors: &[&clusters], ..batch }).is_err());
    assert!(sums.merge(&GroupedSums::new(3, 0, true)).is_err());
    assert_eq!(sums.rows(), before);
    let design = GroupedDesign { outcome: 1, regressors: &[0], intercept: true };
    let fitted = fit_grouped(&sums, &design).unwrap();
    assert_eq!(fitted.fit.terms, [Term::Intercept, Term::Column(0)]);
    for variance in [Variance::Hc1, Variance::TwoWay0] {
        let found = covariance_grouped(&fitted, variance);
        assert!(matches!(found, Err(RegressionError::Unavailable { .. })), "{variance}");
    }
    assert!(covariance_grouped(&fitted, Variance::Cr2).is_ok());
    let missing = GroupedDesign { outcome: 2, ..design };
    assert_eq!(fit_grouped(&sums, &missing).unwrap_err(), RegressionError::NoColumn(2));
    assert_eq!(fit_grouped(&GroupedSums::new(2, 0, true), &design).unwrap_err(), RegressionError::NoRows);
    assert_eq!((advise_engine(1_000, 900), advise_engine(1_000_000, 900)), (Engine::Memory, Engine::Grouped));
}
