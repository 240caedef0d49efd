//! Questions as pages: a whole life under a driven clock, votes, held posts, decisions, objections, groups and none.

use super::browser::Browser;
use super::place::{Person, Place};
use axum::http::{StatusCode, header};
use std::num::NonZeroUsize;
use time::{Date, Duration};
use whatworks_domain::forum::{Ballot, Channel, PassReason};
use whatworks_domain::member::{MemberStatus, Role};
use whatworks_forum::acts::discussion::opinions::compute_opinions;
use whatworks_store::forum::{NewVote, Rate};

const QUESTION: &str = "/questions/group-lending";
const XSS: &str = "<img src=x onerror=alert(1)>";

fn iso(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// A forum with a facilitator, a steward and two members, each in a browser.
struct Forum {
    place: Place,
    facilitator: Browser,
    member: Browser,
    other: Browser,
    steward: Browser,
    people: [Person; 4],
}

impl Forum {
    async fn new() -> Self {
        let place = Place::new().await;
        let active = MemberStatus::Active;
        let people = [
            place.person("Facilitator", active, &[Role::Facilitator]).await,
            place.person("Member", active, &[]).await,
            place.person("Other", active, &[]).await,
            place.person("Steward", active, &[Role::Steward]).await,
        ];
        let (facilitator, member) =
            (place.signed_in(&people[0], true).await, place.signed_in(&people[1], false).await);
        let (other, steward) =
            (place.signed_in(&people[2], false).await, place.signed_in(&people[3], true).await);
        Self { place, facilitator, member, other, steward, people }
    }

    /// Time goes by; those with power show their second factor anew.
    async fn pass(&mut self, time: Duration) {
        Place::pass(time);
        self.facilitator = self.place.signed_in(&self.people[0], true).await;
        self.steward = self.place.signed_in(&self.people[3], true).await;
    }

    fn dates() -> [String; 3] {
        let today = Place::now().date();
        [2, 5, 6].map(|days| iso(today + Duration::days(days)))
    }

    async fn begin(&mut self) {
        let [opens, votes, closes] = Self::dates();
        let fields = [
            ("slug", "group-lending"),
            ("title", "What stops <groups>?"),
            ("background", "Some **background** <img src=x onerror=alert(1)>"),
            ("house_rules", "Be kind."),
            ("language", "en"),
            ("opens_on", opens.as_str()),
            ("votes_on", votes.as_str()),
            ("closes_on", closes.as_str()),
            ("roster_limit", "40"),
        ];
        let answer = self.facilitator.submit("/questions/new", "/questions", &fields).await;
        assert_eq!(Browser::onward(&answer), format!("{QUESTION}/plan"));
        let plan = self.facilitator.get(&format!("{QUESTION}/plan")).await.text();
        assert!(plan.contains("name=\"roster_limit\" type=\"number\" value=\"40\""), "{plan}");
    }

    async fn seed(&mut self, count: usize) {
        let plan = format!("{QUESTION}/plan");
        for at in 0..count {
            let body = format!("Seed number {at} is right.");
            let fields = [("body", body.as_str()), ("language", "en")];
            let answer = self.facilitator.submit(&plan, &format!("{QUESTION}/seeds"), &fields).await;
            assert_eq!(Browser::onward(&answer), plan);
        }
    }

    async fn announce(&mut self) {
        self.begin().await;
        self.seed(8).await;
        let plan = format!("{QUESTION}/plan");
        let answer = self.facilitator.submit(&plan, &format!("{QUESTION}/announce"), &[]).await;
        assert_eq!(Browser::onward(&answer), plan);
    }

    async fn page(browser: &mut Browser) -> String {
        let answer = browser.get(QUESTION).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.text()
    }
}

#[tokio::test]
async fn a_question_lives_from_draft_to_archive() {
    let mut forum = Forum::new().await;
    let mut visitor = forum.place.browser();
    let list = visitor.get("/questions").await.text();
    assert!(list.contains("No question is open now.") && list.contains("class=\"none\""), "{list}");

    forum.begin().await;
    assert_eq!(visitor.get(QUESTION).await.status, StatusCode::NOT_FOUND);
    assert_eq!(forum.member.get(QUESTION).await.status, StatusCode::NOT_FOUND);
    forum.seed(7).await;
    let plan = format!("{QUESTION}/plan");
    let refused = forum.facilitator.submit(&plan, &format!("{QUESTION}/announce"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text().contains("There are 7 seed statements; at least 8 are needed."),
        "{}",
        refused.text()
    );
    forum.seed(1).await;
    forum.facilitator.submit(&plan, &format!("{QUESTION}/announce"), &[]).await;
    let page = Forum::page(&mut visitor).await;
    assert!(page.contains("Announced") && page.contains("What stops &lt;groups&gt;?"), "{page}");
    assert!(visitor.get("/questions.ics").await.text().contains("SUMMARY:What stops <groups>?"));

    forum.pass(Duration::days(1)).await;
    let page = Forum::page(&mut visitor).await;
    assert!(page.contains("Day 1 of 5") && page.contains("Sign in to vote"), "{page}");
    assert!(!page.contains("<img") && page.contains("<strong>background</strong>"), "{page}");
    assert!(visitor.get("/questions").await.text().contains("One question is open now."));

    forum.pass(Duration::days(6)).await;
    let page = Forum::page(&mut visitor).await;
    assert!(page.contains("Being summarised") && page.contains("Voting is closed."), "{page}");
    let edit = format!("{QUESTION}/summary/edit");
    let opened = forum.facilitator.get(&edit).await;
    assert!(
        opened.text().contains("It was asked: What stops &lt;groups&gt;? [question]"),
        "{}",
        opened.text()
    );
    let fields = [("body", "# Summary\n\nSeeds were voted on [s1]. I liked it."), ("act", "publish")];
    let answer = forum.facilitator.submit(&edit, &edit, &fields).await;
    assert_eq!(Browser::onward(&answer), edit);
    let page = Forum::page(&mut visitor).await;
    assert!(page.contains("Summary published") && page.contains("facilitator’s view"), "{page}");
    let fields = [("body", "It leaves out <b>time</b>.")];
    let answer = forum.member.submit(QUESTION, &format!("{QUESTION}/comments"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(Forum::page(&mut visitor).await.contains("1 comment"));
    assert!(Forum::page(&mut forum.other).await.contains("It leaves out &lt;b&gt;time&lt;/b&gt;."));

    let fields = [("body", "# Summary\n\nSeeds were voted on [s1]."), ("act", "finish")];
    forum.facilitator.submit(&edit, &edit, &fields).await;
    let fields = [("body", "Two lenders shortened their meetings."), ("link", "https://example.org/x")];
    let follow_up = format!("{QUESTION}/follow-up");
    forum.facilitator.submit(&follow_up, &follow_up, &fields).await;
    let page = Forum::page(&mut visitor).await;
    assert!(page.contains("Final version.") && page.contains("shortened their meetings"), "{page}");
    forum.facilitator.submit(&plan, &format!("{QUESTION}/archive"), &[]).await;
    assert!(visitor.get("/questions").await.text().contains("id=\"archived\""));
}

#[tokio::test]
async fn what_was_written_stays_in_a_form_that_is_refused() {
    let mut forum = Forum::new().await;
    let [opens, votes, _] = Forum::dates();
    let fields = [
        ("slug", "Bad Slug"),
        ("title", XSS),
        ("background", "A background that was long to write."),
        ("house_rules", "Be kind."),
        ("language", "en"),
        ("opens_on", opens.as_str()),
        ("votes_on", votes.as_str()),
        ("closes_on", "soon"),
    ];
    let refused = forum.facilitator.submit("/questions/new", "/questions", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = refused.text();
    assert!(
        page.contains("A background that was long to write.") && page.contains("as 2026-10-12"),
        "{page}"
    );
    assert!(page.contains("id=\"f-closes_on-fault\"") && !page.contains("<img"), "{page}");
}

#[tokio::test]
async fn a_member_votes_changes_it_and_only_totals_are_told() {
    let mut forum = Forum::new().await;
    forum.announce().await;
    forum.pass(Duration::days(1)).await;
    let page = Forum::page(&mut forum.member).await;
    assert!(
        page.contains("8 statements you have not voted on.") && page.matches("<fieldset>").count() == 3,
        "{page}"
    );
    let vote = format!("{QUESTION}/vote");
    let refused = forum.member.submit(QUESTION, &vote, &[]).await;
    assert!(refused.text().contains("Choose an answer to one statement at least."));
    let fields = [("s1", "agree"), ("s2", "pass"), ("r2", "not-my-field"), ("r3", "unclear")];
    let answer = forum.member.submit(QUESTION, &vote, &fields).await;
    let onward = Browser::onward(&answer);
    assert_eq!(onward, format!("{QUESTION}?voted=1%2C2#vote"));
    let page = forum.member.get(onward.split('#').next().unwrap()).await.text();
    assert!(page.contains("Your votes count:") && page.contains("Pass (not my field)"), "{page}");
    assert!(page.contains("6 statements you have not voted on."), "{page}");
    // Nobody else learns it from the address.
    let page = forum.other.get(&format!("{QUESTION}?voted=1,2")).await.text();
    assert!(!page.contains("Your votes count:"), "{page}");

    let own = format!("{QUESTION}/votes");
    assert!(forum.member.get(&own).await.text().contains("value=\"agree\" checked"));
    forum.member.submit(&own, &vote, &[("s1", "disagree")]).await;
    let mut visitor = forum.place.browser();
    let statements = visitor.get(&format!("{QUESTION}/statements.json")).await.json();
    let first = &statements["statements"][0];
    assert_eq!((first["agree"].as_u64(), first["disagree"].as_u64()), (Some(0), Some(1)), "{first}");
    assert_eq!(statements["statements"][1]["pass_not_my_field"].as_u64(), Some(1));
    let csv = visitor.get(&format!("{QUESTION}/statements.csv")).await.text();
    assert!(csv.starts_with("number,statement,") && csv.lines().count() == 9, "{csv}");
    let page = visitor.get(&format!("{QUESTION}/votes")).await;
    assert!(Browser::onward(&page).starts_with("/sign-in?next="));
}

#[tokio::test]
async fn a_first_post_is_held_decided_and_objected_to() {
    let mut forum = Forum::new().await;
    forum.announce().await;
    forum.pass(Duration::days(1)).await;
    let body = format!("Our groups break over time. {XSS}\n\n[x](javascript:alert(1))");
    let fields = [("body", body.as_str()), ("language", "en")];
    let answer = forum.member.submit(QUESTION, &format!("{QUESTION}/posts"), &fields).await;
    let post = format!("{QUESTION}/posts/1");
    assert_eq!(Browser::onward(&answer), post);
    let page = forum.member.get(&post).await.text();
    assert!(
        page.contains("Waits for a facilitator")
            && !page.contains("<img")
            && !page.contains("href=\"javascript")
    );
    assert!(!Forum::page(&mut forum.other).await.contains("break over time"));
    assert_eq!(forum.other.get(&post).await.status, StatusCode::NOT_FOUND);

    let queue = format!("{QUESTION}/queue");
    assert!(forum.facilitator.get("/questions").await.text().contains("Waiting for you: 1"));
    let decide = format!("{QUESTION}/queue/posts/1");
    let fields = [("reason", "other"), ("words", ""), ("decision", "reject")];
    let refused = forum.facilitator.submit(&queue, &decide, &fields).await;
    assert!(refused.text().contains("Say it in your own words."), "{}", refused.text());
    let fields = [("reason", "off-topic"), ("words", "see rule 1"), ("decision", "reject")];
    assert_eq!(Browser::onward(&forum.facilitator.submit(&queue, &decide, &fields).await), queue);
    let page = forum.member.get(&post).await.text();
    assert!(page.contains("Not about the question · see rule 1"), "{page}");
    let fields = [("body", "It is about the question.")];
    let answer = forum.member.submit(&post, &format!("{post}/appeal"), &fields).await;
    assert_eq!(Browser::onward(&answer), post);
    assert!(forum.member.get(&post).await.text().contains("Your objection waits for a steward."));
    // The facilitator who decided sees no objection; a steward does.
    assert!(!forum.facilitator.get(&queue).await.text().contains("It is about the question."));
    let opened = forum.steward.get(&queue).await;
    let text = opened.text();
    let action =
        super::browser::between(&text, "action=\"/questions/group-lending/queue/appeals/", "\"").unwrap();
    let action = format!("{QUESTION}/queue/appeals/{action}");
    let fields = [("answer", "You are right."), ("decision", "uphold")];
    assert_eq!(Browser::onward(&forum.steward.submit_on(&opened, &action, &fields).await), queue);
    assert!(Forum::page(&mut forum.other).await.contains("break over time"));
    assert!(forum.member.get(&post).await.text().contains("You are right."));

    // Changed later: both wordings are in its history.
    forum.pass(Duration::hours(1)).await;
    let fields = [("body", "Our groups break over money.")];
    forum.member.submit(&post, &format!("{post}/change"), &fields).await;
    let page = forum.other.get(&post).await.text();
    assert!(page.contains("<ins>") && page.contains("<del>"), "{page}");
    let fields = [("reason", "promotion"), ("words", "")];
    forum.other.submit(&post, &format!("{post}/flag"), &fields).await;
    assert!(forum.other.get(&post).await.text().contains("You have flagged this post."));
    assert!(forum.facilitator.get(&queue).await.text().contains("Promotes a product"));
    let visitor = Forum::page(&mut forum.place.browser()).await;
    assert!(
        !visitor.contains("break over money") && visitor.contains("Sign in to read and write"),
        "{visitor}"
    );
    assert!(!visitor.contains(&forum.people[1].member_id));
}

#[tokio::test]
async fn a_statement_of_two_ideas_is_asked_about() {
    let mut forum = Forum::new().await;
    forum.announce().await;
    forum.pass(Duration::days(1)).await;
    let statements = format!("{QUESTION}/statements");
    let fields = [("body", "Groups repay. Meetings are long."), ("language", "en")];
    let refused = forum.member.submit(QUESTION, &statements, &fields).await;
    let page = refused.text();
    assert!(page.contains("It may hold two ideas.") && page.contains("name=\"meant\""), "{page}");
    // What was written stands in its own form and not in that of a post.
    assert_eq!(page.matches("Groups repay. Meetings are long.").count(), 1, "{page}");
    let fields = [("body", "Groups repay. Meetings are long."), ("language", "en"), ("meant", "yes")];
    let answer = forum.member.submit_on(&refused, &statements, &fields).await;
    assert_eq!(Browser::onward(&answer), format!("{QUESTION}?sent=statement-held"));
    let queue = format!("{QUESTION}/queue");
    let fields = [("reason", "two-ideas"), ("words", ""), ("decision", "reject")];
    forum.facilitator.submit(&queue, &format!("{QUESTION}/queue/statements/9"), &fields).await;
    assert!(forum.member.get(&statements).await.text().contains("Holds two ideas"));
}

/// Votes of `voters` people on the 8 seeds, by a rule of who and what.
async fn votes(place: &Place, voters: usize, agree: fn(usize, i64) -> bool) {
    for voter in 0..voters {
        for statement in 1..=8 {
            let ballot = if (voter + statement as usize).is_multiple_of(11) {
                Ballot::Pass(PassReason::NoView)
            } else if agree(voter, statement) {
                Ballot::Agree
            } else {
                Ballot::Disagree
            };
            let vote = NewVote {
                slug: "group-lending",
                voter: &format!("voter-{voter}"),
                statement,
                ballot,
                channel: Channel::Web,
                once: &format!("once-{voter}-{statement}"),
                region: "",
                sector: "",
                is_new: false,
                network_hash: "",
                rate: Rate { most: 1_000, within: Duration::hours(1) },
            };
            place.store.votes().cast(&vote, Place::now()).await.unwrap();
        }
    }
    compute_opinions(&place.store, "group-lending", NonZeroUsize::MIN, Place::now()).await.unwrap();
}

#[tokio::test]
async fn groups_are_shown_when_votes_show_them_and_the_page_is_light() {
    let mut forum = Forum::new().await;
    forum.announce().await;
    forum.pass(Duration::days(1)).await;
    votes(&forum.place, 40, |voter, statement| statement > 6 || (voter % 2 == 0) == (statement % 2 == 0))
        .await;
    let page = Forum::page(&mut forum.place.browser()).await;
    assert!(page.contains("These votes show two groups.") && page.contains("(p 0.005)"), "{page}");
    assert!(page.contains("id=\"dividing\"") && page.contains("class=\"gb\""), "{page}");
    let opinions = forum.place.browser().get("/api/v1/questions/group-lending/opinions").await.json();
    assert_eq!(opinions["groups"].as_array().unwrap().len(), 2);
    assert!(
        page.contains(opinions["vote_log_head"].as_str().unwrap()) && !page.contains("voter-1"),
        "{page}"
    );
    let headers = [("accept-encoding", "gzip")];
    let answer = forum.member.send(axum::http::Method::GET, QUESTION, &headers, String::new()).await;
    assert_eq!(answer.header(header::CONTENT_ENCODING), "gzip");
    assert!(answer.body.len() < 14 << 10, "{} bytes", answer.body.len());
}

#[tokio::test]
async fn no_groups_are_said_as_plainly() {
    let mut forum = Forum::new().await;
    forum.announce().await;
    forum.pass(Duration::days(1)).await;
    assert!(Forum::page(&mut forum.place.browser()).await.contains("No vote has been cast yet."));
    votes(&forum.place, 12, |voter, statement| (voter * 7 + statement as usize * 3) % 5 < 3).await;
    let page = Forum::page(&mut forum.place.browser()).await;
    assert!(
        page.contains("These votes show no groups.") && page.contains("Under 20 no test is made"),
        "{page}"
    );
    assert!(
        page.contains("12 voters answered enough to be placed.") && !page.contains("class=\"opinion\""),
        "{page}"
    );
    assert!(!page.contains("id=\"dividing\"") && page.contains("What all who answered say"), "{page}");
}

#[tokio::test]
async fn a_claim_is_stated_bound_and_watched() {
    let mut forum = Forum::new().await;
    forum.announce().await;
    let editor = forum.place.person("Editor", MemberStatus::Active, &[Role::Editor]).await;
    let mut editor = forum.place.signed_in(&editor, true).await;
    let fields = [
        ("sentence", "Nobody has studied <groups>."),
        ("asserts", "open"),
        ("rests_on", ""),
        ("language", "en"),
    ];
    let answer = editor.submit("/claims/new", "/claims", &fields).await;
    let claim = Browser::onward(&answer);
    let page = forum.member.get(&claim).await;
    assert!(
        page.text().contains("Nobody has studied &lt;groups&gt;.") && page.text().contains("No evidence.")
    );
    forum.member.submit(&claim, &format!("{claim}/watch"), &[]).await;
    assert!(forum.member.get(&claim).await.text().contains("You are told when its evidence moves."));
    let plan = format!("{QUESTION}/plan");
    let fields = [("evidence", claim.as_str())];
    forum.facilitator.submit(&plan, &format!("{QUESTION}/evidence"), &fields).await;
    let queue = format!("{QUESTION}/queue");
    let bind = format!("{QUESTION}/queue/statements/1/claim");
    forum.facilitator.submit(&queue, &bind, &[("claim", claim.as_str())]).await;
    forum.pass(Duration::days(1)).await;
    let page = Forum::page(&mut forum.place.browser()).await;
    assert!(page.contains("No evidence.") && page.contains("nobody has answered yet"), "{page}");
    assert!(forum.place.browser().get(&claim).await.text().contains("Seed number 0 is right."));
    assert_eq!(forum.place.browser().get("/api/v1/claims").await.json()["count"].as_u64(), Some(1));
    let refused =
        forum.facilitator.submit(&plan, &format!("{QUESTION}/evidence"), &[("evidence", "x")]).await;
    assert!(refused.text().contains("This is not a synthesis or a claim of this site."));
}
