//! Reading a plan: TOML to the raw shape, then every rule at once.

use super::plan::{
    DataSource, DesignPlan, DisclosurePlan, InferencePlan, OutcomePlan, PlanFault, PracticePlan,
    StudyHeading, StudyPlan, SubgroupPlan, Transform,
};
use crate::catalogue::{Better, Catalogue};
use crate::id::{OutcomeId, SampleId, StudyId};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPlan {
    study: StudyHeading,
    practice: RawPractice,
    data: DataSource,
    design: DesignPlan,
    #[serde(default)]
    outcome: Vec<RawOutcome>,
    #[serde(default)]
    subgroup: Vec<SubgroupPlan>,
    #[serde(default)]
    inference: InferencePlan,
    #[serde(default)]
    disclosure: DisclosurePlan,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPractice {
    id: String,
    comparator: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOutcome {
    id: String,
    column: String,
    unit: String,
    direction: Option<Direction>,
    #[serde(default)]
    primary: bool,
    #[serde(default)]
    transform: Transform,
    #[serde(default)]
    definition: String,
    #[serde(default)]
    currency: String,
    price_year: Option<u16>,
    #[serde(default)]
    ppp: bool,
    #[serde(default)]
    period: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Direction {
    HigherIsBetter,
    LowerIsBetter,
    Neither,
}

impl Direction {
    fn better(self) -> Better {
        match self {
            Self::HigherIsBetter => Better::Higher,
            Self::LowerIsBetter => Better::Lower,
            Self::Neither => Better::Neither,
        }
    }
}

/// Collects faults.
#[derive(Default)]
struct Faults(Vec<PlanFault>);

impl Faults {
    fn add(&mut self, place: impl Into<String>, problem: impl Into<String>, hint: impl Into<String>) {
        self.0.push(PlanFault { place: place.into(), problem: problem.into(), hint: hint.into() });
    }
}

/// See [`StudyPlan::parse`].
pub(super) fn read(text: &str, catalogue: &Catalogue) -> Result<StudyPlan, Vec<PlanFault>> {
    let raw: RawPlan = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        let place = line.map_or_else(|| "plan".to_owned(), |line| format!("plan, line {line}"));
        vec![PlanFault {
            place,
            problem: error.message().to_owned(),
            hint: "`whatworks-lab study new` writes a plan with every key explained".into(),
        }]
    })?;
    let mut faults = Faults::default();
    heading(&raw.study, &mut faults);
    let practice = contrast(&raw.practice, catalogue, &mut faults);
    if raw.data.file.trim().is_empty() {
        faults.add("data.file", "names no file", "give the path of the records, relative to the plan");
    }
    design(&raw.design, catalogue, &mut faults);
    let outcomes = outcomes(raw.outcome, catalogue, &mut faults);
    one_role_a_column(&raw.design, &outcomes, &mut faults);
    if raw.disclosure.policy != "client-v1" {
        faults.add(
            "disclosure.policy",
            format!("“{}” is no policy", raw.disclosure.policy),
            "there is client-v1",
        );
    }
    let ids = ids(&raw.study, &mut faults);
    match (practice, ids) {
        (Some(practice), Some((study_id, sample_id))) if faults.0.is_empty() => Ok(StudyPlan {
            study: raw.study,
            study_id,
            sample_id,
            practice,
            data: raw.data,
            design: raw.design,
            outcomes,
            subgroups: raw.subgroup,
            inference: raw.inference,
            disclosure: raw.disclosure,
        }),
        _ => Err(faults.0),
    }
}

fn heading(study: &StudyHeading, faults: &mut Faults) {
    for (key, text) in [("study.title", &study.title), ("study.institution", &study.institution)] {
        if text.trim().is_empty() {
            faults.add(key, "is empty", "people will see it beside the result");
        }
    }
    if study.country.len() != 2 || !study.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let problem = format!("“{}” is not an ISO 3166 alpha-2 code", study.country);
        faults.add("study.country", problem, "two capitals, such as IN or MX");
    }
    if study.followup_months.is_some_and(|months| !months.is_finite() || months < 0.0) {
        faults.add("study.followup_months", "is negative or not finite", "");
    }
}

