//! A question from its draft to what was done about it.

use crate::stage::{NOON, Stage, actor, assert_refused, fault};
use crate::table::{LATE, OPEN, SLUG, Table, VOTING, YES, plan, statement, words};
use time::Duration;
use time::macros::{date, datetime};
use whatworks_domain::forum::{Ballot, Day, EvidenceKind, PassReason, Phase, Plan, Theme};
use whatworks_domain::member::Role;
use whatworks_evidence::base;
use whatworks_evidence::map::evidence_map;
use whatworks_evidence::summary::{Reference, SectionKind};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::board::board;
use whatworks_forum::acts::discussion::moderation::decide_post;
use whatworks_forum::acts::discussion::open_question;
use whatworks_forum::acts::discussion::posts::{WritePost, write_post};
use whatworks_forum::acts::discussion::questions::{
    Words, archive, attach_evidence, begin_question, change_plan, change_words, detach_evidence,
    name_facilitator, remove_facilitator, schedule,
};
use whatworks_forum::acts::discussion::reading::{list_questions, read_summaries};
use whatworks_forum::acts::discussion::statements::seed_statement;
use whatworks_forum::acts::discussion::summaries::{
    comment_summary, draft_summary, follow_up, publish_summary, save_summary,
};

#[tokio::test]
async fn a_draft_is_for_those_who_prepare_it() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let host = stage.member("host", &[Role::Facilitator]).await;
    let ann = stage.member("ann", &[]).await;
    assert_refused!(
        begin_question(store, Some(&ann), SLUG, words(), &plan(), NOON).await,
        Refused::NotAllowed(_)
    );
    let begin = async |slug: &str, words, plan: &Plan| {
        begin_question(store, Some(&host), slug, words, plan, NOON).await
    };
    assert_eq!(fault(begin("new", words(), &plan()).await), ("slug", "slug-form"));
    let long = "x".repeat(161);
    assert_eq!(fault(begin(SLUG, Words { title: &long, ..words() }, &plan()).await), ("title", "text-long"));
    let backwards = Plan { votes_on: date!(2026 - 03 - 09), ..plan() };
    assert_eq!(fault(begin(SLUG, words(), &backwards).await), ("votes_on", "dates-order"));
    for _ in 0..2 {
        begin(SLUG, words(), &plan()).await.unwrap();
    }
    assert_eq!(
        fault(begin(SLUG, Words { title: "Other?", ..words() }, &plan()).await),
        ("slug", "slug-taken")
    );

    let open = async |who| open_question(store, who, SLUG, NOON).await;
    assert_refused!(open(None).await, Refused::Missing("question"));
    assert_refused!(open(Some(&ann)).await, Refused::Missing("question"));
    let weak = actor("host", &[Role::Facilitator], false);
    assert_refused!(open(Some(&weak)).await, Refused::SecondFactor);
    assert!(open(Some(&host)).await.unwrap().runs);
    let other = stage.member("other", &[Role::Facilitator]).await;
    assert_refused!(open(Some(&other)).await, Refused::Missing("question"));
    let steward = stage.member("steward", &[Role::Steward]).await;
    assert!(open(Some(&steward)).await.unwrap().runs);
    for (who, count) in [(None, 0), (Some(&ann), 0), (Some(&other), 0), (Some(&host), 1), (Some(&steward), 1)]
    {
        assert_eq!(list_questions(store, who).await.unwrap().len(), count, "{who:?}");
    }
}

