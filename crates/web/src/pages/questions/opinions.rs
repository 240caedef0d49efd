//! What the votes say: common ground, dividing lines, the map of opinion, or that there are no groups.
//!
//! Rule: every share has its interval and its count; groups are shown only when the votes support them, and "no groups"
//! has the same place, size and test beside it as a found result. The map's table says what the picture shows. Everything
//! here is what everyone may see: places are rounded, small cells are left out by the mathematics.

use super::moment;
use super::view::{QuestionView, StatementView};
use crate::layout;
use crate::number;
use crate::sentence;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use time::OffsetDateTime;
use whatworks_charts::{
    Axis, Estimate, GroupMark, NumberStyle, OpinionPlot, PlotGroup, agreement_row, opinion_map, rows,
};
use whatworks_domain::forum::Phase;
use whatworks_evidence::opinion::{Answers, NoGroups, OpinionMap, Share, StatementResult};

/// Statements of the overall result on a question's page.
const OVERALL: usize = 12;

/// The votes' result, and what it was computed from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opinion<'a> {
    pub(crate) map: &'a OpinionMap,
    /// The same without voters whose votes look coordinated, when there are such.
    pub(crate) without_flagged: Option<&'a OpinionMap>,
    pub(crate) computed_at: OffsetDateTime,
}

impl Opinion<'_> {
    /// How many statements are common ground, and how many divide.
    pub(crate) fn found(&self) -> (usize, usize) {
        (self.map.common_ground().len(), self.map.dividing_lines().len())
    }
    /// What all answered to a statement.
    pub(crate) fn answers(&self, number: i64) -> Option<Answers> {
        let id = number.to_string();
        self.map.statements.iter().find(|one| one.id == id).map(|one| one.answers)
    }
}

/// A share in percent, as charts take it.
fn percent(share: Share) -> Estimate {
    Estimate::new(share.value * 100.0, share.low * 100.0, share.high * 100.0)
}

/// "51 in 100 agree (37 to 65; 43 voted)".
pub(crate) fn agreement(visit: &Visit, answers: &Answers) -> String {
    let Some(share) = answers.share else { return visit.t("opinion-nobody") };
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    visit.ta(
        "opinion-agree",
        &[
            ("share", whole(share.value).into()),
            ("low", whole(share.low).into()),
            ("high", whole(share.high).into()),
            ("voted", answers.seen.into()),
        ],
    )
}

/// Share and interval of all who answered, as a row of a chart.
pub(crate) fn overall_row(answers: &Answers) -> Markup {
    html! { @if let Some(share) = answers.share { (rows::share_row(&Axis::percentages(), percent(share), None)) } }
}

fn words<'a>(statements: &'a [StatementView], id: &'a str) -> (&'a str, &'a str) {
    let found = statements.iter().find(|one| one.number.to_string() == id);
    found.map_or((id, ""), |one| (&one.body, &one.language))
}

fn heading(question: &QuestionView, statements: &[StatementView], id: &str) -> Markup {
    let (body, language) = words(statements, id);
    html! {
        a.plain href=(question.at(&format!("statements#s{id}"))) lang=[(!language.is_empty()).then_some(language)] { bdi { (body) } }
    }
}

