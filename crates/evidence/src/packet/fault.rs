//! Why a packet is refused: one reason for each rule, with a code for programs and a hint for people.

use super::envelope::{MAX_BYTES, MAX_SIGNATURES};
use super::json::JsonFault;

/// Why a packet is refused. The order is that of the checks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PacketFault {
    /// More bytes than an envelope may have.
    #[error("the packet has {bytes} bytes; {MAX_BYTES} is the most")]
    TooLarge {
        /// Bytes given.
        bytes: usize,
    },
    /// Not an envelope.
    #[error("this is no signed packet: {problem}")]
    Envelope {
        /// What is wrong.
        problem: String,
    },
    /// Base64 in another spelling than the one allowed.
    #[error("“{place}” is not base64 in its one spelling: {problem}")]
    Base64 {
        /// Field of the envelope.
        place: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// None, or too many.
    #[error("the packet has {count} signatures; 1 to {MAX_SIGNATURES} are allowed")]
    SignatureCount {
        /// Signatures given.
        count: usize,
    },
    /// Not 64 bytes.
    #[error("a signature has {bytes} bytes; ed25519 has 64")]
    SignatureLength {
        /// Bytes given.
        bytes: usize,
    },
    /// The scalar of a signature is not in its one spelling (RFC 8032 §5.1.7).
    #[error("a signature is spelled so that others could re-spell it")]
    SignatureForm,
    /// A trusted key is named, and the signature is not its signature on these bytes.
    #[error(
        "the signature of {institution} does not fit these bytes: they were changed, or another key signed them"
    )]
    Signature {
        /// Institution whose key is named.
        institution: String,
    },
    /// No trusted key made any of the signatures.
    #[error("no trusted key made a signature on this packet (it names the key {key_id})")]
    UnknownKey {
        /// Key id of the first signature, as stated; a hint only.
        key_id: String,
    },
    /// The envelope holds something else than a statement.
    #[error("the packet holds “{found}”, not a statement about a finding")]
    PayloadType {
        /// Type found.
        found: String,
    },
    /// The payload is not JSON of the kind that packets allow.
    #[error("what was signed cannot be read: {0}")]
    Payload(JsonFault),
    /// JSON, but not in its canonical spelling.
    #[error("what was signed is not in the canonical spelling (RFC 8785), so its id is not certain")]
    NotCanonical,
    /// Not an in-toto statement of version 1.
    #[error("the statement's type is “{found}”")]
    StatementType {
        /// Type found.
        found: String,
    },
    /// Not a finding.
    #[error("the statement speaks of “{found}”, not of a finding in a version that this program knows")]
    PredicateType {
        /// Type found.
        found: String,
    },
    /// A field that must be there.
    #[error("{place} is missing")]
    Missing {
        /// The field, from the top of the statement.
        place: String,
    },
    /// A field that has no meaning here.
    #[error("{place} is not a field of a finding's packet")]
    UnknownField {
        /// The field.
        place: String,
    },
    /// A field of another kind or outside its rule.
    #[error("{place} {problem}")]
    Field {
        /// The field.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// An estimate that is not a decimal text in its one spelling.
    #[error(
        "{place}: “{found}” is not a decimal number in its one spelling, of at most 12 significant digits"
    )]
    Decimal {
        /// The field.
        place: String,
        /// Text found.
        found: String,
    },
    /// The fields together are not a finding.
    #[error("the fields are no finding: {problem}")]
    Finding {
        /// Faults found.
        problem: String,
    },
    /// The disclosure check did not let the finding out.
    #[error("the disclosure check did not release this finding: {problem}")]
    Disclosure {
        /// What is missing.
        problem: String,
    },
    /// The key belongs to another institution than the packet speaks for.
    #[error("the packet speaks for {stated}, and was signed by a key of {signer}")]
    Institution {
        /// Institution in the packet.
        stated: String,
        /// Institution of the key.
        signer: String,
    },
    /// The key is no longer trusted.
    #[error("the key of {institution} was revoked on {revoked}")]
    Revoked {
        /// Institution of the key.
        institution: String,
        /// When.
        revoked: String,
    },
    /// Issued after now.
    #[error("the packet is valid from {issued_at} only")]
    NotYetValid {
        /// When it says it was issued.
        issued_at: String,
    },
    /// No longer valid.
    #[error("the packet was valid until {valid_until}")]
    Expired {
        /// Its last moment.
        valid_until: String,
    },
}

/// A stranger's text as a fault may quote it: short, on one line.
pub(super) fn quoted(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(64).collect()
}

impl PacketFault {
    /// The reason in one word for programs; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Envelope { .. } => "envelope",
            Self::Base64 { .. } => "base64",
            Self::SignatureCount { .. } => "signature_count",
            Self::SignatureLength { .. } => "signature_length",
            Self::SignatureForm => "signature_form",
            Self::Signature { .. } => "signature",
            Self::UnknownKey { .. } => "unknown_key",
            Self::PayloadType { .. } => "payload_type",
            Self::Payload(_) => "payload",
            Self::NotCanonical => "not_canonical",
            Self::StatementType { .. } => "statement_type",
            Self::PredicateType { .. } => "predicate_type",
            Self::Missing { .. } => "missing_field",
            Self::UnknownField { .. } => "unknown_field",
            Self::Field { .. } => "field",
            Self::Decimal { .. } => "decimal",
            Self::Finding { .. } => "finding",
            Self::Disclosure { .. } => "disclosure",
            Self::Institution { .. } => "institution",
            Self::Revoked { .. } => "revoked",
            Self::NotYetValid { .. } => "not_yet_valid",
            Self::Expired { .. } => "expired",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "a packet holds one finding; send files of data elsewhere",
            Self::Envelope { .. } | Self::Base64 { .. } => {
                "send the .dsse.json file that signing wrote, byte for byte"
            }
            Self::SignatureCount { .. } | Self::SignatureLength { .. } | Self::SignatureForm => {
                "sign the finding again with “whatworks-lab finding sign”"
            }
            Self::Signature { .. } => "ask the institution for the packet again; do not use these numbers",
            Self::UnknownKey { .. } => {
                "if you know whose key it is, add its .pub file with “whatworks trust add”; else do not use the packet"
            }
            Self::Payload(_) | Self::NotCanonical | Self::PayloadType { .. } | Self::StatementType { .. } => {
                "write the finding with “whatworks-lab study run” and sign that file unchanged"
            }
            Self::PredicateType { .. } => "use a program of the version that wrote the packet",
            Self::Missing { .. }
            | Self::UnknownField { .. }
            | Self::Field { .. }
            | Self::Decimal { .. }
            | Self::Finding { .. } => "the fields and their rules are in docs/finding.schema.json",
            Self::Disclosure { .. } => {
                "only a finding that passed its policy, or was released with reasons, leaves"
            }
            Self::Institution { .. } => "sign with the key of the institution that the packet names",
            Self::Revoked { .. } => "ask the institution to sign again with its present key",
            Self::NotYetValid { .. } => "compare the clocks of both machines",
            Self::Expired { .. } => "ask the institution for a packet that is still valid",
        }
    }
}
