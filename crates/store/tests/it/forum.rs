//! What is said, voted and decided in a discussion, from draft to follow-up.

use crate::discussion::{FREE, QUESTION, add_members, begin, nothing, plan, post, statement, vote, write};
use crate::example::{EVENING, NOON};
use crate::place::on_both;
use time::Duration;
use whatworks_domain::forum::{
    Ballot, Day, EvidenceKind, PassReason, PostStatus, Reason, Reasoned, StatementStatus, Subject, Theme,
};
use whatworks_domain::member::Trust;
use whatworks_store::forum::{
    AppealOutcome, Cast, Mark, NewAppeal, NewClaim, NewPost, NewQuestion, NewRemark, Rate, Reassessed,
    Revised, Reworded, Viewer, Written,
};
use whatworks_store::{Consequences, NewAudit, StoreError};

fn reasoned(reason: Reason, words: &str) -> Reasoned {
    Reasoned { reason, words: words.into() }
}

const NOBODY: Viewer<'static> = Viewer { member_id: None, sees_all: false };
const FACILITATOR: Viewer<'static> = Viewer { member_id: Some("m0"), sees_all: true };

#[test]
fn a_question_is_kept_as_it_was_given() {
    on_both("question", &async |place| {
        let store = place.open().await;
        add_members(place, 3).await;
        begin(&store).await;
        begin(&store).await;
        let questions = store.questions();
        let found = questions.find(QUESTION).await.unwrap().unwrap();
        assert_eq!((found.title.as_str(), &found.plan), ("Do grace periods help?", &plan()));
        assert_eq!((found.posts, found.statements, found.votes), (0, 0, 0));
        assert_eq!(found.marks.scheduled_at, None);
        let plan = plan();
        let other = NewQuestion {
            slug: QUESTION,
            title: "Another?",
            background: "b",
            house_rules: "h",
            language: "fr",
            plan: &plan,
            roster_limit: Some(40),
            created_by: "m1",
        };
        let refused = questions.insert_draft(&other, &nothing(), NOON).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
        questions.change_words(&other, &nothing(), NOON).await.unwrap();
        let days = vec![
            Day { held_on: plan.opens_on, theme: Theme::Facts, prompt: "What is known?".into() },
            Day { held_on: plan.closes_on, theme: Theme::Summary, prompt: String::new() },
        ];
        questions.change_plan(QUESTION, &plan, &days, &nothing(), NOON).await.unwrap();
        assert_eq!(questions.list_days(QUESTION).await.unwrap(), days);
        questions.change_plan(QUESTION, &plan, &days[1..], &nothing(), NOON).await.unwrap();
        assert_eq!(questions.list_days(QUESTION).await.unwrap(), days[1..]);
        let found = questions.find(QUESTION).await.unwrap().unwrap();
        assert_eq!((found.roster_limit, found.language.as_str()), (Some(40), "fr"));

        assert!(questions.remove_facilitator(QUESTION, "m0", &nothing(), NOON).await.unwrap());
        questions.set_facilitator(QUESTION, "m1", "mornings", &nothing(), NOON).await.unwrap();
        questions.set_facilitator(QUESTION, "m1", "evenings", &nothing(), NOON).await.unwrap();
        assert!(!questions.remove_facilitator(QUESTION, "m0", &nothing(), NOON).await.unwrap());
        let who = questions.list_facilitators(QUESTION).await.unwrap();
        assert_eq!((who.len(), who[0].name.as_str(), who[0].shift.as_str()), (1, "Member 1", "evenings"));
        assert!(questions.is_facilitator(QUESTION, "m1").await.unwrap());
        assert!(!questions.is_facilitator(QUESTION, "m0").await.unwrap());

        for target in ["a~b~c~ITT", "d~e~f~ITT", "a~b~c~ITT"] {
            questions
                .attach(QUESTION, EvidenceKind::Synthesis, target, "m1", &nothing(), NOON)
                .await
                .unwrap();
        }
        questions.detach(QUESTION, 1, &nothing(), NOON).await.unwrap();
        let evidence = questions.list_evidence(QUESTION).await.unwrap();
        assert_eq!((evidence.len(), evidence[0].number, evidence[0].target.as_str()), (1, 2, "d~e~f~ITT"));

        assert!(questions.list(false).await.unwrap().is_empty());
        assert_eq!(questions.list(true).await.unwrap().len(), 1);
        assert_eq!(questions.list_facilitated("m1").await.unwrap().len(), 1);
        questions.mark(QUESTION, Mark::Scheduled, &nothing(), NOON).await.unwrap();
        questions.mark(QUESTION, Mark::Scheduled, &nothing(), EVENING).await.unwrap();
        let on_table = questions.list_with_evidence(EvidenceKind::Synthesis, "d~e~f~ITT").await.unwrap();
        assert_eq!(on_table.len(), 1);
        let marked = questions.list(false).await.unwrap()[0].marks.scheduled_at.unwrap();
        assert!((NOON - marked).abs() < Duration::seconds(1), "{marked}");
        let lost = questions.mark("nowhere", Mark::Archived, &nothing(), NOON).await.unwrap_err();
        assert!(matches!(lost, StoreError::Conflict { .. }));
        store.close().await;
    });
}

