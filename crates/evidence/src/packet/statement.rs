//! What a packet says: an in-toto Statement v1 whose predicate is one finding with all that it rests on.
//!
//! Rule: every field is always there; what is not known is `null` or an empty text. Counts are whole numbers, estimates
//! decimal texts of 12 significant digits, times UTC to the second. docs/finding.schema.json says the same as a JSON
//! Schema, and a test compares the two. The predicate type is an address that nobody can own (RFC 2606) and that needs
//! no network. Left out: what belongs to a synthesis (certainty, votes), which no institution can know alone.

use super::digest::Digest;
use super::fault::{PacketFault, quoted};
use super::fields::{Fields, ObjectWriter};
use super::json::{Json, MAX_WHOLE};
use super::moment;
use time::OffsetDateTime;
use whatworks_domain::{
    ComparatorId, DesignId, Finding, FindingId, FindingRecord, OutcomeId, PracticeId, SampleId, StudyId,
};

/// Type of the statement.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// Type of the predicate: a finding, version 1.
pub const PREDICATE_TYPE: &str = "https://whatworks.example/finding/v1";
/// Name of the subject that is the manifest of the data.
pub const DATA_MANIFEST: &str = "data-manifest";
/// Name of the subject that is the study plan.
pub const PLAN: &str = "plan";
/// Most subjects.
const MAX_SUBJECTS: usize = 16;
/// Counts in a packet are multiples of this under client-v1 (rounded to hide single people).
const ROUNDING_BASE: u64 = 5;

/// Something the finding rests on, by its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Name, such as [`DATA_MANIFEST`] or [`PLAN`].
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
}

/// How the estimate was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// SHA-256 of the plan as registered before outcomes were read; also the digest of the subject [`PLAN`].
    pub plan_hash: Digest,
    /// Id of the method, such as `ols`.
    pub method_id: String,
    /// Version of the method.
    pub method_version: String,
    /// Seed of whatever was drawn; `None` when nothing was.
    pub seed: Option<u64>,
    /// Name of the program.
    pub software_name: String,
    /// Its version.
    pub software_version: String,
    /// SHA-256 of the program's file.
    pub software_digest: Digest,
    /// Transformation of the outcome; blank for none.
    pub transformation: String,
    /// Covariates, by column, in the order of the plan.
    pub covariates: Vec<String>,
    /// Degrees of freedom of the standard error.
    pub degrees_of_freedom: Option<f64>,
    /// People in the treatment arm, rounded as the policy says.
    pub n_treatment: Option<u64>,
    /// People in the comparison arm, rounded as the policy says.
    pub n_control: Option<u64>,
    /// Share of the treatment arm that was not found again.
    pub attrition_treatment: Option<f64>,
    /// Share of the comparison arm that was not found again.
    pub attrition_control: Option<f64>,
    /// Findings of the same study on harms.
    pub adverse_outcomes: Vec<FindingId>,
}

/// What the disclosure check said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The finding may leave.
    Pass,
    /// A second person let it leave, with reasons.
    Review,
    /// It may not leave; no packet with this verdict is valid.
    Fail,
}

impl Verdict {
    /// The word in a packet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Review => "review",
            Self::Fail => "fail",
        }
    }
}

/// The disclosure check that stood before the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureRecord {
    /// Policy, such as `client-v1`.
    pub policy: String,
    /// What it said.
    pub verdict: Verdict,
    /// Reasons, as sentences; needed when the verdict is [`Verdict::Review`].
    pub reasons: Vec<String>,
    /// SHA-256 of what was checked.
    pub input_digest: Digest,
}

