//! Mail and jobs: let in once, held by one at a time, never lost.

use crate::example::{EVENING, NOON};
use crate::place::on_both;
use std::collections::BTreeMap;
use time::Duration;
use whatworks_store::{NewJob, NewMail, Store};

const LEASE: Duration = Duration::minutes(5);

fn mail(number: u32) -> NewMail {
    NewMail {
        mail_id: format!("mail{number:04}"),
        once: format!("once {number}"),
        member_id: None,
        address: format!("m{number}@example.org"),
        kind: "sign-in".into(),
        language: "fr".into(),
        body: r#"{"code":"012345"}"#.into(),
        is_urgent: false,
    }
}

fn job(number: u32) -> NewJob {
    NewJob {
        job_id: format!("job{number:04}"),
        once: format!("digest/{number}"),
        kind: "digest".into(),
        body: number.to_string(),
        run_at: NOON + Duration::seconds(i64::from(number)),
    }
}

#[test]
fn a_mail_waits_is_held_and_sent_once() {
    on_both("outbox", &async |place| {
        let store = place.open().await;
        let outbox = store.outbox();
        for number in [1, 2, 1] {
            outbox.enqueue(&mail(number), NOON).await.unwrap();
        }
        let again = NewMail { mail_id: "other".into(), ..mail(2) };
        outbox.enqueue(&again, NOON).await.unwrap();
        let urgent = NewMail { is_urgent: true, ..mail(3) };
        outbox.enqueue(&urgent, NOON + Duration::SECOND).await.unwrap();
        let counts = outbox.count().await.unwrap();
        assert_eq!((counts.waiting, counts.sent, counts.refused), (3, 0, 0));
        assert_eq!(counts.oldest_waiting, Some(NOON.replace_nanosecond(0).unwrap()));

        assert_eq!(outbox.claim_due(9, LEASE, NOON - Duration::SECOND).await.unwrap(), []);
        let held = outbox.claim_due(2, LEASE, EVENING).await.unwrap();
        assert_eq!(held.iter().map(|mail| &*mail.mail_id).collect::<Vec<_>>(), ["mail0003", "mail0001"]);
        assert_eq!((held[1].tries, &*held[1].language, &*held[1].address), (1, "fr", "m1@example.org"));
        let rest = outbox.claim_due(9, LEASE, EVENING).await.unwrap();
        assert_eq!(rest.iter().map(|mail| &*mail.mail_id).collect::<Vec<_>>(), ["mail0002"]);

        outbox.mark_sent(&held[0], EVENING).await.unwrap();
        outbox.try_later(&held[1], EVENING + Duration::hours(1), "451 later").await.unwrap();
        outbox.mark_refused(&rest[0], "550 nobody here", EVENING).await.unwrap();
        let counts = outbox.count().await.unwrap();
        assert_eq!((counts.waiting, counts.sent, counts.refused), (1, 1, 1));
        let kept = "select mail_id || '|' || address || '|' || body || '|' || last_error from outgoing_mail order by mail_id";
        assert_eq!(
            place.list(kept).await,
            [
                "mail0001|m1@example.org|{\"code\":\"012345\"}|451 later",
                "mail0002|m2@example.org||550 nobody here",
                "mail0003|||"
            ]
        );
        // What was sent is not let in again.
        outbox.enqueue(&urgent, EVENING).await.unwrap();
        assert_eq!(outbox.claim_due(9, LEASE, EVENING + Duration::minutes(59)).await.unwrap(), []);
        assert_eq!(outbox.claim_due(9, LEASE, EVENING + Duration::hours(1)).await.unwrap()[0].tries, 2);
        assert_eq!(outbox.forget_before(EVENING + Duration::SECOND).await.unwrap(), 2);
        store.close().await;
    });
}

