use std::future::pending;
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use anyhow::Context;
use platform::Platform;
use platform::drills::Drills;
use platform::incidents::Actors;
use platform::labs::{Grader, Hands};
use platform::live::Driver;
use platform::people::{Demo, Provider, ProviderSettings};
use platform::workshops::Workshops;
use servers::control::Control;
use servers::dicom::Patience;
use servers::listen::{self, Tls};
use servers::mllp::{self, Limits};
use servers::{App, Enrolment, InHouse, Wire};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::config::{Config, Oidc};
use crate::data_lock::DataLock;
use crate::demo::access;
use crate::run_file::{Ports, RunFile, RunInfo};

/// How often journals are written and unused sandboxes looked for.
const TIDY_EVERY: Duration = Duration::from_secs(1);

/// After this time without use a sandbox is closed; it opens again in milliseconds.
const IDLE_US: i64 = 10 * 60 * 1_000_000;

/// What a server is made of, once everything that can go wrong before has not.
pub(crate) struct Parts {
    pub(crate) config: Config,
    pub(crate) platform: Arc<Platform>,
    pub(crate) tls: Option<Tls>,
    /// TLS as MLLP has it, whose clients may have to show a certificate too.
    pub(crate) mllp_tls: Option<Tls>,
    /// What devices are enrolled with, where the certificate is the classroom's own.
    pub(crate) enrolment: Option<Enrolment>,
    pub(crate) demo: Option<Demo>,
    /// Held until the last sandbox is closed.
    pub(crate) lock: DataLock,
}

/// Serves in this thread and its runtime until `stop`; tells `ready` where, as soon as it answers.
pub(crate) fn serve(
    parts: Parts,
    ready: mpsc::Sender<RunInfo>,
    stop: oneshot::Receiver<()>,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(run(&parts, ready, stop))?;
    // Use cases that still run in blocking threads end here; then nothing holds the platform but us.
    drop(runtime);
    let closed = parts.platform.tidy_up(-1).context("the last journal entries could not be written")?;
    tracing::info!(sandboxes.closed = closed, "stopped");
    drop(parts.lock);
    Ok(())
}

async fn run(parts: &Parts, ready: mpsc::Sender<RunInfo>, stop: oneshot::Receiver<()>) -> anyhow::Result<()> {
    let socket = parts.config.socket();
    let listener = TcpListener::bind(socket).await.with_context(|| {
        format!("cannot listen on {socket}; is something else using this port? try --port 0")
    })?;
    let dicom = listen_for_dicom(&parts.config).await?;
    let messages = listen_for_mllp(&parts.config).await?;
    let postgres = listen_for_postgres(&parts.config).await?;
    let ports = Ports {
        http: listener.local_addr()?.port(),
        dicom: dicom.local_addr()?.port(),
        mllp: messages.local_addr()?.port(),
        pg: postgres.local_addr()?.port(),
    };
    let info = describe(parts, listener.local_addr()?, ports);
    let scheme = if parts.tls.is_some() { "https" } else { "http" };
    let app = App::new(Arc::clone(&parts.platform), scheme)
        .enrolling(parts.enrolment.clone())
        .signing_in_at(provider(&parts.config)?)
        .with_postgres(postgres.local_addr()?);
    let router = servers::router(app.clone());
    let hands = Arc::new(InHouse::new(app.clone()));
    let _grader = Grader::start(Arc::clone(&parts.platform), hands);
    let archive = dicom.local_addr()?;
    let imaging = servers::dicom::serve(dicom, app.clone(), Patience::default());
    // People who are played come in over the socket like everybody; where that speaks TLS, they come in-house.
    let players: Arc<dyn Hands> = match parts.tls {
        None => {
            let wire = Wire::new(app.clone(), listener.local_addr()?).with_archive(archive);
            Arc::new(wire.with_messages(messages.local_addr()?))
        }
        Some(_) => Arc::new(InHouse::new(app.clone())),
    };
    let _actors = Actors::start(Arc::clone(&parts.platform), players);
    let _driver = Driver::start(Arc::clone(&parts.platform));
    let _drills = Drills::start(Arc::clone(&parts.platform));
    let _workshops = Workshops::start(Arc::clone(&parts.platform));
    let control = Control::open(app.clone(), &parts.config.data);
    if let Err(error) = &control {
        tracing::warn!(%error, "no control socket: a backup needs the server stopped");
    }
    let _file = RunFile::write(&parts.config.data, &info).context("run.json could not be written")?;
    tracing::info!(url = info.url, "ready");
    drop(ready.send(info));
    let serving = listen::serve(listener, parts.tls.clone(), router, async {
        drop(stop.await);
    });
    let lake = servers::postgres::serve(postgres, app.clone());
    let messages = mllp::serve(messages, parts.mllp_tls.clone(), app, Limits::default());
    tokio::select! {
        served = serving => served.context("the listener failed"),
        never = messages => match never {},
        () = tidy(Arc::clone(&parts.platform)) => Ok(()),
        never = imaging => match never {},
        never = lake => match never {},
    }
}

