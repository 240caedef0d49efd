//! What the forms of questions do: each reads its form, calls one act of the forum, and goes on to a page.
//!
//! Rule: a refusal that is about the form shows its page again, with the fault beside its field and what was written; any
//! other refusal is a page of its own. What is allowed is the act's to say.

use super::gather::actor;
use super::plan;
use super::sent::Sent;
use super::view::question_path;
use super::{page, show, vote};
use crate::member::form::ONCE;
use crate::member::way::{Asked, Object, Reply, Turned, Way};
use crate::visit::Query;
use whatworks_domain::forum::{Channel, EvidenceKind, Plan, Reason, StatementStatus, Subject};
use whatworks_forum::acts::discussion::moderation::{self, Decision, RaiseAppeal};
use whatworks_forum::acts::discussion::posts::{self, WritePost};
use whatworks_forum::acts::discussion::questions::{self, Words};
use whatworks_forum::acts::discussion::statements::{self, ProposeStatement};
use whatworks_forum::acts::discussion::votes::{self, CastVote};
use whatworks_forum::acts::discussion::{claims, summaries};
use whatworks_forum::{Act, Refused};

type Answered = Result<Reply, Turned>;

macro_rules! ways {
    ($($route:literal $act:ident $object:ident $handle:ident;)*) => {
        &[$(Way::post($route, Act::$act, Object::$object, |asked| Box::pin($handle(asked)))),*]
    };
}

/// Everything that is done.
pub(crate) const DONE: &[Way] = ways! {
    "/questions" BeginQuestion None begin;
    "/questions/{slug}/plan" RunQuestion Question change_plan;
    "/questions/{slug}/seeds" RunQuestion Question seed;
    "/questions/{slug}/evidence" RunQuestion Question attach;
    "/questions/{slug}/evidence/remove" RunQuestion Question detach;
    "/questions/{slug}/facilitators" RunQuestion Question name_facilitator;
    "/questions/{slug}/facilitators/remove" RunQuestion Question remove_facilitator;
    "/questions/{slug}/announce" RunQuestion Question announce;
    "/questions/{slug}/archive" RunQuestion Question archive;
    "/questions/{slug}/posts" WritePost Question write_post;
    "/questions/{slug}/posts/{number}/change" ChangePost Post change_post;
    "/questions/{slug}/posts/{number}/withdraw" ChangePost Post withdraw_post;
    "/questions/{slug}/posts/{number}/flag" Flag Post flag;
    "/questions/{slug}/posts/{number}/appeal" Appeal Post appeal;
    "/questions/{slug}/statements" ProposeStatement Question propose;
    "/questions/{slug}/statements/{number}/appeal" Appeal Statement appeal_statement;
    "/questions/{slug}/vote" Vote Question cast;
    "/questions/{slug}/queue/posts/{number}" Moderate Question decide_post;
    "/questions/{slug}/queue/flags/{number}" Moderate Question decide_flags;
    "/questions/{slug}/queue/statements/{number}" Moderate Question decide_statement;
    "/questions/{slug}/queue/statements/{number}/replace" Moderate Question reword;
    "/questions/{slug}/queue/statements/{number}/claim" Moderate Question bind;
    "/questions/{slug}/queue/appeals/{appeal}" DecideAppeal Question decide_appeal;
    "/questions/{slug}/summary/edit" WriteSummary Question write_summary;
    "/questions/{slug}/comments" CommentSummary Question comment;
    "/questions/{slug}/follow-up" WriteSummary Question follow_up;
};

fn slug(asked: &Asked) -> String {
    asked.parameter("slug").to_owned()
}

fn at(asked: &Asked, rest: &str) -> String {
    format!("{}/{rest}", question_path(asked.parameter("slug")))
}

fn number(asked: &Asked) -> Result<i64, Turned> {
    asked.parameter("number").parse().map_err(|_| Turned::Forum(Refused::Missing("object")))
}

fn language(asked: &Asked) -> &str {
    asked.form.text("language")
}

