//! A page with several forms, one of which may have been sent and refused.
//!
//! Rule: what was written, and what is wrong with it, stand in the form that was sent and in no other, although forms of
//! one page share the names of their fields. A form is known by the address that it is sent to.

use crate::member::fields::{self, Fault};
use crate::member::way::{Asked, Reply, Turned};
use crate::visit::{Rendered, Visit};
use axum::http::StatusCode;
use maud::Markup;
use whatworks_forum::Refused;

/// Who asks for a page, and the form on it that was refused.
#[derive(Debug)]
pub(crate) struct Sent {
    /// As sent, with the form's fields.
    asked: Asked,
    /// The same without them.
    blank: Asked,
    /// Where the refused form was sent; blank when none was.
    path: String,
    fault: Fault,
    none: Fault,
}

impl Sent {
    /// A page that is asked for.
    pub(crate) fn nothing(asked: Asked) -> Self {
        Self { blank: asked.clone(), asked, path: String::new(), fault: Fault::none(), none: Fault::none() }
    }

    /// The page at `page`, on which a form was refused; a refusal that is about no form goes on as it is. A fault of a
    /// field that is not among the form's `fields` is told above the form.
    ///
    /// # Errors
    /// The refusal.
    pub(crate) fn refused(
        mut asked: Asked,
        refused: Refused,
        page: &str,
        fields: &[&str],
    ) -> Result<Self, Turned> {
        let refused = match refused {
            Refused::Fault { field, code, mentions } if !fields.contains(&field) => {
                Refused::Fault { field: "", code, mentions }
            }
            other => other,
        };
        let fault = Fault::of(asked.visit.lang, refused)?;
        let path = std::mem::replace(&mut asked.visit.path, page.to_owned());
        let mut blank = asked.clone();
        blank.form = crate::member::form::Form::default();
        Ok(Self { asked, blank, path, fault, none: Fault::none() })
    }

    /// Who asks, without what was written.
    pub(crate) fn reader(&self) -> &Asked {
        &self.blank
    }
    /// The page's language, address and evidence.
    pub(crate) fn visit(&self) -> &Visit {
        &self.blank.visit
    }
    /// What was written in the form that is sent to `path`, and what is wrong with it.
    pub(crate) fn of(&self, path: &str) -> (&Asked, &Fault) {
        if path == self.path { (&self.asked, &self.fault) } else { (&self.blank, &self.none) }
    }
    /// A form that is sent to `path`.
    pub(crate) fn form(&self, path: &str, body: impl FnOnce(&Asked, &Fault) -> Markup) -> Markup {
        let (asked, fault) = self.of(path);
        fields::form(asked, path, fault, &body(asked, fault))
    }
    /// The page as an answer; with its status when something is wrong.
    pub(crate) fn reply(&self, page: Rendered) -> Reply {
        let reply = Reply::page(page);
        if self.fault.is_some() { reply.with_status(StatusCode::UNPROCESSABLE_ENTITY) } else { reply }
    }
}
