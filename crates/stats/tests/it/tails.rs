//! Distribution functions against values with 20 digits, computed with 40-digit arithmetic.

use whatworks_stats::distributions::{
    chi_squared_cdf, chi_squared_quantile, chi_squared_sf, f_sf, normal_cdf, normal_quantile, normal_sf,
    normal_two_sided_p, students_t_quantile, students_t_two_sided_p,
};

#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found:e} is not {expected:e}");
}

#[test]
fn normal_tails() {
    close(normal_two_sided_p(-10.624_652_501_046_514), 2.288_629_306_973_201_5e-26, 1e-10);
    close(normal_sf(1.0), 0.158_655_253_931_457_05, 1e-14);
    close(normal_sf(3.0), 1.349_898_031_630_094_5e-3, 1e-14);
    close(normal_sf(6.0), 9.865_876_450_376_98e-10, 1e-13);
    close(normal_sf(20.0), 2.753_624_118_606_233_7e-89, 1e-12);
    close(normal_cdf(0.5), 0.691_462_461_274_013_1, 1e-15);
    assert_eq!(normal_cdf(40.0), 1.0);
    assert_eq!(normal_sf(40.0), 0.0);
}

#[test]
fn normal_quantiles_invert() {
    close(normal_quantile(0.975), 1.959_963_984_540_054, 1e-15);
    close(normal_quantile(1e-300), -37.047_096_299_361_2, 1e-13);
    for i in 1..400 {
        let p = (f64::from(i) / 20.0 - 20.0).exp();
        close(normal_cdf(normal_quantile(p)), p, 1e-12);
    }
    assert!(normal_quantile(1.5).is_nan());
    assert_eq!(normal_quantile(0.0), f64::NEG_INFINITY);
}

#[test]
fn other_quantiles_invert() {
    close(students_t_quantile(0.975, 1.0), 12.706_204_736_174_7, 1e-12);
    close(students_t_quantile(0.975, 5.0), 2.570_581_835_636_314, 1e-12);
    close(students_t_quantile(0.975, 12.0), 2.178_812_829_667_23, 1e-12);
    close(chi_squared_quantile(0.95, 1.0), 3.841_458_820_694_124, 1e-11);
    close(chi_squared_sf(152.233_008_082_373_26, 12.0), 1.996_764_590_846_000_5e-26, 1e-9);
    close(f_sf(4.964_947_555_881_572, 2.0, 10.0), 0.031_803_501_285_946_71, 1e-9);
    for df in [1.0, 2.0, 3.0, 7.0, 48.0, 999.0] {
        for p in [1e-12, 1e-4, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999] {
            let t = students_t_quantile(p, df);
            let two_sided = if p < 0.5 { 2.0 * p } else { 2.0 * (1.0 - p) };
            close(students_t_two_sided_p(t, df), two_sided, 1e-9);
            let x = chi_squared_quantile(p, df);
            if p <= 0.5 {
                close(chi_squared_cdf(x, df), p, 1e-9);
            } else {
                close(chi_squared_sf(x, df), 1.0 - p, 1e-9);
            }
        }
    }
}
