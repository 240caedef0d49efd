//! Numbers as people read them.
//!
//! True minus (U+2212), never "-0"; a sign on differences only; "−6.4 to 13.5", never a dash between limits; a
//! no-break space before %. Two significant digits of the standard error decide the decimals, which estimate
//! and limits share. A number that is not finite is printed as the word for "not known", never as a number.
//! Left out: translation (the words are passed in) and digits other than 0 to 9.

use crate::interval::{Estimate, Interval};

/// True minus.
pub const MINUS: char = '\u{2212}';
/// No-break space.
pub const NO_BREAK_SPACE: char = '\u{a0}';

/// How a language writes numbers, and the few words that stand among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberStyle {
    /// Between whole and decimals: `.` in English, `,` in French and Spanish.
    pub decimal: char,
    /// Between groups of three digits: `,` in English, a narrow no-break space in French; `None` for no groups.
    pub thousands: Option<char>,
    /// Fewest digits of a whole part that is grouped: 4 in English (1,195), 5 in Spanish (1195, 11 950).
    pub group_from: usize,
    /// Whether each number stands between the marks U+2066 and U+2069, as in `<bdi dir=ltr>`: without them a
    /// right-to-left text moves the sign to the other side of its number.
    pub isolate: bool,
    /// Between two limits: "to".
    pub to_word: String,
    /// After a count of 100: "in 100".
    pub in_hundred: String,
    /// Before a count below 1 in 100: "under".
    pub under: String,
    /// Before a count above 99 in 100: "over".
    pub over: String,
    /// In the place of a number that is not known: "not known".
    pub absent: String,
}

impl Default for NumberStyle {
    fn default() -> Self {
        Self::english()
    }
}

impl NumberStyle {
    /// English: 1,195.5 and "−6.4 to 13.5".
    pub fn english() -> Self {
        Self {
            decimal: '.',
            thousands: Some(','),
            group_from: 4,
            isolate: false,
            to_word: "to".to_owned(),
            in_hundred: "in 100".to_owned(),
            under: "under".to_owned(),
            over: "over".to_owned(),
            absent: "not known".to_owned(),
        }
    }
}

/// Decimals that show two significant digits of `standard_error`: 0 from 9.95 up, 1 from 0.995 up, 2 from 0.0995 up.
/// At most 6; a standard error that is zero or not finite gives 1.
pub fn decimals_for(standard_error: f64) -> usize {
    if !standard_error.is_finite() || standard_error <= 0.0 {
        return 1;
    }
    // Rounded to two digits first: 0.0996 is printed 0.10, not 0.100.
    let printed = format!("{standard_error:.1e}");
    let exponent = printed.split_once('e').and_then(|(_, e)| e.parse::<i32>().ok()).unwrap_or(0);
    usize::try_from(1 - exponent).unwrap_or(0).min(6)
}

/// `x` with `decimals` decimals and no plus sign.
pub fn number(x: f64, decimals: usize, style: &NumberStyle) -> String {
    if x.is_finite() { isolated(&digits(x, decimals, style), style) } else { style.absent.clone() }
}

/// A number between marks that keep its parts in order, in a style that needs them.
fn isolated(number: &str, style: &NumberStyle) -> String {
    if style.isolate { format!("\u{2066}{number}\u{2069}") } else { number.to_owned() }
}

/// A finite number, bare.
fn digits(x: f64, decimals: usize, style: &NumberStyle) -> String {
    let digits = format!("{:.decimals$}", x.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut out = String::with_capacity(digits.len() + 4);
    if x < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push(MINUS);
    }
    for (i, digit) in whole.chars().enumerate() {
        if let Some(separator) = style.thousands
            && i > 0
            && whole.len() >= style.group_from
            && (whole.len() - i) % 3 == 0
        {
            out.push(separator);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(style.decimal);
        out.push_str(fraction);
    }
    out
}

/// A difference: like [`number`], with a plus sign when it is printed as more than zero.
pub fn signed(x: f64, decimals: usize, style: &NumberStyle) -> String {
    if !x.is_finite() {
        return style.absent.clone();
    }
    let plain = digits(x, decimals, style);
    let is_positive = x > 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b));
    isolated(&if is_positive { format!("+{plain}") } else { plain }, style)
}

/// Two limits: "−6.4 to 13.5". One word when neither is known.
pub fn range(interval: Interval, decimals: usize, style: &NumberStyle) -> String {
    if !interval.lower.is_finite() && !interval.upper.is_finite() {
        return style.absent.clone();
    }
    format!(
        "{} {} {}",
        number(interval.lower, decimals, style),
        style.to_word,
        number(interval.upper, decimals, style)
    )
}

/// An estimate and its limits: "3.5 (−6.4 to 13.5)". One word when the estimate itself is not known.
pub fn estimate(estimate: Estimate, decimals: usize, style: &NumberStyle) -> String {
    if !estimate.value.is_finite() {
        return style.absent.clone();
    }
    let limits = range(Interval::new(estimate.lower, estimate.upper), decimals, style);
    format!("{} ({limits})", number(estimate.value, decimals, style))
}

/// A difference and its limits: "+3.5 (−6.4 to 13.5)".
pub fn signed_estimate(difference: Estimate, decimals: usize, style: &NumberStyle) -> String {
    if !difference.value.is_finite() {
        return style.absent.clone();
    }
    let limits = range(Interval::new(difference.lower, difference.upper), decimals, style);
    format!("{} ({limits})", signed(difference.value, decimals, style))
}

/// `per_cent` (34 for 34 %) with a no-break space before the sign.
pub fn percent(per_cent: f64, decimals: usize, style: &NumberStyle) -> String {
    if !per_cent.is_finite() {
        return style.absent.clone();
    }
    format!("{}{NO_BREAK_SPACE}%", number(per_cent, decimals, style))
}

