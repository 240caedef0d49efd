//! Tokens that say what they are for, and need no row of their own: reply addresses, ballots, confirmations,
//! unsubscribing, bounces (decision D18 of the forum's design).
//!
//! Formula: the first 26 characters (130 bits) of base32(HMAC-SHA256(key, purpose ‖ member ‖ object ‖ expiry)), each
//! field preceded by its length in four bytes, so that no two claims have the same message. A key belongs to an epoch;
//! two keys are valid at a time, the newest signs. A token is good for one purpose, one member and one object: a
//! forwarded notification lets its reader answer that one thread until it expires, not write as the member for ever.
//! Left out: single use, which the act that is asked for must hold (voting twice counts once anyway).

use crate::are_same;
use crate::token::hmac_sha256;
use data_encoding::BASE32_NOPAD;
use std::fmt;
use time::{Duration, OffsetDateTime};
use zeroize::Zeroize;

/// Characters of the signed part.
pub const MAC_LENGTH: usize = 26;
/// Between the parts of [`sign`]'s text: no id holds it, and it needs no escape in a link or an address.
const SEPARATOR: char = '~';

/// What a token lets its bearer do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Answer a thread by mail.
    Reply,
    /// Vote by mail on the statements of one mail.
    VoteBallot,
    /// Confirm a mail that could not be attributed, or an address.
    Confirm,
    /// Stop mail, without signing in (RFC 8058).
    Unsubscribe,
    /// Say which member a returned mail was for.
    Bounce,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Reply, Self::VoteBallot, Self::Confirm, Self::Unsubscribe, Self::Bounce];

    /// The word that is signed.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::VoteBallot => "vote-ballot",
            Self::Confirm => "confirm",
            Self::Unsubscribe => "unsubscribe",
            Self::Bounce => "bounce",
        }
    }

    /// How long such a token is good for. A ballot's is the time until the vote closes and a day more, which only the
    /// caller knows: none.
    pub fn lifetime(self) -> Option<Duration> {
        match self {
            Self::Reply => Some(Duration::days(60)),
            Self::VoteBallot => None,
            Self::Confirm => Some(Duration::days(1)),
            // Mail is kept for years; a way out that has expired is a complaint to the reader's mail provider.
            Self::Unsubscribe => Some(Duration::days(3 * 365)),
            Self::Bounce => Some(Duration::days(14)),
        }
    }
}

/// A signing key of one epoch. Wiped from memory when dropped, and not shown by `{:?}`.
#[derive(Clone)]
pub struct EpochKey([u8; 32]);

impl EpochKey {
    /// A key of these bytes, which must come from the system's random source.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for EpochKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EpochKey(…)")
    }
}

impl Drop for EpochKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// What a token claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What for.
    pub purpose: Purpose,
    /// The member's id; no `~` in it.
    pub member: String,
    /// The id of what it is about; may be empty.
    pub object: String,
    /// When it ends; whole seconds count.
    pub expires_at: OffsetDateTime,
}

/// Why a token was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It was good, and no longer is: say so and offer a new one.
    #[error("the token has expired")]
    Expired,
    /// Not ours, changed, for another purpose, or signed by a key that is gone.
    #[error("the token is not valid")]
    Invalid,
}

/// The signed part alone: 26 characters, `a` to `z` and `2` to `7`. For a place where the ids and the expiry stand
/// beside it or are stored.
pub fn mac(key: &EpochKey, claim: &Claim) -> String {
    let expiry = claim.expires_at.unix_timestamp().to_string();
    let mut message = b"whatworks purpose 1".to_vec();
    for field in [claim.purpose.code(), &claim.member, &claim.object, &expiry] {
        message.extend((field.len() as u32).to_be_bytes());
        message.extend(field.as_bytes());
    }
    let mut text = BASE32_NOPAD.encode(&hmac_sha256(&key.0, &message)).to_ascii_lowercase();
    text.truncate(MAC_LENGTH);
    text
}

/// Whether `presented` is the claim's [`mac`] under one of the keys, and the claim still holds.
///
/// # Errors
/// [`Refused::Invalid`] before [`Refused::Expired`]: only who holds a true token learns that it has expired.
pub fn verify_mac(
    keys: &[EpochKey],
    claim: &Claim,
    presented: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let presented = presented.to_ascii_lowercase();
    // Every key is tried whatever the first one says, so that the time does not tell the epoch.
    let matching =
        keys.iter().filter(|key| are_same(mac(key, claim).as_bytes(), presented.as_bytes())).count();
    match (matching > 0, now < claim.expires_at) {
        (false, _) => Err(Refused::Invalid),
        (true, false) => Err(Refused::Expired),
        (true, true) => Ok(()),
    }
}

