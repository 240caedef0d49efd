//! A commons under members: a database with members signed in, the program as a child process, and members who read,
//! post and vote over plain HTTP/1.1 as a browser without JavaScript does.
//!
//! The measure of load (`main.rs`) and the test that kills the program (`tests/it/killed.rs`) share it. Members are made
//! up, and every draw comes from a stated seed.

pub(crate) mod http;
pub(crate) mod ledger;
pub(crate) mod member;
pub(crate) mod program;
pub(crate) mod seeded;