/// The sections on a question's page, in their order.
pub(crate) fn sections(
    visit: &Visit,
    question: &QuestionView,
    statements: &[StatementView],
    opinion: Option<&Opinion<'_>>,
) -> Markup {
    if question.phase() < Phase::Open {
        return html! {};
    }
    let Some(opinion) = opinion.filter(|opinion| opinion.map.n_votes > 0) else {
        return layout::section(
            "opinions",
            &visit.t("opinion-map"),
            &html! {},
            &html! {
                p { span.none { (visit.t("none")) } " " (visit.t("opinion-no-votes")) }
            },
        );
    };
    let common = opinion.map.common_ground();
    let dividing = opinion.map.dividing_lines();
    let has_groups = opinion.map.gate.groups_supported;
    html! {
        (layout::section(
            "common",
            &visit.t("opinion-common"),
            &html! { p { (visit.t(if has_groups { key("opinion-common-how") } else { key("opinion-common-how-all") })) } },
            &html! {
                @if common.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("opinion-common-none")) } }
                @else { (table(visit, question, statements, opinion.map, &common, &visit.t("opinion-common-caption"))) }
            },
        ))
        @if has_groups {
            (layout::section(
                "dividing",
                &visit.t("opinion-dividing"),
                &html! { p { (visit.t("opinion-dividing-how")) } },
                &html! {
                    @if dividing.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("opinion-dividing-none")) } }
                    @else { (table(visit, question, statements, opinion.map, &dividing, &visit.t("opinion-dividing-caption"))) }
                },
            ))
        }
        (layout::section(
            "opinions",
            &visit.t("opinion-map"),
            &html! { p { (visit.t("opinion-map-how")) } p { (visit.t("opinion-map-private")) } },
            &html! {
                @if has_groups { (groups(visit, question, statements, opinion.map)) }
                @else { (no_groups(visit, question, statements, opinion.map)) }
                (flagged(visit, opinion))
                (provenance(visit, question, opinion))
            },
        ))
    }
}

