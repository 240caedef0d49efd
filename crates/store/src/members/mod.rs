//! Members: who they are, what they may, where they are in the life of an account.
//!
//! Rules: an address belongs to one member; a request that is declined leaves no trace here; the last active steward
//! stays one, or nobody could make another. What follows from an act is written with it ([`Consequences`]). The key of
//! a member's ballots is read only where a ballot needs it. Left out: how a member proves who they are, and being
//! forgotten.

mod invitations;
mod organisations;
mod roles;

pub use invitations::{AcceptOutcome, Invitations, NewInvitation, StoredInvitation};
pub use organisations::{Organisation, Organisations};
pub use roles::HeldRole;
pub(crate) use roles::{grant, is_last, lock_stewards};

use crate::consents::{self, NewConsent};
use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, execute, fetch, read};
use crate::error::StoreError;
use crate::moment::whole;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, Role};

/// A member to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// A random id.
    pub member_id: String,
    /// Where mail goes.
    pub address: MailAddress,
    /// What the member may do at first: [`MemberStatus::Requested`] or [`MemberStatus::Active`].
    pub status: MemberStatus,
    /// How the member is shown.
    pub profile: Profile,
    /// The organisation, if there is one here.
    pub organisation_id: Option<String>,
    /// Why the member would like to join; blank when invited.
    pub request_note: String,
    /// Whether the organisation vouches for the member.
    pub is_vouched: bool,
    /// The random key that makes the pseudonyms of the member's ballots.
    pub ballot_key: String,
    /// What the member agreed to when joining.
    pub consents: Vec<NewConsent>,
}

/// What a member says about themselves and may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name that is shown.
    pub name: String,
    /// The language of pages and mail.
    pub language: String,
    /// The time zone, as the IANA data base names it.
    pub time_zone: String,
    /// The country, as ISO 3166-1 alpha-2; blank when not said.
    pub country: String,
    /// A few words about the member.
    pub about: String,
    /// How often mail about discussions comes.
    pub delivery: Delivery,
}

/// A member as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMember {
    /// The id.
    pub member_id: String,
    /// Where mail goes; none once erased.
    pub address: Option<String>,
    /// Where the member is in the life of an account.
    pub status: MemberStatus,
    /// How the member is shown; the name is blank once erased.
    pub profile: Profile,
    /// The organisation.
    pub organisation_id: Option<String>,
    /// Why the member would like to join.
    pub request_note: String,
    /// Whether the organisation vouches for the member.
    pub is_vouched: bool,
    /// Roles held beside [`Role::Member`].
    pub roles: BTreeSet<Role>,
    /// When the request or the acceptance was.
    pub created_at: OffsetDateTime,
    /// When the member was forgotten.
    pub erased_at: Option<OffsetDateTime>,
}

impl StoredMember {
    /// Whether one of the roles has power.
    pub fn has_power(&self) -> bool {
        self.roles.iter().any(|role| role.has_power())
    }
}

/// Which members a steward wants to see. [`Default`] is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// Only those of this status.
    pub status: Option<MemberStatus>,
    /// Only those who hold this role.
    pub role: Option<Role>,
    /// Only those of this organisation.
    pub organisation_id: Option<String>,
    /// Only those whose name or address holds this text, whatever its case (of letters A to Z on SQLite).
    pub text: Option<String>,
}

/// What adding a member did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinOutcome {
    /// The member is there.
    Joined,
    /// The address belongs to a member, or to someone who asked already. Nothing was written.
    AddressTaken,
}

/// What a change of standing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingOutcome {
    /// It is so now.
    Changed,
    /// It was so already, or the member was not in the state that the change begins from. Nothing was written.
    Unchanged,
    /// Nobody would be left who could undo it. Nothing was written.
    LastSteward,
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    member_id: String,
    email: Option<String>,
    name: String,
    status: String,
    language: String,
    time_zone: String,
    country: String,
    organisation_id: Option<String>,
    profile: String,
    request_note: String,
    delivery: String,
    is_vouched: bool,
    created_at: OffsetDateTime,
    erased_at: Option<OffsetDateTime>,
    roles: Option<String>,
}

/// The columns of a member `m`, roles in one text.
macro_rules! member_columns {
    () => {
        "m.member_id, m.email, m.name, m.status, m.language, m.time_zone, m.country, m.organisation_id, m.profile, \
         m.request_note, m.delivery, m.is_vouched, m.created_at, m.erased_at, \
         (select string_agg(r.role, ',') from member_role r where r.member_id = m.member_id) as roles"
    };
}

/// Which members a filter leaves; a blank text leaves all.
macro_rules! filtered {
    () => {
        " from member m where ($1 = '' or m.status = $1) and ($2 = '' or m.organisation_id = $2) \
         and ($3 = '' or exists (select 1 from member_role h where h.member_id = m.member_id and h.role = $3)) \
         and ($4 = '' or lower(m.name) like $4 escape '!' or m.email like $4 escape '!')"
    };
}

