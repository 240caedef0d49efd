//! Builds the crate anew when a migration is added: the macro that embeds them watches only the files it knew.

#[expect(clippy::print_stdout, reason = "standard output is how a build script speaks to cargo")]
fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
