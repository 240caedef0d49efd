//! Secrets that a person carries: long random tokens in links and cookies, and short codes to type.
//!
//! Rules: a [`Token`] is 256 random bits, written as 52 lower-case base32 characters, because mail programs may change
//! the case of an address and people read links aloud. What is stored is its SHA-256, in lower-case hexadecimal: at
//! 256 random bits a plain hash gives nothing away. A [`Code`] is six digits, each of the million equally likely
//! (rejection sampling); its hash is an HMAC under a token that is not stored, since a plain hash of six digits is
//! undone by trying a million. Left out: how long either is good for ([`crate::sign_in`]), and tokens that say what
//! they are for ([`crate::purpose`]).

use crate::{are_same, typed_digits};
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroize;

/// Digits of a [`Code`].
pub const CODE_DIGITS: usize = 6;
/// Values of a [`Code`].
const CODES: u32 = 1_000_000;
/// The largest multiple of [`CODES`] within 32 bits: a draw at or above it would favour the small codes.
const FAIR_DRAWS: u32 = u32::MAX - u32::MAX % CODES;

/// A secret of 256 random bits: session, form key, sign-in link, invitation, browser. Wiped from memory when dropped,
/// and not shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

impl Token {
    /// A token of these bytes, which must come from the system's random source.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The token as it stands in a link or cookie: 52 characters, `a` to `z` and `2` to `7`.
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0).to_ascii_lowercase()
    }

    /// Reads [`Token::text`], in either case and with white space around it. None for anything else; whether the token
    /// is known is another question.
    pub fn read(text: &str) -> Option<Self> {
        let mut bytes = BASE32_NOPAD.decode(text.trim().to_ascii_uppercase().as_bytes()).ok()?;
        let token = <[u8; 32]>::try_from(bytes.as_slice()).ok().map(Self);
        bytes.zeroize();
        token
    }

    /// What is stored and looked up: SHA-256 of the bytes, 64 hexadecimal characters.
    pub fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0))
    }

    /// Whether `stored` is this token's hash, in constant time.
    pub fn matches(&self, stored: &str) -> bool {
        are_same(self.hash().as_bytes(), stored.as_bytes())
    }

    /// HMAC-SHA256 of `message` under this token.
    pub(crate) fn hmac(&self, message: &[u8]) -> [u8; 32] {
        hmac_sha256(&self.0, message)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Drop for Token {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// HMAC-SHA256 (RFC 2104) under a key of 256 bits.
pub(crate) fn hmac_sha256(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    // HMAC fills a short key with zeros to one block: doing so here leaves no length that could be refused.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    block.zeroize();
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// Six digits that a person reads on one device and types on another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Code(u32);

impl Code {
    /// A code from random bytes. Four bytes make one draw; a draw that would favour small codes is passed over; when
    /// none of the eight is fair (once in 10^29), the bytes are hashed and drawn from again.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut bytes = bytes;
        loop {
            let draws = bytes.as_chunks::<4>().0.iter().map(|four| u32::from_be_bytes(*four));
            if let Some(fair) = draws.into_iter().find(|draw| *draw < FAIR_DRAWS) {
                return Self(fair % CODES);
            }
            bytes = Sha256::digest(bytes).into();
        }
    }

    /// The code that belongs to a token: whoever holds the link can be shown it, and it need not be stored.
    pub fn of(token: &Token) -> Self {
        Self::from_bytes(token.hmac(b"whatworks code"))
    }

    /// Reads what a person typed: six digits of any script, with or without spaces and hyphens.
    pub fn read(typed: &str) -> Option<Self> {
        let digits = typed_digits(typed).filter(|digits| digits.len() == CODE_DIGITS)?;
        digits.parse().ok().map(Self)
    }

    /// The six digits, with leading zeros.
    pub fn text(self) -> String {
        format!("{:06}", self.0)
    }

    /// What is stored: HMAC-SHA256 under `bound_to`, 64 hexadecimal characters. Bind to a token of which only the hash
    /// is stored, or a reader of the database tries a million codes and has it.
    pub fn hash(self, bound_to: &Token) -> String {
        HEXLOWER.encode(&bound_to.hmac(format!("code {}", self.text()).as_bytes()))
    }

    /// Whether `stored` is this code's hash under `bound_to`, in constant time.
    pub fn matches(self, bound_to: &Token, stored: &str) -> bool {
        are_same(self.hash(bound_to).as_bytes(), stored.as_bytes())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_is_plain_sha_256_and_the_hmac_is_rfc_4231s() {
        assert_eq!(
            Token::from_bytes([0; 32]).hash(),
            "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
        );
        // RFC 4231, test case 2: the key "Jefe", which zeros fill to 32 bytes and then to the block alike.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        assert_eq!(
            HEXLOWER.encode(&hmac_sha256(&key, b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn nothing_else_reads_as_a_token() {
        let text = Token::from_bytes([7; 32]).text();
        for bad in ["", "a", &text[1..], &format!("{text}a"), &text.replace('d', "1"), &"a".repeat(1000)] {
            assert_eq!(Token::read(bad), None, "{bad}");
        }
        // 52 characters carry 260 bits: the last four must be zero, so that one token has one text.
        assert_eq!(Token::read(&format!("{}b", &Token::from_bytes([0; 32]).text()[..51])), None);
    }

    #[test]
    fn secrets_do_not_show() {
        assert_eq!(format!("{:?} {:?}", Token::from_bytes([7; 32]), Code(123_456)), "Token(…) Code(…)");
    }

    #[test]
    fn an_unfair_draw_is_passed_over() {
        let mut bytes = [0xff; 32];
        bytes[28..].copy_from_slice(&1_000_042_u32.to_be_bytes());
        assert_eq!(Code::from_bytes(bytes).text(), "000042");
        bytes[..4].copy_from_slice(&FAIR_DRAWS.to_be_bytes());
        assert_eq!(Code::from_bytes(bytes).text(), "000042");
        bytes[..4].copy_from_slice(&(FAIR_DRAWS - 1).to_be_bytes());
        assert_eq!(Code::from_bytes(bytes).text(), "999999");
        // Every draw unfair: hashed and drawn from again.
        assert_eq!(Code::from_bytes([0xff; 32]), Code::from_bytes(Sha256::digest([0xff; 32]).into()));
        assert_eq!(FAIR_DRAWS, 4_294_000_000);
    }

    #[test]
    fn a_code_is_read_as_typed() {
        assert_eq!(Code::read(" 012 345 "), Some(Code(12_345)));
        assert_eq!(Code::read("٠١٢٣٤٥"), Some(Code(12_345)));
        for bad in ["", "12345", "1234567", "12345a", "-12345", "+12345"] {
            assert_eq!(Code::read(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_token_reads_back_in_either_case(bytes: [u8; 32]) {
            let token = Token::from_bytes(bytes);
            prop_assert_eq!(token.text().len(), 52);
            prop_assert_eq!(Token::read(&token.text()), Some(token.clone()));
            prop_assert_eq!(Token::read(&format!(" {} ", token.text().to_uppercase())), Some(token.clone()));
            prop_assert!(token.matches(&token.hash()));
            prop_assert!(!token.matches(&Token::from_bytes([1; 32]).hash()) || bytes == [1; 32]);
        }

        #[test]
        fn a_code_counts_only_with_its_token(bytes: [u8; 32], other: [u8; 32]) {
            prop_assume!(bytes != other);
            let (token, wrong) = (Token::from_bytes(bytes), Token::from_bytes(other));
            let code = Code::of(&token);
            prop_assert_eq!(Code::read(&code.text()), Some(code));
            prop_assert!(code.matches(&token, &code.hash(&token)));
            prop_assert!(!code.matches(&wrong, &code.hash(&token)));
            prop_assert!(!Code((code.0 + 1) % CODES).matches(&token, &code.hash(&token)));
        }
    }
}
