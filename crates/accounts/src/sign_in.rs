//! The sign-in link: when a link or its code brings a member in.
//!
//! Rules (ASVS 5.0, 6.5.5 and 6.6.2): a link is good for ten minutes, once, and only in the browser that asked for it,
//! which a cookie tells. Mail is often read on another device: there the link shows a code of six digits
//! ([`Code::of`] the link's token, so nothing more is stored), which is typed in the browser that asked; five tries,
//! then the link is dead. The code's hash is bound to the browser's token, which is not stored. A page that is only
//! fetched changes nothing, because programs that scan mail fetch every link: showing asks [`judge`] and offers a
//! button, the button's `POST` asks again and then stores `used_at`.
//!
//! Left out: whether the address belongs to anybody. A link is made and judged alike for an unknown address, so that
//! nothing is told; the store keeps it without a member and nothing is sent.

use crate::token::{Code, Token};
use time::{Duration, OffsetDateTime};

/// How long a link is good for.
pub const LIFETIME: Duration = Duration::minutes(10);
/// Wrong codes until the link is dead.
pub const MAX_TRIES: u32 = 5;

/// A link as it is stored: hashes only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInLink {
    /// [`Token::hash`] of the token in the link.
    pub token_hash: String,
    /// [`Token::hash`] of the cookie of the browser that asked.
    pub browser_hash: String,
    /// [`Code::hash`] of the link's code, bound to the browser's token.
    pub code_hash: String,
    /// Wrong codes so far.
    pub tries: u32,
    /// When it ends.
    pub expires_at: OffsetDateTime,
    /// When it brought someone in.
    pub used_at: Option<OffsetDateTime>,
}

impl SignInLink {
    /// A new link, for the token that goes into the mail and the token in the cookie of the browser that asks.
    pub fn new(token: &Token, browser: &Token, now: OffsetDateTime) -> Self {
        Self {
            token_hash: token.hash(),
            browser_hash: browser.hash(),
            code_hash: Code::of(token).hash(browser),
            tries: 0,
            expires_at: now + LIFETIME,
            used_at: None,
        }
    }
}

/// What someone shows.
#[derive(Debug, Clone, Copy)]
pub enum Presented<'a> {
    /// The link from the mail, and the cookie of the browser that opened it, if it has one.
    Link(&'a Token, Option<&'a Token>),
    /// A typed code (none when what was typed is no code), and the cookie of the browser it was typed in.
    Typed(Option<Code>, &'a Token),
}

/// What a link or code is worth now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Right link, right browser, or right code: sign in on `POST`, and store `used_at` in the same act.
    Good,
    /// Right link, another browser: show the code, to be typed where the link was asked for. Brings nobody in.
    ShowCode,
    /// Wrong code: store one more try; so many are left.
    WrongCode {
        /// Tries left after this one; at 0 the link is dead.
        tries_left: u32,
    },
    /// It was right, and more than [`LIFETIME`] ago.
    Expired,
    /// It has already brought someone in.
    Used,
    /// Too many wrong codes.
    Spent,
    /// Not this link, or not this browser.
    Unknown,
}

/// What `presented` is worth. Who holds neither the link nor the browser's cookie learns nothing but
/// [`Verdict::Unknown`].
pub fn judge(link: &SignInLink, presented: Presented<'_>, now: OffsetDateTime) -> Verdict {
    let is_known = match presented {
        Presented::Link(token, _) => token.matches(&link.token_hash),
        Presented::Typed(_, browser) => browser.matches(&link.browser_hash),
    };
    if !is_known {
        return Verdict::Unknown;
    }
    if link.used_at.is_some() {
        return Verdict::Used;
    }
    if now >= link.expires_at {
        return Verdict::Expired;
    }
    if link.tries >= MAX_TRIES {
        return Verdict::Spent;
    }
    match presented {
        Presented::Link(_, Some(browser)) if browser.matches(&link.browser_hash) => Verdict::Good,
        Presented::Link(..) => Verdict::ShowCode,
        Presented::Typed(Some(code), browser) if code.matches(browser, &link.code_hash) => Verdict::Good,
        Presented::Typed(..) => Verdict::WrongCode { tries_left: MAX_TRIES - link.tries - 1 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

    fn token(byte: u8) -> Token {
        Token::from_bytes([byte; 32])
    }

    fn link() -> SignInLink {
        SignInLink::new(&token(1), &token(2), NOW)
    }

    #[test]
    fn the_link_signs_in_only_where_it_was_asked_for() {
        let (mine, other) = (token(2), token(3));
        assert_eq!(judge(&link(), Presented::Link(&token(1), Some(&mine)), NOW), Verdict::Good);
        assert_eq!(judge(&link(), Presented::Link(&token(1), Some(&other)), NOW), Verdict::ShowCode);
        assert_eq!(judge(&link(), Presented::Link(&token(1), None), NOW), Verdict::ShowCode);
        assert_eq!(judge(&link(), Presented::Link(&token(9), Some(&mine)), NOW), Verdict::Unknown);
    }

    #[test]
    fn the_code_signs_in_only_where_the_link_was_asked_for() {
        let code = Some(Code::of(&token(1)));
        assert_eq!(judge(&link(), Presented::Typed(code, &token(2)), NOW), Verdict::Good);
        assert_eq!(judge(&link(), Presented::Typed(code, &token(3)), NOW), Verdict::Unknown);
    }

    #[test]
    fn five_wrong_codes_kill_the_link() {
        let (wrong, browser) = (Some(Code::of(&token(8))), token(2));
        let mut link = link();
        for left in (0..MAX_TRIES).rev() {
            let verdict = judge(&link, Presented::Typed(wrong.filter(|_| left > 1), &browser), NOW);
            assert_eq!(verdict, Verdict::WrongCode { tries_left: left });
            link.tries += 1;
        }
        assert_eq!(link.tries, 5);
        let right = Some(Code::of(&token(1)));
        assert_eq!(judge(&link, Presented::Typed(right, &browser), NOW), Verdict::Spent);
        assert_eq!(judge(&link, Presented::Link(&token(1), Some(&browser)), NOW), Verdict::Spent);
    }

    #[test]
    fn ten_minutes_and_once() {
        let browser = token(2);
        let shown = Presented::Link(&token(1), Some(&browser));
        let last = NOW + Duration::seconds(599);
        assert_eq!(judge(&link(), shown, last), Verdict::Good);
        assert_eq!(judge(&link(), shown, NOW + Duration::seconds(600)), Verdict::Expired);
        let used = SignInLink { used_at: Some(NOW), ..link() };
        assert_eq!(judge(&used, shown, last), Verdict::Used);
        assert_eq!(judge(&used, Presented::Typed(Some(Code::of(&token(1))), &browser), last), Verdict::Used);
        // A stranger is not told that it was used.
        assert_eq!(judge(&used, Presented::Link(&token(9), None), last), Verdict::Unknown);
    }
}
