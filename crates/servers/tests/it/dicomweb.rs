//! DICOMweb as a client meets it, and nobody but its owner and instructors by any of its routes.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::house::{House, house};

const STUDY: &str = "1.2.3";
const BOUNDARY: &str = "here-and-there";

struct Web {
    house: House,
    sandbox: String,
}

struct Said {
    status: StatusCode,
    content_type: String,
    bytes: Vec<u8>,
}

impl Said {
    fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }
}

/// A file of one slice, drawn as somebody else's device would send it.
fn file() -> Vec<u8> {
    use platform::imaging::synthesis::{Kind, Patient, Place, StudyRequest, file};
    let request = StudyRequest {
        seed: 1,
        study: STUDY.to_owned(),
        accession: "E1".to_owned(),
        patient: Patient { id: "X1".to_owned(), name: "Elsewhere^Pat".to_owned(), ..Patient::default() },
        kind: Kind::HeadCt,
        findings: BTreeSet::new(),
        place: Place::default(),
        description: "CT head".to_owned(),
        performed: ("20310301".to_owned(), "101500".to_owned()),
        referring: String::new(),
        institution: String::new(),
    };
    file(&request, 1).unwrap().unwrap()
}

fn multipart(files: &[&[u8]]) -> Vec<u8> {
    let mut body = Vec::new();
    for file in files {
        body.extend(format!("--{BOUNDARY}\r\nContent-Type: application/dicom\r\n\r\n").into_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
    body
}

async fn web() -> Web {
    let house = house();
    let sandbox = house.sandbox().await;
    Web { house, sandbox }
}

impl Web {
    async fn ask(&self, method: &str, path: &str, token: &str, accept: &str, body: Vec<u8>) -> Said {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/s/{}/dicomweb{path}", self.sandbox))
            .header("host", "practicum.test")
            .header("accept", accept);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if method == "POST" {
            let media = format!("multipart/related; type=\"application/dicom\"; boundary={BOUNDARY}");
            request = request.header("content-type", media);
        }
        let response =
            self.house.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let content_type = parts.headers.get("content-type").map(|value| value.to_str().unwrap().to_owned());
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Said { status: parts.status, content_type: content_type.unwrap_or_default(), bytes }
    }

    async fn get(&self, path: &str, accept: &str) -> Said {
        self.ask("GET", path, &self.house.ana, accept, Vec::new()).await
    }

    async fn store(&self, path: &str, files: &[&[u8]]) -> Said {
        self.ask("POST", path, &self.house.ana, "*/*", multipart(files)).await
    }

    /// The address of the stored slice.
    async fn slice(&self) -> String {
        let stored = self.store("/studies", &[&file()]).await;
        assert_eq!(stored.status, StatusCode::OK, "{}", stored.json());
        let url = stored.json()["00081199"]["Value"][0]["00081190"]["Value"][0].as_str().unwrap().to_owned();
        url.split_once("/dicomweb").unwrap().1.to_owned()
    }
}

#[tokio::test]
async fn what_is_stored_is_found_and_retrieved_as_it_was() {
    let web = web().await;
    let slice = web.slice().await;
    let found =
        web.get("/studies?PatientName=else*&includefield=InstitutionName", "application/dicom+json").await;
    assert_eq!(found.content_type, "application/dicom+json");
    assert_eq!(found.json()[0]["0020000D"]["Value"][0], STUDY);
    let whole = web.get(&slice, "application/dicom").await;
    assert_eq!((whole.status, whole.content_type.as_str()), (StatusCode::OK, "application/dicom"));
    assert_eq!(whole.bytes, file());
    let parts = web.get(&format!("/studies/{STUDY}"), "multipart/related; type=\"application/dicom\"").await;
    assert!(
        parts.content_type.starts_with("multipart/related; type=\"application/dicom\""),
        "{}",
        parts.content_type
    );
    assert!(parts.bytes.windows(file().len()).any(|window| window == file()));
    let metadata = web.get(&format!("{slice}/metadata"), "application/dicom+json").await;
    assert_eq!(metadata.json()[0]["00080060"]["Value"][0], "CT");
    let frame = web.get(&format!("{slice}/frames/1"), "*/*").await;
    assert!(frame.bytes.len() > 128 * 128 * 2);
    let [own, bone] = [format!("{slice}/rendered"), format!("{slice}/frames/1/rendered?window=500,2000")];
    let (own, bone) = (web.get(&own, "image/png").await, web.get(&bone, "image/*").await);
    assert_eq!(&own.bytes[1..4], b"PNG");
    assert_ne!(own.bytes, bone.bytes);
}

#[tokio::test]
async fn each_file_is_judged_for_itself() {
    let web = web().await;
    let good = file();
    let mixed = web.store("/studies", &[&good, b"no file", &good]).await;
    assert_eq!(mixed.status, StatusCode::ACCEPTED);
    assert_eq!(
        mixed.json()["00081199"]["Value"].as_array().unwrap().len(),
        2,
        "the second time it was there"
    );
    assert_eq!(mixed.json()["00081198"]["Value"][0]["00081197"]["Value"][0], 0xc000);
    assert_eq!(web.store("/studies/9.9", &[&good]).await.status, StatusCode::CONFLICT);
    assert_eq!(web.store("/studies", &[]).await.status, StatusCode::BAD_REQUEST);
    let broken = web.ask("POST", "/studies", &web.house.ana, "*/*", b"--here-and-there\r\n".to_vec()).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn refusals_say_what_and_what_to_try() {
    let web = web().await;
    let slice = web.slice().await;
    let cases = [
        (format!("{slice}/frames/2"), "*/*", 404),
        (format!("{slice}/frames/none"), "*/*", 400),
        (format!("{slice}/rendered?window=1"), "*/*", 400),
        (format!("{slice}/rendered"), "application/pdf", 406),
        (format!("{slice}9"), "*/*", 404),
        ("/studies?Nonsense=1".to_owned(), "*/*", 400),
        ("/studies?fuzzymatching=true".to_owned(), "*/*", 400),
        ("/studies".to_owned(), "text/html", 406),
        ("/nowhere".to_owned(), "*/*", 404),
        ("/studies/1.9.9/metadata".to_owned(), "*/*", 404),
    ];
    for (path, accept, expected) in cases {
        let said = web.get(&path, accept).await;
        assert_eq!(said.status.as_u16(), expected, "{path}");
        assert!(
            said.json()["detail"].as_str().is_some_and(|detail| detail.len() > 10),
            "{path}: {}",
            said.json()
        );
    }
}

/// Every route there is.
fn routes(slice: &str) -> Vec<(&'static str, String)> {
    let series = slice.split("/instances/").next().unwrap();
    let study = format!("/studies/{STUDY}");
    let get = [
        "/studies".to_owned(),
        "/series".to_owned(),
        "/instances".to_owned(),
        study.clone(),
        format!("{study}/series"),
        format!("{study}/instances"),
        format!("{study}/metadata"),
        series.to_owned(),
        format!("{series}/instances"),
        format!("{series}/metadata"),
        slice.to_owned(),
        format!("{slice}/metadata"),
        format!("{slice}/rendered"),
        format!("{slice}/frames/1"),
        format!("{slice}/frames/1/rendered"),
    ];
    let post = ["/studies".to_owned(), study];
    get.into_iter().map(|path| ("GET", path)).chain(post.into_iter().map(|path| ("POST", path))).collect()
}

#[tokio::test]
async fn another_learner_and_a_stranger_reach_nothing_and_instructors_all() {
    let web = web().await;
    let slice = web.slice().await;
    for (method, path) in routes(&slice) {
        let body = || if method == "POST" { multipart(&[&file()]) } else { Vec::new() };
        for token in ["", "prc_invented"] {
            let said = web.ask(method, &path, token, "*/*", body()).await;
            assert_eq!(said.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
        let theirs = web.ask(method, &path, &web.house.bo, "*/*", body()).await;
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert!(!String::from_utf8_lossy(&theirs.bytes).contains("Elsewhere"), "{method} {path}");
        let instructor = web.ask(method, &path, &web.house.ida, "*/*", body()).await;
        assert_eq!(instructor.status, StatusCode::OK, "{method} {path}: {}", instructor.json());
    }
}
