//! Writing and proposing: who is read first, what is late, what is too often.

use crate::stage::{NOON, assert_refused, fault};
use crate::table::{LATE, OPEN, SLUG, Table, VOTING, YES, post, statement, words};
use time::Duration;
use time::macros::datetime;
use whatworks_domain::forum::{PostStatus, Reason, StatementStatus};
use whatworks_domain::member::{MemberStatus, Role};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::moderation::{decide_post, decide_statement};
use whatworks_forum::acts::discussion::posts::{
    WritePost, edit_post, flag, is_shown_change, withdraw_post, write_post,
};
use whatworks_forum::acts::discussion::questions::change_words;
use whatworks_forum::acts::discussion::reading::{read_post, read_statements, read_thread};
use whatworks_forum::acts::discussion::statements::{ProposeStatement, propose_statement, reword_statement};
use whatworks_store::Consequences;
use whatworks_store::forum::Reworded;

#[tokio::test]
async fn a_new_members_post_waits_and_the_next_does_not() {
    let table = Table::new().await;
    let (store, ann, ben) = (&table.stage.store, &table.ann, &table.ben);
    let first = table.write(ann, "One", "o1", OPEN).await.unwrap();
    assert_eq!((first.number, first.status), (1, PostStatus::Held));
    // Sent again, it is the same post, and says how that one stands by now.
    assert_eq!(table.write(ann, "One", "o1", OPEN).await.unwrap(), first);
    let seen = read_thread(store, Some(ben), SLUG, ("", 9), OPEN).await.unwrap();
    assert!(seen.posts.is_empty());
    assert_refused!(read_post(store, Some(ben), (SLUG, 1), OPEN).await, Refused::Missing("post"));
    assert_eq!(read_thread(store, Some(ann), SLUG, ("", 9), OPEN).await.unwrap().posts.len(), 1);
    assert_refused!(read_thread(store, None, SLUG, ("", 9), OPEN).await, Refused::SignIn);
    decide_post(store, Some(&table.host), (SLUG, 1), YES, OPEN).await.unwrap();
    assert_eq!(table.write(ann, "One", "o1", OPEN).await.unwrap().status, PostStatus::Shown);
    let second = table.write(ann, "Two", "o2", OPEN + Duration::seconds(5)).await.unwrap();
    assert_eq!(second.status, PostStatus::Shown);
    assert_eq!(table.write(&table.host, "Mine", "o3", OPEN).await.unwrap().status, PostStatus::Shown);
}

#[tokio::test]
async fn writing_has_its_times() {
    let table = Table::new().await;
    let early = datetime!(2026-03-09 09:00 UTC);
    assert_eq!(fault(table.write(&table.ann, "x", "o1", early).await), ("", "not-open"));
    assert!(table.write(&table.ann, "x", "o1", datetime!(2026-03-09 10:00 UTC)).await.is_ok());
    assert!(table.write(&table.host, "x", "o2", VOTING).await.is_ok());
    // From the last moment of the last day anywhere on, a post is late.
    assert_eq!(
        table.write(&table.ben, "x", "o3", datetime!(2026-03-15 12:00 UTC)).await.unwrap().status,
        PostStatus::Held
    );
    assert_eq!(fault(table.propose(&table.ann, "Late.", "s1", LATE).await), ("", "closed"));
    assert_eq!(fault(table.propose(&table.ann, "Early.", "s1", early).await), ("", "not-open"));
}

