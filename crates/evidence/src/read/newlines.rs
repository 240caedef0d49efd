//! A reader that ends every line with one `\n`, the last one too, so that line numbers can be exact.
//!
//! `\r\n` and a lone `\r` become `\n`. With that, the row that a CSV reader just returned began on line
//! (lines read so far) − (line breaks inside its own cells).

use std::io::{self, Read};

pub(super) struct Newlines<R> {
    inner: R,
    /// The byte before was `\r`: a `\n` right after it belongs to it.
    after_return: bool,
    /// The last byte handed out, to know whether a final `\n` is owed.
    last: Option<u8>,
    /// Whether an odd number of quotes has been seen.
    inside_quotes: bool,
}

impl<R: Read> Newlines<R> {
    /// Whether the text read so far holds an odd number of quotes.
    pub(super) fn is_inside_quotes(&self) -> bool {
        self.inside_quotes
    }

    pub(super) fn new(inner: R) -> Self {
        Self { inner, after_return: false, last: None, inside_quotes: false }
    }
}

impl<R: Read> Read for Newlines<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            let count = self.inner.read(out)?;
            if count == 0 {
                if self.last.is_some_and(|byte| byte != b'\n') {
                    self.last = Some(b'\n');
                    out[0] = b'\n';
                    return Ok(1);
                }
                return Ok(0);
            }
            let mut kept = 0;
            for at in 0..count {
                let byte = out[at];
                self.inside_quotes ^= byte == b'"';
                if !(byte == b'\n' && self.after_return) {
                    out[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.after_return = byte == b'\r';
            }
            if kept > 0 {
                self.last = Some(out[kept - 1]);
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_ends_the_same_way() {
        for (text, expect) in
            [("a\r\nb\rc", "a\nb\nc\n"), ("a\n", "a\n"), ("", ""), ("\r\n\r\n", "\n\n"), ("x", "x\n")]
        {
            for size in 1..5 {
                let mut reader = Newlines::new(text.as_bytes());
                let (mut all, mut buffer) = (Vec::new(), vec![0; size]);
                loop {
                    let count = reader.read(&mut buffer).unwrap();
                    if count == 0 {
                        break;
                    }
                    all.extend_from_slice(&buffer[..count]);
                }
                assert_eq!(String::from_utf8(all).unwrap(), expect, "{text:?} by {size}");
            }
        }
    }
}
