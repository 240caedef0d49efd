//! `whatworks trust`: whose signatures count here.
//!
//! A key is added for one institution, from the file that the institution hands over by a way that both trust. Revoking
//! keeps the key on record: what it signed before stays, and its pages say that the key was revoked.

use super::place::{DatabasePlace, refuse_conflict};
use super::{Failure, Outcome, now, print, read_text};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use whatworks_evidence::packet::{PublicKeyFile, moment};
use whatworks_store::{KeyOutcome, NewKey, Store, StoredKey};

/// What the command line says.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Let findings signed with this key count
    Add(KeyChoice),
    /// Let nothing more come in with this key
    Revoke {
        #[command(flatten)]
        key: KeyChoice,
        /// Why, in one sentence
        #[arg(long, default_value = "")]
        reason: String,
    },
    /// List the keys, revoked ones too
    List {
        #[command(flatten)]
        place: DatabasePlace,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args)]
struct KeyChoice {
    /// The institution's public key file
    #[arg(value_name = "KEY.pub")]
    file: PathBuf,
    /// Id of the institution that the key speaks for
    #[arg(long, value_name = "ID")]
    institution: String,
    #[command(flatten)]
    place: DatabasePlace,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    super::runtime()?.block_on(act(&arguments.action))
}

async fn act(action: &Action) -> Outcome {
    match action {
        Action::Add(choice) => {
            let file = read_key(choice)?;
            let store = choice.place.open().await?;
            let key = NewKey {
                key_id: file.key.id().to_owned(),
                public_key: file.key.to_base64(),
                institution: file.institution,
            };
            let added = store.trust().add_key(&key, now()).await;
            let outcome = added.map_err(|error| {
                refuse_conflict(error, "“whatworks trust list” shows the keys and whose they are")
            })?;
            report(&store, &key.key_id, outcome, choice.json, "trusted").await
        }
        Action::Revoke { key: choice, reason } => {
            let file = read_key(choice)?;
            let store = choice.place.open().await?;
            let revoked = store.trust().revoke_key(file.key.id(), &file.institution, reason, now()).await;
            let outcome = revoked.map_err(|error| {
                refuse_conflict(error, "“whatworks trust list” shows the keys and whose they are")
            })?;
            report(&store, file.key.id(), outcome, choice.json, "revoked").await
        }
        Action::List { place, json } => {
            let keys = match place.open_existing().await? {
                Some(store) => list(&store).await?,
                None => Vec::new(),
            };
            if *json {
                let keys: Vec<Value> = keys.iter().map(describe).collect();
                return print(&format!("{}\n", json!({ "keys": keys })));
            }
            print(&keys.iter().fold(String::new(), |text, key| text + &line(key) + "\n"))
        }
    }
}

/// Reads a public key file and holds it against the institution that the person named.
pub(super) fn read_key_file(path: &Path) -> Result<PublicKeyFile, Failure> {
    PublicKeyFile::parse(&read_text(path)?).map_err(|fault| Failure::Refused {
        problem: format!("{}: {fault}", path.display()),
        hint: "ask the institution for the .pub file that “whatworks-lab key new” wrote".into(),
    })
}

fn read_key(choice: &KeyChoice) -> Result<PublicKeyFile, Failure> {
    let file = read_key_file(&choice.file)?;
    if file.institution != choice.institution {
        return Err(Failure::Refused {
            problem: format!(
                "{} is a key of “{}”, not of “{}”",
                choice.file.display(),
                file.institution,
                choice.institution
            ),
            hint: "make sure whose key it is before you name the institution that the file names".into(),
        });
    }
    Ok(file)
}

async fn list(store: &Store) -> Result<Vec<StoredKey>, Failure> {
    store.trust().list_keys().await.map_err(|error| refuse_conflict(error, ""))
}

async fn report(store: &Store, key_id: &str, outcome: KeyOutcome, as_json: bool, done: &str) -> Outcome {
    let keys = list(store).await?;
    let key = keys.iter().find(|key| key.key_id == key_id);
    store.close().await;
    let changed = outcome == KeyOutcome::Done;
    if as_json {
        return print(&format!("{}\n", json!({ "changed": changed, "key": key.map(describe) })));
    }
    let shown = key.map(line).unwrap_or_default();
    print(&if changed { format!("{done}: {shown}\n") } else { format!("{done} before: {shown}\n") })
}

fn describe(key: &StoredKey) -> Value {
    json!({
        "key_id": key.key_id,
        "institution": key.institution,
        "public_key": key.public_key,
        "added_at": moment::render(key.added_at),
        "revoked_at": key.revoked_at.map(moment::render),
        "revoked_reason": key.revoked_reason,
    })
}

fn line(key: &StoredKey) -> String {
    let added = format!("{}  key {}  added {}", key.institution, key.key_id, moment::render(key.added_at));
    match key.revoked_at.map(moment::render) {
        None => added,
        Some(revoked) if key.revoked_reason.is_empty() => format!("{added}  revoked {revoked}"),
        Some(revoked) => format!("{added}  revoked {revoked} ({})", key.revoked_reason),
    }
}