#[test]
fn a_thread_reads_in_its_order_and_hides_what_is_not_shown() {
    on_both("thread", &async |place| {
        let store = place.open().await;
        add_members(place, 3).await;
        begin(&store).await;
        let posts = store.posts();
        let first = write(&store, post("m1", None, "first", "o1"), NOON).await;
        let second = write(&store, post("m2", None, "second", "o2"), NOON).await;
        let answer = write(&store, post("m2", Some(first), "answer", "o3"), NOON).await;
        let held = NewPost { status: PostStatus::Held, ..post("m1", Some(answer), "held", "o4") };
        let held = write(&store, held, NOON).await;
        assert_eq!((first, second, answer, held), (1, 2, 3, 4));
        let again = posts.insert(&post("m2", Some(first), "answer", "o3"), EVENING).await.unwrap();
        assert_eq!(again, Written::Again(3));
        let stolen = posts.insert(&post("m1", None, "other", "o3"), EVENING).await.unwrap_err();
        assert!(matches!(stolen, StoreError::Conflict { .. }));
        let orphan = posts.insert(&post("m1", Some(99), "orphan", "o5"), EVENING).await.unwrap_err();
        assert!(matches!(orphan, StoreError::Conflict { .. }));

        let numbers = async |viewer, after: &str, most| {
            let thread = posts.list_thread(QUESTION, viewer, after, most).await.unwrap();
            (thread.posts.iter().map(|post| post.number).collect::<Vec<_>>(), thread.next)
        };
        assert_eq!(numbers(NOBODY, "", 9).await, (vec![1, 3, 2], None));
        assert_eq!(numbers(FACILITATOR, "", 9).await.0, [1, 3, 4, 2]);
        assert_eq!(numbers(Viewer { member_id: Some("m1"), sees_all: false }, "", 9).await.0, [1, 3, 4, 2]);
        let (page, next) = numbers(NOBODY, "", 2).await;
        assert_eq!(page, [1, 3]);
        assert_eq!(numbers(NOBODY, &next.unwrap(), 2).await, (vec![2], None));
        let last = posts.find(QUESTION, second).await.unwrap().unwrap();
        assert_eq!(posts.count_before(QUESTION, &last.path, NOBODY).await.unwrap(), 2);

        let whole = posts.find(QUESTION, answer).await.unwrap().unwrap();
        assert_eq!((whole.depth(), whole.replies, whole.author.as_str()), (1, 0, "Member 2"));
        let down = (PostStatus::Shown, PostStatus::Removed);
        let why = reasoned(Reason::Promotion, "an advertisement");
        assert!(posts.decide((QUESTION, second), down, &why, "m0", &nothing(), EVENING).await.unwrap());
        assert!(!posts.decide((QUESTION, second), down, &why, "m0", &nothing(), EVENING).await.unwrap());
        let seen = posts.list_thread(QUESTION, NOBODY, "", 9).await.unwrap().posts;
        assert_eq!((seen[2].body.as_str(), seen[2].reasoned()), ("", Some(why)));
        let own = Viewer { member_id: Some("m2"), sees_all: false };
        assert_eq!(posts.list_thread(QUESTION, own, "", 9).await.unwrap().posts[3 - 1].body, "second");

        assert_eq!(posts.revise(QUESTION, first, "First.", false, EVENING).await.unwrap(), Revised::Done(2));
        assert_eq!(
            posts.revise(QUESTION, first, "First.", false, EVENING).await.unwrap(),
            Revised::Unchanged
        );
        assert_eq!(posts.revise(QUESTION, second, "more", false, EVENING).await.unwrap(), Revised::Closed);
        let wordings = posts.list_revisions(QUESTION, first).await.unwrap();
        assert_eq!(wordings.iter().map(|one| one.body.as_str()).collect::<Vec<_>>(), ["first", "First."]);
        posts.withdraw(QUESTION, first, "m2", EVENING).await.unwrap();
        assert_eq!(posts.find(QUESTION, first).await.unwrap().unwrap().body, "First.");
        posts.withdraw(QUESTION, first, "m1", EVENING).await.unwrap();
        let wordings = posts.list_revisions(QUESTION, first).await.unwrap();
        assert!(wordings.iter().all(|one| one.body.is_empty()));
        assert_eq!(posts.list_by_member("m2", 9).await.unwrap().len(), 2);
        assert_eq!(posts.list_newest(QUESTION, 9).await.unwrap().len(), 1);
        store.close().await;
    });
}