#[tokio::test]
async fn it_is_announced_when_everything_is_there() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let host = stage.member("host", &[Role::Facilitator]).await;
    let bare = Words { background: "", ..words() };
    begin_question(store, Some(&host), SLUG, bare, &plan(), NOON).await.unwrap();
    let announce = async |at| schedule(store, Some(&host), SLUG, at).await;
    assert_eq!(fault(announce(NOON).await), ("background", "text-missing"));
    change_words(store, Some(&host), SLUG, words(), NOON).await.unwrap();
    assert_eq!(fault(announce(datetime!(2026-03-12 10:00 UTC)).await), ("opens_on", "dates-past"));
    for seed in 0..7 {
        let (body, once) = (format!("Seed {seed}."), format!("seed {seed}"));
        seed_statement(store, Some(&host), statement(&body, &once), NOON).await.unwrap();
    }
    let few = announce(NOON).await.unwrap_err();
    let Refused::Fault { code: "seeds-few", mentions, .. } = few else { panic!("{few:?}") };
    assert_eq!(mentions, [("least", "8".to_owned()), ("found", "7".to_owned())]);
    seed_statement(store, Some(&host), statement("Seed 7.", "seed 7"), NOON).await.unwrap();
    announce(NOON).await.unwrap();
    assert_eq!(fault(announce(NOON).await), ("", "already-open"));
    let bare = Words { house_rules: " ", ..words() };
    assert_eq!(
        fault(change_words(store, Some(&host), SLUG, bare, NOON).await),
        ("house_rules", "text-missing")
    );
    assert_eq!(open_question(store, None, SLUG, NOON).await.unwrap().phase, Phase::Scheduled);
    assert_eq!(
        stage.events().await,
        [
            "host begin-question grace-periods ",
            "host change-question grace-periods words",
            "host schedule-question grace-periods ",
        ]
    );
}

#[tokio::test]
async fn dates_never_take_it_back() {
    let table = Table::new().await;
    let (store, host) = (&table.stage.store, &table.host);
    let change = async |plan: &Plan, at| change_plan(store, Some(host), SLUG, plan, &[], at).await;
    let earlier = Plan { opens_on: date!(2026 - 03 - 09), ..plan() };
    change(&earlier, NOON).await.unwrap();
    change(&plan(), NOON).await.unwrap();
    assert_eq!(fault(change(&earlier, OPEN).await), ("opens_on", "dates-opened"));
    let longer = Plan { closes_on: date!(2026 - 03 - 16), ..plan() };
    change(&longer, VOTING).await.unwrap();
    let later = Plan { votes_on: date!(2026 - 03 - 15), ..longer };
    assert_eq!(fault(change(&later, VOTING).await), ("closes_on", "dates-back"));
    let reopened = Plan { closes_on: date!(2026 - 03 - 25), ..plan() };
    assert_eq!(fault(change(&reopened, datetime!(2026-03-18 12:00 UTC)).await), ("closes_on", "dates-back"));
    let day = |held_on| Day { held_on, theme: Theme::Facts, prompt: "What is known?".into() };
    let days = [day(date!(2026 - 03 - 11)), day(date!(2026 - 03 - 10))];
    change_plan(store, Some(host), SLUG, &longer, &days, VOTING).await.unwrap();
    let kept = store.questions().list_days(SLUG).await.unwrap();
    assert_eq!(kept[0].held_on, date!(2026 - 03 - 10));
    let outside = change_plan(store, Some(host), SLUG, &longer, &[day(date!(2026 - 04 - 01))], VOTING).await;
    assert_eq!(fault(outside), ("days", "dates-day"));
    let renamed = Words { title: "Something else?", ..words() };
    assert_eq!(fault(change_words(store, Some(host), SLUG, renamed, OPEN).await), ("title", "already-open"));
    assert_refused!(
        change_plan(store, Some(&table.ann), SLUG, &longer, &[], OPEN).await,
        Refused::NotAllowed(_)
    );
}