/// Listens for DICOM at the first address that is free.
async fn listen_for_dicom(config: &Config) -> anyhow::Result<TcpListener> {
    let sockets = config.dicom_sockets();
    TcpListener::bind(&sockets[..]).await.with_context(|| {
        format!(
            "cannot listen for DICOM on {}; is something else using this port? try --dicom-port 0",
            sockets[0]
        )
    })
}

/// Listens for HL7 v2 messages at the first address that is free.
async fn listen_for_mllp(config: &Config) -> anyhow::Result<TcpListener> {
    let sockets = config.mllp_sockets();
    TcpListener::bind(&sockets[..]).await.with_context(|| {
        let socket = sockets[0];
        format!("cannot listen for MLLP on {socket}; is something else using this port? try --mllp-port 0")
    })
}

/// Listens for clients of PostgreSQL at the first address that is free.
async fn listen_for_postgres(config: &Config) -> anyhow::Result<TcpListener> {
    let sockets = config.pg_sockets();
    TcpListener::bind(&sockets[..]).await.with_context(|| {
        let socket = sockets[0];
        format!(
            "cannot listen for PostgreSQL on {socket}; is something else using this port? try --pg-port 0"
        )
    })
}

/// Writes waiting journal entries and closes idle sandboxes, for ever.
async fn tidy(platform: Arc<Platform>) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        let platform = Arc::clone(&platform);
        match tokio::task::spawn_blocking(move || platform.tidy_up(IDLE_US)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "journal entries could not be written"),
            Err(_) => return pending().await,
        }
    }
}

fn describe(parts: &Parts, address: SocketAddr, ports: Ports) -> RunInfo {
    let scheme = if parts.tls.is_some() { "https" } else { "http" };
    // An address that means "every interface" is none to connect to.
    let host = match address {
        _ if address.ip().is_unspecified() => format!("localhost:{}", address.port()),
        _ => address.to_string(),
    };
    let url = format!("{scheme}://{host}");
    let demo = parts.demo.as_ref().map(|demo| access(demo, &url));
    RunInfo { url, pid: std::process::id(), ports, demo }
}

/// The provider at which people sign in too.
fn provider(config: &Config) -> anyhow::Result<Option<Provider>> {
    let Some(Oidc { issuer, client_id, client_secret_file, title }) = config.oidc.clone() else {
        return Ok(None);
    };
    let secret = client_secret_file.map(|file| {
        let read = std::fs::read_to_string(&file);
        read.with_context(|| format!("the secret for {issuer} cannot be read from {}", file.display()))
    });
    let client_secret = secret.transpose()?.map(|secret| secret.trim().to_owned());
    Ok(Some(Provider::new(ProviderSettings { issuer, client_id, client_secret, title })))
}
