//! Delivering what a C-MOVE asked for: an association of our own to the destination, one C-STORE for each object.

use std::sync::Arc;
use std::time::Duration;

use platform::imaging::association::Pdu;
use platform::imaging::association::requestor::{Accepted, Answers, Proposed};
use platform::imaging::dataset::recode;
use platform::imaging::dimse::{Command, Counts, Message, response, status, store_request};
use platform::imaging::{Admitted, Delivery, Object};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::patience::Patience;
use super::wire::Wire;
use crate::state::App;

/// Delivers, telling who asked after each object how far it is. Returns the last answer; `None` if who asked is gone.
pub(super) async fn deliver(
    app: &App,
    admitted: &Admitted,
    delivery: Arc<Delivery>,
    patience: Patience,
    back: &mut Wire,
    pdu_bytes_max: u32,
) -> Option<Message> {
    let mut counts = Counts::default();
    let total = delivery.objects.len();
    let mut trouble = None;
    if total > 0 {
        match Destination::reach(admitted, &delivery, patience).await {
            Err(what) => trouble = Some(what),
            Ok(mut destination) => {
                for number in 0..total {
                    match destination.take(app, admitted, &delivery, number).await {
                        Ok(code) if code == status::SUCCESS => counts.completed += 1,
                        Ok(code) if code >> 12 == 0xb => counts.warned += 1,
                        Ok(code) => {
                            counts.failed += 1;
                            trouble = Some(format!("the destination answered with status {code:04X}"));
                        }
                        Err(Failed::This(what)) => {
                            counts.failed += 1;
                            trouble = Some(what);
                        }
                        Err(Failed::All(what)) => {
                            trouble = Some(what);
                            break;
                        }
                    }
                    counts.remaining = u16::try_from(total - number - 1).unwrap_or(u16::MAX);
                    if counts.remaining > 0 {
                        let pending = response(&delivery.request, status::PENDING, None, Some(counts), None);
                        for pdu in pending.pdus(pdu_bytes_max) {
                            if !back.send(&pdu).await {
                                return None;
                            }
                        }
                    }
                }
                destination.release().await;
            }
        }
    }
    let admitted = admitted.clone();
    let done = app
        .run(move |platform| delivery.done(&platform.still_admitted(&admitted)?, counts, trouble.as_deref()));
    match done.await {
        Ok(last) => Some(last),
        Err(error) => {
            tracing::error!(%error, "a DICOM delivery could not be journalled");
            None
        }
    }
}

/// What could not be delivered.
enum Failed {
    /// One object.
    This(String),
    /// This one and all that follow.
    All(String),
}

/// An association with the node that objects go to.
struct Destination {
    wire: Wire,
    accepted: Accepted,
    answers: Answers,
    wait: Duration,
    originator: String,
}

impl Destination {
    async fn reach(admitted: &Admitted, delivery: &Delivery, patience: Patience) -> Result<Self, String> {
        let title = &delivery.destination.title;
        let address = delivery.destination.address.filter(|address| address.ip().is_loopback());
        let address = address.ok_or_else(|| format!("'{title}' has no address on this machine"))?;
        let wait = patience.delivery;
        let stream = match timeout(wait, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(format!("{address}: {error}")),
            Err(_) => return Err(format!("{address} does not answer")),
        };
        let mut wire = Wire::new(stream, patience.within);
        let objects = delivery.objects.iter().map(|one| (one.sop_class.as_str(), one.syntax.as_str()));
        let proposed = Proposed::of(objects);
        if !wire.send(&proposed.pdu(&admitted.called, title)).await {
            return Err(format!("{address} takes nothing"));
        }
        let answer = wire.next(wait).await.map_err(|_| format!("{address} does not speak DICOM in time"))?;
        let accepted = proposed.answered(&answer)?;
        let originator = admitted.access.actor().to_owned();
        Ok(Self { wire, accepted, answers: Answers::default(), wait, originator })
    }

    /// Sends one object; returns the status the destination answered with.
    async fn take(
        &mut self,
        app: &App,
        admitted: &Admitted,
        delivery: &Arc<Delivery>,
        number: usize,
    ) -> Result<u16, Failed> {
        // A delivery may take long; what the security desk does meanwhile holds for what is left of it.
        let caller = admitted.clone();
        let cut = app.run(move |platform| platform.cuts_off(&caller)).await;
        if cut.map_err(|error| Failed::This(error.to_string()))? {
            return Err(Failed::All("the security desk has cut off who asked for it".to_owned()));
        }
        let message = self.message(app, admitted, delivery, number).await.map_err(Failed::This)?;
        for pdu in message.pdus(self.accepted.pdu_bytes_max) {
            if !self.wire.send(&pdu).await {
                return Err(Failed::All("the destination takes no more".to_owned()));
            }
        }
        loop {
            let pdu = self.wire.next(self.wait).await;
            let pdu = pdu.map_err(|_| Failed::All("the destination does not answer".to_owned()))?;
            if !matches!(pdu, Pdu::PData { .. }) {
                return Err(Failed::All("the destination ended the association".to_owned()));
            }
            let commands = self.answers.take(pdu).map_err(|error| Failed::All(error.to_string()))?;
            if let Some(answer) = commands.first() {
                return Ok(answer.number(Command::STATUS).unwrap_or(status::PROCESSING_FAILURE));
            }
        }
    }

    async fn message(
        &self,
        app: &App,
        admitted: &Admitted,
        delivery: &Arc<Delivery>,
        number: usize,
    ) -> Result<Message, String> {
        let planned = &delivery.objects[number];
        let context = self.accepted.context_for(&planned.sop_class, &planned.syntax);
        let (context, syntax) = context
            .ok_or_else(|| format!("the destination takes no {} in {}", planned.sop_class, planned.syntax))?;
        let (admitted, wanted) = (admitted.clone(), Arc::clone(delivery));
        let object =
            app.run(move |platform| wanted.object(&platform.still_admitted(&admitted)?, number)).await;
        let object = object.map_err(|error| error.to_string())?;
        let object = object.ok_or_else(|| format!("object {} is gone", planned.sop_instance))?;
        let dataset = in_syntax(&object, &syntax)?;
        let id = u16::try_from(number + 1).unwrap_or(1);
        let asked = delivery.request.command.number(Command::MESSAGE).unwrap_or_default();
        let names = (planned.sop_class.as_str(), planned.sop_instance.as_str());
        Ok(store_request(id, names, (context, &syntax), dataset, (&self.originator, asked)))
    }

    async fn release(mut self) {
        if self.wire.send(&Pdu::ReleaseRQ).await {
            drop(self.wire.next(self.wait).await);
        }
        self.wire.close().await;
    }
}

fn in_syntax(object: &Object, syntax: &str) -> Result<Vec<u8>, String> {
    let own = &object.meta().syntax;
    if own == syntax {
        return Ok(object.dataset().to_vec());
    }
    recode(object.dataset(), own, syntax).map_err(|error| error.to_string())
}
