//! Every way × everybody × own and other object: the answer is what the table of access says, and nothing else.

use super::browser::Browser;
use super::place::{Person, Place};
use axum::http::{StatusCode, header};
use std::collections::BTreeSet;
use whatworks_domain::member::{MemberStatus, Role};
use whatworks_forum::{Act, Actor, Relation, Verdict, may};
use whatworks_web::member::{Object, Verb, Way, ways};

/// Who asks.
struct Who {
    name: &'static str,
    roles: &'static [Role],
    is_strong: bool,
}

const EVERYBODY: &[Who] = &[
    Who { name: "Member", roles: &[], is_strong: false },
    Who { name: "Expert", roles: &[Role::Expert], is_strong: false },
    Who { name: "Editor", roles: &[Role::Editor], is_strong: true },
    Who { name: "WeakFacilitator", roles: &[Role::Facilitator], is_strong: false },
    Who { name: "Facilitator", roles: &[Role::Facilitator], is_strong: true },
    Who { name: "WeakSteward", roles: &[Role::Steward], is_strong: false },
    Who { name: "Steward", roles: &[Role::Steward], is_strong: true },
];

/// The address of a way with its parts filled in.
fn address(way: &Way, member_id: &str) -> String {
    let mut path = way.route.replace("{member}", member_id);
    while let (Some(open), Some(close)) = (path.find('{'), path.find('}')) {
        path.replace_range(open..=close, "nothing");
    }
    path
}

/// What the answer means for access.
fn verdict_of(status: StatusCode, location: &str, page: &str) -> Verdict {
    let onward = status == StatusCode::SEE_OTHER;
    if (onward && location.starts_with("/sign-in?next=")) || page.contains("You are not signed in any more") {
        Verdict::SignIn
    } else if (onward && location.starts_with("/second-factor?next="))
        || page.contains("A second factor is needed")
    {
        Verdict::SecondFactor
    } else if status == StatusCode::FORBIDDEN {
        assert!(page.contains("This is not open to you"), "{page}");
        Verdict::Refused
    } else {
        Verdict::Allowed
    }
}

async fn ask(browser: &mut Browser, way: &Way, path: &str) -> Verdict {
    let answer = match way.verb {
        Verb::Get => browser.get(path).await,
        Verb::Post => {
            if browser.jar.is_empty() {
                browser.get("/sign-in").await;
            }
            let token = browser.token_for(path);
            browser.post(path, &[("token", &token), ("text", "x")]).await
        }
    };
    let page = answer.text();
    assert!(answer.status.as_u16() < 500, "{path}: {page}");
    let is_kept = answer.header(header::CACHE_CONTROL) != "no-store";
    assert!(!is_kept || (way.act == Act::ReadPublic && way.verb == Verb::Get), "{path}");
    verdict_of(answer.status, answer.header(header::LOCATION), &page)
}

#[tokio::test]
async fn every_way_is_open_to_whom_the_table_says_and_to_nobody_else() {
    let mut tried = 0;
    for way in ways() {
        let place = Place::new().await;
        let mut stranger = place.browser();
        let expected = may(None, way.act, Relation::None);
        let path = address(&way, "id-other");
        assert_eq!(
            ask(&mut stranger, &way, &path).await,
            expected,
            "{:?} {} a stranger",
            way.verb,
            way.route
        );
        for who in EVERYBODY {
            let own_or_other: &[bool] = if way.object == Object::Member { &[true, false] } else { &[true] };
            for is_own in own_or_other {
                let place = Place::new().await;
                place.person("Other", MemberStatus::Active, &[]).await;
                // So that nobody is the last steward.
                place.person("Spare", MemberStatus::Active, &[Role::Steward]).await;
                let person: Person = place.person(who.name, MemberStatus::Active, who.roles).await;
                let mut browser = place.signed_in(&person, who.is_strong).await;
                let (member_id, relation) = match (way.object, is_own) {
                    (Object::None, _) => ("id-other", Relation::None),
                    (Object::Myself, _) | (Object::Member, true) => {
                        (person.member_id.as_str(), Relation::Own)
                    }
                    (Object::Member, false) => ("id-other", Relation::Other),
                    // There is none: who may do it to none is not told so.
                    (Object::Question | Object::OwnQuestions | Object::Post | Object::Statement, _) => {
                        ("id-other", Relation::Other)
                    }
                };
                let roles: BTreeSet<Role> = who.roles.iter().copied().collect();
                let actor = Actor { member_id: person.member_id.clone(), roles, is_strong: who.is_strong };
                let expected = may(Some(&actor), way.act, relation);
                let found = ask(&mut browser, &way, &address(&way, member_id)).await;
                assert_eq!(found, expected, "{:?} {} {} own {is_own}", way.verb, way.route, who.name);
                tried += 1;
            }
        }
    }
    assert!(tried > 200, "{tried}");
}

#[tokio::test]
async fn a_way_that_is_not_in_the_table_does_not_exist() {
    let place = Place::new().await;
    let member = place.person("Member", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&member, true).await;
    for path in ["/admin", "/account/nothing", "/members/x/y/z", "/sign-in/a/b"] {
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for way in ways().iter().filter(|way| way.verb == Verb::Post) {
        let has_page = ways().iter().any(|other| other.route == way.route && other.verb == Verb::Get);
        let answer = browser.get(&address(way, "id-member")).await;
        // A link that someone is made to follow does nothing.
        let is_refused = answer.status == StatusCode::METHOD_NOT_ALLOWED;
        // `/members/invite` also reads as a member's page.
        let is_another = way.route == "/members/invite";
        assert!(has_page || is_refused || is_another, "{}", way.route);
    }
}

#[tokio::test]
async fn whether_a_member_exists_is_told_to_stewards_only() {
    let place = Place::new().await;
    let member = place.person("Member", MemberStatus::Active, &[]).await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let mut browser = place.signed_in(&member, false).await;
    assert_eq!(browser.get("/members/id-steward").await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.get("/members/id-nobody").await.status, StatusCode::FORBIDDEN);
    let mut browser = place.signed_in(&steward, true).await;
    assert_eq!(browser.get("/members/id-member").await.status, StatusCode::OK);
    assert_eq!(browser.get("/members/id-nobody").await.status, StatusCode::NOT_FOUND);
}
