//! From the database to the file: one snapshot, table by table, row by row.

use super::{BackupError, Column, FORM, Foot, Head, Kind, TABLES, TableLine, columns_of, schema_of};
use crate::db::{Backend, Db, Transaction};
use flate2::{Compression, write::GzEncoder};
use futures::TryStreamExt;
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use std::io::Write;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// Lines on their way to the file, with their digest so far.
struct Lines<W: Write> {
    out: GzEncoder<W>,
    digest: Sha256,
}

impl<W: Write> Lines<W> {
    fn push(&mut self, line: &str) -> std::io::Result<()> {
        for bytes in [line.as_bytes(), b"\n"] {
            self.digest.update(bytes);
            self.out.write_all(bytes)?;
        }
        Ok(())
    }
    fn push_json(&mut self, line: &impl serde::Serialize) -> std::io::Result<()> {
        self.push(&serde_json::to_string(line)?)
    }
}

pub(super) async fn write(db: &Db, out: impl Write + Send, now: OffsetDateTime) -> Result<u64, BackupError> {
    let mut transaction = db.begin_read().await?;
    let mut lines = Lines { out: GzEncoder::new(out, Compression::default()), digest: Sha256::new() };
    let schema = schema_of(&mut transaction).await?;
    let made_at = now.to_offset(UtcOffset::UTC).format(&Rfc3339).map_err(std::io::Error::other)?;
    lines.push_json(&Head { whatworks_backup: FORM, schema, made_at })?;
    let mut rows = 0;
    for (table, order) in TABLES {
        let columns = columns_of(&mut transaction, table).await?;
        let names = columns.iter().map(|column| column.name.clone()).collect();
        lines.push_json(&TableLine { table: (*table).to_owned(), columns: names })?;
        rows += write_rows(&mut transaction, table, order, &columns, &mut lines).await?;
    }
    let sha256 = crate::hex(&lines.digest.clone().finalize());
    lines.push_json(&Foot { rows, sha256 })?;
    lines.out.finish()?.flush()?;
    Ok(rows)
}

async fn write_rows(
    transaction: &mut Transaction,
    table: &str,
    order: &str,
    columns: &[Column],
    lines: &mut Lines<impl Write + Send>,
) -> Result<u64, BackupError> {
    let mut rows = 0;
    match transaction {
        Backend::Sqlite(t) => {
            let value = |column: &Column| match column.kind {
                Kind::Truth => {
                    format!(
                        "json(case {0} when 1 then 'true' when 0 then 'false' else 'null' end)",
                        column.name
                    )
                }
                Kind::Plain | Kind::Moment | Kind::Json => column.name.clone(),
            };
            let pairs: Vec<String> =
                columns.iter().map(|column| format!("'{}', {}", column.name, value(column))).collect();
            let sql = format!("select json_object({}) from {table} order by {order}", pairs.join(", "));
            let mut found = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch(&mut **t);
            while let Some(row) = found.try_next().await? {
                lines.push(&row)?;
                rows += 1;
            }
        }
        Backend::Postgres(t) => {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            let sql = format!(
                "select row_to_json(r)::text from (select {} from {table} order by {order}) r",
                names.join(", ")
            );
            let mut found = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).fetch(&mut **t);
            while let Some(row) = found.try_next().await? {
                lines.push(&as_sqlite_writes(&row, columns)?)?;
                rows += 1;
            }
        }
    }
    Ok(rows)
}

/// A row of PostgreSQL as SQLite would write it: columns in their order, moments in UTC with `Z` and no more digits than
/// needed, a JSON value as its text.
fn as_sqlite_writes(row: &str, columns: &[Column]) -> Result<String, std::io::Error> {
    let mut row: serde_json::Map<String, Value> = serde_json::from_str(row)?;
    let mut line = String::from("{");
    for column in columns {
        let mut value = row.remove(&column.name).unwrap_or_default();
        match (column.kind, &mut value) {
            (Kind::Moment, Value::String(text)) => {
                let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(std::io::Error::other)?;
                *text = moment.to_offset(UtcOffset::UTC).format(&Rfc3339).map_err(std::io::Error::other)?;
            }
            (Kind::Json, found) if !found.is_null() => *found = Value::String(found.to_string()),
            _ => {}
        }
        if line.len() > 1 {
            line.push(',');
        }
        line += &Value::String(column.name.clone()).to_string();
        line.push(':');
        line += &value.to_string();
    }
    Ok(line + "}")
}
