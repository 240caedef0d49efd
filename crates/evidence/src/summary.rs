//! The draft of a discussion's summary: counts and quotations put in order by rule, nothing written by a model.
//!
//! Sections (D15 of the forum's design): the question, participation, common ground, dividing lines, the most unclear,
//! claims with their evidence, unanswered questions, quotations. Every sentence is the name of a text with what it
//! mentions, and refers to at least one thing that a reader can open; a sentence that a facilitator adds without a
//! reference is that facilitator's view. A number of people under 5 is told as "fewer than 5"; countries with fewer than
//! 5 writers are told together. Quotations: of each group (of all, when there are none) the statement with the highest
//! lower limit of agreement, then the three posts whose answers went on longest. The same input gives the same draft.

use crate::opinion::{OpinionMap, StatementResult};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use whatworks_domain::forum::Theme;
use whatworks_domain::{Certainty, Says};

/// Fewest people that are counted by their number.
const FEW: u64 = 5;
/// Fewest passes for unclearness, and their least share of answers, before a statement is named.
const LEAST_UNCLEAR: usize = 3;
/// One tenth of those who answered.
const UNCLEAR_SHARE: f64 = 0.1;
/// Statements named as unclear, and posts quoted.
const NAMED: usize = 3;
/// Sentences of one list; what is beyond is counted. A discussion of thousands still has a draft that can be read and kept.
const LISTED: usize = 20;
/// Longest quotation of a post, in characters.
const QUOTED: usize = 400;

/// A day of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayAsked {
    /// What it was for.
    pub theme: Theme,
    /// What was asked.
    pub prompt: String,
}

/// A claim on the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimSaid {
    /// Its id.
    pub claim_id: String,
    /// The sentence.
    pub sentence: String,
    /// How sure.
    pub certainty: Certainty,
    /// Which way the evidence points.
    pub says: Says,
    /// Whether members believe otherwise.
    pub is_divergent: bool,
    /// Pool keys of the syntheses under it.
    pub rests_on: Vec<String>,
}

/// A post, as far as the draft needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostSaid {
    /// Its number.
    pub number: i64,
    /// Its text.
    pub body: String,
    /// Whether somebody else answered it.
    pub is_answered: bool,
    /// Seconds from the post to the last answer under it; 0 without one.
    pub lived: i64,
}

/// What a draft is made from.
#[derive(Debug, Clone)]
pub struct Material<'a> {
    /// The question.
    pub title: &'a str,
    /// The days of its plan.
    pub days: &'a [DayAsked],
    /// Shown posts, in any order.
    pub posts: &'a [PostSaid],
    /// How many wrote them.
    pub writers: u64,
    /// Writers by country, as two letters; blank for those who name none.
    pub countries: &'a BTreeMap<String, u64>,
    /// Statements open to vote, by number.
    pub statements: &'a BTreeMap<i64, String>,
    /// What the votes say; none before anybody voted.
    pub opinions: Option<&'a OpinionMap>,
    /// Claims on the table.
    pub claims: &'a [ClaimSaid],
}

/// What a sentence refers to; written in brackets in the text of a summary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// The question itself with its plan.
    Question,
    /// The votes as they stand.
    Votes,
    /// A post.
    Post(i64),
    /// A statement.
    Statement(i64),
    /// A claim.
    Claim(String),
    /// A synthesis, by its pool key.
    Synthesis(String),
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Question => f.write_str("[question]"),
            Self::Votes => f.write_str("[votes]"),
            Self::Post(number) => write!(f, "[p{number}]"),
            Self::Statement(number) => write!(f, "[s{number}]"),
            Self::Claim(id) => write!(f, "[claim {id}]"),
            Self::Synthesis(key) => write!(f, "[synthesis {key}]"),
        }
    }
}

impl Reference {
    /// The reference inside a pair of brackets; none for any other text.
    pub fn find(inside: &str) -> Option<Self> {
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| *number > 0);
        match inside {
            "question" => Some(Self::Question),
            "votes" => Some(Self::Votes),
            _ => None,
        }
        .or_else(|| inside.strip_prefix("claim ").map(|id| Self::Claim(id.trim().to_owned())))
        .or_else(|| inside.strip_prefix("synthesis ").map(|key| Self::Synthesis(key.trim().to_owned())))
        .or_else(|| inside.strip_prefix('p').and_then(number).map(Self::Post))
        .or_else(|| inside.strip_prefix('s').and_then(number).map(Self::Statement))
    }
}

