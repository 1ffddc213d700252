//! Clients written by others, against the real program: they know nothing of this code.

use std::path::PathBuf;

use crate::test::call::{Call, is_installed, last_line};
use crate::test::server::Server;
use crate::test::step::{Place, Report};
use crate::test::web;

const PATIENTS: &str = "40";

/// Clients and a validator in Python: labs solved, every type of resource read, charts kept, hospitals exported.
pub(crate) fn python(place: &Place) -> anyhow::Result<Report> {
    let python = match environment(place, "clients/python/requirements.txt")? {
        Ok(python) => python,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    with_server_and_population(place, |call| Call::new(&python, ["clients/python/run.py"].iter().chain(call)))
}

/// Requests that nobody would send, to every route of FHIR and the JSON API, for a minute.
pub(crate) fn routes(place: &Place) -> anyhow::Result<Report> {
    let python = match environment(place, "clients/routes/requirements.txt")? {
        Ok(python) => python,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    let server = Server::start(place)?;
    let (url, instructor) = (server.told("/url")?, server.told("/demo/instructor_token")?);
    Call::new(&python, ["clients/routes/run.py", "--url", url, "--instructor", instructor]).report(place)
}

/// Python with the packages of this list, or why there is none.
fn environment(place: &Place, requirements: &str) -> anyhow::Result<Result<PathBuf, String>> {
    if !is_installed("python3") {
        return Ok(Err("python3 is not installed".to_owned()));
    }
    let environment = place.target.join("xtask").join("python");
    let python = environment.join("bin").join("python");
    if !Call::new("python3", ["-m".as_ref(), "venv".as_ref(), environment.as_os_str()]).run(place)?.succeeded
    {
        let reason = "python3 cannot make a virtual environment; on Debian install python3-venv";
        return Ok(Err(reason.to_owned()));
    }
    let installed =
        Call::new(&python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]).run(place)?;
    if !installed.succeeded {
        return Ok(Err(format!("pip could not install {requirements}: {}", last_line(&installed.output))));
    }
    Ok(Ok(python))
}

/// Clients and a validator in Node: labs solved, every type of resource read, charts kept, operations asked for.
pub(crate) fn node(place: &Place) -> anyhow::Result<Report> {
    if let Some(reason) = web::packages(place, "clients/node")? {
        return Ok(Report::skipped(reason));
    }
    with_server_and_population(place, |call| Call::new("node", ["clients/node/run.mjs"].iter().chain(call)))
}

/// Kills the program while it writes, and looks for anything lost or half-written.
pub(crate) fn crash(place: &Place) -> anyhow::Result<Report> {
    if !is_installed("node") {
        return Ok(Report::skipped("node is not installed"));
    }
    Call::new("node", ["clients/crash/run.mjs".into(), place.binary()]).report(place)
}

/// Starts the server, writes a small population as NDJSON, and hands both to the clients.
fn with_server_and_population(place: &Place, clients: impl Fn(&[&str]) -> Call) -> anyhow::Result<Report> {
    let folder = place.scratch.join("ndjson");
    let folder = folder.to_string_lossy();
    let arguments = [
        "population",
        "generate",
        "--patients",
        PATIENTS,
        "--seed",
        "7",
        "--format",
        "ndjson",
        "--out",
        &folder,
    ];
    let generated = Call::new(place.binary(), arguments).run(place)?;
    if !generated.succeeded {
        return Ok(Report::failed(generated.ending));
    }
    let server = Server::start(place)?;
    let url = server.told("/url")?;
    let token = server.told("/demo/learner_token")?;
    let mllp = server.port("/ports/mllp")?;
    clients(&["--url", url, "--token", token, "--mllp", &mllp, "--ndjson", &folder]).report(place)
}
