//! Being forgotten: what goes, what stays, and a log of votes without a gap.

use crate::example::{EVENING, NOON};
use crate::people::{join, none, session, some};
use crate::place::on_both;
use time::Duration;
use whatworks_store::{BallotOf, EraseOutcome, ErasureEntry, NewMail, Opening};

const LIFE: &str = "
insert into question (slug, title, background, house_rules, language, opens_on, votes_on, closes_on, created_by,
    created_at, next_post, next_statement, next_vote)
    values ('q', 'Why?', '', '', 'en', '2026-03-01', '2026-03-02', '2026-03-03', 'b', '2026-03-01T12:00:00Z', 2, 2, 6),
           ('old', 'Why?', '', '', 'en', '2026-01-01', '2026-01-02', '2026-01-03', 'b', '2026-01-01T12:00:00Z', 1, 2, 2);
insert into post (slug, number, path, member_id, status, channel, language, once, written_at, reason)
    values ('q', 1, '000001', 'a', 'shown', 'web', 'en', 'p1', '2026-03-01T12:00:00Z', '');
insert into post_revision values ('q', 1, 1, 'I saw it', '2026-03-01T12:00:00Z');
insert into statement (slug, number, body, language, member_id, is_seed, status, reason, once, written_at)
    values ('q', 1, 'Fees hurt', 'en', 'a', false, 'shown', '', 's1', '2026-03-01T12:00:00Z'),
           ('old', 1, 'Fees hurt', 'en', 'b', false, 'shown', '', 's2', '2026-01-01T12:00:00Z');
insert into voter values ('q', 'va', '', '', false, '', '2026-03-01T12:00:00Z'),
    ('q', 'vb', '', '', false, '', '2026-03-01T12:00:00Z'), ('old', 'va', '', '', false, '', '2026-01-01T12:00:00Z');
insert into vote values
    ('q', 1, 'vb', 1, 'agree', '', 'web', 'v1', '2026-03-01T12:00:01Z'),
    ('q', 2, 'va', 1, 'agree', '', 'web', 'v2', '2026-03-01T12:00:02Z'),
    ('q', 3, 'vb', 1, 'pass', 'unclear', 'web', 'v3', '2026-03-01T12:00:03Z'),
    ('q', 4, 'va', 1, 'disagree', '', 'web', 'v4', '2026-03-01T12:00:04Z'),
    ('q', 5, 'vb', 1, 'agree', '', 'mail', 'v5', '2026-03-01T12:00:05Z'),
    ('old', 1, 'va', 1, 'agree', '', 'web', 'v6', '2026-01-01T12:00:00Z');
insert into opinion values ('q', 'head', 5, '{}', '2026-03-01T12:00:00Z'), ('old', 'head', 1, '{}', '2026-01-01T12:00:00Z');
";

fn ballot(slug: &str) -> BallotOf {
    BallotOf { slug: slug.into(), voter: "va".into() }
}

