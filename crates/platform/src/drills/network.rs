//! What the hospital's systems run on.

use std::sync::OnceLock;

use hospital::topology::SystemKind;
use scenarios::network::{Network, read};
use training::content::SourceFile;
use training::problem::{Place, Problem};

use crate::topology::topology;

/// The network of the hospital that every image is made for.
const DEFAULT: &str = include_str!("../../../../content/hospitals/default.network.toml");
/// What the files of networks end with.
const ENDING: &str = ".network.toml";

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

/// The system that messages go through.
pub(super) fn engine() -> String {
    let engine = topology().systems.iter().find(|system| system.kind == SystemKind::Engine);
    engine.map(|engine| engine.id.clone()).unwrap_or_default()
}