fn words(asked: &Asked) -> Result<Words<'_>, Refused> {
    let roster = asked.form.text("roster_limit");
    let roster_limit = match roster.parse() {
        _ if roster.is_empty() => None,
        Ok(limit) if limit > 0 => Some(limit),
        _ => return Err(Refused::fault("roster_limit", "roster-form")),
    };
    Ok(Words {
        title: asked.form.text("title"),
        background: asked.form.text("background"),
        house_rules: asked.form.text("house_rules"),
        language: language(asked),
        roster_limit,
    })
}

/// The dates of the form; the fault names the first that cannot be read.
fn dates(asked: &Asked) -> Result<Plan, Refused> {
    let date = |field: &'static str| {
        plan::date_of(asked.form.text(field)).ok_or_else(|| Refused::fault(field, "dates-form"))
    };
    let has_revote = ["revote", "revote_until"].iter().any(|field| !asked.form.text(field).is_empty());
    let revote = if has_revote { Some((date("revote")?, date("revote_until")?)) } else { None };
    Ok(Plan {
        opens_on: date("opens_on")?,
        votes_on: date("votes_on")?,
        closes_on: date("closes_on")?,
        revote,
    })
}

const PLAN_FIELDS: &[&str] = &[
    "title",
    "slug",
    "background",
    "house_rules",
    "language",
    "opens_on",
    "votes_on",
    "closes_on",
    "revote",
    "revote_until",
    "roster_limit",
    "evidence",
    "facilitator",
    "body",
];

async fn begin(asked: Asked) -> Answered {
    let slug = asked.form.text("slug").to_owned();
    let done = match dates(&asked).and_then(|plan| Ok((plan, words(&asked)?))) {
        Ok((plan, words)) => {
            questions::begin_question(asked.store(), actor(&asked), &slug, words, &plan, asked.now).await
        }
        Err(refused) => Err(refused),
    };
    match done {
        Ok(()) => Ok(Reply::elsewhere(format!("{}/plan", question_path(&slug)))),
        Err(refused) => show::new_page(Sent::refused(asked, refused, "/questions/new", PLAN_FIELDS)?).await,
    }
}

/// Back to the plan: in peace, or with what is wrong.
async fn to_plan(asked: Asked, done: Result<(), Refused>) -> Answered {
    let plan = at(&asked, "plan");
    match done {
        Ok(()) => Ok(Reply::elsewhere(plan)),
        Err(refused) => show::plan_page(Sent::refused(asked, refused, &plan, PLAN_FIELDS)?).await,
    }
}

async fn change_plan(asked: Asked) -> Answered {
    let done = save_plan(&asked).await;
    to_plan(asked, done).await
}

async fn save_plan(asked: &Asked) -> Result<(), Refused> {
    let (slug, store, now) = (slug(asked), asked.store(), asked.now);
    let plan = dates(asked)?;
    let value = |name: &str| asked.form.text(name).to_owned();
    let days = plan::sent_days(&value).ok_or_else(|| Refused::fault("", "days-form"))?;
    questions::change_words(store, actor(asked), &slug, words(asked)?, now).await?;
    questions::change_plan(store, actor(asked), &slug, &plan, &days, now).await
}

fn proposal<'a>(asked: &'a Asked, slug: &'a str) -> ProposeStatement<'a> {
    ProposeStatement {
        slug,
        body: asked.form.text("body"),
        language: language(asked),
        is_meant: asked.form.has("meant"),
        once: asked.form.text(ONCE),
    }
}

async fn seed(asked: Asked) -> Answered {
    let slug = slug(&asked);
    let done =
        statements::seed_statement(asked.store(), actor(&asked), proposal(&asked, &slug), asked.now).await;
    to_plan(asked, done.map(drop)).await
}

async fn attach(asked: Asked) -> Answered {
    let done = put_on_table(&asked).await;
    to_plan(asked, done).await
}

