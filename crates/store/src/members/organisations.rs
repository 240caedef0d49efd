//! Organisations that members belong to.
//!
//! Rule: an organisation has one row, whoever its members are; it is changed, never taken away while members belong to
//! it. Left out: what an organisation's kind permits.

use super::known;
use crate::consequences::{self, Consequences};
use crate::db::{Db, execute, read};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::member::OrganisationKind;

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The id.
    pub organisation_id: String,
    /// The name.
    pub name: String,
    /// The kind.
    pub kind: OrganisationKind,
    /// The country of its seat, as ISO 3166-1 alpha-2; blank when not said.
    pub country: String,
}

/// The organisations of a store.
#[derive(Debug, Clone, Copy)]
pub struct Organisations<'store> {
    db: &'store Db,
}

impl<'store> Organisations<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Adds an organisation, or changes the one of this id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn put(
        &self,
        organisation: &Organisation,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "insert into organisation (organisation_id, name, kind, country, created_at) values ($1, $2, $3, $4, $5) \
             on conflict (organisation_id) do update set name = $2, kind = $3, country = $4",
            &organisation.organisation_id,
            &organisation.name,
            organisation.kind.code(),
            &organisation.country,
            whole(now)
        )?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await
    }

    /// The organisation of an id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn find(&self, organisation_id: &str) -> Result<Option<Organisation>, StoreError> {
        let row: Option<Row> = read!(
            self.db,
            fetch_optional,
            "select organisation_id, name, kind, country from organisation where organisation_id = $1",
            organisation_id
        )?;
        row.map(organisation).transpose()
    }

    /// All organisations with the number of their members who are active, in the order in which they were added.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list(&self) -> Result<Vec<(Organisation, u64)>, StoreError> {
        let rows: Vec<(String, String, String, String, i64)> = read!(
            self.db,
            fetch_all,
            "select o.organisation_id, o.name, o.kind, o.country, (select count(*) from member m \
             where m.organisation_id = o.organisation_id and m.status = 'active') as members \
             from organisation o order by o.created_at, o.organisation_id"
        )?;
        let listed = rows.into_iter().map(|(id, name, kind, country, members)| {
            Ok((organisation((id, name, kind, country))?, members.unsigned_abs()))
        });
        listed.collect()
    }
}

type Row = (String, String, String, String);

fn organisation((organisation_id, name, kind, country): Row) -> Result<Organisation, StoreError> {
    let kind = known(OrganisationKind::find(&kind), &kind)?;
    Ok(Organisation { organisation_id, name, kind, country })
}
