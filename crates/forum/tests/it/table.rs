//! A question with its facilitator, ready to talk about.

use crate::stage::{NOON, Stage};
use std::num::NonZeroUsize;
use time::OffsetDateTime;
use time::macros::{date, datetime};
use whatworks_domain::forum::{Ballot, Channel, Plan, Reason};
use whatworks_domain::member::Role;
use whatworks_forum::acts::discussion::moderation::Decision;
use whatworks_forum::acts::discussion::opinions::compute_opinions;
use whatworks_forum::acts::discussion::posts::{Posted, WritePost, write_post};
use whatworks_forum::acts::discussion::questions::{Words, begin_question, schedule};
use whatworks_forum::acts::discussion::statements::{
    ProposeStatement, Proposed, propose_statement, seed_statement,
};
use whatworks_forum::acts::discussion::votes::{CastVote, cast_vote};
use whatworks_forum::{Actor, Refused};

pub(crate) const SLUG: &str = "grace-periods";
pub(crate) const OPEN: OffsetDateTime = datetime!(2026-03-11 12:00 UTC);
pub(crate) const VOTING: OffsetDateTime = datetime!(2026-03-13 12:00 UTC);
pub(crate) const LATE: OffsetDateTime = datetime!(2026-03-16 12:00 UTC);
pub(crate) const REVOTE: OffsetDateTime = datetime!(2026-03-29 12:00 UTC);

pub(crate) fn plan() -> Plan {
    Plan {
        opens_on: date!(2026 - 03 - 10),
        votes_on: date!(2026 - 03 - 13),
        closes_on: date!(2026 - 03 - 14),
        revote: Some((date!(2026 - 03 - 29), date!(2026 - 03 - 30))),
    }
}

pub(crate) fn words() -> Words<'static> {
    Words {
        title: "Do grace periods help clients?",
        background: "What is known.",
        house_rules: "Be kind.",
        language: "en",
        roster_limit: None,
    }
}

pub(crate) fn post<'a>(body: &'a str, once: &'a str) -> WritePost<'a> {
    WritePost { slug: SLUG, parent: None, body, language: "en", channel: Channel::Web, once }
}

pub(crate) fn statement<'a>(body: &'a str, once: &'a str) -> ProposeStatement<'a> {
    ProposeStatement { slug: SLUG, body, language: "en", is_meant: false, once }
}

pub(crate) const YES: Decision<'static> = Decision { is_shown: true, reason: Reason::Fine, words: "" };
pub(crate) const NO: Decision<'static> =
    Decision { is_shown: false, reason: Reason::OffTopic, words: "Elsewhere." };

pub(crate) struct Table {
    pub(crate) stage: Stage,
    pub(crate) host: Actor,
    pub(crate) ann: Actor,
    pub(crate) ben: Actor,
}

impl Table {
    /// An announced question with eight seeds, its facilitator `host`, and two new members.
    pub(crate) async fn new() -> Self {
        let stage = Stage::new().await;
        let host = stage.member("host", &[Role::Facilitator]).await;
        let ann = stage.member("ann", &[]).await;
        let ben = stage.member("ben", &[]).await;
        let table = Self { stage, host, ann, ben };
        begin_question(&table.stage.store, Some(&table.host), SLUG, words(), &plan(), NOON).await.unwrap();
        for seed in 0..8 {
            table.seed(seed).await;
        }
        schedule(&table.stage.store, Some(&table.host), SLUG, NOON).await.unwrap();
        table
    }

    pub(crate) async fn seed(&self, seed: usize) {
        let (body, once) = (format!("Seed {seed}."), format!("seed {seed}"));
        seed_statement(&self.stage.store, Some(&self.host), statement(&body, &once), NOON).await.unwrap();
    }

    pub(crate) async fn write(
        &self,
        who: &Actor,
        body: &str,
        once: &str,
        at: OffsetDateTime,
    ) -> Result<Posted, Refused> {
        write_post(&self.stage.store, Some(who), post(body, once), at).await
    }

    pub(crate) async fn propose(
        &self,
        who: &Actor,
        body: &str,
        once: &str,
        at: OffsetDateTime,
    ) -> Result<Proposed, Refused> {
        propose_statement(&self.stage.store, Some(who), statement(body, once), at).await
    }

    pub(crate) async fn vote(
        &self,
        who: &Actor,
        statement: i64,
        ballot: Ballot,
        once: &str,
        at: OffsetDateTime,
    ) -> Result<i64, Refused> {
        let vote = CastVote { slug: SLUG, statement, ballot, channel: Channel::Web, network: "n", once };
        cast_vote(&self.stage.store, Some(who), vote, at).await
    }

    pub(crate) async fn compute(&self, at: OffsetDateTime) -> bool {
        compute_opinions(&self.stage.store, SLUG, NonZeroUsize::MIN, at).await.unwrap()
    }
}