/// A statement about one finding: what is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingStatement {
    /// What it rests on; [`DATA_MANIFEST`] and [`PLAN`] must be there.
    pub subjects: Vec<Subject>,
    /// The finding, its counts rounded as the policy says. `verified` is false: only the curators can say so.
    pub finding: Finding,
    /// How it was estimated.
    pub analysis: Analysis,
    /// The disclosure check.
    pub disclosure: DisclosureRecord,
    /// Id of the institution that signs.
    pub institution: String,
    /// Who keeps the data, in words.
    pub custodian: String,
    /// Why the people's data may be used.
    pub consent_basis: String,
    /// Funding and interests of those who made it.
    pub interests: String,
    /// Licence of the finding, by SPDX id.
    pub licence: String,
    /// Language of the texts (BCP 47).
    pub language: String,
    /// When it was issued: a claim of the signer.
    pub issued_at: OffsetDateTime,
    /// Last moment of validity.
    pub valid_until: OffsetDateTime,
    /// Content id of the packet that this one replaces.
    pub supersedes: Option<Digest>,
}

/// Whether a text can be an institution's id: the rule of every id of `domain`.
pub(super) fn is_institution(text: &str) -> bool {
    FindingId::new(text).is_ok()
}

impl FindingStatement {
    /// The canonical text: what is signed, and what the content id is the digest of.
    ///
    /// # Errors
    /// [`PacketFault`] when the statement breaks a rule that a reader would refuse it for.
    pub fn render(&self) -> Result<String, PacketFault> {
        let text = self.encode()?.canonical();
        // What is written must be what every reader accepts: the same checks, on the same bytes.
        Self::parse(text.as_bytes())?;
        Ok(text)
    }

    /// The content id: SHA-256 of the canonical text.
    ///
    /// # Errors
    /// As [`FindingStatement::render`].
    pub fn content_id(&self) -> Result<Digest, PacketFault> {
        Ok(Digest::of(self.render()?.as_bytes()))
    }

    /// Reads a canonical text and checks every rule that needs neither key nor clock.
    ///
    /// # Errors
    /// [`PacketFault`], the first found: not JSON, not canonical, not of this type, a field missing, unknown or outside
    /// its rule, not a finding, not released.
    pub fn parse(bytes: &[u8]) -> Result<Self, PacketFault> {
        let value = Json::parse(bytes).map_err(PacketFault::Payload)?;
        if value.canonical().as_bytes() != bytes {
            return Err(PacketFault::NotCanonical);
        }
        let statement = Self::decode(value)?;
        statement.check()?;
        Ok(statement)
    }

    /// The rules that span fields.
    fn check(&self) -> Result<(), PacketFault> {
        let field = |place: &str, problem: &str| {
            Err(PacketFault::Field { place: place.into(), problem: problem.into() })
        };
        let digest_of = |name: &str| self.subjects.iter().find(|subject| subject.name == name);
        for name in [DATA_MANIFEST, PLAN] {
            if digest_of(name).is_none() {
                return Err(PacketFault::Missing { place: format!("the subject “{name}”") });
            }
        }
        let mut names: Vec<&str> = self.subjects.iter().map(|subject| subject.name.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|pair| pair[0] == pair[1]) {
            return field("subject", "names one thing twice");
        }
        if digest_of(PLAN).is_some_and(|plan| plan.sha256 != self.analysis.plan_hash) {
            return field("predicate.analysis.plan_hash", "is not the digest of the subject “plan”");
        }
        if !is_institution(&self.institution) {
            return field("predicate.institution", "is not an id");
        }
        if self.licence.is_empty() {
            return field("predicate.licence", "is empty: without one, nobody may use the finding");
        }
        if self.custodian.is_empty() {
            return field("predicate.custodian", "is empty");
        }
        if self.valid_until <= self.issued_at {
            return field("predicate.valid_until", "is not after issued_at");
        }
        if self.finding.verified {
            return field(
                "predicate.finding.verified",
                "is true: only the curators of the commons can say so",
            );
        }
        if self.disclosure.policy.is_empty() {
            return Err(PacketFault::Disclosure { problem: "it names no policy".into() });
        }
        match self.disclosure.verdict {
            Verdict::Fail => {
                return Err(PacketFault::Disclosure { problem: "its verdict is “fail”".into() });
            }
            Verdict::Review if self.disclosure.reasons.is_empty() => {
                return Err(PacketFault::Disclosure {
                    problem: "a release after review gives no reason".into(),
                });
            }
            Verdict::Pass | Verdict::Review => {}
        }
        if self.disclosure.policy.starts_with("client-") {
            let counts = [
                ("finding.n", self.finding.n),
                ("analysis.n_treatment", self.analysis.n_treatment),
                ("analysis.n_control", self.analysis.n_control),
            ];
            for (name, count) in counts {
                if count.is_some_and(|count| !count.is_multiple_of(ROUNDING_BASE)) {
                    let problem = format!("predicate.{name} is not rounded to a multiple of {ROUNDING_BASE}");
                    return Err(PacketFault::Disclosure { problem });
                }
            }
        }
        Ok(())
    }

