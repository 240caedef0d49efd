//! Members, roles, organisations, invitations, consents.

use crate::example::{EVENING, NOON};
use crate::people::{address, join, member, none, session, some};
use crate::place::on_both;
use std::collections::BTreeSet;
use time::Duration;
use whatworks_domain::member::{Delivery, MemberStatus, OrganisationKind, Role};
use whatworks_store::{
    AcceptOutcome, JoinOutcome, MemberFilter, NewConsent, NewInvitation, NewMember, Organisation, Profile,
    StandingOutcome, Store, StoreError,
};

#[test]
fn a_member_is_found_as_stored() {
    on_both("members", &async |place| {
        let store = place.open().await;
        let members = store.members();
        let organisation = Organisation {
            organisation_id: "o".into(),
            name: "Réseau".into(),
            kind: OrganisationKind::Network,
            country: "SN".into(),
        };
        let refused = members
            .insert(&NewMember { organisation_id: Some("o".into()), ..member("a") }, &some("1"), NOON)
            .await
            .unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
        store.organisations().put(&organisation, &none(), NOON).await.unwrap();
        let new = NewMember { organisation_id: Some("o".into()), is_vouched: true, ..member("a") };
        assert_eq!(members.insert(&new, &some("2"), NOON).await.unwrap(), JoinOutcome::Joined);
        let same = NewMember { member_id: "b".into(), ..member("a") };
        assert_eq!(members.insert(&same, &some("3"), NOON).await.unwrap(), JoinOutcome::AddressTaken);
        // Only what was done has consequences.
        assert_eq!(store.outbox().count().await.unwrap().waiting, 1);
        assert_eq!(store.audit().verify().await.unwrap().rows, 1);

        let found = members.find("a").await.unwrap().unwrap();
        assert_eq!(members.find_by_address(&address("a")).await.unwrap().as_ref(), Some(&found));
        assert_eq!(found.profile, new.profile);
        assert_eq!((found.address.as_deref(), found.is_vouched), (Some("a@example.org"), true));
        assert_eq!((found.status, found.roles.len()), (MemberStatus::Active, 0));
        assert_eq!(members.find_ballot_key("a").await.unwrap().as_deref(), Some("key of a"));
        assert_eq!(members.find("b").await.unwrap(), None);
        assert_eq!(members.find_ballot_key("b").await.unwrap(), None);

        let profile = Profile { name: "A. K.".into(), delivery: Delivery::None, ..new.profile };
        assert!(members.update_profile("a", &profile).await.unwrap());
        assert!(!members.update_profile("b", &profile).await.unwrap());
        assert_eq!(members.find("a").await.unwrap().unwrap().profile, profile);
        let named = BTreeSet::from(["a".to_owned(), "b".to_owned(), "%".to_owned()]);
        assert_eq!(members.list_names(&named).await.unwrap(), [("a".to_owned(), "A. K.".to_owned())]);

        assert_eq!(store.organisations().list().await.unwrap(), [(organisation.clone(), 1)]);
        let renamed = Organisation { name: "Réseau II".into(), ..organisation };
        store.organisations().put(&renamed, &none(), EVENING).await.unwrap();
        assert_eq!(store.organisations().find("o").await.unwrap(), Some(renamed));
        assert!(members.set_organisation("a", None, false, &none(), NOON).await.unwrap());
        assert_eq!(members.find("a").await.unwrap().unwrap().organisation_id, None);
        store.close().await;
    });
}

async fn ids(store: &Store, filter: &MemberFilter) -> Vec<String> {
    let listed = store.members().list(filter, 0, 100).await.unwrap();
    assert_eq!(store.members().count(filter).await.unwrap(), listed.len() as u64);
    listed.into_iter().map(|member| member.member_id).collect()
}

#[test]
fn a_steward_finds_whom_they_look_for() {
    on_both("member_list", &async |place| {
        let store = place.open().await;
        for (number, id) in (0..).zip(["a", "b_1", "c%"]) {
            let now = NOON + Duration::seconds(number);
            let new = NewMember { address: address(&id.replace('%', "x")), ..member(id) };
            store.members().insert(&new, &none(), now).await.unwrap();
        }
        store
            .members()
            .insert(&NewMember { status: MemberStatus::Requested, ..member("r") }, &none(), EVENING)
            .await
            .unwrap();
        store.members().grant_role("a", Role::Editor, "s", &none(), NOON).await.unwrap();
        store.members().grant_role("a", Role::Expert, "s", &none(), NOON).await.unwrap();

        let all = MemberFilter::default();
        assert_eq!(ids(&store, &all).await, ["r", "c%", "b_1", "a"]);
        assert_eq!(store.members().list(&all, 1, 2).await.unwrap()[1].member_id, "b_1");
        let only = |text: &str| MemberFilter { text: Some(text.into()), ..MemberFilter::default() };
        assert_eq!(ids(&store, &only("AMINA C%")).await, ["c%"]);
        assert_eq!(ids(&store, &only("b_1@")).await, ["b_1"]);
        assert_eq!(ids(&store, &only("_")).await, ["b_1"]);
        assert_eq!(ids(&store, &only("nobody")).await, [""; 0]);
        let editors = MemberFilter { role: Some(Role::Editor), ..MemberFilter::default() };
        assert_eq!(ids(&store, &editors).await, ["a"]);
        let requests = MemberFilter { status: Some(MemberStatus::Requested), ..MemberFilter::default() };
        assert_eq!(ids(&store, &requests).await, ["r"]);
        let roles = store.members().list(&editors, 0, 9).await.unwrap().remove(0).roles;
        assert_eq!(roles, BTreeSet::from([Role::Editor, Role::Expert]));
        store.close().await;
    });
}

