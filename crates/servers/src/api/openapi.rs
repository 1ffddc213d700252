//! The description of the API (OpenAPI 3.1.0), made from the table of routes.

use axum::http::StatusCode;
use axum::response::Response;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::route::{Door, Route};
use super::{serve, table};

/// `GET /api/openapi.json`.
pub(super) async fn serve() -> Response {
    serve::json(StatusCode::OK, document().to_string().into_bytes())
}

/// The whole document.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12()
        .with(|settings| settings.definitions_path = "/components/schemas".into());
    let mut generator = settings.into_generator();
    let mut paths = Map::new();
    for route in table::routes() {
        let at = paths.entry(route.path).or_insert_with(|| json!({}));
        at[route.method.as_str().to_ascii_lowercase()] = operation(&route, &mut generator);
    }
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Practicum",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Hospitals of one's own, labs in them, and what happened there.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token from POST /api/tokens or POST /api/sign-in."},
                "session": {
                    "type": "apiKey", "in": "cookie", "name": crate::signed_in::SESSION_COOKIE,
                    "description": "A signed-in page. Changes also need the page's token in the header X-CSRF-Token.",
                },
            },
            "responses": {"Problem": {
                "description": "It was refused or failed, and nothing changed (RFC 9457).",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            }},
        },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "What happened, and what to try."},
            "line": {"type": "integer", "description": "Where in the body, if that is what is wrong."},
            "column": {"type": "integer"},
        },
    })
}

fn operation(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let mut responses = json!({"default": {"$ref": "#/components/responses/Problem"}});
    responses[route.status.as_str()] = success(route, generator);
    let mut operation = json!({
        "operationId": route.name,
        "tags": [route.path.split('/').nth(2).unwrap_or_default().replace("{sandbox}", "sandboxes")],
        "summary": route.about,
        "security": match route.door {
            Door::Open => json!([]),
            Door::Own | Door::Owner | Door::Instructor => json!([{"token": []}, {"session": []}]),
        },
        "parameters": parameters(route, generator),
        "responses": responses,
    });
    if let Some(schema) = route.body {
        let schema = schema(generator);
        operation["requestBody"] = json!({"content": {"application/json": {"schema": schema}}});
    }
    operation
}

fn success(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let mut content = json!({});
    if let Some(schema) = route.answer {
        content["application/json"] = json!({"schema": schema(generator)});
    }
    for media_type in route.media_types {
        content[*media_type] = json!({});
    }
    if route.stream.is_some() {
        content["text/event-stream"] = json!({"schema": {"type": "string"}});
    }
    match content.as_object().is_some_and(Map::is_empty) {
        true => json!({"description": "It is done."}),
        false => json!({"description": "It is done.", "content": content}),
    }
}

fn parameters(route: &Route, generator: &mut SchemaGenerator) -> Vec<Value> {
    let named = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut parameters: Vec<Value> = named
        .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
        .collect();
    let Some(query) = route.query else { return parameters };
    let schema = query(generator);
    let fields = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    parameters.extend(fields.map(|(name, schema)| {
        let about = schema.get("description").cloned().unwrap_or_default();
        json!({"name": name, "in": "query", "required": false, "description": about, "schema": schema})
    }));
    parameters
}
