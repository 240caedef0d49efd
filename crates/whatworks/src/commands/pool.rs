//! `whatworks pool`: any findings table to pooled answers, as a table for people, JSON for programs, a forest plot.

use super::{Failure, Outcome};
use crate::table;
use anyhow::Context;
use clap::Args;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use whatworks_charts::forest::{ForestAverage, ForestPrediction, ForestRow};
use whatworks_charts::rows::StudyMark;
use whatworks_charts::{Estimate, Forest, Interval, NumberStyle, Scale, Standing, format, render_forest};
use whatworks_domain::Measure;
use whatworks_evidence::effect::Effect;
use whatworks_evidence::read::{EffectColumns, ReadError, RowFault, effects};
use whatworks_evidence::stats::{IntervalMethod, PredictionMethod, Tau2Method, TauPrior};
use whatworks_evidence::synthesis::{Method, Options, Refusal, Synthesis, synthesise_all};

/// What the command line says.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Findings tables (CSV); needed columns: study, estimate, std_error
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Columns that split the pools; the estimand always does
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "practice,comparator,outcome,estimand",
        value_name = "COLUMNS"
    )]
    by: Vec<String>,
    /// Scale: native, smd, percent or log-ratio; without it native, or smd when units differ or a scale is in doubt
    #[arg(long)]
    measure: Option<Measure>,
    /// Estimator of the variance between places: reml, dl, pm, eb, ml, he, hs, sj, ee; or bayes for the exact posterior
    #[arg(long, default_value = "reml", value_parser = parse_method)]
    method: Method,
    /// Confidence interval: hk-floor, hk or wald
    #[arg(long, default_value = "hk-floor", value_parser = parse_named::<IntervalMethod>)]
    ci: IntervalMethod,
    /// Prediction interval: k-2, k-1 or normal
    #[arg(long, default_value = "k-2", value_parser = parse_named::<PredictionMethod>)]
    pi: PredictionMethod,
    /// Standard deviation of the normal prior of the mean, in the pool's unit
    #[arg(long, value_name = "SD", value_parser = parse_positive)]
    prior_mu: Option<f64>,
    /// Prior of the standard deviation between places: halfnormal:S, uniform:U or halfcauchy:S
    #[arg(long, value_name = "NAME:SCALE", value_parser = parse_tau_prior)]
    prior_tau: Option<TauPrior>,
    /// Numeric columns to regress the effects on
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS")]
    moderators: Vec<String>,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
    /// Write a forest plot; with several pools a number is added to the name
    #[arg(long, value_name = "OUT.svg")]
    forest: Option<PathBuf>,
}

fn parse_named<T: std::str::FromStr>(text: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error: T::Err| error.to_string())
}

fn parse_method(text: &str) -> Result<Method, String> {
    if text.eq_ignore_ascii_case("bayes") {
        return Ok(Method::Bayes);
    }
    parse_named::<Tau2Method>(text).map(Method::Frequentist)
}

fn parse_positive(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() && value > 0.0 => Ok(value),
        _ => Err(format!("“{text}” is not a number above zero")),
    }
}

fn parse_tau_prior(text: &str) -> Result<TauPrior, String> {
    let accepted = "halfnormal:S, uniform:U or halfcauchy:S, with a scale above zero";
    let (name, scale) = text.split_once(':').ok_or_else(|| accepted.to_owned())?;
    let scale = parse_positive(scale).map_err(|_| accepted.to_owned())?;
    match name {
        "halfnormal" => Ok(TauPrior::HalfNormal(scale)),
        "uniform" => Ok(TauPrior::Uniform(scale)),
        "halfcauchy" => Ok(TauPrior::HalfCauchy(scale)),
        _ => Err(accepted.to_owned()),
    }
}

