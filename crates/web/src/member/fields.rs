//! The pieces of forms: a form with its proof, a labelled field with its hint and its fault, choices.
//!
//! Rules: a fault stands beside its field and is tied to it for screen readers (`aria-describedby`, `aria-invalid`);
//! what was written stays. No field knows what it is for.

use super::form::{ONCE, TOKEN};
use super::way::Asked;
use crate::text::{self, Arg, Lang};
use data_encoding::HEXLOWER;
use maud::{Markup, html};
use whatworks_forum::Refused;

/// What is wrong with a form that was sent; at most one fault at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fault {
    field: &'static str,
    text: String,
}

impl Fault {
    /// Nothing is wrong.
    pub(crate) fn none() -> Self {
        Self::default()
    }
    /// A text of this page about a field; a blank field is about the whole.
    pub(crate) fn new(field: &'static str, text: String) -> Self {
        Self { field, text }
    }
    /// The fault of a refusal, or the refusal when it is about something else.
    pub(crate) fn of(lang: Lang, refused: Refused) -> Result<Self, Refused> {
        match refused {
            Refused::Fault { field, code, mentions } => {
                Ok(Self::new(field, fault_text(lang, code, &mentions)))
            }
            other => Err(other),
        }
    }
    /// Whether something is wrong.
    pub(crate) fn is_some(&self) -> bool {
        !self.text.is_empty()
    }
    fn at(&self, field: &str) -> Option<&str> {
        (self.is_some() && self.field == field).then_some(self.text.as_str())
    }
}

/// The text of a fault's code.
pub(crate) fn fault_text(lang: Lang, code: &str, mentions: &[(&'static str, String)]) -> String {
    let args: Vec<(&str, Arg<'_>)> =
        mentions.iter().map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    text::ta(lang, &format!("fault-{code}"), &args)
}

/// A form that is sent to `path`, with its proof; `fault` shows above it when it is about no field in particular.
pub(crate) fn form(asked: &Asked, path: &str, fault: &Fault, body: &Markup) -> Markup {
    html! {
        form.ask method="post" action=(path) {
            (proof(asked, path, fault))
            (body)
        }
    }
}

/// What every form carries: where it comes from and which sending it is; and the fault of the whole.
pub(crate) fn proof(asked: &Asked, path: &str, fault: &Fault) -> Markup {
    html! {
        input type="hidden" name=(TOKEN) value=(asked.form_token(path));
        input type="hidden" name=(ONCE) value=(once(asked));
        @if let Some(text) = fault.at("") { p.fault role="alert" { (text) } }
    }
}

/// The name of this sending: what was sent once keeps its name when it is shown again with a fault.
fn once(asked: &Asked) -> String {
    let sent = asked.form.text(ONCE);
    let is_name = sent.len() == 32 && sent.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_name { sent.to_owned() } else { HEXLOWER.encode(asked.random().split_at(16).0) }
}

/// The fault of the whole, where several small forms share it.
pub(crate) fn whole(fault: &Fault) -> Markup {
    html! { @if fault.is_some() { p.fault role="alert" { (fault.text) } } }
}

/// The fault of a field that is drawn by hand.
pub(crate) fn at(fault: &Fault, field: &str) -> Markup {
    html! { @if let Some(text) = fault.at(field) { p.fault role="alert" { (text) } } }
}

/// A box to tick, never ticked beforehand.
pub(crate) fn check(name: &'static str, label: &str) -> Markup {
    html! { p.field { label { input type="checkbox" name=(name) value="yes" required; (label) } } }
}

/// A button that is a whole form: one act, with hidden values.
pub(crate) fn button(asked: &Asked, path: &str, label: &str, values: &[(&str, &str)]) -> Markup {
    let body = html! {
        @for (name, value) in values { input type="hidden" name=(name) value=(value); }
        button { (label) }
    };
    form(asked, path, &Fault::none(), &body)
}

/// One line or several lines of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'a> {
    /// Name in the form.
    pub(crate) name: &'static str,
    /// What is asked.
    pub(crate) label: &'a str,
    /// A line under the label; may be blank.
    pub(crate) hint: &'a str,
    /// `text`, `email`, `password`, or `area` for several lines.
    pub(crate) kind: &'static str,
    /// What a browser may fill in (HTML §4.10.18.7); blank for nothing.
    pub(crate) autocomplete: &'static str,
    /// What stands in it before anyone writes.
    pub(crate) value: &'a str,
    /// Whether it may stay blank.
    pub(crate) is_optional: bool,
}

impl<'a> Field<'a> {
    /// A required line of text.
    pub(crate) fn line(name: &'static str, label: &'a str) -> Self {
        Self { name, label, hint: "", kind: "text", autocomplete: "off", value: "", is_optional: false }
    }
}

/// A field with its label, hint and fault. What was written is shown again, passwords excepted.
pub(crate) fn field(asked: &Asked, fault: &Fault, field: Field<'_>) -> Markup {
    let Field { name, label, hint, kind, autocomplete, .. } = field;
    let fault = fault.at(name);
    let kept = if kind == "password" {
        ""
    } else if asked.form.has(name) {
        asked.form.raw(name)
    } else {
        field.value
    };
    let id = asked.field_id(name);
    let told = described(&id, hint, fault);
    let invalid = fault.map(|_| "true");
    html! {
        p.field {
            label for=(id) { (label) }
            @if !hint.is_empty() { span.s.m id=(format!("{id}-hint")) { (hint) } }
            @if let Some(text) = fault { span.fault id=(format!("{id}-fault")) { (text) } }
            @if kind == "area" {
                textarea id=(id) name=(name) rows="6" dir="auto" required[!field.is_optional]
                    aria-describedby=[told] aria-invalid=[invalid] { "\n" (kept) }
            } @else {
                input id=(id) name=(name) type=(kind) value=(kept) autocomplete=(autocomplete) dir="auto"
                    required[!field.is_optional] aria-describedby=[told] aria-invalid=[invalid];
            }
        }
    }
}

fn described(id: &str, hint: &str, fault: Option<&str>) -> Option<String> {
    let hint = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let fault = fault.map(|_| format!("{id}-fault"));
    let told: Vec<String> = fault.into_iter().chain(hint).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// A choice of one from a list of value and name.
pub(crate) fn choice(
    asked: &Asked,
    fault: &Fault,
    name: &'static str,
    label: &str,
    value: &str,
    options: &[(String, String)],
) -> Markup {
    let fault = fault.at(name);
    let kept = if asked.form.has(name) { asked.form.text(name) } else { value };
    let id = asked.field_id(name);
    html! {
        p.field {
            label for=(id) { (label) }
            @if let Some(text) = fault { span.fault id=(format!("{id}-fault")) { (text) } }
            select id=(id) name=(name) aria-describedby=[described(&id, "", fault)] aria-invalid=[fault.map(|_| "true")] {
                @for (option, shown) in options {
                    option value=(option) selected[option == kept] { (shown) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_to_who_cannot_see_it() {
        assert_eq!(described("f-a", "", None), None);
        assert_eq!(described("f-a", "x", Some("y")).as_deref(), Some("f-a-fault f-a-hint"));
        let fault = Fault::new("a", "wrong".into());
        assert_eq!((fault.at("a"), fault.at("b"), fault.at("")), (Some("wrong"), None, None));
        assert_eq!(Fault::none().at(""), None);
    }
}
