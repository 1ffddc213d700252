use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;

use anyhow::Context;
use kits::model::Kit;
use kits::run::Run;
use platform::kits::FILLED_IN;

/// Where an app under test, or a browser that comes back, finds a run from the command line.
pub(super) struct Calls(TcpListener);

impl Calls {
    /// A place on this machine for a kit that needs one.
    pub(super) fn of(kit: &Kit) -> anyhow::Result<Option<Self>> {
        if !FILLED_IN.iter().any(|name| kit.input(name).is_some()) {
            return Ok(None);
        }
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free to be called at")?;
        listener.set_nonblocking(true).context("the port cannot be listened at")?;
        Ok(Some(Self(listener)))
    }

    /// The inputs that say where that is.
    pub(super) fn inputs(&self) -> anyhow::Result<Vec<(String, String)>> {
        let at = self.0.local_addr().context("the port has no address")?;
        let places = [format!("http://{at}/kits/app/run"), format!("http://{at}/kits/callback")];
        Ok(FILLED_IN.map(str::to_owned).into_iter().zip(places).collect())
    }

    /// Listens, in a thread that ends with the program.
    pub(super) fn hand_to(self, run: &Arc<Run>) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let run = Arc::clone(run);
        let listen = move || {
            runtime.block_on(async {
                let served = match tokio::net::TcpListener::from_std(self.0) {
                    Ok(listener) => servers::serve_run(run, listener).await,
                    Err(error) => Err(error),
                };
                if let Err(error) = served {
                    tracing::error!(%error, "the run can no longer be called");
                }
            });
        };
        std::thread::Builder::new().name("kit-calls".to_owned()).spawn(listen)?;
        Ok(())
    }
}