#[test]
fn the_last_steward_stays_one() {
    on_both("stewards", &async |place| {
        let store = place.open().await;
        let members = store.members();
        assert!(!members.has_steward().await.unwrap());
        let first = members.insert_first_steward(&member("a"), &none(), NOON).await.unwrap();
        assert_eq!(first.as_deref(), Some("a"));
        assert_eq!(members.insert_first_steward(&member("b"), &none(), NOON).await.unwrap(), None);
        assert_eq!(members.find("b").await.unwrap(), None);
        assert!(members.has_steward().await.unwrap());
        join(&store, "b").await;

        let granted = members.grant_role("b", Role::Steward, "a", &some("grant"), NOON).await.unwrap();
        assert_eq!(granted, StandingOutcome::Changed);
        let again = members.grant_role("b", Role::Steward, "a", &some("again"), NOON).await.unwrap();
        assert_eq!(again, StandingOutcome::Unchanged);
        assert_eq!(members.list_roles("b").await.unwrap()[0].granted_by, "a");
        let nobody = members.grant_role("c", Role::Steward, "a", &none(), NOON).await.unwrap();
        assert_eq!(nobody, StandingOutcome::Unchanged);

        let (active, disabled) = (MemberStatus::Active, MemberStatus::Disabled);
        store.sessions().begin(&session("s", "b"), &[], None, &none(), NOON).await.unwrap();
        let gone = members.set_status("b", active, disabled, &none(), NOON).await.unwrap();
        assert_eq!(gone, StandingOutcome::Changed);
        assert_eq!(store.sessions().list("b").await.unwrap(), []);
        assert!(!store.sessions().begin(&session("t", "b"), &[], None, &none(), NOON).await.unwrap());
        assert_eq!(
            members.set_status("b", active, disabled, &none(), NOON).await.unwrap(),
            StandingOutcome::Unchanged
        );
        for refused in [
            members.set_status("a", active, disabled, &none(), NOON).await.unwrap(),
            members.take_role("a", Role::Steward, &none(), NOON).await.unwrap(),
        ] {
            assert_eq!(refused, StandingOutcome::LastSteward);
        }
        members.set_status("b", disabled, active, &none(), NOON).await.unwrap();
        assert_eq!(
            members.take_role("a", Role::Steward, &none(), NOON).await.unwrap(),
            StandingOutcome::Changed
        );
        assert_eq!(
            members.take_role("a", Role::Steward, &none(), NOON).await.unwrap(),
            StandingOutcome::Unchanged
        );
        assert_eq!(store.audit().verify().await.unwrap().rows, 1);
        store.close().await;
    });
}

#[test]
fn two_stewards_who_leave_at_once_leave_one() {
    on_both("last_two", &async |place| {
        for round in 0..5 {
            let stores = [place.open().await, place.open().await];
            place.run("delete from member_role; delete from session; delete from member").await;
            stores[0].members().insert_first_steward(&member("a"), &none(), NOON).await.unwrap();
            join(&stores[0], "b").await;
            stores[0].members().grant_role("b", Role::Steward, "a", &none(), NOON).await.unwrap();
            let leave = |store: Store, id: &'static str| {
                tokio::spawn(async move {
                    let members = store.members();
                    if round % 2 == 0 {
                        members.take_role(id, Role::Steward, &none(), NOON).await.unwrap()
                    } else {
                        let (active, disabled) = (MemberStatus::Active, MemberStatus::Disabled);
                        members.set_status(id, active, disabled, &none(), NOON).await.unwrap()
                    }
                })
            };
            let (one, other) = (leave(stores[0].clone(), "a"), leave(stores[1].clone(), "b"));
            let mut outcomes = [one.await.unwrap(), other.await.unwrap()];
            outcomes.sort_by_key(|outcome| *outcome == StandingOutcome::LastSteward);
            assert_eq!(outcomes, [StandingOutcome::Changed, StandingOutcome::LastSteward]);
            for store in stores {
                store.close().await;
            }
        }
    });
}

