//! Asking, being invited, and the first steward.

use crate::stage::{NOON, Stage, about, actor, assert_refused, die, fault, token};
use time::Duration;
use whatworks_accounts::second_factor::Verdict;
use whatworks_accounts::token::Token;
use whatworks_domain::member::{MemberStatus, OrganisationKind, Role};
use whatworks_forum::acts::join::{
    About, Invite, RequestMembership, accept_invitation, find_invitation, first_steward, invite,
    request_membership, withdraw_invitation,
};
use whatworks_forum::acts::standing::{KeepOrganisation, decide_request, keep_organisation, set_access};
use whatworks_forum::{Notice, Refused};
use whatworks_store::{MemberFilter, StoredMember};

fn request<'a>(address: &'a str, name: &'a str) -> RequestMembership<'a> {
    RequestMembership { address, about: about(name), note: "I audit lenders" }
}

async fn requested(stage: &Stage) -> Vec<StoredMember> {
    let filter = MemberFilter { status: Some(MemberStatus::Requested), ..MemberFilter::default() };
    stage.store.members().list(&filter, 0, 9).await.unwrap()
}

#[tokio::test]
async fn a_request_is_decided_once_and_told_by_mail() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    let mut random = die(1);
    request_membership(store, request("new@example.org", "Léa"), &mut random, NOON).await.unwrap();
    assert_eq!(
        stage.kinds(NOON).await,
        ["request-received new@example.org", "request-waiting s@example.org"]
    );
    let asking = requested(&stage).await.remove(0);
    assert_eq!((&*asking.profile.name, &*asking.request_note), ("Léa", "I audit lenders"));
    assert_eq!(store.consents().list(&asking.member_id).await.unwrap().len(), 1);

    let id = asking.member_id.as_str();
    for refused in [None, Some(actor("s", &[Role::Steward], false)), Some(actor("e", &[Role::Editor], true))]
    {
        let outcome = decide_request(store, refused.as_ref(), id, true, &mut random, NOON).await;
        assert!(outcome.is_err(), "{refused:?}");
        assert!(!matches!(outcome, Err(Refused::Missing(_))), "{refused:?}");
    }
    decide_request(store, Some(&steward), id, true, &mut random, NOON).await.unwrap();
    let again = decide_request(store, Some(&steward), id, false, &mut random, NOON).await;
    assert_refused!(again, Refused::Missing("request"));
    assert_eq!(store.members().find(id).await.unwrap().unwrap().status, MemberStatus::Active);
    assert_eq!(stage.kinds(NOON).await, ["request-accepted new@example.org"]);
    assert_eq!(stage.events().await, [format!("s request-accepted {id} ")]);
}

#[tokio::test]
async fn a_declined_request_leaves_no_data() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    let mut random = die(2);
    request_membership(store, request("new@example.org", "Léa"), &mut random, NOON).await.unwrap();
    let id = requested(&stage).await.remove(0).member_id;
    stage.mails(NOON).await;
    decide_request(store, Some(&steward), &id, false, &mut random, NOON).await.unwrap();
    assert_eq!(store.members().find(&id).await.unwrap(), None);
    assert_eq!(stage.kinds(NOON).await, ["request-declined new@example.org"]);
    // The same person may ask again.
    request_membership(store, request("new@example.org", "Léa"), &mut random, NOON).await.unwrap();
    assert_eq!(requested(&stage).await.len(), 1);
}

#[tokio::test]
async fn asking_answers_alike_whoever_is_known() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    stage.member("known", &[]).await;
    stage.member("disabled", &[]).await;
    set_access(store, Some(&steward), "disabled", false, &mut die(3), NOON).await.unwrap();
    stage.mails(NOON).await;
    let mut random = die(4);
    for (id, kinds) in [
        ("known", vec!["already-member known@example.org"]),
        ("disabled", vec![]),
        ("new", vec!["request-received new@example.org", "request-waiting s@example.org"]),
        ("new", vec!["request-received new@example.org"]),
    ] {
        let address = format!("{id}@example.org");
        request_membership(store, request(&address, "Léa"), &mut random, NOON).await.unwrap();
        assert_eq!(stage.kinds(NOON).await, kinds, "{id}");
    }
    assert_eq!(requested(&stage).await.len(), 1);
    for (bad, expected) in [
        (request("new", "Léa"), ("address", "address")),
        (request("other@example.org", " "), ("name", "name-missing")),
        (
            RequestMembership {
                about: About { consent: None, ..about("Léa") },
                ..request("o@example.org", "")
            },
            ("consent", "consent"),
        ),
        (
            RequestMembership { note: &"x".repeat(2_001), ..request("o@example.org", "Léa") },
            ("note", "text-long"),
        ),
    ] {
        assert_eq!(fault(request_membership(store, bad, &mut random, NOON).await), expected);
    }
    assert_eq!(stage.kinds(NOON).await, [""; 0]);
}

async fn invitation_of(stage: &Stage) -> Token {
    let mails = stage.mails(NOON).await;
    let found = mails.iter().find_map(|(_, notice)| match notice {
        Notice::Invited { link_path, by, days } => Some((link_path.clone(), by.clone(), *days)),
        _ => None,
    });
    let (link_path, by, days) = found.unwrap();
    assert_eq!((by.as_str(), days), ("Name of s", 14));
    Token::read(link_path.strip_prefix("/invitations/").unwrap()).unwrap()
}

