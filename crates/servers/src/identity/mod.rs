//! OAuth 2.1, OIDC and SMART App Launch over HTTP, at `/s/{sandbox}/auth`.
//!
//! Two kinds of visitors come here. Programs ask for documents and tokens, from any web page that likes: these addresses
//! answer every origin, and look at no cookie. Browsers with a person in front of them come to `authorize`: these pages
//! answer nobody else, carry the session's token in each form, and send the browser only to registered addresses.

mod authorize;
mod cors;
mod documents;
mod gate;
mod pages;
mod register;
mod routes;
mod sign_in;
mod token;

pub(crate) use cors::open_to_all_origins;
pub(crate) use documents::smart_configuration;
pub(crate) use pages::sent_on;
pub(crate) use routes::routes;
