//! `/account`: the own profile, and the way to everything else of one's own.

use super::frame::{fault, sections, with_fault};
use super::words;
use crate::language;
use crate::layout;
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way, moment};
use crate::text::{Lang, key};
use maud::{Markup, html};
use whatworks_domain::member::{Delivery, Role};
use whatworks_forum::acts::account::{ChangeProfile, change_profile};
use whatworks_forum::{Act, Refused, Relation, Verdict, may};
use whatworks_store::{Profile, StoredMember};

pub(super) const WAYS: &[Way] = &[
    Way::get("/account", Act::OwnAccount, Object::Myself, |asked| Box::pin(show(asked))),
    Way::post("/account", Act::OwnAccount, Object::Myself, |asked| Box::pin(save(asked)))
        .limited(&[Rule::ChangeByMember]),
];

async fn show(asked: Asked) -> Result<Reply, Turned> {
    shown(&asked, &Fault::none()).await
}

/// The member who asks, as stored.
pub(super) async fn find_me(asked: &Asked) -> Result<StoredMember, Turned> {
    let member_id = &asked.me()?.actor.member_id;
    let found = asked.store().members().find(member_id).await?;
    found.ok_or(Turned::Forum(Refused::SignIn))
}

async fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let me = find_me(asked).await?;
    let organisation = match &me.organisation_id {
        Some(id) => asked.store().organisations().find(id).await?.map(|found| found.name),
        None => None,
    };
    let roles: Vec<String> = me.roles.iter().map(|role| words::role(visit, *role)).collect();
    let body = html! {
        @if visit.query.find("saved").is_some() && !fault.is_some() { p.note role="status" { (visit.t("account-saved")) } }
        dl.kv.gap {
            dt { (visit.t("account-address")) } dd { bdi { (me.address.as_deref().unwrap_or_default()) } }
            dt { (visit.t("account-organisation")) }
            dd { (organisation.unwrap_or_else(|| visit.t("account-organisation-none"))) }
            dt { (visit.t("account-roles")) }
            dd { @if roles.is_empty() { (words::role(visit, Role::Member)) } @else { (roles.join(", ")) } }
            dt { (visit.t("members-joined")) } dd { (moment::moment(asked, me.created_at)) }
        }
        ul.gap {
            li { a href="/account/sessions" { (visit.t("account-to-sessions")) } }
            li { a href="/account/security" { (visit.t("account-to-security")) } }
            li { a href="/account/data" { (visit.t("account-to-data")) } }
            @if is_steward(asked) {
                li { a href="/members" { (visit.t("account-to-members")) } }
                li { a href="/organisations" { (visit.t("account-to-organisations")) } }
            }
        }
        (fields::button(asked, "/sign-out", &visit.t("sign-out"), &[]))
    };
    let margin = html! { p { (visit.t("account-profile-margin")) } };
    let profile =
        layout::section("profile", &visit.t("account-profile"), &html! {}, &form(asked, fault, &me.profile));
    let (title, description) = (key("account-title"), key("account-description"));
    Ok(with_fault(sections(asked, title, description, &margin, &body, &profile)?, fault))
}

/// Whether the member could, with a second factor at most, see the list of members.
fn is_steward(asked: &Asked) -> bool {
    let actor = asked.member.as_ref().map(|member| &member.actor);
    may(actor, Act::ReadMembers, Relation::None) != Verdict::Refused
}

fn form(asked: &Asked, fault: &Fault, profile: &Profile) -> Markup {
    let visit = &asked.visit;
    let (name, about) = (visit.t("account-name"), visit.t("account-about"));
    let (zone, hint) = (visit.t("account-time-zone"), visit.t("account-time-zone-hint"));
    let name = Field { value: &profile.name, autocomplete: "name", ..Field::line("name", &name) };
    let about =
        Field { kind: "area", value: &profile.about, is_optional: true, ..Field::line("about", &about) };
    let zone = Field { value: &profile.time_zone, hint: &hint, ..Field::line("time_zone", &zone) };
    let choice = |name, label: &str, value: &str, options: &[(String, String)]| {
        fields::choice(asked, fault, name, label, value, options)
    };
    let body = html! {
        (fields::field(asked, fault, name))
        (fields::field(asked, fault, about))
        (choice("language", &visit.t("account-language"), &profile.language, &words::languages()))
        (fields::field(asked, fault, zone))
        (choice("country", &visit.t("account-country"), &profile.country, &words::countries(visit)))
        (choice("delivery", &visit.t("account-delivery"), profile.delivery.code(), &words::deliveries(visit)))
        button { (visit.t("account-save")) }
    };
    fields::form(asked, "/account", fault, &body)
}

async fn save(asked: Asked) -> Result<Reply, Turned> {
    let form = &asked.form;
    let choice = |field| Refused::fault(field, "choice");
    // What there is to choose from, only the page knows.
    let checked = || {
        Lang::find(form.text("language")).ok_or(choice("language"))?;
        moment::zone(form.text("time_zone")).ok_or(choice("time_zone"))?;
        if !words::is_country(form.text("country")) {
            return Err(choice("country"));
        }
        Delivery::find(form.text("delivery")).ok_or(choice("delivery"))
    };
    let changed = match checked() {
        Ok(delivery) => {
            let profile = ChangeProfile {
                name: form.text("name"),
                about: form.text("about"),
                language: form.text("language"),
                time_zone: form.text("time_zone"),
                country: form.text("country"),
                delivery,
            };
            change_profile(asked.store(), asked.actor(), profile).await
        }
        Err(refused) => Err(refused),
    };
    match changed {
        // The language of the profile counts again, whatever was chosen in this browser before.
        Ok(()) => Ok(Reply::elsewhere("/account?saved=yes").with_cookie(language::forget())),
        Err(refused) => shown(&asked, &fault(&asked, refused)?).await,
    }
}
