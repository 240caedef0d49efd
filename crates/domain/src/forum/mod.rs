//! The forum's words: a question with its dates and phases, what is written, what is voted.
//!
//! Rule: a phase is never stored, it follows from the dates, a few marks and the clock, so no job has to run for a
//! discussion to close. Left out: who may do what (the forum's acts), the opinion groups (statistics).

mod moderation;
mod question;
mod region;
mod statement;
mod text;

pub use moderation::{
    Channel, EvidenceKind, MAX_APPEAL_LENGTH, MAX_REASON_LENGTH, Reason, Reasoned, Subject,
};
pub use question::{
    Day, MAX_TITLE_LENGTH, MIN_SEED_STATEMENTS, Marks, Phase, Plan, PlanFault, SUMMARY_COMMENT_DAYS, Theme,
    question_slug,
};
pub use region::Region;
pub use statement::{
    Ballot, MAX_STATEMENT_LENGTH, PassReason, StatementError, statement_hint, statement_text,
};
pub use text::{MAX_POST_LENGTH, PostStatus, StatementStatus, TextError, body_text};
