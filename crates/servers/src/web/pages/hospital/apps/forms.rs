use maud::{Markup, html};
use platform::ehr::roles::ROLES;

use crate::web::ui::{Choice, Field, Look, Select, Takes, checkbox, post_form, radios, submit};

/// The form that registers an app.
pub(super) fn new_app(action: &str, csrf: &str) -> Markup {
    const KINDS: [Choice<'static>; 3] = [
        Choice {
            value: "none",
            label: "Public",
            note: Some("In a browser or on a telephone: it keeps no secret."),
        },
        Choice {
            value: "client_secret_basic",
            label: "With a secret",
            note: Some("On a server that keeps the secret you are shown next."),
        },
        Choice {
            value: "private_key_jwt",
            label: "With a key",
            note: Some("On a server that signs; you give its public keys. Backend services need this."),
        },
    ];
    let fields = html! {
        div.form-grid {
            (Field::new("client_name", "Name").autocomplete("off").required())
            (Field::new("redirect_uri", "Address to come back to").placeholder("http://127.0.0.1:3000/callback").autocomplete("off")
                .hint("Exactly as the app sends it. None for a backend service."))
            (Field::new("launch_url", "Address to open from a chart").placeholder("http://127.0.0.1:3000/launch").autocomplete("off"))
            (Field::new("scope", "May ask for").value("launch launch/patient openid fhirUser patient/*.rs").autocomplete("off")
                .hint("SMART scopes, separated by spaces. The fewer, the better."))
        }
        (radios("kind", "How it proves who it is", &KINDS, "none"))
        (Field::new("jwks", "Public keys as a JWK set").takes(Takes::Block).hint("Only with a key: ES384 or RS384."))
        (Field::new("jwks_uri", "Or where it shows them").placeholder("http://127.0.0.1:3000/jwks.json").autocomplete("off")
            .hint("Then the app may change its keys when it likes: they are fetched from there when they are needed."))
        div.form-actions { (submit("Register", Look::Primary)) }
    };
    post_form(action, csrf, &fields)
}

/// The form that adds a person.
pub(super) fn new_person(action: &str, csrf: &str) -> Markup {
    let mut roles: Vec<Choice<'_>> = ROLES.iter().map(|role| Choice::new(role.code, role.display)).collect();
    roles.push(Choice::new("patient", "Patient"));
    let fields = html! {
        div.form-grid {
            (Field::new("login", "Login").autocomplete("off").required())
            (Field::new("name", "Name").autocomplete("off").required())
            (Field::new("password", "Password").takes(Takes::Password).autocomplete("new-password").required())
            (Select::new("role", "Role", &roles))
            (Field::new("fhir_user", "Their record").placeholder("Practitioner/7").autocomplete("off")
                .hint("A Practitioner, or a Patient for somebody who looks at their own records."))
        }
        (checkbox("with_totp", "Also ask for a code from an authenticator app", false))
        div.form-actions { (submit("Add", Look::Plain)) }
    };
    post_form(action, csrf, &fields)
}
