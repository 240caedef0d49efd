//! Reading reference values and comparing whole trees of them: every number in the reference must have a
//! counterpart, unless its key is on the test's explicit list.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The workspace root.
fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A reference file committed with the project.
pub(crate) fn fixture(name: &str) -> Value {
    let path = workspace().join("fixtures/reference").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("reference values are JSON")
}

/// Files of the external reference folder, or `None` when there is no such folder; one line on stderr says
/// whether the test ran.
pub(crate) fn external<const N: usize>(test: &str, names: [&str; N]) -> Option<[String; N]> {
    let folder =
        std::env::var_os("WHATWORKS_REFERENCE").map_or_else(|| workspace().join("../shared"), PathBuf::from);
    if !folder.join("data").is_dir() {
        eprintln!("reference: skipped {test} (no reference folder)");
        return None;
    }
    eprintln!("reference: ran {test}");
    Some(names.map(|name| {
        let path = folder.join("data").join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }))
}

/// Numbers of an array.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("an array").iter().map(|x| x.as_f64().expect("a number")).collect()
}

/// Allowed difference: relative to the reference, or absolute.
#[derive(Clone, Copy)]
pub(crate) struct Tolerance {
    pub(crate) relative: f64,
    pub(crate) absolute: f64,
}

/// Counts the values compared and collects the differences.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) checked: usize,
    pub(crate) worst: f64,
    failures: Vec<String>,
}

impl Tally {
    /// Compares one number.
    pub(crate) fn number(&mut self, path: &str, expected: f64, found: f64, tolerance: Tolerance) {
        self.checked += 1;
        let difference = (expected - found).abs();
        let allowed = (tolerance.relative * expected.abs()).max(tolerance.absolute);
        if difference.is_nan() || difference > allowed {
            self.failures.push(format!("{path}: expected {expected:e}, found {found:e}"));
        } else if expected != 0.0 && difference > tolerance.absolute {
            self.worst = self.worst.max(difference / expected.abs());
        }
    }

    /// Compares every leaf of `expected` with the same place in `found`. Keys in `excluded` are left out.
    pub(crate) fn tree(
        &mut self,
        path: &str,
        expected: &Value,
        found: &Value,
        excluded: &[&str],
        tolerance: &dyn Fn(&str) -> Tolerance,
    ) {
        match expected {
            Value::Object(entries) => {
                for (key, value) in entries {
                    if !excluded.contains(&key.as_str()) {
                        self.tree(
                            &format!("{path}/{key}"),
                            value,
                            found.get(key).unwrap_or(&Value::String("absent".to_owned())),
                            excluded,
                            tolerance,
                        );
                    }
                }
            }
            Value::Array(entries) => {
                let length = found.as_array().map_or(0, Vec::len);
                if length != entries.len() {
                    self.failures.push(format!("{path}: {} entries expected, {length} found", entries.len()));
                    return;
                }
                for (i, value) in entries.iter().enumerate() {
                    self.tree(&format!("{path}[{i}]"), value, &found[i], excluded, tolerance);
                }
            }
            Value::Number(number) => match found.as_f64() {
                Some(found) => {
                    self.number(path, number.as_f64().expect("a double"), found, tolerance(path));
                }
                None => self.failures.push(format!("{path}: expected {number}, found {found}")),
            },
            Value::Null | Value::String(_) | Value::Bool(_) => {
                self.checked += 1;
                if expected != found {
                    self.failures.push(format!("{path}: expected {expected}, found {found}"));
                }
            }
        }
    }

    /// Fails with the first differences, or unless exactly `count` values were compared.
    pub(crate) fn finish(self, count: usize) {
        let shown = self.failures.iter().take(40).cloned().collect::<Vec<_>>().join("\n");
        assert!(self.failures.is_empty(), "{} of {} differ\n{shown}", self.failures.len(), self.checked);
        assert_eq!(self.checked, count, "number of reference values compared");
    }
}