fn ids(study: &StudyHeading, faults: &mut Faults) -> Option<(StudyId, SampleId)> {
    let study_id = study.id.clone().or_else(|| StudyId::new(&slug(&study.title)).ok());
    let Some(study_id) = study_id else {
        faults.add(
            "study.id",
            "cannot be made from the title",
            "give an id of ASCII letters, digits and hyphens",
        );
        return None;
    };
    let made = format!("{study_id}-{}", study.country.to_lowercase());
    let sample_id = study.sample.clone().or_else(|| SampleId::new(&made).ok());
    if sample_id.is_none() {
        faults.add("study.sample", "cannot be made from the study's id", "give an id of your own");
    }
    sample_id.map(|sample_id| (study_id, sample_id))
}

/// ASCII letters and digits, the rest as single hyphens; at most 60 characters.
fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn contrast(raw: &RawPractice, catalogue: &Catalogue, faults: &mut Faults) -> Option<PracticePlan> {
    let same = |name: &str, wanted: &str| name.to_lowercase() == wanted.trim().to_lowercase();
    let practice = catalogue
        .find_practice(&raw.id)
        .or_else(|| catalogue.practices.iter().find(|practice| same(&practice.name, &raw.id)));
    if practice.is_none() {
        let ids =
            catalogue.practices.iter().flat_map(|practice| [practice.id.as_str(), practice.name.as_str()]);
        faults.add("practice.id", format!("“{}” is not in the catalogue", raw.id), nearest(&raw.id, ids));
    }
    let comparator = catalogue
        .comparators
        .iter()
        .find(|comparator| {
            comparator.id.as_str() == raw.comparator || same(&comparator.name, &raw.comparator)
        })
        .map(|comparator| (comparator.id.clone(), comparator.name.clone()))
        .or_else(|| {
            // Another practice can be the comparison.
            let other = catalogue.practices.iter().find(|practice| {
                practice.id.as_str() == raw.comparator || same(&practice.name, &raw.comparator)
            })?;
            Some((crate::id::ComparatorId::new(other.id.as_str()).ok()?, other.name.clone()))
        });
    if comparator.is_none() {
        let ids = catalogue
            .comparators
            .iter()
            .flat_map(|comparator| [comparator.id.as_str(), comparator.name.as_str()]);
        let problem = format!("“{}” is not in the catalogue", raw.comparator);
        faults.add("practice.comparator", problem, nearest(&raw.comparator, ids));
    }
    let (practice, (comparator, comparator_name)) = (practice?, comparator?);
    Some(PracticePlan { id: practice.id.clone(), name: practice.name.clone(), comparator, comparator_name })
}

fn design(design: &DesignPlan, catalogue: &Catalogue, faults: &mut Faults) {
    let kind = design.kind.as_str();
    if catalogue.find_design(kind).is_none() {
        let ids = catalogue.designs.iter().map(|design| design.id.as_str());
        faults.add("design.kind", format!("“{kind}” is not in the catalogue"), nearest(kind, ids));
        return;
    }
    let mut need = |key: &str, value: &Option<String>, why: &str| {
        if value.as_ref().is_none_or(|column| column.trim().is_empty()) {
            faults.add(format!("design.{key}"), format!("is needed for the design {kind}"), why);
        }
    };
    match kind {
        "randomised" => need("treatment", &design.treatment, "the column with 1 for those assigned"),
        "cluster-randomised" => {
            need("treatment", &design.treatment, "the column with 1 for those assigned");
            need("cluster", &design.cluster, "the column with the area or group that chance decided on");
        }
        "instrument" => {
            need(
                "instrument",
                &design.instrument,
                "the column with the offer or what else moved the take-up",
            );
            need("endogenous", &design.endogenous, "the column with the take-up");
        }
        "did" => {
            need("treatment", &design.treatment, "1 for the group that got the practice, in every period");
            need("time", &design.time, "the column with the period");
        }
        "panel" => {
            need("treatment", &design.treatment, "1 in the periods in which the unit had the practice");
            need("unit", &design.unit, "the column with the person or household followed");
            need("time", &design.time, "the column with the period");
        }
        _ => {}
    }
    let used: &[&str] = match kind {
        "instrument" => &["treatment", "instrument", "endogenous"],
        "did" => &["treatment", "time", "post_from", "unit"],
        "panel" => &["treatment", "time", "unit"],
        _ => &["treatment"],
    };
    let given = [
        ("treatment", design.treatment.is_some()),
        ("time", design.time.is_some()),
        ("post_from", design.post_from.is_some()),
        ("unit", design.unit.is_some()),
        ("cohort", design.cohort.is_some()),
        ("instrument", design.instrument.is_some()),
        ("endogenous", design.endogenous.is_some()),
    ];
    let offered = ["randomised", "cluster-randomised", "instrument", "did", "panel"].contains(&kind);
    for (key, _) in given.iter().filter(|(key, given)| offered && *given && !used.contains(key)) {
        let problem = format!("is not used by the design {kind}");
        faults.add(
            format!("design.{key}"),
            problem,
            "take the key out, or choose the design that it belongs to",
        );
    }
    let mut seen: Vec<&str> = Vec::new();
    for covariate in &design.covariates {
        if seen.contains(&covariate.as_str()) {
            faults.add("design.covariates", format!("names “{covariate}” twice"), "name each column once");
        }
        seen.push(covariate);
    }
}

