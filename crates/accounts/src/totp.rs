//! One-time codes from an authenticator app, as the second factor beside a password.
//!
//! Formula: RFC 6238 with SHA-1, six digits, steps of 30 seconds, a secret of 160 bits: what every such app can do. A
//! code counts once (RFC 6238 §5.2): the step it belonged to is stored, and only a later one is accepted. The current
//! step's code counts, and the last one's for five seconds more, for slow fingers; a written deviation from ASVS 5.0,
//! 6.5.5, which allows 30 seconds. Five wrong codes in a quarter of an hour are enough ([`MAX_TRIES`], counted by the
//! caller). Left out: the picture of the secret; it is typed, or followed as a link on the same device.

use crate::typed_digits;
use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;
use time::{Duration, OffsetDateTime};
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::{Zeroize, Zeroizing};

/// Seconds of one step.
pub const STEP_SECONDS: u64 = 30;
/// How long the last step's code counts beside the current one, in seconds.
pub const SLACK_SECONDS: u64 = 5;
/// Digits of a code.
pub const DIGITS: u8 = 6;
/// Wrong codes within [`TRIES_WITHIN`] after which no code is looked at.
pub const MAX_TRIES: u32 = 5;
/// The window of [`MAX_TRIES`].
pub const TRIES_WITHIN: Duration = Duration::minutes(15);

/// The secret that an app and this site share. It cannot be stored as a hash, since it is needed at each check: the
/// caller stores [`Secret::text`] encrypted or well guarded. Wiped from memory when dropped; not shown by `{:?}`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 20]);

impl Secret {
    /// A secret of these bytes, which must come from the system's random source.
    pub fn from_bytes(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    /// The secret as base32, 32 characters: for storing, and what apps read.
    pub fn text(&self) -> String {
        BASE32_NOPAD.encode(&self.0)
    }

    /// Reads [`Secret::text`], with or without spaces and in either case.
    pub fn read(text: &str) -> Option<Self> {
        let letters: Zeroizing<String> =
            Zeroizing::new(text.split_whitespace().collect::<String>().to_ascii_uppercase());
        let bytes = Zeroizing::new(BASE32_NOPAD.decode(letters.as_bytes()).ok()?);
        <[u8; 20]>::try_from(bytes.as_slice()).ok().map(Self)
    }

    /// The secret to type into an app: eight groups of four characters.
    pub fn text_to_type(&self) -> String {
        let text = Zeroizing::new(self.text());
        let groups: Vec<&str> =
            text.as_bytes().chunks(4).filter_map(|group| str::from_utf8(group).ok()).collect();
        groups.join(" ")
    }

    /// The address that an app on the same device opens, `otpauth://totp/SITE:ACCOUNT?secret=…` (Google's Key Uri
    /// Format). A colon in either name would end it early and is left out.
    pub fn uri(&self, site: &str, account: &str) -> String {
        let encoded = |name: &str| utf8_percent_encode(&name.replace(':', ""), NON_ALPHANUMERIC).to_string();
        let (site, account) = (encoded(site), encoded(account));
        format!(
            "otpauth://totp/{site}:{account}?secret={}&issuer={site}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}",
            self.text()
        )
    }

    /// The step that a typed code proves at `now`, to be stored as the new `last_step` in the same act (only if the
    /// stored one is still smaller). None when the code is wrong, too old, or of a step at or before `last_step`.
    /// `last_step` is 0 for a secret that was never used.
    pub fn check(&self, typed: &str, last_step: u64, now: OffsetDateTime) -> Option<u64> {
        let code = Zeroizing::new(typed_digits(typed).filter(|digits| digits.len() == usize::from(DIGITS))?);
        let seconds = u64::try_from(now.unix_timestamp()).ok()?;
        let current = seconds / STEP_SECONDS;
        let previous = current.checked_sub(1).filter(|_| seconds % STEP_SECONDS < SLACK_SECONDS);
        let generator = self.generator();
        [Some(current), previous]
            .into_iter()
            .flatten()
            .filter(|step| *step > last_step)
            .find(|step| generator.check(&code, step * STEP_SECONDS).is_some())
    }

    fn generator(&self) -> Totp {
        // "Noncompliant" skips only the checks of lengths, which the types here hold already.
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(0)
            .with_step_duration(STEP_SECONDS)
            .with_secret(self.0)
            .build_noncompliant()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// RFC 6238, appendix B: seconds and the SHA-1 code, of which the last six digits are ours.
    const VECTORS: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    fn secret() -> Secret {
        Secret::from_bytes(*b"12345678901234567890")
    }

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(seconds).unwrap()
    }

    #[test]
    fn the_vectors_of_rfc_6238() {
        for (seconds, code) in VECTORS {
            assert_eq!(secret().check(code, 0, at(seconds)), Some(seconds as u64 / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_once() {
        let (seconds, code) = VECTORS[3];
        let step = secret().check(code, 0, at(seconds)).unwrap();
        assert_eq!(secret().check(code, step, at(seconds)), None);
        assert_eq!(secret().check(code, step - 1, at(seconds)), Some(step));
        // The next code of the same device counts after it.
        let next = secret().generator().generate((step + 1) * 30).to_string();
        assert_eq!(secret().check(&next, step, at(seconds + 30)), Some(step + 1));
    }

    #[test]
    fn the_last_code_counts_for_five_seconds_and_the_next_one_never() {
        let (seconds, code) = VECTORS[3];
        let start = seconds / 30 * 30;
        let check = |second| secret().check(code, 0, at(second)).is_some();
        assert!(!check(start - 1));
        assert!(check(start) && check(start + 29) && check(start + 30) && check(start + 34));
        assert!(!check(start + 35));
    }

    #[test]
    fn a_code_is_read_as_typed() {
        let (seconds, _) = VECTORS[3];
        for typed in ["005 924", "٠٠٥٩٢٤", " 005924\n"] {
            assert!(secret().check(typed, 0, at(seconds)).is_some(), "{typed}");
        }
        for typed in ["", "5924", "0059240", "89005924", "00592a"] {
            assert_eq!(secret().check(typed, 0, at(seconds)), None, "{typed}");
        }
        assert_eq!(secret().check("005924", 0, at(-1)), None);
    }

    #[test]
    fn the_secret_goes_into_an_app_by_hand_or_as_a_link() {
        assert_eq!(secret().text_to_type(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret().uri("What works: SPM", "amina@b.example"),
            "otpauth://totp/What%20works%20SPM:amina%40b%2Eexample?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=What%20works%20SPM&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{:?}", secret()), "Secret(…)");
    }

    proptest! {
        #[test]
        fn a_secret_reads_back(bytes: [u8; 20]) {
            let secret = Secret::from_bytes(bytes);
            prop_assert_eq!(Secret::read(&secret.text()), Some(secret.clone()));
            prop_assert_eq!(Secret::read(&secret.text_to_type().to_lowercase()), Some(secret));
        }
    }
}
