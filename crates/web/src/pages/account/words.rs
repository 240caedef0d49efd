//! The words for what members hold: roles, delivery, standing, kinds of organisation, countries, languages.

use crate::shown;
use crate::text::{self, Lang, key};
use crate::visit::Visit;
use std::sync::LazyLock;
use whatworks_domain::member::{Delivery, MemberStatus, OrganisationKind, Role};

pub(super) fn role(visit: &Visit, role: Role) -> String {
    visit.t(match role {
        Role::Member => key("role-member"),
        Role::Facilitator => key("role-facilitator"),
        Role::Editor => key("role-editor"),
        Role::Expert => key("role-expert"),
        Role::Steward => key("role-steward"),
    })
}

pub(super) fn status(visit: &Visit, status: MemberStatus) -> String {
    visit.t(match status {
        MemberStatus::Requested => key("members-status-requested"),
        MemberStatus::Active => key("members-status-active"),
        MemberStatus::Disabled => key("members-status-disabled"),
        MemberStatus::Erased => key("members-status-erased"),
    })
}

pub(super) fn kind(visit: &Visit, kind: OrganisationKind) -> String {
    visit.t(match kind {
        OrganisationKind::ConsortiumMember => key("organisation-consortium-member"),
        OrganisationKind::Institution => key("organisation-institution"),
        OrganisationKind::Network => key("organisation-network"),
        OrganisationKind::Donor => key("organisation-donor"),
    })
}

fn delivery(visit: &Visit, delivery: Delivery) -> String {
    visit.t(match delivery {
        Delivery::Each => key("account-delivery-each"),
        Delivery::Daily => key("account-delivery-daily"),
        Delivery::Weekly => key("account-delivery-weekly"),
        Delivery::Summary => key("account-delivery-summary"),
        Delivery::None => key("account-delivery-none"),
    })
}

/// The choices of how often mail comes.
pub(super) fn deliveries(visit: &Visit) -> Vec<(String, String)> {
    Delivery::ALL.iter().map(|one| (one.code().to_owned(), delivery(visit, *one))).collect()
}

/// The choices of a kind of organisation.
pub(super) fn kinds(visit: &Visit) -> Vec<(String, String)> {
    OrganisationKind::ALL.iter().map(|one| (one.code().to_owned(), kind(visit, *one))).collect()
}

/// The languages that the site is written in, each in its own words.
pub(super) fn languages() -> Vec<(String, String)> {
    Lang::ALL.into_iter().map(|lang| (lang.code().to_owned(), text::t(lang, "language-name"))).collect()
}

/// Codes of the countries that have a name here.
static COUNTRIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let letters = || 'A'..='Z';
    let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let has_name = |code: &String| {
        let name = format!("country-{}", code.to_ascii_lowercase());
        text::t(Lang::English, &name) != name
    };
    pairs.filter(has_name).collect()
});

/// Whether this is the code of a country, or blank.
pub(super) fn is_country(code: &str) -> bool {
    code.is_empty() || COUNTRIES.iter().any(|known| known == code)
}

/// The choices of a country, by name, with the blank one first.
pub(super) fn countries(visit: &Visit) -> Vec<(String, String)> {
    let mut named: Vec<(String, String)> =
        COUNTRIES.iter().map(|code| (code.clone(), shown::country(visit, code))).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    named.insert(0, (String::new(), visit.t("account-country-none")));
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_one_that_has_a_name() {
        assert!(is_country("KE") && is_country("") && !is_country("XX") && !is_country("ke"));
        assert!(COUNTRIES.len() > 240);
    }
}
