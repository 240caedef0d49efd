//! A backup is made under writes, restores into either database, and is refused when a byte of it is not right.

use crate::example::{EVENING, NOON, finding};
use crate::place::{Place, on_both, on_sqlite};
use std::io::{Read, Write};
use whatworks_store::Store;
use whatworks_store::backup::{BackupError, erasures_in, table_names};

/// People, words and votes with every kind of value: nulls, truth values, fractions of a second, quotes, no ASCII.
const LIFE: &str = "
insert into organisation values ('o', 'Réseau «d''essai»', 'network', 'KE', '2026-03-01T12:00:00Z');
insert into member values ('m', 'a@b.org', 'Amina \"K\" \\ ß', 'active', 'fr', 'Africa/Nairobi', 'KE', 'o', '', '', 'daily',
    true, 'key', '2026-03-01T12:00:00.123456Z', null);
insert into member values ('n', null, '', 'erased', 'en', 'UTC', '', null, '', '', 'none', false, null, '2026-03-01T12:00:00Z',
    '2026-03-02T12:00:00Z');
insert into erasure values ('hash', 'salt', '2026-03-02T12:00:00Z');
insert into question values ('q', 'Why?', 'line one\nline two', '', 'en', '2026-03-01', '2026-03-02', '2026-03-03', null, null,
    null, 'm', '2026-03-01T12:00:00Z', null, null, null, null, 1, 2, 3);
insert into post values ('q', 1, null, '00001', 'm', 'shown', 'web', 'en', 'once', '2026-03-01T12:00:00Z', null, null, '');
insert into flag values ('q', 1, 'm', 'off topic', '2026-03-01T12:00:00Z', null, null, null);
";

async fn filled(place: &Place) -> Store {
    let store = place.open().await;
    let findings = [finding("a", 1.5), finding("b", -0.1)];
    store.findings().load_base(&findings, "first", NOON).await.unwrap();
    place.run(LIFE).await;
    store
}

async fn packed(store: &Store) -> Vec<u8> {
    let mut file = Vec::new();
    store.back_up(&mut file, EVENING).await.unwrap();
    file
}

fn unpacked(file: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn repacked(text: &str) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

#[test]
fn every_table_is_in_the_backup() {
    on_sqlite(&async |place| {
        place.open().await.close().await;
        let mut tables = place
            .list("select name from sqlite_master where type = 'table' and name <> '_sqlx_migrations' order by name")
            .await;
        let mut known: Vec<&str> = table_names().collect();
        known.sort_unstable();
        tables.sort();
        assert_eq!(tables, known);
    });
}

#[test]
fn what_was_saved_comes_back_to_the_last_byte() {
    on_both("backup", &async |place| {
        let store = filled(place).await;
        let file = packed(&store).await;
        let refused = store.restore(file.as_slice()).await.unwrap_err();
        assert!(matches!(refused, BackupError::NotEmpty { table: "study" }), "{refused}");
        assert_eq!(erasures_in(file.as_slice()).unwrap().len(), 1);

        // Into a fresh database of the other make as well as its own: the text is the same again.
        on_fresh_sqlite(&file).await;
        place.run(&format!("{} delete from evidence_version;", emptied())).await;
        place.run("insert into evidence_version (id, version, digest) values (1, 0, '')").await;
        let restored = store.restore(file.as_slice()).await.unwrap();
        assert_eq!(restored.made_at, EVENING);
        assert_same(&unpacked(&packed(&store).await), &unpacked(&file));
        let evidence = store.findings().load_evidence().await.unwrap();
        assert_eq!(evidence.findings, [finding("a", 1.5), finding("b", -0.1)]);
        store.close().await;
    });
}

/// Names the first line that differs, rather than print both files.
fn assert_same(found: &str, expected: &str) {
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

/// Deletes all rows, referring tables first.
fn emptied() -> String {
    let tables: Vec<&str> = table_names().filter(|name| *name != "evidence_version").collect();
    tables.iter().rev().fold(String::new(), |sql, table| sql + "delete from " + table + "; ")
}

async fn on_fresh_sqlite(file: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let url = whatworks_store::DatabaseUrl::sqlite(folder.path().join("fresh.db"));
    let fresh = Store::open(&url).await.unwrap();
    fresh.restore(file).await.unwrap();
    assert_same(&unpacked(&packed(&fresh).await), &unpacked(file));
    fresh.close().await;
}

#[test]
fn a_damaged_file_restores_nothing() {
    on_both("damage", &async |place| {
        let store = filled(place).await;
        let file = packed(&store).await;
        place.run(&emptied()).await;
        let text = unpacked(&file);
        let lines: Vec<&str> = text.lines().collect();
        let damaged = [
            ("cut short", repacked(&(lines[..lines.len() - 1].join("\n") + "\n"))),
            ("cut in the packing", file[..file.len() / 2].to_vec()),
            ("a changed value", repacked(&text.replace("Amina", "Emina"))),
            ("a lost row", repacked(&text.replacen(&format!("{}\n", lines[2]), "", 1))),
            ("not a backup", repacked("{\"a\":1}\n")),
            ("not even packed", b"hello".to_vec()),
            ("nothing", Vec::new()),
        ];
        for (what, file) in damaged {
            let refused = store.restore(file.as_slice()).await;
            assert!(matches!(refused, Err(BackupError::Damaged { .. })), "{what}: {refused:?}");
        }
        let newer = repacked(&text.replacen("\"schema\":", "\"schema\":9", 1));
        let refused = store.restore(newer.as_slice()).await.unwrap_err();
        assert!(matches!(refused, BackupError::Schema { .. }), "{refused}");
        assert!(place.list("select member_id from member").await.is_empty());
        // After all that, the right file still goes in.
        store.restore(file.as_slice()).await.unwrap();
        assert_eq!(place.list("select member_id from member order by 1").await, ["m", "n"]);
        store.close().await;
    });
}

#[test]
fn a_backup_under_writes_is_one_moment() {
    on_both("backup_under_writes", &async |place| {
        let store = filled(place).await;
        let writer = {
            let store = store.clone();
            tokio::spawn(async move {
                for at in 0..40 {
                    let findings = [finding("a", f64::from(at)), finding("b", f64::from(at))];
                    let digest = format!("base {at}");
                    store.findings().load_base(&findings, &digest, EVENING).await.unwrap();
                }
            })
        };
        let mut moments = Vec::new();
        while !writer.is_finished() {
            moments.push(unpacked(&packed(&store).await));
        }
        writer.await.unwrap();
        for text in moments {
            let bodies: Vec<&str> = text.lines().filter(|line| line.starts_with("{\"finding_id\"")).collect();
            let estimate = |line: &str| {
                let row: serde_json::Value = serde_json::from_str(line).unwrap();
                let body: serde_json::Value = serde_json::from_str(row["body"].as_str().unwrap()).unwrap();
                body["estimate"].clone()
            };
            let estimates: Vec<_> = bodies.iter().map(|line| estimate(line)).collect();
            assert!(estimates.len() == 2, "{estimates:?}");
            if text.contains("base ") {
                assert_eq!(estimates[0], estimates[1]);
            }
        }
        store.close().await;
    });
}
