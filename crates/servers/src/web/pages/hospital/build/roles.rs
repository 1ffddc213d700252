use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::StoreError;
use platform::ehr::catalogue::definition;
use platform::ehr::roles::{
    MATRIX_ID, Matrix, MatrixVersion, PERMISSIONS, Permission, Role, matrix_versions,
};

use super::edit::kept;
use super::roles_past::past_card;
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::forms::{Fields, Filled, outdated, run, status};
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::pages::said::Said;
use crate::web::ui::{Column, Row, Tone, card, notice, table};

/// Before the name of a box: `grant.nurse=note.write`.
const GRANT: &str = "grant.";

/// The matrix as it is, and how it came to be so.
struct Opened {
    matrix: Matrix,
    version: Option<String>,
    past: Vec<MatrixVersion>,
}

async fn open(app: &App, inside: &Inside) -> Result<Opened, Fault> {
    let load = inside.run(app, |_, access| {
        let current = definition(access, "CodeSystem", MATRIX_ID)?;
        let version = current.as_ref().and_then(|one| one.pointer("/meta/versionId")?.as_str());
        Ok::<_, StoreError>(Opened {
            version: version.map(str::to_owned),
            matrix: Matrix::read(current.as_ref()),
            past: matrix_versions(access)?,
        })
    });
    load.await
}

/// `GET …/build/roles`: who may do what.
pub(crate) async fn form(State(app): State<App>, inside: Inside) -> Result<Response, Fault> {
    Ok(shown(&inside, &open(&app, &inside).await?, &Filled::default()))
}

/// `POST …/build/roles`: keeps what is ticked as a new version.
pub(crate) async fn send(State(app): State<App>, inside: Inside, form: Fields) -> Result<Response, Fault> {
    let mut fields = form.fields;
    let grants: Vec<String> =
        fields.keys().filter_map(|name| Some(name.strip_prefix(GRANT)?.to_owned())).collect();
    fields.retain(|name, _| !name.starts_with(GRANT));
    fields.insert("grants".to_owned(), grants.join(" "));
    Ok(match run(&app, &inside, "change_roles", fields).await? {
        Ok(done) => Said::well(done.message).at(&inside.to("build/roles")),
        Err(filled) => shown(&inside, &open(&app, &inside).await?, &filled),
    })
}

fn shown(inside: &Inside, opened: &Opened, filled: &Filled) -> Response {
    let fields = html! {
        @if let Some(version) = &opened.version { input type="hidden" name="expected_version" value=(version); }
        (boxes(&opened.matrix, filled))
    };
    let body = html! {
        p.quiet { "What each role may do in the forms and pages of this hospital. Its FHIR interface is the door of other systems and asks for no role." }
        @if let Some(problem) = opened.matrix.problem() {
            (notice(Tone::Warn, Some("The hospital works by the roles it was shipped with"), &html! { p { "Its own cannot be understood: " (problem) "." } }))
        }
        (outdated(filled))
        (filled.summary())
        (kept(inside, "change_roles", "roles", &fields))
    };
    let work = html! {
        (card("Roles", &html! {}, &body))
        (past_card(inside, &opened.past))
    };
    (status(filled), inside.page(Tab::Build, "Roles", &work)).into_response()
}

/// A row for each permission, a column for each role.
fn boxes(matrix: &Matrix, filled: &Filled) -> Markup {
    let mut columns = vec![Column::text("May")];
    columns.extend(matrix.roles().iter().map(|role| Column::text(&role.display)));
    let row = |one: &Permission| {
        let mut cells = vec![html! { (one.words) " " code.quiet.small { (one.code) } }];
        cells.extend(matrix.roles().iter().map(|role| tick(role, one, filled)));
        Row::new(cells)
    };
    let rows: Vec<Row> = PERMISSIONS.iter().map(row).collect();
    html! { div.grants #grants { (table("Who may do what", &columns, &rows, &html! {})) } }
}

/// One box: as it was sent, otherwise as it is.
fn tick(role: &Role, permission: &Permission, filled: &Filled) -> Markup {
    let grant = format!("{}={}", role.code, permission.code);
    let ticked = match filled.is_refused() {
        true => filled.value("grants").split(' ').any(|sent| sent == grant),
        false => role.may(permission.code),
    };
    let words = format!("{} may {}", role.display, permission.words);
    html! { label { input type="checkbox" name={ (GRANT) (grant) } value="yes" checked[ticked] aria-label=(words); } }
}
