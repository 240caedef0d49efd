//! The text of a file's bytes: UTF-8, UTF-16 and Windows-1252 are told apart; others must be declared.
//!
//! A byte-order mark decides; else zero bytes tell UTF-16; else valid UTF-8 is UTF-8; else Windows-1252, a superset of
//! Latin-1. A file that is UTF-8 but for a few broken bytes is refused with the line, since reading it as
//! Windows-1252 would garble every accented letter in it.

use crate::error::{Fault, RecordsError};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// Bytes looked at for the zero bytes of UTF-16.
const HEAD_BYTES: usize = 4096;

/// The text without its byte-order mark, and the encoding's name.
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    declared: Option<&str>,
) -> Result<(Cow<'a, str>, String), RecordsError> {
    if let Some(label) = declared {
        let encoding = find_encoding(label)?;
        let (text, used, broken) = encoding.decode(bytes);
        if broken {
            return Err(RecordsError::refused(Fault::file(
                format!("the file holds bytes that are not {}", used.name()),
                "declare another encoding, or leave the declaration out",
            )));
        }
        return Ok((text, used.name().to_owned()));
    }
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| Ok(encoding))?;
    let (text, used, broken) = encoding.decode(bytes);
    if broken {
        return Err(RecordsError::refused(Fault::file(
            format!("the file says it is {} but holds other bytes", used.name()),
            "export it again as “CSV UTF-8”",
        )));
    }
    Ok((text, used.name().to_owned()))
}

/// The encoding of a label.
pub(super) fn find_encoding(label: &str) -> Result<&'static Encoding, RecordsError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| {
        RecordsError::refused(
            Fault::file(
                "no such text encoding",
                "try utf-8, windows-1252, iso-8859-1, utf-16le or shift_jis",
            )
            .quoting(label),
        )
    })
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, RecordsError> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Text in a Latin script has a zero in nearly every second byte of UTF-16.
    if odd > head.len() / 5 && even == 0 {
        return Ok(UTF_16LE);
    }
    if even > head.len() / 5 && odd == 0 {
        return Ok(UTF_16BE);
    }
    if even + odd > 0 {
        return Err(RecordsError::refused(Fault::file(
            "the file is binary, not a text table",
            "give a CSV, XLSX, Parquet, Stata or SPSS file with its usual ending",
        )));
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(UTF_8),
        Err(first) => {
            let (good, bad) = count_sequences(bytes);
            if good > bad {
                let line = bytes[..first.valid_up_to()].split(|byte| *byte == b'\n').count() as u64;
                return Err(RecordsError::refused(
                    Fault::file(
                        "the file is UTF-8, but not on this line",
                        "type the accented letters of that line again, or declare the encoding",
                    )
                    .at_line(line),
                ));
            }
            Ok(WINDOWS_1252)
        }
    }
}

/// Characters beyond ASCII that are right in UTF-8, and places that are broken.
fn count_sequences(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let beyond_ascii = chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        (good + beyond_ascii, bad + usize::from(!chunk.invalid().is_empty()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found() {
        let utf16 = |big: bool, mark: bool| {
            let text = if mark { "\u{feff}clé;a" } else { "clé;a" };
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            bytes
        };
        for (bytes, name) in [
            ("clé;a".as_bytes().to_vec(), "UTF-8"),
            ("\u{feff}clé;a".as_bytes().to_vec(), "UTF-8"),
            (b"cl\xe9;a".to_vec(), "windows-1252"),
            (utf16(false, true), "UTF-16LE"),
            (utf16(true, true), "UTF-16BE"),
            (utf16(false, false), "UTF-16LE"),
            (utf16(true, false), "UTF-16BE"),
        ] {
            let (text, encoding) = decode(&bytes, None).unwrap();
            assert_eq!((text.as_ref(), encoding.as_str()), ("clé;a", name));
        }
        let (text, _) = decode(b"\x93\xfa\x96\x7b", Some("shift_jis")).unwrap();
        assert_eq!(text, "日本");
    }

    #[test]
    fn broken_text_is_refused_with_its_line() {
        let refused = decode(b"caf\xc3\xa9;th\xc3\xa9\nx;\xe9\n", None).unwrap_err().to_string();
        assert!(refused.starts_with("line 2: "), "{refused}");
        for (bytes, declared) in
            [(&b"a\0b\0\0\0c"[..], None), (b"\xff", Some("utf-8")), (b"a", Some("klingon"))]
        {
            assert!(decode(bytes, declared).is_err(), "{declared:?}");
        }
    }
}
