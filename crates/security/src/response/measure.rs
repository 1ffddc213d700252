use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest name of an account, address or client.
const NAME_CHARS_MAX: usize = 64;
/// The most requests a minute that a limit may allow.
const PER_MINUTE_MAX: u32 = 600;
/// The most devices that a list of callers names.
const CALLERS_MAX: usize = 50;

/// A way into the hospital whose pace can be limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// Sign-ins at the identity provider.
    SignIn,
    /// Requests of apps to the FHIR server.
    Fhir,
}

impl Route {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SignIn, Self::Fhir];

    /// The word in forms and the journal.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Fhir => "fhir",
        }
    }
}

/// A way of talking that a segment may still be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Apps, browsers and everything else over HTTPS.
    Https,
    /// HL7 v2 messages.
    Mllp,
    /// Associations with the archive.
    Dicom,
}

impl Door {
    /// The word in forms and the journal.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Https => "https",
            Self::Mllp => "mllp",
            Self::Dicom => "dicom",
        }
    }
}

/// A node of the imaging network or a sender of messages, and the one address it calls from. A title alone proves nothing:
/// whoever calls chooses it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// Its AE title, or its name in MSH-3.
    pub title: String,
    /// Its address.
    pub address: String,
}

/// Something done against an attack. It stays in force until it is lifted, except for what is done once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Measure {
    /// An account can neither sign in nor use what it holds.
    DisableAccount {
        /// Its login.
        login: String,
    },
    /// Everything an account holds ends now, once: sessions, tokens and their families.
    EndSessions {
        /// Its login.
        login: String,
    },
    /// Everything an app holds ends now, once.
    EndTokens {
        /// The app's id.
        client: String,
    },
    /// Accounts need a code from an authenticator app to sign in: one of them, or all of a role.
    RequireCode {
        /// A login, or `role:` with a role, such as `role:patient`.
        who: String,
    },
    /// Nothing is taken from an address: no sign-in, and no request of an app.
    BlockAddress {
        /// The address.
        address: String,
    },
    /// No more than so many requests a minute from one address.
    LimitRoute {
        /// Which way in.
        route: Route,
        /// Requests a minute.
        per_minute: u32,
    },
    /// An app may do no more than these scopes, from now on and with the tokens it has.
    NarrowClient {
        /// The app's id.
        client: String,
        /// Scopes as SMART has them, with spaces.
        scopes: String,
    },
    /// What an app may see of the patient in context is held to that patient, by the server and for every request, whatever
    /// was agreed with its makers.
    HoldToPatient {
        /// The app's id.
        client: String,
    },
    /// No export can be begun.
    FreezeExport,
    /// An interface carries nothing; messages wait.
    StopInterface {
        /// Its id, as on the map.
        interface: String,
    },
    /// Over an interface, nothing from outside is taken but through TLS in which the client showed a certificate (mutual TLS:
    /// RFC 8446, 4.3.2).
    RequireCertificate {
        /// Its id, as on the map.
        interface: String,
    },
    /// Only these may call the archive, each from its own address.
    AllowCallers {
        /// Who.
        callers: Vec<Caller>,
    },
    /// Only these may send messages to a system from outside, each from its own address.
    AllowSenders {
        /// The system's id, as on the map.
        system: String,
        /// Who: the name in MSH-3 as title.
        senders: Vec<Caller>,
    },
    /// A service of decision support is not asked and does not answer.
    StopService {
        /// Its id, the hospital's own or one that the chart calls.
        service: String,
    },
    /// Nothing crosses the edge of a network segment, but for what is allowed: neither connections from it and to it, nor messages
    /// between systems inside and outside of it.
    IsolateSegment {
        /// Its id, as on the map.
        segment: String,
        /// What may still cross.
        #[serde(default)]
        allow: Vec<Door>,
    },
    /// A new key signs from now on, once. The old one can be looked up for a day.
    RotateKey,
}

/// A measure that cannot be taken as it stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct MeasureError {
    /// The field that is wrong.
    pub field: &'static str,
    /// What it must be.
    pub rule: &'static str,
}

