//! `whatworks serve`: opens the database, loads the evidence base, serves the commons.
//!
//! The listener is bound before the evidence is loaded, so a second start on a taken address says so at once. Another
//! server on the same database may change the evidence: its version is looked at every two seconds.

use super::outgoing::Sender;
use super::place::DatabasePlace;
use super::{Failure, Outcome, now, print, random};
use crate::background;
use crate::demo;
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use whatworks_accounts::token::Token;
use whatworks_domain::Catalogue;
use whatworks_domain::member::MailAddress;
use whatworks_evidence::base;
use whatworks_mail::Mailer;
use whatworks_store::Store;
use whatworks_web::{Commons, Evidence, ForumSetting, PublicUrl, load_evidence, router};

/// How often the version of the evidence is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Which findings a new database starts with.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EvidenceChoice {
    /// The published findings that ship with the program.
    Base,
    /// None: only what is added.
    None,
}

/// What the command line says.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HOST:PORT")]
    listen: String,
    #[command(flatten)]
    place: DatabasePlace,
    /// Published findings to load
    #[arg(long, value_enum, default_value = "base")]
    evidence: EvidenceChoice,
    /// Add a made-up discussion, marked as a demonstration on each of its pages
    #[arg(long)]
    demo: bool,
    /// Address under which people reach the site, such as `https://commons.example.org`; else where it listens
    #[arg(long, env = "WHATWORKS_PUBLIC_URL", value_name = "URL", value_parser = PublicUrl::parse)]
    public_url: Option<PublicUrl>,
    /// Proxies before the program, each of which adds to X-Forwarded-For
    #[arg(long, env = "WHATWORKS_PROXIES", default_value_t = 0, value_name = "NUMBER")]
    proxies: usize,
    /// How mail leaves: `smtps://user:password@host`, `smtp+starttls://…`, `smtp://host` or `file:DIR`; else a folder
    #[arg(long, env = "WHATWORKS_MAIL", value_name = "SETTING", hide_env_values = true)]
    mail: Option<String>,
    /// Address that mail comes from; else whatworks at the site's host
    #[arg(long, env = "WHATWORKS_MAIL_FROM", value_name = "ADDRESS", value_parser = parse_address)]
    mail_from: Option<MailAddress>,
}

fn parse_address(text: &str) -> Result<MailAddress, String> {
    MailAddress::new(text).map_err(|error| error.to_string())
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    super::runtime()?.block_on(serve(arguments))
}

async fn serve(arguments: &Arguments) -> Outcome {
    let listener = TcpListener::bind(&arguments.listen).await.map_err(|error| Failure::Refused {
        problem: format!("cannot listen on {}: {error}", arguments.listen),
        hint: "choose another address with --listen, such as --listen 127.0.0.1:8081".into(),
    })?;
    let address = listener.local_addr().context("the address of the listener is unknown")?;
    let store = arguments.place.open().await?;
    load_base(&store, arguments.evidence).await?;
    if arguments.demo {
        demo::load(&store, now()).await.context("the demonstration could not be written")?;
    }
    let public_url = public_url(arguments, &address)?;
    let sender = sender(arguments, &public_url)?;
    let first = first_token(&store).await?;
    let setting = ForumSetting {
        store: store.clone(),
        clock: now,
        random,
        public_url: public_url.clone(),
        first_token_hash: first.as_ref().map(Token::hash),
        proxies: arguments.proxies,
    };
    let commons = Commons::receiving(read_evidence(&store).await?, store.clone(), now).with_forum(setting);
    let commons = Arc::new(commons);
    announce(&address, &public_url, first.as_ref())?;
    let watcher = tokio::spawn(watch(store.clone(), Arc::clone(&commons)));
    let sending = tokio::spawn(sender.run(store.clone()));
    let working = tokio::spawn(background::work(store.clone(), Arc::clone(&commons), random));
    let service = router(commons).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(until_stopped()).await;
    watcher.abort();
    sending.abort();
    working.abort();
    store.close().await;
    Ok(served.context("the server stopped")?)
}

