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

/// What is kept of the network that a voter's first vote came from: HMAC-SHA256 of the question and the network under the
/// ballot key of the member who began the question, which nobody is told; 32 hexadecimal characters. Two voters of one
/// network have the same, within one question; without the key it leads to no network. Blank for a network unknown.
pub fn network(key: &str, slug: &str, network: &str) -> String {
    if key.is_empty() || network.is_empty() {
        return String::new();
    }
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()) else { return String::new() };
    for part in ["network", slug, network] {
        // A slug has no zero byte, so no two questions and networks run together, and none is a voter's message.
        mac.update(part.as_bytes());
        mac.update(&[0]);
    }
    HEXLOWER.encode(&mac.finalize().into_bytes()).chars().take(32).collect()
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

    #[test]
    fn a_network_is_known_within_a_question_only() {
        let hash = network("key", "q", "198.51.100.0/24");
        assert_eq!(hash.len(), 32);
        assert_eq!(hash, network("key", "q", "198.51.100.0/24"));
        for other in [
            network("key", "r", "198.51.100.0/24"),
            network("key", "q", "198.51.101.0/24"),
            network("yek", "q", "198.51.100.0/24"),
        ] {
            assert_ne!(hash, other);
        }
        assert_eq!((network("", "q", "n"), network("key", "q", "")), (String::new(), String::new()));
    }
}