impl Arguments {
    fn options(&self) -> Options {
        Options {
            measure: self.measure,
            method: self.method,
            interval: self.ci,
            prediction: self.pi,
            prior_mu_sd: self.prior_mu,
            prior_tau: self.prior_tau,
            moderators: self.moderators.clone(),
            thresholds: Vec::new(),
            detail: true,
        }
    }
}

fn fault_text(path: &Path, fault: &RowFault) -> String {
    format!("{}: {fault}", path.display())
}

/// Every fault with its own hint where hints differ; the last line of a refusal is a hint again.
fn refuse_read(path: &Path, error: &ReadError) -> Failure {
    let last = error.faults.last().map_or(String::new(), |fault| fault.hint.clone());
    let line = |fault: &RowFault| {
        let own = if fault.hint == last { String::new() } else { format!(" ({})", fault.hint) };
        format!("{}{own}", fault_text(path, fault))
    };
    let mut problem = error.faults.iter().map(line).collect::<Vec<_>>().join("\nerror: ");
    if error.truncated {
        problem.push_str("\nerror: there may be more; reading stopped here");
    }
    Failure::Refused { problem, hint: last }
}

fn read(path: &Path, columns: &EffectColumns) -> Result<Vec<Effect>, Failure> {
    let file = File::open(path).map_err(|error| Failure::Refused {
        problem: format!("{}: cannot be opened: {error}", path.display()),
        hint: "check the path".into(),
    })?;
    Ok(effects(file, columns).map_err(|error| refuse_read(path, &error))?.effects)
}

/// A refusal with the files it is about.
fn refuse(arguments: &Arguments, refusal: &Refusal) -> Failure {
    let files = refusal.files();
    let named = files.iter().filter_map(|at| arguments.files.get(*at)).map(|path| path.display().to_string());
    let place = named.collect::<Vec<_>>().join(" after ");
    let problem = if place.is_empty() { refusal.to_string() } else { format!("{place}: {refusal}") };
    Failure::Refused { problem, hint: refusal.hint().into() }
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let columns = EffectColumns { by: arguments.by.clone(), moderators: arguments.moderators.clone() };
    let mut all = Vec::new();
    for (at, path) in arguments.files.iter().enumerate() {
        let effects = read(path, &columns)?;
        all.extend(effects.into_iter().map(|effect| Effect { file: at, ..effect }));
    }
    let syntheses =
        synthesise_all(&all, &arguments.options()).map_err(|refusal| refuse(arguments, &refusal))?;
    if let Some(out) = &arguments.forest {
        write_forests(out, &syntheses)?;
    }
    let mut stdout = BufWriter::new(io::stdout().lock());
    let written = if arguments.json {
        write_json(&mut stdout, &syntheses)
    } else {
        write_tables(&mut stdout, &syntheses)
    };
    match written.and_then(|()| stdout.flush()) {
        // A reader that has seen enough (`| head`) is not a failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other.context("the answer could not be written")?),
    }
}

fn write_json(out: &mut impl Write, syntheses: &[Synthesis]) -> io::Result<()> {
    out.write_all(b"{\"syntheses\":")?;
    serde_json::to_writer(&mut *out, syntheses)?;
    out.write_all(b"}\n")
}

fn write_tables(out: &mut impl Write, syntheses: &[Synthesis]) -> io::Result<()> {
    for (at, synthesis) in syntheses.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        out.write_all(table::text(synthesis).as_bytes())?;
    }
    Ok(())
}

/// The place of the n-th plot: `out.svg` for one, `out-1.svg`, `out-2.svg` … for several.
fn forest_path(out: &Path, at: usize, count: usize) -> PathBuf {
    if count == 1 {
        return out.to_owned();
    }
    let stem = out.file_stem().map_or("forest".into(), |stem| stem.to_string_lossy().into_owned());
    out.with_file_name(format!("{stem}-{}.svg", at + 1))
}

