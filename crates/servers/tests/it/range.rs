//! A server that listens on sockets of its own, with what an attacker may have of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use platform::access::{Access, Came};
use platform::identity::{Grant, NewUser, Scopes, Subject};
use platform::imaging::dataset::{IMPLICIT_LE, of_texts, write};
use platform::imaging::dimse::{Command, Field, Message, WITH_DATASET, sop, status};
use platform::imaging::{VR, tags};
use platform::labs::{Answered, ArchiveCall, Hands, Knock};
use platform::response::{Measure, in_force, lift, take};
use serde_json::{Value, json};
use servers::mllp::Sender;
use servers::{App, Wire};
use standards::hl7::message::Message as Hl7;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use crate::house::{House, NOW_US, PASSWORD, house};

pub(crate) const ATTACKER: &str = "203.0.113.7";
pub(crate) const WARD: &str = "10.20.4.11";
pub(crate) const SCANNER: &str = "10.30.0.12";

/// A server that listens, with an account whose password is known to others, and an app.
pub(crate) struct Range {
    pub(crate) house: House,
    pub(crate) wire: Wire,
    pub(crate) mllp: SocketAddr,
    pub(crate) archive: SocketAddr,
    pub(crate) sandbox: String,
    pub(crate) patient: String,
    pub(crate) client: String,
}

impl Range {
    pub(crate) async fn open() -> Self {
        let house = house();
        let sandbox = house.sandbox().await;
        let patient = house.patient(&sandbox).await;
        let path = format!("/s/{sandbox}/auth/register");
        let said = json!({
            "client_name": "Ward chart", "redirect_uris": ["https://ward-chart.example/back"],
            "token_endpoint_auth_method": "none", "grant_types": ["authorization_code"],
        });
        let client = house.ask("POST", &path, &house.ana, &said.to_string()).await.json();
        let client = client["client_id"].as_str().unwrap().to_owned();
        let app = App::new(Arc::clone(&house.platform), "http");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let router = servers::router(app.clone());
        tokio::spawn(servers::listen::serve(listener, None, router, std::future::pending()));
        let archive = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let messages = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire::new(app.clone(), address).with_archive(archive.local_addr().unwrap());
        let (mllp, archive_at) = (messages.local_addr().unwrap(), archive.local_addr().unwrap());
        tokio::spawn(servers::dicom::serve(archive, app.clone(), Default::default()));
        tokio::spawn(servers::mllp::serve(messages, None, app, Default::default()));
        let range = Self { house, wire, mllp, archive: archive_at, sandbox, patient, client };
        let new = NewUser {
            login: "mreyes".to_owned(),
            name: "Mara Reyes".to_owned(),
            role: "technician".to_owned(),
            password: PASSWORD.to_owned(),
            fhir_user: None,
            with_totp: false,
        };
        range.house.platform.add_user(&range.access(), new).unwrap();
        range
    }

    pub(crate) fn access(&self) -> Access {
        self.house.platform.at_the_gate(&self.sandbox).unwrap().unwrap().acting_as("ana", "page")
    }

    pub(crate) fn take(&self, measure: &Value) {
        let measure: Measure = serde_json::from_value(measure.clone()).unwrap();
        take(&self.house.platform, &self.access(), &measure).unwrap();
    }

    pub(crate) fn lift_all(&self) {
        for one in in_force(&self.access()).unwrap() {
            lift(&self.house.platform, &self.access(), &one.measure.key()).unwrap();
        }
    }

    pub(crate) fn lift(&self, key: &str) {
        lift(&self.house.platform, &self.access(), key).unwrap();
    }

    fn asked(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        form: Option<&str>,
        from: &str,
    ) -> Answered {
        let came = Came::from(from).at(NOW_US);
        let body = form.map(|form| ("application/x-www-form-urlencoded", form.as_bytes()));
        let knock = Knock { sandbox: &self.sandbox, method, path, headers, body, came: &came };
        self.wire.knock(&knock).unwrap()
    }

    pub(crate) fn knock(
        &self,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        form: Option<&str>,
        from: &str,
    ) -> u16 {
        self.asked(method, path, headers, form, from).status
    }

    /// Signs in with the right password. 303 is success.
    pub(crate) fn sign_in(&self, from: &str) -> u16 {
        let form = format!("login=mreyes&password={}&asked=x", PASSWORD.replace(' ', "+"));
        self.knock("POST", "/auth/sign-in", &[], Some(&form), from)
    }

    pub(crate) fn token(&self, scopes: &str) -> String {
        let subject = Subject { login: "mreyes".to_owned(), name: "Mara Reyes".to_owned(), fhir_user: None };
        self.minted(subject, scopes, None)
    }

    /// A token of the patient, for their own records.
    pub(crate) fn token_of_patient(&self) -> String {
        let fhir_user = Some(format!("Patient/{}", self.patient));
        let subject = Subject { login: "pat".to_owned(), name: "Pat Holm".to_owned(), fhir_user };
        self.minted(subject, "patient/*.rs", Some(self.patient.clone()))
    }

