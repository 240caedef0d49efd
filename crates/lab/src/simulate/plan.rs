//! The study plan of a simulated institution, as TOML that runs as it is.

use super::options::{Options, SimulatedDesign};
use super::outcomes::OUTCOMES;
use std::fmt::Write;

/// The plan; `index` numbers the institution from 0.
pub(super) fn text(options: &Options, name: &str, index: u32) -> String {
    let (design, number) = (options.design.id(), index + 1);
    let seed = options.seed;
    let mut text = format!(
        "# Simulated records: nobody is described. truth.json beside this plan says what the study should find.

[study]
title = \"{name}: a grace period, {design}, seed {seed}\"
institution = \"{name}\"
country = \"ZZ\"
start = \"2024\"
end = \"2025\"
id = \"simulated-{design}-{seed}-{number}\"
population = \"Simulated borrowers of {} branches\"
followup_months = 12

[practice]
id = \"credit.repayment.grace-period\"
comparator = \"immediate-repayment\"

[data]
file = \"clients.csv\"
columns = {{ client = \"client\" }}

[design]
kind = \"{design}\"
",
        options.branches
    );
    let columns = match options.design {
        SimulatedDesign::ClusterRandomised => format!(
            "treatment = \"offered\"\ncluster = \"branch\"\ncovariates = [\"income_before\", \"female\"]\n\
             takeup = \"took_up\"\nassignment = \"{} branches\"\n",
            options.branches
        ),
        SimulatedDesign::Randomised => format!(
            "treatment = \"offered\"\nstrata = \"branch\"\ncovariates = [\"income_before\", \"female\"]\n\
             takeup = \"took_up\"\nassignment = \"{} clients within branches\"\n",
            options.clients
        ),
        SimulatedDesign::Instrument => {
            "instrument = \"offered\"\nendogenous = \"took_up\"\nstrata = \"branch\"\n\
             covariates = [\"income_before\", \"female\"]\n"
                .to_owned()
        }
        SimulatedDesign::Did => format!(
            "treatment = \"early_branch\"\ncluster = \"branch\"\nunit = \"client\"\ntime = \"period\"\n\
             post_from = {}\n",
            options.post_from()
        ),
        SimulatedDesign::Panel => {
            "treatment = \"has_grace_period\"\nunit = \"client\"\ntime = \"period\"\n".to_owned()
        }
    };
    text.push_str(&columns);
    for outcome in &OUTCOMES {
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "\n[[outcome]]\nid = \"{}\"\ncolumn = \"{}\"\nunit = \"{}\"\nprimary = {}\ndefinition = \"{}\"\n",
            outcome.id, outcome.column, outcome.unit, outcome.primary, outcome.definition
        );
        if outcome.unit.starts_with("XTS") {
            text.push_str("currency = \"XTS\"\nprice_year = 2025\n");
        }
        if !outcome.period.is_empty() {
            let _ = writeln!(text, "period = \"{}\"", outcome.period);
        }
    }
    let _ = write!(
        text,
        "
[[subgroup]]
column = \"owns_business\"
name = \"Owned a business before\"

[inference]
seed = {seed}

[disclosure]
consent_basis = \"Simulated records\"
"
    );
    text
}
