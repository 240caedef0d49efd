//! Output that is there whole or not at all: a folder is filled aside and renamed when it is complete.
//!
//! What was in the target folder before stays until the moment of the rename. An interrupted run leaves nothing under
//! the target's name, and the folder aside is removed.

use crate::commands::Failure;
use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Set by Ctrl-C.
static STOPPED: AtomicBool = AtomicBool::new(false);

/// Listens for Ctrl-C: the first asks the work to stop, the second ends the program at once.
///
/// # Errors
/// When the system refuses a handler.
pub(crate) fn listen_for_stop() -> anyhow::Result<()> {
    ctrlc::set_handler(|| {
        if STOPPED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    })
    .context("listening for Ctrl-C")
}

/// What Ctrl-C sets, for work that looks at it from several threads.
pub(crate) fn stop_flag() -> &'static AtomicBool {
    &STOPPED
}

/// Whether Ctrl-C was pressed.
pub(crate) fn stopped() -> bool {
    STOPPED.load(Ordering::SeqCst)
}

/// Set when a line of the answer could not be written.
static UNSAID: AtomicBool = AtomicBool::new(false);

/// Writes a line of the answer to stdout, in the words of `println!`.
macro_rules! say {
    ($($words:tt)*) => { $crate::output::write_line(format_args!($($words)*)) };
}
pub(crate) use say;

/// Writes a line to stdout. A reader that has gone (`| head`) has had what it wanted; any other failure is remembered
/// for the end.
pub(crate) fn write_line(line: std::fmt::Arguments<'_>) {
    if let Err(error) = writeln!(std::io::stdout().lock(), "{line}")
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        UNSAID.store(true, Ordering::SeqCst);
    }
}

/// Whether a part of the answer could not be written.
pub(crate) fn is_unsaid() -> bool {
    UNSAID.load(Ordering::SeqCst)
}

/// A folder being filled.
pub(crate) struct Folder {
    aside: PathBuf,
    target: PathBuf,
    done: bool,
}

impl Folder {
    /// Begins to fill a folder beside `target`.
    ///
    /// # Errors
    /// A refusal when `target` holds files that this program did not write (`known` names those it writes).
    pub(crate) fn begin(target: &Path, known: &[&str]) -> Result<Self, Failure> {
        if target.is_file() {
            let problem = format!("{} is a file", target.display());
            return Err(Failure::refused(problem, "give the name of a folder"));
        }
        if let Ok(entries) = fs::read_dir(target) {
            for entry in entries {
                let name = entry.context("listing the output folder")?.file_name();
                if !known.iter().any(|known| name == *known) {
                    return Err(Failure::refused(
                        format!(
                            "{} holds {}, which this command did not write",
                            target.display(),
                            name.display()
                        ),
                        "give a new folder, or move that away",
                    ));
                }
            }
        }
        let Some(name) = target.file_name().map(|name| name.to_string_lossy().into_owned()) else {
            let problem = format!("{} has no name of its own", target.display());
            return Err(Failure::refused(problem, "give the name of a folder, such as out"));
        };
        let parent =
            target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let aside = parent.join(format!(".{name}.partial-{}", std::process::id()));
        Ok(Self { aside, target: target.to_owned(), done: false })
    }

    /// Writes a file of the folder; `name` may hold one subfolder.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        let path = self.aside.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
        }
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        Ok(())
    }

    /// Puts the folder in its place, in place of an earlier one.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        if self.target.exists() {
            let old = self.aside.with_extension("old");
            fs::rename(&self.target, &old).context("moving the earlier output aside")?;
            if let Err(error) = fs::rename(&self.aside, &self.target) {
                let _ = fs::rename(&old, &self.target);
                return Err(anyhow::Error::new(error).context("putting the output in place").into());
            }
            self.done = true;
            fs::remove_dir_all(&old).context("removing the earlier output")?;
        } else {
            fs::rename(&self.aside, &self.target).context("putting the output in place")?;
            self.done = true;
        }
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_dir_all(&self.aside);
        }
    }
}

/// Writes one file aside and renames it; refuses to replace one unless `replace`.
pub(crate) fn write_file(path: &Path, bytes: &[u8], replace: bool) -> Result<(), Failure> {
    if !replace && path.exists() {
        return Err(Failure::refused(format!("{} is there already", path.display()), "give another name"));
    }
    let name = path.file_name().map_or_else(|| "out".into(), |name| name.to_string_lossy().into_owned());
    let aside = path.with_file_name(format!(".{name}.partial-{}", std::process::id()));
    fs::write(&aside, bytes).with_context(|| format!("writing {}", aside.display()))?;
    fs::rename(&aside, path).with_context(|| format!("putting {} in place", path.display()))?;
    Ok(())
}