#[tokio::test]
async fn a_post_has_its_rules() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    assert_eq!(fault(table.write(ann, " \n", "o1", OPEN).await), ("body", "text-missing"));
    assert_eq!(fault(table.write(ann, &"x".repeat(10_001), "o1", OPEN).await), ("body", "text-long"));
    let odd = WritePost { language: "English", ..post("x", "o1") };
    assert_eq!(fault(write_post(store, Some(ann), odd, OPEN).await), ("language", "choice"));
    let orphan = WritePost { parent: Some(1), ..post("x", "o1") };
    assert_eq!(fault(write_post(store, Some(ann), orphan, OPEN).await), ("parent", "post-not-shown"));
    assert_refused!(write_post(store, None, post("x", "o1"), OPEN).await, Refused::SignIn);
    let nowhere = WritePost { slug: "nowhere", ..post("x", "o1") };
    assert_refused!(write_post(store, Some(ann), nowhere, OPEN).await, Refused::Missing("question"));
    table.write(ann, "x", "o1", OPEN).await.unwrap();
    assert_refused!(table.write(ann, "y", "o2", OPEN + Duration::seconds(4)).await, Refused::TooOften(1));
    let held = WritePost { parent: Some(1), ..post("x", "o3") };
    assert_eq!(fault(write_post(store, Some(&table.ben), held, OPEN).await), ("parent", "post-not-shown"));
    let (from, to) = (MemberStatus::Active, MemberStatus::Disabled);
    store.members().set_status("ann", from, to, &Consequences::default(), OPEN).await.unwrap();
    assert_refused!(table.write(ann, "y", "o4", LATE).await, Refused::NotAllowed(_));
}

#[tokio::test]
async fn a_full_roster_takes_no_new_writer() {
    let table = Table::new().await;
    let limited = whatworks_forum::acts::discussion::questions::Words { roster_limit: Some(1), ..words() };
    change_words(&table.stage.store, Some(&table.host), SLUG, limited, NOON).await.unwrap();
    table.write(&table.ann, "x", "o1", OPEN).await.unwrap();
    assert_eq!(fault(table.write(&table.ben, "x", "o2", OPEN).await), ("", "roster-full"));
    table.write(&table.ann, "y", "o3", OPEN + Duration::minutes(1)).await.unwrap();
    table.write(&table.host, "z", "o4", OPEN).await.unwrap();
}

#[tokio::test]
async fn ones_own_post_may_be_changed_and_taken_back() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    table.write(ann, "x", "o1", OPEN).await.unwrap();
    decide_post(store, Some(&table.host), (SLUG, 1), YES, OPEN).await.unwrap();
    let hour = Duration::hours(1);
    assert_eq!(
        edit_post(store, Some(ann), (SLUG, 1), "xx", OPEN + hour).await.unwrap().status,
        PostStatus::Shown
    );
    edit_post(store, Some(ann), (SLUG, 1), "xxx", OPEN + hour * 25).await.unwrap();
    let (post, wordings) = read_post(store, Some(&table.ben), (SLUG, 1), VOTING).await.unwrap();
    let shown: Vec<bool> = wordings.iter().map(|wording| is_shown_change(&post, wording)).collect();
    assert_eq!((post.body.as_str(), shown), ("xxx", vec![false, false, true]));
    for other in [&table.ben, &table.host] {
        assert_refused!(edit_post(store, Some(other), (SLUG, 1), "y", OPEN).await, Refused::NotAllowed(_));
        assert_refused!(withdraw_post(store, Some(other), (SLUG, 1), OPEN).await, Refused::NotAllowed(_));
    }
    assert_eq!(fault(edit_post(store, Some(ann), (SLUG, 1), "y", LATE).await), ("", "closed"));
    withdraw_post(store, Some(ann), (SLUG, 1), LATE).await.unwrap();
    let gone = store.posts().find(SLUG, 1).await.unwrap().unwrap();
    assert_eq!(
        (gone.body.as_str(), gone.status, gone.reasoned().unwrap().reason),
        ("", PostStatus::Removed, Reason::Withdrawn)
    );
    assert_eq!(fault(edit_post(store, Some(ann), (SLUG, 1), "y", OPEN).await), ("", "already-decided"));
}