#[tokio::test]
async fn facilitators_and_evidence_come_to_the_table() {
    let table = Table::new().await;
    let (store, host) = (&table.stage.store, &table.host);
    let name = async |who: &str| name_facilitator(store, Some(host), SLUG, who, "mornings", NOON).await;
    assert_eq!(fault(name("ann").await), ("facilitator", "not-a-facilitator"));
    assert_refused!(name("nobody").await, Refused::Missing("member"));
    table.stage.member("second", &[Role::Facilitator]).await;
    for _ in 0..2 {
        name("second").await.unwrap();
    }
    assert_eq!(table.stage.kinds(NOON).await, ["facilitator-named second@example.org"]);
    remove_facilitator(store, Some(host), SLUG, "second", NOON).await.unwrap();
    assert_eq!(
        fault(remove_facilitator(store, Some(host), SLUG, "host", NOON).await),
        ("facilitator", "last-one")
    );

    let catalogue = base::catalogue().unwrap();
    let map = evidence_map(&base::findings(&catalogue).unwrap(), &catalogue).unwrap();
    let key = map.assessments[0].key.to_string();
    let attach =
        async |kind, target: &str| attach_evidence(store, Some(host), SLUG, (kind, target), &map, NOON).await;
    for odd in ["", "a~b~c", "no.such~no-offer~business.profit~ITT"] {
        assert_eq!(
            fault(attach(EvidenceKind::Synthesis, odd).await),
            ("evidence", "no-such-evidence"),
            "{odd}"
        );
    }
    assert_eq!(fault(attach(EvidenceKind::Claim, "none").await), ("evidence", "no-such-evidence"));
    attach(EvidenceKind::Synthesis, &key).await.unwrap();
    assert_eq!(store.questions().list_evidence(SLUG).await.unwrap().len(), 1);
    detach_evidence(store, Some(host), SLUG, 1, NOON).await.unwrap();
    assert!(store.questions().list_evidence(SLUG).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_board_shows_what_needs_a_hand() {
    let table = Table::new().await;
    let (store, host) = (&table.stage.store, &table.host);
    table.write(&table.ann, "Who knows?", "o1", OPEN).await.unwrap();
    decide_post(store, Some(host), (SLUG, 1), YES, OPEN).await.unwrap();
    table.vote(&table.ann, 3, Ballot::Agree, "v1", OPEN).await.unwrap();
    for (who, number) in [(&table.ann, 5), (&table.ben, 5), (host, 5), (&table.ann, 6), (&table.ben, 6)] {
        let once = format!("{} {number}", who.member_id);
        table.vote(who, number, Ballot::Pass(PassReason::Unclear), &once, OPEN).await.unwrap();
    }
    let at = OPEN + Duration::hours(25);
    let shown = board(store, Some(host), SLUG, at).await.unwrap();
    assert_eq!(shown.members, 3);
    assert_eq!(shown.silent.iter().map(|one| one.member_id.as_str()).collect::<Vec<_>>(), ["ben", "host"]);
    assert_eq!(shown.unanswered.iter().map(|one| one.number).collect::<Vec<_>>(), [1]);
    let seen: Vec<_> = shown.unseen.iter().map(|one| (one.number, one.seen)).collect();
    assert_eq!(seen[5..], [(3, 1), (6, 2), (5, 3)]);
    assert_eq!(shown.unclear.iter().map(|one| (one.number, one.unclear)).collect::<Vec<_>>(), [(5, 3)]);
    assert_eq!((shown.unseen.len(), shown.heat.posts, shown.heat.is_warning), (8, 1, false));
    let answer = WritePost { parent: Some(1), ..crate::table::post("I do.", "o2") };
    write_post(store, Some(host), answer, OPEN).await.unwrap();
    assert!(board(store, Some(host), SLUG, at).await.unwrap().unanswered.is_empty());
    assert_refused!(board(store, Some(&table.ann), SLUG, at).await, Refused::NotAllowed(_));
}

#[tokio::test]
async fn a_summary_is_drafted_from_what_was_said() {
    let table = Table::new().await;
    let (store, host) = (&table.stage.store, &table.host);
    table.write(&table.ann, "Who knows?", "o1", OPEN).await.unwrap();
    table.write(&table.ben, "I tried it.", "o2", OPEN).await.unwrap();
    for number in [1, 2] {
        decide_post(store, Some(host), (SLUG, number), YES, OPEN).await.unwrap();
    }
    let answer = WritePost { parent: Some(2), ..crate::table::post("How long?", "o3") };
    write_post(store, Some(&table.ann), answer, OPEN + Duration::hours(2)).await.unwrap();
    for member in 0..10 {
        let member = table.stage.member(&format!("v{member}"), &[]).await;
        table.vote(&member, 1, Ballot::Agree, &member.member_id, OPEN).await.unwrap();
    }
    table.compute(VOTING).await;
    let sections = draft_summary(store, Some(host), SLUG, LATE).await.unwrap();
    let of = |kind| {
        let section = sections.iter().find(|section| section.kind == kind).unwrap();
        section.sentences.iter().flat_map(|one| one.references.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of(SectionKind::CommonGround), [Reference::Votes, Reference::Statement(1)]);
    assert_eq!(of(SectionKind::Unanswered), [Reference::Post(1), Reference::Post(3)]);
    assert_eq!(of(SectionKind::Quotes), [Reference::Statement(1), Reference::Post(2)]);
    assert_refused!(draft_summary(store, Some(&table.ann), SLUG, LATE).await, Refused::NotAllowed(_));
}

#[tokio::test]
async fn it_ends_with_a_summary_comments_and_what_was_done() {
    let table = Table::new().await;
    let (store, host, ann) = (&table.stage.store, &table.host, &table.ann);
    table.write(ann, "x", "o1", OPEN).await.unwrap();
    decide_post(store, Some(host), (SLUG, 1), YES, OPEN).await.unwrap();
    table.stage.mails(OPEN).await;
    let publish = async |at| publish_summary(store, Some(host), SLUG, at).await;
    let comment = async |once: &str, at| comment_summary(store, Some(ann), (SLUG, "Well."), once, at).await;
    let done = async |link: &str, at| follow_up(store, Some(host), (SLUG, "Done.", link), "f1", at).await;
    assert_eq!(fault(publish(VOTING).await), ("", "not-closed"));
    assert_eq!(fault(publish(LATE).await), ("", "no-draft"));
    assert_refused!(save_summary(store, Some(ann), SLUG, "x", LATE).await, Refused::NotAllowed(_));
    assert_eq!(save_summary(store, Some(host), SLUG, "First.", VOTING).await.unwrap(), 1);
    assert!(read_summaries(store, Some(ann), SLUG, LATE).await.unwrap().is_empty());
    assert_eq!(fault(comment("c1", LATE).await), ("", "comments-closed"));
    assert_eq!(fault(done("", LATE).await), ("", "not-final"));
    assert_eq!(publish(LATE).await.unwrap(), 1);
    assert_eq!(read_summaries(store, None, SLUG, LATE).await.unwrap()[0].body, "First.");
    assert_eq!(table.stage.kinds(LATE).await, ["summary-published ann@example.org"]);
    let week = LATE + Duration::days(7);
    assert_eq!(comment("c1", week).await.unwrap(), 1);
    assert_eq!(comment("c1", week).await.unwrap(), 1);
    assert_eq!(fault(comment("c2", LATE + Duration::days(14)).await), ("", "comments-closed"));
    assert_refused!(comment_summary(store, None, (SLUG, "x"), "c3", week).await, Refused::SignIn);
    assert_eq!(fault(table.write(ann, "x", "o9", week).await), ("", "closed"));
    assert_eq!(fault(archive(store, Some(host), SLUG, week).await), ("", "not-final"));
    assert_eq!(fault(publish(week).await), ("", "no-draft"));
    assert_eq!(save_summary(store, Some(host), SLUG, "Last.", week).await.unwrap(), 2);
    assert_eq!(publish(week).await.unwrap(), 2);
    assert_eq!(fault(save_summary(store, Some(host), SLUG, "More.", week).await), ("", "already-published"));
    assert_eq!(fault(publish(week).await), ("", "already-published"));
    archive(store, Some(host), SLUG, week).await.unwrap();
    assert_eq!(open_question(store, None, SLUG, week).await.unwrap().phase, Phase::Archived);
    for odd in ["javascript:alert(1)", "https://a b"] {
        assert_eq!(fault(done(odd, week).await), ("link", "link-form"));
    }
    assert_eq!(done("https://example.org/report", week).await.unwrap(), 1);
    assert_eq!(done("https://example.org/report", week).await.unwrap(), 1);
    let events = table.stage.events().await;
    assert!(events.contains(&"host publish-summary grace-periods 2".to_owned()), "{events:?}");
    assert_eq!(events.iter().filter(|event| event.contains("follow-up")).count(), 1);
}
