use std::time::{Duration, Instant};

use kits::wire::http::{Client, Request, Response};
use kits::wire::{Limits, Reach, Trouble};

/// How long a service has, from first byte to last. Whoever waits for it has not stopped working.
pub const DEADLINE: Duration = Duration::from_secs(2);
/// How long it may take to connect.
const CONNECT: Duration = Duration::from_secs(1);
/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// What came of dialling.
#[derive(Debug, Clone, Default)]
pub(crate) struct Came {
    /// What came, as far as it did.
    pub(crate) response: Response,
    /// Why it is not whole.
    pub(crate) trouble: Option<Trouble>,
    /// How long it took, in microseconds.
    pub(crate) took_us: i64,
}

/// Dials somebody's server: within the deadline, no further than learners may reach, and following nobody elsewhere.
pub(crate) fn dial(request: &Request) -> Came {
    let client = Client::new(&Limits {
        connect: CONNECT,
        exchange: DEADLINE,
        body_bytes_max: ANSWER_BYTES_MAX,
        reach: Reach::NoMachineServices,
        ..Limits::default()
    });
    let began = Instant::now();
    let asked = client.ask(request);
    let took_us = i64::try_from(began.elapsed().as_micros()).unwrap_or(i64::MAX);
    match asked {
        Ok(response) => Came { response, trouble: None, took_us },
        Err((trouble, response)) => Came { response, trouble: Some(trouble), took_us },
    }
}

/// Dials all at once: together they take as long as the slowest, and that is at most the deadline.
pub(crate) fn dial_all(requests: &[Request]) -> Vec<Came> {
    std::thread::scope(|scope| {
        let under_way: Vec<_> = requests.iter().map(|request| scope.spawn(|| dial(request))).collect();
        under_way.into_iter().map(|one| one.join().unwrap_or_default()).collect()
    })
}
