//! `whatworks trust` and `whatworks finding` through their front door, on the committed example.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../fixtures/packets", name].iter().collect();
    path.to_str().unwrap().to_owned()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whatworks"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("WHATWORKS_DATABASE")
        .env_remove("WHATWORKS_DATA_DIR")
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Exit code 1, and the last line of standard error is a hint.
fn refused(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(words), "{said}");
    assert!(said.lines().last().is_some_and(|line| line.starts_with("hint: ") && line.len() > 6), "{said}");
}

#[test]
fn a_packet_is_verified_offline_against_a_key_or_the_trust_list() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (packet, key) = (fixture("example.dsse.json"), fixture("example-bank.pub"));

    let verified = run(here, &["finding", "verify", &packet, "--trust", &key]);
    assert_eq!(verified.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&verified.stdout).contains("valid signature by example-bank"));
    refused(&run(here, &["finding", "verify", &packet]), "no commons here");
    assert!(here.read_dir().unwrap().next().is_none(), "to verify makes no database");

    refused(&run(here, &["trust", "add", &key, "--institution", "other-bank"]), "not of “other-bank”");
    let add = ["trust", "add", &key, "--institution", "example-bank", "--json"];
    assert_eq!(json(&run(here, &add))["changed"], true);
    assert_eq!(json(&run(here, &add))["changed"], false);
    let verified = json(&run(here, &["finding", "verify", &packet, "--json"]));
    assert_eq!(verified["packets"][0]["valid"], true);
    assert_eq!(verified["packets"][0]["institution"], "example-bank");
    assert_eq!(json(&run(here, &["trust", "list", "--json"]))["keys"].as_array().unwrap().len(), 1);

    let altered = here.join("altered.dsse.json");
    let text = std::fs::read_to_string(&packet).unwrap();
    std::fs::write(&altered, text.replace("\"sig\":\"", "\"sig\":\"AAAA").replace("AAAA\"", "\"")).unwrap();
    let both = run(here, &["finding", "verify", &packet, altered.to_str().unwrap(), "--json"]);
    refused(&both, "altered.dsse.json");
    let both = json(&both);
    assert_eq!((&both["packets"][0]["valid"], &both["packets"][1]["valid"]), (&true.into(), &false.into()));
    assert!(both["packets"][1]["code"].is_string());

    let revoke = ["trust", "revoke", &key, "--institution", "example-bank", "--reason", "lost"];
    let said = run(here, &revoke);
    assert!(String::from_utf8_lossy(&said.stdout).contains("(lost)"));
    refused(&run(here, &["finding", "verify", &packet]), "was revoked on");
}

#[test]
fn inspecting_says_that_nobody_checked() {
    let folder = tempfile::tempdir().unwrap();
    let packet = fixture("example.dsse.json");
    let shown = run(folder.path(), &["finding", "inspect", &packet]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("not checked") && shown.contains("example-bank-2026_business.profit"), "{shown}");
    let value = json(&run(folder.path(), &["finding", "inspect", &packet, "--json"]));
    assert_eq!(value["packets"][0]["verified"], false);
    assert_eq!(value["packets"][0]["statement"]["predicate"]["institution"], "example-bank");
    let key = fixture("example-bank.pub");
    refused(&run(folder.path(), &["finding", "inspect", &key]), "no signed packet");
    refused(&run(folder.path(), &["finding", "inspect", "nothing.json"]), "cannot be read");
}

#[test]
fn a_finding_is_taken_back_with_a_reason_only() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    refused(&run(here, &["finding", "withdraw", "a", "--reason", "x"]), "no commons here");
    let key = fixture("example-bank.pub");
    run(here, &["trust", "add", &key, "--institution", "example-bank"]);
    refused(&run(here, &["finding", "withdraw", "a", "--reason", " "]), "without a reason");
    refused(&run(here, &["finding", "withdraw", "a", "--reason", "x"]), "no finding a");
    refused(&run(here, &["finding", "supersede", "a", "--reason", "x", "--by", "b"]), "no finding a");
}
