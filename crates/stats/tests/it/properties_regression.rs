//! What must hold of any regression: algebra in five lines, row order, weights as repeated rows, units, and
//! the same digits from memory, from sums and from merged parts.

use proptest::prelude::*;
use whatworks_stats::regression::{
    ClusterMoments, Covariance, Fit, GroupedDesign, GroupedSums, RowBatch, Sample, SquareMatrix, Term,
    Variance, cluster_moments, covariance, covariance_grouped, fit, fit_grouped, residualise,
};

/// A small data set with two factors and clusters.
#[derive(Debug, Clone)]
struct Records {
    y: Vec<f64>,
    x: Vec<Vec<f64>>,
    weights: Vec<f64>,
    factors: [Vec<u32>; 2],
    clusters: Vec<u32>,
}

type Row = (f64, [f64; 3], u8, u32, u32, u32);

fn records() -> impl Strategy<Value = Records> {
    let row = (-5.0..5.0f64, prop::array::uniform3(-3.0..3.0f64), 1..4u8, 0..4u32, 0..3u32, 0..6u32);
    prop::collection::vec(row, 40..80).prop_map(|rows: Vec<Row>| Records {
        y: rows.iter().map(|r| 1000.0 + r.0 + f64::from(r.3) + r.1[0]).collect(),
        x: (0..3).map(|j| rows.iter().map(|r| r.1[j] + f64::from(r.4) + 50.0 * j as f64).collect()).collect(),
        weights: rows.iter().map(|r| f64::from(r.2)).collect(),
        factors: [rows.iter().map(|r| r.3).collect(), rows.iter().map(|r| r.4).collect()],
        clusters: rows.iter().map(|r| r.5).collect(),
    })
}

impl Records {
    fn take(&self, order: &[usize]) -> Self {
        fn pick<T: Copy>(values: &[T], order: &[usize]) -> Vec<T> {
            order.iter().map(|i| values[*i]).collect()
        }
        Self {
            y: pick(&self.y, order),
            x: self.x.iter().map(|x| pick(x, order)).collect(),
            weights: pick(&self.weights, order),
            factors: [pick(&self.factors[0], order), pick(&self.factors[1], order)],
            clusters: pick(&self.clusters, order),
        }
    }

    fn columns(&self) -> Vec<&[f64]> {
        self.x.iter().map(Vec::as_slice).collect()
    }
}

/// Everything that would be published, from memory.
fn published(data: &Records, factors: usize, weighted: bool, variance: Variance) -> (Fit, Covariance) {
    let (x, levels) = (data.columns(), [data.factors[0].as_slice(), data.factors[1].as_slice()]);
    let sample = Sample {
        y: &data.y,
        x: &x,
        intercept: true,
        weights: weighted.then_some(data.weights.as_slice()),
        factors: &levels[..factors],
    };
    let fitted = fit(&sample).unwrap();
    let clusters: Vec<&[u32]> = [data.clusters.as_slice(), data.factors[0].as_slice()]
        .into_iter()
        .take(variance.cluster_dimensions())
        .collect();
    let found = covariance(&fitted, variance, &clusters).unwrap();
    (fitted.fit, found)
}

fn sums(data: &Records, factors: usize, weighted: bool, rows: std::ops::Range<usize>) -> GroupedSums {
    let mut out = GroupedSums::new(4, factors, true);
    add(&mut out, data, factors, weighted, rows);
    out
}

fn add(sums: &mut GroupedSums, data: &Records, factors: usize, weighted: bool, rows: std::ops::Range<usize>) {
    let order: Vec<usize> = rows.collect();
    let data = data.take(&order);
    let mut columns = data.columns();
    columns.push(&data.y);
    let levels = [data.factors[0].as_slice(), data.factors[1].as_slice()];
    sums.add_rows(&RowBatch {
        columns: &columns,
        weights: weighted.then_some(data.weights.as_slice()),
        clusters: Some(&data.clusters),
        factors: &levels[..factors],
    })
    .unwrap();
}

const DESIGN: GroupedDesign = GroupedDesign { outcome: 3, regressors: &[0, 1, 2], intercept: true };

fn digits(values: &[f64]) -> Vec<String> {
    values.iter().map(|x| format!("{x:.11e}")).collect()
}

fn same_digits(a: &(Fit, Covariance), b: &(Fit, Covariance)) {
    assert_eq!(a.0.terms, b.0.terms);
    assert_eq!(digits(&a.0.coefficients), digits(&b.0.coefficients));
    assert_eq!(digits(&a.1.standard_errors()), digits(&b.1.standard_errors()));
    assert_eq!(digits(&a.1.df), digits(&b.1.df));
    assert_eq!(digits(&[a.0.residual_sum_of_squares]), digits(&[b.0.residual_sum_of_squares]));
    assert_eq!(a.0.absorbed_parameters, b.0.absorbed_parameters);
}

