//! `/account/sessions`: the browsers in which a member is signed in, and how to end a session.

use super::frame::page;
use crate::layout::{self, Head};
use crate::member::fields;
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way, moment};
use crate::text::key;
use maud::{Markup, html};
use whatworks_forum::Act;
use whatworks_forum::acts::account as acts;
use whatworks_store::StoredSession;

pub(super) const WAYS: &[Way] = &[
    Way::get("/account/sessions", Act::OwnAccount, Object::Myself, |asked| Box::pin(list(asked))),
    Way::post("/account/sessions", Act::OwnAccount, Object::Myself, |asked| Box::pin(end(asked)))
        .limited(&[Rule::ChangeByMember]),
];

async fn list(asked: Asked) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let me = asked.me()?;
    let sessions = acts::list_sessions(asked.store(), asked.actor(), asked.now).await?;
    let heads = [
        Head::words(visit.t("sessions-device")),
        Head::words(visit.t("sessions-begun")),
        Head::words(visit.t("sessions-seen")),
        Head::words(visit.t("sessions-strong")),
        Head::words(visit.t("sessions-end")),
    ];
    let row = |session: &StoredSession| {
        let end = if session.session_hash == me.session_hash {
            html! { (visit.t("sessions-this")) }
        } else {
            let values = [("session", session.session_hash.as_str())];
            fields::button(&asked, "/account/sessions", &visit.t("sessions-end"), &values)
        };
        vec![
            html! { bdi { (session.device) } },
            moment::moment(&asked, session.created_at),
            moment::moment(&asked, session.seen_at),
            html! { @if let Some(at) = session.strong_at { (moment::moment(&asked, at)) } @else { (visit.t("account-none")) } },
            end,
        ]
    };
    let rows: Vec<Vec<Markup>> = sessions.iter().map(row).collect();
    let body = html! {
        (layout::fold_table(&html! { (visit.t("sessions-caption")) }, &heads, &rows))
        @if sessions.len() > 1 {
            (fields::button(&asked, "/account/sessions", &visit.t("sessions-end-others"), &[("others", "yes")]))
        }
    };
    let margin = html! { p { (visit.t("sessions-margin")) } };
    page(&asked, key("sessions-title"), key("sessions-description"), &margin, &body)
}

async fn end(asked: Asked) -> Result<Reply, Turned> {
    let (store, actor, now) = (asked.store(), asked.actor(), asked.now);
    if asked.form.text("others") == "yes" {
        acts::end_other_sessions(store, actor, &asked.me()?.session_hash, now).await?;
    } else {
        acts::end_session(store, actor, asked.form.text("session"), now).await?;
    }
    Ok(Reply::elsewhere("/account/sessions"))
}
