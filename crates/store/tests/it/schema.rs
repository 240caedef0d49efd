//! The migrations of both databases are pairs that make the same tables.

use crate::place::{on_postgres, on_sqlite};
use std::cell::RefCell;
use std::path::Path;

fn names_in(folder: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn every_migration_has_its_twin() {
    let names = names_in("sqlite");
    assert!(!names.is_empty());
    assert_eq!(names, names_in("postgres"));
}

#[test]
fn both_databases_have_the_same_tables_and_columns() {
    let columns = RefCell::new(Vec::new());
    on_sqlite(&async |place| {
        place.open().await.close().await;
        let mut sqlite = place
            .list(
                "select t.name || '.' || c.name || case when c.\"notnull\" = 0 then ' null' else '' end \
                 from sqlite_master t join pragma_table_info(t.name) c \
                 where t.type = 'table' and t.name <> '_sqlx_migrations'",
            )
            .await;
        sqlite.sort();
        *columns.borrow_mut() = sqlite;
    });
    assert!(columns.borrow().iter().any(|column| column == "finding.withdrawn_at null"));
    on_postgres("schema", &async |place| {
        place.open().await.close().await;
        let mut postgres = place
            .list(
                "select table_name || '.' || column_name || case is_nullable when 'YES' then ' null' else '' end \
                 from information_schema.columns \
                 where table_schema = 'public' and table_name <> '_sqlx_migrations'",
            )
            .await;
        postgres.sort();
        assert_eq!(*columns.borrow(), postgres);
    });
}
