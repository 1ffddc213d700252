/// The longest PDU we take and announce (PS3.8, D.1).
pub const PDU_BYTES_MAX: u32 = 128 * 1024;
/// The largest data set of a message.
pub const DATASET_BYTES_MAX: usize = 64 * 1024 * 1024;
