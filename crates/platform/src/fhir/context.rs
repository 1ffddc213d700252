use standards::fhir::json::Limits;

use crate::access::Access;
use crate::entropy::Entropy;

/// What an interaction happens in: whose hand, which hospital, and the address it is reached under.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// Who acts, in which sandbox.
    pub access: &'a Access,
    /// The service base without a trailing slash, as the client addressed it: links are made with it.
    pub base_url: &'a str,
    /// Where new ids come from.
    pub entropy: &'a dyn Entropy,
    /// What a body may cost.
    pub limits: &'a Limits,
}
