//! Roles, access and organisations in the hands of stewards.

use crate::stage::{NOON, Stage, actor, assert_refused, die, fault};
use whatworks_domain::member::{MemberStatus, OrganisationKind, Role};
use whatworks_forum::acts::standing::{
    KeepOrganisation, assign_organisation, grant_role, keep_organisation, set_access, take_role,
};
use whatworks_forum::{Act, Refused};
use whatworks_store::Consequences;

async fn with_passkey(stage: &Stage, id: &str) {
    let credentials = stage.store.credentials();
    let none = Consequences::default();
    assert!(
        credentials.insert_passkey(id, &format!("key of {id}"), "phone", "body", &none, NOON).await.unwrap()
    );
}

#[tokio::test]
async fn power_is_given_to_who_holds_a_second_factor_by_who_showed_one() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    stage.member("a", &[]).await;
    let mut random = die(1);
    for role in [Role::Facilitator, Role::Editor, Role::Steward] {
        let refused = grant_role(store, Some(&steward), "a", role, &mut random, NOON).await;
        assert_eq!(fault(refused), ("role", "role-needs-factor"));
    }
    // A role without power needs none; a password alone is not enough for one with.
    grant_role(store, Some(&steward), "a", Role::Expert, &mut random, NOON).await.unwrap();
    store.credentials().set_password("a", "phc", "", &Consequences::default(), NOON).await.unwrap();
    let refused = grant_role(store, Some(&steward), "a", Role::Editor, &mut random, NOON).await;
    assert_eq!(fault(refused), ("role", "role-needs-factor"));
    with_passkey(&stage, "a").await;

    for (who, is_second_factor) in [
        (None, false),
        (Some(actor("s", &[Role::Steward], false)), true),
        (Some(actor("a", &[Role::Facilitator, Role::Editor, Role::Expert], true)), false),
        (Some(actor("a", &[], true)), false),
    ] {
        let refused = grant_role(store, who.as_ref(), "a", Role::Editor, &mut random, NOON).await;
        match refused {
            Err(Refused::SecondFactor) => assert!(is_second_factor),
            Err(Refused::SignIn) => assert!(who.is_none()),
            Err(Refused::NotAllowed(Act::GrantRole)) => assert!(!is_second_factor),
            other => panic!("{other:?}"),
        }
    }
    grant_role(store, Some(&steward), "a", Role::Editor, &mut random, NOON).await.unwrap();
    let again = grant_role(store, Some(&steward), "a", Role::Editor, &mut random, NOON).await;
    assert_eq!(fault(again), ("role", "already-so"));
    let member = grant_role(store, Some(&steward), "a", Role::Member, &mut random, NOON).await;
    assert_eq!(fault(member), ("role", "choice"));
    let nobody = grant_role(store, Some(&steward), "z", Role::Expert, &mut random, NOON).await;
    assert_refused!(nobody, Refused::Missing("member"));

    take_role(store, Some(&steward), "a", Role::Editor, &mut random, NOON).await.unwrap();
    let again = take_role(store, Some(&steward), "a", Role::Editor, &mut random, NOON).await;
    assert_eq!(fault(again), ("role", "already-so"));
    assert_eq!(
        stage.events().await,
        ["s role-granted a expert", "s role-granted a editor", "s role-taken a editor"]
    );
    let told = ["role-granted a@example.org", "role-granted a@example.org", "role-taken a@example.org"];
    assert_eq!(stage.kinds(NOON).await, told);
}

#[tokio::test]
async fn taking_access_ends_every_session_at_once() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    stage.member("a", &[]).await;
    let session = stage.sign_in("a", 1, NOON).await;
    let mut random = die(2);
    set_access(store, Some(&steward), "a", false, &mut random, NOON).await.unwrap();
    let ended = store.sessions().find(&session.session.hash()).await.unwrap().unwrap();
    assert_eq!(ended.ended_at, Some(NOON));
    let again = set_access(store, Some(&steward), "a", false, &mut random, NOON).await;
    assert_eq!(fault(again), ("", "already-so"));
    set_access(store, Some(&steward), "a", true, &mut random, NOON).await.unwrap();
    assert_eq!(store.members().find("a").await.unwrap().unwrap().status, MemberStatus::Active);
    assert_eq!(stage.kinds(NOON).await, ["disabled a@example.org", "enabled a@example.org"]);

    for refused in [
        set_access(store, Some(&steward), "s", false, &mut random, NOON).await,
        take_role(store, Some(&steward), "s", Role::Steward, &mut random, NOON).await,
    ] {
        assert_eq!(fault(refused).1, "last-steward");
    }
    let own = set_access(store, Some(&actor("a", &[], true)), "a", false, &mut random, NOON).await;
    assert_refused!(own, Refused::NotAllowed(Act::DecideMember));
}

#[tokio::test]
async fn organisations_are_kept_and_assigned_by_stewards() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    stage.member("a", &[]).await;
    let mut random = die(3);
    let new = KeepOrganisation {
        organisation_id: None,
        name: "Caisse",
        kind: OrganisationKind::Institution,
        country: "BJ",
    };
    let id = keep_organisation(store, Some(&steward), new, &mut random, NOON).await.unwrap();
    let changed = KeepOrganisation { organisation_id: Some(&id), name: "Caisse II", ..new };
    assert_eq!(keep_organisation(store, Some(&steward), changed, &mut random, NOON).await.unwrap(), id);
    let missing = KeepOrganisation { organisation_id: Some("z"), ..new };
    let missing = keep_organisation(store, Some(&steward), missing, &mut random, NOON).await;
    assert_refused!(missing, Refused::Missing("organisation"));
    let nameless =
        keep_organisation(store, Some(&steward), KeepOrganisation { name: "", ..new }, &mut random, NOON);
    assert_eq!(fault(nameless.await), ("name", "name-missing"));
    let outsider = actor("a", &[Role::Editor], true);
    let refused = keep_organisation(store, Some(&outsider), new, &mut random, NOON).await;
    assert_refused!(refused, Refused::NotAllowed(Act::KeepOrganisations));

    assign_organisation(store, Some(&steward), "a", Some(&id), true, NOON).await.unwrap();
    assert!(store.members().find("a").await.unwrap().unwrap().is_vouched);
    assign_organisation(store, Some(&steward), "a", None, true, NOON).await.unwrap();
    assert!(!store.members().find("a").await.unwrap().unwrap().is_vouched);
    let unknown = assign_organisation(store, Some(&steward), "a", Some("z"), true, NOON).await;
    assert_eq!(fault(unknown), ("organisation", "choice"));
    let nobody = assign_organisation(store, Some(&steward), "z", Some(&id), true, NOON).await;
    assert_refused!(nobody, Refused::Missing("member"));
}
