use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use platform::people::is_guarded;
use tracing_subscriber::EnvFilter;

use super::{ConfigError, Key, Raw};

/// The port registered for DICOM (PS3.8, 9.1.1).
const DICOM_PORT: u16 = 11_112;
/// The port of MLLP, as registered for it.
const MLLP_PORT: u16 = 2575;
/// The port beside that of PostgreSQL, which a database of one's own may have.
const PG_PORT: u16 = 5433;

/// The configuration, checked: every value is possible, and they fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Folder of everything that is kept.
    pub data: PathBuf,
    /// Address to listen on.
    pub listen: IpAddr,
    /// HTTP port; 0 means any that is free.
    pub port: u16,
    /// DICOM port; 0 means any that is free, none the usual one or, if that is taken, any.
    pub dicom_port: Option<u16>,
    /// Port for HL7 v2 messages over MLLP; 0 means any that is free, none the usual one or, if that is taken, any.
    pub mllp_port: Option<u16>,
    /// Authorities whose certificates MLLP clients must show.
    pub mllp_client_ca: Option<PathBuf>,
    /// Whether MLLP clients that show none are heard too.
    pub mllp_client_optional: bool,
    /// Port of PostgreSQL's wire; 0 means any that is free, none the usual one or, if that is taken, any.
    pub pg_port: Option<u16>,
    /// Whether plain HTTP beyond this machine is allowed.
    pub insecure: bool,
    /// Certificate and key; with them, HTTP is spoken inside TLS.
    pub tls: Option<TlsFiles>,
    /// Whether TLS is spoken with a certificate of the classroom's own authority, kept in the data folder.
    pub classroom: bool,
    /// The provider at which people sign in too.
    pub oidc: Option<Oidc>,
    /// Whether demonstration people are set up, with their secrets in `run.json`.
    pub demo: Demo,
    /// What is logged, in the syntax of `tracing-subscriber`'s filter.
    pub log: String,
    /// How it is logged.
    pub log_format: LogFormat,
    /// Patients in the default image.
    pub patients: u32,
    /// Seed of the default image.
    pub seed: u64,
    /// Sandboxes a learner may hold.
    pub sandboxes_per_learner: u32,
    /// Folder of labs and tracks to use instead of the built-in ones.
    pub content: Option<PathBuf>,
}

/// The two files TLS needs, both PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificate chain, own certificate first.
    pub cert: PathBuf,
    /// Private key.
    pub key: PathBuf,
}

/// A provider at which people sign in, by OpenID Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oidc {
    /// Its name.
    pub issuer: String,
    /// What this Practicum is called there.
    pub client_id: String,
    /// File of what it shows there.
    pub client_secret_file: Option<PathBuf>,
    /// What people call it.
    pub title: String,
}

/// When there are demonstration people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// While nobody else has an account and only this machine can connect: what someone who just tries it needs.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For a person at a terminal.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

impl LogFormat {
    /// The word for it in a configuration.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("practicum-data"),
            listen: IpAddr::V4(Ipv4Addr::LOCALHOST),
            port: 8080,
            dicom_port: None,
            mllp_port: None,
            mllp_client_ca: None,
            mllp_client_optional: false,
            pg_port: None,
            insecure: false,
            tls: None,
            classroom: false,
            oidc: None,
            demo: Demo::Auto,
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            patients: 1_000,
            seed: 1,
            sandboxes_per_learner: 100,
            content: None,
        }
    }
}

