//! The one way in: `POST /api/v1/findings` takes a signed packet, and the next request sees its finding.
//!
//! Nobody signs in: the signature is the authority, and a key counts only when those who run this commons added it.
//! Since no cookie or account is involved, a request made by a stranger's page can do no more than the stranger can; a
//! form of such a page cannot send these content types. Order: content type, size, verification, names against the
//! catalogue, the store's own rules. What is refused leaves no trace. Left out: who may be trusted.

use crate::cache::{Caching, Stored};
use crate::shown;
use crate::state::{Commons, Evidence};
use crate::visit::{Media, Rendered, segment};
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use tokio::sync::Semaphore;
use whatworks_domain::Catalogue;
use whatworks_evidence::packet::{
    self, ENVELOPE_MEDIA_TYPE, MAX_BYTES, PAYLOAD_TYPE, PacketFault, PublicKey, TrustedKey, VerifiedFinding,
};
use whatworks_store::{NewPacket, ReceiveOutcome, Store, StoreError, StoredKey};

/// The address that takes packets.
pub(crate) const ROUTE: &str = "/api/v1/findings";
/// Packets read and verified at once; more wait. Bounds the memory that strangers can fill.
const AT_ONCE: usize = 32;
/// How long a sender may take, and how long one waits for room.
const PATIENCE: Duration = Duration::from_secs(20);

/// What receiving needs: where packets are kept, and the time.
#[derive(Debug)]
pub(crate) struct Intake {
    store: Store,
    clock: fn() -> OffsetDateTime,
    room: Semaphore,
}

impl Intake {
    pub(crate) fn new(store: Store, clock: fn() -> OffsetDateTime) -> Self {
        Self { store, clock, room: Semaphore::new(AT_ONCE) }
    }
}

/// The evidence of a store as a snapshot to show, as of a moment.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub async fn load_evidence(
    store: &Store,
    catalogue: Catalogue,
    now: OffsetDateTime,
) -> Result<Evidence, StoreError> {
    let stored = store.findings().load_evidence().await?;
    let evidence = Evidence::new(stored.version, stored.digest, catalogue, stored.findings);
    Ok(evidence.with_packets(stored.packets, stored.retracted, now))
}

/// The stored keys as verification wants them.
///
/// # Errors
/// [`StoreError::Corrupt`] when a stored key is none.
pub fn trusted_keys(keys: &[StoredKey]) -> Result<Vec<TrustedKey>, StoreError> {
    let read = |stored: &StoredKey| match PublicKey::from_base64(&stored.public_key) {
        Ok(key) if key.id() == stored.key_id => {
            Ok(TrustedKey { key, institution: stored.institution.clone(), revoked_at: stored.revoked_at })
        }
        _ => Err(StoreError::Corrupt { what: format!("the trusted key {} is no key", stored.key_id) }),
    };
    keys.iter().map(read).collect()
}

/// Why a packet was not taken, for the sender's program and for the sender.
struct Refused {
    status: StatusCode,
    code: &'static str,
    error: String,
    hint: String,
}

impl Refused {
    fn new(status: StatusCode, code: &'static str, error: &str, hint: &str) -> Self {
        Self { status, code, error: error.to_owned(), hint: hint.to_owned() }
    }
}

impl From<PacketFault> for Refused {
    fn from(fault: PacketFault) -> Self {
        let status = match &fault {
            PacketFault::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            PacketFault::Envelope { .. }
            | PacketFault::Base64 { .. }
            | PacketFault::SignatureCount { .. }
            | PacketFault::SignatureLength { .. }
            | PacketFault::SignatureForm => StatusCode::BAD_REQUEST,
            PacketFault::Signature { .. }
            | PacketFault::UnknownKey { .. }
            | PacketFault::Institution { .. }
            | PacketFault::Revoked { .. } => StatusCode::FORBIDDEN,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, fault.code(), &fault.to_string(), fault.hint())
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict { what } => Self::new(
                StatusCode::CONFLICT,
                "conflict",
                &what,
                "give the finding an id of its own, or name in “supersedes” the packet that it replaces",
            ),
            StoreError::Unavailable { .. } => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "the commons cannot store anything just now",
                "send the same packet again later: it counts once however often it is sent",
            ),
            _ => failed(),
        }
    }
}

fn failed() -> Refused {
    Refused::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "something failed here, not at your end",
        "send the same packet again later: it counts once however often it is sent",
    )
}

pub(crate) async fn receive(
    State(commons): State<Arc<Commons>>,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    match take(&commons, &headers, body).await {
        Ok((outcome, verified)) => accepted(outcome, &verified),
        Err(refused) => refusal(&refused),
    }
}

