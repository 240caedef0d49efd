//! The pages beside a question's own: lists and files, one post, own votes, and the facilitators' pages.
//!
//! Rule: each handler gathers and hands to one drawing function; the same functions show a page again after a form on it
//! was refused.

use super::board::{self, BoardView};
use super::files::{QUESTIONS, STATEMENTS};
use super::gather::{self, Count};
use super::list::{self, Powers};
use super::opinions::{self, Opinion};
use super::page::has_begun;
use super::plan::{self, PlanPage};
use super::post::{self, Appeal, PostPage};
use super::queue::{self, AppealView, FlagView, QueueView};
use super::sent::Sent;
use super::summary::{self, SummaryPage, SummaryView};
use super::view::{PostView, QuestionView, StatementView};
use super::{head, statements, vote};
use crate::layout::{self, Page, Room};
use crate::member::way::{Asked, Reply, Turned};
use crate::twins;
use crate::visit::Rendered;
use maud::{Markup, html};
use std::collections::BTreeSet;
use time::Duration;
use whatworks_domain::forum::{Phase, PostStatus, Region, StatementStatus, Subject};
use whatworks_domain::member::{MemberStatus, Role};
use whatworks_forum::acts::discussion::moderation::may_answer;
use whatworks_forum::{Act, Refused, Relation, Verdict};
use whatworks_store::MemberFilter;
use whatworks_store::forum::{Queue, Viewer};

/// How long a post can be changed.
const EDITABLE: Duration = Duration::hours(24);
/// Answers below which a statement is thin.
const THIN: u64 = 8;

/// Facilitators that are offered for a question.
const CANDIDATES: u32 = 200;
/// Posts below one that are looked through for its answers.
const ANSWERS: u32 = 200;

type Answered = Result<Reply, Turned>;

fn missing(what: &'static str) -> Turned {
    Turned::Forum(Refused::Missing(what))
}

/// `/questions`.
pub(crate) async fn list(asked: Asked) -> Answered {
    let questions = gather::list(&asked).await?;
    let powers = Powers {
        may_begin: gather::verdict(&asked, Act::BeginQuestion, Relation::None) == Verdict::Allowed,
        waiting: waiting(&asked).await?.map(|queue| queue.len()),
    };
    Ok(Reply::page(list::page(&asked.visit, &questions, powers)?))
}

/// What waits for the reader; none for who decides nothing.
async fn waiting(asked: &Asked) -> Result<Option<Queue>, Turned> {
    let decides_all = gather::verdict(asked, Act::DecideAppeal, Relation::None) == Verdict::Allowed;
    let decides_own = gather::verdict(asked, Act::Moderate, Relation::Facilitates) == Verdict::Allowed;
    if !decides_all && !decides_own {
        return Ok(None);
    }
    let whose = (!decides_all).then(|| gather::me(asked));
    let mut queue = asked.store().moderation().list_queue(whose).await?;
    if !decides_all {
        queue.appeals.clear();
    }
    Ok(Some(queue))
}

async fn announced(asked: &Asked) -> Result<Vec<QuestionView>, Turned> {
    let mut questions = gather::list(asked).await?;
    questions.retain(|one| one.phase() > Phase::Draft);
    Ok(questions)
}

/// `/questions.csv`.
pub(crate) async fn list_csv(asked: Asked) -> Answered {
    Ok(Reply::page(twins::csv(&asked.visit, "questions", QUESTIONS, &announced(&asked).await?)?))
}

/// `/questions.json`.
pub(crate) async fn list_json(asked: Asked) -> Answered {
    Ok(Reply::page(twins::json(&asked.visit, "questions", QUESTIONS, &announced(&asked).await?)?))
}

/// `/questions.ics`.
pub(crate) async fn list_ics(asked: Asked) -> Answered {
    let questions = announced(&asked).await?;
    let public = &asked.site.public_url;
    Ok(Reply::page(list::ics(&asked.visit, &questions, public.origin(), public.host())))
}

/// `/questions/new`.
pub(crate) async fn new(asked: Asked) -> Answered {
    new_page(Sent::nothing(asked)).await
}

/// The form to begin a question.
#[expect(clippy::unused_async, reason = "the form of every page that a refused form comes back to")]
pub(crate) async fn new_page(sent: Sent) -> Answered {
    let page = plan::new_page(&sent)?;
    Ok(sent.reply(page))
}

