//! `whatworks-lab` through its front door.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

mod commands;
mod designs;
mod program;
mod scan;
mod trials;
#[cfg(test)]
mod warning;
