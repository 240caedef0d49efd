//! Simulated institutions: client records whose true effects are known, with the plan that estimates them.
//!
//! Outcome k of client i in branch g and period t:
//! y = mean + sd·(w·s(z) + √icc·b + a·cos(2π(month − peak)/12) + c·(T − q) + level + 0.05·t) + effect·D,
//! where z is standard normal, s(z) the standardised lognormal (right-skewed, mean 0, variance 1), b the branch's
//! standard normal, T whether the client would take the practice up if offered (share q, better off by c SD),
//! D whether it was taken up, and w makes the comparison's variance sd². A share is 1 where Φ(z) lies below its
//! probability, to which the effect is added. So every effect is the same for all clients of an institution, in
//! the outcome's unit, and the truth is exact. Between institutions it is N(`effect`, `tau`²), cut at 3 tau; the
//! outcomes' effects are fixed multiples of it.
//!
//! Pure: options and a seed in, rows, plan and truth out; the same seed gives the same bytes. Monthly
//! histories for early warning are drawn apart ([`simulate_history`]). Left out: loans and instalments, effects that differ between clients of one institution, staggered adoption of areas.

mod clients;
mod draws;
mod history;
#[cfg(test)]
mod history_tests;
mod options;
mod outcomes;
mod plan;
mod rows;
mod truth;

pub(crate) use history::{HistoryOptions, simulate_history, warning_plan};
pub(crate) use options::{Fault, Options, SimulatedDesign};
pub(crate) use truth::NetworkTruth;

use clients::Scene;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use truth::InstitutionTruth;

/// One simulated institution.
#[derive(Debug)]
pub(crate) struct Institution {
    /// Folder name within a network, such as `institution-03`.
    pub(crate) folder: String,
    /// The client records.
    pub(crate) clients_csv: String,
    /// The study plan, which reads `clients.csv` beside it.
    pub(crate) plan_toml: String,
    /// What is true.
    pub(crate) truth: InstitutionTruth,
}

/// Simulates institution `index` (from 0) of `options.institutions`. Institutions draw from streams of their own,
/// so that the first stays the same when more are asked for.
///
/// # Errors
/// Options that make no sense together.
pub(crate) fn simulate_institution(options: &Options, index: u32) -> Result<Institution, Fault> {
    options.check()?;
    let mut rng = ChaCha12Rng::seed_from_u64(options.seed);
    rng.set_stream(u64::from(index));
    let name = if options.institutions == 1 {
        "Simulated institution".to_owned()
    } else {
        format!("Simulated institution {:02}", index + 1)
    };
    let effect_sd = draws::institution_effect(&mut rng, options);
    let scene = Scene::draw(&mut rng, options, effect_sd);
    let rows = scene.rows(&mut rng);
    Ok(Institution {
        folder: format!("institution-{:02}", index + 1),
        clients_csv: rows::csv(options.design, &rows),
        plan_toml: plan::text(options, &name, index),
        truth: truth::of_institution(options, &name, effect_sd, &scene, &rows),
    })
}

#[cfg(test)]
mod tests;
