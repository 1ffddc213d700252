use hospital::topology::{Interface, Protocol, System, SystemKind};
use serde::Serialize;
use store::StoreError;
use store::sandbox::systems::{Standing, Traffic};

use super::control::is_living;
use super::play::is_playing;
use crate::access::Access;
use crate::messages::store_of;
use crate::topology::topology;

/// The systems of a hospital, and what goes on between them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HospitalMap {
    /// What it is called.
    pub title: String,
    /// Its own time, virtual microseconds since 1970 UTC.
    pub now_us: i64,
    /// Whether the other systems do their work by themselves.
    pub living: bool,
    /// Whether patients come and go by themselves.
    pub playing: bool,
    /// Its systems, in the order of its file.
    pub systems: Vec<SystemView>,
    /// Its interfaces, in the order of its file.
    pub interfaces: Vec<InterfaceView>,
}

/// One system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SystemView {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// Its name on the network.
    pub host: String,
    /// The system whose store it shares.
    pub shares: Option<String>,
    /// How many records of its own it has, by kind.
    pub records: Vec<(String, u64)>,
    /// Whether it keeps people, so that these can be compared with the chart.
    pub keeps_people: bool,
}

/// One interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InterfaceView {
    /// Its id.
    pub id: String,
    /// Who sends.
    pub from: String,
    /// Who receives.
    pub to: String,
    /// How they speak, with its version.
    pub protocol: String,
    /// Whether messages are carried here one by one and kept.
    pub is_queued: bool,
    /// What is sent.
    pub events: Vec<String>,
    /// Where the receiver listens.
    pub port: u16,
    /// How many messages are usual in a day.
    pub per_day: u32,
    /// `up`, or one word for why it carries nothing.
    pub standing: String,
    /// Why it carries nothing.
    pub reason: Option<String>,
    /// Messages that wait.
    pub waiting: u64,
    /// Messages that were delivered.
    pub delivered: u64,
    /// Messages that were refused, and nobody has sent again.
    pub refused: u64,
    /// When the oldest of those that wait was queued.
    pub waiting_since_us: Option<i64>,
    /// When a message was delivered last.
    pub delivered_us: Option<i64>,
}

/// The systems and interfaces of a hospital as they stand now. Looking leaves no trace: it shows no patient.
///
/// # Errors
/// When the store fails.
pub fn map(access: &Access) -> Result<HospitalMap, StoreError> {
    let topology = topology();
    let (living, playing) = (is_living(access)?, is_playing(access)?);
    access.sandbox().view(|view| {
        let (traffic, standings) = (view.traffic()?, view.standings()?);
        let systems = topology.systems.iter().map(|system| {
            Ok::<_, StoreError>(system_view(system, view.system_record_counts(store_of(system))?))
        });
        let interfaces = topology.interfaces.iter().map(|interface| {
            let traffic = traffic.iter().find(|one| one.interface == interface.id);
            let standing = standings.iter().find(|one| one.interface == interface.id);
            interface_view(interface, &traffic.cloned().unwrap_or_default(), standing)
        });
        Ok(HospitalMap {
            title: topology.title.clone(),
            now_us: access.virtual_us(),
            living,
            playing,
            systems: systems.collect::<Result<_, _>>()?,
            interfaces: interfaces.collect(),
        })
    })
}

/// Whether a system writes people down.
pub(super) fn keeps_people(system: &System) -> bool {
    use SystemKind::{Billing, Follower, Lis, Pharmacy, Portal, Ris};
    system.store.is_none() && matches!(system.kind, Billing | Follower | Lis | Pharmacy | Portal | Ris)
}

fn system_view(system: &System, records: Vec<(String, u64)>) -> SystemView {
    SystemView {
        id: system.id.clone(),
        title: system.title.clone(),
        about: system.about.clone(),
        host: system.host.clone(),
        shares: system.store.clone(),
        records,
        keeps_people: keeps_people(system),
    }
}

fn interface_view(interface: &Interface, traffic: &Traffic, standing: Option<&Standing>) -> InterfaceView {
    let version = interface.version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    InterfaceView {
        id: interface.id.clone(),
        from: interface.from.clone(),
        to: interface.to.clone(),
        protocol: format!("{}{version}", interface.protocol.name()),
        is_queued: interface.protocol == Protocol::Mllp,
        events: interface.events.clone(),
        port: interface.port,
        per_day: interface.per_day,
        standing: standing.map_or_else(|| "up".to_owned(), |standing| standing.standing.clone()),
        reason: standing.map(|standing| standing.reason.clone()),
        waiting: traffic.waiting,
        delivered: traffic.delivered,
        refused: traffic.refused,
        waiting_since_us: traffic.waiting_since_us,
        delivered_us: traffic.delivered_us,
    }
}