/// What a sentence mentions.
#[derive(Debug, Clone, PartialEq)]
pub enum Mention {
    /// Words as they were written.
    Words(String),
    /// A number that tells of nobody.
    Count(u64),
    /// A number of people, 5 or more; none when fewer.
    People(Option<u64>),
    /// A share, 0 to 1.
    Share(f64),
    /// A day's theme.
    Theme(Theme),
    /// A certainty.
    Certainty(Certainty),
    /// What evidence says.
    Says(Says),
    /// A country, as two letters.
    Country(String),
}

/// A sentence of the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// The name of its text.
    pub code: &'static str,
    /// What it mentions, by name.
    pub mentions: Vec<(&'static str, Mention)>,
    /// What it refers to; never empty.
    pub references: Vec<Reference>,
}

/// The sections, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// What was asked.
    Question,
    /// Who took part.
    Participation,
    /// What people agree on across their differences.
    CommonGround,
    /// Where they part.
    DividingLines,
    /// What was not understood.
    Unclear,
    /// What the evidence says.
    Claims,
    /// What nobody answered.
    Unanswered,
    /// In members' words.
    Quotes,
}

/// A section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Which.
    pub kind: SectionKind,
    /// Its sentences; a section without any is left out of the draft.
    pub sentences: Vec<Sentence>,
}

/// The draft: the sections that have something to say.
pub fn draft(material: &Material<'_>) -> Vec<Section> {
    let sections = [
        (SectionKind::Question, asked(material)),
        (SectionKind::Participation, participation(material)),
        (SectionKind::CommonGround, common_ground(material)),
        (SectionKind::DividingLines, dividing_lines(material)),
        (SectionKind::Unclear, unclear(material)),
        (SectionKind::Claims, claims(material)),
        (SectionKind::Unanswered, unanswered(material)),
        (SectionKind::Quotes, quotes(material)),
    ];
    let sections = sections.into_iter().map(|(kind, sentences)| Section { kind, sentences });
    sections.filter(|section| !section.sentences.is_empty()).collect()
}

fn sentence(
    code: &'static str,
    mentions: Vec<(&'static str, Mention)>,
    references: Vec<Reference>,
) -> Sentence {
    Sentence { code, mentions, references }
}

/// How many are not listed, in a sentence of its own; none when all are.
fn beyond(code: &'static str, count: usize, reference: Reference) -> Option<Sentence> {
    let left = count.checked_sub(LISTED).filter(|left| *left > 0)?;
    Some(sentence(code, vec![("count", Mention::Count(left as u64))], vec![reference]))
}

fn people(count: u64) -> Mention {
    Mention::People((count >= FEW).then_some(count))
}

fn asked(material: &Material<'_>) -> Vec<Sentence> {
    let title = Mention::Words(material.title.to_owned());
    let first = sentence("draft-question", vec![("question", title)], vec![Reference::Question]);
    let day = |day: &DayAsked| {
        let mentions =
            vec![("theme", Mention::Theme(day.theme)), ("prompt", Mention::Words(day.prompt.clone()))];
        sentence("draft-day", mentions, vec![Reference::Question])
    };
    let days = material.days.iter().filter(|day| !day.prompt.is_empty()).map(day);
    std::iter::once(first).chain(days).collect()
}

fn participation(material: &Material<'_>) -> Vec<Sentence> {
    let posts = sentence(
        "draft-posts",
        vec![("posts", Mention::Count(material.posts.len() as u64)), ("writers", people(material.writers))],
        vec![Reference::Question],
    );
    let (voters, votes) =
        material.opinions.map_or((0, 0), |map| (map.n_participants as u64, map.n_votes as u64));
    let votes = sentence(
        "draft-votes",
        vec![
            ("statements", Mention::Count(material.statements.len() as u64)),
            ("voters", people(voters)),
            ("votes", Mention::Count(votes)),
        ],
        vec![Reference::Votes],
    );
    let mut sentences = vec![posts, votes];
    let (shown, rest) = countries(material.countries);
    for (country, writers) in shown {
        let mentions = vec![("country", Mention::Country(country)), ("writers", people(writers))];
        sentences.push(sentence("draft-country", mentions, vec![Reference::Question]));
    }
    if rest.1 > 0 {
        let mentions = vec![("countries", Mention::Count(rest.0)), ("writers", people(rest.1))];
        sentences.push(sentence("draft-countries", mentions, vec![Reference::Question]));
    }
    sentences
}

/// Countries with enough writers, most first, and the rest together (countries, writers). When the rest would be too
/// few to tell, the smallest of the others joins it, since it could be told from the total.
fn countries(by_country: &BTreeMap<String, u64>) -> (Vec<(String, u64)>, (u64, u64)) {
    let named = by_country.iter().filter(|(country, writers)| **writers >= FEW && !country.is_empty());
    let mut shown: Vec<(String, u64)> = named.map(|(country, writers)| (country.clone(), *writers)).collect();
    shown.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let kept: BTreeSet<&String> = shown.iter().map(|(country, _)| country).collect();
    let left = by_country.iter().filter(|(country, writers)| **writers > 0 && !kept.contains(country));
    let mut rest = left.fold((0, 0), |(count, sum), (country, writers)| {
        (count + u64::from(!country.is_empty()), sum + writers)
    });
    while rest.1 > 0
        && rest.1 < FEW
        && let Some((_, writers)) = shown.pop()
    {
        rest = (rest.0 + 1, rest.1 + writers);
    }
    (shown, rest)
}

/// A statement that can be named: open to vote, with its words.
fn named<'a>(material: &'a Material<'_>, result: &StatementResult) -> Option<(i64, &'a str)> {
    let number = result.id.parse().ok()?;
    material.statements.get(&number).map(|body| (number, body.as_str()))
}

