//! Studies to report on: one with everything in it, and variations.

use whatworks_domain::study::StudyResult;

/// A simulated study with every kind of result in it.
pub(crate) fn full() -> StudyResult {
    serde_json::from_str(include_str!("../../fixtures/study.json")).unwrap()
}

/// The same with six clusters, so that nothing may be called clear.
pub(crate) fn few_clusters() -> StudyResult {
    let mut study = full();
    for row in &mut study.estimates {
        row.may_say_significant = false;
        row.clusters = Some(6);
    }
    study
}

/// A study in which nothing could be estimated.
pub(crate) fn empty() -> StudyResult {
    let mut study = full();
    study.estimates.clear();
    study.subgroup_tests.clear();
    study.sensitivity.clear();
    study.sample_flow.clear();
    study.releases.clear();
    study.warnings.clear();
    study.diagnostics = whatworks_domain::study::Diagnostics::default();
    study
}

/// The same study with markup in every name that a person can choose.
pub(crate) fn hostile() -> StudyResult {
    let poison =
        "<script>alert(1)</script> #panic(\"x\") $x$ *b* _i_ `c` @l [y] {z} \\ \" ' & <b>\u{202e}\u{0}";
    let mut study = full();
    poison.clone_into(&mut study.study.title);
    poison.clone_into(&mut study.study.institution);
    poison.clone_into(&mut study.study.population);
    poison.clone_into(&mut study.practice.name);
    poison.clone_into(&mut study.data.file);
    for row in &mut study.estimates {
        poison.clone_into(&mut row.outcome_name);
        poison.clone_into(&mut row.unit);
    }
    for outcome in &mut study.outcomes {
        poison.clone_into(&mut outcome.name);
    }
    for step in &mut study.sample_flow {
        poison.clone_into(&mut step.step);
        poison.clone_into(&mut step.reason);
    }
    for row in &mut study.diagnostics.balance {
        poison.clone_into(&mut row.covariate);
    }
    for notice in &mut study.warnings {
        poison.clone_into(&mut notice.text);
        poison.clone_into(&mut notice.hint);
    }
    study
}
