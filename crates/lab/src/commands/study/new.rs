//! `study new`: a plan in which every key is explained, ready to be filled in.

use super::catalogue;
use crate::commands::{Failure, Outcome};
use crate::output::write_file;
use std::fmt::Write;
use std::path::Path;
use whatworks_domain::Catalogue;

/// Designs with an estimator here, and the keys that each needs.
const DESIGNS: [(&str, &str); 5] = [
    ("randomised", "treatment"),
    ("cluster-randomised", "treatment, cluster"),
    ("instrument", "instrument, endogenous"),
    ("did", "treatment, time (and unit, cluster)"),
    ("panel", "treatment, unit, time"),
];

#[expect(clippy::print_stderr, reason = "tells the person what was written")]
pub(super) fn run(path: &Path) -> Outcome {
    let catalogue = catalogue()?;
    if path.extension().is_none_or(|extension| extension != "toml") {
        return Err(Failure::refused(format!("{} is no .toml file", path.display()), "name it plan.toml"));
    }
    write_file(path, template(&catalogue).as_bytes(), false)?;
    eprintln!("wrote {}; fill it in, then: whatworks-lab study check {}", path.display(), path.display());
    Ok(())
}

/// The plan's text.
pub(super) fn template(catalogue: &Catalogue) -> String {
    let mut text = String::from(
        "\
# A study plan. Decide everything here before you look at an outcome: the plan's hash goes into every result.
# A line that begins with # is a comment. Paths are relative to this file.

[study]
title = \"\"            # as people will cite it
institution = \"\"      # whose clients were studied
country = \"\"          # two capitals, such as IN
start = \"\"            # when the practice began, such as 2024-03
end = \"\"              # when outcomes were recorded
# id = \"\"             # made from the title when absent
# sample = \"\"         # the same for every study of these people, so that nobody is counted twice
# population = \"\"     # who was studied, in words
# doi = \"\"            # of a paper on it
# followup_months = 12

[practice]
id = \"\"               # a practice of the catalogue, by id or name: the list is at the end
comparator = \"\"       # what it is compared with

[data]
file = \"clients.csv\"  # CSV, XLSX, Parquet, Stata or SPSS
# mapping = \"mapping.toml\"
# columns = { client = \"id\" }      # our name = the file's column
# rows = { region = \"north\" }      # only these rows

[design]
# ",
    );
    for (index, (kind, keys)) in DESIGNS.iter().enumerate() {
        let name = catalogue.find_design(kind).map_or(*kind, |design| design.name.as_str());
        let lead = if index == 0 { "kind is one of:\n" } else { "" };
        let _ = writeln!(text, "{lead}#   {kind:<20} {name}; needs {keys}");
    }
    text.push_str(
        "\
kind = \"cluster-randomised\"
treatment = \"\"        # column: 1 assigned to the practice, 0 not
cluster = \"\"          # column: the area or group on which chance decided
# strata = \"\"         # column: the strata within which chance decided
# covariates = []     # columns recorded before the practice began
# weights = \"\"        # column of survey weights
# fixed_effects = []  # columns whose levels are removed
# takeup = \"\"         # column: 1 if the person took the practice up
# time = \"\"           # column of the period, a number (did, panel)
# post_from = 2024    # first period with the practice, when there are more than two (did)
# unit = \"\"           # column of the person or household followed (did, panel)
# instrument = \"\"     # column: the offer (instrument)
# endogenous = \"\"     # column: the take-up that the offer moved (instrument)
# assignment = \"104 neighbourhoods\"

# One block for each outcome. Name at least one that could show harm, and one of the lender's.
[[outcome]]
id = \"\"               # an outcome of the catalogue: the list is at the end
column = \"\"           # the column that holds it
unit = \"\"             # with its period, such as INR per month
primary = true        # what the study is about
# transform = \"none\"  # none, log, log1p, asinh, winsorise
# definition = \"\"     # what the column is, in words
# currency = \"INR\"
# price_year = 2024
# ppp = false
# period = \"month\"

# Groups declared beforehand; the report tests whether the effect differs between them.
# [[subgroup]]
# column = \"\"
# name = \"\"

[inference]
# vcov = \"CR2\"        # overrides the design's default: iid HC0 HC1 HC2 HC3 CR0 CR1 CR1S CR2
# bootstrap = 9999    # draws of the wild cluster bootstrap
# randomisation = 0   # re-assignments of randomisation inference
seed = 1
# corrections = [\"holm\", \"sharpened-q\"]   # also bh, romano-wolf

[disclosure]
policy = \"client-v1\"
# ledger = \"releases.jsonl\"  # what was released before; beside the plan when absent
# licence = \"CC-BY-4.0\"
# consent_basis = \"\"

# Practices (id: name)
",
    );
    for practice in &catalogue.practices {
        let _ = writeln!(text, "#   {}: {}", practice.id, practice.name);
    }
    text.push_str("#\n# Comparators (id: name)\n");
    for comparator in &catalogue.comparators {
        let _ = writeln!(text, "#   {}: {}", comparator.id, comparator.name);
    }
    text.push_str("#\n# Outcomes (id: name; kind; better)\n");
    for outcome in &catalogue.outcomes {
        let (kind, better) = (outcome.kind.as_str(), outcome.better.as_str());
        let _ = writeln!(text, "#   {}: {}; {kind}; {better}", outcome.id, outcome.name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use whatworks_domain::study::StudyPlan;

    /// Filling in the blanks must be enough: an example of each design reads without a fault.
    #[test]
    fn the_template_becomes_a_plan_when_its_blanks_are_filled() {
        let catalogue = whatworks_evidence::base::catalogue().unwrap();
        let mut text = template(&catalogue);
        let blanks = [
            ("title = \"\"", "title = \"A trial\""),
            ("institution = \"\"", "institution = \"An institution\""),
            ("country = \"\"", "country = \"IN\""),
            ("\nid = \"\"               # a practice", "\nid = \"credit.access\" # a practice"),
            ("comparator = \"\"", "comparator = \"no-offer\""),
            ("\ntreatment = \"\"", "\ntreatment = \"offered\""),
            ("\ncluster = \"\"", "\ncluster = \"area\""),
            ("\nid = \"\"               # an outcome", "\nid = \"business.profit\" # an outcome"),
            ("\ncolumn = \"\"", "\ncolumn = \"profit\""),
            ("\nunit = \"\"             # with", "\nunit = \"INR per month\" # with"),
        ];
        for (blank, filled) in blanks {
            assert!(text.contains(blank), "{blank}");
            text = text.replacen(blank, filled, 1);
        }
        let plan = StudyPlan::parse(&text, &catalogue).unwrap_or_else(|faults| panic!("{faults:?}"));
        assert_eq!(plan.columns(), ["offered", "area", "profit"]);
    }
}
