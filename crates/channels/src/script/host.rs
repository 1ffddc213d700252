//! The functions that the prelude is made of. Each answers with `=` and a value, or `!` and what is wrong.

use std::cell::RefCell;
use std::rc::Rc;

use rquickjs::{Ctx, Function, Object};
use serde_json::Value;
use standards::hl7::message::{Level, Message, Path};
use standards::v2_to_fhir::{bundle_of, message_of};

use crate::channel::DataType;
use crate::run::{Document, Session};

/// The session of the message at work, shared with the functions.
pub(super) type Shared = Rc<RefCell<Session>>;

type Answer = Result<String, String>;

fn told(answer: Answer) -> String {
    match answer {
        Ok(value) => format!("={value}"),
        Err(what) => format!("!{what}"),
    }
}

/// An object of these functions.
pub(super) fn functions<'js>(ctx: &Ctx<'js>, session: &Shared) -> rquickjs::Result<Object<'js>> {
    let host = Object::new(ctx.clone())?;
    documents(ctx, &host, session)?;
    segments(ctx, &host, session)?;
    maps(ctx, &host, session)?;
    surroundings(ctx, &host, session)?;
    Ok(host)
}

fn documents<'js>(ctx: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> rquickjs::Result<()> {
    let shared = Rc::clone(session);
    let kind = move |at: usize| told(Ok(kind_of(&shared.borrow(), at).to_owned()));
    host.set("kind", Function::new(ctx.clone(), kind)?)?;
    let shared = Rc::clone(session);
    let raw = move || told(Ok(shared.borrow().raw.clone()));
    host.set("raw", Function::new(ctx.clone(), raw)?)?;
    let shared = Rc::clone(session);
    let text = move |at: usize| told(text_of(&shared.borrow(), at));
    host.set("text", Function::new(ctx.clone(), text)?)?;
    let shared = Rc::clone(session);
    let get = move |at: usize, path: String| told(with(&shared.borrow(), at, |document| document.get(&path)));
    host.set("get", Function::new(ctx.clone(), get)?)?;
    let shared = Rc::clone(session);
    let set =
        move |at: usize, path: String, text: String| told(set(&mut shared.borrow_mut(), at, &path, &text));
    host.set("set", Function::new(ctx.clone(), set)?)?;
    let shared = Rc::clone(session);
    let copy = move |from: usize, to: usize| {
        let mut session = shared.borrow_mut();
        session.documents[to] = session.documents[from].clone();
        told(Ok(String::new()))
    };
    host.set("copy", Function::new(ctx.clone(), copy)?)?;
    let shared = Rc::clone(session);
    let keep =
        move |at: usize, kind: String, text: String| told(keep(&mut shared.borrow_mut(), at, &kind, text));
    host.set("keep", Function::new(ctx.clone(), keep)?)
}

fn segments<'js>(ctx: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> rquickjs::Result<()> {
    let shared = Rc::clone(session);
    let count = move |at: usize, name: String| {
        told(hl7(&shared.borrow(), at).map(|message| message.segments_named(&name).count().to_string()))
    };
    host.set("count", Function::new(ctx.clone(), count)?)?;
    let shared = Rc::clone(session);
    let names = move |at: usize| {
        let names =
            |message: &Message| message.segments().map(|one| Value::from(one.name())).collect::<Value>();
        told(hl7(&shared.borrow(), at).map(|message| names(message).to_string()))
    };
    host.set("names", Function::new(ctx.clone(), names)?)?;
    let shared = Rc::clone(session);
    let repetitions = move |at: usize, path: String| told(repetitions(&shared.borrow(), at, &path));
    host.set("repetitions", Function::new(ctx.clone(), repetitions)?)?;
    let shared = Rc::clone(session);
    let add = move |at: usize, line: String| told(add(&mut shared.borrow_mut(), at, &line));
    host.set("add", Function::new(ctx.clone(), add)?)?;
    let shared = Rc::clone(session);
    let remove = move |at: usize, name: String, number: usize| {
        told(remove(&mut shared.borrow_mut(), at, &name, number))
    };
    host.set("remove", Function::new(ctx.clone(), remove)?)
}

