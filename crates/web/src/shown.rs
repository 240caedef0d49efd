//! How evidence is shown on every page: names behind ids, an estimate with its interval, tables of findings.
//!
//! The interval of a single finding is estimate ± 1.96 standard errors, whatever degrees of freedom its source used:
//! a reader can redo it from the two numbers in the file.

use crate::columns;
use crate::layout::{self, Head, TagKind};
use crate::number;
use crate::text::{self, Lang, key};
use crate::visit::{Visit, segment};
use maud::{Markup, html};
use std::borrow::Cow;
use whatworks_charts::{Estimate, format};
use whatworks_domain::{Direction, Estimand, Finding, Measure, OutcomeKind, PoolKey};
use whatworks_evidence::map::Assessment;
use whatworks_evidence::synthesis::Synthesis;
use whatworks_evidence::verdict::Reading;

/// The 0.975 quantile of the standard normal distribution.
const NORMAL_975: f64 = 1.959_963_984_540_054;

/// A finding's estimate with its 95 % interval.
pub fn interval(finding: &Finding) -> Estimate {
    let half = NORMAL_975 * finding.std_error;
    Estimate::new(finding.estimate, finding.estimate - half, finding.estimate + half)
}

/// Estimate and interval as text, "−4.5 (−16.7 to 7.6)"; a share in percentage points.
pub fn estimate(visit: &Visit, finding: &Finding) -> String {
    let times = times(&finding.unit);
    let own = interval(finding);
    let shown = Estimate::new(own.value * times, own.lower * times, own.upper * times);
    format::signed_estimate(shown, format::decimals_for(finding.std_error * times), &visit.style())
}

/// What a number in this unit is multiplied by on a page: a share is shown in percentage points.
pub fn times(unit: &str) -> f64 {
    if unit == "share" { 100.0 } else { 1.0 }
}

/// The unit of differences on a page, and what its numbers are multiplied by.
pub fn unit<'a>(visit: &Visit, unit: &'a str) -> (Cow<'a, str>, f64) {
    let times = times(unit);
    let name = if times == 1.0 { Cow::Borrowed(unit) } else { visit.t("unit-points").into() };
    (name, times)
}

/// A level (not a difference) in a unit, "1.6 %" for a share: two significant digits, whole numbers whole.
pub fn level(visit: &Visit, value: f64, unit: &str) -> String {
    let (style, times) = (visit.style(), times(unit));
    let shown = format::number(value * times, format::decimals_for((value * times).abs()), &style);
    if times == 1.0 { shown } else { format!("{shown}{}%", format::NO_BREAK_SPACE) }
}

/// The unit of a synthesis in a word or two.
pub fn unit_short(visit: &Visit, synthesis: &Synthesis) -> String {
    match synthesis.measure {
        Measure::Smd => visit.t("unit-sd-short"),
        Measure::Percent => "%".to_owned(),
        Measure::LogRatio => visit.t("unit-log-ratio"),
        Measure::Native => {
            if times(&synthesis.unit) == 1.0 {
                synthesis.unit.clone()
            } else {
                visit.t("unit-points-short")
            }
        }
    }
}

/// The average of a synthesis with its 95 % interval, and its unit; `None` when nothing was pooled.
pub fn pooled(visit: &Visit, synthesis: &Synthesis) -> Option<(String, String)> {
    let times = if synthesis.measure == Measure::Native { times(&synthesis.unit) } else { 1.0 };
    let average =
        Estimate::new(synthesis.estimate? * times, synthesis.ci_low? * times, synthesis.ci_high? * times);
    let decimals = format::decimals_for(synthesis.std_error? * times);
    Some((format::signed_estimate(average, decimals, &visit.style()), unit_short(visit, synthesis)))
}

/// What a pool says: its glyph (not read aloud) and its words. Colour is kept for clients; better and worse for the lender
/// are named so.
pub fn reading(visit: &Visit, assessment: &Assessment) -> Markup {
    let Some(verdict) = assessment.verdict else { return html! { (visit.t("front-not-pooled")) } };
    let (class, glyph, words) = match verdict.reading {
        Reading::ClearlyBetter => ("up", "▲", key("front-clearly-better")),
        Reading::LeansBetter => ("up", "△", key("front-leans-better")),
        Reading::LittleOrNone => ("", "=", key("front-little")),
        Reading::CannotTell => ("", "?", key("front-cannot-tell")),
        Reading::LeansWorse => ("dn", "▽", key("front-leans-worse")),
        Reading::ClearlyWorse => ("dn", "▼", key("front-clearly-worse")),
        Reading::Higher => ("", "↑", key("front-higher")),
        Reading::Lower => ("", "↓", key("front-lower")),
    };
    let outcome = visit.evidence.catalogue.find_outcome(assessment.key.outcome.as_str());
    let is_lender = !class.is_empty() && outcome.is_some_and(|outcome| outcome.kind == OutcomeKind::Lender);
    let class = (!class.is_empty() && !is_lender).then_some(class);
    html! {
        span aria-hidden="true" class=[class] { (glyph) } " " (visit.t(words))
        @if is_lender { " " (visit.t("says-lender")) }
    }
}

