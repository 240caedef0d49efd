//! The forum's pages through the router: signing in, forms, limits, access, hostile texts.

mod access;
mod account;
mod browser;
mod forms;
mod place;
mod questions;
mod sign_in;
mod texts;
