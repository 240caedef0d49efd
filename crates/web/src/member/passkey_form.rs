//! The form that a passkey fills in: options for the device, a hidden field for its answer, one button.
//!
//! The script of `assets/passkey.js` acts when the button is pressed; without scripts the page says what works instead.

use super::fields::{self, Fault};
use super::way::Asked;
use crate::assets::PASSKEY_SCRIPT;
use maud::{Markup, html};

/// What the device is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A new passkey.
    Create,
    /// A passkey that it holds.
    Get,
}

/// What the two halves of a ceremony share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Half<'a> {
    /// What is wanted.
    pub(crate) wanted: Wanted,
    /// For the browser.
    pub(crate) options: &'a str,
    /// The name under which the other half finds its state.
    pub(crate) ceremony: &'a str,
}

/// The form, which is sent to `path` with the fields `ceremony`, `credential` and the given ones.
pub(crate) fn passkey_form(asked: &Asked, path: &str, half: Half<'_>, values: &[(&str, &str)]) -> Markup {
    let visit = &asked.visit;
    let (wanted, press) = match half.wanted {
        Wanted::Create => ("create", visit.t("passkey-new-press")),
        Wanted::Get => ("get", visit.t("passkey-press")),
    };
    html! {
        form.ask method="post" action=(path) data-passkey=(wanted) data-options=(half.options) {
            (fields::proof(asked, path, &Fault::none()))
            input type="hidden" name="ceremony" value=(half.ceremony);
            input type="hidden" name="credential" value="";
            @for (name, value) in values { input type="hidden" name=(name) value=(value); }
            button { (press) }
        }
        p.fault hidden data-passkey-failed role="alert" { (visit.t("passkey-failed")) }
        noscript { p.note { (visit.t("passkey-no-script")) } }
        script src=(PASSKEY_SCRIPT.path) defer {}
    }
}
