use store::StoreError;

use super::control::is_living;
use crate::access::Access;
use crate::engine;
use crate::entropy::Entropy;
use crate::fhir::Context;
use crate::messages::{Systems, deliver, report};
use crate::platform::Platform;

/// Who moves messages.
pub(super) const ENGINE: &str = "engine";

/// How far a hospital has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    /// As much was done as was allowed; more is due.
    More,
    /// Nothing more is due before so many microseconds of wall time have passed.
    In(i64),
    /// Nothing is due at all, or the clock stands still.
    Rest,
}

/// What comes next in a hospital.
enum Next {
    Message(store::sandbox::systems::Message),
    Order(store::sandbox::systems::SystemRecord),
    /// A message that a channel has taken down, at this time, and not looked at.
    Unread(i64),
    /// Something a channel is to send.
    Parcel(i64),
    /// Something in the house that is played.
    House(i64),
}

impl Next {
    fn due_us(&self) -> i64 {
        match self {
            Self::Message(message) => message.due_us,
            Self::Order(record) => record.due_us.unwrap_or(i64::MAX),
            Self::Unread(due_us) | Self::Parcel(due_us) | Self::House(due_us) => *due_us,
        }
    }
}

impl Platform {
    /// Does what is due in a hospital at its own time, in order, but no more than `limit` things. None of it waits for the
    /// disk: if the machine loses power, what was due is due again, and whatever somebody was told is kept lies before it.
    pub fn step_hospital(&self, sandbox: &str, limit: usize) -> Result<Stepped, StoreError> {
        let opened = self.access(sandbox, ENGINE, "ENGINE")?.unhurried();
        for _ in 0..limit {
            let stepped = self.step(&opened.later(self.clock.now_us()), self.entropy.as_ref())?;
            if stepped != Stepped::More {
                return Ok(stepped);
            }
        }
        Ok(Stepped::More)
    }

    /// Does the next thing that is due at the time of `access`, with ids from `entropy`.
    pub(crate) fn step(&self, access: &Access, entropy: &dyn Entropy) -> Result<Stepped, StoreError> {
        let Some(next) = self.next(access)? else { return Ok(Stepped::Rest) };
        let due_us = next.due_us();
        if due_us > access.virtual_us() {
            return Ok(wait(access, due_us));
        }
        // What was due in the past happens in the past: a clock that jumped leaves no gap.
        let then = access.at(due_us);
        let context = Context { access: &then, base_url: "", entropy, limits: &self.limits.json };
        match &next {
            Next::Message(message) => deliver(self, &context, message)?,
            Next::Order(record) => report(&context, record)?,
            Next::Unread(_) => drop(engine::process_received(self, &then).map_err(engine::failure)?),
            Next::Parcel(_) => {
                drop(engine::deliver_due(self, &then, "", &Systems(self)).map_err(engine::failure)?);
            }
            Next::House(_) => self.play_on(access)?,
        }
        Ok(Stepped::More)
    }

    /// When the next thing is due in a hospital, virtual microseconds since 1970 UTC.
    pub(crate) fn next_due_us(&self, access: &Access) -> Result<Option<i64>, StoreError> {
        Ok(self.next(access)?.map(|next| next.due_us()))
    }

    fn next(&self, access: &Access) -> Result<Option<Next>, StoreError> {
        let living = is_living(access)?;
        let house = self.house_next_us(access)?.map(Next::House);
        access.sandbox().view(|view| {
            let message = view.next_message()?.map(Next::Message);
            let order = if living { view.system_record_due()?.map(Next::Order) } else { None };
            let unread = view.next_received()?.map(|message| Next::Unread(message.received_us));
            let parcel = view.next_delivery()?.map(|due| Next::Parcel(due.delivery.due_us));
            Ok([unread, message, parcel, order, house].into_iter().flatten().min_by_key(Next::due_us))
        })
    }
}

/// How long until a time comes, by a clock that may run fast.
fn wait(access: &Access, due_us: i64) -> Stepped {
    match i64::from(access.clock().rate) {
        0 => Stepped::Rest,
        rate => Stepped::In((due_us - access.virtual_us()) / rate + 1),
    }
}
