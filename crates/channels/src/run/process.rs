use serde_json::Value;

use super::document::Document;
use super::outcome::{DestinationOutcome, Outcome, Payload, Received, SourceOutcome, State, Trouble};
use super::program::Program;
use super::rules::accepts;
use super::session::{MSG, Session, TMP};
use super::steps::transform;
use crate::channel::{Connector, DataType, Destination, Filter, QueueMode, Step};
use crate::limits::Limits;
use crate::script::{self, Returned};

/// Takes a message through a channel.
pub fn process(program: &Program, received: &Received<'_>, limits: &Limits) -> Outcome {
    let channel = program.channel();
    let names = channel.destinations.iter().map(|one| one.name.clone()).collect();
    let mut session = Session::new(received, program.tables(), names, limits);
    let source = match at_source(program, &mut session, received, limits) {
        Ok(Some(payload)) => {
            SourceOutcome { state: State::Transformed, transformed: Some(payload), trouble: None }
        }
        Ok(None) => SourceOutcome { state: State::Filtered, transformed: None, trouble: None },
        Err(trouble) => SourceOutcome { state: State::Error, transformed: None, trouble: Some(trouble) },
    };
    let destinations = match &source.transformed {
        Some(payload) => channel
            .destinations
            .iter()
            .map(|destination| at_destination(program, &mut session, destination, payload, limits))
            .collect(),
        None => Vec::new(),
    };
    let Session { logs, logs_dropped, maps, .. } = session;
    Outcome { source, destinations, logs, logs_dropped, maps }
}

fn trouble(place: &str, what: impl Into<String>, remedy: impl Into<String>) -> Trouble {
    Trouble { place: place.to_owned(), line: None, what: what.into(), remedy: remedy.into() }
}

/// What the destinations are given; `None` where the filter held the message back.
fn at_source(
    program: &Program,
    session: &mut Session,
    received: &Received<'_>,
    limits: &Limits,
) -> Result<Option<Payload>, Trouble> {
    let source = &program.channel().source;
    check_bounds(received, limits)?;
    let raw = preprocessed(program, session, received.raw)?;
    let document = Document::read(source.data_type, &raw)
        .map_err(|what| trouble("source", what, "look at the raw message, and at data_type of the source"))?;
    session.documents = [Some(document), None];
    let template = source.template.as_deref();
    let steps = Work { filter: &source.filter, steps: &source.transformer, template, connector: "source" };
    let payload = steps.carry_out(program, session, source.data_type)?;
    payload.map(|payload| within_bounds(payload, "source transformer", limits)).transpose()
}

fn check_bounds(received: &Received<'_>, limits: &Limits) -> Result<(), Trouble> {
    let size = received.raw.len();
    if size > limits.message_bytes_max {
        let what = format!("the message has {size} bytes, and {} is the most", limits.message_bytes_max);
        return Err(trouble("source", what, "send it in parts"));
    }
    let hops = received.source_map.get("hops").and_then(Value::as_u64).unwrap_or(0);
    if hops > u64::from(limits.hops_max) {
        let what = format!("the message has passed {hops} channels, and {} is the most", limits.hops_max);
        return Err(trouble(
            "source",
            what,
            "look for a channel that writes to itself, or for two that write to each other",
        ));
    }
    Ok(())
}

fn preprocessed(program: &Program, session: &mut Session, raw: &[u8]) -> Result<Vec<u8>, Trouble> {
    let Some(text) = &program.channel().preprocessor else { return Ok(raw.to_vec()) };
    match script::run(program, session, text) {
        Ok(Returned::Text(text)) => Ok(text.into_bytes()),
        Ok(_) => Ok(raw.to_vec()),
        Err(fault) => Err(fault.trouble("preprocessor".to_owned(), text)),
    }
}

/// What one connector does with the message in the session.
struct Work<'a> {
    filter: &'a Filter,
    steps: &'a [Step],
    template: Option<&'a str>,
    connector: &'a str,
}

