//! Random bytes as acts take them, and the ids that are made of them.

use data_encoding::BASE32_NOPAD;
use whatworks_accounts::token::Token;

/// A source of random bytes: the system's in the programs, a seeded one in tests.
pub type Random<'a> = &'a mut (dyn FnMut() -> [u8; 32] + Send);

/// A new id: 128 random bits as 26 characters, `a` to `z` and `2` to `7`.
pub fn new_id(random: Random<'_>) -> String {
    let bytes = random();
    BASE32_NOPAD.encode(&bytes[..16]).to_ascii_lowercase()
}

/// A new secret of 256 bits.
pub(crate) fn new_token(random: Random<'_>) -> Token {
    Token::from_bytes(random())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_short_and_plain() {
        let mut random = || [0xff; 32];
        assert_eq!(new_id(&mut random), "7777777777777777777777777y".replace('y', "4"));
    }
}
