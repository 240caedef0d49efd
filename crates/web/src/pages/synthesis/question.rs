//! What the address asks: which pool, which filters, which measure; and the assessment that answers it.

use crate::shown;
use crate::text::key;
use crate::visit::{Refusal, Visit};
use std::collections::BTreeSet;
use whatworks_charts::{Axis, Estimate, Interval, Scale};
use whatworks_domain::{Better, Estimand, Finding, Measure, OutcomeKind, PoolKey};
use whatworks_evidence::map::{Assessment, assess};
use whatworks_evidence::synthesis::{Options, Synthesis};

/// The 0.975 quantile of the standard normal distribution.
pub(super) const NORMAL_975: f64 = 1.959_963_984_540_054;

/// Most accepted values that a refusal names.
const MOST_NAMED: usize = 20;

/// One question with its answer.
pub(super) struct Question {
    /// The pool as filtered, on the measure in force, in the numbers of the files.
    pub(super) assessment: Assessment,
    /// The same synthesis as people read it: a share in percentage points.
    shown: Synthesis,
    /// Direction of benefit of the outcome.
    pub(super) better: Better,
    /// Benefit, harm or lender.
    pub(super) kind: Option<OutcomeKind>,
    /// Findings of the pool before any filter, as positions.
    pub(super) all: Vec<usize>,
    /// Findings that pass every filter but `without`.
    before_without: Vec<usize>,
    /// The filters in force: parameter and value.
    pub(super) filters: Vec<(String, String)>,
}

impl Question {
    /// Reads the address and pools. A value that no finding of the pool has is refused.
    pub(super) fn read(visit: &Visit) -> Result<Self, Refusal> {
        let key: PoolKey = visit.id.parse().map_err(|_| Refusal::unknown(visit, "/syntheses"))?;
        if let Some(all) = visit.evidence.by_key.get(&key) {
            check_values(visit, all.iter().filter_map(|at| visit.evidence.findings.get(*at)))?;
        }
        Self::of(visit, &key)
    }

    /// The same for a known key; a value that no finding of the pool has leaves the pool empty.
    pub(super) fn of(visit: &Visit, pool: &PoolKey) -> Result<Self, Refusal> {
        let evidence = &visit.evidence;
        let all = evidence.by_key.get(pool).cloned().ok_or_else(|| Refusal::unknown(visit, "/syntheses"))?;
        let measure = measure(visit)?;
        let from = from_year(visit)?;
        let is_filter = |name: &str| super::FILTERS.contains(&name);
        let filters: Vec<(String, String)> =
            visit.query.pairs().iter().filter(|(name, _)| is_filter(name)).cloned().collect();
        let asked = |name: &'static str| visit.query.list(name).collect::<BTreeSet<&str>>();
        let (countries, designs, without) = (asked("country"), asked("design"), asked("without"));
        let keeps = |finding: &Finding| {
            (countries.is_empty() || finding.countries.iter().any(|own| countries.contains(own.as_str())))
                && (designs.is_empty() || designs.contains(finding.design.as_str()))
                && from.is_none_or(|from| finding.year_published.is_some_and(|year| year >= from))
        };
        let stays = |finding: &Finding| {
            !without.contains(finding.sample_id.as_str()) && !without.contains(finding.study_id.as_str())
        };
        let passing = |from: &[usize], test: &dyn Fn(&Finding) -> bool| -> Vec<usize> {
            from.iter().copied().filter(|at| evidence.findings.get(*at).is_some_and(test)).collect()
        };
        let before_without = passing(&all, &keeps);
        let members = passing(&before_without, &stays);
        let known = evidence.map().ok().and_then(|map| map.find(pool));
        let assessment = match known {
            Some(known) if filters.is_empty() => known.clone(),
            _ => {
                // A filter must not change the scale by itself: unless asked, it is that of the whole pool.
                let measure = measure.or_else(|| known.map(|known| known.synthesis.measure));
                let options = Options { measure, ..Options::default() };
                assess(evidence.effects(), pool, &members, &evidence.catalogue, &options)
                    .map_err(|_| Refusal::internal(visit.lang))?
            }
        };
        let outcome = evidence.catalogue.find_outcome(pool.outcome.as_str());
        let better = outcome.map_or(Better::Neither, |outcome| outcome.better);
        let kind = outcome.map(|outcome| outcome.kind);
        let shown = super::points::shown(&assessment.synthesis);
        Ok(Self { assessment, shown, better, kind, all, before_without, filters })
    }

