//! Stating a claim, changing what it says or rests on, and being told when its evidence moves.

use super::super::questions::draft::says_name;
use super::super::questions::evidence::claim_path;
use super::super::questions::gather::actor;
use super::super::questions::plan::{language_choice, target};
use super::super::questions::sent::Sent;
use super::find;
use crate::layout::{self, Page, Room};
use crate::member::fields::{self, Field};
use crate::member::form::ONCE;
use crate::member::way::{Asked, Object, Reply, Turned, Way};
use maud::html;
use whatworks_domain::Says;
use whatworks_forum::acts::discussion::claims::{EvidenceNow, StateClaim, state_claim, watch_claim};
use whatworks_forum::{Act, Refused};
use whatworks_store::forum::StoredClaim;

pub(super) const WAYS: &[Way] = &[
    Way::get("/claims/new", Act::StateClaim, Object::None, |asked| Box::pin(new(asked))),
    Way::post("/claims", Act::StateClaim, Object::None, |asked| Box::pin(state(asked))),
    Way::get("/claims/{claim}/edit", Act::StateClaim, Object::None, |asked| Box::pin(edit(asked))),
    Way::post("/claims/{claim}/edit", Act::StateClaim, Object::None, |asked| Box::pin(state(asked))),
    Way::post("/claims/{claim}/watch", Act::WatchClaim, Object::None, |asked| Box::pin(watch(asked))),
];

const FIELDS: &[&str] = &["sentence", "asserts", "rests_on", "language"];

#[expect(clippy::unused_async, reason = "the form of every way")]
async fn new(asked: Asked) -> Result<Reply, Turned> {
    form(&Sent::nothing(asked), None)
}

async fn edit(asked: Asked) -> Result<Reply, Turned> {
    let claim = find(&asked).await?;
    form(&Sent::nothing(asked), Some(&claim))
}

/// The page with the form: of a new claim, or of one that is stated anew.
fn form(sent: &Sent, claim: Option<&StoredClaim>) -> Result<Reply, Turned> {
    let visit = sent.visit();
    let title = visit.t("claims-state");
    let (sentence, hint) = (visit.t("claim-sentence"), visit.t("claim-sentence-hint"));
    let (rests_on, rests_hint) = (visit.t("claim-rests-on"), visit.t("claim-rests-on-hint"));
    let path =
        claim.map_or_else(|| "/claims".to_owned(), |claim| format!("{}/edit", claim_path(&claim.claim_id)));
    let says: Vec<(String, String)> =
        Says::ALL.iter().map(|one| (one.code().to_owned(), says_name(visit, *one))).collect();
    let kept = claim.map(|claim| claim.rests_on.join("\n")).unwrap_or_default();
    let body = layout::section_head(
        &visit.t("claim"),
        &html! { p { (visit.t("claims-margin")) } },
        &html! {
            p.s { a href="/claims" { (visit.t("nav-claims")) } }
            h1 { (title) }
            (sent.form(&path, |asked, fault| html! {
                (fields::field(asked, fault, Field { kind: "area", hint: &hint, value: claim.map_or("", |claim| &claim.sentence), ..Field::line("sentence", &sentence) }))
                (fields::choice(asked, fault, "asserts", &visit.t("claim-asserts"), claim.map_or("", |claim| &claim.asserts), &says))
                (fields::field(asked, fault, Field { kind: "area", hint: &rests_hint, is_optional: true, value: &kept, ..Field::line("rests_on", &rests_on) }))
                (language_choice(asked, fault))
                p { button { (visit.t("claim-send")) } }
            }))
        },
    );
    let description = visit.t("claims-description");
    let page = layout::page(visit, &Page { title, description, room: Room::Claims, spine: None, body })?;
    Ok(sent.reply(page))
}

async fn state(asked: Asked) -> Result<Reply, Turned> {
    let claim = if asked.parameter("claim").is_empty() { None } else { Some(find(&asked).await?) };
    match keep(&asked, claim.as_ref()).await {
        Ok(claim_id) => Ok(Reply::elsewhere(claim_path(&claim_id))),
        Err(refused) => {
            let page = asked.visit.path.clone();
            form(&Sent::refused(asked, refused, &page, FIELDS)?, claim.as_ref())
        }
    }
}

async fn keep(asked: &Asked, claim: Option<&StoredClaim>) -> Result<String, Refused> {
    let evidence = &asked.visit.evidence;
    let map = evidence.map().map_err(|_| Refused::fault("rests_on", "no-such-evidence"))?;
    let asserts =
        Says::find(asked.form.text("asserts")).ok_or_else(|| Refused::fault("asserts", "choice"))?;
    let lines = asked.form.text("rests_on").lines().map(str::trim).filter(|line| !line.is_empty());
    let rests_on: Vec<String> =
        lines.map(|line| target(line).map_or_else(|| line.to_owned(), |(_, id)| id)).collect();
    let stated = StateClaim {
        claim_id: claim.map(|claim| claim.claim_id.as_str()),
        sentence: asked.form.text("sentence"),
        language: asked.form.text("language"),
        asserts,
        rests_on: &rests_on,
        once: asked.form.text(ONCE),
    };
    let now = EvidenceNow { map, version: evidence.version, digest: &evidence.digest };
    state_claim(asked.store(), actor(asked), stated, now, asked.now).await
}

async fn watch(asked: Asked) -> Result<Reply, Turned> {
    let is_watched = asked.form.text("watch") == "yes";
    let claim_id = asked.parameter("claim");
    watch_claim(asked.store(), actor(&asked), claim_id, is_watched, asked.now).await?;
    Ok(Reply::elsewhere(claim_path(claim_id)))
}
