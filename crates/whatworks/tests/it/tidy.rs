//! Rules of the house that the compiler cannot hold: who may use whom, what the map names, how files look.
//!
//! Each rule reads the tree as it lies on disk, so that a rule fails before a commit rather than after it.

#![expect(clippy::unwrap_used, reason = "a helper of tests that fails fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A source file longer than this has more than one job, or a reason in [`LONG_FILES`].
const LONGEST_FILE_LINES: usize = 600;

/// Files that may be longer, with the reason.
const LONG_FILES: [(&str, &str); 0] = [];

/// Folders that hold no work of ours.
const NOT_OURS: [&str; 4] = ["target", "node_modules", ".git", "whatworks-data"];

/// What the commons' program must never link: the readers of client records, and the typesetter.
const BEHIND_THE_WALL: [&str; 4] = ["arrow", "datafusion", "parquet", "typst"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of ours, by its path from the root, sorted.
fn files() -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OURS.contains(&name.as_str()) {
                    walk(&path, found);
                }
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root(), &mut found);
    let mut names: Vec<String> =
        found.iter().map(|path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn has_extension(name: &str, wanted: &[&str]) -> bool {
    Path::new(name).extension().is_some_and(|extension| wanted.iter().any(|one| extension == *one))
}

fn rust_files() -> Vec<String> {
    files().into_iter().filter(|name| has_extension(name, &["rs"])).collect()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The crate's folder name, as ARCHITECTURE.md writes it.
fn short(package: &str) -> String {
    package.strip_prefix("whatworks-").unwrap_or(package).to_owned()
}

/// Edges between our crates as Cargo sees them. What only tests use is not counted.
fn edges_by_cargo() -> BTreeMap<String, BTreeSet<String>> {
    let metadata: serde_json::Value =
        serde_json::from_str(&cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]))
            .unwrap();
    let mut edges = BTreeMap::new();
    for package in metadata["packages"].as_array().unwrap() {
        let uses = package["dependencies"].as_array().unwrap().iter();
        let ours = uses
            .filter(|dependency| dependency["kind"] != "dev" && !dependency["path"].is_null())
            .map(|dependency| short(dependency["name"].as_str().unwrap()))
            .collect();
        edges.insert(short(package["name"].as_str().unwrap()), ours);
    }
    edges
}

/// Rows of the table that opens with `| crate | may use |`.
fn edges_by_the_map(map: &str) -> BTreeMap<String, BTreeSet<String>> {
    let rows = map.lines().skip_while(|line| !line.starts_with("| crate | may use |")).skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let uses =
                cells[2].split(", ").filter(|name| !name.contains("nothing")).map(str::to_owned).collect();
            (cells[1].to_owned(), uses)
        })
        .collect()
}

/// `a/{b,c}/d` names two paths.
fn expand_braces(path: &str) -> Vec<String> {
    match (path.find('{'), path.find('}')) {
        (Some(open), Some(close)) if open < close => path[open + 1..close]
            .split(',')
            .flat_map(|part| {
                expand_braces(&format!("{}{}{}", &path[..open], part.trim(), &path[close + 1..]))
            })
            .collect(),
        _ => vec![path.to_owned()],
    }
}

/// What stands between backticks and looks like a path of ours: no spaces, a folder or a known kind of file.
fn paths_named(text: &str) -> Vec<String> {
    let spans = text.split('`').skip(1).step_by(2);
    spans
        .filter(|span| !span.contains(char::is_whitespace) && !span.starts_with('/') && !span.contains("://"))
        .filter(|span| !span.contains(['<', '*', '~', '(']))
        .filter(|span| span.contains('/') || has_extension(span, &["md", "rs", "toml"]))
        .flat_map(expand_braces)
        .collect()
}

#[test]
fn crates_use_each_other_as_the_map_says() {
    let by_map = edges_by_the_map(&read("ARCHITECTURE.md"));
    assert_eq!(edges_by_cargo(), by_map, "left: Cargo.toml files; right: the table in ARCHITECTURE.md");
}

