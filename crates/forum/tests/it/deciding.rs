//! Deciding on what others wrote, objecting, and answering objections.

use crate::stage::{Stage, actor, assert_refused, fault};
use crate::table::{NO, OPEN, SLUG, Table, VOTING, YES};
use time::Duration;
use whatworks_domain::forum::{PostStatus, Reason, StatementStatus, Subject};
use whatworks_domain::member::Role;
use whatworks_forum::acts::discussion::moderation::{
    Decision, RaiseAppeal, appeal, decide_appeal, decide_flags, decide_post, decide_statement, queue,
};
use whatworks_forum::acts::discussion::posts::{flag, withdraw_post};
use whatworks_forum::notices::DiscussionNotice;
use whatworks_forum::{Actor, Notice, Refused};

fn objection(number: i64, once: &str) -> RaiseAppeal<'_> {
    RaiseAppeal { slug: SLUG, kind: Subject::Post, number, body: "I object.", once }
}

async fn steward(stage: &Stage, id: &str) -> Actor {
    stage.member(id, &[Role::Steward]).await
}

#[tokio::test]
async fn only_who_runs_the_question_decides_and_with_a_second_factor() {
    let table = Table::new().await;
    let store = &table.stage.store;
    table.write(&table.ann, "x", "o1", OPEN).await.unwrap();
    let decide =
        async |who: Option<&Actor>, decision| decide_post(store, who, (SLUG, 1), decision, OPEN).await;
    assert_refused!(decide(None, YES).await, Refused::SignIn);
    assert_refused!(decide(Some(&table.ben), YES).await, Refused::NotAllowed(_));
    let weak = actor("host", &[Role::Facilitator], false);
    assert_refused!(decide(Some(&weak), YES).await, Refused::SecondFactor);
    let elsewhere = table.stage.member("elsewhere", &[Role::Facilitator]).await;
    assert_refused!(decide(Some(&elsewhere), YES).await, Refused::NotAllowed(_));
    let odd = Decision { reason: Reason::Fine, ..NO };
    assert_eq!(fault(decide(Some(&table.host), odd).await), ("reason", "choice"));
    let wordless = Decision { reason: Reason::Other, words: "", ..NO };
    assert_eq!(fault(decide(Some(&table.host), wordless).await), ("words", "words-needed"));
    assert_refused!(queue(store, Some(&table.ben)).await, Refused::NotAllowed(_));
    assert_refused!(queue(store, Some(&weak)).await, Refused::SecondFactor);
    assert!(queue(store, Some(&elsewhere)).await.unwrap().is_empty());
    assert_eq!(queue(store, Some(&table.host)).await.unwrap().posts.len(), 1);

    assert_eq!(decide(Some(&table.host), NO).await.unwrap(), PostStatus::Rejected);
    assert_eq!(fault(decide(Some(&table.host), YES).await), ("", "already-decided"));
    let mails = table.stage.mails(OPEN).await;
    let Notice::Discussion(DiscussionNotice::PostDecided { status, reason, words, path, .. }) = &mails[0].1
    else {
        panic!("{mails:?}")
    };
    assert_eq!((status.as_str(), reason.as_str(), words.as_str()), ("rejected", "off-topic", "Elsewhere."));
    assert_eq!(
        (path.as_str(), mails[0].0.address.as_str()),
        ("/questions/grace-periods/p/1", "ann@example.org")
    );
    assert!(table.stage.events().await.contains(&"host decide-post grace-periods/p1 off-topic".to_owned()));

    table.write(&table.host, "mine", "o2", OPEN).await.unwrap();
    assert_eq!(fault(decide_post(store, Some(&table.host), (SLUG, 2), NO, OPEN).await), ("", "own-post"));
    let steward = steward(&table.stage, "steward").await;
    assert_eq!(decide_post(store, Some(&steward), (SLUG, 2), NO, OPEN).await.unwrap(), PostStatus::Removed);
}

#[tokio::test]
async fn flags_that_are_upheld_take_a_post_down_and_others_do_nothing() {
    let table = Table::new().await;
    let (store, host) = (&table.stage.store, &table.host);
    table.write(&table.ann, "x", "o1", OPEN).await.unwrap();
    decide_post(store, Some(host), (SLUG, 1), YES, OPEN).await.unwrap();
    table.stage.mails(OPEN).await;
    let raise = async |who| flag(store, Some(who), (SLUG, 1), Reason::Insult, "", OPEN).await.unwrap();
    raise(&table.ben).await;
    decide_flags(store, Some(host), (SLUG, 1), YES, OPEN).await.unwrap();
    assert_eq!(store.posts().find(SLUG, 1).await.unwrap().unwrap().status, PostStatus::Shown);
    assert!(table.stage.mails(OPEN).await.is_empty());
    assert_eq!(fault(decide_flags(store, Some(host), (SLUG, 1), NO, OPEN).await), ("", "already-decided"));
    raise(&table.stage.member("cleo", &[]).await).await;
    decide_flags(store, Some(host), (SLUG, 1), NO, OPEN).await.unwrap();
    assert_eq!(store.posts().find(SLUG, 1).await.unwrap().unwrap().status, PostStatus::Removed);
    assert_eq!(table.stage.kinds(OPEN).await, ["post-decided ann@example.org"]);
    let standing = store.standings().find("ann", OPEN).await.unwrap().unwrap();
    assert_eq!((standing.history.upheld_flags, standing.history.approved_posts), (1, 0));
}

