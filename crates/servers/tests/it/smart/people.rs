use data_encoding::BASE32_NOPAD;
use platform::identity::{Code, IdentityError, totp};
use serde_json::json;

use super::App;
use crate::house::NOW_US;

const PASSWORD: &str = "four plain little words";

#[tokio::test]
async fn a_person_signs_in_with_password_and_code_once() {
    let app = App::new("patient/*.rs").await;
    let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap();
    let new = json!({
        "login": "otto", "name": "Otto Berg", "role": "physician", "password": PASSWORD,
        "fhir_user": format!("Patient/{}", app.patient), "with_totp": true,
    });
    let (_, secret) = app.house.platform.add_user(&access, serde_json::from_value(new).unwrap()).unwrap();
    let secret = BASE32_NOPAD.decode(secret.unwrap().as_bytes()).unwrap();
    let code = totp::at(&secret, NOW_US / 1_000_000 / totp::STEP_S);
    let tries = [
        ("otto", PASSWORD, "", false),
        ("otto", PASSWORD, "000000", false),
        ("otto", "another password", code.as_str(), false),
        ("nobody", PASSWORD, code.as_str(), false),
        ("otto", PASSWORD, code.as_str(), true),
        ("otto", PASSWORD, code.as_str(), false),
    ];
    for (login, password, code, expected) in tries {
        let done = app.house.platform.sign_in_user(&access, (login, password, code), "192.0.2.2");
        assert_eq!(done.is_ok(), expected, "{login} {password} {code}");
        if let Err(IdentityError::Refused(refusal)) = done {
            assert_eq!(refusal.code, Code::AccessDenied);
        }
    }
}

#[tokio::test]
async fn guessing_is_slowed_and_new_people_are_checked() {
    let app = App::new("patient/*.rs").await;
    let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap();
    let guess = || app.house.platform.sign_in_user(&access, ("nora", "a wrong guess", ""), "192.0.2.3");
    let slowed = (0..20).any(|_| matches!(guess(), Err(IdentityError::TooMany { .. })));
    assert!(slowed);
    let good = json!({"login": "x", "name": "X", "role": "nurse", "password": PASSWORD, "with_totp": false});
    for (name, value) in [
        ("login", "a b"),
        ("name", ""),
        ("password", "short"),
        ("fhir_user", "Patient/none"),
        ("fhir_user", "Observation/1"),
    ] {
        let mut new = good.clone();
        new[name] = json!(value);
        let added = app.house.platform.add_user(&access, serde_json::from_value(new).unwrap());
        assert!(added.is_err(), "{name}: {value}");
    }
}

/// Every file under a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[tokio::test]
async fn no_file_holds_a_secret_in_clear() {
    let app = App::new("patient/*.rs").await;
    let access = app.house.platform.at_the_gate(&app.sandbox).unwrap().unwrap();
    let new = json!({"login": "otto", "name": "Otto Berg", "role": "physician", "password": PASSWORD, "with_totp": true});
    let (_, secret) = app.house.platform.add_user(&access, serde_json::from_value(new).unwrap()).unwrap();
    let secret = secret.unwrap();
    let keys = app.house.ask("GET", &format!("/s/{}/auth/jwks", app.sandbox), "", "").await.json();
    let kid = keys["keys"][0]["kid"].as_str().unwrap().to_owned();
    let tokens = app.exchange(&app.code("patient/Patient.rs").await).await.json();
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let in_clear = [
        secret.as_bytes(),
        &bytes,
        // How every private key on this curve begins (RFC 5958), in base64 and as it is.
        b"MIG2AgEAMBAGByqGSM49AgEGBSuBBAAi",
        b"\x30\x81\xb6\x02\x01\x00\x30\x10\x06\x07\x2a\x86\x48\xce\x3d",
        app.cookie.split_once('=').unwrap().1.as_bytes(),
        tokens["access_token"].as_str().unwrap().as_bytes(),
        PASSWORD.as_bytes(),
    ];
    let (mut with_key, mut looked_at) = (0, 0);
    for file in files(app.house.platform.data()) {
        let held = std::fs::read(&file).unwrap();
        let holds = |text: &[u8]| held.windows(text.len()).any(|window| window == text);
        for secret in in_clear {
            assert!(!holds(secret), "{} holds {}", file.display(), String::from_utf8_lossy(secret));
        }
        looked_at += 1;
        with_key += usize::from(holds(kid.as_bytes()));
    }
    assert!(looked_at > 2 && with_key > 0, "the key is kept somewhere: {with_key} of {looked_at}");
}
