//! Normal, Student t, chi-squared and F: tail probabilities and quantiles, accurate far into the tails.
//!
//! Φ follows Cody (1969, Mathematics of Computation 23, rational Chebyshev approximations for the error
//! function; constants as in ACM Algorithm 715, 1993); Φ⁻¹ follows Wichura (1988, Applied Statistics 37,
//! algorithm AS 241). The t, chi-squared and F tails are regularised incomplete beta and gamma functions;
//! their quantiles solve the tail equation on the log–log scale, where it is nearly a line.
//!
//! Left out: densities and non-central distributions.

use statrs::function::beta::checked_beta_reg;
use statrs::function::gamma::{checked_gamma_lr, checked_gamma_ur, ln_gamma};

use crate::num::{larger, smaller};

/// 1/√(2π).
pub(crate) const INVERSE_SQRT_TWO_PI: f64 = 0.398_942_280_401_432_7;
/// ln(2π).
pub(crate) const LN_TWO_PI: f64 = 1.837_877_066_409_345_5;

const SMALL_NUMERATOR: [f64; 5] = [
    0.065_682_337_918_207_45,
    2.235_252_035_460_683_7,
    161.028_231_068_555_87,
    1_067.689_485_460_370_9,
    18_154.981_253_343_56,
];
const SMALL_DENOMINATOR: [f64; 5] =
    [1.0, 47.202_581_904_688_245, 976.098_551_737_776_7, 10_260.932_208_618_979, 45_507.789_335_026_73];
const MIDDLE_NUMERATOR: [f64; 9] = [
    1.076_557_677_372_019_2e-8,
    0.398_941_512_088_134_66,
    8.883_149_794_388_377,
    93.506_656_132_177_85,
    597.270_276_394_800_2,
    2_494.537_585_290_372_6,
    6_848.190_450_536_283,
    11_602.651_437_647_35,
    9_842.714_838_383_978,
];
const MIDDLE_DENOMINATOR: [f64; 9] = [
    1.0,
    22.266_688_044_328_117,
    235.387_901_782_625,
    1_519.377_599_407_554_7,
    6_485.558_298_266_761,
    18_615.571_640_885_097,
    34_900.952_721_145_98,
    38_912.003_286_093_27,
    19_685.429_676_859_992,
];
const FAR_NUMERATOR: [f64; 6] = [
    0.023_073_441_764_940_174,
    0.215_898_534_057_957,
    0.127_401_161_160_247_36,
    0.022_235_277_870_649_807,
    0.001_421_619_193_227_893_4,
    2.911_287_495_116_879_3e-5,
];
const FAR_DENOMINATOR: [f64; 6] = [
    1.0,
    1.284_260_096_144_911,
    0.468_238_212_480_865_1,
    0.065_988_137_868_928_56,
    0.003_782_396_332_027_582_4,
    7.297_515_550_839_662e-5,
];

/// Polynomial with the highest power first.
#[inline]
fn polynomial<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut value = coefficients[0];
    for c in &coefficients[1..] {
        value = value * x + c;
    }
    value
}

/// Φ(x) and the density φ(x), which share one exponential.
#[inline]
pub(crate) fn normal_cdf_pdf(x: f64) -> (f64, f64) {
    let size = x.abs();
    if size >= 39.0 {
        // Both the density and the tail underflow.
        return (if x > 0.0 { 1.0 } else { 0.0 }, 0.0);
    }
    let density = INVERSE_SQRT_TWO_PI * (-0.5 * x * x).exp();
    if size <= 0.674_489_75 {
        let square = x * x;
        let half = x * polynomial(&SMALL_NUMERATOR, square) / polynomial(&SMALL_DENOMINATOR, square);
        return (0.5 + half, density);
    }
    let tail = upper_tail(size, density);
    (if x > 0.0 { 1.0 - tail } else { tail }, density)
}

/// 1 − Φ(x) for x ≥ 0.6745, given φ(x).
#[inline]
fn upper_tail(x: f64, density: f64) -> f64 {
    if x <= 5.656_854_249_492_381 {
        let ratio = polynomial(&MIDDLE_NUMERATOR, x) / polynomial(&MIDDLE_DENOMINATOR, x);
        return density * ratio / INVERSE_SQRT_TWO_PI;
    }
    let inverse_square = 1.0 / (x * x);
    let series = inverse_square * polynomial(&FAR_NUMERATOR, inverse_square)
        / polynomial(&FAR_DENOMINATOR, inverse_square);
    density / INVERSE_SQRT_TWO_PI * (INVERSE_SQRT_TWO_PI - series) / x
}

/// Standard normal distribution function Φ(x).
#[inline]
pub fn normal_cdf(x: f64) -> f64 {
    // Beyond 8.3 the upper tail is below half a unit in the last place of 1.
    if x > 8.3 { 1.0 } else { normal_cdf_pdf(x).0 }
}

