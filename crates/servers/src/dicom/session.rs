use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use platform::access::Came;
use platform::imaging::association::{Acceptor, Pdu, Proposal, Rejection, Step};
use platform::imaging::dimse::Message;
use platform::imaging::{Admitted, Served, note_protocol, serve};
use platform::watch::Happening;
use tokio::net::TcpStream;
use tokio::sync::broadcast::Receiver;

use super::deliver::deliver;
use super::patience::Patience;
use super::wire::{Stopped, Wire};
use crate::live::measure_taken;
use crate::state::App;

/// One association, from the connection to its end.
pub(super) struct Session {
    app: App,
    wire: Wire,
    from: SocketAddr,
    came: Came,
    patience: Patience,
    acceptor: Acceptor,
    /// Who was let in, and what happens in the hospital they called: the security desk may end the association.
    admitted: Option<(Admitted, Receiver<Happening>)>,
}

/// What came of waiting for more.
enum Waited {
    Next(Result<Pdu, Stopped>),
    Cut,
}

/// Whether the association goes on.
#[derive(PartialEq)]
enum Goes {
    On,
    Over,
}

impl Session {
    pub(super) fn new(
        app: App,
        stream: TcpStream,
        (from, came): (SocketAddr, Came),
        patience: Patience,
    ) -> Self {
        let wire = Wire::new(stream, patience.within);
        Self { app, wire, from, came, patience, acceptor: Acceptor::default(), admitted: None }
    }

    /// Attends to the peer until either side ends it.
    pub(super) async fn attend(mut self) {
        loop {
            let wait = if self.admitted.is_some() { self.patience.idle } else { self.patience.request };
            let steps = match self.wait(wait).await {
                Waited::Cut => self.acceptor.cut(),
                Waited::Next(Ok(pdu)) => self.acceptor.take(pdu),
                Waited::Next(Err(Stopped::Closed { midway })) => {
                    let how = if midway { "in the midst of a PDU" } else { "without a release" };
                    self.note(format!("the peer closed the connection {how}")).await;
                    return;
                }
                Waited::Next(Err(Stopped::Silent { midway })) => {
                    let how = if midway { "in the midst of a PDU" } else { "between two messages" };
                    self.acceptor.abort_unreadable(format!("the peer fell silent {how}"))
                }
                Waited::Next(Err(Stopped::Unreadable(what))) => self.acceptor.abort_unreadable(what),
            };
            for step in steps {
                if self.carry_out(step).await == Goes::Over {
                    self.wire.close().await;
                    return;
                }
            }
        }
    }

    /// Waits for the next PDU, which must begin within that time, and no longer than the security desk lets the association
    /// stand.
    async fn wait(&mut self, wait: Duration) -> Waited {
        let Self { wire, admitted, app, .. } = self;
        let cut = async {
            let Some((admitted, heard)) = admitted else { return std::future::pending().await };
            loop {
                measure_taken(heard).await;
                if is_cut(app, admitted).await {
                    return;
                }
            }
        };
        tokio::select! {
            next = wire.next(wait) => Waited::Next(next),
            () = cut => Waited::Cut,
        }
    }

    async fn carry_out(&mut self, step: Step) -> Goes {
        match step {
            Step::Send(pdu) => self.sent(pdu).await,
            Step::Decide(proposal) => self.decide(proposal).await,
            Step::Perform(message) => self.perform(message).await,
            Step::Close(what) => {
                if let Some(what) = what {
                    self.note(what).await;
                }
                Goes::Over
            }
        }
    }

    async fn decide(&mut self, proposal: Proposal) -> Goes {
        let (asked, came) = (proposal.clone(), self.came.clone());
        let decided = self.app.run(move |platform| platform.admit(&asked, Some(&came))).await;
        let steps = match decided {
            Ok(Ok(admitted)) => {
                let heard = self.app.live.follow(admitted.access.sandbox().id());
                // What was done in the moment before anybody listened for it is seen now.
                let is_cut = is_cut(&self.app, &admitted).await;
                self.admitted = Some((admitted, heard));
                if is_cut { self.acceptor.reject(Rejection::CallingUnknown) } else { self.acceptor.accept() }
            }
            Ok(Err(why)) => {
                let word = why.word();
                tracing::info!(client.address = %self.from, dicom.called = proposal.called, dicom.why = word, "a DICOM association was rejected");
                self.acceptor.reject(why)
            }
            Err(error) => {
                tracing::error!(%error, "a DICOM caller could not be looked up");
                self.acceptor.reject(Rejection::Busy)
            }
        };
        self.all(steps).await
    }

