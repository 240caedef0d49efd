//! Which organisation a member belongs to and whether it vouches for them, and invitations that wait to be accepted:
//! sections of the members' pages.
//!
//! Rule (D25): a member for whom an organisation vouches is known from the start, and their posts are not read first.

use super::frame::fault;
use super::members;
use crate::layout;
use crate::member::fields::{self, Fault};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Way, moment};
use maud::{Markup, html};
use whatworks_forum::acts::{join, standing};
use whatworks_forum::{Act, Refused};
use whatworks_store::StoredMember;

pub(super) const WAYS: &[Way] = &[
    Way::post("/members/{member}/organisation", Act::KeepOrganisations, Object::Member, |asked| {
        Box::pin(assign(asked))
    }),
    Way::post("/members/invitations/withdraw", Act::Invite, Object::None, |asked| Box::pin(withdraw(asked))),
];

/// Organisations to choose from by id and name, none first.
pub(super) async fn choices(asked: &Asked) -> Result<Vec<(String, String)>, Turned> {
    let mut choices = vec![(String::new(), asked.visit.t("account-organisation-none"))];
    for (organisation, _) in asked.store().organisations().list().await? {
        choices.push((organisation.organisation_id, organisation.name));
    }
    Ok(choices)
}

/// What the form says of an organisation: its id, or none.
pub(super) fn sent(asked: &Asked) -> Option<&str> {
    Some(asked.form.text("organisation")).filter(|id| !id.is_empty())
}

/// The section of one member's page.
pub(super) async fn section(asked: &Asked, fault: &Fault, member: &StoredMember) -> Result<Markup, Turned> {
    let visit = &asked.visit;
    let (label, choices) = (visit.t("account-organisation"), choices(asked).await?);
    let own = member.organisation_id.as_deref().unwrap_or_default();
    let path = format!("{}/organisation", members::path_of(&member.member_id));
    let form = fields::form(
        asked,
        &path,
        &Fault::none(),
        &html! {
            (fields::choice(asked, fault, "organisation", &label, own, &choices))
            p.field { label { input type="checkbox" name="vouched" value="yes" checked[member.is_vouched]; (visit.t("members-vouched")) } }
            button { (visit.t("members-organisation-save")) }
        },
    );
    let margin = html! { p { (visit.t("members-organisation-say")) } };
    Ok(layout::section("organisation", &label, &margin, &form))
}

async fn assign(asked: Asked) -> Result<Reply, Turned> {
    let (store, actor, member) = (asked.store(), asked.actor(), asked.parameter("member"));
    let is_vouched = asked.form.has("vouched");
    let assigned =
        standing::assign_organisation(store, actor, member, sent(&asked), is_vouched, asked.now).await;
    members::done(&asked, assigned).await
}

/// Invitations that nobody has accepted yet, each with a button to withdraw it.
pub(super) async fn open_invitations(asked: &Asked) -> Result<Markup, Turned> {
    let visit = &asked.visit;
    let open = asked.store().invitations().list_open(asked.now).await?;
    let body = html! {
        @if open.is_empty() { p { (visit.t("members-invited-none")) } }
        ul.list {
            @for one in &open {
                li {
                    p { bdi { (one.address) } " " span.s.m { (moment::moment(asked, one.created_at)) } }
                    (fields::button(asked, "/members/invitations/withdraw", &visit.t("members-withdraw"), &[("invitation", &one.token_hash)]))
                }
            }
        }
    };
    let margin = html! { p { (visit.t("members-invited-margin")) } };
    Ok(layout::section("invited", &visit.t("members-invited"), &margin, &body))
}

async fn withdraw(asked: Asked) -> Result<Reply, Turned> {
    let (store, actor) = (asked.store(), asked.actor());
    match join::withdraw_invitation(store, actor, asked.form.text("invitation"), asked.now).await {
        // Withdrawn or accepted meanwhile: the list says how things stand.
        Ok(()) | Err(Refused::Missing(_)) => Ok(Reply::elsewhere("/members")),
        Err(refused) => members::listed(&asked, &fault(&asked, refused)?).await,
    }
}
