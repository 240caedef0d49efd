//! Voting: the next statements of a member as one form, a receipt after it, and the page of all own votes.
//!
//! Rule: one form holds several statements, so that a slow line is waited for once; a statement left untouched is not
//! voted on. Nobody is told how a member voted but the member: the receipt is read from the store, never from the
//! address. The last vote counts.

use super::sent::Sent;
use super::view::{Ballots, QuestionView, StatementView};
use crate::layout;
use crate::text::key;
use crate::visit::{Query, Visit};
use maud::{Markup, html};
use whatworks_domain::forum::{Ballot, PassReason, Phase};

/// What the section shows one reader.
#[derive(Debug, Default)]
pub(crate) struct Voting<'a> {
    /// The next statements for this member, in the order drawn for them.
    pub(crate) next: Vec<&'a StatementView>,
    /// How many the member has not voted on.
    pub(crate) unseen: usize,
    /// Statements voted on a moment ago, with the vote that counts.
    pub(crate) receipt: Vec<(&'a StatementView, Ballot)>,
    /// How many the member has voted on.
    pub(crate) voted: usize,
}

/// The name of a vote.
pub(crate) fn ballot_name(visit: &Visit, ballot: Ballot) -> String {
    match ballot {
        Ballot::Agree => visit.t("vote-agree"),
        Ballot::Disagree => visit.t("vote-disagree"),
        Ballot::Pass(reason) => {
            visit.ta("vote-pass-because", &[("reason", reason_name(visit, reason).into())])
        }
    }
}

fn reason_name(visit: &Visit, reason: PassReason) -> String {
    visit.t(match reason {
        PassReason::Unclear => key("vote-unclear"),
        PassReason::NoView => key("vote-no-view"),
        PassReason::NotMyField => key("vote-not-my-field"),
    })
}

/// The section on a question's page.
pub(crate) fn section(sent: &Sent, question: &QuestionView, voting: &Voting<'_>) -> Markup {
    let (visit, asked) = (sent.visit(), sent.reader());
    if question.phase() < Phase::Open {
        return html! {};
    }
    let is_open = question.takes_votes();
    let margin = html! {
        @if is_open && asked.member.is_some() { p { (visit.ta("vote-unseen", &[("count", voting.unseen.into())])) } }
        p { (visit.t("vote-secret")) }
        p { a href=(question.at("statements")) { (visit.t("vote-all-statements")) } }
    };
    let body = match (&asked.member, is_open) {
        (_, false) => html! { p { (visit.t("vote-closed")) } },
        (None, true) => html! {
            p { (visit.ta("vote-visitor", &[("count", question.participation.statements.into())])) }
            p.gap { a href=(sign_in(visit)) { (visit.t("vote-sign-in")) } }
        },
        (Some(_), true) => html! {
            (receipt(visit, &voting.receipt))
            @if voting.next.is_empty() {
                p { (visit.t(if voting.voted > 0 { key("vote-done") } else { key("vote-none") })) }
            } @else {
                (form(sent, question, &voting.next, &Ballots::new()))
            }
            @if voting.voted > 0 {
                p.s.gap { a href=(question.at("votes")) { (visit.ta("vote-change", &[("count", voting.voted.into())])) } }
            }
        },
    };
    layout::section("vote", &visit.t("vote"), &margin, &body)
}

/// Where to sign in so as to come back here.
pub(crate) fn sign_in(visit: &Visit) -> String {
    Query::default().with("next", &visit.address()).address("/sign-in")
}

fn receipt(visit: &Visit, votes: &[(&StatementView, Ballot)]) -> Markup {
    html! {
        @if !votes.is_empty() {
            div.tint role="status" {
                p { strong { (visit.ta("vote-receipt", &[("count", votes.len().into())])) } }
                ul {
                    @for (statement, ballot) in votes {
                        li { (ballot_name(visit, *ballot)) ": " bdi { (statement.body) } }
                    }
                }
            }
        }
    }
}

/// A form of several statements. Own votes are marked.
pub(crate) fn form(
    sent: &Sent,
    question: &QuestionView,
    statements: &[&StatementView],
    own: &Ballots,
) -> Markup {
    let visit = sent.visit();
    sent.form(&question.at("vote"), |_, _| {
        html! {
            ol.list.votes {
                @for statement in statements {
                    li { (fieldset(visit, statement, own.get(&statement.number).copied())) }
                }
            }
            p.gap { button { (visit.ta("vote-send", &[("count", statements.len().into())])) } }
        }
    })
}

fn fieldset(visit: &Visit, statement: &StatementView, own: Option<Ballot>) -> Markup {
    let number = statement.number;
    let (name, reason_field) = (format!("s{number}"), format!("r{number}"));
    let (vote, reason) = own.map_or(("", ""), Ballot::codes);
    let choices =
        [("agree", key("vote-agree")), ("disagree", key("vote-disagree")), ("pass", key("vote-pass"))];
    html! {
        fieldset {
            legend dir="auto" lang=(statement.language) { (statement.body) }
            @for (value, label) in choices {
                label { input type="radio" name=(name) value=(value) checked[value == vote]; (visit.t(label)) }
            }
            label.s {
                (visit.t("vote-because")) " "
                select name=(reason_field) {
                    option value="" { (visit.t("vote-only-if-pass")) }
                    @for one in PassReason::ALL {
                        option value=(one.code()) selected[one.code() == reason] { (reason_name(visit, *one)) }
                    }
                }
            }
        }
    }
}

/// The votes that a form sends on these statements; a reason without a vote is no vote.
pub(crate) fn sent<'a>(
    statements: impl Iterator<Item = i64>,
    value: &dyn Fn(&str) -> &'a str,
) -> Vec<(i64, Ballot)> {
    let vote = |number: i64| {
        let vote = value(&format!("s{number}"));
        let reason = if vote == "pass" { value(&format!("r{number}")) } else { "" };
        Some((number, Ballot::find(vote, reason)?))
    };
    statements.filter_map(vote).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_untouched_is_not_voted_on() {
        let fields = [
            ("s14", "agree"),
            ("r14", "unclear"),
            ("s9", "pass"),
            ("r9", "not-my-field"),
            ("r7", "no-view"),
            ("s8", "pass"),
            ("r8", ""),
            ("s6", "maybe"),
            ("sx", "agree"),
        ];
        let value = |name: &str| fields.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| *value);
        assert_eq!(
            sent([6, 7, 8, 9, 14, 15].into_iter(), &value),
            [
                (8, Ballot::Pass(PassReason::NoView)),
                (9, Ballot::Pass(PassReason::NotMyField)),
                (14, Ballot::Agree),
            ]
        );
    }
}
