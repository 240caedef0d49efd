//! How a member proves who they are: sign-in links and codes, passkeys, passwords with one-time codes.
//!
//! Pure functions over bytes: random bytes and the time are arguments, nothing is stored here. The caller stores what
//! a function gives it, as text: hashes of secrets, never the secrets (the two that cannot be hashed are said where
//! they are made). One exception to the rule about randomness: a passkey ceremony draws its own challenge, inside
//! the library that also checks it.
//!
//! The usual road: [`sign_in`] brings a member in, [`second_factor`] says how far that carries, [`session`] how long.

pub mod passkey;
pub mod password;
pub mod purpose;
pub mod recovery;
pub mod second_factor;
pub mod session;
pub mod sign_in;
pub mod token;
pub mod totp;

use std::hint::black_box;

/// Whether two byte strings are equal, in a time that depends on their lengths only: how many leading bytes of a guess
/// are right must not be measurable.
pub(crate) fn are_same(one: &[u8], other: &[u8]) -> bool {
    let difference = one.iter().zip(other).fold(0, |sum, (a, b)| black_box(sum | (a ^ b)));
    one.len() == other.len() && black_box(difference) == 0
}

/// Digits as a person types them: in ASCII or in another script that a member's keyboard may give, with any spaces,
/// hyphens and direction marks left out. None when anything else is among them.
pub(crate) fn typed_digits(text: &str) -> Option<String> {
    let is_noise =
        |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    text.chars().filter(|c| !is_noise(c)).map(digit).collect()
}

/// A decimal digit of Arabic, Persian, Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam,
/// Thai, Lao, Myanmar, Khmer or full-width script, as ASCII.
fn digit(c: char) -> Option<char> {
    const ZEROS: [char; 16] = [
        '0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{be6}', '\u{c66}',
        '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}', '\u{ff10}',
    ];
    ZEROS.iter().find_map(|zero| {
        let value = u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10)?;
        char::from_digit(value, 10)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_means_all_of_it() {
        assert!(are_same(b"", b"") && are_same(b"abc", b"abc"));
        assert!(!are_same(b"abc", b"abd") && !are_same(b"abc", b"ab") && !are_same(b"", b"a"));
    }

    #[test]
    fn digits_of_any_keyboard_are_digits() {
        for typed in ["123 456", "123-456", "١٢٣٤٥٦", "१२३ ४५६", "১২৩৪৫৬", "123456", "\u{200f}۱۲۳۴۵۶"]
        {
            assert_eq!(typed_digits(typed).as_deref(), Some("123456"), "{typed}");
        }
        assert_eq!(typed_digits("12e456"), None);
        assert_eq!(typed_digits(""), Some(String::new()));
    }
}
