//! How evidence is shown on every page: names behind ids, an estimate with its interval, tables of findings.
//!
//! The interval of a single finding is estimate ± 1.96 standard errors, whatever degrees of freedom its source used:
//! a reader can redo it from the two numbers in the file.

use crate::columns;
use crate::layout::{self, Head, TagKind};
use crate::number;
use crate::text::key;
use crate::visit::{Visit, segment};
use maud::{Markup, html};
use whatworks_charts::{Estimate, format};
use whatworks_domain::{Direction, Estimand, Finding, OutcomeKind, PoolKey};

/// The 0.975 quantile of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// A finding's estimate with its 95 % interval.
pub fn interval(finding: &Finding) -> Estimate {
    let half = NORMAL_975 * finding.std_error;
    Estimate::new(finding.estimate, finding.estimate - half, finding.estimate + half)
}

/// Estimate and interval as text, "−4.5 (−16.7 to 7.6)".
pub fn estimate(visit: &Visit, finding: &Finding) -> String {
    let decimals = format::decimals_for(finding.std_error);
    format::signed_estimate(interval(finding), decimals, &visit.style())
}

/// The name of a country; its code when the code is not in ISO 3166-1.
pub fn country(visit: &Visit, code: &str) -> String {
    let name = format!("country-{}", code.to_ascii_lowercase());
    let text = visit.t(&name);
    if text == name { code.to_owned() } else { text }
}

/// The names of countries, or that none is stated.
pub fn countries(visit: &Visit, codes: &[String]) -> String {
    if codes.is_empty() {
        return visit.t("countries-none");
    }
    codes.iter().map(|code| country(visit, code)).collect::<Vec<_>>().join(", ")
}

/// The name of a practice; its id when it is not in the catalogue.
pub fn practice<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    visit.evidence.catalogue.find_practice(id).map_or(id, |practice| &practice.name)
}
/// The name of an outcome; its id when it is not in the catalogue.
pub fn outcome<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    visit.evidence.catalogue.find_outcome(id).map_or(id, |outcome| &outcome.name)
}
/// The name of a comparator; its id when it is not in the catalogue.
pub fn comparator<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    visit.evidence.catalogue.find_comparator_name(id).unwrap_or(id)
}
/// The name of a design; its id when it is not in the catalogue.
pub fn design<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    visit.evidence.catalogue.find_design(id).map_or(id, |design| &design.name)
}

/// What is estimated, in a few words.
pub fn estimand(visit: &Visit, estimand: Estimand) -> String {
    visit.t(match estimand {
        Estimand::Itt => key("estimand-itt"),
        Estimand::Att => key("estimand-att"),
        Estimand::Late => key("estimand-late"),
        Estimand::Association => key("estimand-association"),
    })
}

/// Benefit, harm or lender.
pub fn outcome_kind(visit: &Visit, kind: OutcomeKind) -> String {
    visit.t(match kind {
        OutcomeKind::Benefit => key("kind-benefit"),
        OutcomeKind::Harm => key("kind-harm"),
        OutcomeKind::Lender => key("kind-lender"),
    })
}

/// Which way the sign points, seen from the client.
pub fn direction(visit: &Visit, finding: &Finding) -> String {
    visit.t(match columns::direction(&visit.evidence, finding) {
        Direction::Favourable => key("direction-favourable"),
        Direction::Unfavourable => key("direction-unfavourable"),
        Direction::None => key("direction-none"),
    })
}

/// A yes or a no.
pub fn yes_no(visit: &Visit, value: bool) -> String {
    visit.t(if value { key("yes") } else { key("no") })
}

/// The address of a finding's page.
pub fn finding_path(finding: &Finding) -> String {
    format!("/findings/{}", segment(finding.finding_id.as_str()))
}
/// The address of a synthesis' page.
pub fn synthesis_path(pool: &PoolKey) -> String {
    format!("/syntheses/{}", segment(&pool.to_string()))
}
/// The address of a practice's page.
pub fn practice_path(id: &str) -> String {
    format!("/practices/{}", segment(id))
}
/// The address of an outcome's page.
pub fn outcome_path(id: &str) -> String {
    format!("/outcomes/{}", segment(id))
}
/// The address of a study's page.
pub fn study_path(id: &str) -> String {
    format!("/studies/{}", segment(id))
}

/// The doubts about a finding as tags: never in a pool, scale doubted, not checked.
pub fn tags(visit: &Visit, finding: &Finding) -> Markup {
    html! {
        @if finding.scale_suspect { " " (layout::tag(TagKind::Doubt, &visit.t("tag-scale"))) }
        @if !finding.primary { " " (layout::tag(TagKind::Plain, &visit.t("tag-not-primary"))) }
        @if !finding.verified { " " (layout::tag(TagKind::Doubt, &visit.t("tag-unverified"))) }
    }
}

/// What a table of findings need not repeat, because its page is about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing.
    Everything,
    /// One practice.
    Practice,
    /// One outcome.
    Outcome,
    /// One study.
    Study,
}

/// A folding table of findings. The heading of a row links to the finding's page.
pub fn findings_table(visit: &Visit, caption: &Markup, findings: &[&Finding], about: About) -> Markup {
    let (first, second) = match about {
        About::Everything => (key("study"), key("outcome-and-practice")),
        About::Practice => (key("study"), key("outcome")),
        About::Outcome => (key("study"), key("practice")),
        About::Study => (key("outcome"), key("practice")),
    };
    let heads = [
        Head::words(visit.t(first)),
        Head::words(visit.t(second)),
        Head::estimates(visit.t("estimate-interval")),
        Head::figures(visit.t("rows-used")),
    ];
    let rows: Vec<Vec<Markup>> = findings.iter().map(|finding| finding_row(visit, finding, about)).collect();
    layout::fold_table(caption, &heads, &rows)
}

fn finding_row(visit: &Visit, finding: &Finding, about: About) -> Vec<Markup> {
    let outcome = outcome(visit, finding.outcome.as_str());
    let practice = practice(visit, finding.practice.as_str());
    let name = if about == About::Study { outcome } else { &finding.study };
    let mut below: Vec<String> = Vec::new();
    if !finding.countries.is_empty() && about != About::Study {
        below.push(countries(visit, &finding.countries));
    }
    if !finding.subgroup.is_empty() {
        below.push(finding.subgroup.clone());
    }
    let contrast = match about {
        About::Everything => html! { (outcome) br; span.s.m { (practice) } },
        About::Practice => html! { (outcome) },
        About::Outcome | About::Study => html! { (practice) },
    };
    vec![
        html! {
            a href=(finding_path(finding)) { bdi { (name) } }
            (tags(visit, finding))
            @if !below.is_empty() { br; span.s.m { bdi { (below.join(", ")) } } }
        },
        contrast,
        html! { bdi dir="ltr" { (estimate(visit, finding)) } br; span.s.m { bdi { (finding.unit) } } },
        html! { @if let Some(n) = finding.n { (number::count(n, &visit.style())) } },
    ]
}
