//! Which presentation contexts are taken, and in which transfer syntax (PS3.8, 9.3.2 and 9.3.3).

use dicom_ul::pdu::{
    PresentationContextProposed, PresentationContextResult, PresentationContextResultReason as Reason,
};

use crate::dataset::{EXPLICIT_LE, IMPLICIT_LE, STORAGE_SYNTAXES};
use crate::dimse::sop::{Service, service};

/// What a message that is no object may be sent in.
const PLAIN: [&str; 2] = [EXPLICIT_LE, IMPLICIT_LE];

/// The answer to one proposed context: the first of its syntaxes that the service takes.
pub(super) fn answer(proposed: &PresentationContextProposed) -> PresentationContextResult {
    let (reason, transfer_syntax) = match service(bare(&proposed.abstract_syntax)) {
        _ if proposed.id.is_multiple_of(2) => (Reason::NoReason, IMPLICIT_LE),
        None => (Reason::AbstractSyntaxNotSupported, IMPLICIT_LE),
        Some(service) => {
            let taken: &[&str] = if service == Service::Storage { &STORAGE_SYNTAXES } else { &PLAIN };
            let mut offered = proposed.transfer_syntaxes.iter().map(|syntax| bare(syntax));
            match offered.find_map(|offered| taken.iter().find(|syntax| **syntax == offered)) {
                Some(syntax) => (Reason::Acceptance, *syntax),
                None => (Reason::TransferSyntaxesNotSupported, IMPLICIT_LE),
            }
        }
    };
    PresentationContextResult { id: proposed.id, reason, transfer_syntax: transfer_syntax.to_owned() }
}

/// Some pad UIDs here as they do in data sets.
pub(super) fn bare(uid: &str) -> &str {
    uid.trim_matches(['\0', ' '])
}