    fn encode(&self) -> Result<Json, PacketFault> {
        let mut predicate = ObjectWriter::new("predicate");
        predicate.json("finding", encode_finding(&self.finding)?);
        predicate.json("analysis", encode_analysis(&self.analysis)?);
        predicate.json("disclosure", encode_disclosure(&self.disclosure));
        predicate.text("institution", &self.institution);
        predicate.text("custodian", &self.custodian);
        predicate.text("consent_basis", &self.consent_basis);
        predicate.text("interests", &self.interests);
        predicate.text("licence", &self.licence);
        predicate.text("language", &self.language);
        predicate.text("issued_at", &moment::render(self.issued_at));
        predicate.text("valid_until", &moment::render(self.valid_until));
        predicate.optional_text("supersedes", self.supersedes.as_ref().map(Digest::as_str));
        let subjects = self.subjects.iter().map(|subject| {
            let mut digest = ObjectWriter::new("digest");
            digest.text("sha256", subject.sha256.as_str());
            let mut one = ObjectWriter::new("subject");
            one.text("name", &subject.name);
            one.json("digest", digest.finish());
            one.finish()
        });
        let mut statement = ObjectWriter::new("");
        statement.text("_type", STATEMENT_TYPE);
        statement.json("subject", Json::List(subjects.collect()));
        statement.text("predicateType", PREDICATE_TYPE);
        statement.json("predicate", predicate.finish());
        Ok(statement.finish())
    }

    fn decode(value: Json) -> Result<Self, PacketFault> {
        let mut statement = Fields::open(value, "")?;
        let found = statement.text("_type")?;
        if found != STATEMENT_TYPE {
            return Err(PacketFault::StatementType { found: quoted(&found) });
        }
        let found = statement.text("predicateType")?;
        if found != PREDICATE_TYPE {
            return Err(PacketFault::PredicateType { found: quoted(&found) });
        }
        let subjects = decode_subjects(statement.list("subject", MAX_SUBJECTS)?)?;
        let mut predicate = statement.object("predicate")?;
        statement.finish()?;
        let read = Self {
            subjects,
            finding: decode_finding(predicate.object("finding")?)?,
            analysis: decode_analysis(predicate.object("analysis")?)?,
            disclosure: decode_disclosure(predicate.object("disclosure")?)?,
            institution: predicate.text("institution")?,
            custodian: predicate.text("custodian")?,
            consent_basis: predicate.text("consent_basis")?,
            interests: predicate.text("interests")?,
            licence: predicate.text("licence")?,
            language: predicate.text("language")?,
            issued_at: predicate.moment("issued_at")?,
            valid_until: predicate.moment("valid_until")?,
            supersedes: predicate.optional_digest("supersedes")?,
        };
        predicate.finish()?;
        Ok(read)
    }
}

fn decode_subjects(values: Vec<Json>) -> Result<Vec<Subject>, PacketFault> {
    let read = |value| {
        let mut fields = Fields::open(value, "subject")?;
        let name = fields.text("name")?;
        let mut digest = fields.object("digest")?;
        fields.finish()?;
        let sha256 = digest.digest("sha256")?;
        digest.finish()?;
        Ok(Subject { name, sha256 })
    };
    values.into_iter().map(read).collect()
}

