//! Questions: the list, a question's page with its evidence, votes, opinions and thread, and its facilitators' pages.
//!
//! The path: a way (`ways`) lets a request in; `gather` reads the store once into plain values (`view`); sections draw
//! them and ask nobody. What a form does is an act of `whatworks_forum`; a refusal shows the page again with the fault
//! beside its field. Left out: mail, and the mathematics of opinion.

mod acts;
mod board;
mod calendar;
mod difference;
pub(crate) mod draft;
pub(crate) mod evidence;
#[cfg(test)]
mod example;
mod files;
pub(crate) mod gather;
mod head;
mod list;
pub(crate) mod moment;
pub(crate) mod opinions;
mod page;
pub(crate) mod plan;
mod post;
mod prose;
mod queue;
pub(crate) mod sent;
mod show;
mod statements;
mod summary;
mod thread;
pub(crate) mod view;
mod vote;
mod ways;

use crate::member::way::Way;
pub(crate) use files::QUESTIONS;

/// Every way of questions.
pub(crate) fn ways() -> Vec<Way> {
    [ways::READ, acts::DONE].concat()
}
