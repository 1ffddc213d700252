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
type Work = Arc<dyn Fn(&Call<'_>) -> Result<Reply, Problem> + Send + Sync>;
type Stream = fn(App, &Caller) -> Response;

/// What is sent back.
pub(super) struct Reply {
    pub(super) media_type: &'static str,
    pub(super) bytes: Vec<u8>,
    /// The name under which a browser keeps it.
    pub(super) file: Option<String>,
}

impl Reply {
    /// JSON, or nothing at all.
    pub(super) fn json(bytes: Vec<u8>) -> Self {
        Self { media_type: "application/json", bytes, file: None }
    }
}

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
    /// The other media types in which an answer comes.
    pub(super) media_types: &'static [&'static str],
    /// What is sent instead to a client that asks for server-sent events; `work` is done before, for its refusals.
    pub(super) stream: Option<Stream>,
}

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn inline_schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}

fn written<O: Serialize>(answer: &O) -> Result<Reply, Problem> {
    serde_json::to_vec(answer).map(Reply::json).map_err(|error| Problem::internal(&error))
}

impl Route {
    fn new(
        method: Method,
        (path, name): (&'static str, &'static str),
        about: &'static str,
        work: impl Fn(&Call<'_>) -> Result<Reply, Problem> + Send + Sync + 'static,
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
            media_types: &[],
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

    /// A look whose answer comes in one of several media types.
    pub(super) fn fetch<Q: DeserializeOwned + JsonSchema + 'static>(
        at: (&'static str, &'static str),
        about: &'static str,
        media_types: &'static [&'static str],
        look: fn(&Call<'_>, &Q) -> Result<Reply, Problem>,
    ) -> Self {
        let route = Self::new(Method::GET, at, about, move |call| {
            look(call, &given::query(call.caller.query.as_deref())?)
        });
        Self { query: Some(inline_schema_of::<Q>), media_types, ..route }
    }

    /// A question whose answer comes as JSON or in one of other media types.
    pub(super) fn ask<B: DeserializeOwned + JsonSchema + 'static, O: JsonSchema + 'static>(
        at: (&'static str, &'static str),
        about: &'static str,
        media_types: &'static [&'static str],
        ask: fn(&Call<'_>, &B) -> Result<Reply, Problem>,
    ) -> Self {
        let route = Self::new(Method::POST, at, about, move |call| ask(call, &given::body(call.caller)?));
        Self { body: Some(schema_of::<B>), answer: Some(schema_of::<O>), media_types, ..route }
    }

    /// An act that takes something away and leaves nothing to say.
    pub(super) fn delete(
        at: (&'static str, &'static str),
        about: &'static str,
        act: fn(&Call<'_>) -> Result<(), Problem>,
    ) -> Self {
        let route =
            Self::new(Method::DELETE, at, about, move |call| act(call).map(|()| Reply::json(Vec::new())));
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