/// Writes all plots aside, then renames them: no half plot is ever seen, and none is put in place if one cannot be written.
fn write_forests(out: &Path, syntheses: &[Synthesis]) -> Outcome {
    let paths: Vec<PathBuf> = (0..syntheses.len()).map(|at| forest_path(out, at, syntheses.len())).collect();
    if let Some(taken) = paths.iter().find(|path| path.exists() && !path.is_file()) {
        return Err(Failure::Refused {
            problem: format!("{} is there and is not a file", taken.display()),
            hint: "give the name of a file, such as --forest forest.svg".into(),
        });
    }
    let aside: Vec<PathBuf> = paths.iter().map(|path| path.with_extension("svg.part")).collect();
    let written = write_aside(&aside, syntheses)
        .and_then(|()| aside.iter().zip(&paths).try_for_each(|(aside, path)| std::fs::rename(aside, path)));
    if let Err(error) = written {
        for part in &aside {
            // A part that was never written, or is in place already, is not there to remove.
            let _ = std::fs::remove_file(part);
        }
        return Err(Failure::Failed(
            anyhow::Error::new(error).context(format!("{} cannot be written", out.display())),
        ));
    }
    announce(&paths);
    Ok(())
}

fn write_aside(aside: &[PathBuf], syntheses: &[Synthesis]) -> io::Result<()> {
    aside
        .iter()
        .zip(syntheses)
        .try_for_each(|(path, synthesis)| std::fs::write(path, render_forest(&forest(synthesis))))
}

#[expect(clippy::print_stderr, reason = "a message to the person, apart from the data on stdout")]
fn announce(paths: &[PathBuf]) {
    if let (Some(first), Some(last)) = (paths.first(), paths.last()) {
        let more = if paths.len() > 1 { format!(" to {}", last.display()) } else { String::new() };
        eprintln!("forest plot: {}{more}", first.display());
    }
}

fn forest(synthesis: &Synthesis) -> Forest {
    let style = NumberStyle::english();
    let doubted: Vec<&str> = synthesis.scale_doubts.iter().map(|doubt| &*doubt.study).collect();
    let rows = synthesis
        .studies
        .iter()
        .map(|study| {
            let half = 1.959_963_984_540_054 * study.std_error;
            let suspect = doubted.contains(&&*study.study);
            ForestRow {
                label: study.study.to_string(),
                note: String::new(),
                tag: suspect.then(|| "scale?".to_owned()),
                study: StudyMark {
                    effect: Estimate::new(study.estimate, study.estimate - half, study.estimate + half),
                    weight: Some(study.weight),
                    shrunken: study.shrunk.map(|shrunk| Estimate::new(shrunk.mean, shrunk.q025, shrunk.q975)),
                    standing: if suspect { Standing::Suspected } else { Standing::Ordinary },
                },
            }
        })
        .collect();
    let average = match (synthesis.estimate, synthesis.ci_low, synthesis.ci_high) {
        (Some(mean), Some(low), Some(high)) => Some(ForestAverage {
            label: format!("Average effect, k = {}", synthesis.k),
            effect: Estimate::new(mean, low, high),
            worse: false,
        }),
        _ => None,
    };
    let new_institution = match (synthesis.pi_low, synthesis.pi_high) {
        (Some(low), Some(high)) => Some(ForestPrediction {
            label: "At a new institution".into(),
            interval: Interval::new(low, high),
        }),
        _ => None,
    };
    Forest {
        title: table::title(synthesis),
        subtitle: format!("Unit: {}", table::unit(synthesis)),
        lower_words: "lower".into(),
        higher_words: "higher".into(),
        study_heading: "Study".into(),
        effect_heading: "Effect (95 % interval)".into(),
        weight_heading: Some("Weight".into()),
        rows,
        average,
        new_institution,
        notes: vec![table::method(synthesis)],
        scale: Scale::Difference,
        decimals: synthesis.std_error.map_or(2, format::decimals_for),
        width: 900.0,
        style,
    }
}
