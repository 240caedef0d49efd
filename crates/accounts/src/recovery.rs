//! Recovery codes: ten pieces of paper for the day the phone is lost.
//!
//! Rules: each is 128 random bits, which allows a plain SHA-256 to be stored (ASVS 5.0, 6.5.2: at least 112); each
//! counts once, in place of a one-time code; making new ones undoes the old. Shown once, when they are made.

use crate::are_same;
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroize;

/// How many are made at a time.
pub const COUNT: usize = 10;

/// One recovery code. Wiped from memory when dropped; not shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode([u8; 16]);

impl RecoveryCode {
    /// A code of these bytes, which must come from the system's random source.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// [`COUNT`] codes.
    pub fn set(bytes: [[u8; 16]; COUNT]) -> [Self; COUNT] {
        bytes.map(Self)
    }

    /// The code to print: 26 letters and digits in groups, `abcde-fghij-klmno-pqrst-uvwxyz`.
    pub fn text(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0).to_ascii_lowercase();
        let (four, last) = letters.split_at(20);
        let groups = four.as_bytes().chunks(5).filter_map(|group| str::from_utf8(group).ok());
        groups.chain([last]).collect::<Vec<_>>().join("-")
    }

    /// Reads a typed code, in either case, with or without hyphens and spaces. `0`, `1` and `8`, which no code holds,
    /// are read as the letters they are taken for.
    pub fn read(typed: &str) -> Option<Self> {
        let letter = |c: char| match c {
            '0' => 'O',
            '1' => 'I',
            '8' => 'B',
            other => other.to_ascii_uppercase(),
        };
        let mut letters: String =
            typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(letter).collect();
        let bytes = BASE32_NOPAD.decode(letters.as_bytes()).ok();
        letters.zeroize();
        <[u8; 16]>::try_from(bytes?.as_slice()).ok().map(Self)
    }

    /// What is stored and looked up: SHA-256, 64 hexadecimal characters.
    pub fn hash(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0))
    }

    /// Whether `stored` is this code's hash, in constant time.
    pub fn matches(&self, stored: &str) -> bool {
        are_same(self.hash().as_bytes(), stored.as_bytes())
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl Drop for RecoveryCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_else_reads_as_a_code() {
        for bad in
            ["", "abcde", "123456", "abcde-fghij-klmno-pqrst-uvwxyz-a", "abcde-fghij-klmno-pqrst-uvwx9z"]
        {
            assert_eq!(RecoveryCode::read(bad), None, "{bad}");
        }
        assert_eq!(format!("{:?}", RecoveryCode::from_bytes([1; 16])), "RecoveryCode(…)");
    }

    proptest! {
        #[test]
        fn a_code_reads_back_however_it_is_typed(bytes: [u8; 16]) {
            let code = RecoveryCode::from_bytes(bytes);
            let text = code.text();
            prop_assert_eq!(text.len(), 30);
            for typed in [text.clone(), text.to_uppercase(), text.replace('-', " "), text.replace('o', "0").replace('i', "1").replace('b', "8")] {
                prop_assert_eq!(RecoveryCode::read(&typed), Some(code.clone()));
            }
            prop_assert!(code.matches(&code.hash()));
            prop_assert!(!RecoveryCode::from_bytes([bytes[0] ^ 1; 16]).matches(&code.hash()));
        }
    }
}
