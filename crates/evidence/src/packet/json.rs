//! JSON for signed packets: a parser that refuses every text with two readings, and one canonical spelling.
//!
//! Rule (RFC 8785 on a restricted schema): names are ASCII letters, digits and `_`, so that their UTF-16 order is their
//! byte order; numbers are whole, within ±(2^53 − 1); texts are in Unicode normalisation form C. Refused, each with its
//! place: a name that stands twice, a number with fraction, exponent or −0, a lone surrogate, more than [`MAX_DEPTH`]
//! levels, anything after the end. Left out: doubles, which differ between programs; estimates are decimal texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use unicode_normalization::is_nfc;

/// Most levels of lists and objects inside one another.
pub const MAX_DEPTH: usize = 32;
/// Longest name, in characters.
pub const MAX_NAME: usize = 64;
/// The largest whole number that every program reads alike: 2^53 − 1.
pub const MAX_WHOLE: u64 = (1 << 53) - 1;

/// A JSON value of the restricted kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A whole number within ±[`MAX_WHOLE`].
    Whole(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// Names and values, in byte order of the names.
    Object(BTreeMap<String, Self>),
}

/// Why a text is not JSON of the restricted kind. Places are byte offsets from the start of the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Not UTF-8.
    #[error("byte {0} is not UTF-8")]
    Utf8(usize),
    /// Not JSON.
    #[error("byte {at}: {expected} is expected")]
    Syntax {
        /// Where.
        at: usize,
        /// What JSON wants there.
        expected: &'static str,
    },
    /// Something follows the value.
    #[error("byte {0}: something follows the end")]
    Trailing(usize),
    /// More than [`MAX_DEPTH`] levels.
    #[error("byte {0}: more than {MAX_DEPTH} levels of lists and objects")]
    Depth(usize),
    /// One name twice in one object.
    #[error("the name “{0}” stands twice in one object")]
    Duplicate(String),
    /// A name outside the rule.
    #[error("byte {0}: a name may hold only ASCII letters, digits and “_”, {MAX_NAME} at most")]
    Name(usize),
    /// A number with a fraction or an exponent.
    #[error("byte {0}: a number with a fraction or an exponent; estimates are decimal texts")]
    Float(usize),
    /// −0, which is not a whole number of its own.
    #[error("byte {0}: −0 is not a number here")]
    NegativeZero(usize),
    /// Beyond ±[`MAX_WHOLE`].
    #[error("byte {0}: a whole number beyond ±(2^53 − 1)")]
    TooLarge(usize),
    /// Half of a surrogate pair.
    #[error("byte {0}: half of a surrogate pair")]
    Surrogate(usize),
    /// Not in normalisation form C.
    #[error("byte {0}: a text that is not in Unicode normalisation form C")]
    Normalisation(usize),
}

