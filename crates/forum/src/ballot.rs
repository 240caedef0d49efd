//! The pseudonym under which a member votes in a question (decision D11 of the forum's design).
//!
//! Formula: HMAC-SHA256 (RFC 2104) of the question's address under the member's ballot key, in hexadecimal. The key is
//! the text as stored. Without the key a pseudonym leads to nobody, and two of one member in two questions do not
//! lead to each other.

use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The pseudonym; none when the key is no text that was ever made here (blank).
pub fn voter(ballot_key: &str, slug: &str) -> Option<String> {
    if ballot_key.is_empty() {
        return None;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(ballot_key.as_bytes()).ok()?;
    mac.update(slug.as_bytes());
    Some(HEXLOWER.encode(&mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pseudonym_is_plain_hmac() {
        // RFC 4231, test case 2.
        assert_eq!(
            voter("Jefe", "what do ya want for nothing?").as_deref(),
            Some("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        );
        assert_eq!(voter("", "q"), None);
        assert_ne!(voter("key", "q"), voter("key", "r"));
    }
}