    /// Steps that ask for nothing but sending and closing.
    async fn all(&mut self, steps: Vec<Step>) -> Goes {
        for step in steps {
            match step {
                Step::Send(pdu) => {
                    if self.sent(pdu).await == Goes::Over {
                        return Goes::Over;
                    }
                }
                Step::Close(_) => return Goes::Over,
                Step::Decide(_) | Step::Perform(_) => {}
            }
        }
        Goes::On
    }

    async fn perform(&mut self, message: Message) -> Goes {
        let Some(admitted) = self.admitted() else { return Goes::Over };
        let served = self.app.run(move |platform| {
            let access = platform.still_admitted(&admitted)?;
            Ok::<_, platform::StoreError>(serve(&admitted, &access, &message))
        });
        let answers = match served.await {
            Ok((Served::Answers(answers), trouble)) => {
                if let Some(error) = trouble {
                    tracing::error!(%error, "a DICOM message could not be served");
                }
                answers
            }
            Ok((Served::Deliver(delivery), _)) => return self.deliver(*delivery).await,
            Err(error) => {
                tracing::warn!(%error, "the hospital of a DICOM association is gone");
                let steps = self.acceptor.abort_unreadable("the hospital is gone".to_owned());
                return self.all(steps).await;
            }
        };
        for answer in answers {
            if !self.answered(&answer).await {
                return Goes::Over;
            }
        }
        Goes::On
    }

    async fn deliver(&mut self, delivery: platform::imaging::Delivery) -> Goes {
        let Some(admitted) = self.admitted() else { return Goes::Over };
        let (peer, app, patience) = (self.acceptor.peer_pdu_bytes_max(), self.app.clone(), self.patience);
        let delivery = Arc::new(delivery);
        let last = deliver(&app, &admitted, delivery, patience, &mut self.wire, peer).await;
        match last {
            Some(answer) if self.answered(&answer).await => Goes::On,
            _ => Goes::Over,
        }
    }

    async fn answered(&mut self, answer: &Message) -> bool {
        for pdu in answer.pdus(self.acceptor.peer_pdu_bytes_max()) {
            if !self.wire.send(&pdu).await {
                self.note("the peer does not take the answer".to_owned()).await;
                return false;
            }
        }
        true
    }

    fn admitted(&self) -> Option<Admitted> {
        self.admitted.as_ref().map(|(admitted, _)| admitted.clone())
    }

    async fn sent(&mut self, pdu: Pdu) -> Goes {
        if self.wire.send(&pdu).await { Goes::On } else { Goes::Over }
    }

    /// Journals what a peer did that it should not have, in the hospital it reached; elsewhere it is only logged.
    async fn note(&self, what: String) {
        tracing::debug!(client.address = %self.from, what, "a DICOM peer broke off or broke the protocol");
        let Some(admitted) = self.admitted() else { return };
        let noted = self.app.run(move |platform| note_protocol(&platform.still_admitted(&admitted)?, &what));
        if let Err(error) = noted.await {
            tracing::warn!(%error, "a broken DICOM association could not be journalled");
        }
    }
}

/// Whether the security desk ends an association. Where that cannot be said, it goes on.
async fn is_cut(app: &App, admitted: &Admitted) -> bool {
    let admitted = admitted.clone();
    let cut = app.run(move |platform| platform.cuts_off(&admitted)).await;
    cut.unwrap_or_else(|error| {
        tracing::warn!(%error, "whether a standing DICOM association is cut could not be looked up");
        false
    })
}

/// Tells a peer that there is no room now.
pub(super) async fn turn_away(stream: TcpStream, patience: Patience) {
    let mut wire = Wire::new(stream, patience.within);
    if wire.next(patience.request).await.is_ok() {
        wire.send(&Rejection::Busy.pdu()).await;
    }
    wire.close().await;
}
