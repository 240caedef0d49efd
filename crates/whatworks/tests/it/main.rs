//! The program's tests through its front door, and the rules of the house.

#![expect(clippy::unwrap_used, reason = "a test that cannot set its stage should stop there")]

mod backup;
mod finding;
mod killed;
mod opinions;
mod pool;
mod reference;
mod tidy;
