//! What happened in a hospital before its learner came: commands that people gave, messages and pictures that systems
//! sent, channels that somebody wrote, and problems that came and went, each at its time.

use hospital::calendar::MINUTE_US;
use serde_json::{Map, Value, json};
use store::StoreError;
use store::sandbox::systems::{Message, MessageState};

use super::event::{Account, BACK_MAX, Earlier, EarlierError, Event, QUIET_BACK_MAX, Receive, Send};
use crate::access::Access;
use crate::ehr::commands::{CommandError, run_by_house};
use crate::engine::{InterfaceError, Origin, SaveChannel, receive, save_channel};
use crate::entropy::{Entropy, SeededEntropy};
use crate::fhir::{Context, Interaction, pairs_of, perform};
use crate::identity::{Subject, enrol};
use crate::imaging::{accession, register_entity};
use crate::labs::modality::sent_before;
use crate::live::{InterfaceChange, Stepped};
use crate::messages::{PlaceError, begin, place, queue_by_hand};
use crate::platform::Platform;
use crate::topology::topology;

/// Lets it all happen, in its order, and everything else move as it does by itself. What messages are left where is the truth:
/// `waiting`, `refused`, `lost`, and `failed` for the last two, each a list of `interface`, `seq`, `control_id`, `event` and `patient`; and under the name
/// of each named event the `type` and `id` of what it wrote first, of an order also the `accession`, and the `messages` it sent.
pub(in crate::labs) fn earlier_events(
    platform: &Platform,
    access: &Access,
    table: &Value,
    seed: u64,
) -> Result<Value, EarlierError> {
    let earlier: Earlier = serde_json::from_value(table.clone())?;
    let entropy = SeededEntropy::new(seed);
    let mut past = Past { platform, access, entropy, seed, named: Map::new() };
    access.sandbox().change(|change| begin(change, access.virtual_us() - BACK_MAX * MINUTE_US))?;
    let mut before = i64::MAX;
    for (at, event) in earlier.event.iter().enumerate() {
        let back_max = if event.is_quiet() { QUIET_BACK_MAX } else { BACK_MAX };
        if !(0..=before).contains(&event.minutes_ago) || event.minutes_ago > back_max {
            let what = format!(
                "minutes_ago is {}: give at most three days (120 for account, app and look), the oldest first",
                event.minutes_ago
            );
            return Err(EarlierError::Event(at, what));
        }
        before = event.minutes_ago;
        past.happen(event).map_err(|what| EarlierError::Event(at, what))?;
    }
    past.go_on_until(access)?;
    past.truth()
}

/// A hospital while its past is made.
struct Past<'a> {
    platform: &'a Platform,
    access: &'a Access,
    entropy: SeededEntropy,
    seed: u64,
    named: Map<String, Value>,
}

