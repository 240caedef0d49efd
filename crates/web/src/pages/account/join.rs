//! `/join` and `/invitations/…`: how a person becomes a member.
//!
//! Rule: what is answered is the same whether the address is known or not; what differs goes by mail.

use super::frame::{fault, page, signed_in, with_fault};
use super::words;
use crate::cache::digest_hex;
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way};
use crate::text::key;
use axum::http::StatusCode;
use maud::{Markup, html};
use std::future::ready;
use whatworks_accounts::token::Token;
use whatworks_forum::acts::join::{self as acts, About, RequestMembership};
use whatworks_forum::{Act, Refused};
use whatworks_store::NewConsent;

pub(super) const WAYS: &[Way] = &[
    Way::get("/join", Act::Join, Object::None, |asked| Box::pin(ready(shown(&asked, &Fault::none())))),
    Way::post("/join", Act::Join, Object::None, |asked| Box::pin(send(asked))).limited(&[Rule::JoinByClient]),
    Way::get("/join/sent", Act::Join, Object::None, |asked| Box::pin(ready(sent(&asked)))),
    Way::get("/invitations/{token}", Act::Join, Object::None, |asked| Box::pin(show_invitation(asked))),
    Way::post("/invitations/{token}", Act::Join, Object::None, |asked| Box::pin(accept(asked)))
        .limited(&[Rule::ProofByClient]),
    Way::get("/first-steward/{token}", Act::Join, Object::None, |asked| Box::pin(show_first(asked))),
    Way::post("/first-steward/{token}", Act::Join, Object::None, |asked| Box::pin(become_first(asked)))
        .limited(&[Rule::ProofByClient]),
];

fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let (address, note) = (visit.t("sign-in-address"), visit.t("join-note"));
    let address = Field { kind: "email", autocomplete: "email", ..Field::line("address", &address) };
    let note = Field { kind: "area", ..Field::line("note", &note) };
    let body = html! {
        p.say { (visit.t("join-say")) }
        (fields::form(asked, "/join", fault, &html! {
            (fields::field(asked, fault, address))
            (about_oneself(asked, fault))
            (fields::field(asked, fault, note))
            (consent(asked, fault))
            button { (visit.t("join-send")) }
        }))
    };
    let margin = html! { p { (visit.t("join-margin")) } };
    let reply = page(asked, key("join-title"), key("join-description"), &margin, &body)?;
    Ok(with_fault(reply, fault))
}

fn about_oneself(asked: &Asked, fault: &Fault) -> Markup {
    let visit = &asked.visit;
    let (name, hint) = (visit.t("join-name"), visit.t("join-name-hint"));
    let name = Field { hint: &hint, autocomplete: "name", ..Field::line("name", &name) };
    html! {
        (fields::field(asked, fault, name))
        (fields::choice(asked, fault, "country", &visit.t("account-country"), "", &words::countries(visit)))
    }
}

fn sent(asked: &Asked) -> Result<Reply, Turned> {
    let body = html! { p.say { (asked.visit.t("join-sent-say")) } };
    page(asked, key("join-sent-title"), key("join-description"), &html! {}, &body)
}

fn invitation_page(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let path = visit.path.clone();
    let body = html! {
        p.say { (visit.t("invitation-say")) }
        (fields::form(asked, &path, fault, &html! {
            (about_oneself(asked, fault))
            (consent(asked, fault))
            button { (visit.t("invitation-accept")) }
        }))
    };
    let reply = page(asked, key("invitation-title"), key("invitation-description"), &html! {}, &body)?;
    Ok(with_fault(reply, fault))
}

fn bad_invitation_page(asked: &Asked) -> Result<Reply, Turned> {
    let body = html! { p.say { (asked.visit.t("invitation-bad")) } };
    let reply = page(asked, key("link-bad-title"), key("invitation-description"), &html! {}, &body)?;
    Ok(reply.with_status(StatusCode::GONE))
}

/// What is kept and why, and the box that agrees to it.
fn consent(asked: &Asked, fault: &Fault) -> Markup {
    let visit = &asked.visit;
    html! {
        p.gap { (visit.t("consent-text")) }
        (fields::at(fault, "consent"))
        (fields::check("consent", &visit.t("consent-label")))
    }
}

