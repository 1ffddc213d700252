use std::sync::{Arc, mpsc};
use std::thread;

use anyhow::{Context, bail};
use servers::listen::{Clients, Tls};
use tokio::sync::oneshot;

use crate::classroom::prepare;
use crate::config::Config;
use crate::data_lock::DataLock;
use crate::serving::{Parts, serve};
use crate::{Running, Surroundings, demo, image, open};

/// Starts everything the configuration describes, and returns when it answers: at the first start this builds the
/// hospital image, which takes some seconds.
///
/// The server runs in threads of its own, so that this may be called from anywhere, async code included.
///
/// # Errors
/// Everything that keeps it from serving: the data folder, the content, the certificate, the address.
pub fn start(config: Config, surroundings: Surroundings) -> anyhow::Result<Running> {
    let lock = DataLock::take(&config.data)?;
    let classroom =
        config.classroom.then(|| prepare(&config.data, config.listen, surroundings.clock.as_ref()));
    let classroom = classroom.transpose().context("the classroom's certificate cannot be made")?;
    let files = classroom.as_ref().map(|made| &made.files).or(config.tls.as_ref());
    let tls = files.map(|files| Tls::load(&files.cert, &files.key)).transpose()?;
    let clients = config
        .mllp_client_ca
        .as_deref()
        .map(|authorities| Clients { authorities, others_too: config.mllp_client_optional });
    let mllp_tls = files.map(|files| Tls::load_for_mllp(&files.cert, &files.key, clients));
    let mllp_tls = mllp_tls.transpose()?;
    let enrolment = classroom.map(|made| made.enrolment);
    let platform = open::open(&config, surroundings)?;
    image::ensure(platform.images(), &config)?;
    let demo = demo::set_up(platform.people(), &config).context("the demonstration cannot be set up")?;
    let parts = Parts { config, platform: Arc::new(platform), tls, mllp_tls, enrolment, demo, lock };
    let (ready, answers) = mpsc::channel();
    let (stop, stopped) = oneshot::channel();
    let thread =
        thread::Builder::new().name("practicum".to_owned()).spawn(move || serve(parts, ready, stopped))?;
    match answers.recv() {
        Ok(info) => Ok(Running::new(info, stop, thread)),
        // It ended before it was ready; its result says why.
        Err(mpsc::RecvError) => match thread.join() {
            Ok(Err(error)) => Err(error),
            Ok(Ok(())) | Err(_) => bail!("the server ended while it was starting"),
        },
    }
}
