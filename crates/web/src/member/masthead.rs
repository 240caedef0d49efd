//! What the masthead says of who is asking: a link to sign in, or the member's name and what waits for them.

use super::session::SignedIn;
use crate::layout::PERSON_SLOT;
use crate::text::{self, Lang};
use crate::visit::{Media, Rendered};
use maud::html;

/// The masthead's place for a person; nobody is signed in when there is none.
pub(crate) fn masthead(lang: Lang, person: Option<&SignedIn>) -> String {
    let markup = html! {
        nav.who aria-label=(text::t(lang, "masthead-account")) {
            ul {
                @match person {
                    None => li { a href="/sign-in" rel="nofollow" { (text::t(lang, "sign-in")) } },
                    Some(person) => li { a href="/account" { bdi { (person.name) } } },
                }
            }
        }
    };
    markup.into_string()
}

/// Puts it in a finished page.
pub(crate) fn fill_masthead(rendered: &mut Rendered, slot: &str) {
    if rendered.media != Media::Html {
        return;
    }
    let mark = PERSON_SLOT.as_bytes();
    let at = rendered.body.windows(mark.len()).position(|part| part == mark);
    if let Some(at) = at {
        rendered.body.splice(at..at + mark.len(), slot.bytes());
    }
}
