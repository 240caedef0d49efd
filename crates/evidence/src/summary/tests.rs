//! The draft of a summary, held against its rules.

use super::*;
use crate::opinion::{Answer, LoggedVote, Options, PassReason, VoteLog, map_opinions};

fn posts() -> Vec<PostSaid> {
    let post =
        |number, body: &str, is_answered, lived| PostSaid { number, body: body.into(), is_answered, lived };
    vec![
        post(1, "We tried.\nWho else has?", false, 0),
        post(2, "It helped.", false, 0),
        post(3, "What of drop-outs?", true, 7_200),
        post(4, &"word ".repeat(200), true, 9_000),
    ]
}

/// Forty people in two camps on ten statements; statement 1 is agreed by all, 2 is unclear to six of them.
fn votes() -> VoteLog {
    let mut log = Vec::new();
    for person in 0..40_u64 {
        for statement in 1..=10_u64 {
            let answer = match statement {
                1 => Answer::Agree,
                2 if person % 7 == 0 => Answer::Pass(Some(PassReason::Unclear)),
                _ if (person < 20) == (statement % 2 == 0) => Answer::Agree,
                _ => Answer::Disagree,
            };
            log.push(LoggedVote {
                time: 0,
                id: log.len() as u64,
                participant: format!("p{person}"),
                statement: statement.to_string(),
                answer,
            });
        }
    }
    VoteLog::new(log)
}

fn drafted(with_votes: bool) -> Vec<Section> {
    let map = with_votes.then(|| map_opinions(&votes(), &Options::default()).unwrap());
    let posts = posts();
    let countries =
        [("KE", 9), ("ML", 3), ("", 1), ("IN", 6)].map(|(country, count)| (country.to_owned(), count));
    let statements = (1..=9).map(|number| (number, format!("Statement {number}."))).collect();
    let days = [(Theme::Facts, "What is known?"), (Theme::Vote, "")];
    draft(&Material {
        title: "Do grace periods help?",
        days: &days.map(|(theme, prompt)| DayAsked { theme, prompt: prompt.into() }),
        posts: &posts,
        writers: 19,
        countries: &countries.into(),
        statements: &statements,
        opinions: map.as_ref(),
        claims: &[ClaimSaid {
            claim_id: "c1".into(),
            sentence: "They raise profits.".into(),
            certainty: Certainty::Moderate,
            says: Says::Worse,
            is_divergent: true,
            rests_on: vec!["a~b~c~ITT".into()],
        }],
    })
}

fn codes(sections: &[Section], kind: SectionKind) -> Vec<(&'static str, String)> {
    let section = sections.iter().find(|section| section.kind == kind);
    let sentences = section.into_iter().flat_map(|section| &section.sentences);
    sentences
        .map(|one| (one.code, one.references.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")))
        .collect()
}

#[test]
fn every_sentence_refers_to_something_that_exists() {
    let sections = drafted(true);
    let all: Vec<&Sentence> = sections.iter().flat_map(|section| &section.sentences).collect();
    assert!(all.len() > 15, "{all:?}");
    for one in all {
        assert!(!one.references.is_empty(), "{one:?}");
        for reference in &one.references {
            let text = reference.to_string();
            assert_eq!(Reference::find(&text[1..text.len() - 1]).as_ref(), Some(reference));
        }
    }
    assert_eq!(drafted(true), sections);
    for other in ["", "p", "p0", "s-1", "person", "see p3", "x1"] {
        assert_eq!(Reference::find(other), None, "{other}");
    }
}

#[test]
fn common_ground_and_dividing_lines_come_from_the_votes() {
    let sections = drafted(true);
    let ground = codes(&sections, SectionKind::CommonGround);
    assert_eq!(ground[0], ("draft-groups", "[votes]".into()));
    assert_eq!(ground[1], ("draft-common-ground", "[s1]".into()));
    let lines = codes(&sections, SectionKind::DividingLines);
    // Statement 10 is out: its words are not among those open to vote.
    assert!(lines.iter().any(|(code, to)| *code == "draft-dividing-line" && to == "[s3]"), "{lines:?}");
    assert!(lines.iter().all(|(_, to)| to != "[s10]" && to != "[s1]"), "{lines:?}");
    assert_eq!(codes(&sections, SectionKind::Unclear), [("draft-unclear", "[s2]".into())]);
    assert_eq!(
        codes(&sections, SectionKind::Claims),
        [("draft-claim-divergent", "[claim c1] [synthesis a~b~c~ITT]".into())]
    );
}

#[test]
fn small_numbers_of_people_are_told_together() {
    let sections = drafted(false);
    let told = &sections.iter().find(|section| section.kind == SectionKind::Participation).unwrap().sentences;
    // Three and one are too few to name and too few together: India joins them.
    assert_eq!(told[2].mentions[0].1, Mention::Country("KE".into()));
    assert_eq!(told[3].code, "draft-countries");
    assert_eq!(told[3].mentions[0].1, Mention::Count(2));
    assert_eq!(told[3].mentions[1].1, Mention::People(Some(10)));
    assert_eq!(told.len(), 4);
}

#[test]
fn questions_and_quotations_are_taken_by_rule() {
    let sections = drafted(false);
    assert_eq!(codes(&sections, SectionKind::Unanswered), [("draft-unanswered", "[p1]".into())]);
    let quotes = codes(&sections, SectionKind::Quotes);
    assert_eq!(quotes, [("draft-quote-post", "[p4]".into()), ("draft-quote-post", "[p3]".into())]);
    let long = cut(&"word ".repeat(200));
    assert!(long.chars().count() <= QUOTED + 2 && long.ends_with("word …"), "{long}");
    assert!(sections.iter().all(|section| section.kind != SectionKind::CommonGround));
}

/// A discussion of 1,600 had a draft too long to be kept.
#[test]
fn long_lists_end_with_how_many_more() {
    let posts: Vec<PostSaid> = (1..=75)
        .map(|number| PostSaid { number, body: "Who has seen it?".into(), is_answered: false, lived: 0 })
        .collect();
    let (countries, statements) = (BTreeMap::new(), BTreeMap::new());
    let sections = draft(&Material {
        title: "Which?",
        days: &[],
        posts: &posts,
        writers: 75,
        countries: &countries,
        statements: &statements,
        opinions: None,
        claims: &[],
    });
    let told = &sections.iter().find(|section| section.kind == SectionKind::Unanswered).unwrap().sentences;
    assert_eq!(told.len(), LISTED + 1);
    assert_eq!((told[20].code, &told[20].mentions[0].1), ("draft-unanswered-more", &Mention::Count(55)));
}
