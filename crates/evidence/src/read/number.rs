//! Numbers as people type them, read strictly: one decimal mark per file, no thousands marks, no guessing.

/// The decimal mark of a file, found from its own numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalMark {
    Point,
    Comma,
}

/// What a cell holds where a number is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    Missing,
    Number(f64),
    /// Not a usable number; the hint says how to mend it.
    Bad(&'static str),
}

/// Reads a cell. Blank, `NA`, `N/A`, `.` and `-` mean missing. U+2212 is a minus sign.
///
/// A comma is a decimal mark only in a file whose mark is the comma, and both marks in one number are refused: `1,234`
/// could be a thousand or one and a bit, and a wrong number that looks right is the worst outcome.
pub(super) fn parse(text: &str, mark: DecimalMark) -> Cell {
    let text = text.trim();
    if text.is_empty() || matches!(text, "." | "-" | "NA" | "N/A" | "n/a" | "na" | "null" | "NULL") {
        return Cell::Missing;
    }
    let (has_point, has_comma) = (text.contains('.'), text.contains(','));
    let plain = match mark {
        _ if has_point && has_comma => {
            return Cell::Bad("use one decimal mark and no thousands mark, as in 1234.5");
        }
        DecimalMark::Point if has_comma => {
            return Cell::Bad(
                "this file's decimal mark is the point: write 1234.5, without a comma for thousands",
            );
        }
        DecimalMark::Comma if has_point => {
            return Cell::Bad(
                "this file's decimal mark is the comma: write 1234,5, without a point for thousands",
            );
        }
        DecimalMark::Comma => text.replace(',', "."),
        DecimalMark::Point => text.to_owned(),
    };
    let plain = plain.replace('\u{2212}', "-");
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() => Cell::Number(value),
        Ok(_) => Cell::Bad("give a finite number, or leave the cell empty if it is not known"),
        Err(_) => Cell::Bad("give a plain number such as -1.25, or leave the cell empty if it is not known"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_odd_and_refuses_what_is_ambiguous() {
        use DecimalMark::{Comma, Point};
        assert_eq!(parse(" −1.5 ", Point), Cell::Number(-1.5));
        assert_eq!(parse("1,5", Comma), Cell::Number(1.5));
        assert_eq!(parse("2e-3", Point), Cell::Number(0.002));
        assert_eq!(parse("NA", Point), Cell::Missing);
        for (text, mark) in
            [("1,234.5", Point), ("1,234", Point), ("1.234", Comma), ("NaN", Point), ("inf", Point)]
        {
            assert!(matches!(parse(text, mark), Cell::Bad(_)), "{text}");
        }
        assert!(matches!(parse("about 3", Point), Cell::Bad(_)));
    }
}