    /// The same pool with other options and without these samples, for comparisons on the page; the other filters stay.
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
        let members: Vec<usize> = self.before_without.iter().copied().filter(stays).collect();
        let options = Options { measure, ..Options::default() };
        assess(evidence.effects(), &self.assessment.key, &members, &evidence.catalogue, &options)
            .map_err(|_| Refusal::internal(visit.lang))
    }

    pub(super) fn synthesis(&self) -> &Synthesis {
        &self.shown
    }

    /// Whether it is an association, which says nothing of better or worse by cause.
    pub(super) fn is_association(&self) -> bool {
        self.assessment.key.estimand == Estimand::Association
    }

    /// Whether the outcome concerns the lender, not clients.
    pub(super) fn is_lender(&self) -> bool {
        self.kind == Some(OutcomeKind::Lender)
    }

    /// Whether the whole interval is worse for clients.
    pub(super) fn is_worse(&self, estimate: Estimate) -> bool {
        !self.is_lender() && is_worse(self.better, estimate)
    }

    /// The words at both ends of the axis, lower end first.
    pub(super) fn ends(&self, visit: &Visit) -> [String; 2] {
        let names = match self.better.sign() {
            Some(sign) if !self.is_association() && sign > 0.0 => [key("chance-worse"), key("chance-better")],
            Some(_) if !self.is_association() => [key("chance-better"), key("chance-worse")],
            _ => [key("chance-lower"), key("chance-higher")],
        };
        names.map(|name| visit.t(name))
    }

    /// The words above an axis: "← worse · better →".
    pub(super) fn axis_words(&self, visit: &Visit) -> String {
        let [low, high] = self.ends(visit);
        visit.ta("axis-of", &[("low", low.into()), ("high", high.into())])
    }

    /// The question in force said in one sentence; filters that leave nothing are named as the cause.
    pub(super) fn say(&self, visit: &Visit) -> String {
        if self.synthesis().k == 0 && !self.filters.is_empty() {
            visit.t("synthesis-no-match")
        } else {
            crate::sentence::answer(visit, &self.assessment)
        }
    }

    /// "Offer of microcredit: what does it do to business profit?"
    pub(super) fn title(&self, visit: &Visit) -> String {
        let practice = shown::practice(visit, self.assessment.key.practice.as_str()).to_owned();
        let outcome = crate::sentence::inside(shown::outcome(visit, self.assessment.key.outcome.as_str()));
        let args = [("practice", practice.into()), ("outcome", outcome.into())];
        visit.ta(
            if self.is_association() { key("synthesis-title-association") } else { key("synthesis-title") },
            &args,
        )
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

    /// The unit in a word or two, beside a number.
    pub(super) fn unit_short(&self, visit: &Visit) -> String {
        shown::unit_short(visit, self.synthesis())
    }

    /// The unit with its price year, of the first pooled finding.
    fn native_unit(&self, visit: &Visit) -> String {
        let unit = shown::unit(visit, &self.assessment.synthesis.unit).0.into_owned();
        let first =
            self.synthesis().studies.first().and_then(|study| visit.evidence.findings.get(study.index));
        match first.and_then(|finding| finding.price_year) {
            Some(year) => {
                let args = [("unit", unit.into()), ("year", year.to_string().into())];
                visit.ta("unit-of-year", &args)
            }
            None => unit,
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
fn is_worse(better: Better, estimate: Estimate) -> bool {
    better.sign().is_some_and(|sign| if sign > 0.0 { estimate.upper < 0.0 } else { estimate.lower > 0.0 })
}

fn measure(visit: &Visit) -> Result<Option<Measure>, Refusal> {
    once(visit, "measure")?;
    let Some(text) = visit.query.find("measure") else { return Ok(None) };
    let refused = |_| Refusal::parameter(visit, "measure", text, "native, smd, percent, log-ratio");
    text.parse().map(Some).map_err(refused)
}

fn from_year(visit: &Visit) -> Result<Option<u16>, Refusal> {
    once(visit, "from")?;
    let Some(text) = visit.query.find("from") else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Refusal::parameter(visit, "from", text, "1990"))
}

/// A parameter that can be asked once only.
fn once(visit: &Visit, name: &'static str) -> Result<(), Refusal> {
    match visit.query.list(name).nth(1) {
        Some(second) => Err(Refusal::parameter(visit, name, second, &visit.t("accepted-once"))),
        None => Ok(()),
    }
}

/// Refuses a country, a design or a sample that none of these findings has.
pub(super) fn check_values<'a>(
    visit: &Visit,
    findings: impl Iterator<Item = &'a Finding>,
) -> Result<(), Refusal> {
    let (mut countries, mut designs, mut samples, mut studies) =
        (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for finding in findings {
        countries.extend(finding.countries.iter().map(String::as_str));
        designs.insert(finding.design.as_str());
        samples.insert(finding.sample_id.as_str());
        studies.insert(finding.study_id.as_str());
    }
    let check = |name: &'static str, known: &BTreeSet<&str>, also: &BTreeSet<&str>| {
        let unknown = visit.query.list(name).find(|value| !known.contains(value) && !also.contains(value));
        unknown.map_or(Ok(()), |value| Err(Refusal::parameter(visit, name, value, &some_of(visit, known))))
    };
    let none = BTreeSet::new();
    check("country", &countries, &none)?;
    check("design", &designs, &none)?;
    check("without", &samples, &studies)
}

/// The first of the accepted values.
fn some_of(visit: &Visit, known: &BTreeSet<&str>) -> String {
    if known.is_empty() {
        return visit.t("none");
    }
    let mut named = known.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    if known.len() > MOST_NAMED {
        named.push_str(", …");
    }
    named
}
