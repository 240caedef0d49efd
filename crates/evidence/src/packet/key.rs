//! Keys that sign packets: ed25519, one for each institution, and the file that tells others the public half.
//!
//! Rule: signatures are checked strictly (`verify_strict` of ed25519-dalek: canonical S, no point of small order, no
//! cofactor), so that a signature is valid everywhere or nowhere and cannot be changed into another valid one. A key's
//! id is the first 32 hexadecimal digits of the SHA-256 of its 32 bytes: a name for people and a hint, never proof.
//! Randomness is an argument.

use super::digest::Digest;
use super::statement::is_institution;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, VerifyingKey};
use std::fmt;
use time::OffsetDateTime;

/// Hexadecimal digits of a key's id.
const ID_DIGITS: usize = 32;
const HEADER: &str = "whatworks public key v1";

/// Why bytes or a text are not a key that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not 32 bytes of a point on the curve.
    #[error("this is not an ed25519 public key")]
    NotAKey,
    /// A key for which anybody can make signatures.
    #[error("this key has small order: anybody could sign for it")]
    Weak,
    /// A line of a key's file.
    #[error("line {line}: {problem}")]
    File {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// The sealed file is not of this kind, or was damaged.
    #[error("the key file cannot be read: {problem}")]
    Sealed {
        /// What is wrong.
        problem: String,
    },
    /// The passphrase does not open the file.
    #[error("the passphrase does not open this key, or the file was changed")]
    Passphrase,
    /// The passphrase is too short to protect a key.
    #[error("a passphrase has at least {least} characters; this one has {given}")]
    ShortPassphrase {
        /// Least length.
        least: usize,
        /// Length given.
        given: usize,
    },
}

/// The public half of a key; one that exists is a point of large order.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    id: String,
}

impl PublicKey {
    /// The key of 32 bytes.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`] or [`KeyFault::Weak`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KeyFault> {
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| KeyFault::NotAKey)?;
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFault::NotAKey)?;
        if key.is_weak() { Err(KeyFault::Weak) } else { Ok(Self::new(key)) }
    }

    /// The key of a base64 text.
    ///
    /// # Errors
    /// [`KeyFault::NotAKey`] or [`KeyFault::Weak`].
    pub fn from_base64(text: &str) -> Result<Self, KeyFault> {
        Self::from_bytes(&STANDARD.decode(text).map_err(|_| KeyFault::NotAKey)?)
    }

    fn new(key: VerifyingKey) -> Self {
        Self { key, id: Digest::of(key.as_bytes()).as_str()[..ID_DIGITS].to_owned() }
    }

    /// The key as base64.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.key.as_bytes())
    }

    /// The key's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the signature is this key's on the message.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.id())
    }
}

/// The secret half; wiped from memory when dropped, never shown.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of 32 random bytes, which the caller wipes.
    pub fn from_random(bytes: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(bytes))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey::new(self.0.verifying_key())
    }

    pub(super) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    pub(super) fn secret_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.public().id())
    }
}

/// What a `.pub` file says: the public key, whose it is, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKeyFile {
    /// The key.
    pub key: PublicKey,
    /// Id of the institution.
    pub institution: String,
    /// When it was made, to the second, in UTC.
    pub created: OffsetDateTime,
}

impl PublicKeyFile {
    /// The file's text: a header and four named lines.
    pub fn render(&self) -> String {
        format!(
            "{HEADER}\nid: {}\ninstitution: {}\ncreated: {}\ned25519: {}\n",
            self.key.id(),
            self.institution,
            super::moment::render(self.created),
            self.key.to_base64(),
        )
    }

