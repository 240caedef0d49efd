//! The frame of members' pages, and the two ways in which a form ends: on to another page, or again with a fault.

use crate::layout::{self, Page, Room};
use crate::member::fields::Fault;
use crate::member::session;
use crate::member::way::{Asked, Reply, Turned};
use axum::http::StatusCode;
use maud::{Markup, html};
use whatworks_forum::Refused;
use whatworks_forum::acts::sign_in::SignedIn;

/// A page of one section: title and description by the names of their texts.
pub(super) fn page(
    asked: &Asked,
    title: &str,
    description: &str,
    margin: &Markup,
    body: &Markup,
) -> Result<Reply, Turned> {
    sections(asked, title, description, margin, body, &html! {})
}

/// A page whose first section is followed by others.
pub(super) fn sections(
    asked: &Asked,
    title: &str,
    description: &str,
    margin: &Markup,
    body: &Markup,
    more: &Markup,
) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let title = visit.t(title);
    let head = html! { h1 { (title) } (body) };
    let body = html! { (layout::section_head(&visit.t("account-label"), margin, &head)) (more) };
    let page = Page { title, description: visit.t(description), room: Room::None, spine: None, body };
    Ok(Reply::page(layout::page(visit, &page)?))
}

/// The page again, with what is wrong; a form that is faultless gives the page as it is.
pub(super) fn with_fault(reply: Reply, fault: &Fault) -> Reply {
    if fault.is_some() { reply.with_status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply }
}

/// On to where the member wanted to go, with the cookie of the new session.
pub(super) fn signed_in(asked: &Asked, signed_in: &SignedIn) -> Reply {
    Reply::elsewhere(&signed_in.next_path)
        .with_cookie(session::session_cookie(&asked.site, &signed_in.session))
        .with_cookie(session::no_browser_cookie(&asked.site))
}

/// What a refused act shows on its form; a refusal that is about no form goes on as it is.
pub(super) fn fault(asked: &Asked, refused: Refused) -> Result<Fault, Turned> {
    Ok(Fault::of(asked.visit.lang, refused)?)
}