#[tokio::test]
async fn an_appeal_is_answered_by_someone_else_and_once() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    let (first, second) = (steward(&table.stage, "first").await, steward(&table.stage, "second").await);
    table.write(ann, "x", "o1", OPEN).await.unwrap();
    assert_eq!(fault(appeal(store, Some(ann), objection(1, "a1"), OPEN).await), ("", "withdrawn"));
    decide_post(store, Some(&first), (SLUG, 1), NO, OPEN).await.unwrap();
    assert_refused!(appeal(store, Some(&table.ben), objection(1, "a1"), OPEN).await, Refused::NotAllowed(_));
    let id = appeal(store, Some(ann), objection(1, "a1"), OPEN).await.unwrap();
    assert_eq!(appeal(store, Some(ann), objection(1, "a1"), OPEN).await.unwrap(), id);
    assert_eq!(fault(appeal(store, Some(ann), objection(1, "a2"), OPEN).await), ("", "already-decided"));
    assert!(queue(store, Some(&table.host)).await.unwrap().appeals.is_empty());
    assert_eq!(queue(store, Some(&second)).await.unwrap().appeals.len(), 1);
    table.stage.mails(OPEN).await;
    let answer = async |who, words: &str| decide_appeal(store, Some(who), &id, true, words, VOTING).await;
    assert_refused!(answer(&table.host, "Yes.").await, Refused::NotAllowed(_));
    assert_eq!(fault(answer(&first, "Yes.").await), ("", "own-decision"));
    assert_eq!(fault(answer(&second, " ").await), ("answer", "text-missing"));
    answer(&second, "It was to the point.").await.unwrap();
    assert_eq!(store.posts().find(SLUG, 1).await.unwrap().unwrap().status, PostStatus::Shown);
    assert_eq!(table.stage.kinds(VOTING).await, ["appeal-answered ann@example.org"]);
    assert!(table.stage.events().await.iter().any(|event| event.starts_with("second uphold-appeal")));
    let third = steward(&table.stage, "third").await;
    assert_eq!(fault(answer(&third, "Again.").await), ("", "already-decided"));
}

#[tokio::test]
async fn what_one_took_back_oneself_cannot_be_appealed() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    table.write(ann, "x", "o1", OPEN).await.unwrap();
    withdraw_post(store, Some(ann), (SLUG, 1), OPEN).await.unwrap();
    assert_eq!(fault(appeal(store, Some(ann), objection(1, "a1"), OPEN).await), ("", "withdrawn"));
}

#[tokio::test]
async fn a_statement_is_decided_and_appealed_like_a_post() {
    let table = Table::new().await;
    let (store, ann, host) = (&table.stage.store, &table.ann, &table.host);
    table.propose(ann, "They do.", "s1", OPEN).await.unwrap();
    table.propose(host, "They did.", "s2", OPEN).await.unwrap();
    assert_eq!(fault(decide_statement(store, Some(host), (SLUG, 10), NO, OPEN).await), ("", "own-statement"));
    assert_eq!(decide_statement(store, Some(host), (SLUG, 1), NO, OPEN).await.unwrap(), StatementStatus::Out);
    let two = Decision { reason: Reason::TwoIdeas, ..NO };
    assert_eq!(
        decide_statement(store, Some(host), (SLUG, 9), two, OPEN).await.unwrap(),
        StatementStatus::Out
    );
    let asked = RaiseAppeal { kind: Subject::Statement, ..objection(9, "a1") };
    let id = appeal(store, Some(ann), asked, OPEN + Duration::hours(1)).await.unwrap();
    let steward = steward(&table.stage, "steward").await;
    decide_appeal(store, Some(&steward), &id, true, "One idea.", OPEN).await.unwrap();
    assert_eq!(store.statements().find(SLUG, 9).await.unwrap().unwrap().status, StatementStatus::Shown);
    // Nobody is told of a decision of their own: the seed was the host's.
    assert_eq!(
        table.stage.kinds(VOTING).await,
        ["appeal-answered ann@example.org", "statement-decided ann@example.org"]
    );
}
