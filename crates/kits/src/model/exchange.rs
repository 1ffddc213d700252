use serde::{Deserialize, Serialize};

/// How two systems spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Protocol {
    /// HTTP.
    Http,
    /// HL7 v2 over MLLP.
    Mllp,
    /// DICOM.
    Dicom,
}

/// The most bytes of a body that are kept.
const KEPT_BYTES_MAX: usize = 64 * 1024;

/// What was sent or came back, as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The bytes as text, at most the first 64 KiB; what is no UTF-8 shows as replacement characters.
    pub text: String,
    /// How many bytes there were.
    pub bytes: usize,
}

impl Body {
    /// What is kept of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let kept = &bytes[..bytes.len().min(KEPT_BYTES_MAX)];
        Self { text: String::from_utf8_lossy(kept).into_owned(), bytes: bytes.len() }
    }

    /// Whether the text is only the beginning.
    pub fn is_cut(&self) -> bool {
        self.bytes > KEPT_BYTES_MAX
    }
}

/// One question and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Its place in the run, from 1.
    pub number: usize,
    /// How they spoke.
    pub protocol: Protocol,
    /// True if the other side began.
    pub inbound: bool,
    /// In one line: `GET https://…`, `ADT^A01 to …`, `C-ECHO`.
    pub what: String,
    /// When it began, in microseconds since 1970 UTC.
    pub at_us: i64,
    /// How long it took, in microseconds.
    pub took_us: i64,
    /// Headers of the request; a secret one is masked.
    pub request_headers: Vec<(String, String)>,
    /// What was sent.
    pub request: Body,
    /// The status: a number of HTTP, a code of MSA-1, a status of DICOM.
    pub status: Option<String>,
    /// Headers of the response.
    pub response_headers: Vec<(String, String)>,
    /// What came back.
    pub response: Body,
    /// Why nothing whole came back, if so.
    pub trouble: Option<String>,
}
