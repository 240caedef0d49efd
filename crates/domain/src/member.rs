//! People of the commons: who they are, what they may hold, how far they are trusted.
//!
//! Rules: an address is compared in lower case; a role with power needs a second factor; trust follows from approved
//! posts and upheld flags, never from reading, because most members write by mail and would never rise. Left out: how
//! a person proves who they are, and where any of this is kept.

use std::fmt;

/// Longest name, in characters.
pub const MAX_NAME_LENGTH: usize = 80;
/// Longest address (RFC 5321 §4.5.3.1.3 less the angle brackets), in bytes.
pub const MAX_ADDRESS_LENGTH: usize = 254;

/// Why a member's name or address was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MemberError {
    /// No name.
    #[error("a name is needed")]
    NoName,
    /// A name over [`MAX_NAME_LENGTH`].
    #[error("the name has {0} characters; {MAX_NAME_LENGTH} is the most")]
    LongName(usize),
    /// Not an address that mail could reach.
    #[error("“{0}” is not a mail address")]
    Address(String),
}

/// A mail address, trimmed and in lower case, so that one person has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailAddress(String);

impl MailAddress {
    /// Reads an address: one `@`, a plain local part, a host with a dot (or `localhost`), no space, comma, quote or
    /// bracket. Narrower than RFC 5321 on purpose: quoted local parts and address literals reach nobody who asks to
    /// join and are how display-name tricks begin.
    ///
    /// # Errors
    /// [`MemberError::Address`].
    pub fn new(text: &str) -> Result<Self, MemberError> {
        let address = text.trim().to_lowercase();
        let refused = || MemberError::Address(text.chars().filter(|c| !c.is_control()).take(80).collect());
        let Some((local, host)) = address.split_once('@') else { return Err(refused()) };
        let is_local = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let is_label = |label: &str| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        let hosted = host.split('.').all(is_label) && (host.contains('.') || host == "localhost");
        let whole = !local.is_empty() && local.len() <= 64 && address.len() <= MAX_ADDRESS_LENGTH;
        if !whole || dots || !local.chars().all(is_local) || !hosted {
            return Err(refused());
        }
        Ok(Self(address))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A name as it is shown: trimmed, single spaces, no control or direction-changing characters.
///
/// # Errors
/// [`MemberError::NoName`] or [`MemberError::LongName`].
pub fn member_name(text: &str) -> Result<String, MemberError> {
    let kept = |c: &char| !c.is_control() && !is_direction_mark(*c);
    let name = text.split_whitespace().map(|word| word.chars().filter(kept).collect::<String>());
    let name = name.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err(MemberError::NoName),
        length if length > MAX_NAME_LENGTH => Err(MemberError::LongName(length)),
        _ => Ok(name),
    }
}

/// Characters that change the direction of the text after them (Unicode 15, Bidi_Control).
pub(crate) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The word in tables and addresses.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
            /// The value of a word; none for any other text.
            pub fn find(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::member::UnknownWord;
            fn try_from(code: String) -> Result<Self, Self::Error> {
                Self::find(&code).ok_or($crate::member::UnknownWord(code))
            }
        }
    };
}
pub(crate) use words;

/// A word that stands for nothing, where a table holds one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” stands for nothing")]
pub struct UnknownWord(pub String);

words! {
    /// What a member may do beyond reading, posting and voting. Every active member has [`Role::Member`].
    Role {
        /// Reads, posts, votes.
        Member = "member",
        /// Opens questions, moderates them, writes their summaries.
        Facilitator = "facilitator",
        /// Writes guidance and claims.
        Editor = "editor",
        /// Answers, and is shown as someone who knows the field. No power over others.
        Expert = "expert",
        /// Members, roles, organisations, operating.
        Steward = "steward",
    }
}

impl Role {
    /// Whether the role has power over other people's words or data, and so needs a second factor.
    pub fn has_power(self) -> bool {
        matches!(self, Self::Facilitator | Self::Editor | Self::Steward)
    }
}

words! {
    /// Where a member is in the life of an account.
    MemberStatus {
        /// Asked to join; a steward decides.
        Requested = "requested",
        /// May sign in.
        Active = "active",
        /// May not sign in; what was written stays.
        Disabled = "disabled",
        /// Left, and was forgotten.
        Erased = "erased",
    }
}

words! {
    /// The kind of an organisation.
    OrganisationKind {
        /// A member of the consortium.
        ConsortiumMember = "consortium-member",
        /// An institution that lends or takes savings.
        Institution = "institution",
        /// A network.
        Network = "network",
        /// A donor or investor.
        Donor = "donor",
    }
}