fn encode_finding(finding: &Finding) -> Result<Json, PacketFault> {
    // Taken apart whole, so that a new field of a finding does not compile before it is in the packet.
    let FindingRecord {
        finding_id,
        study_id,
        study,
        title,
        doi,
        countries,
        year_published,
        followup_months,
        practice,
        comparator,
        subgroup,
        population,
        outcome,
        outcome_definition,
        estimate,
        std_error,
        unit,
        currency,
        price_year,
        ppp,
        period,
        control_mean,
        control_sd,
        estimand,
        design,
        assignment,
        n,
        clusters,
        se_type,
        takeup_treat,
        takeup_control,
        sample_id,
        primary,
        source,
        source_kind,
        verified,
        scale_suspect,
        note,
    } = &**finding;
    let mut out = ObjectWriter::new("predicate.finding");
    out.text("finding_id", finding_id.as_str());
    out.text("study_id", study_id.as_str());
    out.text("study", study);
    out.text("title", title);
    out.text("doi", doi);
    out.texts("countries", countries);
    out.whole("year_published", year_published.map(u64::from))?;
    out.decimal("followup_months", *followup_months)?;
    out.text("practice", practice.as_str());
    out.text("comparator", comparator.as_str());
    out.text("subgroup", subgroup);
    out.text("population", population);
    out.text("outcome", outcome.as_str());
    out.text("outcome_definition", outcome_definition);
    out.decimal("estimate", Some(*estimate))?;
    out.decimal("std_error", Some(*std_error))?;
    out.text("unit", unit);
    out.text("currency", currency);
    out.whole("price_year", price_year.map(u64::from))?;
    out.flag("ppp", *ppp);
    out.text("period", period);
    out.decimal("control_mean", *control_mean)?;
    out.decimal("control_sd", *control_sd)?;
    out.text("estimand", estimand.as_str());
    out.text("design", design.as_str());
    out.text("assignment", assignment);
    out.whole("n", *n)?;
    out.whole("clusters", *clusters)?;
    out.text("se_type", se_type);
    out.decimal("takeup_treat", *takeup_treat)?;
    out.decimal("takeup_control", *takeup_control)?;
    out.text("sample_id", sample_id.as_str());
    out.flag("primary", *primary);
    out.text("source", source);
    out.text("source_kind", source_kind);
    out.flag("verified", *verified);
    out.flag("scale_suspect", *scale_suspect);
    out.text("note", note);
    Ok(out.finish())
}

fn decode_finding(mut fields: Fields) -> Result<Finding, PacketFault> {
    let estimand = fields.text("estimand")?;
    let known = whatworks_domain::Estimand::ALL.into_iter().find(|one| one.as_str() == estimand);
    let estimand = known.ok_or_else(|| fields.fault("estimand", "is not ITT, ATT, LATE or association"))?;
    let record = FindingRecord {
        finding_id: fields.id("finding_id", FindingId::new)?,
        study_id: fields.id("study_id", StudyId::new)?,
        study: fields.text("study")?,
        title: fields.text("title")?,
        doi: fields.text("doi")?,
        countries: fields.texts("countries")?,
        year_published: fields.year("year_published")?,
        followup_months: fields.optional_decimal("followup_months")?,
        practice: fields.id("practice", PracticeId::new)?,
        comparator: fields.id("comparator", ComparatorId::new)?,
        subgroup: fields.text("subgroup")?,
        population: fields.text("population")?,
        outcome: fields.id("outcome", OutcomeId::new)?,
        outcome_definition: fields.text("outcome_definition")?,
        estimate: fields.decimal("estimate")?,
        std_error: fields.decimal("std_error")?,
        unit: fields.text("unit")?,
        currency: fields.text("currency")?,
        price_year: fields.year("price_year")?,
        ppp: fields.flag("ppp")?,
        period: fields.text("period")?,
        control_mean: fields.optional_decimal("control_mean")?,
        control_sd: fields.optional_decimal("control_sd")?,
        estimand,
        design: fields.id("design", DesignId::new)?,
        assignment: fields.text("assignment")?,
        n: fields.optional_whole("n")?,
        clusters: fields.optional_whole("clusters")?,
        se_type: fields.text("se_type")?,
        takeup_treat: fields.optional_decimal("takeup_treat")?,
        takeup_control: fields.optional_decimal("takeup_control")?,
        sample_id: fields.id("sample_id", SampleId::new)?,
        primary: fields.flag("primary")?,
        source: fields.text("source")?,
        source_kind: fields.text("source_kind")?,
        verified: fields.flag("verified")?,
        scale_suspect: fields.flag("scale_suspect")?,
        note: fields.text("note")?,
    };
    fields.finish()?;
    Finding::new(record).map_err(|faults| PacketFault::Finding {
        problem: faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    })
}

