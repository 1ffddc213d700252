use std::fmt;

use serde::{Deserialize, Serialize};

/// Where in the hospital a command is given: what one goes to, or takes in one's hand.
///
/// On a page it changes nothing; in a room it says at which thing the command is found. Written `desk`, `telephone`, `cart`,
/// `chart`, `host:ID` or `cable:ID`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Place {
    /// The table in the command centre.
    #[default]
    Desk,
    /// The telephone beside it.
    Telephone,
    /// The downtime cart, which is walked to the ward.
    Cart,
    /// The workstation on the ward.
    Chart,
    /// The console of a machine, by its id in the network's file.
    Host(String),
    /// The cable that leads from a machine, which is pulled or put back.
    Cable(String),
}

impl Place {
    /// The machine it is about, if it is about one.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Host(host) | Self::Cable(host) => Some(host),
            _ => None,
        }
    }
}

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let of = |kind: &str| text.strip_prefix(kind).filter(|id| !id.is_empty()).map(str::to_owned);
        match text.as_str() {
            "desk" => return Ok(Self::Desk),
            "telephone" => return Ok(Self::Telephone),
            "cart" => return Ok(Self::Cart),
            "chart" => return Ok(Self::Chart),
            _ => {}
        }
        let found = of("host:").map(Self::Host).or_else(|| of("cable:").map(Self::Cable));
        found.ok_or_else(|| {
            format!("'{text}' is no place; write desk, telephone, cart, chart, host:ID or cable:ID")
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Desk => f.write_str("desk"),
            Self::Telephone => f.write_str("telephone"),
            Self::Cart => f.write_str("cart"),
            Self::Chart => f.write_str("chart"),
            Self::Host(host) => write!(f, "host:{host}"),
            Self::Cable(host) => write!(f, "cable:{host}"),
        }
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}
