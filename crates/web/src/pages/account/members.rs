//! `/members`: who is a member, who asks to be, whom to invite; and one member's page, where standing is changed.
//!
//! Only stewards see any of it, in a session that a second factor opened; roles are given and access is taken only when
//! the factor was shown just now.

use super::frame::{fault, sections, with_fault};
use super::{belonging, data, words};
use crate::layout::{self, Head};
use crate::member::fields::{self, Fault, Field};
use crate::member::way::{Asked, Reply, Turned};
use crate::member::{Object, Rule, Way, moment};
use crate::text::key;
use crate::visit::segment;
use maud::{Markup, html};
use whatworks_domain::member::{MemberStatus, Role};
use whatworks_forum::acts::join::{self, Invite};
use whatworks_forum::acts::standing as acts;
use whatworks_forum::{Act, Refused};
use whatworks_store::{MemberFilter, StoredMember};

/// Members on one page of the list.
const ON_A_PAGE: u32 = 100;
/// Requests shown at once.
const REQUESTS: u32 = 50;

pub(super) const WAYS: &[Way] = &[
    Way::get("/members", Act::ReadMembers, Object::None, |asked| Box::pin(list(asked))),
    Way::post("/members/invite", Act::Invite, Object::None, |asked| Box::pin(invite(asked)))
        .limited(&[Rule::InviteByMember]),
    Way::get("/members/{member}", Act::ReadMembers, Object::Member, |asked| Box::pin(show(asked))),
    Way::post("/members/{member}/accept", Act::DecideMember, Object::Member, |asked| Box::pin(accept(asked))),
    Way::post("/members/{member}/decline", Act::DecideMember, Object::Member, |asked| {
        Box::pin(decline(asked))
    }),
    Way::post("/members/{member}/disable", Act::DecideMember, Object::Member, |asked| {
        Box::pin(disable(asked))
    })
    .grave(),
    Way::post("/members/{member}/enable", Act::DecideMember, Object::Member, |asked| Box::pin(enable(asked)))
        .grave(),
    Way::post("/members/{member}/roles", Act::GrantRole, Object::Member, |asked| {
        Box::pin(change_role(asked))
    })
    .grave(),
    Way::post("/members/{member}/erase", Act::Erase, Object::Member, |asked| Box::pin(erase(asked))).grave(),
];

async fn list(asked: Asked) -> Result<Reply, Turned> {
    listed(&asked, &Fault::none()).await
}

pub(super) async fn listed(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let members = asked.store().members();
    let requested = MemberFilter { status: Some(MemberStatus::Requested), ..MemberFilter::default() };
    let requests = members.list(&requested, 0, REQUESTS).await?;
    let all = MemberFilter::default();
    let count = members.count(&all).await?;
    let pages = usize::try_from(count.div_ceil(u64::from(ON_A_PAGE))).unwrap_or(1).max(1);
    let page = visit.query.find("page").and_then(|text| text.parse().ok()).unwrap_or(1_usize).clamp(1, pages);
    let skip = u32::try_from(page - 1).unwrap_or(0).saturating_mul(ON_A_PAGE);
    let rows = members.list(&all, skip, ON_A_PAGE).await?;

    let waiting = html! {
        @if requests.is_empty() { p { (visit.t("members-requests-none")) } }
        @else { ul.list { @for one in &requests { li { (link(one)) " " span.s.m { (moment::moment(asked, one.created_at)) } } } } }
    };
    let more = html! {
        (layout::section("requests", &visit.t("members-requests"), &note(&visit.t("members-requests-margin")), &waiting))
        (layout::section("invite", &visit.t("members-invite"), &note(&visit.t("members-invite-margin")), &invitation(asked, fault, &belonging::choices(asked).await?)))
        (belonging::open_invitations(asked).await?)
        (layout::section("all", &visit.t("members-all"), &note(&visit.t("members-all-margin")), &html! {
            (table(asked, &rows))
            (layout::pager(visit, page, pages))
        }))
    };
    let margin = note(&visit.t("members-margin"));
    let (title, description) = (key("members-title"), key("members-description"));
    Ok(with_fault(sections(asked, title, description, &margin, &html! {}, &more)?, fault))
}

fn note(text: &str) -> Markup {
    html! { p { (text) } }
}

