//! `whatworks backup` and `whatworks restore` through their front door.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whatworks"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("WHATWORKS_DATABASE")
        .env_remove("WHATWORKS_DATA_DIR")
        .output()
        .unwrap()
}

fn refused(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(words), "{said}");
    assert!(said.lines().last().is_some_and(|line| line.starts_with("hint: ") && line.len() > 6), "{said}");
}

fn keys(folder: &Path, data_dir: &str) -> String {
    let listed = run(folder, &["trust", "list", "--json", "--data-dir", data_dir]);
    assert_eq!(listed.status.code(), Some(0));
    String::from_utf8(listed.stdout).unwrap()
}

#[test]
fn a_commons_is_saved_and_comes_back_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    refused(&run(here, &["backup", "saved.gz"]), "no commons to back up here");
    assert!(here.read_dir().unwrap().next().is_none(), "to look for a commons makes none");

    let key: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../../fixtures/packets/example-bank.pub"].iter().collect();
    let add = ["trust", "add", key.to_str().unwrap(), "--institution", "example-bank"];
    assert_eq!(run(here, &add).status.code(), Some(0));
    let saved = run(here, &["backup", "saved.gz"]);
    assert!(String::from_utf8_lossy(&saved.stdout).contains("saved in saved.gz"), "{saved:?}");
    refused(&run(here, &["backup", "saved.gz"]), "exists already");
    refused(&run(here, &["restore", "saved.gz"]), "trusted_key already holds rows");

    let restored = run(here, &["restore", "saved.gz", "--data-dir", "elsewhere"]);
    assert!(
        String::from_utf8_lossy(&restored.stdout).contains("restored from the backup of"),
        "{restored:?}"
    );
    assert_eq!(keys(here, "elsewhere"), keys(here, "whatworks-data"));

    // The copy remembers that it was made and that it was restored; the chain holds in both places.
    let verify = |data_dir: &str, more: &[&str]| {
        let arguments = [&["audit", "verify", "--json", "--data-dir", data_dir], more].concat();
        let output = run(here, &arguments);
        (output.status.code(), serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap())
    };
    let (code, original) = verify("whatworks-data", &[]);
    assert_eq!((code, &original["rows"]), (Some(0), &serde_json::json!(1)));
    let head = original["head"].as_str().unwrap();
    let (code, copy) = verify("elsewhere", &["--head", head]);
    assert_eq!((code, &copy["rows"], &copy["noted_head_at"]), (Some(0), &2.into(), &1.into()));
    let (code, missing) = verify("whatworks-data", &["--head", copy["head"].as_str().unwrap()]);
    assert_eq!((code, &missing["holds"]), (Some(1), &false.into()));
    let listed = run(here, &["audit", "list", "--data-dir", "elsewhere"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(
        listed.contains("program  restore  commons") && listed.contains("program  backup  commons"),
        "{listed}"
    );

    let again = ["restore", "saved.gz", "--erased-in", "saved.gz", "--data-dir", "again"];
    assert_eq!(run(here, &again).status.code(), Some(0));
    let unread = ["restore", "saved.gz", "--erased-in", "nothing.gz", "--data-dir", "third"];
    refused(&run(here, &unread), "nothing.gz: cannot be read");
    assert!(!here.join("third").exists(), "a ledger that cannot be read stops a restore before it begins");

    refused(&run(here, &["restore", "nothing.gz", "--data-dir", "third"]), "cannot be read");
    let whole = std::fs::read(here.join("saved.gz")).unwrap();
    std::fs::write(here.join("half.gz"), &whole[..whole.len() / 2]).unwrap();
    refused(&run(here, &["restore", "half.gz", "--data-dir", "third"]), "line ");
    let names = here.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names.into_iter().all(|name| !name.contains(".part")), "no half of a backup is left");
}
