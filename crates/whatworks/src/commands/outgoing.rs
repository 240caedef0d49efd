//! Sends what waits in the outbox: claims, puts into words, gives to the mail server, notes what became of it.
//!
//! Rule: a claim outlasts the sending of everything claimed, so no two servers send the same mail; a mail whose sending
//! was not noted because the program died is sent again under the same Message-ID, which mail programs show once. A mail
//! whose kind has no words is refused, not lost: the row stays. Left out: what is queued when, which the acts know.

use super::now;
use std::time::Duration;
use whatworks_domain::member::MailAddress;
use whatworks_forum::Notice;
use whatworks_mail::message::{Automatic, Party};
use whatworks_mail::{Mailer, Message, Outcome, retry};
use whatworks_store::{DueMail, Store, StoreError};
use whatworks_web::{PublicUrl, mail_text};

/// Mails claimed at once.
const AT_ONCE: u32 = 10;
/// How long one mail may take.
const LIMIT: Duration = Duration::from_secs(20);
/// How long a claim holds: more than [`AT_ONCE`] times [`LIMIT`].
const LEASE: time::Duration = time::Duration::minutes(5);
/// How often an empty outbox is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often it is tried to note what became of a mail.
const NOTINGS: u32 = 30;

/// How mail leaves, and under which name.
pub(crate) struct Sender {
    mailer: Mailer,
    from: Party,
    public_url: PublicUrl,
}

impl Sender {
    pub(crate) fn new(mailer: Mailer, name: String, address: MailAddress, public_url: PublicUrl) -> Self {
        let mailer = mailer.with_limit(LIMIT);
        Self { mailer, from: Party { name: Some(name), address }, public_url }
    }

    /// Sends for as long as the program runs.
    pub(crate) async fn run(self, store: Store) {
        loop {
            // A database that is out of reach for a while delays mail and loses none.
            let claimed = store.outbox().claim_due(AT_ONCE, LEASE, now()).await.unwrap_or_default();
            if claimed.is_empty() {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            for mail in &claimed {
                let outcome = self.send(mail).await;
                for _ in 0..NOTINGS {
                    if note(&store, mail, &outcome).await.is_ok() {
                        break;
                    }
                    tokio::time::sleep(LOOK_EVERY).await;
                }
            }
        }
    }

    async fn send(&self, mail: &DueMail) -> Outcome {
        if let Some(Notice::SignIn { expires_at, .. }) = Notice::read(&mail.body)
            && expires_at <= now().unix_timestamp()
        {
            return Outcome::Refused("its link has expired".to_owned());
        }
        let Some(words) = mail_text(&mail.kind, &mail.language, &mail.body, &self.public_url) else {
            return Outcome::Refused(format!("there are no words for a mail of the kind “{}”", mail.kind));
        };
        let Ok(address) = MailAddress::new(&mail.address) else {
            return Outcome::Refused("the address is none".to_owned());
        };
        let domain = self.from.address.as_str().rsplit('@').next().unwrap_or_default().to_owned();
        let message = Message {
            mail_id: mail.mail_id.clone(),
            domain,
            from: self.from.clone(),
            reply_to: None,
            return_path: None,
            to: Party { name: None, address },
            subject: words.subject,
            text: words.text,
            html: None,
            written_at: mail.created_at,
            in_reply_to: None,
            references: Vec::new(),
            list: None,
            automatic: Automatic::Generated,
            language: mail.language.clone(),
        };
        self.mailer.deliver(&message).await
    }
}

async fn note(store: &Store, mail: &DueMail, outcome: &Outcome) -> Result<(), StoreError> {
    let outbox = store.outbox();
    match outcome {
        Outcome::Sent => outbox.mark_sent(mail, now()).await,
        Outcome::Refused(why) => outbox.mark_refused(mail, why, now()).await,
        Outcome::TryLater(why) => {
            let wait = retry::after(u32::try_from(mail.tries).unwrap_or(u32::MAX));
            match wait.and_then(|wait| time::Duration::try_from(wait).ok()) {
                Some(wait) => outbox.try_later(mail, now() + wait, why).await,
                None => outbox.mark_refused(mail, why, now()).await,
            }
        }
    }
}
