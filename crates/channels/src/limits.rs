/// What a channel may spend on one message. A channel that wants more gets an error that says which limit it met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Size of a message that comes in.
    pub message_bytes_max: usize,
    /// Size of what one connector may make of it.
    pub output_bytes_max: usize,
    /// Memory that the scripts of one channel may hold.
    pub memory_bytes_max: usize,
    /// Stack that a script may use: some hundreds of nested calls.
    pub stack_bytes_max: usize,
    /// Work that one script may do for one message, in slices of some ten thousand steps. Counted rather than timed, so
    /// that a script that stops here stops everywhere.
    pub work_max: u32,
    /// Lines that the scripts of one message may log; the others are counted and dropped.
    pub log_lines_max: usize,
    /// Characters of a log line.
    pub log_chars_max: usize,
    /// Values that may stand in the maps of one message.
    pub map_values_max: usize,
    /// Channels that a message may pass through on its way from one to the next.
    pub hops_max: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message_bytes_max: 4 << 20,
            output_bytes_max: 8 << 20,
            memory_bytes_max: 64 << 20,
            stack_bytes_max: 256 << 10,
            work_max: 2_000,
            log_lines_max: 200,
            log_chars_max: 2_000,
            map_values_max: 1_000,
            hops_max: 16,
        }
    }
}