#[track_caller]
fn close(found: f64, expected: f64, relative: f64, scale: f64) {
    let allowed = relative * expected.abs().max(scale);
    assert!((found - expected).abs() <= allowed, "{found:e} is not {expected:e} within {allowed:e}");
}

/// Gauss–Jordan: plain, and nothing to do with the code under test.
fn inverse(mut a: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let n = a.len();
    let mut out: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for i in 0..n {
        let pivot = (i..n).max_by(|p, q| a[*p][i].abs().total_cmp(&a[*q][i].abs())).unwrap();
        a.swap(i, pivot);
        out.swap(i, pivot);
        let scale = a[i][i];
        for j in 0..n {
            a[i][j] /= scale;
            out[i][j] /= scale;
        }
        for r in (0..n).filter(|r| *r != i) {
            let factor = a[r][i];
            for j in 0..n {
                a[r][j] -= factor * a[i][j];
                out[r][j] -= factor * out[i][j];
            }
        }
    }
    out
}

/// The dummy-variable design: a constant, dummies without each factor's first level, the regressors last.
fn dummies(data: &Records, factors: usize) -> Vec<Vec<f64>> {
    let mut out = vec![vec![1.0; data.y.len()]];
    for codes in &data.factors[..factors] {
        let mut levels = codes.clone();
        levels.sort_unstable();
        levels.dedup();
        for level in &levels[1..] {
            out.push(codes.iter().map(|c| f64::from(u8::from(c == level))).collect());
        }
    }
    out.extend(data.x.iter().cloned());
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn equals_the_algebra(data in records(), factors in 0..3usize, weighted: bool) {
        let design = dummies(&data, factors);
        let w = |i: usize| if weighted { data.weights[i] } else { 1.0 };
        let n = data.y.len();
        let xwx = |a: &[f64], b: &[f64]| (0..n).map(|i| w(i) * a[i] * b[i]).sum::<f64>();
        let bread = inverse(design.iter().map(|a| design.iter().map(|b| xwx(a, b)).collect()).collect());
        let xwy: Vec<f64> = design.iter().map(|a| xwx(a, &data.y)).collect();
        let beta: Vec<f64> = bread.iter().map(|row| row.iter().zip(&xwy).map(|(a, b)| a * b).sum()).collect();
        let (found, iid) = published(&data, factors, weighted, Variance::Iid);
        let e: Vec<f64> =
            (0..n).map(|i| data.y[i] - design.iter().zip(&beta).map(|(x, b)| x[i] * b).sum::<f64>()).collect();
        let sigma2 = xwx(&e, &e) / (n - design.len()) as f64;
        for j in 1..=3 {
            let (ours, theirs) = (found.terms.len() - j, design.len() - j);
            close(found.coefficients[ours], beta[theirs], 1e-7, 0.1);
            close(iid.matrix.get(ours, ours), sigma2 * bread[theirs][theirs], 1e-7, 1e-3);
        }
    }

    #[test]
    fn row_order_does_not_show(data in records(), factors in 0..3usize, weighted: bool, by in 1..39usize) {
        let n = data.y.len();
        let order: Vec<usize> = (0..n).map(|i| (n - 1 - i + by) % n).collect();
        let other = data.take(&order);
        for variance in Variance::ALL {
            if factors > 1 && matches!(variance, Variance::Hc2 | Variance::Hc3) {
                continue;
            }
            same_digits(
                &published(&data, factors, weighted, variance),
                &published(&other, factors, weighted, variance),
            );
        }
    }

    #[test]
    fn sums_equal_memory(data in records(), factors in 0..3usize, weighted: bool, cut in 0..40usize) {
        let n = data.y.len();
        let whole = sums(&data, factors, weighted, 0..n);
        let mut parts = sums(&data, factors, weighted, cut..n);
        parts.merge(&sums(&data, factors, weighted, 0..cut)).unwrap();
        for found in [&whole, &parts] {
            let fitted = fit_grouped(found, &DESIGN).unwrap();
            let cr2 = (factors == 0 && !weighted).then_some(Variance::Cr2);
            for variance in [Variance::Iid, Variance::Cr0, Variance::Cr1, Variance::Cr1s, Variance::Cr1sFull].into_iter().chain(cr2) {
                let covariance = covariance_grouped(&fitted, variance).unwrap();
                let memory = published(&data, factors, weighted, variance);
                let sums = (fitted.fit.clone(), covariance);
                if factors == 0 {
                    same_digits(&sums, &memory);
                }
                // In memory each row less its factors is rounded to f64 once, so the last digits may differ.
                let errors = sums.1.standard_errors().into_iter().zip(memory.1.standard_errors());
                for (found, expected) in errors.chain(sums.0.coefficients.into_iter().zip(memory.0.coefficients)) {
                    close(found, expected, 1e-12, 0.1);
                }
            }
        }
    }

    /// Clusters that equal a factor's levels in some parts of the rows and not in others.
    #[test]
    fn clusters_that_are_sometimes_a_factor(data in records(), from in 0..60usize, cuts in prop::array::uniform2(0..40usize)) {
        let mut data = data;
        for i in from.min(data.y.len())..data.y.len() {
            data.clusters[i] = data.factors[1][i];
        }
        data.clusters.reverse();
        data.factors[1].reverse();
        let (low, high) = (cuts[0].min(cuts[1]), cuts[0].max(cuts[1]));
        let mut batches = sums(&data, 2, true, 0..low);
        for part in [low..high, high..data.y.len()] {
            batches.merge(&sums(&data, 2, true, part)).unwrap();
        }
        let mut in_turn = sums(&data, 2, true, 0..0);
        for part in [0..low, low..high, high..data.y.len()] {
            add(&mut in_turn, &data, 2, true, part);
        }
        let whole = sums(&data, 2, true, 0..data.y.len());
        for found in [&batches, &in_turn, &whole] {
            prop_assert_eq!(found.cells(), batches.cells());
            let fitted = fit_grouped(found, &DESIGN).unwrap();
            let memory = published(&data, 2, true, Variance::Cr1s);
            let errors = covariance_grouped(&fitted, Variance::Cr1s).unwrap().standard_errors();
            for (found, expected) in errors.into_iter().zip(memory.1.standard_errors()) {
                close(found, expected, 1e-12, 0.1);
            }
        }
    }

    #[test]
    fn weights_are_repeated_rows(data in records(), factors in 0..3usize) {
        let repeated: Vec<usize> = (0..data.y.len())
            .flat_map(|i| std::iter::repeat_n(i, data.weights[i] as usize))
            .collect();
        let (weighted, _) = published(&data, factors, true, Variance::Iid);
        let (rows, _) = published(&data.take(&repeated), factors, false, Variance::Iid);
        assert_eq!(digits(&weighted.coefficients), digits(&rows.coefficients));
        assert_eq!(weighted.rows, data.y.len());
    }

    #[test]
    fn units_do_not_matter(data in records(), factors in 0..3usize, scale in 1e-6..1e6f64) {
        let (plain, error) = published(&data, factors, true, Variance::Cr1s);
        let mut other = data.clone();
        for x in &mut other.x[1] {
            *x *= scale;
        }
        let (scaled, scaled_error) = published(&other, factors, true, Variance::Cr1s);
        let at = plain.position(Term::Column(1)).unwrap();
        close(scaled.coefficients[at] * scale, plain.coefficients[at], 1e-9, 1e-3);
        close(scaled_error.standard_errors()[at] * scale, error.standard_errors()[at], 1e-9, 1e-3);
        close(scaled.coefficients[at + 1], plain.coefficients[at + 1], 1e-9, 1e-3);
    }

    #[test]
    fn the_later_of_collinear_columns_goes(data in records(), factors in 0..3usize) {
        let mut other = data.clone();
        let sum: Vec<f64> = data.x[0].iter().zip(&data.x[2]).map(|(a, b)| 0.1 * a - 3.0 * b).collect();
        other.x.push(sum);
        let constant_in_first: Vec<f64> = data.factors[0].iter().map(|l| 0.3 * f64::from(*l) - 7.0).collect();
        other.x.push(constant_in_first);
        let (plain, _) = published(&data, factors, true, Variance::Iid);
        let (found, _) = published(&other, factors, true, Variance::Iid);
        if factors == 0 {
            assert_eq!(found.dropped, [Term::Column(3)]);
        } else {
            assert_eq!(found.dropped, [Term::Column(3), Term::Column(4)]);
            assert_eq!(digits(&plain.coefficients), digits(&found.coefficients));
        }
    }

    #[test]
    fn moments_add_up(data in records(), factors in 0..3usize) {
        let (x, levels) = (data.columns(), [data.factors[0].as_slice(), data.factors[1].as_slice()]);
        let sample = Sample { y: &data.y, x: &x, weights: Some(&data.weights), factors: &levels[..factors], ..Sample::default() };
        let fitted = fit(&sample).unwrap();
        let ClusterMoments { clusters, order, xx, xy, scores, .. } = cluster_moments(&fitted, &data.clusters).unwrap();
        let total = |values: &[f64], size: usize, at: usize| -> f64 { (0..clusters).map(|g| values[g * size + at]).sum() };
        let normal = SquareMatrix::from_fn(order, |i, j| total(&xx, order * order, i * order + j));
        let right: Vec<f64> = (0..order).map(|i| total(&xy, order, i)).collect();
        for (b, (found, i)) in fitted.fit.coefficients.iter().zip(fitted.fit.bread.times(&right).into_iter().zip(0..)) {
            close(found, *b, 1e-6, 1.0);
            close(normal.times(&fitted.fit.coefficients)[i], right[i], 1e-9, 1.0);
            close(total(&scores, order, i), 0.0, 1e-9, 1e5);
        }
        let removed = residualise(&sample).unwrap();
        if factors > 0 {
            assert_eq!(removed.columns[0], fitted.design_column(0).unwrap());
            assert_eq!(removed.columns[3], fitted.outcome());
        }
    }
}
