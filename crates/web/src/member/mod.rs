//! Pages that know who asks: one table of ways, one road through it.
//!
//! [`way`] is the table, `enter` the road, `session` says who asks, `form` proves that this site made a form, `rates`
//! how often something may be tried, `fields` draws forms. The pages themselves stand under `pages/account`. Left out:
//! what may be done, which `whatworks_forum` knows, and what is stored.

mod address;
mod enter;
pub(crate) mod fields;
pub(crate) mod form;
pub(crate) mod known;
mod masthead;
pub(crate) mod moment;
mod object;
pub(crate) mod passkey_form;
mod rates;
pub(crate) mod session;
mod setting;
pub mod way;

pub use address::PublicUrl;
pub(crate) use address::local_path;
pub(crate) use enter::enter;
pub(crate) use masthead::{fill_masthead, masthead};
pub(crate) use rates::Rule;
pub(crate) use session::find_person;
pub use setting::ForumSetting;
pub(crate) use setting::ForumSite;
pub use way::{Object, Verb, Way};

/// Every way.
pub fn ways() -> Vec<Way> {
    crate::pages::ways()
}
