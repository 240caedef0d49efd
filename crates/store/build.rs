//! Builds the crate anew when a migration is added: the macro that embeds them watches only the files it knew.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
