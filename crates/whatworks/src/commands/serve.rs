//! `whatworks serve`: opens the database, loads the evidence base, serves the commons.
//!
//! The listener is bound before the evidence is loaded, so a second start on a taken address says so at once. Another
//! server on the same database may change the evidence: its version is looked at every two seconds.

use super::place::DatabasePlace;
use super::{Failure, Outcome, now};
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use whatworks_domain::Catalogue;
use whatworks_evidence::base;
use whatworks_store::Store;
use whatworks_web::{Commons, Evidence, load_evidence, router};

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
    let commons = Arc::new(Commons::receiving(read_evidence(&store).await?, store.clone(), now));
    announce(&address);
    let watcher = tokio::spawn(watch(store.clone(), Arc::clone(&commons)));
    let served = axum::serve(listener, router(commons)).with_graceful_shutdown(until_stopped()).await;
    watcher.abort();
    store.close().await;
    Ok(served.context("the server stopped")?)
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
