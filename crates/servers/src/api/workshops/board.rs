use axum::http::StatusCode;
use data_encoding::BASE64;
use platform::workshops::{BoardContents, BoardView};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::problem::Problem;

/// A board.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BoardRead {
    /// The number of the newest update.
    seq: u64,
    /// Whether nobody but the facilitator may write.
    locked: bool,
    /// Why the caller may not write; nothing, if they may.
    why_not: Option<&'static str>,
    contents: BoardContents,
}

pub(super) fn view(call: &Call<'_>) -> Result<BoardView, Problem> {
    Ok(call.platform().view_board(call.person()?, call.part("workshop"))?)
}

pub(super) fn read(call: &Call<'_>) -> Result<BoardRead, Problem> {
    let BoardView { seq, locked, why_not, contents, .. } = view(call)?;
    Ok(BoardRead { seq, locked, why_not, contents })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// The caller's state vector (Yjs, first version) in base64; all is given, where it is left out.
    #[serde(default)]
    known: String,
}

/// What the caller lacks of a board.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BoardSince {
    /// The number of the newest update.
    seq: u64,
    /// An update of Yjs (first version) in base64.
    update: String,
}

pub(super) fn since(call: &Call<'_>, given: &Known) -> Result<BoardSince, Problem> {
    let known = decoded("known", &given.known)?;
    let lacks = call.platform().board_since(call.person()?, call.part("workshop"), &known)?;
    Ok(BoardSince { seq: lacks.seq, update: BASE64.encode(&lacks.update) })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BoardWritten {
    /// An update of Yjs (first version) in base64.
    update: String,
}

/// What became of an update.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BoardTaken {
    /// Its number.
    seq: u64,
}

pub(super) fn write(call: &Call<'_>, given: &BoardWritten) -> Result<BoardTaken, Problem> {
    let update = decoded("update", &given.update)?;
    Ok(BoardTaken { seq: call.platform().write_board(call.person()?, call.part("workshop"), &update)? })
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BoardLocked {
    /// Whether nobody but the facilitator may write.
    locked: bool,
}

pub(super) fn lock(call: &Call<'_>, given: &BoardLocked) -> Result<BoardRead, Problem> {
    call.platform().lock_board(call.person()?, call.part("workshop"), given.locked)?;
    read(call)
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BoardPlace {
    /// Which of the caller's windows, as they call it.
    window: String,
    /// The field in which they are, or an empty text where they only look; left out when the window closes.
    #[serde(default)]
    at: Option<String>,
}

/// Where the caller is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BoardPlaced {
    /// How many windows are open on the board.
    windows: usize,
}

pub(super) fn place(call: &Call<'_>, given: &BoardPlace) -> Result<BoardPlaced, Problem> {
    let (person, workshop) = (call.person()?, call.part("workshop"));
    call.platform().at_board_place(person, workshop, &given.window, given.at.as_deref())?;
    Ok(BoardPlaced { windows: view(call)?.here.len() })
}

fn decoded(field: &str, text: &str) -> Result<Vec<u8>, Problem> {
    BASE64.decode(text.as_bytes()).map_err(|error| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, format!("{field} is no base64 ({error})"))
    })
}
