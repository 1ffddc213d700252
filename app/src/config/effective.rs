use serde_json::{Map, Value, json};

use super::{Config, Demo, Key, Origin};

/// The configuration as a TOML file that would give it again, each setting with its meaning and its origin.
pub fn to_toml(config: &Config, origin: impl Fn(Key) -> Origin) -> String {
    let mut text = String::new();
    for key in Key::ALL {
        let help = key.help();
        let name = key.name();
        match shown(config, key) {
            Some(value) => {
                let origin = origin(key);
                text.push_str(&format!("# {help}\n{name} = {value}  # {origin}\n"));
            }
            None => text.push_str(&format!("# {help}\n# {name} is not set\n")),
        }
    }
    text
}

/// The configuration as JSON: `{"config": {name: value}, "origins": {name: text}}`; what is not set is null.
pub fn to_json(config: &Config, origin: impl Fn(Key) -> Origin) -> Value {
    let named = |of: &dyn Fn(Key) -> Value| -> Map<String, Value> {
        Key::ALL.into_iter().map(|key| (key.name().to_owned(), of(key))).collect()
    };
    json!({
        "config": named(&|key| shown(config, key).unwrap_or_default()),
        "origins": named(&|key| origin(key).to_string().into()),
    })
}

/// The value as JSON, whose text, numbers and truth values TOML writes alike.
fn shown(config: &Config, key: Key) -> Option<Value> {
    let path = |path: &std::path::Path| Value::from(path.display().to_string());
    Some(match key {
        Key::Data => path(&config.data),
        Key::Listen => config.listen.to_string().into(),
        Key::Port => config.port.into(),
        Key::DicomPort => config.dicom_port?.into(),
        Key::MllpPort => config.mllp_port?.into(),
        Key::MllpClientCa => path(config.mllp_client_ca.as_ref()?),
        Key::MllpClientOptional => config.mllp_client_optional.into(),
        Key::PgPort => config.pg_port?.into(),
        Key::Insecure => config.insecure.into(),
        Key::Tls => config.classroom.into(),
        Key::TlsCert => path(&config.tls.as_ref()?.cert),
        Key::TlsKey => path(&config.tls.as_ref()?.key),
        Key::OidcIssuer => config.oidc.as_ref()?.issuer.clone().into(),
        Key::OidcClientId => config.oidc.as_ref()?.client_id.clone().into(),
        Key::OidcClientSecretFile => path(config.oidc.as_ref()?.client_secret_file.as_ref()?),
        Key::OidcTitle => config.oidc.as_ref()?.title.clone().into(),
        Key::Demo => match config.demo {
            Demo::Auto => "auto".into(),
            Demo::On => true.into(),
            Demo::Off => false.into(),
        },
        Key::Log => config.log.clone().into(),
        Key::LogFormat => config.log_format.word().into(),
        Key::Patients => config.patients.into(),
        Key::Seed => config.seed.into(),
        Key::SandboxesPerLearner => config.sandboxes_per_learner.into(),
        Key::Content => path(config.content.as_deref()?),
    })
}