/// A page under a question: crumbs, heading, one section, more sections.
fn under(
    asked: &Asked,
    question: &QuestionView,
    title: &str,
    say: &str,
    more: &Markup,
) -> Result<Rendered, Turned> {
    let visit = &asked.visit;
    let body = html! {
        (layout::section_head(title, &html! {}, &html! {
            (head::demonstration(visit, question))
            p.s { a href="/questions" { (visit.t("nav-questions")) } " / " a href=(question.path()) { bdi { (question.title) } } }
            h1 { (title) }
            p.say { (say) }
        }))
        (more)
    };
    let page = Page {
        title: format!("{title}: {}", question.title),
        description: say.to_owned(),
        room: Room::Questions,
        spine: None,
        body,
    };
    Ok(layout::page(visit, &page)?)
}

async fn statements_now(asked: &Asked) -> Result<(QuestionView, Vec<StatementView>), Turned> {
    let question = gather::question(asked).await?;
    if !has_begun(&question) {
        return Err(missing("question"));
    }
    let mut found = gather::statements(asked, &question.slug, Count::Now, false).await?;
    found.retain(|one| one.status != StatementStatus::Held);
    Ok((question, found))
}

/// `/questions/{slug}/statements`.
pub(crate) async fn statements(asked: Asked) -> Answered {
    statements_page(Sent::nothing(asked)).await
}

/// All statements; who wrote one that was taken out finds a form there to object.
pub(crate) async fn statements_page(sent: Sent) -> Answered {
    let (asked, visit) = (sent.reader(), sent.visit());
    let (question, found) = statements_now(asked).await?;
    let section = layout::section(
        "list",
        &visit.t("statements"),
        &html! { p { (visit.t("statements-how")) } },
        &statements::table(&sent, &question, &found),
    );
    let page = under(asked, &question, &visit.t("statements"), &visit.t("statements-say"), &section)?;
    Ok(sent.reply(page))
}

/// `/questions/{slug}/statements.csv`.
pub(crate) async fn statements_csv(asked: Asked) -> Answered {
    let (question, found) = statements_now(&asked).await?;
    Ok(Reply::page(twins::csv(&asked.visit, &format!("statements-{}", question.slug), STATEMENTS, &found)?))
}

/// `/questions/{slug}/statements.json`.
pub(crate) async fn statements_json(asked: Asked) -> Answered {
    let (_, found) = statements_now(&asked).await?;
    Ok(Reply::page(twins::json(&asked.visit, "statements", STATEMENTS, &found)?))
}

/// `/questions/{slug}/opinions`.
pub(crate) async fn opinions(asked: Asked) -> Answered {
    let question = gather::question(&asked).await?;
    if !has_begun(&question) {
        return Err(missing("question"));
    }
    let known = gather::opinion(&asked, &question.slug).await?;
    let map = known.as_ref().map(|known| &known.map);
    let all = gather::statements(&asked, &question.slug, Count::Computed(map), false).await?;
    let opinion = known.as_ref().map(|known| Opinion {
        map: &known.map,
        without_flagged: known.without_flagged.as_ref(),
        computed_at: known.computed_at,
    });
    let visit = &asked.visit;
    let more = opinions::sections(visit, &question, &all, opinion.as_ref());
    Ok(Reply::page(under(&asked, &question, &visit.t("opinion-map"), &visit.t("opinion-page-say"), &more)?))
}

/// `/questions/{slug}/opinions.json` and its twin under `/api/v1`.
pub(crate) async fn opinions_json(asked: Asked) -> Answered {
    let question = gather::question(&asked).await?;
    let known = gather::opinion(&asked, &question.slug).await?.filter(|_| has_begun(&question));
    let known = known.ok_or_else(|| missing("opinions"))?;
    Ok(Reply::page(Rendered::json(&asked.visit, &known.map)?))
}

/// `/api/v1/questions/{slug}`.
pub(crate) async fn api(asked: Asked) -> Answered {
    let question = gather::question(&asked).await?;
    Ok(Reply::page(Rendered::json(
        &asked.visit,
        &twins::object(&asked.visit.evidence, QUESTIONS, &question),
    )?))
}