fn common_ground(material: &Material<'_>) -> Vec<Sentence> {
    let Some(map) = material.opinions else { return Vec::new() };
    let mut sentences = vec![groups(map)];
    let found: Vec<_> =
        map.common_ground().into_iter().filter_map(|one| Some((one, named(material, one)?))).collect();
    if found.is_empty() {
        sentences.push(sentence("draft-no-common-ground", vec![], vec![Reference::Votes]));
    }
    let more = beyond("draft-common-ground-more", found.len(), Reference::Votes);
    for (result, (number, body)) in found.into_iter().take(LISTED) {
        sentences.push(agreement("draft-common-ground", result, number, body));
    }
    sentences.extend(more);
    sentences
}

fn groups(map: &OpinionMap) -> Sentence {
    if map.gate.groups_supported {
        let mentions = vec![
            ("groups", Mention::Count(map.groups.len() as u64)),
            ("voters", people(map.gate.voters as u64)),
        ];
        return sentence("draft-groups", mentions, vec![Reference::Votes]);
    }
    sentence("draft-no-groups", vec![("voters", people(map.gate.voters as u64))], vec![Reference::Votes])
}

fn agreement(code: &'static str, result: &StatementResult, number: i64, body: &str) -> Sentence {
    let mut mentions =
        vec![("statement", Mention::Words(body.to_owned())), ("seen", people(result.answers.seen as u64))];
    if let Some(share) = result.answers.share {
        mentions.push(("share", Mention::Share(share.value)));
        mentions.push(("low", Mention::Share(share.low)));
        mentions.push(("high", Mention::Share(share.high)));
    }
    sentence(code, mentions, vec![Reference::Statement(number)])
}

fn dividing_lines(material: &Material<'_>) -> Vec<Sentence> {
    let Some(map) = material.opinions else { return Vec::new() };
    let mut sentences = Vec::new();
    let found: Vec<_> =
        map.dividing_lines().into_iter().filter_map(|one| Some((one, named(material, one)?))).collect();
    let more = beyond("draft-dividing-line-more", found.len(), Reference::Votes);
    for (result, (number, body)) in found.into_iter().take(LISTED) {
        sentences.push(agreement("draft-dividing-line", result, number, body));
        for group in &result.by_group {
            let Some(share) = group.answers.share else { continue };
            let mentions = vec![
                ("group", Mention::Words(group.group.clone())),
                ("share", Mention::Share(share.value)),
                ("seen", people(group.answers.seen as u64)),
            ];
            sentences.push(sentence("draft-dividing-group", mentions, vec![Reference::Statement(number)]));
        }
    }
    sentences.extend(more);
    if sentences.is_empty() && map.gate.groups_supported {
        sentences.push(sentence("draft-no-dividing-line", vec![], vec![Reference::Votes]));
    }
    sentences
}

fn unclear(material: &Material<'_>) -> Vec<Sentence> {
    let Some(map) = material.opinions else { return Vec::new() };
    let share =
        |result: &StatementResult| result.unclear as f64 / (result.answers.seen + result.unclear) as f64;
    let mut found: Vec<(f64, &StatementResult)> = map
        .statements
        .iter()
        .filter(|result| result.unclear >= LEAST_UNCLEAR)
        .map(|result| (share(result), result))
        .filter(|(share, _)| *share >= UNCLEAR_SHARE)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let told = found.into_iter().filter_map(|(share, result)| {
        let (number, body) = named(material, result)?;
        let mentions = vec![
            ("statement", Mention::Words(body.to_owned())),
            ("share", Mention::Share(share)),
            ("unclear", people(result.unclear as u64)),
        ];
        Some(sentence("draft-unclear", mentions, vec![Reference::Statement(number)]))
    });
    told.take(NAMED).collect()
}