#[test]
fn the_program_links_nothing_from_behind_the_wall() {
    let tree = cargo(&[
        "tree",
        "--offline",
        "--package",
        "whatworks",
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let linked: BTreeSet<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(linked.contains("whatworks-web"), "the tree lists no crate of ours: {tree}");
    let found: Vec<&&str> = linked
        .iter()
        .filter(|name| BEHIND_THE_WALL.iter().any(|one| *name == one || name.starts_with(&format!("{one}-"))))
        .collect();
    assert_eq!(found, Vec::<&&str>::new());
}

#[test]
fn every_module_opens_with_its_purpose() {
    let bare: Vec<String> = rust_files().into_iter().filter(|name| !read(name).starts_with("//! ")).collect();
    assert_eq!(bare, Vec::<String>::new(), "a module opens with //! and one sentence of purpose");
}

#[test]
fn no_source_file_outgrows_its_job() {
    let excused: BTreeSet<&str> = LONG_FILES.iter().map(|(name, _)| *name).collect();
    let long: Vec<(String, usize)> = rust_files()
        .into_iter()
        .map(|name| (read(&name).lines().count(), name))
        .filter(|(lines, name)| *lines > LONGEST_FILE_LINES && !excused.contains(name.as_str()))
        .map(|(lines, name)| (name, lines))
        .collect();
    assert_eq!(long, Vec::<(String, usize)>::new(), "over {LONGEST_FILE_LINES} lines");
}

#[test]
fn every_path_that_the_map_names_exists() {
    let named = paths_named(&read("ARCHITECTURE.md"));
    assert!(named.len() > 20, "the map names only {named:?}");
    let missing: Vec<String> = named.into_iter().filter(|path| !root().join(path).exists()).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_link_between_our_documents_leads_somewhere() {
    let mut broken = Vec::new();
    for name in files().into_iter().filter(|name| has_extension(name, &["md"])) {
        let folder = root().join(&name).parent().unwrap().to_path_buf();
        for part in read(&name).split("](").skip(1) {
            let target = part.split(')').next().unwrap_or_default();
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            if target.contains("://") || target.starts_with("mailto:") || target.starts_with('/') {
                continue;
            }
            let file = if path.is_empty() { root().join(&name) } else { folder.join(path) };
            let arrives = match fs::read_to_string(&file) {
                Ok(text) => anchor.is_empty() || anchors(&text).contains(anchor),
                Err(_) => file.exists() && anchor.is_empty(),
            };
            if !arrives {
                broken.push(format!("{name}: {target}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

/// The anchors that a Markdown reader gives to headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let words = line.trim_start_matches('#').trim().to_lowercase();
            words
                .chars()
                .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
                .map(|letter| if letter == ' ' { '-' } else { letter })
                .collect()
        })
        .collect()
}

#[test]
fn nothing_is_left_for_later_and_no_machine_is_named() {
    let promises =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("#[ign", "ore"), concat!("todo", "!(")];
    let places = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let kinds = ["rs", "toml", "md", "css", "ftl", "sql", "mjs", "json", "yml", "csv", "R", "sh"];
    let mut found = Vec::new();
    for name in files() {
        // The fuzzer's seeds are bytes, some of them no text.
        let is_seed = name.starts_with("fuzz/seeds/");
        if is_seed || (!has_extension(&name, &kinds) && !matches!(name.as_str(), "test" | ".ci/run")) {
            continue;
        }
        let text = read(&name);
        for (number, line) in text.lines().enumerate() {
            if promises.iter().chain(&places).any(|one| line.contains(one)) {
                found.push(format!("{name}:{}", number + 1));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn decisions_are_numbered_without_holes() {
    let prefix = "docs/decisions/";
    let numbers: Vec<String> = files()
        .into_iter()
        .filter_map(|name| name.strip_prefix(prefix).map(|rest| rest.chars().take(5).collect()))
        .collect();
    let expected: Vec<String> = (1..=numbers.len()).map(|number| format!("{number:04}-")).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn the_changelog_has_a_place_for_what_comes_next() {
    assert!(read("CHANGELOG.md").lines().any(|line| line == "## [Unreleased]"));
}

#[test]
fn the_glossary_is_in_alphabetical_order() {
    let text = read("GLOSSARY.md");
    let words: Vec<String> =
        text.lines().filter_map(|line| line.strip_prefix("### ")).map(str::to_lowercase).collect();
    let mut sorted = words.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(words, sorted);
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |database: &str| -> Vec<String> {
        let prefix = format!("crates/store/migrations/{database}/");
        files().into_iter().filter_map(|name| name.strip_prefix(&prefix).map(str::to_owned)).collect()
    };
    assert!(!names("sqlite").is_empty());
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn documents_count_the_evidence_as_it_is() {
    let catalogue = whatworks_evidence::base::catalogue().unwrap();
    let findings = whatworks_evidence::base::findings(&catalogue).unwrap();
    let studies: BTreeSet<String> = findings.iter().map(|finding| finding.study_id.to_string()).collect();
    let samples: BTreeSet<String> = findings.iter().map(|finding| finding.sample_id.to_string()).collect();
    let primary = findings.iter().filter(|finding| finding.primary).count();
    let (all, studies, samples) = (findings.len(), studies.len(), samples.len());
    let sentence = format!("{all} findings of {studies} studies on {samples} samples; {primary} are primary");
    assert!(read("evidence-base/README.md").contains(&sentence), "evidence-base/README.md: {sentence}");
    let sentence = format!("{all} published findings of {studies} studies");
    assert!(read("README.md").contains(&sentence), "README.md: {sentence}");
}

/// Message ids of a Fluent file.
fn messages(text: &str) -> BTreeSet<String> {
    let ids = text.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    ids.filter_map(|line| line.split_once('=')).map(|(id, _)| id.trim().to_owned()).collect()
}

#[test]
fn every_language_says_everything_that_english_says() {
    let mut by_language: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Those of the pages are compared when they are built (crates/web/build.rs), which knows which languages are whole.
    let texts = |name: &&String| has_extension(name, &["ftl"]) && !name.starts_with("crates/web/");
    for name in files().iter().filter(texts) {
        let (_, rest) = name.split_once("/locales/").unwrap();
        let (language, file) = rest.split_once('/').unwrap();
        let ids = messages(&read(name)).into_iter().map(|id| format!("{file}: {id}"));
        by_language.entry(language.to_owned()).or_default().extend(ids);
    }
    let english = by_language.get("en").expect("no English texts").clone();
    for (language, said) in by_language {
        let missing: Vec<&String> = english.difference(&said).collect();
        let unknown: Vec<&String> = said.difference(&english).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language}: lacks {missing:?}, adds {unknown:?}");
    }
}

mod readers {
    use super::*;

    #[test]
    fn a_path_in_braces_is_several() {
        assert_eq!(expand_braces("a/{b,c}/d.rs"), ["a/b/d.rs", "a/c/d.rs"]);
        let text = "`cargo run` reads `x/y.rs` and `/findings`, `Cargo.toml`, `docs/<name>.md`";
        assert_eq!(paths_named(text), ["x/y.rs", "Cargo.toml"]);
    }

    #[test]
    fn the_table_is_read_by_row() {
        let map = "text\n\n| crate | may use | owns |\n|---|---|---|\n| a | nothing of ours | – |\n| b | a, c | – |\n\n";
        let edges = edges_by_the_map(map);
        assert_eq!(edges["a"], BTreeSet::new());
        assert_eq!(edges["b"], BTreeSet::from(["a".to_owned(), "c".to_owned()]));
    }

    #[test]
    fn headings_become_anchors() {
        assert_eq!(anchors("## Hartung–Knapp\n"), BTreeSet::from(["hartungknapp".to_owned()]));
        assert_eq!(anchors("### pool key"), BTreeSet::from(["pool-key".to_owned()]));
    }
}
