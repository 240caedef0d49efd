//! Everything that one member has given, as it is stored, for the member to take away.
//!
//! Rule: one state of the database; moments are RFC 3339 in UTC. Secrets are left out (hashes, keys, codes), because
//! whoever holds the file could use or attack them; so is what others wrote.

use crate::db::{Db, Transaction, fetch};
use crate::erasure::BallotOf;
use crate::error::StoreError;
use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

fn moment<S: Serializer>(at: &OffsetDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    let text = at.format(&Rfc3339).map_err(serde::ser::Error::custom)?;
    serializer.serialize_str(&text)
}

#[expect(clippy::ref_option, reason = "serde hands in a reference to the field")]
fn maybe<S: Serializer>(at: &Option<OffsetDateTime>, serializer: S) -> Result<S::Ok, S::Error> {
    match at {
        Some(at) => moment(at, serializer),
        None => serializer.serialize_none(),
    }
}

/// Declares a kind of row: its fields are the columns of its query, in their order.
macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* $(,)? })*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, sqlx::FromRow)]
            pub struct $name { $($(#[$field_doc])* pub $field: $kind),* }
        )*
    };
}

rows! {
    /// Who the member is.
    TakenMember {
        /// Id.
        member_id: String,
        /// Address.
        email: Option<String>,
        /// Name.
        name: String,
        /// Where in the life of an account.
        status: String,
        /// Language.
        language: String,
        /// Time zone.
        time_zone: String,
        /// Country.
        country: String,
        /// Name of the organisation.
        organisation: Option<String>,
        /// A few words.
        profile: String,
        /// Why the member wanted to join.
        request_note: String,
        /// How often mail comes.
        delivery: String,
        /// Whether the organisation vouches.
        is_vouched: bool,
        /// When the member joined.
        #[serde(serialize_with = "moment")]
        created_at: OffsetDateTime,
    }
    /// A role.
    TakenRole {
        /// Its word.
        role: String,
        /// When it was given.
        #[serde(serialize_with = "moment")]
        granted_at: OffsetDateTime,
    }
    /// A session that is or was open.
    TakenSession {
        /// The browser.
        device: String,
        /// When it began.
        #[serde(serialize_with = "moment")]
        created_at: OffsetDateTime,
        /// When it was last used.
        #[serde(serialize_with = "moment")]
        seen_at: OffsetDateTime,
        /// When it was ended.
        #[serde(serialize_with = "maybe")]
        ended_at: Option<OffsetDateTime>,
    }
    /// A passkey.
    TakenPasskey {
        /// What the member calls it.
        name: String,
        /// When it was registered.
        #[serde(serialize_with = "moment")]
        created_at: OffsetDateTime,
        /// When it was last used.
        #[serde(serialize_with = "maybe")]
        used_at: Option<OffsetDateTime>,
    }
    /// Something that the member agreed to.
    TakenConsent {
        /// What for.
        purpose: String,
        /// SHA-256 of the text.
        text_hash: String,
        /// Language of the text.
        language: String,
        /// How it was given.
        channel: String,
        /// When.
        #[serde(serialize_with = "moment")]
        given_at: OffsetDateTime,
        /// When it was taken back.
        #[serde(serialize_with = "maybe")]
        withdrawn_at: Option<OffsetDateTime>,
    }
    /// One wording of a post.
    TakenPost {
        /// The question.
        slug: String,
        /// The post's number.
        number: i64,
        /// The wording's number.
        revision: i64,
        /// Whether it is shown.
        status: String,
        /// How it came.
        channel: String,
        /// Language.
        language: String,
        /// The text.
        body: String,
        /// When this wording was written.
        #[serde(serialize_with = "moment")]
        written_at: OffsetDateTime,
    }
    /// A statement that the member proposed.
    TakenStatement {
        /// The question.
        slug: String,
        /// Its number.
        number: i64,
        /// Whether it is shown.
        status: String,
        /// Language.
        language: String,
        /// The text.
        body: String,
        /// When.
        #[serde(serialize_with = "moment")]
        written_at: OffsetDateTime,
    }
    /// A vote that the member cast.
    TakenVote {
        /// The question.
        slug: String,
        /// The statement's number.
        statement: i64,
        /// The vote.
        value: String,
        /// Why passed, or blank.
        pass_reason: String,
        /// How it came.
        channel: String,
        /// When.
        #[serde(serialize_with = "moment")]
        cast_at: OffsetDateTime,
    }
    /// A flag that the member raised.
    TakenFlag {
        /// The question.
        slug: String,
        /// The post's number.
        number: i64,
        /// Why.
        reason: String,
        /// When.
        #[serde(serialize_with = "moment")]
        raised_at: OffsetDateTime,
    }
    /// An objection of the member to a decision.
    TakenAppeal {
        /// The question.
        slug: String,
        /// To what.
        kind: String,
        /// Its number.
        number: i64,
        /// The objection.
        body: String,
        /// The answer.
        answer: String,
        /// When.
        #[serde(serialize_with = "moment")]
        raised_at: OffsetDateTime,
    }
    /// A comment on a summary, or a word on what was done since.
    TakenRemark {
        /// The question.
        slug: String,
        /// Its number.
        number: i64,
        /// The text.
        body: String,
        /// When.
        #[serde(serialize_with = "moment")]
        written_at: OffsetDateTime,
    }
    /// A claim that the member watches.
    TakenWatch {
        /// The claim.
        claim_id: String,
        /// Since when.
        #[serde(serialize_with = "moment")]
        since: OffsetDateTime,
    }
    /// A question that the member runs.
    TakenQuestion {
        /// The question.
        slug: String,
        /// Hours of duty.
        shift: String,
    }
    /// A mail to the member that is queued, or was sent.
    TakenMail {
        /// What about.
        kind: String,
        /// When it was queued.
        #[serde(serialize_with = "moment")]
        created_at: OffsetDateTime,
        /// When it was sent.
        #[serde(serialize_with = "maybe")]
        sent_at: Option<OffsetDateTime>,
    }
}

/// Everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakeOut {
    /// Who the member is.
    pub member: TakenMember,
    /// Roles.
    pub roles: Vec<TakenRole>,
    /// Sessions.
    pub sessions: Vec<TakenSession>,
    /// Passkeys.
    pub passkeys: Vec<TakenPasskey>,
    /// Consents.
    pub consents: Vec<TakenConsent>,
    /// Posts, every wording.
    pub posts: Vec<TakenPost>,
    /// Statements.
    pub statements: Vec<TakenStatement>,
    /// Votes.
    pub votes: Vec<TakenVote>,
    /// Flags.
    pub flags: Vec<TakenFlag>,
    /// Objections.
    pub appeals: Vec<TakenAppeal>,
    /// Comments on summaries.
    pub summary_comments: Vec<TakenRemark>,
    /// Words on what was done since.
    pub follow_ups: Vec<TakenRemark>,
    /// Claims watched.
    pub watches: Vec<TakenWatch>,
    /// Questions run.
    pub questions: Vec<TakenQuestion>,
    /// Mail.
    pub mail: Vec<TakenMail>,
}

/// Reads it; none when there is no such member, or they were erased. `ballots` are the member's pseudonyms.
pub(crate) async fn load(
    db: &Db,
    member_id: &str,
    ballots: &[BallotOf],
) -> Result<Option<TakeOut>, StoreError> {
    let mut transaction = db.begin_read().await?;
    let t: &mut Transaction = &mut transaction;
    let member: Option<TakenMember> = fetch!(
        &mut *t,
        fetch_optional,
        "select m.member_id, m.email, m.name, m.status, m.language, m.time_zone, m.country, \
         o.name as organisation, m.profile, m.request_note, m.delivery, m.is_vouched, m.created_at \
         from member m left join organisation o on o.organisation_id = m.organisation_id \
         where m.member_id = $1 and m.status <> 'erased'",
        member_id
    )?;
    let Some(member) = member else { return Ok(None) };
    /// The rows of one query about the member.
    macro_rules! of_member {
        ($sql:literal) => {
            fetch!(&mut *t, fetch_all, $sql, member_id)?
        };
    }
    let mut votes = Vec::new();
    for ballot in ballots {
        let cast: Vec<TakenVote> = fetch!(
            &mut *t,
            fetch_all,
            "select slug, statement, value, pass_reason, channel, cast_at from vote \
             where slug = $1 and voter = $2 order by position",
            &ballot.slug,
            &ballot.voter
        )?;
        votes.extend(cast);
    }
    Ok(Some(TakeOut {
        member,
        roles: of_member!("select role, granted_at from member_role where member_id = $1 order by role"),
        sessions: of_member!(
            "select device, created_at, seen_at, ended_at from session where member_id = $1 \
             order by created_at, session_hash"
        ),
        passkeys: of_member!(
            "select name, created_at, used_at from passkey where member_id = $1 order by created_at, credential_id"
        ),
        consents: of_member!(
            "select purpose, text_hash, language, channel, given_at, withdrawn_at from consent \
             where member_id = $1 order by number"
        ),
        posts: of_member!(
            "select p.slug, p.number, r.revision, p.status, p.channel, p.language, r.body, r.written_at \
             from post p join post_revision r on r.slug = p.slug and r.number = p.number \
             where p.member_id = $1 order by p.slug, p.number, r.revision"
        ),
        statements: of_member!(
            "select slug, number, status, language, body, written_at from statement where member_id = $1 \
             order by slug, number"
        ),
        votes,
        flags: of_member!(
            "select slug, number, reason, raised_at from flag where member_id = $1 order by slug, number"
        ),
        appeals: of_member!(
            "select slug, kind, number, body, answer, raised_at from appeal where member_id = $1 \
             order by raised_at, appeal_id"
        ),
        summary_comments: of_member!(
            "select slug, number, body, written_at from summary_comment where member_id = $1 order by slug, number"
        ),
        follow_ups: of_member!(
            "select slug, number, body, written_at from follow_up where written_by = $1 order by slug, number"
        ),
        watches: of_member!("select claim_id, since from claim_watch where member_id = $1 order by claim_id"),
        questions: of_member!(
            "select slug, shift from question_facilitator where member_id = $1 order by slug"
        ),
        mail: of_member!(
            "select kind, created_at, sent_at from outgoing_mail where member_id = $1 \
             order by created_at, mail_id"
        ),
    }))
}
