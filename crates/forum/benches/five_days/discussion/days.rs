//! The five days: visits in members' own hours, what waits read every four hours, opinions and mail every hour.

use super::book::Book;
use super::cast::{CAMPS, Cast, Mind, Person};
use super::{PLAN, SLUG, Setting, compute, expect_phase, send_mail};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeSet;
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use whatworks_domain::forum::{
    Ballot, Channel, PassReason, Phase, PostStatus, Reason, StatementStatus, Subject,
};
use whatworks_evidence::opinion::next_statement;
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::moderation::{self, Decision, RaiseAppeal};
use whatworks_forum::acts::discussion::opinions::find_opinions;
use whatworks_forum::acts::discussion::posts::{WritePost, flag, write_post};
use whatworks_forum::acts::discussion::reading::{read_statements, read_thread};
use whatworks_forum::acts::discussion::statements::{ProposeStatement, propose_statement};
use whatworks_forum::acts::discussion::votes::{CastVote, cast_vote};
use whatworks_store::Store;

/// First moment of the first day and last of the last, anywhere on Earth.
const OPENS: OffsetDateTime = datetime!(2026-03-15 10:00 UTC);
const VOTES: OffsetDateTime = datetime!(2026-03-18 10:00 UTC);
pub(super) const CLOSES: OffsetDateTime = datetime!(2026-03-21 12:00 UTC);
/// Statements that a visit votes on.
const BALLOTS: usize = 6;

#[derive(Debug, Clone, Copy)]
enum Event {
    Visit(usize),
    Moderate,
    Work,
}

/// What every act of the days needs.
struct Days<'a> {
    store: &'a Store,
    cast: &'a Cast,
    setting: Setting,
    rng: ChaCha8Rng,
    /// Names each form.
    forms: usize,
}

pub(super) async fn run(store: &Store, cast: &Cast, setting: Setting, book: &mut Book) {
    let mut days = Days { store, cast, setting, rng: ChaCha8Rng::seed_from_u64(setting.seed), forms: 0 };
    days.outside(OPENS - Duration::MINUTE, "not-open", book).await;
    let mut phases =
        vec![(OPENS, Phase::Open), (VOTES, Phase::Voting), (CLOSES - Duration::SECOND, Phase::Voting)];
    for (now, event) in days.timetable() {
        while let Some((_, phase)) = phases.first().filter(|(from, _)| *from <= now).copied() {
            expect_phase(store, phase, phases.remove(0).0, book).await;
        }
        match event {
            Event::Visit(member) => days.visit(member, now, book).await,
            Event::Moderate => days.moderate(now, book).await,
            Event::Work => {
                compute(store, setting.threads, now, book).await;
                send_mail(store, now, book).await;
            }
        }
    }
    expect_phase(store, Phase::Summary, CLOSES, book).await;
    days.outside(CLOSES + Duration::HOUR, "closed", book).await;
    days.moderate(CLOSES + Duration::HOUR, book).await;
    compute(store, setting.threads, CLOSES + Duration::HOUR, book).await;
    send_mail(store, CLOSES + Duration::HOUR, book).await;
}

