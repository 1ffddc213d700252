//! What the hospital's systems run on, and how it stands now.

use std::sync::OnceLock;

use hospital::topology::{Protocol, SystemKind};
use scenarios::network::{Flow, Known, Network, NetworkStanding, read, stand};
use store::StoreError;
use store::journal::Filter;
use store::sandbox::systems::{Standing, Traffic};
use training::content::SourceFile;
use training::problem::{Place, Problem};

use super::failed::failed_systems;
use super::records::locked_by_now;
use crate::access::Access;
use crate::topology::topology;

/// The network of the hospital that every image is made for.
const DEFAULT: &str = include_str!("../../../../content/hospitals/default.network.toml");
/// What the files of networks end with.
const ENDING: &str = ".network.toml";
/// Over how long traffic is counted.
const HOUR_US: i64 = 3_600_000_000;

/// What the hospital's systems run on. A test holds that its file is without mistakes.
pub fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK.get_or_init(|| read(DEFAULT, &systems()).0)
}

fn systems() -> Vec<&'static str> {
    topology().systems.iter().map(|system| system.id.as_str()).collect()
}

/// Everything that is wrong with the networks among these files (`hospitals/*.network.toml`).
pub fn check_networks(files: &[SourceFile]) -> Vec<Problem> {
    let is_network = |file: &&SourceFile| file.path.starts_with("hospitals/") && file.path.ends_with(ENDING);
    let problems_of = |file: &SourceFile| {
        let Ok(text) = std::str::from_utf8(&file.bytes) else {
            return vec![Place::start(&file.path).problem("this is not UTF-8 text", "save it as UTF-8")];
        };
        let problems = read(text, &systems()).1.into_iter().map(|problem| {
            let place = Place { file: file.path.clone(), line: problem.line, column: 1 };
            place.problem(problem.what, problem.try_this)
        });
        problems.collect()
    };
    files.iter().filter(is_network).flat_map(problems_of).collect()
}

/// How the network of a hospital stands. Looking leaves no trace: it shows no patient.
pub(super) fn network_now(access: &Access) -> Result<NetworkStanding, StoreError> {
    let sandbox = access.sandbox();
    let now_us = access.virtual_us();
    let (traffic, standings, failed) = sandbox
        .view(|view| Ok::<_, StoreError>((view.traffic()?, view.standings()?, failed_systems(view)?)))?;
    let kinds = vec!["hl7.received".to_owned()];
    let entries =
        sandbox.journal(&Filter { kinds, newest_first: true, limit: 2_000, ..Filter::default() })?;
    let recent =
        entries.iter().map(|entry| &entry.event).take_while(|event| event.virtual_us > now_us - HOUR_US);
    let recent: Vec<&str> = recent.filter_map(|event| event.detail["interface"].as_str()).collect();
    let infected = if locked_by_now(access)? > 0 { ["EHR".to_owned()].into() } else { Default::default() };
    let flows = topology().interfaces.iter().map(|interface| {
        let is_own = |one: &&Traffic| one.interface == interface.id;
        let is_closed = |one: &&Standing| one.interface == interface.id;
        Flow {
            interface: interface.id.clone(),
            from: interface.from.clone(),
            through: (interface.protocol == Protocol::Mllp).then(engine),
            to: interface.to.clone(),
            per_hour: recent.iter().filter(|id| **id == interface.id).count() as u64,
            waiting: traffic.iter().find(is_own).map_or(0, |one| one.waiting),
            closed: standings.iter().find(is_closed).map(|one| one.reason.clone()),
        }
    });
    Ok(stand(network(), &Known { failed, infected, flows: flows.collect(), ..Known::default() }))
}

/// The system that messages go through.
pub(super) fn engine() -> String {
    let engine = topology().systems.iter().find(|system| system.kind == SystemKind::Engine);
    engine.map(|engine| engine.id.clone()).unwrap_or_default()
}
