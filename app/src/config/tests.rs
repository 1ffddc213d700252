use std::net::IpAddr;
use std::path::{Path, PathBuf};

use expect_test::{Expect, expect};

use super::*;

fn gathered(file: &str, variables: &[(&str, &str)], flags: &[(Key, &str)]) -> Raw {
    let mut raw = Raw::default();
    raw.file(Path::new("practicum.toml"), file);
    raw.environment(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    for (key, text) in flags {
        raw.flag(*key, (*text).to_owned());
    }
    raw
}

fn check_problems(file: &str, variables: &[(&str, &str)], flags: &[(Key, &str)], expected: &Expect) {
    let error = Config::check(&mut gathered(file, variables, flags)).unwrap_err();
    expected.assert_eq(&error.to_string());
}

#[test]
fn nothing_set_is_the_usual_configuration() {
    assert_eq!(Config::check(&mut Raw::default()).unwrap(), Config::default());
}

#[test]
fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let file = "port = 1\ndata = \"a\"\nlog = \"warn\"";
    let mut raw = gathered(
        file,
        &[("PRACTICUM_PORT", "2"), ("PRACTICUM_DATA", "b"), ("HOME", "/")],
        &[(Key::Port, "3")],
    );
    let config = Config::check(&mut raw).unwrap();
    assert_eq!((config.port, config.data, config.log.as_str()), (3, PathBuf::from("b"), "warn"));
}

#[test]
fn every_setting_can_be_made_in_a_file() {
    let file = r#"
        data = "/srv/practicum"
        listen = "0.0.0.0"
        port = 443
        dicom_port = 104
        mllp_port = 0
        mllp_client_ca = "clients.pem"
        mllp_client_optional = true
        pg_port = 5434
        insecure = false
        tls = false
        tls_cert = "cert.pem"
        tls_key = "key.pem"
        oidc_issuer = "https://login.example"
        oidc_client_id = "practicum"
        oidc_client_secret_file = "secret"
        oidc_title = "Riverside College"
        demo = true
        log = "info,store=debug"
        log_format = "json"
        patients = 50
        seed = 7
        sandboxes_per_learner = 5
        content = "labs"
    "#;
    let config = Config::check(&mut gathered(file, &[], &[])).unwrap();
    let expected = Config {
        data: "/srv/practicum".into(),
        listen: IpAddr::from([0, 0, 0, 0]),
        port: 443,
        dicom_port: Some(104),
        mllp_port: Some(0),
        mllp_client_ca: Some("clients.pem".into()),
        mllp_client_optional: true,
        pg_port: Some(5434),
        insecure: false,
        tls: Some(TlsFiles { cert: "cert.pem".into(), key: "key.pem".into() }),
        classroom: false,
        oidc: Some(Oidc {
            issuer: "https://login.example".to_owned(),
            client_id: "practicum".to_owned(),
            client_secret_file: Some("secret".into()),
            title: "Riverside College".to_owned(),
        }),
        demo: Demo::On,
        log: "info,store=debug".into(),
        log_format: LogFormat::Json,
        patients: 50,
        seed: 7,
        sandboxes_per_learner: 5,
        content: Some("labs".into()),
    };
    assert_eq!(config, expected);
}