/// `/questions/{slug}/votes`: the reader's own.
pub(crate) async fn votes(asked: Asked) -> Answered {
    let question = gather::question(&asked).await?;
    let own = gather::ballots(&asked, &question.slug).await?;
    let all = gather::statements(&asked, &question.slug, Count::Computed(None), false).await?;
    let open: Vec<&StatementView> = all.iter().filter(|one| one.status == StatementStatus::Shown).collect();
    let sent = Sent::nothing(asked);
    let (asked, visit) = (sent.reader(), sent.visit());
    let body = html! {
        @if open.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("statements-empty")) } }
        @else if question.takes_votes() { (vote::form(&sent, &question, &open, &own)) }
        @else {
            ul {
                @for one in open.iter() {
                    @if let Some(ballot) = own.get(&one.number) { li { (vote::ballot_name(visit, *ballot)) ": " bdi { (one.body) } } }
                }
            }
        }
    };
    let section =
        layout::section("list", &visit.t("statements"), &html! { p { (visit.t("vote-secret")) } }, &body);
    let page = under(asked, &question, &visit.t("votes-title"), &visit.t("votes-say"), &section)?;
    Ok(Reply::page(page))
}

/// `/questions/{slug}/posts/{number}`.
pub(crate) async fn post(asked: Asked) -> Answered {
    post_page(Sent::nothing(asked)).await
}

/// A post's page.
pub(crate) async fn post_page(sent: Sent) -> Answered {
    let asked = sent.reader();
    let question = gather::question(asked).await?;
    let slug = question.slug.as_str();
    let number: i64 = asked.parameter("number").parse().map_err(|_| missing("post"))?;
    let relation = gather::relation(asked, slug).await?;
    let decides = gather::verdict(asked, Act::Moderate, relation) == Verdict::Allowed;
    let posts = asked.store().posts();
    let found = posts.find(slug, number).await?.ok_or_else(|| missing("post"))?;
    let is_mine = found.member_id == gather::me(asked);
    let is_public = matches!(found.status, PostStatus::Shown | PostStatus::Removed);
    if !is_public && !is_mine && !decides {
        return Err(missing("post"));
    }
    let parent = match found.parent {
        Some(parent) => {
            posts.find(slug, parent).await?.map(|one| withheld(gather::post(asked, one), decides))
        }
        None => None,
    };
    let viewer = Viewer { member_id: Some(gather::me(asked)), sees_all: decides };
    let below = posts.list_thread(slug, viewer, &found.path, ANSWERS).await?.posts;
    let answers: Vec<PostView> = below
        .into_iter()
        .filter(|one| one.parent == Some(number))
        .map(|one| gather::post(asked, one))
        .collect();
    let is_readable = found.status == PostStatus::Shown || is_mine || decides;
    let revisions = if is_readable { gather::revisions(asked, slug, number).await? } else { Vec::new() };
    let may_change = is_mine
        && question.takes_posts()
        && matches!(found.status, PostStatus::Shown | PostStatus::Held)
        && asked.now < found.written_at + EDITABLE;
    let appeals =
        if is_mine { asked.store().moderation().list_appeals(gather::me(asked)).await? } else { Vec::new() };
    let appeal = appeals
        .into_iter()
        .find(|one| one.slug == slug && one.kind == Subject::Post && one.number == number)
        .map(|one| Appeal { body: one.body, is_upheld: one.is_upheld, answer: one.answer });
    let shown = PostPage {
        is_flagged: posts.is_flagged_by(slug, number, gather::me(asked)).await?,
        post: withheld(gather::post(asked, found), decides),
        parent,
        answers,
        revisions,
        may_change,
        appeal,
    };
    let page = post::page(&sent, &question, &shown)?;
    Ok(sent.reply(page))
}

/// A post without its text where the reader may not see it.
fn withheld(mut post: PostView, decides: bool) -> PostView {
    if post.status != PostStatus::Shown && !post.is_mine && !decides {
        post.body.clear();
    }
    post
}

/// `/questions/{slug}/plan`.
pub(crate) async fn plan(asked: Asked) -> Answered {
    plan_page(Sent::nothing(asked)).await
}

