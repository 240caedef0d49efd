//! Running other programs: Cargo, and the folders it needs.

use anyhow::{Context, Result, ensure};
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_path_buf()
}

/// The folder with reference data and peers' scripts: the one that `WHATWORKS_REFERENCE` names, else `shared` beside
/// the project's own folder, if there is one.
pub(crate) fn reference_folder() -> Option<PathBuf> {
    let named = env::var_os("WHATWORKS_REFERENCE").map(PathBuf::from);
    let beside = root().parent().map(|folder| folder.join("shared"));
    named.or(beside).filter(|folder| folder.is_dir())
}

/// Cargo's own program, in the root of the workspace.
pub(crate) fn cargo_command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Runs Cargo; an error unless it succeeds.
pub(crate) fn cargo(arguments: &[&str]) -> Result<()> {
    cargo_with(arguments, &[])
}

/// Runs Cargo with environment variables set.
pub(crate) fn cargo_with(arguments: &[&str], environment: &[(&str, &str)]) -> Result<()> {
    let status = cargo_command(arguments)
        .envs(environment.iter().copied())
        .status()
        .with_context(|| format!("cannot start cargo {}", arguments.join(" ")))?;
    ensure!(status.success(), "cargo {} failed", arguments.join(" "));
    Ok(())
}

/// What a program printed; an error unless it succeeded.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(output.status.success(), "{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program of this name is on the path.
pub(crate) fn is_installed(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}