/// What the form says of the person. The record of consent holds the hash of the text that was shown.
fn about(asked: &Asked) -> Result<About<'_>, Refused> {
    let visit = &asked.visit;
    let country = asked.form.text("country");
    if !words::is_country(country) {
        return Err(Refused::fault("country", "choice"));
    }
    let agreed = || NewConsent {
        purpose: "membership".to_owned(),
        text_hash: digest_hex(visit.t("consent-text").as_bytes(), 64),
        language: visit.lang.code().to_owned(),
        channel: "web".to_owned(),
    };
    Ok(About {
        name: asked.form.text("name"),
        language: visit.frame.code(),
        time_zone: "UTC",
        country,
        consent: (asked.form.text("consent") == "yes").then(agreed),
    })
}

async fn send(asked: Asked) -> Result<Reply, Turned> {
    let requested = match about(&asked) {
        Ok(about) => {
            let request = RequestMembership {
                address: asked.form.text("address"),
                about,
                note: asked.form.text("note"),
            };
            acts::request_membership(asked.store(), request, &mut asked.source(), asked.now).await
        }
        Err(refused) => Err(refused),
    };
    match requested {
        Ok(()) => Ok(Reply::elsewhere("/join/sent")),
        Err(refused) => shown(&asked, &fault(&asked, refused)?),
    }
}

async fn show_invitation(asked: Asked) -> Result<Reply, Turned> {
    let token = Token::read(asked.parameter("token"));
    match acts::find_invitation(asked.store(), token.as_ref(), asked.now).await? {
        Some(_) => invitation_page(&asked, &Fault::none()),
        None => bad_invitation_page(&asked),
    }
}

async fn accept(asked: Asked) -> Result<Reply, Turned> {
    let token = Token::read(asked.parameter("token"));
    let accepted = match about(&asked) {
        Ok(about) => {
            let mut source = asked.source();
            let (store, device) = (asked.store(), asked.device.as_str());
            acts::accept_invitation(store, token.as_ref(), about, device, &mut source, asked.now).await
        }
        Err(refused) => Err(refused),
    };
    match accepted {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(Refused::Fault { code: "invitation-gone", .. }) => bad_invitation_page(&asked),
        Err(refused) => invitation_page(&asked, &fault(&asked, refused)?),
    }
}

/// The form behind the link that the program prints while there is no steward.
fn first_page(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let path = visit.path.clone();
    let label = visit.t("sign-in-address");
    let address = Field { kind: "email", autocomplete: "email", ..Field::line("address", &label) };
    let body = html! {
        p.say { (visit.t("first-say")) }
        (fields::form(asked, &path, fault, &html! {
            (fields::field(asked, fault, address))
            (about_oneself(asked, fault))
            (consent(asked, fault))
            button { (visit.t("first-go")) }
        }))
    };
    let margin = html! { p { (visit.t("first-margin")) } };
    Ok(with_fault(page(asked, key("first-title"), key("invitation-description"), &margin, &body)?, fault))
}

/// Hash of the secret in the link that the program printed, if the address holds that secret.
fn printed<'a>(asked: &'a Asked, token: Option<&Token>) -> Option<&'a str> {
    let hash = asked.site.first_token_hash.as_deref()?;
    token.is_some_and(|token| token.matches(hash)).then_some(hash)
}

async fn show_first(asked: Asked) -> Result<Reply, Turned> {
    let token = Token::read(asked.parameter("token"));
    if printed(&asked, token.as_ref()).is_none() || asked.store().members().has_steward().await? {
        return bad_invitation_page(&asked);
    }
    first_page(&asked, &Fault::none())
}

async fn become_first(asked: Asked) -> Result<Reply, Turned> {
    let token = Token::read(asked.parameter("token"));
    let Some(hash) = printed(&asked, token.as_ref()) else { return bad_invitation_page(&asked) };
    let made = match about(&asked) {
        Ok(about) => {
            let (store, address, device) = (asked.store(), asked.form.text("address"), asked.device.as_str());
            let mut source = asked.source();
            acts::first_steward(store, token.as_ref(), hash, address, about, device, &mut source, asked.now)
                .await
        }
        Err(refused) => Err(refused),
    };
    match made {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(Refused::Fault { code: "invitation-gone", .. }) => bad_invitation_page(&asked),
        Err(refused) => first_page(&asked, &fault(&asked, refused)?),
    }
}