#[test]
fn all_problems_are_told_at_once_each_with_its_place() {
    check_problems(
        "port = 99999\nprot = 1\n\nlisten = \"example.org\"\npatients = [1]\nlog_format = \"xml\"",
        &[("PRACTICUM_DEMO", "maybe"), ("PRACTICUM_COLOUR", "red"), ("PRACTICUM_SEED", "-1")],
        &[(Key::TlsCert, "cert.pem"), (Key::Log, "store=loud")],
        &expect![[r#"
            the configuration has 10 problems
              practicum.toml:2: "prot" is not a setting; settings are data, listen, port, dicom_port, mllp_port, mllp_client_ca, mllp_client_optional, pg_port, insecure, tls, tls_cert, tls_key, oidc_issuer, oidc_client_id, oidc_client_secret_file, oidc_title, demo, log, log_format, patients, seed, sandboxes_per_learner, content
              practicum.toml:5: "patients" must be text, a number, true or false
              environment PRACTICUM_COLOUR: is not a setting; settings are data, listen, port, dicom_port, mllp_port, mllp_client_ca, mllp_client_optional, pg_port, insecure, tls, tls_cert, tls_key, oidc_issuer, oidc_client_id, oidc_client_secret_file, oidc_title, demo, log, log_format, patients, seed, sandboxes_per_learner, content
              practicum.toml:4: listen is "example.org", but it must be an IP address such as 127.0.0.1, 0.0.0.0 or ::1
              practicum.toml:1: port is "99999", but it must be a number from 0 to 65535
              --tls-cert: tls_cert needs tls_key beside it
              environment PRACTICUM_DEMO: demo is "maybe", but it must be true, false or auto
              --log: log is "store=loud", but it must be a level (error, warn, info, debug, trace) or a list such as "info,store=debug"
              practicum.toml:6: log_format is "xml", but it must be text or json
              environment PRACTICUM_SEED: seed is "-1", but it must be a whole number from 0 to 9223372036854775807"#]],
    );
}

#[test]
fn broken_toml_is_told_with_its_line() {
    check_problems(
        "port = 1\nlog = \"info\nseed = 4\nport = 2\n",
        &[],
        &[],
        &expect![[r#"
        the configuration has 2 problems
          practicum.toml:2: invalid basic string, expected `"`
          practicum.toml:4: duplicate key"#]],
    );
}

#[test]
fn plain_http_beyond_this_machine_must_be_asked_for() {
    check_problems(
        "",
        &[],
        &[(Key::Listen, "0.0.0.0")],
        &expect![[r#"
        the configuration has 1 problem
          --listen: listening on 0.0.0.0 would send passwords in the open; set tls, tls_cert and tls_key, or insecure if a proxy in front of it speaks TLS"#]],
    );
    for more in
        [(Key::Insecure, "true"), (Key::Tls, "true"), (Key::Listen, "::1"), (Key::Listen, "127.8.8.8")]
    {
        let raw = &mut gathered("", &[], &[(Key::Listen, "0.0.0.0"), more]);
        Config::check(raw).unwrap();
    }
}

#[test]
fn a_server_has_one_certificate() {
    check_problems(
        "",
        &[],
        &[(Key::Tls, "true"), (Key::TlsCert, "cert.pem"), (Key::TlsKey, "key.pem")],
        &expect![[r#"
        the configuration has 1 problem
          --tls: tls makes a certificate, and tls_cert names one; set one of them"#]],
    );
}

#[test]
fn the_effective_configuration_reads_back_as_itself() {
    let mut raw =
        gathered("content = 'C:\\labs \"new\"'", &[("PRACTICUM_PORT", "0")], &[(Key::Demo, "true")]);
    let origins: Vec<_> = Key::ALL.into_iter().map(|key| (key, raw.origin(key))).collect();
    let config = Config::check(&mut raw).unwrap();
    let origin = |wanted| origins.iter().find(|(key, _)| *key == wanted).unwrap().1.clone();
    let text = to_toml(&config, origin);
    assert_eq!(Config::check(&mut gathered(&text, &[], &[])).unwrap(), config, "{text}");
    expect![[r##"
        # folder of everything that is kept
        data = "practicum-data"  # default
        # address to listen on; beyond 127.0.0.1 needs tls, tls_cert and tls_key, or insecure
        listen = "127.0.0.1"  # default
        # HTTP port; 0 means any that is free
        port = 0  # environment PRACTICUM_PORT
        # DICOM port; 0 means any that is free, not set 11112 or, if that is taken, any
        # dicom_port is not set
        # MLLP port, for HL7 v2; 0 means any that is free, not set 2575 or, if that is taken, any
        # mllp_port is not set
        # authorities, PEM; MLLP clients must then show a certificate of theirs, which needs tls_cert
        # mllp_client_ca is not set
        # hear MLLP clients without a certificate too; each interface of a hospital can still ask for one
        mllp_client_optional = false  # default
        # port of the data lake for clients of PostgreSQL, on this machine only; 0 means any that is free, not set 5433 or, if that is taken, any
        # pg_port is not set
        # allow plain HTTP beyond this machine
        insecure = false  # default
        # speak TLS with a certificate of this classroom's own authority, kept in the data folder
        tls = false  # default
        # certificate chain, PEM
        # tls_cert is not set
        # private key of the certificate, PEM
        # tls_key is not set
        # provider at which people sign in too, by OpenID Connect: its issuer, such as https://login.example; needs oidc_client_id
        # oidc_issuer is not set
        # what this Practicum is called at that provider
        # oidc_client_id is not set
        # file with the secret that the provider gave, if it gave one
        # oidc_client_secret_file is not set
        # what people call that provider
        # oidc_title is not set
        # demonstration people, with their tokens in run.json: true, false, or auto (while there is nobody else)
        demo = true  # --demo
        # what is logged: error, warn, info, debug, or a filter such as "info,store=debug"
        log = "info"  # default
        # text or json
        log_format = "text"  # default
        # patients in the default image, which is built at the first start
        patients = 1000  # default
        # seed of the default image
        seed = 1  # default
        # sandboxes a learner may hold
        sandboxes_per_learner = 100  # default
        # folder of labs and tracks to use instead of the built-in ones
        content = "C:\\labs \"new\""  # practicum.toml:1
    "##]]
    .assert_eq(&text);
    let json = to_json(&config, origin);
    assert_eq!((&json["config"]["port"], &json["config"]["tls_key"]), (&0.into(), &().into()));
    assert_eq!(json["origins"]["demo"], "--demo");
}

#[test]
fn a_provider_needs_its_name_and_ours() {
    let check = |settings: &[(Key, &str)]| Config::check(&mut gathered("", &[], settings));
    let both = [(Key::OidcIssuer, "https://login.example"), (Key::OidcClientId, "practicum")];
    assert_eq!(check(&both).unwrap().oidc.unwrap().title, "your provider");
    for alone in [both[0], both[1], (Key::OidcTitle, "School"), (Key::OidcClientSecretFile, "secret")] {
        let problems = check(&[alone]).unwrap_err().problems;
        assert!(problems.len() == 1 && problems[0].text.contains("beside it"), "{alone:?}: {problems:?}");
    }
    for address in [
        "http://login.example",
        "http://localhost.example",
        "http://127.0.0.1.example/",
        "ftp://login.example",
    ] {
        let open = check(&[(Key::OidcIssuer, address), both[1]]).unwrap_err();
        assert!(open.problems.len() == 1 && open.problems[0].text.contains("https://"), "{address}: {open}");
    }
    assert!(check(&[(Key::OidcIssuer, "http://127.0.0.1:9000"), both[1]]).is_ok());
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let error = gather(Some(Path::new("no/such.toml")), [], vec![]).unwrap_err();
    assert_eq!(error.problems[0].place, "no/such.toml");
    gather(None, [], vec![]).unwrap();
}

#[test]
fn the_environment_can_name_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ours.toml");
    std::fs::write(&path, "port = 4").unwrap();
    let variable = ("PRACTICUM_CONFIG".to_owned(), path.display().to_string());
    let mut raw = gather(None, [variable], vec![]).unwrap();
    assert_eq!(raw.origin(Key::Port), Origin::File { path, line: 1 });
    assert_eq!(Config::check(&mut raw).unwrap().port, 4);
}
