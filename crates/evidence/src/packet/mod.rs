//! Signed findings: the packet that carries one finding from an institution to anybody, and how it is verified.
//!
//! A packet is a DSSE v1 envelope around the canonical JSON (RFC 8785) of an in-toto Statement v1, signed with ed25519.
//! Its content id is the SHA-256 of the canonical bytes: equal findings have equal ids. Verification needs no network
//! and no clock but the one given. The order is fixed: size, base64, signature on the exact bytes (strict), payload
//! type, parsing with duplicates refused, canonical spelling, fields, policy (institution, revocation, validity). A
//! [`VerifiedFinding`] exists only when all of it held. Left out: where packets and trusted keys are kept.

mod digest;
mod envelope;
mod fault;
mod fields;
#[cfg(test)]
mod hostile;
mod json;
mod key;
pub mod moment;
mod number;
mod sealed;
mod sealed_list;
mod statement;
#[cfg(test)]
mod tests;

pub use digest::Digest;
pub use envelope::{
    ENVELOPE_MEDIA_TYPE, MAX_BYTES, MAX_SIGNATURES, PAYLOAD_TYPE, pre_authentication_encoding,
};
pub use fault::PacketFault;
pub use json::{Json, JsonFault, MAX_DEPTH, MAX_NAME, MAX_WHOLE};
pub use key::{KeyFault, PublicKey, PublicKeyFile, SigningKey};
pub use number::{NoDecimal, SIGNIFICANT_DIGITS, decimal, parse_decimal};
pub use sealed::{LEAST_PASSPHRASE, OpenedKey, SealRandomness, open_key, seal_key};
pub use sealed_list::{OpenedList, open_list, seal_list};
pub use statement::{
    Analysis, DATA_MANIFEST, DisclosureRecord, FindingStatement, PLAN, PREDICATE_TYPE, STATEMENT_TYPE,
    Subject, Verdict,
};

use envelope::{Envelope, Signature};
use fault::quoted;
use time::{Duration, OffsetDateTime};
use whatworks_domain::{Catalogue, Finding};

/// How far the signer's clock may be ahead.
const CLOCK_TOLERANCE: Duration = Duration::minutes(5);

/// A key that somebody decided to trust, for one institution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedKey {
    /// The key.
    pub key: PublicKey,
    /// The institution it may speak for.
    pub institution: String,
    /// Since when it no longer counts.
    pub revoked_at: Option<OffsetDateTime>,
}

/// A finding whose packet passed every check; made by [`verify`] alone.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedFinding {
    statement: FindingStatement,
    content_id: Digest,
    key_id: String,
}

impl VerifiedFinding {
    /// The finding.
    pub fn finding(&self) -> &Finding {
        &self.statement.finding
    }
    /// Everything that was signed.
    pub fn statement(&self) -> &FindingStatement {
        &self.statement
    }
    /// SHA-256 of the canonical bytes.
    pub fn content_id(&self) -> &Digest {
        &self.content_id
    }
    /// Id of the key whose signature held.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }
    /// The institution that signed: the key's and the statement's, which are the same.
    pub fn institution(&self) -> &str {
        &self.statement.institution
    }
}

/// Signs a statement: checks it by the rules of a reader, then wraps its canonical bytes.
///
/// # Errors
/// [`PacketFault`] when a reader would refuse the statement.
pub fn sign(statement: &FindingStatement, key: &SigningKey) -> Result<String, PacketFault> {
    Ok(envelope::seal(PAYLOAD_TYPE, statement.render()?.as_bytes(), key))
}

/// Verifies an envelope against the trusted keys, as of a moment.
///
/// # Errors
/// [`PacketFault`]: the first check that did not hold.
pub fn verify(
    envelope: &[u8],
    trusted: &[TrustedKey],
    now: OffsetDateTime,
) -> Result<VerifiedFinding, PacketFault> {
    let envelope = Envelope::parse(envelope)?;
    let signer = find_signer(&envelope, trusted)?;
    let statement = read_payload(&envelope)?;
    if statement.institution != signer.institution {
        return Err(PacketFault::Institution {
            stated: statement.institution,
            signer: signer.institution.clone(),
        });
    }
    if let Some(revoked) = signer.revoked_at.filter(|revoked| *revoked <= now) {
        return Err(PacketFault::Revoked {
            institution: signer.institution.clone(),
            revoked: moment::render(revoked),
        });
    }
    if statement.issued_at > now + CLOCK_TOLERANCE {
        return Err(PacketFault::NotYetValid { issued_at: moment::render(statement.issued_at) });
    }
    if statement.valid_until < now {
        return Err(PacketFault::Expired { valid_until: moment::render(statement.valid_until) });
    }
    Ok(VerifiedFinding {
        content_id: Digest::of(&envelope.payload),
        key_id: signer.key.id().to_owned(),
        statement,
    })
}

/// What an envelope says, without asking who signed it: for showing only, never for counting.
///
/// # Errors
/// [`PacketFault`] when it is no packet of a finding. The signatures are not looked at.
pub fn inspect(envelope: &[u8]) -> Result<Inspection, PacketFault> {
    let envelope = Envelope::parse(envelope)?;
    let statement = read_payload(&envelope)?;
    let key_ids = envelope.signatures.into_iter().map(|signature| signature.key_id).collect();
    Ok(Inspection { content_id: Digest::of(&envelope.payload), statement, key_ids })
}