impl Json {
    /// Reads one value that fills the whole text. White space between tokens is allowed here; who needs the canonical
    /// spelling compares with [`Json::canonical`].
    ///
    /// # Errors
    /// [`JsonFault`], the first found.
    pub fn parse(bytes: &[u8]) -> Result<Self, JsonFault> {
        let text = std::str::from_utf8(bytes).map_err(|error| JsonFault::Utf8(error.valid_up_to()))?;
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0)?;
        parser.space();
        if parser.at < text.len() { Err(JsonFault::Trailing(parser.at)) } else { Ok(value) }
    }

    /// The one spelling of the value (RFC 8785): no white space, names in byte order, shortest escapes.
    pub fn canonical(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Whole(number) => out.push_str(&number.to_string()),
            Self::Text(text) => write_text(text, out),
            Self::List(values) => {
                out.push('[');
                for (place, value) in values.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    value.write(out);
                }
                out.push(']');
            }
            Self::Object(fields) => {
                out.push('{');
                for (place, (name, value)) in fields.iter().enumerate() {
                    if place > 0 {
                        out.push(',');
                    }
                    write_text(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// RFC 8785 §3.2.2.2: two-character escapes where JSON has them, else `\u00xx` below 0x20, else the character itself.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if control < ' ' => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn expect(&mut self, byte: u8, expected: &'static str) -> Result<(), JsonFault> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(JsonFault::Syntax { at: self.at, expected })
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, JsonFault> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        Err(JsonFault::Syntax { at: self.at, expected: "true, false or null" })
    }

    fn value(&mut self, depth: usize) -> Result<Json, JsonFault> {
        self.space();
        match self.peek() {
            Some(b'{' | b'[') if depth >= MAX_DEPTH => Err(JsonFault::Depth(self.at)),
            Some(b'{') => self.object(depth + 1),
            Some(b'[') => self.list(depth + 1),
            Some(b'"') => self.string().map(Json::Text),
            Some(b't') => self.word("true", Json::Flag(true)),
            Some(b'f') => self.word("false", Json::Flag(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => self.whole(),
            _ => Err(JsonFault::Syntax { at: self.at, expected: "a value" }),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Json, JsonFault> {
        self.at += 1;
        let mut values = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::List(values));
        }
        loop {
            values.push(self.value(depth)?);
            self.space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Json::List(values));
            }
            self.expect(b',', "“,” or “]”")?;
        }
    }

    fn object(&mut self, depth: usize) -> Result<Json, JsonFault> {
        self.at += 1;
        let mut fields = BTreeMap::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(fields));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(JsonFault::Syntax { at: start, expected: "a name in quotes" });
            }
            let name = self.string()?;
            if !(1..=MAX_NAME).contains(&name.len())
                || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                return Err(JsonFault::Name(start));
            }
            self.space();
            self.expect(b':', "“:”")?;
            let value = self.value(depth)?;
            if fields.contains_key(&name) {
                return Err(JsonFault::Duplicate(name));
            }
            fields.insert(name, value);
            self.space();
            if self.peek() == Some(b'}') {
                self.at += 1;
                return Ok(Json::Object(fields));
            }
            self.expect(b',', "“,” or “}”")?;
        }
    }

    fn whole(&mut self) -> Result<Json, JsonFault> {
        let start = self.at;
        let negative = self.peek() == Some(b'-');
        if negative {
            self.at += 1;
        }
        let first = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        let digits = &self.text[first..self.at];
        if digits.is_empty() || (digits.len() > 1 && digits.starts_with('0')) {
            return Err(JsonFault::Syntax { at: start, expected: "a number without leading zeros" });
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) {
            return Err(JsonFault::Float(start));
        }
        if negative && digits == "0" {
            return Err(JsonFault::NegativeZero(start));
        }
        let size = digits.parse::<u64>().ok().filter(|size| *size <= MAX_WHOLE);
        let size = size.and_then(|size| i64::try_from(size).ok()).ok_or(JsonFault::TooLarge(start))?;
        Ok(Json::Whole(if negative { -size } else { size }))
    }

    fn string(&mut self) -> Result<String, JsonFault> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            // Quotes, backslashes and control bytes are ASCII, so every run between them is whole characters.
            let run = self.at;
            while self.peek().is_some_and(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
                self.at += 1;
            }
            out.push_str(&self.text[run..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return if is_nfc(&out) { Ok(out) } else { Err(JsonFault::Normalisation(start)) };
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => {
                    return Err(JsonFault::Syntax { at: self.at, expected: "an escape, not a control byte" });
                }
                None => {
                    return Err(JsonFault::Syntax { at: self.at, expected: "the quote that ends a text" });
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonFault> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => return Err(JsonFault::Syntax { at: start, expected: "an escape that JSON has" }),
        })
    }

    fn hex(&mut self) -> Result<u32, JsonFault> {
        let fault = JsonFault::Syntax { at: self.at, expected: "four hexadecimal digits" };
        let digits = self.text.as_bytes().get(self.at..self.at + 4).ok_or_else(|| fault.clone())?;
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or_else(|| fault.clone())?;
        }
        self.at += 4;
        Ok(value)
    }

    fn unicode(&mut self, start: usize) -> Result<char, JsonFault> {
        let first = self.hex()?;
        let code = if (0xd800..0xdc00).contains(&first) {
            if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
                return Err(JsonFault::Surrogate(start));
            }
            self.at += 2;
            let second = self.hex()?;
            if !(0xdc00..0xe000).contains(&second) {
                return Err(JsonFault::Surrogate(start));
            }
            0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        char::from_u32(code).ok_or(JsonFault::Surrogate(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_spelling_is_that_of_the_standard() {
        // RFC 8785 §3.2.2, without its doubles.
        let text = r#" { "text" : "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/" , "literals":[null,true, false],
            "B":-3, "a":{"z":9007199254740991,"_y":[]} }"#;
        let expected = "{\"B\":-3,\"a\":{\"_y\":[],\"z\":9007199254740991},\"literals\":[null,true,false],\
                        \"text\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
        let value = Json::parse(text.as_bytes()).unwrap();
        assert_eq!(value.canonical(), expected);
        assert_eq!(Json::parse(expected.as_bytes()).unwrap(), value);
    }

    #[test]
    fn a_text_with_two_readings_is_refused_with_its_own_reason() {
        let long = format!("{{\"{}\":1}}", "a".repeat(MAX_NAME + 1));
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(Json::parse(deep(MAX_DEPTH).as_bytes()).is_ok());
        for (text, expected) in [
            (r#"{"a":1,"a":1}"#, JsonFault::Duplicate("a".into())),
            (r#"{"a":1,"\u0061":1}"#, JsonFault::Duplicate("a".into())),
            (r#"{"é":1}"#, JsonFault::Name(1)),
            (r#"{"":1}"#, JsonFault::Name(1)),
            (&long, JsonFault::Name(1)),
            ("1.0", JsonFault::Float(0)),
            ("[1e2]", JsonFault::Float(1)),
            ("-0", JsonFault::NegativeZero(0)),
            ("9007199254740992", JsonFault::TooLarge(0)),
            ("-9007199254740992", JsonFault::TooLarge(0)),
            ("99999999999999999999999999", JsonFault::TooLarge(0)),
            (r#""\ud800""#, JsonFault::Surrogate(1)),
            (r#""\udc00""#, JsonFault::Surrogate(1)),
            (r#""\ud800\u0041""#, JsonFault::Surrogate(1)),
            ("\"e\u{301}\"", JsonFault::Normalisation(0)),
            ("1 2", JsonFault::Trailing(2)),
            (&deep(MAX_DEPTH + 1), JsonFault::Depth(MAX_DEPTH)),
            ("NaN", JsonFault::Syntax { at: 0, expected: "a value" }),
            ("nul", JsonFault::Syntax { at: 0, expected: "true, false or null" }),
            ("01", JsonFault::Syntax { at: 0, expected: "a number without leading zeros" }),
            ("[1,]", JsonFault::Syntax { at: 3, expected: "a value" }),
            ("\"\t\"", JsonFault::Syntax { at: 1, expected: "an escape, not a control byte" }),
            ("\"\\u12", JsonFault::Syntax { at: 3, expected: "four hexadecimal digits" }),
            ("", JsonFault::Syntax { at: 0, expected: "a value" }),
        ] {
            assert_eq!(Json::parse(text.as_bytes()), Err(expected), "{text}");
        }
        assert_eq!(Json::parse(b"\"\xff\""), Err(JsonFault::Utf8(1)));
        assert_eq!(Json::parse(br#""\ud83d\ude00""#).unwrap(), Json::Text("😀".into()));
    }
}
