use crate::model::Requirement;

/// What the standards ask of a server, as far as it can be seen from outside.
pub(super) const REQUIREMENTS: &[Requirement] = &[
    Requirement {
        id: "smart.discovery",
        text: "The FHIR server says at .well-known/smart-configuration where to ask for authorization and tokens, and what it can do.",
        source: "SMART App Launch 2.2.0, Conformance: FHIR authorization endpoint and capabilities discovery",
    },
    Requirement {
        id: "smart.cors",
        text: "A server for apps in browsers lets pages of other origins read discovery, tokens and resources.",
        source: "SMART App Launch 2.2.0, App launch: considerations for cross-origin resource sharing",
    },
    Requirement {
        id: "smart.pkce",
        text: "Proof Key for Code Exchange is demanded, with S256, and never with plain.",
        source: "SMART App Launch 2.2.0, App launch: considerations for PKCE support; RFC 7636, 4.2",
    },
    Requirement {
        id: "oauth.redirect",
        text: "A browser is sent back to an address that was registered, compared as a whole, and nowhere else.",
        source: "RFC 9700, 2.1 and 4.1",
    },
    Requirement {
        id: "oauth.implicit",
        text: "No token is given in the browser's address.",
        source: "RFC 9700, 2.1.2",
    },
    Requirement {
        id: "smart.audience",
        text: "A request that is meant for another FHIR server is refused.",
        source: "SMART App Launch 2.2.0, App launch: obtain authorization code",
    },
    Requirement {
        id: "oauth.state",
        text: "The state comes back as it was sent, and iss names the server where it is promised.",
        source: "RFC 6749, 4.1.2; RFC 9207, 2",
    },
    Requirement {
        id: "oauth.token",
        text: "The token endpoint answers with access_token, token_type, scope and expires_in, and lets nobody keep the answer.",
        source: "RFC 6749, 5.1; SMART App Launch 2.2.0, App launch: obtain access token",
    },
    Requirement {
        id: "oauth.code",
        text: "A code is good once: used again, it is refused, and the tokens that came of it end.",
        source: "RFC 6749, 4.1.2 and 10.5",
    },
    Requirement {
        id: "oauth.verifier",
        text: "A code is worth nothing without the verifier, and to another address than it was sent to.",
        source: "RFC 7636, 4.6; RFC 6749, 4.1.3",
    },
    Requirement {
        id: "smart.scopes",
        text: "No more is granted than was asked for, and no more is opened than was granted.",
        source: "SMART App Launch 2.2.0, Scopes and launch context",
    },
    Requirement {
        id: "smart.granular",
        text: "A scope that is bounded to a category opens that category alone.",
        source: "SMART App Launch 2.2.0, Scopes and launch context: finer-grained resource constraints",
    },
    Requirement {
        id: "smart.context",
        text: "With launch/patient the answer names the patient in context, and patient scopes open that one alone.",
        source: "SMART App Launch 2.2.0, Scopes and launch context: requesting context",
    },
    Requirement {
        id: "smart.ehr-launch",
        text: "A chart opens an app with iss and launch; with that handle, which nobody else can use, the token is for the chart's patient.",
        source: "SMART App Launch 2.2.0, App launch: EHR launch; Scopes and launch context: launch context arrives with your access token",
    },
    Requirement {
        id: "openid.id-token",
        text: "The ID token is signed with a published key, and names issuer, app, person and nonce.",
        source: "OpenID Connect Core 1.0, 2 and 3.1.3.7; SMART App Launch 2.2.0, Scopes for requesting identity data",
    },
    Requirement {
        id: "oauth.refresh",
        text: "A refresh token gives a new access token for no more than before; used twice, it ends what came of it.",
        source: "RFC 6749, 6; RFC 9700, 2.2.2 and 4.14",
    },
    Requirement {
        id: "smart.introspection",
        text: "Whoever may ask learns whether a token is good, and for what; strangers do not.",
        source: "RFC 7662, 2; SMART App Launch 2.2.0, Token introspection",
    },
    Requirement {
        id: "oauth.revocation",
        text: "A token that was taken back opens nothing.",
        source: "RFC 7009, 2",
    },
    Requirement {
        id: "smart.backend",
        text: "A backend service gets a token with a signed assertion, for system scopes that it registered for.",
        source: "SMART App Launch 2.2.0, Backend services",
    },
    Requirement {
        id: "smart.assertion",
        text: "An assertion is believed only if it is signed with a registered key, meant for the token endpoint, fresh, and new.",
        source: "SMART App Launch 2.2.0, Client authentication: asymmetric; RFC 7523, 3",
    },
    Requirement {
        id: "smart.tls",
        text: "Everything that carries a secret goes over TLS.",
        source: "SMART App Launch 2.2.0, App launch: app protection",
    },
];