#[test]
fn what_names_a_member_goes_and_the_rest_keeps_its_sense() {
    on_both("erasure", &async |place| {
        let store = place.open().await;
        join(&store, "a").await;
        join(&store, "b").await;
        place.run(LIFE).await;
        store.sessions().begin(&session("s", "a"), &[], None, &none(), NOON).await.unwrap();
        store.credentials().insert_passkey("a", "key", "phone", "body", &none(), NOON).await.unwrap();
        store.credentials().set_password("a", "phc", "s", &none(), NOON).await.unwrap();
        store.credentials().insert_one_time_secret("a", "secret").await.unwrap();
        let mail = |id: &str, member: Option<&str>, address: &str| NewMail {
            mail_id: id.into(),
            once: id.into(),
            member_id: member.map(str::to_owned),
            address: address.into(),
            kind: "digest".into(),
            language: "en".into(),
            body: "{}".into(),
            is_urgent: false,
        };
        store.outbox().enqueue(&mail("m1", Some("a"), "a@example.org"), NOON).await.unwrap();
        let sent = store.outbox().claim_due(1, Duration::MINUTE, NOON).await.unwrap();
        store.outbox().mark_sent(&sent[0], NOON).await.unwrap();
        for waiting in [
            mail("m2", Some("a"), "a@example.org"),
            mail("m3", None, "a@example.org"),
            mail("m4", Some("b"), "b@example.org"),
        ] {
            store.outbox().enqueue(&waiting, NOON).await.unwrap();
        }

        let taken = store.take_out("a", &[ballot("old"), ballot("q")]).await.unwrap().unwrap();
        let votes: Vec<_> = taken.votes.iter().map(|vote| (&*vote.slug, &*vote.value)).collect();
        assert_eq!(votes, [("old", "agree"), ("q", "agree"), ("q", "disagree")]);
        assert_eq!((taken.posts.len(), &*taken.posts[0].body, taken.statements.len()), (1, "I saw it", 1));
        assert_eq!((taken.passkeys.len(), taken.mail.len()), (1, 2));

        let entry = ErasureEntry::new("a", "salt", EVENING);
        let erased =
            store.erasures().erase("a", &entry, &[ballot("q")], &some("erased"), EVENING).await.unwrap();
        assert_eq!(erased, EraseOutcome::Erased);
        let again =
            store.erasures().erase("a", &entry, &[ballot("q")], &some("again"), EVENING).await.unwrap();
        assert_eq!(again, EraseOutcome::Missing);

        // Every table with a member in it, and every text that could hold an address.
        for (table, left) in [
            ("session", 0),
            ("sign_in_link", 0),
            ("passkey", 0),
            ("password", 0),
            ("one_time_code", 0),
            ("recovery_code", 0),
            ("consent", 0),
            ("member_role", 0),
            ("outgoing_mail", 0),
            ("post", 1),
            ("statement", 1),
        ] {
            let rows = place.list(&format!("select member_id from {table} where member_id = 'a'")).await;
            assert_eq!(rows.len(), left, "{table}");
        }
        assert_eq!(
            place.list("select mail_id from outgoing_mail order by mail_id").await,
            ["m1", "m4", "mail erased"]
        );
        let mut backup = Vec::new();
        store.back_up(&mut backup, EVENING).await.unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(backup.as_slice()), &mut text)
            .unwrap();
        for gone in ["a@example.org", "Amina a", "key of a"] {
            assert!(!text.contains(gone), "{gone}");
        }
        assert!(text.contains("b@example.org") && text.contains("I saw it"));

        let log = "select slug || ' ' || cast(position as text) || ' ' || voter || ' ' || once from vote order by slug, position";
        assert_eq!(place.list(log).await, ["old 1 va v6", "q 1 vb v1", "q 2 vb v3", "q 3 vb v5"]);
        assert_eq!(
            place.list("select slug || voter from voter order by slug, voter").await,
            ["oldva", "qvb"]
        );
        assert_eq!(
            place.list("select cast(next_vote as text) from question order by slug").await,
            ["2", "4"]
        );
        assert_eq!(place.list("select slug from opinion").await, ["old"]);
        // What a server was computing from the longer log is not kept.
        assert!(!store.opinions().save("q", "head5", 5, "{}", EVENING).await.unwrap());
        assert!(store.opinions().save("q", "head3", 3, "{}", EVENING).await.unwrap());

        assert_eq!(store.erasures().list_ledger().await.unwrap(), std::slice::from_ref(&entry));
        assert_eq!(store.erasures().find_returned(std::slice::from_ref(&entry)).await.unwrap(), []);
        let other = ErasureEntry::new("b", "salt", EVENING);
        let returned = store.erasures().find_returned(&[entry, other.clone()]).await.unwrap();
        assert_eq!(returned, [("b".to_owned(), other)]);
        let openings = [Opening::Passkey("key".into(), None)];
        assert!(
            !store.sessions().begin(&session("t", "a"), &openings, None, &none(), EVENING).await.unwrap()
        );
        assert_eq!(store.take_out("a", &[]).await.unwrap(), None);
        store.close().await;
    });
}
