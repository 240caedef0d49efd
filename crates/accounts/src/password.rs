//! Passwords: which are refused, how they are kept, whether one is right.
//!
//! Rules (NIST SP 800-63B §3.1.1, ASVS 5.0 V6.2): 8 to 128 characters of any kind, compared after Unicode composition
//! (NFC), so that é is one character whatever the keyboard made it of; no rules about kinds of characters, no expiry.
//! Refused: the 3,000 commonest of that length (`common-passwords.txt`), fewer than four different characters, one run
//! such as `12345678`, and names or words of the site that would leave fewer than eight characters of its own. Kept as
//! a PHC string of Argon2id with 32 MiB, 3 passes, 1 lane; OWASP's least is 19 MiB and 2 passes. 60 ms on
//! one core (measured): the caller runs it off the thread that answers, and few at a time. Left out: lists of leaked
//! passwords on the network.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use std::collections::BTreeSet;
use std::fmt;
use std::hint::black_box;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Fewest characters.
pub const MIN_LENGTH: usize = 8;
/// Most characters.
pub const MAX_LENGTH: usize = 128;
/// Most bytes that are looked at: what is longer cannot be 128 composed characters that anybody types.
const MAX_BYTES: usize = 4096;
/// Shortest word of the context that counts: shorter ones are in everything.
const MIN_CONTEXT_LENGTH: usize = 4;
/// Fewest different characters.
const MIN_DIFFERENT: usize = 4;

/// Memory in KiB.
const MEMORY: u32 = 32 * 1024;
/// Passes over it.
const PASSES: u32 = 3;
/// Lanes.
const LANES: u32 = 1;

/// The commonest passwords of at least eight characters, lower case, one a line.
const COMMON: &str = include_str!("../common-passwords.txt");

/// Why a password was refused when it was chosen. The page has a text for each; these are for logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Fewer than [`MIN_LENGTH`] characters.
    #[error("the password has {0} characters; {MIN_LENGTH} is the least")]
    TooShort(usize),
    /// More than [`MAX_LENGTH`] characters.
    #[error("the password has over {MAX_LENGTH} characters")]
    TooLong,
    /// One of the commonest.
    #[error("the password is among the commonest, which are tried first")]
    Common,
    /// Few different characters, or one run of neighbours.
    #[error("the password is one pattern, which is tried early")]
    Pattern,
    /// Little more than a word that anyone who knows the member or the site would try: this one.
    #[error("the password is little more than “{0}”, which is easily guessed")]
    Context(String),
}

/// What is stored could not be read or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored password hash is not an Argon2 hash that can be checked")]
pub struct Unreadable;

/// A password, composed, wiped from memory when dropped and not shown by `{:?}`.
pub struct Password(Zeroizing<String>);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl Password {
    /// A password that someone chooses. `context` holds whatever an acquaintance would try: name, address,
    /// organisation, the site's name and host; it is cut into words here.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn choose(typed: &str, context: &[&str]) -> Result<Self, Fault> {
        let password = Self::typed(typed).ok_or(Fault::TooLong)?;
        let length = password.0.chars().count();
        if length < MIN_LENGTH {
            return Err(Fault::TooShort(length));
        }
        let lower = Zeroizing::new(password.0.to_lowercase());
        if COMMON.lines().any(|common| common == lower.as_str()) {
            return Err(Fault::Common);
        }
        if is_pattern(&lower) {
            return Err(Fault::Pattern);
        }
        if let Some(word) = easy_word(&lower, context) {
            return Err(Fault::Context(word));
        }
        Ok(password)
    }

    /// A password that someone signs in with. None when it is longer than any that could have been chosen.
    pub fn typed(typed: &str) -> Option<Self> {
        if typed.len() > MAX_BYTES {
            return None;
        }
        let composed: Zeroizing<String> = Zeroizing::new(typed.nfc().collect());
        (composed.chars().count() <= MAX_LENGTH).then_some(Self(composed))
    }

    /// The PHC string to store. `salt` must come from the system's random source.
    ///
    /// # Errors
    /// [`Unreadable`] when there is no memory for it.
    pub fn hash(&self, salt: [u8; 16]) -> Result<String, Unreadable> {
        let hash = hasher()?.hash_password_with_salt(self.0.as_bytes(), &salt).map_err(|_| Unreadable)?;
        Ok(hash.to_string())
    }

    /// Whether this is the password of a stored PHC string, with the parameters that the string names.
    ///
    /// # Errors
    /// [`Unreadable`] when `phc` is no Argon2 hash: a fault of ours, not a wrong password.
    pub fn verify(&self, phc: &str) -> Result<bool, Unreadable> {
        let stored = PasswordHash::new(phc).map_err(|_| Unreadable)?;
        match Argon2::default().verify_password(self.0.as_bytes(), &stored) {
            Ok(()) => Ok(true),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(_) => Err(Unreadable),
        }
    }

    /// Takes as long as [`Password::verify`], for a member who is unknown or has no password: an answer that comes
    /// sooner tells who is a member.
    pub fn spend(&self) {
        let _ = black_box(self.hash(*b"nobody's salt 16"));
    }
}

