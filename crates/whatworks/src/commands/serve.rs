//! `whatworks serve`: opens the database, loads the evidence base, serves the commons.
//!
//! The listener is bound before the evidence is loaded, so a second start on a taken address says so at once. Another
//! server on the same database may change the evidence: its version is looked at every two seconds.

use super::{Failure, Outcome};
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use whatworks_domain::Catalogue;
use whatworks_evidence::base;
use whatworks_store::{DatabaseUrl, Store};
use whatworks_web::{Commons, Evidence, router};

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
    /// sqlite:PATH or postgres://…; without it a file in the data directory
    #[arg(long, env = "WHATWORKS_DATABASE", value_parser = parse_url)]
    database: Option<DatabaseUrl>,
    /// Directory for what the commons keeps
    #[arg(long, env = "WHATWORKS_DATA_DIR", default_value = "whatworks-data", value_name = "DIR")]
    data_dir: PathBuf,
    /// Published findings to load
    #[arg(long, value_enum, default_value = "base")]
    evidence: EvidenceChoice,
}

fn parse_url(text: &str) -> Result<DatabaseUrl, String> {
    text.parse().map_err(|error: whatworks_store::DatabaseUrlError| error.to_string())
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the program's threads could not be started")?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: &Arguments) -> Outcome {
    let listener = TcpListener::bind(&arguments.listen).await.map_err(|error| Failure::Refused {
        problem: format!("cannot listen on {}: {error}", arguments.listen),
        hint: "choose another address with --listen, such as --listen 127.0.0.1:8081".into(),
    })?;
    let address = listener.local_addr().context("the address of the listener is unknown")?;
    let database = arguments
        .database
        .clone()
        .unwrap_or_else(|| DatabaseUrl::sqlite(arguments.data_dir.join("whatworks.db")));
    let store =
        Store::open(&database).await.with_context(|| format!("the database {database} cannot be used"))?;
    load_base(&store, arguments.evidence).await?;
    let commons = Arc::new(Commons::new(read_evidence(&store).await?));
    announce(&address);
    let watcher = tokio::spawn(watch(store.clone(), Arc::clone(&commons)));
    let served = axum::serve(listener, router(commons)).with_graceful_shutdown(until_stopped()).await;
    watcher.abort();
    store.close().await;
    Ok(served.context("the server stopped")?)
}

/// Puts the published findings in the database, or takes them out; the first start and any later one.
async fn load_base(store: &Store, choice: EvidenceChoice) -> Outcome {
    #[expect(clippy::disallowed_methods, reason = "the program is where the real clock is read")]
    let now = time::OffsetDateTime::now_utc();
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
    let stored = store.findings().load_evidence().await.context("the evidence cannot be read")?;
    Ok(Evidence::new(stored.version, stored.digest, catalogue()?, stored.findings))
}

/// Shows what another server changed. A database that is out of reach for a while leaves the last evidence on show.
async fn watch(store: Store, commons: Arc<Commons>) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    loop {
        ticks.tick().await;
        let Ok(Some(version)) = store.findings().find_evidence_version().await else { continue };
        if version != commons.evidence().version
            && let Ok(evidence) = read_evidence(&store).await
        {
            commons.replace(evidence);
        }
    }
}

#[expect(clippy::print_stdout, reason = "the address is the command's answer")]
fn announce(address: &std::net::SocketAddr) {
    println!("whatworks is served on http://{address} (Ctrl-C stops it)");
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
