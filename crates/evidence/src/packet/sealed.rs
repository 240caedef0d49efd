//! The file that keeps a signing key, sealed with a passphrase.
//!
//! Key = Argon2id (RFC 9106) of the passphrase, 64 MiB, 3 passes, 1 lane, 16 bytes of salt; XChaCha20-Poly1305 seals
//! the 32 secret bytes and authenticates the rest of the file with them, so that neither the institution nor the cost
//! can be changed unseen. JSON with a version; cost bounds on reading keep a hostile file from taking the machine's
//! memory. Randomness is an argument: the salt and the nonce must be fresh for each file.

use super::key::{KeyFault, PublicKey, SigningKey};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

/// Least characters of a passphrase.
pub const LEAST_PASSPHRASE: usize = 12;
const FORMAT: &str = "whatworks signing key";
const VERSION: u32 = 1;
/// Cost of new files: RFC 9106 §4 second recommendation, on one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// Bounds of the cost on reading: not so low that guessing is cheap, not so high that opening exhausts the machine.
const MEMORY_BOUNDS: std::ops::RangeInclusive<u32> = 19 * 1024..=1024 * 1024;
const PASS_BOUNDS: std::ops::RangeInclusive<u32> = 2..=16;
const LANE_BOUNDS: std::ops::RangeInclusive<u32> = 1..=8;

/// Fresh random bytes for one file.
#[derive(Debug, Clone, Copy)]
pub struct SealRandomness {
    /// Salt of the passphrase's hash.
    pub salt: [u8; 16],
    /// Nonce of the cipher.
    pub nonce: [u8; 24],
}

/// What a file says before it is opened, and what the cipher authenticates.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u32,
    institution: String,
    created: String,
    key_id: String,
    ed25519: String,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    cipher: String,
    nonce: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    header: Header,
    sealed: String,
}

/// An opened key file.
#[derive(Debug)]
pub struct OpenedKey {
    /// The key.
    pub key: SigningKey,
    /// Id of the institution it signs for.
    pub institution: String,
    /// When it was made.
    pub created: OffsetDateTime,
}

/// What a guess of the passphrase costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
}

impl Cost {
    /// That of new files.
    pub(super) const NEW: Self = Self { memory_kib: MEMORY_KIB, passes: PASSES, lanes: LANES };

    /// A cost that a file states, when it is within the bounds.
    pub(super) fn checked(self) -> Result<Self, KeyFault> {
        let safe = MEMORY_BOUNDS.contains(&self.memory_kib)
            && PASS_BOUNDS.contains(&self.passes)
            && LANE_BOUNDS.contains(&self.lanes);
        if safe { Ok(self) } else { Err(damaged("its cost is outside what is safe")) }
    }
}

/// Refuses a passphrase that is too short.
pub(super) fn check_passphrase(passphrase: &str) -> Result<(), KeyFault> {
    let given = passphrase.chars().count();
    if given < LEAST_PASSPHRASE {
        return Err(KeyFault::ShortPassphrase { least: LEAST_PASSPHRASE, given });
    }
    Ok(())
}

pub(super) fn damaged(problem: impl std::fmt::Display) -> KeyFault {
    KeyFault::Sealed { problem: problem.to_string() }
}

pub(super) fn stretch(passphrase: &str, cost: Cost, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyFault> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(damaged)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut *key)
        .map_err(damaged)?;
    Ok(key)
}

pub(super) fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&(*key).into())
}

/// Seals a key. Gives the text of the file, which is of no use without the passphrase.
///
/// # Errors
/// [`KeyFault::ShortPassphrase`] below [`LEAST_PASSPHRASE`] characters.
pub fn seal_key(
    key: &SigningKey,
    institution: &str,
    created: OffsetDateTime,
    passphrase: &str,
    random: SealRandomness,
) -> Result<String, KeyFault> {
    check_passphrase(passphrase)?;
    let header = Header {
        format: FORMAT.into(),
        version: VERSION,
        institution: institution.into(),
        created: super::moment::render(created),
        key_id: key.public().id().to_owned(),
        ed25519: key.public().to_base64(),
        kdf: "argon2id".into(),
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
        salt: STANDARD.encode(random.salt),
        cipher: "xchacha20-poly1305".into(),
        nonce: STANDARD.encode(random.nonce),
    };
    let stretched = stretch(passphrase, Cost::NEW, &random.salt)?;
    let authenticated = serde_json::to_vec(&header).map_err(damaged)?;
    let sealed = cipher(&stretched)
        .encrypt(&XNonce::from(random.nonce), Payload { msg: key.secret_bytes(), aad: &authenticated })
        .map_err(damaged)?;
    let file = File { header, sealed: STANDARD.encode(sealed) };
    Ok(serde_json::to_string_pretty(&file).map_err(damaged)? + "\n")
}

