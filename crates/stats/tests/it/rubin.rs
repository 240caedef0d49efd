//! Every value of the exact Rubin posterior computed by an independent fine-grid quadrature.

use serde_json::{Value, json};
use whatworks_stats::bayes::{Detail, Prior, QUANTILE_LEVELS, Summary, TauPrior, posterior};

use crate::reference::{Tally, Tolerance, fixture, numbers};

fn quantiles(values: [f64; 9]) -> Value {
    let mut tree = json!({});
    for (level, value) in QUANTILE_LEVELS.iter().zip(values) {
        tree[format!("{level}")] = json!(value);
    }
    tree
}

fn effect(summary: &Summary) -> Value {
    json!({
        "mean": summary.mean, "sd": summary.sd, "quantiles": quantiles(summary.quantiles.unwrap()),
        "p_gt_0": summary.prob_positive,
    })
}

#[test]
fn rubin_posteriors() {
    let reference = fixture("rubin/c_rubin_quadrature.json");
    let detail = Detail { theta: true, quantiles: true, theta_quantiles: true, thresholds: Vec::new() };
    let mut tally = Tally::default();
    for (name, set) in reference["results"].as_object().unwrap() {
        let y = numbers(&set["y"]);
        let v: Vec<f64> = numbers(&set["se"]).iter().map(|se| se * se).collect();
        let sd_y = set["sd_y"].as_f64().unwrap();
        for (label, expected) in set["posterior"].as_object().unwrap() {
            let tau = match &label[..1] {
                "A" => TauPrior::Uniform(10.0 * sd_y),
                "B" => TauPrior::HalfNormal(50.0),
                _ => TauPrior::HalfNormal(5.0),
            };
            let prior = Prior { mu_mean: 0.0, mu_sd: 100.0, tau };
            let found = posterior(&y, &v, &prior, &detail).unwrap();
            // The reference leaves out the constants of the likelihood and both priors' normalisation.
            let constants = 0.5 * y.len() as f64 * (2.0 * std::f64::consts::PI).ln() + prior.mu_sd.ln()
                - prior.tau.log_density(0.0);
            let ours = json!({
                "mu": effect(&found.mu), "theta_new": effect(&found.new),
                "tau": {
                    "mean": found.tau.mean, "sd": found.tau.sd,
                    "quantiles": quantiles(found.tau.quantiles.unwrap()),
                },
                "tau2_mean": found.tau2_mean,
                "theta": found.theta.iter().map(effect).collect::<Vec<_>>(),
                "pooling_mean_1_minus_B": found.pooling,
                "log_marginal_up_to_const": found.log_marginal + constants,
            });
            // Quantiles near 0 are compared on the scale of the effect's own spread.
            tally.tree(&format!("{name}/{label}"), expected, &ours, &[], &|_| Tolerance {
                relative: 1e-8,
                absolute: 1e-10,
            });
        }
    }
    eprintln!("worst relative difference {:e}", tally.worst);
    tally.finish(4_485);
}
