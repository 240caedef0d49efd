//! `/findings/{id}`: one estimate, every field with its meaning, where it stands, how it was checked, and whether it
//! enters a pool.

use crate::columns::{self, FINDINGS};
use crate::layout::{self, Fact, Head, Neighbour, Page, Place, Room};
use crate::number;
use crate::pages::signature;
use crate::pages::study::doi_address;
use crate::sentence;
use crate::serve::Entry;
use crate::shown;
use crate::text::{Arg, key};
use crate::twins::Cell;
use crate::visit::{Outcome, Refusal, Visit, segment};
use maud::{Markup, html};
use whatworks_charts::{Axis, Scale, Standing, format, rows};
use whatworks_domain::{Direction, Finding};

/// The page.
pub const ENTRIES: &[Entry] = &[Entry::page("/findings/{id}", &[], page)];

fn page(visit: &Visit) -> Outcome {
    if let Some(retracted) = visit.evidence.retracted.get(visit.id.as_str()) {
        return signature::retracted_page(visit, retracted);
    }
    let finding =
        visit.evidence.find_finding(&visit.id).ok_or_else(|| Refusal::unknown(visit, "/findings"))?;
    let pool = finding.pool_key();
    let names = [
        ("practice", shown::practice(visit, finding.practice.as_str()).to_owned().into()),
        ("outcome", sentence::inside(shown::outcome(visit, finding.outcome.as_str())).into()),
        ("study", finding.study.clone().into()),
    ];
    let spine = layout::spine(
        visit,
        Place::Findings,
        &[Neighbour {
            place: Place::Synthesis,
            href: shown::synthesis_path(&pool),
            note: visit.ta("finding-pool-size", &[("count", visit.evidence.list_by_key(&pool).len().into())]),
        }],
    );
    let body = html! {
        (head(visit, finding, &names))
        @if !finding.primary || finding.scale_suspect || !finding.verified || !finding.note.is_empty() {
            (layout::section("doubts", &visit.t("finding-doubts"), &html! { p { (visit.t("finding-doubts-how")) } }, &doubts(visit, finding)))
        }
        (layout::section("source", &visit.t("finding-source"), &html! { p { (visit.t("finding-source-how")) } }, &source(visit, finding)))
        (signature::section(visit, finding))
        (layout::section("fields", &visit.t("finding-fields"), &html! { p { (visit.t("finding-fields-how")) } }, &fields(visit, finding)))
    };
    layout::page(
        visit,
        &Page {
            title: visit.ta("finding-title", &names),
            description: visit.ta("finding-description", &names),
            room: Room::Findings,
            spine: Some(spine),
            body,
        },
    )
}