/// The token with everything that is needed to check it, `MAC~EXPIRY~MEMBER~OBJECT`: for links and addresses. The
/// local part of an address holds 64 characters, so that there the ids must be short.
pub fn sign(key: &EpochKey, claim: &Claim) -> String {
    let expiry = claim.expires_at.unix_timestamp();
    format!("{}~{expiry}~{}~{}", mac(key, claim), claim.member, claim.object)
}

/// Reads and checks what [`sign`] made for this purpose, and says for whom and what.
///
/// # Errors
/// [`Refused`].
pub fn verify(
    keys: &[EpochKey],
    purpose: Purpose,
    token: &str,
    now: OffsetDateTime,
) -> Result<Claim, Refused> {
    let mut parts = token.trim().splitn(4, SEPARATOR);
    let mut next = || parts.next().ok_or(Refused::Invalid);
    let (presented, expiry, member, object) = (next()?, next()?, next()?, next()?);
    let expiry: i64 = expiry.parse().map_err(|_| Refused::Invalid)?;
    let expires_at = OffsetDateTime::from_unix_timestamp(expiry).map_err(|_| Refused::Invalid)?;
    let claim = Claim { purpose, member: member.to_owned(), object: object.to_owned(), expires_at };
    verify_mac(keys, &claim, presented, now)?;
    Ok(claim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

    fn key(byte: u8) -> EpochKey {
        EpochKey::from_bytes([byte; 32])
    }

    fn claim(purpose: Purpose) -> Claim {
        let expires_at = NOW + Duration::days(1);
        Claim { purpose, member: "m1".into(), object: "late-fees/3".into(), expires_at }
    }

    #[test]
    fn a_token_is_good_for_one_purpose_until_it_ends() {
        for purpose in Purpose::ALL {
            let token = sign(&key(1), &claim(purpose));
            assert_eq!(verify(&[key(1)], purpose, &token, NOW), Ok(claim(purpose)));
            let end = claim(purpose).expires_at;
            assert_eq!(verify(&[key(1)], purpose, &token, end), Err(Refused::Expired));
            for other in Purpose::ALL.into_iter().filter(|other| *other != purpose) {
                assert_eq!(verify(&[key(1)], other, &token, NOW), Err(Refused::Invalid));
            }
        }
    }

    #[test]
    fn the_last_epoch_still_counts_and_the_one_before_does_not() {
        let token = sign(&key(1), &claim(Purpose::Reply));
        assert!(verify(&[key(2), key(1)], Purpose::Reply, &token, NOW).is_ok());
        assert_eq!(verify(&[key(3), key(2)], Purpose::Reply, &token, NOW), Err(Refused::Invalid));
        assert_eq!(verify(&[], Purpose::Reply, &token, NOW), Err(Refused::Invalid));
    }

    #[test]
    fn any_change_undoes_it() {
        let token = sign(&key(1), &claim(Purpose::Reply));
        for position in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[position] = if bytes[position] == b'7' { b'6' } else { b'7' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(verify(&[key(1)], Purpose::Reply, &changed, NOW), Err(Refused::Invalid), "{changed}");
        }
        // A stranger with a changed expiry is told nothing about expiry.
        for bad in ["", "~~~", "a~b~c~d", "a~1~c", &token.replacen("~1", "~0", 1)] {
            assert_eq!(verify(&[key(1)], Purpose::Reply, bad, NOW), Err(Refused::Invalid), "{bad}");
        }
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        let one = Claim { member: "ab".into(), object: "c".into(), ..claim(Purpose::Reply) };
        let other = Claim { member: "a".into(), object: "bc".into(), ..claim(Purpose::Reply) };
        assert_ne!(mac(&key(1), &one), mac(&key(1), &other));
    }

    #[test]
    fn a_mail_program_may_change_the_case() {
        let signed = mac(&key(1), &claim(Purpose::Bounce));
        assert_eq!(signed.len(), MAC_LENGTH);
        assert_eq!(verify_mac(&[key(1)], &claim(Purpose::Bounce), &signed.to_uppercase(), NOW), Ok(()));
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_makes_it_fall_over(text in "\\PC{0,80}") {
            prop_assert_eq!(verify(&[key(1)], Purpose::Confirm, &text, NOW), Err(Refused::Invalid));
        }
    }
}