#[test]
fn a_sender_that_died_loses_nothing_and_undoes_nothing() {
    on_both("outbox_lease", &async |place| {
        let store = place.open().await;
        let outbox = store.outbox();
        outbox.enqueue(&mail(1), NOON).await.unwrap();
        let first = outbox.claim_due(1, LEASE, NOON).await.unwrap();
        assert_eq!(outbox.claim_due(1, LEASE, NOON + LEASE - Duration::SECOND).await.unwrap(), []);
        let second = outbox.claim_due(1, LEASE, NOON + LEASE).await.unwrap();
        assert_eq!((second[0].mail_id.clone(), second[0].tries), (first[0].mail_id.clone(), 2));
        // The first wakes up: it neither puts back nor refuses what the second holds.
        outbox.try_later(&first[0], NOON, "late").await.unwrap();
        outbox.mark_refused(&first[0], "late", NOON).await.unwrap();
        assert_eq!(outbox.claim_due(1, LEASE, NOON + LEASE).await.unwrap(), []);
        outbox.mark_sent(&second[0], EVENING).await.unwrap();
        assert_eq!(outbox.count().await.unwrap().sent, 1);
        store.close().await;
    });
}

#[test]
fn many_senders_never_hold_one_mail() {
    on_both("outbox_senders", &async |place| {
        const MAILS: u32 = 120;
        let stores = [place.open().await, place.open().await];
        for number in 0..MAILS {
            stores[0].outbox().enqueue(&mail(number), NOON).await.unwrap();
        }
        let senders: Vec<_> = (0..6_usize)
            .map(|sender| {
                let store = stores[sender % 2].clone();
                tokio::spawn(async move { drain(&store).await })
            })
            .collect();
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        for sender in senders {
            for mail_id in sender.await.unwrap() {
                *times.entry(mail_id).or_default() += 1;
            }
        }
        assert_eq!(times.len(), MAILS as usize);
        assert!(times.values().all(|times| *times == 1), "{times:?}");
        for store in stores {
            store.close().await;
        }
    });
}

/// Sends until nothing is due, and says what was sent.
async fn drain(store: &Store) -> Vec<String> {
    let mut sent = Vec::new();
    loop {
        let due = store.outbox().claim_due(7, LEASE, EVENING).await.unwrap();
        if due.is_empty() {
            return sent;
        }
        for mail in due {
            store.outbox().mark_sent(&mail, EVENING).await.unwrap();
            sent.push(mail.mail_id);
        }
    }
}

#[test]
fn a_job_is_let_in_once_held_by_one_and_tried_again() {
    on_both("jobs", &async |place| {
        let stores = [place.open().await, place.open().await];
        let jobs = stores[0].jobs();
        for number in [3, 1, 2, 1] {
            jobs.enqueue(&job(number), NOON).await.unwrap();
        }
        let early = jobs.claim_due(9, LEASE, NOON + Duration::seconds(2)).await.unwrap();
        assert_eq!(early.iter().map(|job| &*job.body).collect::<Vec<_>>(), ["1", "2"]);
        let other = stores[1].jobs().claim_due(9, LEASE, NOON + Duration::seconds(3)).await.unwrap();
        assert_eq!(other.iter().map(|job| &*job.body).collect::<Vec<_>>(), ["3"]);

        jobs.mark_done(&early[0], EVENING).await.unwrap();
        jobs.try_later(&early[1], EVENING, "no room").await.unwrap();
        stores[1].jobs().give_up(&other[0], "", EVENING).await.unwrap();
        let counts = jobs.count().await.unwrap();
        assert_eq!((counts.waiting, counts.done, counts.failed), (1, 1, 1));
        assert_eq!(counts.oldest_due, Some(EVENING));
        // Done is done, whoever asks for it again.
        jobs.enqueue(&job(1), EVENING).await.unwrap();
        let again = jobs.claim_due(9, LEASE, EVENING).await.unwrap();
        assert_eq!((again.len(), &*again[0].body, again[0].tries), (1, "2", 2));
        // A server that lost its lease ends nothing.
        let taken = stores[1].jobs().claim_due(9, LEASE, EVENING + LEASE).await.unwrap();
        jobs.mark_done(&again[0], EVENING).await.unwrap();
        assert_eq!(jobs.count().await.unwrap().waiting, 1);
        stores[1].jobs().mark_done(&taken[0], EVENING + LEASE).await.unwrap();
        let counts = jobs.count().await.unwrap();
        assert_eq!((counts.waiting, counts.done, counts.failed), (0, 2, 1));
        assert_eq!(jobs.forget_before(EVENING + Duration::SECOND).await.unwrap(), 2);
        for store in stores {
            store.close().await;
        }
    });
}
