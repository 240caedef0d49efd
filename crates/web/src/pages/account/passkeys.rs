//! Passkeys in two halves: a form begins the ceremony, its answer ends it; to sign in, to step up, to add, to remove.
//!
//! The page between the halves is the only kind that runs a script, and that script is this site's own file.

use super::frame::{fault, page, signed_in};
use super::{second_factor, security, sign_in};
use crate::member::passkey_form::{Half, Wanted, passkey_form};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way};
use crate::text::key;
use maud::html;
use whatworks_accounts::passkey::Relying;
use whatworks_accounts::token::Token;
use whatworks_forum::acts::factors;
use whatworks_forum::acts::sign_in::{self as acts, Begun, PasskeyAnswer};
use whatworks_forum::{Act, Refused};

pub(super) const WAYS: &[Way] = &[
    Way::post("/sign-in/passkey", Act::SignIn, Object::None, |asked| Box::pin(begin_sign_in(asked)))
        .limited(&[Rule::ProofByClient]),
    Way::post("/sign-in/passkey/answer", Act::SignIn, Object::None, |asked| Box::pin(end_sign_in(asked)))
        .limited(&[Rule::ProofByClient]),
    Way::post("/second-factor/passkey", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(begin_factor(asked))
    })
    .limited(&[Rule::ChangeByMember]),
    Way::post("/second-factor/passkey/answer", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(end_factor(asked))
    })
    .limited(&[Rule::FactorByMember]),
    Way::post("/account/passkeys", Act::OwnAccount, Object::Myself, |asked| Box::pin(begin_adding(asked)))
        .limited(&[Rule::ChangeByMember]),
    Way::post("/account/passkeys/answer", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(end_adding(asked))
    })
    .limited(&[Rule::ChangeByMember]),
    Way::post("/account/passkeys/remove", Act::OwnAccount, Object::Myself, |asked| Box::pin(remove(asked)))
        .limited(&[Rule::ChangeByMember]),
];

/// The page between the halves.
fn between(asked: &Asked, path: &str, half: Half<'_>, values: &[(&str, &str)]) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let body = html! {
        p.say { (visit.t("passkey-say")) }
        (passkey_form(asked, path, half, values))
    };
    Ok(page(asked, key("passkey-title"), key("passkey-description"), &html! {}, &body)?.scripted())
}

/// The site as passkeys know it; where browsers allow none, the page says so.
fn relying(asked: &Asked) -> Result<&Relying, Turned> {
    asked.site.relying.as_ref().ok_or(Turned::Forum(Refused::fault("", "passkey-address")))
}

fn ask_device(asked: &Asked, path: &str, begun: &Begun, wanted: Wanted, next: &str) -> Result<Reply, Turned> {
    let ceremony = begun.ceremony.text();
    let half = Half { wanted, options: &begun.options, ceremony: &ceremony };
    between(asked, path, half, &[("next", next)])
}

/// What the device answered, and where to go then.
fn answer<'a>(asked: &'a Asked, ceremony: Option<&'a Token>, next_path: &'a str) -> PasskeyAnswer<'a> {
    PasskeyAnswer { ceremony, answer: asked.form.raw("credential"), device: &asked.device, next_path }
}

async fn begin_sign_in(asked: Asked) -> Result<Reply, Turned> {
    let relying = relying(&asked)?;
    let begun = acts::begin_passkey_sign_in(asked.store(), relying, &mut asked.source(), asked.now).await?;
    ask_device(&asked, "/sign-in/passkey/answer", &begun, Wanted::Get, &sign_in::next(&asked))
}

async fn end_sign_in(asked: Asked) -> Result<Reply, Turned> {
    let (ceremony, next) = (Token::read(asked.form.text("ceremony")), sign_in::next(&asked));
    let answered = answer(&asked, ceremony.as_ref(), &next);
    let (relying, mut source) = (relying(&asked)?, asked.source());
    match acts::finish_passkey_sign_in(asked.store(), relying, answered, &mut source, asked.now).await {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(refused) => sign_in::shown(&asked, &fault(&asked, refused)?),
    }
}

async fn begin_factor(asked: Asked) -> Result<Reply, Turned> {
    let (relying, mut source) = (relying(&asked)?, asked.source());
    let begun = acts::begin_passkey_step_up(asked.store(), relying, asked.actor(), &mut source, asked.now);
    let begun = begun.await?;
    ask_device(&asked, "/second-factor/passkey/answer", &begun, Wanted::Get, &sign_in::next(&asked))
}

async fn end_factor(asked: Asked) -> Result<Reply, Turned> {
    let (ceremony, next) = (Token::read(asked.form.text("ceremony")), sign_in::next(&asked));
    let answered = answer(&asked, ceremony.as_ref(), &next);
    let (relying, session) = (relying(&asked)?, &asked.me()?.session_hash);
    let (store, actor, mut source) = (asked.store(), asked.actor(), asked.source());
    let stepped =
        acts::finish_passkey_step_up(store, relying, actor, session, answered, &mut source, asked.now);
    match stepped.await {
        Ok(begun) => Ok(signed_in(&asked, &begun)),
        Err(refused) => second_factor::shown(&asked, &fault(&asked, refused)?),
    }
}

async fn begin_adding(asked: Asked) -> Result<Reply, Turned> {
    if asked.form.text("passkey_name").is_empty() {
        return security::done(&asked, Err(Refused::fault("passkey_name", "name-missing"))).await;
    }
    let (relying, own, mut source) = (relying(&asked)?, security::own(&asked)?, asked.source());
    let begun = factors::begin_passkey(asked.store(), relying, own, &mut source, asked.now).await?;
    let ceremony = begun.ceremony.text();
    let half = Half { wanted: Wanted::Create, options: &begun.options, ceremony: &ceremony };
    let name = asked.form.text("passkey_name");
    between(&asked, "/account/passkeys/answer", half, &[("passkey_name", name)])
}

async fn end_adding(asked: Asked) -> Result<Reply, Turned> {
    let ceremony = Token::read(asked.form.text("ceremony"));
    let answered = answer(&asked, ceremony.as_ref(), security::PATH);
    let (relying, own, mut source) = (relying(&asked)?, security::own(&asked)?, asked.source());
    let name = asked.form.text("passkey_name");
    let added =
        factors::finish_passkey(asked.store(), relying, own, answered, name, &mut source, asked.now).await;
    security::done(&asked, added).await
}

async fn remove(asked: Asked) -> Result<Reply, Turned> {
    let (own, id, mut source) = (security::own(&asked)?, asked.form.text("credential_id"), asked.source());
    let removed = factors::remove_passkey(asked.store(), own, id, &mut source, asked.now).await;
    security::done(&asked, removed).await
}