/// Standard normal upper tail 1 − Φ(x), accurate for large x.
pub fn normal_sf(x: f64) -> f64 {
    normal_cdf_pdf(-x).0
}

/// Two-sided p-value 2·(1 − Φ(|z|)).
pub fn normal_two_sided_p(z: f64) -> f64 {
    2.0 * normal_cdf_pdf(-z.abs()).0
}

const CENTRE_NUMERATOR: [f64; 8] = [
    2_509.080_928_730_122_7,
    33_430.575_583_588_13,
    67_265.770_927_008_7,
    45_921.953_931_549_87,
    13_731.693_765_509_46,
    1_971.590_950_306_551_3,
    133.141_667_891_784_38,
    3.387_132_872_796_366_5,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    5_226.495_278_852_854,
    28_729.085_735_721_943,
    39_307.895_800_092_71,
    21_213.794_301_586_597,
    5_394.196_021_424_751,
    687.187_007_492_057_9,
    42.313_330_701_600_91,
    1.0,
];
const NEAR_NUMERATOR: [f64; 8] = [
    0.000_774_545_014_278_341_4,
    0.022_723_844_989_269_184,
    0.241_780_725_177_450_6,
    1.270_458_252_452_368_4,
    3.647_848_324_763_204_5,
    5.769_497_221_460_691,
    4.630_337_846_156_546,
    1.423_437_110_749_683_5,
];
const NEAR_DENOMINATOR: [f64; 8] = [
    1.050_750_071_644_416_9e-9,
    0.000_547_593_808_499_534_5,
    0.015_198_666_563_616_457,
    0.148_103_976_427_480_08,
    0.689_767_334_985_1,
    1.676_384_830_183_803_8,
    2.053_191_626_637_759,
    1.0,
];
const REMOTE_NUMERATOR: [f64; 8] = [
    2.010_334_399_292_288_1e-7,
    2.711_555_568_743_487_6e-5,
    0.001_242_660_947_388_078_4,
    0.026_532_189_526_576_124,
    0.296_560_571_828_504_87,
    1.784_826_539_917_291_3,
    5.463_784_911_164_114,
    6.657_904_643_501_103,
];
const REMOTE_DENOMINATOR: [f64; 8] = [
    2.044_263_103_389_939_7e-15,
    1.421_511_758_316_446e-7,
    1.846_318_317_510_054_8e-5,
    0.000_786_869_131_145_613_3,
    0.014_875_361_290_850_615,
    0.136_929_880_922_735_8,
    0.599_832_206_555_888,
    1.0,
];

/// Standard normal quantile Φ⁻¹(p); −∞ at 0, ∞ at 1, NaN outside [0, 1].
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE_NUMERATOR, r) / polynomial(&CENTRE_DENOMINATOR, r);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if q < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let r = (-tail.ln()).sqrt();
    let size = if r <= 5.0 {
        polynomial(&NEAR_NUMERATOR, r - 1.6) / polynomial(&NEAR_DENOMINATOR, r - 1.6)
    } else {
        polynomial(&REMOTE_NUMERATOR, r - 5.0) / polynomial(&REMOTE_DENOMINATOR, r - 5.0)
    };
    if q < 0.0 { -size } else { size }
}

/// Regularised incomplete beta I_x(a, b); NaN outside its domain.
fn beta_regularised(a: f64, b: f64, x: f64) -> f64 {
    checked_beta_reg(a, b, x).unwrap_or(f64::NAN)
}

/// Upper tail P(T > t) of Student's t with `df` degrees of freedom.
pub fn students_t_sf(t: f64, df: f64) -> f64 {
    let half = 0.5 * students_t_two_sided_p(t, df);
    if t >= 0.0 { half } else { 1.0 - half }
}

/// Two-sided p-value P(|T| > |t|) of Student's t with `df` degrees of freedom.
pub fn students_t_two_sided_p(t: f64, df: f64) -> f64 {
    if t.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let square = t * t;
    if square < 1.0 {
        // Near the centre the complement keeps the digits that df/(df + t²) would round away.
        return 1.0 - beta_regularised(0.5, 0.5 * df, square / (df + square));
    }
    beta_regularised(0.5 * df, 0.5, if square.is_infinite() { 0.0 } else { df / (df + square) })
}

/// Quantile of Student's t: the t with P(T ≤ t) = p.
pub fn students_t_quantile(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = if p < 0.5 { p } else { 1.0 - p };
    let log_density_constant =
        ln_gamma(0.5 * (df + 1.0)) - ln_gamma(0.5 * df) - 0.5 * (df * std::f64::consts::PI).ln();
    let density = |t: f64| (log_density_constant - 0.5 * (df + 1.0) * (t * t / df).ln_1p()).exp();
    let size = solve_tail(tail, students_t_start(tail, df), |t| students_t_sf(t, df), density, -1.0);
    if p < 0.5 { -size } else { size }
}

