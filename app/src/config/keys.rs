/// The name of one thing that can be configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Folder of everything that is kept.
    Data,
    /// Address to listen on.
    Listen,
    /// HTTP port.
    Port,
    /// DICOM port.
    DicomPort,
    /// MLLP port.
    MllpPort,
    /// Authorities of the certificates that MLLP clients must show.
    MllpClientCa,
    /// Whether MLLP clients without a certificate are heard too.
    MllpClientOptional,
    /// Port of PostgreSQL's wire.
    PgPort,
    /// Allows plain HTTP beyond this machine.
    Insecure,
    /// A certificate of the classroom's own.
    Tls,
    /// Certificate chain file.
    TlsCert,
    /// Private key file.
    TlsKey,
    /// The provider at which people sign in.
    OidcIssuer,
    /// What this Practicum is called there.
    OidcClientId,
    /// File of what it shows there.
    OidcClientSecretFile,
    /// What people call the provider.
    OidcTitle,
    /// Demonstration people and their secrets in `run.json`.
    Demo,
    /// Log filter.
    Log,
    /// Log format.
    LogFormat,
    /// Size of the default image.
    Patients,
    /// Seed of the default image.
    Seed,
    /// Sandboxes a learner may hold.
    SandboxesPerLearner,
    /// Folder of labs and tracks.
    Content,
}

impl Key {
    /// Every key, in the order in which they are shown.
    pub const ALL: [Self; 23] = [
        Self::Data,
        Self::Listen,
        Self::Port,
        Self::DicomPort,
        Self::MllpPort,
        Self::MllpClientCa,
        Self::MllpClientOptional,
        Self::PgPort,
        Self::Insecure,
        Self::Tls,
        Self::TlsCert,
        Self::TlsKey,
        Self::OidcIssuer,
        Self::OidcClientId,
        Self::OidcClientSecretFile,
        Self::OidcTitle,
        Self::Demo,
        Self::Log,
        Self::LogFormat,
        Self::Patients,
        Self::Seed,
        Self::SandboxesPerLearner,
        Self::Content,
    ];

    /// The key as it is written in a TOML file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Listen => "listen",
            Self::Port => "port",
            Self::DicomPort => "dicom_port",
            Self::MllpPort => "mllp_port",
            Self::MllpClientCa => "mllp_client_ca",
            Self::MllpClientOptional => "mllp_client_optional",
            Self::PgPort => "pg_port",
            Self::Insecure => "insecure",
            Self::Tls => "tls",
            Self::TlsCert => "tls_cert",
            Self::TlsKey => "tls_key",
            Self::OidcIssuer => "oidc_issuer",
            Self::OidcClientId => "oidc_client_id",
            Self::OidcClientSecretFile => "oidc_client_secret_file",
            Self::OidcTitle => "oidc_title",
            Self::Demo => "demo",
            Self::Log => "log",
            Self::LogFormat => "log_format",
            Self::Patients => "patients",
            Self::Seed => "seed",
            Self::SandboxesPerLearner => "sandboxes_per_learner",
            Self::Content => "content",
        }
    }

    /// One line that says what it is for.
    pub fn help(self) -> &'static str {
        match self {
            Self::Data => "folder of everything that is kept",
            Self::Listen => {
                "address to listen on; beyond 127.0.0.1 needs tls, tls_cert and tls_key, or insecure"
            }
            Self::Port => "HTTP port; 0 means any that is free",
            Self::DicomPort => {
                "DICOM port; 0 means any that is free, not set 11112 or, if that is taken, any"
            }
            Self::MllpPort => {
                "MLLP port, for HL7 v2; 0 means any that is free, not set 2575 or, if that is taken, any"
            }
            Self::MllpClientCa => {
                "authorities, PEM; MLLP clients must then show a certificate of theirs, which needs tls_cert"
            }
            Self::MllpClientOptional => {
                "hear MLLP clients without a certificate too; each interface of a hospital can still ask for one"
            }
            Self::PgPort => {
                "port of the data lake for clients of PostgreSQL, on this machine only; 0 means any that is free, not set 5433 or, if that is taken, any"
            }
            Self::Insecure => "allow plain HTTP beyond this machine",
            Self::Tls => {
                "speak TLS with a certificate of this classroom's own authority, kept in the data folder"
            }
            Self::TlsCert => "certificate chain, PEM",
            Self::TlsKey => "private key of the certificate, PEM",
            Self::OidcIssuer => {
                "provider at which people sign in too, by OpenID Connect: its issuer, such as https://login.example; needs oidc_client_id"
            }
            Self::OidcClientId => "what this Practicum is called at that provider",
            Self::OidcClientSecretFile => "file with the secret that the provider gave, if it gave one",
            Self::OidcTitle => "what people call that provider",
            Self::Demo => {
                "demonstration people, with their tokens in run.json: true, false, or auto (while there is nobody else)"
            }
            Self::Log => "what is logged: error, warn, info, debug, or a filter such as \"info,store=debug\"",
            Self::LogFormat => "text or json",
            Self::Patients => "patients in the default image, which is built at the first start",
            Self::Seed => "seed of the default image",
            Self::SandboxesPerLearner => "sandboxes a learner may hold",
            Self::Content => "folder of labs and tracks to use instead of the built-in ones",
        }
    }

    /// The environment variable that sets it.
    pub fn variable(self) -> String {
        format!("{}{}", Self::VARIABLE_PREFIX, self.name().to_uppercase())
    }

    /// How all our environment variables begin.
    pub const VARIABLE_PREFIX: &'static str = "PRACTICUM_";

    /// The key of this name in a TOML file.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The key that this environment variable sets.
    pub fn from_variable(variable: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.variable() == variable)
    }
}
