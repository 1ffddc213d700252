//! Scripts and their actions, as an author writes them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{AppAct, Body, DicomDeed, Served};
use crate::lab::{Duration, Role};
use crate::problem::Place;

/// A list of actions.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its file's name without ending.
    pub id: String,
    /// What it does, in a few words.
    pub title: String,
    /// Variants it is for; empty means all.
    pub variants: Vec<String>,
    /// For a wrong answer: the checks it must fail, and no other.
    pub fails: Vec<String>,
    /// What is done, in order.
    pub actions: Vec<Action>,
    /// Where its file is.
    pub place: Place,
}

impl Script {
    /// Whether it is meant for this variant.
    #[must_use]
    pub fn plays_in(&self, variant: &str) -> bool {
        self.variants.is_empty() || self.variants.iter().any(|id| id == variant)
    }
}

/// One thing that is done.
#[derive(Debug, Clone)]
pub struct Action {
    /// A name by which a wrong answer can leave it out.
    pub id: Option<String>,
    /// The name under which the reply's body can be used by later actions.
    pub save: Option<String>,
    /// The name under which the last part of the address that the reply names can be used by later actions.
    pub save_place: Option<String>,
    /// The HTTP status after which the same is asked again, for as long as it lasts: 202 while an export is at work.
    pub again_on: Option<u16>,
    /// A list among the values; the action is done once for each of its items, reachable as `{each}`.
    pub for_each: Option<String>,
    /// Variants it is done in; empty means all.
    pub variants: Vec<String>,
    /// The HTTP status that must come back; any 2xx when absent.
    pub status: Option<u16>,
    /// What it is.
    pub kind: ActionKind,
    /// Where it is declared.
    pub place: Place,
}

impl Action {
    /// The names under which it saves something.
    pub fn saves(&self) -> impl Iterator<Item = &String> {
        self.save.iter().chain(&self.save_place)
    }

    /// Whether it is done in this variant.
    #[must_use]
    pub fn plays_in(&self, variant: &str) -> bool {
        self.variants.is_empty() || self.variants.iter().any(|id| id == variant)
    }
}

/// What an action is.
#[derive(Debug, Clone)]
pub enum ActionKind {
    /// A request to the sandbox.
    Http {
        /// In whose name.
        role: Role,
        /// HTTP method, upper case.
        method: String,
        /// Path below the sandbox.
        path: String,
        /// Headers, with placeholders.
        headers: Vec<(String, String)>,
        /// JSON body.
        body: Option<Body>,
    },
    /// A FHIR interaction.
    Fhir(Interaction),
    /// A command of the EHR, posted to `/commands/NAME`.
    Command {
        /// Its name, such as `admit`.
        name: String,
        /// Its JSON input, with placeholders.
        with: Value,
    },
    /// An HL7 v2 message sent to a system of the hospital.
    Hl7 {
        /// The system's id, such as `LIS`.
        to: String,
        /// The message, a segment a line, with placeholders.
        message: String,
    },
    /// A request to the hospital's chain, in Ethereum's JSON-RPC.
    Rpc {
        /// The method, such as `eth_sendTransaction`.
        method: String,
        /// Its parameters, with placeholders.
        params: Vec<Value>,
    },
    /// What a device of the imaging department does over DICOM.
    Dicom {
        /// The AE title it calls under, with placeholders.
        calling: String,
        /// What it does.
        deed: DicomDeed,
        /// What it asks for or sends, by name, with placeholders.
        fields: BTreeMap<String, String>,
    },
    /// A service of decision support that answers from now on, as a program of the learner's would. The reply has its `url`.
    Service(Served),
    /// What an app does at the identity provider.
    App(AppAct),
    /// An answer to a question.
    Answer {
        /// The check that asks.
        check: String,
        /// The answer, with placeholders.
        value: String,
    },
    /// Waiting, by the hospital's clock.
    Advance(Duration),
    /// All actions of a solution, apart from some.
    Play {
        /// The solution's id.
        solution: String,
        /// Ids of actions left out.
        without: Vec<String>,
    },
}

/// A FHIR interaction; addresses are relative to the FHIR base and may hold placeholders.
#[derive(Debug, Clone)]
pub enum Interaction {
    /// `read = "Patient/ID"`; also versions and histories.
    Read(String),
    /// `search = "Patient?family=.."`.
    Search(String),
    /// `create = "Patient"`.
    Create {
        /// The resource type.
        at: String,
        /// The resource.
        body: Body,
    },
    /// `update = "Patient/ID"`.
    Update {
        /// The resource's address.
        at: String,
        /// The resource.
        body: Body,
        /// The version it must still have, for `If-Match`.
        if_match: Option<String>,
    },
    /// `delete = "Patient/ID"`.
    Delete {
        /// The resource's address.
        at: String,
        /// The version it must still have, for `If-Match`.
        if_match: Option<String>,
    },
    /// `batch = {..}`: a batch or transaction Bundle.
    Batch(Body),
}
