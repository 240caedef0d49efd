//! What members are told by mail about discussions: each kind with the fields that its text mentions.
//!
//! Rule: a notice is queued as its kind and a JSON object (`outgoing_mail.kind`, `outgoing_mail.body`) in the
//! transaction of the act that it follows from, under a `once` that names the event and the member, so that a job which
//! runs twice tells nobody twice. [`super::Notice::read`] reads it back. Paths are of this site and begin with a slash. Left out: the words.

use crate::acts::discussion::id_of;
use serde::{Deserialize, Serialize};
use whatworks_store::NewMail;
use whatworks_store::forum::{Standing, Watcher};

/// A notice. Its kind is the variant's name in kebab-case, such as `post-decided`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DiscussionNotice {
    /// A post of the member was shown, rejected or removed.
    PostDecided {
        /// What the question asks.
        title: String,
        /// Path of the post.
        path: String,
        /// Code of its status.
        status: String,
        /// Code of the reason.
        reason: String,
        /// The decider's words; may be blank.
        words: String,
    },
    /// A statement of the member was shown or taken out.
    StatementDecided {
        /// What the question asks.
        title: String,
        /// The statement.
        statement: String,
        /// Path of the question's statements.
        path: String,
        /// Code of its status.
        status: String,
        /// Code of the reason.
        reason: String,
        /// The decider's words; may be blank.
        words: String,
    },
    /// An appeal of the member was answered.
    AppealAnswered {
        /// What the question asks.
        title: String,
        /// Path of what it was about.
        path: String,
        /// Whether it was upheld.
        is_upheld: bool,
        /// The answer.
        answer: String,
    },
    /// The member runs a discussion now.
    FacilitatorNamed {
        /// What the question asks.
        title: String,
        /// Path of the question.
        path: String,
    },
    /// The summary of a discussion that the member wrote in is out.
    SummaryPublished {
        /// What the question asks.
        title: String,
        /// Path of the summary.
        path: String,
        /// Whether it is the final version.
        is_final: bool,
    },
    /// What the evidence says of a claim that the member watches has changed.
    ClaimMoved {
        /// The claim.
        claim: String,
        /// Its path.
        path: String,
        /// Code of the certainty before.
        certainty_before: String,
        /// Code of the certainty now.
        certainty: String,
        /// Code of what the evidence said before.
        says_before: String,
        /// Code of what it says now.
        says: String,
        /// Whether members believe otherwise now.
        is_divergent: bool,
    },
}

impl DiscussionNotice {
    /// The mail of this notice to a member; `once` names the event.
    pub(crate) fn mail(&self, to: &Watcher, once: &str) -> NewMail {
        let once = format!("{once}:{}", to.member_id);
        // A plain enum of texts always has a JSON form.
        let body = serde_json::to_value(self).unwrap_or_default();
        NewMail {
            mail_id: id_of("mail", &once),
            once,
            member_id: Some(to.member_id.clone()),
            address: to.email.clone(),
            kind: body["kind"].as_str().unwrap_or_default().to_owned(),
            language: to.language.clone(),
            body: body.to_string(),
            is_urgent: false,
        }
    }
}

/// Whom a notice about their own writing reaches; none when they left or were disabled.
pub(crate) fn reach(standing: Option<Standing>) -> Option<Watcher> {
    let standing = standing.filter(|standing| standing.is_active)?;
    Some(Watcher { member_id: standing.member_id, email: standing.email?, language: standing.language })
}

/// Path of a question.
pub(crate) fn question_path(slug: &str) -> String {
    format!("/questions/{slug}")
}

/// Path of a post.
pub(crate) fn post_path(slug: &str, number: i64) -> String {
    format!("/questions/{slug}/p/{number}")
}

/// Path of a statement.
pub(crate) fn statement_path(slug: &str, number: i64) -> String {
    format!("/questions/{slug}/statements#s{number}")
}