#[test]
fn often_is_counted_where_it_is_written() {
    on_both("often", &async |place| {
        let store = place.open().await;
        add_members(place, 2).await;
        begin(&store).await;
        let rate = Rate { most: 1, within: Duration::seconds(5) };
        let with = |once| NewPost { rate, ..post("m1", None, "text", once) };
        let at = |seconds| NOON + Duration::seconds(seconds);
        assert_eq!(store.posts().insert(&with("a"), at(0)).await.unwrap(), Written::Done(1));
        assert_eq!(store.posts().insert(&with("b"), at(3)).await.unwrap(), Written::TooOften(2));
        assert_eq!(store.posts().insert(&with("a"), at(3)).await.unwrap(), Written::Again(1));
        assert_eq!(store.posts().insert(&with("b"), at(5)).await.unwrap(), Written::Done(2));
        store.statements().insert(&statement("m1", "One.", "s"), NOON).await.unwrap();
        let most = Rate { most: 2, within: Duration::seconds(60) };
        for (once, seconds, expected) in
            [("v1", 0, None), ("v2", 1, None), ("v3", 2, Some(58)), ("v3", 60, None)]
        {
            let mut vote = vote("x", 1, Ballot::Agree, once);
            vote.rate = most;
            let cast = store.votes().cast(&vote, at(seconds)).await.unwrap();
            match expected {
                Some(wait) => assert_eq!(cast, Cast::Logged(Written::TooOften(wait))),
                None => assert!(matches!(cast, Cast::Logged(Written::Done(_))), "{cast:?}"),
            }
        }
        store.close().await;
    });
}

