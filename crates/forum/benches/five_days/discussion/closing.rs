//! After the close: the draft of the summary, its publication, fourteen days of comment, the final version, what was
//! done about it, and the archive.

use super::book::Book;
use super::cast::Cast;
use super::days::CLOSES;
use super::{SLUG, expect_phase, send_mail};
use std::fmt::Write;
use time::Duration;
use whatworks_domain::forum::{Ballot, PassReason, Phase};
use whatworks_evidence::summary::{Mention, Section, SectionKind};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::board::board;
use whatworks_forum::acts::discussion::opinions::find_opinions;
use whatworks_forum::acts::discussion::questions::archive;
use whatworks_forum::acts::discussion::reading::read_summaries;
use whatworks_forum::acts::discussion::summaries::{
    comment_summary, draft_summary, follow_up, publish_summary, save_summary,
};
use whatworks_store::Store;

/// Brings it to its end; gives back all that everyone may read.
pub(super) async fn run(store: &Store, cast: &Cast, book: &mut Book) -> String {
    let host = Some(&cast.facilitators[0]);
    let member = Some(&cast.members[0].actor);
    let drafted = CLOSES + Duration::hours(20);
    let shown = board(store, host, SLUG, drafted).await.unwrap();
    let (posts, own) = (shown.heat.posts, i64::try_from(book.shown.len()).unwrap());
    book.check(posts == own, || format!("the board has {posts} posts, the book {own}"));
    let sections = draft_summary(store, host, SLUG, drafted).await.unwrap();
    check_draft(&sections, book);
    let draft = written(&sections);
    save_summary(store, host, SLUG, &draft, drafted).await.unwrap();
    book.check(read_summaries(store, member, SLUG, drafted).await.unwrap().is_empty(), || {
        "a draft is shown".into()
    });
    let published = drafted + Duration::hours(4);
    publish_summary(store, host, SLUG, published).await.unwrap();
    expect_phase(store, Phase::Published, published, book).await;
    send_mail(store, published, book).await;
    let mut comments = 0;
    for (person, at) in cast.members.iter().step_by(40).zip(0..) {
        let now = published + Duration::hours(8 * at % 300);
        let words = format!("Comment {at}: I would put it more carefully.");
        comment_summary(store, Some(&person.actor), (SLUG, &words), &format!("comment {at}"), now)
            .await
            .unwrap();
        comments += 1;
    }
    let late = published + Duration::days(14);
    let refused = comment_summary(store, member, (SLUG, "Late."), "late", late).await;
    let is_closed = matches!(&refused, Err(Refused::Fault { code: "comments-closed", .. }));
    book.check(is_closed, || format!("a late comment: {refused:?}"));
    let last = format!("{draft}\nAfter {comments} comments.\n");
    save_summary(store, host, SLUG, &last, late).await.unwrap();
    publish_summary(store, host, SLUG, late).await.unwrap();
    send_mail(store, late, book).await;
    let done = (SLUG, "The network changed its rule on top-ups.", "");
    follow_up(store, host, done, "follow-up", late + Duration::days(90)).await.unwrap();
    archive(store, host, SLUG, late + Duration::days(91)).await.unwrap();
    let end = late + Duration::days(92);
    expect_phase(store, Phase::Archived, end, book).await;
    send_mail(store, end, book).await;
    let versions = read_summaries(store, None, SLUG, end).await.unwrap();
    book.check(versions.len() == 2, || format!("{} versions of the summary", versions.len()));
    let map = find_opinions(store, SLUG).await.unwrap().unwrap().for_everyone();
    let bodies: Vec<String> = versions.into_iter().map(|version| version.body).collect();
    format!("{}\n{}", bodies.join("\n"), serde_json::to_string(&map).unwrap())
}

/// Every sentence cites; no number of people below five; what it counts is what the book has.
fn check_draft(sections: &[Section], book: &mut Book) {
    let kinds: Vec<SectionKind> = sections.iter().map(|section| section.kind).collect();
    let needed = [SectionKind::Question, SectionKind::Participation, SectionKind::CommonGround];
    book.check(needed.iter().all(|kind| kinds.contains(kind)), || format!("the draft has {kinds:?} only"));
    let sentences: Vec<_> = sections.iter().flat_map(|section| &section.sentences).collect();
    let cited = sentences.iter().all(|sentence| !sentence.references.is_empty());
    book.check(cited, || "a sentence cites nothing".into());
    let few = |mention: &Mention| matches!(mention, Mention::People(Some(people)) if *people < 5);
    let is_open = sentences.iter().any(|sentence| sentence.mentions.iter().any(|(_, mention)| few(mention)));
    book.check(!is_open, || "the draft tells of fewer than five people".into());
    let counts: Vec<u64> = sections
        .iter()
        .filter(|section| section.kind == SectionKind::Participation)
        .flat_map(|section| &section.sentences)
        .flat_map(|sentence| &sentence.mentions)
        .filter_map(|(_, mention)| if let Mention::Count(count) = mention { Some(*count) } else { None })
        .collect();
    // Who finds a statement unclear counts as not having seen it.
    let is_seen = |ballot: &&Ballot| !matches!(ballot, Ballot::Pass(PassReason::Unclear));
    let (posts, votes) = (book.shown.len() as u64, book.ballots.values().filter(is_seen).count() as u64);
    book.check(counts.contains(&posts), || format!("{posts} posts are not among {counts:?}"));
    book.check(counts.contains(&votes), || format!("{votes} votes that count are not among {counts:?}"));
}

/// The draft as a facilitator might keep it: the name of each sentence, what it mentions, what it refers to.
fn written(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        let _ = writeln!(text, "## {:?}", section.kind);
        for sentence in &section.sentences {
            let _ = write!(text, "{} {:?}", sentence.code, sentence.mentions);
            for reference in &sentence.references {
                let _ = write!(text, " {reference}");
            }
            text.push('\n');
        }
    }
    text
}
