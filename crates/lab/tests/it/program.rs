//! Running the two built programs, and finding the reference data.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A passphrase long enough for a key.
pub(crate) const PASSPHRASE: &str = "four plain words here";

pub(crate) fn lab(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_whatworks-lab"))
        .args(arguments)
        .env("WHATWORKS_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap()
}

/// The commons' program, which `./test` builds into the same folder.
pub(crate) fn commons() -> PathBuf {
    let path = Path::new(env!("CARGO_BIN_EXE_whatworks-lab")).with_file_name("whatworks");
    assert!(path.exists(), "build it first: cargo build --package whatworks");
    path
}

pub(crate) fn succeeds(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The refusal's text: exit code 1, nothing on stdout, a last line that is a hint.
pub(crate) fn refused(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.trim_end().lines().last().unwrap().starts_with("hint: "), "{text}");
    text
}

pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_str(&succeeds(output)).unwrap()
}

/// The reference folder, or `None` after saying that the test is skipped.
pub(crate) fn reference(name: &str) -> Option<PathBuf> {
    let sibling = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("WHATWORKS_REFERENCE").map_or(sibling, PathBuf::from);
    if folder.join("data").is_dir() {
        eprintln!("reference: ran {name}");
        Some(folder)
    } else {
        eprintln!("reference: skipped {name} (no reference folder)");
        None
    }
}
