//! Writes the list of method texts from `docs/methods`, so that adding a file there adds a page.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let var = |name| env::var(name).map_err(io::Error::other);
    let folder = Path::new(&var("CARGO_MANIFEST_DIR")?).join("../../docs/methods");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut code = String::from("const METHODS: &[Method] = &[\n");
    for path in &files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let file = path.display().to_string();
        writeln!(code, "    Method {{ name: {name:?}, text: include_str!({file:?}) }},")
            .map_err(io::Error::other)?;
    }
    code += "];\n";
    fs::write(Path::new(&var("OUT_DIR")?).join("methods.rs"), code)
}
