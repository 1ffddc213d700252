use yrs::updates::decoder::Decode;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Transact, Update};

use crate::Refusal;
use crate::contents::Contents;
use crate::gate::{pass_state_vector, pass_update};
use crate::limits::{DOCUMENT_BYTES_MAX, UPDATE_BYTES_MAX};
use crate::read::{Parts, contents, held};

/// A board: a document that updates merge into.
pub struct Board {
    doc: Doc,
    parts: Parts,
    /// The whole document in its encoding.
    state: Vec<u8>,
    contents: Contents,
}

impl Default for Board {
    fn default() -> Self {
        Self::new()
    }
}

impl Board {
    /// A board on which nothing stands.
    #[must_use]
    pub fn new() -> Self {
        let (doc, parts) = blank();
        let state = doc.transact().encode_state_as_update_v1(&StateVector::default());
        Self { doc, parts, state, contents: Contents::default() }
    }

    /// The board that has this state.
    ///
    /// # Errors
    /// When it is no board.
    pub fn of(state: &[u8]) -> Result<Self, Refusal> {
        let mut board = Self::new();
        board.take(state)?;
        Ok(board)
    }

    /// Merges an update, and says whether that changed anything: what the board has already does not.
    ///
    /// # Errors
    /// When it is refused; then the board is as it was.
    pub fn apply(&mut self, update: &[u8]) -> Result<bool, Refusal> {
        if update.len() > UPDATE_BYTES_MAX {
            return Err(Refusal::Large { bytes: update.len(), max: UPDATE_BYTES_MAX });
        }
        let taken = self.take(update);
        if taken.is_err() {
            // The document has merged what it should not hold, and merging cannot be undone: begin again from what it was.
            let (doc, parts) = blank();
            merge(&doc, &self.state)?;
            (self.doc, self.parts) = (doc, parts);
        }
        taken
    }

    fn take(&mut self, update: &[u8]) -> Result<bool, Refusal> {
        pass_update(update)?;
        merge(&self.doc, update)?;
        let txn = self.doc.transact();
        if txn.has_missing_updates() {
            return Err(Refusal::Ahead);
        }
        let found = contents(&self.parts, &txn)?;
        let state = txn.encode_state_as_update_v1(&StateVector::default());
        held("bytes", state.len(), DOCUMENT_BYTES_MAX)?;
        // What is kept must be readable again. A gap in what somebody wrote is merged as a gap, and found here.
        pass_update(&state)?;
        drop(txn);
        let changed = state != self.state;
        (self.contents, self.state) = (found, state);
        Ok(changed)
    }

    /// The whole document in its encoding: an update that makes an empty document this one.
    #[must_use]
    pub fn state(&self) -> &[u8] {
        &self.state
    }

    /// What somebody lacks who knows as much as their state vector says; everything, where it is empty.
    ///
    /// # Errors
    /// When it is no state vector.
    pub fn since(&self, known: &[u8]) -> Result<Vec<u8>, Refusal> {
        if known.is_empty() {
            return Ok(self.state.clone());
        }
        pass_state_vector(known)?;
        let known =
            StateVector::decode_v1(known).map_err(|_| Refusal::Unreadable("it is no state vector"))?;
        Ok(self.doc.transact().encode_state_as_update_v1(&known))
    }

    /// What stands on it.
    #[must_use]
    pub fn contents(&self) -> &Contents {
        &self.contents
    }
}

/// A document with every part of a board. It writes nothing itself, so that its client's number never stands in it.
fn blank() -> (Doc, Parts) {
    let own = Options::with_guid_and_client_id("board".into(), ClientID::new(0));
    let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..own });
    let parts = Parts {
        notes: doc.get_or_insert_text("notes"),
        cards: doc.get_or_insert_map("cards"),
        steps: doc.get_or_insert_map("steps"),
        links: doc.get_or_insert_map("links"),
        columns: doc.get_or_insert_map("columns"),
        rows: doc.get_or_insert_map("rows"),
    };
    (doc, parts)
}

fn merge(doc: &Doc, update: &[u8]) -> Result<(), Refusal> {
    let update = Update::decode_v1(update).map_err(|_| Refusal::Unreadable("it is no update"))?;
    let merged = doc.transact_mut().apply_update(update);
    merged.map_err(|_| Refusal::Unreadable("what it builds on is of another kind"))
}
