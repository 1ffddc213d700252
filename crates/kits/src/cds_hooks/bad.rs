use serde_json::{Value, json};

use super::call::{INSTANCE, called, post};
use super::people::{Carries, people};
use crate::model::{Group, Stop, Test};
use crate::run::Step;

/// Requests that are none.
pub(super) fn group() -> Group {
    let test = |name: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>| {
        Test::new(format!("cds-hooks-service/bad/{name}"), title, work)
            .of(&["cds.refuses"])
            .needs(&["discovery"])
    };
    Group {
        id: "cds-hooks-service/bad".to_owned(),
        title: "Wrong requests".to_owned(),
        about: "Each is a good call with one thing wrong. It is refused with 4xx: a client then knows that the mistake is its own.".to_owned(),
        tests: vec![
            test("json", "A body that is no JSON is refused", no_json),
            test("hook", "A hook that the service is not for is refused", other_hook),
            test("instance", "A call without hookInstance is refused", no_instance),
            test("patient", "A call about nobody is refused", nobody),
            test("service", "A service that is not offered is not found", no_service),
        ],
        ..Group::default()
    }
}

fn no_json(step: &mut Step<'_>) -> Result<(), Stop> {
    let service = called(step)?.remove(0).id;
    for body in ["{\"hook\": ", "", "[]"] {
        refused(step, &service, body, "a body that is no JSON object")?;
    }
    Ok(())
}

fn other_hook(step: &mut Step<'_>) -> Result<(), Stop> {
    with(step, "a hook that it is not for", |body| body["hook"] = "appointment-book".into())
}

fn no_instance(step: &mut Step<'_>) -> Result<(), Stop> {
    with(step, "no hookInstance", |body| body["hookInstance"] = Value::Null)
}

fn nobody(step: &mut Step<'_>) -> Result<(), Stop> {
    with(step, "no patientId in its context", |body| body["context"]["patientId"] = Value::Null)
}

fn no_service(step: &mut Step<'_>) -> Result<(), Stop> {
    called(step)?;
    let body = json!({"hook": "patient-view", "hookInstance": INSTANCE, "context": {"userId": "Practitioner/1", "patientId": "1"}});
    refused(step, "no-such-service-of-this-kit", &body.to_string(), "a service that is not offered")
}

/// A good call with one thing spoilt, to every service.
fn with(step: &mut Step<'_>, what: &str, spoil: fn(&mut Value)) -> Result<(), Stop> {
    for offer in called(step)? {
        let mut body = people()[0].call(&offer, Carries::Everything, INSTANCE, step.now_us());
        spoil(&mut body);
        // What is null is left out, as a client that forgot it would.
        if body["hookInstance"].is_null() {
            body.as_object_mut().map(|members| members.remove("hookInstance"));
        }
        refused(step, &offer.id, &body.to_string(), what)?;
    }
    Ok(())
}

fn refused(step: &mut Step<'_>, service: &str, body: &str, what: &str) -> Result<(), Stop> {
    match post(step, service, body)?.status {
        400..500 => Ok(()),
        other => Err(Stop::Fail(format!("{service} was sent {what}, and answered with {other}, not 4xx"))),
    }
}
