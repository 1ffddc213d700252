use serde::{Deserialize, Serialize};

/// What the systems run on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Network {
    /// The hospital whose it is.
    pub hospital: String,
    /// When it was last compared with what is built, `YYYY-MM-DD`.
    pub as_of: String,
    /// Where machines stand.
    #[serde(rename = "room")]
    pub rooms: Vec<Room>,
    /// What they get power from.
    #[serde(rename = "feed")]
    pub feeds: Vec<Feed>,
    /// What takes their warmth away.
    #[serde(rename = "cooler")]
    pub coolers: Vec<Cooler>,
    /// What they stand in.
    #[serde(rename = "rack")]
    pub racks: Vec<Rack>,
    /// What joins cables.
    #[serde(rename = "switch")]
    pub switches: Vec<Switch>,
    /// Machines.
    #[serde(rename = "host")]
    pub hosts: Vec<Host>,
    /// Cables.
    #[serde(rename = "link")]
    pub links: Vec<Link>,
}

/// A room with machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
}

/// A source of power.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
}

/// A cooling unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cooler {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it cools.
    pub room: String,
}

/// A rack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rack {
    /// Its slug, as on its door.
    pub id: String,
    /// Where it stands.
    pub room: String,
    /// What it gets power from.
    pub feeds: Vec<String>,
}

/// A switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Switch {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it hangs.
    pub rack: String,
    /// In which unit of the rack, from below.
    pub unit: u8,
}

/// A machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its slug.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it stands; what is outside the hospital stands in no rack.
    #[serde(default)]
    pub rack: Option<String>,
    /// In which unit of the rack, from below.
    #[serde(default)]
    pub unit: u8,
    /// How many units it is high.
    #[serde(default)]
    pub height: u8,
    /// The systems that run on it, by their ids in the hospital's file.
    pub systems: Vec<String>,
}

/// A cable, or a line that is leased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// One end: a host or a switch.
    pub from: String,
    /// The other.
    pub to: String,
    /// How much it carries, in megabits a second.
    pub mbps: u32,
}

impl Network {
    /// The machine a system runs on.
    #[must_use]
    pub fn host_of(&self, system: &str) -> Option<&Host> {
        self.hosts.iter().find(|host| host.systems.iter().any(|known| known == system))
    }
}
