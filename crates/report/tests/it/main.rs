//! The report from outside: a study in, two documents out.
#![expect(clippy::unwrap_used, reason = "a test that cannot read its own fixture has failed")]

mod html;
mod pdf;
mod study;
