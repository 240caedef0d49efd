//! Who may do what: one table, read by every act and by the test that tries every route as everybody.
//!
//! Rule: an act names what it needs; a verdict follows from the actor, the act and how the actor stands to the
//! object. A role with power counts only in a session that a second factor opened. Left out: rules about time (a
//! discussion that is closed) and content, which belong to the act.

use std::collections::BTreeSet;
use whatworks_domain::member::Role;

/// A member who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The member.
    pub member_id: String,
    /// Roles held, whatever the session.
    pub roles: BTreeSet<Role>,
    /// Whether a second factor opened the session.
    pub is_strong: bool,
}

impl Actor {
    /// Whether the role is held; says nothing about the session.
    pub fn holds(&self, role: Role) -> bool {
        role == Role::Member || self.roles.contains(&role)
    }
}

/// How the actor stands to the object of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// There is no object, or none that belongs to anybody.
    None,
    /// The actor's own: wrote it, or is it.
    Own,
    /// Somebody else's.
    Other,
    /// The actor facilitates the question that it belongs to.
    Facilitates,
}

/// What an act needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Nothing.
    Nothing,
    /// Being signed in.
    Member,
    /// That it is the actor's own.
    Owner,
    /// That it is the actor's own, or a role.
    OwnerOr(Role),
    /// A role.
    Role(Role),
    /// Facilitating this question (which a steward may in anyone's place).
    FacilitatorOf,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident, $code:literal, $needs:expr;)*) => {
        /// Everything that can be done in the forum.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Act { $($(#[$doc])* $act),* }

        impl Act {
            /// All acts.
            pub const ALL: &'static [Self] = &[$(Self::$act),*];
            /// The word for it, in logs and in the name of its texts.
            pub fn code(self) -> &'static str {
                match self { $(Self::$act => $code),* }
            }
            fn needs(self) -> Needs {
                match self { $(Self::$act => $needs),* }
            }
        }
    };
}

acts! {
    /// Read what is public: announced questions, totals of votes, summaries, claims.
    ReadPublic, "read-public", Needs::Nothing;
    /// Ask for a link to sign in, use it, use a passkey or a password.
    SignIn, "sign-in", Needs::Nothing;
    /// Ask to become a member, or accept an invitation.
    Join, "join", Needs::Nothing;
    /// Read who wrote what in a thread.
    ReadThread, "read-thread", Needs::Member;
    /// Write a post.
    WritePost, "write-post", Needs::Member;
    /// Change one's own post, or ask for its removal.
    ChangePost, "change-post", Needs::Owner;
    /// Tell the facilitators that a post breaks the house rules.
    Flag, "flag", Needs::Member;
    /// Propose a statement.
    ProposeStatement, "propose-statement", Needs::Member;
    /// Vote.
    Vote, "vote", Needs::Member;
    /// Object to a decision on one's own post or statement.
    Appeal, "appeal", Needs::Owner;
    /// Comment on a published summary.
    CommentSummary, "comment-summary", Needs::Member;
    /// Be told when a claim moves.
    WatchClaim, "watch-claim", Needs::Member;
    /// Begin a new question.
    BeginQuestion, "begin-question", Needs::Role(Role::Facilitator);
    /// Read a draft and the facilitators' board, and change plan, evidence, days, seeds, state.
    RunQuestion, "run-question", Needs::FacilitatorOf;
    /// Decide on held posts and statements, and on flags.
    Moderate, "moderate", Needs::FacilitatorOf;
    /// Write, publish and finish the summary; say what was done about it.
    WriteSummary, "write-summary", Needs::FacilitatorOf;
    /// Decide an appeal.
    DecideAppeal, "decide-appeal", Needs::Role(Role::Steward);
    /// State a claim, or change what it rests on.
    StateClaim, "state-claim", Needs::Role(Role::Editor);
    /// See and change one's own account: profile, sessions, passkeys, password.
    OwnAccount, "own-account", Needs::Owner;
    /// Take out everything one has given.
    TakeOut, "take-out", Needs::Owner;
    /// Be forgotten, or have someone forgotten who asked a steward.
    Erase, "erase", Needs::OwnerOr(Role::Steward);
    /// See the list of members and requests.
    ReadMembers, "read-members", Needs::Role(Role::Steward);
    /// Invite someone.
    Invite, "invite", Needs::Role(Role::Steward);
    /// Accept or decline requests, disable and enable members.
    DecideMember, "decide-member", Needs::Role(Role::Steward);
    /// Give and take roles.
    GrantRole, "grant-role", Needs::Role(Role::Steward);
    /// Add and change organisations.
    KeepOrganisations, "keep-organisations", Needs::Role(Role::Steward);
    /// Read the record of acts with power.
    ReadAudit, "read-audit", Needs::Role(Role::Steward);
}

