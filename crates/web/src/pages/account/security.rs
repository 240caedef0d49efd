//! `/account/security`: passkeys, password, one-time codes and recovery codes of one's own.
//!
//! Rule: the first factor may be set up in any session, another one only when one was shown just now: whoever can read
//! a member's mail must not be able to add a factor beside the member's.

use super::frame::{fault, page, sections, with_fault};
use super::profile::find_me;
use crate::layout::{self, Head};
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way, moment};
use crate::text::key;
use maud::{Markup, html};
use whatworks_accounts::password::MIN_LENGTH;
use whatworks_accounts::recovery::RecoveryCode;
use whatworks_accounts::totp::Secret;
use whatworks_forum::acts::factors::{self as acts, Own};
use whatworks_forum::{Act, Refused};
use whatworks_store::{HeldFactors, StoredPasskey};

pub(super) const PATH: &str = "/account/security";

pub(super) const WAYS: &[Way] = &[
    Way::get(PATH, Act::OwnAccount, Object::Myself, |asked| Box::pin(show(asked))),
    Way::post("/account/security/password", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(set_password(asked))
    })
    .limited(&[Rule::ChangeByMember]),
    Way::post("/account/security/password/remove", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(remove_password(asked))
    }),
    Way::post("/account/security/codes", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(begin_codes(asked))
    })
    .limited(&[Rule::ChangeByMember]),
    Way::post("/account/security/codes/confirm", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(confirm_codes(asked))
    })
    .limited(&[Rule::FactorByMember]),
    Way::post("/account/security/codes/remove", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(remove_codes(asked))
    }),
    Way::post("/account/security/recovery", Act::OwnAccount, Object::Myself, |asked| {
        Box::pin(make_recovery_codes(asked))
    })
    .limited(&[Rule::ChangeByMember]),
];

async fn show(asked: Asked) -> Result<Reply, Turned> {
    shown(&asked, &Fault::none()).await
}

pub(super) async fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let member_id = &asked.me()?.actor.member_id;
    let credentials = asked.store().credentials();
    let held = credentials.find_held(member_id).await?;
    let passkeys = credentials.list_passkeys(member_id).await?;
    let part = |id: &str, name: &str, margin: &str, body: &Markup| {
        layout::section(id, &visit.t(name), &html! { p { (visit.t(margin)) } }, body)
    };
    let more = html! {
        (part("passkeys", key("security-passkeys"), key("security-passkeys-margin"), &passkeys_part(asked, fault, &passkeys)))
        (part("password", key("security-password"), key("security-password-margin"), &password_part(asked, fault, held)))
        (part("codes", key("security-codes"), key("security-codes-margin"), &codes_part(asked, held)))
        @if held.has_one_time_codes {
            (part("recovery", key("security-recovery"), key("security-recovery-margin"), &recovery_part(asked, held)))
        }
    };
    let body = html! {
        @if visit.query.find("done").is_some() && !fault.is_some() { p.note role="status" { (visit.t("security-done")) } }
        (fields::whole(fault))
    };
    let margin = html! { p { (visit.t("security-margin")) } };
    let (title, description) = (key("security-title"), key("security-description"));
    Ok(with_fault(sections(asked, title, description, &margin, &body, &more)?, fault))
}

fn passkeys_part(asked: &Asked, fault: &Fault, passkeys: &[StoredPasskey]) -> Markup {
    let visit = &asked.visit;
    let heads = [
        Head::words(visit.t("security-passkey-name")),
        Head::words(visit.t("security-passkey-made")),
        Head::words(visit.t("security-passkey-used")),
        Head::words(visit.t("security-passkey-remove")),
    ];
    let row = |one: &StoredPasskey| {
        let values = [("credential_id", one.credential_id.as_str())];
        vec![
            html! { bdi { (one.name) } },
            moment::moment(asked, one.created_at),
            html! { @if let Some(at) = one.used_at { (moment::moment(asked, at)) } @else { (visit.t("security-passkey-never")) } },
            fields::button(asked, "/account/passkeys/remove", &visit.t("security-passkey-remove"), &values),
        ]
    };
    let rows: Vec<Vec<Markup>> = passkeys.iter().map(row).collect();
    let (name, hint) = (visit.t("security-passkey-name"), visit.t("security-passkey-name-hint"));
    let name = Field { hint: &hint, ..Field::line("passkey_name", &name) };
    html! {
        @if rows.is_empty() { p { (visit.t("security-passkeys-none")) } }
        @else { (layout::fold_table(&html! { (visit.t("security-passkeys-caption")) }, &heads, &rows)) }
        @if asked.site.relying.is_some() {
            (fields::form(asked, "/account/passkeys", &Fault::none(), &html! {
                (fields::field(asked, fault, name))
                button { (visit.t("security-passkey-add")) }
            }))
        } @else {
            p.note { (visit.ta("security-passkey-address", &[("address", asked.site.public_url.origin().into())])) }
        }
    }
}

fn password_part(asked: &Asked, fault: &Fault, held: HeldFactors) -> Markup {
    let visit = &asked.visit;
    let (new, hint) = (
        visit.t("security-password-new"),
        visit.ta("security-password-hint", &[("least", MIN_LENGTH.into())]),
    );
    let new = Field {
        kind: "password",
        autocomplete: "new-password",
        hint: &hint,
        ..Field::line("password", &new)
    };
    html! {
        p { @if held.has_password { (visit.t("security-password-has")) } @else { (visit.t("security-password-none")) } }
        (fields::form(asked, "/account/security/password", &Fault::none(), &html! {
            (fields::field(asked, fault, new))
            button { (visit.t("security-password-set")) }
        }))
        @if held.has_password {
            (fields::button(asked, "/account/security/password/remove", &visit.t("security-password-remove"), &[]))
        }
    }
}