    fn minted(&self, subject: Subject, scopes: &str, patient: Option<String>) -> String {
        let scopes = Scopes::read(scopes).0;
        let grant =
            Grant { client: self.client.clone(), subject: Some(subject), scopes, patient, encounter: None };
        self.house.platform.mint_token(&self.access(), grant, 3600).unwrap()
    }

    /// Makes the app one that was let see to it by itself whose records it shows.
    pub(crate) fn let_app_check_itself(&self) {
        let access = self.access();
        let found = access.sandbox().view(|view| view.system_record("IdP", "app", &self.client));
        let mut app = found.unwrap().unwrap();
        let mut body: Value = serde_json::from_str(&app.body).unwrap();
        body["checks_itself"] = true.into();
        app.body = body.to_string();
        access.change("app.changed", |change| change.put_system_record(&app)).unwrap();
    }

    pub(crate) fn fhir(&self, path: &str, token: &str, from: &str) -> u16 {
        let headers = [
            ("authorization".to_owned(), format!("Bearer {token}")),
            ("prefer".to_owned(), "respond-async".to_owned()),
        ];
        self.knock("GET", &format!("/fhir/{path}"), &headers, None, from)
    }
}

impl Range {
    /// How many resources a search finds.
    pub(crate) fn finds(&self, search: &str, token: &str, from: &str) -> usize {
        let headers = [("authorization".to_owned(), format!("Bearer {token}"))];
        let answer = self.asked("GET", &format!("/fhir/{search}"), &headers, None, from);
        assert_eq!(answer.status, 200, "{search}");
        let bundle: Value = serde_json::from_slice(&answer.body).unwrap();
        bundle["entry"].as_array().map_or(0, Vec::len)
    }
}

/// What everybody may ask an archive: everything on the worklist.
pub(crate) fn worklist() -> Message {
    Message {
        context: 1,
        abstract_syntax: sop::MODALITY_WORKLIST.to_owned(),
        syntax: IMPLICIT_LE.to_owned(),
        command: Command::new(Field::Find)
            .with_uid(Command::SOP_CLASS, sop::MODALITY_WORKLIST)
            .with_number(Command::MESSAGE, 1)
            .with_number(Command::PRIORITY, 0)
            .with_number(Command::DATASET_TYPE, WITH_DATASET),
        dataset: write(&of_texts(&[(tags::PATIENT_ID, VR::LO, "")]), IMPLICIT_LE).unwrap(),
    }
}

impl Range {
    /// Asks the archive over its socket; whether the caller was let in.
    pub(crate) fn calls(&self, title: &str, from: &str) -> bool {
        let came = Came::from(from).at(NOW_US);
        let message = worklist();
        let call = ArchiveCall { sandbox: &self.sandbox, calling: title, message: &message, came: &came };
        match self.wire.call_archive(&call).unwrap() {
            Some(status) => {
                assert_eq!(status, status::SUCCESS);
                true
            }
            None => false,
        }
    }

    /// A message for the laboratory.
    pub(crate) fn message(&self, control_id: &str) -> Hl7 {
        let sandbox = self.sandbox.to_ascii_uppercase();
        let text = format!(
            "MSH|^~\\&|ADT|ALDERFALLS|LIS|{sandbox}|20310304123000||ADT^A31^ADT_A05|{control_id}|P|2.5.1\rEVN||20310304123000\r\
             PID|1||100^^^ALDERFALLS^MR||Hara^Zoe^^^^^L||19800517|F\rPV1|1|N\r"
        );
        Hl7::parse(text.as_bytes()).unwrap()
    }

    /// Sends a message to the laboratory over its socket, from this machine; what MSA-1 says. Nothing, where the door hangs up.
    pub(crate) async fn sends(&self, control_id: &str) -> Option<String> {
        says(self, &mut Sender::connect(self.mllp).await.unwrap(), control_id).await
    }

    /// How entries of a kind ended, the oldest first.
    pub(crate) async fn outcomes(&self, kind: &str) -> Vec<String> {
        let path = format!("/s/{}/journal?kind={kind}", self.sandbox);
        let told = self.house.ask("GET", &path, &self.house.ana, "").await.json();
        let outcome = |entry: &Value| entry["outcome"].as_str().unwrap_or_default().to_owned();
        told["entries"].as_array().unwrap().iter().map(outcome).collect()
    }

    pub(crate) fn standing_of(&self, interface: &str) -> String {
        let map = platform::live::map(&self.access()).unwrap();
        let found = map.interfaces.into_iter().find(|one| one.id == interface).unwrap();
        found.standing
    }
}

/// A message to the laboratory over a connection that stands; what MSA-1 says.
pub(crate) async fn says<S: AsyncRead + AsyncWrite + Unpin>(
    range: &Range,
    sender: &mut Sender<S>,
    control_id: &str,
) -> Option<String> {
    let message = range.message(control_id);
    let answer = sender.send(&message, Duration::from_secs(20)).await;
    Some(answer.ok()?.get(&"MSA-1".parse().unwrap()).unwrap_or_default())
}

/// Runs what blocks where it may.
pub(crate) async fn in_range(work: impl FnOnce(&Range) + Send + 'static) {
    let range = Range::open().await;
    tokio::task::spawn_blocking(move || work(&range)).await.unwrap();
}
