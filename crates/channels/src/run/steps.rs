use serde_json::Value;

use super::document::Document;
use super::outcome::Trouble;
use super::program::Program;
use super::session::{MSG, Session, TMP};
use crate::channel::{Lookup, Step, StepAct};
use crate::script;

/// Takes the message through the steps of one connector.
pub(super) fn transform(
    program: &Program,
    session: &mut Session,
    steps: &[Step],
    connector: &str,
) -> Result<(), Trouble> {
    steps.iter().try_for_each(|step| {
        let place = || format!("{connector} transformer, {}", step.name);
        match &step.act {
            StepAct::Script(text) => {
                script::run(program, session, text).map(|_| ()).map_err(|fault| fault.trouble(place(), text))
            }
            plain => act(session, plain).map_err(|(what, remedy)| Trouble {
                place: place(),
                line: None,
                what,
                remedy,
            }),
        }
    })
}

/// A step without a script; an error is what is wrong and what to try.
fn act(session: &mut Session, act: &StepAct) -> Result<(), (String, String)> {
    let path_remedy = |what: String| (what, "correct the path of the step".to_owned());
    match act {
        StepAct::Script(_) => Ok(()),
        StepAct::Mapper { variable, path, default, lookup } => {
            let found = looked_up(session, read(session, path).map_err(path_remedy)?, lookup.as_ref())?;
            let value = if found.is_empty() { default.clone() } else { found };
            session
                .put(false, variable, Value::from(value))
                .map_err(|what| (what, "use fewer variables".to_owned()))
        }
        StepAct::MessageBuilder { path, value, from, lookup } => {
            let text = match (value, from) {
                (Some(template), _) => filled(session, template),
                (None, Some(from)) => read(session, from).map_err(path_remedy)?,
                (None, None) => String::new(),
            };
            let text = looked_up(session, text, lookup.as_ref())?;
            let into = if session.documents[TMP].is_some() { TMP } else { MSG };
            session.documents[into]
                .as_mut()
                .map_or(Ok(()), |document| document.set(path, &text))
                .map_err(path_remedy)
        }
        StepAct::V2ToFhir => {
            let Some(Document::Hl7(message)) = &session.documents[MSG] else {
                return Err((
                    "only an HL7 v2 message can be turned into FHIR".to_owned(),
                    "put this step before those that turn the message into something else".to_owned(),
                ));
            };
            session.documents[TMP] = Some(Document::Text(standards::v2_to_fhir::bundle_of(message)));
            Ok(())
        }
    }
}

fn read(session: &Session, path: &str) -> Result<String, String> {
    session.documents[MSG].as_ref().map_or(Ok(String::new()), |document| document.get(path))
}

fn looked_up(session: &Session, key: String, lookup: Option<&Lookup>) -> Result<String, (String, String)> {
    let Some(Lookup { table, column }) = lookup else { return Ok(key) };
    if key.is_empty() {
        return Ok(key);
    }
    match session.lookup(table, &key, column) {
        Ok(Some(value)) => Ok(value.to_owned()),
        Ok(None) => Err((
            format!("\"{key}\" has no \"{column}\" in the table \"{table}\""),
            format!("add a line for {key} to [tables.{table}]"),
        )),
        Err(what) => Err((what, "correct the name of the table".to_owned())),
    }
}

/// A template with the values of the maps in the place of `${name}`; what no map has becomes nothing.
fn filled(session: &Session, template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            text.push_str("${");
            rest = after;
            continue;
        };
        match session.variable(name) {
            Some(Value::String(value)) => text.push_str(value),
            Some(Value::Null) | None => {}
            Some(other) => text.push_str(&other.to_string()),
        }
        rest = behind;
    }
    text + rest
}
