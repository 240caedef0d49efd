//! What can be done, one function an act.
//!
//! Members' acts: [`join`] (asking, inviting, accepting, the first steward), [`sign_in`] (links, codes, passwords,
//! passkeys, stepping up), [`factors`] (what one proves oneself with), [`account`] (profile, sessions), [`standing`]
//! (requests, roles, access, organisations), [`data`] (taking out, being forgotten). The acts of discussions are in
//! [`discussion`].
//!
//! Faults name the field of the form and a text; the members' acts use these. Fields: `address`, `name`, `note`,
//! `about`, `language`, `time_zone`, `country`, `delivery`, `role`, `organisation`, `kind`, `password`, `code`,
//! `passkey_name`, `consent`, or blank for the whole. Texts: `address`, `address-taken`, `name-missing`, `name-long`
//! (mentions `most`), `text-long` (`most`), `choice`, `consent`, `link-expired`, `link-used`, `link-spent`,
//! `link-unknown`, `link-elsewhere`, `code-wrong` (`left`), `one-time-wrong`, `code-wanted`, `password-wrong`,
//! `password-short` (`least`), `password-long` (`most`), `password-common`, `password-pattern`, `password-context`
//! (`word`), `password-first`, `passkey-refused`, `passkey-copied`, `passkey-late`, `passkey-known`, `factor-needed`,
//! `role-needs-factor`, `last-steward`, `invitation-gone`, `already-so`, `sign-in-again`.

pub mod account;
pub mod data;
pub mod discussion;
pub mod factors;
pub mod join;
pub mod sign_in;
pub mod standing;

use crate::access::{Act, Actor, Relation, may};
use crate::refused::Refused;
use whatworks_domain::member::{MemberError, member_name};
use whatworks_store::NewAudit;

/// Longest text about oneself, and longest note of a request, in characters.
pub const MAX_ABOUT_LENGTH: usize = 2_000;

/// The first line of every act.
pub(crate) fn allow(actor: Option<&Actor>, act: Act, relation: Relation) -> Result<(), Refused> {
    Refused::of(may(actor, act, relation), act).map_or(Ok(()), Err)
}

/// Who acts, where the act is for those who are signed in.
pub(crate) fn allow_member(actor: Option<&Actor>, act: Act, relation: Relation) -> Result<&Actor, Refused> {
    allow(actor, act, relation)?;
    actor.ok_or(Refused::SignIn)
}

/// A row of the record.
pub(crate) fn audit(actor: &str, event: &str, object: &str, detail: &str) -> NewAudit {
    NewAudit { actor: actor.into(), event: event.into(), object: object.into(), detail: detail.into() }
}

/// A fault whose text mentions one thing.
fn fault_with(field: &'static str, code: &'static str, name: &'static str, value: &impl ToString) -> Refused {
    Refused::Fault { field, code, mentions: vec![(name, value.to_string())] }
}

fn name(text: &str) -> Result<String, Refused> {
    member_name(text).map_err(|error| match error {
        MemberError::LongName(_) => {
            fault_with("name", "name-long", "most", &whatworks_domain::member::MAX_NAME_LENGTH)
        }
        MemberError::NoName | MemberError::Address(_) => Refused::fault("name", "name-missing"),
    })
}

/// Free text of a form: trimmed, lines kept.
fn words(field: &'static str, text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.chars().count() > MAX_ABOUT_LENGTH {
        return Err(fault_with(field, "text-long", "most", &MAX_ABOUT_LENGTH));
    }
    Ok(text.to_owned())
}

/// A language's code: two or three letters.
fn language(text: &str) -> Result<String, Refused> {
    let is_code = matches!(text.len(), 2 | 3) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_code { Ok(text.to_owned()) } else { Err(Refused::fault("language", "choice")) }
}

/// A time zone's name. Whether there is such a zone, the page knows, which has the data base.
fn time_zone(text: &str) -> Result<String, Refused> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_+-/".contains(c);
    let is_name = (1..=64).contains(&text.len()) && text.chars().all(is_part);
    if is_name { Ok(text.to_owned()) } else { Err(Refused::fault("time_zone", "choice")) }
}

/// A country's code, or blank.
fn country(text: &str) -> Result<String, Refused> {
    let is_code = text.is_empty() || (text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()));
    if is_code { Ok(text.to_owned()) } else { Err(Refused::fault("country", "choice")) }
}
