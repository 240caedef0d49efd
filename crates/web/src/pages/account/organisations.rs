//! `/organisations`: to which organisations members belong. Kept by stewards.

use super::frame::{fault, sections, with_fault};
use super::words;
use crate::layout::{self, Head};
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Way};
use crate::number;
use crate::shown;
use crate::text::key;
use maud::{Markup, html};
use whatworks_domain::member::OrganisationKind;
use whatworks_forum::acts::standing::{KeepOrganisation, keep_organisation};
use whatworks_forum::{Act, Refused};
use whatworks_store::Organisation;

pub(super) const WAYS: &[Way] = &[
    Way::get("/organisations", Act::KeepOrganisations, Object::None, |asked| Box::pin(list(asked))),
    Way::post("/organisations", Act::KeepOrganisations, Object::None, |asked| Box::pin(add(asked))),
];

async fn list(asked: Asked) -> Result<Reply, Turned> {
    listed(&asked, &Fault::none()).await
}

async fn listed(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let all = asked.store().organisations().list().await?;
    let body = html! {
        @if all.is_empty() { p.say { (visit.t("organisations-none")) } } @else { (table(asked, &all)) }
    };
    let label = visit.t("organisations-name");
    let form = fields::form(
        asked,
        "/organisations",
        fault,
        &html! {
            (fields::field(asked, fault, Field::line("name", &label)))
            (fields::choice(asked, fault, "kind", &visit.t("organisations-kind"), OrganisationKind::Institution.code(), &words::kinds(visit)))
            (fields::choice(asked, fault, "country", &visit.t("account-country"), "", &words::countries(visit)))
            button { (visit.t("organisations-save")) }
        },
    );
    let more = layout::section("add", &visit.t("organisations-add"), &html! {}, &form);
    let margin = html! { p { (visit.t("organisations-margin")) } };
    let (title, description) = (key("organisations-title"), key("organisations-description"));
    Ok(with_fault(sections(asked, title, description, &margin, &body, &more)?, fault))
}

fn table(asked: &Asked, all: &[(Organisation, u64)]) -> Markup {
    let visit = &asked.visit;
    let heads = [
        Head::words(visit.t("organisations-name")),
        Head::words(visit.t("organisations-kind")),
        Head::words(visit.t("account-country")),
        Head::figures(visit.t("members-title")),
    ];
    let row = |(one, members): &(Organisation, u64)| {
        let country =
            if one.country.is_empty() { String::new() } else { shown::country(visit, &one.country) };
        vec![
            html! { bdi { (one.name) } },
            html! { (words::kind(visit, one.kind)) },
            html! { (country) },
            html! { (number::count(*members, &visit.style())) },
        ]
    };
    let rows: Vec<Vec<Markup>> = all.iter().map(row).collect();
    layout::fold_table(&html! { (visit.t("organisations-caption")) }, &heads, &rows)
}

async fn add(asked: Asked) -> Result<Reply, Turned> {
    let form = &asked.form;
    let kind = OrganisationKind::find(form.text("kind")).ok_or(Refused::fault("kind", "choice"));
    let country = form.text("country");
    let kept = match kind {
        Ok(kind) if words::is_country(country) => {
            let organisation =
                KeepOrganisation { organisation_id: None, name: form.text("name"), kind, country };
            let mut source = asked.source();
            keep_organisation(asked.store(), asked.actor(), organisation, &mut source, asked.now).await
        }
        Ok(_) => Err(Refused::fault("country", "choice")),
        Err(refused) => Err(refused),
    };
    match kept {
        Ok(_) => Ok(Reply::elsewhere("/organisations")),
        Err(refused) => listed(&asked, &fault(&asked, refused)?).await,
    }
}
