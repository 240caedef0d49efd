//! The site through its router, without a network: every page kind on the shipped evidence, and on hostile evidence.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod forum;
mod front;
mod hostile;
mod intake;
mod pages;
mod protocol;
mod support;
mod synthesis;
mod twins;
