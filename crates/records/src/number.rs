//! Numbers as people type them, read strictly: one decimal mark per file, no guessing.
//!
//! A comma is a decimal mark only in a file whose mark is the comma. A thousands mark is refused unless the mapping
//! declares it: `1,234` could be a thousand or one and a bit, and a wrong number that looks right is the worst outcome.

use serde::Serialize;

/// The decimal mark of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum DecimalMark {
    /// `1.5`
    #[default]
    Point,
    /// `1,5`
    Comma,
}

impl DecimalMark {
    fn character(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// Codes that mean "missing" in every file, besides the empty cell.
const USUAL_MISSING: [&str; 11] = ["NA", "N/A", "n/a", "na", "#N/A", "NULL", "null", "NaN", "nan", ".", "-"];
/// Bytes of the longest of them.
const LONGEST_MISSING: usize = 4;

/// Whether a trimmed cell is one of the usual codes for missing.
pub(crate) fn is_usual_missing(cell: &str) -> bool {
    cell.len() <= LONGEST_MISSING && USUAL_MISSING.contains(&cell)
}

/// Reads a trimmed cell as a finite number, or says how to mend it.
///
/// U+2212 is a minus sign. `thousands` is taken out where it groups three digits, and nowhere else.
pub(crate) fn parse(text: &str, mark: DecimalMark, thousands: Option<char>) -> Result<f64, &'static str> {
    // The usual case first: plain ASCII digits with the file's own mark.
    if mark == DecimalMark::Point
        && thousands.is_none()
        && let Some(value) = plain(text)
    {
        return Ok(value);
    }
    let mut text = text.replace('\u{2212}', "-");
    if let Some(thousands) = thousands {
        text = without_thousands(&text, thousands, mark)
            .ok_or("write the thousands marks between groups of three digits")?;
    }
    let other = if mark == DecimalMark::Point { ',' } else { '.' };
    if text.contains(other) {
        return Err(match mark {
            DecimalMark::Point => {
                "this file's decimal mark is the point: write 1234.5, or declare the marks in the mapping"
            }
            DecimalMark::Comma => {
                "this file's decimal mark is the comma: write 1234,5, or declare the marks in the mapping"
            }
        });
    }
    let text = if mark == DecimalMark::Comma { text.replace(',', ".") } else { text };
    plain(&text).ok_or("give a plain finite number such as -1.25, or leave the cell empty if it is not known")
}

/// Digits, one point, a sign, an exponent; nothing else that `f64::from_str` would take (`inf`, `nan`).
fn plain(text: &str) -> Option<f64> {
    let allowed = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    if !text.bytes().all(allowed) {
        return None;
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

fn without_thousands(text: &str, thousands: char, mark: DecimalMark) -> Option<String> {
    let (whole, rest) =
        text.split_once(mark.character()).map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let mut groups = whole.split(thousands);
    let mut digits = groups.next().unwrap_or_default().to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    if let Some(rest) = rest {
        digits.push(mark.character());
        digits.push_str(rest);
    }
    Some(digits)
}

/// Whether a text is rather a code than a number: a leading zero (`007`), or more digits than a number holds exactly.
pub(crate) fn looks_like_code(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits && ((digits.len() > 1 && digits.starts_with('0')) || digits.len() > 15)
}

/// `1,500` and `12,345,678`: three digits after every mark, so the mark may stand for thousands.
fn looks_like_thousands(cell: &str) -> bool {
    let mut groups = cell.trim_start_matches(['+', '-']).split(',');
    let is_group = |group: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    let first = groups.next().unwrap_or_default();
    is_group(first, 1..=3) && !first.starts_with('0') && groups.all(|group| is_group(group, 3..=3))
}

/// Counts how the numbers of a file are written, to find its decimal mark.
#[derive(Debug, Default)]
pub(crate) struct MarkCount {
    points: u64,
    commas: u64,
    maybe_thousands: u64,
}

impl MarkCount {
    pub(crate) fn see(&mut self, cell: &str) {
        let numeric = cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,eE".contains(&byte))
            && cell.bytes().any(|byte| byte.is_ascii_digit());
        if numeric {
            self.points += u64::from(cell.contains('.'));
            self.commas += u64::from(cell.contains(','));
            self.maybe_thousands += u64::from(cell.contains(',') && looks_like_thousands(cell));
        }
    }

    /// The comma only when most numbers say so and at least one comma cannot be a thousands mark.
    pub(crate) fn mark(&self) -> DecimalMark {
        if self.commas > self.points && self.commas > self.maybe_thousands {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Comma, Point};

    #[test]
    fn reads_what_is_odd_and_refuses_what_is_ambiguous() {
        for (text, mark, thousands, expect) in [
            ("\u{2212}1.5", Point, None, -1.5),
            ("1,5", Comma, None, 1.5),
            ("2e-3", Point, None, 0.002),
            ("1,234,567.5", Point, Some(','), 1_234_567.5),
            ("1.234,5", Comma, Some('.'), 1234.5),
            ("12 345", Point, Some(' '), 12345.0),
        ] {
            assert_eq!(parse(text, mark, thousands), Ok(expect), "{text}");
        }
        for (text, mark, thousands) in [
            ("1,234.5", Point, None),
            ("1,234", Point, None),
            ("1.234", Comma, None),
            ("NaN", Point, None),
            ("inf", Point, None),
            ("about 3", Point, None),
            ("1,23", Point, Some(',')),
            ("1e999", Point, None),
            ("", Point, None),
        ] {
            assert!(parse(text, mark, thousands).is_err(), "{text}");
        }
    }

    #[test]
    fn codes_are_not_numbers() {
        for (text, expect) in
            [("007", true), ("0", false), ("12", false), ("1234567890123456", true), ("0.5", false)]
        {
            assert_eq!(looks_like_code(text), expect, "{text}");
        }
    }

    #[test]
    fn the_decimal_mark_is_found_from_the_numbers() {
        for (cells, expect) in [
            (&["1,5", "2,25", "3"][..], Comma),
            (&["1,500", "12,345"], Point),
            (&["1.5", "name, first"], Point),
            (&["1,500", "1,5"], Comma),
        ] {
            let mut count = MarkCount::default();
            for cell in cells {
                count.see(cell);
            }
            assert_eq!(count.mark(), expect, "{cells:?}");
        }
    }
}
