//! Estimates as decimal texts: 12 significant digits, no exponent, one spelling for each number.
//!
//! Rule: `0`, or an optional sign, digits without leading zeros, and a fraction without trailing zeros. The text of a
//! number read back and written again is the same text, since a double holds any 15 digits. Left out: numbers beyond
//! 10^±30, which no estimate is and whose texts would be long.

/// Significant digits of an estimate in a packet.
pub const SIGNIFICANT_DIGITS: usize = 12;
/// Powers of ten that a decimal text may reach.
const LARGEST_POWER: i32 = 30;

/// The number has no decimal text.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0} is not a finite number below 10^30 and, unless zero, above 10^-30")]
pub struct NoDecimal(pub f64);

/// The decimal text of a number, rounded to [`SIGNIFICANT_DIGITS`].
///
/// # Errors
/// [`NoDecimal`] when the number is not finite, or its magnitude is outside 10^-30 to 10^30 and not zero.
pub fn decimal(number: f64) -> Result<String, NoDecimal> {
    if number == 0.0 {
        return Ok("0".into());
    }
    if !number.is_finite() {
        return Err(NoDecimal(number));
    }
    let scientific = format!("{:.*e}", SIGNIFICANT_DIGITS - 1, number.abs());
    let (mantissa, power) = scientific.split_once('e').ok_or(NoDecimal(number))?;
    let power: i32 = power.parse().map_err(|_| NoDecimal(number))?;
    if power.abs() > LARGEST_POWER {
        return Err(NoDecimal(number));
    }
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    let sign = if number < 0.0 { "-" } else { "" };
    let Ok(places) = usize::try_from(power) else {
        let zeros = "0".repeat(power.unsigned_abs() as usize - 1);
        return Ok(format!("{sign}0.{zeros}{digits}"));
    };
    let whole = places + 1;
    Ok(if digits.len() <= whole {
        format!("{sign}{digits}{}", "0".repeat(whole - digits.len()))
    } else {
        format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
    })
}

/// The number of a decimal text; `None` when it is not the one text that [`decimal`] gives that number.
pub fn parse_decimal(text: &str) -> Option<f64> {
    if text.len() > 2 * SIGNIFICANT_DIGITS + 2 * LARGEST_POWER as usize {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    (decimal(number).ok()? == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_text() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-0.0123, "-0.0123"),
            (0.1 + 0.2, "0.3"),
            (123_456_789_012_345.0, "123456789012000"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
            (999_999_999_999.96, "1000000000000"),
            (2.0 / 3.0, "0.666666666667"),
            (-4.549_120_000_01, "-4.54912000001"),
        ] {
            assert_eq!(decimal(number).unwrap(), text);
            assert_eq!(decimal(parse_decimal(text).unwrap()).unwrap(), text);
        }
        for number in [f64::NAN, f64::INFINITY, 1e31, 1e-31, f64::MAX, 5e-324] {
            assert!(decimal(number).is_err(), "{number}");
        }
    }

    #[test]
    fn the_text_of_any_number_survives_reading() {
        let mut bits: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut tried = 0;
        while tried < 20_000 {
            // Xorshift (Marsaglia 2003): any stream of varied bit patterns will do.
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let number = f64::from_bits((bits & !(0x7ff << 52)) | ((1023 - 90 + bits % 180) << 52));
            let text = decimal(number).unwrap();
            let read = parse_decimal(&text).unwrap();
            assert_eq!(decimal(read).unwrap(), text);
            assert!((read - number).abs() <= 5.1e-12 * number.abs(), "{number:e} {text}");
            tried += 1;
        }
    }

    #[test]
    fn another_spelling_is_refused() {
        for text in [
            "",
            "-",
            "-0",
            "+1",
            "1.",
            ".5",
            "00",
            "01",
            "1.50",
            "1e3",
            "1E3",
            " 1",
            "1 ",
            "NaN",
            "inf",
            "1,5",
            "0x1",
            "1_000",
            "\u{2212}1",
            "0.3333333333333",
            "1000000000001.5",
        ] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }
}
