//! The envelope around a packet: DSSE v1, which signs exact bytes together with their type.
//!
//! PAE = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body, lengths in bytes as ASCII decimals (DSSE v1.0,
//! protocol.md). Stricter than the standard where that allows a writer to smuggle: a field that the standard does not
//! name is refused, since nothing signs it; base64 is the standard alphabet with padding, in its one spelling. A key id
//! is a hint and is never relied on.

use super::fault::PacketFault;
use super::json::Json;
use super::key::SigningKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;

/// Largest envelope, in bytes.
pub const MAX_BYTES: usize = 1_000_000;
/// Most signatures on one packet.
pub const MAX_SIGNATURES: usize = 4;
/// The type of what a packet's envelope holds.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// The media type of an envelope.
pub const ENVELOPE_MEDIA_TYPE: &str = "application/vnd.dsse.envelope.v1+json";

/// One signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    pub(super) key_id: String,
    pub(super) bytes: [u8; 64],
}

/// An envelope, read but not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    pub(super) payload_type: String,
    pub(super) payload: Vec<u8>,
    pub(super) signatures: Vec<Signature>,
}

/// What is signed for a body of a type.
pub fn pre_authentication_encoding(payload_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

/// Signs a body and wraps it. The text is one line of canonical JSON with a line end.
pub(super) fn seal(payload_type: &str, body: &[u8], key: &SigningKey) -> String {
    let signature = key.sign(&pre_authentication_encoding(payload_type, body));
    let text = |text: &str| Json::Text(text.to_owned());
    let object = |fields: &[(&str, Json)]| {
        Json::Object(fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    };
    let signature =
        object(&[("keyid", text(key.public().id())), ("sig", Json::Text(STANDARD.encode(signature)))]);
    let envelope = object(&[
        ("payload", Json::Text(STANDARD.encode(body))),
        ("payloadType", text(payload_type)),
        ("signatures", Json::List(vec![signature])),
    ]);
    envelope.canonical() + "\n"
}

fn malformed(problem: impl Into<String>) -> PacketFault {
    PacketFault::Envelope { problem: problem.into() }
}

fn object(value: Json, what: &str) -> Result<BTreeMap<String, Json>, PacketFault> {
    match value {
        Json::Object(fields) => Ok(fields),
        _ => Err(malformed(format!("{what} is not an object"))),
    }
}

fn text(fields: &mut BTreeMap<String, Json>, name: &str) -> Result<String, PacketFault> {
    match fields.remove(name) {
        Some(Json::Text(text)) => Ok(text),
        Some(_) => Err(malformed(format!("“{name}” is not a text"))),
        None => Err(malformed(format!("“{name}” is missing"))),
    }
}

fn nothing_else(fields: &BTreeMap<String, Json>) -> Result<(), PacketFault> {
    match fields.keys().next() {
        Some(name) => Err(malformed(format!("“{name}” is not a field of an envelope, and nothing signs it"))),
        None => Ok(()),
    }
}

fn decode(text: &str, place: &'static str) -> Result<Vec<u8>, PacketFault> {
    STANDARD.decode(text).map_err(|error| PacketFault::Base64 { place, problem: error.to_string() })
}

impl Envelope {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, PacketFault> {
        if bytes.len() > MAX_BYTES {
            return Err(PacketFault::TooLarge { bytes: bytes.len() });
        }
        let value = Json::parse(bytes).map_err(|fault| malformed(fault.to_string()))?;
        let mut fields = object(value, "the envelope")?;
        let payload_type = text(&mut fields, "payloadType")?;
        let payload = text(&mut fields, "payload")?;
        let Some(Json::List(listed)) = fields.remove("signatures") else {
            return Err(malformed("“signatures” is not a list"));
        };
        nothing_else(&fields)?;
        if listed.is_empty() || listed.len() > MAX_SIGNATURES {
            return Err(PacketFault::SignatureCount { count: listed.len() });
        }
        let payload = decode(&payload, "payload")?;
        let mut signatures = Vec::new();
        for signature in listed {
            let mut fields = object(signature, "a signature")?;
            let key_id =
                if fields.contains_key("keyid") { text(&mut fields, "keyid")? } else { String::new() };
            let bytes = decode(&text(&mut fields, "sig")?, "sig")?;
            nothing_else(&fields)?;
            let bytes = bytes
                .try_into()
                .map_err(|bytes: Vec<u8>| PacketFault::SignatureLength { bytes: bytes.len() })?;
            signatures.push(Signature { key_id, bytes });
        }
        Ok(Self { payload_type, payload, signatures })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_that_of_the_published_vector() {
        // DSSE v1.0, protocol.md, test vector.
        assert_eq!(
            pre_authentication_encoding("http://example.com/HelloWorld", b"hello world"),
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
        assert_eq!(pre_authentication_encoding("", b""), b"DSSEv1 0  0 ");
    }
}
