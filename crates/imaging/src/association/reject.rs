//! Saying no to an association (PS3.8, 9.3.4).

use dicom_ul::pdu::{
    AssociationRJ, AssociationRJResult, AssociationRJServiceProviderPresentationReason as Presentation,
    AssociationRJServiceUserReason as User, AssociationRJSource as Source, Pdu,
};

/// Why a caller is not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejection {
    /// The called AE title names no hospital here.
    CalledUnknown,
    /// The calling AE title is not on the hospital's list.
    CallingUnknown,
    /// The application context is not DICOM's.
    ApplicationContext,
    /// Too many associations at a time; later it may work.
    Busy,
}

impl Rejection {
    /// One word for the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::CalledUnknown => "called-ae-title",
            Self::CallingUnknown => "calling-ae-title",
            Self::ApplicationContext => "application-context",
            Self::Busy => "busy",
        }
    }

    /// The PDU that says so.
    pub fn pdu(self) -> Pdu {
        use AssociationRJResult::{Permanent, Transient};
        let (result, source) = match self {
            Self::CalledUnknown => (Permanent, Source::ServiceUser(User::CalledAETitleNotRecognized)),
            Self::CallingUnknown => (Permanent, Source::ServiceUser(User::CallingAETitleNotRecognized)),
            Self::ApplicationContext => {
                (Permanent, Source::ServiceUser(User::ApplicationContextNameNotSupported))
            }
            Self::Busy => (Transient, Source::ServiceProviderPresentation(Presentation::LocalLimitExceeded)),
        };
        Pdu::AssociationRJ(AssociationRJ { result, source })
    }
}