/// The plan's page.
pub(crate) async fn plan_page(sent: Sent) -> Answered {
    let asked = sent.reader();
    let question = gather::question(asked).await?;
    let all = gather::statements(asked, &question.slug, Count::Computed(None), true).await?;
    let facilitators: Vec<(String, String)> = asked
        .store()
        .questions()
        .list_facilitators(&question.slug)
        .await?
        .into_iter()
        .map(|one| (one.member_id, one.name))
        .collect();
    let filter = MemberFilter {
        status: Some(MemberStatus::Active),
        role: Some(Role::Facilitator),
        ..MemberFilter::default()
    };
    let members = asked.store().members().list(&filter, 0, CANDIDATES).await?;
    let is_new = |id: &str| !facilitators.iter().any(|(own, _)| own == id);
    let candidates = members
        .into_iter()
        .filter(|one| is_new(&one.member_id))
        .map(|one| (one.member_id, one.profile.name))
        .collect();
    let evidence = gather::on_table(asked, &question.slug).await?;
    let shown = PlanPage {
        seeds: all.into_iter().filter(|one| one.is_seed && one.status == StatementStatus::Shown).collect(),
        evidence: evidence.iter().map(|(number, one)| named(sent.visit(), *number, one)).collect(),
        facilitators,
        candidates,
    };
    let page = plan::page(&sent, &question, &shown)?;
    Ok(sent.reply(page))
}

fn named(visit: &crate::visit::Visit, number: i64, one: &super::evidence::OnTable) -> (i64, String, String) {
    use super::evidence::{OnTable, claim_path, find_assessment};
    match one {
        OnTable::Synthesis(pool) => {
            let name = find_assessment(visit, pool)
                .map_or_else(|| pool.clone(), |found| crate::sentence::answer(visit, found));
            (number, format!("/syntheses/{}", crate::visit::segment(pool)), name)
        }
        OnTable::Claim(claim) => (number, claim_path(&claim.id), claim.sentence.clone()),
    }
}

/// `/queue`.
pub(crate) async fn queue_all(asked: Asked) -> Answered {
    let queue = waiting(&asked).await?.unwrap_or_default();
    let slugs: BTreeSet<String> = [
        queue.posts.iter().map(|one| one.slug.clone()).collect::<Vec<_>>(),
        queue.statements.iter().map(|one| one.slug.clone()).collect(),
        queue.flags.iter().map(|one| one.slug.clone()).collect(),
        queue.appeals.iter().map(|one| one.slug.clone()).collect(),
    ]
    .concat()
    .into_iter()
    .collect();
    let mut views = Vec::new();
    for slug in slugs {
        let mut of_one = asked.clone();
        of_one.parameters.insert("slug".into(), slug);
        let question = gather::question(&of_one).await?;
        views.push(queue_of(&of_one, question, &queue).await?);
    }
    let sent = Sent::nothing(asked);
    let page = queue::all(&sent, &views)?;
    Ok(sent.reply(page))
}

/// `/questions/{slug}/queue`.
pub(crate) async fn queue(asked: Asked) -> Answered {
    queue_page(Sent::nothing(asked)).await
}

/// The queue of one question.
pub(crate) async fn queue_page(sent: Sent) -> Answered {
    let asked = sent.reader();
    let question = gather::question(asked).await?;
    let queue = waiting(asked).await?.unwrap_or_default();
    let view = queue_of(asked, question, &queue).await?;
    let page = queue::page(&sent, &view)?;
    Ok(sent.reply(page))
}

async fn queue_of(asked: &Asked, question: QuestionView, queue: &Queue) -> Result<QueueView, Turned> {
    let slug = question.slug.clone();
    let posts = asked.store().posts();
    let mut view = QueueView {
        question,
        posts: Vec::new(),
        statements: Vec::new(),
        flags: Vec::new(),
        appeals: Vec::new(),
        shown: Vec::new(),
    };
    for held in queue.posts.iter().filter(|one| one.slug == slug) {
        view.posts.extend(posts.find(&slug, held.number).await?.map(|one| gather::post(asked, one)));
    }
    for flag in queue.flags.iter().filter(|one| one.slug == slug) {
        let Some(post) = posts.find(&slug, flag.number).await? else { continue };
        let reasons =
            flag.reasons.iter().map(|one| queue::reason_text(&asked.visit, &one.to_text())).collect();
        view.flags.push(FlagView { post: gather::post(asked, post), reasons });
    }
    let all = gather::statements(asked, &slug, Count::Computed(None), true).await?;
    for appeal in queue.appeals.iter().filter(|one| one.slug == slug) {
        let (text, reason) = match appeal.kind {
            Subject::Post => {
                posts.find(&slug, appeal.number).await?.map(|one| (one.body, one.reason)).unwrap_or_default()
            }
            Subject::Statement => {
                let found = all.iter().find(|one| one.number == appeal.number);
                found.map(|one| (one.body.clone(), one.reason.clone())).unwrap_or_default()
            }
        };
        view.appeals.push(AppealView {
            appeal_id: appeal.appeal_id.clone(),
            text,
            reason,
            body: appeal.body.clone(),
            raised_at: appeal.raised_at,
            is_answerable: may_answer(asked.store(), appeal, &asked.me()?.actor).await?,
        });
    }
    for one in all {
        match one.status {
            StatementStatus::Held => view.statements.push(one),
            StatementStatus::Shown => view.shown.push(one),
            StatementStatus::Out | StatementStatus::Replaced => {}
        }
    }
    Ok(view)
}