/// Shares in every group with their intervals, or over all when there are no groups.
fn table(
    visit: &Visit,
    question: &QuestionView,
    statements: &[StatementView],
    map: &OpinionMap,
    rows_of: &[&StatementResult],
    caption: &str,
) -> Markup {
    let axis = Axis::percentages();
    let style = visit.style();
    html! {
        table.fold.votes-table role="table" {
            caption.vh { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (visit.t("statement")) }
                    th.ax role="columnheader" scope="col" { (axis_words(visit, map)) (rows::axis_header(&axis, &style)) }
                    @if map.groups.is_empty() { th.r role="columnheader" scope="col" { (visit.t("vote-agree")) } }
                    @for group in &map.groups { th.r role="columnheader" scope="col" { (group.id) } }
                }
            }
            tbody role="rowgroup" {
                @for one in rows_of {
                    tr role="row" {
                        th.w role="rowheader" scope="row" { (heading(question, statements, &one.id)) }
                        @if map.groups.is_empty() {
                            td.p role="cell" { (overall_row(&one.answers)) }
                            td.r role="cell" data-l=(visit.t("vote-agree")) { (cell(visit, &one.answers, &style)) }
                        } @else {
                            td.p role="cell" { (agreement_row(&by_group(one))) }
                            @for group in &one.by_group {
                                td.r.nb role="cell" data-l=(group.group) { (cell(visit, &group.answers, &style)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn by_group(one: &StatementResult) -> Vec<(GroupMark, Estimate)> {
    let absent = Share { value: f64::NAN, low: f64::NAN, high: f64::NAN };
    one.by_group
        .iter()
        .map(|group| (GroupMark::of_letter(&group.group), percent(group.answers.share.unwrap_or(absent))))
        .collect()
}

/// "88 % of 25".
fn cell(visit: &Visit, answers: &Answers, style: &NumberStyle) -> String {
    match answers.share {
        None => visit.t("none"),
        Some(share) => visit.ta(
            "opinion-of",
            &[
                ("share", number::percent_of((share.value * 100.0).round() / 100.0, style).into()),
                ("seen", answers.seen.into()),
            ],
        ),
    }
}

fn axis_words(visit: &Visit, map: &OpinionMap) -> Markup {
    html! {
        (visit.t("opinion-axis"))
        @for (at, group) in map.groups.iter().enumerate() {
            @if at == 0 { ": " } @else { ", " }
            span aria-hidden="true" { (GroupMark::of_letter(&group.id).character()) " " } (visit.ta("opinion-group", &[("group", group.id.clone().into())]))
        }
    }
}

fn tries(visit: &Visit, map: &OpinionMap) -> Option<String> {
    let p = map.gate.p_value?;
    // The votes as cast count as one of the tries (Phipson and Smyth 2010).
    let stronger = (p * (map.gate.permutations + 1) as f64).round() as usize;
    let args = [
        ("permutations", map.gate.permutations.into()),
        ("stronger", stronger.saturating_sub(1).into()),
        ("p", number::plain(p, &visit.style()).into()),
    ];
    Some(visit.ta("opinion-tries", &args))
}

fn groups(visit: &Visit, question: &QuestionView, statements: &[StatementView], map: &OpinionMap) -> Markup {
    let args = [("voters", map.gate.voters.into()), ("groups", map.groups.len().into())];
    let words = |id: &str, size: usize| {
        let group = sentence::opening(&visit.ta("opinion-group", &[("group", id.to_owned().into())]));
        visit.ta("opinion-group-size", &[("group", group.into()), ("voters", size.into())])
    };
    let plot = OpinionPlot {
        title: visit.t("opinion-map"),
        description: visit.ta("opinion-picture", &args),
        groups: map
            .groups
            .iter()
            .map(|group| PlotGroup {
                mark: GroupMark::of_letter(&group.id),
                words: words(&group.id, group.size),
                places: map
                    .projection
                    .iter()
                    .filter(|placed| placed.group.as_ref() == Some(&group.id))
                    .map(|placed| (placed.x, placed.y))
                    .collect(),
            })
            .collect(),
        notes: Vec::new(),
    };
    html! {
        h3 { (visit.ta("opinion-groups", &[("count", map.groups.len().into())])) }
        p.gap {
            @if let Some(tries) = tries(visit, map) { (tries) " " }
            (visit.t("opinion-groups-are"))
            @if let Some(stability) = map.stability { " " (visit.ta("opinion-stability", &[("value", number::plain(stability, &visit.style()).into())])) }
        }
        div.two.gap {
            figure.opinion { (opinion_map(&plot)) }
            (map_table(visit, question, statements, map))
        }
    }
}

/// The map as a table: sizes, what people declared, what tells the groups apart.
fn map_table(
    visit: &Visit,
    question: &QuestionView,
    statements: &[StatementView],
    map: &OpinionMap,
) -> Markup {
    let style = visit.style();
    let mut telling: Vec<&StatementResult> =
        map.statements.iter().filter(|one| !one.representative_of.is_empty()).collect();
    let strength = |one: &StatementResult| {
        one.representative_of.iter().map(|of| of.difference.value.abs()).max_by(f64::total_cmp).unwrap_or(0.0)
    };
    telling.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    let segments: Vec<(&str, Option<&str>)> = {
        let mut found: Vec<(&str, Option<&str>)> =
            map.group_segments.iter().map(|one| (one.dimension.as_str(), one.segment.as_deref())).collect();
        found.dedup();
        let mut unique: Vec<(&str, Option<&str>)> = Vec::new();
        for one in found {
            if !unique.contains(&one) {
                unique.push(one);
            }
        }
        unique
    };
    html! {
        table role="table" {
            caption { (visit.t("opinion-table")) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (visit.t("opinion-tells-apart")) }
                    @for group in &map.groups {
                        th.r role="columnheader" scope="col" { span aria-hidden="true" { (GroupMark::of_letter(&group.id).character()) " " } (group.id) }
                    }
                }
            }
            tbody role="rowgroup" {
                tr role="row" {
                    th role="rowheader" scope="row" { (visit.t("opinion-voters")) }
                    @for group in &map.groups { td.r role="cell" { (number::count(group.size as u64, &style)) } }
                }
                @for (dimension, segment) in segments {
                    tr role="row" {
                        th role="rowheader" scope="row" { (segment_name(visit, dimension, segment)) }
                        @for group in &map.groups {
                            @let people = map.group_segments.iter().find(|one| {
                                one.dimension == dimension && one.segment.as_deref() == segment && one.group == group.id
                            }).and_then(|one| one.people);
                            td.r role="cell" { (people.map_or_else(|| visit.t("opinion-under-five"), |many| number::count(many as u64, &style))) }
                        }
                    }
                }
                @for one in telling.iter().take(OVERALL) {
                    tr role="row" {
                        th role="rowheader" scope="row" { (heading(question, statements, &one.id)) }
                        @for group in &one.by_group {
                            td.r role="cell" {
                                (group.answers.share.map_or_else(|| visit.t("none"), |share| number::percent_of((share.value * 100.0).round() / 100.0, &style)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The name of what people declared of themselves: a region, a kind of organisation, or none of those shown.
fn segment_name(visit: &Visit, dimension: &str, segment: Option<&str>) -> String {
    use whatworks_domain::forum::Region;
    use whatworks_domain::member::OrganisationKind;
    let Some(segment) = segment else {
        return visit.t(if dimension == "region" {
            key("segment-other-region")
        } else {
            key("segment-other-sector")
        });
    };
    if let Some(region) = Region::find(segment) {
        return super::board::region_name(visit, region);
    }
    match OrganisationKind::find(segment) {
        Some(OrganisationKind::ConsortiumMember) => visit.t("sector-consortium"),
        Some(OrganisationKind::Institution) => visit.t("sector-institution"),
        Some(OrganisationKind::Network) => visit.t("sector-network"),
        Some(OrganisationKind::Donor) => visit.t("sector-donor"),
        None => segment.to_owned(),
    }
}

fn no_groups(
    visit: &Visit,
    question: &QuestionView,
    statements: &[StatementView],
    map: &OpinionMap,
) -> Markup {
    let args = [("voters", map.gate.voters.into())];
    let mut all: Vec<&StatementResult> = map.statements.iter().filter(|one| one.answers.seen > 0).collect();
    all.sort_by(|a, b| b.common_ground_score.total_cmp(&a.common_ground_score));
    html! {
        h3 { (visit.t("opinion-no-groups")) }
        p.gap {
            (visit.ta("opinion-voters-count", &args)) " "
            @match map.gate.reason {
                Some(NoGroups::TooFewVoters) => (visit.t("opinion-too-few")),
                Some(NoGroups::GroupTooSmall) => { (tries(visit, map).unwrap_or_default()) " " (visit.t("opinion-group-small")) },
                Some(NoGroups::NoStructure) | None => { (tries(visit, map).unwrap_or_default()) " " (visit.t("opinion-chance")) },
            }
        }
        p.gap { (visit.t("opinion-overall")) }
        (table(visit, question, statements, map, all.get(..OVERALL).unwrap_or(&all), &visit.t("opinion-overall-caption")))
        @if all.len() > OVERALL { p.s.gap { a href=(question.at("statements")) { (visit.t("vote-all-statements")) } } }
    }
}

fn flagged(visit: &Visit, opinion: &Opinion<'_>) -> Markup {
    let Some(without) = opinion.without_flagged else { return html! {} };
    let names = |map: &OpinionMap| -> (Vec<String>, Vec<String>) {
        let ids = |list: Vec<&StatementResult>| {
            let mut ids: Vec<String> = list.iter().map(|one| one.id.clone()).collect();
            ids.sort();
            ids
        };
        (ids(map.common_ground()), ids(map.dividing_lines()))
    };
    let is_same = names(opinion.map) == names(without) && opinion.map.groups.len() == without.groups.len();
    let args = [
        ("flagged", (opinion.map.n_participants.saturating_sub(without.n_participants)).into()),
        ("common", without.common_ground().len().into()),
        ("dividing", without.dividing_lines().len().into()),
        ("groups", without.groups.len().into()),
    ];
    html! {
        div.note.gap id="flagged" {
            p { strong { (visit.ta("opinion-flagged", &args)) } " " (visit.t("opinion-flagged-why")) }
            p { (visit.ta(if is_same { key("opinion-flagged-same") } else { key("opinion-flagged-differs") }, &args)) }
        }
    }
}

fn provenance(visit: &Visit, question: &QuestionView, opinion: &Opinion<'_>) -> Markup {
    html! {
        p.s.m.gap {
            (visit.ta("opinion-computed", &[("votes", opinion.map.n_votes.into())])) " " (moment::stamp(visit, opinion.computed_at)) ". "
            (visit.t("opinion-head")) " " code.break { (opinion.map.vote_log_head) } " · "
            a href=(question.at("opinions.json")) { "JSON" } " · " a href=(question.at("opinions")) { (visit.t("opinion-page")) }
        }
    }
}
