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
    let binary = place.binary();
    let binary = binary.to_string_lossy();
    with_server_and_population(place, |call, (sign_in, instructor)| {
        let more = ["--sign-in", sign_in, "--instructor", instructor, "--practicum", &binary];
        Call::new(&python, ["clients/python/run.py"].iter().chain(call).chain(&more))
    })
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

/// Imaging tools, libraries and an archive by others, over DICOM and DICOMweb, in both directions. Those that are not
/// installed are skipped, each with a reason.
pub(crate) fn imaging(place: &Place) -> anyhow::Result<Report> {
    let python = match environment(place, "clients/imaging/requirements.txt")? {
        Ok(python) => python,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    let server = Server::start(place)?;
    let (url, token) = (server.told("/url")?, server.told("/demo/learner_token")?);
    let port = server.port("/ports/dicom")?;
    let words = ["clients/imaging/run.py", "--url", url, "--token", token, "--dicom", &port];
    Call::new(&python, words).report(place)
}

/// Test kits against our hospital, and against servers by others, which they must judge rightly.
pub(crate) fn kits(place: &Place) -> anyhow::Result<Report> {
    let python = match environment(place, "clients/kits/requirements.txt")? {
        Ok(python) => python,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    let server = Server::start(place)?;
    let (url, token) = (server.told("/url")?, server.told("/demo/learner_token")?);
    let (mllp, dicom) = (server.port("/ports/mllp")?, server.port("/ports/dicom")?);
    let program = place.binary();
    let program = program.to_string_lossy();
    let mut words = vec!["clients/kits/run.py", "--program", &program, "--url", url, "--token", token];
    words.extend(["--mllp", &mllp, "--dicom", &dicom]);
    Call::new(&python, words).report(place)
}

/// Models and figures of the command line beside those of scikit-learn.
pub(crate) fn models(place: &Place) -> anyhow::Result<Report> {
    let python = match environment(place, "clients/models/requirements.txt")? {
        Ok(python) => python,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    let program = place.binary();
    Call::new(&python, ["clients/models/run.py", "--program", &program.to_string_lossy()]).report(place)
}

/// Tools by others that read the data lake, by the wire of PostgreSQL and from its files. Those that are not installed are
/// skipped, each with a reason.
pub(crate) fn lake(place: &Place) -> anyhow::Result<Report> {
    let python = match environment(place, "clients/lake/requirements.txt")? {
        Ok(python) => python,
        Err(reason) => return Ok(Report::skipped(reason)),
    };
    let server = Server::start(place)?;
    let (url, token) = (server.told("/url")?, server.told("/demo/learner_token")?);
    let port = server.port("/ports/pg")?;
    Call::new(&python, ["clients/lake/run.py", "--url", url, "--token", token, "--pg", &port]).report(place)
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
    with_server_and_population(place, |call, _| {
        Call::new("node", ["clients/node/run.mjs"].iter().chain(call))
    })
}

/// Kills the program while it writes, and looks for anything lost or half-written.
pub(crate) fn crash(place: &Place) -> anyhow::Result<Report> {
    if !is_installed("node") {
        return Ok(Report::skipped("node is not installed"));
    }
    Call::new("node", ["clients/crash/run.mjs".into(), place.binary()]).report(place)
}

/// Starts the server, writes a small population as NDJSON, and hands both to the clients.
fn with_server_and_population(
    place: &Place,
    clients: impl Fn(&[&str], (&str, &str)) -> Call,
) -> anyhow::Result<Report> {
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
    let links = (server.told("/demo/sign_in_url")?, server.told("/demo/instructor_sign_in_url")?);
    clients(&["--url", url, "--token", token, "--mllp", &mllp, "--ndjson", &folder], links).report(place)
}
