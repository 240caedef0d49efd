//! Numbers whose precision no standard error decides: counts, shares, values as a source states them.
//!
//! Estimates and limits are written by `whatworks_charts::format`, by the rule of two significant digits of the
//! standard error. Left out: rounding for calculations. Files carry full precision; only pages round.

use whatworks_charts::format::{self, NumberStyle};

/// A number with at most four significant decimals and no zeros at its end.
pub fn plain(value: f64, style: &NumberStyle) -> String {
    // Shortening happens on the digits alone, so that it holds for every language's decimal mark.
    let shown = if value.abs() >= 1_000.0 { value.round() } else { round_significant(value, 4) };
    let decimals = (0..6).find(|decimals| is_whole(shown * 10_f64.powi(*decimals))).unwrap_or(6);
    format::number(shown, decimals.unsigned_abs() as usize, style)
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6 * value.abs().clamp(1.0, 1e9)
}

fn round_significant(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10_f64.powi(digits - 1 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

/// A whole number.
pub fn count(value: u64, style: &NumberStyle) -> String {
    format::number(value as f64, 0, style)
}

/// A share of one in percent, at most one decimal.
pub fn percent_of(share: f64, style: &NumberStyle) -> String {
    let per_cent = (share * 1_000.0).round() / 10.0;
    format::percent(per_cent, usize::from(!is_whole(per_cent)), style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shortened_and_counts_are_not() {
        let style = NumberStyle::english();
        for (value, shown) in [
            (14.3777, "14.38"),
            (16_560.4, "16,560"),
            (27.0, "27"),
            (0.0389, "0.0389"),
            (-0.68, "−0.68"),
            (0.0, "0"),
            (0.2, "0.2"),
        ] {
            assert_eq!(plain(value, &style), shown, "{value}");
        }
        assert_eq!(count(1_234_567, &style), "1,234,567");
        assert_eq!(percent_of(0.129, &style), "12.9\u{a0}%");
        assert_eq!(percent_of(0.5, &style), "50\u{a0}%");
        assert!(!plain(f64::NAN, &style).contains("NaN"));
    }
}
