//! `/account/data`: take out everything one has given, or be forgotten.

use super::frame::{fault, page, sections, with_fault};
use crate::layout;
use crate::member::fields::{self, Fault};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way, session};
use crate::text::key;
use crate::visit::Rendered;
use maud::html;
use std::future::ready;
use whatworks_forum::acts::data as acts;
use whatworks_forum::{Act, Refused};

pub(super) const WAYS: &[Way] = &[
    Way::get("/account/data", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(ready(shown(&asked, &Fault::none())))
    }),
    Way::post("/account/data/take-out", Act::TakeOut, Object::Myself, |asked| Box::pin(take_out(asked)))
        .limited(&[Rule::TakeOutByMember])
        .grave(),
    Way::post("/account/data/erase", Act::Erase, Object::Myself, |asked| Box::pin(erase(asked))).grave(),
];

fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let out = html! {
        p { (visit.t("data-out-say")) }
        (fields::button(asked, "/account/data/take-out", &visit.t("data-out-press"), &[]))
    };
    let erase = html! {
        p { (visit.t("data-erase-say")) }
        (fields::form(asked, "/account/data/erase", fault, &html! {
            (fields::check("sure", &visit.t("data-erase-check")))
            button { (visit.t("data-erase-press")) }
        }))
    };
    let more = html! {
        (layout::section("out", &visit.t("data-out"), &html! {}, &out))
        (layout::section("erase", &visit.t("data-erase"), &html! { p { (visit.t("data-erase-margin")) } }, &erase))
    };
    let margin = html! { p { (visit.t("data-margin")) } };
    let (title, description) = (key("data-title"), key("data-description"));
    Ok(with_fault(sections(asked, title, description, &margin, &html! {}, &more)?, fault))
}

/// The last page: the session is gone with everything else.
fn erased(asked: &Asked) -> Result<Reply, Turned> {
    let body = html! { p.say { (asked.visit.t("data-erased-say")) } };
    let reply = page(asked, key("data-erased-title"), key("data-description"), &html! {}, &body)?;
    Ok(reply.with_cookie(session::no_session_cookie(&asked.site)))
}

async fn take_out(asked: Asked) -> Result<Reply, Turned> {
    let taken = acts::take_out(asked.store(), asked.actor(), &mut asked.source(), asked.now).await?;
    Ok(Reply::page(Rendered::json(&asked.visit, &taken)?.as_download("whatworks-my-data.json")))
}

async fn erase(asked: Asked) -> Result<Reply, Turned> {
    let outcome = forget(&asked, &asked.me()?.actor.member_id).await;
    match outcome {
        Ok(()) => erased(&asked),
        Err(refused) => shown(&asked, &fault(&asked, refused)?),
    }
}

/// Forgets a member, if the box was ticked.
pub(super) async fn forget(asked: &Asked, member_id: &str) -> Result<(), Refused> {
    if asked.form.text("sure") != "yes" {
        return Err(Refused::fault("", "sure"));
    }
    acts::erase(asked.store(), asked.actor(), member_id, &mut asked.source(), asked.now).await
}
