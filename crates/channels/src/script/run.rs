use super::cache::with_engine;
use super::engine::Engine;
use super::fault::Fault;
use crate::channel::{Problem, Text};
use crate::limits::Limits;
use crate::run::{Program, Session};

/// What a script returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Returned {
    /// True or false: a filter's answer.
    Flag(bool),
    /// A text: a preprocessor's message.
    Text(String),
    /// Nothing, or what nobody asks for.
    Other,
}

/// Runs a script over the message of `session`.
pub(crate) fn run(program: &Program, session: &mut Session, script: &Text) -> Result<Returned, Fault> {
    let limits = session.limits;
    let said = with_engine(program.key, &limits, |engine| engine.run(&script.text, session))?;
    Ok(match said.as_str() {
        "+" => Returned::Flag(true),
        "-" => Returned::Flag(false),
        other => other.strip_prefix('=').map_or(Returned::Other, |text| Returned::Text(text.to_owned())),
    })
}

/// What is wrong with scripts, before any message comes.
pub(crate) fn check(scripts: &[&Text], limits: &Limits) -> Vec<Problem> {
    if scripts.is_empty() {
        return Vec::new();
    }
    let problem = |fault: Fault, line: u32| {
        let line = fault.line.map_or(line, |within| line + within - 1);
        Problem { line, what: fault.what, remedy: fault.remedy }
    };
    let mut engine = match Engine::new(limits) {
        Ok(engine) => engine,
        Err(fault) => return vec![problem(fault, 1)],
    };
    let compiled =
        scripts.iter().filter_map(|script| Some((engine.compile(&script.text).err()?, script.line)));
    compiled.map(|(fault, line)| problem(fault, line)).collect()
}