async fn put_on_table(asked: &Asked) -> Result<(), Refused> {
    let missing = || Refused::fault("evidence", "no-such-evidence");
    let (kind, target) = plan::target(asked.form.text("evidence")).ok_or_else(missing)?;
    let kind = EvidenceKind::find(kind).ok_or_else(missing)?;
    let map = asked.visit.evidence.map().map_err(|_| missing())?;
    questions::attach_evidence(asked.store(), actor(asked), &slug(asked), (kind, &target), map, asked.now)
        .await
}

async fn detach(asked: Asked) -> Answered {
    let number = asked.form.text("number").parse().unwrap_or(0);
    let done =
        questions::detach_evidence(asked.store(), actor(&asked), &slug(&asked), number, asked.now).await;
    to_plan(asked, done).await
}

async fn name_facilitator(asked: Asked) -> Answered {
    let (member, shift) = (asked.form.text("facilitator"), asked.form.text("shift"));
    let done =
        questions::name_facilitator(asked.store(), actor(&asked), &slug(&asked), member, shift, asked.now)
            .await;
    to_plan(asked, done).await
}

async fn remove_facilitator(asked: Asked) -> Answered {
    let member = asked.form.text("member");
    let done =
        questions::remove_facilitator(asked.store(), actor(&asked), &slug(&asked), member, asked.now).await;
    // The list of facilitators has no field of this name.
    to_plan(asked, done.map_err(whole)).await
}

/// A fault that is about the whole form.
fn whole(refused: Refused) -> Refused {
    match refused {
        Refused::Fault { code, mentions, .. } => Refused::Fault { field: "", code, mentions },
        other => other,
    }
}

async fn announce(asked: Asked) -> Answered {
    let done = questions::schedule(asked.store(), actor(&asked), &slug(&asked), asked.now).await;
    to_plan(asked, done.map_err(whole)).await
}

async fn archive(asked: Asked) -> Answered {
    let done = questions::archive(asked.store(), actor(&asked), &slug(&asked), asked.now).await;
    to_plan(asked, done.map_err(whole)).await
}

async fn write_post(mut asked: Asked) -> Answered {
    let slug = slug(&asked);
    let parent = asked.form.text("parent").parse().ok();
    let post = WritePost {
        slug: &slug,
        parent,
        body: asked.form.raw("body"),
        language: language(&asked),
        channel: Channel::Web,
        once: asked.form.text(ONCE),
    };
    match (posts::write_post(asked.store(), actor(&asked), post, asked.now).await, parent) {
        (Ok(posted), _) => Ok(Reply::elsewhere(at(&asked, &format!("posts/{}", posted.number)))),
        (Err(refused), None) => {
            page::render(Sent::refused(asked, refused, &question_path(&slug), &["body", "language"])?).await
        }
        (Err(refused), Some(parent)) => {
            let path = at(&asked, &format!("posts/{parent}"));
            asked.parameters.insert("number".into(), parent.to_string());
            show::post_page(Sent::refused(asked, refused, &path, &["body", "language"])?).await
        }
    }
}

/// Back to a post.
async fn to_post(asked: Asked, done: Result<(), Refused>) -> Answered {
    let path = at(&asked, &format!("posts/{}", number(&asked)?));
    match done {
        Ok(()) => Ok(Reply::elsewhere(path)),
        Err(refused) => {
            show::post_page(Sent::refused(asked, refused, &path, &["body", "reason", "words"])?).await
        }
    }
}

async fn change_post(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let body = asked.form.raw("body");
    let done = posts::edit_post(asked.store(), actor(&asked), about, body, asked.now).await;
    to_post(asked, done.map(drop)).await
}

async fn withdraw_post(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let done = posts::withdraw_post(asked.store(), actor(&asked), about, asked.now).await;
    to_post(asked, done).await
}

fn reason(asked: &Asked) -> Result<Reason, Refused> {
    Reason::find(asked.form.text("reason")).ok_or_else(|| Refused::fault("reason", "choice"))
}

