//! Packets that must be refused, each for its own reason. Those that the trusted key signed are the harder half: the
//! signature holds, and what it signs must still not pass.

use super::tests::{key, noon, statement, trusted};
use super::*;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// The trusted key signs these bytes, whatever they are.
fn signed(body: &[u8]) -> String {
    envelope::seal(PAYLOAD_TYPE, body, &key())
}

/// The trusted key signs the canonical statement with one piece of its text replaced.
fn signed_with(from: &str, to: &str) -> String {
    let text = statement().render().unwrap();
    assert!(text.contains(from), "the statement does not hold {from}");
    signed(text.replacen(from, to, 1).as_bytes())
}

fn good() -> String {
    sign(&statement(), &key()).unwrap()
}

/// The envelope with the bytes of its signature changed.
fn with_signature(change: impl Fn(&mut [u8; 64])) -> String {
    let envelope = Envelope::parse(good().as_bytes()).unwrap();
    let mut bytes = envelope.signatures[0].bytes;
    let before = STANDARD.encode(bytes);
    change(&mut bytes);
    good().replace(&before, &STANDARD.encode(bytes))
}

/// Adds the order of the group to S: the same signature to a lax verifier, other bytes.
fn add_order(signature: &mut [u8; 64]) {
    let order = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + add + carry;
        (*byte, carry) = ((sum & 0xff) as u8, sum >> 8);
    }
}