pub(super) fn path_of(member_id: &str) -> String {
    format!("/members/{}", segment(member_id))
}

fn link(member: &StoredMember) -> Markup {
    let name = if member.profile.name.is_empty() { &member.member_id } else { &member.profile.name };
    html! { a href=(path_of(&member.member_id)) { bdi { (name) } } }
}

fn table(asked: &Asked, rows: &[StoredMember]) -> Markup {
    let visit = &asked.visit;
    let heads = [
        Head::words(visit.t("account-name")),
        Head::words(visit.t("account-roles")),
        Head::words(visit.t("members-status")),
        Head::words(visit.t("members-joined")),
    ];
    let row = |member: &StoredMember| {
        let roles: Vec<String> = member.roles.iter().map(|role| words::role(visit, *role)).collect();
        vec![
            link(member),
            html! { (roles.join(", ")) },
            html! { (words::status(visit, member.status)) },
            moment::moment(asked, member.created_at),
        ]
    };
    let rows: Vec<Vec<Markup>> = rows.iter().map(row).collect();
    layout::fold_table(&html! { (visit.t("members-caption")) }, &heads, &rows)
}

/// Roles that an invitation may bring: one with power is given only to who has a second factor.
fn without_power() -> impl Iterator<Item = &'static Role> {
    Role::ALL.iter().filter(|role| !role.has_power())
}

fn invitation(asked: &Asked, fault: &Fault, organisations: &[(String, String)]) -> Markup {
    let visit = &asked.visit;
    let label = visit.t("sign-in-address");
    let address = Field { kind: "email", ..Field::line("address", &label) };
    let roles: Vec<(String, String)> =
        without_power().map(|role| (role.code().to_owned(), words::role(visit, *role))).collect();
    fields::form(
        asked,
        "/members/invite",
        fault,
        &html! {
            (fields::field(asked, fault, address))
            (fields::choice(asked, fault, "role", &visit.t("members-invite-role"), Role::Member.code(), &roles))
            (fields::choice(asked, fault, "organisation", &visit.t("account-organisation"), "", organisations))
            button { (visit.t("members-invite-send")) }
        },
    )
}

/// The member that the address names.
async fn find(asked: &Asked) -> Result<StoredMember, Turned> {
    let found = asked.store().members().find(asked.parameter("member")).await?;
    found.ok_or(Turned::Forum(Refused::Missing("member")))
}

async fn show(asked: Asked) -> Result<Reply, Turned> {
    shown(&asked, &Fault::none()).await
}

async fn shown(asked: &Asked, fault: &Fault) -> Result<Reply, Turned> {
    let visit = &asked.visit;
    let member = find(asked).await?;
    let path = path_of(&member.member_id);
    let act = |verb: &str, label: &str| fields::button(asked, &format!("{path}/{verb}"), label, &[]);
    let body = html! {
        p.say { bdi { (member.profile.name) } }
        dl.kv.gap {
            dt { (visit.t("account-address")) } dd { bdi { (member.address.as_deref().unwrap_or_default()) } }
            dt { (visit.t("members-status")) } dd { (words::status(visit, member.status)) }
            dt { (visit.t("members-joined")) } dd { (moment::moment(asked, member.created_at)) }
            @if !member.request_note.is_empty() {
                dt { (visit.t("members-note")) } dd dir="auto" { (member.request_note) }
            }
        }
        @if member.status == MemberStatus::Requested {
            (act("accept", &visit.t("members-accept")))
            (act("decline", &visit.t("members-decline")))
        }
    };
    let is_standing = matches!(member.status, MemberStatus::Active | MemberStatus::Disabled);
    let more = html! {
        @if member.status == MemberStatus::Active {
            (layout::section("roles", &visit.t("members-roles"), &note(&visit.t("members-roles-say")), &roles(asked, fault, &member)))
        }
        @if member.status == MemberStatus::Active { (belonging::section(asked, fault, &member).await?) }
        @if is_standing {
            (layout::section("access", &visit.t("members-access"), &note(&visit.t("members-disable-say")), &html! {
                @if member.status == MemberStatus::Active { (act("disable", &visit.t("members-disable"))) }
                @else { (act("enable", &visit.t("members-enable"))) }
            }))
            (layout::section("erase", &visit.t("data-erase"), &note(&visit.t("members-erase-say")), &html! {
                (fields::form(asked, &format!("{path}/erase"), &Fault::none(), &html! {
                    (fields::check("sure", &visit.t("data-erase-check")))
                    button { (visit.t("data-erase-press")) }
                }))
            }))
        }
    };
    let margin = note(&visit.t("members-page-margin"));
    let (title, description) = (key("members-title"), key("members-description"));
    Ok(with_fault(sections(asked, title, description, &margin, &body, &more)?, fault))
}

