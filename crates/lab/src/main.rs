//! The program `whatworks-lab`.

fn main() {}
