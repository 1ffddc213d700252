//! Calls: actions made concrete.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{AppAct, DicomDeed, Served};
use crate::lab::Role;

/// One concrete thing to do, with every value filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// A request to the sandbox.
    Http {
        /// In whose name.
        role: Role,
        /// HTTP method, upper case.
        method: String,
        /// Path and query below the sandbox, such as `/fhir/Patient?family=Okafor`.
        path: String,
        /// Headers beside content type and credentials.
        headers: Vec<(String, String)>,
        /// JSON body.
        body: Option<Value>,
    },
    /// A message to a system of the hospital. The reply's status is 200 where it was accepted (AA, CA), 422 where it was
    /// in error (AE, CE) and 400 where it was rejected (AR, CR); its body has `code` and `acknowledgement`.
    Hl7 {
        /// The system's id.
        system: String,
        /// The message, each segment ended by a carriage return.
        message: String,
    },
    /// A request to the chain. The reply's status is 200 with the result for a body, or 422 with the error.
    Rpc {
        /// The method.
        method: String,
        /// Its parameters.
        params: Vec<Value>,
    },
    /// What a device does over DICOM. The reply's status is 200 where the archive did it, 403 where it does not know the
    /// caller, 409 where it has another object of this UID, and 422 for any other refusal; its body has `refused`, or
    /// `status` and `comment`. A worklist comes back as `items`.
    Dicom {
        /// The AE title it calls under.
        calling: String,
        /// What it does.
        deed: DicomDeed,
        /// What it asks for or sends, by name.
        fields: BTreeMap<String, String>,
    },
    /// A service to be let answer on this machine until the attempt is over. The reply's body has its `url`.
    Serve(Served),
    /// What an app does at the identity provider. The reply's status is 200, or 400 with `error` and `error_description`.
    App(AppAct),
    /// An answer to a question.
    Answer {
        /// The check that asks.
        check: String,
        /// The answer.
        value: String,
    },
    /// Waiting, by the hospital's clock.
    Advance {
        /// How long, in microseconds.
        us: i64,
    },
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// HTTP status; 200 for an answer taken, a message accepted and for time passed.
    pub status: u16,
    /// The body as JSON; null when it is empty or not JSON.
    pub body: Value,
    /// The last part of the address that the reply names, in `Content-Location` or `Location`.
    pub place: Option<String>,
}
