//! Who vouches for a finding, and what no longer stands: the part of `/findings/{id}` about signatures, and the page of
//! a finding that was taken back.
//!
//! Rule: never a bare mark. The words valid, revoked, expired, withdrawn and superseded each stand for one thing, with
//! the institution and the date that make them true.

use crate::layout::{self, Page, Place, Room};
use crate::sentence;
use crate::shown;
use crate::state::Seal;
use crate::visit::{Outcome, Refusal, Visit, segment};
use axum::http::StatusCode;
use maud::{Markup, html};
use time::OffsetDateTime;
use whatworks_domain::Finding;
use whatworks_store::{RetractedFinding, RetractionAct};

/// A day (UTC), in words.
fn day(visit: &Visit, moment: OffsetDateTime) -> String {
    visit.lang.day(moment.to_offset(time::UtcOffset::UTC).date())
}

/// One sentence: whose signature, and whether it still holds.
fn sentence(visit: &Visit, seal: &Seal) -> String {
    let packet = &seal.packet;
    let mut arguments = vec![
        ("institution", packet.institution.clone().into()),
        ("added", day(visit, packet.key_added_at).into()),
        ("received", day(visit, packet.received_at).into()),
        ("until", day(visit, packet.valid_until).into()),
    ];
    match (packet.key_revoked_at, seal.is_expired) {
        (Some(revoked), _) => {
            arguments.push(("revoked", day(visit, revoked).into()));
            visit.ta("signature-revoked", &arguments)
        }
        (None, true) => visit.ta("signature-expired", &arguments),
        (None, false) => visit.ta("signature-valid", &arguments),
    }
}

/// The signature of a finding: who, by which key, over what; or that nobody signed it.
pub(crate) fn section(visit: &Visit, finding: &Finding) -> Markup {
    let body = match visit.evidence.seals.get(&finding.finding_id) {
        None => html! { p { (visit.t("signature-none")) } },
        Some(seal) => {
            let packet = &seal.packet;
            html! {
                p { (sentence(visit, seal)) }
                dl.kv {
                    dt { (visit.t("signature-institution")) } dd { bdi { (packet.institution) } }
                    dt { (visit.t("signature-key")) } dd { code { (packet.key_id) } }
                    dt { (visit.t("signature-content")) } dd { code { (packet.content_id) } }
                    dt { (visit.t("signature-issued")) } dd { (day(visit, packet.issued_at)) }
                    dt { (visit.t("signature-received")) } dd { (day(visit, packet.received_at)) }
                    dt { (visit.t("signature-until")) } dd { (day(visit, packet.valid_until)) }
                }
                p.gap {
                    a href={ "/api/v1/findings/" (segment(finding.finding_id.as_str())) } { (visit.t("signature-packet")) }
                }
            }
        }
    };
    layout::section("signature", &visit.t("signature"), &html! { p { (visit.t("signature-how")) } }, &body)
}

/// What was done, when and why, as one sentence.
fn retraction(visit: &Visit, retracted: &RetractedFinding) -> String {
    let arguments = [("date", day(visit, retracted.retracted_at).into())];
    match retracted.act {
        RetractionAct::Withdrawn => visit.ta("retracted-withdrawn", &arguments),
        RetractionAct::Superseded => visit.ta("retracted-superseded", &arguments),
    }
}

/// The page of a finding that no longer counts.
pub(crate) fn retracted_page(visit: &Visit, retracted: &RetractedFinding) -> Outcome {
    let finding = &retracted.finding;
    let names = [
        ("practice", shown::practice(visit, finding.practice.as_str()).to_owned().into()),
        ("outcome", sentence::inside(shown::outcome(visit, finding.outcome.as_str())).into()),
        ("study", finding.study.clone().into()),
    ];
    let body = html! {
        (layout::section_head(
            &visit.t("finding"),
            &html! {},
            &html! {
                h1 { (visit.ta("finding-title", &names)) }
                p.say { (retraction(visit, retracted)) }
                @if !retracted.reason.is_empty() {
                    p { (visit.t("retracted-reason")) " " bdi { (retracted.reason) } }
                }
                p.row.gap {
                    @if let Some(other) = &retracted.replaced_by {
                        a href={ "/findings/" (segment(other)) } { (visit.t("retracted-instead")) }
                    }
                    a href=(shown::synthesis_path(&finding.pool_key())) { (visit.t("finding-synthesis")) }
                    a href="/findings" { (visit.t("refusal-see-list")) }
                }
            },
        ))
    };
    let spine = layout::spine(visit, Place::Findings, &[]);
    layout::page(
        visit,
        &Page {
            title: visit.ta("retracted-title", &names),
            description: retraction(visit, retracted),
            room: Room::Findings,
            spine: Some(spine),
            body,
        },
    )
}

/// The same for programs: gone, with the reason.
pub(crate) fn retracted_refusal(visit: &Visit, retracted: &RetractedFinding) -> Refusal {
    let mut ways_on = Vec::new();
    if let Some(other) = &retracted.replaced_by {
        ways_on.push((format!("/api/v1/findings/{}", segment(other)), visit.t("retracted-instead")));
    }
    ways_on.push(("/api/v1/findings".to_owned(), visit.t("refusal-see-list")));
    Refusal {
        status: StatusCode::GONE,
        title: retraction(visit, retracted),
        why: retracted.reason.clone(),
        ways_on,
    }
}
