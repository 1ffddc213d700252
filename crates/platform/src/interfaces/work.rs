use std::sync::Arc;

use store::sandbox::Sandbox;

use super::deliver::{Sender, deliver_due};
use super::error::InterfaceError;
use super::receive::process_received;
use crate::access::Access;
use crate::platform::Platform;

/// Steps that one sandbox may take before the others have their turn.
const STEPS_MAX: usize = 50;

impl Platform {
    /// Lets the interface engine of every open sandbox do what is due: messages that were only stored, then deliveries.
    /// `base_url` gives the address of a sandbox's FHIR service. Call it now and then; returns the steps that were taken.
    ///
    /// A sandbox that nobody uses is closed with its queues and goes on when it is opened. One whose engine fails does not
    /// keep the others from theirs.
    pub fn work_channels(&self, base_url: &dyn Fn(&str) -> String, sender: &dyn Sender) -> usize {
        let sandboxes = self.sandboxes.in_use();
        let worked = sandboxes.into_iter().map(|sandbox| {
            let id = sandbox.id().to_owned();
            self.work_sandbox(sandbox, &base_url(&id), sender).unwrap_or_else(|error| {
                tracing::error!(sandbox.id = id, %error, "the interface engine of a sandbox failed");
                0
            })
        });
        worked.sum()
    }

    fn work_sandbox(
        &self,
        sandbox: Arc<Sandbox>,
        base_url: &str,
        sender: &dyn Sender,
    ) -> Result<usize, InterfaceError> {
        let now_us = self.clock.now_us();
        let access =
            Access::new(sandbox, "interface engine", "interface engine", now_us, self.watch.clone())?;
        let mut steps = 0;
        while steps < STEPS_MAX {
            let worked =
                process_received(self, &access)? || deliver_due(self, &access, base_url, sender)?.is_some();
            if !worked {
                break;
            }
            steps += 1;
        }
        Ok(steps)
    }
}
