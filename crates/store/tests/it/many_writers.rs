//! Many members at once in one question: numbers without gaps or doubles, and nothing half written.

use crate::discussion::{QUESTION, add_members, begin, post, statement, vote};
use crate::example::NOON;
use crate::place::on_both;
use crate::safety::give_up_after;
use whatworks_domain::forum::Ballot;
use whatworks_store::forum::{Cast, Viewer, Written};

const WRITERS: usize = 8;
const EACH: usize = 30;
const ALL: Viewer<'static> = Viewer { member_id: None, sees_all: true };

#[test]
fn posts_and_votes_of_many_are_numbered_densely() {
    on_both("numbered", &async |place| {
        // Two servers, so that the writers contend through different pools too.
        let stores = [place.open().await, place.open().await];
        add_members(place, WRITERS).await;
        begin(&stores[0]).await;
        stores[0].statements().insert(&statement("m0", "One.", "s1"), NOON).await.unwrap();
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = stores[writer % 2].clone();
                tokio::spawn(async move {
                    let (member, voter) = (format!("m{writer}"), format!("voter{writer}"));
                    for turn in 0..EACH {
                        let once = format!("{writer}-{turn}");
                        let parent = (turn > 0).then_some(1);
                        let new = post(&member, parent, "text", &once);
                        let first = store.posts().insert(&new, NOON).await.unwrap();
                        let again = store.posts().insert(&new, NOON).await.unwrap();
                        let Written::Done(number) = first else { panic!("{first:?}") };
                        assert_eq!(again, Written::Again(number));
                        let ballot = if turn % 2 == 0 { Ballot::Agree } else { Ballot::Disagree };
                        let cast = store.votes().cast(&vote(&voter, 1, ballot, &once), NOON).await.unwrap();
                        assert!(matches!(cast, Cast::Logged(Written::Done(_))), "{cast:?}");
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let all = WRITERS * EACH;
        let thread = stores[1].posts().list_thread(QUESTION, ALL, "", 1_000).await.unwrap();
        let mut numbers: Vec<i64> = thread.posts.iter().map(|post| post.number).collect();
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=i64::try_from(all).unwrap()));
        let log = stores[1].votes().load_log(QUESTION).await.unwrap();
        assert!(log.iter().map(|vote| vote.position).eq(1..=i64::try_from(all).unwrap()));
        let count = stores[1].votes().count(QUESTION).await.unwrap()[0];
        assert_eq!((count.agree, count.disagree), (0, i64::try_from(WRITERS).unwrap()));
        let question = stores[1].questions().find(QUESTION).await.unwrap().unwrap();
        assert_eq!((question.posts, question.votes), (240, 240));
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn the_same_form_sent_many_times_at_once_writes_once() {
    on_both("pressed", &async |place| {
        let store = place.open().await;
        add_members(place, 1).await;
        begin(&store).await;
        let presses: Vec<_> = (0..WRITERS)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    store.posts().insert(&post("m0", None, "text", "once"), NOON).await.unwrap()
                })
            })
            .collect();
        let mut done = 0;
        for press in presses {
            match press.await.unwrap() {
                Written::Done(1) => done += 1,
                Written::Again(1) => {}
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(done, 1);
        store.close().await;
    });
}

#[test]
fn a_post_given_up_midway_leaves_nothing_half() {
    on_both("midway", &async |place| {
        let store = place.open().await;
        add_members(place, 1).await;
        begin(&store).await;
        let mut given_up = 0;
        for round in 1..=3_i64 {
            let once = format!("once {round}");
            for turns in (0..).step_by(5) {
                let written =
                    give_up_after(turns, store.posts().insert(&post("m0", None, "text", &once), NOON)).await;
                let posts = store.posts().list_thread(QUESTION, ALL, "", 100).await.unwrap().posts;
                let count = i64::try_from(posts.len()).unwrap();
                assert!(posts.iter().map(|post| post.number).eq(1..=count));
                if count == round {
                    break;
                }
                assert!(written.is_none());
                given_up += 1;
            }
            // Whoever saw no answer sends the same form again.
            let again = store.posts().insert(&post("m0", None, "text", &once), NOON).await.unwrap();
            assert_eq!(again, Written::Again(round));
        }
        assert!(given_up > 0);
        store.close().await;
    });
}
