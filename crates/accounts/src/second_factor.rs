//! How far a proof carries: which is enough to sign in, and which to use a role with power.
//!
//! Rules: a role with power (facilitator, editor, steward) wants a passkey, or a password with a one-time or recovery
//! code. A link by mail signs a member in and is no factor (ASVS 5.0, 6.3.6): mail with a code is not enough, mail with
//! password and code is. A password alone signs in only who has no one-time codes. A first factor may be added in a
//! weak session; another only in one that showed a factor just now, or whoever reads a member's mail would add one of
//! their own. For the same reason a role with power is given only to who holds a factor already ([`Held::is_enough`]).

use std::collections::BTreeSet;

/// What was shown since signing in began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// A link or code by mail.
    Mail,
    /// A passkey, which asked for the person's finger, face or PIN.
    Passkey,
    /// The password.
    Password,
    /// A one-time code.
    OneTimeCode,
    /// A recovery code.
    RecoveryCode,
}

/// What a member has set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// At least one passkey.
    pub passkey: bool,
    /// A password.
    pub password: bool,
    /// One-time codes, confirmed by a first one.
    pub one_time_codes: bool,
}

impl Held {
    /// Whether the member can show a second factor, and so may be given a role with power.
    pub fn is_enough(self) -> bool {
        self.passkey || (self.password && self.one_time_codes)
    }
}

/// What follows from what was shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Not signed in: nothing shown that names a member.
    Nothing,
    /// Not signed in yet: the password was right, and a one-time or recovery code is wanted.
    CodeWanted,
    /// Signed in, without powers, and there is nothing more to do.
    Weak,
    /// Signed in, without powers: a second factor has to be shown for them.
    WeakShowFactor,
    /// Signed in, without powers: a second factor has to be set up for them.
    WeakSetUpFactor,
    /// Signed in, with powers.
    Strong,
}

impl Verdict {
    /// Whether a session is opened.
    pub fn is_signed_in(self) -> bool {
        !matches!(self, Self::Nothing | Self::CodeWanted)
    }

    /// Whether it is strong ([`crate::session::Session::strong_at`]).
    pub fn is_strong(self) -> bool {
        self == Self::Strong
    }
}

/// What the proofs are worth for a member who holds these factors and a role with power or none.
pub fn judge(shown: &BTreeSet<Proof>, held: Held, has_power: bool) -> Verdict {
    let has = |proof| shown.contains(&proof);
    let has_code = has(Proof::OneTimeCode) || has(Proof::RecoveryCode);
    if has(Proof::Passkey) || (has(Proof::Password) && has_code) {
        return Verdict::Strong;
    }
    if has(Proof::Password) && held.one_time_codes && !has(Proof::Mail) {
        return Verdict::CodeWanted;
    }
    if !has(Proof::Password) && !has(Proof::Mail) {
        return Verdict::Nothing;
    }
    match (has_power, held.is_enough()) {
        (false, _) => Verdict::Weak,
        (true, true) => Verdict::WeakShowFactor,
        (true, false) => Verdict::WeakSetUpFactor,
    }
}

/// Whether a factor may be added, changed or taken away in a session: the first one in any, others only when a factor
/// was just shown in it ([`crate::session::is_fresh`]).
pub fn may_change_factors(held: Held, is_fresh: bool) -> bool {
    is_fresh || !held.is_enough()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Held = Held { passkey: false, password: false, one_time_codes: false };
    const PASSKEY: Held = Held { passkey: true, password: false, one_time_codes: false };
    const PASSWORD: Held = Held { passkey: false, password: true, one_time_codes: false };
    const BOTH: Held = Held { passkey: false, password: true, one_time_codes: true };

    fn judged(shown: &[Proof], held: Held, has_power: bool) -> Verdict {
        judge(&shown.iter().copied().collect(), held, has_power)
    }

    #[test]
    fn mail_signs_in_and_gives_no_power() {
        assert_eq!(judged(&[Proof::Mail], NONE, false), Verdict::Weak);
        assert_eq!(judged(&[Proof::Mail], NONE, true), Verdict::WeakSetUpFactor);
        assert_eq!(judged(&[Proof::Mail], PASSWORD, true), Verdict::WeakSetUpFactor);
        for held in [PASSKEY, BOTH] {
            assert_eq!(judged(&[Proof::Mail], held, true), Verdict::WeakShowFactor);
            assert_eq!(judged(&[Proof::Mail, Proof::OneTimeCode], held, true), Verdict::WeakShowFactor);
        }
    }

    #[test]
    fn a_passkey_or_password_and_code_give_power() {
        for shown in [
            &[Proof::Passkey][..],
            &[Proof::Password, Proof::OneTimeCode],
            &[Proof::Password, Proof::RecoveryCode],
            &[Proof::Mail, Proof::Password, Proof::OneTimeCode],
            &[Proof::Mail, Proof::Passkey],
        ] {
            assert_eq!(judged(shown, BOTH, true), Verdict::Strong, "{shown:?}");
        }
    }

    #[test]
    fn a_password_alone_signs_in_only_without_one_time_codes() {
        assert_eq!(judged(&[Proof::Password], PASSWORD, false), Verdict::Weak);
        assert_eq!(judged(&[Proof::Password], PASSWORD, true), Verdict::WeakSetUpFactor);
        assert_eq!(judged(&[Proof::Password], BOTH, false), Verdict::CodeWanted);
        assert!(!Verdict::CodeWanted.is_signed_in());
    }

    #[test]
    fn a_code_alone_is_nothing() {
        for shown in [&[][..], &[Proof::OneTimeCode], &[Proof::RecoveryCode]] {
            assert_eq!(judged(shown, BOTH, true), Verdict::Nothing, "{shown:?}");
        }
    }

    /// Over everything that can be shown and held: power never without a passkey or a password.
    #[test]
    fn no_set_of_proofs_without_passkey_or_password_is_strong() {
        let weak = [Proof::Mail, Proof::OneTimeCode, Proof::RecoveryCode];
        for mask in 0..8_u8 {
            let shown: Vec<Proof> = weak
                .iter()
                .enumerate()
                .filter(|(bit, _)| mask & (1 << bit) != 0)
                .map(|(_, proof)| *proof)
                .collect();
            for held in [NONE, PASSKEY, PASSWORD, BOTH] {
                assert!(!judged(&shown, held, true).is_strong(), "{shown:?} {held:?}");
            }
        }
    }

    #[test]
    fn who_reads_the_mail_cannot_add_a_factor_beside_one() {
        assert!(may_change_factors(NONE, false) && may_change_factors(PASSWORD, false));
        assert!(!may_change_factors(PASSKEY, false) && !may_change_factors(BOTH, false));
        assert!(may_change_factors(BOTH, true));
    }
}