/// The value of a word that only this program writes.
pub(crate) fn known<T>(found: Option<T>, word: &str) -> Result<T, StoreError> {
    found.ok_or_else(|| StoreError::Corrupt { what: format!("the word “{word}” is not known") })
}

impl TryFrom<MemberRow> for StoredMember {
    type Error = StoreError;

    fn try_from(row: MemberRow) -> Result<Self, StoreError> {
        let roles = row.roles.unwrap_or_default();
        let roles = roles.split(',').filter(|word| !word.is_empty());
        Ok(Self {
            status: known(MemberStatus::find(&row.status), &row.status)?,
            roles: roles.map(|word| known(Role::find(word), word)).collect::<Result<_, _>>()?,
            profile: Profile {
                name: row.name,
                language: row.language,
                time_zone: row.time_zone,
                country: row.country,
                about: row.profile,
                delivery: known(Delivery::find(&row.delivery), &row.delivery)?,
            },
            member_id: row.member_id,
            address: row.email,
            organisation_id: row.organisation_id,
            request_note: row.request_note,
            is_vouched: row.is_vouched,
            created_at: row.created_at,
            erased_at: row.erased_at,
        })
    }
}

/// The members of a store.
#[derive(Debug, Clone, Copy)]
pub struct Members<'store> {
    db: &'store Db,
}

