//! Random numbers: uniform and normal by inversion, one number a draw, so that streams stay aligned.

use super::options::Options;
use rand_chacha::rand_core::Rng;
use whatworks_stats::distributions::normal_quantile;

/// Uniform strictly between 0 and 1: 53 random bits, centred in their cell.
pub(super) fn uniform(rng: &mut impl Rng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

/// Standard normal.
pub(super) fn normal(rng: &mut impl Rng) -> f64 {
    normal_quantile(uniform(rng))
}

/// 0 to `count` − 1.
pub(super) fn below(rng: &mut impl Rng, count: u32) -> u32 {
    ((uniform(rng) * f64::from(count)) as u32).min(count.saturating_sub(1))
}

/// Puts a slice in random order (Fisher and Yates).
pub(super) fn shuffle<T>(rng: &mut impl Rng, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last as u32 + 1) as usize);
    }
}

/// Effect of the take-up on income at one institution, in SD: N(effect, tau²), cut at 3 tau so that shares
/// stay shares.
pub(super) fn institution_effect(rng: &mut impl Rng, options: &Options) -> f64 {
    loop {
        let z = normal(rng);
        if z.abs() <= 3.0 {
            return options.effect + options.tau * z;
        }
    }
}

/// Lognormal of a standard normal, shifted and scaled to mean 0 and variance 1; skewness 1.75.
pub(super) fn skewed(z: f64) -> f64 {
    const SHAPE: f64 = 0.5;
    let square = SHAPE * SHAPE;
    ((SHAPE * z).exp() - (square / 2.0).exp()) / (square.exp() * (square.exp() - 1.0)).sqrt()
}
