//! Every address of questions at which something is read; what is done stands in `acts`.

use super::{page, show};
use crate::member::way::{Object, Way};
use whatworks_forum::Act;

/// Everything that is read.
pub(crate) const READ: &[Way] = &[
    Way::get("/questions", Act::ReadPublic, Object::None, |asked| Box::pin(show::list(asked))),
    Way::get("/questions.csv", Act::ReadPublic, Object::None, |asked| Box::pin(show::list_csv(asked))),
    Way::get("/questions.json", Act::ReadPublic, Object::None, |asked| Box::pin(show::list_json(asked))),
    Way::get("/questions.ics", Act::ReadPublic, Object::None, |asked| Box::pin(show::list_ics(asked))),
    Way::get("/questions/new", Act::BeginQuestion, Object::None, |asked| Box::pin(show::new(asked))),
    Way::get("/questions/{slug}", Act::ReadPublic, Object::Question, |asked| Box::pin(page::show(asked))),
    Way::get("/questions/{slug}/statements", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::statements(asked))
    }),
    Way::get("/questions/{slug}/statements.csv", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::statements_csv(asked))
    }),
    Way::get("/questions/{slug}/statements.json", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::statements_json(asked))
    }),
    Way::get("/questions/{slug}/opinions", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::opinions(asked))
    }),
    Way::get("/questions/{slug}/opinions.json", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::opinions_json(asked))
    }),
    Way::get("/questions/{slug}/votes", Act::Vote, Object::Question, |asked| Box::pin(show::votes(asked))),
    Way::get("/questions/{slug}/posts/{number}", Act::ReadThread, Object::Post, |asked| {
        Box::pin(show::post(asked))
    }),
    Way::get("/questions/{slug}/plan", Act::RunQuestion, Object::Question, |asked| {
        Box::pin(show::plan(asked))
    }),
    Way::get("/questions/{slug}/queue", Act::Moderate, Object::Question, |asked| {
        Box::pin(show::queue(asked))
    }),
    Way::get("/questions/{slug}/board", Act::RunQuestion, Object::Question, |asked| {
        Box::pin(show::board(asked))
    }),
    Way::get("/questions/{slug}/summary/edit", Act::WriteSummary, Object::Question, |asked| {
        Box::pin(show::summary(asked))
    }),
    Way::get("/questions/{slug}/follow-up", Act::WriteSummary, Object::Question, |asked| {
        Box::pin(show::follow_up(asked))
    }),
    Way::get("/queue", Act::Moderate, Object::OwnQuestions, |asked| Box::pin(show::queue_all(asked))),
    Way::get("/api/v1/questions/{slug}", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::api(asked))
    }),
    Way::get("/api/v1/questions/{slug}/opinions", Act::ReadPublic, Object::Question, |asked| {
        Box::pin(show::opinions_json(asked))
    }),
];
