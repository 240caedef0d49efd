//! Pages of members: signing in, joining, the own account, members and organisations.

mod belonging;
mod data;
mod frame;
mod join;
mod members;
mod organisations;
mod passkeys;
mod profile;
mod second_factor;
mod security;
mod sessions;
mod sign_in;
mod with_password;
mod words;

use crate::member::Way;

/// Every way of members.
pub(crate) fn ways() -> Vec<Way> {
    [
        sign_in::WAYS,
        with_password::WAYS,
        passkeys::WAYS,
        second_factor::WAYS,
        join::WAYS,
        profile::WAYS,
        sessions::WAYS,
        security::WAYS,
        data::WAYS,
        members::WAYS,
        belonging::WAYS,
        organisations::WAYS,
    ]
    .concat()
}
