use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use store::records::{Attempt, Person, Role};
use training::attempt::{Grain, Seed};
use training::lab::{Lab, Variant};
use training::proof::{Judged, Player, Started};
use training::script::{Call, Reply, Served};

use super::authorize::ScriptedApp;
use super::error::LabError;
use super::gather::Scene;
use super::hands::{Errand, Hands, Program, Serving};
use super::modality::act;
use super::send::send;
use super::start::Start;
use crate::chains;
use crate::clock::Clock;
use crate::live::Stepped;
use crate::platform::Platform;
use crate::sandboxes::ClockChange;

/// Messages moved at a time.
const STEPS: usize = 256;

/// The status of what is at work and not done, and how long it is left to itself then.
const ACCEPTED: (u16, Duration) = (202, Duration::from_millis(5));
/// The same of what is made elsewhere and not there yet, such as a model that learns.
const NOT_FOUND: (u16, Duration) = (404, Duration::from_millis(100));

/// What seeds of proofs are drawn under: every proof of a lab meets the same patients, whoever runs it.
const KEY: &[u8] = b"proof";

/// Plays labs for their proof, each attempt in a sandbox of its own, through the interfaces that learners use.
pub struct LabPlayer<'a> {
    platform: &'a Platform,
    hands: &'a dyn Hands,
    stopwatch: &'a dyn Clock,
    current: Option<(Person, Attempt)>,
    /// Services that answer while the attempt lasts.
    serving: Vec<Serving>,
}

impl<'a> LabPlayer<'a> {
    /// A player on `platform`, whose requests go through `hands` and whose times are taken with `stopwatch`.
    pub fn new(platform: &'a Platform, hands: &'a dyn Hands, stopwatch: &'a dyn Clock) -> Self {
        Self { platform, hands, stopwatch, current: None, serving: Vec::new() }
    }

    fn begin(
        &mut self,
        lab: &Lab,
        variant: &Variant,
        learner: &str,
    ) -> Result<training::text::Values, LabError> {
        self.finish()?;
        let person = self.platform.stand_in(&learner.replace(' ', "-"), Role::Learner)?;
        let how = Start {
            anew: true,
            variant: Some(variant.id.clone()),
            seed: Some(Seed::derive(KEY, learner, &lab.id, 1).draw("attempt")),
        };
        let attempt = self.platform.start_attempt(&person, &lab.id, &how)?;
        let case = self.platform.case(attempt)?;
        let values = case.values;
        self.current = Some((person, case.attempt));
        Ok(values)
    }

    /// Whether the current attempt is this learner's at this variant.
    fn plays(&self, lab: &Lab, variant: &Variant, learner: &str) -> Result<bool, LabError> {
        let Some((person, attempt)) = &self.current else { return Ok(false) };
        let meant = self.platform.stand_in(&learner.replace(' ', "-"), Role::Learner)?;
        Ok(person.id == meant.id && attempt.lab == lab.id && attempt.variant == variant.id)
    }

    /// Gives up the attempt that was played, with its hospital.
    fn finish(&mut self) -> Result<(), LabError> {
        self.serving.clear();
        self.current.take().map_or(Ok(()), |(_, attempt)| self.platform.give_up(&attempt))
    }

    fn playing(&self) -> Result<&(Person, Attempt), String> {
        self.current.as_ref().ok_or_else(|| "no attempt has been started".to_owned())
    }

    fn sandbox(&self) -> Result<&str, String> {
        let (_, attempt) = self.playing()?;
        attempt.sandbox.as_ref().map(|id| id.as_str()).ok_or_else(|| LabError::NoSandbox.to_string())
    }

    /// What a hospital that runs does by itself: messages reach whom they are for, and people go on.
    fn let_messages_move(&self) -> Result<(), String> {
        let sandbox = self.sandbox()?;
        while self.platform.step_hospital(sandbox, STEPS).map_err(in_words)? == Stepped::More {}
        self.platform.play_actors(sandbox, self.hands).map_err(in_words)?;
        Ok(())
    }

    fn timed<T>(&self, work: impl FnOnce() -> T) -> (T, u64) {
        let before_us = self.stopwatch.now_us();
        let done = work();
        (done, u64::try_from(self.stopwatch.now_us() - before_us).unwrap_or(0))
    }
}

impl Drop for LabPlayer<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.finish() {
            tracing::warn!(%error, "the last hospital of a proof was not removed");
        }
    }
}

