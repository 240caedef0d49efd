//! How mail leaves: through a mail server, or into a folder.
//!
//! The setting is one text: `smtps://user:password@host`, `smtp+starttls://user:password@host`, `smtp://host` or
//! `file:FOLDER`; ports are as usual (465, 587, 25) unless given. Each message is tried once here; what to do with the
//! [`Outcome`] is the queue's.

use crate::message::{Message, compose};
use crate::setting::{self, SettingError, Way};
use std::time::Duration;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server took it (or it lies in the folder).
    Sent,
    /// Not now, for this reason: try again after [`crate::retry::after`].
    TryLater(String),
    /// Never, for this reason: the server refused this message or its recipient, or it could not be made.
    Refused(String),
}

/// A way for mail to leave. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer(Way);

impl Mailer {
    /// The way that a setting names. Makes the folder of `file:`; connects to no server yet.
    ///
    /// # Errors
    /// [`SettingError`], with a hint and without the password.
    pub fn from_setting(setting: &str) -> Result<Self, SettingError> {
        setting::read(setting).map(Self)
    }

    /// The same with another limit on the time that one message may take (two minutes, if none is set).
    #[must_use]
    pub fn with_limit(self, limit: Duration) -> Self {
        match self.0 {
            Way::Smtp(smtp) => Self(Way::Smtp(smtp.with_limit(limit))),
            Way::Folder(outbox) => Self(Way::Folder(outbox)),
        }
    }

    /// Whether mail goes to a folder, and so reaches nobody: worth a word when the program starts.
    pub fn is_folder(&self) -> bool {
        matches!(self.0, Way::Folder(_))
    }

    /// Tries to send a message. Returns within the limit; must run within tokio.
    pub async fn deliver(&self, message: &Message) -> Outcome {
        let composed = match compose(message) {
            Ok(composed) => composed,
            Err(error) => return Outcome::Refused(error.to_string()),
        };
        match &self.0 {
            Way::Smtp(smtp) => smtp.deliver(&composed).await,
            Way::Folder(outbox) => outbox.deliver(&composed),
        }
    }
}
