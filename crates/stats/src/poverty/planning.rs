//! How many interviews an interval of a wished width takes (Schreiner 2016, sections 5 to 7).
//!
//! With c half the width, z the normal quantile of the level, p̃ the rate expected: n = (αz/c)²·p̃(1 − p̃); of a population
//! of N, n = N·z²α²p̃(1 − p̃)/(z²α²p̃(1 − p̃) + c²(N − 1)); for a change between two samples, 2(αz/c)²·p̃(1 − p̃) each; for the
//! same households, 2(αz/c)²·p* with p* = −0.02 + 0.016·years + 0.47·p̃(1 − p̃), fitted in Peru. Numbers are rounded up.

/// Interviews for a rate.
pub fn interviews_for_rate(half_width: f64, z: f64, alpha: f64, expected: f64) -> u64 {
    whole((alpha * z / half_width).powi(2) * expected * (1.0 - expected))
}

/// Interviews for a rate of a population of `population` households.
pub fn interviews_from_population(
    half_width: f64,
    z: f64,
    alpha: f64,
    expected: f64,
    population: f64,
) -> u64 {
    let spread = (z * alpha).powi(2) * expected * (1.0 - expected);
    whole(population * spread / (spread + half_width.powi(2) * (population - 1.0)))
}

/// Interviews in each of two samples for the change between them.
pub fn interviews_for_change(half_width: f64, z: f64, alpha: f64, expected: f64) -> u64 {
    whole(2.0 * (alpha * z / half_width).powi(2) * expected * (1.0 - expected))
}

/// p*: what the share of households that change sides is expected to be after so many years, at least 0.
pub fn planned_transitions(years: f64, expected: f64) -> f64 {
    let share = -0.02 + 0.016 * years + 0.47 * expected * (1.0 - expected);
    if share > 0.0 { share } else { 0.0 }
}

/// Households to interview twice for their change over `years`; `alpha` is that of the same-households formula, about
/// 1.30 in Peru.
pub fn interviews_for_change_of_same(half_width: f64, z: f64, alpha: f64, expected: f64, years: f64) -> u64 {
    whole(2.0 * (alpha * z / half_width).powi(2) * planned_transitions(years, expected))
}

/// Rounded up, but for what rounding of the products adds to a whole number.
fn whole(count: f64) -> u64 {
    (count - 1e-9).ceil().clamp(0.0, 9e15) as u64
}