/// A column that is both outcome and explanation explains itself.
fn one_role_a_column(design: &DesignPlan, outcomes: &[OutcomePlan], faults: &mut Faults) {
    let assigned = [&design.treatment, &design.instrument, &design.endogenous];
    let explaining: Vec<&String> =
        assigned.iter().copied().flatten().chain(&design.weights).chain(&design.covariates).collect();
    for outcome in outcomes.iter().filter(|outcome| explaining.contains(&&outcome.column)) {
        let problem = format!("“{}” is an outcome and part of the design too", outcome.column);
        faults.add("outcome.column", problem, "give each column one role");
    }
    for column in assigned.iter().copied().flatten().filter(|column| design.covariates.contains(column)) {
        faults.add(
            "design.covariates",
            format!("“{column}” is the assignment or the take-up"),
            "take it out",
        );
    }
}

fn outcomes(raw: Vec<RawOutcome>, catalogue: &Catalogue, faults: &mut Faults) -> Vec<OutcomePlan> {
    if raw.is_empty() {
        faults.add("outcome", "there is none", "add an [[outcome]] with id, column and unit");
    }
    let mut outcomes: Vec<OutcomePlan> = Vec::new();
    for (index, raw) in raw.into_iter().enumerate() {
        let place = format!("outcome[{}]", index + 1);
        let listed = catalogue.find_outcome(&raw.id);
        if raw.column.trim().is_empty() {
            faults.add(format!("{place}.column"), "names no column", "");
        }
        if raw.unit.trim().is_empty() {
            faults.add(
                format!("{place}.unit"),
                "is empty",
                "say what is counted, such as INR per month or share",
            );
        }
        let catalogued = listed.map(|outcome| outcome.better);
        let wanted = raw.direction.map(Direction::better);
        if let (Some(catalogued), Some(wanted)) = (catalogued, wanted)
            && catalogued != wanted
        {
            faults.add(
                format!("{place}.direction"),
                format!("contradicts the catalogue, where {} is {}", raw.id, catalogued.as_str()),
                "leave the key out, or use an outcome id of your own",
            );
        }
        let id = match OutcomeId::new(&raw.id) {
            Ok(id) => id,
            Err(error) => {
                faults.add(format!("{place}.id"), error.to_string(), "");
                continue;
            }
        };
        if outcomes
            .iter()
            .any(|other| other.id == id && other.column == raw.column && other.transform == raw.transform)
        {
            faults.add(
                format!("{place}.id"),
                format!("{id} from {} is there already", raw.column),
                "name it once",
            );
        }
        outcomes.push(OutcomePlan {
            name: listed.map_or_else(|| id.to_string(), |outcome| outcome.name.clone()),
            id,
            column: raw.column,
            unit: raw.unit,
            better: catalogued.or(wanted).unwrap_or(Better::Neither),
            kind: listed.map_or("unlisted", |outcome| outcome.kind.as_str()).to_owned(),
            primary: raw.primary,
            transform: raw.transform,
            definition: raw.definition,
            currency: raw.currency,
            price_year: raw.price_year,
            ppp: raw.ppp,
            period: raw.period,
        });
    }
    outcomes.sort_by_key(|outcome| !outcome.primary);
    outcomes
}

