//! Every fault of a member's act and every mail has its words, in every language that is complete.

use super::place::ORIGIN;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use whatworks_forum::Notice;
use whatworks_forum::notices::DiscussionNotice;
use whatworks_web::text::{Lang, ta};
use whatworks_web::{PublicUrl, mail_text};

const LANGUAGES: [Lang; 3] = [Lang::English, Lang::French, Lang::Spanish];

/// The codes of faults that stand in the source of members' acts.
fn codes() -> BTreeSet<String> {
    let acts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../forum/src/acts");
    let mut found = BTreeSet::new();
    for folder in [acts.clone(), acts.join("sign_in")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let source = fs::read_to_string(path).unwrap();
            for (at, _) in source.match_indices("fault(\"").chain(source.match_indices("fault_with(\"")) {
                let mut parts = source[at..].split('"').skip(2);
                // A code that is computed stands where it is computed.
                if parts.next().is_some_and(|between| between.trim() == ",") {
                    found.extend(parts.next().map(str::to_owned));
                }
            }
        }
    }
    found
}

#[test]
fn every_fault_of_a_members_act_has_a_text() {
    let codes = codes();
    assert!(
        codes.len() > 20 && codes.contains("link-used") && codes.contains("password-context"),
        "{codes:?}"
    );
    for lang in LANGUAGES {
        for code in &codes {
            let key = format!("fault-{code}");
            assert_ne!(ta(lang, &key, &[]), key, "{lang:?}");
        }
    }
}

#[test]
fn every_notice_has_words_and_its_links_lead_here() {
    let text = |text: &str| text.to_owned();
    let notices = [
        Notice::SignIn {
            link_path: text("/sign-in/link/abc"),
            code: text("012345"),
            minutes: 10,
            expires_at: 1,
        },
        Notice::AlreadyMember,
        Notice::RequestReceived { name: text("Amina\r\nBcc: x@y.org") },
        Notice::RequestWaiting { name: text("Amina"), member_path: text("/members/x") },
        Notice::RequestAccepted { name: text("Amina") },
        Notice::RequestDeclined { name: text("Amina") },
        Notice::Invited { link_path: text("/invitations/abc"), by: text("Bela"), days: 14 },
        Notice::RoleGranted { role: text("editor"), by: text("Bela") },
        Notice::RoleTaken { role: text("steward") },
        Notice::Disabled,
        Notice::Enabled,
        Notice::FactorChanged { change: text("password-set") },
        Notice::PasskeyCopied { name: text("my phone") },
        Notice::TakenOut,
        Notice::Erased,
        Notice::Discussion(DiscussionNotice::PostDecided {
            title: text("What works?"),
            path: text("/questions/x/p/1"),
            status: text("removed"),
            reason: text("no-source"),
            words: String::new(),
        }),
        Notice::Discussion(DiscussionNotice::StatementDecided {
            title: text("What works?"),
            statement: text("Groups repay."),
            path: text("/questions/x/statements#s1"),
            status: text("out"),
            reason: text("two-ideas"),
            words: text("Split it."),
        }),
        Notice::Discussion(DiscussionNotice::AppealAnswered {
            title: text("What works?"),
            path: text("/questions/x/p/1"),
            is_upheld: true,
            answer: text("You are right."),
        }),
        Notice::Discussion(DiscussionNotice::FacilitatorNamed {
            title: text("What works?"),
            path: text("/questions/x"),
        }),
        Notice::Discussion(DiscussionNotice::SummaryPublished {
            title: text("What works?"),
            path: text("/questions/x/summary"),
            is_final: false,
        }),
        Notice::Discussion(DiscussionNotice::ClaimMoved {
            claim: text("Groups repay."),
            path: text("/claims/c"),
            certainty_before: text("very-low"),
            certainty: text("moderate"),
            says_before: text("open"),
            says: text("raises"),
            is_divergent: true,
        }),
    ];
    let public = PublicUrl::parse(ORIGIN).unwrap();
    for notice in &notices {
        let body = serde_json::to_value(notice).unwrap();
        let kind = body["kind"].as_str().unwrap();
        let mut subjects = BTreeSet::new();
        for lang in LANGUAGES {
            let words = mail_text(kind, lang.code(), &body.to_string(), &public).unwrap();
            assert!(!words.subject.contains('\n') && !words.subject.is_empty());
            for left in ["{", "$", "mail-"] {
                assert!(!words.text.contains(left) && !words.subject.contains(left), "{kind}: {words:?}");
            }
            for path in ["link_path", "member_path", "path"] {
                if let Some(path) = body[path].as_str() {
                    assert!(words.text.contains(&format!("{ORIGIN}{path}\n")), "{kind}: {}", words.text);
                }
            }
            subjects.insert(words.subject);
        }
        assert_eq!(subjects.len(), LANGUAGES.len(), "{kind} is translated");
    }
    assert_eq!(mail_text("no-such-kind", "en", "{}", &public), None);
    assert_eq!(mail_text("disabled", "en", "no JSON", &public), None);
}