impl Past<'_> {
    fn happen(&mut self, event: &Event) -> Result<(), String> {
        let then_us = self.access.virtual_us() - event.minutes_ago * MINUTE_US;
        let by = event.by.as_deref().unwrap_or("staff");
        let access = self.access.acting_as(by, "EHR").at(then_us);
        if event.minutes_ago <= BACK_MAX {
            self.go_on_until(&access).map_err(in_words)?;
        }
        let last = self.last_message().map_err(in_words)?;
        let wrote = match event {
            Event { command: Some(command), with, .. } => {
                self.command(&access, command, with.as_ref().unwrap_or(&Value::Null))?
            }
            Event { send: Some(send), .. } => self.send(&access, send)?,
            Event { channel: Some(text), .. } => {
                let save = SaveChannel { name: None, text, note: "as it was", deploy: true };
                save_channel(self.platform, &access, &save).map_err(channel_words)?;
                Value::Null
            }
            Event { let_in: Some(title), .. } => {
                register_entity(&access, title, None, None).map_err(|error| error.to_string())?;
                Value::Null
            }
            Event { picture: Some(picture), .. } => {
                sent_before(&access.acting_as(&picture.calling, "DICOM"), &picture.fields)?;
                Value::Null
            }
            Event { receive: Some(receive), .. } => self.receive(&access, receive)?,
            Event { stop: Some(interface), .. } => {
                let stopped = self.platform.change_interface(&access, interface, &InterfaceChange::Stop);
                stopped.map_err(|error| error.to_string())?;
                Value::Null
            }
            Event { fault: Some(table), .. } => {
                place(&access, table, self.seed).map_err(|error: PlaceError| error.to_string())?
            }
            Event { account: Some(account), .. } => {
                self.enrol(&access, account).map_err(in_words)?;
                Value::Null
            }
            Event { app: Some(metadata), .. } => {
                // Its id and secret are the identity provider's own, and so no part of the truth.
                let registered =
                    self.platform.register_app(&access, metadata.to_string().as_bytes(), Some(by));
                registered.map_err(|error| error.to_string())?;
                Value::Null
            }
            Event { look: Some(address), .. } => self.look(&access, address)?,
            _ => {
                let what = "say what happened: command, send, let_in, picture, channel, receive, stop, fault, account, app or look";
                return Err(what.to_owned());
            }
        };
        if let Some(name) = &event.name {
            let messages = self.messages(|message| message.seq > last).map_err(in_words)?;
            let mut truth = if wrote.is_object() { wrote } else { json!({}) };
            truth["messages"] = messages.iter().map(said).collect();
            self.named.insert(name.clone(), truth);
        }
        Ok(())
    }

    fn context<'c>(&'c self, access: &'c Access) -> Context<'c> {
        let limits = &self.platform.limits.json;
        Context { access, base_url: "", entropy: &self.entropy, limits }
    }

    fn command(&self, access: &Access, name: &str, with: &Value) -> Result<Value, String> {
        let form = self.resolved(with);
        let context = self.context(access);
        let done = access
            .change("command", |change| run_by_house(&context, change, name, &form, None))
            .map_err(|error: CommandError| format!("{name}: {error}"))?;
        let first = done.resources.first();
        Ok(first.map_or(Value::Null, |one| {
            let mut wrote = json!({"type": one.kind, "id": one.id});
            if one.kind == "ServiceRequest" {
                wrote["accession"] = accession(&one.id).into();
            }
            wrote
        }))
    }

    fn enrol(&self, access: &Access, account: &Account) -> Result<(), StoreError> {
        let secret = account.second_factor.then(|| {
            let mut bytes = [0; 20];
            self.entropy.fill(&mut bytes);
            bytes
        });
        let subject = Subject {
            login: account.login.clone(),
            name: account.name.clone(),
            fhir_user: account.practitioner.clone(),
        };
        enrol(access, subject, &account.role, secret)
    }

    /// Reads as a program does for somebody; what came back is of no interest, what the journal keeps is.
    fn look(&self, access: &Access, address: &str) -> Result<Value, String> {
        let access = access.acting_as(access.actor(), "app");
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let parameters = pairs_of(query);
        let interaction = match path.split_once('/') {
            Some((kind, id)) => Interaction::Read { kind, id, known_version: None },
            None => Interaction::Search { kind: path, parameters: &parameters, strict: true },
        };
        perform(&self.context(&access), &interaction).map_err(|error| format!("{address}: {error}"))?;
        let (seq, _) = access.sandbox().journal_head().map_err(in_words)?;
        Ok(json!({"entry": seq}))
    }

    /// A form with `@NAME` replaced by what the event of that name wrote, as `Type/ID`.
    fn resolved(&self, form: &Value) -> Value {
        match form {
            Value::String(text) => match text.strip_prefix('@').and_then(|name| self.named.get(name)) {
                Some(made) => format!(
                    "{}/{}",
                    made["type"].as_str().unwrap_or_default(),
                    made["id"].as_str().unwrap_or_default()
                )
                .into(),
                None => form.clone(),
            },
            Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), self.resolved(value))).collect()
            }
            other => other.clone(),
        }
    }

    /// Lines as segments, with `@NAME` replaced by the id of what the event of that name wrote.
    fn lines(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, made) in &self.named {
            text = text.replace(&format!("@{name}"), made["id"].as_str().unwrap_or_default());
        }
        text.trim().lines().map(|line| format!("{}\r", line.trim())).collect()
    }

    fn send(&self, access: &Access, send: &Send) -> Result<Value, String> {
        let segments = self.lines(&send.segments);
        let subject = send.patient.as_ref().map(|id| format!("Patient/{id}"));
        let way = (send.from.as_str(), send.event.as_str());
        let copies = access
            .change("hl7.queued", |change| queue_by_hand(access, change, way, &segments, subject.as_deref()));
        match copies.map_err(in_words)? {
            0 => Err(format!("no interface carries {} from {}, or it is no message", send.event, send.from)),
            _ => Ok(Value::Null),
        }
    }

    fn receive(&self, access: &Access, one: &Receive) -> Result<Value, String> {
        let raw = self.lines(&one.message);
        let receipt = receive(self.platform, access, &one.channel, raw.as_bytes(), &Origin::default());
        let receipt = receipt.map_err(channel_words)?;
        Ok(json!({"message": receipt.message}))
    }

    /// Lets everything move by itself until then.
    fn go_on_until(&self, access: &Access) -> Result<(), StoreError> {
        while self.platform.step(access, &self.entropy)? == Stepped::More {}
        Ok(())
    }

    fn last_message(&self) -> Result<i64, StoreError> {
        Ok(self.messages(|_| true)?.last().map_or(0, |message| message.seq))
    }

    /// The messages of every interface that are meant, in the order in which they set out.
    fn messages(&self, meant: impl Fn(&Message) -> bool) -> Result<Vec<Message>, StoreError> {
        let mut found = Vec::new();
        self.access.sandbox().view(|view| {
            for interface in &topology().interfaces {
                found.extend(view.messages(&interface.id, usize::MAX >> 1)?.into_iter().filter(&meant));
            }
            Ok::<_, StoreError>(())
        })?;
        found.sort_by_key(|message| message.seq);
        Ok(found)
    }

    fn truth(mut self) -> Result<Value, EarlierError> {
        for (name, state) in [
            ("waiting", &[MessageState::Waiting][..]),
            ("refused", &[MessageState::Refused]),
            ("lost", &[MessageState::Lost]),
            ("failed", &[MessageState::Refused, MessageState::Lost]),
        ] {
            let left = self.messages(|message| state.contains(&message.state))?;
            self.named.insert(name.to_owned(), left.iter().map(said).collect());
        }
        Ok(Value::Object(self.named))
    }
}

fn said(message: &Message) -> Value {
    let patient = message.subject.as_deref().and_then(|subject| subject.strip_prefix("Patient/"));
    json!({
        "interface": message.interface,
        "seq": message.seq,
        "control_id": message.control_id,
        "event": message.event,
        "patient": patient,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn in_words(error: StoreError) -> String {
    error.to_string()
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn channel_words(error: InterfaceError) -> String {
    error.to_string()
}