/// A hint that names the nearest of the known texts.
fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    let wanted = wanted.to_lowercase();
    let closest = known.map(|text| (distance(&wanted, &text.to_lowercase()), text)).min();
    match closest {
        Some((steps, text)) if steps <= 3 + wanted.chars().count() / 3 => format!("did you mean “{text}”?"),
        _ => "the catalogue is on the commons' pages, and `whatworks-lab study new` lists it".to_owned(),
    }
}

/// Levenshtein's distance, in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    static CATALOGUE: LazyLock<Catalogue> =
        LazyLock::new(|| Catalogue::parse(include_str!("../../../../evidence-base/catalogue.toml")).unwrap());

    const PLAN: &str = r#"
        [study]
        title = "Seven branches, 2025"
        institution = "Demo institution"
        country = "MX"
        [practice]
        id = "credit.access"
        comparator = "No offer of the loan"
        [data]
        file = "clients.csv"
        [design]
        kind = "cluster-randomised"
        treatment = "offered"
        cluster = "area"
        [[outcome]]
        id = "consumption.total"
        column = "consumption"
        unit = "MXN per month"
        [[outcome]]
        id = "business.profit"
        column = "profit"
        unit = "MXN per month"
        primary = true
    "#;

    fn faults(from: &str, to: &str) -> Vec<String> {
        assert!(PLAN.contains(from));
        match StudyPlan::parse(&PLAN.replace(from, to), &CATALOGUE) {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(|fault| format!("{fault} | {}", fault.hint)).collect(),
        }
    }

    #[test]
    fn a_plan_reads_with_names_or_ids_and_puts_primary_outcomes_first() {
        let plan = StudyPlan::parse(PLAN, &CATALOGUE).unwrap();
        assert_eq!(plan.practice.comparator.as_str(), "no-offer");
        assert_eq!(plan.study_id.as_str(), "seven-branches-2025");
        assert_eq!(plan.sample_id.as_str(), "seven-branches-2025-mx");
        assert_eq!(plan.outcomes[0].id.as_str(), "business.profit");
        assert_eq!(plan.outcomes[0].better, Better::Higher);
        assert_eq!(plan.columns(), ["offered", "area", "profit", "consumption"]);
    }

    #[test]
    fn every_fault_names_its_place_and_a_way_on() {
        assert!(faults("title =", "titel =")[0].contains("titel"));
        assert!(faults("credit.access", "credit.acess")[0].contains("did you mean “credit.access”?"));
        assert!(faults("country = \"MX\"", "country = \"Mexico\"")[0].starts_with("study.country"));
        assert!(faults("cluster = \"area\"", "")[0].starts_with("design.cluster"));
        assert!(
            faults("cluster-randomised", "cluster-random")[0].contains("did you mean “cluster-randomised”?")
        );
        let contradiction =
            faults("column = \"profit\"", "column = \"profit\"\ndirection = \"lower-is-better\"");
        assert!(contradiction[0].starts_with("outcome[2].direction"), "{contradiction:?}");
        let two = faults(
            "[practice]\n        id = \"credit.access\"\n        comparator = \"No offer of the loan\"",
            "[practice]\n id = \"x\"\n comparator = \"y\"",
        );
        assert_eq!(two.len(), 2);
    }

    #[test]
    fn broken_files_are_refused_with_their_line() {
        let fault = StudyPlan::parse("[study]\ntitle = \n", &CATALOGUE).unwrap_err();
        assert!(fault[0].place.contains("line 2"), "{fault:?}");
        assert!(StudyPlan::parse("", &CATALOGUE).is_err());
        assert!(StudyPlan::parse("\u{feff}[study]", &CATALOGUE).is_err());
    }
}