/// `/questions/{slug}/board`.
pub(crate) async fn board(asked: Asked) -> Answered {
    let question = gather::question(&asked).await?;
    let slug = question.slug.as_str();
    let found = asked.store().questions().load_board(slug, asked.now - Duration::days(1)).await?;
    let mut unanswered = Vec::new();
    for one in found.unanswered {
        unanswered
            .extend(asked.store().posts().find(slug, one.number).await?.map(|one| gather::post(&asked, one)));
    }
    let all = gather::statements(&asked, slug, Count::Now, false).await?;
    let of = |country: &str| Region::of_country(country);
    let here: BTreeSet<Region> =
        found.writers.iter().filter(|one| one.posts > 0).filter_map(|one| of(&one.country)).collect();
    let members: BTreeSet<Region> = found.writers.iter().filter_map(|one| of(&one.country)).collect();
    let wrote = |posts: i64| u64::try_from(posts).unwrap_or(0);
    let view = BoardView {
        silent: found.writers.iter().filter(|one| one.posts == 0).map(|one| one.name.clone()).collect(),
        members: found.writers.len(),
        // A region without any member is not absent from this discussion but from the commons.
        absent: members.difference(&here).copied().collect(),
        unanswered,
        thin: all
            .into_iter()
            .filter(|one| one.status == StatementStatus::Shown && one.counts.exposures() < THIN)
            .collect(),
        posts: found.writers.iter().map(|one| wrote(one.posts)).sum(),
        signs: gather::opinion(&asked, slug).await?.map(|known| known.signs),
        writers: found
            .writers
            .iter()
            .filter(|one| one.posts > 0)
            .map(|one| (one.name.clone(), wrote(one.posts)))
            .collect(),
    };
    Ok(Reply::page(board::page(&asked.visit, &question, &view)?))
}

/// `/questions/{slug}/summary/edit`.
pub(crate) async fn summary(asked: Asked) -> Answered {
    summary_page(Sent::nothing(asked)).await
}

/// The summary's editor.
pub(crate) async fn summary_page(sent: Sent) -> Answered {
    let asked = sent.reader();
    let question = gather::question(asked).await?;
    let versions = asked.store().summaries().list(&question.slug).await?;
    let published = versions.iter().rfind(|one| one.published_at.is_some());
    let published = published.map(|one| SummaryView {
        version: one.version,
        body: one.body.clone(),
        published_at: one.published_at,
    });
    let last = versions.last().map(|one| one.body.clone());
    let is_draft = last.is_none();
    let body = match last {
        Some(body) => body,
        None => gather::draft(asked, &question.slug).await?,
    };
    let page = summary::edit_page(&sent, &question, &SummaryPage { body, is_draft, published })?;
    Ok(sent.reply(page))
}

/// `/questions/{slug}/follow-up`.
pub(crate) async fn follow_up(asked: Asked) -> Answered {
    follow_up_page(Sent::nothing(asked)).await
}

/// What was done about a question, and the form to add to it.
pub(crate) async fn follow_up_page(sent: Sent) -> Answered {
    let asked = sent.reader();
    let question = gather::question(asked).await?;
    let remarks = gather::follow_ups(asked, &question.slug).await?;
    let page = summary::follow_up_page(&sent, &question, &remarks)?;
    Ok(sent.reply(page))
}