fn head(visit: &Visit, finding: &Finding, names: &[(&str, Arg<'_>)]) -> Markup {
    let style = visit.style();
    let estimate = shown::interval(finding);
    let decimals = format::decimals_for(finding.std_error);
    let axis = Axis::fit(Scale::Difference, &[estimate], &[]);
    let standing = if finding.scale_suspect { Standing::Suspected } else { Standing::Ordinary };
    let control =
        finding.control_mean.map_or_else(|| visit.t("not-stated"), |mean| number::plain(mean, &style));
    let spread = finding
        .control_sd
        .map(|sd| visit.ta("finding-control-sd", &[("sd", number::plain(sd, &style).into())]));
    let people = finding.n.map_or_else(|| visit.t("not-stated"), |n| number::count(n, &style));
    let clusters = match finding.clusters {
        Some(clusters) => {
            visit.ta("finding-clusters", &[("clusters", number::count(clusters, &style).into())])
        }
        None => visit.t("finding-no-clusters"),
    };
    // Colour only where the interval leaves out no difference; the word beside it says the same.
    let is_clear = estimate.lower > 0.0 || estimate.upper < 0.0;
    let way = match columns::direction(&visit.evidence, finding) {
        Direction::Favourable if is_clear => Some("up"),
        Direction::Unfavourable if is_clear => Some("dn"),
        _ => None,
    };
    layout::section_head(
        &visit.t("finding"),
        &html! { p { (shown::countries(visit, &finding.countries)) } p { (shown::design(visit, finding.design.as_str())) } },
        &html! {
            p.s {
                a href="/findings" { (visit.t("nav-findings")) } " / "
                a href=(shown::practice_path(finding.practice.as_str())) { (shown::practice(visit, finding.practice.as_str())) }
                " / "
                a href=(shown::outcome_path(finding.outcome.as_str())) { (shown::outcome(visit, finding.outcome.as_str())) }
            }
            h1 { (visit.ta("finding-name", &names[..2])) }
            p.say {
                a href=(shown::study_path(finding.study_id.as_str())) { bdi { (finding.study) } }
                (shown::tags(visit, finding))
            }
            p { (visit.ta("finding-contrast", &[
                ("comparator", sentence::inside(shown::comparator(visit, finding.comparator.as_str())).into()),
                ("estimand", shown::estimand(visit, finding.estimand).into()),
            ])) }
            (layout::facts(&[
                Fact {
                    name: visit.t("estimate"),
                    value: html! {
                        bdi dir="ltr" class=[way] { (format::signed(finding.estimate, decimals, &style)) } " " (finding.unit)
                    },
                    under: visit.ta("finding-interval", &[
                        ("range", format::range(whatworks_charts::Interval::new(estimate.lower, estimate.upper), decimals, &style).into()),
                    ]),
                },
                Fact::new(visit.t("finding-direction"), &shown::direction(visit, finding), visit.t("finding-direction-under")),
                Fact::new(visit.t("control-mean"), &control, spread.unwrap_or_default()),
                Fact::new(visit.t("rows-used"), &people, clusters),
            ]))
            table.gap role="table" {
                caption { (visit.ta("finding-chart", &[("unit", finding.unit.as_str().into())])) }
                thead { tr { th scope="col" { (visit.t("axis-ends")) (rows::axis_header(&axis, &style)) } } }
                tbody { tr { td.p { (rows::variant_row(&axis, estimate, standing)) } } }
            }
            p.row.gap {
                a href=(shown::synthesis_path(&finding.pool_key())) { (visit.t("finding-synthesis")) }
                a href={ "/api/v1/findings/" (segment(finding.finding_id.as_str())) } { (visit.t("finding-json")) }
            }
        },
    )
}

fn doubts(visit: &Visit, finding: &Finding) -> Markup {
    let twin = visit.evidence.list_by_key(&finding.pool_key());
    let twin = twin.into_iter().find(|other| other.primary && other.sample_id == finding.sample_id);
    let is_signed = visit.evidence.seals.contains_key(&finding.finding_id);
    html! {
        @if finding.scale_suspect {
            (layout::note(&html! { h3 { (visit.t("doubt-scale")) } p { (visit.t("doubt-scale-why")) } }))
        }
        @if !finding.primary {
            div.gap {
                h3 { (visit.t("doubt-not-primary")) }
                p {
                    (visit.t(if finding.subgroup.is_empty() { key("doubt-not-primary-twin") } else { key("doubt-not-primary-subgroup") }))
                    @if let Some(twin) = twin {
                        " " a href=(shown::finding_path(twin)) { (visit.t("doubt-not-primary-instead")) }
                    }
                }
            }
        }
        @if !finding.verified {
            div.gap {
                h3 { (visit.t("doubt-unverified")) }
                p { (visit.t(if is_signed { key("doubt-unverified-signed") } else { key("doubt-unverified-why") })) }
            }
        }
        @if !finding.note.is_empty() {
            div.gap {
                h3 { (visit.t(if is_signed { key("finding-note-signed") } else { key("finding-note") })) }
                p { bdi { (finding.note) } }
            }
        }
    }
}

/// How the number was obtained, in words; a kind that nobody described is printed as it is.
fn source_kind(visit: &Visit, kind: &str) -> String {
    match kind {
        "published-table" => visit.t("source-published-table"),
        "authors-data-recomputed" => visit.t("source-authors-data"),
        "public-reanalysis" => visit.t("source-reanalysis"),
        "derived-from-CI-or-p" => visit.t("source-derived"),
        "client-records" => visit.t("source-client-records"),
        other => other.to_owned(),
    }
}

fn source(visit: &Visit, finding: &Finding) -> Markup {
    html! {
        dl.kv {
            dt { (visit.t("study")) }
            dd {
                a href=(shown::study_path(finding.study_id.as_str())) { bdi { (finding.study) } }
                @if !finding.title.is_empty() { ". " cite { bdi { (finding.title) } } }
            }
            dt { (visit.t("paper")) }
            dd {
                @if finding.doi.is_empty() { (visit.t("study-no-doi")) }
                @else { a href=(doi_address(&finding.doi)) rel="external noreferrer" { "doi:" (finding.doi) } }
            }
            dt { (visit.t("number-stands")) }
            dd { @if finding.source.is_empty() { (visit.t("not-stated")) } @else { bdi { (finding.source) } } }
            dt { (visit.t("obtained")) }
            dd { (source_kind(visit, &finding.source_kind)) }
            dt { (visit.t("checked")) }
            dd { (visit.t(if finding.verified { key("checked-yes") } else { key("checked-no") })) }
        }
    }
}

fn fields(visit: &Visit, finding: &Finding) -> Markup {
    let rows: Vec<Vec<Markup>> = FINDINGS
        .iter()
        .map(|column| {
            let value = match (column.value)(&visit.evidence, finding) {
                Cell::Text(text) if text.is_empty() => html! { span.m { (visit.t("not-stated")) } },
                Cell::Text(text) => html! { bdi { (text) } },
                Cell::List(texts) if texts.is_empty() => html! { span.m { (visit.t("not-stated")) } },
                Cell::List(texts) => html! { (texts.join(", ")) },
                // Full precision, as in the file: this table is where a reader checks digits.
                Cell::Number(Some(number)) => {
                    html! { bdi dir="ltr" { (number.to_string().replace('-', "\u{2212}")) } }
                }
                Cell::Whole(Some(number)) => html! { (number) },
                Cell::Flag(Some(flag)) => html! { (shown::yes_no(visit, flag)) },
                Cell::Number(None) | Cell::Whole(None) | Cell::Flag(None) => {
                    html! { span.m { (visit.t("not-stated")) } }
                }
            };
            vec![html! { code { (column.name) } br; span.s.m { (visit.t(column.meaning)) } }, value]
        })
        .collect();
    let heads = [Head::words(visit.t("finding-field")), Head::words(visit.t("study-value"))];
    layout::fold_table(&html! { (visit.t("finding-fields-caption")) }, &heads, &rows)
}