impl<'store> Members<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Adds a member, unless the address belongs to one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the organisation is not known; [`StoreError::Unavailable`].
    pub async fn insert(
        &self,
        member: &NewMember,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<JoinOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        if !insert(&mut transaction, member, now).await? {
            return Ok(JoinOutcome::AddressTaken);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(JoinOutcome::Joined)
    }

    /// Makes a member a steward when nobody is: what the program's one-time token is for. A member of
    /// this address who asked to join or joined already keeps their row and becomes active. Gives the member's id;
    /// none when somebody is a steward.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn insert_first_steward(
        &self,
        member: &NewMember,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<Option<String>, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        if !lock_stewards(&mut transaction).await?.is_empty() {
            return Ok(None);
        }
        let found: Option<(String,)> = fetch!(
            &mut transaction,
            fetch_optional,
            "select member_id from member where email = $1",
            member.address.as_str()
        )?;
        let member_id = if let Some((member_id,)) = found {
            execute!(
                &mut transaction,
                "update member set status = 'active', request_note = '' where member_id = $1",
                &member_id
            )?;
            member_id
        } else {
            insert(&mut transaction, member, now).await?;
            member.member_id.clone()
        };
        grant(&mut transaction, &member_id, Role::Steward, "program", now).await?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(Some(member_id))
    }

    /// Whether somebody holds the role of a steward and may sign in.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn has_steward(&self) -> Result<bool, StoreError> {
        let (has,): (bool,) = read!(
            self.db,
            fetch_one,
            "select exists (select 1 from member_role r join member m on m.member_id = r.member_id \
             where r.role = 'steward' and m.status = 'active')"
        )?;
        Ok(has)
    }

    /// The member of an id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn find(&self, member_id: &str) -> Result<Option<StoredMember>, StoreError> {
        let row: Option<MemberRow> = read!(
            self.db,
            fetch_optional,
            concat!("select ", member_columns!(), " from member m where m.member_id = $1"),
            member_id
        )?;
        row.map(StoredMember::try_from).transpose()
    }

    /// The member whose address this is.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn find_by_address(&self, address: &MailAddress) -> Result<Option<StoredMember>, StoreError> {
        let row: Option<MemberRow> = read!(
            self.db,
            fetch_optional,
            concat!("select ", member_columns!(), " from member m where m.email = $1"),
            address.as_str()
        )?;
        row.map(StoredMember::try_from).transpose()
    }

    /// The names of members, for a page that shows what they wrote. An erased member's is blank; an id that is not
    /// known is left out.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_names(
        &self,
        member_ids: &BTreeSet<String>,
    ) -> Result<Vec<(String, String)>, StoreError> {
        // One value whatever the number, since a statement holds a bounded number of values. No id holds a comma.
        let joined = member_ids.iter().fold(String::from(","), |text, id| text + id + ",");
        Ok(read!(
            self.db,
            fetch_all,
            "select member_id, name from member where $1 like '%,' || member_id || ',%' order by member_id",
            joined
        )?)
    }

    /// Members that a filter leaves, the newest first; `skip` of them left out before the first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list(
        &self,
        filter: &MemberFilter,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<StoredMember>, StoreError> {
        let rows: Vec<MemberRow> = read!(
            self.db,
            fetch_all,
            concat!(
                "select ",
                member_columns!(),
                filtered!(),
                " order by m.created_at desc, m.member_id limit $5 offset $6"
            ),
            filter.status.map_or("", MemberStatus::code),
            filter.organisation_id.as_deref().unwrap_or_default(),
            filter.role.map_or("", Role::code),
            pattern(filter),
            i64::from(limit),
            i64::from(skip),
        )?;
        rows.into_iter().map(StoredMember::try_from).collect()
    }

    /// How many members a filter leaves.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count(&self, filter: &MemberFilter) -> Result<u64, StoreError> {
        let (count,): (i64,) = read!(
            self.db,
            fetch_one,
            concat!("select count(*)", filtered!()),
            filter.status.map_or("", MemberStatus::code),
            filter.organisation_id.as_deref().unwrap_or_default(),
            filter.role.map_or("", Role::code),
            pattern(filter),
        )?;
        Ok(count.unsigned_abs())
    }

    /// The key of a member's ballots; none when there is no such member, or the member was erased.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_ballot_key(&self, member_id: &str) -> Result<Option<String>, StoreError> {
        let row: Option<(Option<String>,)> =
            read!(self.db, fetch_optional, "select ballot_key from member where member_id = $1", member_id)?;
        Ok(row.and_then(|(key,)| key))
    }

    /// Changes what an active member says about themselves; whether there was one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn update_profile(&self, member_id: &str, profile: &Profile) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let changed = execute!(
            &mut transaction,
            "update member set name = $1, language = $2, time_zone = $3, country = $4, profile = $5, delivery = $6 \
             where member_id = $7 and status = 'active'",
            &profile.name,
            &profile.language,
            &profile.time_zone,
            &profile.country,
            &profile.about,
            profile.delivery.code(),
            member_id,
        )?;
        transaction.commit().await?;
        Ok(changed > 0)
    }

    /// Puts a member into an organisation or into none, and says whether it vouches; whether there is such a member.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the organisation is not known; [`StoreError::Unavailable`].
    pub async fn set_organisation(
        &self,
        member_id: &str,
        organisation_id: Option<&str>,
        is_vouched: bool,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let changed = execute!(
            &mut transaction,
            "update member set organisation_id = $1, is_vouched = $2 where member_id = $3 and status <> 'erased'",
            organisation_id,
            is_vouched,
            member_id
        )?;
        if changed == 0 {
            return Ok(false);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Moves a member from one status to another, neither of which is [`MemberStatus::Erased`]. Sessions of a member
    /// who is no longer active end with it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_status(
        &self,
        member_id: &str,
        from: MemberStatus,
        to: MemberStatus,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<StandingOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let stewards = lock_stewards(&mut transaction).await?;
        if from == MemberStatus::Active && is_last(&stewards, member_id) {
            return Ok(StandingOutcome::LastSteward);
        }
        let changed = execute!(
            &mut transaction,
            "update member set status = $1, request_note = '' where member_id = $2 and status = $3",
            to.code(),
            member_id,
            from.code()
        )?;
        if changed == 0 || to == MemberStatus::Erased {
            return Ok(StandingOutcome::Unchanged);
        }
        if to != MemberStatus::Active {
            crate::sessions::end_all(&mut transaction, member_id, now).await?;
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(StandingOutcome::Changed)
    }

    /// Declines a request: the row is gone, so that the same person may ask again. Whether there was one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_request(
        &self,
        member_id: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "delete from consent where member_id in \
             (select member_id from member where member_id = $1 and status = 'requested')",
            member_id
        )?;
        let deleted = execute!(
            &mut transaction,
            "delete from member where member_id = $1 and status = 'requested'",
            member_id
        )?;
        if deleted == 0 {
            return Ok(false);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// What `like` is asked, with `!` before its own signs; blank when nothing is sought.
fn pattern(filter: &MemberFilter) -> String {
    let text = filter.text.as_deref().unwrap_or_default().trim().to_lowercase();
    if text.is_empty() {
        return text;
    }
    format!("%{}%", text.replace('!', "!!").replace('%', "!%").replace('_', "!_"))
}

/// Adds a member; whether the address was free.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    member: &NewMember,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let profile = &member.profile;
    let inserted = execute!(
        transaction,
        "insert into member (member_id, email, name, status, language, time_zone, country, organisation_id, profile, \
         request_note, delivery, is_vouched, ballot_key, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (email) do nothing",
        &member.member_id,
        member.address.as_str(),
        &profile.name,
        member.status.code(),
        &profile.language,
        &profile.time_zone,
        &profile.country,
        &member.organisation_id,
        &profile.about,
        &member.request_note,
        profile.delivery.code(),
        member.is_vouched,
        &member.ballot_key,
        whole(now),
    )?;
    if inserted == 0 {
        return Ok(false);
    }
    for consent in &member.consents {
        consents::give(transaction, &member.member_id, consent, now).await?;
    }
    Ok(true)
}
