//! The commons on the web: pages without scripts, lists with CSV and JSON twins, a JSON API that is read-only but
//! for signed packets.
//!
//! The path of a request: `serve` finds the entry and asks the cache; a page file under `pages/` makes a body from a
//! [`visit::Visit`] (snapshot, language, address) and [`layout`]; [`headers`] protects every answer. `intake` takes signed
//! packets. What is asked by or for a member goes by the table of [`member::ways`]. Left out: opening databases, the command line, clocks. The program hands in [`state::Evidence`] and listens.

pub mod assets;
mod cache;
pub mod columns;
pub mod headers;
mod intake;
mod language;
pub mod layout;
mod mail_texts;
pub mod member;
#[cfg(test)]
mod messages;
pub mod number;
pub mod pages;
pub mod sentence;
mod serve;
pub mod shown;
pub mod state;
pub mod text;
pub mod tried;
pub mod twins;
pub mod visit;

pub use intake::{load_evidence, trusted_keys};
pub use mail_texts::{MailText, mail_text};
pub use member::{ForumSetting, PublicUrl};
pub use serve::router;
pub use state::{Commons, Evidence};