async fn flag(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let done = match reason(&asked) {
        Ok(reason) => {
            let words = asked.form.text("words");
            posts::flag(asked.store(), actor(&asked), about, reason, words, asked.now).await
        }
        Err(refused) => Err(refused),
    };
    to_post(asked, done).await
}

async fn appeal(asked: Asked) -> Answered {
    let raised = RaiseAppeal {
        slug: asked.parameter("slug"),
        kind: Subject::Post,
        number: number(&asked)?,
        body: asked.form.raw("body"),
        once: asked.form.text(ONCE),
    };
    let done = moderation::appeal(asked.store(), actor(&asked), raised, asked.now).await;
    to_post(asked, done.map(drop)).await
}

async fn appeal_statement(asked: Asked) -> Answered {
    let path = at(&asked, "statements");
    let raised = RaiseAppeal {
        slug: asked.parameter("slug"),
        kind: Subject::Statement,
        number: number(&asked)?,
        body: asked.form.raw("body"),
        once: asked.form.text(ONCE),
    };
    match moderation::appeal(asked.store(), actor(&asked), raised, asked.now).await {
        Ok(_) => Ok(Reply::elsewhere(path)),
        Err(refused) => show::statements_page(Sent::refused(asked, refused, &path, &["body"])?).await,
    }
}

async fn propose(asked: Asked) -> Answered {
    let slug = slug(&asked);
    match statements::propose_statement(asked.store(), actor(&asked), proposal(&asked, &slug), asked.now)
        .await
    {
        Ok(proposed) => {
            let sent =
                if proposed.status == StatementStatus::Shown { "statement-shown" } else { "statement-held" };
            Ok(Reply::elsewhere(Query::default().with("sent", sent).address(&question_path(&slug))))
        }
        Err(refused) => {
            page::render(Sent::refused(asked, refused, &question_path(&slug), &["body", "language"])?).await
        }
    }
}

async fn cast(asked: Asked) -> Answered {
    let slug = slug(&asked);
    let done = cast_all(&asked, &slug).await;
    match done {
        Ok(numbers) => {
            let voted = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            let page = Query::default().with("voted", &voted).address(&question_path(&slug));
            Ok(Reply::elsewhere(format!("{page}#vote")))
        }
        Err(Turned::Forum(refused)) => {
            page::render(Sent::refused(asked, refused, &question_path(&slug), &[])?).await
        }
        Err(turned) => Err(turned),
    }
}

/// Casts each vote of the form under a name of its own, so that the form sent again casts none twice.
async fn cast_all(asked: &Asked, slug: &str) -> Result<Vec<i64>, Turned> {
    let open = asked.store().statements().list(slug).await?;
    let ballots = vote::sent(open.iter().map(|one| one.number), &|name| asked.form.text(name));
    if ballots.is_empty() {
        return Err(Refused::fault("", "vote-nothing").into());
    }
    let once = asked.form.text(ONCE);
    let mut numbers = Vec::with_capacity(ballots.len());
    for (statement, ballot) in ballots {
        let once = format!("{once}-{statement}");
        let network = asked.network.as_str();
        let vote = CastVote { slug, statement, ballot, channel: Channel::Web, network, once: &once };
        votes::cast_vote(asked.store(), actor(asked), vote, asked.now).await?;
        numbers.push(statement);
    }
    Ok(numbers)
}

/// Back to the queue.
async fn to_queue(asked: Asked, done: Result<(), Refused>) -> Answered {
    let path = at(&asked, "queue");
    match done {
        Ok(()) => Ok(Reply::elsewhere(path)),
        Err(refused) => {
            show::queue_page(Sent::refused(asked, refused, &path, &["body", "answer", "claim"])?).await
        }
    }
}

fn decision<'a>(asked: &'a Asked, shown: &str) -> Result<Decision<'a>, Refused> {
    let is_shown = asked.form.text("decision") == shown;
    Ok(Decision { is_shown, reason: reason(asked)?, words: asked.form.text("words") })
}