fn codes_part(asked: &Asked, held: HeldFactors) -> Markup {
    let visit = &asked.visit;
    html! {
        @if held.has_one_time_codes {
            p { (visit.t("security-codes-has")) }
            (fields::button(asked, "/account/security/codes/remove", &visit.t("security-codes-remove"), &[]))
        } @else {
            p { (visit.t("security-codes-none")) }
            @if held.has_password {
                (fields::button(asked, "/account/security/codes", &visit.t("security-codes-begin"), &[]))
            }
        }
    }
}

fn recovery_part(asked: &Asked, held: HeldFactors) -> Markup {
    let visit = &asked.visit;
    html! {
        p { (visit.ta("security-recovery-left", &[("left", held.recovery_codes.into())])) }
        (fields::button(asked, "/account/security/recovery", &visit.t("security-recovery-make"), &[]))
    }
}

/// The secret of new one-time codes, to be entered into an app and confirmed.
fn secret_page(asked: &Asked, fault: &Fault, secret: &Secret, address: &str) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let label = visit.t("codes-code");
    let code = Field { autocomplete: "one-time-code", ..Field::line("code", &label) };
    let body = html! {
        p.say { (visit.t("codes-say")) }
        dl.kv.gap { dt { (visit.t("codes-secret")) } dd { code { (secret.text_to_type()) } } }
        p.gap { a href=(secret.uri(&visit.t("site-name"), address)) { (visit.t("codes-link")) } }
        (fields::form(asked, "/account/security/codes/confirm", fault, &html! {
            (fields::field(asked, fault, code))
            button { (visit.t("codes-confirm")) }
        }))
    };
    let reply = page(asked, key("codes-title"), key("codes-description"), &html! {}, &body)?;
    Ok(with_fault(reply, fault))
}

/// New recovery codes, shown this once.
fn recovery_page(asked: &Asked, codes: &[RecoveryCode]) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let body = html! {
        p.say { (visit.t("recovery-say")) }
        ol.list { @for code in codes { li { code { (code.text()) } } } }
        p.gap { a href=(PATH) { (visit.t("recovery-back")) } }
    };
    page(asked, key("recovery-title"), key("recovery-description"), &html! {}, &body)
}

/// The session in which factors are changed.
pub(super) fn own(asked: &Asked) -> Result<Own<'_>, Turned> {
    Ok(Own { actor: asked.actor(), session_hash: &asked.me()?.session_hash })
}

/// Back to the page, with a word that it is done; or the page with what is wrong.
pub(super) async fn done(asked: &Asked, outcome: Result<(), Refused>) -> Result<Reply, Turned> {
    match outcome {
        Ok(()) => Ok(Reply::elsewhere(format!("{PATH}?done=yes"))),
        Err(refused) => shown(asked, &fault(asked, refused)?).await,
    }
}

async fn set_password(asked: Asked) -> Result<Reply, Turned> {
    let name = asked.visit.t("site-name");
    let site = [name.as_str(), asked.site.public_url.domain()];
    let (typed, mut source) = (asked.form.raw("password"), asked.source());
    let set = acts::set_password(asked.store(), own(&asked)?, typed, &site, &mut source, asked.now).await;
    done(&asked, set).await
}

async fn remove_password(asked: Asked) -> Result<Reply, Turned> {
    let removed = acts::remove_password(asked.store(), own(&asked)?, &mut asked.source(), asked.now).await;
    done(&asked, removed).await
}

async fn begin_codes(asked: Asked) -> Result<Reply, Turned> {
    match acts::begin_one_time_codes(asked.store(), own(&asked)?, &mut asked.source(), asked.now).await {
        Ok(secret) => show_secret(&asked, &Fault::none(), &secret).await,
        Err(refused) => done(&asked, Err(refused)).await,
    }
}

async fn show_secret(asked: &Asked, fault: &Fault, secret: &Secret) -> Result<Reply, Turned> {
    let me = find_me(asked).await?;
    secret_page(asked, fault, secret, me.address.as_deref().unwrap_or_default())
}

async fn confirm_codes(asked: Asked) -> Result<Reply, Turned> {
    let (store, typed, mut source) = (asked.store(), asked.form.text("code"), asked.source());
    match acts::confirm_one_time_codes(store, own(&asked)?, typed, &mut source, asked.now).await {
        Ok(codes) => recovery_page(&asked, &codes),
        Err(refused) => {
            let fault = fault(&asked, refused)?;
            // A secret that still waits is shown again with the fault.
            match acts::find_waiting_secret(store, own(&asked)?, asked.now).await? {
                Some(secret) => show_secret(&asked, &fault, &secret).await,
                None => shown(&asked, &fault).await,
            }
        }
    }
}

async fn remove_codes(asked: Asked) -> Result<Reply, Turned> {
    let mut source = asked.source();
    let removed = acts::remove_one_time_codes(asked.store(), own(&asked)?, &mut source, asked.now).await;
    done(&asked, removed).await
}

async fn make_recovery_codes(asked: Asked) -> Result<Reply, Turned> {
    match acts::make_recovery_codes(asked.store(), own(&asked)?, &mut asked.source(), asked.now).await {
        Ok(codes) => recovery_page(&asked, &codes),
        Err(refused) => done(&asked, Err(refused)).await,
    }
}
