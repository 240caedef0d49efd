//! What members are told by mail: each kind with the fields that its text mentions. The one list of both.
//!
//! Rule: a notice is queued as its kind and a JSON object (`outgoing_mail.kind`, `outgoing_mail.body`) in the
//! transaction of the act that it follows from; whoever sends it reads it back with [`Notice::read`] and puts it into
//! words in the mail's language. Paths are of this site and begin with a slash. Left out: the words.

mod discussion;

pub use discussion::DiscussionNotice;
pub(crate) use discussion::{post_path, question_path, reach, statement_path};

use crate::random::{Random, new_id};
use serde::{Deserialize, Serialize};
use whatworks_store::{NewMail, StoredMember};

/// Where a sign-in link leads; its token follows.
pub const SIGN_IN_PATH: &str = "/sign-in/link/";
/// Where an invitation leads; its token follows.
pub const INVITATION_PATH: &str = "/invitations/";
/// Where a steward decides on a member; the id follows.
pub const MEMBER_PATH: &str = "/members/";

/// A notice. Its kind is the variant's name in kebab-case, such as `sign-in`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Notice {
    /// A link to sign in. Worth nothing after `expires_at` (seconds since 1970): then it need not be sent.
    SignIn {
        /// Path of the link.
        link_path: String,
        /// Six digits, for a mail read on another device.
        code: String,
        /// How long both are good for.
        minutes: i64,
        /// When both end, in seconds since 1970.
        expires_at: i64,
    },
    /// Someone asked to join with the address of a member.
    AlreadyMember,
    /// A request to join is with the stewards.
    RequestReceived {
        /// The name that was given.
        name: String,
    },
    /// To a steward: a request waits.
    RequestWaiting {
        /// Who asks.
        name: String,
        /// Where to decide.
        member_path: String,
    },
    /// The request was accepted.
    RequestAccepted {
        /// The member's name.
        name: String,
    },
    /// The request was declined.
    RequestDeclined {
        /// The name that was given.
        name: String,
    },
    /// An invitation.
    Invited {
        /// Path of the invitation.
        link_path: String,
        /// Name of the steward who invites.
        by: String,
        /// How long it is good for.
        days: i64,
    },
    /// A role was given.
    RoleGranted {
        /// Code of the role.
        role: String,
        /// Name of the steward who gave it.
        by: String,
    },
    /// A role was taken.
    RoleTaken {
        /// Code of the role.
        role: String,
    },
    /// The account may no longer sign in.
    Disabled,
    /// The account may sign in again.
    Enabled,
    /// Something that proves who the member is was added or taken away.
    FactorChanged {
        /// What happened: see [`FactorChange::code`].
        change: String,
    },
    /// A passkey was shown that may be a copy, and was refused.
    PasskeyCopied {
        /// What the member calls it.
        name: String,
    },
    /// Everything that the member has given was taken out.
    TakenOut,
    /// The account was erased.
    Erased,
    /// About a discussion or a claim: the kind is that of the notice inside.
    #[serde(untagged)]
    Discussion(DiscussionNotice),
}

/// What happened to a member's factors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorChange {
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// A password was set or changed.
    PasswordSet,
    /// The password was removed, with any codes.
    PasswordRemoved,
    /// One-time codes were set up.
    CodesSetUp,
    /// One-time codes were removed.
    CodesRemoved,
    /// New recovery codes were made.
    RecoveryCodesMade,
}

impl FactorChange {
    /// The word for it, in mails and in the record.
    pub fn code(self) -> &'static str {
        match self {
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::PasswordSet => "password-set",
            Self::PasswordRemoved => "password-removed",
            Self::CodesSetUp => "codes-set-up",
            Self::CodesRemoved => "codes-removed",
            Self::RecoveryCodesMade => "recovery-codes-made",
        }
    }
}

impl Notice {
    /// Reads a queued notice; none when this version does not know its kind, or fields are missing.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    /// Whether a person waits for it.
    pub fn is_urgent(&self) -> bool {
        matches!(self, Self::SignIn { .. })
    }

    /// The mail of this notice to a member or, with no id, to an address.
    pub(crate) fn mail(&self, to: &Addressee, random: Random<'_>) -> NewMail {
        let mail_id = new_id(random);
        // A plain enum of texts and numbers always has a JSON form.
        let body = serde_json::to_value(self).unwrap_or_default();
        NewMail {
            once: mail_id.clone(),
            mail_id,
            member_id: to.member_id.clone(),
            address: to.address.clone(),
            kind: body["kind"].as_str().unwrap_or_default().to_owned(),
            language: to.language.clone(),
            body: body.to_string(),
            is_urgent: self.is_urgent(),
        }
    }
}

/// Whom a notice is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Addressee {
    pub(crate) member_id: Option<String>,
    pub(crate) address: String,
    pub(crate) language: String,
}

impl Addressee {
    /// A member; none without an address.
    pub(crate) fn member(member: &StoredMember) -> Option<Self> {
        Some(Self { member_id: Some(member.member_id.clone()), ..Self::stranger(member)? })
    }

    /// Someone who is not, or no longer, a member, by what is known of them.
    pub(crate) fn stranger(member: &StoredMember) -> Option<Self> {
        let address = member.address.clone()?;
        Some(Self { member_id: None, address, language: member.profile.language.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_reads_back_and_names_its_kind() {
        let mut random = || [7; 32];
        let to = Addressee { member_id: None, address: "a@b.org".into(), language: "fr".into() };
        for (notice, kind, is_urgent) in [
            (
                Notice::SignIn { link_path: "/x".into(), code: "012345".into(), minutes: 10, expires_at: 1 },
                "sign-in",
                true,
            ),
            (Notice::AlreadyMember, "already-member", false),
            (Notice::RoleGranted { role: "editor".into(), by: "Léa".into() }, "role-granted", false),
        ] {
            let mail = notice.mail(&to, &mut random);
            assert_eq!((mail.kind.as_str(), mail.is_urgent), (kind, is_urgent));
            assert_eq!(Notice::read(&mail.body), Some(notice));
        }
        assert_eq!(Notice::read("{\"kind\":\"other\"}"), None);
        assert_eq!(Notice::read("{\"kind\":\"sign-in\"}"), None);
    }
}
