use std::time::Duration;

/// What a peer may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest message.
    pub frame_bytes_max: usize,
    /// How long a connection may be silent between frames.
    pub idle_max: Duration,
    /// How long a frame may take to go on, once it has begun.
    pub half_frame_max: Duration,
    /// How long a TLS handshake may take, and how long an answer may take to be read.
    pub patience: Duration,
    /// Connections of one address at a time.
    pub connections_max: usize,
}

impl Default for Limits {
    /// One MiB, ten minutes of silence, thirty seconds inside a frame, ten for answers, 50 connections.
    fn default() -> Self {
        Self {
            frame_bytes_max: 1 << 20,
            idle_max: Duration::from_mins(10),
            half_frame_max: Duration::from_secs(30),
            patience: Duration::from_secs(10),
            connections_max: 50,
        }
    }
}