impl Work<'_> {
    fn carry_out(
        &self,
        program: &Program,
        session: &mut Session,
        data_type: DataType,
    ) -> Result<Option<Payload>, Trouble> {
        session.connector_map.clear();
        if !accepts(program, session, self.filter, self.connector)? {
            return Ok(None);
        }
        if let Some(template) = self.template {
            let read = Document::read(data_type, template.as_bytes());
            let place = format!("{} template", self.connector);
            session.documents[TMP] =
                Some(read.map_err(|what| trouble(&place, what, "correct the template, or data_type"))?);
        }
        transform(program, session, self.steps, self.connector)?;
        let made = session.documents[TMP].take().or_else(|| session.documents[MSG].take());
        Ok(made.map(|document| document.write()))
    }
}

fn at_destination(
    program: &Program,
    session: &mut Session,
    destination: &Destination,
    given: &Payload,
    limits: &Limits,
) -> DestinationOutcome {
    let name = destination.name.clone();
    if session.removed.contains(&name) {
        return DestinationOutcome { name, state: State::Filtered, payload: None, trouble: None };
    }
    let made = made_for(program, session, destination, given)
        .and_then(|made| made.map(|payload| within_bounds(payload, &name, limits)).transpose())
        .and_then(|made| made.map(|payload| sendable(payload, destination)).transpose());
    let ready = if destination.queue.mode == QueueMode::Always { State::Queued } else { State::Pending };
    match made {
        Ok(Some(payload)) => DestinationOutcome { name, state: ready, payload: Some(payload), trouble: None },
        Ok(None) => DestinationOutcome { name, state: State::Filtered, payload: None, trouble: None },
        Err(trouble) => {
            DestinationOutcome { name, state: State::Error, payload: None, trouble: Some(trouble) }
        }
    }
}

fn made_for(
    program: &Program,
    session: &mut Session,
    destination: &Destination,
    given: &Payload,
) -> Result<Option<Payload>, Trouble> {
    let connector = format!("destination \"{}\"", destination.name);
    let document = Document::read(given.data_type, &given.bytes)
        .map_err(|what| trouble(&connector, what, "look at what the source made of the message"))?;
    session.documents = [Some(document), None];
    let template = destination.template.as_deref();
    let work = Work {
        filter: &destination.filter,
        steps: &destination.transformer,
        template,
        connector: &connector,
    };
    work.carry_out(program, session, destination.data_type)
}

fn within_bounds(payload: Payload, connector: &str, limits: &Limits) -> Result<Payload, Trouble> {
    let (size, most) = (payload.bytes.len(), limits.output_bytes_max);
    if size <= most {
        return Ok(payload);
    }
    Err(trouble(
        connector,
        format!("the outgoing message has {size} bytes, and {most} is the most"),
        "send less",
    ))
}

/// Refuses what the connector could never send, and reads text as what the connector is to send.
fn sendable(payload: Payload, destination: &Destination) -> Result<Payload, Trouble> {
    let wanted = destination.data_type;
    if payload.data_type == wanted || wanted == DataType::Raw {
        return Ok(payload);
    }
    let place = format!("destination \"{}\"", destination.name);
    let remedy = match (&destination.connector, payload.data_type) {
        (Connector::FhirSender { .. }, DataType::Hl7V2) => {
            "add a step of type \"V2 to FHIR\", or a script with tmp = v2ToFhir(msg)"
        }
        _ => "change data_type of the destination, or what its transformer makes",
    };
    let read = if payload.data_type == DataType::Raw {
        Document::read(wanted, &payload.bytes)
    } else {
        Err(format!("it sends {wanted:?}, and the message is {:?}", payload.data_type))
    };
    // The bytes stay as they were made: printing numbers again would change them.
    read.map(|_| Payload { data_type: wanted, bytes: payload.bytes })
        .map_err(|what| trouble(&place, what, remedy))
}