impl Player for LabPlayer<'_> {
    fn start(&mut self, lab: &Lab, variant: &Variant, learner: &str) -> Result<Started, String> {
        let before_us = self.stopwatch.now_us();
        let values = self.begin(lab, variant, learner).map_err(in_words)?;
        let took_us = u64::try_from(self.stopwatch.now_us() - before_us).unwrap_or(0);
        Ok(Started { values, took_us })
    }

    /// Most of the start of a house full of people is their past, which a reset has at hand.
    fn start_again(&mut self, lab: &Lab, variant: &Variant, learner: &str) -> Result<Started, String> {
        let has_past = variant.faults.iter().any(|fault| fault.with["layer"] == "actors");
        if !has_past || !self.plays(lab, variant, learner).map_err(in_words)? {
            return self.start(lab, variant, learner);
        }
        let before_us = self.stopwatch.now_us();
        self.serving.clear();
        self.reset()?;
        let (_, attempt) = self.playing()?;
        let values = self.platform.case(attempt.clone()).map_err(in_words)?.values;
        let took_us = u64::try_from(self.stopwatch.now_us() - before_us).unwrap_or(0);
        Ok(Started { values, took_us })
    }

    fn play(&mut self, call: &Call) -> Result<Reply, String> {
        let (person, attempt) = self.playing()?;
        let reply = match call {
            Call::Http { role, method, path, headers, body } => {
                let person = self.platform.cast(*role, person).map_err(in_words)?;
                self.hands.call(&Errand {
                    sandbox: self.sandbox()?,
                    person: person.as_ref(),
                    method,
                    path,
                    headers,
                    body: body.as_ref(),
                    probing: false,
                })
            }
            Call::Hl7 { system, message } => send(self.platform, self.sandbox()?, system, message),
            Call::Rpc { method, params } => {
                let access = self.platform.enter(person, self.sandbox()?, "lab").map_err(in_words)?;
                chains::request(self.platform, &access, method, params).map_err(in_words)
            }
            Call::Dicom { calling, deed, fields } => {
                act(self.platform, self.sandbox()?, calling, *deed, fields)
            }
            Call::Serve(service) => {
                let serving = self.hands.serve(program(service.clone()))?;
                let reply = Reply { status: 200, body: json!({"url": serving.url}), ..Reply::default() };
                self.serving.push(serving);
                return Ok(reply);
            }
            Call::App(act) => {
                let access = self.platform.enter(person, self.sandbox()?, "client").map_err(in_words)?;
                let case = self.platform.case(attempt.clone()).map_err(in_words)?;
                let fhir = case.base_url();
                ScriptedApp { platform: self.platform, access: &access, learner: person, fhir }.act(act)
            }
            Call::Answer { check, value } => {
                let answered = self.platform.answer(person, &attempt.id, check, value, self.hands);
                Ok(match answered {
                    Ok(_) => done(),
                    Err(error) => {
                        Reply { status: 422, body: json!({"detail": error.to_string()}), ..Reply::default() }
                    }
                })
            }
            Call::Advance { us } => {
                let access = self.platform.enter(person, self.sandbox()?, "lab").map_err(in_words)?;
                let seconds = u32::try_from(us / 1_000_000).map_err(in_words)?;
                let change = ClockChange::AdvanceSeconds(seconds);
                self.platform.change_clock(&access, change).map_err(in_words)?;
                Ok(done())
            }
        }?;
        self.let_messages_move()?;
        if let Some((_, pause)) = [ACCEPTED, NOT_FOUND].iter().find(|(status, _)| *status == reply.status) {
            std::thread::sleep(*pause);
        }
        Ok(reply)
    }

    fn verdicts(&mut self) -> Result<Vec<Judged>, String> {
        let (_, attempt) = self.playing()?;
        let case = self.platform.case(attempt.clone()).map_err(in_words)?;
        let scene = Scene::open(self.platform, &case, self.hands).map_err(in_words)?;
        let judge = |check| {
            let (judged, took_us) = self.timed(|| scene.judge(check));
            let truth = scene.truth(check, &judged);
            Judged { check: check.id.clone(), verdict: judged.verdict, truth, took_us }
        };
        Ok(case.variant().checks().map(judge).collect())
    }

    fn state_hash(&mut self) -> Result<String, String> {
        let (person, _) = self.playing()?;
        let access = self.platform.enter(person, self.sandbox()?, "lab").map_err(in_words)?;
        access.sandbox().state_digest().map_err(in_words)
    }

    fn reset(&mut self) -> Result<(), String> {
        let (person, attempt) = self.playing()?;
        self.platform.reset_attempt(person, &attempt.id, &Grain::Lab).map_err(in_words)?;
        Ok(())
    }
}

/// A service as a program that answers.
fn program(service: Served) -> Program {
    let engine = fhirpath::Engine::new();
    Arc::new(move |method, path, body| {
        std::thread::sleep(Duration::from_millis(u64::from(service.delay_ms)));
        service.answer(method, path, body, &engine)
    })
}

fn done() -> Reply {
    Reply { status: 200, ..Reply::default() }
}

fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
