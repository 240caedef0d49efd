//! `whatworks opinions` through its front door: groups, no groups, the export of Polis, bad files, exit codes.

use crate::reference;
use serde_json::Value;
use std::fmt::Write as _;
use std::process::{Command, Output};

fn opinions(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whatworks")).arg("opinions").args(arguments).output().unwrap()
}

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Two camps by parity on the first eight of twelve statements; all agree with the rest, now and then one does not.
fn camps(people: usize) -> String {
    let mut text = "participant,statement,vote\n".to_owned();
    for person in 0..people {
        for statement in 0..12 {
            let odd_one = (person * 7 + statement * 5) % 11 == 0;
            let agrees = (statement >= 8 || (person + statement) % 2 == 0) != odd_one;
            writeln!(text, "m-{person},{statement},{}", if agrees { 1 } else { -1 }).unwrap();
        }
    }
    text
}

#[test]
fn groups_as_text_as_json_and_as_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let votes = file(&folder, "votes.csv", &camps(40));
    let map = folder.path().join("map.svg");
    let output = opinions(&[&votes, "--map", map.to_str().unwrap()]);
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    for part in [
        "These votes show 2 groups.",
        "● group A: 20 people",
        "Common ground",
        "Dividing lines",
        "agrees more by",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let svg = std::fs::read_to_string(&map).unwrap();
    assert_eq!((svg.matches("class=\"ga\"").count(), svg.matches("class=\"gb\"").count()), (20, 20));
    assert!(!svg.contains("m-1") && svg.contains("Group B, 20 voters"));

    let found = json(&opinions(&[&votes, "--json"]));
    for key in
        ["n_participants", "n_statements", "gate", "groups", "projection", "statements", "vote_log_head"]
    {
        assert!(!found[key].is_null(), "{key}");
    }
    assert_eq!(found["gate"]["groups_supported"], true);
    assert_eq!(found["gate"]["permutations"], 199);
    assert_eq!(found["groups"][0], serde_json::json!({"id": "A", "size": 20}));
    let one = &found["statements"][0];
    for key in [
        "id",
        "agree",
        "disagree",
        "pass",
        "seen",
        "common_ground",
        "divisive",
        "by_group",
        "representative_of",
    ] {
        assert!(!one[key].is_null(), "{key}");
    }
    assert_eq!((&one["divisive"], &one["by_group"][0]["group"]), (&true.into(), &"A".into()));
    assert_eq!(found["statements"][9]["common_ground"], true);
    assert!(found["projection"][3]["participant"].is_string() && found["projection"][3]["x"].is_f64());
}

#[test]
fn no_groups_is_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "participant,statement,vote\n".to_owned();
    // A linear congruence: answers without any connection between statements.
    let mut state = 5_u64;
    for person in 0..40 {
        for statement in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            writeln!(text, "{person},{statement},{}", [1, 1, -1][(state >> 33) as usize % 3]).unwrap();
        }
    }
    let votes = file(&folder, "votes.csv", &text);
    let map = folder.path().join("map.svg");
    let output = opinions(&[&votes, "--map", map.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("These votes show no groups."));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no opinion map"));
    assert!(!map.exists());
    let polis = json(&opinions(&[&votes, "--json", "--engine", "polis"]));
    assert!(polis["groups"].as_array().unwrap().len() >= 2, "that system always finds groups");
    assert!(polis["repness"].is_array() && polis["statements"][0]["priority"].is_f64());
    assert!(polis["statements"][0]["group_aware_consensus"].is_f64());
    let few = file(&folder, "few.csv", &camps(19));
    assert!(String::from_utf8_lossy(&opinions(&[&few]).stdout).contains("20 are needed"));
}

#[test]
fn a_bad_file_is_refused_with_line_and_hint() {
    let folder = tempfile::tempdir().unwrap();
    let bad = file(&folder, "bad.csv", "participant,statement,vote\na,1,1\na,2,5\n,3,0\n");
    let output = opinions(&[&bad]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("row 3, column vote: “5” is not a vote (write 1 for agree"), "{said}");
    assert!(
        said.contains("row 4, column participant") && said.lines().last().unwrap().starts_with("hint: "),
        "{said}"
    );
    assert!(output.stdout.is_empty());
    for (name, text) in
        [("empty.csv", ""), ("header.csv", "participant,statement,vote\n"), ("other.csv", "a,b\n1,2\n")]
    {
        let path = file(&folder, name, text);
        assert_eq!(opinions(&[&path]).status.code(), Some(1), "{name}");
    }
    assert_eq!(opinions(&["nowhere.csv"]).status.code(), Some(1));
    let good = file(&folder, "good.csv", &camps(40));
    let folder_name = folder.path().to_str().unwrap();
    assert_eq!(opinions(&[&good, "--map", folder_name]).status.code(), Some(1));
    assert_eq!(opinions(&[&good, "--map", &format!("{folder_name}/no/map.svg")]).status.code(), Some(2));
}

/// Two open conversations of the original system, as exported (openData, pol.is/2demo and pol.is/7wmvbjcjhp).
#[test]
fn reference_exports_of_polis_are_read_as_they_are() {
    for (name, people, statements) in [("15-per-hour-seattle", 339, 54), ("brexit-consensus", 204, 50)] {
        let Some(folder) = reference::folder(&format!("opinions, {name}")) else { return };
        let path = folder.join("data/polis").join(name).join("votes.csv");
        let found = json(&opinions(&[path.to_str().unwrap(), "--json"]));
        assert_eq!((&found["n_participants"], &found["n_statements"]), (&people.into(), &statements.into()));
        assert_eq!(found["gate"]["groups_supported"], true);
    }
}
