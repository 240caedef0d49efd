//! What pages with a member need beside the evidence: the store, the clock, random bytes, the public address.
//!
//! The program hands it in ([`ForumSetting`]); requests share it with the counts of what was tried.

use super::address::PublicUrl;
use super::known::KnownResults;
use super::rates::Rates;
use time::OffsetDateTime;
use whatworks_accounts::passkey::Relying;
use whatworks_store::Store;

/// The name of the site that a device shows when it asks for a passkey.
const PASSKEY_NAME: &str = "whatworks";

/// What the program hands in.
#[derive(Debug, Clone)]
pub struct ForumSetting {
    /// Where everything is kept.
    pub store: Store,
    /// The time.
    pub clock: fn() -> OffsetDateTime,
    /// Bytes of the system's random source.
    pub random: fn() -> [u8; 32],
    /// The address under which people reach the site.
    pub public_url: PublicUrl,
    /// Hash of the secret in the link that makes the first steward; none when there is one already.
    pub first_token_hash: Option<String>,
    /// How many proxies stand before the program, each of which adds to X-Forwarded-For.
    pub proxies: usize,
}

/// What all requests with a member share.
#[derive(Debug)]
pub(crate) struct ForumSite {
    pub(crate) store: Store,
    pub(crate) clock: fn() -> OffsetDateTime,
    pub(crate) random: fn() -> [u8; 32],
    pub(crate) public_url: PublicUrl,
    pub(crate) proxies: usize,
    pub(crate) first_token_hash: Option<String>,
    pub(crate) rates: Rates,
    pub(crate) known: KnownResults,
    /// None where browsers allow no passkeys: plain http under a name other than localhost.
    pub(crate) relying: Option<Relying>,
}

impl ForumSite {
    pub(crate) fn new(setting: ForumSetting) -> Self {
        let ForumSetting { store, clock, random, public_url, first_token_hash, proxies } = setting;
        let relying = Relying::new(public_url.domain(), public_url.origin(), PASSKEY_NAME).ok();
        let rates = Rates::new(clock);
        let known = KnownResults::default();
        Self { store, clock, random, public_url, proxies, first_token_hash, rates, known, relying }
    }
}
