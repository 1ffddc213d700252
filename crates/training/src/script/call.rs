//! Calls: actions made concrete.

use serde_json::Value;

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
}