/// A share of a whole (0 to 1) in percent, with one decimal below 1 % so that a small weight is not printed as 0.
pub fn weight(share: f64, style: &NumberStyle) -> String {
    let per_cent = share * 100.0;
    percent(per_cent, usize::from(per_cent < 0.95 && per_cent > 0.0), style)
}

/// A probability (0 to 1) as a whole count of 100, held inside 0 to 100; `None` when it is not finite.
pub fn count_of_hundred(probability: f64) -> Option<u8> {
    probability.is_finite().then(|| (probability * 100.0).round().clamp(0.0, 100.0) as u8)
}

/// A probability (0 to 1) as people count: "24 in 100". A chance that is not zero is never printed as 0, nor one
/// short of certain as 100: those read "under 1 in 100" and "over 99 in 100".
pub fn in_hundred(probability: f64, style: &NumberStyle) -> String {
    match hundred_words(probability, style) {
        Some(count) => format!("{count}{NO_BREAK_SPACE}{}", style.in_hundred),
        None => style.absent.clone(),
    }
}

/// The count alone, for a sentence that says "of 100" once: "24", "under 1", "over 99"; `None` when not finite.
pub fn hundred_words(probability: f64, style: &NumberStyle) -> Option<String> {
    let count = count_of_hundred(probability)?;
    Some(match count {
        0 if probability > 0.0 => format!("{} 1", style.under),
        100 if probability < 1.0 => format!("{} 99", style.over),
        _ => count.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn english() -> NumberStyle {
        NumberStyle::english()
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        let check = |x, decimals, expect: &str| assert_eq!(number(x, decimals, &english()), expect);
        check(-6.44, 1, "−6.4");
        check(-0.04, 1, "0.0");
        check(-0.0, 0, "0");
        check(1195.0, 0, "1,195");
        check(-1_234_567.891, 2, "−1,234,567.89");
        check(999.96, 1, "1,000.0");
        check(f64::NAN, 1, "not known");
        check(f64::INFINITY, 1, "not known");
    }

    #[test]
    fn signs_stand_on_differences_only() {
        assert_eq!(signed(3.5, 1, &english()), "+3.5");
        assert_eq!(signed(-3.5, 1, &english()), "−3.5");
        assert_eq!(signed(0.04, 1, &english()), "0.0");
        assert_eq!(signed(f64::NAN, 1, &english()), "not known");
    }

    #[test]
    fn the_standard_error_decides_the_decimals() {
        let check = |se, expect| assert_eq!(decimals_for(se), expect, "{se}");
        check(4.05, 1);
        check(55.48, 0);
        check(0.25, 2);
        check(0.0996, 2);
        check(0.0994, 3);
        check(9.96, 0);
        check(1240.0, 0);
        check(1e-30, 6);
        check(0.0, 1);
        check(f64::NAN, 1);
    }

    #[test]
    fn estimates_and_limits_share_decimals() {
        let effect = Estimate::new(3.54, -6.42, 13.5);
        assert_eq!(estimate(effect, 1, &english()), "3.5 (−6.4 to 13.5)");
        assert_eq!(signed_estimate(effect, 1, &english()), "+3.5 (−6.4 to 13.5)");
        assert_eq!(estimate(Estimate::new(3.54, f64::NAN, f64::NAN), 1, &english()), "3.5 (not known)");
        assert_eq!(range(Interval::new(-13.46, 20.6), 1, &english()), "−13.5 to 20.6");
    }

    #[test]
    fn another_language_needs_only_another_style() {
        let french = NumberStyle {
            decimal: ',',
            thousands: Some('\u{202f}'),
            to_word: "à".to_owned(),
            in_hundred: "sur 100".to_owned(),
            ..english()
        };
        assert_eq!(range(Interval::new(-6.4, 1195.5), 1, &french), "−6,4 à 1\u{202f}195,5");
        assert_eq!(in_hundred(0.24, &french), "24\u{a0}sur 100");
        let spanish = NumberStyle { group_from: 5, ..french };
        assert_eq!(number(1195.0, 0, &spanish), "1195");
        assert_eq!(number(11_950.0, 0, &spanish), "11\u{202f}950");
        let arabic = NumberStyle { isolate: true, ..english() };
        assert_eq!(signed(3.5, 1, &arabic), "\u{2066}+3.5\u{2069}");
        assert_eq!(signed(-3.5, 1, &arabic), "\u{2066}−3.5\u{2069}");
    }

    #[test]
    fn shares_and_chances() {
        assert_eq!(percent(34.2, 0, &english()), "34\u{a0}%");
        assert_eq!(weight(0.004, &english()), "0.4\u{a0}%");
        assert_eq!(weight(0.493, &english()), "49\u{a0}%");
        assert_eq!(weight(0.0, &english()), "0\u{a0}%");
        assert_eq!(in_hundred(0.24, &english()), "24\u{a0}in 100");
        assert_eq!(in_hundred(0.001, &english()), "under 1\u{a0}in 100");
        assert_eq!(in_hundred(0.999, &english()), "over 99\u{a0}in 100");
        assert_eq!(in_hundred(1.0, &english()), "100\u{a0}in 100");
        assert_eq!(in_hundred(f64::NAN, &english()), "not known");
    }

    proptest! {
        #[test]
        fn no_number_is_printed_as_minus_zero_or_with_a_hyphen(x in proptest::num::f64::ANY, decimals in 0..7usize) {
            let text = signed(x, decimals, &english());
            prop_assert!(!text.contains('-') && !text.contains("inf") && !text.contains("NaN"));
            if text.starts_with('−') {
                prop_assert!(text.bytes().any(|b| (b'1'..=b'9').contains(&b)));
            }
        }
    }
}
