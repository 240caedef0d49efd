//! Passkeys (W3C Web Authentication, Level 3): registering one, and signing in with one.
//!
//! Rules: a passkey asks for the person's finger, face or PIN each time (user verification is required), so that it is
//! two factors in one; no attestation is asked for, since which make of device a member owns is nobody's business; a
//! counter that does not rise is taken for a copied key and refused. Either the member is known, and one of their
//! passkeys is asked for, or the browser offers whichever it holds for this site (a discoverable passkey), and the
//! credential's id leads to its row and so to the member.
//!
//! A ceremony has two halves, which may reach two servers: the first gives [`Ceremony::options`] for the browser and
//! [`Ceremony::state`] to be stored for [`LIFETIME`], the second takes the state and the browser's answer. The caller
//! takes the state out of the store in the act that uses it, so that an answer counts once. All are JSON texts. The
//! challenge is drawn by the library (the one place where this crate draws random bytes). Left out: which passkeys a
//! member has, and their names.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use time::Duration;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// How long a ceremony's state is kept: as long as the browser waits for the person.
pub const LIFETIME: Duration = Duration::minutes(5);
/// Longest answer of a browser that is read, in bytes; true ones have a few thousand.
const MAX_ANSWER: usize = 64 * 1024;

/// Why a passkey could not be registered or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// The site's address and the domain of its passkeys do not go together.
    #[error("passkeys for “{domain}” cannot work at “{origin}”: {reason}")]
    Setting {
        /// The domain.
        domain: String,
        /// The site's address.
        origin: String,
        /// What is wrong.
        reason: String,
    },
    /// What the browser sent is not an answer to a ceremony.
    #[error("the browser's answer could not be read")]
    Answer,
    /// The stored state or passkey is not one of ours, or of another kind of ceremony.
    #[error("the stored {0} could not be read")]
    Stored(&'static str),
    /// The answer is wrong: another site, another challenge, another key, no verification of the person.
    #[error("the passkey was refused: {0}")]
    Refused(String),
    /// The answer is right and its counter is not ahead of the stored one: there may be a copy of the key. Worth
    /// telling the member.
    #[error("the passkey's counter did not rise: there may be a copy of it")]
    Copied,
}

impl From<WebauthnError> for PasskeyError {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::Copied,
            other => Self::Refused(other.to_string()),
        }
    }
}

/// The first half of a ceremony.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// For `navigator.credentials.create` or `.get`: an object with `publicKey`, binary values in base64url
    /// (`PublicKeyCredential.parseCreationOptionsFromJSON` and its sister read the inner object).
    pub options: String,
    /// To be stored, and given to the second half. Never to the browser.
    pub state: String,
}

/// A new passkey, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// Its id, base64url: unique over all members.
    pub credential_id: String,
    /// Its public key and counter.
    pub body: String,
}

/// A passkey as it is stored, with whose it is.
#[derive(Debug, Clone, Copy)]
pub struct Stored<'a> {
    /// The owner's id.
    pub member_id: &'a str,
    /// [`Registered::body`], or what [`Used::body`] last gave.
    pub body: &'a str,
}

/// That a passkey was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its id, base64url.
    pub credential_id: String,
    /// Its new body, when its counter or backup state moved: store it in the act that signs in.
    pub body: Option<String>,
}

#[derive(Serialize, Deserialize)]
enum State {
    Register(PasskeyRegistration),
    Known(PasskeyAuthentication),
    Discoverable(DiscoverableAuthentication),
}

/// The site as passkeys know it.
#[derive(Debug, Clone)]
pub struct Relying(Webauthn);

impl Relying {
    /// A site. `domain` (the relying party's id) is what passkeys are bound to for ever; `origin` is the site's
    /// address, `https://` and a host that is the domain or lies under it (`http://localhost` for trying out); `name`
    /// is shown by the browser.
    ///
    /// # Errors
    /// [`PasskeyError::Setting`].
    pub fn new(domain: &str, origin: &str, name: &str) -> Result<Self, PasskeyError> {
        let fault = |reason: String| PasskeyError::Setting {
            domain: domain.to_owned(),
            origin: origin.to_owned(),
            reason,
        };
        let url = Url::parse(origin).map_err(|error| fault(error.to_string()))?;
        let is_local = url.scheme() == "http" && url.host_str() == Some("localhost");
        if url.scheme() != "https" && !is_local {
            return Err(fault("browsers allow passkeys only under https".to_owned()));
        }
        let builder = WebauthnBuilder::new(domain, &url)
            .map_err(|_| fault("the address must be the domain or lie under it".to_owned()))?;
        let webauthn = builder.rp_name(name).build().map_err(|error| fault(error.to_string()))?;
        Ok(Self(webauthn))
    }

