use crate::model::Requirement;

/// What the standards ask of an app, as far as a server can see.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "app.discovery",
        text: "The app finds the endpoints at .well-known/smart-configuration of the FHIR server it was given.",
        source: "SMART App Launch 2.2.0, App launch: retrieve .well-known/smart-configuration",
    },
    Requirement {
        id: "app.state",
        text: "It sends a state that nobody can guess, and takes an answer only with the same.",
        source: "SMART App Launch 2.2.0, App launch: obtain authorization code; RFC 6749, 10.12",
    },
    Requirement {
        id: "app.pkce",
        text: "It proves with PKCE and S256 that whoever exchanges the code is who asked for it.",
        source: "SMART App Launch 2.2.0, App launch: considerations for PKCE support",
    },
    Requirement {
        id: "app.request",
        text: "Its request names the registered address, the FHIR server as aud, and scopes that mean something.",
        source: "SMART App Launch 2.2.0, App launch: obtain authorization code",
    },
    Requirement {
        id: "app.launch",
        text: "Opened from a chart it sends the launch handle as it got it, and the scope launch.",
        source: "SMART App Launch 2.2.0, Scopes and launch context: requesting context",
    },
    Requirement {
        id: "app.token",
        text: "It exchanges the code once, by a form, for the same address.",
        source: "RFC 6749, 4.1.3; SMART App Launch 2.2.0, App launch: obtain access token",
    },
    Requirement {
        id: "app.bearer",
        text: "It sends the access token in the Authorization header and never in an address.",
        source: "RFC 6750, 2.1 and 2.3; RFC 9700, 4.3.2",
    },
    Requirement {
        id: "app.scopes",
        text: "It asks for nothing that its scopes do not open.",
        source: "SMART App Launch 2.2.0, Scopes and launch context",
    },
    Requirement {
        id: "app.errors",
        text: "An answer with an error, or a token that has ended, ends the attempt; it does not try again for ever.",
        source: "RFC 6749, 4.1.2.1; RFC 6750, 3.1",
    },
];