/// Whether it may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Allowed,
    /// Not without signing in.
    SignIn,
    /// Not without a second factor.
    SecondFactor,
    /// No.
    Refused,
}

/// Whether `actor` may do `act` to an object it stands to as `relation`.
pub fn may(actor: Option<&Actor>, act: Act, relation: Relation) -> Verdict {
    let needs = act.needs();
    if needs == Needs::Nothing {
        return Verdict::Allowed;
    }
    let Some(actor) = actor else { return Verdict::SignIn };
    let by_role = |role: Role| match (actor.holds(role), role.has_power() && !actor.is_strong) {
        (false, _) => Verdict::Refused,
        (true, true) => Verdict::SecondFactor,
        (true, false) => Verdict::Allowed,
    };
    let when = |yes: bool| if yes { Verdict::Allowed } else { Verdict::Refused };
    match needs {
        Needs::Owner => when(relation == Relation::Own),
        Needs::OwnerOr(role) if relation != Relation::Own => by_role(role),
        Needs::Nothing | Needs::Member | Needs::OwnerOr(_) => Verdict::Allowed,
        Needs::Role(role) => by_role(role),
        Needs::FacilitatorOf if relation == Relation::Facilitates => by_role(Role::Facilitator),
        Needs::FacilitatorOf => by_role(Role::Steward),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(roles: &[Role], is_strong: bool) -> Actor {
        Actor { member_id: "m".into(), roles: roles.iter().copied().collect(), is_strong }
    }

    #[test]
    fn power_counts_only_with_a_second_factor() {
        let weak = actor(&[Role::Facilitator, Role::Steward], false);
        let strong = actor(&[Role::Facilitator, Role::Steward], true);
        for act in [Act::Moderate, Act::GrantRole, Act::BeginQuestion, Act::ReadAudit] {
            assert_eq!(may(Some(&weak), act, Relation::Facilitates), Verdict::SecondFactor, "{act:?}");
            assert_eq!(may(Some(&strong), act, Relation::Facilitates), Verdict::Allowed, "{act:?}");
        }
        assert_eq!(may(Some(&weak), Act::Vote, Relation::None), Verdict::Allowed);
    }

    #[test]
    fn a_facilitator_has_power_over_the_own_question_only() {
        let facilitator = actor(&[Role::Facilitator], true);
        assert_eq!(may(Some(&facilitator), Act::Moderate, Relation::Facilitates), Verdict::Allowed);
        assert_eq!(may(Some(&facilitator), Act::Moderate, Relation::Other), Verdict::Refused);
        // Having been named facilitator of a question is not enough once the role is gone.
        assert_eq!(may(Some(&actor(&[], true)), Act::Moderate, Relation::Facilitates), Verdict::Refused);
    }

    #[test]
    fn what_is_own_is_nobody_elses() {
        let steward = actor(&[Role::Steward], true);
        for act in [Act::OwnAccount, Act::TakeOut, Act::ChangePost, Act::Appeal] {
            assert_eq!(may(Some(&steward), act, Relation::Other), Verdict::Refused, "{act:?}");
        }
        assert_eq!(may(Some(&steward), Act::Erase, Relation::Other), Verdict::Allowed);
        assert_eq!(may(Some(&actor(&[], false)), Act::Erase, Relation::Other), Verdict::Refused);
    }

    #[test]
    fn a_stranger_reads_what_is_public_and_nothing_else() {
        for act in Act::ALL {
            let open = matches!(act, Act::ReadPublic | Act::SignIn | Act::Join);
            let expected = if open { Verdict::Allowed } else { Verdict::SignIn };
            assert_eq!(may(None, *act, Relation::None), expected, "{act:?}");
        }
    }
}