    /// Begins to register a passkey. `account` (the address) and `name` are shown by the device when it asks which to
    /// use; `existing` are the bodies of the member's passkeys, whose devices then decline to make a second one.
    ///
    /// # Errors
    /// [`PasskeyError::Stored`] when a body cannot be read, [`PasskeyError::Refused`] when `account` is empty.
    pub fn start_registration(
        &self,
        member_id: &str,
        account: &str,
        name: &str,
        existing: &[&str],
    ) -> Result<Ceremony, PasskeyError> {
        let existing = existing.iter().map(|body| Ok(read_passkey(body)?.cred_id().clone()));
        let existing = existing.collect::<Result<Vec<_>, PasskeyError>>()?;
        let (options, state) =
            self.0.start_passkey_registration(handle(member_id), account, name, Some(existing))?;
        let mut options = serde_json::to_value(&options).map_err(|_| PasskeyError::Stored("options"))?;
        // The library asks devices not to remember whose passkey it is; then none could be offered before the
        // address is typed. A device that cannot remember still makes one.
        if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
            selection["residentKey"] = Value::from("preferred");
        }
        Ok(Ceremony { options: options.to_string(), state: written(&State::Register(state))? })
    }

    /// Ends the registration with what the browser answered (`PublicKeyCredential.toJSON()` as text).
    ///
    /// # Errors
    /// [`PasskeyError`] but for `Setting` and `Copied`.
    pub fn finish_registration(&self, state: &str, answer: &str) -> Result<Registered, PasskeyError> {
        let State::Register(state) = read_state(state)? else { return Err(PasskeyError::Stored("state")) };
        let answer: RegisterPublicKeyCredential = read_answer(answer)?;
        let passkey = self.0.finish_passkey_registration(&answer, &state)?;
        Ok(Registered { credential_id: BASE64URL_NOPAD.encode(passkey.cred_id()), body: written(&passkey)? })
    }

    /// Begins to sign in, or step up, a member who is known, with any of these passkeys (their bodies).
    ///
    /// # Errors
    /// [`PasskeyError::Stored`] when a body cannot be read or there is none.
    pub fn start_authentication(&self, bodies: &[&str]) -> Result<Ceremony, PasskeyError> {
        let passkeys = bodies.iter().map(|body| read_passkey(body)).collect::<Result<Vec<_>, _>>()?;
        if passkeys.is_empty() {
            return Err(PasskeyError::Stored("passkey"));
        }
        let (options, state) = self.0.start_passkey_authentication(&passkeys)?;
        Ok(Ceremony { options: written(&options)?, state: written(&State::Known(state))? })
    }

    /// Begins to sign in whoever holds a passkey for this site, without asking for an address first.
    ///
    /// # Errors
    /// [`PasskeyError::Refused`], when the library could not make a challenge.
    pub fn start_discoverable(&self) -> Result<Ceremony, PasskeyError> {
        let (mut options, state) = self.0.start_discoverable_authentication()?;
        // Asked for by a button, not offered while an address is typed.
        options.mediation = None;
        Ok(Ceremony { options: written(&options)?, state: written(&State::Discoverable(state))? })
    }

    /// Ends signing in, by either beginning. `stored` is the row that [`credential_of`] led to.
    ///
    /// # Errors
    /// [`PasskeyError`] but for `Setting`. After [`PasskeyError::Copied`] nothing may be stored.
    pub fn finish_authentication(
        &self,
        state: &str,
        answer: &str,
        stored: Stored<'_>,
    ) -> Result<Used, PasskeyError> {
        let state = read_state(state)?;
        let answer: PublicKeyCredential = read_answer(answer)?;
        let mut passkey = read_passkey(stored.body)?;
        let owner = handle(stored.member_id);
        let is_discoverable = matches!(state, State::Discoverable(_));
        let is_owner = match answer.get_user_unique_id() {
            Some(named) => named == owner.as_bytes(),
            None => !is_discoverable,
        };
        if !is_owner {
            return Err(PasskeyError::Refused("it names another member".to_owned()));
        }
        let result = match state {
            State::Known(state) => self.0.finish_passkey_authentication(&answer, &state)?,
            State::Discoverable(state) => {
                self.0.finish_discoverable_authentication_v2(&answer, state, &passkey)?
            }
            State::Register(_) => return Err(PasskeyError::Stored("state")),
        };
        let changed = passkey
            .update_credential(&result)
            .ok_or_else(|| PasskeyError::Refused("it is another passkey".to_owned()))?;
        // The state holds the counter of when the ceremony began; what was stored since is ahead of it.
        if result.counter() > 0 && !changed {
            return Err(PasskeyError::Copied);
        }
        let body = if changed { Some(written(&passkey)?) } else { None };
        Ok(Used { credential_id: BASE64URL_NOPAD.encode(result.cred_id()), body })
    }
}

