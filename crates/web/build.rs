//! Writes the list of method texts from `docs/methods` and the list of text files from `locales`, so that adding a file
//! there is enough; and refuses languages that lack a message, differ in its arguments, or do not format.

#[path = "src/messages.rs"]
mod messages;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use messages::Messages;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Languages that have every message of English.
const COMPLETE: [&str; 3] = ["en", "es", "fr"];

fn main() -> io::Result<()> {
    let var = |name| env::var(name).map_err(io::Error::other);
    let home = PathBuf::from(var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(var("OUT_DIR")?);
    for part in ["build.rs", "src", "locales"] {
        println!("cargo::rerun-if-changed={}", home.join(part).display());
    }
    write_methods(&home.join("../../docs/methods"), &out.join("methods.rs"))?;
    let languages = read_languages(&home.join("locales"))?;
    write_languages(&languages, &out.join("locales.rs"))?;
    let mut code = String::new();
    read_code(&home.join("src"), &mut code)?;
    // Cargo fails the build after any of these.
    for fault in faults(&languages, &code) {
        println!("cargo::error={fault}");
    }
    Ok(())
}

/// The files of a folder with this extension, in order.
fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn write_methods(folder: &Path, into: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let files = if folder.is_dir() { files(folder, "md")? } else { Vec::new() };
    let mut code = String::from("const METHODS: &[Method] = &[\n");
    for path in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = path.display().to_string();
        writeln!(code, "    Method {{ name: {name:?}, text: include_str!({file:?}) }},")
            .map_err(io::Error::other)?;
    }
    code += "];\n";
    fs::write(into, code)
}

/// A text file: its path and what it holds.
type Source = (PathBuf, String);

/// The text files of each language.
fn read_languages(folder: &Path) -> io::Result<BTreeMap<String, Vec<Source>>> {
    let mut languages = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let code = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut sources = Vec::new();
        for file in files(&path, "ftl")? {
            let text = fs::read_to_string(&file)?;
            sources.push((file, text));
        }
        languages.insert(code, sources);
    }
    Ok(languages)
}

fn write_languages(languages: &BTreeMap<String, Vec<Source>>, into: &Path) -> io::Result<()> {
    let mut code = String::from("const SOURCES: &[(&str, &[&str])] = &[\n");
    for (language, sources) in languages {
        writeln!(code, "    ({language:?}, &[").map_err(io::Error::other)?;
        for (path, _) in sources {
            writeln!(code, "        include_str!({:?}),", path.display().to_string())
                .map_err(io::Error::other)?;
        }
        code += "    ]),\n";
    }
    code += "];\n";
    fs::write(into, code)
}

fn read_code(folder: &Path, into: &mut String) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read_code(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("messages.rs")
        {
            into.push_str(&fs::read_to_string(path)?);
        }
    }
    Ok(())
}

fn faults(languages: &BTreeMap<String, Vec<Source>>, code: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut by_language: BTreeMap<&str, Messages> = BTreeMap::new();
    for (language, sources) in languages {
        let own = by_language.entry(language).or_default();
        for (_, text) in sources {
            faults.extend(messages::read(text, own).iter().map(|key| format!("{language}: {key} twice")));
        }
        faults.extend(faults_of_form(language, sources, own));
    }
    let none = Messages::new();
    let english = by_language.get("en").unwrap_or(&none);
    faults.extend(messages::faults_of_use(english, code));
    for (language, own) in &by_language {
        let wanted = if COMPLETE.contains(language) {
            english.clone()
        } else {
            english
                .iter()
                .filter(|(key, _)| own.contains_key(*key))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect()
        };
        faults.extend(messages::faults_of_language(language, &wanted, own));
    }
    faults
}

/// What Fluent cannot read, and what it cannot format with the message's own arguments.
fn faults_of_form(language: &str, sources: &[Source], messages: &Messages) -> Vec<String> {
    let mut faults = Vec::new();
    let mut bundle = FluentBundle::new(vec![language.parse().unwrap_or_default()]);
    for (path, text) in sources {
        let resource = FluentResource::try_new(text.clone()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| format!("{}: {error}", path.display())));
            resource
        });
        bundle.add_resource_overriding(resource);
    }
    for (key, names) in messages {
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            faults.push(format!("{language}: {key} has no text"));
            continue;
        };
        for value in [FluentValue::from(2), FluentValue::from("x")] {
            let arguments: FluentArgs<'_> = names.iter().map(|name| (name.as_str(), value.clone())).collect();
            let mut errors = Vec::new();
            bundle.format_pattern(pattern, Some(&arguments), &mut errors);
            faults.extend(errors.iter().map(|error| format!("{language}: {key}: {error}")));
        }
    }
    faults
}