impl Config {
    /// Checks what was gathered.
    ///
    /// # Errors
    /// Everything that is wrong, including what [`Raw`] met while gathering.
    pub fn check(raw: &mut Raw) -> Result<Self, ConfigError> {
        let usual = Self::default();
        let config = Self {
            data: value(raw, Key::Data, usual.data, path),
            listen: value(raw, Key::Listen, usual.listen, address),
            port: value(raw, Key::Port, usual.port, port),
            dicom_port: value(raw, Key::DicomPort, usual.dicom_port, |text| port(text).map(Some)),
            mllp_port: value(raw, Key::MllpPort, usual.mllp_port, |text| port(text).map(Some)),
            mllp_client_ca: value(raw, Key::MllpClientCa, usual.mllp_client_ca, |text| path(text).map(Some)),
            mllp_client_optional: value(raw, Key::MllpClientOptional, usual.mllp_client_optional, yes_or_no),
            pg_port: value(raw, Key::PgPort, usual.pg_port, |text| port(text).map(Some)),
            insecure: value(raw, Key::Insecure, usual.insecure, yes_or_no),
            tls: tls(raw),
            classroom: value(raw, Key::Tls, usual.classroom, yes_or_no),
            oidc: oidc(raw),
            demo: value(raw, Key::Demo, usual.demo, demo),
            log: value(raw, Key::Log, usual.log, log_filter),
            log_format: value(raw, Key::LogFormat, usual.log_format, log_format),
            patients: value(raw, Key::Patients, usual.patients, patients),
            seed: value(raw, Key::Seed, usual.seed, seed),
            sandboxes_per_learner: value(raw, Key::SandboxesPerLearner, usual.sandboxes_per_learner, count),
            content: value(raw, Key::Content, usual.content, |text| path(text).map(Some)),
        };
        config.check_exposure(raw);
        config.check_classroom(raw);
        config.check_client_ca(raw);
        match std::mem::take(raw).into_problems() {
            none if none.is_empty() => Ok(config),
            problems => Err(ConfigError { problems }),
        }
    }

    /// Where to listen.
    pub fn socket(&self) -> SocketAddr {
        SocketAddr::new(self.listen, self.port)
    }

    /// The addresses to try for DICOM, in order. It has no TLS, so it stays on this machine unless the network is said to be
    /// a safe one.
    pub fn dicom_sockets(&self) -> Vec<SocketAddr> {
        let is_safe = self.listen.is_loopback() || self.insecure;
        let listen = if is_safe { self.listen } else { IpAddr::V4(Ipv4Addr::LOCALHOST) };
        let ports = self.dicom_port.map_or_else(|| vec![DICOM_PORT, 0], |port| vec![port]);
        ports.into_iter().map(|port| SocketAddr::new(listen, port)).collect()
    }

    /// The addresses to try for MLLP, in order.
    pub fn mllp_sockets(&self) -> Vec<SocketAddr> {
        let ports = self.mllp_port.map_or_else(|| vec![MLLP_PORT, 0], |port| vec![port]);
        ports.into_iter().map(|port| SocketAddr::new(self.listen, port)).collect()
    }

    /// The addresses to try for PostgreSQL's wire, in order. Passwords cross it in the clear, so it stays on this machine.
    pub fn pg_sockets(&self) -> Vec<SocketAddr> {
        let ports = self.pg_port.map_or_else(|| vec![PG_PORT, 0], |port| vec![port]);
        ports.into_iter().map(|port| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)).collect()
    }

    /// Certificates are shown inside TLS only.
    fn check_client_ca(&self, raw: &mut Raw) {
        if self.mllp_client_ca.is_some() && self.tls.is_none() && !self.classroom {
            let text = "mllp_client_ca needs tls_cert and tls_key beside it".to_owned();
            raw.problem(&raw.origin(Key::MllpClientCa), text);
        }
        if self.mllp_client_optional && self.mllp_client_ca.is_none() {
            let text = "mllp_client_optional needs mllp_client_ca beside it".to_owned();
            raw.problem(&raw.origin(Key::MllpClientOptional), text);
        }
    }

    /// A server has one certificate.
    fn check_classroom(&self, raw: &mut Raw) {
        if self.classroom && self.tls.is_some() {
            let text = "tls makes a certificate, and tls_cert names one; set one of them".to_owned();
            raw.problem(&raw.origin(Key::Tls), text);
        }
    }

    /// Passwords and tokens must not cross a network in the open by accident.
    fn check_exposure(&self, raw: &mut Raw) {
        if self.listen.is_loopback() || self.tls.is_some() || self.classroom || self.insecure {
            return;
        }
        let text = format!(
            "listening on {} would send passwords in the open; set tls, tls_cert and tls_key, or insecure if a proxy \
             in front of it speaks TLS",
            self.listen
        );
        raw.problem(&raw.origin(Key::Listen), text);
    }
}

/// The checked value of `key`, or `usual` if it is not set or wrong; then the problem is noted.
fn value<T>(raw: &mut Raw, key: Key, usual: T, check: impl Fn(&str) -> Result<T, &'static str>) -> T {
    let Some((text, origin)) = raw.get(key) else {
        return usual;
    };
    match check(text) {
        Ok(value) => value,
        Err(rule) => {
            let (origin, text) = (origin.clone(), format!("{} is \"{text}\", but {rule}", key.name()));
            raw.problem(&origin, text);
            usual
        }
    }
}

