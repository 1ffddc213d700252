//! Being called from outside: waiting for one call, and playing a server that answers many.

use std::time::{Duration, Instant};

use super::desk::Said;
use super::inbox::Inbound;
use super::step::{Step, micros, shown};
use crate::model::{Body, Exchange, Outcome, Protocol, Stop};

impl Step<'_> {
    /// Plays a server: has `answer` say what to answer to each call from outside, until it says that this was the last, or
    /// none came for `patience`. True if it was the last that ended it.
    ///
    /// # Errors
    /// [`Stop`] if the run was stopped, or has had its exchanges.
    pub fn serve(
        &mut self,
        to_do: &str,
        patience: Duration,
        answer: &mut dyn FnMut(&Inbound) -> (Said, bool),
    ) -> Result<bool, Stop> {
        self.begin_to_wait(to_do);
        let began = Instant::now();
        let mut was_last = false;
        while !was_last {
            self.may_ask()?;
            let at_us = self.now_us();
            let call = self.run.desk.next(patience, || !self.run.is_stopped());
            let Some((call, asker)) = call else { break };
            let taken = Instant::now();
            let (said, last) = answer(&call);
            was_last = last;
            self.record_call(&call, (at_us, micros(taken)), Some(&said));
            // Whoever asked may have gone; that is theirs.
            drop(asker.try_send(said));
            (self.tell)();
        }
        self.end_waiting(began).map(|()| was_last)
    }

    /// Waits for a call from outside, having told a person what to do.
    ///
    /// # Errors
    /// [`Stop`] if none came in time, or the run was stopped.
    pub fn wait(&mut self, identifier: &str, to_do: &str, patience: Duration) -> Result<Inbound, Stop> {
        let at_us = self.now_us();
        let began = Instant::now();
        self.begin_to_wait(to_do);
        let call = self.run.inbox.wait(identifier, patience, || !self.run.is_stopped());
        self.end_waiting(began)?;
        let Some(call) = call else {
            let seconds = patience.as_secs();
            return Err(Stop::Skip(format!("nothing came within {seconds} seconds; it waited for: {to_do}")));
        };
        self.record_call(&call, (at_us, micros(began)), None);
        Ok(call)
    }

    /// Says what somebody has to do.
    fn begin_to_wait(&self, to_do: &str) {
        self.run.lock().change(self.id, |node| {
            node.outcome = Some(Outcome::Wait);
            to_do.clone_into(&mut node.message);
        });
        (self.tell)();
    }

    /// Goes on. Time that people took since `began` is nobody's who is tested.
    fn end_waiting(&mut self, began: Instant) -> Result<(), Stop> {
        self.run.lock().change(self.id, |node| {
            node.outcome = Some(Outcome::Running);
            node.message = String::new();
        });
        self.bag.began += began.elapsed();
        if self.run.is_stopped() { Err(Stop::Cancel) } else { Ok(()) }
    }

    /// Records a call from outside, when it came and how long it took, with what was answered if that was the test's to say.
    fn record_call(&mut self, call: &Inbound, (at_us, took_us): (i64, i64), said: Option<&Said>) {
        self.record(Exchange {
            number: 0,
            protocol: Protocol::Http,
            inbound: true,
            what: call.what.clone(),
            at_us,
            took_us,
            request_headers: shown(&call.headers),
            request: Body::of(&call.body),
            status: said.map(|said| said.status.to_string()),
            response_headers: said.map(|said| said.headers.clone()).unwrap_or_default(),
            response: said.map(|said| Body::of(&said.body)).unwrap_or_default(),
            trouble: None,
        });
    }
}
