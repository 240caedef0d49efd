//! A folder in place of a mail server: one `.eml` file per message, for trying things out and for tests.
//!
//! Rule: written aside, then renamed, so that who watches the folder sees whole messages only. A message that is sent
//! again replaces itself.

use crate::mailer::Outcome;
use crate::message::Composed;
use crate::setting::SettingError;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder.
#[derive(Debug, Clone)]
pub(crate) struct Outbox {
    folder: PathBuf,
}

impl Outbox {
    /// Makes the folder unless it is there.
    pub(crate) fn new(folder: PathBuf) -> Result<Self, SettingError> {
        fs::create_dir_all(&folder).map_err(|error| SettingError::Folder {
            folder: folder.display().to_string(),
            reason: error.to_string(),
        })?;
        Ok(Self { folder })
    }

    pub(crate) fn deliver(&self, composed: &Composed) -> Outcome {
        // The id holds no separator and does not begin with a dot: message::compose refuses others.
        let file = self.folder.join(format!("{}.eml", composed.mail_id));
        let aside = self.folder.join(format!(".{}.part", composed.mail_id));
        match write_aside(&aside, &file, &composed.bytes) {
            Ok(()) => Outcome::Sent,
            Err(error) => Outcome::TryLater(format!("{}: {error}", file.display())),
        }
    }
}

fn write_aside(aside: &Path, file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut open = fs::File::create(aside)?;
    open.write_all(bytes)?;
    open.sync_all()?;
    fs::rename(aside, file)
}