/// Opens a key file.
///
/// # Errors
/// [`KeyFault::Passphrase`] when the passphrase is wrong or the file was changed, [`KeyFault::Sealed`] when it is not
/// such a file.
pub fn open_key(text: &str, passphrase: &str) -> Result<OpenedKey, KeyFault> {
    let File { header, sealed } = serde_json::from_str(text).map_err(damaged)?;
    if header.format != FORMAT || header.version != VERSION {
        return Err(damaged("it is not a signing key of a version that this program knows"));
    }
    if header.kdf != "argon2id" || header.cipher != "xchacha20-poly1305" {
        return Err(damaged("its cipher is not known"));
    }
    let cost =
        Cost { memory_kib: header.memory_kib, passes: header.passes, lanes: header.lanes }.checked()?;
    let created = super::moment::parse(&header.created).ok_or_else(|| damaged("its time cannot be read"))?;
    let salt: [u8; 16] = bytes(&header.salt, "salt")?;
    let nonce: [u8; 24] = bytes(&header.nonce, "nonce")?;
    let sealed = STANDARD.decode(&sealed).map_err(|_| damaged("“sealed” is not base64"))?;
    let stretched = stretch(passphrase, cost, &salt)?;
    let authenticated = serde_json::to_vec(&header).map_err(damaged)?;
    let opened = cipher(&stretched)
        .decrypt(&XNonce::from(nonce), Payload { msg: &sealed, aad: &authenticated })
        .map_err(|_| KeyFault::Passphrase)?;
    let opened = Zeroizing::new(opened);
    let secret: &[u8; 32] =
        opened.as_slice().try_into().map_err(|_| damaged("the secret has another length"))?;
    let key = SigningKey::from_random(secret);
    if PublicKey::from_base64(&header.ed25519) != Ok(key.public()) || header.key_id != key.public().id() {
        return Err(damaged("the public key is not that of the secret"));
    }
    Ok(OpenedKey { key, institution: header.institution, created })
}

pub(super) fn bytes<const N: usize>(text: &str, name: &str) -> Result<[u8; N], KeyFault> {
    let decoded = STANDARD.decode(text).map_err(|_| damaged(format!("“{name}” is not base64")))?;
    decoded.try_into().map_err(|_| damaged(format!("“{name}” has another length")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "four words in a row";

    fn sealed() -> String {
        let created = super::super::moment::parse("2026-03-01T12:00:00Z").unwrap();
        let random = SealRandomness { salt: [1; 16], nonce: [2; 24] };
        seal_key(&SigningKey::from_random(&[7; 32]), "north-bank", created, PASSPHRASE, random).unwrap()
    }

    #[test]
    fn a_key_opens_with_its_passphrase_only() {
        let text = sealed();
        let opened = open_key(&text, PASSPHRASE).unwrap();
        assert_eq!(opened.key.public(), SigningKey::from_random(&[7; 32]).public());
        assert_eq!(opened.institution, "north-bank");
        assert_eq!(open_key(&text, "four words in a raw").unwrap_err(), KeyFault::Passphrase);
        let changed = text.replace("north-bank", "south-bank");
        assert_eq!(open_key(&changed, PASSPHRASE).unwrap_err(), KeyFault::Passphrase);
        let secret = STANDARD.encode([7; 32]);
        assert!(!text.contains(&secret));
    }

    #[test]
    fn a_hostile_key_file_is_refused_before_it_costs_anything() {
        let text = sealed();
        let dear = text.replace("\"memory_kib\": 65536", "\"memory_kib\": 4294967295");
        let cheap = text.replace("\"passes\": 3", "\"passes\": 1");
        for changed in [dear, cheap, text.replace("argon2id", "none"), "{}".into(), String::new()] {
            assert!(matches!(open_key(&changed, PASSPHRASE), Err(KeyFault::Sealed { .. })), "{changed}");
        }
        let key = SigningKey::from_random(&[7; 32]);
        let random = SealRandomness { salt: [1; 16], nonce: [2; 24] };
        let short = seal_key(&key, "a", OffsetDateTime::UNIX_EPOCH, "short", random).unwrap_err();
        assert_eq!(short, KeyFault::ShortPassphrase { least: 12, given: 5 });
    }
}
