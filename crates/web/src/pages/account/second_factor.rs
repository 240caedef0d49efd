//! `/second-factor`: what a role with power, or a grave act, asks for beyond a link by mail.

use super::frame::{fault, page, signed_in, with_fault};
use super::sign_in;
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way};
use crate::text::key;
use maud::html;
use std::future::ready;
use whatworks_forum::Act;
use whatworks_forum::acts::sign_in::{StepUpWithPassword, step_up_with_password};

pub(super) const WAYS: &[Way] = &[
    Way::get("/second-factor", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(ready(shown(&asked, &Fault::none())))
    }),
    Way::post("/second-factor", Act::OwnAccount, Object::Myself, |asked| Box::pin(prove(asked)))
        .limited(&[Rule::FactorByMember]),
];

pub(super) fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let held = asked.me()?.held;
    let next = sign_in::next(asked);
    let (password, code) = (visit.t("password-password"), visit.t("factor-code"));
    let password =
        Field { kind: "password", autocomplete: "current-password", ..Field::line("password", &password) };
    let code = Field { autocomplete: "one-time-code", ..Field::line("code", &code) };
    let body = html! {
        p.say { (visit.t("factor-say")) }
        @if !held.is_enough() {
            p.note { (visit.t("factor-none")) }
            p.gap { a href="/account/security" { (visit.t("factor-set-up")) } }
        }
        @if held.passkey {
            (fields::button(asked, "/second-factor/passkey", &visit.t("sign-in-passkey"), &[("next", &next)]))
        }
        @if held.password && held.one_time_codes {
            h2.gap { (visit.t("factor-password-title")) }
            (fields::form(asked, "/second-factor", fault, &html! {
                input type="hidden" name="next" value=(next);
                (fields::field(asked, fault, password))
                (fields::field(asked, fault, code))
                button { (visit.t("factor-go")) }
            }))
        }
    };
    let margin = html! { p { (visit.t("factor-margin")) } };
    let reply = page(asked, key("factor-title"), key("factor-description"), &margin, &body)?;
    Ok(with_fault(reply, fault))
}

async fn prove(asked: Asked) -> Result<Reply, Turned> {
    let next = sign_in::next(&asked);
    let proof = StepUpWithPassword {
        session_hash: &asked.me()?.session_hash,
        password: asked.form.raw("password"),
        code: asked.form.text("code"),
        next_path: &next,
    };
    let mut source = asked.source();
    match step_up_with_password(asked.store(), asked.actor(), proof, &mut source, asked.now).await {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(refused) => shown(&asked, &fault(&asked, refused)?),
    }
}