async fn decide_post(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let done = match decision(&asked, "approve") {
        Ok(decision) => {
            moderation::decide_post(asked.store(), actor(&asked), about, decision, asked.now).await.map(drop)
        }
        Err(refused) => Err(refused),
    };
    to_queue(asked, done).await
}

async fn decide_flags(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let done = match decision(&asked, "dismiss") {
        Ok(decision) => {
            moderation::decide_flags(asked.store(), actor(&asked), about, decision, asked.now).await
        }
        Err(refused) => Err(refused),
    };
    to_queue(asked, done).await
}

async fn decide_statement(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let done = match decision(&asked, "approve") {
        Ok(decision) => {
            moderation::decide_statement(asked.store(), actor(&asked), about, decision, asked.now)
                .await
                .map(drop)
        }
        Err(refused) => Err(refused),
    };
    to_queue(asked, done).await
}

async fn reword(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let (body, once) = (asked.form.text("body"), asked.form.text(ONCE));
    let done = statements::reword_statement(asked.store(), actor(&asked), about, body, once, asked.now).await;
    to_queue(asked, done.map(drop)).await
}

async fn bind(asked: Asked) -> Answered {
    let about = (asked.parameter("slug"), number(&asked)?);
    let named = asked.form.text("claim");
    let claim = plan::target(named).map_or_else(|| named.to_owned(), |(_, id)| id);
    let claim = (!claim.is_empty()).then_some(claim.as_str());
    let done = claims::bind_statement(asked.store(), actor(&asked), about, claim, asked.now).await;
    to_queue(asked, done).await
}

async fn decide_appeal(asked: Asked) -> Answered {
    let is_upheld = asked.form.text("decision") == "uphold";
    let (id, answer) = (asked.parameter("appeal"), asked.form.raw("answer"));
    let done =
        moderation::decide_appeal(asked.store(), actor(&asked), id, is_upheld, answer, asked.now).await;
    to_queue(asked, done).await
}

async fn write_summary(asked: Asked) -> Answered {
    let path = at(&asked, "summary/edit");
    match keep_summary(&asked).await {
        Ok(()) => Ok(Reply::elsewhere(path)),
        Err(refused) => show::summary_page(Sent::refused(asked, refused, &path, &["body"])?).await,
    }
}

async fn keep_summary(asked: &Asked) -> Result<(), Refused> {
    let (slug, store, now) = (slug(asked), asked.store(), asked.now);
    summaries::save_summary(store, actor(asked), &slug, asked.form.raw("body"), now).await?;
    if matches!(asked.form.text("act"), "publish" | "finish") {
        summaries::publish_summary(store, actor(asked), &slug, now).await?;
    }
    Ok(())
}

async fn comment(asked: Asked) -> Answered {
    let path = question_path(asked.parameter("slug"));
    let about = (asked.parameter("slug"), asked.form.raw("body"));
    match summaries::comment_summary(asked.store(), actor(&asked), about, asked.form.text(ONCE), asked.now)
        .await
    {
        Ok(_) => Ok(Reply::elsewhere(format!("{path}#summary"))),
        Err(refused) => page::render(Sent::refused(asked, refused, &path, &["body"])?).await,
    }
}

async fn follow_up(asked: Asked) -> Answered {
    let path = at(&asked, "follow-up");
    let about = (asked.parameter("slug"), asked.form.raw("body"), asked.form.text("link"));
    match summaries::follow_up(asked.store(), actor(&asked), about, asked.form.text(ONCE), asked.now).await {
        Ok(_) => Ok(Reply::elsewhere(path)),
        Err(refused) => show::follow_up_page(Sent::refused(asked, refused, &path, &["body", "link"])?).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_fault_of_another_field_is_about_the_whole() {
        let Refused::Fault { field, code, .. } = whole(Refused::fault("facilitator", "last-one")) else {
            panic!()
        };
        assert_eq!((field, code), ("", "last-one"));
        let routes: BTreeSet<&str> = DONE.iter().map(|way| way.route).collect();
        assert_eq!(routes.len(), DONE.len());
    }
}
