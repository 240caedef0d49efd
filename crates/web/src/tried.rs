//! How many distinct filter combinations a visitor has tried since arrival, kept in a session cookie of short hashes.
//!
//! Why: whoever filters long enough finds a result (Gelman & Loken 2013, the garden of forking paths), so the page says
//! how many were tried. The cookie holds hashes only, no addresses, lives until the browser closes, and never leaves
//! this site; the server keeps nothing. A cookie that someone else wrote is read as far as it makes sense.

use crate::cache::digest_hex;
use std::collections::BTreeSet;

/// Name of the cookie.
pub const COOKIE: &str = "filters";
/// Most combinations remembered; the count stops there.
pub const MOST: usize = 60;
/// Hexadecimal digits of a hash.
const DIGITS: usize = 6;

/// The combinations tried, as short hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried(BTreeSet<String>);

impl Tried {
    /// Reads the value of the cookie; whatever is not a hash is left out.
    pub fn parse(value: &str) -> Self {
        let hash = |text: &&str| {
            text.len() == DIGITS
                && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        };
        Self(value.split('.').filter(hash).take(MOST).map(str::to_owned).collect())
    }

    /// Reads a whole Cookie header.
    pub fn from_header(header: Option<&str>) -> Self {
        let mut cookies =
            header.unwrap_or_default().split(';').filter_map(|pair| pair.trim().split_once('='));
        cookies.find(|(name, _)| *name == COOKIE).map(|(_, value)| Self::parse(value)).unwrap_or_default()
    }

    /// Adds a combination, given as its canonical address. Returns whether it was new.
    pub fn add(&mut self, address: &str) -> bool {
        self.0.len() < MOST && self.0.insert(digest_hex(address.as_bytes(), DIGITS))
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The Set-Cookie header.
    pub fn set_cookie(&self) -> String {
        let value: Vec<&str> = self.0.iter().map(String::as_str).collect();
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Lax", value.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_combination_counts_once_and_survives_the_cookie() {
        let mut tried = Tried::default();
        assert!(tried.add("/syntheses/a?country=IN") && tried.add("/syntheses/a?country=MX"));
        assert!(!tried.add("/syntheses/a?country=IN"));
        let cookie = tried.set_cookie();
        let sent = cookie.split(';').next().unwrap();
        assert_eq!(Tried::from_header(Some(&format!("x=1; {sent}"))), tried);
        assert_eq!(tried.count(), 2);
    }

    #[test]
    fn garbage_is_left_out_and_the_cookie_stays_small() {
        assert_eq!(Tried::parse("zzzzzz.<b>.abc.ABCDEF.a1b2c3.").count(), 1);
        assert_eq!(Tried::from_header(Some("filters")).count(), 0);
        let mut tried = Tried::default();
        for at in 0..200 {
            tried.add(&format!("/x?{at}"));
        }
        assert_eq!(tried.count(), MOST);
        assert!(tried.set_cookie().len() < 600);
    }
}