#[test]
fn flags_appeals_and_trust_go_together() {
    on_both("flags", &async |place| {
        let store = place.open().await;
        add_members(place, 5).await;
        begin(&store).await;
        let (posts, moderation) = (store.posts(), store.moderation());
        let history = async || store.standings().find("m1", EVENING).await.unwrap().unwrap();
        assert_eq!(history().await.trust(), Trust::New);
        write(&store, NewPost { status: PostStatus::Held, ..post("m1", None, "bad", "o1") }, NOON).await;
        let queue = moderation.list_queue(Some("m0")).await.unwrap();
        assert_eq!((queue.len(), queue.posts[0].body.as_str()), (1, "bad"));
        assert!(moderation.list_queue(Some("m1")).await.unwrap().is_empty());
        assert_eq!(moderation.list_queue(None).await.unwrap().len(), 1);
        let audit = NewAudit {
            actor: "m0".into(),
            event: "decide-post".into(),
            object: "grace-periods/1".into(),
            detail: "fine".into(),
        };
        let also = Consequences { audit: vec![audit], ..nothing() };
        let up = (PostStatus::Held, PostStatus::Shown);
        let fine = reasoned(Reason::Fine, "");
        assert!(posts.decide((QUESTION, 1), up, &fine, "m0", &also, NOON).await.unwrap());
        assert!(!posts.decide((QUESTION, 1), up, &fine, "m0", &also, NOON).await.unwrap());
        assert_eq!(store.audit().verify().await.unwrap().rows, 1);
        assert_eq!(history().await.trust(), Trust::Known);

        let insult = reasoned(Reason::Insult, "line two");
        for member in ["m2", "m3"] {
            assert_eq!(
                posts.flag((QUESTION, 1), member, &insult, FREE, NOON).await.unwrap(),
                Written::Done(1)
            );
        }
        assert_eq!(posts.flag((QUESTION, 1), "m2", &insult, FREE, NOON).await.unwrap(), Written::Again(1));
        let flagged = moderation.list_queue(None).await.unwrap().flags;
        assert_eq!((flagged.len(), flagged[0].reasons.len()), (1, 2));
        assert_eq!(
            posts.decide_flags((QUESTION, 1), true, &insult, "m0", &nothing(), EVENING).await.unwrap(),
            2
        );
        assert_eq!(
            posts.decide_flags((QUESTION, 1), true, &insult, "m0", &nothing(), EVENING).await.unwrap(),
            0
        );
        assert_eq!(posts.find(QUESTION, 1).await.unwrap().unwrap().status, PostStatus::Removed);
        let trust = history().await.history;
        assert_eq!((trust.approved_posts, trust.upheld_flags, trust.upheld_flags_lately), (0, 1, 1));
        let later = store.standings().find("m1", EVENING + Duration::days(91)).await.unwrap().unwrap();
        assert_eq!((later.history.upheld_flags, later.history.upheld_flags_lately), (1, 0));

        let appeal = NewAppeal {
            appeal_id: "a1",
            slug: QUESTION,
            kind: Subject::Post,
            number: 1,
            member_id: "m1",
            body: "It was a quotation.",
        };
        assert_eq!(moderation.insert_appeal(&appeal, EVENING).await.unwrap(), AppealOutcome::Done);
        let twice = NewAppeal { appeal_id: "a2", ..appeal };
        assert_eq!(moderation.insert_appeal(&twice, EVENING).await.unwrap(), AppealOutcome::Unchanged);
        let stored = moderation.find_appeal("a1").await.unwrap().unwrap();
        assert_eq!(moderation.list_queue(Some("m0")).await.unwrap().appeals, std::slice::from_ref(&stored));
        for expected in [AppealOutcome::Done, AppealOutcome::Unchanged] {
            let outcome =
                moderation.decide_appeal(&stored, true, "Yes.", "m4", &nothing(), EVENING).await.unwrap();
            assert_eq!(outcome, expected);
        }
        assert_eq!(posts.find(QUESTION, 1).await.unwrap().unwrap().status, PostStatus::Shown);
        assert_eq!(moderation.list_appeals("m1").await.unwrap()[0].is_upheld, Some(true));
        assert!(moderation.list_queue(None).await.unwrap().is_empty());
        store.close().await;
    });
}

#[test]
fn a_statement_with_votes_is_replaced_and_one_without_edited() {
    on_both("reword", &async |place| {
        let store = place.open().await;
        add_members(place, 2).await;
        begin(&store).await;
        let statements = store.statements();
        assert_eq!(statements.insert(&statement("m1", "One.", "s1"), NOON).await.unwrap(), Written::Done(1));
        assert_eq!(statements.insert(&statement("m1", "One.", "s1"), NOON).await.unwrap(), Written::Again(1));
        let reword = async |number, body: &str, once: &str| {
            statements.reword((QUESTION, number), body, once, &nothing(), EVENING).await.unwrap()
        };
        assert_eq!(reword(1, "One!", "r1").await, Reworded::Edited);
        assert_eq!(reword(1, "One!", "r2").await, Reworded::Unchanged);
        let cast = store.votes().cast(&vote("x", 1, Ballot::Agree, "v1"), NOON).await.unwrap();
        assert_eq!(cast, Cast::Logged(Written::Done(1)));
        assert_eq!(reword(1, "Two.", "r3").await, Reworded::Replaced(2));
        assert_eq!(reword(1, "Two.", "r3").await, Reworded::Replaced(2));
        assert_eq!(reword(1, "Three.", "r4").await, Reworded::Closed);
        let all = statements.list(QUESTION).await.unwrap();
        assert_eq!((all[0].status, all[0].replaced_by), (StatementStatus::Replaced, Some(2)));
        assert_eq!(
            (all[1].status, all[1].replaces, all[1].body.as_str()),
            (StatementStatus::Shown, Some(1), "Two.")
        );
        let cast = store.votes().cast(&vote("x", 1, Ballot::Agree, "v2"), NOON).await.unwrap();
        assert_eq!(cast, Cast::NotShown);
        let cast = store.votes().cast(&vote("x", 9, Ballot::Agree, "v3"), NOON).await.unwrap();
        assert_eq!(cast, Cast::NotShown);
        let out = (StatementStatus::Shown, StatementStatus::Out);
        let why = reasoned(Reason::TwoIdeas, "");
        assert!(statements.decide((QUESTION, 2), out, &why, "m0", &nothing(), EVENING).await.unwrap());
        assert_eq!(statements.find(QUESTION, 2).await.unwrap().unwrap().reasoned(), Some(why));
        store.close().await;
    });
}

