//! The acts of the forum: each checks who may do it, holds the domain's rules, and happens in one transaction.
//!
//! Pages and mail both call these functions, so what is allowed does not depend on the way it came. An act takes the
//! store, who acts, what is asked, the time and (where it needs any) random bytes; it gives back what happened or a
//! [`Refused`] that a page and a mail can both put into words. What follows from an act (mail, audit) is written in
//! the same transaction as the act. Left out: sessions' cookies, forms, texts in any language.

pub mod access;
pub mod acts;
pub mod ballot;
pub mod notices;
mod random;
mod refused;

pub use access::{Act, Actor, Relation, Verdict, may};
pub use notices::Notice;
pub use random::{Random, new_id};
pub use refused::Refused;