fn encode_analysis(analysis: &Analysis) -> Result<Json, PacketFault> {
    let mut method = ObjectWriter::new("predicate.analysis.method");
    method.text("id", &analysis.method_id);
    method.text("version", &analysis.method_version);
    let mut software = ObjectWriter::new("predicate.analysis.software");
    software.text("name", &analysis.software_name);
    software.text("version", &analysis.software_version);
    software.text("sha256", analysis.software_digest.as_str());
    let adverse = analysis.adverse_outcomes.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
    let mut out = ObjectWriter::new("predicate.analysis");
    out.text("plan_hash", analysis.plan_hash.as_str());
    out.json("method", method.finish());
    out.whole("seed", analysis.seed)?;
    out.json("software", software.finish());
    out.text("transformation", &analysis.transformation);
    out.texts("covariates", &analysis.covariates);
    out.decimal("degrees_of_freedom", analysis.degrees_of_freedom)?;
    out.whole("n_treatment", analysis.n_treatment)?;
    out.whole("n_control", analysis.n_control)?;
    out.decimal("attrition_treatment", analysis.attrition_treatment)?;
    out.decimal("attrition_control", analysis.attrition_control)?;
    out.texts("adverse_outcomes", &adverse);
    Ok(out.finish())
}

fn decode_analysis(mut fields: Fields) -> Result<Analysis, PacketFault> {
    let mut method = fields.object("method")?;
    let mut software = fields.object("software")?;
    let adverse = fields.texts("adverse_outcomes")?;
    let read = Analysis {
        plan_hash: fields.digest("plan_hash")?,
        method_id: method.text("id")?,
        method_version: method.text("version")?,
        seed: fields.optional_whole("seed")?,
        software_name: software.text("name")?,
        software_version: software.text("version")?,
        software_digest: software.digest("sha256")?,
        transformation: fields.text("transformation")?,
        covariates: fields.texts("covariates")?,
        degrees_of_freedom: fields.optional_decimal("degrees_of_freedom")?,
        n_treatment: fields.optional_whole("n_treatment")?,
        n_control: fields.optional_whole("n_control")?,
        attrition_treatment: fields.share("attrition_treatment")?,
        attrition_control: fields.share("attrition_control")?,
        adverse_outcomes: adverse
            .iter()
            .map(|id| FindingId::new(id))
            .collect::<Result<_, _>>()
            .map_err(|error| fields.fault("adverse_outcomes", &format!("holds no id: {error}")))?,
    };
    method.finish()?;
    software.finish()?;
    fields.finish()?;
    Ok(read)
}

fn encode_disclosure(disclosure: &DisclosureRecord) -> Json {
    let mut out = ObjectWriter::new("predicate.disclosure");
    out.text("policy", &disclosure.policy);
    out.text("verdict", disclosure.verdict.as_str());
    out.texts("reasons", &disclosure.reasons);
    out.text("input_digest", disclosure.input_digest.as_str());
    out.finish()
}

fn decode_disclosure(mut fields: Fields) -> Result<DisclosureRecord, PacketFault> {
    let verdict = fields.text("verdict")?;
    let known =
        [Verdict::Pass, Verdict::Review, Verdict::Fail].into_iter().find(|one| one.as_str() == verdict);
    let read = DisclosureRecord {
        policy: fields.text("policy")?,
        verdict: known.ok_or_else(|| fields.fault("verdict", "is not pass, review or fail"))?,
        reasons: fields.texts("reasons")?,
        input_digest: fields.digest("input_digest")?,
    };
    fields.finish()?;
    Ok(read)
}

const _: () = assert!(MAX_WHOLE <= i64::MAX as u64, "whole numbers of a packet fit a signed integer");
