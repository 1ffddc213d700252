use std::any::Any;
use std::sync::Arc;

use serde_json::Value;
use store::records::Person;
use training::script::Reply;

use crate::access::Came;
use crate::imaging::dimse::Message;

/// A request to one sandbox, in somebody's name.
#[derive(Debug, Clone, Copy)]
pub struct Errand<'a> {
    /// The sandbox.
    pub sandbox: &'a str,
    /// In whose name; nobody's, without any credentials, when absent.
    pub person: Option<&'a Person>,
    /// HTTP method, upper case.
    pub method: &'a str,
    /// Path and query below the sandbox's address: `/fhir/Patient?family=Okafor`, `/commands/admit`.
    pub path: &'a str,
    /// Headers beside content type and credentials.
    pub headers: &'a [(String, String)],
    /// JSON body.
    pub body: Option<&'a Value>,
    /// Whether a check asks: what it leaves in the journal must then carry the source [`super::GRADER`].
    pub probing: bool,
}

/// A request as it comes over the network: whoever makes it brings their own credentials, and comes from somewhere.
#[derive(Debug, Clone, Copy)]
pub struct Knock<'a> {
    /// The sandbox.
    pub sandbox: &'a str,
    /// HTTP method, upper case.
    pub method: &'a str,
    /// Path and query below the sandbox's address.
    pub path: &'a str,
    /// Headers.
    pub headers: &'a [(String, String)],
    /// Media type and body.
    pub body: Option<(&'a str, &'a [u8])>,
    /// Where it comes from, and when.
    pub came: &'a Came,
}

/// What was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status code.
    pub status: u16,
    /// Headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answered {
    /// The first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A message to a sandbox's archive in an association of its own, as it comes over the network.
#[derive(Debug, Clone, Copy)]
pub struct ArchiveCall<'a> {
    /// The sandbox.
    pub sandbox: &'a str,
    /// The title under which the caller calls.
    pub calling: &'a str,
    /// The message, in the context 1 and in Implicit VR Little Endian.
    pub message: &'a Message,
    /// Where it comes from, and when.
    pub came: &'a Came,
}

/// A message of HL7 v2 as it comes over the network, in a connection of its own.
#[derive(Debug, Clone, Copy)]
pub struct Posting<'a> {
    /// The message.
    pub message: &'a [u8],
    /// Where it comes from, and when.
    pub came: &'a Came,
}

/// Something that answers requests: method, path and JSON body become status and JSON body. It may take its time.
pub type Program = Arc<dyn Fn(&str, &str, &Value) -> (u16, Value) + Send + Sync>;
/// A program that answers until this is dropped.
pub struct Serving {
    /// Its base address.
    pub url: String,
    /// What ends it.
    pub until: Box<dyn Any + Send>,
}
/// Carries requests to the hospital's network faces, the way a client outside would: checks probe with it, and the
/// proof of a lab plays scripts with it. Whoever owns the faces implements it.
pub trait Hands: Send + Sync {
    /// Makes the request and brings back status and body.
    ///
    /// # Errors
    /// Why it could not even be made, in plain words; a refusal by the hospital is a reply.
    fn call(&self, errand: &Errand<'_>) -> Result<Reply, String>;

    /// Makes a request as somebody who is played in the hospital does. There is no other address that it could go to than
    /// the doors of this very program, and no other path than one below the sandbox.
    ///
    /// # Errors
    /// Why it could not even be made; these hands may have no doors to knock at.
    fn knock(&self, knock: &Knock<'_>) -> Result<Answered, String> {
        Err(format!("{} {}: there are no doors to knock at here", knock.method, knock.path))
    }

    /// Calls the archive as a device that is played does. There is no other node that it could call.
    ///
    /// Returns the last status of the answer; nothing, where the caller was not let in.
    ///
    /// # Errors
    /// Why the call could not even be made.
    fn call_archive(&self, call: &ArchiveCall<'_>) -> Result<Option<u16>, String> {
        Err(format!("{} cannot call: there are no doors to knock at here", call.calling))
    }

    /// Sends a message as a system that is played does. There is no other receiver that it could go to.
    ///
    /// Returns what MSA-1 of the answer says; nothing, where the door hangs up.
    ///
    /// # Errors
    /// Why it could not even be sent.
    fn send_message(&self, posting: &Posting<'_>) -> Result<Option<String>, String> {
        Err(format!("{} cannot send: there are no doors to knock at here", posting.came.address))
    }

    /// How whoever knocks addresses the server.
    fn base_url(&self) -> String {
        "http://localhost".to_owned()
    }

    /// Lets a program answer over HTTP on this machine, as a learner's own would, until what is returned is dropped.
    ///
    /// # Errors
    /// Why it could not be let.
    fn serve(&self, program: Program) -> Result<Serving, String>;
}