/// The id (base64url) of the passkey that an answer claims to come from, to find its row. Nothing is checked.
///
/// # Errors
/// [`PasskeyError::Answer`].
pub fn credential_of(answer: &str) -> Result<String, PasskeyError> {
    let answer: PublicKeyCredential = read_answer(answer)?;
    Ok(BASE64URL_NOPAD.encode(answer.get_credential_id()))
}

/// What a device remembers as the member: 128 bits of a hash, so that it holds nothing about the person.
fn handle(member_id: &str) -> Uuid {
    let hash: [u8; 32] = Sha256::digest(format!("whatworks passkey\n{member_id}")).into();
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(half)
}

fn written(value: &impl Serialize) -> Result<String, PasskeyError> {
    serde_json::to_string(value).map_err(|_| PasskeyError::Stored("value"))
}

fn read_state(state: &str) -> Result<State, PasskeyError> {
    serde_json::from_str(state).map_err(|_| PasskeyError::Stored("state"))
}

fn read_passkey(body: &str) -> Result<Passkey, PasskeyError> {
    serde_json::from_str(body).map_err(|_| PasskeyError::Stored("passkey"))
}

fn read_answer<T: for<'a> Deserialize<'a>>(answer: &str) -> Result<T, PasskeyError> {
    if answer.len() > MAX_ANSWER {
        return Err(PasskeyError::Answer);
    }
    serde_json::from_str(answer).map_err(|_| PasskeyError::Answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::signature::Signer;
    use p256::ecdsa::{DerSignature, SigningKey};
    use serde_json::json;

    const ORIGIN: &str = "https://forum.example.org";
    const PRESENT: u8 = 0x01;
    const VERIFIED: u8 = 0x04;

    /// A device: one P-256 key, its id, its counter, and the member it remembers.
    struct Device {
        key: SigningKey,
        id: Vec<u8>,
        counter: u32,
        member: Vec<u8>,
        origin: &'static str,
        flags: u8,
    }

    impl Device {
        fn new(byte: u8) -> Self {
            let key = SigningKey::from_slice(&[byte; 32]).unwrap();
            let flags = PRESENT | VERIFIED;
            Self { key, id: vec![byte; 20], counter: 0, member: Vec::new(), origin: ORIGIN, flags }
        }

        fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
            let challenge = &options["publicKey"]["challenge"];
            let data =
                json!({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false});
            data.to_string().into_bytes()
        }

        fn data(&self, domain: &str, flags: u8) -> Vec<u8> {
            let mut data = Sha256::digest(domain).to_vec();
            data.push(flags);
            data.extend(self.counter.to_be_bytes());
            data
        }

        fn register(&mut self, ceremony: &Ceremony) -> String {
            let options: Value = serde_json::from_str(&ceremony.options).unwrap();
            self.member = decoded(&options["publicKey"]["user"]["id"]);
            let mut data = self.data(options["publicKey"]["rp"]["id"].as_str().unwrap(), self.flags | 0x40);
            data.extend([0; 16]);
            data.extend((self.id.len() as u16).to_be_bytes());
            data.extend(&self.id);
            // COSE key (RFC 9053 §7.1.1): {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
            let point = self.key.verifying_key().to_sec1_point(false);
            data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
            data.extend(&point.as_bytes()[1..33]);
            data.extend([0x22, 0x58, 0x20]);
            data.extend(&point.as_bytes()[33..]);
            let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
            object.extend((data.len() as u16).to_be_bytes());
            object.extend(data);
            let client = self.client_data("webauthn.create", &options);
            self.answer(json!({"attestationObject": encoded(&object), "clientDataJSON": encoded(&client)}))
        }

        fn sign_in(&mut self, ceremony: &Ceremony) -> String {
            let options: Value = serde_json::from_str(&ceremony.options).unwrap();
            let domain = options["publicKey"]["rpId"].as_str().unwrap();
            let data = self.data(domain, self.flags);
            let client = self.client_data("webauthn.get", &options);
            let mut signed = data.clone();
            signed.extend(Sha256::digest(&client));
            let signature: DerSignature = self.key.sign(&signed);
            self.answer(json!({
                "authenticatorData": encoded(&data), "clientDataJSON": encoded(&client),
                "signature": encoded(signature.as_bytes()), "userHandle": encoded(&self.member),
            }))
        }

        #[expect(clippy::needless_pass_by_value, reason = "a literal of the caller's")]
        fn answer(&self, response: Value) -> String {
            let id = encoded(&self.id);
            json!({"id": id, "rawId": id, "type": "public-key", "response": response}).to_string()
        }
    }

    fn encoded(bytes: &[u8]) -> String {
        BASE64URL_NOPAD.encode(bytes)
    }

    fn decoded(text: &Value) -> Vec<u8> {
        BASE64URL_NOPAD.decode(text.as_str().unwrap().as_bytes()).unwrap()
    }

    fn site() -> Relying {
        Relying::new("example.org", ORIGIN, "What works").unwrap()
    }

    fn registered(device: &mut Device, member: &str) -> Registered {
        let ceremony = site().start_registration(member, "amina@example.org", "Amina", &[]).unwrap();
        site().finish_registration(&ceremony.state, &device.register(&ceremony)).unwrap()
    }

    fn stored(passkey: &Registered) -> Stored<'_> {
        Stored { member_id: "amina", body: &passkey.body }
    }

    #[test]
    fn a_passkey_is_registered_and_signs_in_by_either_beginning() {
        let mut device = Device::new(1);
        let mut passkey = registered(&mut device, "amina");
        assert_eq!(passkey.credential_id, encoded(&[1; 20]));
        for turn in 1..=4_u32 {
            let ceremony = if turn % 2 == 0 {
                site().start_discoverable().unwrap()
            } else {
                site().start_authentication(&[&passkey.body]).unwrap()
            };
            device.counter = turn;
            let answer = device.sign_in(&ceremony);
            assert_eq!(credential_of(&answer).unwrap(), passkey.credential_id);
            let used = site().finish_authentication(&ceremony.state, &answer, stored(&passkey)).unwrap();
            assert_eq!(used.credential_id, passkey.credential_id);
            passkey.body = used.body.expect("the counter moved");
        }
    }

    #[test]
    fn a_device_without_counter_changes_nothing() {
        let mut device = Device::new(1);
        let passkey = registered(&mut device, "amina");
        let ceremony = site().start_authentication(&[&passkey.body]).unwrap();
        let answer = device.sign_in(&ceremony);
        let used = site().finish_authentication(&ceremony.state, &answer, stored(&passkey)).unwrap();
        assert_eq!(used.body, None);
    }

    #[test]
    fn the_device_is_told_whose_it_is_without_being_told_who() {
        let mut device = Device::new(1);
        let passkey = registered(&mut device, "amina");
        let again =
            site().start_registration("amina", "amina@example.org", "Amina", &[&passkey.body]).unwrap();
        let options: Value = serde_json::from_str(&again.options).unwrap();
        let options = &options["publicKey"];
        assert_eq!(decoded(&options["user"]["id"]), device.member);
        assert_eq!(options["excludeCredentials"][0]["id"], passkey.credential_id);
        assert_eq!(options["authenticatorSelection"]["residentKey"], "preferred");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["attestation"], "none");
        let discoverable: Value =
            serde_json::from_str(&site().start_discoverable().unwrap().options).unwrap();
        assert_eq!(discoverable.get("mediation"), None);
    }

    #[test]
    fn a_counter_that_does_not_rise_is_a_copy() {
        let mut device = Device::new(1);
        let mut passkey = registered(&mut device, "amina");
        // Two ceremonies begun before either ended: the second answer has the counter that the first one stored.
        let first = site().start_authentication(&[&passkey.body]).unwrap();
        let second = site().start_authentication(&[&passkey.body]).unwrap();
        let third = site().start_discoverable().unwrap();
        device.counter = 7;
        let used = site().finish_authentication(&first.state, &device.sign_in(&first), stored(&passkey));
        passkey.body = used.unwrap().body.unwrap();
        for ceremony in [second, third] {
            let answer = device.sign_in(&ceremony);
            let again = site().finish_authentication(&ceremony.state, &answer, stored(&passkey));
            assert_eq!(again, Err(PasskeyError::Copied));
        }
    }

    #[test]
    fn a_wrong_answer_is_refused() {
        let mut device = Device::new(1);
        let passkey = registered(&mut device, "amina");
        let known = site().start_authentication(&[&passkey.body]).unwrap();
        let discoverable = site().start_discoverable().unwrap();
        let refused = |ceremony: &Ceremony, answer: &str, member: &str| {
            let stored = Stored { member_id: member, body: &passkey.body };
            let result = site().finish_authentication(&ceremony.state, answer, stored);
            assert!(matches!(result, Err(PasskeyError::Refused(_))), "{result:?}");
        };
        for ceremony in [&known, &discoverable] {
            // Another ceremony's challenge.
            let other = site().start_discoverable().unwrap();
            refused(ceremony, &device.sign_in(&other), "amina");
            // The row of another member.
            refused(ceremony, &device.sign_in(ceremony), "bola");
            // Another key that claims the same id.
            let mut forged = Device { id: vec![1; 20], member: device.member.clone(), ..Device::new(2) };
            refused(ceremony, &forged.sign_in(ceremony), "amina");
            // Another site, which showed the challenge as its own.
            device.origin = "https://forum.example.org.evil.example";
            refused(ceremony, &device.sign_in(ceremony), "amina");
            device.origin = ORIGIN;
            // Nobody showed a finger.
            device.flags = PRESENT;
            refused(ceremony, &device.sign_in(ceremony), "amina");
            device.flags = PRESENT | VERIFIED;
        }
        // Another member's passkey, though its signature is right.
        let mut other = Device::new(2);
        let theirs = registered(&mut other, "amina");
        let answer = other.sign_in(&known);
        let result = site().finish_authentication(&known.state, &answer, stored(&theirs));
        assert!(matches!(result, Err(PasskeyError::Refused(_))), "{result:?}");
        // A discoverable one has to say whose it is; a known one need not.
        device.member = Vec::new();
        let silent = |answer: String| answer.replace("\"userHandle\":\"\"", "\"userHandle\":null");
        refused(&discoverable, &silent(device.sign_in(&discoverable)), "amina");
        let answer = silent(device.sign_in(&known));
        assert!(site().finish_authentication(&known.state, &answer, stored(&passkey)).is_ok());
    }

    #[test]
    fn a_wrong_registration_is_refused() {
        let begin = || site().start_registration("amina", "amina@example.org", "Amina", &[]).unwrap();
        let (one, other) = (begin(), begin());
        let mut device = Device::new(1);
        let finish = |ceremony: &Ceremony, answer: &str| site().finish_registration(&ceremony.state, answer);
        assert!(matches!(finish(&one, &device.register(&other)), Err(PasskeyError::Refused(_))));
        device.flags = PRESENT;
        assert!(matches!(finish(&one, &device.register(&one)), Err(PasskeyError::Refused(_))));
        device.flags = PRESENT | VERIFIED;
        device.origin = "https://example.com";
        assert!(matches!(finish(&one, &device.register(&one)), Err(PasskeyError::Refused(_))));
        for nonsense in ["", "{}", "null", "[]", &"[".repeat(100_000)] {
            assert_eq!(finish(&one, nonsense), Err(PasskeyError::Answer));
            assert_eq!(credential_of(nonsense), Err(PasskeyError::Answer));
        }
    }

    #[test]
    fn states_are_not_mixed_up() {
        let mut device = Device::new(1);
        let passkey = registered(&mut device, "amina");
        let register = site().start_registration("amina", "amina@example.org", "Amina", &[]).unwrap();
        let sign_in = site().start_authentication(&[&passkey.body]).unwrap();
        let answer = device.sign_in(&sign_in);
        let mixed = site().finish_authentication(&register.state, &answer, stored(&passkey));
        assert_eq!(mixed, Err(PasskeyError::Stored("state")));
        let mixed = site().finish_registration(&sign_in.state, &device.register(&register));
        assert_eq!(mixed, Err(PasskeyError::Stored("state")));
        assert_eq!(site().start_authentication(&[]), Err(PasskeyError::Stored("passkey")));
        assert_eq!(site().start_authentication(&["{}"]), Err(PasskeyError::Stored("passkey")));
    }

    #[test]
    fn the_domain_and_the_address_go_together() {
        assert!(Relying::new("localhost", "http://localhost:8080", "x").is_ok());
        for (domain, origin) in [
            ("example.org", "https://example.com"),
            ("example.org", "https://notexample.org"),
            ("example.org", "http://example.org"),
            ("example.org", "example.org"),
        ] {
            let refused = Relying::new(domain, origin, "x").unwrap_err();
            assert!(matches!(refused, PasskeyError::Setting { .. }), "{refused}");
        }
    }
}