fn claims(material: &Material<'_>) -> Vec<Sentence> {
    let told = |claim: &ClaimSaid| {
        let mut references = vec![Reference::Claim(claim.claim_id.clone())];
        references.extend(claim.rests_on.iter().cloned().map(Reference::Synthesis));
        let code = if claim.is_divergent { "draft-claim-divergent" } else { "draft-claim" };
        let mentions = vec![
            ("claim", Mention::Words(claim.sentence.clone())),
            ("certainty", Mention::Certainty(claim.certainty)),
            ("says", Mention::Says(claim.says)),
        ];
        sentence(code, mentions, references)
    };
    material.claims.iter().map(told).collect()
}

/// Posts that ask something and that nobody else answered, the oldest first.
fn unanswered(material: &Material<'_>) -> Vec<Sentence> {
    let mut posts: Vec<&PostSaid> = material.posts.iter().filter(|post| !post.is_answered).collect();
    posts.sort_by_key(|post| post.number);
    let told = |post: &PostSaid| {
        let question = asking(&post.body)?;
        Some(sentence(
            "draft-unanswered",
            vec![("question", Mention::Words(question))],
            vec![Reference::Post(post.number)],
        ))
    };
    let mut sentences: Vec<Sentence> = posts.into_iter().filter_map(told).collect();
    let more = beyond("draft-unanswered-more", sentences.len(), Reference::Question);
    sentences.truncate(LISTED);
    sentences.extend(more);
    sentences
}

/// The last line of a text that ends in a question mark.
fn asking(body: &str) -> Option<String> {
    let asks = |line: &&str| line.ends_with(['?', '？', '؟']);
    body.lines().rev().map(str::trim).find(asks).map(cut)
}

fn quotes(material: &Material<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    if let Some(map) = material.opinions {
        let mut quoted = BTreeSet::new();
        for group in best_of_groups(map) {
            let Some((number, body)) = named(material, group.1) else { continue };
            if quoted.insert(number) {
                let mut mentions = vec![("words", Mention::Words(body.to_owned()))];
                mentions.extend(group.0.map(|group| ("group", Mention::Words(group.to_owned()))));
                let code = if group.0.is_some() { "draft-quote-group" } else { "draft-quote-all" };
                sentences.push(sentence(code, mentions, vec![Reference::Statement(number)]));
            }
        }
    }
    let mut lived: Vec<&PostSaid> = material.posts.iter().filter(|post| post.lived > 0).collect();
    lived.sort_by(|a, b| b.lived.cmp(&a.lived).then(a.number.cmp(&b.number)));
    for post in lived.into_iter().take(NAMED) {
        let words = Mention::Words(cut(post.body.trim()));
        sentences.push(sentence(
            "draft-quote-post",
            vec![("words", words)],
            vec![Reference::Post(post.number)],
        ));
    }
    sentences
}

/// The statement with the highest lower limit of agreement: of each group, or of all when there are none.
fn best_of_groups(map: &OpinionMap) -> Vec<(Option<&str>, &StatementResult)> {
    let best = |low: &dyn Fn(&StatementResult) -> Option<f64>| {
        let scored = map.statements.iter().filter_map(|result| Some((low(result)?, result)));
        let agreed = scored.filter(|(low, _)| *low >= 0.5);
        // Of equals the first: the later one must be truly higher.
        agreed.reduce(|best, one| if one.0 > best.0 { one } else { best }).map(|(_, result)| result)
    };
    if map.groups.is_empty() {
        let all = best(&|result| result.answers.share.map(|share| share.low));
        return all.map(|result| (None, result)).into_iter().collect();
    }
    let of = |id: &str| {
        best(&|result| {
            let group = result.by_group.iter().find(|group| group.group == id)?;
            group.answers.share.map(|share| share.low)
        })
    };
    map.groups.iter().filter_map(|group| Some((Some(group.id.as_str()), of(&group.id)?))).collect()
}

/// A quotation no longer than fits, ended at a word.
fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(QUOTED) else { return text.to_owned() };
    let kept = text.get(..end).unwrap_or(text);
    let kept = kept.rsplit_once(char::is_whitespace).map_or(kept, |(kept, _)| kept);
    format!("{} …", kept.trim_end())
}

#[cfg(test)]
mod tests;