#[tokio::test]
async fn a_flag_has_its_rules() {
    let table = Table::new().await;
    let store = &table.stage.store;
    table.write(&table.ann, "x", "o1", OPEN).await.unwrap();
    let raise = async |who, reason, words: &str| flag(store, Some(who), (SLUG, 1), reason, words, OPEN).await;
    assert_eq!(fault(raise(&table.ben, Reason::Insult, "").await), ("", "post-not-shown"));
    decide_post(store, Some(&table.host), (SLUG, 1), YES, OPEN).await.unwrap();
    assert_eq!(fault(raise(&table.ann, Reason::Insult, "").await), ("", "own-post"));
    assert_eq!(fault(raise(&table.ben, Reason::Fine, "").await), ("reason", "choice"));
    assert_eq!(fault(raise(&table.ben, Reason::Other, " ").await), ("words", "words-needed"));
    for _ in 0..2 {
        raise(&table.ben, Reason::Insult, "").await.unwrap();
    }
    assert_eq!(store.moderation().list_queue(None).await.unwrap().flags[0].reasons.len(), 1);
}

#[tokio::test]
async fn a_statement_has_its_rules() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    assert_eq!(fault(table.propose(ann, "Do they?", "s1", OPEN).await), ("body", "not-a-statement"));
    assert_eq!(fault(table.propose(ann, &"x".repeat(281), "s1", OPEN).await), ("body", "text-long"));
    assert_eq!(
        fault(table.propose(ann, "They do. And they should.", "s1", OPEN).await),
        ("body", "two-ideas")
    );
    let first = table.propose(ann, "They do.", "s1", OPEN).await.unwrap();
    assert_eq!((first.number, first.status), (9, StatementStatus::Held));
    assert!(
        read_statements(store, Some(&table.ben), SLUG, OPEN).await.unwrap().iter().all(|one| one.number != 9)
    );
    decide_statement(store, Some(&table.host), (SLUG, 9), YES, OPEN).await.unwrap();
    // Trusted by a post that was shown, Ann's next is shown at once; one of two ideas waits all the same.
    table.write(ann, "x", "o1", OPEN).await.unwrap();
    decide_post(store, Some(&table.host), (SLUG, 1), YES, OPEN).await.unwrap();
    assert_eq!(table.propose(ann, "They do so.", "s2", OPEN).await.unwrap().status, StatementStatus::Shown);
    let meant = ProposeStatement { is_meant: true, ..statement("They do. And they should.", "s3") };
    assert_eq!(propose_statement(store, Some(ann), meant, OPEN).await.unwrap().status, StatementStatus::Held);
    for once in ["s4", "s5"] {
        table.propose(ann, "They do.", once, OPEN).await.unwrap();
    }
    let sixth = table.propose(ann, "They do.", "s6", OPEN + Duration::hours(23)).await;
    assert_refused!(sixth, Refused::TooOften(3_600));
    assert!(table.propose(ann, "They do.", "s6", OPEN + Duration::hours(24)).await.is_ok());
}

#[tokio::test]
async fn only_its_author_and_who_runs_the_question_put_a_statement_better() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    let reword = async |who, number, body: &str, once: &str| {
        reword_statement(store, Some(who), (SLUG, number), body, once, OPEN).await
    };
    assert_refused!(reword(ann, 1, "Better.", "r1").await, Refused::NotAllowed(_));
    assert_eq!(reword(&table.host, 1, "Better.", "r1").await.unwrap(), Reworded::Edited);
    table.vote(ann, 1, whatworks_domain::forum::Ballot::Agree, "v1", OPEN).await.unwrap();
    assert_eq!(reword(&table.host, 1, "Best.", "r2").await.unwrap(), Reworded::Replaced(9));
    assert_eq!(fault(reword(&table.host, 1, "Even better.", "r3").await), ("", "already-decided"));
    let vote = table.vote(ann, 1, whatworks_domain::forum::Ballot::Agree, "v2", OPEN).await;
    assert_eq!(fault(vote), ("", "statement-not-shown"));
    // A facilitator of another question is nobody here.
    let other = table.stage.member("other", &[Role::Facilitator]).await;
    assert_refused!(reword(&other, 2, "Better.", "r4").await, Refused::NotAllowed(_));
}
