//! What happened in a hospital before its learner came: commands that people gave, messages and pictures that systems sent, channels that
//! somebody wrote, charts that were looked at, and problems that came and went, each at its time.

mod event;
mod past;

pub(super) use past::earlier_events;