#[test]
fn the_last_vote_counts_and_the_log_keeps_all() {
    on_both("votes", &async |place| {
        let store = place.open().await;
        add_members(place, 2).await;
        begin(&store).await;
        for (number, once) in [(1, "s1"), (2, "s2")] {
            let added = store.statements().insert(&statement("m1", "One.", once), NOON).await.unwrap();
            assert_eq!(added, Written::Done(number));
        }
        let cast = async |voter: &str, statement, ballot, once: &str| {
            store.votes().cast(&vote(voter, statement, ballot, once), NOON).await.unwrap()
        };
        let pass = Ballot::Pass;
        assert_eq!(cast("x", 1, Ballot::Agree, "v1").await, Cast::Logged(Written::Done(1)));
        assert_eq!(cast("y", 1, pass(PassReason::Unclear), "v2").await, Cast::Logged(Written::Done(2)));
        assert_eq!(cast("x", 2, pass(PassReason::NotMyField), "v3").await, Cast::Logged(Written::Done(3)));
        assert_eq!(cast("x", 1, Ballot::Disagree, "v4").await, Cast::Logged(Written::Done(4)));
        assert_eq!(cast("x", 1, Ballot::Disagree, "v4").await, Cast::Logged(Written::Again(4)));
        let stolen = store.votes().cast(&vote("y", 1, Ballot::Agree, "v4"), NOON).await.unwrap_err();
        assert!(matches!(stolen, StoreError::Conflict { .. }));
        let ballots = store.votes().list_ballots(QUESTION, "x").await.unwrap();
        assert_eq!(
            ballots.into_iter().collect::<Vec<_>>(),
            [(1, Ballot::Disagree), (2, pass(PassReason::NotMyField))]
        );
        let log = store.votes().load_log(QUESTION).await.unwrap();
        assert_eq!(log.iter().map(|one| one.position).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let counts = store.votes().count(QUESTION).await.unwrap();
        let first = counts[0];
        assert_eq!((first.agree, first.disagree, first.unclear, first.seen()), (0, 1, 1, 2));
        assert_eq!((counts[1].statement, counts[1].not_my_field, counts[1].seen()), (2, 1, 0));
        assert_eq!(store.votes().count_voters(QUESTION).await.unwrap(), 2);
        let voters = store.votes().list_voters(QUESTION).await.unwrap();
        assert_eq!((voters[0].voter.as_str(), voters[0].region.as_str()), ("x", "sub-saharan-africa"));

        let opinions = store.opinions();
        assert_eq!(opinions.list_behind().await.unwrap(), [QUESTION]);
        assert!(opinions.save(QUESTION, "head4", 4, "{}", NOON).await.unwrap());
        assert!(!opinions.save(QUESTION, "head3", 3, "{}", EVENING).await.unwrap());
        assert_eq!(opinions.find(QUESTION).await.unwrap().unwrap().vote_log_head, "head4");
        assert!(opinions.list_behind().await.unwrap().is_empty());
        store.close().await;
    });
}

#[test]
fn a_summary_is_drafted_published_commented_and_followed_up() {
    on_both("summary", &async |place| {
        let store = place.open().await;
        add_members(place, 2).await;
        begin(&store).await;
        let summaries = store.summaries();
        assert!(!summaries.publish(QUESTION, 1, &nothing(), NOON).await.unwrap());
        assert!(summaries.save(QUESTION, 1, "draft", "m0", NOON).await.unwrap());
        assert!(summaries.save(QUESTION, 1, "better", "m0", NOON).await.unwrap());
        assert!(summaries.publish(QUESTION, 1, &nothing(), EVENING).await.unwrap());
        assert!(!summaries.publish(QUESTION, 1, &nothing(), EVENING).await.unwrap());
        assert!(!summaries.save(QUESTION, 1, "too late", "m0", EVENING).await.unwrap());
        assert_eq!(summaries.list(QUESTION).await.unwrap()[0].body, "better");
        assert!(summaries.save(QUESTION, 2, "final", "m0", EVENING).await.unwrap());
        assert!(summaries.publish(QUESTION, 2, &nothing(), EVENING).await.unwrap());
        let marks = store.questions().find(QUESTION).await.unwrap().unwrap().marks;
        assert_eq!((marks.published_at, marks.final_at), (Some(EVENING), Some(EVENING)));
        let remark = |body, once| NewRemark { slug: QUESTION, member_id: "m1", body, once };
        let comments =
            async |body, once| summaries.insert_comment(&remark(body, once), FREE, NOON).await.unwrap();
        assert_eq!(comments("Well said.", "c1").await, Written::Done(1));
        assert_eq!(comments("Well said.", "c1").await, Written::Again(1));
        assert_eq!(comments("And more.", "c2").await, Written::Done(2));
        assert_eq!(summaries.list_comments(QUESTION).await.unwrap().len(), 2);
        for expected in [Written::Done(1), Written::Again(1)] {
            let done = remark("Three institutions changed.", "f1");
            let outcome =
                summaries.insert_follow_up(&done, "https://example.org", &nothing(), NOON).await.unwrap();
            assert_eq!(outcome, expected);
        }
        assert_eq!(summaries.list_follow_ups(QUESTION).await.unwrap()[0].link, "https://example.org");
        store.close().await;
    });
}

#[test]
fn a_claim_moves_once_however_often_it_is_held_against_the_evidence() {
    on_both("claims", &async |place| {
        let store = place.open().await;
        add_members(place, 2).await;
        let claims = store.claims();
        let says = |certainty, version| Reassessed {
            certainty,
            direction: "better",
            is_divergent: false,
            evidence_version: version,
            evidence_digest: "d",
        };
        let rests_on = ["a~b~c~ITT".to_owned(), "a~b~d~ITT".to_owned()];
        let claim = NewClaim {
            claim_id: "c1",
            sentence: "Grace periods raise profits.",
            language: "en",
            asserts: "better",
            rests_on: &rests_on,
            now_says: says("low", 3),
            stated_by: "m0",
        };
        claims.save(&claim, &nothing(), NOON).await.unwrap();
        claims.save(&NewClaim { rests_on: &rests_on[1..], ..claim }, &nothing(), NOON).await.unwrap();
        let stored = claims.find("c1").await.unwrap().unwrap();
        assert_eq!((stored.rests_on.len(), stored.certainty.as_str()), (1, "low"));
        claims.watch("c1", "m1", true, NOON).await.unwrap();
        claims.watch("c1", "m1", true, NOON).await.unwrap();
        assert_eq!(claims.list_watchers("c1").await.unwrap()[0].email, "m1@example.org");
        let change = Some(("low", "moderate"));
        let older = claims.reassess(&stored, says("moderate", 2), change, &nothing(), EVENING).await.unwrap();
        assert!(!older);
        assert!(claims.reassess(&stored, says("moderate", 4), change, &nothing(), EVENING).await.unwrap());
        assert!(!claims.reassess(&stored, says("moderate", 4), change, &nothing(), EVENING).await.unwrap());
        let changes = claims.list_changes("c1").await.unwrap();
        assert_eq!((changes.len(), changes[0].after.as_str()), (1, "moderate"));
        claims.watch("c1", "m1", false, EVENING).await.unwrap();
        assert!(!claims.is_watched("c1", "m1").await.unwrap());
        assert_eq!(claims.list().await.unwrap()[0].evidence_version, 4);
        store.close().await;
    });
}

#[test]
fn the_board_counts_writers_and_what_nobody_answered() {
    on_both("board", &async |place| {
        let store = place.open().await;
        add_members(place, 4).await;
        begin(&store).await;
        write(&store, post("m1", None, "asked", "o1"), NOON).await;
        write(&store, post("m1", Some(1), "asked again?", "o2"), NOON).await;
        write(&store, post("m2", None, "answered", "o3"), NOON).await;
        write(&store, post("m1", Some(3), "the answer", "o4"), EVENING).await;
        let board = store.questions().load_board(QUESTION, EVENING).await.unwrap();
        let posts: Vec<(&str, i64)> =
            board.writers.iter().map(|writer| (writer.member_id.as_str(), writer.posts)).collect();
        assert_eq!(posts, [("m1", 3), ("m2", 1), ("m0", 0), ("m3", 0)]);
        assert_eq!(board.unanswered.iter().map(|post| post.number).collect::<Vec<_>>(), [1, 2]);
        store.close().await;
    });
}