/// Approximate upper quantile of t: the Cornish–Fisher expansion in 1/df (Abramowitz and Stegun 26.7.5).
fn students_t_start(tail: f64, df: f64) -> f64 {
    let z = -normal_quantile(tail);
    let s = z * z;
    let g1 = z * (s + 1.0) / 4.0;
    let g2 = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    z + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df
}

/// Upper tail P(X > x) of chi-squared with `df` degrees of freedom; 1 for x ≤ 0.
pub fn chi_squared_sf(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    checked_gamma_ur(0.5 * df, 0.5 * x).unwrap_or(f64::NAN)
}

/// Distribution function P(X ≤ x) of chi-squared with `df` degrees of freedom.
pub fn chi_squared_cdf(x: f64, df: f64) -> f64 {
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 0.0;
    }
    checked_gamma_lr(0.5 * df, 0.5 * x).unwrap_or(f64::NAN)
}

/// Quantile of chi-squared: the x with P(X ≤ x) = p.
pub fn chi_squared_quantile(p: f64, df: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let log_density_constant = -0.5 * df * std::f64::consts::LN_2 - ln_gamma(0.5 * df);
    let density = |x: f64| (log_density_constant + (0.5 * df - 1.0) * x.ln() - 0.5 * x).exp();
    // Wilson and Hilferty (1931): the cube root is nearly normal.
    let spread = 2.0 / (9.0 * df);
    let cube_root = 1.0 - spread + normal_quantile(p) * spread.sqrt();
    let start = larger(df * cube_root * cube_root * cube_root, 1e-3 * df * p);
    if p <= 0.5 {
        solve_tail(p, start, |x| chi_squared_cdf(x, df), density, 1.0)
    } else {
        solve_tail(1.0 - p, start, |x| chi_squared_sf(x, df), density, -1.0)
    }
}

/// Upper tail P(F > f) of the F distribution; 1 for f ≤ 0.
pub fn f_sf(f: f64, df1: f64, df2: f64) -> f64 {
    if f.is_nan() || !(df1 > 0.0 && df2 > 0.0) {
        return f64::NAN;
    }
    if f <= 0.0 {
        return 1.0;
    }
    let scaled = df1 * f;
    if scaled.is_infinite() {
        return 0.0;
    }
    if f < 1.0 {
        return 1.0 - beta_regularised(0.5 * df1, 0.5 * df2, scaled / (df2 + scaled));
    }
    beta_regularised(0.5 * df2, 0.5 * df1, df2 / (df2 + scaled))
}

/// Quantile of the F distribution: the f with P(F ≤ f) = p; NaN outside [0, 1].
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    if !((0.0..=1.0).contains(&p) && df1 > 0.0 && df2 > 0.0) {
        return f64::NAN;
    }
    let log_beta = ln_gamma(0.5 * df1) + ln_gamma(0.5 * df2) - ln_gamma(0.5 * (df1 + df2));
    let log_density_constant = 0.5 * df1 * (df1 / df2).ln() - log_beta;
    let density = |f: f64| {
        let tail = 0.5 * (df1 + df2) * (df1 * f / df2).ln_1p();
        (log_density_constant + (0.5 * df1 - 1.0) * f.ln() - tail).exp()
    };
    if p > 0.5 {
        return solve_tail(1.0 - p, 1.0, |f| f_sf(f, df1, df2), density, -1.0);
    }
    // The lower tail of F is the upper tail of its reciprocal, which keeps the digits of a small p.
    solve_tail(p, 1.0, |f| f_sf(1.0 / f, df2, df1), density, 1.0)
}

/// Solves tail(x) = p for x > 0 by Newton on ln tail against ln x, safeguarded by a bracket.
///
/// `direction` is −1 for an upper tail, +1 for a lower one.
fn solve_tail(
    p: f64,
    start: f64,
    tail: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
    direction: f64,
) -> f64 {
    if p <= 0.0 {
        return if direction < 0.0 { f64::INFINITY } else { 0.0 };
    }
    let target = p.ln();
    let (mut low, mut high) = (f64::MIN_POSITIVE.ln(), f64::MAX.ln());
    let mut s = larger(start, 1e-10).ln();
    for _ in 0..200 {
        let x = s.exp();
        let value = tail(x);
        let error = value.ln() - target;
        if error * direction > 0.0 {
            high = smaller(high, s);
        } else {
            low = larger(low, s);
        }
        let slope = direction * density(x) * x / value;
        let step = error / slope;
        if step.abs() <= 1e-12 * (1.0 + s.abs()) {
            s -= step;
            break;
        }
        let next = s - step;
        s = if next > low && next < high { next } else { 0.5 * (low + high) };
        if high - low <= 2e-16 * (1.0 + s.abs()) {
            break;
        }
    }
    s.exp()
}
