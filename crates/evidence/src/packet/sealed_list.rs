//! A list that names clients, sealed with a passphrase, so that at rest it is of no use without it.
//!
//! The same primitives, cost and bounds as the file of a signing key (see `sealed`): Argon2id of the passphrase,
//! XChaCha20-Poly1305 over the whole list, the header authenticated with it. It is for the institution alone and is never
//! signed or sent.

use super::key::KeyFault;
use super::sealed::{Cost, SealRandomness, bytes, check_passphrase, cipher, damaged, stretch};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead, Payload};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

const FORMAT: &str = "whatworks sealed list";
const VERSION: u32 = 1;

/// What the file says before it is opened; authenticated with the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: String,
    version: u32,
    title: String,
    created: String,
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

/// An opened list.
#[derive(Debug)]
pub struct OpenedList {
    /// What it is a list of; this stands unsealed in the file.
    pub title: String,
    /// When it was made.
    pub created: OffsetDateTime,
    /// The list's bytes; wiped from memory when dropped.
    pub content: Zeroizing<Vec<u8>>,
}

/// Seals a list. Gives the text of the file. The title is readable without the passphrase, so it names nobody.
///
/// # Errors
/// [`KeyFault::ShortPassphrase`] below [`super::LEAST_PASSPHRASE`] characters.
pub fn seal_list(
    content: &[u8],
    title: &str,
    created: OffsetDateTime,
    passphrase: &str,
    random: SealRandomness,
) -> Result<String, KeyFault> {
    check_passphrase(passphrase)?;
    let cost = Cost::NEW;
    let header = Header {
        format: FORMAT.into(),
        version: VERSION,
        title: title.into(),
        created: super::moment::render(created),
        kdf: "argon2id".into(),
        memory_kib: cost.memory_kib,
        passes: cost.passes,
        lanes: cost.lanes,
        salt: STANDARD.encode(random.salt),
        cipher: "xchacha20-poly1305".into(),
        nonce: STANDARD.encode(random.nonce),
    };
    let stretched = stretch(passphrase, cost, &random.salt)?;
    let authenticated = serde_json::to_vec(&header).map_err(damaged)?;
    let sealed = cipher(&stretched)
        .encrypt(&XNonce::from(random.nonce), Payload { msg: content, aad: &authenticated })
        .map_err(damaged)?;
    let file = File { header, sealed: STANDARD.encode(sealed) };
    Ok(serde_json::to_string_pretty(&file).map_err(damaged)? + "\n")
}

/// Opens a list.
///
/// # Errors
/// [`KeyFault::Passphrase`] when the passphrase is wrong or the file was changed, [`KeyFault::Sealed`] when it is not
/// such a file.
pub fn open_list(text: &str, passphrase: &str) -> Result<OpenedList, KeyFault> {
    let File { header, sealed } = serde_json::from_str(text).map_err(damaged)?;
    if header.format != FORMAT || header.version != VERSION {
        return Err(damaged("it is not a sealed list of a version that this program knows"));
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
    let content = cipher(&stretched)
        .decrypt(&XNonce::from(nonce), Payload { msg: &sealed, aad: &authenticated })
        .map_err(|_| KeyFault::Passphrase)?;
    Ok(OpenedList { title: header.title, created, content: Zeroizing::new(content) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "four words in a row";
    const CONTENT: &[u8] = b"client,probability\nC0000017,0.41\n";

    fn sealed() -> String {
        let created = super::super::moment::parse("2026-03-01T12:00:00Z").unwrap();
        let random = SealRandomness { salt: [1; 16], nonce: [2; 24] };
        seal_list(CONTENT, "early warning for 2026-03", created, PASSPHRASE, random).unwrap()
    }

    #[test]
    fn a_list_opens_with_its_passphrase_only() {
        let text = sealed();
        let opened = open_list(&text, PASSPHRASE).unwrap();
        assert_eq!(&*opened.content, CONTENT);
        assert_eq!(opened.title, "early warning for 2026-03");
        assert!(!text.contains("C0000017") && !text.contains(&STANDARD.encode(CONTENT)[..16]));
        assert_eq!(open_list(&text, "four words in a raw").unwrap_err(), KeyFault::Passphrase);
        let changed = text.replace("2026-03\"", "2026-04\"");
        assert_ne!(changed, text);
        assert_eq!(open_list(&changed, PASSPHRASE).unwrap_err(), KeyFault::Passphrase);
    }

    #[test]
    fn a_hostile_list_is_refused_before_it_costs_anything() {
        let text = sealed();
        let dear = text.replace("\"memory_kib\": 65536", "\"memory_kib\": 4294967295");
        let cheap = text.replace("\"passes\": 3", "\"passes\": 1");
        for changed in [dear, cheap, text.replace("xchacha20-poly1305", "none"), "{}".into(), String::new()] {
            assert!(matches!(open_list(&changed, PASSPHRASE), Err(KeyFault::Sealed { .. })), "{changed}");
        }
        let random = SealRandomness { salt: [1; 16], nonce: [2; 24] };
        let short = seal_list(CONTENT, "a", OffsetDateTime::UNIX_EPOCH, "short", random).unwrap_err();
        assert_eq!(short, KeyFault::ShortPassphrase { least: 12, given: 5 });
        // A signing key's file is not a list.
        let key = super::super::SigningKey::from_random(&[7; 32]);
        let key =
            super::super::seal_key(&key, "bank", OffsetDateTime::UNIX_EPOCH, PASSPHRASE, random).unwrap();
        assert!(matches!(open_list(&key, PASSPHRASE), Err(KeyFault::Sealed { .. })));
    }
}
