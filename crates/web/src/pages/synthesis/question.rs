//! What the address asks: which pool, which filters, which measure; and the assessment that answers it.

use crate::shown;
use crate::visit::{Refusal, Visit};
use std::collections::BTreeSet;
use whatworks_charts::{Axis, Estimate, Interval, Scale};
use whatworks_domain::{Better, Finding, Measure, PoolKey};
use whatworks_evidence::map::{Assessment, assess};
use whatworks_evidence::synthesis::{Options, Synthesis};

/// The 0.975 quantile of the standard normal distribution.
pub(super) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// One question with its answer.
pub(super) struct Question {
    /// The pool as filtered, on the measure in force.
    pub(super) assessment: Assessment,
    /// Direction of benefit of the outcome.
    pub(super) better: Better,
    /// Findings of the pool before any filter, as positions.
    pub(super) all: Vec<usize>,
    /// The filters in force: parameter and value.
    pub(super) filters: Vec<(String, String)>,
}

impl Question {
    /// Reads the address and pools.
    pub(super) fn read(visit: &Visit) -> Result<Self, Refusal> {
        let key: PoolKey = visit.id.parse().map_err(|_| Refusal::unknown(visit, "/syntheses"))?;
        Self::of(visit, &key)
    }

    /// The same for a known key.
    pub(super) fn of(visit: &Visit, key: &PoolKey) -> Result<Self, Refusal> {
        let evidence = &visit.evidence;
        let all = evidence.by_key.get(key).cloned().ok_or_else(|| Refusal::unknown(visit, "/syntheses"))?;
        let measure = measure(visit)?;
        let from = from_year(visit)?;
        let filters: Vec<(String, String)> = visit
            .query
            .pairs()
            .iter()
            .filter(|(name, _)| {
                matches!(name.as_str(), "country" | "design" | "from" | "measure" | "without")
            })
            .cloned()
            .collect();
        let without: BTreeSet<&str> = visit.query.list("without").collect();
        let keeps = |finding: &Finding| {
            visit.query.find("country").is_none_or(|code| finding.countries.iter().any(|own| own == code))
                && visit.query.find("design").is_none_or(|design| finding.design.as_str() == design)
                && from.is_none_or(|from| finding.year_published.is_some_and(|year| year >= from))
                && !without.contains(finding.sample_id.as_str())
        };
        let members: Vec<usize> =
            all.iter().copied().filter(|at| evidence.findings.get(*at).is_some_and(keeps)).collect();
        let assessment = if filters.is_empty()
            && let Some(known) = evidence.map().ok().and_then(|map| map.find(key))
        {
            known.clone()
        } else {
            let options = Options { measure, ..Options::default() };
            assess(evidence.effects(), key, &members, &evidence.catalogue, &options)
                .map_err(|_| Refusal::internal(visit.lang))?
        };
        let outcome = evidence.catalogue.find_outcome(key.outcome.as_str());
        let better = outcome.map_or(Better::Neither, |outcome| outcome.better);
        Ok(Self { assessment, better, all, filters })
    }

    /// The same pool with other options, for comparisons on the page. `without` is a sample to leave out.
    pub(super) fn variant(
        &self,
        visit: &Visit,
        measure: Option<Measure>,
        without: &[&str],
    ) -> Result<Assessment, Refusal> {
        let evidence = &visit.evidence;
        let stays = |at: &usize| {
            evidence.findings.get(*at).is_some_and(|finding| !without.contains(&finding.sample_id.as_str()))
        };
        let members: Vec<usize> = self.assessment.members.iter().copied().filter(stays).collect();
        let options = Options { measure, ..Options::default() };
        assess(evidence.effects(), &self.assessment.key, &members, &evidence.catalogue, &options)
            .map_err(|_| Refusal::internal(visit.lang))
    }

    pub(super) fn synthesis(&self) -> &Synthesis {
        &self.assessment.synthesis
    }

    /// "Offer of microcredit: what does it do to business profit?"
    pub(super) fn title(&self, visit: &Visit) -> String {
        let practice = shown::practice(visit, self.assessment.key.practice.as_str()).to_owned();
        let outcome = crate::sentence::inside(shown::outcome(visit, self.assessment.key.outcome.as_str()));
        let args = [("practice", practice.into()), ("outcome", outcome.into())];
        visit.ta("synthesis-title", &args)
    }

    /// The unit of the numbers, for people.
    pub(super) fn unit(&self, visit: &Visit) -> String {
        match self.synthesis().measure {
            Measure::Smd => visit.t("unit-smd"),
            Measure::Percent => visit.t("unit-percent"),
            Measure::LogRatio => visit.t("unit-log-ratio"),
            Measure::Native if self.synthesis().unit.is_empty() => visit.t("unit-none"),
            Measure::Native => self.native_unit(visit),
        }
    }

    /// The unit with its price year, of the first pooled finding.
    fn native_unit(&self, visit: &Visit) -> String {
        let first =
            self.synthesis().studies.first().and_then(|study| visit.evidence.findings.get(study.index));
        match first.and_then(|finding| finding.price_year) {
            Some(year) => {
                let args =
                    [("unit", self.synthesis().unit.clone().into()), ("year", year.to_string().into())];
                visit.ta("unit-of-year", &args)
            }
            None => self.synthesis().unit.clone(),
        }
    }

    /// An axis that holds the studies and the summaries.
    pub(super) fn axis(&self) -> Axis {
        let synthesis = self.synthesis();
        let rows: Vec<Estimate> =
            synthesis.studies.iter().map(|study| whole(study.estimate, study.std_error)).collect();
        Axis::fit(Scale::Difference, &rows, &summaries(synthesis))
    }
}

/// An estimate with its normal 95 % interval.
pub(super) fn whole(estimate: f64, std_error: f64) -> Estimate {
    Estimate::new(estimate, estimate - NORMAL_975 * std_error, estimate + NORMAL_975 * std_error)
}

/// The average with its interval.
pub(super) fn average(synthesis: &Synthesis) -> Option<Estimate> {
    Some(Estimate::new(synthesis.estimate?, synthesis.ci_low?, synthesis.ci_high?))
}

/// Average and prediction as intervals.
pub(super) fn summaries(synthesis: &Synthesis) -> Vec<Interval> {
    let average = average(synthesis).map(|average| Interval::new(average.lower, average.upper));
    average.into_iter().chain(prediction(synthesis)).collect()
}

/// The prediction for a new institution.
pub(super) fn prediction(synthesis: &Synthesis) -> Option<Interval> {
    Some(Interval::new(synthesis.pi_low?, synthesis.pi_high?))
}

/// Whether the whole interval is worse for clients.
pub(super) fn is_worse(better: Better, estimate: Estimate) -> bool {
    better.sign().is_some_and(|sign| if sign > 0.0 { estimate.upper < 0.0 } else { estimate.lower > 0.0 })
}

fn measure(visit: &Visit) -> Result<Option<Measure>, Refusal> {
    let Some(text) = visit.query.find("measure") else { return Ok(None) };
    let refused = |_| Refusal::parameter(visit, "measure", text, "native, smd, percent, log-ratio");
    text.parse().map(Some).map_err(refused)
}

fn from_year(visit: &Visit) -> Result<Option<u16>, Refusal> {
    let Some(text) = visit.query.find("from") else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Refusal::parameter(visit, "from", text, "1990"))
}
