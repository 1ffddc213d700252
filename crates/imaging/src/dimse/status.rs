//! Status codes (PS3.7, C; PS3.4, annexes B and C).

/// Done.
pub const SUCCESS: u16 = 0x0000;
/// One more match, or a retrieval goes on.
pub const PENDING: u16 = 0xff00;
/// The sender asked to stop, and it was.
pub const CANCEL: u16 = 0xfe00;
/// No room, or too many: nothing was kept.
pub const OUT_OF_RESOURCES: u16 = 0xa700;
/// Nothing of a retrieval could be delivered.
pub const UNABLE_TO_DELIVER: u16 = 0xa702;
/// The destination of a retrieval is not known.
pub const UNKNOWN_DESTINATION: u16 = 0xa801;
/// The identifier or object does not fit the service.
pub const DOES_NOT_MATCH: u16 = 0xa900;
/// Some of a retrieval failed.
pub const SOME_FAILED: u16 = 0xb000;
/// The object or identifier cannot be understood.
pub const CANNOT_UNDERSTAND: u16 = 0xc000;
/// The archive has another object under this UID.
pub const ALREADY_OTHERWISE: u16 = 0xc001;
/// The SOP class is not served here.
pub const SOP_CLASS_NOT_SUPPORTED: u16 = 0x0122;
/// The operation is not known for this SOP class.
pub const UNRECOGNIZED_OPERATION: u16 = 0x0211;
/// Something failed here.
pub const PROCESSING_FAILURE: u16 = 0x0110;