    /// Reads the file.
    ///
    /// # Errors
    /// [`KeyFault`] with the line; an id that is not that of the key is refused.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let fault = |line, problem: &str| KeyFault::File { line, problem: problem.into() };
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        if lines.first() != Some(&HEADER) {
            return Err(fault(1, "a public key of this program opens with “whatworks public key v1”"));
        }
        let value = |line: usize, name: &str| {
            let stated = lines.get(line - 1).and_then(|text| text.strip_prefix(name));
            stated
                .and_then(|rest| rest.strip_prefix(": "))
                .map(str::trim)
                .ok_or_else(|| KeyFault::File { line, problem: format!("“{name}: …” is expected") })
        };
        let (id, institution) = (value(2, "id")?, value(3, "institution")?);
        let created = super::moment::parse(value(4, "created")?)
            .ok_or_else(|| fault(4, "the time is written like 2026-03-01T12:00:00Z"))?;
        let key = PublicKey::from_base64(value(5, "ed25519")?)?;
        if lines.len() > 5 {
            return Err(fault(6, "nothing follows the key"));
        }
        if !is_institution(institution) {
            return Err(fault(3, "an institution's id holds ASCII letters, digits, “.”, “-”, “_” and “/”"));
        }
        if key.id() != id {
            return Err(fault(2, "the id is not that of the key: the file was changed"));
        }
        Ok(Self { key, institution: institution.to_owned(), created })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> PublicKeyFile {
        let key = SigningKey::from_random(&[7; 32]).public();
        let created = super::super::moment::parse("2026-03-01T12:00:00Z").unwrap();
        PublicKeyFile { key, institution: "north-bank".into(), created }
    }

    #[test]
    fn a_public_key_survives_its_file() {
        let text = file().render();
        assert_eq!(PublicKeyFile::parse(&text).unwrap(), file());
        assert_eq!(PublicKeyFile::parse(&text.replace('\n', "\r\n")).unwrap(), file());
        assert_eq!(file().key.id().len(), ID_DIGITS);
    }

    #[test]
    fn a_changed_key_file_is_refused_with_its_line() {
        let text = file().render();
        let line = |changed: String| match PublicKeyFile::parse(&changed).unwrap_err() {
            KeyFault::File { line, .. } => line,
            other => panic!("{other}"),
        };
        assert_eq!(line(String::new()), 1);
        assert_eq!(line(text.replace("id: ", "id: 0")), 2);
        assert_eq!(line(text.replace("north-bank", "north bank")), 3);
        assert_eq!(line(text.replace("12:00:00Z", "noon")), 4);
        assert_eq!(line(text.replace("ed25519", "rsa")), 5);
        assert_eq!(line(text.clone() + "more"), 6);
        let other = SigningKey::from_random(&[8; 32]).public().to_base64();
        assert_eq!(line(text.replace(&file().key.to_base64(), &other)), 2);
    }

    #[test]
    fn a_key_that_anybody_can_sign_for_is_refused() {
        // The neutral element, and the point of order two: y = 1 and y = −1 (RFC 8032 §5.1.3).
        let mut neutral = [0; 32];
        neutral[0] = 1;
        assert_eq!(PublicKey::from_bytes(&neutral), Err(KeyFault::Weak));
        let mut second = [0xff; 32];
        (second[0], second[31]) = (0xec, 0x7f);
        assert_eq!(PublicKey::from_bytes(&second), Err(KeyFault::Weak));
        assert_eq!(PublicKey::from_bytes(&[0; 32]), Err(KeyFault::Weak));
        assert_eq!(PublicKey::from_bytes(&[7; 31]), Err(KeyFault::NotAKey));
        assert_eq!(PublicKey::from_bytes(&[2; 32]), Err(KeyFault::NotAKey));
        assert_eq!(PublicKey::from_base64("AQ="), Err(KeyFault::NotAKey));
    }

    #[test]
    fn signatures_are_those_of_the_standard() {
        // RFC 8032 §7.1, test 2.
        let secret = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
        let bytes: Vec<u8> =
            (0..32).map(|at| u8::from_str_radix(&secret[2 * at..2 * at + 2], 16).unwrap()).collect();
        let key = SigningKey::from_random(&bytes.try_into().unwrap());
        let signature = key.sign(&[0x72]);
        let shown = signature.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert_eq!(
            shown,
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da\
             085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        );
        assert!(key.public().verifies(&[0x72], &signature));
        assert!(!key.public().verifies(&[0x73], &signature));
        assert!(!format!("{key:?}").contains("4ccd"));
    }
}
