//! Seven trials, from client records to signed findings to one synthesis: the commands of the README's tour.

use crate::program::{commons, json, lab, reference, succeeds};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const TRIALS: [&str; 7] = ["angelucci", "attanasio", "augsberg", "banerjee", "crepon", "karlan", "tarozzi"];
/// Outcome of the catalogue and name of the set in the golden file.
const OUTCOMES: [(&str, &str); 6] = [
    ("business.profit", "profit__se_robust"),
    ("business.revenue", "revenues__se_robust"),
    ("business.expenses", "expenditures__se_robust"),
    ("consumption.total", "consumption__se_robust"),
    ("consumption.durables", "consumerdurables__se_robust"),
    ("consumption.temptation", "temptation__se_robust"),
];
/// statistics.md §5.1: closed forms to 1e-8 relative.
const CLOSED_FORM: f64 = 1e-8;

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path, evidence: &str) -> Self {
        let mut child = Command::new(commons())
            .args(["serve", "--listen", "127.0.0.1:0", "--evidence", evidence, "--data-dir"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        while !line.contains("http://") {
            line.clear();
            assert!(lines.read_line(&mut line).unwrap() > 0, "the commons did not start");
        }
        let address = line.split("http://").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        Self { child, address }
    }

    /// Status and body.
    fn ask(&self, method: &str, path: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let body = if head.to_lowercase().contains("transfer-encoding: chunked") {
            unchunked(body)
        } else {
            body.into()
        };
        (status, body)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn unchunked(mut body: &str) -> String {
    let mut text = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap();
        text.push_str(&rest[..size]);
        if size == 0 {
            break;
        }
        body = &rest[size + 2..];
    }
    text
}

fn near(found: f64, expect: f64, tolerance: f64, what: &str) {
    assert!((found - expect).abs() <= tolerance * expect.abs(), "{what}: {found} against {expect}");
}

fn golden(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/reference").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Peers: R 4.2.2 lm, sandwich 3.0-2, clubSandwich 0.5.8 (estimates, CR1S, HC1); metafor 3.8-1 (the pools).
#[test]
fn seven_trials_become_one_synthesis() {
    let Some(reference) = reference("seven_trials_become_one_synthesis") else { return };
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/seven-trials");
    fs::copy(reference.join("data/microcredit_clients.csv"), work.join("microcredit_clients.csv")).unwrap();

    let path = |name: &str| work.join(name).to_str().unwrap().to_owned();
    succeeds(&lab(&["key", "new", "--out", &path("lab.key"), "--institution", "seven-trial-lab"]));
    let metafor = golden("metafor/b_microcredit_pooled_metafor.json");
    let mut envelopes = Vec::new();
    for trial in TRIALS {
        let plan = format!("{trial}.toml");
        fs::copy(examples.join(&plan), work.join(&plan)).unwrap();
        let study = json(&lab(&["study", "run", &path(&plan), "--out", &path(trial), "--no-pdf", "--json"]));
        for estimate in study["estimates"].as_array().unwrap() {
            let outcome = estimate["outcome"].as_str().unwrap();
            let set = OUTCOMES.iter().find(|(id, _)| *id == outcome).unwrap().1;
            let set = &metafor["outcomes"][set];
            let at = set["group"].as_array().unwrap().iter().position(|name| name == trial).unwrap();
            let what = format!("{trial} {outcome}");
            near(estimate["estimate"].as_f64().unwrap(), set["yi"][at].as_f64().unwrap(), CLOSED_FORM, &what);
            near(
                estimate["std_error"].as_f64().unwrap(),
                set["sei"][at].as_f64().unwrap(),
                CLOSED_FORM,
                &what,
            );
        }
        let mut files: Vec<String> = fs::read_dir(work.join(trial).join("findings"))
            .unwrap()
            .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        assert_eq!(
            files.len(),
            study["estimates"].as_array().unwrap().len(),
            "{trial}: {}",
            study["releases"]
        );
        let mut sign = vec!["finding", "sign", "--key"];
        let key = path("lab.key");
        sign.push(&key);
        sign.extend(files.iter().map(String::as_str));
        succeeds(&lab(&sign));
        let signed: Vec<String> = files.iter().map(|file| file.replace(".json", ".dsse.json")).collect();
        let public = path("lab.pub");
        let mut verify = vec!["finding", "verify", "--trust", &public];
        verify.extend(signed.iter().map(String::as_str));
        succeeds(&lab(&verify));
        envelopes.extend(signed.iter().map(|file| fs::read(file).unwrap()));
    }

    let commons_folder = path("commons");
    let trust = Command::new(commons())
        .args([
            "trust",
            "add",
            &path("lab.pub"),
            "--institution",
            "seven-trial-lab",
            "--data-dir",
            &commons_folder,
        ])
        .output()
        .unwrap();
    succeeds(&trust);
    let server = Server::start(Path::new(&commons_folder), "none");
    for envelope in &envelopes {
        let (status, body) = server.ask("POST", "/api/v1/findings", envelope);
        assert_eq!(status, 201, "{body}");
    }
    for (outcome, set) in OUTCOMES {
        let synthesis = synthesis(&server, outcome);
        let golden = &metafor["outcomes"][set]["REML_z"];
        let wald = synthesis["cis"].as_array().unwrap().iter().find(|ci| ci["method"] == "wald").unwrap();
        for (found, theirs) in
            [(&synthesis["estimate"], "mu"), (&wald["std_error"], "se"), (&synthesis["tau2"], "tau2")]
        {
            let (found, expect) = (found.as_f64().unwrap(), golden[theirs].as_f64().unwrap());
            let off = (found - expect).abs();
            assert!(
                off <= CLOSED_FORM || off <= CLOSED_FORM * expect.abs(),
                "{outcome} {theirs}: {found} against {expect}"
            );
        }
    }
    drop(server);

    // On the full evidence base the same samples are there already: the guard names all seven, and counts none twice.
    let server = Server::start(Path::new(&path("commons")), "base");
    let synthesis = synthesis(&server, "business.profit");
    let warned: Vec<&str> = synthesis["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|warning| warning["code"] == "double_count")
        .map(|warning| warning["text"].as_str().unwrap())
        .collect();
    for country in
        ["Mexico", "Mongolia", "Bosnia and Herzegovina", "India", "Morocco", "Philippines", "Ethiopia"]
    {
        let named = warned.iter().any(|text| text.contains(&format!("Seven-trial file, {country}")));
        assert!(named, "{country}: {warned:?}");
    }
    assert_eq!(synthesis["k"], 7);
}

fn synthesis(server: &Server, outcome: &str) -> Value {
    let path =
        format!("/api/v1/syntheses?practice=credit.access&outcome={outcome}&measure=native&method=reml");
    let (status, body) = server.ask("GET", &path, b"");
    assert_eq!(status, 200, "{body}");
    let value: Value = serde_json::from_str(&body).unwrap();
    let all = value["syntheses"].as_array().unwrap();
    all.iter().find(|synthesis| synthesis["estimand"] == "ITT").unwrap_or_else(|| panic!("{body}")).clone()
}
