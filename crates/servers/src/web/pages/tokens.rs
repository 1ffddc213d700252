use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use platform::people::{PeopleError, Token};
use serde::Deserialize;

use super::fault::Fault;
use super::form::PageForm;
use super::frame::{Place, framed};
use super::said::{Said, said};
use super::visitor::Visitor;
use super::words::{at, capital, iso};
use crate::base_url::BaseUrl;
use crate::state::App;
use crate::web::ui::{
    Choice, Column, Confirm, Field, Icon, Look, Row, Select, Tone, ago, card, code_block, confirm, empty,
    moment, notice, post_form, sheet, submit, table,
};

const INTRO: &str = "A token lets a program of yours (a FHIR client, a script, curl) do what you may do. Treat it like a password.";
const DAY_S: u32 = 24 * 60 * 60;

/// `GET /me/tokens`.
pub(super) async fn tokens(
    State(app): State<App>,
    visitor: Visitor,
    BaseUrl(server): BaseUrl,
) -> Result<Markup, Fault> {
    shown(&app, &visitor, &server, &html! {}, None).await
}

#[derive(Deserialize)]
pub(super) struct NewToken {
    label: String,
    #[serde(default)]
    days: u32,
}

/// `POST /me/tokens`: makes one and shows it, this once.
pub(super) async fn make(
    State(app): State<App>,
    BaseUrl(server): BaseUrl,
    form: PageForm<NewToken>,
) -> Result<Response, Fault> {
    let (visitor, NewToken { label, days }) = (form.visitor, form.fields);
    let person = visitor.person.id.clone();
    let valid_s = (days > 0).then(|| days.min(3650) * DAY_S);
    let asked = label.clone();
    let made = app.run(move |platform| platform.people().add_token(&person, &asked, valid_s)).await;
    match made {
        Ok(token) => Ok(shown(&app, &visitor, &server, &fresh(&token, &server), None).await?.into_response()),
        Err(PeopleError::Invalid { rule, .. }) => {
            let problem = (label, format!("It {rule}."));
            let page = shown(&app, &visitor, &server, &html! {}, Some(&problem)).await?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct OldToken {
    label: String,
}

/// `POST /me/tokens/withdraw`.
pub(super) async fn withdraw(State(app): State<App>, form: PageForm<OldToken>) -> Result<Response, Fault> {
    let (person, label) = (form.visitor.person.id, form.fields.label);
    let asked = label.clone();
    let gone = app.run(move |platform| platform.people().remove_tokens(&person, &asked)).await?;
    let said = match gone {
        0 => Said::badly(format!("There is no token “{label}”.")),
        _ => Said::well(format!("“{label}” is withdrawn and works no more.")),
    };
    Ok(said.at("/me/tokens"))
}

async fn shown(
    app: &App,
    visitor: &Visitor,
    server: &str,
    fresh: &Markup,
    problem: Option<&(String, String)>,
) -> Result<Markup, Fault> {
    let person = visitor.person.id.clone();
    let tokens = app.run(move |platform| platform.people().list_tokens(&person)).await?;
    let content = html! {
        (said(visitor.said.as_ref()))
        div.stack {
            (fresh)
            (card("Your tokens", &html! {}, &list(&tokens, &visitor.csrf)))
            (card("Make a token", &html! {}, &new_form(&visitor.csrf, problem)))
            (card("How to use one", &html! {}, &code_block("example", "Terminal", &example("TOKEN", server))))
        }
    };
    let title = "Tokens for your own tools";
    Ok(framed(visitor, Place::Elsewhere, title, None, &sheet(&[], title, Some(INTRO), &content)))
}

fn fresh(token: &str, server: &str) -> Markup {
    let words = html! {
        p { "Copy it now: it is shown this once and kept nowhere." }
        (code_block("new-token", "Your new token", token))
        (code_block("new-curl", "Try it", &example(token, server)))
    };
    html! { div role="status" { (notice(Tone::Good, Some("The token is made"), &words)) } }
}

fn example(token: &str, server: &str) -> String {
    format!("curl -H 'Authorization: Bearer {token}' {server}/api/sandboxes")
}

fn list(tokens: &[Token], csrf: &str) -> Markup {
    let columns =
        [Column::text("Name"), Column::text("Made"), Column::text("Ends"), Column::text("Withdraw")];
    let rows: Vec<Row> = tokens.iter().enumerate().map(|(index, token)| row(index, token, csrf)).collect();
    let why = "Make one to work on your hospital with your own tools.";
    table("Your tokens", &columns, &rows, &empty(Icon::Lock, "No tokens", why, &html! {}))
}

fn row(index: usize, token: &Token, csrf: &str) -> Row {
    let question = Confirm {
        id: &format!("withdraw-{index}"),
        opens: "Withdraw…",
        icon: None,
        title: "Withdraw this token?",
        body: html! {
            p { "Programs that use “" (token.label) "” can no longer come in. Every token of this name goes." }
            input type="hidden" name="label" value=(token.label);
        },
        action: "/me/tokens/withdraw",
        does: "Withdraw",
        look: Look::Danger,
    };
    Row::new(vec![
        html! { (token.label) },
        ago(&iso(token.created_us), &at(token.created_us)),
        html! { @match token.expires_us { Some(us) => (moment(&iso(us), &at(us))), None => "never" } },
        confirm(&question, csrf),
    ])
}

fn new_form(csrf: &str, problem: Option<&(String, String)>) -> Markup {
    const LIVES: [Choice<'static>; 4] = [
        Choice { value: "7", label: "a week", note: None },
        Choice { value: "90", label: "three months", note: None },
        Choice { value: "365", label: "a year", note: None },
        Choice { value: "0", label: "until withdrawn", note: None },
    ];
    let label = problem.map(|(label, _)| label.as_str()).unwrap_or_default();
    let error = problem.map(|(_, why)| capital(why));
    let fields = html! {
        div.form-grid {
            (Field::new("label", "What it is for").value(label).placeholder("my laptop").error(error.as_deref()).autocomplete("off").required())
            (Select::new("days", "Works for", &LIVES).chosen("90"))
        }
        div.form-actions { (submit("Make a token", Look::Primary)) }
    };
    post_form("/me/tokens", csrf, &fields)
}
