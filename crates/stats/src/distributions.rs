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
    0.065_682_337_918_207_449_113,
    2.235_252_035_460_683_928_7,
    161.028_231_068_555_878_81,
    1_067.689_485_460_370_958_2,
    18_154.981_253_343_561_249,
];
const SMALL_DENOMINATOR: [f64; 5] = [
    1.0,
    47.202_581_904_688_241_87,
    976.098_551_737_776_693_22,
    10_260.932_208_618_978_205,
    45_507.789_335_026_729_956,
];
const MIDDLE_NUMERATOR: [f64; 9] = [
    1.076_557_677_372_019_231_7e-8,
    0.398_941_512_088_134_667_64,
    8.883_149_794_388_375_941_2,
    93.506_656_132_177_855_979,
    597.270_276_394_800_262_26,
    2_494.537_585_290_372_671_1,
    6_848.190_450_536_282_332_6,
    11_602.651_437_647_350_124,
    9_842.714_838_383_978_021_8,
];
const MIDDLE_DENOMINATOR: [f64; 9] = [
    1.0,
    22.266_688_044_328_115_691,
    235.387_901_782_624_998_61,
    1_519.377_599_407_554_805,
    6_485.558_298_266_760_755,
    18_615.571_640_885_098_091,
    34_900.952_721_145_977_266,
    38_912.003_286_093_271_411,
    19_685.429_676_859_990_727,
];
const FAR_NUMERATOR: [f64; 6] = [
    0.023_073_441_764_940_173_03,
    0.215_898_534_057_956_99,
    0.127_401_161_160_247_363_9,
    0.022_235_277_870_649_807,
    0.001_421_619_193_227_893_466,
    2.911_287_495_116_879_2e-5,
];
const FAR_DENOMINATOR: [f64; 6] = [
    1.0,
    1.284_260_096_144_911_21,
    0.468_238_212_480_865_118,
    0.065_988_137_868_928_551_5,
    0.003_782_396_332_027_582_44,
    7.297_515_550_839_662_05e-5,
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
    2.509_080_928_730_122_672_7e3,
    3.343_057_558_358_812_810_5e4,
    6.726_577_092_700_870_085_3e4,
    4.592_195_393_154_987_145_7e4,
    1.373_169_376_550_946_112_5e4,
    1.971_590_950_306_551_442_7e3,
    1.331_416_678_917_843_774_5e2,
    3.387_132_872_796_366_608_0,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    5.226_495_278_852_854_561_0e3,
    2.872_908_573_572_194_267_4e4,
    3.930_789_580_009_271_061_0e4,
    2.121_379_430_158_659_586_7e4,
    5.394_196_021_424_751_107_7e3,
    6.871_870_074_920_579_083_0e2,
    4.231_333_070_160_091_125_2e1,
    1.0,
];
const NEAR_NUMERATOR: [f64; 8] = [
    7.745_450_142_783_414_076_40e-4,
    2.272_384_498_926_918_458_33e-2,
    2.417_807_251_774_506_117_70e-1,
    1.270_458_252_452_368_382_58,
    3.647_848_324_763_204_605_04,
    5.769_497_221_460_691_405_50,
    4.630_337_846_156_545_295_90,
    1.423_437_110_749_683_577_34,
];
const NEAR_DENOMINATOR: [f64; 8] = [
    1.050_750_071_644_416_843_24e-9,
    5.475_938_084_995_344_946_00e-4,
    1.519_866_656_361_645_719_66e-2,
    1.481_039_764_274_800_745_90e-1,
    6.897_673_349_851_000_045_50e-1,
    1.676_384_830_183_803_849_40,
    2.053_191_626_637_758_821_87,
    1.0,
];
const REMOTE_NUMERATOR: [f64; 8] = [
    2.010_334_399_292_288_132_65e-7,
    2.711_555_568_743_487_578_15e-5,
    1.242_660_947_388_078_438_60e-3,
    2.653_218_952_657_612_309_30e-2,
    2.965_605_718_285_048_912_30e-1,
    1.784_826_539_917_291_335_80,
    5.463_784_911_164_114_369_90,
    6.657_904_643_501_103_777_20,
];
const REMOTE_DENOMINATOR: [f64; 8] = [
    2.044_263_103_389_939_785_64e-15,
    1.421_511_758_316_445_888_70e-7,
    1.846_318_317_510_054_681_80e-5,
    7.868_691_311_456_132_591_00e-4,
    1.487_536_129_085_061_485_25e-2,
    1.369_298_809_227_358_053_10e-1,
    5.998_322_065_558_879_376_90e-1,
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
    if square < df {
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
    if scaled < df2 {
        return 1.0 - beta_regularised(0.5 * df1, 0.5 * df2, scaled / (df2 + scaled));
    }
    beta_regularised(0.5 * df2, 0.5 * df1, df2 / (df2 + scaled))
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