impl Days<'_> {
    /// All events in order of time; at one moment in the order made.
    fn timetable(&mut self) -> Vec<(OffsetDateTime, Event)> {
        let mut events = Vec::new();
        for (at, person) in self.cast.members.iter().enumerate() {
            for _ in 0..person.visits {
                // From seven in the morning to eleven at night where the member lives.
                let minutes = self.rng.random_range(7 * 60..23 * 60) - 60 * person.east;
                let day = PLAN.opens_on + Duration::days(self.rng.random_range(0..5));
                events.push((day.midnight().assume_utc() + Duration::minutes(minutes), Event::Visit(at)));
            }
        }
        let mut now = OPENS + Duration::minutes(30);
        while now < CLOSES {
            events.push((now, Event::Work));
            if now.hour() % 4 == 2 {
                events.push((now, Event::Moderate));
            }
            now += Duration::HOUR;
        }
        events.sort_by_key(|(now, _)| *now);
        events
    }

    fn once(&mut self) -> String {
        self.forms += 1;
        format!("form {}", self.forms)
    }

    /// A vote outside the days is refused, and says why.
    async fn outside(&mut self, now: OffsetDateTime, expected: &str, book: &mut Book) {
        let once = self.once();
        let actor = &self.cast.members[0].actor;
        let vote = CastVote {
            slug: SLUG,
            statement: 1,
            ballot: Ballot::Agree,
            channel: Channel::Web,
            network: "",
            once: &once,
        };
        let refused = cast_vote(self.store, Some(actor), vote, now).await;
        let holds = matches!(&refused, Err(Refused::Fault { code, .. }) if *code == expected);
        book.check(holds, || format!("a vote at {now}: {refused:?}, not {expected}"));
    }

    async fn visit(&mut self, member: usize, now: OffsetDateTime, book: &mut Book) {
        let person = self.cast.members[member].clone();
        let actor = Some(&person.actor);
        let thread = read_thread(self.store, actor, SLUG, ("", 50), now).await.unwrap();
        self.vote(member, &person, now, book).await;
        let readable: Vec<i64> = thread
            .posts
            .iter()
            .filter(|post| post.status == PostStatus::Shown)
            .map(|post| post.number)
            .collect();
        if person.sells || self.rng.random_bool(0.12) {
            let parent = readable.get(self.rng.random_range(0..readable.len().max(1))).copied();
            let parent = parent.filter(|_| !person.sells && self.rng.random_bool(0.6));
            self.write(member, &person, parent, now + Duration::seconds(20), book).await;
        }
        if self.rng.random_bool(0.012) {
            let once = self.once();
            let body = format!("Rule {} of our own keeps clients out of too much debt.", self.forms);
            let asked =
                ProposeStatement { slug: SLUG, body: &body, language: "en", is_meant: false, once: &once };
            propose_statement(self.store, actor, asked, now).await.unwrap();
            book.proposed += 1;
        }
        let mut others = readable.iter().filter(|number| book.posts.get(number) != Some(&member));
        if let Some(number) = others.next_back().copied().filter(|_| self.rng.random_bool(0.01)) {
            flag(self.store, actor, (SLUG, number), Reason::OffTopic, "", now).await.unwrap();
            book.flags += 1;
        }
    }

    /// Votes on what the routing draws; before there is a map, on the first statements. One in ten votes again on one.
    async fn vote(&mut self, member: usize, person: &Person, now: OffsetDateTime, book: &mut Book) {
        let statements = read_statements(self.store, Some(&person.actor), SLUG, now).await.unwrap();
        let open: BTreeSet<i64> = statements
            .iter()
            .filter(|one| one.status == StatementStatus::Shown)
            .map(|one| one.number)
            .collect();
        let map = find_opinions(self.store, SLUG).await.unwrap();
        let mine = book.ballots.range((member, i64::MIN)..=(member, i64::MAX));
        let mut answered: BTreeSet<String> = mine.map(|((_, statement), _)| statement.to_string()).collect();
        let again =
            answered.iter().next().and_then(|id| id.parse().ok()).filter(|_| self.rng.random_bool(0.1));
        let mut chosen: Vec<i64> = again.into_iter().collect();
        while chosen.len() < BALLOTS {
            let drawn = map.as_ref().and_then(|map| {
                next_statement(map, SLUG, &person.actor.member_id, answered.len() as u64, &answered)
            });
            let next = match drawn {
                Some(id) => id.parse().ok(),
                None => open.iter().find(|number| !answered.contains(&number.to_string())).copied(),
            };
            let Some(next) = next else { break };
            answered.insert(next.to_string());
            if open.contains(&next) {
                chosen.push(next);
            }
        }
        for statement in chosen.into_iter().filter(|number| open.contains(number)) {
            let ballot = self.ballot(person.mind, statement);
            let (once, network) = (self.once(), network(person, member));
            let vote = CastVote {
                slug: SLUG,
                statement,
                ballot,
                channel: Channel::Web,
                network: &network,
                once: &once,
            };
            let start = (self.setting.stopwatch)();
            cast_vote(self.store, Some(&person.actor), vote, now).await.unwrap();
            book.seconds.push((self.setting.stopwatch)() - start);
            book.ballots.insert((member, statement), ballot);
            book.votes += 1;
        }
    }

    fn ballot(&mut self, mind: Mind, statement: i64) -> Ballot {
        let is_dividing = statement % 2 == 0;
        let agrees = match mind {
            _ if !self.setting.has_groups => [0.85, 0.4][usize::from(is_dividing)],
            Mind::Brigade => return if statement % 3 == 0 { Ballot::Agree } else { Ballot::Disagree },
            Mind::Random => 0.5,
            Mind::Camp(camp) if is_dividing => {
                if (statement / 2) as usize % CAMPS == camp {
                    0.9
                } else {
                    0.15
                }
            }
            Mind::Camp(_) => 0.85,
        };
        match self.rng.random_range(0.0..1.0) {
            pass if pass < 0.03 => Ballot::Pass(PassReason::Unclear),
            pass if pass < 0.06 => Ballot::Pass(PassReason::NoView),
            _ if self.rng.random_bool(agrees) => Ballot::Agree,
            _ => Ballot::Disagree,
        }
    }

    async fn write(
        &mut self,
        member: usize,
        person: &Person,
        parent: Option<i64>,
        now: OffsetDateTime,
        book: &mut Book,
    ) {
        let once = self.once();
        let body = if person.sells {
            format!("Buy our software number {}.", self.forms)
        } else {
            format!("In our branches we saw case {}. Who has seen the same?", self.forms)
        };
        let post =
            WritePost { slug: SLUG, parent, body: &body, language: "en", channel: Channel::Web, once: &once };
        let start = (self.setting.stopwatch)();
        let posted = write_post(self.store, Some(&person.actor), post, now).await;
        book.seconds.push((self.setting.stopwatch)() - start);
        // Sent twice by a nervous finger: the same post.
        let again = write_post(self.store, Some(&person.actor), post, now + Duration::SECOND).await;
        match (posted, again) {
            (Ok(posted), Ok(again)) => {
                book.check(posted.number == again.number, || format!("{body} is there twice"));
                book.posts.insert(posted.number, member);
                if posted.status == PostStatus::Shown {
                    book.shown.insert(posted.number);
                }
            }
            // Two visits of one member within five seconds, or an answer to what was just taken down.
            (Err(Refused::TooOften(_) | Refused::Fault { code: "post-not-shown", .. }), _) => {}
            (posted, _) => book.faults.push(format!("{body}: {posted:?}")),
        }
    }

    /// Reads all that waits. One post in fifty is turned down by mistake; four in five of those turned down object, and the
    /// steward upholds the objections of those who do not sell.
    async fn moderate(&mut self, now: OffsetDateTime, book: &mut Book) {
        let host = &self.cast.facilitators[usize::from(now.hour() >= 12)];
        let queue = moderation::queue(self.store, Some(host)).await.unwrap();
        let fine = Decision { is_shown: true, reason: Reason::Fine, words: "" };
        let sells = Decision { is_shown: false, reason: Reason::Promotion, words: "" };
        for post in queue.posts {
            let is_shown = !post.body.starts_with("Buy") && !self.rng.random_bool(0.02);
            let decision = if is_shown { fine } else { sells };
            moderation::decide_post(self.store, Some(host), (SLUG, post.number), decision, now)
                .await
                .unwrap();
            book.decisions += 1;
            if is_shown {
                book.shown.insert(post.number);
            } else if self.rng.random_bool(0.8) {
                self.appeal(post.number, now, book).await;
            }
        }
        for statement in queue.statements {
            moderation::decide_statement(self.store, Some(host), (SLUG, statement.number), fine, now)
                .await
                .unwrap();
            book.decisions += 1;
        }
        for flagged in queue.flags {
            let is_shown = !flagged.body.starts_with("Buy");
            let decision = if is_shown { fine } else { sells };
            moderation::decide_flags(self.store, Some(host), (SLUG, flagged.number), decision, now)
                .await
                .unwrap();
            book.decisions += 1;
            if !is_shown {
                book.shown.remove(&flagged.number);
            }
        }
    }

    async fn appeal(&mut self, number: i64, now: OffsetDateTime, book: &mut Book) {
        let author = &self.cast.members[book.posts[&number]];
        let once = self.once();
        let raised = RaiseAppeal {
            slug: SLUG,
            kind: Subject::Post,
            number,
            body: "It is about our clients.",
            once: &once,
        };
        let appeal = moderation::appeal(self.store, Some(&author.actor), raised, now).await.unwrap();
        let steward = Some(&self.cast.steward);
        let is_upheld = !author.sells;
        moderation::decide_appeal(self.store, steward, &appeal, is_upheld, "Read again.", now).await.unwrap();
        book.appeals += 1;
        if is_upheld {
            book.shown.insert(number);
        }
    }
}

/// The brigade sits in one network, everybody else in their own.
fn network(person: &Person, member: usize) -> String {
    if person.mind == Mind::Brigade { "one network".into() } else { format!("network {member}") }
}
