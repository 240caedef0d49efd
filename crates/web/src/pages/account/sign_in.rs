//! Signing in by mail: an address, then the link pressed in the same browser, or the code typed there; signing out.
//!
//! Rule: what is answered is the same for an address that is known and one that is not. `GET` shows a button and
//! changes nothing, because programs that check mail follow links.

use super::frame::{fault, page, signed_in, with_fault};
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way, local_path, session};
use crate::text::key;
use axum::http::StatusCode;
use maud::html;
use std::future::ready;
use whatworks_accounts::token::{Code, Token};
use whatworks_forum::acts::sign_in::{self as acts, AskLink, ShownLink};
use whatworks_forum::{Act, Refused};

pub(super) const WAYS: &[Way] = &[
    Way::get("/sign-in", Act::SignIn, Object::None, |asked| Box::pin(ready(shown(&asked, &Fault::none())))),
    Way::post("/sign-in", Act::SignIn, Object::None, |asked| Box::pin(ask(asked)))
        .limited(&[Rule::LinkByAddress, Rule::LinkByClient]),
    Way::get("/sign-in/code", Act::SignIn, Object::None, |asked| {
        Box::pin(ready(sent(&asked, &Fault::none())))
    }),
    Way::post("/sign-in/code", Act::SignIn, Object::None, |asked| Box::pin(type_code(asked)))
        .limited(&[Rule::ProofByClient]),
    Way::get("/sign-in/link/{link}", Act::SignIn, Object::None, |asked| Box::pin(show_link(asked))),
    Way::post("/sign-in/link/{link}", Act::SignIn, Object::None, |asked| Box::pin(use_link(asked)))
        .limited(&[Rule::ProofByClient]),
    Way::post("/sign-out", Act::OwnAccount, Object::Myself, |asked| Box::pin(sign_out(asked))),
];

/// Where to go after signing in: what the form or the address says, if it is here.
pub(super) fn next(asked: &Asked) -> String {
    let said = match asked.form.text("next") {
        "" => asked.visit.query.find("next").unwrap_or_default(),
        said => said,
    };
    local_path(said).unwrap_or_else(|| "/account".to_owned())
}

pub(super) fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let next = next(asked);
    let label = visit.t("sign-in-address");
    let address = Field { kind: "email", autocomplete: "email", ..Field::line("address", &label) };
    let body = html! {
        @if let Some(member) = &asked.member {
            p.note { (visit.ta("sign-in-already", &[("name", member.name.as_str().into())])) }
        }
        p.say { (visit.t("sign-in-say")) }
        (fields::form(asked, "/sign-in", fault, &html! {
            input type="hidden" name="next" value=(next);
            (fields::field(asked, fault, address))
            button { (visit.t("sign-in-send")) }
        }))
        h2.gap { (visit.t("sign-in-otherwise")) }
        (fields::button(asked, "/sign-in/passkey", &visit.t("sign-in-passkey"), &[("next", &next)]))
        ul.gap {
            li { a href=(visit.query.address("/sign-in/password")) { (visit.t("sign-in-by-password")) } }
            li { a href="/join" { (visit.t("sign-in-join")) } }
        }
    };
    let margin = html! { p { (visit.t("sign-in-margin")) } };
    let reply = page(asked, key("sign-in-title"), key("sign-in-description"), &margin, &body)?;
    Ok(with_fault(reply, fault))
}

fn sent(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let hint = visit.t("sent-hint");
    let label = visit.t("sent-code");
    let code = Field { autocomplete: "one-time-code", hint: &hint, ..Field::line("code", &label) };
    let body = html! {
        p.say { (visit.t("sent-say")) }
        (fields::form(asked, "/sign-in/code", fault, &html! {
            (fields::field(asked, fault, code))
            button { (visit.t("sent-sign-in")) }
        }))
        p.gap { a href="/sign-in" { (visit.t("sent-again")) } }
    };
    let reply = page(asked, key("sent-title"), key("sent-description"), &html! {}, &body)?;
    Ok(with_fault(reply, fault))
}

/// The page of a link that is good: a button, because programs that check mail follow links.
fn link_page(asked: &Asked) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let body = html! {
        p.say { (visit.t("link-say")) }
        (fields::button(asked, &visit.path, &visit.t("link-press"), &[]))
    };
    page(asked, key("link-title"), key("link-description"), &html! {}, &body)
}

/// The code of a link that was opened in another browser than the one that asked for it.
fn code_page(asked: &Asked, code: Code) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let body = html! {
        p.say { (visit.t("link-code-say")) }
        p.code.gap { (code.text()) }
        p.note.gap { (visit.t("link-code-warning")) }
    };
    page(asked, key("link-code-title"), key("link-description"), &html! {}, &body)
}

/// Why a link brings nobody in, and how to get another.
fn bad_link_page(asked: &Asked, code: &str) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let body = html! {
        p.say { (fields::fault_text(visit.lang, code, &[])) }
        p.gap { a href="/sign-in" { (visit.t("link-bad-again")) } }
    };
    let reply = page(asked, key("link-bad-title"), key("link-description"), &html! {}, &body)?;
    Ok(reply.with_status(StatusCode::GONE))
}

/// The cookie of this browser, to which a link is bound.
fn browser(asked: &Asked) -> Result<&Token, Turned> {
    asked.browser.as_ref().ok_or(Turned::Forum(Refused::fault("", "link-unknown")))
}

async fn ask(asked: Asked) -> Result<Reply, Turned> {
    let next = next(&asked);
    let wish = AskLink { address: asked.form.text("address"), browser: browser(&asked)?, next_path: &next };
    match acts::ask_sign_in_link(asked.store(), wish, &mut asked.source(), asked.now).await {
        Ok(()) => Ok(Reply::elsewhere("/sign-in/code")),
        Err(refused) => shown(&asked, &fault(&asked, refused)?),
    }
}

async fn type_code(asked: Asked) -> Result<Reply, Turned> {
    let typed = asked.form.text("code");
    let browser = browser(&asked)?;
    let mut source = asked.source();
    let tried = acts::use_sign_in_code(asked.store(), typed, browser, &asked.device, &mut source, asked.now);
    match tried.await {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(refused) => sent(&asked, &fault(&asked, refused)?),
    }
}

async fn show_link(asked: Asked) -> Result<Reply, Turned> {
    let token = Token::read(asked.parameter("link"));
    let found = acts::show_sign_in_link(asked.store(), token.as_ref(), asked.browser.as_ref(), asked.now);
    match found.await? {
        ShownLink::Press => link_page(&asked),
        ShownLink::TypeCode(code) => code_page(&asked, code),
        ShownLink::Bad(code) => bad_link_page(&asked, code),
    }
}

async fn use_link(asked: Asked) -> Result<Reply, Turned> {
    let token = Token::read(asked.parameter("link"));
    let (browser, device) = (asked.browser.as_ref(), asked.device.as_str());
    let mut source = asked.source();
    let tried =
        acts::use_sign_in_link(asked.store(), token.as_ref(), browser, device, &mut source, asked.now);
    match tried.await {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(Refused::Fault { code, .. }) => bad_link_page(&asked, code),
        Err(refused) => Err(refused.into()),
    }
}

async fn sign_out(asked: Asked) -> Result<Reply, Turned> {
    let me = asked.me()?;
    acts::sign_out(asked.store(), &me.actor, &me.session_hash, asked.now).await?;
    Ok(Reply::elsewhere("/").with_cookie(session::no_session_cookie(&asked.site)))
}
