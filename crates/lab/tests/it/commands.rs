//! Plans that are refused, output that is whole or not there, keys that are not replaced.

use crate::program::{json, lab, refused, succeeds};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const PLAN: &str = r#"
[study]
title = "A trial"
institution = "An institution"
country = "IN"
[practice]
id = "credit.access"
comparator = "no-offer"
[data]
file = "clients.csv"
columns = { client = "id" }
[design]
kind = "cluster-randomised"
treatment = "offered"
cluster = "area"
covariates = ["age"]
[[outcome]]
id = "business.profit"
column = "profit"
unit = "INR per month"
primary = true
"#;

/// 40 areas of 25 clients, every other one offered the practice.
fn records() -> String {
    let mut text = "id,area,offered,age,profit,week\n".to_owned();
    for client in 0..1000_u32 {
        let area = client % 40;
        let noise = f64::from((client * 7919) % 1009) / 10.0;
        let profit = 100.0 + noise + f64::from(area) + 8.0 * f64::from(area % 2);
        let (offered, age, week) = (area % 2, 20 + (client * 31) % 40, client % 7);
        writeln!(text, "c{client:04},a{area:02},{offered},{age},{profit},{week}").unwrap();
    }
    text
}

fn study(folder: &Path, plan: &str) -> String {
    fs::write(folder.join("clients.csv"), records()).unwrap();
    let path = folder.join("plan.toml");
    fs::write(&path, plan).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_run_writes_everything_and_the_same_bytes_again_whatever_the_order_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let plan = study(folder.path(), PLAN);
    let out = folder.path().join("out");
    let run = || lab(&["study", "run", &plan, "--out", out.to_str().unwrap(), "--json"]);
    let first = json(&run());
    assert_eq!(first["plan_hash"].as_str().unwrap().len(), 64);
    assert_eq!(first["estimates"][0]["clusters"], 40);
    for name in ["study.json", "report.html", "report.pdf"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    let finding = out.join("findings").read_dir().unwrap().next().unwrap().unwrap().path();
    let before = fs::read_to_string(&finding).unwrap();
    let report = fs::read(out.join("report.pdf")).unwrap();
    succeeds(&run());
    assert_eq!(fs::read_to_string(&finding).unwrap(), before);
    assert_eq!(fs::read(out.join("report.pdf")).unwrap(), report);

    let text = records();
    let (head, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    fs::write(folder.path().join("clients.csv"), format!("{head}\n{}\n", rows.join("\n"))).unwrap();
    let turned = json(&run());
    let (was, is) = (&first["estimates"][0], &turned["estimates"][0]);
    for key in ["estimate", "std_error", "df", "p_value", "control_mean", "control_sd"] {
        let (was, is) = (was[key].as_f64().unwrap(), is[key].as_f64().unwrap());
        assert_eq!(format!("{was:.11e}"), format!("{is:.11e}"), "{key}");
    }
}

#[test]
fn what_cannot_be_done_is_refused_with_a_place_and_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let run = |plan: &str| {
        let plan = study(folder.path(), plan);
        refused(&lab(&["study", "run", &plan, "--out", out.to_str().unwrap()]))
    };
    assert!(run(&PLAN.replace("column = \"profit\"", "column = \"profits\"")).contains("profits"));
    assert!(run(&PLAN.replace("clients.csv", "nowhere.csv")).contains("nowhere.csv"));
    assert!(run(&PLAN.replace("cluster = \"area\"", "cluster = \"week\"")).contains("both arms"));
    assert!(
        run(&PLAN.replace("treatment = \"offered\"", "treatment = \"week\"")).contains("where 1 (assigned)")
    );
    assert!(run(&PLAN.replace("cluster-randomised", "matched")).contains("no estimator"));
    assert!(
        run(&PLAN.replace("[data]", "[data]\nrows = { area = \"a01\" }")).contains("needs 10 in each arm")
    );
    assert!(
        run(&PLAN
            .replace("cluster-randomised", "randomised")
            .replace("cluster = \"area\"", "time = \"week\""))
        .contains("design.time")
    );
    assert!(run(&PLAN.replace("[\"age\"]", "[\"profit\"]")).contains("outcome and part of the design"));
    assert!(!out.exists(), "a refusal writes nothing");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("mine.txt"), "keep").unwrap();
    assert!(run(PLAN).contains("mine.txt"));
    assert_eq!(fs::read_to_string(out.join("mine.txt")).unwrap(), "keep");
}

#[test]
fn power_is_told_before_an_outcome_is_read() {
    let folder = tempfile::tempdir().unwrap();
    // The outcome's column is not even there.
    let plan = study(folder.path(), &PLAN.replace("column = \"profit\"", "column = \"later\""));
    let power = json(&lab(&["study", "power", &plan, "--icc", "0.1", "--json"]));
    assert_eq!(power["power"]["clusters"], 40);
    assert!(power["power"]["rows"][0]["mde_offer"].as_f64().unwrap() > 0.2);
    assert!(refused(&lab(&["study", "check", &plan])).contains("no column later"));
    let plan = study(folder.path(), PLAN);
    assert!(succeeds(&lab(&["study", "check", &plan])).contains("the plan is sound"));
}

#[test]
fn a_new_plan_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.toml");
    succeeds(&lab(&["study", "new", plan.to_str().unwrap()]));
    assert!(refused(&lab(&["study", "new", plan.to_str().unwrap()])).contains("is there already"));
    assert!(refused(&lab(&["study", "check", plan.to_str().unwrap()])).contains("study.title"));
}

#[test]
fn a_key_signs_and_a_changed_digit_does_not_verify() {
    let folder = tempfile::tempdir().unwrap();
    let plan = study(folder.path(), PLAN);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    succeeds(&lab(&["study", "run", &plan, "--no-pdf", "--out", &at("out")]));
    succeeds(&lab(&["key", "new", "--out", &at("bank.key")]));
    assert!(refused(&lab(&["key", "new", "--out", &at("bank.key")])).contains("is there already"));
    let finding = folder.path().join("out/findings").read_dir().unwrap().next().unwrap().unwrap().path();
    let finding = finding.to_str().unwrap();
    succeeds(&lab(&["finding", "sign", "--key", &at("bank.key"), finding]));
    let signed = finding.replace(".json", ".dsse.json");
    let verify = ["finding", "verify", "--trust", &at("bank.pub"), &signed];
    assert!(succeeds(&lab(&verify)).contains("valid signature by bank"));
    assert!(succeeds(&lab(&["finding", "inspect", &signed])).contains("not verified"));

    let text = fs::read_to_string(&signed).unwrap();
    let payload = text.find("payload\":").unwrap() + 400;
    let digit = text[payload..].find(|c: char| c.is_ascii_digit()).unwrap() + payload;
    let other = if &text[digit..=digit] == "1" { "2" } else { "1" };
    fs::write(&signed, format!("{}{other}{}", &text[..digit], &text[digit + 1..])).unwrap();
    let output = lab(&verify);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("NOT VALID"));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let plan = study(folder.path(), PLAN);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_whatworks-lab"));
    command.args(["study", "check", &plan, "--json"]).stdout(std::process::Stdio::piped());
    let mut child = command.stderr(std::process::Stdio::piped()).spawn().unwrap();
    // Closed before the first byte, as by `| head -0`.
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
    assert_eq!(ended.status.code(), Some(0));
}
