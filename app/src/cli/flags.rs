use std::path::PathBuf;

use clap::Args;

use crate::config::Key;

/// Flags that every command takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Common {
    /// TOML file with settings [usual: practicum.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of everything that is kept [usual: practicum-data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// What is logged: error, warn, info, debug, or a filter such as "info,store=debug"
    #[arg(long, global = true, value_name = "FILTER")]
    log: Option<String>,
    /// Form of the log: text or json
    #[arg(long, global = true, value_name = "FORMAT")]
    log_format: Option<String>,
    /// Folder of labs and tracks to use instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    content: Option<String>,
}

/// Flags of the server. Text, not numbers: the configuration checks them with everything else and reports all
/// problems at once.
#[derive(Debug, Clone, Default, Args)]
pub struct ServeFlags {
    /// HTTP port; 0 means any that is free [usual: 8080]
    #[arg(long, value_name = "PORT")]
    port: Option<String>,
    /// DICOM port; 0 means any that is free [usual: 11112, or any if that is taken]
    #[arg(long, value_name = "PORT")]
    dicom_port: Option<String>,
    /// MLLP port, for HL7 v2; 0 means any that is free [usual: 2575, or any if that is taken]
    #[arg(long, value_name = "PORT")]
    mllp_port: Option<String>,
    /// Authorities whose certificates MLLP clients must show, PEM
    #[arg(long, value_name = "FILE")]
    mllp_client_ca: Option<String>,
    /// Hear MLLP clients without a certificate too
    #[arg(long)]
    mllp_client_optional: bool,
    /// Port of the data lake for clients of PostgreSQL; 0 means any that is free [usual: 5433, or any if that is taken]
    #[arg(long, value_name = "PORT")]
    pg_port: Option<String>,
    /// Address to listen on; beyond this machine needs TLS or --insecure [usual: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// Set up demonstration people and write their tokens into run.json
    #[arg(long)]
    demo: bool,
    /// Allow plain HTTP beyond this machine
    #[arg(long)]
    insecure: bool,
    /// Speak TLS with a certificate of this classroom's own authority, which is kept in the data folder
    #[arg(long)]
    tls: bool,
    /// Certificate chain, PEM
    #[arg(long, value_name = "FILE")]
    tls_cert: Option<String>,
    /// Private key of the certificate, PEM
    #[arg(long, value_name = "FILE")]
    tls_key: Option<String>,
}

impl Common {
    /// The settings made by these flags.
    pub fn settings(&self) -> Vec<(Key, String)> {
        given([
            (Key::Data, self.data.clone()),
            (Key::Log, self.log.clone()),
            (Key::LogFormat, self.log_format.clone()),
            (Key::Content, self.content.clone()),
        ])
    }
}

impl ServeFlags {
    /// The settings made by these flags.
    pub fn settings(&self) -> Vec<(Key, String)> {
        let switch = |on: bool| on.then(|| "true".to_owned());
        given([
            (Key::Port, self.port.clone()),
            (Key::DicomPort, self.dicom_port.clone()),
            (Key::MllpPort, self.mllp_port.clone()),
            (Key::MllpClientCa, self.mllp_client_ca.clone()),
            (Key::MllpClientOptional, switch(self.mllp_client_optional)),
            (Key::PgPort, self.pg_port.clone()),
            (Key::Listen, self.listen.clone()),
            (Key::Demo, switch(self.demo)),
            (Key::Insecure, switch(self.insecure)),
            (Key::Tls, switch(self.tls)),
            (Key::TlsCert, self.tls_cert.clone()),
            (Key::TlsKey, self.tls_key.clone()),
        ])
    }
}

fn given<const N: usize>(flags: [(Key, Option<String>); N]) -> Vec<(Key, String)> {
    flags.into_iter().filter_map(|(key, text)| text.map(|text| (key, text))).collect()
}