fn maps<'js>(ctx: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> rquickjs::Result<()> {
    let shared = Rc::clone(session);
    let get = move |which: String, key: String| {
        let session = shared.borrow();
        let found = match which.as_str() {
            "source" => session.maps.source.get(&key),
            "channel" => session.maps.channel.get(&key),
            "connector" => session.connector_map.get(&key),
            _ => session.variable(&key),
        };
        told(Ok(found.map(Value::to_string).unwrap_or_default()))
    };
    host.set("map_get", Function::new(ctx.clone(), get)?)?;
    let shared = Rc::clone(session);
    let put = move |which: String, key: String, value: String| {
        let value =
            serde_json::from_str(&value).map_err(|_| "only values that JSON has can be kept".to_owned());
        told(
            value
                .and_then(|value| shared.borrow_mut().put(which == "connector", &key, value))
                .map(|()| String::new()),
        )
    };
    host.set("map_put", Function::new(ctx.clone(), put)?)?;
    let shared = Rc::clone(session);
    let remove = move |which: String, key: String| {
        let mut session = shared.borrow_mut();
        match which.as_str() {
            "connector" => session.connector_map.remove(&key),
            _ => session.maps.channel.remove(&key),
        };
        told(Ok(String::new()))
    };
    host.set("map_remove", Function::new(ctx.clone(), remove)?)
}

fn surroundings<'js>(ctx: &Ctx<'js>, host: &Object<'js>, session: &Shared) -> rquickjs::Result<()> {
    let shared = Rc::clone(session);
    let log = move |level: String, text: String| shared.borrow_mut().log(&level, &text);
    host.set("log", Function::new(ctx.clone(), log)?)?;
    let shared = Rc::clone(session);
    let lookup = move |table: String, key: String, column: String| {
        let session = shared.borrow();
        let found = session.lookup(&table, &key, &column);
        told(found.map(|value| value.map(|value| Value::from(value).to_string()).unwrap_or_default()))
    };
    host.set("lookup", Function::new(ctx.clone(), lookup)?)?;
    let shared = Rc::clone(session);
    let destination = move |name: String, kept: bool| {
        let mut session = shared.borrow_mut();
        if !session.destinations.contains(&name) {
            let all = session.destinations.join(", ");
            return told(Err(format!("there is no destination \"{name}\"; the channel has: {all}")));
        }
        if !kept {
            session.removed.insert(name);
        }
        told(Ok(String::new()))
    };
    host.set("destination", Function::new(ctx.clone(), destination)?)?;
    let shared = Rc::clone(session);
    let destinations = move || told(Ok(Value::from(shared.borrow().destinations.clone()).to_string()));
    host.set("destinations", Function::new(ctx.clone(), destinations)?)?;
    let shared = Rc::clone(session);
    let to_fhir = move |at: i32, text: String| told(to_fhir(&shared.borrow(), at, text));
    host.set("to_fhir", Function::new(ctx.clone(), to_fhir)?)?;
    let shared = Rc::clone(session);
    let from_fhir =
        move |resource: String, trigger: String| told(from_fhir(&shared.borrow(), &resource, &trigger));
    host.set("from_fhir", Function::new(ctx.clone(), from_fhir)?)
}

fn kind_of(session: &Session, at: usize) -> &'static str {
    match session.documents.get(at) {
        Some(Some(Document::Hl7(_))) => "hl7",
        Some(Some(Document::Json(_))) => "json",
        Some(Some(Document::Text(_))) => "text",
        _ => "none",
    }
}

fn with<T>(
    session: &Session,
    at: usize,
    look: impl FnOnce(&Document) -> Result<T, String>,
) -> Result<T, String> {
    let document = session.documents.get(at).and_then(Option::as_ref);
    document.map_or_else(|| Err("there is no such message".to_owned()), look)
}

