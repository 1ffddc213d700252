use serde_json::Value;
use store::records::Person;
use training::script::Reply;

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

/// Carries requests to the hospital's network faces, the way a client outside would: checks probe with it, and the
/// proof of a lab plays scripts with it. Whoever owns the faces implements it.
pub trait Hands: Send + Sync {
    /// Makes the request and brings back status and body.
    ///
    /// # Errors
    /// Why it could not even be made, in plain words; a refusal by the hospital is a reply.
    fn call(&self, errand: &Errand<'_>) -> Result<Reply, String>;
}
