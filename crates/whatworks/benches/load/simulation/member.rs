//! One member at a browser: opens the question, votes on some of what the form shows, at times writes, at times reads
//! elsewhere. What a form needs is taken from the page, as a browser does.

use super::http::{Connection, Request, Response};
use super::ledger::Acknowledged;
use super::seeded::{SLUG, Seat};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::fmt::Write;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Question,
    Elsewhere,
    Vote,
    Post,
}

/// One answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    pub(crate) kind: Kind,
    pub(crate) took: Duration,
    pub(crate) status: u16,
    /// Bytes of the body as sent.
    pub(crate) bytes: usize,
}

/// How members reach the program.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Where it listens; another address after each start.
    pub(crate) address: watch::Receiver<SocketAddr>,
    /// Told of each answer.
    pub(crate) answered: mpsc::UnboundedSender<()>,
}

/// A member and what they did.
#[derive(Debug)]
pub(crate) struct Member {
    seat: Seat,
    line: Line,
    connection: Connection,
    headers: String,
    rng: ChaCha8Rng,
    posts: usize,
    wrote_at: Option<Instant>,
    pub(crate) acknowledged: Acknowledged,
    pub(crate) heard: Vec<Heard>,
}

/// A member who was told to wait between two posts does so.
const BETWEEN_POSTS: Duration = Duration::from_secs(6);

#[expect(clippy::disallowed_methods, reason = "the time of an answer is what is measured")]
fn now() -> Instant {
    Instant::now()
}

/// Pages beside the discussion.
const ELSEWHERE: [&str; 5] = ["/", "/questions", "/findings", "/practices", "/claims"];

impl Member {
    pub(crate) fn new(seat: Seat, line: Line, seed: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(seat.member as u64);
        // Everyone comes from a network of their own.
        let [high, low] = [seat.member / 250, seat.member % 250];
        let headers = format!("cookie: session={}\r\nx-forwarded-for: 10.{high}.{low}.7\r\n", seat.cookie);
        Self {
            seat,
            line,
            connection: Connection::default(),
            headers,
            rng,
            posts: 0,
            wrote_at: None,
            acknowledged: Acknowledged::default(),
            heard: Vec::new(),
        }
    }

    /// The member's number.
    pub(crate) fn number(&self) -> usize {
        self.seat.member
    }

    /// One visit; a chance of 1 in 2 to vote, 1 in 10 to write, 1 in 4 to read something else.
    pub(crate) async fn visit(&mut self) {
        let question = format!("/questions/{SLUG}");
        let mut page = self.read(Kind::Question, &question).await;
        if self.rng.random_bool(0.5) {
            if form(&page.body, "vote").is_none() {
                page = self.read(Kind::Question, &format!("{question}/votes")).await;
            }
            self.vote(&page).await;
        }
        if self.rng.random_bool(0.1) && self.wrote_at.is_none_or(|at| at.elapsed() > BETWEEN_POSTS) {
            let page = self.read(Kind::Question, &question).await;
            self.post(&page).await;
        }
        if self.rng.random_bool(0.25) {
            let at = self.rng.random_range(0..ELSEWHERE.len());
            self.read(Kind::Elsewhere, ELSEWHERE[at]).await;
        }
    }

    async fn read(&mut self, kind: Kind, path: &str) -> Response {
        let path = path.split('#').next().unwrap_or_default().to_owned();
        self.ask(kind, &Request { path, form: None }).await
    }

    /// Votes on one to three of the statements of the form.
    async fn vote(&mut self, page: &Response) {
        let Some(form) = form(&page.body, "vote") else { return };
        let mut statements: Vec<i64> =
            form.split("name=\"s").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect();
        statements.dedup();
        let most = statements.len().min(3);
        if most == 0 {
            return;
        }
        // Consecutive ones of the form, in the order in which the program takes them: by number.
        let count = self.rng.random_range(1..=most);
        let first = self.rng.random_range(0..=statements.len() - count);
        let mut chosen = statements[first..first + count].to_vec();
        chosen.sort_unstable();
        let own = |rng: &mut ChaCha8Rng, statement: i64, member: usize| {
            let leans = (statement as usize + member).is_multiple_of(2);
            match rng.random_range(0..10) {
                0 => "pass",
                1 | 2 => {
                    if leans {
                        "disagree"
                    } else {
                        "agree"
                    }
                }
                _ => {
                    if leans {
                        "agree"
                    } else {
                        "disagree"
                    }
                }
            }
        };
        let ballots: Vec<(i64, String)> = chosen
            .into_iter()
            .map(|statement| (statement, own(&mut self.rng, statement, self.seat.member).to_owned()))
            .collect();
        let mut fields = proof(form);
        for (statement, ballot) in &ballots {
            let _ = write!(fields, "&s{statement}={ballot}");
        }
        if self.send(Kind::Vote, format!("/questions/{SLUG}/vote"), fields).await {
            self.acknowledged.votes.extend(ballots);
        }
    }

    async fn post(&mut self, page: &Response) {
        let Some(form) = form(&page.body, "posts") else { return };
        self.posts += 1;
        let body =
            format!("Post {} of member {}: what we saw in our branches.", self.posts, self.seat.member);
        let encoded = body.replace(' ', "+").replace(':', "%3A").replace(',', "%2C");
        let fields = format!("{}&language=en&body={encoded}", proof(form));
        if self.send(Kind::Post, format!("/questions/{SLUG}/posts"), fields).await {
            self.acknowledged.posts.push(body);
            self.wrote_at = Some(now());
        }
    }

    /// Sends a form and opens the page that it leads to; whether it was acknowledged.
    async fn send(&mut self, kind: Kind, path: String, fields: String) -> bool {
        let answer = self.ask(kind, &Request { path, form: Some(fields) }).await;
        if answer.status == 303 {
            self.read(Kind::Question, &answer.location).await;
        }
        answer.status == 303
    }

    /// Asks until there is an answer: at the same place once more, since a connection may have grown old, then wherever
    /// the program is started again. "Not now" (503) is no answer; what was asked is asked again.
    async fn ask(&mut self, kind: Kind, request: &Request) -> Response {
        let start = now();
        let mut broke_at = None;
        loop {
            let address = *self.line.address.borrow_and_update();
            match self.connection.exchange(address, &self.headers, request).await {
                Ok(answer) => {
                    let took = start.elapsed();
                    self.heard.push(Heard { kind, took, status: answer.status, bytes: answer.bytes });
                    // Nobody may be counting any more.
                    let _ = self.line.answered.send(());
                    if answer.status != 503 {
                        return answer;
                    }
                }
                Err(_) if broke_at == Some(address) => self.line.address.changed().await.unwrap(),
                Err(_) => broke_at = Some(address),
            }
        }
    }
}

/// The form that is sent to this part of the question.
fn form<'a>(page: &'a str, part: &str) -> Option<&'a str> {
    let rest = page.split_once(&format!("action=\"/questions/{SLUG}/{part}\""))?.1;
    rest.split("</form>").next()
}

/// The hidden fields that every form carries, encoded.
fn proof(form: &str) -> String {
    let value = |name: &str| {
        let rest = form.split_once(&format!("name=\"{name}\" value=\"")).map_or("", |(_, rest)| rest);
        rest.split('"').next().unwrap_or_default()
    };
    format!("token={}&once={}", value("token"), value("once"))
}