fn roles(asked: &Asked, fault: &Fault, member: &StoredMember) -> Markup {
    let visit = &asked.visit;
    let path = format!("{}/roles", path_of(&member.member_id));
    html! {
        @if fault.is_some() { (fields::whole(fault)) }
        @for role in Role::ALL.iter().filter(|role| **role != Role::Member) {
            @let name = words::role(visit, *role);
            @let args = [("role", name.as_str().into())];
            @if member.roles.contains(role) {
                (fields::button(asked, &path, &visit.ta("members-role-take", &args), &[("take", role.code())]))
            } @else {
                (fields::button(asked, &path, &visit.ta("members-role-give", &args), &[("give", role.code())]))
            }
        }
    }
}

async fn invite(asked: Asked) -> Result<Reply, Turned> {
    let role = Role::find(asked.form.text("role")).ok_or(Refused::fault("role", "choice"))?;
    let invitation = Invite {
        address: asked.form.text("address"),
        organisation_id: belonging::sent(&asked),
        role,
        language: asked.visit.frame.code(),
    };
    let mut source = asked.source();
    match join::invite(asked.store(), asked.actor(), invitation, &mut source, asked.now).await {
        Ok(()) => Ok(Reply::elsewhere("/members")),
        Err(refused) => listed(&asked, &fault(&asked, refused)?).await,
    }
}

/// Back to the member's page, or the page with what is wrong.
pub(super) async fn done(asked: &Asked, outcome: Result<(), Refused>) -> Result<Reply, Turned> {
    match outcome {
        Ok(()) => Ok(Reply::elsewhere(path_of(asked.parameter("member")))),
        Err(refused) => shown(asked, &fault(asked, refused)?).await,
    }
}

async fn decide(asked: &Asked, is_accepted: bool) -> Result<(), Refused> {
    let (member, mut source) = (asked.parameter("member"), asked.source());
    acts::decide_request(asked.store(), asked.actor(), member, is_accepted, &mut source, asked.now).await
}

async fn accept(asked: Asked) -> Result<Reply, Turned> {
    let decided = decide(&asked, true).await;
    done(&asked, decided).await
}

async fn decline(asked: Asked) -> Result<Reply, Turned> {
    // Nothing is left of a request that was declined.
    decide(&asked, false).await?;
    Ok(Reply::elsewhere("/members"))
}

async fn set_access(asked: &Asked, is_allowed: bool) -> Result<Reply, Turned> {
    let (member, mut source) = (asked.parameter("member"), asked.source());
    let set =
        acts::set_access(asked.store(), asked.actor(), member, is_allowed, &mut source, asked.now).await;
    done(asked, set).await
}

async fn disable(asked: Asked) -> Result<Reply, Turned> {
    set_access(&asked, false).await
}

async fn enable(asked: Asked) -> Result<Reply, Turned> {
    set_access(&asked, true).await
}

async fn change_role(asked: Asked) -> Result<Reply, Turned> {
    let (store, actor, member) = (asked.store(), asked.actor(), asked.parameter("member"));
    let mut source = asked.source();
    let changed = match (Role::find(asked.form.text("give")), Role::find(asked.form.text("take"))) {
        (Some(role), _) => acts::grant_role(store, actor, member, role, &mut source, asked.now).await,
        (None, Some(role)) => acts::take_role(store, actor, member, role, &mut source, asked.now).await,
        (None, None) => Err(Refused::fault("", "choice")),
    };
    done(&asked, changed).await
}

async fn erase(asked: Asked) -> Result<Reply, Turned> {
    let forgotten = data::forget(&asked, asked.parameter("member")).await;
    done(&asked, forgotten).await
}