#[test]
fn a_request_is_accepted_or_leaves_no_trace() {
    on_both("requests", &async |place| {
        let store = place.open().await;
        let members = store.members();
        let asking =
            NewMember { status: MemberStatus::Requested, request_note: "I audit".into(), ..member("a") };
        members.insert(&asking, &none(), NOON).await.unwrap();
        assert!(!store.sessions().begin(&session("s", "a"), &[], None, &none(), NOON).await.unwrap());
        assert_eq!(members.find("a").await.unwrap().unwrap().request_note, "I audit");
        let consent = NewConsent {
            purpose: "membership".into(),
            text_hash: "h".into(),
            language: "fr".into(),
            channel: "web".into(),
        };
        store.consents().give("a", &consent, NOON).await.unwrap();
        assert!(members.delete_request("a", &some("declined"), NOON).await.unwrap());
        assert!(!members.delete_request("a", &some("twice"), NOON).await.unwrap());
        assert_eq!(members.find("a").await.unwrap(), None);

        members.insert(&asking, &none(), NOON).await.unwrap();
        let (requested, active) = (MemberStatus::Requested, MemberStatus::Active);
        let accepted = members.set_status("a", requested, active, &none(), NOON).await.unwrap();
        assert_eq!(accepted, StandingOutcome::Changed);
        assert!(!members.delete_request("a", &none(), NOON).await.unwrap());
        assert_eq!(members.find("a").await.unwrap().unwrap().request_note, "");
        store.close().await;
    });
}

fn invitation(hash: &str, id: &str) -> NewInvitation {
    NewInvitation {
        token_hash: hash.into(),
        address: address(id),
        organisation_id: None,
        role: Role::Expert,
        invited_by: "s".into(),
        expires_at: NOON + Duration::days(14),
    }
}

#[test]
fn an_invitation_makes_one_member_once() {
    on_both("invitations", &async |place| {
        let store = place.open().await;
        let invitations = store.invitations();
        for (hash, id) in [("one", "a"), ("two", "b"), ("three", "c"), ("four", "d")] {
            invitations.insert(&invitation(hash, id), &none(), NOON).await.unwrap();
        }
        let asking = NewMember { status: MemberStatus::Requested, ..member("b") };
        store.members().insert(&asking, &none(), NOON).await.unwrap();
        join(&store, "d").await;

        let accept = async |hash: &str, id: &str, now| {
            let new = NewMember { member_id: format!("new {id}"), ..member(id) };
            invitations.accept(hash, &new, &some(hash), now).await.unwrap()
        };
        assert_eq!(accept("one", "a", NOON).await, AcceptOutcome::Accepted("new a".into()));
        assert_eq!(accept("one", "a", NOON).await, AcceptOutcome::Gone);
        assert_eq!(accept("two", "b", NOON).await, AcceptOutcome::Accepted("b".into()));
        assert_eq!(store.members().find("b").await.unwrap().unwrap().status, MemberStatus::Active);
        assert_eq!(accept("three", "c", NOON + Duration::days(14)).await, AcceptOutcome::Gone);
        assert_eq!(accept("four", "d", NOON).await, AcceptOutcome::AddressTaken);
        assert_eq!(accept("five", "e", NOON).await, AcceptOutcome::Gone);
        let made = store.members().find("new a").await.unwrap().unwrap();
        assert_eq!(made.roles, BTreeSet::from([Role::Expert]));
        assert_eq!(store.audit().verify().await.unwrap().rows, 2);

        let open = invitations.list_open(NOON).await.unwrap();
        assert_eq!(open.iter().map(|one| &*one.token_hash).collect::<Vec<_>>(), ["four", "three"]);
        assert!(invitations.delete("three", &none(), NOON).await.unwrap());
        assert!(!invitations.delete("one", &none(), NOON).await.unwrap());
        assert_eq!(invitations.find("one").await.unwrap().unwrap().role, Role::Expert);
        assert_eq!(invitations.find("three").await.unwrap(), None);
        store.close().await;
    });
}

#[test]
fn one_consent_per_purpose_is_in_force() {
    on_both("consents", &async |place| {
        let store = place.open().await;
        join(&store, "a").await;
        let consents = store.consents();
        let text = |hash: &str| NewConsent {
            purpose: "membership".into(),
            text_hash: hash.into(),
            language: "fr".into(),
            channel: "web".into(),
        };
        for hash in ["one", "one", "two"] {
            consents.give("a", &text(hash), NOON).await.unwrap();
        }
        assert!(consents.withdraw("a", "membership", EVENING).await.unwrap());
        assert!(!consents.withdraw("a", "membership", EVENING).await.unwrap());
        consents.give("a", &text("two"), EVENING).await.unwrap();
        let listed = consents.list("a").await.unwrap();
        let shown: Vec<_> =
            listed.iter().map(|one| (one.number, &*one.text_hash, one.withdrawn_at.is_some())).collect();
        assert_eq!(shown, [(1, "one", true), (2, "two", true), (3, "two", false)]);
        assert!(consents.give("b", &text("one"), NOON).await.is_err());
        store.close().await;
    });
}
