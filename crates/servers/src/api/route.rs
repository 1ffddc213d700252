use std::sync::Arc;

use axum::http::{Method, StatusCode};
use axum::response::Response;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::call::{Call, Caller};
use super::given;
use crate::problem::Problem;
use crate::state::App;

/// For whom a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Everybody, signed in or not.
    Open,
    /// Everybody signed in; it shows and changes only what is the caller's own.
    Own,
    /// The owner of what its address names, and instructors.
    Owner,
    /// Instructors.
    Instructor,
}

/// How a type is written in the document.
pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;
type Work = Arc<dyn Fn(&Call<'_>) -> Result<Vec<u8>, Problem> + Send + Sync>;
type Stream = fn(App, &Caller) -> Response;

/// One line of the table: an address, a method, and what happens there.
#[derive(Clone)]
pub(super) struct Route {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// The operation's id in the document.
    pub(super) name: &'static str,
    /// One sentence.
    pub(super) about: &'static str,
    pub(super) door: Door,
    pub(super) status: StatusCode,
    pub(super) body: Option<SchemaOf>,
    pub(super) query: Option<SchemaOf>,
    pub(super) answer: Option<SchemaOf>,
    pub(super) work: Work,
    /// Whether the work dials servers of others, and waits for them.
    pub(super) dials: bool,
    /// What is sent instead to a client that asks for server-sent events; `work` is done before, for its refusals.
    pub(super) stream: Option<Stream>,
}

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn inline_schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}

fn written<O: Serialize>(answer: &O) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(answer).map_err(|error| Problem::internal(&error))
}

impl Route {
    fn new(
        method: Method,
        (path, name): (&'static str, &'static str),
        about: &'static str,
        work: impl Fn(&Call<'_>) -> Result<Vec<u8>, Problem> + Send + Sync + 'static,
    ) -> Self {
        Self {
            method,
            path,
            name,
            about,
            door: Door::Owner,
            status: StatusCode::OK,
            body: None,
            query: None,
            answer: None,
            work: Arc::new(work),
            dials: false,
            stream: None,
        }
    }

    /// A look at something.
    pub(super) fn get<O: Serialize + JsonSchema + 'static>(
        at: (&'static str, &'static str),
        about: &'static str,
        look: fn(&Call<'_>) -> Result<O, Problem>,
    ) -> Self {
        let route = Self::new(Method::GET, at, about, move |call| written(&look(call)?));
        Self { answer: Some(schema_of::<O>), ..route }
    }

    /// A look at something, chosen by the parameters after the `?`.
    pub(super) fn find<Q: DeserializeOwned + JsonSchema + 'static, O: Serialize + JsonSchema + 'static>(
        at: (&'static str, &'static str),
        about: &'static str,
        look: fn(&Call<'_>, &Q) -> Result<O, Problem>,
    ) -> Self {
        let route = Self::new(Method::GET, at, about, move |call| {
            written(&look(call, &given::query(call.caller.query.as_deref())?)?)
        });
        Self { query: Some(inline_schema_of::<Q>), answer: Some(schema_of::<O>), ..route }
    }

    /// An act that needs to be told something.
    pub(super) fn post<B: DeserializeOwned + JsonSchema + 'static, O: Serialize + JsonSchema + 'static>(
        at: (&'static str, &'static str),
        about: &'static str,
        act: fn(&Call<'_>, &B) -> Result<O, Problem>,
    ) -> Self {
        let route =
            Self::new(Method::POST, at, about, move |call| written(&act(call, &given::body(call.caller)?)?));
        Self { body: Some(schema_of::<B>), answer: Some(schema_of::<O>), ..route }
    }

    /// An act that takes something away and leaves nothing to say.
    pub(super) fn delete(
        at: (&'static str, &'static str),
        about: &'static str,
        act: fn(&Call<'_>) -> Result<(), Problem>,
    ) -> Self {
        let route = Self::new(Method::DELETE, at, about, move |call| act(call).map(|()| Vec::new()));
        Self { status: StatusCode::NO_CONTENT, ..route }
    }

    /// The same, for others than the owner of what the address names.
    pub(super) fn door(self, door: Door) -> Self {
        Self { door, ..self }
    }

    /// The same, answering that something was made.
    pub(super) fn creates(self) -> Self {
        Self { status: StatusCode::CREATED, ..self }
    }

    /// The same, for work that dials servers of others.
    pub(super) fn dials(self) -> Self {
        Self { dials: true, ..self }
    }

    /// The same, with a stream for clients that ask for server-sent events.
    pub(super) fn streams(self, stream: Stream) -> Self {
        Self { stream: Some(stream), ..self }
    }
}