/// Whether a stored PHC string is weaker than what is made now: then hash again, right after the password was verified.
pub fn needs_rehash(phc: &str) -> bool {
    let Ok(stored) = PasswordHash::new(phc) else { return true };
    let Ok(params) = Params::try_from(&stored) else { return true };
    stored.algorithm != Algorithm::Argon2id.ident()
        || stored.version != Some(Version::V0x13.into())
        || params.m_cost() < MEMORY
        || params.t_cost() < PASSES
}

fn hasher() -> Result<Argon2<'static>, Unreadable> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| Unreadable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Fewer than four different characters, or each the neighbour of the one before in the same direction.
fn is_pattern(lower: &str) -> bool {
    let characters: Vec<u32> = lower.chars().map(u32::from).collect();
    let different: BTreeSet<u32> = characters.iter().copied().collect();
    let is_run =
        |step: i64| characters.windows(2).all(|pair| i64::from(pair[1]) - i64::from(pair[0]) == step);
    different.len() < MIN_DIFFERENT || is_run(1) || is_run(-1)
}

/// The word of the context without which too little of the password is left: longest words first, all taken out.
fn easy_word(lower: &str, context: &[&str]) -> Option<String> {
    let composed: String = context.join(" ").nfc().collect::<String>().to_lowercase();
    let mut words: Vec<&str> = composed
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= MIN_CONTEXT_LENGTH)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut rest = Zeroizing::new(lower.to_owned());
    let mut found: Option<&str> = None;
    for word in words {
        if rest.contains(word) {
            rest = Zeroizing::new(rest.replace(word, ""));
            found = found.or(Some(word));
        }
    }
    found.filter(|_| rest.chars().count() < MIN_LENGTH).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CONTEXT: [&str; 3] = ["Amina Kérékou", "amina@microbank.example", "What works"];

    fn fault(typed: &str) -> Option<Fault> {
        Password::choose(typed, &CONTEXT).err()
    }

    #[test]
    fn length_is_counted_in_composed_characters() {
        assert_eq!(fault("abc def"), Some(Fault::TooShort(7)));
        // Seven letters, one written as e and an accent.
        assert_eq!(fault("cafe\u{301} pq"), Some(Fault::TooShort(7)));
        assert_eq!(fault("मुझे चाय पसंद है"), None);
        let longest: String = "0123456789éßж ".chars().cycle().take(128).collect();
        assert_eq!(fault(&longest), None);
        assert_eq!(fault(&format!("{longest}x")), Some(Fault::TooLong));
        assert_eq!(fault(&"x".repeat(1_000_000)), Some(Fault::TooLong));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for common in ["Password", "trustno1", "QWERTYuiop", "sunshine", "iloveyou"] {
            assert_eq!(fault(common), Some(Fault::Common), "{common}");
        }
        for pattern in ["aaaaaaaaaaaa", "abababab", "12345678", "hgfedcba", "23456789"] {
            assert_eq!(fault(pattern), Some(Fault::Pattern), "{pattern}");
        }
        for (own, word) in [
            ("amina2024", "amina"),
            ("Microbank1!", "microbank"),
            ("AminaKérékou84", "kérékou"),
            ("works-12", "works"),
        ] {
            assert_eq!(fault(own), Some(Fault::Context(word.into())), "{own}");
        }
        assert_eq!(fault("amina sells blue bicycles"), None);
    }

    #[test]
    fn the_list_is_of_passwords_that_only_it_refuses() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert_eq!(lines.len(), 3000);
        assert!(lines.is_sorted());
        for line in lines {
            assert_eq!(Password::choose(line, &[]).err(), Some(Fault::Common), "{line}");
        }
    }

    #[test]
    fn a_stored_password_is_recognised_however_it_was_composed() {
        let phc = Password::choose("un café bien chaud", &[]).unwrap().hash([7; 16]).unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=32768,t=3,p=1$"), "{phc}");
        assert_eq!(Password::typed("un cafe\u{301} bien chaud").unwrap().verify(&phc), Ok(true));
        assert_eq!(Password::typed("un cafe bien chaud").unwrap().verify(&phc), Ok(false));
        assert!(!needs_rehash(&phc));
        assert!(!format!("{:?}", Password::typed("un café").unwrap()).contains("caf"));
    }

    /// A PHC string of the reference program: `echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1` (its
    /// README and test vectors, version 19).
    #[test]
    fn the_reference_programs_hash_is_verified() {
        let phc = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assert_eq!(Password::typed("password").unwrap().verify(phc), Ok(true));
    }

    #[test]
    fn weaker_hashes_are_made_again() {
        let weak = "c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        for start in [
            "$argon2id$v=19$m=19456,t=3,p=1$",
            "$argon2id$v=19$m=65536,t=2,p=1$",
            "$argon2i$v=19$m=65536,t=3,p=1$",
        ] {
            assert!(needs_rehash(&format!("{start}{weak}")), "{start}");
        }
        assert!(needs_rehash("") && needs_rehash("$2b$10$abc"));
        assert_eq!(Password::typed("x").unwrap().verify("$2b$10$abc"), Err(Unreadable));
    }

    proptest! {
        #[test]
        fn anything_typed_is_taken_or_refused(typed in "\\PC{0,200}", name in "\\PC{0,30}") {
            if let Ok(password) = Password::choose(&typed, &[&name]) {
                let length = password.0.chars().count();
                prop_assert!((MIN_LENGTH..=MAX_LENGTH).contains(&length));
            }
        }
    }
}