async fn take(
    commons: &Commons,
    headers: &HeaderMap,
    body: Body,
) -> Result<(ReceiveOutcome, VerifiedFinding), Refused> {
    let intake = commons.intake.as_ref().ok_or_else(failed)?;
    check_media(headers)?;
    let Ok(Ok(_room)) = tokio::time::timeout(PATIENCE, intake.room.acquire()).await else {
        return Err(Refused::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "too many packets are being sent at once",
            "send the same packet again later: it counts once however often it is sent",
        ));
    };
    let bytes = read_body(headers, body).await?;
    let now = (intake.clock)();
    let keys = trusted_keys(&intake.store.trust().list_keys().await?)?;
    let (verified, envelope) = tokio::task::spawn_blocking(move || {
        let verified = packet::verify(&bytes, &keys, now)?;
        // What verified was read as UTF-8 already.
        let envelope = String::from_utf8(bytes.into()).map_err(|_| failed())?;
        Ok::<_, Refused>((verified, envelope))
    })
    .await
    .map_err(|_| failed())??;
    let catalogue = &commons.evidence().catalogue;
    if let Some(unknown) = packet::list_unknown_names(verified.finding(), catalogue).first() {
        let hint = "use the ids of /practices and /outcomes, or ask those who run this commons to add one";
        return Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "catalogue", unknown, hint));
    }
    let statement = verified.statement();
    let new = NewPacket {
        content_id: verified.content_id().as_str(),
        finding: verified.finding(),
        key_id: verified.key_id(),
        institution: verified.institution(),
        envelope: &envelope,
        supersedes: statement.supersedes.as_ref().map(packet::Digest::as_str),
        issued_at: statement.issued_at,
        valid_until: statement.valid_until,
    };
    let outcome = intake.store.packets().receive_packet(new, now).await?;
    if outcome == ReceiveOutcome::Stored {
        commons.replace(load_evidence(&intake.store, catalogue.clone(), now).await?);
    }
    Ok((outcome, verified))
}

fn check_media(headers: &HeaderMap) -> Result<(), Refused> {
    let stated = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = stated.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if [ENVELOPE_MEDIA_TYPE, PAYLOAD_TYPE, "application/json"].contains(&media.as_str()) {
        return Ok(());
    }
    Err(Refused::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "media_type",
        "a signed packet is sent as application/vnd.dsse.envelope.v1+json",
        "add the header Content-Type: application/vnd.dsse.envelope.v1+json",
    ))
}

async fn read_body(headers: &HeaderMap, body: Body) -> Result<bytes::Bytes, Refused> {
    let stated = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if let Some(bytes) = stated.filter(|bytes| *bytes > MAX_BYTES) {
        return Err(PacketFault::TooLarge { bytes }.into());
    }
    match tokio::time::timeout(PATIENCE, to_bytes(body, MAX_BYTES)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Refused::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            &format!("the body did not arrive whole, or has more than {MAX_BYTES} bytes"),
            "a packet holds one finding; send files of data elsewhere",
        )),
        Err(_) => Err(Refused::new(
            StatusCode::REQUEST_TIMEOUT,
            "timeout",
            "the packet took too long to arrive",
            "send it again; nothing was stored",
        )),
    }
}

/// What was sent is answered in full: the conditions that a reader may put in headers mean nothing here.
fn answer(status: StatusCode, value: &serde_json::Value) -> Response<Body> {
    let rendered = Rendered { status, ..Rendered::new(Media::Json, format!("{value}\n").into_bytes()) };
    let mut response = Stored::new(rendered).respond(&HeaderMap::new(), Caching::Revalidate);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    response
}

/// The answer does not say whether the packet was new, so that sending again is as good as sending once; the status
/// does.
fn accepted(outcome: ReceiveOutcome, verified: &VerifiedFinding) -> Response<Body> {
    let status = match outcome {
        ReceiveOutcome::Stored => StatusCode::CREATED,
        ReceiveOutcome::Known => StatusCode::OK,
    };
    let finding = verified.finding();
    let page = format!("/findings/{}", segment(finding.finding_id.as_str()));
    let value = json!({
        "finding_id": finding.finding_id,
        "content_id": verified.content_id().as_str(),
        "institution": verified.institution(),
        "finding": page,
        "synthesis": shown::synthesis_path(&finding.pool_key()),
    });
    let mut response = answer(status, &value);
    if let Ok(location) = HeaderValue::from_str(&page) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

fn refusal(refused: &Refused) -> Response<Body> {
    let value = json!({
        "error": {
            "status": refused.status.as_u16(), "code": refused.code, "title": "The packet was refused",
            "why": refused.error, "see": ["/api/v1/openapi.json"],
        },
        "hint": refused.hint,
    });
    answer(refused.status, &value)
}
