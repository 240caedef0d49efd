//! The mail side of the forum: what a message looks like, and how it leaves.
//!
//! [`message`] turns a plain struct into a message of RFC 5322, [`mailer`] gives it to a mail server or puts it in a
//! folder and says what became of it, [`retry`] says when to try again. Left out: the queue, which is the store's; the
//! words, which are the pages'; signatures (DKIM), which are the mail server's; incoming mail.

pub mod mailer;
pub mod message;
mod outbox;
pub mod retry;
mod setting;
mod smtp;

pub use mailer::{Mailer, Outcome};
pub use message::Message;
pub use setting::SettingError;
