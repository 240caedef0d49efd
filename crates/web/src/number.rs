//! Numbers as people read them: a true minus (U+2212), thousands with commas, two significant digits of the standard
//! error decide the decimals that estimate and limits share, a no-break space before %.
//!
//! Left out: rounding for calculations. Files carry full precision; only pages round.

/// A true minus sign.
const MINUS: char = '\u{2212}';

/// The decimals that show two significant digits of a standard error (or of any scale), 0 to 6.
pub fn decimals_for(std_error: f64) -> usize {
    if !(std_error.is_finite() && std_error > 0.0) {
        return 2;
    }
    // The nudge keeps 0.0995, which prints as 0.10, at the decimals of 0.10.
    let exponent = (std_error * 1.000_001).log10().floor();
    (1.0 - exponent).clamp(0.0, 6.0) as usize
}

/// A number with fixed decimals; never "−0".
pub fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "?".to_owned();
    }
    let text = format!("{:.*}", decimals, value.abs());
    let negative = value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 4);
    if negative {
        out.push(MINUS);
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// As [`fixed`], with a plus before what is above zero: for differences only.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    let zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    if value > 0.0 && !zero { format!("+{text}") } else { text }
}

/// A number with at most four decimals and no zeros at its end; for values whose precision nobody stated.
pub fn plain(value: f64) -> String {
    let decimals = if value.abs() >= 1_000.0 { 0 } else { significant(value).min(4) };
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn significant(value: f64) -> usize {
    if value == 0.0 || !value.is_finite() {
        return 0;
    }
    (3.0 - value.abs().log10().floor()).clamp(0.0, 6.0) as usize
}

/// A whole number.
pub fn count(value: u64) -> String {
    fixed(value as f64, 0)
}

/// A share of one as a percentage, no-break space before the sign.
pub fn percent(share: f64) -> String {
    format!("{}\u{a0}%", plain((share * 1_000.0).round() / 10.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_error_decides_the_decimals() {
        for (std_error, decimals) in
            [(5.3, 1), (0.25, 2), (0.022, 3), (55.0, 0), (1_234.0, 0), (0.099_999_99, 2)]
        {
            assert_eq!(decimals_for(std_error), decimals, "{std_error}");
        }
        assert_eq!(decimals_for(f64::NAN), 2);
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(fixed(-1_234_567.891, 1), "−1,234,567.9");
        assert_eq!(fixed(-0.001, 2), "0.00");
        assert_eq!(fixed(999.0, 0), "999");
        assert_eq!(signed(3.5, 1), "+3.5");
        assert_eq!(signed(0.001, 1), "0.0");
        assert_eq!(signed(-3.5, 1), "−3.5");
        assert_eq!(plain(14.3777), "14.38");
        assert_eq!(plain(16_560.0), "16,560");
        assert_eq!(plain(27.0), "27");
        assert_eq!(plain(0.0389), "0.0389");
        assert_eq!(percent(0.129), "12.9\u{a0}%");
        assert_eq!(fixed(f64::NAN, 2), "?");
    }
}
