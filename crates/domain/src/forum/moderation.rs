//! The words of a decision on what someone wrote, and of what it was about.
//!
//! Rule: a decision takes a reason from a fixed list and words of its own; both are kept together as one text, the code
//! on the first line. The list follows the house rules: neutral, referenced, no promotion, care for living persons.

use crate::member::words;

/// Longest words beside a reason, in characters.
pub const MAX_REASON_LENGTH: usize = 1_000;
/// Longest appeal and longest answer to it, in characters.
pub const MAX_APPEAL_LENGTH: usize = 2_000;

words! {
    /// Why something was decided or flagged.
    Reason {
        /// Nothing stands against it.
        Fine = "fine",
        /// Not about the question.
        OffTopic = "off-topic",
        /// Against a person instead of a point.
        Insult = "insult",
        /// Tells of a client or another living person what is theirs to tell.
        PersonalData = "personal-data",
        /// Promotes a product or an institution.
        Promotion = "promotion",
        /// States a fact that needs its source.
        NoSource = "no-source",
        /// Has been said already.
        Duplicate = "duplicate",
        /// Holds two ideas: to be split.
        TwoIdeas = "two-ideas",
        /// Cannot be understood, or can be understood in two ways.
        Unclear = "unclear",
        /// Taken back by its author.
        Withdrawn = "withdrawn",
        /// Something else, which the words say.
        Other = "other",
    }
}

impl Reason {
    /// Whether it may stand for taking something down or for a flag.
    pub fn is_against(self) -> bool {
        !matches!(self, Self::Fine | Self::Withdrawn)
    }
}

/// A reason with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasoned {
    /// From the list.
    pub reason: Reason,
    /// In the decider's own words; may be blank.
    pub words: String,
}

impl Reasoned {
    /// The text that tables keep.
    pub fn to_text(&self) -> String {
        if self.words.is_empty() {
            return self.reason.code().to_owned();
        }
        format!("{}\n{}", self.reason.code(), self.words)
    }

    /// Reads the text of a table; none while nothing was decided.
    pub fn find(text: &str) -> Option<Self> {
        let (code, words) = text.split_once('\n').unwrap_or((text, ""));
        Some(Self { reason: Reason::find(code)?, words: words.to_owned() })
    }
}

words! {
    /// What can be appealed about.
    Subject {
        /// A post.
        Post = "post",
        /// A statement.
        Statement = "statement",
    }
}

words! {
    /// How something came in.
    Channel {
        /// Through a page.
        Web = "web",
        /// By mail.
        Mail = "mail",
    }
}

words! {
    /// What can lie on a question's table.
    EvidenceKind {
        /// A synthesis, by its pool key.
        Synthesis = "synthesis",
        /// A claim, by its id.
        Claim = "claim",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_survives_its_text() {
        for reason in Reason::ALL {
            for words in ["", "one", "two\nlines"] {
                let reasoned = Reasoned { reason: *reason, words: words.into() };
                assert_eq!(Reasoned::find(&reasoned.to_text()), Some(reasoned));
            }
        }
        assert_eq!(Reasoned::find(""), None);
        assert_eq!(Reasoned::find("because"), None);
    }
}