/// An unverified look into an envelope.
#[derive(Debug, Clone, PartialEq)]
pub struct Inspection {
    /// What the envelope says; nobody checked who said it.
    pub statement: FindingStatement,
    /// SHA-256 of the canonical bytes.
    pub content_id: Digest,
    /// Key ids that the signatures name.
    pub key_ids: Vec<String>,
}

/// The trusted key that made one of the signatures. A key that a signature names is tried first; names decide nothing
/// else. A key in force is preferred to a revoked one.
fn find_signer<'a>(envelope: &Envelope, trusted: &'a [TrustedKey]) -> Result<&'a TrustedKey, PacketFault> {
    if envelope.signatures.iter().any(|signature| !is_canonical_scalar(signature)) {
        return Err(PacketFault::SignatureForm);
    }
    let message = pre_authentication_encoding(&envelope.payload_type, &envelope.payload);
    let is_named =
        |key: &TrustedKey| envelope.signatures.iter().any(|signature| signature.key_id == key.key.id());
    let (named, others): (Vec<&TrustedKey>, Vec<&TrustedKey>) = trusted.iter().partition(|key| is_named(key));
    let signed = |key: &&&TrustedKey| {
        envelope.signatures.iter().any(|signature| key.key.verifies(&message, &signature.bytes))
    };
    let in_force_first = [&named, &others].map(|keys| {
        let found = keys.iter().filter(|key| key.revoked_at.is_none()).find(signed);
        found.or_else(|| keys.iter().filter(|key| key.revoked_at.is_some()).find(signed)).copied()
    });
    if let Some(signer) = in_force_first.into_iter().flatten().next() {
        return Ok(signer);
    }
    Err(match named.first() {
        Some(key) => PacketFault::Signature { institution: key.institution.clone() },
        None => PacketFault::UnknownKey {
            key_id: envelope
                .signatures
                .first()
                .map(|signature| quoted(&signature.key_id))
                .unwrap_or_default(),
        },
    })
}

/// Whether S is below the order of the group, 2^252 + 27742317777372353535851937790883648493 (RFC 8032 §5.1.7).
fn is_canonical_scalar(signature: &Signature) -> bool {
    const ORDER: [u8; 32] = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    signature.bytes[32..].iter().rev().lt(ORDER.iter().rev())
}

fn read_payload(envelope: &Envelope) -> Result<FindingStatement, PacketFault> {
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(PacketFault::PayloadType { found: quoted(&envelope.payload_type) });
    }
    FindingStatement::parse(&envelope.payload)
}

/// Names in a finding that a catalogue does not know, each as a sentence; empty when all are known.
pub fn list_unknown_names(finding: &Finding, catalogue: &Catalogue) -> Vec<String> {
    let known = [
        ("practice", finding.practice.as_str(), catalogue.find_practice(finding.practice.as_str()).is_some()),
        (
            "comparator",
            finding.comparator.as_str(),
            catalogue.find_comparator_name(finding.comparator.as_str()).is_some(),
        ),
        ("outcome", finding.outcome.as_str(), catalogue.find_outcome(finding.outcome.as_str()).is_some()),
        ("design", finding.design.as_str(), catalogue.find_design(finding.design.as_str()).is_some()),
    ];
    known
        .into_iter()
        .filter(|(_, _, is_known)| !is_known)
        .map(|(kind, id, _)| format!("the {kind} “{id}” is not in the catalogue"))
        .collect()
}

/// Feeds arbitrary bytes to everything that reads packets, keys and their parts, and holds what must hold for any
/// input: nothing panics, and what is accepted has one spelling. For the fuzzer.
///
/// # Panics
/// When something that must hold for any input does not.
pub fn fuzz_packet(bytes: &[u8]) {
    if let Ok(value) = Json::parse(bytes) {
        let canonical = value.canonical();
        assert_eq!(Json::parse(canonical.as_bytes()), Ok(value), "canonical JSON reads as it was written");
    }
    if let Ok(statement) = FindingStatement::parse(bytes) {
        let rendered = statement.render();
        assert_eq!(
            rendered.as_deref().map(str::as_bytes),
            Ok(bytes),
            "an accepted statement has one spelling"
        );
    }
    if let Ok(found) = inspect(bytes) {
        assert!(found.statement.render().is_ok(), "an accepted statement can be written");
    }
    let trusted = TrustedKey {
        key: SigningKey::from_random(&[7; 32]).public(),
        institution: "a".into(),
        revoked_at: None,
    };
    assert!(verify(bytes, &[trusted], OffsetDateTime::UNIX_EPOCH).is_err(), "no bytes verify by chance");
    if let Ok(text) = std::str::from_utf8(bytes) {
        if let Ok(file) = PublicKeyFile::parse(text) {
            assert_eq!(PublicKeyFile::parse(&file.render()), Ok(file), "a key file reads as it was written");
        }
        if let Some(number) = parse_decimal(text) {
            assert_eq!(decimal(number).as_deref(), Ok(text), "a decimal text has one spelling");
        }
    }
}
