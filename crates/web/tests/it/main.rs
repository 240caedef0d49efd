//! The site through its router, without a network: every page kind on the shipped evidence, and on hostile evidence.

mod hostile;
mod pages;
mod protocol;
mod support;
mod twins;