/// Whether a shown harm is clear: its whole interval lies on the bad side. Otherwise it is a possible one.
pub fn is_clear_harm(assessment: &Assessment) -> bool {
    assessment.verdict.is_some_and(|verdict| verdict.reading == Reading::ClearlyWorse)
}

/// The tag of harms that stand together: red as soon as one of them is clear.
pub fn harm_tag<'a>(visit: &Visit, harms: impl IntoIterator<Item = &'a Assessment>) -> Markup {
    let mut harms = harms.into_iter().peekable();
    html! {
        @if harms.peek().is_some() {
            @if harms.any(is_clear_harm) { " " (layout::tag(TagKind::Harm, &visit.t("tag-harm"))) }
            @else { " " (layout::tag(TagKind::Doubt, &visit.t("tag-harm-possible"))) }
        }
    }
}

/// What kind of outcome it is, if a harm to clients; and whether a pool shows that harm. Red stands only where the whole
/// interval is worse.
pub fn harm_tags(visit: &Visit, outcome: &str, assessment: Option<&Assessment>) -> Markup {
    let found = visit.evidence.catalogue.find_outcome(outcome);
    if found.is_none_or(|outcome| outcome.kind != OutcomeKind::Harm) {
        return html! {};
    }
    let shows = assessment.filter(|one| {
        one.key.estimand != Estimand::Association && one.verdict.is_some_and(|verdict| verdict.is_harmful())
    });
    let is_clear = shows.is_some_and(is_clear_harm);
    html! {
        " " (layout::tag(TagKind::Plain, &visit.t("tag-harm-outcome")))
        @if is_clear { " " (layout::tag(TagKind::Harm, &visit.t("tag-harm"))) }
        @else if shows.is_some() { " " (layout::tag(TagKind::Doubt, &visit.t("tag-harm-possible"))) }
    }
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

/// A name in the visitor's language where that has one. English names are those of the catalogue.
fn translated(visit: &Visit, kind: &str, id: &str) -> Option<&'static str> {
    let lang = Some(visit.lang).filter(|lang| *lang != Lang::English)?;
    text::find_phrase(lang, kind, id).map(|phrase| phrase.opening.as_str())
}

/// The name of a practice; its id when it is not in the catalogue.
pub fn practice<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    let own = || visit.evidence.catalogue.find_practice(id).map_or(id, |practice| &practice.name);
    translated(visit, "practice", id).unwrap_or_else(own)
}
/// The name of an outcome; its id when it is not in the catalogue.
pub fn outcome<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    let own = || visit.evidence.catalogue.find_outcome(id).map_or(id, |outcome| &outcome.name);
    translated(visit, "outcome", id).unwrap_or_else(own)
}
/// The name of a comparator, which may be a practice; its id when it is not in the catalogue.
pub fn comparator<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    let own = || visit.evidence.catalogue.find_comparator_name(id).unwrap_or(id);
    let name = translated(visit, "comparator", id).or_else(|| translated(visit, "practice", id));
    name.unwrap_or_else(own)
}
/// The name of a design; its id when it is not in the catalogue.
pub fn design<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    let own = || visit.evidence.catalogue.find_design(id).map_or(id, |design| &design.name);
    translated(visit, "design", id).unwrap_or_else(own)
}
/// The name of a family of practices; its id when it is not in the catalogue.
pub fn family<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    let own = || visit.evidence.catalogue.find_family(id).map_or(id, |family| &family.name);
    translated(visit, "family", id).unwrap_or_else(own)
}
/// The name of a domain of outcomes; its id when it is not in the catalogue.
pub fn domain<'a>(visit: &'a Visit, id: &'a str) -> &'a str {
    let own = || visit.evidence.catalogue.find_domain(id).map_or(id, |domain| &domain.name);
    translated(visit, "domain", id).unwrap_or_else(own)
}

/// A text that the catalogue has in English only, marked so in other languages.
pub fn in_english(visit: &Visit, text: &str) -> Markup {
    html! {
        @if visit.lang == Lang::English { (text) }
        @else { bdi lang="en" dir="ltr" { (text) } }
    }
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
        html! { bdi dir="ltr" { (estimate(visit, finding)) } br; span.s.m { bdi { (unit(visit, &finding.unit).0) } } },
        html! { @if let Some(n) = finding.n { (number::count(n, &visit.style())) } },
    ]
}
