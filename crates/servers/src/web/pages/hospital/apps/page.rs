use axum::extract::State;
use maud::{Markup, html};
use platform::StoreError;
use platform::identity::{Authentication, Client, Grant, User};

use super::forms::{new_app, new_person};
use crate::state::App;
use crate::web::pages::fault::Fault;
use crate::web::pages::hospital::inside::{Inside, Tab};
use crate::web::ui::{
    Column, Confirm, Icon, Look, Row, Tone, card, code_block, confirm, csrf_field, empty, facts, submit,
    table, tag,
};

/// `GET …/apps`.
pub(super) async fn apps(State(app): State<App>, inside: Inside) -> Result<Markup, Fault> {
    shown(&app, &inside, &html! {}).await
}

/// The page, with news of what was just done above it.
pub(super) async fn shown(app: &App, inside: &Inside, news: &Markup) -> Result<Markup, Fault> {
    let load = inside.run(app, |platform, access| {
        Ok::<_, StoreError>((platform.apps(access)?, platform.users(access)?, platform.grants(access)?))
    });
    let (apps, users, grants) = load.await?;
    let csrf = inside.visitor.csrf.as_str();
    let work = html! {
        h2 { "Apps" }
        div.stack {
            (news)
            p {
                "An app works on this hospital with a token that says what it may do, instead of a password of yours. Open one from a chart with "
                strong { "Open an app…" } ", or let it ask by itself."
            }
            (card("Registered apps", &html! {}, &gallery(inside, &apps, csrf)))
            (card("What is granted", &html! {}, &granted(&grants, &apps)))
            (card("Register an app", &html! {}, &new_app(&inside.to("apps"), csrf)))
            (card("People who may sign in", &html! {}, &people(inside, &users, csrf)))
            (card("Addresses", &html! {}, &addresses(inside, csrf)))
        }
    };
    Ok(inside.page(Tab::Apps, "Apps", &work))
}

fn gallery(inside: &Inside, apps: &[Client], csrf: &str) -> Markup {
    let columns = [
        Column::text("App"),
        Column::text("Client id"),
        Column::text("Proves itself by"),
        Column::wide("May ask for"),
        Column::text("Remove"),
    ];
    let rows: Vec<Row> = apps.iter().enumerate().map(|(at, app)| row(inside, at, app, csrf)).collect();
    let why = "Register one below, or let a program do it at the registration endpoint.";
    table("Registered apps", &columns, &rows, &empty(Icon::Shield, "No apps", why, &html! {}))
}

fn row(inside: &Inside, at: usize, app: &Client, csrf: &str) -> Row {
    let question = Confirm {
        id: &format!("remove-{at}"),
        opens: "Remove…",
        icon: None,
        title: "Remove this app?",
        body: html! {
            p { strong { (app.name) } " can no longer come in, and the tokens it holds are good no more." }
            input type="hidden" name="client" value=(app.id);
        },
        action: &inside.to("apps/remove"),
        does: "Remove",
        look: Look::Danger,
    };
    let proof = match app.authentication {
        Authentication::None => "nothing (public)",
        Authentication::ClientSecretBasic => "a secret",
        Authentication::PrivateKeyJwt => "a key",
    };
    let scopes = app.scopes.as_ref().map_or_else(|| "anything".to_owned(), ToString::to_string);
    Row::new(vec![
        html! {
            (app.name)
            @if app.registered_by.is_none() { " " (tag(Tone::Warn, "registered itself")) }
            @if app.checks_itself { " " (tag(Tone::Warn, "checks by itself whose records it shows")) }
        },
        html! { code { (app.id) } },
        html! { (proof) },
        html! { code { (scopes) } },
        confirm(&question, csrf),
    ])
}

fn granted(grants: &[(String, Grant)], apps: &[Client]) -> Markup {
    let columns = [Column::text("App"), Column::text("For"), Column::text("Patient"), Column::wide("Scopes")];
    let row = |(_, grant): &(String, Grant)| {
        let name =
            apps.iter().find(|app| app.id == grant.client).map_or(grant.client.as_str(), |app| &app.name);
        Row::new(vec![
            html! { (name) },
            html! { (grant.subject.as_ref().map_or("itself", |subject| &subject.name)) },
            html! { @if let Some(patient) = &grant.patient { code { (patient) } } @else { "no one patient" } },
            html! { code { (grant.scopes.to_string()) } },
        ])
    };
    let rows: Vec<Row> = grants.iter().map(row).collect();
    let why = "Nobody has allowed an app anything yet.";
    table("What is granted", &columns, &rows, &empty(Icon::Lock, "Nothing is granted", why, &html! {}))
}

fn people(inside: &Inside, users: &[User], csrf: &str) -> Markup {
    let columns = [
        Column::text("Login"),
        Column::text("Name"),
        Column::text("Role"),
        Column::text("Record"),
        Column::text("Code"),
    ];
    let row = |user: &User| {
        Row::new(vec![
            html! { code { (user.subject.login) } },
            html! { (user.subject.name) },
            html! { (user.role) },
            html! { @if let Some(who) = &user.subject.fhir_user { code { (who) } } @else { "none" } },
            html! { (if user.totp.is_some() { "asked for" } else { "not asked for" }) },
        ])
    };
    let rows: Vec<Row> = users.iter().map(row).collect();
    let why = "You can always go on as yourself; add people to see an app through their eyes.";
    html! {
        (table("People who may sign in", &columns, &rows, &empty(Icon::Person, "Nobody yet", why, &html! {})))
        (new_person(&inside.to("apps/people"), csrf))
    }
}

fn addresses(inside: &Inside, csrf: &str) -> Markup {
    let fhir = inside.fhir();
    let auth = format!("{}/auth", fhir.trim_end_matches("/fhir"));
    html! {
        (facts(&[
            ("FHIR server (iss)", html! { code { (fhir) } }),
            ("Issuer of ID tokens", html! { code { (auth) } }),
        ]))
        (code_block("smart", "Everything else a client needs", &format!("curl {fhir}/.well-known/smart-configuration")))
        form method="post" action=(inside.to("apps/key")) {
            (csrf_field(csrf))
            p { "ID tokens are signed with a key that is replaced every month. You may do so now, to see whether an app looks for the new one." }
            (submit("Replace the signing key", Look::Plain))
        }
    }
}