/// The secret of the link that makes the first steward; none when there is one. A new one at each start.
async fn first_token(store: &Store) -> Result<Option<Token>, Failure> {
    let has_steward = store.members().has_steward().await.context("the members cannot be read")?;
    Ok((!has_steward).then(|| Token::from_bytes(random())))
}

/// The address that people use: what the command line says, else where the program listens.
fn public_url(arguments: &Arguments, address: &SocketAddr) -> Result<PublicUrl, Failure> {
    match &arguments.public_url {
        Some(url) => Ok(url.clone()),
        None => PublicUrl::parse(&format!("http://{address}")).map_err(|problem| Failure::Refused {
            problem,
            hint: "say with --public-url under which address people reach the site".into(),
        }),
    }
}

fn sender(arguments: &Arguments, public_url: &PublicUrl) -> Result<Sender, Failure> {
    let folder = format!("file:{}", arguments.place.mail_folder().display());
    let setting = arguments.mail.as_deref().unwrap_or(&folder);
    let mailer = Mailer::from_setting(setting).map_err(|error| Failure::Refused {
        problem: error.to_string(),
        hint: "say with --mail how mail leaves, or leave it out: mail then lies in a folder".into(),
    })?;
    let domain = public_url.domain();
    let usual = MailAddress::new(&format!("whatworks@{domain}"))
        .or_else(|_| MailAddress::new("whatworks@localhost"))
        .context("the site has no mail address")?;
    let from = arguments.mail_from.clone().unwrap_or(usual);
    Ok(Sender::new(mailer, domain.to_owned(), from, public_url.clone()))
}

/// Puts the published findings in the database, or takes them out; the first start and any later one.
async fn load_base(store: &Store, choice: EvidenceChoice) -> Outcome {
    let now = now();
    match choice {
        EvidenceChoice::Base => {
            let catalogue = catalogue()?;
            let findings = base::findings(&catalogue).context("the shipped findings are faulty")?;
            let digest = base::digest(&findings).context("the shipped findings have no digest")?;
            store
                .findings()
                .load_base(&findings, &digest, now)
                .await
                .context("the published findings could not be loaded")?;
        }
        EvidenceChoice::None => {
            store
                .findings()
                .empty_base(now)
                .await
                .context("the published findings could not be taken out")?;
        }
    }
    Ok(())
}

fn catalogue() -> Result<Catalogue, Failure> {
    Ok(base::catalogue().context("the shipped catalogue is faulty")?)
}

async fn read_evidence(store: &Store) -> Result<Evidence, Failure> {
    Ok(load_evidence(store, catalogue()?, now()).await.context("the evidence cannot be read")?)
}

/// Shows what another server or a command changed, and what has expired since. A database that is out of reach for a while leaves the last evidence on show.
async fn watch(store: Store, commons: Arc<Commons>) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        let Ok(Some(version)) = store.findings().find_evidence_version().await else { continue };
        let shown = commons.evidence();
        if (version != shown.version || shown.is_outdated(now()))
            && let Ok(evidence) = read_evidence(&store).await
        {
            commons.replace(evidence);
        }
    }
}

/// Says where the commons is served, at once: who started the program may read one line and no more.
fn announce(address: &SocketAddr, public_url: &PublicUrl, first: Option<&Token>) -> Outcome {
    let steward = first.map(|token| {
        let link = public_url.link(&format!("/first-steward/{}", token.text()));
        format!("There is no steward yet. Whoever opens this link becomes the first:\n{link}\n")
    });
    let steward = steward.unwrap_or_default();
    print(&format!("whatworks is served on http://{address} (Ctrl-C stops it)\n{steward}"))
}

async fn until_stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminated) = terminated {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    let _ = interrupted.await;
}
