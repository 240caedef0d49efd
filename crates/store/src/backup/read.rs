//! From the file to the database: one transaction, committed only when the foot's digest is right.

use super::{
    BackupError, Column, FORM, Foot, Head, Kind, SEEDED, TABLES, TableLine, columns_of,
    first_table_with_rows, schema_of,
};
use crate::db::{Backend, Db, Transaction};
use flate2::read::GzDecoder;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::io::{BufRead, BufReader, Read};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Rows of one statement.
const BATCH: usize = 500;
/// Longest line; a row holds a packet or a text of some thousand characters.
const LONGEST_LINE: u64 = 64 << 20;

/// What was restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub made_at: OffsetDateTime,
    /// Rows in all tables.
    pub rows: u64,
}

/// Lines of the file with their digest, the last line read not yet in it.
struct Lines<R: Read> {
    input: BufReader<GzDecoder<R>>,
    digest: Sha256,
    line: String,
    number: u64,
}

impl<R: Read> Lines<R> {
    fn new(from: R) -> Self {
        let input = BufReader::new(GzDecoder::new(from));
        Self { input, digest: Sha256::new(), line: String::new(), number: 0 }
    }

    /// Reads the next line into `line`.
    fn advance(&mut self) -> Result<(), BackupError> {
        self.digest.update(self.line.as_bytes());
        self.line.clear();
        self.number += 1;
        let read = (&mut self.input).take(LONGEST_LINE).read_line(&mut self.line);
        match read {
            Ok(0) => Err(self.damaged("the file ends here, before its foot")),
            Ok(_) if self.line.ends_with('\n') => Ok(()),
            Ok(_) => Err(self.damaged("the line is cut short")),
            Err(error) => Err(self.damaged(&format!("the file cannot be unpacked: {error}"))),
        }
    }

    fn damaged(&self, what: &str) -> BackupError {
        BackupError::Damaged { line: self.number, what: what.to_owned() }
    }

    fn parse<T: DeserializeOwned>(&self, what: &str) -> Result<T, BackupError> {
        serde_json::from_str(&self.line).map_err(|error| self.damaged(&format!("{what} expected: {error}")))
    }

    fn head(&mut self) -> Result<Head, BackupError> {
        self.advance()?;
        let head: Head = self.parse("the head of a backup")?;
        if head.whatworks_backup != FORM {
            return Err(
                self.damaged(&format!("the backup has form {}; {FORM} is known", head.whatworks_backup))
            );
        }
        Ok(head)
    }

    fn table(&mut self, name: &str) -> Result<TableLine, BackupError> {
        let table: TableLine = self.parse("the head of a table")?;
        if table.table != name {
            return Err(self.damaged(&format!("the table {name} expected, {} found", table.table)));
        }
        Ok(table)
    }

    /// Whether the line is a row; a table's head and the foot are told by their only and first names.
    fn is_row(&self) -> bool {
        !self.line.starts_with("{\"table\":") && !self.line.starts_with("{\"rows\":")
    }

    fn foot(&mut self, rows: u64) -> Result<(), BackupError> {
        let sha256 = crate::hex(&self.digest.clone().finalize());
        let foot: Foot = self.parse("the foot of the backup")?;
        if foot.rows != rows {
            return Err(self.damaged(&format!("{} rows are announced, {rows} found", foot.rows)));
        }
        if foot.sha256 != sha256 {
            return Err(self.damaged("the digest differs: the file was changed or damaged"));
        }
        Ok(())
    }
}