fn payload_of(envelope: &str) -> String {
    envelope.split("\"payload\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

/// Every hostile packet with the code it must be refused by.
fn hostile() -> Vec<(&'static str, String, &'static str)> {
    let payload = payload_of(&good());
    let text = statement().render().unwrap();
    let body = text.as_bytes();
    let altered = text.replacen("-4.54912", "-4.54913", 1);
    let spaced = text.replacen("\":", "\": ", 1);
    let decoded_padding = {
        // The last character's unused bits set: other text, same bytes to a lax decoder.
        let end = payload.trim_end_matches('=').len() - 1;
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let at = alphabet.find(&payload[end..=end]).unwrap();
        format!("{}{}{}", &payload[..end], &alphabet[at + 1..at + 2], &payload[end + 1..])
    };
    assert!(payload.ends_with('='), "the payload of these tests needs padding");
    let two_keys = good().replacen("{\"payload\":", &format!("{{\"payload\":\"{payload}\",\"payload\":"), 1);
    let mut reordered = text.clone();
    let institution = "\"institution\":\"north-bank\",";
    reordered = reordered.replacen(institution, "", 1).replacen(
        "\"predicate\":{",
        &format!("\"predicate\":{{{institution}"),
        1,
    );
    let other = SigningKey::from_random(&[9; 32]);
    vec![
        ("empty", String::new(), "envelope"),
        ("not JSON", "a packet".into(), "envelope"),
        ("a list", "[]".into(), "envelope"),
        ("oversize", format!("{}{}", good(), " ".repeat(MAX_BYTES)), "too_large"),
        ("deep nesting of the envelope", "[".repeat(100_000), "envelope"),
        ("trailing bytes", format!("{}x", good()), "envelope"),
        ("a second envelope behind", good() + &good(), "envelope"),
        ("a field nobody signs", good().replacen('{', "{\"comment\":\"hello\",", 1), "envelope"),
        ("payload twice", two_keys, "envelope"),
        ("no payload", good().replace("\"payload\":", "\"payloads\":"), "envelope"),
        (
            "payload type missing",
            good().replace("\"payloadType\":\"application/vnd.in-toto+json\",", ""),
            "envelope",
        ),
        ("no padding", good().replace(&payload, &STANDARD_NO_PAD.encode(body)), "base64"),
        ("unused bits of base64", good().replace(&payload, &decoded_padding), "base64"),
        (
            "line break in base64",
            good().replace(&payload, &format!("{}\\n{}", &payload[..8], &payload[8..])),
            "base64",
        ),
        ("address alphabet", good().replace("\"sig\":\"", "\"sig\":\"-_"), "base64"),
        (
            "no signature",
            format!("{{\"payload\":\"{payload}\",\"payloadType\":\"{PAYLOAD_TYPE}\",\"signatures\":[]}}"),
            "signature_count",
        ),
        (
            "five signatures",
            {
                let one = good().split('[').nth(1).unwrap().split(']').next().unwrap().to_owned();
                good().replace(&one, &[one.as_str(); 5].join(","))
            },
            "signature_count",
        ),
        (
            "short signature",
            good().replace("\"sig\":\"", "\"sig\":\"AAAA\"}],\"x\":[{\"sig\":\""),
            "envelope",
        ),
        (
            "63 bytes of signature",
            format!(
                "{{\"payload\":\"{payload}\",\"payloadType\":\"{PAYLOAD_TYPE}\",\"signatures\":[{{\"sig\":\"{}\"}}]}}",
                STANDARD.encode([0; 63])
            ),
            "signature_length",
        ),
        ("S plus the order", with_signature(add_order), "signature_form"),
        ("S of all ones", with_signature(|bytes| bytes[32..].fill(0xff)), "signature_form"),
        (
            "R of small order",
            with_signature(|bytes| {
                bytes.fill(0);
                bytes[0] = 1;
            }),
            "signature",
        ),
        ("one bit of the signature", with_signature(|bytes| bytes[3] ^= 1), "signature"),
        ("altered digit", good().replace(&payload, &STANDARD.encode(&altered)), "signature"),
        ("re-encoded with white space", good().replace(&payload, &STANDARD.encode(&spaced)), "signature"),
        ("replaced payload type", good().replace(PAYLOAD_TYPE, "application/json"), "signature"),
        ("wrong key", sign(&statement(), &other).unwrap(), "unknown_key"),
        (
            "wrong key under a trusted name",
            sign(&statement(), &other).unwrap().replace(other.public().id(), key().public().id()),
            "signature",
        ),
        ("another type, signed", envelope::seal("application/json", body, &key()), "payload_type"),
        ("not UTF-8, signed", signed(b"{\"a\":\"\xff\"}"), "payload"),
        (
            "duplicate name, signed",
            signed_with("\"institution\":", "\"institution\":\"south-bank\",\"institution\":"),
            "payload",
        ),
        ("deep nesting, signed", signed("[".repeat(40).as_bytes()), "payload"),
        ("NaN, signed", signed_with("\"-4.54912\"", "NaN"), "payload"),
        ("a float, signed", signed_with("\"-4.54912\"", "-4.54912"), "payload"),
        ("an exponent, signed", signed_with("\"seed\":7", "\"seed\":7e0"), "payload"),
        ("−0, signed", signed_with("\"seed\":7", "\"seed\":-0"), "payload"),
        ("2^53, signed", signed_with("\"seed\":7", "\"seed\":9007199254740992"), "payload"),
        ("lone surrogate, signed", signed_with("\"language\":\"en\"", "\"language\":\"\\ud800\""), "payload"),
        (
            "not normal form C, signed",
            signed_with("\"language\":\"en\"", "\"language\":\"e\u{301}n\""),
            "payload",
        ),
        ("trailing bytes, signed", signed(&[body, b" {}"].concat()), "payload"),
        ("white space, signed", signed(spaced.as_bytes()), "not_canonical"),
        ("line end, signed", signed(&[body, b"\n"].concat()), "not_canonical"),
        ("needless escape, signed", signed_with("north-bank", "north\\u002dbank"), "not_canonical"),
        ("other order of names, signed", signed(reordered.as_bytes()), "not_canonical"),
        ("another statement, signed", signed_with("Statement/v1", "Statement/v2"), "statement_type"),
        ("unknown predicate, signed", signed_with("finding/v1", "finding/v9"), "predicate_type"),
        (
            "unknown field, signed",
            signed_with("\"licence\":", "\"licencd\":\"\",\"licence\":"),
            "unknown_field",
        ),
        ("missing field, signed", signed_with("\"language\":\"en\",", ""), "missing_field"),
        (
            "missing subject, signed",
            signed_with("\"name\":\"data-manifest\"", "\"name\":\"data\""),
            "missing_field",
        ),
        (
            "one subject twice, signed",
            signed_with(
                "\"subject\":[",
                &format!(
                    "\"subject\":[{{\"digest\":{{\"sha256\":\"{0}\"}},\"name\":\"plan\"}},",
                    Digest::of(b"other")
                ),
            ),
            "field",
        ),
        (
            "another plan, signed",
            signed_with(
                &format!("\"plan_hash\":\"{}\"", Digest::of(b"plan")),
                &format!("\"plan_hash\":\"{}\"", Digest::of(b"plan b")),
            ),
            "field",
        ),
        (
            "digest in capitals, signed",
            signed_with(
                &format!("\"input_digest\":\"{}\"", Digest::of(b"checked")),
                &format!("\"input_digest\":\"{}\"", Digest::of(b"checked").as_str().to_uppercase()),
            ),
            "field",
        ),
        (
            "control character, signed",
            signed_with("\"language\":\"en\"", "\"language\":\"e\\u0007n\""),
            "field",
        ),
        (
            "endless text, signed",
            signed_with("\"interests\":\"\"", &format!("\"interests\":\"{}\"", "a".repeat(4001))),
            "field",
        ),
        ("negative count, signed", signed_with("\"n\":16560", "\"n\":-16560"), "field"),
        ("hostile id, signed", signed_with("\"finding_id\":\"", "\"finding_id\":\"../"), "field"),
        ("checked by itself, signed", signed_with("\"verified\":false", "\"verified\":true"), "field"),
        (
            "a share above one, signed",
            signed_with("\"attrition_treatment\":\"0.05\"", "\"attrition_treatment\":\"5\""),
            "field",
        ),
        ("valid backwards, signed", signed_with("\"valid_until\":\"2027", "\"valid_until\":\"2025"), "field"),
        ("exponent in a text, signed", signed_with("\"-4.54912\"", "\"-4.5e0\""), "decimal"),
        ("−0 in a text, signed", signed_with("\"-4.54912\"", "\"-0\""), "decimal"),
        ("escape codes in a number, signed", signed_with("\"-4.54912\"", "\"\\u001b[31m\\n\""), "decimal"),
        ("trailing zero, signed", signed_with("\"-4.54912\"", "\"-4.549120\""), "decimal"),
        ("thirteen digits, signed", signed_with("\"-4.54912\"", "\"-4.549120000001\""), "decimal"),
        (
            "no standard error, signed",
            signed_with("\"std_error\":\"6.1966\"", "\"std_error\":\"0\""),
            "finding",
        ),
        ("not released, signed", signed_with("\"verdict\":\"pass\"", "\"verdict\":\"fail\""), "disclosure"),
        (
            "released without a reason, signed",
            signed_with("\"verdict\":\"pass\"", "\"verdict\":\"review\""),
            "disclosure",
        ),
        ("exact count, signed", signed_with("\"n\":16560", "\"n\":16561"), "disclosure"),
        (
            "for another institution, signed",
            signed_with("\"institution\":\"north-bank\"", "\"institution\":\"south-bank\""),
            "institution",
        ),
    ]
}

#[test]
fn hostile_packets_are_refused_each_for_its_own_reason() {
    let packets = hostile();
    assert!(packets.len() >= 20);
    for (name, packet, code) in packets {
        match verify(packet.as_bytes(), &[trusted()], noon()) {
            Err(fault) => {
                assert_eq!(fault.code(), code, "{name}: {fault}");
                assert!(!fault.hint().is_empty() && !fault.to_string().contains(char::is_control), "{name}");
                assert!(fault.to_string().len() < 400, "{name}: {fault}");
            }
            Ok(_) => panic!("{name} was accepted"),
        }
    }
    assert!(verify(good().as_bytes(), &[trusted()], noon()).is_ok());
}

#[test]
fn time_and_revocation_are_judged_by_the_clock_given() {
    let packet = good();
    let at = |now: OffsetDateTime| verify(packet.as_bytes(), &[trusted()], now).map_err(|fault| fault.code());
    assert_eq!(at(noon() - Duration::minutes(6)).unwrap_err(), "not_yet_valid");
    assert!(at(noon() - Duration::minutes(4)).is_ok());
    assert!(at(noon() + Duration::days(365)).is_ok());
    assert_eq!(at(noon() + Duration::days(365) + Duration::seconds(1)).unwrap_err(), "expired");

    let revoked = TrustedKey { revoked_at: Some(noon() + Duration::days(1)), ..trusted() };
    let at = |keys: &[TrustedKey], now| verify(packet.as_bytes(), keys, now).map_err(|fault| fault.code());
    assert!(at(std::slice::from_ref(&revoked), noon()).is_ok());
    assert_eq!(at(std::slice::from_ref(&revoked), noon() + Duration::days(2)).unwrap_err(), "revoked");
    assert_eq!(at(&[], noon()).unwrap_err(), "unknown_key");
}

#[test]
fn no_cut_and_no_single_changed_byte_passes() {
    let packet = good().trim_end().to_owned();
    for end in 0..packet.len() {
        assert!(verify(&packet.as_bytes()[..end], &[trusted()], noon()).is_err(), "cut at {end}");
    }
    let named = packet.find("keyid").unwrap();
    let hint = named..named + "keyid\":\"".len() + 32;
    let mut changed = packet.clone().into_bytes();
    for at in (0..packet.len()).step_by(7).filter(|at| !hint.contains(at)) {
        changed[at] ^= 0x01;
        assert!(verify(&changed, &[trusted()], noon()).is_err(), "byte {at}");
        changed[at] ^= 0x01;
    }
}

#[test]
fn the_fuzzer_s_entry_holds_on_packets_and_their_parts() {
    fuzz_packet(good().as_bytes());
    fuzz_packet(statement().render().unwrap().as_bytes());
    for (_, packet, _) in hostile() {
        fuzz_packet(packet.as_bytes());
    }
}

#[test]
fn packets_changed_at_random_break_nothing() {
    let seeds: Vec<Vec<u8>> = vec![
        good().into_bytes(),
        statement().render().unwrap().into_bytes(),
        include_bytes!("../../../../fixtures/packets/example-bank.pub").to_vec(),
        b"-4.54912".to_vec(),
    ];
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    // Xorshift (Marsaglia 2003): any stream of varied numbers will do.
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    for round in 0..400 {
        let mut bytes = seeds[round % seeds.len()].clone();
        for _ in 0..=below(3) {
            let at = below(bytes.len());
            match below(4) {
                0 => bytes[at] = below(256) as u8,
                1 => bytes.insert(at, b"\"{}[],:\\u0-.e"[below(13)]),
                2 => drop(bytes.drain(at..(at + 1 + below(8)).min(bytes.len()))),
                _ => bytes.extend_from_within(at..(at + 20).min(bytes.len())),
            }
            if bytes.is_empty() {
                bytes.push(b'0');
            }
        }
        fuzz_packet(&bytes);
    }
}
