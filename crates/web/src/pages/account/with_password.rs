//! `/sign-in/password`: for members who set a password, with a one-time or recovery code if they use them.
//!
//! A wrong password, a wrong code and an unknown address are answered in the same words after the same time.

use super::frame::{fault, page, signed_in, with_fault};
use super::sign_in;
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way};
use crate::text::key;
use maud::html;
use std::future::ready;
use whatworks_forum::Act;
use whatworks_forum::acts::sign_in::{WithPassword, sign_in_with_password};

pub(super) const WAYS: &[Way] = &[
    Way::get("/sign-in/password", Act::SignIn, Object::None, |asked| {
        Box::pin(ready(shown(&asked, &Fault::none())))
    }),
    Way::post("/sign-in/password", Act::SignIn, Object::None, |asked| Box::pin(prove(asked)))
        .limited(&[Rule::PasswordByClient, Rule::PasswordByAddress]),
];

fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let next = sign_in::next(asked);
    let (address, password) = (visit.t("sign-in-address"), visit.t("password-password"));
    let (code, hint) = (visit.t("password-code"), visit.t("password-code-hint"));
    let address = Field { kind: "email", autocomplete: "username", ..Field::line("address", &address) };
    let password =
        Field { kind: "password", autocomplete: "current-password", ..Field::line("password", &password) };
    let code =
        Field { autocomplete: "one-time-code", hint: &hint, is_optional: true, ..Field::line("code", &code) };
    let body = fields::form(
        asked,
        "/sign-in/password",
        fault,
        &html! {
            input type="hidden" name="next" value=(next);
            (fields::field(asked, fault, address))
            (fields::field(asked, fault, password))
            (fields::field(asked, fault, code))
            button { (visit.t("password-go")) }
        },
    );
    let margin = html! { p { (visit.t("password-margin")) } };
    let reply = page(asked, key("password-title"), key("password-description"), &margin, &body)?;
    Ok(with_fault(reply, fault))
}

async fn prove(asked: Asked) -> Result<Reply, Turned> {
    let next = sign_in::next(&asked);
    let proof = WithPassword {
        address: asked.form.text("address"),
        password: asked.form.raw("password"),
        code: asked.form.text("code"),
        device: &asked.device,
        next_path: &next,
    };
    match sign_in_with_password(asked.store(), proof, &mut asked.source(), asked.now).await {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(refused) => shown(&asked, &fault(&asked, refused)?),
    }
}
