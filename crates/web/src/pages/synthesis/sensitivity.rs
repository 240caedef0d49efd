//! Does the method matter: the same studies by every estimator and interval, and without each study in turn.
//!
//! The whole strip is always shown, so that nobody can pick the row that suits.

use super::answer::decimals;
use super::question::Question;
use crate::layout;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_charts::{Axis, Estimate, Scale, Standing, format, rows};

/// Studies left out in turn that are shown on the page itself; the rest folds.
const MOST_SHOWN: usize = 8;

/// One row of the strip.
struct Variant {
    name: String,
    effect: Estimate,
    note: String,
}

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let methods = methods(visit, question);
    let without = without_each(visit, question);
    let all: Vec<Estimate> = methods.iter().chain(&without).map(|variant| variant.effect).collect();
    let axis = Axis::fit(Scale::Difference, &all, &[]);
    let places = decimals(question);
    let words = question.axis_words(visit);
    layout::section(
        "sensitivity",
        &visit.t("sensitivity-name"),
        &html! { p { (visit.t("sensitivity-how")) " " a href="/methods/pooling" { (visit.t("how-made")) } } },
        &html! {
            p { (summary(visit, &all)) }
            (table(visit, &visit.t("sensitivity-methods"), &words, &methods, &axis, places))
            @if without.len() <= MOST_SHOWN {
                div.gap { (table(visit, &visit.t("sensitivity-without"), &words, &without, &axis, places)) }
            } @else {
                details.gap {
                    summary { (visit.ta("sensitivity-without-count", &[("k", without.len().into())])) }
                    (table(visit, &visit.t("sensitivity-without"), &words, &without, &axis, places))
                }
            }
        },
    )
}

/// How many of the variants leave zero out, in one sentence.
fn summary(visit: &Visit, all: &[Estimate]) -> String {
    let clear = all.iter().filter(|effect| effect.lower > 0.0 || effect.upper < 0.0).count();
    let (above, below) = (
        all.iter().filter(|effect| effect.value > 0.0).count(),
        all.iter().filter(|effect| effect.value < 0.0).count(),
    );
    let args = [
        ("all", all.len().into()),
        ("clear", clear.into()),
        ("above", above.into()),
        ("below", below.into()),
    ];
    visit.ta("sensitivity-summary", &args)
}

fn methods(visit: &Visit, question: &Question) -> Vec<Variant> {
    let synthesis = question.synthesis();
    let mut variants: Vec<Variant> = synthesis
        .by_method
        .iter()
        .map(|row| Variant {
            name: visit.t(match row.method {
                "ee" => key("method-ee"),
                "dl" => key("method-dl"),
                "pm" => key("method-pm"),
                "eb" => key("method-eb"),
                "ml" => key("method-ml"),
                "reml" => key("method-reml"),
                "sj" => key("method-sj"),
                "he" => key("method-he"),
                _ => key("method-hs"),
            }),
            effect: Estimate::new(row.estimate, row.ci_low, row.ci_high),
            note: if row.method == synthesis.method { visit.t("spine-here") } else { String::new() },
        })
        .collect();
    variants.sort_by_key(|variant| variant.note.is_empty());
    for ci in synthesis.cis.iter().filter(|ci| ci.method != synthesis.ci_method) {
        variants.push(Variant {
            name: visit.t(match ci.method {
                "hk" => key("interval-hk"),
                "wald" => key("interval-wald"),
                _ => key("interval-hk-floor"),
            }),
            effect: Estimate::new(synthesis.estimate.unwrap_or(f64::NAN), ci.ci_low, ci.ci_high),
            note: String::new(),
        });
    }
    if let Some(bayes) = &synthesis.bayes {
        variants.push(Variant {
            name: visit.t("method-bayes"),
            effect: Estimate::new(bayes.mu.mean, bayes.mu.q025, bayes.mu.q975),
            note: bayes.prior.clone(),
        });
    }
    if let Some(fill) = &synthesis.small_study.trim_fill {
        variants.push(Variant {
            name: visit.t("method-trim-fill"),
            effect: Estimate::new(fill.estimate, fill.ci_low, fill.ci_high),
            note: visit.ta("trim-fill-missing", &[("missing", fill.missing.into())]),
        });
    }
    variants
}

fn without_each(visit: &Visit, question: &Question) -> Vec<Variant> {
    let rows = &question.synthesis().leave_one_out;
    let name = |study: &str| visit.ta("sensitivity-leave-out", &[("study", study.to_owned().into())]);
    rows.iter()
        .map(|row| Variant {
            name: name(&row.study),
            effect: Estimate::new(row.estimate, row.ci_low, row.ci_high),
            note: String::new(),
        })
        .collect()
}

fn table(
    visit: &Visit,
    caption: &str,
    words: &str,
    variants: &[Variant],
    axis: &Axis,
    decimals: usize,
) -> Markup {
    let style = visit.style();
    html! {
        table.fold role="table" {
            caption { (caption) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (visit.t("sensitivity-analysis")) }
                    th.ax role="columnheader" scope="col" { (words) (rows::axis_header(axis, &style)) }
                    th.r.est role="columnheader" scope="col" { (visit.t("estimate-interval")) }
                }
            }
            tbody role="rowgroup" {
                @for variant in variants {
                    tr role="row" {
                        th.w role="rowheader" scope="row" {
                            (variant.name)
                            @if !variant.note.is_empty() { br; span.s.m { (variant.note) } }
                        }
                        td.p role="cell" { (rows::variant_row(axis, variant.effect, Standing::Ordinary)) }
                        td.r.nb.est role="cell" { (format::signed_estimate(variant.effect, decimals, &style)) }
                    }
                }
            }
        }
    }
}