impl Measure {
    /// The word for it in the journal and in addresses.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::DisableAccount { .. } => "disable-account",
            Self::EndSessions { .. } => "end-sessions",
            Self::EndTokens { .. } => "end-tokens",
            Self::RequireCode { .. } => "require-code",
            Self::BlockAddress { .. } => "block-address",
            Self::LimitRoute { .. } => "limit-route",
            Self::NarrowClient { .. } => "narrow-client",
            Self::HoldToPatient { .. } => "hold-to-patient",
            Self::FreezeExport => "freeze-export",
            Self::StopInterface { .. } => "stop-interface",
            Self::RequireCertificate { .. } => "require-certificate",
            Self::AllowCallers { .. } => "allow-callers",
            Self::AllowSenders { .. } => "allow-senders",
            Self::StopService { .. } => "stop-service",
            Self::IsolateSegment { .. } => "isolate-segment",
            Self::RotateKey => "rotate-key",
        }
    }

    /// What it is about: an account, an address, an app; nothing for the whole house.
    #[must_use]
    pub fn target(&self) -> &str {
        match self {
            Self::DisableAccount { login } | Self::EndSessions { login } => login,
            Self::EndTokens { client }
            | Self::NarrowClient { client, .. }
            | Self::HoldToPatient { client } => client,
            Self::RequireCode { who } => who,
            Self::BlockAddress { address } => address,
            Self::LimitRoute { route, .. } => route.word(),
            Self::StopInterface { interface } | Self::RequireCertificate { interface } => interface,
            Self::AllowSenders { system, .. } => system,
            Self::StopService { service } => service,
            Self::IsolateSegment { segment, .. } => segment,
            Self::FreezeExport | Self::RotateKey | Self::AllowCallers { .. } => "",
        }
    }

    /// The key under which it is kept: one measure of a kind about one thing.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{} {}", self.word(), self.target()).trim_end().to_owned()
    }

    /// Whether it is over as soon as it is done, so that there is nothing to lift.
    #[must_use]
    pub fn is_once(&self) -> bool {
        matches!(self, Self::EndSessions { .. } | Self::EndTokens { .. } | Self::RotateKey)
    }

    /// What it does, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::DisableAccount { login } => format!("The account {login} can do nothing."),
            Self::EndSessions { login } => format!("Whatever the account {login} held has ended."),
            Self::EndTokens { client } => format!("Whatever the app {client} held has ended."),
            Self::RequireCode { who } => match who.strip_prefix("role:") {
                Some(role) => format!("Every {role} needs a code to sign in."),
                None => format!("The account {who} needs a code to sign in."),
            },
            Self::BlockAddress { address } => format!("Nothing is taken from {address}."),
            Self::LimitRoute { route, per_minute } => {
                format!("From one address, {per_minute} a minute are taken at {}.", route.word())
            }
            Self::NarrowClient { client, scopes } => {
                format!("The app {client} may do no more than {scopes}.")
            }
            Self::HoldToPatient { client } => {
                format!("Through the app {client}, a patient gets their own records and nobody else's.")
            }
            Self::FreezeExport => "No export can be begun.".to_owned(),
            Self::StopInterface { interface } => format!("The interface {interface} carries nothing."),
            Self::RequireCertificate { interface } => {
                format!("Over {interface}, nothing is taken from outside without a client's certificate.")
            }
            Self::AllowCallers { callers } => {
                format!("Only these may call the archive: {}.", in_words(callers))
            }
            Self::AllowSenders { system, senders } => {
                format!("From outside, only these may send messages to {system}: {}.", in_words(senders))
            }
            Self::StopService { service } => format!("The service {service} is not asked and says nothing."),
            Self::IsolateSegment { segment, allow } if allow.is_empty() => {
                format!("Nothing crosses the edge of the segment {segment}.")
            }
            Self::IsolateSegment { segment, allow } => {
                let allowed: Vec<&str> = allow.iter().map(|door| door.word()).collect();
                format!("Nothing but {} crosses the edge of the segment {segment}.", allowed.join(" and "))
            }
            Self::RotateKey => "A new key signs.".to_owned(),
        }
    }

    /// Whether it makes sense before anybody looks at the hospital.
    ///
    /// # Errors
    /// The field that is wrong.
    pub fn check(&self) -> Result<(), MeasureError> {
        let wrong = |field, rule| Err(MeasureError { field, rule });
        let sound = |text: &str| {
            let chars = text.chars().count();
            (1..=NAME_CHARS_MAX).contains(&chars)
                && !text.chars().any(|c| c.is_control() || c.is_whitespace())
        };
        match self {
            Self::BlockAddress { address } if address.parse::<std::net::IpAddr>().is_err() => {
                wrong("address", "one address, such as 203.0.113.7")
            }
            Self::LimitRoute { per_minute, .. } if !(1..=PER_MINUTE_MAX).contains(per_minute) => {
                wrong("per_minute", "a number from 1 to 600")
            }
            Self::AllowCallers { callers: all } | Self::AllowSenders { senders: all, .. }
                if !(1..=CALLERS_MAX).contains(&all.len()) =>
            {
                wrong("callers", "1 to 50 of them, each with its title and address")
            }
            Self::AllowCallers { callers: all } | Self::AllowSenders { senders: all, .. }
                if all
                    .iter()
                    .any(|one| !sound(&one.title) || one.address.parse::<std::net::IpAddr>().is_err()) =>
            {
                wrong("callers", "a title and one address each, such as CT01 and 10.30.0.11")
            }
            Self::FreezeExport | Self::RotateKey | Self::LimitRoute { .. } | Self::AllowCallers { .. } => {
                Ok(())
            }
            _ if !sound(self.target()) => wrong("target", "1 to 64 characters without spaces"),
            _ => Ok(()),
        }
    }
}

fn in_words(callers: &[Caller]) -> String {
    let all: Vec<String> = callers.iter().map(|one| format!("{} from {}", one.title, one.address)).collect();
    all.join(", ")
}