words! {
    /// How often a member gets mail about a discussion.
    Delivery {
        /// Each post.
        Each = "each",
        /// Once a day.
        Daily = "daily",
        /// Once a week.
        Weekly = "weekly",
        /// Summaries only.
        Summary = "summary",
        /// Nothing.
        None = "none",
    }
}

/// What a member's standing rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrustHistory {
    /// Posts that were approved, or shown and never taken down.
    pub approved_posts: u64,
    /// Different days on which they were written (UTC).
    pub approved_days: u64,
    /// Flags on the member's posts that were upheld, ever.
    pub upheld_flags: u64,
    /// Of these, in the last 90 days.
    pub upheld_flags_lately: u64,
    /// Whether the member's organisation vouched.
    pub is_vouched: bool,
    /// Whether the member is a facilitator or an expert by appointment.
    pub is_appointed: bool,
}

words! {
    /// How far a member is trusted (decision D25 of the forum's design).
    Trust {
        /// Every post is read before it is shown.
        New = "new",
        /// One post approved, or vouched for by an organisation.
        Known = "known",
        /// Five approved posts on three days, no upheld flag.
        Trusted = "trusted",
        /// By appointment.
        Appointed = "appointed",
    }
}

impl Trust {
    /// The standing that a history gives. Two upheld flags within 90 days cost one step, whatever it was.
    pub fn of(history: &TrustHistory) -> Self {
        let earned = if history.is_appointed {
            3
        } else if history.approved_posts >= 5 && history.approved_days >= 3 && history.upheld_flags == 0 {
            2
        } else {
            usize::from(history.approved_posts >= 1 || history.is_vouched)
        };
        let kept = if history.upheld_flags_lately >= 2 { earned.saturating_sub(1) } else { earned };
        Self::ALL.get(kept).copied().unwrap_or(Self::New)
    }

    /// Whether a post waits for a facilitator before it is shown.
    pub fn is_read_first(self) -> bool {
        self == Self::New
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_has_one_address_and_tricks_have_none() {
        assert_eq!(MailAddress::new("  Amina.K@Example.ORG ").unwrap().as_str(), "amina.k@example.org");
        for bad in [
            "",
            "a",
            "@b.org",
            "a@",
            "a@b",
            "a b@c.org",
            "a@b@c.org",
            "\"a@member.org <b\"@evil.org",
            "a@[127.0.0.1]",
            "a@b..org",
            "a..b@c.org",
            "a@b.org\nBcc: c@d.org",
            "<a@b.org>",
            "a@-b.org",
            "a,b@c.org",
        ] {
            assert!(MailAddress::new(bad).is_err(), "{bad}");
        }
        assert!(MailAddress::new(&format!("{}@b.org", "a".repeat(65))).is_err());
    }

    #[test]
    fn a_name_cannot_turn_the_line_around() {
        assert_eq!(member_name("  Amina \u{202e} K.\n").unwrap(), "Amina K.");
        assert_eq!(member_name(" \u{200f} "), Err(MemberError::NoName));
        assert_eq!(member_name(&"x".repeat(81)), Err(MemberError::LongName(81)));
    }

    #[test]
    fn trust_is_earned_by_posts_and_lost_by_upheld_flags() {
        let mut history = TrustHistory::default();
        assert_eq!(Trust::of(&history), Trust::New);
        history.is_vouched = true;
        assert_eq!(Trust::of(&history), Trust::Known);
        history = TrustHistory { approved_posts: 5, approved_days: 2, ..TrustHistory::default() };
        assert_eq!(Trust::of(&history), Trust::Known);
        history.approved_days = 3;
        assert_eq!(Trust::of(&history), Trust::Trusted);
        history.upheld_flags = 1;
        assert_eq!(Trust::of(&history), Trust::Known);
        (history.upheld_flags, history.upheld_flags_lately) = (2, 2);
        assert_eq!(Trust::of(&history), Trust::New);
        history.is_appointed = true;
        assert_eq!(Trust::of(&history), Trust::Trusted);
    }

    #[test]
    fn power_is_told_apart() {
        let powerful: Vec<&str> =
            Role::ALL.iter().filter(|role| role.has_power()).map(|role| role.code()).collect();
        assert_eq!(powerful, ["facilitator", "editor", "steward"]);
        assert_eq!(Role::find("steward"), Some(Role::Steward));
        assert_eq!(Role::find("Steward"), None);
    }
}
