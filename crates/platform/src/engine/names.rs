//! The words of the interface engine in the journal and the role matrix.

/// Looking at channels and messages takes this permission.
pub(super) const VIEW: &str = "channel.view";
/// Changing, starting and stopping channels, and sending messages again, takes this one.
pub(super) const MANAGE: &str = "channel.manage";

/// A channel was saved, deployed, started or stopped.
pub(super) const CHANNEL: &str = "channel.change";
/// A channel took a message in.
pub(super) const RECEIVED: &str = "hl7.received";
/// A message was accepted by the other side.
pub(super) const SENT: &str = "hl7.sent";
/// A message failed, at the source or for good at a destination.
pub(super) const FAILED: &str = "channel.error";
/// A queue or the errors of a channel have grown past what its file allows.
pub(super) const ALERT: &str = "alert";
/// Told to those who watch, beside [`RECEIVED`]: a channel has something to do.
pub(super) const TAKEN: &str = "channel.received";