#[tokio::test]
async fn an_invitation_makes_one_member_who_is_signed_in() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    let mut random = die(5);
    let organisation = KeepOrganisation {
        organisation_id: None,
        name: "Réseau",
        kind: OrganisationKind::Network,
        country: "SN",
    };
    let network = keep_organisation(store, Some(&steward), organisation, &mut random, NOON).await.unwrap();
    let good = Invite {
        address: "new@example.org",
        organisation_id: Some(&network),
        role: Role::Expert,
        language: "fr",
    };
    for (bad, expected) in [
        (Invite { address: "new", ..good }, ("address", "address")),
        (Invite { address: "s@example.org", ..good }, ("address", "address-taken")),
        (Invite { role: Role::Facilitator, ..good }, ("role", "role-needs-factor")),
        (Invite { organisation_id: Some("none"), ..good }, ("organisation", "choice")),
        (Invite { language: "", ..good }, ("language", "choice")),
    ] {
        assert_eq!(fault(invite(store, Some(&steward), bad, &mut random, NOON).await), expected);
    }
    let weak = actor("s", &[Role::Steward], false);
    assert_refused!(invite(store, Some(&weak), good, &mut random, NOON).await, Refused::SecondFactor);
    assert_refused!(invite(store, None, good, &mut random, NOON).await, Refused::SignIn);
    assert_eq!(stage.kinds(NOON).await, [""; 0]);

    invite(store, Some(&steward), good, &mut random, NOON).await.unwrap();
    let first = invitation_of(&stage).await;
    invite(store, Some(&steward), good, &mut random, NOON).await.unwrap();
    let second = invitation_of(&stage).await;
    let late = NOON + Duration::days(14);
    assert!(find_invitation(store, Some(&first), NOON).await.unwrap().is_some());
    assert!(find_invitation(store, Some(&first), late).await.unwrap().is_none());
    for (shown, now) in [(Some(&first), late), (Some(&token(9)), NOON), (None, NOON)] {
        let refused = accept_invitation(store, shown, about("Léa"), "", &mut random, now).await;
        assert_eq!(fault(refused), ("", "invitation-gone"));
    }
    let unwilling = About { consent: None, ..about("Léa") };
    let refused = accept_invitation(store, Some(&first), unwilling, "", &mut random, NOON).await;
    assert_eq!(fault(refused), ("consent", "consent"));

    let signed_in =
        accept_invitation(store, Some(&first), about("Léa"), "Firefox", &mut random, NOON).await.unwrap();
    assert_eq!(signed_in.worth, Verdict::Weak);
    let member = store.members().find(&signed_in.member_id).await.unwrap().unwrap();
    assert!(member.is_vouched && member.roles.contains(&Role::Expert));
    assert_eq!(member.organisation_id.as_deref(), Some(network.as_str()));
    let again = accept_invitation(store, Some(&first), about("Léa"), "", &mut random, NOON).await;
    assert_eq!(fault(again), ("", "invitation-gone"));
    let other = accept_invitation(store, Some(&second), about("Zoë"), "", &mut random, NOON).await;
    assert_eq!(fault(other), ("", "address-taken"));
    withdraw_invitation(store, Some(&steward), &second.hash(), NOON).await.unwrap();
    let gone = withdraw_invitation(store, Some(&steward), &second.hash(), NOON).await;
    assert_refused!(gone, Refused::Missing("invitation"));
    assert!(find_invitation(store, Some(&second), NOON).await.unwrap().is_none());
}

#[tokio::test]
async fn an_invitation_answers_a_request_that_waits() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    let mut random = die(6);
    request_membership(store, request("new@example.org", "Léa"), &mut random, NOON).await.unwrap();
    let asked =
        Invite { address: "new@example.org", organisation_id: None, role: Role::Member, language: "en" };
    invite(store, Some(&steward), asked, &mut random, NOON).await.unwrap();
    let invitation = invitation_of(&stage).await;
    accept_invitation(store, Some(&invitation), about("Léa K."), "", &mut random, NOON).await.unwrap();
    assert_eq!(requested(&stage).await, []);
    let found = store.members().list(&MemberFilter::default(), 0, 9).await.unwrap();
    assert_eq!(found.iter().filter(|member| member.profile.name == "Léa K.").count(), 1);
    assert_eq!(found.len(), 2);
}

#[tokio::test]
async fn the_first_steward_holds_the_printed_token_and_there_is_one() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let mut random = die(7);
    let printed = token(1);
    let hash = printed.hash();
    for shown in [None, Some(&token(2))] {
        let refused =
            first_steward(store, shown, &hash, "s@example.org", about("Sam"), "", &mut random, NOON).await;
        assert_eq!(fault(refused), ("", "invitation-gone"));
    }
    assert!(!store.members().has_steward().await.unwrap());
    let signed_in =
        first_steward(store, Some(&printed), &hash, "s@example.org", about("Sam"), "", &mut random, NOON)
            .await
            .unwrap();
    assert_eq!(signed_in.worth, Verdict::WeakSetUpFactor);
    let again =
        first_steward(store, Some(&printed), &hash, "t@example.org", about("Tim"), "", &mut random, NOON)
            .await;
    assert_eq!(fault(again), ("", "invitation-gone"));
    assert!(store.members().has_steward().await.unwrap());
    assert_eq!(stage.events().await, [format!("program role-granted {} steward", signed_in.member_id)]);
}
