//! The draft of a summary as text: the sections and sentences that the discussion gives, in the reader's language.
//!
//! Rule: the words of each sentence are a text of this site, what it mentions comes from the discussion, and what it
//! refers to stands after it in brackets, as [`super::summary`] reads it. A quotation is marked as one.

use super::head::theme_name;
use crate::layout;
use crate::number;
use crate::sentence::inside;
use crate::shown;
use crate::text::{Arg, key};
use crate::visit::Visit;
use std::fmt::Write;
use whatworks_domain::Says;
use whatworks_evidence::summary::{Mention, Section, SectionKind, Sentence};

/// The names of sections.
fn section_name(visit: &Visit, kind: SectionKind) -> String {
    visit.t(match kind {
        SectionKind::Question => key("draft-section-question"),
        SectionKind::Participation => key("draft-section-participation"),
        SectionKind::CommonGround => key("opinion-common"),
        SectionKind::DividingLines => key("opinion-dividing"),
        SectionKind::Unclear => key("draft-section-unclear"),
        SectionKind::Claims => key("nav-claims"),
        SectionKind::Unanswered => key("draft-section-unanswered"),
        SectionKind::Quotes => key("draft-section-quotes"),
    })
}

/// The texts of sentences, so that each is known to be asked for.
const SENTENCES: [&str; 22] = [
    key("draft-question"),
    key("draft-day"),
    key("draft-posts"),
    key("draft-votes"),
    key("draft-country"),
    key("draft-countries"),
    key("draft-no-common-ground"),
    key("draft-common-ground"),
    key("draft-groups"),
    key("draft-no-groups"),
    key("draft-dividing-line"),
    key("draft-dividing-group"),
    key("draft-no-dividing-line"),
    key("draft-unclear"),
    key("draft-claim"),
    key("draft-claim-divergent"),
    key("draft-unanswered"),
    key("draft-unanswered-more"),
    key("draft-common-ground-more"),
    key("draft-dividing-line-more"),
    key("draft-quote-group"),
    key("draft-quote-all"),
];

/// What evidence says, in words.
pub(crate) fn says_name(visit: &Visit, says: Says) -> String {
    visit.t(match says {
        Says::Better => key("says-better"),
        Says::Worse => key("says-worse"),
        Says::Little => key("says-little"),
        Says::Higher => key("says-higher"),
        Says::Lower => key("says-lower"),
        Says::Mixed => key("says-mixed"),
        Says::Open => key("says-open"),
    })
}

fn mention(visit: &Visit, mention: &Mention) -> String {
    let style = visit.style();
    match mention {
        Mention::Words(words) => words.clone(),
        Mention::Count(count) => number::count(*count, &style),
        Mention::People(Some(people)) => number::count(*people, &style),
        Mention::People(None) => visit.t("draft-few"),
        Mention::Share(share) => format!("{:.0}", share * 100.0),
        Mention::Theme(theme) => theme_name(visit, *theme),
        Mention::Certainty(certainty) => inside(&layout::certainty_word(visit, *certainty)),
        Mention::Says(says) => says_name(visit, *says),
        Mention::Country(code) => shown::country(visit, code),
    }
}

fn sentence(visit: &Visit, one: &Sentence) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        one.mentions.iter().map(|(name, own)| (*name, Arg::from(mention(visit, own)))).collect();
    let quoted =
        one.mentions.first().map(|(_, own)| format!("“{}”", mention(visit, own))).unwrap_or_default();
    // A sentence without a text of its own is a quotation: a post, as it was written.
    let known = SENTENCES.iter().find(|code| **code == one.code);
    let mut text = known.map_or(quoted, |code| visit.ta(code, &args));
    for reference in &one.references {
        let _ = write!(text, " {reference}");
    }
    text.replace('\n', " ")
}

/// The whole draft.
pub(crate) fn text(visit: &Visit, sections: &[Section]) -> String {
    let mut out = String::new();
    for section in sections {
        let _ = writeln!(out, "# {}\n", section_name(visit, section.kind));
        let mark = if section.kind == SectionKind::Quotes { '>' } else { '-' };
        for one in &section.sentences {
            let _ = writeln!(out, "{mark} {}", sentence(visit, one));
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;
    use whatworks_evidence::summary::{Material, draft};

    #[test]
    fn every_sentence_has_its_words_and_its_reference() {
        let visit = example::visit();
        for code in SENTENCES {
            assert_ne!(visit.t(code), code);
        }
        let material = Material {
            title: "Why do groups break?",
            days: &[],
            posts: &[],
            writers: 2,
            countries: &[("KE".to_owned(), 7)].into(),
            statements: &[(1, "Groups repay.".to_owned())].into(),
            opinions: None,
            claims: &[],
        };
        let text = text(&visit, &draft(&material));
        assert!(
            text.starts_with("# ") && text.contains("Why do groups break?") && text.contains("Kenya"),
            "{text}"
        );
        assert!(text.lines().filter(|line| line.starts_with('-')).all(|line| line.ends_with(']')), "{text}");
        let shown = super::super::summary::render(&visit, &example::question(), &text).into_string();
        assert!(!shown.contains("class=\"view\""), "{shown}");
    }
}