pub(super) async fn restore(db: &Db, from: impl Read + Send) -> Result<Restored, BackupError> {
    let mut lines = Lines::new(from);
    let head = lines.head()?;
    let made_at = OffsetDateTime::parse(&head.made_at, &Rfc3339)
        .map_err(|_| lines.damaged("the time of the backup cannot be read"))?;
    if let Some(table) = first_table_with_rows(db).await? {
        return Err(BackupError::NotEmpty { table });
    }
    let mut transaction = db.begin_write().await?;
    let known = schema_of(&mut transaction).await?;
    if head.schema != known {
        return Err(BackupError::Schema { found: head.schema, known });
    }
    let mut rows = 0;
    lines.advance()?;
    for (name, _) in TABLES {
        let table = lines.table(name)?;
        let columns = columns_of(&mut transaction, name).await?;
        if !columns.iter().map(|column| &column.name).eq(&table.columns) {
            return Err(lines.damaged(&format!("the columns of {name} are not those of this program")));
        }
        if *name == SEEDED {
            execute(&mut transaction, format!("delete from {name}"), None).await?;
        }
        let insert = insert_statement(&transaction, name, &columns);
        let mut batch: Vec<String> = Vec::new();
        lines.advance()?;
        while lines.is_row() {
            batch.push(lines.line.trim_end().to_owned());
            rows += 1;
            if batch.len() == BATCH {
                insert_batch(&mut transaction, &insert, &mut batch, &lines).await?;
            }
            lines.advance()?;
        }
        insert_batch(&mut transaction, &insert, &mut batch, &lines).await?;
    }
    lines.foot(rows)?;
    transaction.commit().await?;
    Ok(Restored { made_at, rows })
}

/// One statement that unpacks a JSON array of rows, since a prepared statement holds a bounded number of values.
fn insert_statement(transaction: &Transaction, table: &str, columns: &[Column]) -> String {
    let listed = |of: &dyn Fn(&Column) -> String| columns.iter().map(of).collect::<Vec<_>>().join(", ");
    let names = listed(&|column| column.name.clone());
    match transaction {
        Backend::Sqlite(_) => {
            let values = listed(&|column| format!("json_extract(value, '$.{}')", column.name));
            format!("insert into {table} ({names}) select {values} from json_each($1)")
        }
        Backend::Postgres(_) => {
            // A JSON value stands in the file as its text.
            let values = listed(&|column| match column.kind {
                Kind::Json => format!("({} #>> '{{}}')::jsonb", column.name),
                _ => column.name.clone(),
            });
            format!(
                "insert into {table} ({names}) select {values} from json_populate_recordset(null::{table}, $1::json)"
            )
        }
    }
}

async fn insert_batch<R: Read>(
    transaction: &mut Transaction,
    insert: &str,
    batch: &mut Vec<String>,
    lines: &Lines<R>,
) -> Result<(), BackupError> {
    if batch.is_empty() {
        return Ok(());
    }
    let array = format!("[{}]", batch.join(","));
    batch.clear();
    execute(transaction, insert.to_owned(), Some(array)).await.map_err(|error| match error {
        sqlx::Error::Database(cause) => {
            lines.damaged(&format!("the rows before this line do not fit: {cause}"))
        }
        other => other.into(),
    })
}

async fn execute(
    transaction: &mut Transaction,
    sql: String,
    rows: Option<String>,
) -> Result<(), sqlx::Error> {
    match transaction {
        Backend::Sqlite(t) => {
            let query = sqlx::query(AssertSqlSafe(sql));
            let query = if let Some(rows) = rows { query.bind(rows) } else { query };
            query.execute(&mut **t).await.map(drop)
        }
        Backend::Postgres(t) => {
            let query = sqlx::query(AssertSqlSafe(sql));
            let query = if let Some(rows) = rows { query.bind(rows) } else { query };
            query.execute(&mut **t).await.map(drop)
        }
    }
}

/// The rows of the ledger of erased members in a backup, as JSON; for a restore of an older one, in which those who
/// left since are still there.
///
/// # Errors
/// [`BackupError`] when the file cannot be read to its foot.
pub fn erasures_in(from: impl Read) -> Result<Vec<serde_json::Value>, BackupError> {
    let mut lines = Lines::new(from);
    lines.head()?;
    lines.advance()?;
    let (mut found, mut rows) = (Vec::new(), 0);
    for (name, _) in TABLES {
        lines.table(name)?;
        lines.advance()?;
        while lines.is_row() {
            if *name == "erasure" {
                found.push(lines.parse("a row")?);
            }
            rows += 1;
            lines.advance()?;
        }
    }
    lines.foot(rows)?;
    Ok(found)
}