fn hl7(session: &Session, at: usize) -> Result<&Message, String> {
    match session.documents.get(at) {
        Some(Some(Document::Hl7(message))) => Ok(message),
        _ => Err("this is no HL7 v2 message".to_owned()),
    }
}

fn hl7_mut(session: &mut Session, at: usize) -> Result<&mut Message, String> {
    match session.documents.get_mut(at) {
        Some(Some(Document::Hl7(message))) => Ok(message),
        _ => Err("this is no HL7 v2 message".to_owned()),
    }
}

fn text_of(session: &Session, at: usize) -> Answer {
    with(session, at, |document| Ok(String::from_utf8_lossy(&document.write().bytes).into_owned()))
}

/// Writes a field, within the bounds of what a connector may make.
fn set(session: &mut Session, at: usize, path: &str, text: &str) -> Answer {
    let most = session.limits.output_bytes_max;
    let document = session.documents.get_mut(at).and_then(Option::as_mut);
    let document = document.ok_or_else(|| "there is no such message".to_owned())?;
    if let Document::Hl7(message) = &*document
        && message.bytes().len() + text.len() > most
    {
        return Err(format!("the message would have more than {most} bytes"));
    }
    document.set(path, text).map(|()| String::new())
}

fn keep(session: &mut Session, at: usize, kind: &str, text: String) -> Answer {
    let most = session.limits.output_bytes_max;
    if text.len() > most {
        return Err(format!("the message would have {} bytes, and {most} is the most", text.len()));
    }
    session.documents[at] = match kind {
        _ if text.is_empty() => None,
        "json" => Some(Document::read(DataType::Json, text.as_bytes())?),
        _ => Some(Document::Text(text)),
    };
    Ok(String::new())
}

fn repetitions(session: &Session, at: usize, path: &str) -> Answer {
    let message = hl7(session, at)?;
    let path: Path = path.parse().map_err(|error: standards::hl7::message::PathError| error.to_string())?;
    let count = message.part(&path).map_or(0, |part| match (part.level(), part.is_empty()) {
        (_, true) => 0,
        (Level::Field, false) => part.parts().count(),
        _ => 1,
    });
    Ok(count.to_string())
}

fn add(session: &mut Session, at: usize, line: &str) -> Answer {
    let most = session.limits.output_bytes_max;
    let message = hl7_mut(session, at)?;
    if message.bytes().len() + line.len() > most {
        return Err(format!("the message would have more than {most} bytes"));
    }
    message.add_segment(line).map(|()| String::new()).map_err(|error| error.to_string())
}

/// Removes one segment of a name, or all where `number` is 0.
fn remove(session: &mut Session, at: usize, name: &str, number: usize) -> Answer {
    let message = hl7_mut(session, at)?;
    let named = message.segments_named(name).enumerate();
    let found: Vec<usize> = named
        .filter(|(nth, _)| number == 0 || nth + 1 == number)
        .map(|(_, segment)| segment.index())
        .collect();
    for index in found.into_iter().rev() {
        message.remove_segment(index).map_err(|error| error.to_string())?;
    }
    Ok(String::new())
}

fn to_fhir(session: &Session, at: i32, text: String) -> Answer {
    match usize::try_from(at) {
        Ok(at) => Ok(bundle_of(hl7(session, at)?)),
        Err(_) => Message::parse(text).map(|message| bundle_of(&message)).map_err(|error| error.to_string()),
    }
}

fn from_fhir(session: &Session, resource: &str, trigger: &str) -> Answer {
    let resource =
        serde_json::from_str(resource).map_err(|error| format!("this is not a resource: {error}"))?;
    let control_id = format!("{:x}", session.seed);
    message_of(&resource, trigger, session.now_us, &control_id).map_err(|error| error.to_string())
}