fn tls(raw: &mut Raw) -> Option<TlsFiles> {
    let cert = value(raw, Key::TlsCert, None, |text| path(text).map(Some));
    let key = value(raw, Key::TlsKey, None, |text| path(text).map(Some));
    let (alone, missing) = match (cert, key) {
        (Some(cert), Some(key)) => return Some(TlsFiles { cert, key }),
        (None, None) => return None,
        (Some(_), None) => (Key::TlsCert, Key::TlsKey),
        (None, Some(_)) => (Key::TlsKey, Key::TlsCert),
    };
    let text = format!("{} needs {} beside it", alone.name(), missing.name());
    raw.problem(&raw.origin(alone), text);
    None
}

fn oidc(raw: &mut Raw) -> Option<Oidc> {
    let issuer = value(raw, Key::OidcIssuer, None, |text| provider(text).map(Some));
    let client_id = value(raw, Key::OidcClientId, None, |text| word(text).map(Some));
    let client_secret_file = value(raw, Key::OidcClientSecretFile, None, |text| path(text).map(Some));
    let title = value(raw, Key::OidcTitle, None, |text| word(text).map(Some));
    let (alone, missing) = match (issuer, client_id) {
        (Some(issuer), Some(client_id)) => {
            let title = title.unwrap_or_else(|| "your provider".to_owned());
            return Some(Oidc { issuer, client_id, client_secret_file, title });
        }
        (Some(_), None) => (Key::OidcIssuer, Key::OidcClientId),
        (None, Some(_)) => (Key::OidcClientId, Key::OidcIssuer),
        (None, None) if client_secret_file.is_some() => (Key::OidcClientSecretFile, Key::OidcIssuer),
        (None, None) if title.is_some() => (Key::OidcTitle, Key::OidcIssuer),
        (None, None) => return None,
    };
    // One that was set and is wrong is told already.
    if raw.get(missing).is_none() {
        let text = format!("{} needs {} beside it", alone.name(), missing.name());
        raw.problem(&raw.origin(alone), text);
    }
    None
}

fn provider(text: &str) -> Result<String, &'static str> {
    let rule = "it must begin with https://, but for a provider on this machine";
    if is_guarded(text) { Ok(text.to_owned()) } else { Err(rule) }
}

fn word(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("it must not be empty") } else { Ok(text.trim().to_owned()) }
}

fn path(text: &str) -> Result<PathBuf, &'static str> {
    if text.is_empty() { Err("it must be a path") } else { Ok(PathBuf::from(text)) }
}

fn address(text: &str) -> Result<IpAddr, &'static str> {
    match text {
        "localhost" => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        _ => text.parse().map_err(|_| "it must be an IP address such as 127.0.0.1, 0.0.0.0 or ::1"),
    }
}

fn port(text: &str) -> Result<u16, &'static str> {
    text.parse().map_err(|_| "it must be a number from 0 to 65535")
}

fn yes_or_no(text: &str) -> Result<bool, &'static str> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err("it must be true or false"),
    }
}

fn demo(text: &str) -> Result<Demo, &'static str> {
    match text {
        "auto" => Ok(Demo::Auto),
        _ => yes_or_no(text)
            .map(|yes| if yes { Demo::On } else { Demo::Off })
            .map_err(|_| "it must be true, false or auto"),
    }
}

fn log_filter(text: &str) -> Result<String, &'static str> {
    match EnvFilter::try_new(text) {
        Ok(_) if !text.is_empty() => Ok(text.to_owned()),
        _ => {
            Err("it must be a level (error, warn, info, debug, trace) or a list such as \"info,store=debug\"")
        }
    }
}

fn log_format(text: &str) -> Result<LogFormat, &'static str> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("it must be text or json"),
    }
}

fn patients(text: &str) -> Result<u32, &'static str> {
    let rule = "it must be a number from 1 to 1000000";
    text.parse().ok().filter(|count| (1..=1_000_000).contains(count)).ok_or(rule)
}

fn seed(text: &str) -> Result<u64, &'static str> {
    // TOML's integers end where signed ones do, and a setting should mean the same in every place.
    let rule = "it must be a whole number from 0 to 9223372036854775807";
    text.parse().ok().filter(|seed| *seed <= i64::MAX.cast_unsigned()).ok_or(rule)
}

fn count(text: &str) -> Result<u32, &'static str> {
    let rule = "it must be a number from 1 to 100000";
    text.parse().ok().filter(|count| (1..=100_000).contains(count)).ok_or(rule)
}
